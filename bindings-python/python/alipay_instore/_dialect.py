"""Events, actions and the entries of a timeline: one form as JSON, the same in every language.

Generated from schema/dialect by `make generate`; do not edit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, TypedDict

from ._value import Tagged, read_by, written_as
from ._words import (
    AlertKind,
    Certainty,
    Operation,
    Outcome,
    RefundOutcome,
    ReverseOutcome,
    TimelineEventType,
    UnresolvedReason,
)


@dataclass(frozen=True)
class Begin(Tagged):
    """Send it: the payment, the refund, or what gives the money back."""

    tag: ClassVar[str] = "begin"


@dataclass(frozen=True)
class Reply(Tagged):
    """The gateway answered, and the answer was verified."""

    tag: ClassVar[str] = "reply"
    #: The number of the send that is answered.
    send_id: int
    #: The operation of that send.
    operation: Operation
    #: The verified body.
    body: Mapping[str, Any] = field(repr=False)
    #: When the gateway signed it, by its ``Response-Time``, in milliseconds since the epoch.
    signed_at: int | None = None
    #: Whether it was signed more than a minute before its request was sent, so that it may answer another one.
    stale: bool = False


@dataclass(frozen=True)
class NoReply(Tagged):
    """No usable answer arrived."""

    tag: ClassVar[str] = "no_reply"
    #: The number of the send.
    send_id: int
    #: The operation of that send.
    operation: Operation
    #: ``not_sent`` only on evidence that not one byte of the request left this machine.
    certainty: Certainty = "unknown"
    #: The result code of an answer without a signature, such as ``SIGNATURE_INVALID``. It settles nothing. Only a
    #: payment takes it.
    unsigned_code: str | None = None
    #: Whether the answer was signed, but with none of the configured keys; then there is no ``unsigned_code``. Only a
    #: payment takes it.
    wrong_key: bool = False


@dataclass(frozen=True)
class NotifiedEvent(Tagged):
    """The gateway's notification arrived, and it was verified."""

    tag: ClassVar[str] = "notified"
    #: The verified body.
    body: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Resumed(Tagged):
    """The machine was restored from a snapshot."""

    tag: ClassVar[str] = "resumed"


@dataclass(frozen=True)
class Tick(Tagged):
    """Time passed: due at the next wakeup, harmless at any other time."""

    tag: ClassVar[str] = "tick"


@dataclass(frozen=True)
class Send(Tagged):
    """Sign this body, freshly, and post it; feed back what came of it."""

    tag: ClassVar[str] = "send"
    #: Counts up from 1 over the life of the machine. What is asked again after a restart has the same number.
    sequence: int
    #: The number of the send, to be fed back with what came of it.
    send_id: int
    #: The operation, to be fed back too.
    operation: Operation
    #: The path of the API.
    path: str
    #: The body as JSON text, to be sent as it stands. That of pay holds the payment code: it is a secret.
    body: str = field(repr=False)


@dataclass(frozen=True)
class AlertAction(Tagged):
    """It needs manual review. Each kind comes at most once."""

    tag: ClassVar[str] = "alert"
    #: Counts up from 1 over the life of the machine. What is asked again after a restart has the same number.
    sequence: int
    #: Why.
    kind: AlertKind
    #: What was found, without secrets.
    detail: str


@dataclass(frozen=True)
class CancelRequested(Tagged):
    """The cashier or the merchant cancels."""

    tag: ClassVar[str] = "cancel_requested"


@dataclass(frozen=True)
class Present(Tagged):
    """Show the order code, or redirect the customer's wallet."""

    tag: ClassVar[str] = "present"
    #: Counts up from 1 over the life of the machine. What is asked again after a restart has the same number.
    sequence: int
    #: The members of the answer that say what to show.
    form: dict[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Conclude(Tagged):
    """The payment has its result. Comes once."""

    tag: ClassVar[str] = "conclude"
    #: Counts up from 1 over the life of the machine. What is asked again after a restart has the same number.
    sequence: int
    #: The result.
    outcome: Outcome = field(metadata=read_by(Outcome))
    #: For ``failed``: the code it was refused with, or ``payment.not_sent`` where nothing ever left this machine.
    failure_code: str | None = field(default=None, metadata=written_as("code"))
    #: For ``unresolved``: what could not be settled.
    unresolved_reason: UnresolvedReason | None = field(default=None, metadata=written_as("reason"))


@dataclass(frozen=True)
class RefundConclude(Tagged):
    """The refund has its result. Comes once."""

    tag: ClassVar[str] = "conclude"
    #: Counts up from 1 over the life of the machine. What is asked again after a restart has the same number.
    sequence: int
    #: The result.
    outcome: RefundOutcome = field(metadata=read_by(RefundOutcome))
    #: For ``failed``: the code it was refused with, or ``refund.not_sent`` where nothing ever left this machine.
    failure_code: str | None = field(default=None, metadata=written_as("code"))


@dataclass(frozen=True)
class ReverseConclude(Tagged):
    """The reverse has its result. Comes once."""

    tag: ClassVar[str] = "conclude"
    #: Counts up from 1 over the life of the machine. What is asked again after a restart has the same number.
    sequence: int
    #: The result.
    outcome: ReverseOutcome = field(metadata=read_by(ReverseOutcome))
    #: For ``refused``: the gateway's code for the refund, or ``reverse.refund_unresolved``.
    failure_code: str | None = field(default=None, metadata=written_as("code"))


#: What a host tells a payment. Replies and notifications are verified ones; anything else that arrived is
#: ``no_reply``.
PaymentEvent = Begin | Reply | NoReply | NotifiedEvent | Resumed | Tick | CancelRequested
PAYMENT_EVENTS = (Begin, Reply, NoReply, NotifiedEvent, Resumed, Tick, CancelRequested)

#: What a host tells a refund. Replies and notifications are verified ones; anything else that arrived is
#: ``no_reply``.
RefundEvent = Begin | Reply | NoReply | NotifiedEvent | Resumed | Tick
REFUND_EVENTS = (Begin, Reply, NoReply, NotifiedEvent, Resumed, Tick)

#: What a host tells a reverse. Replies and notifications are verified ones; anything else that arrived is
#: ``no_reply``.
ReverseEvent = Begin | Reply | NoReply | NotifiedEvent | Resumed | Tick
REVERSE_EVENTS = (Begin, Reply, NoReply, NotifiedEvent, Resumed, Tick)

#: What a payment asks of its host. Store the snapshot first.
PaymentAction = Send | AlertAction | Present | Conclude
PAYMENT_ACTIONS: dict[str, type[Send | AlertAction | Present | Conclude]] = {
    kind.tag: kind for kind in (Send, AlertAction, Present, Conclude)
}

#: What a refund asks of its host. Store the ledger's snapshot first.
RefundAction = Send | AlertAction | RefundConclude
REFUND_ACTIONS: dict[str, type[Send | AlertAction | RefundConclude]] = {
    kind.tag: kind for kind in (Send, AlertAction, RefundConclude)
}

#: What a reverse asks of its host. Store the ledger's snapshot first.
ReverseAction = Send | AlertAction | ReverseConclude
REVERSE_ACTIONS: dict[str, type[Send | AlertAction | ReverseConclude]] = {
    kind.tag: kind for kind in (Send, AlertAction, ReverseConclude)
}


@dataclass(frozen=True)
class TimelineEntry:
    """A step of a payment, its refunds or its reverse, with its time."""

    #: When it happened, in milliseconds since the epoch.
    at: int
    #: How long after the payment began, in milliseconds.
    elapsed: int
    #: What happened.
    event: TimelineEventType
    #: What it holds beside its name:
    #:
    #: - ``sent``: ``operation``, ``send_id``, ``attempt``
    #: - ``answered``: ``operation``, ``send_id``, ``took``, ``result_status``, ``result_code``, ``payment_status``,
    #:   ``tracer_id``, ``text_replaced``
    #: - ``unanswered``: ``operation``, ``send_id``, ``took``, ``certainty``, ``error``
    #: - ``presented``: ``form``
    #: - ``alerted``: ``kind``, ``detail``
    #: - ``concluded``: ``outcome``, ``code``, ``reason``
    #: - ``refund_concluded``: ``refund_request_id``, ``outcome``, ``code``
    #: - ``reverse_concluded``: ``outcome``, ``code``
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def operation(self) -> str | None:
        """The operation it is about, where it is about one."""
        return self.details.get("operation")

    def to_dict(self) -> dict[str, Any]:
        """The same as a dict of plain values, which JSON can hold."""
        return {"at": self.at, "elapsed": self.elapsed, "event": {"type": self.event, **self.details}}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> TimelineEntry:
        """Reads what to_dict wrote."""
        details = dict(data["event"])
        return cls(at=data["at"], elapsed=data["elapsed"], event=details.pop("type"), details=details)


class OrderAmountDiffers(TypedDict):
    """The customer is shown another amount than the one that is paid."""

    kind: Literal["order_amount_differs"]
    #: The amount of the order, such as ``19.99 USD``.
    order: str
    #: What is paid, such as ``19.99 USD``.
    payment: str


class BelowMinimum(TypedDict):
    """The wallet may not take an amount this small."""

    kind: Literal["below_minimum"]
    #: The wallet.
    wallet: str
    #: What is paid, such as ``19.99 USD``.
    payment: str
    #: The higher of the wallet's minimums, such as ``19.99 USD``.
    minimum: str


class OffStep(TypedDict):
    """The wallet takes only multiples of a step."""

    kind: Literal["off_step"]
    #: The wallet.
    wallet: str
    #: What is paid, such as ``19.99 USD``.
    payment: str
    #: The wallet's step, such as ``19.99 USD``.
    step: str


class FieldMissing(TypedDict):
    """AMS: a field is missing that some pages require and others do not."""

    kind: Literal["field_missing"]
    #: The field, such as ``order.merchant.merchantName``.
    path: str


class DefaultExpiry(TypedDict):
    """AMS: no expiry was stated, so the policy's was sent. The contract with Alipay may set another one."""

    kind: Literal["default_expiry"]
    #: What was sent, in milliseconds since the epoch.
    expiry: int


class ExpiryCapped(TypedDict):
    """Alipay+: a later expiry was stated than the protocol allows, so an earlier one was sent."""

    kind: Literal["expiry_capped"]
    #: What was stated, in milliseconds since the epoch.
    asked: int
    #: What was sent, in milliseconds since the epoch.
    expiry: int


#: What was allowed and is worth knowing about a payment, beside its result.
PaymentWarning = OrderAmountDiffers | BelowMinimum | OffStep | FieldMissing | DefaultExpiry | ExpiryCapped
