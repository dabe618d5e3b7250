"""How payments and refunds stand, what happened on the way, and what needs a person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ._amount import Amount
from ._dialect import PaymentWarning, TimelineEntry
from ._errors import AlipayError, error_of
from ._merchant import Acknowledgement, Notification
from ._model import write_json
from ._value import Value, bytes_of, read_by
from ._words import (
    AlertKind,
    CheckName,
    CheckStatus,
    Outcome,
    PaymentState,
    RefundOutcome,
    ReverseOutcome,
    UnresolvedReason,
)


@dataclass(frozen=True)
class AlertAcknowledgement(Value):
    """Somebody has taken care of an alert."""

    who: str
    #: When, in milliseconds since the epoch.
    at: int


@dataclass(frozen=True)
class Alert(Value):
    """Something about a payment, a refund or a reverse that needs manual review."""

    #: Counts up from 1 within the payment; ``acknowledge_alert`` names it.
    number: int
    #: What it is about.
    part: Literal["payment", "refund", "reverse"]
    #: The refund, where it is about one.
    refund_request_id: str | None
    kind: AlertKind
    #: What was found, without secrets.
    detail: str
    #: When, in milliseconds since the epoch.
    at: int
    #: Who has taken care of it; None while it is open.
    acknowledged: AlertAcknowledgement | None = field(
        default=None, metadata=read_by(AlertAcknowledgement.from_dict)
    )


def _alerts(data: list[Mapping[str, Any]]) -> tuple[Alert, ...]:
    return tuple(Alert.from_dict(alert) for alert in data)


def _timeline(data: list[Mapping[str, Any]]) -> tuple[TimelineEntry, ...]:
    return tuple(TimelineEntry.from_dict(step) for step in data)


def _dicts(values: tuple[Alert, ...] | tuple[TimelineEntry, ...]) -> list[dict[str, Any]]:
    return [value.to_dict() for value in values]


@dataclass(frozen=True)
class PaymentResult:
    """How a payment stands, and the steps that led there."""

    payment_request_id: str
    #: Paid, not paid, or it needs manual review. None while it is in progress: the payment goes on, and ``resume`` waits
    #: for it.
    outcome: Outcome | None
    #: The state of the payment, such as ``confirming``.
    phase: PaymentState
    #: What is paid.
    amount: Amount
    #: The gateway's id of the payment, where it told one.
    payment_id: str | None = None
    #: When the customer paid, as the gateway told it, in milliseconds since the epoch.
    payment_time: int | None = None
    #: For ``failed``, the gateway's code, or ``payment.not_sent``.
    failure_code: str | None = None
    #: For ``unresolved``, what could not be settled.
    unresolved_reason: UnresolvedReason | None = None
    #: Every alert of the payment, its refunds and its reverse, also when the payment succeeded.
    alerts: tuple[Alert, ...] = ()
    #: The request stated another payment code than the one that the payment goes on with.
    code_ignored: bool = False
    #: Whether the store has it as it is told here.
    stored: bool = True
    #: Whether the customer was charged, or may have been.
    may_have_charged: bool = False
    #: Whether money was given back, or may have been.
    may_have_refunded: bool = False
    #: What the customer is to see while the payment waits for them: an order code, or where to send them.
    form: dict[str, Any] | None = None
    #: What happened since the call, as far as this process saw it.
    timeline: tuple[TimelineEntry, ...] = field(default=(), repr=False)
    #: What was allowed and is worth knowing.
    warnings: tuple[PaymentWarning, ...] = ()

    @property
    def succeeded(self) -> bool:
        """Whether it is paid."""
        return self.outcome is Outcome.SUCCEEDED

    @property
    def in_progress(self) -> bool:
        """Whether it has no outcome yet."""
        return self.outcome is None

    def to_dict(self) -> dict[str, Any]:
        """The result as a dict of plain values, which JSON can hold."""
        return {
            "payment_request_id": self.payment_request_id,
            "outcome": None if self.outcome is None else self.outcome.value,
            "code": self.failure_code,
            "reason": self.unresolved_reason,
            "in_progress": self.in_progress,
            "phase": self.phase,
            "amount": str(self.amount),
            "payment_id": self.payment_id,
            "payment_time": self.payment_time,
            "alerts": _dicts(self.alerts),
            "code_ignored": self.code_ignored,
            "stored": self.stored,
            "may_have_charged": self.may_have_charged,
            "may_have_refunded": self.may_have_refunded,
            "form": self.form,
            "timeline": _dicts(self.timeline),
            "warnings": list(self.warnings),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> PaymentResult:
        """Reads what to_dict wrote."""
        outcome = data["outcome"]
        return cls(
            payment_request_id=data["payment_request_id"],
            outcome=None if outcome is None else Outcome(outcome),
            phase=data["phase"],
            amount=Amount.parse(data["amount"]),
            payment_id=data["payment_id"],
            payment_time=data["payment_time"],
            failure_code=data["code"],
            unresolved_reason=data["reason"],
            alerts=_alerts(data["alerts"]),
            code_ignored=data["code_ignored"],
            stored=data["stored"],
            may_have_charged=data["may_have_charged"],
            may_have_refunded=data["may_have_refunded"],
            form=data["form"],
            timeline=_timeline(data["timeline"]),
            warnings=tuple(data["warnings"]),
        )


@dataclass(frozen=True)
class RefundResult:
    """How a refund stands."""

    payment_request_id: str
    refund_request_id: str
    #: Given back, refused, or it needs manual review. None while it is in progress: the refund goes on, and ``refund`` with
    #: the same id waits for it.
    outcome: RefundOutcome | None
    #: The gateway's id of the refund, where it told one.
    refund_id: str | None = None
    #: For ``failed``, the gateway's code.
    failure_code: str | None = None
    #: Every alert of the payment, its refunds and its reverse.
    alerts: tuple[Alert, ...] = ()
    #: What may still be given back of the payment, in minor units.
    left: int = 0
    #: Whether the store has it as it is told here.
    stored: bool = True
    #: Whether money was given back by this refund, or may have been.
    may_have_refunded: bool = False
    #: What happened since the call, as far as this process saw it.
    timeline: tuple[TimelineEntry, ...] = field(default=(), repr=False)

    @property
    def in_progress(self) -> bool:
        """Whether it has no outcome yet."""
        return self.outcome is None

    def to_dict(self) -> dict[str, Any]:
        """The result as a dict of plain values, which JSON can hold."""
        return {
            "payment_request_id": self.payment_request_id,
            "refund_request_id": self.refund_request_id,
            "outcome": None if self.outcome is None else self.outcome.value,
            "code": self.failure_code,
            "in_progress": self.in_progress,
            "refund_id": self.refund_id,
            "alerts": _dicts(self.alerts),
            "left": self.left,
            "stored": self.stored,
            "may_have_refunded": self.may_have_refunded,
            "timeline": _dicts(self.timeline),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> RefundResult:
        """Reads what to_dict wrote."""
        outcome = data["outcome"]
        return cls(
            payment_request_id=data["payment_request_id"],
            refund_request_id=data["refund_request_id"],
            outcome=None if outcome is None else RefundOutcome(outcome),
            refund_id=data["refund_id"],
            failure_code=data["code"],
            alerts=_alerts(data["alerts"]),
            left=data["left"],
            stored=data["stored"],
            may_have_refunded=data["may_have_refunded"],
            timeline=_timeline(data["timeline"]),
        )


@dataclass(frozen=True)
class ReverseResult:
    """How a reverse stands, and the steps that led there."""

    payment_request_id: str
    #: Given back, refused, or it needs manual review. None while it is in progress: it goes on, and ``reverse`` called again
    #: waits for it.
    outcome: ReverseOutcome | None
    #: For ``refused``, the gateway's code, or ``reverse.refund_unresolved``.
    failure_code: str | None = None
    #: The id of the refund, where one was sent; without one the money came back by a cancel.
    refund_request_id: str | None = None
    #: The gateway's id of the refund, where it told one.
    refund_id: str | None = None
    #: Every alert of the payment, its refunds and its reverse, also when the money was given back.
    alerts: tuple[Alert, ...] = ()
    #: What may still be refunded of the payment, in minor units.
    left: int = 0
    #: Whether the store has it as it is told here.
    stored: bool = True
    #: Whether money was given back, or may have been.
    may_have_refunded: bool = False
    #: What happened since the call, as far as this process saw it.
    timeline: tuple[TimelineEntry, ...] = field(default=(), repr=False)

    @property
    def reversed(self) -> bool:
        """Whether the merchant keeps nothing of the payment."""
        return self.outcome is ReverseOutcome.REVERSED

    @property
    def in_progress(self) -> bool:
        """Whether it has no outcome yet."""
        return self.outcome is None

    def to_dict(self) -> dict[str, Any]:
        """The result as a dict of plain values, which JSON can hold."""
        return {
            "payment_request_id": self.payment_request_id,
            "outcome": None if self.outcome is None else self.outcome.value,
            "code": self.failure_code,
            "in_progress": self.in_progress,
            "refund_request_id": self.refund_request_id,
            "refund_id": self.refund_id,
            "alerts": _dicts(self.alerts),
            "left": self.left,
            "stored": self.stored,
            "may_have_refunded": self.may_have_refunded,
            "timeline": _dicts(self.timeline),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ReverseResult:
        """Reads what to_dict wrote."""
        outcome = data["outcome"]
        return cls(
            payment_request_id=data["payment_request_id"],
            outcome=None if outcome is None else ReverseOutcome(outcome),
            failure_code=data["code"],
            refund_request_id=data["refund_request_id"],
            refund_id=data["refund_id"],
            alerts=_alerts(data["alerts"]),
            left=data["left"],
            stored=data["stored"],
            may_have_refunded=data["may_have_refunded"],
            timeline=_timeline(data["timeline"]),
        )


@dataclass(frozen=True)
class Notified(Value):
    """What a notification changed.

    ``taken``: it is stored with its payment; acknowledge it. Whoever drives the payment goes on with it. ``unknown``: no
    payment or refund of this id is stored; it can have overtaken the payment, so refuse it, and it comes again. ``other``:
    it is not about the result of a payment or of a refund.
    """

    kind: Literal["taken", "unknown", "other"]
    payment_request_id: str | None = None
    #: The refund that it named.
    refund_request_id: str | None = None
    #: How the payment ended; None while it has no outcome.
    outcome: Outcome | None = field(default=None, metadata=read_by(Outcome))
    #: The alerts that it raised.
    alerts: tuple[Alert, ...] = field(default=(), metadata=read_by(_alerts))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Notified:
        """Reads what to_dict wrote."""
        # The code and the reason of the outcome stand in the payment.
        known = {name: value for name, value in data.items() if name not in ("code", "reason")}
        return super().from_dict(known)


@dataclass(frozen=True)
class HandledNotification:
    """What to answer to a notification, and what it changed."""

    #: The HTTP status of the answer: 200 if the notification is acknowledged. After any other it comes again.
    status: int
    #: The headers of the answer.
    headers: dict[str, str]
    #: The body of the answer, to be sent byte for byte.
    body: bytes
    #: The notification; None if it could not be verified.
    notification: Notification | None = None
    #: What it changed; None after an error.
    result: Notified | None = None
    #: Why it was refused.
    error: AlipayError | None = None

    @classmethod
    def _refused(cls, error: AlipayError) -> HandledNotification:
        answer = Acknowledgement.refuse(error)
        return cls(answer.status, answer.headers, answer.body, error=error)

    @classmethod
    def _handled(cls, text: str, notification: Notification) -> HandledNotification:
        """What the task of handle_verified answered."""
        data = json.loads(text)
        return cls(
            data["status"],
            data["headers"],
            bytes_of(data["body"]),
            notification,
            None if data["result"] is None else Notified.from_dict(data["result"]),
            None if data["error"] is None else error_of(data["error"]),
        )

    def to_dict(self) -> dict[str, Any]:
        """The same as a dict of plain values, which JSON can hold."""
        notification = None if self.notification is None else self.notification.to_dict()
        return {
            "status": self.status,
            "headers": dict(self.headers),
            "body": self.body.decode(),
            # Its decimals become texts.
            "notification": json.loads(write_json(notification)),
            "result": None if self.result is None else self.result.to_dict(),
            "error": None if self.error is None else self.error.to_dict(),
        }


@dataclass(frozen=True)
class Recovered:
    """A payment that ``resume_all`` looked at: how it stands, or why it could not be taken up."""

    payment_request_id: str
    #: How it stands; this process drives it from now on.
    result: PaymentResult | None = None
    error: AlipayError | None = None

    def to_dict(self) -> dict[str, Any]:
        """The same as a dict of plain values, which JSON can hold."""
        return {
            "payment_request_id": self.payment_request_id,
            "result": None if self.result is None else self.result.to_dict(),
            "error": None if self.error is None else self.error.to_dict(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Recovered:
        """Reads what to_dict wrote."""
        result, error = data["result"], data["error"]
        return cls(
            data["payment_request_id"],
            None if result is None else PaymentResult.from_dict(result),
            None if error is None else error_of(error),
        )


@dataclass(frozen=True)
class Recovery(Value):
    """What ``resume_all`` took up."""

    #: The payments that this process drives from now on, and those that could not be taken up.
    payments: tuple[Recovered, ...] = field(
        metadata=read_by(lambda data: tuple(Recovered.from_dict(each) for each in data))
    )
    #: How many open payments other processes drive.
    driven_elsewhere: int


@dataclass(frozen=True)
class PaymentAlert(Value):
    """An alert that nobody has acknowledged."""

    payment_request_id: str
    alert: Alert = field(metadata=read_by(Alert.from_dict))


@dataclass(frozen=True)
class Unreadable(Value):
    """A stored payment that can't be read."""

    #: Its id, as far as it is known.
    id: str
    #: What is wrong with it.
    error: AlipayError = field(metadata=read_by(error_of))


@dataclass(frozen=True)
class Alerts(Value):
    """The open alerts of a store."""

    #: Every open alert, in the order in which the payments began.
    alerts: tuple[PaymentAlert, ...] = field(
        metadata=read_by(lambda data: tuple(PaymentAlert.from_dict(each) for each in data))
    )
    #: Stored payments that can't be read. They may have alerts too.
    unreadable: tuple[Unreadable, ...] = field(
        default=(), metadata=read_by(lambda data: tuple(Unreadable.from_dict(each) for each in data))
    )


@dataclass(frozen=True)
class Check(Value):
    """One thing that was looked at before the first payment."""

    name: CheckName
    status: CheckStatus
    #: What was found, in one sentence without secrets.
    detail: str
    #: What to do; empty where it passed.
    hint: str
    #: The code of the error that was met, if one was.
    code: str | None


@dataclass(frozen=True)
class CheckReport(Value):
    """What a check of a client found."""

    #: Whether nothing is wrong. Warnings do not count.
    healthy: bool
    #: One entry for each CheckName, in the order of a request's way.
    checks: tuple[Check, ...] = field(metadata=read_by(lambda data: tuple(Check.from_dict(each) for each in data)))
