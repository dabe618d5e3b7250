"""What the values of this package have in common: frozen dataclasses that can be written as plain values and read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import Field, fields
from datetime import datetime
from enum import Enum
from typing import Any, ClassVar, TypeVar

V = TypeVar("V", bound="Value")


def read_by(read: Callable[[Any], object], write: Callable[[Any], object] | None = None) -> dict[str, Any]:
    """The metadata of a field that is not a plain value: how it is read from one, and written as one."""
    return {"read": read, "write": write or _plain}


def each(read: Callable[[Any], object]) -> dict[str, Any]:
    """The metadata of a field that holds any number of such values."""
    return read_by(lambda data: tuple(read(one) for one in data))


def written_as(name: str) -> dict[str, Any]:
    """The metadata of a field that has another name in a dict: the one of the shared JSON."""
    return {"name": name}


class Value:
    """A frozen dataclass with a dict of plain values for it."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def to_dict(self) -> dict[str, Any]:
        """The fields as plain values, which JSON can hold."""
        return {
            one.metadata.get("name", one.name): one.metadata.get("write", _plain)(getattr(self, one.name))
            for one in fields(self)
        }

    @classmethod
    def from_dict(cls: type[V], data: Mapping[str, Any]) -> V:
        """Reads what to_dict wrote. A name that is no field is a TypeError."""
        readers = {one.name: one.metadata["read"] for one in fields(cls) if "read" in one.metadata}
        names = {one.metadata["name"]: one.name for one in fields(cls) if "name" in one.metadata}
        named = {names.get(name, name): value for name, value in data.items()}
        return cls(
            **{
                name: readers[name](value) if name in readers and value is not None else value
                for name, value in named.items()
            }
        )


class Result(Value):
    """How something stands that ends: its outcome is None while it is in progress."""

    outcome: Any

    @property
    def in_progress(self) -> bool:
        """Whether it has no outcome yet."""
        return self.outcome is None

    def to_dict(self) -> dict[str, Any]:
        """The fields as plain values, which JSON can hold, and whether it is in progress."""
        return {**super().to_dict(), "in_progress": self.in_progress}

    @classmethod
    def from_dict(cls: type[V], data: Mapping[str, Any]) -> V:
        """Reads what to_dict wrote."""
        # The outcome says it too.
        rest = {name: value for name, value in data.items() if name != "in_progress"}
        return super().from_dict(rest)


class NotCopied:
    """What holds a secret, a connection, or a part of the native module: pickle and copy refuse it, and say why."""

    __slots__ = ()
    _not_copied: ClassVar[str]

    def __reduce_ex__(self, protocol: Any, /) -> Any:
        raise TypeError(f"a {type(self).__name__} can't be pickled or copied: {self._not_copied}")


class Tagged(Value):
    """A value of one of several kinds; its dict says which, under ``type``."""

    tag: ClassVar[str]

    def to_dict(self) -> dict[str, Any]:
        """The kind and the fields as plain values, which JSON can hold."""
        return {"type": self.tag, **super().to_dict()}

    @classmethod
    def from_dict(cls: type[V], data: Mapping[str, Any]) -> V:
        """Reads what to_dict wrote. A dict of another kind is a TypeError."""
        rest = dict(data)
        kind = rest.pop("type", None)
        if kind != cls.tag:  # type: ignore[attr-defined]
            raise TypeError(f"this is no {cls.__name__}: its type is {kind!r}")
        return super().from_dict(rest)


#: Any byte, those that are no UTF-8 too.
_LOSSLESS = "surrogateescape"


def bytes_of(text: str) -> bytes:
    """The bytes that _plain wrote as a text."""
    return text.encode(errors=_LOSSLESS)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return value.decode(errors=_LOSSLESS)
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    return value.to_dict() if hasattr(value, "to_dict") else value
