"""Payments over HTTP, 64 at once, beside a loop that signs, posts and verifies, and beside the official SDK.

The official SDK knows no port but 443. So all of them run in a network namespace of their own, over TLS; it needs no root.
Where there is none, the others pay over plain HTTP.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile

from .. import plan as plans
from ..builds import Built
from ..plan import BENCH, Plan
from ..programs import Failed, Program, Series, interleaved
from ..rows import Row, Section, at_least, number

NOTE = (
    "64 payments are under way at once, each paid by the first answer, at a gateway in another process on the same cores, "
    "over TLS. The reference is a loop in Rust with `aws-lc-rs` and `reqwest` that stores nothing; the official SDK runs in 64 "
    "threads. The JVM pays for ten slices before it is timed; what a payment takes then stands beside what it takes later."
)
ROWS = [
    ("Rust", "rust", "bare", 0.85),
    ("Python, asyncio", "python", "bare", 0.5),
    ("Node.js", "node", "bare", 0.5),
    ("JVM", "jvm", "bare", 0.5),
    ("JVM, with OkHttp", "jvm_okhttp", "bare", 0.5),
    ("Python, beside the official SDK", "python", "official", 10.0),
]
NAMES = ("rust", "bare", "python", "node", "jvm", "jvm_okhttp", "official")
COSTS = (("Rust", "rust"), ("Python", "python"), ("Node.js", "node"), ("JVM", "jvm"), ("JVM, with OkHttp", "jvm_okhttp"))
NAMESPACE = ["unshare", "--user", "--map-root-user", "--net"]


def measure(plan: Plan, built: Built) -> list[Section]:
    section = Section("Payments over HTTP", NOTE)
    command = [sys.executable, "-m", "harness.parts.http", plan.name, json.dumps(built.missing)]
    environment = {**os.environ, "PYTHONPATH": str(BENCH)}
    inside = subprocess.run([*NAMESPACE, *command, "tls"], env=environment, capture_output=True, text=True, check=False)
    sys.stderr.write(inside.stderr)
    if inside.returncode:
        section.note += " **There is no network namespace here, so they paid over plain HTTP.**"
        inside = subprocess.run([*command, "plain"], env=environment, capture_output=True, text=True, check=False)
        sys.stderr.write(inside.stderr)
    lines = inside.stdout.strip().splitlines()
    found = json.loads(lines[-1]) if inside.returncode == 0 and lines else {}
    nothing = Series(reason="the part ended early")
    series = {name: Series(**found[name]) if name in found else nothing for name in NAMES}

    def row(what: str, own: Series, to: Series, bar: float) -> Row:
        figure = f"{number(own.median('per_second'))} a second"
        return at_least(what, figure, f"{number(to.median('per_second'))} a second", own.ratio(to, "per_second"), bar)

    for what, own, to, bar in ROWS:
        section.add(what, f"≥ {bar:.2f}", lambda a=(what, series[own], series[to], bar): row(*a))
    for what, own in COSTS:
        section.add(f"processor time of a payment, {what}", "", lambda what=what, own=own: cost(what, series[own], series["bare"]))
    for what, own in COSTS[-2:]:
        section.add(f"the same while it warms up, {what}", "", lambda what=what, own=own: warming(what, series[own]))
    return [section]


def warming(what: str, own: Series) -> Row:
    """What a payment takes while the JVM still compiles, beside later."""
    times = [own.median(key) for key in ("warming_us_each", "processor_us_each")]
    return Row(f"the same while it warms up, {what}", *(f"{number(time)} µs" for time in times), f"{times[1] / times[0]:.2f}")


def cost(what: str, own: Series, to: Series) -> Row:
    times = [series.median("processor_us_each") for series in (own, to)]
    figures = [f"{number(time)} µs" for time in times]
    return Row(f"processor time of a payment, {what}", *figures, f"{times[1] / times[0]:.2f}")


def loopback() -> None:
    """The loopback interface of a new namespace is down; this puts it up, also where there is no iproute2."""
    with socket.socket() as any_socket:
        up_and_running = struct.pack("16sh14x", b"lo", 0x1 | 0x40)
        fcntl.ioctl(any_socket, 0x8914, up_and_running)


def inside(plan: Plan, built: Built, tls: bool) -> dict[str, object]:
    """Asks all of them in turn."""
    if tls:
        loopback()
    with tempfile.TemporaryDirectory() as folder:
        gateway = Program("gateway", [*built.command("rust"), "sandbox", folder, *(["--tls"] if tls else [])])
        gateway.line(60)
        authority = f"{folder}/ca.pem"
        if tls:
            os.environ |= {"SSL_CERT_FILE": authority, "REQUESTS_CA_BUNDLE": authority}
        # The JVM compiles what it runs often, and that takes it so long.
        warm = 10 * plan.pay_slice
        commands = {
            "rust": ("rust", [*built.command("rust"), "pay", folder, "memory"]),
            "bare": ("rust", [*built.command("rust"), "bare", folder]),
            "python": ("python", [*built.command("python"), BENCH / "python/pay.py", folder]),
            "node": ("node", ["node", BENCH / "node/pay.mjs", *built.command("node"), folder]),
            "jvm": ("jvm", [*built.command("jvm"), "Pay", folder, "jdk", warm]),
            "jvm_okhttp": ("jvm", [*built.command("jvm"), "Pay", folder, "okhttp", warm]),
            "official": ("official", [*built.command("official"), BENCH / "python/official.py", "pay", folder]),
        }
        programs = {}
        for name, (kind, command) in commands.items():
            programs[name] = program = built.start(kind, command)
            program.name = name
        if not tls:
            programs["official"].stop()
            programs["official"].reason = "the official SDK needs TLS on port 443"
        series = interleaved(((program, "pay") for program in programs.values()), plan.pay_rounds, plan.pay_slice)
        for program in programs.values():
            program.stop()
        gateway.stop()
    return {name: {"answers": one.answers, "reason": one.reason} for (name, _), one in series.items()}


def main() -> None:
    name, missing, way = sys.argv[1:]
    plan = {plan.name: plan for plan in (plans.FULL, plans.QUICK, plans.DRY)}[name]
    try:
        print(json.dumps(inside(plan, Built(plan, json.loads(missing)), way == "tls")))
    except Failed as failed:
        sys.exit(f"http: {failed}")


if __name__ == "__main__":
    main()
