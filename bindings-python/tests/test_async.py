from __future__ import annotations

import asyncio
import gc
import time
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

import alipay_instore as ai
from alipay_instore.testing import Gateway, pay_request

FOREVER = "281006029000000000000011"


class AsyncStore:
    """A store over a database would look like this; `at` is called with each of its points."""

    def __init__(self, at: Callable[[], None] = lambda: None) -> None:
        self.records: dict[str, tuple[int, str]] = {}
        self.at = at

    async def put(self, id: str, expected_revision: int, snapshot: str, /) -> None:
        self.at()
        await asyncio.sleep(0.001)
        if self.records.get(id, (0, ""))[0] != expected_revision:
            raise ai.StoreError("store.conflict")
        self.records[id] = (expected_revision + 1, snapshot)
        self.at()
        await asyncio.sleep(0.001)
        self.at()

    async def get(self, id: str, /) -> tuple[int, str] | None:
        self.at()
        await asyncio.sleep(0.001)
        self.at()
        return self.records.get(id)

    async def ids(self) -> Iterable[str]:
        await asyncio.sleep(0)
        return list(self.records)


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


def test_every_method(gateway: Gateway) -> None:
    async def main() -> None:
        async with gateway.async_client(store=AsyncStore()) as client:
            result = await client.pay(pay_request())
            identifier = result.payment_request_id
            assert (await client.resume(identifier)).succeeded
            assert (await client.inquire(identifier)).payment_status == "SUCCESS"
            refund = ai.RefundRequest(refund_request_id=f"A{identifier}"[:64], refund_amount=ai.Amount(1, "USD"))
            assert (await client.refund(identifier, refund)).outcome == "refunded"
            assert (await client.resume_refund(identifier, refund.refund_request_id or "")).left == 1998
            assert (await client.inquire_refund(refund.refund_request_id or "")).refund_status == "SUCCESS"
            assert (await client.cancel(identifier)).succeeded
            assert (await client.call("v1/payments/inquiryPayment", {"paymentRequestId": identifier})).body
            assert list(await client.resume_all()) == [identifier]
        with pytest.raises(ai.TransportError) as caught:
            await client.pay(pay_request())
        assert caught.value.code == "client.closed"

    asyncio.run(main())


def test_cancelling_leaves_a_resumable_payment(gateway: Gateway, tmp_path: Path) -> None:
    async def main() -> None:
        request = pay_request(code=FOREVER)
        async with gateway.async_client(store=ai.FileStore(tmp_path)) as client:
            with pytest.raises((asyncio.TimeoutError, TimeoutError)):
                await asyncio.wait_for(client.pay(request), 0.2)
            task = asyncio.create_task(client.resume(request.payment_request_id or ""))
            await asyncio.sleep(0.1)
            result = await client.cancel(request.payment_request_id or "")
            assert result.outcome == "cancelled" == (await task).outcome

    asyncio.run(main())


def test_cancelling_twice(gateway: Gateway, tmp_path: Path) -> None:
    """An impatient caller does not wait until the payment has let go; what was stored is still enough."""

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
    """Cancels a payment at its so-manieth point, resumes it from the store alone, and asks the ledger."""
    stop = Stop(place)
    store = AsyncStore(stop)
    request = pay_request(code=code)
    identifier = request.payment_request_id or ""
    client = gateway.async_client(protocol, store=store, on_step=lambda _id, _step: stop())  # type: ignore[arg-type]
    result: ai.PaymentResult | None = None
    async with client:
        stop.task = asyncio.create_task(client.pay(request))
        try:
            result = await stop.task
        except asyncio.CancelledError:
            pass
        reached = stop.count >= place
        if result is None and identifier in store.records:
            # At once and on the same client: nothing may still hold the payment.
            stop.task = None
            result = await client.resume(identifier)
    again = AsyncStore()
    again.records = dict(store.records)
    async with gateway.async_client(protocol, store=again) as other:  # type: ignore[arg-type]
        if identifier in again.records:
            fresh = await other.resume(identifier)
            assert result is None or fresh.outcome == result.outcome
            result = fresh
    row = gateway.payment(identifier)
    if result is None:
        assert row is None, f"{place}: nothing was stored, so nothing was sent"
    else:
        paid = row is not None and row["net"] == "1999"
        assert result.succeeded == paid and (paid or row is None or row["net"] == "0"), (place, result, row)
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
            batch = range(place, place + 64)
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
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        del task
        gc.collect()

    async def main() -> None:
        # The payment let go when its task was gone; the client goes on on a new loop.
        for _ in range(50):
            try:
                result = await client.cancel(request.payment_request_id or "")
                break
            except ai.StoreError:
                await asyncio.sleep(0.05)
        assert result.outcome == "cancelled"
        await client.aclose()

    asyncio.run(main())


def test_a_closed_loop_and_an_asynchronous_store(gateway: Gateway) -> None:
    store = AsyncStore()
    client = gateway.async_client(store=store)
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
        async with gateway.async_client(store=store) as other:
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
        gateway.client(store=AsyncStore())


def test_a_store_that_raises(gateway: Gateway) -> None:
    class Broken(AsyncStore):
        async def put(self, id: str, expected_revision: int, snapshot: str, /) -> None:
            raise OSError("no")

    async def main() -> None:
        async with gateway.async_client(store=Broken()) as client:
            request = pay_request()
            with pytest.raises(ai.StoreError) as caught:
                await client.pay(request)
            assert caught.value.code == "store.failed" and isinstance(caught.value.__cause__, OSError)
            assert gateway.payment(request.payment_request_id or "") is None

    asyncio.run(main())


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
