"""What the models of requests and answers have in common: JSON in and out, and a repr without customers' data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import Field, fields
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from ._amount import Amount
from ._errors import AlipayError, of_code
from ._native import PaymentCode

M = TypeVar("M", bound="Model")


def parse_json(text: str | bytes) -> Any:
    """JSON with its numbers unharmed: a rate such as 0.88156063 must not pass through a binary float."""
    return json.loads(text, parse_float=Decimal, parse_int=_whole)


def write_json(value: object) -> str:
    """JSON of what parse_json gave."""
    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain, allow_nan=False)
    except ValueError:
        reason = "a number is not finite or has thousands of digits, or the value holds itself"
        raise of_code("request.invalid", reason) from None
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            reason = "the text holds a lone surrogate, which has no UTF-8"
            raise of_code("request.invalid", reason, path=_surrogate(value, "")) from None
    return text


#: Below the number of digits that Python's own conversions refuse.
_MOST_DIGITS = 4_000


def _whole(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= _MOST_DIGITS else Decimal(digits)


def digits_of(number: int) -> str | None:
    """An integer as text; None for one that has thousands of digits, which Python does not write."""
    return str(number) if number.bit_length() < 3 * _MOST_DIGITS else None


def _surrogate(value: object, at: str) -> str | None:
    """The place of a text without UTF-8."""
    if isinstance(value, str):
        return at if any("\ud800" <= letter <= "\udfff" for letter in value) else None
    inner: list[tuple[str, object]] = []
    if isinstance(value, Mapping):
        inner = [(f"{at}.{name}" if at else str(name), item) for name, item in value.items()]
    elif isinstance(value, (list, tuple)):
        inner = [(f"{at}[{index}]", item) for index, item in enumerate(value)]
    found = (_surrogate(item, place) for place, item in inner)
    return next((place for place in found if place is not None), None)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} can't stand in JSON")


class Model:
    """A message or a part of one, as a dataclass of its fields.

    Members that are not declared, and declared ones that were not of their documented kind, stay in ``extra`` and
    are written back as they are. Reading never fails; a request is checked when it is used.
    """

    extra: dict[str, Any]
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    # Type checkers find a misspelt field by themselves, and would take any name where they see this.
    if not TYPE_CHECKING:

        def __setattr__(self, name: str, value: Any) -> None:
            """Refuses a name that is not a field, so that a misspelt one is never lost."""
            if name not in self.__dataclass_fields__:
                raise AttributeError(f"{type(self).__name__} has no field {name}")
            object.__setattr__(self, name, value)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object under the gateway's own names: every scalar as text, empty fields left out."""
        return self._to_dict("")

    def _to_dict(self, at: str) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for one in fields(self):
            if one.name == "extra":
                continue
            value = getattr(self, one.name)
            if value is None or value == []:
                continue
            name = one.metadata["json"]
            place = f"{at}{name}"
            if one.metadata["list"]:
                if not isinstance(value, (list, tuple)):
                    raise TypeError(f"{place} must be a list, not {type(value).__name__}")
                data[name] = [
                    _write(item, one.metadata["kind"], f"{place}[{index}]") for index, item in enumerate(value)
                ]
            else:
                data[name] = _write(value, one.metadata["kind"], place)
        for name, value in self.extra.items():
            data.setdefault(name, value)
        return data

    @classmethod
    def from_dict(cls: type[M], data: Mapping[str, Any]) -> M:
        """Reads a JSON object leniently: scalars as text, number or boolean, null as absent."""
        rest = dict(data)
        values: dict[str, Any] = {}
        for one in fields(cls):
            if one.name == "extra":
                continue
            name = one.metadata["json"]
            alias = one.metadata["alias"]
            if name not in rest and alias and alias in rest:
                name = alias
            raw = rest.get(name)
            if raw is None:
                rest.pop(name, None)
                continue
            try:
                kind = one.metadata["kind"]
                if one.metadata["list"]:
                    if not isinstance(raw, (list, tuple)):
                        continue
                    values[one.name] = [_read(item, kind) for item in raw]
                else:
                    values[one.name] = _read(raw, kind)
            except (_Other, AlipayError):
                continue
            del rest[name]
        values["extra"] = rest
        return cls(**values)

    def __repr__(self) -> str:
        shown = []
        for one in fields(self):
            value = getattr(self, one.name)
            if value is None or value == [] or value == {}:
                continue
            if one.name == "extra":
                value = sorted(value)
            elif isinstance(value, str) and not one.metadata["shown"]:
                shown.append(f"{one.name}=<{len(value)} characters>")
                continue
            shown.append(f"{one.name}={value!r}")
        return f"{type(self).__name__}({', '.join(shown)})"


class _Other(Exception):
    """A member that is not of its documented kind."""


def _scalar(raw: Any) -> str:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, Decimal):
        return format(raw, "f")
    if isinstance(raw, int):
        digits = digits_of(raw)
        if digits is not None:
            return digits
    elif isinstance(raw, str):
        return raw
    raise _Other


def _read(raw: Any, kind: Any) -> Any:
    if isinstance(kind, type):
        return _read_model(raw, kind)
    match kind:
        case "amount":
            if not isinstance(raw, Mapping):
                raise _Other
            return Amount.from_minor(_scalar(raw.get("value")), _scalar(raw.get("currency")))
        case "code":
            return PaymentCode(_scalar(raw))
        case "flag":
            words = {"true": True, "false": False}
            word = _scalar(raw)
            if word not in words:
                raise _Other
            return words[word]
        case "integer":
            digits = _scalar(raw)
            if not (digits.isascii() and digits.isdigit()):
                raise _Other
            if len(digits) > _MOST_DIGITS:
                raise _Other
            return int(digits)
        case "decimal":
            text = _scalar(raw)
            whole, _, fraction = text.partition(".")
            if not all(part.isascii() and part.isdigit() for part in (whole, fraction or "0")):
                raise _Other
            return Decimal(text)
        case _:
            return _scalar(raw)


def _read_model(raw: Any, kind: type[Model]) -> Any:
    if isinstance(raw, kind):
        return raw
    if isinstance(raw, Mapping):
        return kind.from_dict(raw)
    if kind.__name__ == "ExtendMembers" and isinstance(raw, str):
        # The field is a text that holds a JSON object; another text is kept as it is.
        try:
            inner = parse_json(raw)
        except ValueError:
            return raw
        return kind.from_dict(inner) if isinstance(inner, dict) else raw
    if kind.__name__ == "ApiResult":
        # Alipay+ may write the status letter alone.
        return kind.from_dict({"resultStatus": _scalar(raw)})
    raise _Other


def _write(value: Any, kind: Any, at: str) -> Any:
    if isinstance(value, Model):
        inner = value._to_dict(f"{at}.")
        return write_json(inner) if type(value).__name__ == "ExtendMembers" else inner
    if isinstance(value, Amount):
        return value.to_dict()
    if isinstance(value, PaymentCode):
        return value.expose()
    if kind == "amount":
        if isinstance(value, float):
            raise of_code("amount.float", "a float was passed as money", path=at)
        raise TypeError(f"{at} must be an Amount, not {type(value).__name__}")
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise of_code("request.invalid", "the datetime has no time zone", path=at)
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int):
        digits = digits_of(value)
        if digits is None:
            raise of_code("request.invalid", "the number has thousands of digits", path=at)
        return digits
    if isinstance(value, str):
        return value
    raise TypeError(f"{at} can't be {type(value).__name__}")


def meta(
    json_name: str, kind: Any = "text", *, many: bool = False, shown: bool = False, alias: str = ""
) -> dict[str, Any]:
    """What a field's declaration says beside its Python type."""
    return {"json": json_name, "kind": kind, "list": many, "shown": shown, "alias": alias}


