"""The clients: they carry out what a payment asks for, over HTTP, with a store behind it."""

from __future__ import annotations

import atexit
import inspect
import logging
import warnings
from collections.abc import Awaitable, Callable, Iterable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any

from . import _native
from ._errors import AlipayError, of_code
from ._merchant import Merchant, Notification, VerifiedResponse
from ._model import parse_json, write_json
from ._native import FileStore, MemoryStore
from ._payment import Policy
from ._results import Notified, PaymentResult, RefundResult, Step, error_of
from ._stores import AsyncPaymentStore, PaymentStore
from .models import InquiryRefundResponse, InquiryResponse, PayRequest, RefundRequest

if TYPE_CHECKING:
    import asyncio

logger = logging.getLogger("alipay_instore")

Store = MemoryStore | FileStore | PaymentStore
OnStep = Callable[[str, Step], object]

atexit.register(_native.shutdown)

_LEVELS = {"alerted": logging.ERROR, "unanswered": logging.WARNING}
#: What the customer is shown does not belong into a log.
_NOT_LOGGED = {"form", "error"}


def _log(payment_request_id: str, step: Step) -> None:
    level = _LEVELS.get(step.event, logging.INFO)
    if not logger.isEnabledFor(level):
        return
    details = {name: value for name, value in step.details.items() if name not in _NOT_LOGGED}
    if "error" in step.details:
        details["code"] = step.details["error"]["code"]
        details["reason"] = step.details["error"]["reason"]
    text = " ".join(f"{name}={value}" for name, value in details.items() if value is not None)
    fields = {"payment_request_id": payment_request_id, "elapsed": step.elapsed, "event": step.event, **details}
    logger.log(level, "%s %s %s", payment_request_id, step.event, text, extra=fields)


def _seconds(value: float, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{name} must be a number of seconds, not {type(value).__name__}")
    milliseconds = round(value * 1000)
    if milliseconds < 1:
        raise of_code("config.invalid", f"{name} is not positive", path=name)
    return milliseconds


def _certificates(given: bytes | str | Iterable[bytes | str]) -> list[bytes]:
    several = [given] if isinstance(given, (bytes, str)) else list(given)
    return [text.encode() if isinstance(text, str) else bytes(text) for text in several]


def _request(request: object, kind: type) -> str:
    if not isinstance(request, kind):
        raise TypeError(f"the request must be a {kind.__name__}, not {type(request).__name__}")
    return write_json(request.to_dict())  # type: ignore[attr-defined]


def _payment_result(text: str) -> PaymentResult:
    return PaymentResult.from_dict(parse_json(text))


def _all(text: str) -> dict[str, PaymentResult | AlipayError]:
    return {
        entry["payment_request_id"]: PaymentResult.from_dict(entry["result"])
        if "result" in entry
        else error_of(entry["error"])
        for entry in parse_json(text)
    }


def _response(text: str) -> VerifiedResponse:
    return VerifiedResponse(**parse_json(text))


class _Base:
    _core: _native.Client
    _merchant: Merchant

    def _open(
        self,
        merchant: Merchant,
        store: object,
        start: Callable[[Any, _native.Reply], None] | None,
        on_step: OnStep | None,
        *,
        timeout: float,
        connect_timeout: float,
        extra_root_certificates: bytes | str | Iterable[bytes | str],
        proxy: str | None,
        policy: Policy | None,
        clock: Any,
        notify_url_configured: bool,
    ) -> None:
        if not isinstance(merchant, Merchant):
            raise TypeError(f"merchant must be a Merchant, not {type(merchant).__name__}")
        for method in ("put", "get", "ids"):
            if not callable(getattr(store, method, None)):
                raise TypeError(f"a store has the methods put, get and ids; this {type(store).__name__} has no {method}")

        def told(payment_request_id: str, text: str) -> None:
            step = Step.from_dict(parse_json(text))
            _log(payment_request_id, step)
            if on_step is not None:
                on_step(payment_request_id, step)

        self._merchant = merchant
        self._core = _native.Client(
            merchant._native,
            store,
            start,
            _seconds(connect_timeout, "connect_timeout"),
            _seconds(timeout, "timeout"),
            proxy,
            _certificates(extra_root_certificates),
            None if policy is None else policy._text,
            clock,
            told,
            notify_url_configured,
        )

    @property
    def merchant(self) -> Merchant:
        """The merchant."""
        return self._merchant

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._core.closed

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._merchant.client_id!r}, {self._merchant.gateway!r})"


def _is_async(store: object) -> bool:
    return inspect.iscoroutinefunction(getattr(store, "put", None))


class Client(_Base):
    """Pays, refunds and inquires for one merchant, and blocks until there is a result. Safe to share between threads.

    ``store`` keeps the payments: a ``FileStore``, an object of your own with ``put``, ``get`` and ``ids``, or a
    ``MemoryStore``, which is for tests. ``timeout`` is how many seconds one request may take as a whole;
    ``extra_root_certificates`` are certificate authorities to trust besides the system's, as PEM; ``on_step`` is
    called with the payment's id and each ``Step``, on a thread of the library, and should return quickly. Steps are
    logged to the logger ``alipay_instore``.

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
        extra_root_certificates: bytes | str | Iterable[bytes | str] = (),
        proxy: str | None = None,
        policy: Policy | None = None,
        on_step: OnStep | None = None,
        clock: Any = None,
        notify_url_configured: bool = False,
    ) -> None:
        if _is_async(store):
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
            extra_root_certificates=extra_root_certificates,
            proxy=proxy,
            policy=policy,
            clock=clock,
            notify_url_configured=notify_url_configured,
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
        return _payment_result(self._core.pay(_request(request, PayRequest), wallet, None).wait())

    def resume(self, payment_request_id: str) -> PaymentResult:
        """Takes a stored payment up again and returns when it has its result."""
        return _payment_result(self._core.resume(payment_request_id, None).wait())

    def resume_all(self) -> dict[str, PaymentResult | AlipayError]:
        """Resumes every stored payment without a result, all at once, and every open refund.

        What went wrong with one payment stands in its place.
        """
        return _all(self._core.resume_all(None).wait())

    def notified(self, notification: Notification) -> Notified:
        """Feeds a verified notification to its payment, which may be driven at this moment, and stores it.

        Acknowledge only once this has returned.
        """
        return Notified.from_dict(parse_json(self._core.notified(notification._native, None).wait()))

    def cancel(self, payment_request_id: str) -> PaymentResult:
        """Gets out of a payment, and returns when it has its result: cancelled, unless it had another one before."""
        return _payment_result(self._core.cancel(payment_request_id, None).wait())

    def inquire(self, payment_request_id: str) -> InquiryResponse:
        """Asks the gateway about a payment, once. What it answers is not fed to the payment."""
        return InquiryResponse.from_dict(parse_json(self._core.inquire(payment_request_id, None).wait()))

    def refund(self, payment_request_id: str, request: RefundRequest) -> RefundResult:
        """Gives money back for a payment of this store that succeeded, and returns when the refund has its result."""
        text = _request(request, RefundRequest)
        return RefundResult.from_dict(parse_json(self._core.refund(payment_request_id, text, None).wait()))

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
        return _response(self._core.call(path, write_json(dict(body)), None).wait())


class AsyncClient(_Base):
    """The same for asyncio. Cancelling a task stops its payment where it is; ``resume`` goes on from the store.

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
        extra_root_certificates: bytes | str | Iterable[bytes | str] = (),
        proxy: str | None = None,
        policy: Policy | None = None,
        on_step: OnStep | None = None,
        clock: Any = None,
        notify_url_configured: bool = False,
    ) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._store_calls: set[asyncio.Task[None]] = set()
        self._open(
            merchant,
            MemoryStore() if store is None else store,
            self._start_store_call if _is_async(store) else None,
            None if on_step is None else self._on_loop(on_step),
            timeout=timeout,
            connect_timeout=connect_timeout,
            extra_root_certificates=extra_root_certificates,
            proxy=proxy,
            policy=policy,
            clock=clock,
            notify_url_configured=notify_url_configured,
        )

    def _on_loop(self, on_step: OnStep) -> OnStep:
        def told(payment_request_id: str, step: Step) -> None:
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
        text = _request(request, PayRequest)
        return _payment_result(await self._run(lambda done: self._core.pay(text, wallet, done)))

    async def resume(self, payment_request_id: str) -> PaymentResult:
        """Takes a stored payment up again and returns when it has its result."""
        return _payment_result(await self._run(lambda done: self._core.resume(payment_request_id, done)))

    async def resume_all(self) -> dict[str, PaymentResult | AlipayError]:
        """Resumes every stored payment without a result, all at once, and every open refund."""
        return _all(await self._run(self._core.resume_all))

    async def notified(self, notification: Notification) -> Notified:
        """Feeds a verified notification to its payment and stores it. Acknowledge only once this has returned."""
        text = await self._run(lambda done: self._core.notified(notification._native, done))
        return Notified.from_dict(parse_json(text))

    async def cancel(self, payment_request_id: str) -> PaymentResult:
        """Gets out of a payment, and returns when it has its result."""
        return _payment_result(await self._run(lambda done: self._core.cancel(payment_request_id, done)))

    async def inquire(self, payment_request_id: str) -> InquiryResponse:
        """Asks the gateway about a payment, once. What it answers is not fed to the payment."""
        text = await self._run(lambda done: self._core.inquire(payment_request_id, done))
        return InquiryResponse.from_dict(parse_json(text))

    async def refund(self, payment_request_id: str, request: RefundRequest) -> RefundResult:
        """Gives money back for a payment of this store that succeeded, and returns when the refund has its result."""
        body = _request(request, RefundRequest)
        text = await self._run(lambda done: self._core.refund(payment_request_id, body, done))
        return RefundResult.from_dict(parse_json(text))

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
        return _response(await self._run(lambda done: self._core.call(path, text, done)))

    def __del__(self) -> None:
        native = getattr(self, "_core", None)
        if native is not None and not native.closed and self._loop is not None:
            native.close()
            warnings.warn(f"unclosed {self!r}", ResourceWarning, source=self, stacklevel=2)
