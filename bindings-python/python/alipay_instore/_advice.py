"""What a result means, and what to tell the people at the till and at the desk."""

from __future__ import annotations

import json

from . import _native
from ._reports import Advice
from ._words import Operation, Protocol


def advice(
    *, protocol: Protocol, operation: Operation, result_status: str, result_code: str
) -> Advice:
    """What a result of the gateway means for the operation it answers. The status letter is read before the code."""
    return Advice.from_dict(json.loads(_native.advice(protocol, operation, result_status, result_code)))
