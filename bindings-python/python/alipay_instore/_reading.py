"""What verified messages say, for hosts with an HTTP client of their own."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from . import _native
from ._amount import Amount
from ._merchant import Body
from ._model import parse_json
from ._value import Value, read_by
from ._words import Meaning, Money, Named, Operation, PayAnswer, Protocol, RefundAnswer, Scenario, Stated, Status


@dataclass(frozen=True)
class Reading(Value):
    """What the verified body of an answer or a notification says. It decides nothing: the machines do.

    What is compared with ours is ``absent``, ``ours`` or ``other``, and None where ours was not given.
    """

    #: By the letter of the result; any other letter is ``U``.
    status: Status
    #: The result code as it stands.
    code: str
    #: What status and code mean for the operation, as in ``Advice.meaning``.
    meaning: Meaning
    #: What the body says of the money, or of the answer to pay; None for cancel and refund.
    says: PayAnswer | Money | RefundAnswer | None
    #: For what failed, the code that says why.
    failure_code: str | None
    #: Whether the status is a word that is not documented.
    unknown_word: bool
    payment_request_id: str | None
    payment_id: str | None
    refund_request_id: str | None
    refund_id: str | None
    #: Whether the body names our payment.
    names_payment: Named | None
    #: Whether it states our amount.
    payment_amount: Stated | None
    #: Whether it names our refund.
    names_refund: Named | None
    #: Whether it states the amount of our refund.
    refund_amount: Stated | None
    #: The forms for the customer that are there, by their names.
    form: tuple[str, ...] = field(metadata=read_by(tuple))
    #: When the form expires, in milliseconds since the epoch.
    form_expiry: int | None
    #: When it was paid, in milliseconds since the epoch.
    payment_time: int | None
    #: Some text was not UTF-8 and was replaced.
    text_replaced: bool


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
