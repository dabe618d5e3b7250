"""The table."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path

from . import machine
from .plan import BENCH, WORK, Plan
from .rows import Row, Section

BEGIN = """# What was measured

Written by `make bench`; [README.md](README.md) says how to read it. Figures are medians. A ratio is how many times as fast as the
reference ours is, or how much of the bar a figure takes.
"""
HEAD = "| what | figure | reference | ratio | bar | met |\n|---|---|---|---|---|---|"


def write(plan: Plan, sections: list[Section], minutes: float, whole: bool) -> Path:
    parts = [BEGIN, "\n".join(about(plan, minutes)), summary(sections)]
    for section in sections:
        rows = "\n".join(line(row) for row in section.rows)
        parts += [f"## {section.title}", section.note, f"{HEAD}\n{rows}"]
        if section.below:
            parts.append(section.below)
    parts += instructions()
    # Some parts alone are not the table of a run.
    folder = BENCH if whole and plan.name == "full" else WORK
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "RESULTS.md"
    path.write_text("\n\n".join(part.strip() for part in parts) + "\n")
    return path


def about(plan: Plan, minutes: float) -> list[str]:
    now = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    run = {"full": "", "quick": ", the short run", "dry": ", **not optimised: it says nothing of the speed**"}[plan.name]
    return [f"- date: {now}{run}, {minutes:.0f} minutes", *machine.lines()]


def summary(sections: list[Section]) -> str:
    rows = [row for section in sections for row in section.rows]
    judged = [row for row in rows if row.met is not None]
    missed = [row.what for row in judged if not row.met]
    unknown = [row for row in rows if row.figure.startswith("not measured")]
    text = f"**{len(judged) - len(missed)} of {len(judged)} bars are met.**"
    if unknown:
        text += f" {len(unknown)} rows were not measured."
    return text


def line(row: Row) -> str:
    met = {True: "yes", False: "**no**", None: ""}[row.met]
    cells = (row.what, row.figure, row.reference, row.ratio, row.bar, met)
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def instructions() -> list[str]:
    """The baselines that `make instructions` compares with."""
    file = BENCH / "instructions/baselines.json"
    if not file.exists():
        return []
    counts = json.loads(file.read_text())["instructions"]
    rows = "\n".join(f"| {name.replace('_', ' ')} | {count:,} |" for name, count in counts.items())
    note = "`make instructions` counts them with callgrind and fails beyond 10 %. RSA and SHA-256 are not counted."
    return ["## Instructions of one call", note, f"| what | instructions |\n|---|---|\n{rows}"]
