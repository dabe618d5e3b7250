"""For your tests: the sandbox gateway in the same process, clocks that obey, and signed notifications.

    pip install "alipay-instore[testing]"

The gateway itself is a package of its own, ``alipay-instore-testing``, so that the wheel that runs in production
carries no server; it brings the pytest fixtures ``alipay_gateway`` and ``alipay_gateway_manual``.

    from alipay_instore.testing import pay_request

    def test_a_coffee_is_paid(alipay_gateway):
        with alipay_gateway.client() as client:
            result = client.pay(pay_request("19.99", "USD"))
        assert result.succeeded
        assert alipay_gateway.payment(result.payment_request_id)["state"] == "succeeded"
"""

from __future__ import annotations

import json
import ssl
import tempfile
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from . import _native, models
from ._amount import Amount, Price
from ._async_client import AsyncClient
from ._client import Client
from ._loop import Loop
from ._merchant import Merchant
from ._model import parse_json, write_json
from ._native import FastClock, ManualClock, MemoryStore, PaymentCode, SigningKey, VerifyingKey
from ._payment import new_payment_request_id
from ._stores import AsyncStore, Store, async_perform, is_async, sync_perform
from ._value import Value, bytes_of, read_by
from ._words import Protocol, Scenario

if TYPE_CHECKING:
    from alipay_instore_testing import Sandbox

__all__ = [
    "FastClock",
    "Gateway",
    "ManualClock",
    "NOTIFY_PATH",
    "PAID_AT_ONCE",
    "STORE_PROPERTIES",
    "SignedNotification",
    "check_async_store",
    "check_store",
    "pay_request",
]

#: Where the merchants of the gateway take notifications, unless told otherwise.
NOTIFY_PATH = "/alipay/notify"

#: A payment code that the gateway's wallet pays at once, as often as it is used; ``Gateway.behaviours()`` lists the others.
PAID_AT_ONCE = "281006020000000000125733"

#: What a store has to keep, by name; see ``check_store``.
STORE_PROPERTIES: tuple[str, ...] = tuple(_native.store_properties())


def check_store(property: str, open_store: Callable[[], Store]) -> None:
    """Checks one property of a store of yours. Raises AssertionError with what the store did wrong.

    ``open_store`` opens it, as one more process would: it is called several times, and everything that was written before
    is there. The store is empty at first, so each property gets a new one:

        @pytest.mark.parametrize("property", STORE_PROPERTIES)
        def test_my_store(property, tmp_path):
            check_store(property, lambda: MyStore(tmp_path / "payments.db"))
    """
    raised: list[BaseException] = []

    def opened() -> object:
        try:
            store = open_store()
            if is_async(store):
                raise TypeError("the store is asynchronous; use check_async_store")
            return sync_perform(store, raised.append)
        except Exception as error:
            raised.append(error)
            raise

    _judge(_native.check_store(property, opened, None, None).wait(), raised)


async def check_async_store(property: str, open_store: Callable[[], AsyncStore]) -> None:
    """The same for a store of coroutines, which run on this event loop. ``open_store`` itself is no coroutine."""
    raised: list[BaseException] = []
    loop = Loop()

    def opened() -> object:
        try:
            store = open_store()
            if not is_async(store):
                raise TypeError("the store is not asynchronous; use check_store")
            return async_perform(store, raised.append)
        except Exception as error:
            raised.append(error)
            raise

    _judge(await loop.run(lambda done: _native.check_store(property, opened, loop.start, done)), raised)


def _judge(answer: str, raised: list[BaseException]) -> None:
    wrong = json.loads(answer)
    if wrong is not None:
        raise AssertionError(wrong) from (raised[-1] if raised else None)


@dataclass(frozen=True)
class SignedNotification(Value):
    """A notification as the gateway would post it."""

    path: str
    headers: dict[str, str]
    body: bytes = field(metadata=read_by(bytes_of))


def pay_request(
    price: Price = "19.99",
    currency: str = "USD",
    *,
    code: PaymentCode | str | None = PAID_AT_ONCE,
    scenario: Scenario | None = None,
    payment_request_id: str | None = None,
    notify_url: str | None = None,
) -> models.PayRequest:
    """A request that both protocols take, to be changed where a test needs it."""
    return models.PayRequest(
        payment_request_id=payment_request_id or new_payment_request_id("TEST"),
        payment_notify_url=notify_url,
        payment_factor=models.PaymentFactor(
            in_store_payment_scenario=scenario or ("PaymentCode" if code else "OrderCode")
        ),
        payment_amount=Amount.from_major(price, currency),
        payment_method=models.PaymentMethod(
            payment_method_type="CONNECT_WALLET",
            payment_method_id=PaymentCode(code) if isinstance(code, str) else code,
        ),
        settlement_strategy=models.SettlementStrategy(settlement_currency=currency),
        order=models.Order(
            reference_order_id="ORDER-1",
            order_description="Two coffees",
            merchant=models.OrderMerchant(
                reference_merchant_id="M1",
                merchant_mcc="5814",
                merchant_name="Coffee House",
                merchant_display_name="Coffee House",
                merchant_address=models.Address(region="SG", city="Singapore"),
                store=models.OrderStore(
                    reference_store_id="S1", store_name="Harbour", store_mcc="5814", store_terminal_id="TILL7"
                ),
            ),
            env=models.Env(store_terminal_id="TILL7", user_agent="Mozilla/5.0"),
        ),
    )


class Gateway:
    """The sandbox gateway on this machine. A context manager; it ends with the block, or with the process.

    Its clock runs ``speed`` times as fast as real time, or with ``manual=True`` stands still until ``advance``; the
    clients that it makes use the same clock. Keys, CA and ``sandbox.json`` lie in ``folder``.
    """

    _sandbox: Sandbox

    def __init__(
        self,
        folder: str | Path | None = None,
        *,
        speed: int = 1,
        manual: bool = False,
        tls: bool = False,
        client_id: str | None = None,
    ) -> None:
        try:
            from alipay_instore_testing import Sandbox
        except ImportError as error:
            raise ImportError(
                'the gateway is a package of its own: pip install "alipay-instore[testing]"'
            ) from error
        self._temporary = tempfile.TemporaryDirectory(prefix="alipay-sandbox-") if folder is None else None
        #: Where the keys and ``sandbox.json`` are.
        self.folder = Path(self._temporary.name if self._temporary else str(folder))
        now = _now() if manual else None
        self._sandbox = Sandbox(self.folder, tls=tls, speed=speed, now=now, client_id=client_id)
        #: Such as ``http://127.0.0.1:40123``.
        self.base_url = self._sandbox.base_url
        settings = json.loads((self.folder / "sandbox.json").read_text())
        #: The client id, which serves both protocols.
        self.client_id: str = settings["client_id"]
        self._ca = (self.folder / settings["ca"]).read_bytes() if "ca" in settings else None
        self._manual = ManualClock(now) if now is not None else None
        #: The clock that a client must use to live in the same time.
        self.clock: FastClock | ManualClock = self._manual or FastClock(
            settings["clock_origin_ms"], settings["speed"]
        )

    def __enter__(self) -> Gateway:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Ends it, and removes the folder if it was a temporary one."""
        self._sandbox.stop()
        if self._temporary is not None:
            self._temporary.cleanup()

    def merchant(self, protocol: Protocol = "ams", *, notify_url: str | None = NOTIFY_PATH) -> Merchant:
        """The merchant that the gateway knows, with this notify URL."""
        return Merchant(
            protocol=protocol,
            client_id=self.client_id,
            signing_key=SigningKey.load((self.folder / "merchant_private_key.pem").read_bytes()),
            gateway_key=VerifyingKey.load((self.folder / "gateway_public_key.pem").read_bytes()),
            gateway=self.base_url,
            notify_url=notify_url,
        )

    def client(
        self, protocol: Protocol = "ams", *, notify_url: str | None = NOTIFY_PATH, **options: Any
    ) -> Client:
        """A client of this gateway, on its clock; without a store it keeps payments in memory."""
        return Client(self.merchant(protocol, notify_url=notify_url), **self._options(options))

    def async_client(
        self, protocol: Protocol = "ams", *, notify_url: str | None = NOTIFY_PATH, **options: Any
    ) -> AsyncClient:
        """The same for asyncio."""
        return AsyncClient(self.merchant(protocol, notify_url=notify_url), **self._options(options))

    def _options(self, options: dict[str, Any]) -> dict[str, Any]:
        usual: dict[str, Any] = {"clock": self.clock, "notify_url_configured": True}
        if self._ca is not None:
            usual["extra_root_certificates"] = [self._ca]
        if "store" not in options:
            usual["store"] = MemoryStore()
        return {**usual, **options}

    def now(self) -> int:
        """The gateway's time, in milliseconds since the epoch."""
        return self._sandbox.now()

    def advance(self, milliseconds: int) -> None:
        """Lets so much time pass at a gateway with ``manual=True``, and at the clients on its clock."""
        if self._manual is None:
            raise RuntimeError("the clock of this gateway runs by itself; make it with manual=True")
        self._sandbox.advance(milliseconds)
        self._manual.advance(milliseconds)

    def ledger(self) -> dict[str, Any]:
        """The ledger: payments, refunds and notifications."""
        return self._http("GET", "/sandbox/ledger")  # type: ignore[no-any-return]

    def payment(self, payment_request_id: str) -> dict[str, Any] | None:
        """What the ledger says about a payment."""
        payments = self.ledger()["payments"]
        return next((row for row in payments if row["payment_request_id"] == payment_request_id), None)

    def behaviours(self) -> Any:
        """The payment codes that choose what the wallet and the network do."""
        return self._http("GET", "/sandbox/behaviours")

    def fresh_code(self, behaviour: str = "paid_at_once") -> str:
        """A payment code that chooses a behaviour and was not used before: Alipay's codes are good once."""
        return str(self._http("GET", f"/sandbox/codes?behaviour={behaviour}")["code"])

    def settings(self, **changes: Any) -> dict[str, Any]:
        """What the gateway does with every message, such as ``sign_query=True``; changed as the arguments say."""
        if changes:
            return self._http("POST", "/sandbox/settings", changes)  # type: ignore[no-any-return]
        return self._http("GET", "/sandbox/settings")  # type: ignore[no-any-return]

    def inject(
        self,
        fault: str,
        *,
        operation: str | None = None,
        times: int = 1,
        payment_request_id: str | None = None,
    ) -> None:
        """Lets something go wrong ahead of time, such as ``reply_lost`` of ``pay``."""
        wanted = {
            "fault": fault,
            "times": times,
            "operation": operation,
            "payment_request_id": payment_request_id,
        }
        self._http("POST", "/sandbox/faults", {name: v for name, v in wanted.items() if v is not None})

    def customer(self, payment_request_id: str, **wish: str) -> None:
        """Tells the customer of an order code what to do: ``plan="never"``, ``does="pay"``."""
        self._http("POST", f"/sandbox/customers/{payment_request_id}", wish)

    def notification(
        self,
        body: Mapping[str, Any] | bytes,
        *,
        path: str = NOTIFY_PATH,
        time: str | None = None,
    ) -> SignedNotification:
        """A notification with the gateway's real signature, to be posted to a handler of yours."""
        raw = body if isinstance(body, bytes) else write_json(dict(body)).encode()
        when = time or str(self.now())
        key = SigningKey.load((self.folder / "gateway_private_key.pem").read_bytes())
        signature = key.sign(path=path, client_id=self.client_id, time=when, body=raw, key_version=1)
        headers = {
            "Content-Type": "application/json; charset=UTF-8",
            "Client-Id": self.client_id,
            "Request-Time": when,
            "Signature": signature,
        }
        return SignedNotification(path, headers, raw)

    def wrong_notifications(self) -> list[str]:
        """What can be wrong with a notification, by name: see ``notification_of``."""
        return [str(row["wrong"]) for row in self._http("GET", "/sandbox/notices")]

    def notification_of(
        self,
        payment_request_id: str,
        amount: Amount | None = None,
        *,
        paid: bool = True,
        protocol: Protocol = "ams",
        path: str = NOTIFY_PATH,
        wrong: str | None = None,
    ) -> SignedNotification:
        """What the gateway would say of a payment, of 19.99 USD unless an amount is given: correct, or ``wrong`` on purpose.

        A handler has to refuse every wrong one; ``wrong_notifications()`` lists them.
        """
        amount = amount or Amount.parse("19.99 USD")
        made = self._http("POST", "/sandbox/notices", {
            "payment_request_id": payment_request_id, "currency": amount.currency, "value": str(amount.value), "paid": paid,
            "protocol": protocol, "path": path, "wrong": wrong,
        })
        return SignedNotification(made["path"], made["headers"], made["body"].encode())

    def _http(self, method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.base_url}{path}", data=data, method=method)
        request.add_header("Content-Type", "application/json")
        context = ssl.create_default_context(cadata=self._ca.decode()) if self._ca else None
        # Not through a proxy of the environment: the gateway is on this machine.
        handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({})]
        if context is not None:
            handlers.append(urllib.request.HTTPSHandler(context=context))
        with urllib.request.build_opener(*handlers).open(request, timeout=10) as answer:
            text = answer.read()
        return parse_json(text) if text else None

    def __repr__(self) -> str:
        return f"Gateway({self.base_url!r})"


def _now() -> int:
    return _native.FastClock(0, 1).now()
