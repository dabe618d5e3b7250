"""What calls tell: results, alerts, and what a message says.

Generated from schema/dialect/results.toml by `make generate`; do not edit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ._amount import Amount
from ._dialect import PaymentWarning, TimelineEntry
from ._value import Result, Value, each, read_by, written_as
from ._words import (
    AlertKind,
    AlertPart,
    Meaning,
    Money,
    Named,
    NotifiedKind,
    Outcome,
    PayAnswer,
    PaymentState,
    RefundAnswer,
    RefundOutcome,
    ReverseOutcome,
    Stated,
    Status,
    UnresolvedReason,
)


@dataclass(frozen=True, kw_only=True)
class AlertAcknowledgement(Value):
    """Who has taken care of an alert, and when."""

    #: Who has taken care of it.
    who: str
    #: When, in milliseconds since the epoch.
    at: int


@dataclass(frozen=True, kw_only=True)
class Alert(Value):
    """Something about a payment, a refund or a reverse that needs manual review. It is kept with the payment until
    somebody acknowledges it.
    """

    #: Counts up from 1 within the payment. It is named to acknowledge the alert.
    number: int
    #: What it is about.
    part: AlertPart
    #: The refund, where it is about one.
    refund_request_id: str | None = None
    #: Why it needs manual review.
    kind: AlertKind
    #: What was found, without secrets.
    detail: str
    #: When it was raised, in milliseconds since the epoch.
    at: int
    #: Who has taken care of it, while it is not open.
    acknowledged: AlertAcknowledgement | None = field(default=None, metadata=read_by(AlertAcknowledgement.from_dict))


@dataclass(frozen=True, kw_only=True)
class PaymentResult(Result):
    """How a payment stands, and the steps that led there."""

    #: The id of the payment.
    payment_request_id: str
    #: Paid, not paid, or it needs manual review. None while it is in progress: the payment goes on, so charge nobody
    #: again.
    outcome: Outcome | None = field(default=None, metadata=read_by(Outcome))
    #: For ``failed``: the code it was refused with, or ``payment.not_sent`` where nothing ever left this machine.
    failure_code: str | None = field(default=None, metadata=written_as("code"))
    #: For ``unresolved``: what could not be settled.
    unresolved_reason: UnresolvedReason | None = field(default=None, metadata=written_as("reason"))
    #: The state of the payment, such as ``confirming``.
    phase: PaymentState
    #: What is paid.
    amount: Amount = field(metadata=read_by(Amount.parse, str))
    #: The gateway's id of the payment, where it told one.
    payment_id: str | None = None
    #: When the customer paid, as the gateway told it, in milliseconds since the epoch.
    payment_time: int | None = None
    #: Every alert of the payment, its refunds and its reverse, also when the payment succeeded.
    alerts: tuple[Alert, ...] = field(default=(), metadata=each(Alert.from_dict))
    #: The request stated another payment code than the one that the payment goes on with.
    code_ignored: bool
    #: Whether the store has it as it is told here.
    stored: bool
    #: Whether the customer was charged, or may have been.
    may_have_charged: bool
    #: Whether money was given back, or may have been.
    may_have_refunded: bool
    #: What the customer is to see while the payment waits for them: an order code, or where to send them.
    form: dict[str, Any] | None = None
    #: What happened since the call, as far as this process saw it.
    timeline: tuple[TimelineEntry, ...] = field(default=(), repr=False, metadata=each(TimelineEntry.from_dict))
    #: What was allowed and is worth knowing.
    warnings: tuple[PaymentWarning, ...] = field(default=(), metadata=read_by(tuple))

    @property
    def succeeded(self) -> bool:
        """Whether it ended well: paid."""
        return self.outcome is Outcome.SUCCEEDED


@dataclass(frozen=True, kw_only=True)
class RefundResult(Result):
    """How a refund stands, and the steps that led there."""

    #: The id of the payment.
    payment_request_id: str
    #: The id of the refund.
    refund_request_id: str
    #: Given back, refused, or it needs manual review. None while it is in progress: the refund goes on, and the same
    #: call with the same id waits for it.
    outcome: RefundOutcome | None = field(default=None, metadata=read_by(RefundOutcome))
    #: For ``failed``: the code it was refused with, or ``refund.not_sent`` where nothing ever left this machine.
    failure_code: str | None = field(default=None, metadata=written_as("code"))
    #: The gateway's id of the refund, where it told one.
    refund_id: str | None = None
    #: Every alert of the payment, its refunds and its reverse.
    alerts: tuple[Alert, ...] = field(default=(), metadata=each(Alert.from_dict))
    #: What may still be given back of the payment, in minor units.
    left: int
    #: Whether the store has it as it is told here.
    stored: bool
    #: Whether money was given back by this refund, or may have been.
    may_have_refunded: bool
    #: What happened since the call, as far as this process saw it.
    timeline: tuple[TimelineEntry, ...] = field(default=(), repr=False, metadata=each(TimelineEntry.from_dict))

    @property
    def refunded(self) -> bool:
        """Whether it ended well: the money was given back."""
        return self.outcome is RefundOutcome.REFUNDED


@dataclass(frozen=True, kw_only=True)
class ReverseResult(Result):
    """How a reverse stands, and the steps that led there."""

    #: The id of the payment.
    payment_request_id: str
    #: Given back, refused, or it needs manual review. None while it is in progress: it goes on, and the same call
    #: waits for it.
    outcome: ReverseOutcome | None = field(default=None, metadata=read_by(ReverseOutcome))
    #: For ``refused``: the gateway's code for the refund, or ``reverse.refund_unresolved``.
    failure_code: str | None = field(default=None, metadata=written_as("code"))
    #: The id of the refund, where one was sent; without one the money came back by a cancel.
    refund_request_id: str | None = None
    #: The gateway's id of the refund, where it told one.
    refund_id: str | None = None
    #: Every alert of the payment, its refunds and its reverse, also when the money was given back.
    alerts: tuple[Alert, ...] = field(default=(), metadata=each(Alert.from_dict))
    #: What may still be given back of the payment, in minor units.
    left: int
    #: Whether the store has it as it is told here.
    stored: bool
    #: Whether money was given back, or may have been.
    may_have_refunded: bool
    #: What happened since the call, as far as this process saw it.
    timeline: tuple[TimelineEntry, ...] = field(default=(), repr=False, metadata=each(TimelineEntry.from_dict))

    @property
    def reversed(self) -> bool:
        """Whether it ended well: the merchant keeps nothing of the payment: it was cancelled, or what was left of it was
        refunded.
        """
        return self.outcome is ReverseOutcome.REVERSED


@dataclass(frozen=True, kw_only=True)
class Reading(Value):
    """What the verified body of an answer or a notification says. It decides nothing: the machines do. What is compared
    with ours is None where ours was not given.
    """

    #: By the letter of the result; any other letter is unknown.
    status: Status
    #: The result code as it stands.
    code: str
    #: What status and code mean for the operation, as in the advice for them.
    meaning: Meaning
    #: What the body says of the money, or of the answer to pay. None for cancel and refund, where the meaning says it
    #: all.
    says: PayAnswer | Money | RefundAnswer | None = None
    #: For what failed, the code that says why.
    failure_code: str | None = None
    #: Whether the status is a word that is not documented.
    unknown_word: bool
    #: Our id of the payment.
    payment_request_id: str | None = None
    #: The gateway's id of the payment.
    payment_id: str | None = None
    #: Our id of the refund.
    refund_request_id: str | None = None
    #: The gateway's id of the refund.
    refund_id: str | None = None
    #: Whether it names our payment.
    names_payment: Named | None = None
    #: Whether it states our amount.
    payment_amount: Stated | None = None
    #: Whether it names our refund.
    names_refund: Named | None = None
    #: Whether it states the amount of our refund.
    refund_amount: Stated | None = None
    #: The names of the members that are to be shown to the customer.
    form: tuple[str, ...] = field(default=(), metadata=read_by(tuple))
    #: When the form expires, in milliseconds since the epoch.
    form_expiry: int | None = None
    #: When it was paid, in milliseconds since the epoch.
    payment_time: int | None = None
    #: Whether some text was not UTF-8 and was replaced.
    text_replaced: bool


@dataclass(frozen=True, kw_only=True)
class Notified(Value):
    """What a notification changed.

    - ``taken``: It is stored with its payment: acknowledge it. Whoever drives the payment goes on with it.
    - ``unknown``: No payment or refund of this id is stored. It can have overtaken the payment, so refuse it: then it
      comes again.
    - ``other``: It is not about the result of a payment or a refund.
    """

    #: What it is.
    kind: NotifiedKind
    #: The id of the payment.
    payment_request_id: str | None = None
    #: The refund that it named.
    refund_request_id: str | None = None
    #: How the payment ended. None while it has no outcome.
    outcome: Outcome | None = field(default=None, metadata=read_by(Outcome))
    #: For ``failed``: the code it was refused with, or ``payment.not_sent`` where nothing ever left this machine.
    failure_code: str | None = field(default=None, metadata=written_as("code"))
    #: For ``unresolved``: what could not be settled.
    unresolved_reason: UnresolvedReason | None = field(default=None, metadata=written_as("reason"))
    #: The alerts that it raised.
    alerts: tuple[Alert, ...] = field(default=(), metadata=each(Alert.from_dict))
