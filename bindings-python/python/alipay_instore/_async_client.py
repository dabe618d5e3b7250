"""The client for asyncio."""

from __future__ import annotations

import json
import warnings
from collections.abc import AsyncIterator, Callable, Mapping
from types import TracebackType
from typing import Any

from . import _native
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
from ._errors import AlipayError
from ._handled import Alerts, HandledNotification, Recovery
from ._loop import Loop
from ._merchant import Body, Headers, Merchant, Notification, VerifiedResponse
from ._model import parse_json, write_json
from ._native import FileStore, MemoryStore, PaymentCode, SqlStore
from ._payment import Policy
from ._reports import CheckReport
from ._results import Notified, PaymentResult, RefundResult, ReverseResult
from ._shop import Shop
from ._stores import AsyncStore, Store, is_async
from ._words import Resolved
from .models import InquiryRefundResponse, InquiryResponse, PayRequest, RefundRequest


class AsyncClient(ClientBase):
    """``Client`` for asyncio: the same methods, as coroutines. Cancelling a task ends the waiting, and not the payment.

    A store of your own may be an ``AsyncStore``: its coroutines run on the client's event loop. ``on_step`` is called on the
    event loop too.
    """

    def __init__(
        self,
        merchant: Merchant,
        *,
        store: MemoryStore | FileStore | SqlStore | Store | AsyncStore,
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
        loop = Loop()
        self._loop = loop
        on_loop = not isinstance(store, (MemoryStore, FileStore, SqlStore)) and is_async(store)
        self._open(
            merchant,
            store,
            loop.start if on_loop else None,
            # It must not hold the client.
            None if on_step is None else lambda id, step: loop.tell(on_step, id, step),
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

    async def _run(self, start: Callable[[_native._Done], _native.Task]) -> str:
        return await self._loop.run(start)

    async def _ask(self, name: str, about: str | None = None, **arguments: Any) -> str:
        """Makes the call of this name, about what its arguments and its request name."""
        with self._contexts.entered(*ids_of(arguments, about)):
            return await self._run(lambda done: self._core.ask(name, arguments, done))

    async def __aenter__(self) -> AsyncClient:
        self._loop.bind()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Takes no more calls, and gives back what this client drives; see ``Client.close``."""
        await self._run(self._core.close)
        await self._loop.settle()

    async def pay(
        self, request: PayRequest, *, wallet: str | None = None, wait: float | None = None
    ) -> PaymentResult:
        """Pays, and returns when the payment has its result, or as being in progress; see ``Client.pay``."""
        arguments = {"request": request_text(request, PayRequest), "wallet": wallet, "wait_ms": wait_of(wait)}
        return _payment(await self._ask("pay", request.payment_request_id, **arguments))

    async def start(self, request: PayRequest, *, wallet: str | None = None) -> PaymentResult:
        """Stores the payment and sends its request, and returns without the answer. See ``Client.start``."""
        text = request_text(request, PayRequest)
        return _payment(await self._ask("start", request.payment_request_id, request=text, wallet=wallet))

    async def pay_code(
        self,
        code: str | PaymentCode,
        amount: Amount,
        description: str,
        *,
        payment_request_id: str | None = None,
        wait: float | None = None,
    ) -> PaymentResult:
        """Charges the customer who showed this payment code; see ``Client.pay_code``."""
        id, sale = self._sale("PaymentCode", amount, description, payment_request_id, code=scanned(code))
        return _payment(await self._ask("pay", id, **sale, wait_ms=wait_of(wait)))

    async def pay_order_code(
        self,
        amount: Amount,
        description: str,
        *,
        payment_request_id: str | None = None,
        wait: float | None = None,
    ) -> PaymentResult:
        """Makes a code of this order for the customer to scan; see ``Client.pay_order_code``."""
        id, sale = self._sale("OrderCode", amount, description, payment_request_id)
        return _payment(await self._ask("pay", id, **sale, wait_ms=wait_of(wait)))

    async def pay_entry_code(
        self,
        amount: Amount,
        description: str,
        user_agent: str,
        *,
        payment_request_id: str | None = None,
        wait: float | None = None,
    ) -> PaymentResult:
        """Charges a customer who opened the merchant's page; see ``Client.pay_entry_code``."""
        id, sale = self._sale("EntryCode", amount, description, payment_request_id, user_agent=user_agent)
        return _payment(await self._ask("pay", id, **sale, wait_ms=wait_of(wait)))

    async def status(self, payment_request_id: str) -> PaymentResult:
        """How a stored payment stands. Reads the store, and does nothing else."""
        return _payment(await self._ask("status", payment_request_id=payment_request_id))

    async def resume(self, payment_request_id: str, *, wait: float | None = None) -> PaymentResult:
        """Waits for a stored payment, and drives it if nobody else does; see ``Client.resume``."""
        return _payment(await self._ask("resume", payment_request_id=payment_request_id, wait_ms=wait_of(wait)))

    async def resume_all(self) -> Recovery:
        """Takes up everything that is open and that nobody drives, and returns at once; see ``Client.resume_all``."""
        return Recovery.from_dict(json.loads(await self._ask("resume_all")))

    async def run_worker(self) -> None:
        """Drives what is due and nobody drives, until the client is closed. Any number of workers share one store.

        Cancelling the task ends the waiting; close the client, so that others go on at once.
        """
        await self._ask("run_worker")

    async def watch(self, payment_request_id: str) -> AsyncIterator[TimelineEntry]:
        """Follows a stored payment until it has its result; see ``Client.watch``."""
        watch = self._core.watch(payment_request_id)
        while (entry := step(await self._run(watch.next))) is not None:
            yield entry

    async def check(self) -> CheckReport:
        """Checks everything that a payment needs, and says what is wrong and what to do about it. Nothing is charged.

        It writes a sign of life to the store and removes it again, asks the gateway about an id that nobody used, and posts an
        unsigned notification to the notify URL, which a correct handler refuses.
        """
        return CheckReport.from_dict(json.loads(await self._ask("check")))

    async def alerts(self) -> Alerts:
        """The alerts of this merchant's payments that nobody has acknowledged."""
        return Alerts.from_dict(json.loads(await self._ask("alerts")))

    async def acknowledge_alert(self, payment_request_id: str, number: int, *, who: str) -> None:
        """Somebody has taken care of the alert of this number. The same again changes nothing."""
        await self._ask("acknowledge_alert", payment_request_id=payment_request_id, number=number_of(number), who=who)

    async def handle_notification(
        self, headers: Headers, body: Body, *, notify_url: str | None = None
    ) -> HandledNotification:
        """Verifies a notification, stores what it says, and tells what to answer; see ``Client.handle_notification``."""
        try:
            notification = self._verified(headers, body, notify_url)
            with self._contexts.entered(notification.payment_request_id, notification.refund_request_id):
                text = await self._run(lambda done: self._core.handle_verified(notification._native, done))
        except AlipayError as error:
            return HandledNotification._refused(error)
        return HandledNotification._handled(text, notification)

    async def notified(self, notification: Notification) -> Notified:
        """Feeds a verified notification to its payment or refund and stores it. Acknowledge only once this has returned."""
        with self._contexts.entered(notification.payment_request_id, notification.refund_request_id):
            text = await self._run(lambda done: self._core.notified(notification._native, done))
        return Notified.from_dict(json.loads(text))

    async def cancel(self, payment_request_id: str, *, wait: float | None = None) -> PaymentResult:
        """Cancels a payment that has no result yet, and returns when it has one; see ``Client.cancel``."""
        return _payment(await self._ask("cancel", payment_request_id=payment_request_id, wait_ms=wait_of(wait)))

    async def inquire(self, payment_request_id: str) -> InquiryResponse:
        """Asks the gateway about a payment, once. What it answers is not fed to the payment."""
        return InquiryResponse.from_dict(parse_json(await self._ask("inquire", payment_request_id=payment_request_id)))

    async def refund(
        self, payment_request_id: str, request: RefundRequest, *, wait: float | None = None
    ) -> RefundResult:
        """Gives money back, and returns when the refund has its result; see ``Client.refund``."""
        body = request_text(request, RefundRequest)
        arguments = {"payment_request_id": payment_request_id, "request": body, "wait_ms": wait_of(wait)}
        return RefundResult.from_dict(json.loads(await self._ask("refund", request.refund_request_id, **arguments)))

    async def reverse(self, payment_request_id: str, *, wait: float | None = None) -> ReverseResult:
        """Makes sure that the customer has paid nothing; see ``Client.reverse``."""
        text = await self._ask("reverse", payment_request_id=payment_request_id, wait_ms=wait_of(wait))
        return ReverseResult.from_dict(json.loads(text))

    async def resolve(
        self,
        payment_request_id: str,
        resolved: Resolved,
        *,
        who: str,
        note: str = "",
        refund_request_id: str | None = None,
    ) -> None:
        """Enters what a person found out about a payment or a refund that ended as unresolved; see ``Client.resolve``."""
        found = {"resolved": resolved, "who": who, "note": note}
        await self._ask("resolve", payment_request_id=payment_request_id, refund_request_id=refund_request_id, **found)

    async def inquire_refund(self, refund_request_id: str) -> InquiryRefundResponse:
        """Asks the gateway about a refund, once. AMS only."""
        text = await self._ask("inquire_refund", refund_request_id=refund_request_id)
        return InquiryRefundResponse.from_dict(parse_json(text))

    async def call(self, path: str, body: Mapping[str, Any]) -> VerifiedResponse:
        """Calls any other API of the gateway: signed, sent once, verified."""
        return response(await self._ask("call", path=path, body=write_json(dict(body))))

    def __del__(self) -> None:
        native = getattr(self, "_core", None)
        if native is not None and not native.closed and self._loop.is_bound:
            warnings.warn(f"unclosed {self!r}", ResourceWarning, source=self, stacklevel=2)


def _payment(text: str) -> PaymentResult:
    return PaymentResult.from_dict(json.loads(text))
