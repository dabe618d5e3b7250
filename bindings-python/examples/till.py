"""A till: scan, pay, print the receipt. Ctrl-C cancels the payment; a till that was switched off goes on with it.

    python till.py SANDBOX_JSON STORE_FOLDER PRICE CURRENCY PAYMENT_CODE
"""

from __future__ import annotations

import sys
from typing import Any

import alipay_instore as ai
from alipay_instore import models


def request(price: str, currency: str, code: str) -> ai.PayRequest:
    return ai.PayRequest(
        payment_request_id=ai.new_payment_request_id("TILL7"),
        payment_factor=models.PaymentFactor(in_store_payment_scenario="PaymentCode"),
        payment_amount=ai.Amount.from_major(price, currency),
        payment_method=models.PaymentMethod(
            payment_method_type="CONNECT_WALLET", payment_method_id=ai.PaymentCode.from_scan(code)
        ),
        order=models.Order(
            reference_order_id="ORDER-1",
            order_description="Two coffees",
            merchant=models.OrderMerchant(
                reference_merchant_id="M1",
                merchant_mcc="5814",
                merchant_name="Coffee House",
                store=models.OrderStore(reference_store_id="S1", store_name="Harbour", store_mcc="5814"),
            ),
            env=models.Env(store_terminal_id="TILL7"),
        ),
    )


def receipt(result: ai.PaymentResult) -> str:
    if result.succeeded:
        return f"PAID, number {result.payment_id}"
    if result.in_progress:
        return f"NOT KNOWN YET: enter {result.payment_request_id} again"
    if result.outcome is ai.Outcome.UNRESOLVED:
        return f"CALL THE OFFICE: {result.unresolved_reason}"
    if result.failure_code is None:
        return f"NOT PAID: {result.outcome}"
    advice = ai.advice(protocol="ams", operation="pay", result_status="F", result_code=result.failure_code)
    return f"NOT PAID: {advice.cashier_en}"


def main(sandbox: str, folder: str, price: str, currency: str, code: str, **options: Any) -> int:
    merchant = ai.Merchant.from_file(sandbox)
    with ai.Client(merchant, store=ai.FileStore(folder), notify_url_configured=True, **options) as client:
        # Returns at once: what was under way goes on beside the next sale.
        for earlier in client.resume_all().payments:
            print(f"from before: {earlier.payment_request_id}: {earlier.error or 'goes on'}")
        for open_alert in client.alerts().alerts:
            print(f"CALL THE OFFICE: {open_alert.payment_request_id}: {open_alert.alert.detail}")
        try:
            payment = request(price, currency, code)
        except ai.AlipayError as error:
            print(f"scan again: {error.hint}")
            return 2
        try:
            result = client.pay(payment)
        except KeyboardInterrupt:
            result = client.cancel(payment.payment_request_id or "")
        except ai.AlipayError as error:
            print(f"{'MAY BE PAID' if error.may_have_charged else 'NOT PAID'}: {error.hint}")
            return 3
        print(receipt(result))
        return 0 if result.succeeded else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
