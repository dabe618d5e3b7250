"""What is shipped: how large it is, and what is largest in it."""

from __future__ import annotations

import gzip
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from ..builds import Built
from ..plan import WORK, Plan
from ..programs import Failed
from ..rows import Row, Section, number

NOTE = (
    "Built for this machine by its own linker, and stripped. Below each is what has the most code, by the symbols of the "
    "library before it is stripped: a crate of Rust, or a library of C."
)
MB = 1_000_000
#: How the symbols of C begin, and whose they are.
C = {"aws_lc": "AWS-LC", "bn_": "AWS-LC", "ecp_nistz": "AWS-LC", "sqlite3": "SQLite", "zstd": "zstd", "ring_core": "ring"}


def measure(_: Plan, built: Built) -> list[Section]:
    section = Section("What is shipped", NOTE)
    below = []

    def row(name: str, what: str, size: Callable[[], int], bar: float) -> Row:
        if name in built.missing:
            raise Failed(built.missing[name])
        try:
            megabytes = size() / MB
            below.append(f"- {what}: {', '.join(largest(built.library(name)))}")
        except (OSError, subprocess.CalledProcessError) as error:
            raise Failed(str(error)) from error
        return Row(what, f"{number(megabytes)} MB", ratio=f"{megabytes / bar:.2f}", bar=f"≤ {bar:.1f} MB", met=megabytes <= bar)

    for name, what, size, bar in (
        ("python", "Python wheel, with databases, packed", wheel, 5.0),
        ("node", "Node.js package and library, packed", node, 5.5),
        ("jvm", "JVM library, unpacked", jvm, 4.0),
    ):
        arguments = (name, what, size, bar)
        section.add(what, f"≤ {bar:.1f} MB", lambda arguments=arguments: row(*arguments))
    section.below = "\n".join(below)
    return [section]


def wheel() -> int:
    return sum(file.stat().st_size for file in (WORK / "wheels").glob("*.whl"))


def node() -> int:
    """As npm packs it: every file, compressed."""
    files = (file for file in (WORK / "node").rglob("*") if file.is_file())
    return len(gzip.compress(b"".join(file.read_bytes() for file in files), 9))


def jvm() -> int:
    return (WORK / "kotlin/native/linux-x86-64/libalipay_instore_kotlin.so").stat().st_size


def largest(library: Path) -> list[str]:
    """The five that have the most bytes of code and constants."""
    command = ["nm", "--print-size", "--demangle", "--defined-only", library]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    sizes: Counter[str] = Counter()
    for line in listed.splitlines():
        words = line.split(None, 3)
        # Code and constants; what is not initialised takes no place in the file.
        if len(words) == 4 and words[2] in "tTrRdDvVwW":
            sizes[owner(words[3])] += int(words[1], 16)
    if not sizes:
        raise Failed(f"{library.name} has no symbols")
    return [f"{name} {number(size / 1000)} kB" for name, size in sizes.most_common(5)]


def owner(symbol: str) -> str:
    """Whose a symbol is: that of a trait's method belongs to the type that has it."""
    for start, name in C.items():
        if symbol.startswith(start):
            return name
    path = re.match(r"[<&*\[(\s]*(?:dyn |mut |const )?([A-Za-z_][A-Za-z0-9_]*)(?:\[[0-9a-f]+\])?::", symbol)
    if path:
        crate = path.group(1)
        return "the standard library" if crate in ("core", "alloc", "std", "hashbrown", "gimli", "addr2line") else crate
    return "C and others"
