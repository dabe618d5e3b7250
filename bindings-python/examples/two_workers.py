"""Processes that share one store: some begin payments and never wait, others finish them.

    python two_workers.py worker SANDBOX_JSON STORE_FOLDER
    python two_workers.py sell SANDBOX_JSON STORE_FOLDER PRICE CURRENCY PAYMENT_CODE
    python two_workers.py status SANDBOX_JSON STORE_FOLDER PAYMENT_REQUEST_ID

Run as many of each as you like. A request to a web server ends within seconds; its payment does not depend on it. What a
process leaves behind when it is stopped or killed, a worker takes over.
"""

from __future__ import annotations

import sys
from typing import Any

from till import request

import alipay_instore as ai


def open_client(sandbox: str, folder: str, **options: Any) -> ai.Client:
    merchant = ai.Merchant.from_file(sandbox)
    return ai.Client(merchant, store=ai.FileStore(folder), notify_url_configured=True, **options)


def worker(sandbox: str, folder: str) -> None:
    """Ctrl-C ends it, and the end of the block gives back what it drives."""
    with open_client(sandbox, folder) as client:
        print("working", flush=True)
        client.run_worker()


def sell(sandbox: str, folder: str, price: str, currency: str, code: str) -> str:
    """Begins a payment and ends: the worker goes on with it."""
    with open_client(sandbox, folder, claims=False) as client:
        return client.start(request(price, currency, code)).payment_request_id


def status(sandbox: str, folder: str, payment_request_id: str) -> str:
    """How it stands, as a page that polls would ask."""
    with open_client(sandbox, folder, claims=False) as client:
        result = client.status(payment_request_id)
    return result.outcome or f"in progress: {result.phase}"


if __name__ == "__main__":
    try:
        match sys.argv[1:]:
            case ["worker", *words]:
                worker(*words)
            case ["sell", *words]:
                print(sell(*words))
            case ["status", *words]:
                print(status(*words))
    except KeyboardInterrupt:
        print("ended")
