"""The client that blocks: it carries out what a payment asks for, over HTTP, with a store behind it."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Any

from ._amount import Amount
from ._base import Certificates, ClientBase, OnStep, Store, all_results, is_async, payment_result, request_text, response
from ._errors import AlipayError, of_code
from ._merchant import Merchant, Notification, VerifiedResponse
from ._model import parse_json, write_json
from ._native import PaymentCode
from ._payment import Policy
from ._results import Notified, PaymentResult, RefundResult, ReverseResult
from ._shop import Shop
from ._words import Resolved
from .models import InquiryRefundResponse, InquiryResponse, PayRequest, RefundRequest


class Client(ClientBase):
    """Pays, refunds and inquires for one merchant, and blocks until there is a result. Safe to share between threads.

    ``store`` keeps the payments: a ``FileStore``, an object of your own with ``put``, ``get`` and ``ids``, or a
    ``MemoryStore``, which is for tests. ``timeout`` is how many seconds one request may take as a whole;
    ``on_step`` is called with the payment's id and each ``TimelineEntry``, on a thread of the library, and should return quickly.
    Steps are logged to the logger ``alipay_instore``.

    ``proxy`` is ``"system"`` (what the environment says), ``"none"``, or a URL such as ``socks5h://proxy:1080``; this
    machine is always reached directly. ``root_certificates`` are the certificate authorities to trust, as PEM; without them
    those that ``REQUESTS_CA_BUNDLE`` names count, or ``SSL_CERT_FILE`` and ``SSL_CERT_DIR``, or the system's.
    ``extra_root_certificates`` are trusted besides. A connection without a request is kept for ``idle_timeout`` seconds.

    Ctrl-C stops a payment where it is; ``resume`` goes on from the store. A client that was made before a fork works
    in the child too, with connections of its own.
    """

    def __init__(
        self,
        merchant: Merchant,
        *,
        store: Store,
        timeout: float = 10.0,
        connect_timeout: float = 3.0,
        idle_timeout: float = 15.0,
        root_certificates: Certificates | None = None,
        extra_root_certificates: Certificates = (),
        proxy: str = "system",
        policy: Policy | None = None,
        on_step: OnStep | None = None,
        clock: Any = None,
        notify_url_configured: bool = False,
        shop: Shop | None = None,
    ) -> None:
        if is_async(store):
            raise of_code(
                "config.invalid", "the store is asynchronous", hint="use AsyncClient, or a store without async def"
            )
        self._open(
            merchant,
            store,
            None,
            on_step,
            timeout=timeout,
            connect_timeout=connect_timeout,
            idle_timeout=idle_timeout,
            root_certificates=root_certificates,
            extra_root_certificates=extra_root_certificates,
            proxy=proxy,
            policy=policy,
            clock=clock,
            notify_url_configured=notify_url_configured,
            shop=shop,
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Takes no more calls. Payments under way in other threads stop where they are and can be resumed."""
        self._core.close()

    def pay(self, request: PayRequest, *, wallet: str | None = None) -> PaymentResult:
        """Pays, and returns when the payment has its result.

        Raises RequestError for what the documents forbid, before anything is stored or sent; StoreError if the id
        was used before (``store.exists``) or the store failed, after which nothing more was sent. With the name of
        the wallet, where it is known, its minimum amount is checked.
        """
        return payment_result(self._core.pay(request_text(request, PayRequest), wallet, None).wait())

    def pay_code(
        self, code: str | PaymentCode, amount: Amount, description: str, *, payment_request_id: str | None = None
    ) -> PaymentResult:
        """Charges the customer who showed this payment code, and returns when the payment has its result.

        The code is taken as a scanner delivers it. Without an id the client makes one. Raises CodeError for what is not
        a payment code, and what ``pay`` raises.
        """
        scanned = code.expose() if isinstance(code, PaymentCode) else code
        text = self._sale("PaymentCode", amount, description, payment_request_id, code=scanned)
        return payment_result(self._core.pay(text, None, None).wait())

    def pay_order_code(
        self, amount: Amount, description: str, *, payment_request_id: str | None = None
    ) -> PaymentResult:
        """Makes a code of this order for the customer to scan, and returns when the payment has its result.

        ``on_step`` of the client gets the form to show, as the step ``presented``. Raises what ``pay`` raises.
        """
        text = self._sale("OrderCode", amount, description, payment_request_id)
        return payment_result(self._core.pay(text, None, None).wait())

    def pay_entry_code(
        self, amount: Amount, description: str, user_agent: str, *, payment_request_id: str | None = None
    ) -> PaymentResult:
        """Charges a customer who opened the merchant's page by the shop's code.

        ``user_agent`` is the User-Agent header that the wallet sent. ``on_step`` of the client gets the page to send
        the customer to, as the step ``presented``. Raises what ``pay`` raises.
        """
        text = self._sale("EntryCode", amount, description, payment_request_id, user_agent=user_agent)
        return payment_result(self._core.pay(text, None, None).wait())

    def resume(self, payment_request_id: str) -> PaymentResult:
        """Takes a stored payment up again and returns when it has its result."""
        return payment_result(self._core.resume(payment_request_id, None).wait())

    def resume_all(self) -> dict[str, PaymentResult | AlipayError]:
        """Resumes every stored payment without a result, all at once, and every open refund and reverse.

        What went wrong with one payment stands in its place.
        """
        return all_results(self._core.resume_all(None).wait())

    def notified(self, notification: Notification) -> Notified:
        """Feeds a verified notification to its payment or refund, which may be driven at this moment, and stores it.

        Acknowledge only once this has returned.
        """
        return Notified.from_dict(parse_json(self._core.notified(notification._native, None).wait()))

    def cancel(self, payment_request_id: str) -> PaymentResult:
        """Cancels a payment, and returns when it has its result: cancelled, unless it had another one before."""
        return payment_result(self._core.cancel(payment_request_id, None).wait())

    def inquire(self, payment_request_id: str) -> InquiryResponse:
        """Asks the gateway about a payment, once. What it answers is not fed to the payment."""
        return InquiryResponse.from_dict(parse_json(self._core.inquire(payment_request_id, None).wait()))

    def refund(self, payment_request_id: str, request: RefundRequest) -> RefundResult:
        """Gives money back for a payment of this store that succeeded, and returns when the refund has its result."""
        text = request_text(request, RefundRequest)
        return RefundResult.from_dict(parse_json(self._core.refund(payment_request_id, text, None).wait()))

    def reverse(self, payment_request_id: str) -> ReverseResult:
        """Gives back the whole of a payment of this store that was paid, and returns when that has its result.

        Within the cancel window the payment is cancelled; after it what is left is refunded. A payment is reversed once:
        calling it again gives the same result, also from another process. A payment without a result is cancelled
        instead.
        """
        return ReverseResult.from_dict(parse_json(self._core.reverse(payment_request_id, None).wait()))

    def resolve_refund(
        self, payment_request_id: str, refund_request_id: str, resolved: Resolved, *, who: str, note: str = ""
    ) -> None:
        """Enters what a person found out about a refund that ended as unresolved: that it was made, or not."""
        self._core.resolve_refund(payment_request_id, refund_request_id, resolved, who, note, None).wait()

    def resume_refund(self, payment_request_id: str, refund_request_id: str) -> RefundResult:
        """Takes a refund up again that was entered before."""
        text = self._core.resume_refund(payment_request_id, refund_request_id, None).wait()
        return RefundResult.from_dict(parse_json(text))

    def inquire_refund(self, refund_request_id: str) -> InquiryRefundResponse:
        """Asks the gateway about a refund, once. AMS only."""
        text = self._core.inquire_refund(refund_request_id, None).wait()
        return InquiryRefundResponse.from_dict(parse_json(text))

    def call(self, path: str, body: Mapping[str, Any]) -> VerifiedResponse:
        """Calls any other API of the gateway: signed, sent once, verified."""
        return response(self._core.call(path, write_json(dict(body)), None).wait())
