"""Runs every example against the sandbox gateway in this process; `make wheel` runs it in an empty environment."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, make_server

import hundred_payments
import notify_django
import notify_fastapi
import notify_flask
import till
import two_workers
import uvicorn

import alipay_instore as ai
from alipay_instore.testing import Gateway, pay_request

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def wait_until(reached: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 30
    while not reached():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def acknowledged(gateway: Gateway, payment_request_id: str) -> bool:
    rows = gateway.ledger()["notifications"]
    return any(r["payment_request_id"] == payment_request_id and r["acknowledged_ms"] for r in rows)


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def wsgi_server(app: WSGIApplication) -> Iterator[int]:
    with make_server("127.0.0.1", 0, app, handler_class=Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def wsgi_example(gateway: Gateway, create_app: Callable[[ai.Client], WSGIApplication], path: str) -> None:
    # As a shop behind a proxy has it: a query, which the gateway does not sign.
    notify_url = f"https://shop.example{path}?till=7"
    with gateway.client(notify_url=notify_url) as client, wsgi_server(create_app(client)) as port:
        request = pay_request(code=None, notify_url=f"http://127.0.0.1:{port}{path}?till=7")
        gateway.customer(request.payment_request_id or "", plan="pays_after=500")
        result = client.pay(request)
        assert result.succeeded
        wait_until(lambda: acknowledged(gateway, result.payment_request_id), f"{create_app.__module__} acknowledged nothing")


async def fastapi_example(gateway: Gateway) -> None:
    async with gateway.async_client("alipay_plus") as client:
        app = notify_fastapi.create_app(client)
        port = free_port()
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        request = pay_request(code=None, notify_url=f"http://127.0.0.1:{port}{notify_fastapi.PATH}")
        gateway.customer(request.payment_request_id or "", plan="pays_after=500")
        result = await client.pay(request)
        assert result.succeeded
        await asyncio.to_thread(
            wait_until, lambda: acknowledged(gateway, result.payment_request_id), "FastAPI acknowledged nothing"
        )
        server.should_exit = True
        await serving


def two_workers_example(gateway: Gateway) -> None:
    description = str(gateway.folder / "sandbox.json")
    with tempfile.TemporaryDirectory() as folder:
        identifier = two_workers.sell(description, folder, "19.99", "USD", "281006029000000000000002")
        command = [sys.executable, two_workers.__file__, "worker", description, folder]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as worker:
            try:
                wait_until(lambda: two_workers.status(description, folder, identifier) == "succeeded", "no worker went on")
            finally:
                worker.send_signal(signal.SIGINT)
                try:
                    worker.wait(30)
                except subprocess.TimeoutExpired:
                    worker.kill()  # it was started where Ctrl-C is ignored
                    raise


def till_example(gateway: Gateway) -> None:
    description = str(gateway.folder / "sandbox.json")
    with tempfile.TemporaryDirectory() as folder:
        paid = till.main(description, folder, "19.99", "USD", "281006020000000000125733", clock=gateway.clock)
        refused = till.main(description, folder, "19.99", "USD", "281006029000000000000004", clock=gateway.clock)
        unread = till.main(description, folder, "19.99", "USD", "12345", clock=gateway.clock)
    assert (paid, refused, unread) == (0, 1, 2)


def main() -> None:
    # Real time, since the handlers verify against the clock of the machine.
    with Gateway(speed=1) as gateway:
        till_example(gateway)
        two_workers_example(gateway)
        wsgi_example(gateway, notify_flask.create_app, notify_flask.PATH)
        wsgi_example(gateway, notify_django.create_app, notify_django.PATH)
        asyncio.run(fastapi_example(gateway))
    hundred_payments.main()
    print("every example ran")


if __name__ == "__main__":
    main()
