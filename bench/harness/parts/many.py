"""Very many payments in process at once, against a gateway in the same process."""

from __future__ import annotations

import statistics
from typing import Any

from ..builds import Built
from ..plan import Plan
from ..programs import Failed, once
from ..rows import Row, Section, number

FEW = 1_000
NOTE = (
    "One process in the time of a simulation, with the memory store and the gateway of the sandbox, whose messages are not "
    "signed here and whose processor time does not count. Each payment is paid at its third inquiry."
)


def measure(plan: Plan, built: Built) -> list[Section]:
    section = Section("Very many payments at once", NOTE)
    many: dict[str, Any] = {}

    def run(count: int) -> dict[str, Any]:
        if "rust" in built.missing:
            raise Failed(built.missing["rust"])
        return once("many", [*built.command("rust"), "many", count])

    def ended() -> Row:
        many.update(run(plan.many))
        right = many["outcomes"].get("succeeded", 0)
        return Row(f"{plan.many:,} payments end right", f"{right:,}", bar="all", met=many["right"])

    def known() -> dict[str, Any]:
        if not many:
            raise Failed("the payments did not end")
        return many

    def flight() -> Row:
        most = known()["most_in_flight"]
        return Row("requests in flight at the most", f"{most}", bar="≤ 128", met=most <= 128)

    def cost() -> Row:
        each = known()["processor_us_each"]
        few = statistics.median(run(FEW)["processor_us_each"] for _ in range(5))
        ratio = each / few
        title = f"processor time of a payment, beside {FEW:,} of them"
        return Row(title, f"{number(each)} µs", f"{number(few)} µs", f"{ratio:.2f}", "≤ 1.50", ratio <= 1.5)

    section.add(f"{plan.many:,} payments end right", "all", ended)
    section.add("requests in flight at the most", "≤ 128", flight)
    section.add(f"processor time of a payment, beside {FEW:,} of them", "≤ 1.50", cost)
    return [section]
