"""What comes from outside, and what goes there: no exception of Python's for a stranger's input, names in errors, JSON, pickle,
copy, and records of the log."""

from __future__ import annotations

import copy
import json
import logging
import pickle
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

import alipay_instore as ai
from alipay_instore import models
from alipay_instore.testing import Gateway, pay_request

LONE = "\ud800"
HUGE = 10**5000


@pytest.mark.parametrize(("make", "code"), [
    (lambda: ai.Amount.from_major(Decimal("1E+999999999"), "USD"), "amount.too_long"),
    (lambda: ai.Amount.from_major(HUGE, "USD"), "amount.too_long"),
    (lambda: ai.Amount.from_major("1" * 5001, "USD"), "amount.too_long"),
    (lambda: ai.Amount.from_minor(HUGE, "USD"), "amount.too_long"),
    (lambda: ai.Amount.from_minor(-HUGE, "USD"), "amount.too_long"),
    (lambda: ai.Amount(HUGE, "USD"), "amount.too_long"),
    (lambda: ai.Amount.from_major(LONE, "USD"), "config.invalid"),
    (lambda: ai.Amount.from_major("1", LONE), "config.invalid"),
    (lambda: ai.PaymentCode.from_scan(LONE), "code.not_digits"),
    (lambda: ai.SigningKey.load(LONE), "key.not_a_key"),
    (lambda: ai.advice(protocol="ams", operation="pay", result_status="F", result_code=LONE), "config.invalid"),
    (lambda: ai.ChinaOrder(goods=[ai.SoldGoods(LONE, 1)]).to_texts(), "config.invalid"),
    (lambda: ai.ChinaOrder(goods=[ai.SoldGoods("Tea", HUGE)]).to_texts(), "config.invalid"),
    (lambda: ai.Payment.restore(LONE), "config.invalid"),
    (lambda: ai.new_payment_request_id(LONE), "config.invalid"),
    (lambda: ai.wallet_minimum(LONE), "config.invalid"),
])
def test_u20_values_of_strangers(make: Callable[[], object], code: str) -> None:
    with pytest.raises(ai.AlipayError) as caught:
        make()
    assert caught.value.code == code


@pytest.mark.parametrize("body", [
    b"", "", b"\x00", b"[" * 100_000, b'{"a":' + b"1" * 5001 + b"}", b"\xff", LONE, {}, {"notifyType": "PAYMENT_RESULT"}, None, [], 5,
])
def test_u20_bodies_of_strangers(gateway: Gateway, body: Any) -> None:
    """An empty body, one that a framework has parsed already, and worse: an answer for the gateway, and no exception."""
    with gateway.client() as client:
        handled = client.handle_notification({}, body)
        assert handled.error is not None and handled.status in (400, 500)
        for headers in ({"Signature": LONE}, {LONE: "x"}):
            assert client.handle_notification(headers, b"{}").status == 400
        with pytest.raises(ai.AlipayError):
            client.merchant.verify_notification(headers={}, body=body)
        with pytest.raises(ai.AlipayError):
            client.merchant.verify_response("/p", headers={}, body=body)
    if not isinstance(body, (bytes, str)):
        assert handled.error.code == "config.invalid" and handled.error.path == "body" and "raw body" in handled.error.hint


def test_u20_numbers_of_strangers_are_read() -> None:
    long = "1" * 5001
    assert models.Order.from_dict({"orderAmount": HUGE, "goods": HUGE, "env": HUGE}).extra
    reading = models.PayRequest.from_dict({"paymentExpiryTime": HUGE})
    assert reading.payment_expiry_time is None
    from alipay_instore._model import parse_json

    assert parse_json(f'{{"a": {long}, "b": 5}}') == {"a": Decimal(long), "b": 5}


def test_arguments_are_named(gateway: Gateway) -> None:
    with gateway.client() as client:
        paid = client.pay(pay_request())
        calls: list[tuple[Callable[[], object], str]] = [
            (lambda: client.status(5), "payment_request_id must be str, not int"),  # type: ignore[arg-type]
            (lambda: client.resume(None), "payment_request_id must be str, not NoneType"),  # type: ignore[arg-type]
            (lambda: client.inquire_refund(b"x"), "refund_request_id must be str, not bytes"),  # type: ignore[arg-type]
            (lambda: client.pay(pay_request(), wallet=5), "wallet must be str, not int"),  # type: ignore[arg-type]
            (lambda: client.acknowledge_alert(paid.payment_request_id, "1", who="x"), "number must be an int, not str"),  # type: ignore[arg-type]
            (lambda: client.acknowledge_alert(paid.payment_request_id, 1, who=5), "who must be str, not int"),  # type: ignore[arg-type]
            (lambda: ai.advice(protocol=1, operation="pay", result_status="F", result_code="X"), "protocol must be str, not int"),  # type: ignore[arg-type]
            (lambda: ai.PaymentCode(28), "a payment code must be str, not int"),  # type: ignore[arg-type]
        ]
        for call, words in calls:
            with pytest.raises(TypeError) as caught:
                call()
            assert str(caught.value) == words
        surrogates: list[tuple[Callable[[], object], str]] = [
            (lambda: client.status(LONE), "payment_request_id"),
            (lambda: client.acknowledge_alert(paid.payment_request_id, 1, who=LONE), "who"),
            (lambda: client.call(f"/ams/{LONE}", {}), "path"),
            (lambda: client.call("/ams/x", {"a": ["b", {"c": LONE}]}), "a[1].c"),
        ]
        for call, path in surrogates:
            with pytest.raises(ai.AlipayError) as refused:
                call()
            assert refused.value.path == path and path in str(refused.value)
        request = pay_request()
        assert request.order is not None
        request.order.order_description = f"coffee{LONE}"
        with pytest.raises(ai.RequestError) as refused:
            client.pay(request)
        assert refused.value.path == "order.orderDescription" and not refused.value.may_have_charged
        for number in (float("nan"), float("inf"), HUGE):
            with pytest.raises(ai.RequestError):
                client.call("/ams/x", {"a": number})
        with pytest.raises(ai.RequestError, match="no alert"):
            client.acknowledge_alert(paid.payment_request_id, HUGE, who="x")


def test_notes_of_others_stay_notes() -> None:
    error = ai.StoreError("store.failed", "the disk is full")
    error.add_note("till 7")
    # Python 3.10 has no notes.
    assert error.path is None and getattr(error, "__notes__", ["till 7"]) == ["till 7"]


def test_results_are_json(gateway: Gateway) -> None:
    with gateway.client() as client:
        paid = client.pay(pay_request())
        refund = models.RefundRequest(refund_request_id="R-json", refund_amount=ai.Amount.from_major("1.00", "USD"))
        for result in (paid, client.refund(paid.payment_request_id, refund), client.reverse(paid.payment_request_id),
                       client.alerts(), client.resume_all(), client.handle_notification({}, b"{}")):
            assert json.loads(json.dumps(result.to_dict())) == result.to_dict()
        with pytest.raises(ai.AlipayError) as caught:
            client.status("nobody")
        assert json.loads(json.dumps(caught.value.to_dict()))["code"] == "request.unknown_payment"


def test_pickle_and_copy_work_or_say_why_not(gateway: Gateway, tmp_path: Any) -> None:
    merchant = gateway.merchant()
    sent = gateway.notification({"notifyType": "OTHER"})
    with gateway.client() as client:
        paid = client.pay(pay_request())
        ledger = [client, merchant, ai.Merchants([merchant]), ai.MemoryStore(), ai.ScannedLines(), ai.SqlStore(f"sqlite:{tmp_path}/p.db", migrate=True),
                  merchant.verify_notification(headers=sent.headers, body=sent.body, now=gateway.now()),
                  ai.Payment(pay_request(), merchant=merchant, notify_url_configured=True)]
        for thing in ledger:
            for way in (pickle.dumps, copy.copy, copy.deepcopy):
                with pytest.raises(TypeError, match=r"can't be pickled or copied: \w"):
                    way(thing)
        order = pay_request(code=None)
        for value in (paid, order, ai.Amount(1, "USD"), paid.timeline[0]):
            assert pickle.loads(pickle.dumps(value)) == copy.deepcopy(value) == value
    store = ai.FileStore(tmp_path / "store")
    again = pickle.loads(pickle.dumps(store))
    assert again.folder == store.folder


def test_records_of_the_log_keep_their_names(gateway: Gateway, caplog: pytest.LogCaptureFixture) -> None:
    """A logger, or a processor such as structlog's, has these names for something else."""
    caplog.set_level(logging.INFO)
    with gateway.client() as client:
        client.pay(pay_request())
        client.pay(pay_request(code=next(row["code"] for row in gateway.behaviours() if row["name"] == "reply_unsigned")))
    records = [record for record in caplog.records if record.name == "alipay_instore"]
    plain = set(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
    added = {name for record in records for name in set(vars(record)) - plain}
    assert {"payment_request_id", "step", "elapsed"} <= added
    assert not added & {"event", "name", "message", "msg", "args", "level", "logger", "timestamp"}
