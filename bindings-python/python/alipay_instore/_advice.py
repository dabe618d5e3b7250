"""What a result means, and what to tell the people at the till and at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from . import _native
from ._value import Value
from ._words import Meaning, Operation, Protocol, Retry


@dataclass(frozen=True)
class Advice(Value):
    """What a result means, and what to do about it."""

    #: What it means for the operation that it answers.
    meaning: Meaning
    #: The canonical spelling of the code; None for a code that no document names.
    code: str | None
    #: What the cashier is told, in English.
    cashier_en: str
    #: What the cashier is told, in Chinese.
    cashier_zh: str
    #: What the developer is told, in English.
    developer_en: str
    #: What the developer is told, in Chinese.
    developer_zh: str
    #: Whether a new attempt needs a new id.
    new_id_needed: bool
    #: What may be sent next.
    retry: Retry


def advice(
    *, protocol: Protocol, operation: Operation, result_status: str, result_code: str
) -> Advice:
    """What a result of the gateway means for the operation it answers. The status letter is read before the code."""
    return Advice(**_native.advice(protocol, operation, result_status, result_code))
