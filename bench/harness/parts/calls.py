"""Single calls in four languages, beside RSA alone and what each language has."""

from __future__ import annotations

from ..builds import Built
from ..plan import BENCH, WORK, Plan
from ..programs import Failed, Series, interleaved, once
from ..rows import Row, Section, at_least, at_most, microseconds, number

QUESTIONS = {
    "rust": ["sign", "verify", "key_sign", "key_verify", "raw_sign", "raw_verify", "route", "amount", "step", "snapshot", "restore"],
    "python": [
        "sign", "verify", "sign_request", "verify_notification", "cryptography_sign", "cryptography_verify",
        "one_thread", "two_threads", "route_many", "import", "python",
    ],
    "official": ["sign", "verify"],
    "node": [
        "sign", "verify", "sign_request", "verify_notification", "crypto_sign", "crypto_verify",
        "async_1", "async_2", "async_4", "crypto_async_1", "crypto_async_2", "crypto_async_4", "route", "amount", "route_many",
    ],
    "jvm": ["sign", "verify", "jca_sign", "jca_verify", "route", "amount", "route_many"],
}  # fmt: skip


def measure(plan: Plan, built: Built) -> list[Section]:
    folder = WORK / "fixtures"
    try:
        once("fixtures", [*built.command("rust"), "fixtures", folder])
    except Failed as failed:
        built.missing.setdefault("rust", str(failed))
    commands = {
        "rust": [*built.command("rust"), "calls", folder],
        "python": [*built.command("python"), BENCH / "python/calls.py", folder],
        "official": [*built.command("official"), BENCH / "python/official.py", "calls", folder],
        "node": ["node", BENCH / "node/calls.mjs", *built.command("node"), folder],
        "jvm": [*built.command("jvm"), "Calls", folder],
    }
    programs = {name: built.start(name, command) for name, command in commands.items()}
    asked = [(program, what) for name, program in programs.items() for what in QUESTIONS[name]]
    series = interleaved(asked, plan.rounds, plan.slice)
    for program in programs.values():
        program.stop()
    return [rust(series), python(series), node(series), jvm(series)]


All = dict[tuple[str, str], Series]


def compared(section: Section, series: All, what: str, own: tuple[str, str], to: tuple[str, str], bar: float | None) -> None:
    """A row of two times of one call: how many times as fast ours is as the other."""

    def row() -> Row:
        mine, other = series[own], series[to]
        times = (microseconds(mine.median("ns")), microseconds(other.median("ns")))
        return at_least(what, *times, other.ratio(mine, "ns"), bar)

    section.add(what, "" if bar is None else f"≥ {bar:.2f}", row)


def absolute(section: Section, series: All, what: str, own: tuple[str, str], bar: float) -> None:
    """A row of one time, in nanoseconds."""
    section.add(what, f"≤ {number(bar)} ns", lambda: at_most(what, series[own].median("ns"), "ns", bar))


def parallel(
    section: Section, series: All, what: str, language: str, one: str, several: str, bar: float | None = 1.8
) -> None:
    def row() -> Row:
        first, all_of_them = series[language, one], series[language, several]
        figures = (f"{number(s.median('per_second'))} a second" for s in (all_of_them, first))
        return at_least(what, *figures, all_of_them.ratio(first, "per_second"), bar)

    section.add(what, "" if bar is None else f"≥ {bar:.2f}", row)


def rust(series: All) -> Section:
    section = Section("Rust", "The reference is `aws-lc-rs` alone, over the same bytes.")
    compared(section, series, "`sign_request`, the whole request", ("rust", "sign"), ("rust", "raw_sign"), 0.97)
    compared(
        section, series, "`verify_notification`, into types", ("rust", "verify"), ("rust", "raw_verify"), 0.80
    )
    absolute(section, series, "route one code", ("rust", "route"), 15)
    absolute(section, series, "price to minor units", ("rust", "amount"), 40)
    absolute(section, series, "`payment::step`", ("rust", "step"), 1_000)
    absolute(section, series, "snapshot", ("rust", "snapshot"), 3_000)
    absolute(section, series, "restore", ("rust", "restore"), 3_000)
    return section


def python(series: All) -> Section:
    section = Section(
        "Python",
        "The reference does the same work with `cryptography` and keys that are parsed once. The official SDK is called "
        "through its own functions of signatures.",
    )
    for what, bar in (("sign", 1.0), ("verify", 1.1)):
        compared(section, series, f"`{what}`", ("python", what), ("python", f"cryptography_{what}"), bar)
    for what in ("sign", "verify"):
        compared(section, series, f"`{what}`, beside the official SDK", ("python", what), ("official", what), None)
    compared(
        section, series, "`sign_request`, beside signing alone", ("python", "sign_request"), ("python", "sign"), None
    )
    compared(
        section, series, "`verify_notification` into types, beside verifying alone",
        ("python", "verify_notification"), ("python", "verify"), None,
    )  # fmt: skip
    parallel(section, series, "`sign` in two threads, beside one", "python", "one_thread", "two_threads")
    absolute(section, series, "`route_many` of a million, a code", ("python", "route_many"), 60)

    def importing() -> Row:
        package, itself = series["python", "import"].median("ms"), series["python", "python"].median("ms")
        return at_most("`import alipay_instore`, beyond Python itself", package - itself, "ms", 25, f"{number(itself)} ms")

    section.add("`import alipay_instore`, beyond Python itself", "≤ 25 ms", importing)
    return section


def node(series: All) -> Section:
    section = Section("Node.js", "The reference does the same work with `node:crypto` and key objects that are made once.")
    for what, bar in (("sign", 1.0), ("verify", 1.1)):
        compared(section, series, f"`{what}`", ("node", what), ("node", f"crypto_{what}"), bar)
    compared(section, series, "`signRequest`, beside signing alone", ("node", "sign_request"), ("node", "sign"), None)
    compared(
        section, series, "`verifyNotification`, beside verifying alone",
        ("node", "verify_notification"), ("node", "verify"), None,
    )  # fmt: skip
    parallel(section, series, "`signAsync`, four at once beside one", "node", "async_1", "async_4")
    parallel(section, series, "`signAsync`, two at once beside one", "node", "async_1", "async_2", None)
    for count, words in ((4, "four"), (2, "two")):
        what = f"`sign` of `node:crypto` with a callback, {words} at once beside one"
        parallel(section, series, what, "node", "crypto_async_1", f"crypto_async_{count}", None)
    for what, name in (("`route`", "route"), ("`Amount.fromMajor`", "amount"), ("`routeMany` of a million, a code", "route_many")):
        section.add(what, "", lambda name=name, what=what: Row(what, microseconds(series["node", name].median("ns"))))
    return section


def jvm(series: All) -> Section:
    section = Section(
        "JVM",
        "The reference does the same work with JCA and keys that are parsed once, or is Rust's `sign` and `verify` of a key "
        "in the same run.",
    )
    for what, bar in (("sign", 3.0), ("verify", 1.7)):
        compared(section, series, f"`{what}`, beside JCA", ("jvm", what), ("jvm", f"jca_{what}"), bar)
    for what, bar in (("sign", 0.95), ("verify", 0.85)):
        compared(section, series, f"`{what}`, beside Rust", ("jvm", what), ("rust", f"key_{what}"), bar)
    absolute(section, series, "`route`", ("jvm", "route"), 3_000)
    absolute(section, series, "`Amount.fromMajor`", ("jvm", "amount"), 3_000)
    absolute(section, series, "`routeMany`, a code", ("jvm", "route_many"), 150)
    return section
