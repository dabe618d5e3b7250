from __future__ import annotations

import pickle
from typing import Any

import pytest

import alipay_instore as ai
from alipay_instore.testing import Gateway, pay_request


def payment(policy: ai.Policy | None = None) -> ai.Payment:
    order = ai.PaymentOrder("P1", ai.Amount(1999, "USD"), "PaymentCode", request={"paymentRequestId": "P1"})
    return ai.Payment(order, policy=policy or ai.Policy("ams"))


def test_the_machine_pays() -> None:
    machine = payment()
    assert (machine.state, machine.outcome, machine.next_wakeup) == ("ready", None, None)
    (send,) = machine.begin(now=1_000)
    assert isinstance(send, ai.Send) and send.operation == "pay" and send.path == "/ams/api/v1/payments/pay"
    assert "body" not in repr(send) and machine.next_wakeup is not None
    machine = ai.Payment.restore(machine.snapshot())
    (again,) = machine.handle(ai.Resumed(), 1_500)
    assert again == send
    reply = {"result": {"resultStatus": "S", "resultCode": "SUCCESS"}, "paymentRequestId": "P1", "paymentId": "G1",
             "paymentAmount": {"currency": "USD", "value": "1999"}}
    (conclude,) = machine.handle(ai.Reply(send.send_id, send.operation, reply), 2_000)
    assert isinstance(conclude, ai.Conclude) and conclude.outcome == "succeeded"
    assert (machine.state, machine.payment_id, machine.next_wakeup) == ("succeeded", "G1", None)
    assert machine.amount == ai.Amount(1999, "USD") and machine.begun_at == 1_000


def test_what_the_machine_refuses() -> None:
    machine = payment()
    with pytest.raises(ai.PaymentError) as caught:
        machine.handle(ai.Tick(), 5)
    assert caught.value.code == "payment.not_begun"
    machine.begin(5)
    refused: list[tuple[ai.PaymentEvent, str]] = [
        (ai.NoReply(9, "pay"), "payment.unknown_send"), (ai.Begin(), "payment.already_begun"),
        (ai.NoReply(1, "cancel"), "payment.wrong_operation")]
    for event, code in refused:
        with pytest.raises(ai.PaymentError) as caught:
            machine.handle(event, 6)
        assert caught.value.code == code
    with pytest.raises(TypeError, match="is not an event"):
        machine.handle("tick", 6)  # type: ignore[arg-type]
    with pytest.raises(ai.PaymentError):
        machine.handle(ai.Tick(), -1)


def test_the_expiry_that_was_sent() -> None:
    machine = payment()
    assert machine.expiry_warning is None
    machine.begin(1_000)
    assert machine.expiry is not None and machine.expiry_warning == {"kind": "default_expiry", "expiry": machine.expiry}
    order = ai.PaymentOrder("P1", ai.Amount(1999, "USD"), "PaymentCode", 900_000, request={"paymentRequestId": "P1"})
    machine = ai.Payment(order, policy=ai.Policy("alipay_plus"))
    machine.begin(1_000)
    assert machine.expiry_warning == {"kind": "expiry_capped", "asked": 900_000, "expiry": 61_000}


def test_keys_that_nobody_accepts_are_suspected() -> None:
    """Answers that can't be verified settle nothing, and tell what to look at."""
    unverified: list[dict[str, Any]] = [{"unsigned_code": "SIGNATURE_INVALID"}, {"wrong_key": True}]
    for why in unverified:
        machine = payment()
        actions = machine.begin(0)
        at = 0
        while machine.outcome is None and "configuration_suspected" not in machine.alerts:
            for action in actions:
                if isinstance(action, ai.Send):
                    machine.handle(ai.NoReply(action.send_id, action.operation, **why), at)
            assert machine.next_wakeup is not None
            at = machine.next_wakeup
            actions = machine.handle(ai.Tick(), at)
        assert "configuration_suspected" in machine.alerts, why
        assert machine.outcome in (None, ai.Outcome.UNRESOLVED)


def test_an_answer_that_is_stale_settles_nothing() -> None:
    body = {"result": {"resultStatus": "S", "resultCode": "SUCCESS"}, "paymentId": "G1", "paymentTime": "2026-11-22T00:00:00Z"}
    for stale, alerts in ((True, ["stale_answer"]), (False, [])):
        machine = payment()
        machine.begin(600_000)
        machine.handle(ai.Reply(1, "pay", body, signed_at=1_000 if stale else 600_500, stale=stale), 601_000)
        assert (machine.outcome is None, [kind for kind in machine.alerts if kind == "stale_answer"]) == (stale, alerts)


def test_failures_carry_the_gateways_code() -> None:
    machine = payment()
    (send,) = machine.begin(0)
    assert isinstance(send, ai.Send)
    body = {"result": {"resultStatus": "F", "resultCode": "USER_BALANCE_NOT_ENOUGH"}}
    machine.handle(ai.Reply(send.send_id, "pay", body), 10)
    assert machine.outcome == "failed" and machine.failure_code == "USER_BALANCE_NOT_ENOUGH"


@pytest.mark.parametrize(("text", "code"), [("", "snapshot.malformed"), ("{}", "snapshot.malformed")])
def test_snapshots_that_are_none(text: str, code: str) -> None:
    with pytest.raises(ai.PaymentError) as caught:
        ai.Payment.restore(text)
    assert caught.value.code == code


def test_policies() -> None:
    policy = ai.Policy("ams", inquiry_limit=10)
    assert policy.to_dict()["inquiry_limit"] == 10 and ai.Policy.from_dict(policy.to_dict()) == policy
    assert pickle.loads(pickle.dumps(policy)) == policy
    wrong: list[tuple[dict[str, Any], str]] = [({"inquiry_limit": 5}, "policy.inquiry_limit"), ({"nonsense": 1}, "config.invalid"),
                          ({"reply_time": 1.5}, "config.invalid"), ({"reply_time": 0}, "policy.value")]
    for changes, code in wrong:
        with pytest.raises(ai.ConfigurationError) as caught:
            ai.Policy("ams", **changes)
        assert caught.value.code == code


def test_a_payment_of_a_request(gateway: Gateway) -> None:
    merchant = gateway.merchant()
    machine = ai.Payment(pay_request(), merchant=merchant, notify_url_configured=True)
    (send,) = machine.begin()
    assert isinstance(send, ai.Send) and "281006020000000000125733" in send.body
    request = merchant.sign_request(send.path, send.body)
    assert request.url == gateway.base_url + send.path and request.headers["Client-Id"] == gateway.client_id
    assert "Python" in request.headers["User-Agent"]
    bad = pay_request()
    assert bad.order is not None
    assert bad.order.merchant is not None
    bad.order.merchant.reference_merchant_id = None
    with pytest.raises(ai.RequestError) as caught:
        ai.Payment(bad, merchant=merchant, notify_url_configured=True)
    assert (caught.value.code, caught.value.path) == ("request.missing", "order.merchant.referenceMerchantId")
    with pytest.raises(TypeError):
        ai.Payment({"paymentRequestId": "x"}, merchant=merchant)  # type: ignore[arg-type]


def test_an_http_client_of_ones_own(gateway: Gateway) -> None:
    import urllib.request

    merchant = gateway.merchant()
    machine = ai.Payment(pay_request(), merchant=merchant, notify_url_configured=True)
    (send,) = machine.begin(gateway.now())
    assert isinstance(send, ai.Send)
    signed = merchant.sign_request(send.path, send.body, now=gateway.now())
    request = urllib.request.Request(signed.url, data=signed.body, headers=signed.headers, method="POST")
    with urllib.request.urlopen(request, timeout=10) as answer:
        response = merchant.verify_response(signed.path, headers=answer.headers, body=answer.read())
    machine.handle(ai.Reply(send.send_id, send.operation, response.body), gateway.now())
    assert machine.outcome == "succeeded"
    assert response.signed_at is not None and abs(response.signed_at - gateway.now()) < 60_000
    assert not response.text_replaced
    with pytest.raises(ai.SignatureError):
        merchant.verify_response(signed.path, headers=answer.headers, body=b"{}")
