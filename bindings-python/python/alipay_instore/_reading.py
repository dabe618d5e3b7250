"""What verified messages say, for hosts with an HTTP client of their own."""

from __future__ import annotations

import json
from typing import Any

from . import _native
from ._amount import Amount
from ._merchant import Body
from ._model import parse_json
from ._results import Reading
from ._words import Operation, Protocol, Scenario


def read_verified(
    *,
    protocol: Protocol,
    operation: Operation,
    body: Body,
    scenario: Scenario | None = None,
    payment_request_id: str | None = None,
    payment_amount: Amount | None = None,
    refund_request_id: str | None = None,
    refund_amount: Amount | None = None,
) -> Reading:
    """Reads a body whose signature was verified, as the machines read it. What is ours is compared where it is given."""
    ours: dict[str, Any] = {
        "scenario": scenario,
        "payment_request_id": payment_request_id,
        "payment_amount": _amount(payment_amount),
        "refund_request_id": refund_request_id,
        "refund_amount": _amount(refund_amount),
    }
    given = {name: value for name, value in ours.items() if value is not None}
    return Reading.from_dict(parse_json(_native.read_verified(protocol, operation, body, json.dumps(given))))


def _amount(amount: Amount | None) -> dict[str, str] | None:
    return None if amount is None else {"value": str(amount.value), "currency": amount.currency}


def unverified_result_code(body: Body) -> str | None:
    """The result code that an answer without a signature names, for ``NoReply(unsigned_code=…)``. It settles nothing."""
    return _native.unverified_result_code(body)
