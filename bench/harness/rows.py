"""The rows of the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .programs import Failed


@dataclass(frozen=True)
class Row:
    """One thing that was measured."""

    what: str
    figure: str
    reference: str = ""
    ratio: str = ""
    bar: str = ""
    #: None where there is no bar, or nothing was measured.
    met: bool | None = None


@dataclass
class Section:
    title: str
    #: What has to be known to read the rows.
    note: str
    rows: list[Row] = field(default_factory=list)
    #: Below the rows: lists, pictures.
    below: str = ""

    def add(self, what: str, bar: str, row: Callable[[], Row]) -> None:
        """Adds a row, or says why there is none."""
        try:
            self.rows.append(row())
        except Failed as failed:
            self.rows.append(Row(what, f"not measured: {failed}", bar=bar))


def at_least(what: str, figure: str, reference: str, ratio: float, bar: float | None) -> Row:
    """The ratio has to reach the bar."""
    if bar is None:
        return Row(what, figure, reference, f"{ratio:.2f}")
    return Row(what, figure, reference, f"{ratio:.2f}", f"≥ {bar:.2f}", ratio >= bar)


def at_most(what: str, value: float, unit: str, bar: float, reference: str = "") -> Row:
    """The figure itself may not be above the bar; its ratio is to the bar."""
    return Row(what, f"{number(value)} {unit}", reference, f"{value / bar:.2f}", f"≤ {number(bar)} {unit}", value <= bar)


def number(value: float) -> str:
    """With three digits that say something."""
    if value >= 1000:
        return f"{value:,.0f}"
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def microseconds(nanoseconds: float) -> str:
    return f"{number(nanoseconds / 1000)} µs" if nanoseconds >= 1000 else f"{number(nanoseconds)} ns"
