"""A panic in Rust arrives as InternalError, whichever export it happens in.

These tests need a build with the feature `panic-test`, which `make python-install` makes; without it they fail at the
import. In a wheel that is shipped the switch is not there, which `make wheel` checks.
"""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import alipay_instore as ai
from alipay_instore import _base, _native
from alipay_instore.testing import FastClock, Gateway, ManualClock, pay_request
from alipay_instore_testing import _sandbox

from .own_store import AsyncDictStore, DictStore

arm: Callable[[int], None] = getattr(_native, "_arm_panic")
arm_sandbox: Callable[[], None] = getattr(_sandbox, "_arm_panic")

BEGIN = '{"type":"begin"}'
PAID = (
    '{"type":"reply","send_id":1,"operation":"pay","body":{"result":{"resultStatus":"S","resultCode":"SUCCESS"}}}'
)
PARTS: dict[str, Any] = {"path": "/p", "client_id": "C", "time": "T", "body": b"{}"}


def paid() -> _native.Payment:
    payment = _native.Payment(_native.policy_preset("ams"), "P", "1", "USD", "PaymentCode", None, "/p", "{}", None)
    payment.handle(BEGIN, 0)
    payment.handle(PAID, 1)
    return payment


@pytest.fixture
def things(gateway: Gateway, tmp_path: Path) -> dict[str, Any]:
    merchant = gateway.merchant()
    sent = gateway.notification({"paymentRequestId": "P"})
    key = ai.SigningKey.load((gateway.folder / "gateway_private_key.pem").read_bytes())
    native = gateway.client()._core
    order = ("P", "1", "USD", "PaymentCode", None, "/p", "{}", None)
    policy = _native.policy_preset("ams")
    url = f"sqlite://{tmp_path}/payments.db"
    return {
        "key": key, "public": key.verifying_key, "code": ai.PaymentCode("281006020000000000125733"),
        "lines": ai.ScannedLines(),
        "pem": (gateway.folder / "gateway_private_key.pem").read_bytes(), "merchant": merchant._native, "sent": sent,
        "router": ai.Router()._native, "client": native, "order": order, "policy": policy, "now": gateway.now(),
        "payment": _native.Payment(policy, *order), "paid": paid(), "ledger": _native.RefundLedger.of(paid()), "memory": ai.MemoryStore(), "file": ai.FileStore(tmp_path),
        "url": url, "sql": ai.SqlStore(url, migrate=True),
        "notification": merchant.verify_notification(
            headers=sent.headers, body=sent.body, now=gateway.now())._native,
        "watch": native.watch("P"), "settings": _base._Settings(1, None, True, True, False, None),
        "merchants": ai.Merchants([merchant])._native, "folder": gateway.folder,
        "task": native.ask("inquire", {"payment_request_id": "P"}, None),
    }


def read(thing: Any, name: str) -> object:
    value = getattr(thing, name)
    return value() if callable(value) else value


def calls(t: dict[str, Any]) -> dict[str, Callable[[], object]]:
    """A call of every export, by its name."""
    s, m = t["sent"], t["merchant"]
    found: dict[str, Callable[[], object]] = {
        "SigningKey.load": lambda: ai.SigningKey.load(t["pem"]),
        "SigningKey.sign": lambda: t["key"].sign(**PARTS),
        "VerifyingKey.load": lambda: ai.VerifyingKey.load("x"),
        "VerifyingKey.verify": lambda: t["public"].verify("x", **PARTS),
        "PaymentCode.__new__": lambda: ai.PaymentCode("281006020000000000125733"),
        "PaymentCode.from_scan": lambda: ai.PaymentCode.from_scan("281006020000000000125733"),
        "ScannedLines.__new__": lambda: ai.ScannedLines(),
        "ScannedLines.push": lambda: t["lines"].push(b"1"),
        "PaymentCode.__deepcopy__": lambda: t["code"].__deepcopy__({}),
        "Router.__new__": lambda: _native.Router("{}", lambda *_: None),  # type: ignore[arg-type]
        "Router.route": lambda: t["router"].route("1"),
        "Router.route_many": lambda: t["router"].route_many(["1"]),
        "Merchant.__new__": lambda: ai.Merchant(protocol="ams", client_id="C", signing_key=t["key"],
                                                gateway_key=t["public"], gateway="sea"),
        "Merchant.from_env": lambda: ai.Merchant.from_env({}),
        "Merchant.from_file": lambda: ai.Merchant.from_file(t["folder"] / "sandbox.json"),
        "Merchant.path": lambda: m.path("pay"),
        "Merchant.path_of_call": lambda: m.path_of_call("v1/x"),
        "Merchant.sign_request": lambda: m.sign_request("/p", b"{}", 0),
        "Merchant.verify_response": lambda: m.verify_response("/p", {}, b"{}"),
        "Merchant.verify_notification": lambda: m.verify_notification(s.path, s.headers, s.body, t["now"]),
        "Merchant.acknowledge": lambda: m.acknowledge(t["notification"], 0, True),
        "Merchant.explain_notification": lambda: m.explain_notification("/p", {}, b"{}", [], [], [], []),
        "Merchant.explain_response": lambda: m.explain_response("/p", {}, b"{}", [], [], [], []),
        "Merchants.__new__": lambda: _native.Merchants([m]),
        "Merchants.verify_notification": lambda: t["merchants"].verify_notification("/p", {}, b"", 0),
        "Payment.__new__": lambda: _native.Payment(t["policy"], *t["order"]),
        "Payment.of_request": lambda: _native.Payment.of_request(m, t["policy"], "{}", 0, None, True),
        "Payment.restore": lambda: ai.Payment.restore("{}"),
        "Payment.handle": lambda: t["payment"].handle(BEGIN, 0),
        "RefundLedger.of": lambda: _native.RefundLedger.of(t["paid"]),
        "RefundLedger.restore": lambda: _native.RefundLedger.restore("{}"),
        "RefundLedger.enter": lambda: t["ledger"].enter(m, "{}"),
        "RefundLedger.handle": lambda: t["ledger"].handle("R", BEGIN, 0),
        "RefundLedger.enter_order": lambda: t["ledger"].enter_order("R", "1", "USD", "/p", "{}"),
        "RefundLedger.resolve": lambda: t["ledger"].resolve("R", "made", "who", "", 0),
        "RefundLedger.for_reverse": lambda: _native.RefundLedger.for_reverse(t["paid"]),
        "RefundLedger.enter_reverse": lambda: t["ledger"].enter_reverse(t["paid"]),
        "RefundLedger.handle_reverse": lambda: t["ledger"].handle_reverse(BEGIN, 0),
        "china_texts": lambda: _native.china_texts([], [], [], [], None, True),
        "MemoryStore.__new__": lambda: ai.MemoryStore(),
        "MemoryStore.purge": lambda: t["memory"].purge(older_than=1),
        "FileStore.__new__": lambda: ai.FileStore(t["folder"]),
        "FileStore.purge": lambda: t["file"].purge(older_than=1),
        "SqlStore.__new__": lambda: ai.SqlStore(t["url"]),
        "SqlStore.purge": lambda: t["sql"].purge(older_than=1),
        "FastClock.__new__": lambda: FastClock(0, 1),
        "ManualClock.__new__": lambda: ManualClock(0),
        "ManualClock.advance": lambda: ManualClock.advance(t["manual"], 1),
        "Client.__new__": lambda: _native.Client(
            m, t["memory"], None, 1, 1, "system", None, None, [], None, None, None, t["settings"]),
        "Client.ask": lambda: t["client"].ask("check", {}, None),
        "Client.watch": lambda: t["client"].watch("P"),
        "Watch.next": lambda: t["watch"].next(None),
        "Client.handle_verified": lambda: t["client"].handle_verified(t["notification"], None),
        "Client.close": lambda: t["client"].close(None),
        "store_properties": lambda: _native.store_properties(),
        "check_store": lambda: _native.check_store("compare_and_set", lambda: None, None, None),
        "Client.notified": lambda: t["client"].notified(t["notification"], None),
        "Task.wait": lambda: t["task"].wait(),
        "Task.wait_for": lambda: t["task"].wait_for(1),
        "Endings.__new__": lambda: _native.Endings(lambda call: None),
        "Endings.call": lambda: t["endings"].call(),
        "Reply.returned": lambda: None,
        "Reply.raised": lambda: None,
        "amount_from_major": lambda: ai.Amount.from_major("1", "USD"),
        "amounts_from_major": lambda: ai.Amount.from_major_many(["1"], "USD"),
        "amount_from_minor": lambda: ai.Amount.from_minor("1", "USD"),
        "amount_to_major": lambda: _native.amount_to_major(1, "USD"),
        "read_verified": lambda: ai.read_verified(protocol="ams", operation="pay", body=b"{}"),
        "unverified_result_code": lambda: ai.unverified_result_code(b"{}"),
        "wallet_step": lambda: ai.wallet_step("X"),
        "wallet_of_psp_id": lambda: ai.wallet_of_psp_id("X"),
        "wallet_minimum": lambda: ai.wallet_minimum("X"),
        "advice": lambda: ai.advice(protocol="ams", operation="pay", result_status="S", result_code=""),
        "refuse": lambda: ai.Acknowledgement.refuse(ValueError()),
        "generate_key": lambda: _native.generate_key(2048),
        "qr_svg": lambda: _native.qr_svg("x"),
        "qr_png": lambda: _native.qr_png("x"),
        "qr_terminal": lambda: _native.qr_terminal("x"),
        "policy_preset": lambda: _native.policy_preset("ams"),
        "policy_check": lambda: _native.policy_check("{}"),
        "parse_time": lambda: _native.parse_time("x"),
        "new_payment_request_id": lambda: ai.new_payment_request_id(),
        "check_shop": lambda: _native.check_shop("{}"),
        "sale_request": lambda: _native.sale_request("{}", "{}"),
        "check_pay": lambda: _native.check_pay(m, "{}", 0, None, True),
        "shutdown": lambda: _native.shutdown(), "before_fork": lambda: _native.before_fork(), "after_fork": lambda: _native.after_fork(),
    }
    t["manual"], t["endings"] = ManualClock(0), _native.Endings(lambda call: None)
    instances = {"SigningKey": "key", "VerifyingKey": "public", "PaymentCode": "code", "ScannedLines": "lines", "Merchant": "merchant",
                 "Notification": "notification", "Payment": "payment", "RefundLedger": "ledger", "MemoryStore": "memory", "FileStore": "file", "SqlStore": "sql",
                 "Client": "client", "Watch": "watch", "Task": "task", "Endings": "endings", "ManualClock": "manual"}
    # What takes no argument but the object itself: properties, and methods such as snapshot().
    special: dict[str, Callable[[Any], object]] = {
        "__repr__": repr, "__str__": str, "__hash__": hash, "__copy__": lambda x: x.__copy__(),
        "__reduce__": lambda x: x.__reduce__(), "__eq__": lambda x: x == x}
    for kind, instance in instances.items():
        thing = t[instance]
        for name in vars(getattr(_native, kind)):
            full = f"{kind}.{name}"
            if full in found:
                continue
            if name in special:
                found[full] = partial(special[name], thing)
            elif not name.startswith("__"):
                found[full] = partial(read, thing, name)
    found["FastClock.now"] = FastClock(0, 1).now
    return found


#: What PyO3 itself adds to a class, and the reflected halves of a comparison.
OWN = {"__doc__", "__module__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"}


def test_every_export_turns_a_panic_into_an_exception(things: dict[str, Any], capfd: pytest.CaptureFixture[str]) -> None:
    known = calls(things)
    exports = {name for name in _native.__all__ if not inspect.isclass(getattr(_native, name))}
    for name in _native.__all__:
        thing = getattr(_native, name)
        if inspect.isclass(thing):
            exports.remove(name) if name in exports else None
            exports |= {f"{name}.{member}" for member in vars(thing) if member not in OWN}
    exports -= {"_arm_panic", "__version__"}
    # A reply is only there while a store is being asked.
    reply = {"Reply.returned", "Reply.raised"}
    assert exports == set(known) | reply, exports ^ (set(known) | reply)
    for name, call in sorted(known.items()):
        if name in reply:
            continue
        arm(1)
        try:
            with pytest.raises(ai.InternalError) as caught:
                call()
            assert caught.value.code == "internal.panic" and isinstance(caught.value, Exception), name
        finally:
            arm(0)
    capfd.readouterr()


def test_a_panic_in_a_payment(gateway: Gateway, capfd: pytest.CaptureFixture[str]) -> None:
    with gateway.client() as client:
        arm(2)
        with pytest.raises(ai.InternalError) as caught:
            client.pay(pay_request())
        assert caught.value.may_have_charged, "nobody knows"
        assert client.pay(pay_request()).succeeded, "the client goes on"

    async def main() -> None:
        async with gateway.async_client() as client:
            arm(2)
            with pytest.raises(ai.InternalError):
                await client.pay(pay_request())
            assert (await client.pay(pay_request())).succeeded

    asyncio.run(main())
    capfd.readouterr()


def test_a_panic_in_what_a_store_calls_back(gateway: Gateway, capfd: pytest.CaptureFixture[str]) -> None:
    """An asynchronous store answers through an export too. A panic there is an answer that was lost: the store may have
    written, and the payment goes on with what it finds."""
    inner = DictStore()
    armed: list[str] = []

    def after(operation: str) -> None:
        if operation == "insert" and not armed:
            armed.append(operation)
            arm(1)

    inner.after = after
    # To print the backtrace takes longer than a payment on a fast clock waits for its store.
    policy = ai.Policy("ams", reply_time=60_000)

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda *_: None)
        async with gateway.async_client(store=AsyncDictStore(inner), policy=policy) as client:
            result = await asyncio.wait_for(client.pay(pay_request()), 20)
            assert result.succeeded and armed, result.timeline

    try:
        asyncio.run(main())
    finally:
        arm(0)
    capfd.readouterr()


def test_panics_in_many_threads(key: ai.SigningKey, capfd: pytest.CaptureFixture[str]) -> None:
    caught: list[BaseException] = []

    def work() -> None:
        arm(1)
        try:
            key.sign(**PARTS)
        except BaseException as error:
            caught.append(error)

    for _ in range(20):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    arm(0)
    assert [type(error) for error in caught] == [ai.InternalError] * 20
    capfd.readouterr()


def test_a_panic_in_the_sandbox(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    sandbox = _sandbox.Sandbox(tmp_path)
    exports: dict[str, Callable[[], object]] = {
        "__new__": lambda: _sandbox.Sandbox(tmp_path), "base_url": lambda: sandbox.base_url, "now": sandbox.now,
        "advance": lambda: sandbox.advance(1), "stop": sandbox.stop,
    }
    assert set(exports) == set(vars(_sandbox.Sandbox)) - OWN
    for call in exports.values():
        arm_sandbox()
        with pytest.raises(ai.InternalError):
            call()
    sandbox.stop()
    capfd.readouterr()
