"""How payments and refunds ended, and what happened on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from ._errors import AlipayError, of_code


class Outcome(str, Enum):
    """How a payment ended. Compares equal to its word."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    UNRESOLVED = "unresolved"

    __str__ = str.__str__


class RefundOutcome(str, Enum):
    """How a refund ended. Compares equal to its word."""

    REFUNDED = "refunded"
    ORDER_CANCELLED = "order_cancelled"
    FAILED = "failed"
    UNRESOLVED = "unresolved"

    __str__ = str.__str__


@dataclass(frozen=True)
class Step:
    """Something that happened to a payment."""

    #: Milliseconds since the epoch.
    at: int
    #: Milliseconds since the payment began.
    elapsed: int
    #: ``sent``, ``answered``, ``unanswered``, ``notified``, ``cancel_requested``, ``resumed``, ``presented``,
    #: ``alerted``, ``concluded`` or ``refund_concluded``.
    event: str
    #: What the event holds: ``operation``, ``send_id``, ``attempt``, ``took``, ``result_status``, ``result_code``,
    #: ``payment_status``, ``tracer_id``, ``certainty``, ``error``, ``form``, ``kind``, ``detail``, ``outcome``.
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def operation(self) -> str | None:
        """The operation it is about, where it is about one."""
        return self.details.get("operation")

    def to_dict(self) -> dict[str, Any]:
        """The step as a dict of plain values."""
        return {"at": self.at, "elapsed": self.elapsed, "event": self.event, **self.details}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Step:
        """Reads what to_dict wrote."""
        details = {name: value for name, value in data.items() if name not in ("at", "elapsed", "event")}
        return cls(data["at"], data["elapsed"], data["event"], details)


@dataclass(frozen=True)
class PaymentResult:
    """How a payment ended, and how it came to that."""

    payment_request_id: str
    #: Paid, not paid, or a human must look.
    outcome: Outcome
    #: The gateway's id of the payment, where it told one.
    payment_id: str | None = None
    #: For ``failed``, the gateway's code, or ``payment.not_sent``.
    failure_code: str | None = None
    #: For ``unresolved``, what could not be settled.
    unresolved_reason: str | None = None
    #: What a human must look at, also when the payment succeeded.
    alerts: tuple[str, ...] = ()
    #: What happened since ``pay`` or ``resume`` was called.
    timeline: tuple[Step, ...] = field(default=(), repr=False)
    #: What was allowed and is worth to be known.
    notes: tuple[dict[str, Any], ...] = ()

    @property
    def succeeded(self) -> bool:
        """Whether it is paid."""
        return self.outcome is Outcome.SUCCEEDED

    def to_dict(self) -> dict[str, Any]:
        """The result as a dict of plain values."""
        outcome: dict[str, Any] = {"name": self.outcome.value}
        if self.failure_code is not None:
            outcome["code"] = self.failure_code
        if self.unresolved_reason is not None:
            outcome["reason"] = self.unresolved_reason
        return {
            "payment_request_id": self.payment_request_id,
            "outcome": outcome,
            "payment_id": self.payment_id,
            "alerts": list(self.alerts),
            "timeline": [step.to_dict() for step in self.timeline],
            "notes": list(self.notes),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> PaymentResult:
        """Reads what to_dict wrote."""
        outcome = data["outcome"]
        return cls(
            payment_request_id=data["payment_request_id"],
            outcome=Outcome(outcome["name"]),
            payment_id=data["payment_id"],
            failure_code=outcome.get("code"),
            unresolved_reason=outcome.get("reason"),
            alerts=tuple(data["alerts"]),
            timeline=tuple(Step.from_dict(step) for step in data["timeline"]),
            notes=tuple(data["notes"]),
        )


@dataclass(frozen=True)
class RefundResult:
    """How a refund ended."""

    payment_request_id: str
    refund_request_id: str
    #: Given back, refused, or a human must look.
    outcome: RefundOutcome
    #: The gateway's id of the refund, where it told one.
    refund_id: str | None = None
    #: For ``failed``, the gateway's code.
    failure_code: str | None = None
    #: What a human must look at.
    alerts: tuple[str, ...] = ()
    #: What may still be given back of the payment, in minor units.
    left: int = 0

    def to_dict(self) -> dict[str, Any]:
        """The result as a dict of plain values."""
        outcome: dict[str, Any] = {"name": self.outcome.value}
        if self.failure_code is not None:
            outcome["code"] = self.failure_code
        return {
            "payment_request_id": self.payment_request_id,
            "refund_request_id": self.refund_request_id,
            "outcome": outcome,
            "refund_id": self.refund_id,
            "alerts": list(self.alerts),
            "left": self.left,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> RefundResult:
        """Reads what to_dict wrote."""
        return cls(
            payment_request_id=data["payment_request_id"],
            refund_request_id=data["refund_request_id"],
            outcome=RefundOutcome(data["outcome"]["name"]),
            refund_id=data["refund_id"],
            failure_code=data["outcome"].get("code"),
            alerts=tuple(data["alerts"]),
            left=data["left"],
        )


@dataclass(frozen=True)
class Notified:
    """What became of a notification.

    ``taken``: it was fed to its payment and stored; acknowledge it, and resume the payment if it has no outcome and
    is not being driven. ``unknown``: no payment of this id is stored here. ``other``: it is not about the result of a
    payment.
    """

    kind: str
    outcome: Outcome | None = None
    payment_request_id: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """What became of it as a dict of plain values."""
        outcome = None if self.outcome is None else {"name": self.outcome.value}
        return {"kind": self.kind, "outcome": outcome, "payment_request_id": self.payment_request_id}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Notified:
        """Reads what to_dict wrote."""
        outcome = data.get("outcome")
        return cls(
            data["kind"],
            None if outcome is None else Outcome(outcome["name"]),
            data.get("payment_request_id"),
        )


def error_of(data: Mapping[str, Any]) -> AlipayError:
    """The exception that stands in JSON."""
    return of_code(data["code"], data["reason"], hint=data["hint"], path=data["path"])
