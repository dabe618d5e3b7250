"""The payment machine itself, for hosts that do their own I/O: events in, actions out, time as an input."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import _native
from ._amount import Amount
from ._dialect import PAYMENT_ACTIONS, PAYMENT_EVENTS, Begin, PaymentAction, PaymentEvent, PaymentWarning
from ._merchant import Merchant
from ._model import parse_json, write_json
from ._times import Time, milliseconds
from ._value import NotCopied, Tagged, Value, read_by
from ._words import AlertKind, Outcome, PaymentState, Protocol, Scenario, UnresolvedReason
from .models import PayRequest

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._policy import PolicyNumbers


class Policy:
    """Every number the machine acts by: the documented preset of a protocol, changed where you say so.

    Times are milliseconds; the names are listed by ``to_dict()``. What the documents forbid raises
    ConfigurationError.
    """

    __slots__ = ("_text",)

    def __init__(self, protocol: Protocol, **changes: Unpack[PolicyNumbers]) -> None:
        numbers = json.loads(_native.policy_preset(protocol))
        if changes:
            numbers.update(changes)
        self._text = json.dumps(numbers)
        _native.policy_check(self._text)

    def to_dict(self) -> dict[str, Any]:
        """Every number by its name."""
        return json.loads(self._text)  # type: ignore[no-any-return]

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Policy:
        """Reads what to_dict wrote."""
        changes = {name: value for name, value in data.items() if name != "protocol"}
        return cls(data["protocol"], **changes)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Policy) and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return f"Policy({self.to_dict()!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return (_policy, (self.to_dict(),))


def _policy(numbers: dict[str, Any]) -> Policy:
    return Policy.from_dict(numbers)


@dataclass(frozen=True)
class PaymentOrder(Value):
    """What is to be paid, as the machine needs it. ``request`` is the body of pay without its expiry.

    The request holds the payment code, so the dict of an order is a secret. A datetime appears as its text.
    """

    payment_request_id: str
    amount: Amount = field(metadata=read_by(Amount.from_dict))
    scenario: Scenario
    payment_expiry_time: Time | str | None = None
    api_prefix: str = "/ams/api/v1"
    request: Mapping[str, Any] = field(default_factory=dict, repr=False)
    #: The id of the refund that the machine may have to make; derived from the payment's if there is none.
    refund_request_id: str | None = None


def event_text(event: Tagged | Mapping[str, Any], kinds: tuple[type[Tagged], ...], whose: str) -> str:
    """An event as the JSON that the machines read."""
    if isinstance(event, kinds):
        return write_json(event.to_dict())
    if isinstance(event, Mapping):
        return write_json(event)
    raise TypeError(f"{type(event).__name__} is not an event of {whose}")


class Payment(NotCopied):
    """A payment that ends with a result, never with a guess. It does no I/O and reads no clock of its own.

    **Persist before act**: after every event store ``snapshot()``, as a secret, and only then carry the actions out.
    After a restart ``restore`` the snapshot and feed ``Resumed()``. ``now`` is an aware datetime or milliseconds
    since the epoch; without it, it is the time now.

    Made of a request that is checked for a merchant, ``Payment(request, merchant=merchant)``, or of an order that
    was checked elsewhere, ``Payment(order, policy=Policy("ams"))``.
    """

    __slots__ = ("_native",)
    _not_copied = "keep its snapshot(), as a secret, and restore that"

    def __init__(
        self,
        what: PayRequest | PaymentOrder,
        /,
        *,
        merchant: Merchant | None = None,
        policy: Policy | None = None,
        wallet: str | None = None,
        notify_url_configured: bool = False,
        now: Time | None = None,
    ) -> None:
        if isinstance(what, PayRequest):
            if merchant is None:
                raise TypeError("a payment of a PayRequest needs its merchant")
            text = (policy or Policy(merchant.protocol))._text
            self._native = _native.Payment.of_request(
                merchant._native, text, write_json(what.to_dict()), milliseconds(now), wallet, notify_url_configured
            )
        elif isinstance(what, PaymentOrder):
            if policy is None and merchant is None:
                raise TypeError("a payment of a PaymentOrder needs a policy")
            chosen = policy or Policy(merchant.protocol)  # type: ignore[union-attr]
            expiry = what.payment_expiry_time
            self._native = _native.Payment(
                chosen._text,
                what.payment_request_id,
                str(what.amount.value),
                what.amount.currency,
                what.scenario,
                _native.parse_time(expiry)
                if isinstance(expiry, str)
                else (None if expiry is None else milliseconds(expiry)),
                what.api_prefix,
                write_json(dict(what.request)),
                what.refund_request_id,
            )
        else:
            raise TypeError(f"a payment is made of a PayRequest or a PaymentOrder, not {type(what).__name__}")

    @classmethod
    def restore(cls, snapshot: str, /) -> Payment:
        """The payment that a snapshot was taken of. Feed it ``Resumed()`` unless it was never begun."""
        payment = cls.__new__(cls)
        payment._native = _native.Payment.restore(snapshot)
        return payment

    def begin(self, now: Time | None = None) -> list[PaymentAction]:
        """Begins: the first action is the send of pay."""
        return self.handle(Begin(), now)

    def handle(self, event: PaymentEvent | Mapping[str, Any], now: Time | None = None) -> list[PaymentAction]:
        """Takes one event in and says what to do. Raises PaymentError; the payment then stays as it was.

        An event can also be a dict, as ``to_dict()`` writes it and as every language does.
        """
        text = self._native.handle(event_text(event, PAYMENT_EVENTS, "a payment"), milliseconds(now))
        return [PAYMENT_ACTIONS[action["type"]].from_dict(action) for action in parse_json(text)]

    @property
    def next_wakeup(self) -> int | None:
        """When to feed the next ``Tick()``, in milliseconds since the epoch; never after the end."""
        return self._native.next_wakeup

    def snapshot(self) -> str:
        """The payment as text. Store it as a secret: it may hold the payment code."""
        return self._native.snapshot()

    @property
    def state(self) -> PaymentState:
        """Where the payment stands; at its end, the outcome."""
        return self._native.state

    @property
    def outcome(self) -> Outcome | None:
        """How the payment ended, if it has."""
        word = self._ended["outcome"]
        return None if word is None else Outcome(word)

    @property
    def failure_code(self) -> str | None:
        """The gateway's code of a payment that failed, or ``payment.not_sent``."""
        return self._ended.get("code")

    @property
    def unresolved_reason(self) -> UnresolvedReason | None:
        """What could not be settled in a payment that ended as unresolved."""
        return self._ended.get("reason")

    @property
    def _ended(self) -> dict[str, Any]:
        return json.loads(self._native.outcome)  # type: ignore[no-any-return]

    @property
    def alerts(self) -> list[AlertKind]:
        """The alerts that were raised, in the order of their first appearance."""
        return self._native.alerts

    @property
    def payment_request_id(self) -> str:
        """The id of this attempt to pay."""
        return self._native.payment_request_id

    @property
    def payment_id(self) -> str | None:
        """The gateway's id of the payment, once a verified message told it."""
        return self._native.payment_id

    @property
    def amount(self) -> Amount:
        """What the customer pays."""
        return Amount(*self._native.amount)

    @property
    def expiry(self) -> int | None:
        """The expiry that the request carries, once the payment has begun."""
        return self._native.expiry

    @property
    def expiry_warning(self) -> PaymentWarning | None:
        """What may be worth knowing about that expiry, once the payment has begun: a warning as in
        :attr:`PaymentResult.warnings`, ``default_expiry`` or ``expiry_capped``."""
        note = self._native.expiry_warning
        return None if note is None else json.loads(note)

    @property
    def begun_at(self) -> int | None:
        """When the payment began, in milliseconds since the epoch."""
        return self._native.begun_at

    def __repr__(self) -> str:
        return repr(self._native)


def check_request(
    request: PayRequest,
    *,
    merchant: Merchant,
    wallet: str | None = None,
    notify_url_configured: bool = False,
    now: Time | None = None,
) -> dict[str, Any]:
    """Checks a request as ``pay`` would, and gives the body that would be sent, without its expiry.

    The body holds the payment code: it is a secret.
    """
    body = write_json(request.to_dict())
    text = _native.check_pay(merchant._native, body, milliseconds(now), wallet, notify_url_configured)
    return parse_json(text)  # type: ignore[no-any-return]


def new_payment_request_id(terminal: str = "", *, now: Time | None = None) -> str:
    """A new id for one attempt to pay: time, terminal and randomness. Never use one twice."""
    return _native.new_payment_request_id(milliseconds(now), terminal)
