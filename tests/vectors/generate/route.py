"""Makes route.json: where a scanned code goes.

The oracle is Python's `re` with the regular expressions of the page "Accept a payment" of Alipay+, as printed
there; what the page leaves open is the design's, and such a case says so in its note.
"""

import itertools
import random
import re

from vector_file import finish

# The page's expressions. `\\d` is read as 0 to 9.
STEP_1 = re.compile(r"^(2[5-9]|30)9\d{10}6\d{5}$", re.ASCII)
STEP_1_CORRECTED = re.compile(r"^289[0-9]{10}6[0-9]{5}$", re.ASCII)
STEP_2 = re.compile(r"^(2[5-9]|30)\d{15,21}$", re.ASCII)
STEP_4 = re.compile(r"^(2[5-9]|30)\d{22}$", re.ASCII)
ANY_CODE = re.compile(r"^(2[5-9]|30)\d{14,22}$", re.ASCII)

DESIGN = "the page has no rule for it; the choice is this project's"


def step_3(number: str) -> re.Pattern:
    return re.compile(r"^(2[5-9]|30)\d" + number + r"\d*$", re.ASCII)


def route(code: str, router: dict) -> tuple[dict, str | None]:
    """The expected result, and a note where the page does not decide."""
    code = code.strip(" \t\r\n")
    if code == "":
        return {"error": "code.length"}, None
    if not re.fullmatch("[0-9]+", code):
        return {"error": "code.not_digits"}, None
    if not re.fullmatch("[0-9]{16,24}", code):
        return {"error": "code.length"}, None
    if not ANY_CODE.match(code):
        return {"error": "code.prefix"}, None
    direct = router["direct"]
    numbered = [wallet for wallet in direct if "routing_number" in wallet and step_3(wallet["routing_number"]).match(code)]
    if router["ruleset"] == "ams":
        for wallet in numbered:
            if len(code) >= wallet.get("min_length", 16):
                return found("wallet", wallet["wallet"], "direct_wallet"), None
        return found("alipay", None, "alipay_default"), None
    first = STEP_1 if router["ruleset"] == "alipay_plus" else STEP_1_CORRECTED
    if router["alipay_plus"] and first.match(code):
        return found("alipay_plus", None, "alipay_plus_19"), None
    # Step 2 ends at 23 digits and a routing number counts at 24, so the order of the two does not matter.
    if STEP_4.match(code) and numbered:
        return found("wallet", numbered[0]["wallet"], "direct_wallet"), None
    alipay = [wallet["wallet"] for wallet in direct if wallet["wallet"] in ("ALIPAY_CN", "ALIPAY_HK")]
    if STEP_2.match(code) and alipay:
        note = "both are direct: the first listed" if len(alipay) == 2 else None
        return found("wallet", alipay[0], "direct_alipay"), note
    if STEP_4.match(code) and router["alipay_plus"]:
        return found("alipay_plus", None, "cgcp"), None
    if router["alipay_plus"]:
        return found("alipay_plus", None, "fallback"), DESIGN
    return {"error": "code.unroutable"}, None


def found(target: str, wallet: str | None, rule: str) -> dict:
    return {"target": target, "wallet": wallet, "rule": rule}


CN = {"wallet": "ALIPAY_CN"}
HK = {"wallet": "ALIPAY_HK"}
MPAY = {"wallet": "MPAY", "routing_number": "003"}
PAYPAY = {"wallet": "PAYPAY", "routing_number": "801", "min_length": 24}
FIRST = {"wallet": "WALLET_000", "routing_number": "000"}
LAST = {"wallet": "WALLET_999", "routing_number": "999", "min_length": 20}
CN_NUMBERED = {"wallet": "ALIPAY_CN", "routing_number": "002"}
DIRECTS = {
    "none": [],
    "cn": [CN],
    "hk": [HK],
    "cn+hk": [CN, HK],
    "hk+cn": [HK, CN],
    "mpay": [MPAY],
    "paypay": [PAYPAY],
    "mpay+paypay+cn": [MPAY, PAYPAY, CN],
    "999+000+hk": [LAST, FIRST, HK],
    "cn002+mpay": [CN_NUMBERED, MPAY],
}
ROUTERS = {
    f"{ruleset}{'' if alipay_plus else ' without alipay+'}, direct {name}": {
        "alipay_plus": alipay_plus, "ruleset": ruleset, "direct": direct,
    }
    for (name, direct), ruleset, alipay_plus in itertools.product(
        DIRECTS.items(), ("alipay_plus", "alipay_plus_2023_08", "ams"), (True, False))
    # Rule set ams does not ask for Alipay+: once without it is enough.
    if ruleset != "ams" or alipay_plus or name == "mpay+paypay+cn"
}
NAMES = list(ROUTERS)


class Cases:
    def __init__(self) -> None:
        self.list: list[dict] = []
        self.inputs: set[tuple] = set()

    def add(self, code: str, router_name: str, shown: str | None = None) -> None:
        if (code, router_name) in self.inputs:
            return
        self.inputs.add((code, router_name))
        router = ROUTERS[router_name]
        expected, note = route(code, router)
        case = {"kind": "route", "name": f"{shown or code or 'empty'}: {router_name}", "code": code, "router": router,
                "expected": expected}
        if note:
            case["note"] = note
        self.list.append(case)

    def refused(self, name: str, **changes) -> None:
        router = {"alipay_plus": True, "ruleset": "alipay_plus", "direct": [], **changes}
        self.list.append({"kind": "route", "name": f"configuration: {name}", "code": "281006020000000000125733",
                          "router": router, "expected": {"error": "router.configuration"},
                          "note": "the checks of a configuration are this project's"})


def code_of(rng: random.Random, length: int, prefix: str = "28", **at: str) -> str:
    digits = list(prefix + "".join(rng.choice("0123456789") for _ in range(40)))
    for place, text in at.items():
        start = int(place[1:])
        digits[start:start + len(text)] = text
    return "".join(digits[:length])


def main() -> None:
    cases = Cases()
    rng = random.Random(20230831)
    rotation = itertools.cycle(NAMES)

    # Codes that the pages print.
    printed = ["2893612204263667830", "281010897274821897274821", "28024456785672301", "280244567856723026",
               "251001020123456789012345", "28100602000000000012", "281006020000000000125733"]
    for code, router in itertools.product(printed, NAMES):
        cases.add(code, router)

    # Every length from 0 to 33 with every prefix from 24 to 31.
    for length, prefix in itertools.product(range(34), range(24, 32)):
        for _ in range(2):
            cases.add(code_of(rng, length, str(prefix)), next(rotation))
    for first, second in itertools.product("0123456789", repeat=2):
        cases.add(first + second + "1006020000000000", next(rotation))

    # The two markers of a 19-digit code, every digit in both places, every prefix.
    for prefix, third, marker in itertools.product(range(25, 31), "0123456789", "0123456789"):
        if (third == "9") or (marker == "6"):
            code = code_of(rng, 19, str(prefix), p2=third, p13=marker)
            for _ in range(2):
                cases.add(code, next(rotation))
    for prefix, router in itertools.product(range(25, 31), NAMES):
        cases.add(code_of(rng, 19, str(prefix), p2="9", p13="6"), router)
    # The markers in codes one digit shorter and longer, and one place beside.
    for length, place in itertools.product((18, 19, 20, 24), (12, 13, 14)):
        for router in ("alipay_plus, direct none", "alipay_plus, direct cn+hk", "alipay_plus_2023_08, direct hk"):
            for third in "89":
                digits = list(code_of(rng, length, "28", p2=third))
                for other in (12, 13, 14):
                    digits[other] = "6" if other == place else "5"
                cases.add("".join(digits), router)

    # Routing numbers in codes of every length.
    for number, length in itertools.product(("000", "001", "002", "003", "004", "801", "998", "999"), range(16, 25)):
        for prefix in ("25", "28", "30"):
            for _ in range(2):
                cases.add(code_of(rng, length, prefix, p3=number), next(rotation))
    for router in NAMES:
        for wallet in ROUTERS[router]["direct"]:
            if "routing_number" in wallet:
                for length in (16, 19, 20, 23, 24, 24, 24):
                    prefix = rng.choice(["25", "26", "27", "28", "29", "30"])
                    cases.add(code_of(rng, length, prefix, p3=wallet["routing_number"]), router)
    # The number one place beside.
    for place in (2, 4):
        for router in NAMES:
            if "mpay" in router:
                beside = ["7"] * 5
                beside[place - 2:place + 1] = "003"
                cases.add(code_of(rng, 24, "28", p2="".join(beside)), router)

    # Every router with every length.
    for router, length in itertools.product(NAMES, range(16, 25)):
        cases.add(code_of(rng, length, rng.choice(["25", "26", "27", "28", "29", "30"])), router)

    # What scanners add, and what is no digit.
    good = "281003020000000000125733"
    around = [" {}", "{} ", "\t{}", "{}\t", "{}\r", "{}\n", "{}\r\n", "\r\n{}\r\n", " \t\r\n{} \t\r\n", "\n\n\n{}", "{}  "]
    inside = ["{}\u00a0", "\u3000{}", "{}\u0000", "\ufeff{}", "{}\u200b", "{}\u000b", "{}\u000c", "{}\u0085", "{}\u2028", "{}x",
              "x{}", "+{}", "-{}", "{}.0", "]C1{}", "{}\u0004", "'{}'", "\"{}\"", "{},", "{};"]
    for form in around + inside:
        for code in (good, "2893612204263667830"):
            shown = form.format(code).encode("unicode_escape").decode("ascii")
            cases.add(form.format(code), "alipay_plus, direct mpay+paypay+cn", shown)
            cases.add(form.format(code), "ams, direct mpay", shown)
    for code in ("", " ", "\t", "\r\n", " \t\r\n ", "2", "28", "x", "2810 0302 0000 0000 0012 5733", "28100302\n0000000000125733",
                 "28-1003-0200-0000", "\uff12\uff18\uff11\uff10\uff10\uff16\uff10\uff12\uff10\uff10\uff10\uff10\uff10\uff10\uff10\uff10",
                 "\u0662\u0668\u0661\u0660\u0660\u0666\u0660\u0662\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660",
                 "28100602000000\u0660\u0660", "28100602000000000\u00b2", "\u0968\u096e" + "0" * 14, "https://qr.alipay.com/28",
                 "281006020000000000125733281006020000000000125733", "28" + "0" * 998, "9" * 5_000, "x" * 24, "2.8e23",
                 "0x1800000000000000", "\U0001d7d0\U0001d7d6" + "0" * 14, "28\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")):
        shown = code.encode("unicode_escape").decode("ascii")
        if len(shown) > 60:
            shown = f"{shown[:20]}... of {len(code)} characters"
        cases.add(code, "alipay_plus, direct none", f"'{shown}'")
        cases.add(code, "ams, direct paypay", f"'{shown}'")

    # Codes at random.
    for _ in range(500):
        code = code_of(rng, rng.randrange(14, 27), str(rng.randrange(24, 32)))
        cases.add(code, rng.choice(NAMES))

    # Configurations that are refused.
    number = {"wallet": "MPAY", "routing_number": "003"}
    cases.refused("unknown rule set", ruleset="alipayplus")
    cases.refused("empty rule set", ruleset="")
    cases.refused("rule set in capitals", ruleset="AMS")
    for text in ("", "3", "03", "0003", "00a", " 03", "03 ", "+03", "3.0", "\u0660\u0660\u0663", "\uff10\uff10\uff13", "00\n"):
        cases.refused(f"routing number {text!a}", direct=[{"wallet": "MPAY", "routing_number": text}])
    cases.refused("no routing number", direct=[{"wallet": "MPAY"}])
    cases.refused("no routing number, second of two", direct=[number, {"wallet": "PAYPAY", "min_length": 24}])
    cases.refused("alipay_cn in small letters", direct=[{"wallet": "alipay_cn"}])
    cases.refused("routing number twice", direct=[number, {"wallet": "OTHER", "routing_number": "003"}])
    cases.refused("wallet twice", direct=[number, {"wallet": "MPAY", "routing_number": "004"}])
    cases.refused("the same entry twice", direct=[number, number])
    cases.refused("ALIPAY_CN twice", direct=[CN, CN])
    cases.refused("ALIPAY_HK twice, ams", ruleset="ams", direct=[HK, CN, HK])
    for length in (0, 1, 15, 25, 32, 255):
        cases.refused(f"min_length {length}", ruleset="ams", direct=[{**number, "min_length": length}])
    for wallet in ("", " ", "MP AY", "MPAY\n", "\u00c9", "A" * 65):
        cases.refused(f"wallet {wallet!a}", direct=[{"wallet": wallet, "routing_number": "003"}])

    finish("route.json",
           "Python's re with the regular expressions of Alipay+, Accept a payment, step 1, in the order of its routing logic; "
           "for rule set ams those of Alipay, pay (consumer-presented mode), Payment code specifications.",
           cases.list)


main()
