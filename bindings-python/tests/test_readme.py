"""Every block of Python in the README and below docs/ runs as it is written, and so does every example in a docstring."""

from __future__ import annotations

import ast
import asyncio
import doctest
import importlib
import json
import os
import pkgutil
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from inspect import CO_COROUTINE
from pathlib import Path
from types import FunctionType
from typing import Any, Literal, get_origin

import pytest

import alipay_instore as ai
from alipay_instore.testing import Gateway, pay_request

from .own_store import DictStore

README = Path(__file__).resolve().parents[1] / "README.md"
MORE = README.parents[1] / "docs" / "python.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```$", f"{README.read_text()}\n{MORE.read_text()}", re.M | re.S)
#: The blocks of the other pages of the guide, with the name of the page; what a page includes is run where it comes from.
GUIDE = [
    (page.name, text)
    for page in sorted(MORE.parent.rglob("*.md")) if page != MORE
    for text in re.findall(r"^```python\n(?!\{\{#include)(.*?)^```$", page.read_text(), re.M | re.S)
]


def block(words: str) -> str:
    """The one block that holds these words."""
    (found,) = [text for text in BLOCKS if words in text]
    return str(found)


def run(text: str, names: dict[str, Any]) -> dict[str, Any]:
    """Runs a block that may await at its top."""
    code = compile(text, str(README), "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    if code.co_flags & CO_COROUTINE:
        asyncio.run(FunctionType(code, names)())
    else:
        exec(code, names)
    return names


@pytest.fixture(scope="module")
def real_time() -> Iterator[Gateway]:
    """The blocks have no clock of their own, so the gateway keeps theirs."""
    with Gateway(speed=1) as gateway:
        yield gateway


@pytest.fixture
def merchant(real_time: Gateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ai.Merchant:
    """What the README takes for granted: settings in the environment, a key in this folder."""
    settings = {
        "PROTOCOL": "ams", "CLIENT_ID": real_time.client_id, "GATEWAY": real_time.base_url,
        "SIGNING_KEY_FILE": str(real_time.folder / "merchant_private_key.pem"),
        "GATEWAY_KEY_FILE": str(real_time.folder / "gateway_public_key.pem"),
        "NOTIFY_URL": "https://shop.example/alipay/notify",
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"ALIPAY_INSTORE_{name}", value)
    monkeypatch.chdir(tmp_path)
    shutil.copy(real_time.folder / "merchant_private_key.pem", "private.pem")
    return ai.Merchant.from_env()


def test_the_first_sale(tmp_path: Path) -> None:
    (tmp_path / "till.py").write_text(block("with Gateway() as gateway"))
    done = subprocess.run([sys.executable, "till.py"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "succeeded\n"), done.stderr


def test_keys_and_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = run(block("ai.generate_key()"), {"ai": ai})
    assert (tmp_path / "private.pem").stat().st_mode & 0o077 == 0
    shop = ai.Shop("M1", "Coffee House", "5814", store_id="S1", store_name="Harbour", terminal="TILL7", notify_url="https://shop.example/alipay/notify")
    names |= {"GATEWAY_KEY": ai.generate_key().public_pem, "shop": shop}
    run(block("gateway_key=ai.VerifyingKey.load"), names)["client"].close()


def test_the_shop_sells_in_both_protocols() -> None:
    shop = run(block("with Gateway() as gateway").split("\nwith ")[0], {})["shop"]
    protocols: tuple[Literal["ams", "alipay_plus"], ...] = ("ams", "alipay_plus")
    with Gateway() as gateway:
        for protocol in protocols:
            with gateway.client(protocol, shop=shop) as till:
                assert till.pay_code("281006020000000000125733", ai.Amount.parse("19.99 USD"), "Two coffees").succeeded


def test_pay(merchant: ai.Merchant, capsys: pytest.CaptureFixture[str]) -> None:
    names = run(block("client.resume_all()"), {})
    assert names["result"].succeeded and capsys.readouterr().out == f"succeeded {names['result'].payment_id}\n"


def test_an_order_code(merchant: ai.Merchant, capsys: pytest.CaptureFixture[str]) -> None:
    shop = ai.Shop("M1", "Coffee House", "5814", store_id="S1", store_name="Harbour", terminal="TILL7", notify_url="https://shop.example/alipay/notify")
    with ai.Client(merchant, store=ai.MemoryStore(), shop=shop) as till:
        names = run(block("till.pay_order_code"), {"ai": ai, "till": till})
        assert "http" in capsys.readouterr().out
        till.cancel(names["order"].payment_request_id)


def test_asyncio(merchant: ai.Merchant) -> None:
    request = pay_request(notify_url="https://shop.example/alipay/notify")
    names = run(block("async with"), {"ai": ai, "merchant": merchant, "request": request})
    assert names["result"].succeeded


def test_metrics(merchant: ai.Merchant) -> None:
    request = pay_request(notify_url="https://shop.example/alipay/notify")
    names = run(block("on_step=count"), {"ai": ai, "merchant": merchant, "request": request})
    assert names["steps"] == {"sent": 1, "answered": 1, "concluded": 1}


def test_notifications(merchant: ai.Merchant, real_time: Gateway) -> None:
    from fastapi import FastAPI, Request, Response

    async def post(
        app: Any, body: bytes, headers: dict[str, str], path: str = "/alipay/notify", method: str = "POST"
    ) -> tuple[int, bytes]:
        """Posts to an ASGI application without a server."""
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        lines = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await app({"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
                   "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
                   "headers": lines, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 2)}, receive, send)
        return sent[0]["status"], b"".join(message.get("body", b"") for message in sent)

    async def main() -> None:
        shop = ai.Shop("M1", "Coffee House", "5814", store_id="S1", store_name="Harbour", terminal="TILL7", notify_url="https://shop.example/alipay/notify")
        async with ai.AsyncClient(merchant, store=ai.MemoryStore(), shop=shop) as client:
            app = FastAPI()
            run(block("@app.post(\"/sales\")"), {"ai": ai, "app": app, "Request": Request, "Response": Response, "client": client})
            paid = await client.pay(pay_request(notify_url="https://shop.example/alipay/notify"))
            told = {"notifyType": "PAYMENT_RESULT", "result": {"resultStatus": "S", "resultCode": "SUCCESS"},
                    "paymentRequestId": paid.payment_request_id, "paymentAmount": {"currency": "USD", "value": "1999"}}
            sent = real_time.notification(told)
            notification = merchant.verify_notification(headers=sent.headers, body=sent.body)
            assert await post(app, sent.body, sent.headers) == (200, merchant.acknowledge(notification).body)
            stranger = real_time.notification({**told, "paymentRequestId": "P"})
            assert (await post(app, stranger.body, stranger.headers))[0] == 500
            status, body = await post(app, sent.body + b" ", sent.headers)
            assert status == 400 and body != b""

            sale = json.dumps({"id": "SALE-1", "code": "281006020000000000125733", "price": "19.99"}).encode()
            for _ in range(2):
                status, body = await post(app, sale, {"Content-Type": "application/json"}, "/sales")
                assert status == 200 and json.loads(body)["payment_request_id"] == "SALE-1"
            await client.resume("SALE-1")
            status, body = await post(app, b"", {}, "/sales/SALE-1", "GET")
            assert json.loads(body)["outcome"] == "succeeded"

    asyncio.run(main())


def test_the_parts_alone(merchant: ai.Merchant) -> None:
    text = block("ai.SigningKey.load(open")
    names = run(text, {"ai": ai})
    # What a comment says a line gives.
    said = re.findall(r'^(ai\S.*?|router\S.*?|code\..*?) {2,}# (".*"|Decimal.*)$', text, re.M)
    assert [repr(eval(line, names)) for line, _ in said] == [value.replace('"', "'") for _, value in said]
    assert len(said) == 3


def test_refunds_and_china(merchant: ai.Merchant) -> None:
    names = run(block("ai.ChinaOrder("), {"ai": ai})
    assert names["env"].to_dict()["extendInfo"].count("Tea^2") == 1


def test_tests_of_your_own(tmp_path: Path) -> None:
    (tmp_path / "test_coffee.py").write_text(block("def test_a_coffee_is_paid"))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_coffee.py"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "PYTEST_ADDOPTS": ""})
    assert done.returncode == 0 and "1 passed" in done.stdout, done.stdout + done.stderr


def test_several_processes(merchant: ai.Merchant, capsys: pytest.CaptureFixture[str]) -> None:
    request = pay_request(notify_url="https://shop.example/alipay/notify")
    run(block("web.start"), {"ai": ai, "merchant": merchant, "request": request})
    assert capsys.readouterr().out in ("paying\n", "succeeded\n")
    names: dict[str, Any] = {"ai": ai, "merchant": merchant}
    working = threading.Thread(target=run, args=(block("worker.run_worker"), names))
    working.start()
    deadline = time.monotonic() + 30
    with ai.Client(merchant, store=ai.FileStore("payments"), claims=False) as client:
        while client.status(request.payment_request_id or "").in_progress and time.monotonic() < deadline:
            time.sleep(0.05)
        assert client.status(request.payment_request_id or "").succeeded
    names["worker"].close()
    working.join(10)
    assert not working.is_alive()


def test_a_store_of_ones_own() -> None:
    store = DictStore()
    names = run(block("def test_my_store"), {"MyStore": lambda _path: store})
    names["test_my_store"]("compare_and_set", Path())


def test_what_needs_a_person(merchant: ai.Merchant, real_time: Gateway, capsys: pytest.CaptureFixture[str]) -> None:
    with ai.Client(merchant, store=ai.MemoryStore()) as client:
        paid = client.pay(pay_request(notify_url="https://shop.example/alipay/notify"))
        sent = real_time.notification({
            "notifyType": "PAYMENT_RESULT", "result": {"resultStatus": "F", "resultCode": "ORDER_IS_CLOSED"},
            "paymentRequestId": paid.payment_request_id, "paymentAmount": {"currency": "USD", "value": "1999"}})
        assert client.handle_notification(sent.headers, sent.body).status == 200
        run(block("client.alerts()"), {"client": client})
        assert run(block("client.check()"), {"client": client})["report"].checks
        assert capsys.readouterr().out.startswith(f"{paid.payment_request_id} conflicting_evidence ")
        assert not client.alerts().alerts


@pytest.mark.parametrize(("page", "text"), GUIDE, ids=[name for name, _ in GUIDE])
def test_the_guide(page: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = run(text.replace("postgresql://till:secret@db.example/payments", f"sqlite:///{tmp_path}/payments.db"), {})
    for line, value in re.findall(r"^(\S.*?) {2,}# (.+)$", text, re.M):
        assert repr(eval(line, names)) == value, f"{page}: {line}"


def test_no_block_was_forgotten() -> None:
    tried = [
        "with Gateway() as gateway", "ai.generate_key()", "gateway_key=ai.VerifyingKey.load", "till.pay_order_code", "@app.post(\"/sales\")",
        "worker.run_worker", "client.alerts()", "client.check()", "def test_a_coffee_is_paid",
        "client.resume_all()", "async with", "on_step=count", "web.start", "def test_my_store", "import gevent", "ai.SigningKey.load(open",
        "ai.ChinaOrder(",
    ]
    assert sorted(BLOCKS) == sorted(block(words) for words in tried)
    assert {"keys.md", "amounts.md", "routing.md", "notifications.md", "stores.md"} <= {page for page, _ in GUIDE}


def test_the_readme_is_short() -> None:
    assert len(README.read_text().splitlines()) <= 200


def test_docstrings() -> None:
    tried = 0
    for found in pkgutil.iter_modules(ai.__path__):
        if found.name != "_native":
            failed, run_here = doctest.testmod(importlib.import_module(f"alipay_instore.{found.name}"))
            assert failed == 0
            tried += run_here
    assert tried >= 6


def test_everything_public_has_a_docstring() -> None:
    def public(thing: Any) -> Iterator[tuple[str, Any]]:
        for name, member in vars(thing).items():
            if not name.startswith("_") and (callable(member) or isinstance(member, (property, staticmethod, classmethod))):
                yield f"{thing.__name__}.{name}", member

    bare = []
    modules: list[Any] = [ai, importlib.import_module("alipay_instore.testing")]
    for module in modules:
        for name in module.__all__:
            thing = getattr(module, name)
            if not isinstance(thing, type):
                # An alias of words has no place for a docstring.
                words = get_origin(thing) is Literal
                bare += [name] if callable(thing) and not words and not thing.__doc__ else []
                continue
            bare += [] if thing.__doc__ and not thing.__doc__.startswith(f"{name}(") else [name]
            bare += [place for place, member in public(thing) if not getattr(member, "__doc__", None)]
    assert not bare, bare
