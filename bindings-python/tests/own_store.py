"""A store of one's own over a dict, as a host writes one over its database; and the same with coroutines."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import alipay_instore as ai


class DictStore:
    """Keeps rows in memory; ``fails``, if set, is called with each operation before it is done, and may raise."""

    def __init__(self) -> None:
        self.rows: dict[str, ai.StoreRow] = {}
        self.owners: dict[str, int] = {}
        self.told: set[tuple[str, str]] = set()
        self.lock = threading.RLock()
        self.before: Callable[[str], object] = lambda _operation: None
        self.after: Callable[[str], object] = lambda _operation: None

    def _is_free(self, row: ai.StoreRow) -> bool:
        return row.owner is None or row.owner not in self.owners

    def insert(self, row: ai.StoreRow, owner: str | None, /) -> None:
        self.before("insert")
        with self.lock:
            if row.id in self.rows:
                raise ai.StoreConflict(self.rows[row.id])
            self.rows[row.id] = replace(row, revision=1, owner=None if row.finished else owner)
        self.after("insert")

    def load(self, id: str, /) -> ai.StoreRow | None:
        self.before("load")
        with self.lock:
            return self.rows.get(id)

    def save(self, row: ai.StoreRow, expected: int, by: str | None, /) -> None:
        self.before("save")
        with self.lock:
            found = self.rows.get(row.id)
            if found is None or found.revision != expected or by not in (None, found.owner):
                raise ai.StoreConflict(found)
            if found.owner is not None:
                (self.told.add if by is None else self.told.discard)((found.owner, row.id))
            self.rows[row.id] = replace(row, revision=expected + 1, owner=None if row.finished else found.owner)
        self.after("save")

    def take(self, id: str, owner: str, /) -> ai.StoreRow | None:
        self.before("take")
        with self.lock:
            found = self.rows.get(id)
            if found is not None and self._is_free(found):
                self.rows[id] = found = replace(found, owner=owner)
            return found

    def claim(self, owner: str, now: int, limit: int, /) -> Sequence[ai.StoreRow]:
        self.before("claim")
        with self.lock:
            due = [row for row in self.rows.values() if row.due_at is not None and row.due_at <= now and self._is_free(row)]
            due.sort(key=lambda row: row.due_at or 0)
            taken = [replace(row, owner=owner) for row in due[:limit]]
            self.rows.update({row.id: row for row in taken})
            return taken

    def touched(self, owner: str, limit: int, /) -> Sequence[ai.StoreRow]:
        self.before("touched")
        with self.lock:
            told = [of for of in sorted(self.told) if of[0] == owner][:limit]
            self.told.difference_update(told)
            return [self.rows[id] for _, id in told if id in self.rows]

    def release(self, id: str, owner: str, /) -> None:
        self.before("release")
        with self.lock:
            found = self.rows.get(id)
            if found is not None and found.owner == owner:
                self.rows[id] = replace(found, owner=None)

    def beat(self, owner: str, /) -> ai.Heartbeats:
        self.before("beat")
        with self.lock:
            known = owner in self.owners
            self.owners[owner] = self.owners.get(owner, 0) + 1
            return ai.Heartbeats(known, dict(self.owners))

    def forget(self, owner: str, beats: int | None, /) -> None:
        self.before("forget")
        with self.lock:
            if beats is None or self.owners.get(owner) == beats:
                self.owners.pop(owner, None)

    def list(self, query: ai.StoreQuery, /) -> ai.StorePage:
        self.before("list")

        def wanted(row: ai.StoreRow) -> bool:
            return (
                query.merchant in (None, row.merchant)
                and query.state in (None, row.state)
                and query.open_alerts in (None, row.open_alerts)
                and query.finished in (None, row.finished)
                and (query.since is None or row.updated >= query.since)
                and (query.after is None or (row.created, row.id) > query.after)
            )

        with self.lock:
            rows = sorted((row for row in self.rows.values() if wanted(row)), key=lambda row: (row.created, row.id))
        page = rows[: query.limit]
        return ai.StorePage(page, (page[-1].created, page[-1].id) if len(rows) > len(page) else None)

    def purge(self, before: int, now: int, limit: int, /) -> int:
        with self.lock:
            old = [
                row.id
                for row in self.rows.values()
                if row.finished and not row.open_alerts and row.updated < before
                and row.keep_until is not None and row.keep_until <= now
            ][:limit]
            for id in old:
                del self.rows[id]
            return len(old)

    def gateway_time(self, merchant: str, /) -> int | None:
        self.before("gateway_time")
        with self.lock:
            times = [row.gateway_time for row in self.rows.values() if row.merchant == merchant]
            return max((time for time in times if time is not None), default=None)

    def find_refund(self, refund_request_id: str, /) -> ai.StoreRow | None:
        self.before("find_refund")
        with self.lock:
            return next((row for row in self.rows.values() if refund_request_id in row.refund_ids), None)


class AsyncDictStore:
    """The same with coroutines that take their time; ``at`` is called at each of their points."""

    def __init__(self, inner: DictStore | None = None, at: Callable[[], object] = lambda: None) -> None:
        self.inner = inner or DictStore()
        self.at = at

    async def _do(self, operation: str, *arguments: Any) -> Any:
        self.at()
        await asyncio.sleep(0.001)
        answer = getattr(self.inner, operation)(*arguments)
        self.at()
        await asyncio.sleep(0.001)
        self.at()
        return answer

    async def insert(self, row: ai.StoreRow, owner: str | None, /) -> None:
        await self._do("insert", row, owner)

    async def load(self, id: str, /) -> ai.StoreRow | None:
        return await self._do("load", id)  # type: ignore[no-any-return]

    async def save(self, row: ai.StoreRow, expected: int, by: str | None, /) -> None:
        await self._do("save", row, expected, by)

    async def take(self, id: str, owner: str, /) -> ai.StoreRow | None:
        return await self._do("take", id, owner)  # type: ignore[no-any-return]

    async def claim(self, owner: str, now: int, limit: int, /) -> Sequence[ai.StoreRow]:
        return await self._do("claim", owner, now, limit)  # type: ignore[no-any-return]

    async def touched(self, owner: str, limit: int, /) -> Sequence[ai.StoreRow]:
        return await self._do("touched", owner, limit)  # type: ignore[no-any-return]

    async def release(self, id: str, owner: str, /) -> None:
        await self._do("release", id, owner)

    async def beat(self, owner: str, /) -> ai.Heartbeats:
        return await self._do("beat", owner)  # type: ignore[no-any-return]

    async def forget(self, owner: str, beats: int | None, /) -> None:
        await self._do("forget", owner, beats)

    async def list(self, query: ai.StoreQuery, /) -> ai.StorePage:
        return await self._do("list", query)  # type: ignore[no-any-return]

    async def purge(self, before: int, now: int, limit: int, /) -> int:
        return await self._do("purge", before, now, limit)  # type: ignore[no-any-return]

    async def gateway_time(self, merchant: str, /) -> int | None:
        return await self._do("gateway_time", merchant)  # type: ignore[no-any-return]

    async def find_refund(self, refund_request_id: str, /) -> ai.StoreRow | None:
        return await self._do("find_refund", refund_request_id)  # type: ignore[no-any-return]
