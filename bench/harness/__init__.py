"""What measures, in the order of the table."""

from __future__ import annotations

from collections.abc import Callable

from .builds import Built
from .parts import calls, growth, http, many, php, sizes, stores
from .plan import Plan
from .rows import Section

PARTS: dict[str, Callable[[Plan, Built], list[Section]]] = {
    "calls": calls.measure,
    "php": php.measure,
    "http": http.measure,
    "stores": stores.measure,
    "growth": growth.measure,
    "many": many.measure,
    "sizes": sizes.measure,
}
