"""How payments and refunds ended, and what happened on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ._errors import AlipayError, make
from ._words import AlertKind, Outcome, RefundOutcome, ReverseOutcome, TimelineEventType, UnresolvedReason


@dataclass(frozen=True)
class TimelineEntry:
    """Something that happened to a payment."""

    #: Milliseconds since the epoch.
    at: int
    #: Milliseconds since the payment began.
    elapsed: int
    #: The name of what happened.
    event: TimelineEventType
    #: What the event holds: ``operation``, ``send_id``, ``attempt``, ``took``, ``result_status``, ``result_code``,
    #: ``payment_status``, ``tracer_id``, ``text_replaced``, ``certainty``, ``error``, ``form``, ``kind``, ``detail``, ``outcome``
    #: with ``code`` and ``reason``.
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def operation(self) -> str | None:
        """The operation it is about, where it is about one."""
        return self.details.get("operation")

    def to_dict(self) -> dict[str, Any]:
        """The step as a dict of plain values."""
        return {"at": self.at, "elapsed": self.elapsed, "event": {"type": self.event, **self.details}}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> TimelineEntry:
        """Reads what to_dict wrote."""
        details = dict(data["event"])
        return cls(data["at"], data["elapsed"], details.pop("type"), details)


@dataclass(frozen=True)
class PaymentResult:
    """How a payment ended, and the steps that led there."""

    payment_request_id: str
    #: Paid, not paid, or it needs manual review.
    outcome: Outcome
    #: The gateway's id of the payment, where it told one.
    payment_id: str | None = None
    #: For ``failed``, the gateway's code, or ``payment.not_sent``.
    failure_code: str | None = None
    #: For ``unresolved``, what could not be settled.
    unresolved_reason: UnresolvedReason | None = None
    #: What needs manual review, also when the payment succeeded.
    alerts: tuple[AlertKind, ...] = ()
    #: What happened since ``pay`` or ``resume`` was called.
    timeline: tuple[TimelineEntry, ...] = field(default=(), repr=False)
    #: What was allowed and is worth knowing, by ``kind``: ``order_amount_differs`` (``order``, ``payment``),
    #: ``below_minimum`` (``wallet``, ``payment``, ``minimum``), ``off_step`` (``wallet``, ``payment``, ``step``),
    #: ``field_missing`` (``path``), ``default_expiry`` (``expiry``: none was stated, so the policy's was sent) and
    #: ``expiry_capped`` (``asked``, ``expiry``: Alipay+ allows no later one), in milliseconds since the epoch.
    warnings: tuple[dict[str, Any], ...] = ()

    @property
    def succeeded(self) -> bool:
        """Whether it is paid."""
        return self.outcome is Outcome.SUCCEEDED

    def to_dict(self) -> dict[str, Any]:
        """The result as a dict of plain values."""
        return {
            "payment_request_id": self.payment_request_id,
            "outcome": self.outcome.value,
            "code": self.failure_code,
            "reason": self.unresolved_reason,
            "payment_id": self.payment_id,
            "alerts": list(self.alerts),
            "timeline": [step.to_dict() for step in self.timeline],
            "warnings": list(self.warnings),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> PaymentResult:
        """Reads what to_dict wrote."""
        return cls(
            payment_request_id=data["payment_request_id"],
            outcome=Outcome(data["outcome"]),
            payment_id=data["payment_id"],
            failure_code=data["code"],
            unresolved_reason=data["reason"],
            alerts=tuple(data["alerts"]),
            timeline=tuple(TimelineEntry.from_dict(step) for step in data["timeline"]),
            warnings=tuple(data["warnings"]),
        )


@dataclass(frozen=True)
class RefundResult:
    """How a refund ended."""

    payment_request_id: str
    refund_request_id: str
    #: Given back, refused, or it needs manual review.
    outcome: RefundOutcome
    #: The gateway's id of the refund, where it told one.
    refund_id: str | None = None
    #: For ``failed``, the gateway's code.
    failure_code: str | None = None
    #: What needs manual review.
    alerts: tuple[AlertKind, ...] = ()
    #: What may still be given back of the payment, in minor units.
    left: int = 0

    def to_dict(self) -> dict[str, Any]:
        """The result as a dict of plain values."""
        return {
            "payment_request_id": self.payment_request_id,
            "refund_request_id": self.refund_request_id,
            "outcome": self.outcome.value,
            "code": self.failure_code,
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
            outcome=RefundOutcome(data["outcome"]),
            refund_id=data["refund_id"],
            failure_code=data["code"],
            alerts=tuple(data["alerts"]),
            left=data["left"],
        )


@dataclass(frozen=True)
class ReverseResult:
    """How a reverse ended, and the steps that led there."""

    payment_request_id: str
    #: Given back, refused, or it needs manual review.
    outcome: ReverseOutcome
    #: For ``refused``, the gateway's code, or ``reverse.refund_unresolved``.
    failure_code: str | None = None
    #: The id of the refund, where one was sent; without one the money came back by a cancel.
    refund_request_id: str | None = None
    #: The gateway's id of the refund, where it told one.
    refund_id: str | None = None
    #: What needs manual review, also when the money was given back.
    alerts: tuple[AlertKind, ...] = ()
    #: What may still be refunded of the payment, in minor units.
    left: int = 0
    #: What happened since ``reverse`` was called.
    timeline: tuple[TimelineEntry, ...] = field(default=(), repr=False)

    @property
    def reversed(self) -> bool:
        """Whether the merchant keeps nothing of the payment."""
        return self.outcome is ReverseOutcome.REVERSED

    def to_dict(self) -> dict[str, Any]:
        """The result as a dict of plain values."""
        return {
            "payment_request_id": self.payment_request_id,
            "outcome": self.outcome.value,
            "code": self.failure_code,
            "refund_request_id": self.refund_request_id,
            "refund_id": self.refund_id,
            "alerts": list(self.alerts),
            "left": self.left,
            "timeline": [step.to_dict() for step in self.timeline],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ReverseResult:
        """Reads what to_dict wrote."""
        return cls(
            payment_request_id=data["payment_request_id"],
            outcome=ReverseOutcome(data["outcome"]),
            failure_code=data["code"],
            refund_request_id=data["refund_request_id"],
            refund_id=data["refund_id"],
            alerts=tuple(data["alerts"]),
            left=data["left"],
            timeline=tuple(TimelineEntry.from_dict(step) for step in data["timeline"]),
        )


@dataclass(frozen=True)
class Notified:
    """What a notification changed.

    ``taken``: it was fed to its payment and stored; acknowledge it, and resume the payment if it has no outcome and
    is not being driven. ``refund_taken``: the same of a refund. ``unknown``: no payment or refund of this id is stored
    here. ``other``: it is not about the result of a payment or of a refund.
    """

    kind: Literal["taken", "refund_taken", "unknown", "other"]
    #: How the payment ended, or for ``refund_taken`` the refund; None while it has no result.
    outcome: Outcome | RefundOutcome | None = None
    payment_request_id: str | None = None
    refund_request_id: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The same as a dict of plain values."""
        return {
            "kind": self.kind,
            "outcome": None if self.outcome is None else self.outcome.value,
            "payment_request_id": self.payment_request_id,
            "refund_request_id": self.refund_request_id,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Notified:
        """Reads what to_dict wrote."""
        outcome = data.get("outcome")
        words = RefundOutcome if data["kind"] == "refund_taken" else Outcome
        return cls(
            data["kind"],
            None if outcome is None else words(outcome),
            data.get("payment_request_id"),
            data.get("refund_request_id"),
        )


def error_of(data: Mapping[str, Any]) -> AlipayError:
    """The exception that stands in JSON."""
    names = ("code", "reason", "hint", "retryable", "path", "scanned_as", "http_status", "content_type")
    return make(*(data[name] for name in names))
