"""Money: whole minor units and their currency. No float ever takes part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, final

from . import _native
from ._errors import AmountError, of_code
from ._words import AmountRules, Rounding

Price = str | Decimal | int


def _text(price: Price) -> str:
    if isinstance(price, str):
        return price
    if isinstance(price, float):
        raise of_code("amount.float", "a float was passed as money")
    if isinstance(price, Decimal):
        return format(price, "f")
    if isinstance(price, int) and not isinstance(price, bool):
        return _digits(price)
    raise TypeError(f"money must be str, Decimal or int, not {type(price).__name__}")


#: More than any amount: Python refuses to write an integer of thousands of digits.
_TOO_LONG = 10**32


def _digits(number: int) -> str:
    if not -_TOO_LONG < number < _TOO_LONG:
        raise of_code("amount.too_long", "the amount has more than 16 digits in minor units")
    return str(number)


@final
class Amount:
    """An amount in minor units, of at most 16 digits, and its currency. Immutable.

    >>> Amount.from_major("19.99", "USD")
    Amount('19.99', 'USD')
    >>> Amount.from_minor("1999", "USD").to_major()
    Decimal('19.99')
    """

    __slots__ = ("_currency", "_value")
    _value: int
    _currency: str

    def __init__(self, value: int, currency: str) -> None:
        if isinstance(value, float):
            raise of_code("amount.float", "a float was passed as money")
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"minor units must be int, not {type(value).__name__}")
        _native.amount_from_minor(_digits(value), currency)
        object.__setattr__(self, "_value", value)
        object.__setattr__(self, "_currency", currency)

    @classmethod
    def _made(cls, value: int, currency: str) -> Amount:
        amount = object.__new__(cls)
        object.__setattr__(amount, "_value", value)
        object.__setattr__(amount, "_currency", currency)
        return amount

    @classmethod
    def from_major(
        cls, price: Price, currency: str, *, rounding: Rounding | None = None, rules: AmountRules = "alipay"
    ) -> Amount:
        """Turns a price such as ``"19.99"`` into minor units. A float raises AmountError.

        More decimals than the currency has are an error unless a rounding is given: ``half_even``, ``half_up`` or
        ``down``, to the currency's smallest step, which under the rules ``alipay`` is 100 minor units for IDR.
        """
        value = _native.amount_from_major(_text(price), currency, rounding, rules)
        return cls._made(value, currency)

    @classmethod
    def parse(cls, text: str) -> Amount:
        """Reads a price with its currency, such as ``"19.99 USD"``. Nothing is rounded.

        >>> Amount.parse("19.99 USD").value
        1999
        """
        price, space, currency = text.partition(" ")
        if not space:
            raise of_code("amount.format", "the text is not a price, a space and a currency code")
        return cls.from_major(price, currency)

    @classmethod
    def from_major_many(
        cls,
        prices: Iterable[Price],
        currency: str,
        *,
        rounding: Rounding | None = None,
        rules: AmountRules = "alipay",
    ) -> list[Amount | AmountError]:
        """Turns many prices of one currency into minor units; in the place of a wrong one stands its error."""
        if isinstance(prices, str):
            raise TypeError("from_major_many takes many prices, not one str")
        texts = [_text(price) for price in prices]
        results = _native.amounts_from_major(texts, currency, rounding, rules)
        return [cls._made(result, currency) if isinstance(result, int) else result for result in results]

    @classmethod
    def from_minor(cls, value: str | int, currency: str) -> Amount:
        """Reads minor units as the gateways write them: one to 16 digits."""
        if isinstance(value, float):
            raise of_code("amount.float", "a float was passed as money")
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            raise TypeError(f"minor units must be str or int, not {type(value).__name__}")
        text = value if isinstance(value, str) else _digits(value)
        return cls._made(_native.amount_from_minor(text, currency), currency)

    @property
    def value(self) -> int:
        """The minor units."""
        return self._value

    @property
    def currency(self) -> str:
        """The currency's three letters."""
        return self._currency

    def to_major(self) -> Decimal:
        """The price in major units, with all digits of the currency."""
        return Decimal(_native.amount_to_major(self._value, self._currency))

    def to_dict(self) -> dict[str, str]:
        """The form that the gateways write: currency and value as text."""
        return {"currency": self._currency, "value": str(self._value)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Amount:
        """Reads what to_dict wrote."""
        return cls.from_minor(data["value"], data["currency"])

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("an amount is immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("an amount is immutable")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Amount):
            return NotImplemented
        return self._value == other._value and self._currency == other._currency

    def __hash__(self) -> int:
        return hash((self._value, self._currency))

    def __reduce__(self) -> tuple[Any, ...]:
        return (Amount, (self._value, self._currency))

    def __str__(self) -> str:
        return f"{_native.amount_to_major(self._value, self._currency)} {self._currency}"

    def __repr__(self) -> str:
        return f"Amount({_native.amount_to_major(self._value, self._currency)!r}, {self._currency!r})"


def wallet_step(wallet: str) -> Amount | None:
    """The step of which the amounts of a wallet such as ``JKOPAY`` are multiples; None for one without a step."""
    step = _native.wallet_step(wallet)
    return None if step is None else Amount(*step)


def wallet_of_psp_id(psp_id: str) -> str | None:
    """The name of the wallet with this ``pspId`` of an answer, such as ``KAKAOPAY``; None for an unknown id."""
    return _native.wallet_of_psp_id(psp_id)


def wallet_minimum(wallet: str) -> Amount | None:
    """The smallest amount that a wallet such as ``ALIPAY_HK`` takes; None for one without a stated minimum."""
    minimum = _native.wallet_minimum(wallet)
    return None if minimum is None else Amount(*minimum)
