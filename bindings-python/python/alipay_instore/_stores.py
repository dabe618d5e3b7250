"""What a store of your own looks like."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, runtime_checkable


@runtime_checkable
class PaymentStore(Protocol):
    """Keeps snapshots: over a database, in three methods.

    Called from threads of the library, one call a record at a time. Whatever it raises, nothing more is sent.
    """

    def put(self, id: str, expected_revision: int, snapshot: str, /) -> object:
        """Writes a record if its revision is still the expected one; 0 expects that there is none yet.

        The new revision is one more. Returns when the text is safe. Raises ``StoreError("store.conflict")`` if the
        revision is another one. The snapshot may hold a payment code: keep it as a secret.
        """

    def get(self, id: str, /) -> tuple[int, str] | None:
        """Reads a record: its revision and its snapshot."""

    def ids(self) -> Iterable[str]:
        """The ids of all records."""


@runtime_checkable
class AsyncPaymentStore(Protocol):
    """The same with coroutines, run on the event loop of an AsyncClient."""

    async def put(self, id: str, expected_revision: int, snapshot: str, /) -> object:
        """As ``PaymentStore.put``."""

    async def get(self, id: str, /) -> tuple[int, str] | None:
        """As ``PaymentStore.get``."""

    async def ids(self) -> Iterable[str]:
        """As ``PaymentStore.ids``."""
