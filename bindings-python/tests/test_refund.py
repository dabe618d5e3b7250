"""The refund machine and its ledger, for hosts that do their own I/O."""

from __future__ import annotations

import urllib.request
from typing import Any

import pytest

import alipay_instore as ai
from alipay_instore.testing import Gateway, pay_request

PAID = {"result": {"resultStatus": "S", "resultCode": "SUCCESS"}, "paymentId": "G1"}


def payment(*, begun: bool = True, paid: bool = True) -> ai.Payment:
    order = ai.PaymentOrder("P1", ai.Amount(1000, "USD"), "PaymentCode", request={"paymentRequestId": "P1"})
    machine = ai.Payment(order, policy=ai.Policy("ams"))
    if begun:
        machine.begin(0)
    if paid:
        machine.handle(ai.Reply(1, "pay", PAID), 1)
    return machine


def wish(identifier: str, value: int, currency: str = "USD") -> ai.RefundRequest:
    return ai.RefundRequest(refund_request_id=identifier, refund_amount=ai.Amount(value, currency))


def test_gives_back_and_counts(gateway: Gateway) -> None:
    merchant = gateway.merchant()
    ledger = ai.RefundLedger(payment())
    assert (ledger.payment_request_id, ledger.payment_id, ledger.paid) == ("P1", "G1", ai.Amount(1000, "USD"))
    entered = ledger.enter(wish("R1", 400), merchant=merchant)
    assert entered == ledger.refund("R1") == ai.RefundStanding("R1", ai.Amount(400, "USD"), "ready")
    assert entered.outcome is None and (ledger.left, ledger.refunded) == (600, 0)
    assert ledger.enter(wish("R1", 400), merchant=merchant) == entered, "entered before"
    (send,) = ledger.handle("R1", ai.Begin(), 10)
    assert isinstance(send, ai.Send) and (send.operation, send.path) == ("refund", "/ams/api/v1/payments/refund")
    assert '"paymentId":"G1"' in send.body
    ledger = ai.RefundLedger.restore(ledger.snapshot())
    assert ledger.handle("R1", ai.Resumed(), 20) == [send]
    assert ledger.handle("R1", ai.NoReply(send.send_id, send.operation), 30) == []
    standing = ledger.refund("R1")
    assert standing is not None and standing.state == "refunding" and standing.next_wakeup is not None
    (again,) = ledger.handle("R1", ai.Tick(), standing.next_wakeup)
    assert isinstance(again, ai.Send) and again.body == send.body
    done = {"result": {"resultStatus": "S", "resultCode": "SUCCESS"}, "refundId": "9"}
    assert ledger.handle("R1", ai.Reply(again.send_id, "refund", done), 9_000) == [
        ai.RefundConclude(3, ai.RefundOutcome.REFUNDED)]
    assert (ledger.left, ledger.refunded) == (600, 400) and repr(ledger).endswith("paid=10.00 USD, left=600)")
    (standing,) = ledger.refunds
    assert standing.outcome is ai.RefundOutcome.REFUNDED and standing.refund_id == "9"


def test_a_refusal_frees_the_amount(gateway: Gateway) -> None:
    ledger = ai.RefundLedger(payment())
    ledger.enter(wish("R1", 1000), merchant=gateway.merchant())
    ledger.handle("R1", ai.Begin(), 10)
    refused = {"result": {"resultStatus": "F", "resultCode": "MERCHANT_BALANCE_NOT_ENOUGH"}}
    alert, conclude = ledger.handle("R1", ai.Reply(1, "refund", refused), 20)
    assert isinstance(alert, ai.AlertAction) and alert.kind == "merchant_balance_not_enough"
    assert conclude == ai.RefundConclude(3, ai.RefundOutcome.FAILED, "MERCHANT_BALANCE_NOT_ENOUGH")
    standing = ledger.refund("R1")
    assert standing is not None and standing.failure_code == "MERCHANT_BALANCE_NOT_ENOUGH" and ledger.left == 1000
    assert ai.RefundStanding.from_dict(standing.to_dict()) == standing
    assert ai.RefundConclude.from_dict(conclude.to_dict()) == conclude


def test_what_the_ledger_refuses(gateway: Gateway) -> None:
    merchant = gateway.merchant()
    for unpaid, code in [(payment(begun=False, paid=False), "payment.not_final"),
                         (payment(paid=False), "payment.not_final")]:
        with pytest.raises(ai.PaymentError) as caught:
            ai.RefundLedger(unpaid)
        assert caught.value.code == code
    ledger = ai.RefundLedger(payment())
    before = ledger.snapshot()
    wrong: list[tuple[ai.RefundRequest, str]] = [
        (wish("R1", 1001), "request.refund_exceeds"), (wish("R1", 1, "EUR"), "request.invalid"),
        (wish("R1", 0), "amount.zero"), (ai.RefundRequest(refund_request_id="R1"), "request.missing"),
        (ai.RefundRequest(refund_amount=ai.Amount(1, "USD")), "request.missing"),
    ]
    for request, code in wrong:
        with pytest.raises(ai.AlipayError) as refused:
            ledger.enter(request, merchant=merchant)
        assert refused.value.code == code
    with pytest.raises(ai.PaymentError) as caught:
        ledger.handle("R1", ai.Begin(), 0)
    assert caught.value.code == "refund.not_begun" and ledger.snapshot() == before
    mistyped: Any
    for mistyped in (None, {"refundRequestId": "R1"}, "R1"):
        with pytest.raises(TypeError, match="must be a RefundRequest"):
            ledger.enter(mistyped, merchant=merchant)
    for mistyped in (None, "R1", 5):
        with pytest.raises(TypeError, match="is not an event of a refund"):
            ledger.handle("R1", mistyped)
        with pytest.raises(TypeError, match="made of a Payment"):
            ai.RefundLedger(mistyped)
    slips: list[tuple[dict[str, Any], str]] = [
        ({}, "type"), ({"type": "began"}, "type"), ({"type": "tick", "att": 1}, "att"), ({"type": "cancel_requested"}, "type"),
        ({"type": "reply", "send_id": 1, "body": {}}, "operation"),
    ]
    for event, place in slips:
        with pytest.raises(ai.ConfigurationError) as slip:
            ledger.handle("R1", event)
        assert slip.value.path == place
    with pytest.raises(ai.PaymentError) as caught:
        ai.RefundLedger.restore(payment().snapshot())
    assert caught.value.code == "snapshot.kind"


def test_a_person_resolves_what_nobody_answered() -> None:
    ledger = ai.RefundLedger(payment())
    ledger.enter(ai.RefundOrder("R1", ai.Amount(400, "USD"), request={"refundRequestId": "R1"}))
    ledger.handle("R1", ai.Begin(), 10)
    standing = ledger.refund("R1")
    while standing is not None and standing.next_wakeup is not None:
        ledger.handle("R1", ai.Tick(), standing.next_wakeup)
        standing = ledger.refund("R1")
    assert standing is not None and standing.outcome is ai.RefundOutcome.UNRESOLVED
    assert (standing.spent, standing.given_back, ledger.left) == (True, False, 600)
    ledger.resolve("R1", "not_made", who="Office", note="asked Alipay", now=99_000)
    standing = ledger.refund("R1")
    assert standing is not None and standing.resolution == ai.Resolution("not_made", "Office", "asked Alipay", 99_000)
    assert (standing.spent, ledger.left) == (False, 1000)
    assert ai.RefundStanding.from_dict(standing.to_dict()) == standing
    ledger.resolve("R1", "not_made", who="Office", note="asked Alipay", now=99_000)
    with pytest.raises(ai.PaymentError) as caught:
        ledger.resolve("R1", "made", who="Office")
    assert caught.value.code == "refund.not_unresolved"
    with pytest.raises(ai.RequestError) as wrong:
        ledger.resolve("R1", "perhaps", who="Office")  # type: ignore[arg-type]
    assert wrong.value.path == "resolved"


def test_a_notification_ends_a_refund() -> None:
    ledger = ai.RefundLedger(payment())
    ledger.enter(ai.RefundOrder("R1", ai.Amount(400, "USD"), request={"refundRequestId": "R1"}))
    ledger.handle("R1", ai.Begin(), 10)
    body = {"notifyType": "REFUND_RESULT", "refundStatus": "SUCCESS", "refundRequestId": "R1",
            "refundAmount": {"currency": "USD", "value": "400"}}
    (conclude,) = ledger.handle("R1", ai.NotifiedEvent(body), 20)
    assert isinstance(conclude, ai.RefundConclude) and conclude.outcome is ai.RefundOutcome.REFUNDED
    assert ledger.refunded == 400


def test_a_reverse_in_the_ledger() -> None:
    paid = payment()
    ledger = ai.RefundLedger.for_reverse(paid)
    assert ledger.reverse is None
    entered = ledger.enter_reverse(paid)
    assert entered == ledger.reverse == ai.ReverseStanding(ai.Amount(1000, "USD"), "ready")
    (send,) = ledger.handle_reverse(ai.Begin(), 10)
    assert isinstance(send, ai.Send) and send.operation == "cancel"
    with pytest.raises(ai.PaymentError) as caught:
        ledger.enter(ai.RefundOrder("R1", ai.Amount(1, "USD")))
    assert caught.value.code == "reverse.under_way"
    ledger = ai.RefundLedger.restore(ledger.snapshot())
    assert ledger.handle_reverse(ai.Resumed(), 20) == [send]
    done = {"result": {"resultStatus": "S", "resultCode": "SUCCESS"}}
    (conclude,) = ledger.handle_reverse(ai.Reply(send.send_id, "cancel", done, stale=False), 30)
    assert isinstance(conclude, ai.ReverseConclude) and conclude.outcome is ai.ReverseOutcome.REVERSED
    assert ai.ReverseConclude.from_dict(conclude.to_dict()) == conclude
    standing = ledger.reverse
    assert standing is not None and standing.outcome is ai.ReverseOutcome.REVERSED
    assert ai.ReverseStanding.from_dict(standing.to_dict()) == standing
    assert (ledger.left, ledger.refunded) == (0, 1000)
    mistyped: Any
    for mistyped in (None, "P1"):
        with pytest.raises(TypeError):
            ai.RefundLedger.for_reverse(mistyped)
        with pytest.raises(TypeError):
            ledger.enter_reverse(mistyped)
        with pytest.raises(TypeError, match="not an event of a reverse"):
            ledger.handle_reverse(mistyped)


def test_an_http_client_of_ones_own(gateway: Gateway) -> None:
    """What the gateway of the tests says of a refund that this file drives."""
    merchant = gateway.merchant()

    def post(send: object) -> ai.Reply:
        assert isinstance(send, ai.Send)
        signed = merchant.sign_request(send.path, send.body, now=gateway.now())
        request = urllib.request.Request(signed.url, data=signed.body, headers=signed.headers, method="POST")
        with urllib.request.urlopen(request, timeout=10) as answer:
            response = merchant.verify_response(signed.path, headers=answer.headers, body=answer.read())
        return ai.Reply(send.send_id, send.operation, response.body)

    request = pay_request()
    machine = ai.Payment(request, merchant=merchant, notify_url_configured=True)
    machine.handle(post(*machine.begin(gateway.now())), gateway.now())
    ledger = ai.RefundLedger(machine)
    identifier = f"R{request.payment_request_id}"[:64]
    ledger.enter(wish(identifier, 500), merchant=merchant)
    ledger.handle(identifier, post(*ledger.handle(identifier, ai.Begin(), gateway.now())), gateway.now())
    assert (ledger.refunded, ledger.left) == (500, 1499)
    row = gateway.payment(request.payment_request_id or "")
    assert row is not None and (row["refunded"], row["net"]) == ("500", "1499")
