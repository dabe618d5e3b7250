"""How long is measured, and where things are."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BENCH = ROOT / "bench"
TARGET = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target")
#: Everything that is installed, built or written while measuring.
WORK = TARGET / "bench"


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    name: str
    #: The profile of cargo, and the folder that it builds into.
    profile: str
    folder: str
    #: Slices of each program for single calls, and their length in seconds.
    rounds: int
    slice: float
    #: The same for payments over HTTP and into stores.
    pay_rounds: int
    pay_slice: float
    #: How many payments wait, and how many with a form.
    growth: tuple[int, ...]
    forms: int
    #: How many payments are in process at once, beside a thousand.
    many: int

    @property
    def release(self) -> Path:
        return TARGET / self.folder

    @property
    def libraries(self) -> Plan:
        """The libraries for other languages have a profile of their own."""
        return replace(self, profile="library", folder="library") if self.profile == "release" else self


DECADES = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
FULL = Plan("full", "release", "release", 15, 0.3, 9, 3.0, DECADES, 100_000, 100_000)
QUICK = Plan("quick", "release", "release", 5, 0.08, 2, 1.5, DECADES[:6], 20_000, 10_000)
DRY = Plan("dry", "dev", "debug", 1, 0.02, 1, 0.5, DECADES[:4], 1_000, 2_000)
