"""Payments that only wait: the memory of each, and the cost of a tick."""

from __future__ import annotations

from typing import Any

from ..builds import Built
from ..pictures import Line, Picture
from ..plan import Plan
from ..programs import Failed, once
from ..rows import Row, Section, at_most, number

NOTE = (
    "Payments by payment code whose body has 700 bytes, in one process with the memory store, all begun and told that they are "
    "in process. Memory is the growth of the process divided by their number. A tick is what the engine does when time has "
    "passed; up to 1,000 payments are due in one of them. It has "
    "to cost what is due, and not what waits."
)
KIB = 1024
GIB = 1024**3


def measure(plan: Plan, built: Built) -> list[Section]:
    section = Section("Payments that wait", NOTE)
    found: dict[int, dict[str, Any]] = {}
    reason = built.missing.get("rust")
    for count in plan.growth if reason is None else ():
        try:
            found[count] = once("growth", [*built.command("rust"), "growth", count])
        except Failed as failed:
            reason = f"{count:,} payments: {failed}"
            break

    def of(count: int) -> dict[str, Any]:
        if count not in found:
            raise Failed(reason or f"this run has {max(found):,} payments at most")
        return found[count]

    for count in (100_000, 1_000_000):
        what = f"memory of each of {count:,}"
        section.add(what, "≤ 2.00 KiB", lambda c=count, w=what: at_most(w, of(c)["bytes_each"] / KIB, "KiB", 2.0))
    what = "memory of 1,000,000"
    section.add(what, "≤ 2.20 GiB", lambda: at_most(what, of(1_000_000)["memory"] / GIB, "GiB", 2.2))

    def form() -> Row:
        if built.missing.get("rust"):
            raise Failed(built.missing["rust"])
        one = once("growth", [*built.command("rust"), "growth", plan.forms, "form"])
        return at_most(f"memory of each of {plan.forms:,} with a form", one["bytes_each"] / KIB, "KiB", 3.5)

    section.add(f"memory of each of {plan.forms:,} with a form", "≤ 3.50 KiB", form)
    for count in plan.growth:
        title = f"a tick of {count:,} with nothing due"
        section.add(title, "", lambda c=count, t=title: Row(t, f"{number(of(c)['idle_tick_us'])} µs"))
    most = max(plan.growth)
    title = f"what is due, each, of {most:,}, beside 1,000"

    def due() -> Row:
        here, there = of(most)["woken_us"], of(1_000)["woken_us"]
        return Row(title, f"{number(here)} µs", f"{number(there)} µs", f"{there / here:.2f}")

    section.add(title, "", due)
    if found:
        memory = Picture("Memory of payments that wait", "payments", "bytes each")
        memory.lines.append(Line("measured", [(count, one["bytes_each"]) for count, one in found.items()]))
        memory.lines.append(Line("2 KiB", [(1, 2 * KIB), (most, 2 * KIB)], dashed=True))
        tick = Picture("Cost of a tick", "payments", "µs")
        tick.lines.append(Line("nothing due", [(count, one["idle_tick_us"]) for count, one in found.items()]))
        tick.lines.append(Line("each that is due", [(count, one["woken_us"]) for count, one in found.items()]))
        begin = Line("to begin one", [(count, one["begin_us"]) for count, one in found.items()], dashed=True)
        tick.lines.append(begin)
        names = [memory.write("growth-memory", plan), tick.write("growth-tick", plan)]
        section.below = "\n".join(f"![{picture.title}]({name})" for picture, name in zip((memory, tick), names, strict=True))
    return [section]
