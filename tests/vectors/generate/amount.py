"""Makes amount.json: prices to minor units and back.

The oracle is exact arithmetic by `fractions`, held against `decimal`, over the ISO 4217 list of 2026-01-01.
"""

import decimal
import json
import math
import random
import re
from fractions import Fraction

from vector_file import VECTORS, finish

ISO = json.loads((VECTORS / "iso4217-2026-01-01.json").read_text(encoding="utf-8"))["minor_units"]
LIMIT = 10**16
ROUNDINGS = {
    "half_even": (round, decimal.ROUND_HALF_EVEN),
    "half_up": (lambda steps: math.floor(steps + Fraction(1, 2)), decimal.ROUND_HALF_UP),
    "down": (math.floor, decimal.ROUND_DOWN),
}
decimal.getcontext().prec = 20_000


def currency_digits(currency: str) -> int | str:
    if not re.fullmatch("[A-Z]{3}", currency):
        return "currency.format"
    if currency not in ISO:
        return "currency.unknown"
    digits = ISO[currency]["digits"]
    return "currency.no_minor_unit" if digits is None else digits


def to_minor(text: str, currency: str, rounding: str | None, rules: str) -> str:
    """The minor units as text, or an error code (which has a dot)."""
    if rounding is not None and rounding not in ROUNDINGS:
        return "amount.rounding"
    if rules not in ("alipay", "iso"):
        return "amount.rules"
    digits = currency_digits(currency)
    if isinstance(digits, str):
        return digits
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        return "amount.format"
    step = 100 if (rules, currency) == ("alipay", "IDR") else 1
    minor = Fraction(decimal.Decimal(text)) * 10**digits
    if rounding is None:
        if minor.denominator != 1:
            return "amount.excess_precision"
        value = int(minor)
    else:
        by_fraction, by_decimal = ROUNDINGS[rounding]
        value = by_fraction(minor / step) * step
        scaled = decimal.Decimal(text).scaleb(digits) / step
        assert value == int(scaled.to_integral_value(by_decimal)) * step, (text, currency, rounding)
    if value >= LIMIT:
        return "amount.too_long"
    return "amount.rule" if value % step else str(value)


def to_major(text: str, currency: str) -> str:
    digits = currency_digits(currency)
    if isinstance(digits, str):
        return digits
    if not re.fullmatch("[0-9]+", text):
        return "amount.format"
    if len(text) > 16:
        return "amount.too_long"
    price = str(decimal.Decimal(int(text)).scaleb(-digits).quantize(decimal.Decimal(1).scaleb(-digits)))
    # str() writes tiny decimals with an exponent, format() does not; a digit code here would be an error.
    return format(decimal.Decimal(price), "f")


def is_code(found: str) -> bool:
    return bool(re.fullmatch(r"(amount|currency)\.[a-z_]+", found))


class Cases:
    def __init__(self) -> None:
        self.list: list[dict] = []
        self.inputs: set[tuple] = set()

    def add(self, op: str, text: str, currency: str, rounding=None, rules=None, note=None) -> None:
        key = (op, text, currency, rounding, rules)
        if key in self.inputs:
            return
        self.inputs.add(key)
        if op == "to_minor":
            found = to_minor(text, currency, rounding, "alipay" if rules is None else rules)
        else:
            found = to_major(text, currency)
        shown = text if len(text) <= 40 else f"{text[:12]}...{text[-6:]} of {len(text)} characters"
        options = [json.dumps(option) for option in (rounding, rules) if option is not None]
        name = " ".join([op, json.dumps(shown), json.dumps(currency), *options])
        case = {"kind": "amount", "name": name, "op": op, "text": text, "currency": currency}
        if rounding is not None:
            case["rounding"] = rounding
        if rules is not None:
            case["rules"] = rules
        case["expected"] = {"error": found} if is_code(found) else {"value": found}
        if note:
            case["note"] = note
        self.list.append(case)


def main() -> None:
    cases = Cases()
    rng = random.Random(20260101)

    # The examples of "Accept a payment", step 2.
    cases.add("to_minor", "1.00", "USD")
    cases.add("to_minor", "1", "JPY")

    # Every entry of the ISO list, to minor units and back.
    for currency, entry in ISO.items():
        digits = entry["digits"] or 0
        whole = str(rng.randrange(1, 10**6))
        cases.add("to_minor", "19.99", currency)
        cases.add("to_minor", whole, currency)
        cases.add("to_minor", whole + "." + "5" * max(digits, 1), currency)
        cases.add("to_minor", whole + ".5" + "0" * digits, currency)
        cases.add("to_minor", "0." + "0" * digits + "1", currency)
        cases.add("to_minor", "0." + "0" * digits + "1", currency, "half_up")
        cases.add("to_major", "1", currency)
        cases.add("to_major", str(rng.randrange(10**15, 10**16)), currency)

    # Withdrawn codes, codes that never were, and texts that are none.
    for currency in ("BGN", "CUC", "HRK", "SLL", "ZWL", "DEM", "ZZZ", "AAA", "USS", "EEK", "RUR", "MRO"):
        cases.add("to_minor", "1.00", currency)
        cases.add("to_major", "100", currency)
    for currency in ("", "U", "US", "USDX", "usd", "Usd", "USd", " USD", "USD ", "USD\n", "U D", "U-D", "840",
                     "\u20ac", "\uff35\uff33\uff24", "US\u0130", "\u00c4\u00d6", "$", "U\u0000D"):
        cases.add("to_minor", "1.00", currency)
        cases.add("to_major", "100", currency)

    # Texts that are no price.
    wrong = ["", " ", ".", "..", "1.", ".5", "+1", "-1", "-0", " 1", "1 ", "1\n", "\t1", "1,00", "1.000,00", "1 000",
             "1_000", "1'000", "1.0.0", "1e3", "1E-2", "0x10", "0b1", "NaN", "inf", "Infinity", "1/2", "1.-1", "1.+1",
             "$1", "1USD", "1.5\u0660", "\u0661", "\uff11", "\u00b2", "1\u00a0000", "1\u3002" "5", "1\u066b" "5", "1\u0000", "true",
             "null", "1.0\r", "\ufeff1", "\u2212" "1", "1.5f", "0.1.2", "1..2", "\u4e00"]
    for text in wrong:
        cases.add("to_minor", text, "USD")
        cases.add("to_minor", text, "JPY", "half_even")
        cases.add("to_major", text, "USD")
    for text in ("1.0", "0.5", "19.99", "00.1"):
        cases.add("to_major", text, "USD")
        cases.add("to_major", text, "JPY")

    # Ties, and what lies just beside them, in currencies of 0, 2, 3 and 4 digits and in rupiah.
    for currency in ("USD", "JPY", "KWD", "CLF", "IDR", "EUR"):
        digits = ISO[currency]["digits"]
        for whole in ("0", "1", "2", "7", "149", "150", "99999999"):
            for tail in ("5", "50", "51", "49", "500000000000000000000001", "499999999999999999999999", "0", "000"):
                for kept in ("", "4" * digits, "9" * digits):
                    text = f"{whole}.{kept}{tail}"
                    rounding = rng.choice([*ROUNDINGS, None])
                    cases.add("to_minor", text, currency, rounding, rng.choice(["alipay", "iso", None]))
    for whole in range(8):
        for decimals in ("", ".49", ".5", ".50", ".51", ".500001", ".99", ".995"):
            for rounding in (*ROUNDINGS, None):
                cases.add("to_minor", f"{whole}{decimals}", "IDR", rounding)
                cases.add("to_minor", f"{whole}{decimals}", "IDR", rounding, "iso")

    # The sixteenth digit, from both sides.
    for currency in ("USD", "JPY", "KWD", "CLF", "IDR"):
        digits = ISO[currency]["digits"]
        for top in (LIMIT - 1, LIMIT - 100, LIMIT, LIMIT + 1, LIMIT * 10, LIMIT - 101):
            text = format(decimal.Decimal(top).scaleb(-digits), "f")
            for rounding in (None, *ROUNDINGS):
                for tail in ("", "5", "9") if digits else ("", ".5", ".9"):
                    cases.add("to_minor", text + tail, currency, rounding)
    for text in ("9" * 16, "9" * 17, "1" + "0" * 16, "0" * 15 + "1", "0" * 16 + "1", "0" * 16, "0" * 17, "9" * 40):
        for currency in ("USD", "JPY", "IDR"):
            cases.add("to_major", text, currency,
                      note="at most 16 digits of text, leading zeros counted" if text.startswith("0") else None)
            cases.add("to_minor", text, currency)

    # Leading and trailing zeros, and texts far longer than any amount.
    for text in ("0", "00", "0.0", "0.00", "00000000000000000000000001.00", "007", "1.0000000000000000000000",
                 "0." + "0" * 10_000, "0" * 10_000 + "19.99", "0." + "0" * 9_999 + "1", "9" * 5_000, "1." + "9" * 5_000):
        for currency in ("USD", "JPY", "IDR"):
            cases.add("to_minor", text, currency)
        cases.add("to_minor", text, "USD", "half_even")
        cases.add("to_minor", text, "USD", "down")
    for text in ("0", "00", "5", "05", "50", "599", "1000000", "0000000000000001"):
        for currency in ("USD", "JPY", "KWD", "CLF", "IDR"):
            cases.add("to_major", text, currency)

    # Names of roundings and rules.
    for rounding in ("", "up", "HALF_UP", "half-up", "halfEven", "ceiling", "half_even "):
        cases.add("to_minor", "1.005", "USD", rounding)
    for rules in ("", "ISO", "swift", "alipay_plus", "Alipay"):
        cases.add("to_minor", "1.00", "USD", None, rules)

    # The order of the checks.
    order = "the first check that fails names the error"
    for text, currency in (("x", "usd"), ("x", "ZZZ"), ("x", "XAU"), ("9" * 20 + ".999", "USD"), ("9" * 20 + ".99", "IDR"),
                           ("9" * 20 + ".01", "IDR"), ("1.001", "IDR")):
        cases.add("to_minor", text, currency, note=order)

    # Prices at random, mostly of the kind that a till sees.
    currencies = sorted(code for code, entry in ISO.items() if entry["digits"] is not None)
    for _ in range(600):
        whole = str(rng.randrange(10 ** rng.randrange(1, 15)))
        tail = "".join(rng.choice("0123456789") for _ in range(rng.randrange(0, 7)))
        currency = rng.choice([*currencies, "USD", "IDR", "JPY", "KRW", "VND", "KWD"])
        rounding = rng.choice([None, *ROUNDINGS])
        cases.add("to_minor", whole + ("." + tail if tail else ""), currency, rounding)
    for _ in range(200):
        cases.add("to_major", str(rng.randrange(10 ** rng.randrange(1, 17))), rng.choice(currencies))

    finish("amount.json",
           "Exact arithmetic by Python's fractions and decimal, over ISO 4217 list one of 2026-01-01.",
           cases.list)


main()
