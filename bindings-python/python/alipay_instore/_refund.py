"""The refunds of a payment, for hosts that do their own I/O: one record, whose sum can't exceed the payment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import _native
from ._amount import Amount
from ._dialect import (
    REFUND_ACTIONS,
    REFUND_EVENTS,
    REVERSE_ACTIONS,
    REVERSE_EVENTS,
    RefundAction,
    RefundEvent,
    ReverseAction,
    ReverseEvent,
)
from ._merchant import Merchant
from ._model import parse_json, write_json
from ._payment import Payment, event_text
from ._times import Time, milliseconds
from ._value import NotCopied, Value, read_by
from ._words import AlertKind, RefundOutcome, Resolved, ReverseOutcome
from .models import RefundRequest


@dataclass(frozen=True)
class RefundOrder(Value):
    """A refund that was checked elsewhere. ``request`` is the body of refund."""

    refund_request_id: str
    amount: Amount = field(metadata=read_by(Amount.from_dict))
    api_prefix: str = "/ams/api/v1"
    request: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Resolution(Value):
    """What a person found out about a refund that ended as unresolved."""

    resolved: Resolved
    #: Who found it out.
    who: str
    #: How, in that person's words.
    note: str
    #: When it was entered, in milliseconds since the epoch.
    at: int


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
    alerts: tuple[AlertKind, ...] = field(default=(), metadata=read_by(tuple))
    #: Whether it counts as spent: given back, open, or unresolved and not known to be not made.
    spent: bool = True
    #: Whether the money is known to be given back.
    given_back: bool = False
    #: What a person found out, where ``RefundLedger.resolve`` was told.
    resolution: Resolution | None = field(default=None, metadata=read_by(Resolution.from_dict))

    @property
    def outcome(self) -> RefundOutcome | None:
        """How it ended, if it has."""
        return None if self.state in ("ready", "refunding") else RefundOutcome(self.state)


@dataclass(frozen=True)
class ReverseStanding(Value):
    """Where the reverse of a payment stands."""

    #: What the payment took.
    amount: Amount = field(metadata=read_by(Amount.from_dict))
    #: ``ready``, ``waiting`` (a refund is open), ``cancelling``, ``checking``, ``refunding``, or the outcome.
    state: str
    #: For ``refused``, the gateway's code, or ``reverse.refund_unresolved``.
    failure_code: str | None = None
    #: When to feed the next ``Tick()``, in milliseconds since the epoch; never after the end.
    next_wakeup: int | None = None
    #: The id of the refund, if one was sent.
    refund_request_id: str | None = None
    #: The gateway's id of the refund, once a verified message told it.
    refund_id: str | None = None
    #: The alerts that were raised, in the order of their first appearance.
    alerts: tuple[AlertKind, ...] = field(default=(), metadata=read_by(tuple))

    @property
    def outcome(self) -> ReverseOutcome | None:
        """How it ended, if it has."""
        words = [outcome.value for outcome in ReverseOutcome]
        return ReverseOutcome(self.state) if self.state in words else None


def _reverse_standing(row: _native._Reverse) -> ReverseStanding:
    amount, state, code, wakeup, refund_request_id, refund_id, alerts = row
    return ReverseStanding(Amount(*amount), state, code, wakeup, refund_request_id, refund_id, tuple(alerts))


def _standing(row: _native._Standing) -> RefundStanding:
    identifier, amount, state, code, wakeup, refund_id, alerts, spent, given_back, resolution = row
    return RefundStanding(
        identifier,
        Amount(*amount),
        state,
        code,
        wakeup,
        refund_id,
        tuple(alerts),
        spent,
        given_back,
        None if resolution is None else Resolution(*resolution),
    )


class RefundLedger(NotCopied):
    """What a payment has paid, given back, and has open to be given back. It does no I/O and reads no clock.

    **Persist before act**: after ``enter`` and after every event store ``snapshot()``, and only then carry the actions
    out. One record holds all refunds of a payment, so that their sum can't exceed it, whoever refunds at the same
    time; a refund that is open, or unresolved, counts as spent. ``Client.refund`` does all this by itself.

    Made of a payment that succeeded, ``RefundLedger(payment)``; PaymentError for any other one.
    """

    __slots__ = ("_native",)
    _not_copied = "keep its snapshot(), as a secret, and restore that"

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

    @classmethod
    def for_reverse(cls, payment: Payment, /) -> RefundLedger:
        """The ledger of a payment that is to be reversed, also of one that took money without having succeeded."""
        if not isinstance(payment, Payment):
            raise TypeError(f"a ledger is made of a Payment, not {type(payment).__name__}")
        ledger = cls.__new__(cls)
        ledger._native = _native.RefundLedger.for_reverse(payment._native)
        return ledger

    def enter(
        self, request: RefundRequest | RefundOrder, *, merchant: Merchant | None = None
    ) -> RefundStanding:
        """Enters a refund, not begun. One that is entered already, with the same amount, stays as it is.

        A RefundRequest is checked and needs its merchant. Raises RequestError with ``request.refund_exceeds`` if less is
        left to be given back.
        """
        if isinstance(request, RefundOrder):
            amount, body = request.amount, write_json(dict(request.request))
            return _standing(
                self._native.enter_order(
                    request.refund_request_id, str(amount.value), amount.currency, request.api_prefix, body
                )
            )
        if not isinstance(request, RefundRequest):
            raise TypeError(f"the request must be a RefundRequest, not {type(request).__name__}")
        if merchant is None:
            raise TypeError("a refund of a RefundRequest needs its merchant")
        return _standing(self._native.enter(merchant._native, write_json(request.to_dict())))

    def handle(self, refund_request_id: str, event: RefundEvent | Mapping[str, Any], now: Time | None = None) -> list[RefundAction]:
        """Takes one event of one refund in and says what to do. Raises PaymentError; the refund stays as it was."""
        text = event_text(event, REFUND_EVENTS, "a refund")
        found = parse_json(self._native.handle(refund_request_id, text, milliseconds(now)))
        return [REFUND_ACTIONS[action["type"]].from_dict(action) for action in found]

    def resolve(
        self, refund_request_id: str, resolved: Resolved, *, who: str, note: str = "", now: Time | None = None
    ) -> None:
        """Enters what a person found out about a refund that ended as unresolved: that it was made, or not.

        One that was not made can be given back again. Raises PaymentError if the refund is not unresolved, or was
        resolved otherwise.
        """
        self._native.resolve(refund_request_id, resolved, who, note, milliseconds(now))

    def enter_reverse(self, payment: Payment) -> ReverseStanding:
        """Enters the reverse of the whole payment, not begun. One that is entered already stays as it is.

        From here on no refund is taken, unless the reverse is refused.
        """
        if not isinstance(payment, Payment):
            raise TypeError(f"what is reversed is a Payment, not {type(payment).__name__}")
        return _reverse_standing(self._native.enter_reverse(payment._native))

    def handle_reverse(self, event: ReverseEvent | Mapping[str, Any], now: Time | None = None) -> list[ReverseAction]:
        """Takes one event of the reverse in and says what to do. Raises PaymentError; the reverse stays as it was."""
        text = event_text(event, REVERSE_EVENTS, "a reverse")
        found = parse_json(self._native.handle_reverse(text, milliseconds(now)))
        return [REVERSE_ACTIONS[action["type"]].from_dict(action) for action in found]

    @property
    def reverse(self) -> ReverseStanding | None:
        """The reverse, if one was entered."""
        row = self._native.reverse
        return None if row is None else _reverse_standing(row)

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
