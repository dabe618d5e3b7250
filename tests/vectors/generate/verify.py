#!/usr/bin/env python3
"""Writes ../verify.json and ../verify_e_3.json.

Oracle: signatures by the openssl command; forged paddings are built here by RFC 8017 and put through the raw private
operation, or a cube root, and openssl's own verdict is asserted for every case whose header can be read. What the
header's grammar accepts is the design's decision.
"""

import base64
import itertools
import pathlib
import subprocess
import tempfile
import urllib.parse

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from vectors import CLIENT, PAY, TIME, content, private_pem, public_pem, sign, stream, write

SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
temporary = tempfile.TemporaryDirectory()


def openssl_accepts(public: str, message: bytes, signature: bytes) -> bool:
    """The verdict of the openssl library, through Python's cryptography, and of the command.

    The command reads no more of a signature than the key's length, so it is asked only where that is all.
    """
    loaded = load_pem_public_key(public.encode())
    try:
        loaded.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
        accepted = True
    except InvalidSignature:
        accepted = False
    if len(signature) == loaded.key_size // 8:
        assert command_accepts(public, message, signature) == accepted
    return accepted


def command_accepts(public: str, message: bytes, signature: bytes) -> bool:
    key, file = pathlib.Path(temporary.name, "key.pem"), pathlib.Path(temporary.name, "signature")
    key.write_text(public)
    file.write_bytes(signature)
    command = ["openssl", "dgst", "-sha256", "-verify", str(key), "-signature", str(file)]
    return subprocess.run(command, input=message, capture_output=True, check=False).returncode == 0


class File:
    def __init__(self, key: str, body: str):
        self.key, self.public, self.cases = key, public_pem(key), []
        self.base = {"method": "POST", "path": PAY, "client_id": CLIENT, "time": TIME, "body": body}
        self.signature = sign(key, content(self.base))
        numbers = load_pem_private_key(private_pem(key).encode(), None).private_numbers()
        self.n, self.d, self.e = numbers.public_numbers.n, numbers.d, numbers.public_numbers.e
        self.size = (self.n.bit_length() + 7) // 8

    def raw(self, encoded: bytes) -> bytes:
        """The private operation on a padded message, right or wrong."""
        return pow(int.from_bytes(encoded, "big"), self.d, self.n).to_bytes(self.size, "big")

    def add(self, name: str, header: str, error: str | None, note: str = "", **changes) -> None:
        case = {"kind": "verify", "name": name} | self.base | changes | {"signature_header": header}
        if "body_base64" in changes:
            del case["body"]
        case["expected"] = {"verified": True} if error is None else {"verified": False, "error": error}
        self.cases.append(case | ({"note": note} if note else {}))

    def bytes(
        self, name: str, signature: bytes, error: str | None = "signature.mismatch", note: str = "", **changes
    ) -> None:
        """A case with a readable header, on which openssl must agree."""
        case = self.base | changes
        if "body_base64" in changes:
            del case["body"]
        assert openssl_accepts(self.public, content(case), signature) == (error is None), name
        self.add(name, head(signature), error, note, **changes)


def b64(signature: bytes) -> str:
    return base64.b64encode(signature).decode()


def quoted(signature: bytes) -> str:
    return urllib.parse.quote(b64(signature), safe="")


def head(signature: bytes) -> str:
    return f"algorithm=RSA256,keyVersion=1,signature={quoted(signature)}"


def digest_of(message: bytes) -> bytes:
    return subprocess.run(
        ["openssl", "dgst", "-sha256", "-binary"], input=message, capture_output=True, check=True
    ).stdout


def flip(data: bytes, bit: int) -> bytes:
    index = len(data) - 1 - bit // 8
    return data[:index] + bytes([data[index] ^ (1 << bit % 8)]) + data[index + 1 :]


main = File(
    "rsa_2048.pem",
    next(
        body
        for body in (f'{{"n":{n}}}' for n in itertools.count())
        if (
            text := b64(
                sign(
                    "rsa_2048.pem",
                    content({"method": "POST", "path": PAY, "client_id": CLIENT, "time": TIME, "body": body}),
                )
            )
        ).count("/")
        >= 5
        and text.count("+") >= 5
    ),
)
s, plain, escaped = main.signature, b64(main.signature), quoted(main.signature)
A, V, S = "algorithm=RSA256", "keyVersion=1", f"signature={escaped}"
assert escaped.endswith("%3D%3D") and len(s) == 256

# The header's grammar.
for order in itertools.permutations([A, V, S]):
    main.add("order " + " ".join(part.split("=")[0] for part in order), ",".join(order), None)
    main.add("order with blanks " + " ".join(part.split("=")[0] for part in order), ", ".join(order), None)
for name, text in {
    "no key version": f"{A},{S}",
    "no key version, signature first": f"{S},{A}",
    "blanks before commas": f"{A} ,{V} ,{S}",
    "tabs around commas": f"{A}\t,\t{V}\t,\t{S}",
    "many blanks": f"   {A}   ,   {V}   ,   {S}   ",
    "blanks at the end": f"{A},{V},{S}  ",
    "tab at the front": f"\t{A},{V},{S}",
    "blanks around the equals signs": f"algorithm = RSA256, keyVersion = 1, signature = {escaped}",
    "raw base64": f"{A},{V},signature={plain}",
    "raw base64 first": f"signature={plain},{A},{V}",
    "lower case escapes": f"{A},{V},signature={escaped.replace('%2F', '%2f').replace('%2B', '%2b').replace('%3D', '%3d')}",
    "mixed case escapes": f"{A},{V},signature={escaped.replace('%2F', '%2f')}",
    "only slashes escaped": f"{A},{V},signature={plain.replace('/', '%2F')}",
    "only pluses escaped": f"{A},{V},signature={plain.replace('+', '%2B')}",
    "only padding escaped": f"{A},{V},signature={plain.replace('=', '%3D')}",
    "one padding character escaped": f"{A},{V},signature={plain[:-1]}%3D",
    "one slash escaped": f"{A},{V},signature={plain.replace('/', '%2f', 1)}",
    "everything escaped": f"{A},{V},signature={''.join(f'%{ord(c):02X}' for c in plain)}",
    "everything escaped in lower case": f"{A},{V},signature={''.join(f'%{ord(c):02x}' for c in plain)}",
    "a letter escaped": f"{A},{V},signature=%{ord(plain[0]):02X}{escaped[1:]}",
    "unknown field first": f"version=2,{A},{V},{S}",
    "unknown field last": f"{A},{V},{S},extra=1",
    "unknown field in the middle": f"{A},nonce=abc,{V},{S}",
    "unknown field with equals signs": f"{A},{V},x=a=b==,{S}",
    "unknown field that is empty": f"{A},{V},x=,{S}",
    "several unknown fields": f"a=1,b=2,c=3,{A},{V},{S},d=4,e=5",
    "unknown field that is not ASCII": f"{A},{V},名=值,{S}",
    "sixteen fields": ",".join(f"x{i}={i}" for i in range(13)) + f",{A},{V},{S}",
    "key version 0": f"{A},keyVersion=0,{S}",
    "key version 2": f"{A},keyVersion=2,{S}",
    "key version 4294967295": f"{A},keyVersion=4294967295,{S}",
    "key version 01": f"{A},keyVersion=01,{S}",
    "unknown field named like another in part": f"{A},{V},keyVersion2=9,{S}",
}.items():
    main.add(f"header: {name}", text, None)
for name, (text, error) in {
    "empty": ("", "signature.missing"),
    "blank": ("   ", "signature.missing"),
    "no signature": (f"{A},{V}", "signature.missing"),
    "empty signature": (f"{A},{V},signature=", "signature.missing"),
    "blank signature": (f"{A},{V},signature=   ", "signature.missing"),
    "signature under another name": (f"{A},{V},sign={escaped}", "signature.missing"),
    "signature in capitals": (f"{A},{V},SIGNATURE={escaped}", "signature.missing"),
    "only the algorithm": (A, "signature.missing"),
    "only a signature": (S, "signature.algorithm"),
    "no algorithm": (f"{V},{S}", "signature.algorithm"),
    "empty algorithm": (f"algorithm=,{V},{S}", "signature.algorithm"),
    "algorithm RSA": (f"algorithm=RSA,{V},{S}", "signature.algorithm"),
    "algorithm RSA2": (f"algorithm=RSA2,{V},{S}", "signature.algorithm"),
    "algorithm RS256": (f"algorithm=RS256,{V},{S}", "signature.algorithm"),
    "algorithm rsa256": (f"algorithm=rsa256,{V},{S}", "signature.algorithm"),
    "algorithm RSA512": (f"algorithm=RSA512,{V},{S}", "signature.algorithm"),
    "algorithm none": (f"algorithm=none,{V},{S}", "signature.algorithm"),
    "algorithm HMAC": (f"algorithm=HMAC256,{V},{S}", "signature.algorithm"),
    "algorithm with more": (f"algorithm=RSA256x,{V},{S}", "signature.algorithm"),
    "algorithm in quotes": (f'algorithm="RSA256",{V},{S}', "signature.algorithm"),
    "algorithm escaped": (f"algorithm=%52SA256,{V},{S}", "signature.algorithm"),
    "algorithm in capitals": (f"Algorithm=RSA256,{V},{S}", "signature.algorithm"),
    "algorithm twice in its value": (f"algorithm=RSA256=RSA256,{V},{S}", "signature.algorithm"),
    "key version empty": (f"{A},keyVersion=,{S}", "signature.key_version"),
    "key version a word": (f"{A},keyVersion=one,{S}", "signature.key_version"),
    "key version negative": (f"{A},keyVersion=-1,{S}", "signature.key_version"),
    "key version with a plus": (f"{A},keyVersion=+1,{S}", "signature.key_version"),
    "key version 1.0": (f"{A},keyVersion=1.0,{S}", "signature.key_version"),
    "key version in hexadecimal": (f"{A},keyVersion=0x1,{S}", "signature.key_version"),
    "key version 4294967296": (f"{A},keyVersion=4294967296,{S}", "signature.key_version"),
    "key version of 40 digits": (f"{A},keyVersion={'9' * 40},{S}", "signature.key_version"),
    "key version in Arabic digits": (f"{A},keyVersion=١,{S}", "signature.key_version"),
    "key version with a blank inside": (f"{A},keyVersion=1 1,{S}", "signature.key_version"),
    "algorithm twice": (f"{A},{A},{V},{S}", "signature.duplicate_field"),
    "algorithm twice, different": (f"{A},algorithm=none,{V},{S}", "signature.duplicate_field"),
    "key version twice": (f"{A},{V},{V},{S}", "signature.duplicate_field"),
    "key version twice, different": (f"{A},{V},keyVersion=2,{S}", "signature.duplicate_field"),
    "signature twice": (f"{A},{V},{S},{S}", "signature.duplicate_field"),
    "signature twice, first one wrong": (f"{A},{V},signature=AAAA,{S}", "signature.duplicate_field"),
    "signature twice, second one wrong": (f"{A},{V},{S},signature=AAAA", "signature.duplicate_field"),
    "signature twice in other case": (f"{A},{V},{S},Signature=AAAA", "signature.duplicate_field"),
    "algorithm twice in other case": (f"ALGORITHM=none,{A},{V},{S}", "signature.duplicate_field"),
    "signature twice with blanks": (f"{A},{V},signature =AAAA,{S}", "signature.duplicate_field"),
    "unknown field twice": (f"{A},x=1,{V},x=2,{S}", "signature.duplicate_field"),
    "everything twice": (f"{A},{V},{S},{A},{V},{S}", "signature.duplicate_field"),
    "trailing comma": (f"{A},{V},{S},", "signature.header"),
    "leading comma": (f",{A},{V},{S}", "signature.header"),
    "two commas": (f"{A},,{V},{S}", "signature.header"),
    "only a comma": (",", "signature.header"),
    "only an equals sign": ("=", "signature.header"),
    "field without value": (f"{A},{V},flag,{S}", "signature.header"),
    "field without name": (f"{A},{V},=1,{S}", "signature.header"),
    "bare signature": (escaped, "signature.header"),
    "semicolons": (f"{A};{V};{S}", "signature.algorithm"),
    "colons": (f"algorithm:RSA256,keyVersion:1,signature:{escaped.replace('%3D', '')}", "signature.header"),
    "seventeen fields": (",".join(f"x{i}={i}" for i in range(14)) + f",{A},{V},{S}", "signature.header"),
    "name of the header included": (f"Signature: {A},{V},{S}", "signature.algorithm"),
    "in quotes": (f'"{A},{V},{S}"', "signature.algorithm"),
    "json": ('{"algorithm":"RSA256"}', "signature.header"),
    "over long": (f"{A},{V},x={'x' * 8192},{S}", "signature.header"),
    "line break after a comma": (f"{A},\n{V},{S}", "signature.header"),
    "line break in the signature": (f"{A},{V},signature={plain[:76]}\n{plain[76:]}", "signature.header"),
    "nul": (f"{A},{V},{S}\0", "signature.header"),
    "carriage return at the end": (f"{A},{V},{S}\r\n", "signature.header"),
    "no-break space": (f"\u00a0{A},{V},{S}", "signature.algorithm"),
}.items():
    main.add(f"header: {name}", text, error)

# The value's encoding.
for name, value in {
    "no padding": plain.rstrip("="),
    "no padding, escaped": escaped.replace("%3D", ""),
    "half of the padding": plain[:-1],
    "half of the padding, escaped": escaped[:-3],
    "too much padding": plain + "=",
    "padding of four": plain + "==",
    "base64url alphabet": plain.replace("+", "-").replace("/", "_"),
    "base64url without padding": plain.replace("+", "-").replace("/", "_").rstrip("="),
    "pluses as blanks": plain.replace("+", " "),
    "escaped blanks for pluses": plain.replace("+", "%20"),
    "escaped twice": urllib.parse.quote(escaped, safe=""),
    "blank inside": plain[:100] + " " + plain[100:],
    "escaped line feed at the end": escaped + "%0A",
    "escaped line feed inside": escaped[:76] + "%0A" + escaped[76:],
    "escaped crlf inside": plain[:64] + "%0D%0A" + plain[64:],
    "nul inside": escaped[:60] + "%00" + escaped[60:],
    "bits beyond the end": plain[:-3] + chr(ord(plain[-3]) + 1) + "==",
    "padding in the middle": plain[:4] + "==" + plain[6:],
    "percent at the end": plain + "%",
    "percent and one digit at the end": plain + "%3",
    "escape that is no number": plain[:-2] + "%3G%3D",
    "percent alone inside": plain[:40] + "%" + plain[40:],
    "escape with a sign": "%+1" + plain[3:],
    "escape with a blank": plain[:-2] + "% 3D%3D",
    "escape as unicode": "%u0041" + plain[1:],
    "html entity": plain.replace("+", "&#43;"),
    "words": "hello world",
    "hex": s.hex() + "!",
    "in quotes": f'"{plain}"',
    "in single quotes": f"'{escaped}'",
    "utf-8": "é" + plain[1:],
    "full width": plain.replace("+", "＋"),
    "escaped utf-8": "%C3%A9" + plain[4:],
    "one character": "A",
    "five characters": "AAAAA",
    "only padding": "==",
    "only escapes of padding": "%3D%3D",
    "exclamation mark": plain[:-3] + "!==",
    "star": "*" + plain[1:],
    "data url": "data:;base64;" + plain,
    "backslash": plain.replace("/", "\\/"),
    "cut at an odd place": plain[:101],
}.items():
    main.add(f"encoding: {name}", f"{A},{V},signature={value}", "signature.encoding")

# What was signed and what arrived.
for name, changes in {
    "method GET": {"method": "GET"},
    "method post": {"method": "post"},
    "method empty": {"method": ""},
    "path refund": {"path": "/ams/api/v1/payments/refund"},
    "path sandbox": {"path": "/ams/sandbox/api/v1/payments/pay"},
    "path with slash": {"path": PAY + "/"},
    "path with query": {"path": PAY + "?a=1"},
    "path in capitals": {"path": PAY.upper()},
    "path without slash": {"path": PAY[1:]},
    "path with host": {"path": "https://open-sea-global.alipay.com" + PAY},
    "path escaped": {"path": PAY.replace("pay", "%70ay")},
    "path empty": {"path": ""},
    "client id other": {"client_id": CLIENT[:-1] + "1"},
    "client id without prefix": {"client_id": CLIENT.removeprefix("SANDBOX_")},
    "client id in lower case": {"client_id": CLIENT.lower()},
    "client id with blank": {"client_id": CLIENT + " "},
    "client id empty": {"client_id": ""},
    "time a second later": {"time": "2026-11-21T20:57:01+08:00"},
    "time same instant": {"time": "2026-11-21T12:57:00Z"},
    "time with milliseconds": {"time": "2026-11-21T20:57:00.000+08:00"},
    "time with blank": {"time": "2026-11-21 20:57:00+08:00"},
    "time epoch": {"time": "1795265820000"},
    "time empty": {"time": ""},
    "body empty": {"body": ""},
    "body with blank": {"body": main.base["body"].replace(":", ": ")},
    "body with line feed": {"body": main.base["body"] + "\n"},
    "body after bom": {"body": "\ufeff" + main.base["body"]},
    "body cut": {"body": main.base["body"][:-1]},
    "body twice": {"body": main.base["body"] * 2},
    "body with nul": {"body": main.base["body"] + "\0"},
    "body other number": {"body": '{"n":0.5}'},
    "body as utf-16": {"body_base64": b64(main.base["body"].encode("utf-16-le"))},
    "body not utf-8": {"body_base64": b64(b"\xff" + main.base["body"].encode())},
    "dot moved": {"client_id": CLIENT + "." + TIME, "time": main.base["body"], "body": ""},
}.items():
    main.bytes(f"arrived: {name}", s, **changes)
for name, changes in {
    "blank moved from path to method": {"method": "POST " + PAY, "path": ""},
    "client id and time cut elsewhere": {"client_id": "SANDBOX_5X", "time": "00000000000000." + TIME},
    "body and time cut elsewhere": {
        "client_id": CLIENT,
        "time": TIME[:-1],
        "body": TIME[-1] + "." + main.base["body"],
    },
}.items():
    main.bytes(f"arrived: {name}", s, note="not the same text: a separator is added or gone", **changes)
for name, changes in {
    "time moved into the body": {"client_id": "A", "time": "B", "body": "C.{}"},
    "empty body": {"body": ""},
    "binary body": {"body_base64": b64(bytes(range(256)))},
    "unicode body": {"body": '{"n":"付款 😀"}'},
    "crlf body": {"body": "{\r\n}"},
    "notification": {
        "path": "/merchant/notify",
        "time": "2019-07-12T12:08:56.253+05:30",
        "client_id": "T_111222333",
        "body": '{"notifyType":"PAYMENT_RESULT"}',
    },
    "GET": {"method": "GET"},
    "all empty": {"method": "", "path": "", "client_id": "", "time": "", "body": ""},
    "large body": {"body": "m" * 5000},
    "epoch time": {"time": "1795265820123"},
    "path with query": {"path": "/n?a=b&c=%2F"},
}.items():
    message = content(
        {k: v for k, v in (main.base | changes).items() if k != "body" or "body_base64" not in changes}
    )
    main.bytes(f"signed: {name}", sign(main.key, message), None, **changes)
for character, name in {"\r": "cr", "\n": "lf", "\0": "nul"}.items():
    for field in ("method", "path", "client_id", "time"):
        changes = {field: main.base[field] + character}
        message = content(main.base | changes)
        main.add(
            f"content: {name} in {field}",
            head(sign(main.key, message)),
            "signature.content",
            "the signature itself would be right",
            **changes,
        )
two_lines = {
    "method": "POST",
    "path": f"/x\n{CLIENT}.{TIME}.{{}}",
    "client_id": "A",
    "time": "B",
    "body": "C",
}
main.add(
    "content: a path that brings its own second line",
    head(sign(main.key, content(main.base | two_lines))),
    "signature.content",
    **two_lines,
)

# The signature's bytes.
for bit in [0, 1, 7, 8, 63, 64, 127, 255, 256, 511, 1023, 1024, 1535, 2039, 2040, 2046, 2047]:
    main.bytes(f"signature: bit {bit} flipped", flip(s, bit))
value = int.from_bytes(s, "big")


def as_bytes(number: int, size: int = 256) -> bytes:
    return number.to_bytes(size, "big")


for name, data in {
    "all zero": bytes(256),
    "one": as_bytes(1),
    "two": as_bytes(2),
    "all ones": b"\xff" * 256,
    "n": as_bytes(main.n),
    "n minus one": as_bytes(main.n - 1),
    "n plus one": as_bytes(main.n + 1),
    "n minus signature": as_bytes(main.n - value),
    "signature plus four": as_bytes(value + 4),
    "signature minus four": as_bytes(value - 4),
    "one byte more at the end": s + b"\0",
    "one byte more at the front": b"\0" + s,
    "one byte less at the end": s[:-1],
    "one byte less at the front": s[1:],
    "signature plus n in one byte more": as_bytes(value + main.n, 257),
    "reversed": s[::-1],
    "halves swapped": s[128:] + s[:128],
    "first half": s[:128],
    "twice": s + s,
    "one byte": b"\x01",
    "two zero bytes": b"\0\0",
    "padded to 512": bytes(256) + s,
    "1024 bytes": s * 4,
    "1500 bytes": (s * 6)[:1500],
    "of another key": sign("stranger.pem", content(main.base)),
    "of a key of 3072 bits": sign("rsa_3072.pem", content(main.base)),
    "of a key of 1024 bits": sign("rsa_1024.pem", content(main.base)),
    "of a key of 4096 bits": sign("rsa_4096.pem", content(main.base)),
    "over the digest": sign(main.key, digest_of(content(main.base))),
    "over the body alone": sign(main.key, main.base["body"].encode()),
    "over crlf": sign(main.key, content(main.base).replace(b"\n", b"\r\n")),
    "over a trailing line feed": sign(main.key, content(main.base) + b"\n"),
    "over lower case method": sign(main.key, content(main.base | {"method": "post"})),
    "over no blank": sign(main.key, content(main.base).replace(b" ", b"", 1)),
    "over nothing": sign(main.key, b""),
    "random": bytes(itertools.islice(stream("signature"), 256)),
}.items():
    main.bytes(f"signature: {name}", data)
short = next(
    n for n in itertools.count() if sign(main.key, content(main.base | {"body": f'{{"s":{n}}}'}))[0] == 0
)
zero = sign(main.key, content(main.base | {"body": f'{{"s":{short}}}'}))
main.bytes("signature: begins with a zero byte", zero, None, body=f'{{"s":{short}}}')
main.bytes("signature: its leading zero byte left out", zero[1:], body=f'{{"s":{short}}}')


def paddings(file: File) -> dict[str, bytes]:
    """Encoded messages that are wrong in one way each (RFC 8017, 9.2)."""
    digest, size = digest_of(content(file.base)), file.size
    info = SHA256_INFO + digest

    def padded(tail: bytes, kind: bytes = b"\0\1", fill: bytes = b"\xff") -> bytes:
        return kind + fill * (size - 3 - len(tail)) + b"\0" + tail

    def inner(algorithm: bytes, octets: bytes) -> bytes:
        body = bytes([0x30, len(algorithm)]) + algorithm + octets
        return bytes([0x30, len(body)]) + body

    oid = bytes.fromhex("0609608648016503040201")
    octets = b"\x04\x20" + digest
    right = padded(info)
    out = {
        "block type 0": padded(info, b"\0\0"),
        "block type 2": padded(info, b"\0\2"),
        "block type 0 filled with zeros": padded(info, b"\0\0", b"\0"),
        "first byte 1": padded(info, b"\1\1"),
        "filled with fe": padded(info, fill=b"\xfe"),
        "filled with zeros": padded(info, fill=b"\0"),
        "last fill byte fe": right.replace(b"\xff\0" + info[:2], b"\xfe\0" + info[:2]),
        "first fill byte fe": b"\0\1\xfe" + right[3:],
        "no zero before the digest info": b"\0\1" + b"\xff" * (size - 2 - len(info)) + info,
        "separator 1": right.replace(b"\xff\0" + info[:2], b"\xff\1" + info[:2]),
        "no NULL": padded(inner(oid, octets)),
        "NULL with a byte": padded(inner(oid + b"\x05\x01\0", octets)),
        "parameters not NULL": padded(inner(oid + b"\x04\x00", octets)),
        "parameters an empty sequence": padded(inner(oid + b"\x30\x00", octets)),
        "two NULLs": padded(inner(oid + b"\x05\0\x05\0", octets)),
        "garbage in the parameters": padded(inner(oid + b"\x04\x10" + b"G" * 16, octets)),
        "bare digest": padded(digest),
        "digest without info, octet string": padded(octets),
        "digest cut": padded(info[:-1]),
        "digest longer": padded(info + b"\0"),
        "garbage after the digest info": padded(info + b"garbage!"),
        "garbage of 100 bytes after the digest info": padded(info + b"\xff" * 100),
        "sha-1 name": padded(inner(bytes.fromhex("06052b0e03021a0500"), octets)),
        "sha-512 name": padded(inner(oid[:-1] + b"\x03\x05\0", octets)),
        "md5 name": padded(inner(bytes.fromhex("06082a864886f70d02050500"), octets)),
        "sha-224 name": padded(inner(oid[:-1] + b"\x04\x05\0", octets)),
        "wrong tag of the digest": padded(inner(oid + b"\x05\0", b"\x03\x20" + digest)),
        "outer length in long form": padded(b"\x30\x81\x31" + info[2:]),
        "inner length in long form": padded(b"\x30\x32\x30\x81\x0d" + info[4:]),
        "digest length in long form": padded(b"\x30\x32" + info[2:17] + b"\x04\x81\x20" + digest),
        "outer length too large": padded(b"\x30\x32" + info[2:]),
        "outer length too small": padded(b"\x30\x30" + info[2:]),
        "outer tag a set": padded(b"\x31" + info[1:]),
        "indefinite length": padded(b"\x30\x80" + info[2:] + b"\0\0"),
        "digest of another text": padded(SHA256_INFO + digest_of(b"another")),
        "digest all zero": padded(SHA256_INFO + bytes(32)),
        "digest reversed": padded(SHA256_INFO + digest[::-1]),
        "fill of eight bytes and garbage": (b"\0\1" + b"\xff" * 8 + b"\0" + info).ljust(size, b"G"),
        "fill of eight bytes and zeros": (b"\0\1" + b"\xff" * 8 + b"\0" + info).ljust(size, b"\0"),
        "no fill and garbage": (b"\0\1\0" + info).ljust(size, b"G"),
        "one fill byte and garbage": (b"\0\1\xff\0" + info).ljust(size, b"\xff"),
        "info at the front": (b"\0" + info).ljust(size, b"\xff"),
        "info twice": padded(info + info),
        "fill begins late": b"\0\0\1" + b"\xff" * (size - 4 - len(info)) + b"\0" + info,
        "only fill": b"\0\1" + b"\xff" * (size - 2),
        "nothing but the digest at the end": digest.rjust(size, b"\0"),
    }
    assert all(len(encoded) == size and encoded != right for encoded in out.values())
    return out


for name, encoded in paddings(main).items():
    main.bytes(f"padding: {name}", main.raw(encoded), note="made with the private key")
assert len(main.cases) >= 300, len(main.cases)
SOURCE = (
    "generate/verify.py: signatures by the openssl command, forged ones by RFC 8017 and Python's integers; where the header can be read, "
    "openssl gives the same verdict. The header's grammar and the error codes are the design's. Throw-away key."
)
write("verify.json", SOURCE, main.cases, public_key=main.public)

# With the public exponent 3 a cube root makes forgeries without the private key, if the padding is not checked to its end.
cube = File("e_3.pem", '{"forged":true}')


def cube_root(number: int) -> int:
    low, high = 0, 1 << (number.bit_length() // 3 + 2)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**3 <= number else (low, middle - 1)
    return low


assert cube.e == 3
cube.bytes("as signed", cube.signature, None)
for n in range(8):
    changes = {"body": f'{{"n":{n}}}'}
    cube.bytes(f"signed {n}", sign(cube.key, content(cube.base | changes)), None, **changes)
for name, encoded in paddings(cube).items():
    cube.bytes(f"padding: {name}", cube.raw(encoded), note="made with the private key")
for fill in [0, 1, 2, 8, 16, 32, 64, 100]:
    for body in ['{"forged":true}', '{"amount":"1"}', '{"amount":"100000"}']:
        digest = digest_of(content(cube.base | {"body": body}))
        prefix = b"\0\1" + b"\xff" * fill + b"\0" + SHA256_INFO + digest
        # The largest number that begins with the prefix; its cube root, cubed, still begins with it while the fill is short.
        root = cube_root(int.from_bytes(prefix.ljust(cube.size, b"\xff"), "big"))
        kept = (root**3).to_bytes(cube.size, "big").startswith(prefix)
        cube.bytes(
            f"cube root: fill of {fill} bytes, {body}",
            root.to_bytes(cube.size, "big"),
            body=body,
            note="a forgery without the private key; "
            + (
                "its cube begins with the whole prefix"
                if kept
                else "its cube keeps a part of the prefix only"
            ),
        )


def odd_suffix_root(digest: bytes) -> int | None:
    """A number whose cube ends with the digest info's last bytes: for verifiers that look at the end only."""
    suffix, root = int.from_bytes(digest, "big"), 1
    if suffix % 2 == 0:
        return None
    for bit in range(1, 8 * len(digest)):
        if (root**3 ^ suffix) >> bit & 1:
            root |= 1 << bit
    assert (root**3 - suffix) % (1 << (8 * len(digest))) == 0
    return root


found = 0
for n in itertools.count():
    body = f'{{"suffix":{n}}}'
    for length, name in [(32, "digest"), (51, "digest info")]:
        tail = (SHA256_INFO + digest_of(content(cube.base | {"body": body})))[-length:]
        root = odd_suffix_root(tail)
        if root is not None:
            found += 1
            cube.bytes(
                f"cube root: ends with the {name}, {body}",
                root.to_bytes(cube.size, "big"),
                body=body,
                note="for verifiers that compare the end only",
            )
    if found >= 12:
        break
for number in [1, 2, 3]:
    cube.bytes(f"the number {number}", number.to_bytes(cube.size, "big"))
write("verify_e_3.json", SOURCE + " The public exponent is 3.", cube.cases, public_key=cube.public)
