"""Pays, inquires, cancels and refunds with Alipay's official SDKs, and holds the answers against the books.

Each SDK signs its requests and verifies our responses by itself: an answer that does not verify is an exception
there. Ends with a line of figures; any difference ends it with status 1.
"""

import json
import ssl
import sys
import time
import urllib.request
from pathlib import Path

from alipayplusmcp.sdk.default_alipay_client import DefaultAlipayClient as PlusClient
from alipayplusmcp.sdk.exception.exception import AlipayApiException as PlusException
from alipayplusmcp.sdk.model.amount import Amount
from alipayplusmcp.sdk.model.env import Env
from alipayplusmcp.sdk.model.merchant import Merchant
from alipayplusmcp.sdk.model.order import Order
from alipayplusmcp.sdk.model.payment_factor import PaymentFactor
from alipayplusmcp.sdk.model.payment_method import PaymentMethod
from alipayplusmcp.sdk.model.settlement_strategy import SettlementStrategy
from alipayplusmcp.sdk.request.pay.alipay_cancel_payment_request import AlipayCancelPaymentRequest
from alipayplusmcp.sdk.request.pay.alipay_inquiry_payment_request import AlipayInquiryPaymentRequest
from alipayplusmcp.sdk.request.pay.alipay_pay_request import AlipayPayRequest
from alipayplusmcp.sdk.request.pay.alipay_refund_request import AlipayRefundRequest
from com.alipay.ams.api.default_alipay_client import DefaultAlipayClient as AmsClient
from com.alipay.ams.api.exception.exception import AlipayApiException as AmsException
from com.alipay.ams.api.model.amount import Amount as AmsAmount
from com.alipay.ams.api.model.env import Env as AmsEnv
from com.alipay.ams.api.model.merchant import Merchant as AmsMerchant
from com.alipay.ams.api.model.order import Order as AmsOrder
from com.alipay.ams.api.model.store import Store as AmsStore
from com.alipay.ams.api.request.pay.alipay_inquiry_refund_request import AlipayInquiryRefundRequest
from com.alipay.ams.api.request.pay.alipay_pay_cancel_request import AlipayPayCancelRequest
from com.alipay.ams.api.request.pay.alipay_pay_query_request import AlipayPayQueryRequest
from com.alipay.ams.api.request.pay.alipay_refund_request import AlipayRefundRequest as AmsRefundRequest
from com.alipay.ams.api.request.pay.order_code_payment_request import OrderCodePaymentRequest
from com.alipay.ams.api.request.pay.user_presented_code_payment_request import (
    UserPresentedCodePaymentRequest,
)

FOLDER = Path(sys.argv[1])
SANDBOX = json.loads((FOLDER / "sandbox.json").read_text())
BASE = SANDBOX["base_url"]
PAID = "281006020000000000125733"
TOO_POOR = "281006029000000000000004"
NEVER_ANSWERS_FOR_SURE = "281006029000000000000011"

calls = {"ams": 0, "alipay_plus": 0}
wrong = []


def expect(what, found, expected):
    if found != expected:
        wrong.append(f"{what}: {found!r}, expected {expected!r}")


def pkcs1(name):
    """The key as the SDKs want it: they put an RSA PRIVATE KEY marker around it, and let PEM pass as it is."""
    from cryptography.hazmat.primitives import serialization as s

    key = s.load_pem_private_key((FOLDER / SANDBOX[name]).read_bytes(), None)
    return key.private_bytes(s.Encoding.PEM, s.PrivateFormat.TraditionalOpenSSL, s.NoEncryption()).decode()


OUR_KEY = pkcs1("merchant_private_key")
THEIR_KEY = (FOLDER / SANDBOX["gateway_public_key"]).read_text()
STRANGER = (FOLDER / SANDBOX["merchant_public_key"]).read_text()


def control(path, body=None):
    """The sandbox's own pages, over the same TLS."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(BASE + "/sandbox/" + path, data=data)
    with urllib.request.urlopen(request, context=ssl.create_default_context(), timeout=10) as answer:
        return json.load(answer)


def books(protocol, payment):
    for entry in control("ledger")["payments"]:
        if (entry["protocol"], entry["payment_request_id"]) == (protocol, payment):
            return entry
    raise SystemExit(f"{protocol} {payment}: not in the books")


def ask(client, protocol, request):
    calls[protocol] += 1
    return json.loads(client.execute(request))


def result(answer):
    return answer["result"]["resultStatus"], answer["result"]["resultCode"]


def until(what, limit=15):
    end = time.monotonic() + limit
    while time.monotonic() < end:
        answer = what()
        if answer:
            return answer
        time.sleep(0.3)
    raise SystemExit("the payment did not come about")


# --- AMS ---


def ams_order():
    store = AmsStore()
    store.reference_store_id, store.store_name, store.store_mcc = "S1", "Harbour", "5814"
    merchant = AmsMerchant()
    merchant.reference_merchant_id, merchant.merchant_name = "M1", "Coffee House"
    merchant.merchant_mcc, merchant.store = "5814", store
    env = AmsEnv()
    env.store_terminal_id, env.store_terminal_request_time = "TILL7", "2026-11-21T12:00:00.000+08:00"
    order = AmsOrder()
    order.order_description, order.merchant, order.env = "Zwei Kaffee / 两杯咖啡", merchant, env
    order.order_amount = AmsAmount("USD", "1999")
    return order


def ams(key=THEIR_KEY):
    return AmsClient(BASE, SANDBOX["client_id"], OUR_KEY, key)


def ams_pay(payment, code):
    return ask(ams(), "ams", UserPresentedCodePaymentRequest(payment, ams_order(), "USD", "1999", code))


def ams_inquire(payment):
    request = AlipayPayQueryRequest()
    request.payment_request_id = payment
    return ask(ams(), "ams", request)


def ams_cancel(payment):
    request = AlipayPayCancelRequest()
    request.payment_request_id = payment
    return ask(ams(), "ams", request)


def ams_refund(payment_id, refund, value):
    request = AmsRefundRequest()
    request.payment_id, request.refund_request_id = payment_id, refund
    request.refund_amount = AmsAmount("USD", value)
    return ask(ams(), "ams", request)


def walk_ams():
    paid = ams_pay("py-ams-1", PAID)
    expect("ams pay", (result(paid), paid["paymentAmount"]["value"]), (("S", "SUCCESS"), "1999"))
    found = ams_inquire("py-ams-1")
    expect("ams inquiry", (result(found), found["paymentStatus"]), (("S", "SUCCESS"), "SUCCESS"))
    expect("ams refund", result(ams_refund(paid["paymentId"], "py-r1", "999")), ("S", "SUCCESS"))
    expect("ams refund 2", result(ams_refund(paid["paymentId"], "py-r2", "1000")), ("S", "SUCCESS"))
    too_much = ams_refund(paid["paymentId"], "py-r3", "1")
    expect("ams refund 3", result(too_much), ("F", "REFUND_AMOUNT_EXCEED"))
    asked = AlipayInquiryRefundRequest()
    asked.refund_request_id = "py-r2"
    expect("ams inquiryRefund", ask(ams(), "ams", asked)["refundStatus"], "SUCCESS")
    entry = books("ams", "py-ams-1")
    expect("ams books", (entry["captured"], entry["refunded"], entry["net"]), ("1999", "1999", "0"))

    expect("ams refusal", result(ams_pay("py-ams-2", TOO_POOR)), ("F", "USER_BALANCE_NOT_ENOUGH"))
    expect("ams books 2", books("ams", "py-ams-2")["net"], "0")

    expect("ams pending", result(ams_pay("py-ams-3", NEVER_ANSWERS_FOR_SURE)), ("U", "PAYMENT_IN_PROCESS"))
    expect("ams processing", ams_inquire("py-ams-3")["paymentStatus"], "PROCESSING")
    expect("ams cancel", result(ams_cancel("py-ams-3")), ("S", "SUCCESS"))
    expect("ams cancelled", ams_inquire("py-ams-3")["paymentStatus"], "CANCELLED")
    expect("ams books 3", books("ams", "py-ams-3")["state"], "cancelled")

    code = ask(ams(), "ams", OrderCodePaymentRequest("py-ams-4", ams_order(), "USD", "1999"))
    expect("ams order code", (result(code)[0], len(code["orderCodeForm"]["codeDetails"]) > 0), ("S", True))
    until(lambda: ams_inquire("py-ams-4")["paymentStatus"] == "SUCCESS")
    expect("ams books 4", books("ams", "py-ams-4")["net"], "1999")

    # The SDK does verify: with another key the same answer is refused.
    request = AlipayPayQueryRequest()
    request.payment_request_id = "py-ams-1"
    try:
        ams(STRANGER).execute(request)
        wrong.append("ams: an answer verified under another key")
    except AmsException:
        calls["ams"] += 1


# --- Alipay+ ---


def plus(key=THEIR_KEY):
    return PlusClient(BASE, SANDBOX["client_id"], OUR_KEY, key)


def plus_pay(payment):
    """As the SDK's own server fills it in: a cashier payment, with booleans and an integer amount."""
    merchant = Merchant()
    merchant.merchant_display_name = merchant.merchant_name = "Coffee House"
    merchant.merchant_mcc, merchant.reference_merchant_id = "5814", "M1"
    env = Env()
    env.terminal_type, env.os_type = "WAP", "IOS"
    order = Order()
    order.merchant, order.env, order.reference_order_id = merchant, env, payment
    order.order_description, order.order_amount = "Zwei Kaffee / 两杯咖啡", Amount("USD", 1999)
    factor = PaymentFactor()
    factor.is_in_store_payment, factor.is_cashier_payment, factor.presentment_mode = False, True, "UNIFIED"
    settlement = SettlementStrategy()
    settlement.settlement_currency = "USD"
    method = PaymentMethod()
    method.payment_method_type = "CONNECT_WALLET"
    request = AlipayPayRequest()
    request.payment_request_id, request.payment_amount = payment, Amount("USD", 1999)
    request.order, request.payment_factor, request.payment_method = order, factor, method
    request.settlement_strategy, request.payment_redirect_url = settlement, "https://shop.example/result"
    return ask(plus(), "alipay_plus", request)


def plus_inquire(payment):
    request = AlipayInquiryPaymentRequest()
    request.payment_request_id = payment
    return ask(plus(), "alipay_plus", request)


def plus_cancel(payment):
    request = AlipayCancelPaymentRequest()
    request.payment_request_id = payment
    return ask(plus(), "alipay_plus", request)


def plus_refund(payment, refund, value):
    request = AlipayRefundRequest()
    request.payment_request_id, request.refund_request_id = payment, refund
    request.refund_amount = Amount("USD", value)
    return ask(plus(), "alipay_plus", request)


def walk_plus():
    opened = plus_pay("py-plus-1")
    expect("alipay+ pay", result(opened), ("U", "PAYMENT_IN_PROCESS"))
    until(lambda: plus_inquire("py-plus-1")["paymentResult"]["resultStatus"] == "S")
    expect("alipay+ refund", result(plus_refund("py-plus-1", "py-r1", 999)), ("S", "SUCCESS"))
    expect("alipay+ refund 2", result(plus_refund("py-plus-1", "py-r2", 1000)), ("S", "SUCCESS"))
    expect("alipay+ refund 3", result(plus_refund("py-plus-1", "py-r3", 1)), ("F", "REFUND_AMOUNT_EXCEED"))
    entry = books("alipay_plus", "py-plus-1")
    expect("alipay+ books", (entry["captured"], entry["refunded"], entry["net"]), ("1999", "1999", "0"))

    control("customers/py-plus-2", {"plan": "never"})
    expect("alipay+ pay 2", result(plus_pay("py-plus-2")), ("U", "PAYMENT_IN_PROCESS"))
    expect("alipay+ inquiry", plus_inquire("py-plus-2")["paymentResult"]["resultStatus"], "U")
    expect("alipay+ cancel", result(plus_cancel("py-plus-2")), ("S", "SUCCESS"))
    expect("alipay+ books 2", books("alipay_plus", "py-plus-2")["state"], "cancelled")

    control("customers/py-plus-3", {"plan": "fails"})
    plus_pay("py-plus-3")
    refused = until(lambda: (a := plus_inquire("py-plus-3"))["paymentResult"]["resultStatus"] == "F" and a)
    expect("alipay+ refusal", refused["paymentResult"]["resultCode"], "USER_BALANCE_NOT_ENOUGH")
    expect("alipay+ books 3", books("alipay_plus", "py-plus-3")["net"], "0")

    request = AlipayInquiryPaymentRequest()
    request.payment_request_id = "py-plus-1"
    try:
        plus(STRANGER).execute(request)
        wrong.append("alipay+: an answer verified under another key")
    except PlusException:
        calls["alipay_plus"] += 1


walk_ams()
walk_plus()
for line in wrong:
    print(line, file=sys.stderr)
print(
    f"interop: global-open-sdk-python {calls['ams']} calls, ant-intl-alipayplus-mcp {calls['alipay_plus']} calls,"
    f" 7 payments, 4 refunds, {len(wrong)} differences"
)
sys.exit(1 if wrong else 0)
