"""What both clients have in common: their settings, the log, and values across the boundary."""

from __future__ import annotations

import atexit
import json
import logging
import math
import os
import time
import weakref
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from . import _native
from ._amount import Amount
from ._contexts import Contexts
from ._dialect import TimelineEntry
from ._errors import AlipayError, of_code
from ._merchant import Body, Headers, Merchant, Notification, VerifiedResponse
from ._model import Model, parse_json, write_json
from ._native import FileStore, MemoryStore, PaymentCode, SqlStore
from ._payment import Policy, new_payment_request_id
from ._shop import Shop
from ._stores import async_perform, is_async, sync_perform
from ._times import duration
from ._value import NotCopied, Value

logger = logging.getLogger("alipay_instore")

#: Certificate authorities as PEM.
Certificates = bytes | str | Iterable[bytes | str]
OnStep = Callable[[str, TimelineEntry], object]

#: Those that were not closed, to give back what they drive when the interpreter ends.
_clients: weakref.WeakSet[ClientBase] = weakref.WeakSet()
#: So long the end of the interpreter waits for their stores, in seconds.
_PATIENCE = 2.0


def _at_exit() -> None:
    try:
        closing = [client._core.close(None) for client in list(_clients) if not client.closed]
    except AlipayError:
        closing = []
    deadline = time.monotonic() + _PATIENCE
    for task in closing:
        left = max(0.0, deadline - time.monotonic())
        task.wait_for(round(left * 1000))
    _native.shutdown()


atexit.register(_at_exit)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_native.before_fork,
        after_in_parent=_native.after_fork,
        after_in_child=_native.after_fork,
    )

_LEVELS = {"alerted": logging.ERROR, "unanswered": logging.WARNING}
#: What the customer is shown does not belong into a log.
_NOT_LOGGED = {"form", "error"}


def _log(payment_request_id: str, step: TimelineEntry) -> None:
    level = _LEVELS.get(step.event, logging.INFO)
    if not logger.isEnabledFor(level):
        return
    details = {name: value for name, value in step.details.items() if name not in _NOT_LOGGED}
    if "error" in step.details:
        details["code"] = step.details["error"]["code"]
        details["reason"] = step.details["error"]["reason"]
    text = " ".join(f"{name}={value}" for name, value in details.items() if value is not None)
    # No name that a logger, or a processor of its records, has for something else, such as event, message or name.
    fields = {"payment_request_id": payment_request_id, "elapsed": step.elapsed, "step": step.event, **details}
    logger.log(level, "%s %s %s", payment_request_id, step.event, text, extra=fields)


def _timeout(seconds: float, name: str) -> int:
    milliseconds = duration(seconds, name)
    if milliseconds < 1:
        raise of_code("config.invalid", f"{name} is not positive", path=name)
    return milliseconds


def _certificates(given: Certificates) -> list[bytes]:
    several = [given] if isinstance(given, (bytes, str)) else list(given)
    return [text.encode() if isinstance(text, str) else bytes(text) for text in several]


def request_text(request: object, kind: type[Model]) -> str:
    """A request as JSON, if it is one of this kind."""
    if not isinstance(request, kind):
        raise TypeError(f"the request must be a {kind.__name__}, not {type(request).__name__}")
    return write_json(request.to_dict())


def number_of(alert: int) -> int:
    """The number of an alert, as the native module takes it; no payment has one of number 0."""
    if isinstance(alert, bool) or not isinstance(alert, int):
        raise TypeError(f"number must be an int, not {type(alert).__name__}")
    return alert if 0 <= alert < 2**32 else 0


def wait_of(seconds: float | None) -> int | None:
    """How long a call waits, in milliseconds, as the native module takes it; -1 is unlimited."""
    if seconds is None:
        return None
    if seconds == math.inf:
        return -1
    milliseconds = duration(seconds, "wait")
    if milliseconds < 0:
        raise of_code("config.invalid", "wait is negative", path="wait")
    return milliseconds


def step(text: str) -> TimelineEntry | None:
    """What the task of a watch answered."""
    data = json.loads(text)
    return None if data is None else TimelineEntry.from_dict(data)


@dataclass(frozen=True)
class Limits(Value):
    """How many requests of a client may be under way, and how many may begin in a second."""

    #: Requests that are under way at the same time.
    in_flight: int = 128
    #: Requests a second, in the long run.
    per_second: int = 1_000
    #: Requests that may begin at once after a pause.
    burst: int = 1_000


#: The greatest number that a limit can be.
_MOST = 2**32 - 1


class _Settings(NamedTuple):
    """What the native client reads by these names. Times are milliseconds."""

    request_timeout: int
    owner_timeout: int | None
    claims: bool
    notify_url_configured: bool
    acknowledge_unknown: bool
    limits: tuple[int, int, int] | None


def ids_of(arguments: Mapping[str, Any], about: str | None) -> tuple[str | None, ...]:
    """The payment and the refund that a call is about: those that are named, and that of its request."""
    return arguments.get("payment_request_id"), arguments.get("refund_request_id"), about


def response(text: str) -> VerifiedResponse:
    """What the task of call answered."""
    return VerifiedResponse(**parse_json(text))


class ClientBase(NotCopied):
    """What is set up once for either client."""

    _not_copied = "it has threads and connections; make one in each process, on the same store"

    _core: _native.Client
    _merchant: Merchant
    _shop: Shop | None
    _contexts: Contexts

    def _open(
        self,
        merchant: Merchant,
        store: object,
        start: Callable[[Any, _native.Reply], None] | None,
        on_step: OnStep | None,
        *,
        timeout: float,
        connect_timeout: float,
        idle_timeout: float,
        root_certificates: Certificates | None,
        extra_root_certificates: Certificates,
        proxy: str,
        policy: Policy | None,
        clock: Any,
        notify_url_configured: bool,
        acknowledge_unknown: bool,
        shop: Shop | None,
        owner_timeout: float | None,
        claims: bool,
        limits: Limits | None,
    ) -> None:
        for value, kind, name in ((shop, Shop, "shop"), (limits, Limits, "limits")):
            if value is not None and not isinstance(value, kind):
                raise TypeError(f"{name} must be a {kind.__name__}, not {type(value).__name__}")
        if not isinstance(claims, bool):
            raise TypeError(f"claims must be a bool, not {type(claims).__name__}")
        for name, number in (limits or Limits()).to_dict().items():
            if not 1 <= number <= _MOST:
                raise of_code("config.invalid", f"{name} is not from 1 to {_MOST}", path=f"limits.{name}")
        self._shop = shop
        if not isinstance(merchant, Merchant):
            raise TypeError(f"merchant must be a Merchant, not {type(merchant).__name__}")
        contexts = Contexts()
        self._contexts = contexts
        perform: object = store
        if not isinstance(store, (MemoryStore, FileStore, SqlStore)):
            perform = (async_perform if is_async(store) else sync_perform)(store, contexts=contexts)

        # As requests means it: only these authorities, of a file or of a folder.
        bundle = os.environ.get("REQUESTS_CA_BUNDLE") or None

        def told(payment_request_id: str, text: str) -> None:
            entry = TimelineEntry.from_dict(json.loads(text))
            _log(payment_request_id, entry)
            if on_step is not None:
                contexts.of(payment_request_id).run(on_step, payment_request_id, entry)

        self._merchant = merchant
        self._core = _native.Client(
            merchant._native,
            perform,
            start,
            _timeout(connect_timeout, "connect_timeout"),
            _timeout(idle_timeout, "idle_timeout"),
            proxy,
            None if root_certificates is None else _certificates(root_certificates),
            bundle,
            _certificates(extra_root_certificates),
            None if policy is None else policy._text,
            clock,
            told,
            _Settings(
                _timeout(timeout, "timeout"),
                None if owner_timeout is None else _timeout(owner_timeout, "owner_timeout"),
                claims,
                notify_url_configured,
                acknowledge_unknown,
                None if limits is None else (limits.in_flight, limits.per_second, limits.burst),
            ),
        )
        _clients.add(self)

    def _sale(
        self, scenario: str, amount: Amount, description: str, payment_request_id: str | None, **more: str
    ) -> tuple[str, dict[str, Any]]:
        """The id of a sale in the shop of the client, and the arguments of pay for it."""
        if self._shop is None:
            raise of_code(
                "config.missing",
                "the client was made without a shop",
                path="shop",
                hint="nothing was sent; pass shop=Shop(...) to the client, or a whole request to pay",
            )
        made = payment_request_id or new_payment_request_id(self._shop.terminal or "")
        text = self._shop._request(scenario, amount, description, made, **more)
        return made, {"request": text, "fresh": payment_request_id is None}

    def _verified(self, headers: Headers, body: Body, notify_url: str | None) -> Notification:
        """A notification, verified at the time of the client's clock."""
        merchant = self._merchant
        return Notification(merchant._native.verify_notification(notify_url, headers, body, self._core.now()), merchant)

    @property
    def merchant(self) -> Merchant:
        """The merchant."""
        return self._merchant

    @property
    def gateway_time(self) -> int | None:
        """The time at the gateway now, in milliseconds since the epoch, by the answers that it signed.

        None until two answers have confirmed each other.
        """
        return self._core.gateway_time

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._core.closed

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._merchant.client_id!r}, {self._merchant.gateway!r})"


def scanned(code: str | PaymentCode) -> str:
    """A payment code as text."""
    return code.expose() if isinstance(code, PaymentCode) else code
