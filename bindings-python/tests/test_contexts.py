"""u9: a host's code runs in the context of the call that it serves, so that a ContextVar holds what it held there."""

from __future__ import annotations

import asyncio
import threading
from contextvars import ContextVar

import alipay_instore as ai
from alipay_instore.testing import Gateway, pay_request

from .own_store import AsyncDictStore, DictStore

TENANT: ContextVar[str] = ContextVar("TENANT", default="nobody")


class Seen:
    """What the variable held in each operation, by payment."""

    def __init__(self) -> None:
        self.operations: dict[str, set[str]] = {}
        self.steps: dict[str, set[str]] = {}

    def step(self, payment_request_id: str, _step: ai.TimelineEntry) -> None:
        self.steps.setdefault(payment_request_id, set()).add(TENANT.get())


class WatchedStore(DictStore):
    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self.seen = seen

    def insert(self, row: ai.StoreRow, owner: str | None, /) -> None:
        self.seen.operations.setdefault(row.id, set()).add(TENANT.get())
        super().insert(row, owner)

    def save(self, row: ai.StoreRow, expected: int, by: str | None, /) -> None:
        self.seen.operations.setdefault(row.id, set()).add(TENANT.get())
        super().save(row, expected, by)


def test_u9_of_threads(gateway: Gateway) -> None:
    seen = Seen()
    TENANT.set("maker")
    with gateway.client(store=WatchedStore(seen), on_step=seen.step) as client:
        requests = {f"tenant-{number}": pay_request() for number in range(8)}

        def pay(tenant: str) -> None:
            TENANT.set(tenant)
            assert client.pay(requests[tenant]).succeeded

        threads = [threading.Thread(target=pay, args=(tenant,)) for tenant in requests]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for tenant, request in requests.items():
            assert seen.operations[request.payment_request_id or ""] == {tenant}
            assert seen.steps[request.payment_request_id or ""] == {tenant}

        TENANT.set("another")
        order = pay_request(code=None)
        client.start(order)
        client.cancel(order.payment_request_id or "")
        assert seen.operations[order.payment_request_id or ""] <= {"another", "maker"}
        assert TENANT.get() == "another"


def test_u9_of_tasks(gateway: Gateway) -> None:
    seen = Seen()

    class WatchedAsyncStore(AsyncDictStore):
        async def insert(self, row: ai.StoreRow, owner: str | None, /) -> None:
            seen.operations.setdefault(row.id, set()).add(TENANT.get())
            await super().insert(row, owner)

        async def save(self, row: ai.StoreRow, expected: int, by: str | None, /) -> None:
            await asyncio.sleep(0)
            seen.operations.setdefault(row.id, set()).add(TENANT.get())
            await super().save(row, expected, by)

    async def main() -> None:
        requests = {f"tenant-{number}": pay_request() for number in range(8)}
        async with gateway.async_client(store=WatchedAsyncStore(), on_step=seen.step) as client:

            async def pay(tenant: str) -> None:
                TENANT.set(tenant)
                assert (await client.pay(requests[tenant])).succeeded

            await asyncio.gather(*(pay(tenant) for tenant in requests))
        for tenant, request in requests.items():
            assert seen.operations[request.payment_request_id or ""] == {tenant}
            assert seen.steps[request.payment_request_id or ""] == {tenant}

    asyncio.run(main())


def test_what_a_callback_sets_stays_in_it(gateway: Gateway) -> None:
    class Setting(DictStore):
        def insert(self, row: ai.StoreRow, owner: str | None, /) -> None:
            TENANT.set("changed")
            super().insert(row, owner)

    TENANT.set("caller")
    with gateway.client(store=Setting()) as client:
        assert client.pay(pay_request()).succeeded
    assert TENANT.get() == "caller"
