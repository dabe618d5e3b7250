"""Alipay (AMS) and Alipay+ in-store payments: signing, routing of payment codes, amounts, and payments that end with
a result, never with a guess."""

from __future__ import annotations

#: Where each name is: the one list of the public names. What type checkers see follows from it (`bindings-python/names --write`).
#: A module is loaded when one of its names is first used: loading all of them takes most of a tenth of a second, and few programs
#: use them all.
_NAMES_OF = {
    "_advice": "advice",
    "_amount": "Amount wallet_minimum wallet_of_psp_id wallet_step",
    "_async_client": "AsyncClient",
    "_base": "Limits",
    "_china": "ChinaOrder Flight Hotel SoldGoods",
    "_client": "Client",
    "_dialect": (
        "AlertAction Begin CancelRequested Conclude NoReply NotifiedEvent PaymentAction PaymentEvent "
        "PaymentWarning Present RefundAction RefundConclude RefundEvent Reply Resumed ReverseAction "
        "ReverseConclude ReverseEvent Send Tick TimelineEntry"
    ),
    "_errors": (
        "AlipayError AlipayKeyError AmountError CodeError ConfigurationError ErrorCode InternalError "
        "MessageError PaymentError RequestError SignatureError StoreError TransportError error_codes"
    ),
    "_handled": "Alerts HandledNotification PaymentAlert Recovered Recovery Unreadable",
    "_keys": "KeyPair generate_key",
    "_merchant": "Acknowledgement Merchant Merchants Notification SignedRequest VerifiedResponse",
    "_native": (
        "FileStore MemoryStore PaymentCode ScannedLines SigningKey SqlStore VerifyingKey __version__ qr_png "
        "qr_svg qr_terminal"
    ),
    "_payment": "Payment PaymentOrder Policy check_request new_payment_request_id",
    "_reading": "read_verified unverified_result_code",
    "_refund": "RefundLedger RefundOrder RefundStanding Resolution ReverseStanding",
    "_reports": "Advice Check CheckReport Diagnosis Finding Route SignedDigest TriedKey",
    "_results": "Alert AlertAcknowledgement Notified PaymentResult Reading RefundResult ReverseResult",
    "_routing": "DirectWallet Router",
    "_shop": "Shop",
    "_stores": "AsyncStore Heartbeats Store StoreConflict StoreNotWritten StorePage StoreQuery StoreRow",
    "_words": (
        "AlertKind AmountRules Certainty CheckName CheckStatus CodeKind FindingCode MayHaveCharged Meaning "
        "NotificationKind Operation Outcome PaymentState Protocol RefundOutcome Region Resolved Retry "
        "ReverseOutcome Rounding RoutingRule RoutingRules ScannedAs Scenario Target UnresolvedReason"
    ),
    "models": "PayRequest RefundRequest",
}
_MODULE_OF = {name: module for module, names in _NAMES_OF.items() for name in names.split()}

__all__ = list(_MODULE_OF) + ["models"]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name == "models":
        return import_module(".models", __name__)
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
    value = getattr(import_module(f".{module}", __name__), name)
    globals()[name] = value
    return value
