"""The till that `make crash-test-python` kills: it begins a payment, or takes one up again, and says how it ended.

    crash_till.py pay    SANDBOX.JSON STORE PROTOCOL ID CODE MINOR-UNITS CURRENCY
    crash_till.py resume SANDBOX.JSON STORE PROTOCOL ID

The last line is ``{"outcome": …}`` or ``{"error": …}``; the tills of the other languages have the same words.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

import alipay_instore as ai
from alipay_instore.testing import FastClock, pay_request


def request(protocol: str, identifier: str, code: str, value: str, currency: str) -> ai.PayRequest:
    made = pay_request(code=code, payment_request_id=identifier)
    made.payment_amount = ai.Amount.from_minor(value, currency)
    if protocol == "ams":
        made.payment_notify_url = "http://127.0.0.1:9/nobody-listens"
    return made


def main(verb: str, sandbox: str, store: str, protocol: Any, identifier: str, *payment: str) -> str:
    settings = json.loads(Path(sandbox).read_text())
    clock = FastClock(settings["clock_origin_ms"], settings["speed"])
    merchant = ai.Merchant.from_file(sandbox, protocol=protocol)
    # Who was killed counts as dead soon, or the payment would expire before it goes on.
    with ai.Client(merchant, store=ai.FileStore(store), clock=clock, owner_timeout=0.5) as client:
        if verb == "pay":
            result = client.pay(request(protocol, identifier, *payment), wait=math.inf)
        else:
            result = client.resume(identifier, wait=math.inf)
    if result.outcome is None:
        raise ai.PaymentError("payment.interrupted", "the payment is still in progress")
    return result.outcome.value


if __name__ == "__main__":
    try:
        print(json.dumps({"outcome": main(*sys.argv[1:])}))
    except ai.AlipayError as error:
        print(error, file=sys.stderr)
        print(json.dumps({"error": error.code}))
