"""A store of your own: what it has to do, and how the library asks it."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Coroutine, Iterable, Mapping
from contextvars import Context
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, runtime_checkable

from ._amount import Amount
from ._contexts import Contexts
from ._errors import AlipayError, of_code
from ._value import Value, read_by

#: The operations of a store.
OPERATIONS = (
    "insert",
    "load",
    "save",
    "take",
    "claim",
    "touched",
    "release",
    "beat",
    "forget",
    "list",
    "purge",
    "gateway_time",
    "find_refund",
)


@dataclass(frozen=True)
class StoreRow(Value):
    """The row of a payment. The library computes the columns; a store keeps them as they are. Times are milliseconds."""

    #: The payment request id, which is the key: 1 to 64 visible ASCII characters, of which the case counts.
    id: str
    #: The client id of the merchant.
    merchant: str
    #: The state of the payment, such as ``confirming``.
    state: str
    #: The outcome of the payment, such as ``succeeded``; None while it has none.
    outcome: str | None
    amount: Amount = field(metadata=read_by(Amount.from_dict))
    #: When something is to be done; None when nothing is.
    due_at: int | None
    #: Whether the payment, its refunds and its reverse have ended. A finished row has no owner.
    finished: bool
    #: Whether an alert is not acknowledged.
    open_alerts: bool
    created: int
    updated: int
    #: Before this time the row is never purged; None while it is not finished.
    keep_until: int | None
    #: The newest time that the gateway signed in an answer about this payment.
    gateway_time: int | None
    #: The ids of the refunds that were sent, by which ``find_refund`` finds the row.
    refund_ids: tuple[str, ...] = field(metadata=read_by(tuple))
    #: The payment itself. It may hold a payment code: keep it as a secret.
    text: str = field(default="", repr=False)
    #: Counts up from 1 with every write; 0 in a row that is to be written.
    revision: int = 0
    #: Who drives the payment; None if nobody does.
    owner: str | None = None


@dataclass(frozen=True)
class StoreQuery(Value):
    """Which rows to list. What is None does not matter."""

    merchant: str | None
    state: str | None
    open_alerts: bool | None
    finished: bool | None
    #: Only rows whose ``updated`` is this time or later.
    since: int | None
    #: Only rows whose ``(created, id)`` is greater than this.
    after: tuple[int, str] | None = field(metadata=read_by(tuple))
    #: At most so many.
    limit: int


@dataclass(frozen=True)
class StorePage(Value):
    """Rows in the order of ``(created, id)``; their text is not read."""

    rows: Iterable[StoreRow | Mapping[str, Any]] = field(
        metadata=read_by(lambda rows: tuple(StoreRow.from_dict(row) for row in rows))
    )
    #: ``(created, id)`` of the last row, if there are more after it.
    next: tuple[int, str] | None = field(default=None, metadata=read_by(tuple))


@dataclass(frozen=True)
class Heartbeats(Value):
    """The owners that the store knows."""

    #: Whether the owner that beat was known before.
    known: bool
    #: Every owner, the one that beat included, and how often it has beaten.
    owners: Mapping[str, int]


class StoreConflict(Exception):
    """Raised by ``insert`` and ``save``: the row has another revision or another owner than was expected, or is there
    already. Nothing was written. ``found`` is the row that is stored; None if there is none."""

    def __init__(self, found: StoreRow | Mapping[str, Any] | None) -> None:
        super().__init__("the stored row is another one")
        #: The row that is stored.
        self.found = found


class StoreNotWritten(Exception):
    """Raised by any operation that failed and has certainly written nothing, such as for a refused connection.

    After any other exception the library takes what was to be written as possibly written.
    """


@runtime_checkable
class Store(Protocol):
    """Keeps payments in a database of yours: one table of rows, one of owners.

    Each write is safe when the method returns, and each method is one transaction. A row is **free** if it has no
    owner, or one that the store does not know: that never beat, or that was forgotten. Methods are called on threads of
    the library, several at a time, and may take their time. ``alipay_instore.testing.check_store`` tests it.

    In place of a ``StoreRow`` a dict of the same names does as well.
    """

    def insert(self, row: StoreRow, owner: str | None, /) -> object:
        """Writes a new row with revision 1 and this owner; a finished one without owner. Raises ``StoreConflict`` with the
        row that is there."""

    def load(self, id: str, /) -> StoreRow | Mapping[str, Any] | None:
        """Reads a row; None if there is none."""

    def save(self, row: StoreRow, expected: int, by: str | None, /) -> object:
        """Replaces the row if its revision is the expected one and, unless ``by`` is None, ``by`` is its owner.

        The new revision is one more. The owner stays; a finished row loses it. Without ``by``, the owner is told by ``touched``, also
        one who has just lost the row because it is finished. Raises ``StoreConflict`` with the row that is there.
        """

    def take(self, id: str, owner: str, /) -> StoreRow | Mapping[str, Any] | None:
        """Makes ``owner`` the owner of this row if it is free, finished or not. Gives the row as it is then, whoever owns it.
        The revision stays."""

    def claim(self, owner: str, now: int, limit: int, /) -> Iterable[StoreRow | Mapping[str, Any]]:
        """Makes ``owner`` the owner of at most ``limit`` rows that are free and whose ``due_at`` is not later than ``now``, the
        earliest first. No two owners are given the same row."""

    def touched(self, owner: str, limit: int, /) -> Iterable[StoreRow | Mapping[str, Any]]:
        """At most ``limit`` of this owner's rows that were saved without it since it was last told."""

    def release(self, id: str, owner: str, /) -> object:
        """Gives a row back that this owner has; nothing happens if it has not."""

    def beat(self, owner: str, /) -> Heartbeats | Mapping[str, Any]:
        """Counts one beat of this owner, and tells all owners."""

    def forget(self, owner: str, beats: int | None, /) -> object:
        """Forgets an owner, so that its rows are free; with ``beats`` only if it has beaten exactly so often."""

    def list(self, query: StoreQuery, /) -> StorePage | Mapping[str, Any]:
        """Lists rows in pages. A row that stays as it is meanwhile is on exactly one of them."""

    def purge(self, before: int, now: int, limit: int, /) -> int:
        """Removes at most ``limit`` finished rows that were updated before ``before``, have no open alert, and whose
        ``keep_until`` is not later than ``now``. Tells how many."""

    def gateway_time(self, merchant: str, /) -> int | None:
        """The greatest ``gateway_time`` of the rows of this merchant."""

    def find_refund(self, refund_request_id: str, /) -> StoreRow | Mapping[str, Any] | None:
        """The row that names this refund among its ``refund_ids``."""


@runtime_checkable
class AsyncStore(Protocol):
    """The same with coroutines, run on the event loop of an AsyncClient."""

    async def insert(self, row: StoreRow, owner: str | None, /) -> object:
        """As ``Store.insert``."""

    async def load(self, id: str, /) -> StoreRow | Mapping[str, Any] | None:
        """As ``Store.load``."""

    async def save(self, row: StoreRow, expected: int, by: str | None, /) -> object:
        """As ``Store.save``."""

    async def take(self, id: str, owner: str, /) -> StoreRow | Mapping[str, Any] | None:
        """As ``Store.take``."""

    async def claim(self, owner: str, now: int, limit: int, /) -> Iterable[StoreRow | Mapping[str, Any]]:
        """As ``Store.claim``."""

    async def touched(self, owner: str, limit: int, /) -> Iterable[StoreRow | Mapping[str, Any]]:
        """As ``Store.touched``."""

    async def release(self, id: str, owner: str, /) -> object:
        """As ``Store.release``."""

    async def beat(self, owner: str, /) -> Heartbeats | Mapping[str, Any]:
        """As ``Store.beat``."""

    async def forget(self, owner: str, beats: int | None, /) -> object:
        """As ``Store.forget``."""

    async def list(self, query: StoreQuery, /) -> StorePage | Mapping[str, Any]:
        """As ``Store.list``."""

    async def purge(self, before: int, now: int, limit: int, /) -> int:
        """As ``Store.purge``."""

    async def gateway_time(self, merchant: str, /) -> int | None:
        """As ``Store.gateway_time``."""

    async def find_refund(self, refund_request_id: str, /) -> StoreRow | Mapping[str, Any] | None:
        """As ``Store.find_refund``."""


#: The outcome of an operation, its answer as JSON, and what was raised: what the native module reads.
Performed = tuple[str, str | None, BaseException | None]
Perform = Callable[[str, str], Performed]


class InContext(NamedTuple):
    """A coroutine, and the context in which it is to run; None for that of the event loop."""

    coroutine: Coroutine[Any, Any, Performed]
    context: Context | None


AsyncPerform = Callable[[str, str], InContext]


def is_async(store: object) -> bool:
    """Whether a store is to be run on an event loop. Refuses what is no store."""
    missing = [name for name in OPERATIONS if not callable(getattr(store, name, None))]
    if missing:
        raise TypeError(f"a store has the methods of alipay_instore.Store; this {type(store).__name__} lacks {', '.join(missing)}")
    methods = {name: getattr(store, name) for name in OPERATIONS}
    for name, method in methods.items():
        if inspect.isasyncgenfunction(method) or inspect.isgeneratorfunction(method) and name not in ("claim", "touched"):
            raise TypeError(f"{name} of {type(store).__name__} is a generator; it must return its answer")
    coroutines = [name for name, method in methods.items() if inspect.iscoroutinefunction(method)]
    if coroutines and len(coroutines) < len(OPERATIONS):
        other = next(name for name in OPERATIONS if name not in coroutines)
        raise TypeError(f"the methods of a store are all async or none is; of {type(store).__name__} {coroutines[0]} is, and {other} is not")
    return bool(coroutines)


def sync_perform(
    store: object, raised: Callable[[BaseException], object] = bool, *, contexts: Contexts | None = None
) -> Perform:
    """How an operation of a store is carried out, in the context of the call that it serves. What it raised is told too."""

    def perform(operation: str, arguments: str) -> Performed:
        try:
            method, given = getattr(store, operation), _arguments(operation, arguments)
            value = method(*given) if contexts is None else contexts.of(_about(operation, given)).run(method, *given)
            return _done(operation, value)
        except BaseException as error:  # noqa: BLE001
            raised(error)
            return _raised(operation, error)

    return perform


def async_perform(
    store: object, raised: Callable[[BaseException], object] = bool, *, contexts: Contexts | None = None
) -> AsyncPerform:
    """The same for a store of coroutines. What is given back is for the event loop: a coroutine, with its context."""

    async def perform(operation: str, arguments: str) -> Performed:
        try:
            return _done(operation, await getattr(store, operation)(*_arguments(operation, arguments)))
        except Exception as error:  # noqa: BLE001
            raised(error)
            return _raised(operation, error)

    def begin(operation: str, arguments: str) -> InContext:
        about = _about(operation, _arguments(operation, arguments))
        return InContext(perform(operation, arguments), None if contexts is None else contexts.of(about))

    return begin


def _about(operation: str, given: list[Any]) -> str | None:
    """The payment or the refund that an operation is about."""
    names = _NAMES.get(operation, ())
    if names and names[0] == "row":
        return str(given[0].id)
    return given[0] if names and names[0] in ("id", "refund_request_id") else None


def _arguments(operation: str, text: str) -> list[Any]:
    """The arguments as the methods take them, in their order."""
    given = json.loads(text)
    if operation == "list":
        after = given.pop("after")
        return [StoreQuery(after=None if after is None else (after["created"], after["id"]), **given)]
    if "row" in given:
        given["row"] = StoreRow.from_dict(given["row"])
    return [given[name] for name in _NAMES[operation]]


_NAMES = {
    "insert": ("row", "owner"),
    "load": ("id",),
    "save": ("row", "expected", "by"),
    "take": ("id", "owner"),
    "claim": ("owner", "now", "limit"),
    "touched": ("owner", "limit"),
    "release": ("id", "owner"),
    "beat": ("owner",),
    "forget": ("owner", "beats"),
    "purge": ("before", "now", "limit"),
    "gateway_time": ("merchant",),
    "find_refund": ("refund_request_id",),
}


def _raised(operation: str, error: BaseException) -> Performed:
    if isinstance(error, StoreConflict):
        try:
            return "conflict", None if error.found is None else json.dumps(_row(operation, error.found)), None
        except (AlipayError, TypeError, ValueError) as wrong:
            return "maybe_written", None, wrong
    return "not_written" if isinstance(error, StoreNotWritten) else "maybe_written", None, error


def _done(operation: str, value: Any) -> Performed:
    if inspect.isawaitable(value):
        if inspect.iscoroutine(value):
            value.close()
        raise _wrong(operation, "a value, not an awaitable; an AsyncClient takes a store of async methods")
    answer: Any
    match operation:
        case "load" | "take" | "find_refund":
            answer = None if value is None else _row(operation, value)
        case "claim" | "touched":
            answer = _rows(operation, value)
        case "beat":
            answer = _beats(value)
        case "list":
            answer = _page(value)
        case "purge":
            answer = _integer(operation, value)
        case "gateway_time":
            answer = None if value is None else _integer(operation, value)
        case _:
            answer = None
    return "done", json.dumps(answer), None


def _wrong(operation: str, what: str) -> Exception:
    """An answer of another form than the contract says. It shows nothing of the answer."""
    return of_code("store.failed", f"{operation} of the store must return {what}")


def _integer(operation: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(operation, f"an int, not {type(value).__name__}")
    return value


#: Names of a stored row that are not columns.
_BESIDE = ("text", "revision", "owner")


def _row(operation: str, value: object) -> dict[str, Any]:
    if isinstance(value, Mapping):
        try:
            value = StoreRow.from_dict(value)
        except (TypeError, KeyError, ValueError):
            raise _wrong(operation, "rows with the names of StoreRow") from None
    if not isinstance(value, StoreRow):
        raise _wrong(operation, f"a StoreRow, not {type(value).__name__}")
    # A database may have 0 and 1 for them.
    flags = {"finished": bool(value.finished), "open_alerts": bool(value.open_alerts)}
    return {**value.to_dict(), **flags}


def _rows(operation: str, value: object) -> list[dict[str, Any]]:
    if isinstance(value, (str, Mapping)) or not isinstance(value, Iterable):
        raise _wrong(operation, f"rows, not {type(value).__name__}")
    return [_row(operation, row) for row in value]


def _beats(value: object) -> dict[str, Any]:
    if isinstance(value, Mapping):
        try:
            value = Heartbeats(**value)
        except TypeError:
            raise _wrong("beat", "a Heartbeats with known and owners") from None
    if not isinstance(value, Heartbeats) or not isinstance(value.owners, Mapping):
        raise _wrong("beat", f"a Heartbeats, not {type(value).__name__}")
    owners = [{"owner": owner, "beats": beats} for owner, beats in value.owners.items()]
    return {"known": bool(value.known), "owners": owners}


def _page(value: object) -> dict[str, Any]:
    if isinstance(value, Mapping):
        try:
            value = StorePage(**value)
        except TypeError:
            raise _wrong("list", "a StorePage with rows and next") from None
    if not isinstance(value, StorePage):
        raise _wrong("list", f"a StorePage, not {type(value).__name__}")
    rows = [
        {name: column for name, column in row.items() if name not in _BESIDE} for row in _rows("list", value.rows)
    ]
    following = None
    if value.next is not None:
        try:
            created, id = value.next
        except (TypeError, ValueError):
            raise _wrong("list", "a StorePage whose next is (created, id)") from None
        following = {"created": created, "id": id}
    return {"rows": rows, "next": following}
