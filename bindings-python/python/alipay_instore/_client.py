"""The client that blocks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any

from ._amount import Amount
from ._base import (
    Certificates,
    ClientBase,
    Limits,
    OnStep,
    ids_of,
    number_of,
    request_text,
    response,
    scanned,
    step,
    wait_of,
)
from ._dialect import TimelineEntry
from ._errors import AlipayError, of_code
from ._handled import Alerts, HandledNotification, Recovery
from ._merchant import Body, Headers, Merchant, Notification, VerifiedResponse
from ._model import parse_json, write_json
from ._native import FileStore, MemoryStore, PaymentCode, SqlStore
from ._payment import Policy
from ._reports import CheckReport
from ._results import Notified, PaymentResult, RefundResult, ReverseResult
from ._shop import Shop
from ._stores import Store, is_async
from ._words import Resolved
from .models import InquiryRefundResponse, InquiryResponse, PayRequest, RefundRequest


class Client(ClientBase):
    """Pays, refunds and inquires for one merchant, and blocks until there is a result. Safe to share between threads.

    ``store`` keeps the payments: a ``FileStore``, one of your own (see ``Store``), or a ``MemoryStore``, which is for
    tests. Any number of clients, in any number of processes, share one store: each payment is driven by one of them. What
    a call begins goes on in the background until the client is closed; then, or if its process dies, another client of
    the store goes on with it.

    ``timeout`` is how many seconds one request may take as a whole. ``on_step`` is called with the payment's id and each
    ``TimelineEntry``, on a thread of the library; it may take its time and call the client. Steps are logged to the logger
    ``alipay_instore``.

    With ``claims`` the client takes over what is due and nobody drives; pass False in a process that ends after one
    payment. A process that has shown no sign of life for ``owner_timeout`` seconds (15) counts as dead; state the same
    everywhere. ``limits`` bound the requests under way. With ``acknowledge_unknown``, ``handle_notification`` acknowledges
    a notification of a payment that is not stored here; without, it is refused and comes again.

    ``proxy`` is ``"system"`` (what the environment says), ``"none"``, or a URL such as ``socks5h://proxy:1080``; this
    machine is always reached directly. ``root_certificates`` are the certificate authorities to trust, as PEM; without them
    those that ``REQUESTS_CA_BUNDLE`` names count, or ``SSL_CERT_FILE`` and ``SSL_CERT_DIR``, or the system's.
    ``extra_root_certificates`` are trusted besides. A connection without a request is kept for ``idle_timeout`` seconds.

    Ctrl-C ends the waiting, and not the payment. A client that was made before a fork works in the child too, with
    connections of its own.
    """

    def __init__(
        self,
        merchant: Merchant,
        *,
        store: MemoryStore | FileStore | SqlStore | Store,
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
        acknowledge_unknown: bool = False,
        shop: Shop | None = None,
        owner_timeout: float | None = None,
        claims: bool = True,
        limits: Limits | None = None,
    ) -> None:
        if not isinstance(store, (MemoryStore, FileStore, SqlStore)) and is_async(store):
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
            acknowledge_unknown=acknowledge_unknown,
            shop=shop,
            owner_timeout=owner_timeout,
            claims=claims,
            limits=limits,
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

    def _ask(self, name: str, about: str | None = None, **arguments: Any) -> str:
        """Makes the call of this name, about what its arguments and its request name."""
        with self._contexts.entered(*ids_of(arguments, about)):
            return self._core.ask(name, arguments, None).wait()

    def close(self) -> None:
        """Takes no more calls, and gives back what this client drives, so that others go on with it at once.

        Calls that wait in other threads raise PaymentError with ``payment.interrupted``. It returns when the requests that
        are under way were answered, after 5 seconds at the latest.
        """
        self._core.close(None).wait()

    def pay(self, request: PayRequest, *, wallet: str | None = None, wait: float | None = None) -> PaymentResult:
        """Pays, and returns when the payment has its result, or after ``wait`` seconds as being in progress.

        With an id that is stored it goes on with that payment, or returns its result, if the request states the same: so
        the same call again is always safe. Without ``wait`` it is 180 s, and 120 s beyond the customer's time where
        the customer scans; ``math.inf`` has no limit. The payment goes on in any case.

        Raises RequestError for what the documents forbid, before anything is stored or sent; PaymentError with
        ``payment.id_reused`` if a payment of this id states something else, and with ``payment.interrupted``;
        StoreError. ``may_have_charged`` of the error says whether the customer may have paid. With the name of the wallet,
        where it is known, its minimum amount is checked.
        """
        text = request_text(request, PayRequest)
        return _payment(self._ask("pay", request.payment_request_id, request=text, wallet=wallet, wait_ms=wait_of(wait)))

    def start(self, request: PayRequest, *, wallet: str | None = None) -> PaymentResult:
        """Stores the payment and sends its request, and returns without the answer; it goes on in the background.

        ``status`` tells how it stands, ``resume`` waits for it, ``watch`` follows it. Raises what ``pay`` raises.
        """
        text = request_text(request, PayRequest)
        return _payment(self._ask("start", request.payment_request_id, request=text, wallet=wallet))

    def pay_code(
        self,
        code: str | PaymentCode,
        amount: Amount,
        description: str,
        *,
        payment_request_id: str | None = None,
        wait: float | None = None,
    ) -> PaymentResult:
        """Charges the customer who showed this payment code, and returns when the payment has its result.

        The code is taken as a scanner delivers it. Without an id the client makes one, and each call is a new payment: where
        an error says ``may_have_charged``, ``resume`` its ``payment_request_id`` before the customer is charged again.
        Raises CodeError for what is not a payment code, and what ``pay`` raises.
        """
        id, sale = self._sale("PaymentCode", amount, description, payment_request_id, code=scanned(code))
        return _payment(self._ask("pay", id, **sale, wait_ms=wait_of(wait)))

    def pay_order_code(
        self,
        amount: Amount,
        description: str,
        *,
        payment_request_id: str | None = None,
        wait: float | None = None,
    ) -> PaymentResult:
        """Makes a code of this order for the customer to scan, and returns when the payment has its result.

        ``on_step`` of the client gets the form to show, as the step ``presented``. Raises what ``pay`` raises.
        """
        id, sale = self._sale("OrderCode", amount, description, payment_request_id)
        return _payment(self._ask("pay", id, **sale, wait_ms=wait_of(wait)))

    def pay_entry_code(
        self,
        amount: Amount,
        description: str,
        user_agent: str,
        *,
        payment_request_id: str | None = None,
        wait: float | None = None,
    ) -> PaymentResult:
        """Charges a customer who opened the merchant's page by the shop's code.

        ``user_agent`` is the User-Agent header that the wallet sent. ``on_step`` of the client gets the page to send
        the customer to, as the step ``presented``. Raises what ``pay`` raises.
        """
        id, sale = self._sale("EntryCode", amount, description, payment_request_id, user_agent=user_agent)
        return _payment(self._ask("pay", id, **sale, wait_ms=wait_of(wait)))

    def status(self, payment_request_id: str) -> PaymentResult:
        """How a stored payment stands. Reads the store, and does nothing else."""
        return _payment(self._ask("status", payment_request_id=payment_request_id))

    def resume(self, payment_request_id: str, *, wait: float | None = None) -> PaymentResult:
        """Waits for a stored payment, and drives it if nobody else does; one that has its result is returned as it is.

        It waits 180 s, or as long as ``wait`` says.
        """
        return _payment(self._ask("resume", payment_request_id=payment_request_id, wait_ms=wait_of(wait)))

    def resume_all(self) -> Recovery:
        """Resumes every stored payment, refund and reverse that is open and that nobody drives, and returns at once.

        They go on in the background; ``resume`` waits for one. What could not be taken up is in the list with its error,
        and stops nothing else. A client does this by itself for what is due, unless its ``claims`` are off.
        """
        return Recovery.from_dict(json.loads(self._ask("resume_all")))

    def run_worker(self) -> None:
        """Drives what is due and nobody drives, until the client is closed. Any number of workers share one store.

        Ctrl-C ends it with KeyboardInterrupt; close the client then, so that others go on at once.
        """
        self._ask("run_worker")

    def watch(self, payment_request_id: str) -> Iterator[TimelineEntry]:
        """Follows a stored payment: what it shows to the customer now, then each step until it has its result.

        Where another process drives the payment, its steps come when it stores them. Leaving the loop stops nothing.
        """
        watch = self._core.watch(payment_request_id)
        while (entry := step(watch.next(None).wait())) is not None:
            yield entry

    def check(self) -> CheckReport:
        """Checks everything that a payment needs, and says what is wrong and what to do about it. Nothing is charged.

        It writes a sign of life to the store and removes it again, asks the gateway about an id that nobody used, and posts an
        unsigned notification to the notify URL, which a correct handler refuses.
        """
        return CheckReport.from_dict(json.loads(self._ask("check")))

    def alerts(self) -> Alerts:
        """The alerts of this merchant's payments that nobody has acknowledged."""
        return Alerts.from_dict(json.loads(self._ask("alerts")))

    def acknowledge_alert(self, payment_request_id: str, number: int, *, who: str) -> None:
        """Somebody has taken care of the alert of this number. The same again changes nothing."""
        self._ask("acknowledge_alert", payment_request_id=payment_request_id, number=number_of(number), who=who)

    def handle_notification(
        self, headers: Headers, body: Body, *, notify_url: str | None = None
    ) -> HandledNotification:
        """Verifies a notification, stores what it says, and tells what to answer: the one call of the handler.

        ``headers`` and ``body`` are taken as they arrived: the raw bytes, never parsed JSON. The path is that of the
        merchant's notify URL, or of the one that is given. It raises no AlipayError: ``error`` says why a notification was
        refused, and the answer makes the gateway send it again.
        """
        try:
            notification = self._verified(headers, body, notify_url)
            with self._contexts.entered(notification.payment_request_id, notification.refund_request_id):
                text = self._core.handle_verified(notification._native, None).wait()
        except AlipayError as error:
            return HandledNotification._refused(error)
        return HandledNotification._handled(text, notification)

    def notified(self, notification: Notification) -> Notified:
        """Feeds a verified notification to its payment or refund and stores it, whoever drives that.

        Acknowledge only once this has returned; ``handle_notification`` does all of it.
        """
        with self._contexts.entered(notification.payment_request_id, notification.refund_request_id):
            return Notified.from_dict(json.loads(self._core.notified(notification._native, None).wait()))

    def cancel(self, payment_request_id: str, *, wait: float | None = None) -> PaymentResult:
        """Cancels a payment that has no result yet, and returns when it has one.

        A payment that was paid stays paid, and that is its result; ``reverse`` gives the money back. It waits 180 s, or as
        long as ``wait`` says; the cancel goes on.
        """
        return _payment(self._ask("cancel", payment_request_id=payment_request_id, wait_ms=wait_of(wait)))

    def inquire(self, payment_request_id: str) -> InquiryResponse:
        """Asks the gateway about a payment, once. What it answers is not fed to the payment."""
        return InquiryResponse.from_dict(parse_json(self._ask("inquire", payment_request_id=payment_request_id)))

    def refund(
        self, payment_request_id: str, request: RefundRequest, *, wait: float | None = None
    ) -> RefundResult:
        """Gives money back for a payment of this store that took some, and returns when the refund has its result.

        A refund whose id is stored goes on, or its result is returned, if the request states the same: so the same call
        again is safe. PaymentError with ``refund.id_reused`` if it states something else. It waits 180 s, or as long as
        ``wait`` says; the refund goes on.
        """
        body = request_text(request, RefundRequest)
        arguments = {"payment_request_id": payment_request_id, "request": body, "wait_ms": wait_of(wait)}
        return RefundResult.from_dict(json.loads(self._ask("refund", request.refund_request_id, **arguments)))

    def reverse(self, payment_request_id: str, *, wait: float | None = None) -> ReverseResult:
        """Makes sure that the customer has paid nothing: cancels the payment, gives back what was taken, and returns when
        that has its result. The same call again is safe, also from another process. It waits 180 s, or as long as ``wait``
        says; the reverse goes on.
        """
        text = self._ask("reverse", payment_request_id=payment_request_id, wait_ms=wait_of(wait))
        return ReverseResult.from_dict(json.loads(text))

    def resolve(
        self,
        payment_request_id: str,
        resolved: Resolved,
        *,
        who: str,
        note: str = "",
        refund_request_id: str | None = None,
    ) -> None:
        """Enters what a person found out about a payment, or about one of its refunds, that ended as unresolved.

        The outcome stays; whether money counts as charged or given back follows what was found out.
        """
        found = {"resolved": resolved, "who": who, "note": note}
        self._ask("resolve", payment_request_id=payment_request_id, refund_request_id=refund_request_id, **found)

    def inquire_refund(self, refund_request_id: str) -> InquiryRefundResponse:
        """Asks the gateway about a refund, once. AMS only."""
        return InquiryRefundResponse.from_dict(parse_json(self._ask("inquire_refund", refund_request_id=refund_request_id)))

    def call(self, path: str, body: Mapping[str, Any]) -> VerifiedResponse:
        """Calls any other API of the gateway: signed, sent once, verified."""
        return response(self._ask("call", path=path, body=write_json(dict(body))))


def _payment(text: str) -> PaymentResult:
    return PaymentResult.from_dict(json.loads(text))
