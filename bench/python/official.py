"""The official SDK at the same work: `python official.py calls FOLDER` and `python official.py pay FOLDER`.

The keys of the first are those of `bench fixtures`, the folder of the second is that of the gateway.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from itertools import count
from pathlib import Path

from com.alipay.ams.api.default_alipay_client import DefaultAlipayClient
from com.alipay.ams.api.model.amount import Amount
from com.alipay.ams.api.model.env import Env
from com.alipay.ams.api.model.merchant import Merchant
from com.alipay.ams.api.model.order import Order
from com.alipay.ams.api.model.store import Store
from com.alipay.ams.api.request.pay.user_presented_code_payment_request import UserPresentedCodePaymentRequest
from com.alipay.ams.api.tools import signature_tool
from cryptography.hazmat.primitives import serialization
from questions import Answer, answer_each, timed

PART, FOLDER = sys.argv[1], Path(sys.argv[2])
AT_ONCE = 64


def pkcs1(file: Path) -> str:
    """The private key in the format that the SDK takes."""
    key = serialization.load_pem_private_key(file.read_bytes(), None)
    form = serialization.PrivateFormat.TraditionalOpenSSL
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


def calls() -> None:
    messages = json.loads((FOLDER / "messages.json").read_text())
    client_id, moment = messages["client_id"], str(messages["now_ms"])
    request, notification = ((FOLDER / f"{name}.json").read_text() for name in ("request", "notification"))
    private, public = pkcs1(FOLDER / "merchant_private.pem"), (FOLDER / "gateway_public.pem").read_text()
    signature = messages["signature"].rpartition("signature=")[2]

    def sign() -> object:
        return signature_tool.sign("POST", messages["path"], client_id, moment, request, private)

    def verify() -> None:
        good = signature_tool.verify(
            "POST", messages["notify_path"], client_id, moment, notification, signature, public
        )
        assert good

    answer_each({"sign": timed(sign), "verify": timed(verify)})


def pay() -> None:
    sandbox = json.loads((FOLDER / "sandbox.json").read_text())
    private = pkcs1(FOLDER / sandbox["merchant_private_key"])
    public = (FOLDER / sandbox["gateway_public_key"]).read_text()
    numbers = count()
    run = time.time_ns()

    def order(id: str) -> Order:
        store = Store()
        store.reference_store_id, store.store_name, store.store_mcc = "S1", "Harbour", "5814"
        merchant = Merchant()
        merchant.reference_merchant_id, merchant.merchant_name = "M1", "Coffee House"
        merchant.merchant_mcc, merchant.store = "5814", store
        env = Env()
        env.store_terminal_id, env.store_terminal_request_time = "TILL7", "2026-11-21T12:00:00.000+08:00"
        order = Order()
        order.order_description, order.merchant, order.env = "Two coffees", merchant, env
        order.order_amount, order.reference_order_id = Amount("USD", "1999"), id
        return order

    def work(until: float, made: list[int], failed: list[str]) -> None:
        try:
            made.append(pay_until(until))
        # Whatever it is, it is the reason why nothing is measured.
        except Exception as error:  # noqa: BLE001
            failed.append(f"{type(error).__name__}: {error}")

    def pay_until(until: float) -> int:
        client = DefaultAlipayClient(sandbox["base_url"], sandbox["client_id"], private, public)
        number = 0
        while time.monotonic() < until:
            one = next(numbers)
            id, code = f"sdk-{run}-{one}", f"2810060280011{one:011d}"
            request = UserPresentedCodePaymentRequest(id, order(id), "USD", "1999", code)
            answer = json.loads(client.execute(request))
            assert answer["result"]["resultStatus"] == "S", answer
            number += 1
        return number

    def measure(seconds: float) -> Answer:
        made: list[int] = []
        failed: list[str] = []
        begun, used = time.monotonic(), time.process_time()
        threads = [threading.Thread(target=work, args=(begun + seconds, made, failed)) for _ in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        taken, used = time.monotonic() - begun, time.process_time() - used
        if failed:
            raise RuntimeError(f"{len(failed)} of {AT_ONCE} threads failed: {failed[0]}")
        return {"per_second": sum(made) / taken, "processor_us_each": used * 1e6 / sum(made)}

    answer_each({"pay": measure})


{"calls": calls, "pay": pay}[PART]()
