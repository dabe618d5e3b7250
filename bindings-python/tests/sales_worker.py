"""The worker of a shop that ``make sales`` kills every second: it serves tills and the gateway's notifications.

    sales_worker.py SANDBOX.JSON STORE PROTOCOL PORT

``tests/src/bin/sales.rs`` says which requests it takes.
"""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import alipay_instore as ai
from alipay_instore.testing import pay_request


def store_of(place: str) -> ai.SqlStore | ai.FileStore:
    return ai.SqlStore(place, migrate=True) if "://" in place else ai.FileStore(place)


def pay(client: ai.Client, asked: Any) -> ai.PaymentResult:
    request = pay_request(
        code=asked["code"], payment_request_id=asked["id"], notify_url=asked["notify_url"]
    )
    request.payment_amount = ai.Amount.from_minor(asked["value"], asked["currency"])
    return client.pay(request, wait=asked["wait"])


def serve(sandbox: str, store: str, protocol: Any, port: str) -> None:
    merchant = ai.Merchant.from_file(sandbox, protocol=protocol)
    # A worker lives four seconds on average here: by the usual 15 s hardly any would live to see another one dead.
    client = ai.Client(merchant, store=store_of(store), owner_timeout=3)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.path == "/notify":
                handled = client.handle_notification(self.headers.items(), body, notify_url="/notify")
                self.answer(handled.status, handled.headers, handled.body)
                return
            try:
                asked = json.loads(body)
                if self.path == "/pay":
                    result = pay(client, asked)
                else:
                    result = client.cancel(asked["id"], wait=asked["wait"])
                self.answer(200, {}, json.dumps(result.to_dict()).encode())
            except Exception as error:  # noqa: BLE001 - whatever it is, the till shows it
                again = isinstance(error, ai.AlipayError) and error.retryable
                self.answer(503 if again else 500, {}, json.dumps({"error": repr(error)}).encode())

        def answer(self, status: int, headers: Any, body: bytes) -> None:
            self.send_response(status)
            for name, value in dict(headers).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *_: object) -> None: ...

    class Server(ThreadingHTTPServer):
        request_queue_size = 128
        daemon_threads = True

    with Server(("127.0.0.1", int(port)), Handler) as server:
        server.serve_forever()


if __name__ == "__main__":
    serve(*sys.argv[1:])
