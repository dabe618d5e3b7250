"""The client for asyncio."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any

from . import _native
from ._amount import Amount
from ._base import Certificates, ClientBase, OnStep, Store, all_results, is_async, payment_result, request_text, response
from ._errors import AlipayError, of_code
from ._merchant import Merchant, Notification, VerifiedResponse
from ._model import parse_json, write_json
from ._native import MemoryStore, PaymentCode
from ._payment import Policy
from ._results import Notified, PaymentResult, RefundResult, ReverseResult, TimelineEntry
from ._shop import Shop
from ._stores import AsyncPaymentStore
from ._words import Resolved
from .models import InquiryRefundResponse, InquiryResponse, PayRequest, RefundRequest

if TYPE_CHECKING:
    import asyncio


class AsyncClient(ClientBase):
    """``Client`` for asyncio: the same methods, as coroutines. Cancelling a task stops its payment where it is; ``resume`` goes on from the store.

    A store of your own may have ``async def put``, ``get`` and ``ids``: they run on the client's event loop. Without
    a store payments are kept in memory and are lost with the process. ``on_step`` is called on the event loop.
    """

    def __init__(
        self,
        merchant: Merchant,
        *,
        store: Store | AsyncPaymentStore | None = None,
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
        self._loop: asyncio.AbstractEventLoop | None = None
        self._store_calls: set[asyncio.Task[None]] = set()
        self._open(
            merchant,
            MemoryStore() if store is None else store,
            self._start_store_call if is_async(store) else None,
            None if on_step is None else self._on_loop(on_step),
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

    def _on_loop(self, on_step: OnStep) -> OnStep:
        def told(payment_request_id: str, step: TimelineEntry) -> None:
            if self._loop is not None and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(on_step, payment_request_id, step)

        return told

    def _start_store_call(self, call: Awaitable[object], reply: _native.Reply) -> None:
        """Called on a thread of the library with what a method of the store returned."""
        import asyncio

        async def run() -> None:
            try:
                value = await call
            except BaseException as error:
                reply.raised(error)
                if not isinstance(error, Exception):
                    raise
            else:
                reply.returned(value)

        def begin() -> None:
            task = asyncio.get_running_loop().create_task(run())
            self._store_calls.add(task)
            task.add_done_callback(self._store_calls.discard)

        loop = self._loop
        if loop is None or loop.is_closed():
            if inspect.iscoroutine(call):
                call.close()
            raise RuntimeError("the event loop of the client is closed")
        loop.call_soon_threadsafe(begin)

    def _bind(self) -> asyncio.AbstractEventLoop:
        # Not at the top: it takes longer to import than everything else here, and a till has no use for it.
        import asyncio

        loop = asyncio.get_running_loop()
        if self._loop is not None and self._loop is not loop and not self._loop.is_closed():
            raise of_code(
                "config.invalid",
                "the client is used on another event loop than before",
                hint="make one AsyncClient for each event loop",
            )
        self._loop = loop
        return loop

    async def _run(self, start: Callable[[Callable[[], object]], _native.Task]) -> str:
        import asyncio

        loop = self._bind()
        ended: asyncio.Future[None] = loop.create_future()

        def wake() -> None:
            if not ended.done():
                ended.set_result(None)

        def done() -> None:
            loop.call_soon_threadsafe(wake)

        task = start(done)
        try:
            await asyncio.shield(ended)
        except asyncio.CancelledError:
            # What is being driven has to let go first, so that it can be resumed at once.
            task.abort()
            await ended
            raise
        finally:
            task.abort()
        return task.result()

    async def __aenter__(self) -> AsyncClient:
        self._bind()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Takes no more calls. Payments under way in other tasks stop where they are and can be resumed."""
        import asyncio

        self._core.close()
        if self._store_calls:
            await asyncio.wait(set(self._store_calls))

    async def pay(self, request: PayRequest, *, wallet: str | None = None) -> PaymentResult:
        """Pays, and returns when the payment has its result; see ``Client.pay``."""
        text = request_text(request, PayRequest)
        return payment_result(await self._run(lambda done: self._core.pay(text, wallet, done)))

    async def pay_code(
        self, code: str | PaymentCode, amount: Amount, description: str, *, payment_request_id: str | None = None
    ) -> PaymentResult:
        """Charges the customer who showed this payment code; see ``Client.pay_code``."""
        scanned = code.expose() if isinstance(code, PaymentCode) else code
        text = self._sale("PaymentCode", amount, description, payment_request_id, code=scanned)
        return payment_result(await self._run(lambda done: self._core.pay(text, None, done)))

    async def pay_order_code(
        self, amount: Amount, description: str, *, payment_request_id: str | None = None
    ) -> PaymentResult:
        """Makes a code of this order for the customer to scan; see ``Client.pay_order_code``."""
        text = self._sale("OrderCode", amount, description, payment_request_id)
        return payment_result(await self._run(lambda done: self._core.pay(text, None, done)))

    async def pay_entry_code(
        self, amount: Amount, description: str, user_agent: str, *, payment_request_id: str | None = None
    ) -> PaymentResult:
        """Charges a customer who opened the merchant's page; see ``Client.pay_entry_code``."""
        text = self._sale("EntryCode", amount, description, payment_request_id, user_agent=user_agent)
        return payment_result(await self._run(lambda done: self._core.pay(text, None, done)))

    async def resume(self, payment_request_id: str) -> PaymentResult:
        """Takes a stored payment up again and returns when it has its result."""
        return payment_result(await self._run(lambda done: self._core.resume(payment_request_id, done)))

    async def resume_all(self) -> dict[str, PaymentResult | AlipayError]:
        """Resumes every stored payment without a result, all at once, and every open refund and reverse."""
        return all_results(await self._run(self._core.resume_all))

    async def notified(self, notification: Notification) -> Notified:
        """Feeds a verified notification to its payment or refund and stores it. Acknowledge only once this has returned."""
        text = await self._run(lambda done: self._core.notified(notification._native, done))
        return Notified.from_dict(parse_json(text))

    async def cancel(self, payment_request_id: str) -> PaymentResult:
        """Cancels a payment, and returns when it has its result."""
        return payment_result(await self._run(lambda done: self._core.cancel(payment_request_id, done)))

    async def inquire(self, payment_request_id: str) -> InquiryResponse:
        """Asks the gateway about a payment, once. What it answers is not fed to the payment."""
        text = await self._run(lambda done: self._core.inquire(payment_request_id, done))
        return InquiryResponse.from_dict(parse_json(text))

    async def refund(self, payment_request_id: str, request: RefundRequest) -> RefundResult:
        """Gives money back for a payment of this store that succeeded, and returns when the refund has its result."""
        body = request_text(request, RefundRequest)
        text = await self._run(lambda done: self._core.refund(payment_request_id, body, done))
        return RefundResult.from_dict(parse_json(text))

    async def reverse(self, payment_request_id: str) -> ReverseResult:
        """Gives back the whole of a payment of this store that was paid; see ``Client.reverse``."""
        text = await self._run(lambda done: self._core.reverse(payment_request_id, done))
        return ReverseResult.from_dict(parse_json(text))

    async def resolve_refund(
        self, payment_request_id: str, refund_request_id: str, resolved: Resolved, *, who: str, note: str = ""
    ) -> None:
        """Enters what a person found out about a refund that ended as unresolved: that it was made, or not."""
        await self._run(
            lambda done: self._core.resolve_refund(
                payment_request_id, refund_request_id, resolved, who, note, done
            )
        )

    async def resume_refund(self, payment_request_id: str, refund_request_id: str) -> RefundResult:
        """Takes a refund up again that was entered before."""
        text = await self._run(
            lambda done: self._core.resume_refund(payment_request_id, refund_request_id, done)
        )
        return RefundResult.from_dict(parse_json(text))

    async def inquire_refund(self, refund_request_id: str) -> InquiryRefundResponse:
        """Asks the gateway about a refund, once. AMS only."""
        text = await self._run(lambda done: self._core.inquire_refund(refund_request_id, done))
        return InquiryRefundResponse.from_dict(parse_json(text))

    async def call(self, path: str, body: Mapping[str, Any]) -> VerifiedResponse:
        """Calls any other API of the gateway: signed, sent once, verified."""
        text = write_json(dict(body))
        return response(await self._run(lambda done: self._core.call(path, text, done)))

    def __del__(self) -> None:
        native = getattr(self, "_core", None)
        if native is not None and not native.closed and self._loop is not None:
            native.close()
            warnings.warn(f"unclosed {self!r}", ResourceWarning, source=self, stacklevel=2)
