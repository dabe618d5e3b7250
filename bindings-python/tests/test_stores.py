"""Stores: those that are shipped, and those of a host, which the kit tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

import alipay_instore as ai
from alipay_instore.testing import STORE_PROPERTIES, Gateway, check_async_store, check_store, pay_request

from .own_store import AsyncDictStore, DictStore


@pytest.mark.parametrize("property", STORE_PROPERTIES)
def test_the_kit(property: str) -> None:
    store = DictStore()
    check_store(property, lambda: store)


class Mappings(DictStore):
    """The same, whose answers are plain values, with 0 and 1 for flags, as of a database."""

    def load(self, id: str, /) -> Any:
        return self._plain(super().load(id))

    def take(self, id: str, owner: str, /) -> Any:
        return self._plain(super().take(id, owner))

    def claim(self, owner: str, now: int, limit: int, /) -> Any:
        yield from map(self._plain, super().claim(owner, now, limit))

    def list(self, query: ai.StoreQuery, /) -> Any:
        page = super().list(query)
        return {"rows": [self._plain(row) for row in page.rows], "next": page.next and [*page.next]}

    def beat(self, owner: str, /) -> Any:
        beats = super().beat(owner)
        return {"known": int(beats.known), "owners": beats.owners}

    @staticmethod
    def _plain(row: Any) -> dict[str, Any] | None:
        if row is None:
            return None
        plain: dict[str, Any] = row.to_dict()
        return {**plain, "finished": int(row.finished), "open_alerts": int(row.open_alerts)}


@pytest.mark.parametrize("property", STORE_PROPERTIES)
def test_the_kit_on_plain_values(property: str) -> None:
    store = Mappings()
    check_store(property, lambda: store)


@pytest.mark.parametrize("property", STORE_PROPERTIES)
def test_the_kit_on_coroutines(property: str) -> None:
    inner = DictStore()
    asyncio.run(check_async_store(property, lambda: AsyncDictStore(inner)))


def test_the_kit_finds_what_is_wrong() -> None:
    class Lost(DictStore):
        def save(self, row: ai.StoreRow, expected: int, by: str | None, /) -> None:
            pass

    class Twice(DictStore):
        def claim(self, owner: str, now: int, limit: int, /) -> Any:
            return list(self.rows.values())[:limit]

    class Broken(DictStore):
        def load(self, id: str, /) -> ai.StoreRow | None:
            raise OSError("no disk")

    for store, property, words in [
        (Lost(), "compare_and_set", "compare_and_set"),
        (Twice(), "a_due_record_is_claimed_once", "the earliest comes first"),
        (Broken(), "what_is_written_is_read", "OSError"),
    ]:
        with pytest.raises(AssertionError, match=words) as caught:
            check_store(property, lambda store=store: store)  # type: ignore[misc]
        assert isinstance(caught.value.__cause__, OSError) == (words == "OSError")
    with pytest.raises(ValueError, match="no property is called spelling"):
        check_store("spelling", DictStore)
    with pytest.raises(AssertionError, match="can't be opened"):
        check_store("compare_and_set", object)  # type: ignore[arg-type]


async def async_rows() -> AsyncIterator[ai.StoreRow]:
    rows: list[ai.StoreRow] = []
    for row in rows:
        yield row


class Cursor:
    """What a driver of a database gives."""

    def __iter__(self) -> Any:
        return iter([("P", 1)])


@pytest.mark.parametrize(("answer", "words"), [
    (async_rows(), "not async_generator"), (Cursor(), "not tuple"), ({"rows": []}, "not dict"), (None, "not NoneType"),
    ("rows", "not str"), ([{"id": "P"}], "the names of StoreRow"),
])
def test_u15_rows_of_another_form(answer: object, words: str) -> None:
    """A store whose answers are not rows is told so, by the kit and when it is used."""

    class Wrong(DictStore):
        def claim(self, owner: str, now: int, limit: int, /) -> Any:
            return answer

    with pytest.raises(AssertionError, match=f"claim of the store must return.*{words}"):
        check_store("a_due_record_is_claimed_once", Wrong)


@pytest.mark.parametrize(("answer", "words"), [
    ([], "a StorePage, not list"), ({"rows": []}, None), ({"records": []}, "rows and next"), (ai.StorePage(Cursor()), "not tuple"),
    (ai.StorePage([], 5), "next is"),  # type: ignore[arg-type]
])
def test_u15_a_page_of_another_form(gateway: Gateway, answer: object, words: str | None) -> None:
    class Wrong(DictStore):
        def list(self, query: ai.StoreQuery, /) -> Any:
            return answer

    with gateway.client(store=Wrong()) as client:
        if words is None:
            assert client.resume_all() == ai.Recovery((), 0)
            return
        with pytest.raises(ai.StoreError, match=words) as caught:
            client.resume_all()
        assert caught.value.code == "store.failed"


def test_what_is_no_store(gateway: Gateway) -> None:
    class Old:
        def put(self, *_: object) -> None: ...
        def get(self, _: str) -> None: ...
        def ids(self) -> list[str]: return []

    class Half(DictStore):
        async def load(self, id: str, /) -> Any: ...  # type: ignore[override]

    class Generator(DictStore):
        async def claim(self, owner: str, now: int, limit: int, /) -> Any:
            yield None

    for store, words in [(Old(), "lacks insert, load, save"), (Half(), "all async or none"), (Generator(), "claim of Generator is a generator")]:
        for make in (gateway.client, gateway.async_client):
            with pytest.raises(TypeError, match=words):
                make(store=store)
    with pytest.raises(ai.ConfigurationError, match="AsyncClient"):
        gateway.client(store=AsyncDictStore())

    class Awaitable(DictStore):
        def load(self, id: str, /) -> Any:
            return AsyncDictStore().load(id)

    with gateway.client(store=Awaitable()) as client, pytest.raises(ai.StoreError, match="not an awaitable"):
        client.status("P")


def test_a_store_of_ones_own(gateway: Gateway) -> None:
    store = DictStore()
    assert isinstance(store, ai.Store) and isinstance(AsyncDictStore(), ai.AsyncStore)
    with gateway.client(store=store) as client:
        result = client.pay(pay_request())
        row = store.rows[result.payment_request_id]
        assert result.succeeded and (row.outcome, row.finished, row.owner) == ("succeeded", True, None)
        assert row.amount == ai.Amount(1999, "USD") and row.merchant == gateway.client_id
        assert row.text not in repr(row) and ai.StoreRow.from_dict(row.to_dict()) == row
        assert store.owners
    assert not store.owners, "it was given back"


def test_a_store_that_fails_before_anything_was_sent(gateway: Gateway) -> None:
    store = DictStore()
    broken: Exception = ai.StoreNotWritten("no connection; secrets")

    def fail(operation: str) -> None:
        if operation in ("insert", "load"):
            raise broken

    with gateway.client(store=store) as client:
        before = gateway.ledger()["payments"]
        store.before = fail
        with pytest.raises(ai.StoreError) as caught:
            client.pay(request := pay_request(), wait=40)
        error = caught.value
        assert error.code == "store.failed" and error.payment_request_id == request.payment_request_id
        assert isinstance(error.__cause__, ai.StoreNotWritten) and error.retryable
        assert "secrets" not in str(error) and "StoreNotWritten" in str(error)
        # One that may have written is asked again, and nothing is sent meanwhile.
        broken = OSError("disk full")
        with pytest.raises(ai.PaymentError) as interrupted:
            client.pay(pay_request())
        assert interrupted.value.code == "payment.interrupted" and interrupted.value.may_have_charged
        assert gateway.ledger()["payments"] == before, "a store that fails sends nothing"
        with pytest.raises(ai.StoreError) as caught:
            client.status("P")
        assert isinstance(caught.value.__cause__, OSError)


def test_shipped_stores(gateway: Gateway, tmp_path: Path) -> None:
    url = f"sqlite://{tmp_path}/payments.db"
    with pytest.raises(ai.StoreError) as caught:
        ai.SqlStore(url)
    assert caught.value.code == "store.schema" and str(tmp_path) not in str(caught.value)
    for store in (ai.MemoryStore(), ai.FileStore(tmp_path / "a"), ai.SqlStore(url, migrate=True), ai.SqlStore(url)):
        with gateway.client(store=store) as client:
            identifier = client.pay(pay_request()).payment_request_id
        with gateway.client(store=store) as client:
            assert client.status(identifier).succeeded
        assert store.purge(older_than=0) == 0, "it can still be refunded"
        with pytest.raises(ai.ConfigurationError):
            store.purge(older_than=-1)
    assert str(tmp_path / "a") in repr(ai.FileStore(tmp_path / "a"))
    (tmp_path / "file").write_text("")
    with pytest.raises(ai.StoreError):
        ai.FileStore(tmp_path / "file")
    with pytest.raises(TypeError):
        ai.FileStore(None)  # type: ignore[arg-type]
    assert repr(ai.SqlStore(url)) == 'SqlStore("SQLite")'
    for wrong in ("oracle://user:hunter2@host/payments", "mysql://user:hunter2@host"):
        with pytest.raises(ai.ConfigurationError) as refused:
            ai.SqlStore(wrong)
        assert refused.value.code == "store.url" and "hunter2" not in str(refused.value)
    with pytest.raises(ai.ConfigurationError):
        ai.SqlStore(url, prefix="no-good")


def test_clients_on_one_database(gateway: Gateway, tmp_path: Path) -> None:
    url = f"sqlite://{tmp_path}/payments.db"
    with (
        gateway.client(store=ai.SqlStore(url, migrate=True)) as till,
        gateway.client(store=ai.SqlStore(url, connections=2)) as other,
    ):
        request = pay_request(code="281006029000000000000002")
        started = till.start(request)
        assert other.resume(started.payment_request_id).succeeded
        assert other.pay(request).succeeded and till.status(started.payment_request_id).succeeded

