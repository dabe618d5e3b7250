"""Single calls in PHP, beside openssl with parsed keys and the official SDK."""

from __future__ import annotations

from ..builds import OFFICIAL_PHP, Built
from ..plan import BENCH, WORK, Plan
from ..programs import Failed, Series, interleaved, once
from ..rows import Row, Section, microseconds
from .calls import compared

OURS = ["sign", "verify", "openssl_sign", "openssl_verify", "sign_request", "verify_notification", "route", "amount"]
OFFICIAL = ["official_sign", "official_verify"]


def measure(plan: Plan, built: Built) -> list[Section]:
    folder = WORK / "fixtures"
    try:
        once("fixtures", [*built.command("rust"), "fixtures", folder])
    except Failed as failed:
        built.missing.setdefault("php", str(failed))
    command = [*built.command("php"), BENCH / "php/calls.php", folder]
    official = "official_php" not in built.missing
    program = built.start("php", [*command, OFFICIAL_PHP] if official else command)
    questions = OURS + OFFICIAL if official else OURS
    series = interleaved([(program, what) for what in questions], plan.rounds, plan.slice)
    program.stop()
    for what in [] if official else OFFICIAL:
        series["php", what] = Series(reason=built.missing["official_php"])
    section = Section(
        "PHP",
        "The reference does the same work with `openssl_sign` and `openssl_verify` and keys that are parsed once. The official "
        "SDK is called through its own functions of signatures, which parse the key at each call.",
    )
    for what in ("sign", "verify"):
        compared(section, series, f"`{what}`", ("php", what), ("php", f"openssl_{what}"), 0.97)
    for what in ("sign", "verify"):
        compared(section, series, f"`{what}`, beside the official SDK", ("php", what), ("php", f"official_{what}"), None)
    compared(section, series, "`signRequest`, beside signing alone", ("php", "sign_request"), ("php", "sign"), None)
    compared(
        section, series, "`verifyNotification`, beside verifying alone",
        ("php", "verify_notification"), ("php", "verify"), None,
    )  # fmt: skip
    for what, name in (("`route`", "route"), ("`Amount::fromMajor`", "amount")):
        section.add(what, "", lambda name=name, what=what: Row(what, microseconds(series["php", name].median("ns"))))
    return [section]
