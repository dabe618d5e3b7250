"""In whose context a host's code runs: that of the call about the same payment which began last, so that a ``ContextVar``
holds what it held there. What happens while nobody waits runs in the context in which the client was made.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context, copy_context
from threading import Lock


class Contexts:
    """The contexts of the calls that are under way. It does not know the client, which can go while a call ends."""

    def __init__(self) -> None:
        self._made = copy_context()
        self._calls: dict[str, list[Context]] = {}
        self._lock = Lock()

    @contextmanager
    def entered(self, *ids: str | None) -> Iterator[None]:
        """A call about these payments or refunds is under way."""
        context = copy_context()
        known = [id for id in ids if isinstance(id, str)]
        with self._lock:
            for id in known:
                self._calls.setdefault(id, []).append(context)
        try:
            yield
        finally:
            with self._lock:
                for id in known:
                    left = [other for other in self._calls[id] if other is not context]
                    if left:
                        self._calls[id] = left
                    else:
                        del self._calls[id]

    def of(self, id: str | None) -> Context:
        """The context for code about this payment or refund: a copy, since one can't be entered twice at the same time."""
        with self._lock:
            calls = self._calls.get(id, ()) if id is not None else ()
            context = calls[-1] if calls else self._made
        return context.copy()
