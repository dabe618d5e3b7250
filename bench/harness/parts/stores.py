"""Payments over HTTP with durable stores, beside the memory store."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile

from .. import plan as plans
from ..builds import Built
from ..machine import words
from ..plan import BENCH, ROOT, Plan
from ..programs import Failed, Program, Series, interleaved
from ..rows import Row, Section, at_least, number

NOTE = (
    "The same payments from Rust over plain HTTP, 64 at once. The reference is the memory "
    "store in the same run. Every write is durable when it returns. All of them are in the folder for temporary files (`TMPDIR`), "
    "on the disk that the last row is about."
)
BARS = {"file": 0.7, "sqlite": 0.7, "postgres": 0.5}
TITLES = {"file": "`FileStore`", "sqlite": "SQLite", "postgres": "PostgreSQL"}


def measure(plan: Plan, built: Built) -> list[Section]:
    section = Section("Payments with durable stores", NOTE)
    command = [sys.executable, "-m", "harness.parts.stores", plan.name, json.dumps(built.missing)]
    databases = str(ROOT / "tests/with-databases")
    asked = subprocess.run([databases, "--missing"], capture_output=True, text=True, check=False)
    missing = asked.stdout.strip()
    if not missing:
        command = [databases, *command]
    environment = {**os.environ, "PYTHONPATH": str(BENCH)}
    inside = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    sys.stderr.write(inside.stderr)
    lines = inside.stdout.strip().splitlines()
    found = json.loads(lines[-1]) if inside.returncode == 0 and lines else {}
    nothing = Series(reason=f"not installed: {missing}" if missing else "the part ended early")
    series = {name: Series(**found[name]) if name in found else nothing for name in ("memory", *BARS, "flush")}

    def payments(name: str) -> Row:
        own, to = series[name], series["memory"]
        figures = (f"{number(one.median('per_second'))} a second" for one in (own, to))
        return at_least(f"{TITLES[name]}, payments", *figures, own.ratio(to, "per_second"), BARS[name])

    def latency(name: str) -> Row:
        own, to = series[name], series["memory"]
        added = [number(max(own.median(part) - to.median(part), 0.0)) for part in ("p50_ms", "p99_ms")]
        whole = [number(to.median(part)) for part in ("p50_ms", "p99_ms")]
        return Row(f"{TITLES[name]}, latency that it adds, p50 / p99", f"{added[0]} / {added[1]} ms", f"{whole[0]} / {whole[1]} ms")

    for name, bar in BARS.items():
        section.add(f"{TITLES[name]}, payments", f"≥ {bar:.2f}", lambda name=name: payments(name))
        section.add(f"{TITLES[name]}, latency that it adds, p50 / p99", "", lambda name=name: latency(name))
    what = "the disk: writes of 2 KiB with `fdatasync`, one after the other"

    def flush() -> Row:
        one = series["flush"]
        times = f"{number(one.median('p50_ms'))} / {number(one.median('p99_ms'))} ms"
        system = words("stat", "--file-system", "--format=%T", tempfile.gettempdir())
        return Row(what, f"{number(one.median('per_second'))} a second", f"p50 / p99 {times}, {system}")

    section.add(what, "", flush)
    return [section]


def inside(plan: Plan, built: Built) -> dict[str, object]:
    """Asks all of them in turn."""
    with tempfile.TemporaryDirectory() as folder:
        gateway = Program("gateway", [*built.command("rust"), "sandbox", f"{folder}/gateway"])
        gateway.line(60)
        stores = {"memory": "memory", "file": f"file:{folder}/payments", "sqlite": f"sqlite://{folder}/payments.db"}
        if url := os.environ.get("ALIPAY_TEST_POSTGRES"):
            stores["postgres"] = url
        questions = []
        for name, store in stores.items():
            program = built.start("rust", [*built.command("rust"), "pay", f"{folder}/gateway", store])
            program.name = name
            questions.append((program, "pay"))
        program = built.start("rust", [*built.command("rust"), "flush", folder])
        program.name = "flush"
        questions.append((program, "flush"))
        series = interleaved(questions, plan.pay_rounds, plan.pay_slice)
        for program, _ in questions:
            program.stop()
        gateway.stop()
    return {name: {"answers": one.answers, "reason": one.reason} for (name, _), one in series.items()}


def main() -> None:
    name, missing = sys.argv[1:]
    plan = {plan.name: plan for plan in (plans.FULL, plans.QUICK, plans.DRY)}[name]
    try:
        print(json.dumps(inside(plan, Built(plan, json.loads(missing)))))
    except Failed as failed:
        sys.exit(f"stores: {failed}")


if __name__ == "__main__":
    main()
