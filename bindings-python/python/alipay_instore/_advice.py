"""What a result means, and what to tell the people at the till and at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from . import _native

Protocol = Literal["ams", "alipay_plus"]
Operation = Literal["pay", "inquiry", "cancel", "refund", "refund_inquiry", "notify"]


@dataclass(frozen=True)
class Advice:
    """What a result means, and what to do about it."""

    #: Such as ``succeeded``, ``payment_refused``, ``in_process`` or ``unknown``.
    meaning: str
    #: The canonical spelling of the code; None for a code that no document names.
    code: str | None
    cashier_en: str
    cashier_zh: str
    developer_en: str
    developer_zh: str
    #: Whether a new attempt needs a new id.
    new_id_needed: bool
    #: What may be sent next: ``no``, ``same_request``, ``new_id`` or ``inquire``.
    retry: Literal["no", "same_request", "new_id", "inquire"]

    def to_dict(self) -> dict[str, Any]:
        """The advice as a dict of plain values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Advice:
        """Reads what to_dict wrote."""
        return cls(**data)


def advice(
    *, protocol: Protocol, operation: Operation, result_status: str, result_code: str
) -> Advice:
    """What a result of the gateway means for the operation it answers. The status letter is read before the code."""
    return Advice(**_native.advice(protocol, operation, result_status, result_code))
