"""Cases met in use, named as in the list of cases; those of networks, clocks and answers, on the installed package."""

from __future__ import annotations

import http.server
import socket
import socketserver
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

import alipay_instore as ai
from alipay_instore.testing import Gateway, pay_request

FOREVER = "281006029000000000000011"
HOUR = 3_600_000


def sent(steps: Sequence[ai.TimelineEntry]) -> list[str | None]:
    return [step.operation for step in steps if step.event == "sent"]


def paid_ledger() -> ai.RefundLedger:
    order = ai.PaymentOrder("P1", ai.Amount(1000, "USD"), "PaymentCode", request={"paymentRequestId": "P1"})
    machine = ai.Payment(order, policy=ai.Policy("alipay_plus"))
    machine.begin(0)
    machine.handle(ai.Reply(1, "pay", {"result": {"resultStatus": "S", "resultCode": "SUCCESS"}, "paymentId": "G1"}), 1)
    return ai.RefundLedger(machine)


@pytest.mark.parametrize("code", ["ACCESS_DENIED", "SYSTEM_ERROR"])
def test_m10_a_refused_copy_says_nothing_of_the_first(gateway: Gateway, code: str) -> None:
    ledger = paid_ledger()
    wish = ai.RefundRequest(refund_request_id="R1", refund_amount=ai.Amount(600, "USD"))
    ledger.enter(wish, merchant=gateway.merchant("alipay_plus"))
    (first,) = ledger.handle("R1", ai.Begin(), 10)
    assert isinstance(first, ai.Send)
    ledger.handle("R1", ai.NoReply(first.send_id, first.operation), 20)
    standing = ledger.refund("R1")
    assert standing is not None and standing.next_wakeup is not None
    (copy,) = ledger.handle("R1", ai.Tick(), standing.next_wakeup)
    assert isinstance(copy, ai.Send) and copy.body == first.body
    refused = {"result": {"resultStatus": "F", "resultCode": code}}
    ledger.handle("R1", ai.Reply(copy.send_id, copy.operation, refused), standing.next_wakeup + 1)
    standing = ledger.refund("R1")
    assert standing is not None and (standing.state, standing.outcome) == ("refunding", None)
    assert ledger.left == 400, "what may have been given back is not free"


def test_m11_an_answer_is_no_notification(gateway: Gateway) -> None:
    with gateway.client() as client:
        request = pay_request(code=FOREVER)
        identifier = request.payment_request_id or ""
        client.start(request)
        answer = {
            "result": {"resultStatus": "S", "resultCode": "SUCCESS"}, "paymentStatus": "SUCCESS", "paymentId": "G1",
            "paymentRequestId": identifier, "paymentAmount": {"currency": "USD", "value": "1999"}}
        posted = gateway.notification(answer, path="/ams/api/v1/payments/inquiryPayment")
        handled = client.handle_notification(posted.headers, posted.body)
        assert handled.status == 400 and isinstance(handled.error, ai.SignatureError) and handled.result is None
        # Nor where it was signed over the path of the notify URL.
        posted = gateway.notification(answer)
        assert client.handle_notification(posted.headers, posted.body).result != ai.Notified(kind="taken", payment_request_id=identifier)
        assert client.status(identifier).in_progress
        assert client.cancel(identifier).outcome == "cancelled"


@pytest.mark.parametrize(("operation", "alert"), [("pay", "stale_answer"), ("inquiryPayment", "id_mismatch")])
def test_m12_an_answer_that_was_recorded_earlier(gateway: Gateway, operation: str, alert: str) -> None:
    """The sandbox signed it a day ago, to another payment of the same price; an answer to pay names none in Alipay+."""
    with gateway.client("alipay_plus") as client:
        request = pay_request(code=gateway.fresh_code("in_process_forever"))
        gateway.inject("replayed", operation=operation, payment_request_id=request.payment_request_id)
        result = client.pay(request, wait=15 * 60)
        assert result.outcome == "cancelled" and alert in [raised.kind for raised in result.alerts]


def test_m13_a_payment_that_is_resumed_after_its_expiry(alipay_gateway_manual: Gateway) -> None:
    gateway = alipay_gateway_manual
    store = ai.MemoryStore()
    request = pay_request(code=gateway.fresh_code())
    identifier = request.payment_request_id or ""
    gateway.inject("request_lost", operation="pay", payment_request_id=identifier)
    with gateway.client(store=store) as till:
        assert till.start(request).in_progress
        time.sleep(0.2)
    gateway.advance(14 * HOUR)
    steps: list[ai.TimelineEntry] = []
    with gateway.client(store=store, on_step=lambda _id, step: steps.append(step)) as till:
        results: list[ai.PaymentResult] = []
        waiting = threading.Thread(target=lambda: results.append(till.resume(identifier, wait=HOUR)))
        waiting.start()
        deadline = time.monotonic() + 30
        while waiting.is_alive() and time.monotonic() < deadline:
            time.sleep(0.02)
            gateway.advance(1_000)
        waiting.join(10)
    assert results[0].outcome == "cancelled" and gateway.payment(identifier) is None
    assert sent(steps) and "pay" not in sent(steps)


def test_a_start_waits_for_its_turn(gateway: Gateway) -> None:
    """Another request takes the only slot for ten seconds, longer than a store may take to answer."""
    with gateway.client(limits=ai.Limits(in_flight=1)) as client:
        first, second = pay_request(code=gateway.fresh_code()), pay_request(code=gateway.fresh_code())
        gateway.inject("reply_lost", operation="pay", payment_request_id=first.payment_request_id)
        assert client.start(first).in_progress
        client.start(second)
        assert client.resume(second.payment_request_id or "", wait=HOUR).succeeded


def test_m18_two_cancels_at_once(gateway: Gateway, tmp_path: Path) -> None:
    with gateway.client(store=ai.FileStore(tmp_path)) as first, gateway.client(store=ai.FileStore(tmp_path)) as second:
        request = pay_request(code=FOREVER)
        identifier = request.payment_request_id or ""
        first.start(request)
        results: list[ai.PaymentResult] = []

        def cancel(client: ai.Client) -> None:
            results.append(client.cancel(identifier, wait=60))

        threads = [threading.Thread(target=cancel, args=(client,)) for client in (first, second)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert [result.outcome for result in results] == ["cancelled", "cancelled"]


def test_m19_an_order_code_that_nobody_scans(gateway: Gateway) -> None:
    request = pay_request(code=None)
    identifier = request.payment_request_id or ""
    closing = gateway.now() + 60_000
    request.payment_expiry_time = datetime.fromtimestamp(closing / 1000, timezone.utc).isoformat(timespec="seconds")
    gateway.customer(identifier, plan="never_scans")
    with gateway.client() as client:
        result = client.pay(request, wait=15 * 60)
    assert result.outcome == "cancelled" and gateway.now() > closing
    assert sent(result.timeline).count("cancel") < 30, result.timeline
    assert (gateway.payment(identifier) or {"net": "0"})["net"] == "0"


@contextmanager
def answering(answer: bytes) -> Iterator[int]:
    """A port where everybody is told the same, whatever he says."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(1 << 16)
                    connection.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


def code_of(merchant: ai.Merchant, **options: Any) -> str:
    with ai.Client(merchant, store=ai.MemoryStore(), **options) as client, pytest.raises(ai.TransportError) as caught:
        client.inquire("P")
    return str(caught.value.code)


def test_u3_each_way_of_not_connecting_has_its_code(tmp_path: Path, key: ai.SigningKey, gateway_key: ai.SigningKey) -> None:
    def at(url: str) -> ai.Merchant:
        return ai.Merchant(
            protocol="ams", client_id="C", signing_key=key, gateway_key=gateway_key.verifying_key, gateway=url)

    refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
    with answering(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n") as plain, answering(refusal) as proxy:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            closed = taken.getsockname()[1]
        with Gateway(tmp_path, tls=True) as gateway:
            met = [
                code_of(at("https://gateway.invalid"), proxy="none", connect_timeout=30),
                code_of(at(f"http://127.0.0.1:{closed}")),
                code_of(at(gateway.base_url)),
                code_of(at(f"https://127.0.0.1:{plain}")),
                code_of(at("https://gateway.invalid"), proxy=f"http://127.0.0.1:{closed}"),
                code_of(at("https://gateway.invalid"), proxy=f"http://127.0.0.1:{proxy}"),
            ]
    assert met == [
        "transport.name_not_found", "transport.refused", "transport.certificate", "transport.protocol", "transport.proxy",
        "transport.proxy_authentication"]


def test_u4_a_connection_that_was_idle_is_not_used_again(tmp_path: Path) -> None:
    with Gateway(tmp_path) as gateway:
        gateway.settings(idle_reset_ms=1_000)
        with gateway.client(idle_timeout=0.3) as client:
            for _ in range(3):
                begun = time.monotonic()
                result = client.pay(pay_request())
                assert result.succeeded and time.monotonic() - begun < 10
                assert not [step for step in result.timeline if step.event == "unanswered"], result.timeline
                time.sleep(1.5)


@pytest.mark.parametrize("off", [600_000, -600_000])
def test_u5_a_clock_that_is_ten_minutes_off(tmp_path: Path, off: int) -> None:
    with Gateway(tmp_path, speed=20) as gateway:
        gateway.settings(clock_off_ms=off)
        for protocol in ("ams", "alipay_plus"):
            with gateway.client(protocol) as client:
                result = client.pay(pay_request(code=gateway.fresh_code("paid_after_inquiries")))
                assert result.succeeded and "clock_skew" in [alert.kind for alert in result.alerts], result


def test_u17_many_payments_share_few_connections(key: ai.SigningKey, gateway_key: ai.SigningKey) -> None:
    """The gateway answers each after a while, so that those that are under way at once are counted."""
    under_way, most = 0, 0
    lock = threading.Lock()

    class Slow(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            nonlocal under_way, most
            self.rfile.read(int(self.headers["Content-Length"]))
            with lock:
                under_way += 1
                most = max(most, under_way)
            time.sleep(0.02)
            with lock:
                under_way -= 1
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Slow) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        merchant = ai.Merchant(
            protocol="ams", client_id="C", signing_key=key, gateway_key=gateway_key.verifying_key,
            gateway=f"http://127.0.0.1:{server.server_address[1]}")
        with ai.Client(merchant, store=ai.MemoryStore(), notify_url_configured=True, limits=ai.Limits(in_flight=4)) as client:
            for _ in range(40):
                client.start(pay_request())
            deadline = time.monotonic() + 10
            while most < 4 and time.monotonic() < deadline:
                time.sleep(0.02)
            time.sleep(0.3)
        server.shutdown()
    assert most == 4
