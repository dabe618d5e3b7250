from __future__ import annotations

import asyncio
import gc
import time
import warnings
import weakref
from collections.abc import Callable
from contextvars import Context
from math import inf
from pathlib import Path

import pytest

import alipay_instore as ai
from alipay_instore.testing import Gateway, pay_request

from .own_store import AsyncDictStore, DictStore

FOREVER = "281006029000000000000011"


def test_a_hundred_at_once() -> None:
    async def main() -> None:
        # In real time, so that a busy machine answers within the time of a request.
        with Gateway(speed=1) as gateway:
            await pay_a_hundred(gateway)

    async def pay_a_hundred(gateway: Gateway) -> None:
        async with gateway.async_client() as client:
            results = await asyncio.gather(*(client.pay(pay_request()) for _ in range(100)))
        assert all(result.succeeded for result in results)
        assert len({result.payment_id for result in results}) == 100

    asyncio.run(main())


def test_calls_that_end_together_wake_the_loop_once(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        wake = loop.call_soon_threadsafe
        woken = 0

        def counted(callback: Callable[..., object], *arguments: object, context: Context | None = None) -> asyncio.Handle:
            nonlocal woken
            woken += 1
            return wake(callback, *arguments, context=context)

        monkeypatch.setattr(loop, "call_soon_threadsafe", counted)
        async with gateway.async_client() as client:
            identifier = (await client.pay(pay_request())).payment_request_id
            woken = 0
            calls = [asyncio.create_task(client.status(identifier)) for _ in range(100)]
            # All have begun by then, and the loop does nothing else until they have ended.
            loop.call_soon(time.sleep, 1)
            statuses = await asyncio.gather(*calls)
        assert all(status.payment_request_id == identifier for status in statuses)
        # A slow machine may have ended some of them later.
        assert woken < 50

    asyncio.run(main())


def test_every_method(gateway: Gateway) -> None:
    async def main() -> None:
        async with gateway.async_client(store=AsyncDictStore()) as client:
            result = await client.pay(pay_request())
            identifier = result.payment_request_id
            assert (await client.resume(identifier)).succeeded
            assert (await client.inquire(identifier)).payment_status == "SUCCESS"
            refund = ai.RefundRequest(refund_request_id=f"A{identifier}"[:64], refund_amount=ai.Amount(1, "USD"))
            assert (await client.refund(identifier, refund)).outcome == "refunded"
            assert (await client.refund(identifier, refund)).left == 1998
            assert (await client.inquire_refund(refund.refund_request_id or "")).refund_status == "SUCCESS"
            assert (await client.cancel(identifier)).succeeded
            assert (await client.call("v1/payments/inquiryPayment", {"paymentRequestId": identifier})).body
            assert await client.resume_all() == ai.Recovery((), 0)
            assert (await client.status(identifier)).may_have_refunded and not (await client.alerts()).alerts
            assert (await client.reverse(identifier)).outcome
            with pytest.raises(ai.PaymentError):
                await client.resolve(identifier, "made", who="Office")
            with pytest.raises(ai.RequestError):
                await client.acknowledge_alert(identifier, 1, who="Office")
        with pytest.raises(ai.TransportError) as caught:
            await client.pay(pay_request())
        assert caught.value.code == "client.closed"

    asyncio.run(main())


def test_cancelling_ends_the_waiting_and_not_the_payment(gateway: Gateway, tmp_path: Path) -> None:
    async def main() -> None:
        request = pay_request(code=FOREVER)
        identifier = request.payment_request_id or ""
        async with gateway.async_client(store=ai.FileStore(tmp_path)) as client:
            with pytest.raises((asyncio.TimeoutError, TimeoutError)):
                await asyncio.wait_for(client.pay(request), 0.2)
            assert (await client.status(identifier)).in_progress
            task = asyncio.create_task(client.resume(identifier))
            await asyncio.sleep(0.1)
            result = await client.cancel(identifier)
            assert result.outcome == "cancelled" == (await task).outcome
            request = pay_request(code="281006029000000000000002")
            with pytest.raises((asyncio.TimeoutError, TimeoutError)):
                await asyncio.wait_for(client.pay(request), 0.05)
            for _ in range(200):
                await asyncio.sleep(0.05)
                try:
                    if (await client.status(request.payment_request_id or "")).succeeded:
                        break
                except ai.RequestError:
                    # The busy machine had not come to it before it was cancelled.
                    await client.start(request)
            assert (await client.status(request.payment_request_id or "")).succeeded

    asyncio.run(main())


def test_cancelling_twice(gateway: Gateway, tmp_path: Path) -> None:
    """A caller that does not wait; what was stored is enough for the next one."""

    async def main() -> None:
        request = pay_request(code=FOREVER)
        async with gateway.async_client(store=ai.FileStore(tmp_path)) as client:
            task = asyncio.create_task(client.pay(request))
            await asyncio.sleep(0.2)
            task.cancel()
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        async with gateway.async_client(store=ai.FileStore(tmp_path)) as other:
            result = await other.cancel(request.payment_request_id or "")
        row = gateway.payment(request.payment_request_id or "")
        assert result.outcome == "cancelled" and row is not None and row["net"] == "0"

    asyncio.run(main())


class Stop:
    """Cancels the task when it has been called the given number of times."""

    def __init__(self, place: int) -> None:
        self.place = place
        self.count = 0
        self.task: asyncio.Task[ai.PaymentResult] | None = None

    def __call__(self) -> None:
        self.count += 1
        if self.count == self.place and self.task is not None:
            self.task.cancel()


async def cancelled_at(gateway: Gateway, protocol: str, code: str, place: int) -> bool:
    """Ends the waiting at its so-manieth point, makes the same call again, and asks the ledger."""
    stop = Stop(place)
    store = AsyncDictStore(at=stop)
    request = pay_request(code=code)
    identifier = request.payment_request_id or ""
    client = gateway.async_client(protocol, store=store, on_step=lambda _id, _step: stop())  # type: ignore[arg-type]
    async with client:
        stop.task = asyncio.create_task(client.pay(request))
        try:
            await stop.task
        except asyncio.CancelledError:
            pass
        reached = stop.count >= place
        stop.task = None
        # At once, and on the same client: the natural retry.
        result = await client.pay(request, wait=inf)
    # Whoever reads the store later comes to the same, also where a busy machine could not store the end in time.
    async with gateway.async_client(protocol, store=AsyncDictStore(store.inner), owner_timeout=0.5) as other:  # type: ignore[arg-type]
        later = await other.resume(identifier, wait=inf) if not result.stored else await other.status(identifier)
        assert later.outcome == result.outcome
    rows = [row for row in gateway.ledger()["payments"] if row["payment_request_id"] == identifier]
    paid = bool(rows) and rows[0]["net"] == "1999"
    assert len(rows) <= 1 and result.succeeded == paid, (place, result, rows)
    assert paid or not rows or rows[0]["net"] == "0", (place, result, rows)
    return reached


@pytest.mark.parametrize(("protocol", "code"), [
    ("ams", "281006029000000000000001"), ("ams", "281006029000000000000002"), ("ams", "281006029000000000000003"),
    ("ams", "281006029000000000000004"), ("ams", "281006029000000000000028"),
    ("alipay_plus", "281006029000000000000002"), ("alipay_plus", "281006029000000000000014"),
])
def test_cancelled_at_every_point(gateway: Gateway, protocol: str, code: str) -> None:
    async def main() -> int:
        # The points of one payment are independent of those of another, so they go side by side.
        place = 1
        while True:
            batch = range(place, place + 16)
            reached = await asyncio.gather(*(cancelled_at(gateway, protocol, code, n) for n in batch))
            if not all(reached):
                return place + reached.index(False) - 1
            place += len(batch)

    points = asyncio.run(main())
    assert points >= 10


def test_a_cancel_before_the_first_step(gateway: Gateway) -> None:
    async def main() -> None:
        async with gateway.async_client() as client:
            task = asyncio.create_task(client.pay(request := pay_request()))
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert gateway.payment(request.payment_request_id or "") is None

    asyncio.run(main())


def test_a_closed_loop(gateway: Gateway) -> None:
    store = ai.MemoryStore()
    client = gateway.async_client(store=store)
    request = pay_request(code=FOREVER)
    loop = asyncio.new_event_loop()
    task = loop.create_task(client.pay(request))
    loop.run_until_complete(asyncio.sleep(0.2))
    loop.close()
    waiting = weakref.ref(task)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        del task
        gc.collect()

    async def main() -> None:
        # The payment went on without its loop; the client is used on a new one.
        assert (await client.cancel(request.payment_request_id or "")).outcome == "cancelled"
        await client.aclose()

    asyncio.run(main())
    # Nothing keeps who waited once the call has ended.
    gc.collect()
    assert waiting() is None


def test_a_closed_loop_and_an_asynchronous_store(gateway: Gateway) -> None:
    store = AsyncDictStore()
    client = gateway.async_client(store=store, owner_timeout=0.5)
    request = pay_request(code=FOREVER)
    loop = asyncio.new_event_loop()
    task = loop.create_task(client.pay(request))
    loop.run_until_complete(asyncio.sleep(0.2))
    loop.close()
    time.sleep(0.3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        del task
        gc.collect()

    async def main() -> ai.PaymentResult:
        # Who drove it counts as dead after a while.
        async with gateway.async_client(store=store, owner_timeout=0.5) as other:
            return await other.cancel(request.payment_request_id or "")

    assert asyncio.run(main()).outcome == "cancelled"


def test_two_loops_at_once_are_an_error(gateway: Gateway) -> None:
    client = gateway.async_client()
    first = asyncio.new_event_loop()
    first.run_until_complete(client.pay(pay_request()))
    second = asyncio.new_event_loop()
    with pytest.raises(ai.ConfigurationError, match="another event loop"):
        second.run_until_complete(client.pay(pay_request()))
    first.run_until_complete(client.aclose())
    first.close()
    second.close()


def test_without_a_loop(gateway: Gateway) -> None:
    client = gateway.async_client()
    coroutine = client.pay(pay_request())
    with pytest.raises(RuntimeError, match="no running event loop"):
        coroutine.send(None)
    with pytest.raises(ai.ConfigurationError, match="AsyncClient"):
        gateway.client(store=AsyncDictStore())


def test_a_store_that_raises(gateway: Gateway) -> None:
    inner = DictStore()

    def fail(operation: str) -> None:
        if operation in ("insert", "load"):
            raise ai.StoreNotWritten from OSError("no")

    inner.before = fail

    async def main() -> None:
        async with gateway.async_client(store=AsyncDictStore(inner)) as client:
            request = pay_request()
            with pytest.raises(ai.StoreError) as caught:
                await client.pay(request, wait=20)
            cause = caught.value.__cause__
            assert isinstance(cause, ai.StoreNotWritten) and isinstance(cause.__cause__, OSError)
            assert gateway.payment(request.payment_request_id or "") is None

    asyncio.run(main())


def test_a_client_that_is_forgotten_is_collected(gateway: Gateway) -> None:
    import weakref

    async def main() -> weakref.ref[ai.AsyncClient]:
        client = gateway.async_client(store=AsyncDictStore(), on_step=lambda _id, _step: None)
        await client.pay(pay_request())
        return weakref.ref(client)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        known = asyncio.run(main())
        gc.collect()
    assert known() is None


def test_steps_come_on_the_loop(gateway: Gateway) -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        seen: list[bool] = []

        def on_step(_id: str, _step: ai.TimelineEntry) -> None:
            seen.append(asyncio.get_running_loop() is loop)

        async with gateway.async_client(on_step=on_step) as client:
            await client.pay(pay_request())
            await asyncio.sleep(0.01)
        assert seen == [True] * 3

    asyncio.run(main())
