"""The payment machine itself, for hosts that do their own I/O: events in, actions out, time as an input."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from . import _native
from ._advice import Protocol
from ._amount import Amount
from ._errors import of_code
from ._merchant import Merchant
from ._model import parse_json, write_json
from ._results import AlertKind, Outcome, UnresolvedReason
from ._times import Time, milliseconds
from ._value import Tagged, Value, read_by
from .models import PayRequest


class Policy:
    """Every number the machine acts by: the documented preset of a protocol, changed where you say so.

    Times are milliseconds; the names are listed by ``to_dict()``. What the documents forbid raises
    ConfigurationError.
    """

    __slots__ = ("_text",)

    def __init__(self, protocol: Protocol, **changes: Any) -> None:
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
    scenario: str
    payment_expiry_time: Time | str | None = None
    api_prefix: str = "/ams/api/v1"
    request: Mapping[str, Any] = field(default_factory=dict, repr=False)
    #: The id of the refund that the machine may have to make; derived from the payment's if there is none.
    refund_request_id: str | None = None


@dataclass(frozen=True)
class Begin(Tagged):
    """Send it: the payment, or the refund."""

    tag: ClassVar[str] = "begin"


@dataclass(frozen=True)
class Reply(Tagged):
    """The gateway answered, and the answer was verified."""

    tag: ClassVar[str] = "reply"
    send_id: int
    operation: str
    body: Mapping[str, Any] = field(repr=False)
    #: When the gateway signed it: ``VerifiedResponse.signed_at``.
    signed_at: int | None = None
    #: Whether it was signed more than a minute before its request was sent, so that it may answer another one.
    stale: bool = False


@dataclass(frozen=True)
class NoReply(Tagged):
    """No usable answer arrived. ``not_sent`` only if not one byte of the request left this machine."""

    tag: ClassVar[str] = "no_reply"
    send_id: int
    operation: str
    certainty: Literal["unknown", "not_sent"] = "unknown"
    #: The result code of an answer without a signature: ``unverified_result_code(body)``. It settles nothing.
    unsigned_code: str | None = None
    #: Whether the answer was signed with none of the configured keys.
    wrong_key: bool = False


@dataclass(frozen=True)
class Notified(Tagged):
    """The gateway's notification arrived, and it was verified."""

    tag: ClassVar[str] = "notified"
    body: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class CancelRequested(Tagged):
    """The cashier or the merchant wants out."""

    tag: ClassVar[str] = "cancel_requested"


@dataclass(frozen=True)
class Resumed(Tagged):
    """The machine was restored from a snapshot."""

    tag: ClassVar[str] = "resumed"


@dataclass(frozen=True)
class Tick(Tagged):
    """Time passed: due at ``next_wakeup``, harmless at any other time."""

    tag: ClassVar[str] = "tick"


Event = Begin | Reply | NoReply | Notified | CancelRequested | Resumed | Tick


@dataclass(frozen=True)
class Send(Tagged):
    """Sign this body, freshly, and post it; feed back what came of it."""

    tag: ClassVar[str] = "send"
    sequence: int
    send_id: int
    operation: str
    path: str
    #: To be sent as it stands. That of pay holds the payment code: it is a secret, also in to_dict().
    body: str = field(repr=False)


@dataclass(frozen=True)
class Present(Tagged):
    """Show the order code, or redirect the customer's wallet."""

    tag: ClassVar[str] = "present"
    sequence: int
    form: dict[str, Any]


@dataclass(frozen=True)
class Alert(Tagged):
    """It needs manual review. Each kind comes at most once a payment."""

    tag: ClassVar[str] = "alert"
    sequence: int
    kind: AlertKind
    detail: str


@dataclass(frozen=True)
class Conclude(Tagged):
    """The payment has its result. Comes once."""

    tag: ClassVar[str] = "conclude"
    sequence: int
    outcome: Outcome = field(metadata=read_by(Outcome))


Action = Send | Present | Alert | Conclude


def _action(numbered: dict[str, Any]) -> Action:
    sequence = numbered["sequence"]
    ((kind, content),) = numbered["action"].items()
    match kind:
        case "send":
            return Send(sequence, **content)
        case "present":
            form = content["form"]
            return Present(sequence, parse_json(form) if isinstance(form, str) else form)
        case "alert":
            return Alert(sequence, **content)
        case "conclude":
            outcome = content["outcome"]
            name = outcome if isinstance(outcome, str) else next(iter(outcome))
            return Conclude(sequence, Outcome(name))
        case _:
            raise of_code("internal.panic", "the machine gave an action that is not known here")


def parts_of(event: Event) -> tuple[int, str | None, str | None, bool]:
    """The number of the send, its operation, the body, and whether nothing was sent, as far as an event has them."""
    body = write_json(event.body) if isinstance(event, (Reply, Notified)) else None
    not_sent = isinstance(event, NoReply) and event.certainty == "not_sent"
    if isinstance(event, (Reply, NoReply)):
        return event.send_id, event.operation, body, not_sent
    return 0, None, body, not_sent


def timing_of(event: Event) -> tuple[int | None, bool]:
    """When an answer was signed, and whether it is stale."""
    return (event.signed_at, event.stale) if isinstance(event, Reply) else (None, False)


class Payment:
    """A payment that ends with a result, never with a guess. It does no I/O and reads no clock of its own.

    **Persist before act**: after every event store ``snapshot()``, as a secret, and only then carry the actions out.
    After a restart ``restore`` the snapshot and feed ``Resumed()``. ``now`` is an aware datetime or milliseconds
    since the epoch; without it, it is the time now.

    Made of a request that is checked for a merchant, ``Payment(request, merchant=merchant)``, or of an order that
    was checked elsewhere, ``Payment(order, policy=Policy("ams"))``.
    """

    __slots__ = ("_native",)

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

    def begin(self, now: Time | None = None) -> list[Action]:
        """Begins: the first action is the send of pay."""
        return self.handle(Begin(), now)

    def handle(self, event: Event, now: Time | None = None) -> list[Action]:
        """Takes one event in and says what to do. Raises PaymentError; the payment then stays as it was."""
        if not isinstance(event, (Begin, Reply, NoReply, Notified, CancelRequested, Resumed, Tick)):
            raise TypeError(f"{type(event).__name__} is not an event of a payment")
        unverified = (event.unsigned_code, event.wrong_key) if isinstance(event, NoReply) else (None, False)
        text = self._native.handle(
            event.tag, milliseconds(now), *parts_of(event), *timing_of(event), *unverified
        )
        return [_action(numbered) for numbered in json.loads(text)]

    @property
    def next_wakeup(self) -> int | None:
        """When to feed the next ``Tick()``, in milliseconds since the epoch; never after the end."""
        return self._native.next_wakeup

    def snapshot(self) -> str:
        """The payment as text. Store it as a secret: it may hold the payment code."""
        return self._native.snapshot()

    @property
    def state(self) -> str:
        """``ready``, ``paying``, ``awaiting_customer``, ``confirming``, ``cancelling``, ``refunding``, or the outcome."""
        return self._native.state

    @property
    def outcome(self) -> Outcome | None:
        """How the payment ended, if it has."""
        outcome = self._native.outcome
        return None if outcome is None else Outcome(outcome[0])

    @property
    def failure_code(self) -> str | None:
        """The gateway's code of a payment that failed, or ``payment.not_sent``."""
        outcome = self._native.outcome
        return outcome[1] if outcome and outcome[0] == "failed" else None

    @property
    def unresolved_reason(self) -> UnresolvedReason | None:
        """What could not be settled in a payment that ended as unresolved."""
        outcome = self._native.outcome
        return outcome[1] if outcome and outcome[0] == "unresolved" else None  # type: ignore[return-value]

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
    def expiry_note(self) -> dict[str, Any] | None:
        """What may be worth knowing about that expiry, once the payment has begun: a note as in
        :attr:`PaymentResult.notes`, ``default_expiry`` or ``expiry_capped``."""
        note = self._native.expiry_note
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
