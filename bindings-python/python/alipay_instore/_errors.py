"""The exceptions: one class a category of the catalogue, so that callers can tell them apart by class or by code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ._error_codes import ROWS
from ._value import Value
from ._words import MayHaveCharged, ScannedAs

__all__ = [
    "AlipayError",
    "AlipayKeyError",
    "AmountError",
    "CodeError",
    "ConfigurationError",
    "ErrorCode",
    "InternalError",
    "MessageError",
    "PaymentError",
    "RequestError",
    "SignatureError",
    "StoreError",
    "TransportError",
    "error_codes",
]


#: Code and reason, and the values of _NAMED.
State = tuple[Any, ...]
#: What an error has beside its code and its reason, in the order in which the native module gives it.
_NAMED = (
    "hint",
    "retryable",
    "path",
    "scanned_as",
    "http_status",
    "content_type",
    "may_have_charged",
    "may_have_refunded",
    "payment_request_id",
)


@dataclass(frozen=True)
class ErrorCode(Value):
    """An entry of the catalogue."""

    #: The stable code, such as ``key.encrypted``.
    code: str
    #: Which class of exception carries it.
    category: str
    #: Whether the same call can succeed later, without a change by the caller.
    retryable: bool
    #: Whether the customer may have been charged when it is seen, as far as the code alone decides it.
    may_have_charged: MayHaveCharged
    #: What to do about it.
    hint: str


#: How PyO3 notes an argument.
_NOTE = re.compile(r"while processing '(\w+)'")


def _noted(note: str) -> str | None:
    found = _NOTE.fullmatch(note)
    return found and found[1]


class WrongType(TypeError):
    """A TypeError of the native module, which learns from its note which argument it is about."""

    def __init__(self, wanted: str, found: str) -> None:
        super().__init__(f"an argument must be {wanted}, not {found}")
        self._rest = f"must be {wanted}, not {found}"

    def add_note(self, note: str, /) -> None:
        """The name of the argument becomes a part of the message."""
        argument = _noted(note)
        if argument is not None:
            self.args = (f"{argument} {self._rest}",)


def wrong_type(wanted: str, found: str) -> TypeError:
    """The exception for an argument of another type."""
    return WrongType(wanted, found)


class AlipayError(Exception):
    """An error with a stable code, the reason found this once, and a hint that says what to do.

    Without a hint of its own it has the catalogue's, and `retryable` is the catalogue's too.
    """

    #: The stable code, such as ``key.encrypted``.
    code: str
    #: What was found.
    reason: str
    #: What to do about it.
    hint: str
    #: Whether the same call, with the same id, may be repeated.
    retryable: bool
    #: The JSON path of the field at fault, such as ``order.env.storeTerminalId``.
    path: str | None
    #: What was probably scanned, where a code error can tell it: ``shop_code``, ``repeated_code``, ``wechat_pay``,
    #: ``union_pay`` or ``reserved_length``.
    scanned_as: ScannedAs | None
    #: The HTTP status of an answer that could not be used, such as 502. Nobody signed it.
    http_status: int | None
    #: The content type of that answer, such as ``text/html``.
    content_type: str | None
    #: Whether the customer may have been charged, by this call or by the stored payment. False only if nothing was sent,
    #: or if the gateway verifiably refused.
    may_have_charged: bool
    #: Whether money may have been given back, by this call or for the stored payment.
    may_have_refunded: bool
    #: The payment whose call failed, also where the client made its id.
    payment_request_id: str | None

    def __init__(
        self,
        code: str,
        reason: str = "",
        *,
        hint: str | None = None,
        retryable: bool | None = None,
        path: str | None = None,
        scanned_as: ScannedAs | None = None,
        http_status: int | None = None,
        content_type: str | None = None,
        may_have_charged: bool = False,
        may_have_refunded: bool = False,
        payment_request_id: str | None = None,
    ) -> None:
        known = _CATALOGUE.get(code)
        self.code = code
        self.reason = reason
        self.hint = hint if hint is not None else (known.hint if known else "")
        self.retryable = retryable if retryable is not None else bool(known and known.retryable)
        self.path = path
        self.scanned_as = scanned_as
        self.http_status = http_status
        self.content_type = content_type
        self.may_have_charged = may_have_charged
        self.may_have_refunded = may_have_refunded
        self.payment_request_id = payment_request_id
        super().__init__(code, reason)

    def to_dict(self) -> dict[str, Any]:
        """The error as a dict of plain values, which JSON can hold."""
        return {name: getattr(self, name) for name in ("code", "reason", *_NAMED)}

    def add_note(self, note: str, /) -> None:
        """As of any exception. The native module notes which argument an error is about, which is the path then."""
        argument = _noted(note)
        if argument is not None and self.path is None:
            self.path = argument
            return
        # Python 3.10 has no notes.
        add = getattr(super(), "add_note", None)
        if add is not None:
            add(note)

    def __str__(self) -> str:
        place = f"{self.path}: " if self.path else ""
        return f"{self.code}: {place}{self.reason} ({self.hint})"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AlipayError):
            return NotImplemented
        return type(self) is type(other) and self.__getstate__() == other.__getstate__()

    __hash__ = Exception.__hash__

    def __getstate__(self) -> State:
        return (self.code, self.reason, *(getattr(self, name) for name in _NAMED))

    def __reduce__(self) -> tuple[Any, ...]:
        return (_again, (type(self), *self.__getstate__()))


class AlipayKeyError(AlipayError):
    """A key text that can't be used. It does not derive from KeyError."""


class SignatureError(AlipayError):
    """A signature that can't be made or does not verify."""


class CodeError(AlipayError):
    """A scanned code that can't be routed."""


class AmountError(AlipayError):
    """A price that can't be turned into minor units, or back."""


class ConfigurationError(AlipayError):
    """A setting: gateway, router, policy, merchant."""


class RequestError(AlipayError):
    """A request that the documents forbid; nothing was sent."""


class MessageError(AlipayError):
    """A message from outside that can't be read or trusted."""


class PaymentError(AlipayError):
    """A payment or a refund can't go on as asked: its id is stored for another one, its result is not known yet, an event or a
    snapshot was refused."""


class StoreError(AlipayError):
    """The store failed. What a store of your own raised is the ``__cause__``."""


class TransportError(AlipayError):
    """The network failed, or the client was closed."""


class InternalError(AlipayError):
    """A defect of this library."""


CLASSES: dict[str, type[AlipayError]] = {
    "key": AlipayKeyError,
    "signature": SignatureError,
    "code": CodeError,
    "amount": AmountError,
    "configuration": ConfigurationError,
    "request": RequestError,
    "message": MessageError,
    "payment": PaymentError,
    "store": StoreError,
    "transport": TransportError,
    "internal": InternalError,
}

_CATALOGUE = {code: ErrorCode(code, *row) for code, row in ROWS.items()}


def error_codes() -> list[ErrorCode]:
    """The catalogue of every code that an AlipayError can carry."""
    return list(_CATALOGUE.values())


def _again(cls: type[AlipayError], *state: Any) -> AlipayError:
    code, reason, *named = state
    return cls(code, reason, **dict(zip(_NAMED, named, strict=True)))


def make(*state: Any) -> AlipayError:
    """The exception for an error of the native module; the arguments are those of ``__getstate__``."""
    known = _CATALOGUE.get(state[0])
    return _again(CLASSES.get(known.category, AlipayError) if known else AlipayError, *state)


def error_of(data: Mapping[str, Any]) -> AlipayError:
    """The exception that stands in JSON."""
    return make(*(data[name] for name in ("code", "reason", *_NAMED)))


def of_code(code: str, reason: str, *, hint: str | None = None, path: str | None = None) -> AlipayError:
    """The exception of the class that the catalogue gives a code."""
    known = _CATALOGUE[code]
    return CLASSES[known.category](code, reason, hint=hint, path=path)
