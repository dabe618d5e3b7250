from __future__ import annotations

import http.server
import logging
import pickle
import threading
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

import alipay_instore as ai
from alipay_instore.metrics import Metrics
from alipay_instore.testing import Gateway, ManualClock, pay_request

from .conftest import Script

FOREVER = "281006029000000000000011"
AFTER_INQUIRIES = "281006029000000000000002"


@pytest.mark.parametrize("protocol", ["ams", "alipay_plus"])
def test_pays_inquires_refunds(gateway: Gateway, protocol: str, tmp_path: Path) -> None:
    with gateway.client(protocol, store=ai.FileStore(tmp_path)) as client:  # type: ignore[arg-type]
        request = pay_request("19.99", "USD")
        result = client.pay(request)
        assert result.succeeded and result.outcome == "succeeded" and result.payment_id
        # The gateway states whole seconds.
        assert result.amount == ai.Amount(1999, "USD") and abs((result.payment_time or 0) - result.timeline[-1].at) < 60_000
        assert [step.event for step in result.timeline] == ["sent", "answered", "concluded"]
        assert ai.PaymentResult.from_dict(result.to_dict()) == result
        assert client.resume(result.payment_request_id).outcome is ai.Outcome.SUCCEEDED
        inquiry = client.inquire(result.payment_request_id)
        assert inquiry.payment_amount == ai.Amount(1999, "USD")
        refund = ai.RefundRequest(refund_request_id=f"R-{result.payment_request_id}"[:64], refund_amount=ai.Amount(500, "USD"))
        given_back = client.refund(result.payment_request_id, refund)
        assert given_back.outcome == "refunded" and given_back.left == 1499
        assert ai.RefundResult.from_dict(given_back.to_dict()) == given_back
        again = client.refund(result.payment_request_id, refund)
        assert (again.outcome, again.refund_id, again.left) == (given_back.outcome, given_back.refund_id, 1499)
        with pytest.raises(ai.RequestError) as exceeded:
            client.refund(result.payment_request_id, ai.RefundRequest(refund_request_id="R2" + protocol, refund_amount=ai.Amount(1500, "USD")))
        assert exceeded.value.code == "request.refund_exceeds"
        again_paid = client.pay(request)
        assert (again_paid.outcome, again_paid.payment_id) == ("succeeded", result.payment_id)
        assert again_paid.may_have_charged and again_paid.may_have_refunded
        row = gateway.payment(result.payment_request_id)
        assert row is not None and (row["state"], row["refunded"], row["net"]) == ("succeeded", "500", "1499")
        if protocol == "ams":
            assert client.inquire_refund(refund.refund_request_id or "").refund_status == "SUCCESS"
        answer = client.call("v1/payments/inquiryPayment", {"paymentRequestId": result.payment_request_id})
        assert answer.body["result"]["resultStatus"] == "S"
        with pytest.raises(ai.RequestError):
            client.resume("nobody")
        assert client.resume_all() == ai.Recovery((), 0)


def test_check_says_what_is_right_and_what_to_do(gateway: Gateway) -> None:
    with gateway.client(notify_url=None) as client:
        report = client.check()
        assert report.healthy, report
        statuses = {check.name: check.status for check in report.checks}
        assert statuses["gateway_key"] == "passed" and statuses["notify_url"] == "warned"
        assert ai.CheckReport.from_dict(report.to_dict()) == report
    right = gateway.merchant()
    closed = ai.Merchant(
        protocol="ams",
        client_id=right.client_id,
        signing_key=ai.SigningKey.load((gateway.folder / "merchant_private_key.pem").read_bytes()),
        gateway_key=ai.VerifyingKey.load((gateway.folder / "gateway_public_key.pem").read_bytes()),
        gateway="http://127.0.0.1:9",
    )
    with ai.Client(closed, store=ai.MemoryStore()) as client:
        report = client.check()
    first = next(check for check in report.checks if check.status == "failed")
    assert not report.healthy and (first.name, first.code) == ("connection", "transport.refused") and first.hint
    assert {check.status for check in report.checks if check.name in ("tls", "client_id")} == {"skipped"}


def test_cancel_from_another_thread(gateway: Gateway) -> None:
    with gateway.client() as client:
        request = pay_request(code=FOREVER)
        results: list[ai.PaymentResult] = []
        payer = threading.Thread(target=lambda: results.append(client.pay(request)))
        payer.start()
        time.sleep(0.3)
        cancelled = client.cancel(request.payment_request_id or "")
        payer.join(30)
        assert cancelled.outcome == "cancelled" == results[0].outcome
        row = gateway.payment(request.payment_request_id or "")
        assert row is not None and row["net"] == "0"


def test_refused_payments(gateway: Gateway) -> None:
    with gateway.client() as client:
        result = client.pay(pay_request(code="281006029000000000000004"))
    assert (result.outcome, result.failure_code) == ("failed", "USER_BALANCE_NOT_ENOUGH")


def test_nothing_answers(gateway: Gateway, gateway_key: ai.SigningKey) -> None:
    key = ai.SigningKey.load((gateway.folder / "merchant_private_key.pem").read_bytes())
    merchant = ai.Merchant(protocol="ams", client_id="C", signing_key=key, gateway_key=gateway_key.verifying_key,
                           gateway="http://127.0.0.1:1")
    with ai.Client(merchant, store=ai.MemoryStore(), clock=gateway.clock, notify_url_configured=True) as client:
        result = client.pay(pay_request())
        assert (result.outcome, result.failure_code) == ("failed", "payment.not_sent")
        with pytest.raises(ai.TransportError) as caught:
            client.inquire("P")
        assert caught.value.code == "transport.refused" and caught.value.retryable


def test_an_order_code_is_shown(gateway: Gateway) -> None:
    forms: list[object] = []

    def on_step(_id: str, step: ai.TimelineEntry) -> None:
        if step.event == "presented":
            forms.append(step.details["form"])

    with gateway.client(on_step=on_step) as client:
        result = client.pay(pay_request(code=None))
    assert result.succeeded and "orderCodeForm" in forms[0]  # type: ignore[operator]


def test_a_notification_reaches_the_payment_that_is_driven(gateway: Gateway) -> None:
    with gateway.client() as client:
        request = pay_request(code=FOREVER)
        results: list[ai.PaymentResult] = []
        payer = threading.Thread(target=lambda: results.append(client.pay(request)))
        payer.start()
        time.sleep(0.2)
        body = {"notifyType": "PAYMENT_RESULT", "result": {"resultStatus": "S", "resultCode": "SUCCESS"},
                "paymentRequestId": request.payment_request_id, "paymentAmount": {"currency": "USD", "value": "1999"}}
        sent = gateway.notification(body)
        notification = client.merchant.verify_notification(headers=sent.headers, body=sent.body, now=gateway.now())
        notified = client.notified(notification)
        assert (notified.kind, notified.payment_request_id) == ("taken", request.payment_request_id)
        payer.join(10)
        assert results[0].succeeded
        sent = gateway.notification({**body, "paymentRequestId": "stranger"})
        notification = client.merchant.verify_notification(headers=sent.headers, body=sent.body, now=gateway.now())
        assert client.notified(notification) == ai.Notified(kind="unknown")


@pytest.mark.parametrize("protocol", ["ams", "alipay_plus"])
def test_a_handler_refuses_what_is_wrong_on_purpose(gateway: Gateway, protocol: ai.Protocol) -> None:
    with gateway.client(protocol, acknowledge_unknown=True) as client:
        for paid in (True, False):
            sent = gateway.notification_of("P", ai.Amount.parse("4.50 USD"), paid=paid, protocol=protocol)
            answer = client.handle_notification(sent.headers, sent.body)
            assert (answer.status, answer.error) == (200, None)
        kinds = gateway.wrong_notifications()
        assert {"unsigned", "stranger", "tampered", "other_path", "stale"} <= set(kinds)
        for kind in kinds:
            sent = gateway.notification_of("P", protocol=protocol, wrong=kind)
            answer = client.handle_notification(sent.headers, sent.body)
            assert answer.status != 200 and answer.error is not None, kind


def test_a_notification_reaches_the_refund(gateway: Gateway) -> None:
    with gateway.client() as client:
        paid = client.pay(pay_request())
        wish = ai.RefundRequest(refund_request_id=f"R{paid.payment_request_id}"[:64], refund_amount=ai.Amount(500, "USD"))
        refund = client.refund(paid.payment_request_id, wish)
        sent = gateway.notification({
            "notifyType": "REFUND_RESULT", "refundStatus": "SUCCESS", "refundRequestId": refund.refund_request_id,
            "refundAmount": {"currency": "USD", "value": "500"}})
        notification = client.merchant.verify_notification(headers=sent.headers, body=sent.body, now=gateway.now())
        notified = client.notified(notification)
        assert notified == ai.Notified(
            kind="taken", payment_request_id=paid.payment_request_id, refund_request_id=refund.refund_request_id,
            outcome=ai.Outcome.SUCCEEDED, alerts=notified.alerts)
        with pytest.raises(ai.PaymentError) as caught:
            client.resolve(paid.payment_request_id, "made", who="Office", refund_request_id=refund.refund_request_id)
        assert caught.value.code == "refund.not_unresolved"


def test_a_reverse_gives_back_the_whole(gateway: Gateway) -> None:
    with gateway.client() as client:
        paid = client.pay(pay_request())
        done = client.reverse(paid.payment_request_id)
        assert done.reversed and (done.outcome, done.left) == ("reversed", 0)
        assert any(step.event == "reverse_concluded" for step in done.timeline)
        assert ai.ReverseResult.from_dict(done.to_dict()) == done
        again = client.reverse(paid.payment_request_id)
        assert (again.outcome, again.refund_request_id) == (done.outcome, done.refund_request_id)
        row = gateway.payment(paid.payment_request_id)
        assert row is not None and row["net"] == "0"
        refused = client.pay(pay_request(code="281006029000000000000004"))
        with pytest.raises(ai.PaymentError) as caught:
            client.reverse(refused.payment_request_id)
        assert caught.value.code == "reverse.nothing_taken"


SHOP = ai.Shop("M1", "Coffee House", "5814", store_id="S1", store_name="Harbour", terminal="TILL7",
               settlement_currency="USD")


@pytest.mark.parametrize("protocol", ["ams", "alipay_plus"])
def test_a_sale_in_one_call(gateway: Gateway, protocol: str) -> None:
    with gateway.client(protocol, shop=SHOP) as client:  # type: ignore[arg-type]
        code = gateway.fresh_code()
        result = client.pay_code(f"]C1{code}\r", ai.Amount.parse("19.99 USD"), "Two coffees")
        assert result.succeeded and "_TILL7_" in result.payment_request_id
        row = gateway.payment(result.payment_request_id)
        assert row is not None and (row["net"], row["currency"]) == ("1999", "USD")
        with pytest.raises(ai.CodeError):
            client.pay_code("https://shop.example", ai.Amount.parse("19.99 USD"), "Two coffees")


def test_a_shop_says_what_is_wrong_with_it(gateway: Gateway) -> None:
    with pytest.raises(ai.ConfigurationError) as missing:
        ai.Shop("M1", "Coffee House", "5814", store_id="S1")
    assert (missing.value.code, missing.value.path) == ("config.missing", "store_name")
    with gateway.client() as client, pytest.raises(ai.ConfigurationError) as without:
        client.pay_code("281006020000000000125733", ai.Amount.parse("19.99 USD"), "Tea")
    assert (without.value.code, without.value.path) == ("config.missing", "shop")
    assert "nothing was sent" in str(without.value.hint)
    for text in ("19.99", "USD 19.99", "19.99  USD"):
        with pytest.raises(ai.AlipayError):
            ai.Amount.parse(text)


def test_a_code_is_good_once(gateway: Gateway) -> None:
    with gateway.client() as client:
        code = gateway.fresh_code()
        assert client.pay(pay_request(code=code)).succeeded
        second = client.pay(pay_request(code=code))
        assert (second.outcome, second.failure_code) == ("failed", "INVALID_CODE")


def test_notes_of_what_is_missing(gateway: Gateway) -> None:
    with gateway.client() as client:
        request = pay_request()
        assert request.order is not None
        request.order.order_description = None
        result = client.pay(request)
        assert {"kind": "field_missing", "path": "order.orderDescription"} in result.warnings


def test_notes_of_the_expiry(gateway: Gateway) -> None:
    # The gateway's clock runs faster than this one.
    now = datetime.now(timezone.utc)
    stated = pay_request()
    stated.payment_expiry_time = now + timedelta(days=2)
    with gateway.client() as client:
        (note,) = [note for note in client.pay(pay_request()).warnings if note["kind"] == "default_expiry"]
        assert datetime.fromtimestamp(note["expiry"] / 1_000, timezone.utc) > now
        assert not [note for note in client.pay(stated).warnings if "expiry" in note]
    with gateway.client("alipay_plus") as client:
        stated.payment_request_id = ai.new_payment_request_id("TEST")
        stated.payment_method = pay_request(code=gateway.fresh_code()).payment_method
        (capped,) = [note for note in client.pay(stated).warnings if note["kind"] == "expiry_capped"]
        assert capped["asked"] == int((now + timedelta(days=2)).timestamp() * 1_000)
        assert capped["expiry"] < capped["asked"]


DEAD = "http://127.0.0.1:9"


def test_u2_this_machine_is_reached_without_a_proxy(script: Script) -> None:
    """Port 9 takes no connection: a payment that went through the proxy would not succeed."""
    done = script(f"""
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            os.environ[name] = {DEAD!r}
        for proxy in ("system", "none", {DEAD!r}):
            with make(proxy=proxy) as client:
                print(client.pay(pay_request()).outcome)
    """)
    assert done.stdout.split() == ["succeeded"] * 3, done.stdout + done.stderr


def test_a_failed_request_says_how(key: ai.SigningKey, gateway_key: ai.SigningKey) -> None:
    merchant = ai.Merchant(
        protocol="ams", client_id="C", signing_key=key, gateway_key=gateway_key.verifying_key, gateway="sea")
    with ai.Client(merchant, store=ai.MemoryStore(), proxy=DEAD) as client:
        with pytest.raises(ai.TransportError) as caught:
            client.inquire("P")
    assert (caught.value.code, caught.value.http_status) == ("transport.proxy", None)

    class Page(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(502)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"<html>bad gateway</html>")

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        merchant = ai.Merchant(
            protocol="ams", client_id="C", signing_key=key, gateway_key=gateway_key.verifying_key,
            gateway=f"http://127.0.0.1:{server.server_port}")
        with ai.Client(merchant, store=ai.MemoryStore()) as client, pytest.raises(ai.TransportError) as caught:
            client.inquire("P")
        server.shutdown()
    error = caught.value
    assert (error.code, error.http_status, error.content_type) == ("transport.http_status", 502, "text/html")
    again = pickle.loads(pickle.dumps(error))
    assert again == error and error.to_dict()["http_status"] == 502
    assert (again.http_status, again.content_type) == (502, "text/html")


def test_requests_ca_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Gateway(tmp_path / "gateway", tls=True, speed=20) as gateway:
        authority = gateway.folder / "ca.pem"
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority))
        with gateway.client(extra_root_certificates=()) as client:
            assert client.pay(pay_request()).succeeded
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "absent.pem"))
        with pytest.raises(ai.ConfigurationError, match="absent.pem"):
            gateway.client()
        with gateway.client(root_certificates=authority.read_bytes(), extra_root_certificates=()) as client:
            assert client.pay(pay_request()).succeeded


def test_the_gateways_time(gateway: Gateway) -> None:
    """Not known before two answers have confirmed each other, whatever this machine's clock says."""
    with gateway.client() as client:
        assert client.gateway_time is None
        client.inquire("nobody")
        assert client.gateway_time is None
        for _ in range(50):
            time.sleep(0.06)
            client.inquire("nobody")
            if client.gateway_time is not None:
                break
        known = client.gateway_time
        assert known is not None and abs(known - gateway.now()) < 5_000


def test_a_closed_client(gateway: Gateway) -> None:
    client = gateway.client()
    request = pay_request(code=FOREVER)
    errors: list[BaseException] = []

    def work() -> None:
        try:
            client.pay(request)
        except ai.AlipayError as error:
            errors.append(error)

    payer = threading.Thread(target=work)
    payer.start()
    time.sleep(0.2)
    client.close()
    client.close()
    payer.join(5)
    assert not payer.is_alive()
    assert [error.code for error in errors] == ["payment.interrupted"]  # type: ignore[attr-defined]
    assert errors[0].may_have_charged and errors[0].payment_request_id == request.payment_request_id  # type: ignore[attr-defined]
    with pytest.raises(ai.TransportError) as caught:
        client.pay(pay_request())
    assert caught.value.code == "client.closed" and client.closed and caught.value.may_have_charged


@pytest.mark.parametrize(("options", "kind", "match"), [
    ({"timeout": 0}, ai.ConfigurationError, "timeout"), ({"timeout": -1}, ai.ConfigurationError, "timeout"),
    ({"timeout": float("nan")}, ai.ConfigurationError, "timeout"), ({"timeout": 1e300}, ai.ConfigurationError, "timeout"),
    ({"connect_timeout": float("inf")}, ai.ConfigurationError, "timeout"), ({"timeout": None}, TypeError, "timeout must be"),
    ({"timeout": "5"}, TypeError, "timeout must be"),
    ({"proxy": "ftp://proxy:21"}, ai.ConfigurationError, "transport.configuration"), ({"proxy": None}, TypeError, "proxy"),
    ({"idle_timeout": 0}, ai.ConfigurationError, "idle_timeout"),
    ({"root_certificates": b"none"}, ai.ConfigurationError, "transport.configuration"),
    ({"proxy": "not a url"}, ai.ConfigurationError, "transport.configuration"),
    ({"extra_root_certificates": b"none"}, ai.ConfigurationError, "transport.configuration"),
    ({"store": object()}, TypeError, "object lacks insert"), ({"store": None}, TypeError, "NoneType lacks insert"),
    ({"owner_timeout": 0}, ai.ConfigurationError, "owner_timeout"), ({"limits": 5}, TypeError, "limits must be a Limits"),
    ({"limits": ai.Limits(in_flight=0)}, ai.ConfigurationError, "limits.in_flight"), ({"claims": "no"}, TypeError, "claims"),
    ({"policy": ai.Policy("alipay_plus")}, ai.ConfigurationError, "policy.protocol"),
])
def test_wrong_settings(gateway: Gateway, options: dict[str, object], kind: type[Exception], match: str) -> None:
    with pytest.raises(kind, match=match):
        gateway.client(**options)  # type: ignore[arg-type]


def test_wrong_requests(gateway: Gateway) -> None:
    with gateway.client() as client:
        for request in (None, {"paymentRequestId": "x"}, "text", ai.RefundRequest()):
            with pytest.raises(TypeError, match="must be a PayRequest"):
                client.pay(request)  # type: ignore[arg-type]
        for identifier in (None, 5):
            with pytest.raises(TypeError):
                client.resume(identifier)  # type: ignore[arg-type]
        with pytest.raises(ai.RequestError) as caught:
            client.pay(ai.PayRequest())
        assert caught.value.code == "request.missing" and caught.value.path


def test_steps_are_logged_without_secrets(
    gateway: Gateway, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], key: ai.SigningKey
) -> None:
    caplog.set_level(logging.DEBUG)
    code = "281006029000000000000003"
    with gateway.client() as client:
        request = pay_request(code=code)
        result = client.pay(request)
        printed = [repr(x) for x in (client, client.merchant, request, result, key, result.timeline)]
    record = next(r for r in caplog.records if r.getMessage().endswith("attempt=1") and "sent" in r.getMessage())
    assert record.payment_request_id == result.payment_request_id and record.operation == "pay"  # type: ignore[attr-defined]
    captured = capfd.readouterr()
    everything = "\n".join([caplog.text, captured.out, captured.err, *printed, *(str(r.__dict__) for r in caplog.records)])
    assert result.payment_request_id in everything and code not in everything
    pem = (gateway.folder / "merchant_private_key.pem").read_text().splitlines()
    assert not any(line in everything for line in pem[1:-1])


def test_an_observer_that_raises_does_not_harm(gateway: Gateway) -> None:
    import sys

    seen: list[object] = []
    before, sys.unraisablehook = sys.unraisablehook, seen.append

    def broken(_id: str, _step: ai.TimelineEntry) -> None:
        raise ZeroDivisionError

    try:
        with gateway.client(on_step=broken) as client:
            assert client.pay(pay_request()).succeeded
    finally:
        sys.unraisablehook = before
    assert len(seen) == 3


def test_a_manual_clock(alipay_gateway_manual: Gateway) -> None:
    gateway = alipay_gateway_manual
    assert isinstance(gateway.clock, ManualClock)
    with gateway.client() as client:
        results: list[ai.PaymentResult] = []
        request = pay_request(code="281006029000000000000002")
        payer = threading.Thread(target=lambda: results.append(client.pay(request)))
        payer.start()
        deadline = time.monotonic() + 30
        while payer.is_alive() and time.monotonic() < deadline:
            time.sleep(0.02)
            gateway.advance(500)
        assert results[0].succeeded
        inquiries = [s for s in results[0].timeline if s.event == "sent" and s.operation == "inquiry"]
        assert len(inquiries) == 3


def test_tls(tmp_path: Path) -> None:
    with Gateway(tmp_path, tls=True, speed=20) as gateway:
        assert gateway.base_url.startswith("https://")
        with gateway.client() as client:
            assert client.pay(pay_request()).succeeded
        with gateway.client(extra_root_certificates=()) as client, pytest.raises(ai.TransportError) as caught:
            client.inquire("P")
        assert caught.value.code == "transport.certificate"


def test_steps_are_measured_for_opentelemetry(gateway: Gateway) -> None:
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import HistogramDataPoint, InMemoryMetricReader, NumberDataPoint

    reader, seen = InMemoryMetricReader(), []
    meter = MeterProvider([reader]).get_meter("till")
    with gateway.client(on_step=Metrics(meter, then=lambda id, step: seen.append(step.event))) as client:
        paid = client.pay(pay_request(code=AFTER_INQUIRIES))
        refund = ai.RefundRequest(refund_request_id=f"R{paid.payment_request_id}"[:64], refund_amount=ai.Amount(100, "USD"))
        client.refund(paid.payment_request_id, refund)
    data = reader.get_metrics_data()
    assert data is not None
    metrics: dict[str, dict[str, float]] = {}
    for metric in data.resource_metrics[0].scope_metrics[0].metrics:
        for point in metric.data.data_points:
            words = " ".join(str(value) for value in (point.attributes or {}).values())
            value = point.value if isinstance(point, NumberDataPoint) else 0
            metrics.setdefault(metric.name, {})[words] = point.count if isinstance(point, HistogramDataPoint) else value
    inquiries = sum(step.event == "answered" and step.operation == "inquiry" for step in paid.timeline)
    assert inquiries >= 3
    assert metrics["alipay_instore.payments"] == {"succeeded": 1}
    assert metrics["alipay_instore.refunds"] == {"refunded": 1}
    assert metrics["alipay_instore.requests"] == {"pay U": 1, "inquiry S": inquiries, "refund S": 1}
    assert metrics["alipay_instore.request.duration"] == {"pay": 1, "inquiry": inquiries, "refund": 1}
    assert "concluded" in seen and "refund_concluded" in seen
