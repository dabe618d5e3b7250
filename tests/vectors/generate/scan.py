"""Makes scan.json: what a scanner or a cashier's hand delivers, read as a payment code.

The oracle is Python's `re`: AIM identifiers by ISO/IEC 15424 (a bracket, a letter, a modifier), payment codes and
their lengths by Alipay+, Accept a payment, step 1, the forms of codes by Alipay+, Code types and rules, EMVCo's first
data object, and URLs by the scheme of RFC 3986. What the pages leave open is the design's, and such a case says so.
"""

import base64
import re

from vector_file import finish

# Blanks and control characters of Unicode up to U+00A0, and the byte order mark.
FRAME = r"[\x00-\x20\x7f-\xa0\ufeff]*"
AIM = r"(?:\][A-Za-z][A-Za-z0-9])?"
LINE = re.compile(rf"{FRAME}(?P<line>[^\r\n]*)", re.DOTALL)
BODY = re.compile(rf"{FRAME}{AIM}{FRAME}(?P<body>.*?){FRAME}", re.DOTALL)
GROUPS = re.compile(r"[0-9]{4}(?:[ \u00a0][0-9]{4})*[ \u00a0][0-9]{1,4}")
CODE = re.compile(r"(?:2[5-9]|30)[0-9]{14,22}")

# The first that matches is said.
SCANNED_AS = [
    ("shop_code", re.compile(r"000201.*|[A-Za-z][A-Za-z0-9+.-]*://.*|[Ww][Ww][Ww]\..*", re.DOTALL)),
    ("repeated_code", re.compile(rf"([0-9]{{16,24}})(?:{FRAME}{AIM}{FRAME}\1)+")),
    ("wechat_pay", re.compile(r"1[0-5][0-9]{14,22}")),
    ("union_pay", re.compile(r"62[0-9]{14,22}")),
    ("reserved_length", re.compile(r"(?:2[5-9]|30)[0-9]{23,30}")),
]

KINDS = [
    ("alipay_plus_19", re.compile(r"289[0-9]{10}6[0-9]{5}")),
    ("alipay", re.compile(r"[0-9]{17,19}")),
    ("cgcp", re.compile(r"[0-9]{24}")),
    ("other", re.compile(r"[0-9]*")),
]

DESIGN = "no page says how to read it; the choice is this project's"


def read(text: str) -> dict:
    line = LINE.match(text)["line"]
    body = BODY.fullmatch(line)["body"]
    if GROUPS.fullmatch(body):
        body = re.sub("[^0-9]", "", body)
    if CODE.fullmatch(body):
        kind = next(name for name, form in KINDS if form.fullmatch(body))
        return {"value": body, "kind": kind, "routing_number": body[3:6] if kind == "cgcp" else None}
    if body == "":
        error = "code.length"
    elif not re.fullmatch("[0-9]+", body):
        error = "code.not_digits"
    else:
        error = "code.prefix" if re.fullmatch("[0-9]{16,24}", body) else "code.length"
    what = next((name for name, form in SCANNED_AS if form.fullmatch(body)), None)
    return {"error": error, "scanned_as": what}


CASES: list[dict] = []


def add(name: str, text: str, note: str | None = None) -> None:
    case = {"kind": "scan", "name": name, "text": text, "expected": read(text)}
    if note:
        case["note"] = note
    CASES.append(case)


def add_bytes(name: str, data: bytes, note: str | None = None) -> None:
    """Bytes that are not UTF-8 are read as Latin-1 here: each stands for something that is not a digit."""
    case = {"kind": "scan", "name": name, "text_base64": base64.b64encode(data).decode(),
            "expected": read(data.decode("latin-1"))}
    if note:
        case["note"] = note
    CASES.append(case)


CGCP = "281010897274821897274821"
PLUS_19 = "2893612204263667830"
CN_17 = "28024456785672301"
HK_18 = "280244567856723026"
SAMPLE_20 = "28100602000000000012"
EMVCO = "00020101021126480015hk.com.hkicl.FPS01090000000015204000053033445802HK5909Tea House6009Hong Kong6304A13C"


def main() -> None:
    for code in (CGCP, PLUS_19, CN_17, HK_18, SAMPLE_20, "251001020123456789012345", CGCP[:16], CGCP[:21], CGCP[:22],
                 CGCP[:23], "2883612204263667830", "2893612204263567830", "3093612204263667830", "289" + "6" * 16,
                 "2893612204263667", "300801020000000000125733"):
        add(f"{len(code)} digits: {code}", code)

    for identifier in ("]C0", "]C1", "]Q0", "]Q1", "]Q3", "]d1", "]d2", "]e0", "]E0", "]I0", "]L2", "]z0", "]QA", "]Aa"):
        add(f"AIM identifier {identifier}", identifier + CGCP)
    add("AIM identifier before groups", "]Q1" + " ".join(CGCP[at:at + 4] for at in range(0, 24, 4)))
    add("AIM identifier, then FNC1", "]C1\x1d" + CGCP, DESIGN)
    add("AIM identifier behind STX", "\x02]C1" + CGCP + "\x03\r\n")
    add("AIM identifier alone", "]C1")
    add("AIM identifier and a line end alone", "]C1\r\n" + CGCP, DESIGN)
    for broken in ("]", "]1C", "]C-", "]]C1", "[C1", "C1", "]C1]C1", "]\u00c91"):
        add(f"not an AIM identifier: {broken!a}", broken + CGCP)
    add("AIM identifier at the end", CGCP + "]C1")
    add("AIM identifier without its modifier: it takes the first digit", "]C" + CGCP, DESIGN)

    for around in ("{}\r", "{}\n", "{}\r\n", "\r\n{}\r\n", "\n\n{}", "\x02{}\x03", "\x01{}\x04", "{}\t", "\t{}", "\x00{}\x00", "\x1b{}",
                   "{}\x7f", "{}\u0085", "\u0080{}\u009f", "\ufeff{}", "{}\ufeff", "\u00a0{}\u00a0", "   {}  \t ", "\x1d{}\x1e"):
        add(f"around: {around!a}", around.format(CGCP))
    for inside in ("{}\x1d1", "28{}\x002", "\u200b{}", "{}\u2028", "\u3000{}", "{}.", "+{}", "x{}", "{}x", "'{}'", "{},", "-{}"):
        add(f"not around: {inside!a}", inside.format(CGCP))
    add("Arabic digits", "\u0662\u0668" + "\u0660" * 16)
    add("full-width digits", "\uff12\uff18" + "\uff10" * 16)
    add("empty", "")
    add("blanks and controls alone", " \t\r\n\x02\x03")
    add("a short code", CGCP[:15])

    add("the code ends at CR", CGCP + "\r" + PLUS_19 + "\r", DESIGN)
    add("the code ends at LF", CGCP + "\n" + "https://shop.example", DESIGN)
    add("the code ends at CR, garbage behind it", CGCP + "\rgarbage", DESIGN)
    add("the first line is bad", "garbage\r" + CGCP + "\r", DESIGN)
    add("a line end inside a code", CGCP[:12] + "\r\n" + CGCP[12:], DESIGN)

    for code in (CGCP, PLUS_19, CN_17, HK_18, SAMPLE_20, CGCP[:16]):
        add(f"groups of four: {len(code)} digits", " ".join(code[at:at + 4] for at in range(0, len(code), 4)))
    add("groups of four, no-break spaces", "\u00a0".join(CGCP[at:at + 4] for at in range(0, 24, 4)))
    add("groups of four, both blanks", "2810 1089\u00a07274 8218\u00a09727 4821\r")
    add("groups of four, too few", "2810 1089 7274")
    add("groups of four, too many", " ".join(["2810"] + ["1234"] * 8 + ["12"]))
    add("groups of four, another provider", "1345 6789 0123 4567 89")
    for groups in ("2810  1089 7274 8218", "281 0108 9727 4821 8972", "281010 897274 821897", "28101 0897 2748 2189", "2810 1089 7274 82189",
                   "2810-1089-7274-8218", "2810\t1089\t7274\t8218", "2810 1089 727 8218", "2810.1089.7274.8218",
                   f"{CGCP[:16]} {PLUS_19}", f"{CGCP} 12", "2810\u20091089\u20097274\u20098218"):
        add(f"not groups of four: {groups!a}", groups, DESIGN)

    add("EMVCo merchant text", EMVCO)
    add("EMVCo merchant text behind an AIM identifier", "]Q1" + EMVCO + "\r\n")
    add("EMVCo merchant text in digits alone", "000201010211" + "1" * 20)
    add("EMVCo merchant text in 16 digits", "0002010102110000")
    add("EMVCo merchant text with a Chinese name", EMVCO.replace("Tea House", "\u8336\u9928"))
    add("EMVCo merchant text cut off", "000201")
    add("not EMVCo merchant text", "00020" + "x" * 20)
    add("not EMVCo merchant text: it begins later", "1" + EMVCO)
    for url in ("https://qr.alipay.com/fkx012345678901234", "http://shop.example", "HTTPS://QR.ALIPAY.COM/FKX01", "wxp://f2f0abc",
                "weixin://wxpay/bizpayurl?pr=abc", "alipays://platformapi/startapp?x=1", "www.shop.example/menu",
                "WWW.SHOP.EXAMPLE", "https://shop.example/2810 1089", "git+ssh://host", "]Q1https://shop.example\r"):
        add(f"URL: {url.strip()}", url)
    for other in ("://shop.example", "1http://shop.example", "http:/shop.example", "mailto:till@shop.example", "shop.example",
                  "wwww.shop.example", "ht tp://shop.example", "WIFI:S:shop;;", "tel:+85212345678"):
        add(f"not a URL: {other}", other)

    for code in (CGCP, PLUS_19, HK_18, CGCP[:16], "134567890123456789", "9" * 17):
        add(f"twice: {len(code)} digits, {code[:2]}", code * 2)
    add("three times", CN_17 * 3)
    add("twice in groups of four", " ".join(["2810", "1089", "7274", "8218"] * 2))
    for between in (" ", "\t", "\x03\x02", "]C1", "\x1d]Q1\x1d", "\u00a0"):
        add(f"twice, between them {between!a}", CGCP + between + CGCP)
    add("twice, an AIM identifier before each", f"]C1{CGCP}]C1{CGCP}\r")
    add("twice, each on its line", f"{CGCP}\r{CGCP}\r", DESIGN)
    add("two different codes without a break", CGCP + HK_18)
    add("two different codes of one length", CGCP + "281010897274821897274822")
    add("once and a half", CGCP + CGCP[:12])
    add("a valid code with equal halves", "281010897274281010897274")
    add("15 digits twice", CGCP[:15] * 2)
    add("25 digits twice", (CGCP + "0") * 2)
    add("twice, a comma between them", f"{CGCP},{CGCP}", DESIGN)

    for prefix in ("10", "11", "12", "13", "14", "15", "09", "16"):
        add(f"WeChat Pay, 18 digits, prefix {prefix}", prefix + "4567890123456789")
    for length in (15, 16, 24, 25):
        add(f"prefix 13, {length} digits", ("13" + "456789012" * 3)[:length])
    for prefix in ("61", "62", "63"):
        add(f"UnionPay, 19 digits, prefix {prefix}", prefix + "45678901234567890")
    for length in (15, 16, 24, 25):
        add(f"prefix 62, {length} digits", ("62" + "456789012" * 3)[:length])
    for prefix in ("24", "31", "99", "20"):
        add(f"prefix {prefix}", prefix + "45678901234567")
    for length in (25, 26, 31, 32, 33):
        add(f"prefix 28, {length} digits", ("28" + "123456789" * 4)[:length])
    for prefix in ("24", "25", "30", "31"):
        add(f"25 digits, prefix {prefix}", prefix + "12345678901234567890123")

    add_bytes("a byte that is not UTF-8 inside", b"281010\xff897274821897274821")
    add_bytes("half a character at the end", CGCP.encode() + b"\xe8")
    add_bytes("UTF-16", ("\ufeff" + CGCP).encode("utf-16-le"))
    add_bytes("bytes of a scan", b"\x02]C1" + CGCP.encode() + b"\x03\r\n")
    add_bytes("a URL with a byte that is not UTF-8", b"https://shop.example/\xff")

    finish("scan.json",
           "Python's re: AIM identifiers by ISO/IEC 15424, payment codes by Alipay+, Accept a payment, step 1, forms of codes by "
           "Alipay+, Code types and rules, merchant text by its first EMVCo data object, URLs by RFC 3986.",
           CASES)


main()
