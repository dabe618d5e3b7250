"""Cases met in use, named as in the list of cases; those of payments and stores, on the installed package."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import alipay_instore as ai
from alipay_instore.testing import Gateway, SignedNotification, pay_request

from .own_store import AsyncDictStore, DictStore

FOREVER = "281006029000000000000011"
REFUSED = "281006029000000000000004"


def wait_until(reached: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + 30
    while not reached():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def told(gateway: Gateway, identifier: str, status: str = "S") -> SignedNotification:
    code = {"S": "SUCCESS", "F": "USER_BALANCE_NOT_ENOUGH", "U": "PAYMENT_IN_PROCESS"}[status]
    return gateway.notification({
        "notifyType": "PAYMENT_RESULT", "result": {"resultStatus": status, "resultCode": code},
        "paymentRequestId": identifier, "paymentAmount": {"currency": "USD", "value": "1999"}})


def net(gateway: Gateway, identifier: str) -> str | None:
    row = gateway.payment(identifier)
    return None if row is None else str(row["net"])


def refuse(store: DictStore, *operations: str) -> None:
    def before(operation: str) -> None:
        if operation in operations:
            raise OSError("no space left on device")

    store.before = before


def test_m1_a_store_that_fails_after_pay_was_sent(gateway: Gateway) -> None:
    store = DictStore()
    request = pay_request()
    identifier = request.payment_request_id or ""
    with gateway.client(store=store) as client:
        refuse(store, "save")
        result = client.pay(request)
        assert result.succeeded and not result.stored and result.may_have_charged
        assert [alert.kind for alert in result.alerts] == ["not_stored"]
        refuse(store)
        # What one does next is safe.
        again = client.pay(request)
        assert again.succeeded and again.may_have_charged
        wait_until(lambda: client.status(identifier).succeeded, "the store never got it")
    assert [row["payment_request_id"] for row in gateway.ledger()["payments"]].count(identifier) == 1


def test_m1_no_result_and_no_store(gateway: Gateway) -> None:
    store = DictStore()
    request = pay_request(code=FOREVER)
    with gateway.client(store=store) as client:
        refuse(store, "save")
        with pytest.raises(ai.PaymentError) as caught:
            client.pay(request)
        error = caught.value
        assert (error.code, error.may_have_charged, error.retryable) == ("payment.interrupted", True, True)
        assert error.payment_request_id == request.payment_request_id and "call pay with this id again" in error.hint
        refuse(store)
        assert client.cancel(request.payment_request_id or "").outcome == "cancelled"
    assert net(gateway, request.payment_request_id or "") == "0"


def test_m2_a_store_that_saves_and_then_raises(gateway: Gateway) -> None:
    store = DictStore()
    lost = {"insert": 1, "save": 1}

    def after(operation: str) -> None:
        if lost.get(operation):
            lost[operation] = 0
            raise ConnectionResetError("the answer of COMMIT was lost")

    store.after = after
    with gateway.client(store=store) as client:
        result = client.pay(pay_request())
        assert result.succeeded and net(gateway, result.payment_request_id) == "1999"


@pytest.mark.parametrize("status", ["S", "U"])
def test_m3_the_notification_reaches_another_process(gateway: Gateway, status: str) -> None:
    store = DictStore()
    request = pay_request(code=FOREVER)
    identifier = request.payment_request_id or ""
    results: list[ai.PaymentResult] = []
    with gateway.client(store=store) as till, gateway.client(store=store, claims=False) as endpoint:
        payer = threading.Thread(target=lambda: results.append(till.pay(request)))
        payer.start()
        wait_until(lambda: gateway.payment(identifier), "nothing was sent")
        sent = told(gateway, identifier, status)
        handled = endpoint.handle_notification(sent.headers, sent.body)
        assert (handled.status, handled.error) == (200, None) and handled.result is not None
        assert handled.result.kind == "taken" and handled.result.payment_request_id == identifier
        if status == "U":
            assert endpoint.status(identifier).in_progress
            till.cancel(identifier)
        payer.join(30)
    assert results[0].outcome == ("succeeded" if status == "S" else "cancelled")


def test_m4_a_second_worker_takes_nothing_away(gateway: Gateway, tmp_path: Path) -> None:
    with gateway.client(store=ai.FileStore(tmp_path)) as till, gateway.client(store=ai.FileStore(tmp_path)) as worker:
        requests = [pay_request(code=FOREVER) for _ in range(4)]
        for request in requests:
            assert till.start(request).in_progress
        assert worker.resume_all() == ai.Recovery((), 4)
        for request in requests:
            assert worker.cancel(request.payment_request_id or "").outcome == "cancelled"


def test_m5_a_broken_record_stops_nothing_else(gateway: Gateway) -> None:
    from dataclasses import replace

    store = DictStore()
    with gateway.client(store=store) as client:
        for identifier in ("broken", request_id := pay_request().payment_request_id or ""):
            client.start(pay_request(code=FOREVER, payment_request_id=identifier))
    store.rows["broken"] = replace(store.rows["broken"], text="{", open_alerts=True)
    with gateway.client(store=store) as client:
        recovery = client.resume_all()
        by_id = {found.payment_request_id: found for found in recovery.payments}
        taken = by_id[request_id].result
        assert taken is not None and taken.in_progress
        assert by_id["broken"].error is not None and by_id["broken"].error.code == "snapshot.malformed"
        json.dumps(recovery.to_dict())
        (unreadable,) = client.alerts().unreadable
        assert unreadable.payment_request_id == "broken" and unreadable.error.code == "snapshot.malformed"
        client.cancel(request_id)


@pytest.mark.parametrize(("code", "status"), [(REFUSED, "S"), (None, "F")])
def test_m6_contradicting_evidence(gateway: Gateway, code: str | None, status: str) -> None:
    with gateway.client() as client:
        paid = client.pay(pay_request(code=code or gateway.fresh_code()))
        sent = told(gateway, paid.payment_request_id, status)
        handled = client.handle_notification(sent.headers, sent.body)
        assert handled.status == 200 and handled.result is not None and handled.result.outcome == paid.outcome
        (alert,) = handled.result.alerts
        assert (alert.number, alert.part, alert.kind) == (1, "payment", "conflicting_evidence")
        json.dumps(handled.to_dict())
        stands = client.status(paid.payment_request_id)
        assert stands.outcome == paid.outcome and stands.alerts == (alert,) and stands.may_have_charged
        listed = client.alerts()
        assert ai.PaymentAlert(paid.payment_request_id, alert) in listed.alerts
        assert ai.Alerts.from_dict(json.loads(json.dumps(listed.to_dict()))) == listed
        client.acknowledge_alert(paid.payment_request_id, 1, who="Office")
        client.acknowledge_alert(paid.payment_request_id, 1, who="Somebody else")
        (known,) = client.status(paid.payment_request_id).alerts
        assert known.acknowledged is not None and known.acknowledged.who == "Office"
        assert not client.alerts().alerts
        with pytest.raises(ai.RequestError) as caught:
            client.acknowledge_alert(paid.payment_request_id, 7, who="Office")
        assert caught.value.code == "request.invalid"
        # The money can be given back whatever the outcome says.
        assert client.reverse(paid.payment_request_id).outcome is not None


def test_m7_a_payment_that_is_not_stored(gateway: Gateway) -> None:
    sent = told(gateway, "nobody")
    with gateway.client() as client:
        handled = client.handle_notification(sent.headers, sent.body)
        assert handled.status == 500 and handled.error is not None and handled.result is None
        assert handled.error.code == "request.unknown_payment" and handled.notification is not None
        assert client.notified(handled.notification) == ai.Notified(kind="unknown")
        json.dumps(handled.to_dict())
        forged = client.handle_notification(sent.headers, sent.body + b" ")
        assert forged.status == 400 and forged.notification is None and isinstance(forged.error, ai.SignatureError)
        parsed = client.handle_notification(sent.headers, {"paymentRequestId": "P"})  # type: ignore[arg-type]
        assert parsed.error is not None and parsed.error.path == "body" and parsed.status == 500
    with gateway.client(acknowledge_unknown=True) as client:
        handled = client.handle_notification(sent.headers.items(), sent.body)
        assert (handled.status, handled.result) == (200, ai.Notified(kind="unknown"))
    assert client.handle_notification(sent.headers, sent.body).status == 500, "a closed client refuses"

    async def main() -> None:
        async with gateway.async_client() as client:
            handled = await client.handle_notification(sent.headers, sent.body)
            assert handled.status == 500 and handled.error is not None

    asyncio.run(main())


def test_m8_a_refund_that_is_entered_again(gateway: Gateway) -> None:
    with gateway.client() as client:
        paid = client.pay(pay_request())
        wish = ai.RefundRequest(refund_request_id=f"R{paid.payment_request_id}"[:64], refund_amount=ai.Amount(500, "USD"))
        first, second = client.refund(paid.payment_request_id, wish), client.refund(paid.payment_request_id, wish)
        assert first.outcome == second.outcome == "refunded" and second.left == 1499
        wish.refund_amount = ai.Amount(600, "USD")
        with pytest.raises(ai.PaymentError) as caught:
            client.refund(paid.payment_request_id, wish)
        assert caught.value.code == "refund.id_reused" and caught.value.may_have_refunded
    assert net(gateway, paid.payment_request_id) == "1499"


def test_m9_one_id_and_two_amounts_at_once(gateway: Gateway) -> None:
    store = DictStore()
    identifier = pay_request().payment_request_id
    requests = [pay_request(price, payment_request_id=identifier, code=FOREVER) for price in ("19.99", "5.00")]
    answers: list[object] = []

    def pay(client: ai.Client, request: ai.PayRequest) -> None:
        try:
            answers.append(client.pay(request, wait=30))
        except ai.PaymentError as error:
            answers.append(error)

    with gateway.client(store=store) as first, gateway.client(store=store) as second:
        threads = [threading.Thread(target=pay, args=both) for both in zip((first, second), requests, strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        (error,) = [answer for answer in answers if isinstance(answer, ai.PaymentError)]
        (result,) = [answer for answer in answers if isinstance(answer, ai.PaymentResult)]
        assert error.code == "payment.id_reused" and error.payment_request_id == identifier and result.in_progress
        first.cancel(identifier or "")
    rows = [row for row in gateway.ledger()["payments"] if row["payment_request_id"] == identifier]
    assert len(rows) == 1


def test_another_code_is_the_same_request(gateway: Gateway) -> None:
    with gateway.client() as client:
        first = pay_request(code=gateway.fresh_code())
        assert not client.pay(first).code_ignored
        second = pay_request(code=gateway.fresh_code(), payment_request_id=first.payment_request_id)
        again = client.pay(second)
        assert again.succeeded and again.code_ignored


def test_u6_an_observer_that_calls_the_client_is_slow_or_never_returns(gateway: Gateway) -> None:
    seen: list[ai.PaymentResult] = []
    stuck = threading.Event()
    slow = pay_request()

    def on_step(id: str, step: ai.TimelineEntry) -> None:
        if id == slow.payment_request_id:
            stuck.wait(30)
        elif step.event == "concluded":
            seen.append(client.status(id))

    with gateway.client(on_step=on_step) as client:
        payer = threading.Thread(target=client.pay, args=(slow,))
        payer.start()
        begun = time.monotonic()
        paid = client.pay(pay_request())
        assert time.monotonic() - begun < 10 and [result.payment_request_id for result in seen] == [paid.payment_request_id]
        stuck.set()
        payer.join(30)
        assert client.status(slow.payment_request_id or "").succeeded


def test_u6_a_store_that_calls_the_client(gateway: Gateway) -> None:
    store = DictStore()
    busy = threading.local()
    asked: list[str] = []

    def after(operation: str) -> None:
        if not getattr(busy, "here", False):
            busy.here = True
            asked.append(repr(client.gateway_time))
            with pytest.raises(ai.RequestError):
                client.status("nobody")
            busy.here = False

    store.after = after
    with gateway.client(store=store) as client:
        assert client.pay(pay_request()).succeeded and asked


def test_u14_start_and_poll(gateway: Gateway) -> None:
    with gateway.client() as client:
        request = pay_request(code=FOREVER)
        identifier = request.payment_request_id or ""
        started = client.start(request)
        assert started.in_progress and started.outcome is None and started.phase == "paying"
        begun = time.monotonic()
        waited = client.pay(request, wait=1)
        assert waited.in_progress and waited.may_have_charged and time.monotonic() - begun < 5
        assert client.status(identifier).in_progress and client.resume(identifier, wait=0.1).in_progress
        assert ai.PaymentResult.from_dict(json.loads(json.dumps(waited.to_dict()))) == waited
        assert client.cancel(identifier, wait=0).in_progress
        assert client.cancel(identifier).outcome == "cancelled"
        assert client.resume(identifier).outcome == "cancelled"
        paid = client.pay(pay_request())
        refund = ai.RefundRequest(refund_request_id=f"R{paid.payment_request_id}"[:64], refund_amount=ai.Amount(100, "USD"))
        with pytest.raises(ai.ConfigurationError, match="wait"):
            client.refund(paid.payment_request_id, refund, wait=-1)
        with pytest.raises(ai.ConfigurationError, match="wait"):
            client.reverse(paid.payment_request_id, wait=-1)
        assert client.refund(paid.payment_request_id, refund, wait=30).outcome == "refunded"
        assert client.reverse(paid.payment_request_id, wait=30).outcome == "reversed"
        for wrong in (-1, float("nan")):
            with pytest.raises(ai.ConfigurationError, match="wait"):
                client.pay(request, wait=wrong)
        with pytest.raises(TypeError, match="wait must be"):
            client.pay(request, wait="5")  # type: ignore[arg-type]
        assert client.pay(pay_request(), wait=float("inf")).succeeded

    async def main() -> None:
        async with gateway.async_client(store=AsyncDictStore()) as client:
            request = pay_request()
            assert (await client.start(request)).payment_request_id == request.payment_request_id
            assert (await client.resume(request.payment_request_id or "")).succeeded

    asyncio.run(main())


def test_u16_what_is_finished_costs_nothing(gateway: Gateway, tmp_path: Path) -> None:
    with gateway.client(store=ai.FileStore(tmp_path)) as client:
        for _ in range(30):
            assert client.pay(pay_request()).succeeded
    with gateway.client(store=ai.FileStore(tmp_path)) as client:
        begun = time.monotonic()
        assert client.resume_all() == ai.Recovery((), 0)
        assert time.monotonic() - begun < 1


def test_u29_recovery_returns_at_once(gateway: Gateway, tmp_path: Path) -> None:
    request = pay_request(code=FOREVER)
    with gateway.client(store=ai.FileStore(tmp_path)) as client:
        client.start(request)
    with gateway.client(store=ai.FileStore(tmp_path)) as client:
        begun = time.monotonic()
        (found,) = client.resume_all().payments
        assert found.payment_request_id == request.payment_request_id
        assert found.result is not None and found.result.in_progress
        assert client.pay(pay_request()).succeeded and time.monotonic() - begun < 5
        client.cancel(request.payment_request_id or "")


def test_a_worker_goes_on_with_what_was_left(gateway: Gateway) -> None:
    store = DictStore()
    request = pay_request(code="281006029000000000000002")
    with gateway.client(store=store, claims=False) as till:
        till.start(request)
        wait_until(lambda: net(gateway, request.payment_request_id or ""), "it does not reach the gateway")
    worker = gateway.client(store=store)
    working = threading.Thread(target=worker.run_worker)
    working.start()
    try:
        wait_until(lambda: store.rows[request.payment_request_id or ""].finished, "nobody drove it")
        assert working.is_alive() and worker.status(request.payment_request_id or "").succeeded
    finally:
        worker.close()
        working.join(10)
    assert not working.is_alive()
    with gateway.client(store=store, claims=False) as idle, pytest.raises(ai.ConfigurationError) as caught:
        idle.run_worker()
    assert caught.value.path == "claims"


def test_a_payment_is_watched(gateway: Gateway) -> None:
    with gateway.client() as client:
        request = pay_request(code=None)
        client.start(request)
        steps = list(client.watch(request.payment_request_id or ""))
        assert "presented" in [step.event for step in steps] and steps[-1].event == "concluded"
        (last,) = client.watch(request.payment_request_id or "")
        assert last.details["outcome"] == "succeeded"
        with pytest.raises(ai.RequestError):
            next(client.watch("nobody"))

    async def main() -> None:
        async with gateway.async_client() as client:
            request = pay_request(code=None)
            await client.start(request)
            steps = [step async for step in client.watch(request.payment_request_id or "")]
            assert steps[-1].event == "concluded"

    asyncio.run(main())


def test_a_watch_ends_with_its_client(gateway: Gateway) -> None:
    client = gateway.client()
    request = pay_request(code=FOREVER)
    client.start(request)
    steps: list[ai.TimelineEntry] = []

    def watch() -> None:
        steps.extend(client.watch(request.payment_request_id or ""))

    watching = threading.Thread(target=watch)
    watching.start()
    time.sleep(0.3)
    client.close()
    watching.join(10)
    assert not watching.is_alive()


def test_what_a_person_found_out(gateway: Gateway) -> None:
    with gateway.client() as client:
        paid = client.pay(pay_request())
        with pytest.raises(ai.PaymentError) as caught:
            client.resolve(paid.payment_request_id, "made", who="Office", note="asked Alipay")
        assert caught.value.code == "payment.not_unresolved" and caught.value.may_have_charged
        with pytest.raises(ai.RequestError) as wrong:
            client.resolve(paid.payment_request_id, "perhaps", who="Office")  # type: ignore[arg-type]
        assert wrong.value.path == "resolved"


def test_a_sale_with_an_id_of_its_own_knows_that_nothing_was_sent(gateway: Gateway) -> None:
    store = DictStore()
    shop = ai.Shop("M1", "Coffee House", "5814", store_id="S1", store_name="Harbour", terminal="TILL7")
    with gateway.client(store=store, shop=shop) as client:
        refuse(store, "insert", "load")
        store_down = store.before

        def certainly(operation: str) -> None:
            try:
                store_down(operation)
            except OSError as error:
                raise ai.StoreNotWritten from error

        store.before = certainly
        with pytest.raises(ai.AlipayError) as caught:
            client.pay_code(gateway.fresh_code(), ai.Amount.parse("19.99 USD"), "Tea", wait=20)
        assert not caught.value.may_have_charged and caught.value.payment_request_id
        assert gateway.payment(caught.value.payment_request_id) is None
        request = pay_request()
        with pytest.raises(ai.AlipayError) as caught:
            client.pay(request, wait=20)
        assert caught.value.may_have_charged, "an earlier call with this id may have paid"
