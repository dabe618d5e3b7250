"""Alipay (AMS) and Alipay+ in-store payments: signing, routing of payment codes, amounts, and payments that end with
a result, never with a guess."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import models
    from ._advice import Advice, advice
    from ._amount import Amount, wallet_minimum, wallet_of_psp_id, wallet_step
    from ._async_client import AsyncClient
    from ._base import Limits
    from ._china import ChinaOrder, Flight, Hotel, SoldGoods
    from ._client import Client
    from ._dialect import (
        AlertAction,
        Begin,
        CancelRequested,
        Conclude,
        NoReply,
        NotifiedEvent,
        PaymentAction,
        PaymentEvent,
        PaymentWarning,
        Present,
        RefundAction,
        RefundConclude,
        RefundEvent,
        Reply,
        Resumed,
        ReverseAction,
        ReverseConclude,
        ReverseEvent,
        Send,
        Tick,
        TimelineEntry,
    )
    from ._errors import (
        AlipayError,
        AlipayKeyError,
        AmountError,
        CodeError,
        ConfigurationError,
        ErrorCode,
        InternalError,
        MessageError,
        PaymentError,
        RequestError,
        SignatureError,
        StoreError,
        TransportError,
        error_codes,
    )
    from ._handled import (
        Alerts,
        Check,
        CheckReport,
        HandledNotification,
        PaymentAlert,
        Recovered,
        Recovery,
        Unreadable,
    )
    from ._keys import KeyPair, generate_key
    from ._merchant import (
        Acknowledgement,
        Diagnosis,
        Finding,
        Merchant,
        Merchants,
        Notification,
        SignedDigest,
        SignedRequest,
        TriedKey,
        VerifiedResponse,
    )
    from ._native import (
        FileStore,
        MemoryStore,
        PaymentCode,
        ScannedLines,
        SigningKey,
        SqlStore,
        VerifyingKey,
        __version__,
        qr_png,
        qr_svg,
        qr_terminal,
    )
    from ._payment import (
        Payment,
        PaymentOrder,
        Policy,
        check_request,
        new_payment_request_id,
    )
    from ._reading import read_verified, unverified_result_code
    from ._refund import (
        RefundLedger,
        RefundOrder,
        RefundStanding,
        Resolution,
        ReverseStanding,
    )
    from ._results import (
        Alert,
        AlertAcknowledgement,
        Notified,
        PaymentResult,
        Reading,
        RefundResult,
        ReverseResult,
    )
    from ._routing import DirectWallet, Route, Router
    from ._shop import Shop
    from ._stores import (
        AsyncStore,
        Heartbeats,
        Store,
        StoreConflict,
        StoreNotWritten,
        StorePage,
        StoreQuery,
        StoreRow,
    )
    from ._words import (
        AlertKind,
        AmountRules,
        Certainty,
        CheckName,
        CheckStatus,
        CodeKind,
        FindingCode,
        MayHaveCharged,
        Meaning,
        NotificationKind,
        Operation,
        Outcome,
        PaymentState,
        Protocol,
        RefundOutcome,
        Region,
        Resolved,
        Retry,
        ReverseOutcome,
        Rounding,
        RoutingRule,
        RoutingRules,
        ScannedAs,
        Scenario,
        Target,
        UnresolvedReason,
    )
    from .models import PayRequest, RefundRequest

__all__ = [
    "Acknowledgement",
    "Advice",
    "Alert",
    "AlertAcknowledgement",
    "AlertAction",
    "AlertKind",
    "Alerts",
    "Check",
    "CheckName",
    "CheckReport",
    "CheckStatus",
    "AlipayError",
    "AlipayKeyError",
    "Amount",
    "AmountError",
    "AmountRules",
    "AsyncClient",
    "AsyncStore",
    "Begin",
    "CancelRequested",
    "Certainty",
    "ChinaOrder",
    "Client",
    "CodeError",
    "CodeKind",
    "Conclude",
    "ConfigurationError",
    "Diagnosis",
    "DirectWallet",
    "ErrorCode",
    "FileStore",
    "Finding",
    "FindingCode",
    "Flight",
    "HandledNotification",
    "Heartbeats",
    "Hotel",
    "InternalError",
    "KeyPair",
    "Limits",
    "MayHaveCharged",
    "Meaning",
    "MemoryStore",
    "Merchant",
    "Merchants",
    "MessageError",
    "NoReply",
    "Notification",
    "NotificationKind",
    "Notified",
    "NotifiedEvent",
    "Operation",
    "Outcome",
    "PayRequest",
    "Payment",
    "PaymentAction",
    "PaymentAlert",
    "PaymentCode",
    "PaymentError",
    "PaymentEvent",
    "PaymentOrder",
    "PaymentResult",
    "PaymentState",
    "PaymentWarning",
    "Policy",
    "Present",
    "Protocol",
    "Reading",
    "Recovered",
    "Recovery",
    "RefundAction",
    "RefundConclude",
    "RefundEvent",
    "RefundLedger",
    "RefundOrder",
    "RefundOutcome",
    "RefundRequest",
    "RefundResult",
    "RefundStanding",
    "Region",
    "Reply",
    "RequestError",
    "Resolution",
    "Resolved",
    "Resumed",
    "Retry",
    "ReverseAction",
    "ReverseConclude",
    "ReverseEvent",
    "ReverseOutcome",
    "ReverseResult",
    "ReverseStanding",
    "Rounding",
    "Route",
    "Router",
    "RoutingRule",
    "RoutingRules",
    "ScannedAs",
    "ScannedLines",
    "Scenario",
    "Send",
    "Shop",
    "SignatureError",
    "SignedDigest",
    "SignedRequest",
    "SigningKey",
    "SoldGoods",
    "SqlStore",
    "Store",
    "StoreConflict",
    "StoreError",
    "StoreNotWritten",
    "StorePage",
    "StoreQuery",
    "StoreRow",
    "Target",
    "Tick",
    "TimelineEntry",
    "TransportError",
    "TriedKey",
    "Unreadable",
    "UnresolvedReason",
    "VerifiedResponse",
    "VerifyingKey",
    "__version__",
    "advice",
    "check_request",
    "error_codes",
    "generate_key",
    "qr_png",
    "qr_svg",
    "qr_terminal",
    "models",
    "new_payment_request_id",
    "read_verified",
    "unverified_result_code",
    "wallet_minimum",
    "wallet_of_psp_id",
    "wallet_step",
]

#: Where each name is. A module is loaded when one of its names is first used: loading all of them takes most of a tenth of a
#: second, and few programs use them all.
_NAMES_OF = {
    "_advice": "Advice advice",
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
    "_handled": (
        "Alerts Check CheckReport HandledNotification PaymentAlert Recovered Recovery Unreadable"
    ),
    "_keys": "KeyPair generate_key",
    "_merchant": (
        "Acknowledgement Diagnosis Finding Merchant Merchants Notification SignedDigest SignedRequest "
        "TriedKey VerifiedResponse"
    ),
    "_native": (
        "FileStore MemoryStore PaymentCode ScannedLines SigningKey SqlStore VerifyingKey __version__ qr_png "
        "qr_svg qr_terminal"
    ),
    "_payment": "Payment PaymentOrder Policy check_request new_payment_request_id",
    "_reading": "read_verified unverified_result_code",
    "_refund": "RefundLedger RefundOrder RefundStanding Resolution ReverseStanding",
    "_results": "Alert AlertAcknowledgement Notified PaymentResult Reading RefundResult ReverseResult",
    "_routing": "DirectWallet Route Router",
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


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


if not TYPE_CHECKING:  # A type checker would take every name for one that is here.

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
