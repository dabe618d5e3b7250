"""What both clients have in common: their settings, the log, and values across the boundary."""

from __future__ import annotations

import atexit
import inspect
import logging
import os
from collections.abc import Callable, Iterable
from typing import Any

from . import _native
from ._amount import Amount
from ._errors import AlipayError, of_code
from ._merchant import Merchant, VerifiedResponse
from ._model import Model, parse_json, write_json
from ._native import FileStore, MemoryStore
from ._payment import Policy
from ._results import PaymentResult, TimelineEntry, error_of
from ._shop import Shop
from ._stores import PaymentStore
from ._times import duration

logger = logging.getLogger("alipay_instore")

Store = MemoryStore | FileStore | PaymentStore
#: Certificate authorities as PEM.
Certificates = bytes | str | Iterable[bytes | str]
OnStep = Callable[[str, TimelineEntry], object]

atexit.register(_native.shutdown)

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
    fields = {"payment_request_id": payment_request_id, "elapsed": step.elapsed, "event": step.event, **details}
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


def payment_result(text: str) -> PaymentResult:
    """What a payment's task answered."""
    return PaymentResult.from_dict(parse_json(text))


def all_results(text: str) -> dict[str, PaymentResult | AlipayError]:
    """What the task of resume_all answered."""
    return {
        entry["payment_request_id"]: PaymentResult.from_dict(entry["result"])
        if "result" in entry
        else error_of(entry["error"])
        for entry in parse_json(text)
    }


def response(text: str) -> VerifiedResponse:
    """What the task of call answered."""
    return VerifiedResponse(**parse_json(text))


class ClientBase:
    """What is set up once for either client."""

    _core: _native.Client
    _merchant: Merchant
    _shop: Shop | None

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
        shop: Shop | None,
    ) -> None:
        if shop is not None and not isinstance(shop, Shop):
            raise TypeError(f"shop must be a Shop, not {type(shop).__name__}")
        self._shop = shop
        if not isinstance(merchant, Merchant):
            raise TypeError(f"merchant must be a Merchant, not {type(merchant).__name__}")
        for method in ("put", "get", "ids"):
            if not callable(getattr(store, method, None)):
                raise TypeError(f"a store has the methods put, get and ids; this {type(store).__name__} has no {method}")

        # As requests means it: these authorities alone, of a file or of a folder.
        bundle = os.environ.get("REQUESTS_CA_BUNDLE") or None

        def told(payment_request_id: str, text: str) -> None:
            step = TimelineEntry.from_dict(parse_json(text))
            _log(payment_request_id, step)
            if on_step is not None:
                on_step(payment_request_id, step)

        self._merchant = merchant
        self._core = _native.Client(
            merchant._native,
            store,
            start,
            _timeout(connect_timeout, "connect_timeout"),
            _timeout(timeout, "timeout"),
            _timeout(idle_timeout, "idle_timeout"),
            proxy,
            None if root_certificates is None else _certificates(root_certificates),
            bundle,
            _certificates(extra_root_certificates),
            None if policy is None else policy._text,
            clock,
            told,
            notify_url_configured,
        )

    def _sale(
        self, scenario: str, amount: Amount, description: str, payment_request_id: str | None, **more: str
    ) -> str:
        """The body of pay for a sale in the shop of this client, as JSON."""
        if self._shop is None:
            raise of_code(
                "config.missing",
                "the client was made without a shop",
                path="shop",
                hint="nothing was sent; pass shop=Shop(...) to the client, or a whole request to pay",
            )
        return self._shop._request(scenario, amount, description, payment_request_id, **more)

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


def is_async(store: object) -> bool:
    """Whether a store is to be run on an event loop."""
    return inspect.iscoroutinefunction(getattr(store, "put", None))
