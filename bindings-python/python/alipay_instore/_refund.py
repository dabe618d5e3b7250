"""The refunds of a payment, for hosts that do their own I/O: one record, whose sum can't exceed the payment."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, ClassVar

from . import _native
from ._amount import Amount
from ._merchant import Merchant
from ._model import write_json
from ._payment import Alert, Begin, NoReply, Payment, Reply, Resumed, Send, Tick, parts_of
from ._results import RefundOutcome
from ._times import Time, milliseconds
from ._value import Tagged, Value, read_by
from .models import RefundRequest

RefundEvent = Begin | Reply | NoReply | Resumed | Tick


@dataclass(frozen=True)
class RefundConclude(Tagged):
    """The refund has its result. Comes once."""

    tag: ClassVar[str] = "refund_conclude"
    sequence: int
    outcome: RefundOutcome = field(metadata=read_by(RefundOutcome))
    #: For ``failed``, the gateway's code.
    failure_code: str | None = None


RefundAction = Send | Alert | RefundConclude


@dataclass(frozen=True)
class RefundStanding(Value):
    """Where one refund stands."""

    refund_request_id: str
    #: How much is given back.
    amount: Amount = field(metadata=read_by(Amount.from_dict))
    #: ``ready``, ``refunding``, or the outcome.
    state: str
    #: For ``failed``, the gateway's code.
    failure_code: str | None = None
    #: When to feed the next ``Tick()``, in milliseconds since the epoch; never after the end.
    next_wakeup: int | None = None
    #: The gateway's id of the refund, once a verified answer told it.
    refund_id: str | None = None
    #: The alerts that were raised, in the order of their first appearance.
    alerts: tuple[str, ...] = field(default=(), metadata=read_by(tuple))

    @property
    def outcome(self) -> RefundOutcome | None:
        """How it ended, if it has."""
        return None if self.state in ("ready", "refunding") else RefundOutcome(self.state)


def _standing(row: _native._Standing) -> RefundStanding:
    identifier, amount, state, code, wakeup, refund_id, alerts = row
    return RefundStanding(identifier, Amount(*amount), state, code, wakeup, refund_id, tuple(alerts))


def _action(numbered: dict[str, Any]) -> RefundAction:
    sequence = numbered["sequence"]
    ((kind, content),) = numbered["action"].items()
    match kind:
        case "send":
            return Send(sequence, **content)
        case "alert":
            return Alert(sequence, **content)
        case _:
            outcome = content["outcome"]
            if isinstance(outcome, str):
                return RefundConclude(sequence, RefundOutcome(outcome))
            ((name, detail),) = outcome.items()
            return RefundConclude(sequence, RefundOutcome(name), detail["code"])


class RefundLedger:
    """What a payment has paid, given back, and has open to be given back. It does no I/O and reads no clock.

    **Persist before act**: after ``enter`` and after every event store ``snapshot()``, and only then carry the actions
    out. One record holds all refunds of a payment, so that their sum can't exceed it, whoever refunds at the same
    time; a refund that is open, or unresolved, counts as spent. ``Client.refund`` does all this by itself.

    Made of a payment that succeeded, ``RefundLedger(payment)``; PaymentError for any other one.
    """

    __slots__ = ("_native",)

    def __init__(self, payment: Payment, /) -> None:
        if not isinstance(payment, Payment):
            raise TypeError(f"a ledger is made of a Payment, not {type(payment).__name__}")
        self._native = _native.RefundLedger.of(payment._native)

    @classmethod
    def restore(cls, snapshot: str, /) -> RefundLedger:
        """The ledger that a snapshot was taken of. Feed ``Resumed()`` to each refund that was begun and has no end."""
        ledger = cls.__new__(cls)
        ledger._native = _native.RefundLedger.restore(snapshot)
        return ledger

    def enter(self, request: RefundRequest, *, merchant: Merchant) -> RefundStanding:
        """Enters a refund, not begun. One that is entered already, with the same amount, stays as it is.

        Raises RequestError with ``request.refund_exceeds`` if less is left to be given back.
        """
        if not isinstance(request, RefundRequest):
            raise TypeError(f"the request must be a RefundRequest, not {type(request).__name__}")
        return _standing(self._native.enter(merchant._native, write_json(request.to_dict())))

    def handle(self, refund_request_id: str, event: RefundEvent, now: Time | None = None) -> list[RefundAction]:
        """Takes one event of one refund in and says what to do. Raises PaymentError; the refund stays as it was."""
        if not isinstance(event, (Begin, Reply, NoReply, Resumed, Tick)):
            raise TypeError(f"{type(event).__name__} is no event of a refund")
        send_id, operation, body = parts_of(event)
        text = self._native.handle(refund_request_id, event.tag, milliseconds(now), send_id, operation, body)
        return [_action(numbered) for numbered in json.loads(text)]

    def refund(self, refund_request_id: str) -> RefundStanding | None:
        """The refund of this id."""
        return next((found for found in self.refunds if found.refund_request_id == refund_request_id), None)

    @property
    def refunds(self) -> list[RefundStanding]:
        """The refunds in the order in which they were entered."""
        return [_standing(row) for row in self._native.refunds]

    @property
    def payment_request_id(self) -> str:
        """The payment."""
        return self._native.payment_request_id

    @property
    def payment_id(self) -> str | None:
        """The gateway's id of the payment."""
        return self._native.payment_id

    @property
    def paid(self) -> Amount:
        """What the payment paid."""
        return Amount(*self._native.paid)

    @property
    def refunded(self) -> int:
        """What was given back, in minor units."""
        return self._native.refunded

    @property
    def left(self) -> int:
        """What may still be given back, in minor units."""
        return self._native.left

    def snapshot(self) -> str:
        """The ledger as text."""
        return self._native.snapshot()

    def __repr__(self) -> str:
        return f"RefundLedger({self.payment_request_id!r}, paid={self.paid}, left={self.left})"
