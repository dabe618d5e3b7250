"""Routers: which system a scanned payment code is paid with."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from . import _native
from ._errors import CodeError
from ._native import PaymentCode
from ._reports import Route
from ._value import Value
from ._words import RoutingRules


@dataclass(frozen=True)
class DirectWallet(Value):
    """A wallet that is integrated without Alipay+ or Alipay in between.

    The routing number is the fourth to sixth digit of its codes; only ``ALIPAY_CN`` and ``ALIPAY_HK`` can do
    without. ``min_length`` is the fewest digits its codes have, which only the rule set ``ams`` reads.
    """

    wallet: str
    routing_number: str | None = None
    min_length: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """The wallet as the router's configuration has it."""
        return {name: value for name, value in super().to_dict().items() if value is not None}


def _route(target: Any, wallet: str | None, rule: Any, alternatives: list[str]) -> Route:
    return Route(target=target, wallet=wallet, rule=rule, alternatives=tuple(alternatives))


class Router:
    """Routes payment codes by one configuration. Safe to share between threads.

    >>> router = Router(direct=[DirectWallet("MPAY", routing_number="003")])
    >>> router.route("281003020000000000125733").wallet
    'MPAY'
    """

    __slots__ = ("_config", "_native")

    def __init__(
        self,
        *,
        alipay_plus: bool = True,
        ruleset: RoutingRules = "alipay_plus",
        direct: Iterable[DirectWallet] = (),
    ) -> None:
        wallets = list(direct)
        for wallet in wallets:
            if not isinstance(wallet, DirectWallet):
                raise TypeError(f"a direct wallet must be a DirectWallet, not {type(wallet).__name__}")
        self._config = {
            "alipay_plus": alipay_plus,
            "ruleset": ruleset,
            "direct": [wallet.to_dict() for wallet in wallets],
        }
        self._native = _native.Router(json.dumps(self._config), _route)

    def route(self, code: PaymentCode | str, /) -> Route:
        """Routes a code. Raises CodeError for a text that is not a payment code, or one that nothing here takes."""
        return self._native.route(code)

    def route_many(self, codes: Iterable[PaymentCode | str], /) -> list[Route | CodeError]:
        """Routes many codes in one call; in the place of one without a route stands its error."""
        if isinstance(codes, (str, PaymentCode)):
            raise TypeError(f"route_many takes many codes, not one {type(codes).__name__}")
        return self._native.route_many(codes)

    def __repr__(self) -> str:
        arguments = ", ".join(f"{name}={value!r}" for name, value in self._config.items())
        return f"Router({arguments})"

    def __reduce__(self) -> tuple[Any, ...]:
        return (_router, (self._config,))


def _router(config: dict[str, Any]) -> Router:
    direct = [DirectWallet.from_dict(wallet) for wallet in config["direct"]]
    return Router(alipay_plus=config["alipay_plus"], ruleset=config["ruleset"], direct=direct)
