"""Where it was measured, and with which versions."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path

from .builds import OFFICIAL_PHP
from .plan import ROOT, WORK


def words(*command: object) -> str:
    """The first line that a command says; empty where there is no such command."""
    try:
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    lines = (done.stdout + done.stderr).strip().splitlines()
    return lines[0] if lines and done.returncode == 0 else ""


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def memory() -> str:
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemTotal:"):
            return f"{int(line.split()[1]) / 1024**2:.0f} GiB"
    return ""


def installed(environment: str, *packages: str) -> list[str]:
    """The versions of packages in one of our virtual environments."""
    code = "import sys, importlib.metadata as m\nfor name in sys.argv[1:]: print(name, m.version(name), end=', ')"
    found = words(WORK / environment / "bin/python", "-c", code, *packages)
    return [one for one in found.rstrip(", ").split(", ") if one]


def _commit() -> str:
    """The commit that was measured, and whether anything was changed since. What a run itself writes does not count."""
    written = (":!bench/RESULTS.md", ":!bench/pictures")
    changed = words("git", "-C", ROOT, "status", "--porcelain", "--untracked-files=no", "--", ROOT, *written)
    return words("git", "-C", ROOT, "describe", "--always", "--abbrev=10") + ("-dirty" if changed else "")


def lines() -> list[str]:
    busy = os.getloadavg()[0]
    versions = [
        words("rustc", "--version"), words("python3", "--version"), f"Node.js {words('node', '--version')}",
        words("java", "-version"), words("psql", "--version"),
        words("php", "-r", "echo 'PHP ', PHP_VERSION, ' with ', OPENSSL_VERSION_TEXT;"),
        *installed("python", "cryptography"), *installed("official", "global-open-sdk-python"),
        words("git", "-C", OFFICIAL_PHP, "log", "-1", "--format=global-open-sdk-php at %h of %cs"),
    ]  # fmt: skip
    return [
        f"- machine: {processor()}, {os.cpu_count()} processors, {memory()}, {platform.system()} {platform.release()}",
        f"- versions: {'; '.join(version for version in versions if version)}",
        f"- this project: {_commit()}",
        f"- load of the machine at the end: {busy:.1f}",
    ]
