"""Amounts, codes, routes, advice, errors, models."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from dataclasses import is_dataclass
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import alipay_instore as ai
from alipay_instore import models
from alipay_instore.testing import SignedNotification, pay_request

CODE = "281006020000000000125733"


@pytest.mark.parametrize("price", ["19.99", Decimal("19.99"), Decimal("1999E-2")])
def test_prices(price: str | Decimal) -> None:
    amount = ai.Amount.from_major(price, "USD")
    assert (amount.value, amount.currency, amount.to_major()) == (1999, "USD", Decimal("19.99"))
    assert str(amount) == "19.99 USD" and repr(amount) == "Amount('19.99', 'USD')"


def test_whole_prices_and_rounding() -> None:
    assert ai.Amount.from_major(20, "USD").value == 2000
    assert ai.Amount.from_major(Decimal("1E+2"), "JPY").value == 100
    assert ai.Amount.from_major("1.005", "USD", rounding="half_up").value == 101
    assert ai.Amount.from_major("5.5", "IDR", rounding="half_even", rules="alipay").value == 600
    assert isinstance(ai.Amount.from_minor("1999", "USD").to_major(), Decimal)


@pytest.mark.parametrize("make", [ai.Amount.from_major, ai.Amount, ai.Amount.from_minor])
def test_floats_are_refused_with_a_hint(make: Callable[[float, str], object]) -> None:
    with pytest.raises(ai.AmountError) as caught:
        make(19.99, "USD")
    assert caught.value.code == "amount.float" and "decimal" in caught.value.hint


@pytest.mark.parametrize("price", [None, True, {}, b"1"])
def test_other_prices_are_type_errors(price: object) -> None:
    with pytest.raises(TypeError, match="money must be"):
        ai.Amount.from_major(price, "USD")  # type: ignore[arg-type]


@pytest.mark.parametrize(("price", "currency", "code"), [
    ("1.001", "USD", "amount.excess_precision"), ("-1", "USD", "amount.format"), ("NaN", "USD", "amount.format"),
    (Decimal("Infinity"), "USD", "amount.format"), (-1, "USD", "amount.format"), ("1", "usd", "currency.format"),
    ("1", "XXQ", "currency.unknown"), ("1", "XAU", "currency.no_minor_unit"), (10**20, "USD", "amount.too_long"),
])
def test_wrong_prices(price: object, currency: str, code: str) -> None:
    with pytest.raises(ai.AmountError) as caught:
        ai.Amount.from_major(price, currency)  # type: ignore[arg-type]
    assert caught.value.code == code


def test_many_prices() -> None:
    first, second = ai.Amount.from_major_many(["1.00", "x"], "USD")
    assert first == ai.Amount(100, "USD")
    assert isinstance(second, ai.AmountError) and second.code == "amount.format"
    with pytest.raises(TypeError, match="many prices"):
        ai.Amount.from_major_many("1.00", "USD")


def test_amounts_are_values() -> None:
    amount = ai.Amount(1999, "USD")
    assert pickle.loads(pickle.dumps(amount)) == copy.deepcopy(amount) == ai.Amount.from_dict(amount.to_dict())
    assert len({amount, ai.Amount(1999, "USD"), ai.Amount(1999, "EUR")}) == 2
    with pytest.raises(AttributeError):
        amount.value = 5  # type: ignore[misc]
    assert ai.wallet_minimum("ALIPAY_HK") == ai.Amount(10, "HKD") and ai.wallet_minimum("X") is None


def test_payment_codes_are_masked() -> None:
    code = ai.PaymentCode(f" {CODE}\r\n")
    assert code.expose() == CODE and code.digits == 24
    for text in (repr(code), str(code), f"{code}", code.masked):
        assert CODE not in text and "28" in text and "33" in text
    assert code == ai.PaymentCode(CODE) and hash(code) == hash(ai.PaymentCode(CODE)) and copy.deepcopy(code) is code
    with pytest.raises(TypeError, match="secret"):
        pickle.dumps(code)
    for text, expected in [("", "code.length"), ("28\udcff" + "1" * 14, "code.not_digits"), ("28x", "code.not_digits"), ("2" * 16, "code.prefix")]:
        with pytest.raises(ai.CodeError) as caught:
            ai.PaymentCode(text)
        assert caught.value.code == expected
    with pytest.raises(TypeError):
        ai.PaymentCode(None)  # type: ignore[arg-type]


@pytest.mark.parametrize("scanned", [
    f"]C1{CODE}\r", f"\x02{CODE}\x03\r\n", b"]Q1281006020000000000125733\n281006020000000000125733",
    "2810 0602 0000 0000 0012 5733", bytearray(CODE.encode()), f"\ufeff{CODE}"])
def test_u12_what_a_scanner_delivers(scanned: str | bytes | bytearray) -> None:
    code = ai.PaymentCode.from_scan(scanned)
    assert (code.expose(), code.kind, code.routing_number) == (CODE, "cgcp", "006")
    assert CODE not in repr(code)


@pytest.mark.parametrize(("scanned", "code", "what"), [
    ("https://qr.alipay.com/x", "code.not_digits", "shop_code"), (CODE[:16] * 2, "code.length", "repeated_code"),
    ("134567890123456789", "code.prefix", "wechat_pay"), ("6212345678901234567", "code.prefix", "union_pay"),
    ("28" + "7" * 26, "code.length", "reserved_length"), ("12345", "code.length", None), ("28\udcff", "code.not_digits", None)])
def test_u12_what_was_scanned_instead(scanned: str, code: str, what: str | None) -> None:
    with pytest.raises(ai.CodeError) as caught:
        ai.PaymentCode.from_scan(scanned)
    assert (caught.value.code, caught.value.scanned_as) == (code, what)
    assert pickle.loads(pickle.dumps(caught.value)).scanned_as == what
    for wrong in (None, 5, ["28"]):
        with pytest.raises(TypeError):
            ai.PaymentCode.from_scan(wrong)  # type: ignore[arg-type]


def test_u12_a_serial_scanner() -> None:
    lines = ai.ScannedLines()
    assert lines.push(f"]C1{CODE[:10]}".encode()) == [] and CODE[:10] not in repr(lines)
    good, bad = lines.push(f"{CODE[10:]}\rnot a code\r\n".encode())
    assert good == ai.PaymentCode(CODE) and isinstance(bad, ai.CodeError) and bad.code == "code.not_digits"
    lines.push(CODE)
    assert lines.finish() == good and lines.finish() is None
    assert ai.PaymentCode("2893612204263667830").kind == "alipay_plus_19"
    assert ai.PaymentCode("2893612204263667830").routing_number is None


def test_wallets() -> None:
    assert (ai.wallet_of_psp_id("1022172000000000001"), ai.wallet_of_psp_id("1")) == ("KAKAOPAY", None)
    assert (ai.wallet_step("JKOPAY"), ai.wallet_step("DANA")) == (ai.Amount(100, "TWD"), None)


def test_reading_a_verified_body() -> None:
    body = {"result": {"resultStatus": "S", "resultCode": "SUCCESS"}, "paymentStatus": "SUCCESS", "paymentRequestId": "P1",
            "paymentAmount": {"currency": "USD", "value": "1999"}}
    found = ai.read_verified(
        protocol="ams", operation="inquiry", body=json.dumps(body), payment_request_id="P1",
        payment_amount=ai.Amount(1998, "USD"))
    assert (found.says, found.names_payment, found.payment_amount) == ("paid", "ours", "other")
    assert (found.refund_amount, found.form, found.text_replaced) == (None, (), False)
    unsigned = b'{"result":{"resultStatus":"F","resultCode":"SIGNATURE_INVALID"}}'
    assert ai.unverified_result_code(unsigned) == "SIGNATURE_INVALID" and ai.unverified_result_code(b"<html>") is None
    with pytest.raises(ai.MessageError):
        ai.read_verified(protocol="ams", operation="pay", body=b"[]")


def test_routes() -> None:
    wallet = ai.DirectWallet("MPAY", routing_number="003", min_length=16)
    router = ai.Router(alipay_plus=True, ruleset="alipay_plus", direct=[wallet])
    direct = router.route("281003020000000000125733")
    assert direct == ai.Route(target="wallet", wallet="MPAY", rule="direct_wallet")
    assert router.route(ai.PaymentCode(CODE)).target == "alipay_plus"
    many = router.route_many([CODE, "1", "281003020000000000125733"])
    assert many[0] is router.route(CODE) and many[2] == direct
    assert isinstance(many[1], ai.CodeError) and many[1].code == "code.length"
    assert ai.Route.from_dict(direct.to_dict()) == direct
    assert pickle.loads(pickle.dumps(router)).route(CODE) == router.route(CODE)
    both = ai.Router(direct=[ai.DirectWallet("ALIPAY_HK"), ai.DirectWallet("ALIPAY_CN")])
    assert both.route("28" + "1" * 15).alternatives == ("ALIPAY_CN",)
    with pytest.raises(ai.ConfigurationError) as caught:
        ai.Router(direct=[ai.DirectWallet("MPAY")])
    assert caught.value.code == "router.configuration" and caught.value.path == "direct[0]"
    with pytest.raises(TypeError, match="PaymentCode or str"):
        router.route(5)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        router.route_many([None])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="not one str"):
        router.route_many(CODE)
    with pytest.raises(TypeError, match="must be a DirectWallet"):
        ai.Router(direct=["MPAY"])  # type: ignore[list-item]


def test_advice() -> None:
    advice = ai.advice(protocol="ams", operation="pay", result_status="F", result_code="USER_BALANCE_NOT_ENOUGH")
    assert (advice.meaning, advice.new_id_needed, advice.retry) == ("payment_refused", True, "new_id")
    assert ai.Advice.from_dict(advice.to_dict()) == advice
    unknown = ai.advice(protocol="alipay_plus", operation="pay", result_status="U", result_code="NEVER_SEEN")
    assert unknown.meaning == "unknown" and unknown.code is None
    with pytest.raises(ai.ConfigurationError):
        ai.advice(protocol="x", operation="pay", result_status="S", result_code="")  # type: ignore[arg-type]


def test_every_code_has_a_class() -> None:
    from alipay_instore._errors import CLASSES

    shared = Path(__file__).resolve().parents[2] / "tests" / "vectors" / "errors.json"
    codes = ai.error_codes()
    assert len({code.code for code in codes}) == len(codes) > 80
    if shared.exists():
        listed = json.loads(shared.read_text())
        assert [(c["code"], c["category"], c["retryable"], c["hint"]) for c in listed] == [
            (c.code, c.category, c.retryable, c.hint) for c in codes
        ]
    assert {code.category for code in codes} == set(CLASSES)
    charged = {code.code: code.may_have_charged for code in codes}
    assert (charged["key.empty"], charged["transport.timeout"]) == ("never", "maybe")
    for code in codes:
        kind = CLASSES[code.category]
        assert issubclass(kind, ai.AlipayError) and not issubclass(kind, (KeyError, OSError, ValueError))
        error = kind(code.code, "why", path="a.b", scanned_as="shop_code", http_status=502, content_type="text/html")
        again = pickle.loads(pickle.dumps(error))
        assert again == error and type(again) is kind and str(again) == str(error)
        assert (again.code, again.hint, again.retryable, again.path) == (code.code, code.hint, code.retryable, "a.b")
        assert (again.scanned_as, again.http_status, again.content_type) == ("shop_code", 502, "text/html")
    assert not issubclass(ai.AlipayError, KeyError) and issubclass(ai.InternalError, Exception)


def test_models_write_the_gateways_names() -> None:
    request = pay_request("19.99", "USD", payment_request_id="P1")
    data = request.to_dict()
    assert data["paymentAmount"] == {"currency": "USD", "value": "1999"}
    assert data["paymentMethod"]["paymentMethodId"] == CODE
    assert data["order"]["merchant"]["store"]["storeMCC"] == "5814"
    assert models.PayRequest.from_dict(data) == request
    assert CODE not in repr(request) and "Coffee" not in repr(request) and "P1" in repr(request)


def test_models_read_leniently() -> None:
    answer = models.InquiryResponse.from_dict({
        "result": {"resultStatus": "S", "resultCode": 7}, "paymentStatus": "SOMETHING_NEW", "paymentAmount": {"value": "x"},
        "settlementQuote": {"quotePrice": Decimal("0.88156063"), "guaranteed": "true"}, "brandNew": [1], "paymentId": None,
        "transactions": [{"transactionId": 5}], "paymentResult": "S",
    })
    assert answer.result is not None and answer.result.result_code == "7" and answer.payment_status == "SOMETHING_NEW"
    assert answer.settlement_quote is not None and answer.settlement_quote.quote_price == Decimal("0.88156063")
    assert answer.settlement_quote.guaranteed is True and answer.transactions[0].transaction_id == "5"
    assert answer.payment_result is not None and answer.payment_result.result_status == "S"
    assert answer.extra == {"brandNew": [1], "paymentAmount": {"value": "x"}} and answer.payment_amount is None
    assert answer.to_dict()["brandNew"] == [1]


def test_models_refuse_wrong_types() -> None:
    request = pay_request()
    request.payment_amount = 19.99  # type: ignore[assignment]
    with pytest.raises(ai.AmountError) as caught:
        request.to_dict()
    assert caught.value.code == "amount.float" and caught.value.path == "paymentAmount"
    request.payment_amount = {"value": "1"}  # type: ignore[assignment]
    with pytest.raises(TypeError, match="paymentAmount must be an Amount"):
        request.to_dict()
    request = pay_request()
    request.payment_expiry_time = datetime(2030, 1, 1)
    with pytest.raises(ai.RequestError, match="time zone"):
        request.to_dict()
    request.payment_expiry_time = datetime(2030, 1, 1, tzinfo=timezone.utc)
    assert request.to_dict()["paymentExpiryTime"] == "2030-01-01T00:00:00.000+00:00"


def test_a_misspelt_field_is_an_error() -> None:
    with pytest.raises(TypeError, match="paymentAmount"):
        models.PayRequest(paymentAmount=ai.Amount(1, "USD"))  # type: ignore[call-arg]
    request = pay_request()
    with pytest.raises(AttributeError, match="PayRequest has no field payment_notifyurl"):
        request.payment_notifyurl = "https://shop.example"  # type: ignore[attr-defined]
    with pytest.raises(ai.ConfigurationError):
        ai.Policy("ams", inquiry_limits=10)  # type: ignore[call-arg]


def test_extended_information_travels_as_text() -> None:
    info = models.ExtendMembers(china_extra_trans_info=models.ChinaExtraTransInfo(business_type="5"))
    env = models.Env(extend_info=info)
    assert json.loads(env.to_dict()["extendInfo"]) == {"chinaExtraTransInfo": {"businessType": "5"}}
    assert models.Env.from_dict(env.to_dict()) == env


def test_what_alipay_in_china_asks() -> None:
    order = ai.ChinaOrder(
        hotels=[ai.Hotel("Peninsula", "2026-11-22", "2026-11-24"), ai.Hotel("Grand", "2026-11-24", "2026-11-25")],
        flights=[ai.Flight("CA981", "2026-11-22 08:30")], admission_notice_urls=["https://school.example/1"],
        goods=[ai.SoldGoods("Tea", 2), ai.SoldGoods("Cup", 1)], other=True)
    texts = order.to_texts()
    assert texts.to_dict() == {
        "businessType": "1|2|3|4|5", "hotelName": "Peninsula|Grand", "checkinTime": "2026-11-22|2026-11-24",
        "checkoutTime": "2026-11-24|2026-11-25", "flightNumber": "CA981", "departureTime": "2026-11-22 08:30",
        "admissionNoticeUrl": "https://school.example/1", "goodsInfo": "Tea^2|Cup^1", "totalQuantity": "3",
    }
    assert ai.ChinaOrder.from_dict(json.loads(json.dumps(order.to_dict()))) == order
    assert ai.ChinaOrder().to_texts().business_type == "5"
    env = models.Env(store_terminal_id="T", extend_info=order.to_extend_info())
    assert json.loads(env.to_dict()["extendInfo"]) == {"chinaExtraTransInfo": texts.to_dict()}
    with pytest.raises(ai.RequestError) as caught:
        ai.ChinaOrder(goods=[ai.SoldGoods("Tea^x", 2)]).to_texts()
    assert caught.value.code == "request.invalid"
    assert caught.value.path == "order.env.extendInfo.chinaExtraTransInfo.goodsInfo"
    for quantity in (-1, 1.5, "2", None):
        with pytest.raises((TypeError, ai.ConfigurationError), match="quantity"):
            ai.ChinaOrder(goods=[ai.SoldGoods("Tea", quantity)]).to_texts()  # type: ignore[arg-type]


ALERT = ai.Alert(
    number=1, part="refund", refund_request_id="R", kind="refund_failed", detail="why", at=5,
    acknowledged=ai.AlertAcknowledgement(who="Office", at=6))
STEP = ai.TimelineEntry(1, 2, "sent", {"operation": "pay"})
ERROR = ai.PaymentError("payment.interrupted", "why", may_have_charged=True, payment_request_id="P")
FLAGS: dict[str, Any] = {"code_ignored": False, "stored": True, "may_have_charged": False, "may_have_refunded": True}
PAYMENT = ai.PaymentResult(
    payment_request_id="P", outcome=ai.Outcome.FAILED, phase="failed", amount=ai.Amount(1999, "USD"), payment_id="G", payment_time=7,
    failure_code="X", alerts=(ALERT,), timeline=(STEP,), warnings=({"kind": "field_missing", "path": "order"},), **FLAGS)
WAITING = ai.PaymentResult(
    payment_request_id="P", phase="awaiting_customer", amount=ai.Amount(5, "JPY"), form={"orderCodeForm": {}}, **FLAGS)
GIVEN_BACK: dict[str, Any] = {"payment_request_id": "P", "left": 5, "stored": True, "may_have_refunded": True}
REFUND = ai.RefundResult(refund_request_id="R", outcome=ai.RefundOutcome.UNRESOLVED, alerts=(ALERT,), **GIVEN_BACK)
REVERSE = ai.ReverseResult(
    outcome=ai.ReverseOutcome.REFUSED, failure_code="X", refund_request_id="R", alerts=(ALERT,), timeline=(STEP,), **GIVEN_BACK)
NOTIFIED = ai.Notified(
    kind="taken", payment_request_id="P", refund_request_id="R", outcome=ai.Outcome.SUCCEEDED, alerts=(ALERT,))
ROW = ai.StoreRow("P", "M", "paying", None, ai.Amount(1, "USD"), 1, False, False, 1, 2, None, None, ("R",), "{}", 3, "owner")

FINDING = ai.Finding(code="verifies", also=("body.end",), found="found", evidence="evidence", change="change")
SIGNED = ai.SignedDigest(padding="pkcs1", hash="sha256", digest="00")
TRIED = ai.TriedKey(name="gateway", version=1, bits=2048, fingerprint="f", signer=True)
DIAGNOSIS = ai.Diagnosis(
    summary="summary", findings=(FINDING,), excluded=("excluded",), signed=SIGNED, keys=(TRIED,), tried=1, complete=True,
    text="summary\n")
CHECK = ai.Check(name="clock", status="failed", detail="d", hint="h", code="transport.tls")

VALUES = [
    FINDING, SIGNED, TRIED, DIAGNOSIS,
    ai.PaymentOrder("P1", ai.Amount(1999, "USD"), "PaymentCode", 5, request={"paymentRequestId": "P1"}),
    ai.Begin(), ai.Reply(1, "pay", {"a": {"b": "c"}}), ai.NoReply(2, "inquiry", "not_sent"), ai.NotifiedEvent({"a": "b"}),
    ai.CancelRequested(), ai.Resumed(), ai.Tick(), ai.Send(1, 2, "pay", "/p", "{}"), ai.Present(1, {"orderCodeForm": {}}),
    ai.AlertAction(1, "id_mismatch", "why"), ai.Conclude(1, ai.Outcome.SUCCEEDED),
    ai.RefundConclude(1, ai.RefundOutcome.FAILED, "X"), ai.RefundStanding("R", ai.Amount(1, "USD"), "ready"),
    ai.RefundOrder("R", ai.Amount(1, "USD"), request={"refundRequestId": "R"}), ai.Resolution("made", "who", "note", 1),
    ai.ReverseConclude(1, ai.ReverseOutcome.REFUSED, "X"), ai.ReverseStanding(ai.Amount(1, "USD"), "cancelling"),
    REVERSE, ai.ReverseResult(**GIVEN_BACK), PAYMENT, WAITING, ALERT, ALERT.acknowledged, STEP,
    ai.Recovered("P", PAYMENT), ai.Recovered("P", None, ERROR), ai.Recovery((ai.Recovered("P", PAYMENT),), 2),
    CHECK, ai.Check(name="keys", status="passed", detail="d", hint=""), ai.CheckReport(healthy=True, checks=(CHECK,)),
    ai.PaymentAlert("P", ALERT), ai.Unreadable("P", ERROR), ai.Alerts((ai.PaymentAlert("P", ALERT),), (ai.Unreadable("P", ERROR),)),
    ROW, ai.StoreQuery("M", None, True, None, 1, (5, "P"), 10), ai.StorePage((ROW,), (5, "P")), ai.Heartbeats(True, {"a": 1}),
    ai.Limits(in_flight=1),
    ai.Shop("M1", "Coffee House", "5814", store_id="S1", store_name="Harbour"), NOTIFIED,
    ai.read_verified(protocol="ams", operation="pay", body=b"{}"),
    ai.SignedRequest("https://x/p", "/p", {"a": "b"}, b"\xff{}"), ai.Acknowledgement(200, {"a": "b"}, b"{}"),
    ai.VerifiedResponse({"a": "b"}, False, 1, "T", 5, None), ai.Hotel("a", "b", "c"), ai.Flight("a", "b"), ai.SoldGoods("a", 1),
    SignedNotification("/p", {"a": "b"}, b"{}"), ai.DirectWallet("MPAY", "003"), ai.Route(target="wallet", wallet="MPAY", rule="direct_wallet", alternatives=("X",)),
    ai.error_codes()[0], ai.Notified(kind="unknown"),
    REFUND, ai.RefundResult(refund_request_id="R", **GIVEN_BACK), ai.Amount(1, "USD"),
    models.ApiResult(result_status="S", extra={"x": [1]}),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_every_value_survives_json(value: Any) -> None:
    data = value.to_dict()
    again = type(value).from_dict(json.loads(json.dumps(data)))
    assert again == value and type(again) is type(value) and again.to_dict() == data
    assert value != object() and type(value).__name__ in repr(value)
    if not isinstance(value, models.Model):
        with pytest.raises((TypeError, KeyError)):
            type(value).from_dict({"type": "something else", "nonsense": 1})


def test_no_value_was_forgotten() -> None:
    """Whatever is a dataclass has been through the test above."""
    tried = {type(value) for value in VALUES} | {ai.Advice, ai.ChinaOrder, ai.HandledNotification}
    found = {thing for thing in vars(ai).values() if isinstance(thing, type) and is_dataclass(thing)}
    assert {thing for thing in found if not issubclass(thing, models.Model)} <= tried


def test_reprs_show_no_secret() -> None:
    order = ai.PaymentOrder("P1", ai.Amount(1999, "USD"), "PaymentCode", request={"paymentMethodId": CODE})
    for value in (order, ai.Send(1, 2, "pay", "/p", CODE), ai.Reply(1, "pay", {"x": CODE})):
        assert CODE not in repr(value)


def test_ids() -> None:
    ids = {ai.new_payment_request_id("TILL7", now=5) for _ in range(100)}
    assert len(ids) == 100 and all(one.startswith("5_TILL7_") and len(one) <= 64 for one in ids)
    with pytest.raises(TypeError):
        ai.new_payment_request_id("T", now=1.5)  # type: ignore[arg-type]


def test_qr_codes() -> None:
    text = "https://qr.example/pay?order=ab-cd"
    assert ai.qr_svg(text).startswith("<?xml") and ai.qr_png(text).startswith(b"\x89PNG\r\n\x1a\n")
    # By another encoder, with each mask that the standard allows.
    others = json.loads((Path(__file__).parents[2] / "core/tests/fixtures/qr.json").read_text())["codes"]
    assert len(others) == 3 and all(ai.qr_terminal(other["text"]) in other["terminal"] for other in others)
    assert "\x1b[97;40m" in ai.qr_terminal(text, colours=True)
    with pytest.raises(ai.RequestError) as error:
        ai.qr_svg("x" * 5_000)
    assert error.value.code == "qr.too_long"
