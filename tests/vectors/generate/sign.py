#!/usr/bin/env python3
"""Writes ../sign.json. Oracle: the openssl command signs; urllib percent-encodes; Python's cryptography verifies."""

import base64
import itertools
import urllib.parse

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

from vectors import CLIENT, PAY, TIME, content, header, private_pem, sign, stream, write

KEY = "rsa_2048.pem"
second_opinion = serialization.load_pem_private_key(private_pem(KEY).encode(), None)
cases: list[dict] = []


def add(name: str, note: str = "", **changes) -> None:
    case = {"kind": "sign", "name": name, "method": "POST", "path": PAY, "client_id": CLIENT, "time": TIME}
    case |= {"body": '{"paymentRequestId":"PR_1"}', "key_version": 1} | changes
    if "body_base64" in case:
        del case["body"]
    refused = any(c in case[f] for c in "\r\n\0" for f in ("method", "path", "client_id", "time"))
    if refused:
        case["expected"] = {"error": "signature.content"}
        note = note or "the design refuses CR, LF and NUL outside the body"
    else:
        signature = sign(KEY, content(case))
        assert signature == second_opinion.sign(content(case), padding.PKCS1v15(), hashes.SHA256())
        case["expected"] = {"signature_header": header(signature, case["key_version"])}
    if note:
        case["note"] = note
    cases.append(case)


PATHS = [
    f"/{gateway}{operation}"
    for gateway, operations in {
        "ams/api/v1/payments/": ["inquiryPayment", "cancel", "refund", "inquiryRefund"],
        "ams/sandbox/api/v1/payments/": ["pay", "inquiryPayment", "cancel", "refund", "inquiryRefund"],
        "aps/api/v1/payments/": [
            "pay",
            "inquiryPayment",
            "cancelPayment",
            "refund",
            "userInitiatedPay",
            "consultPayment",
        ],
    }.items()
    for operation in operations
]
for path in PATHS:
    add(f"path {path}", path=path)
for path in [
    "",
    "/",
    "/payNotify",
    "/merchant/notify",
    "/n?a=1&b=%2F",
    "/n?x=a b",
    "/%E4%BB%98",
    "/付款",
    "//double//slash",
    "relative",
    "/trailing/",
    "/n#fragment",
    "/dots/../up",
    "/a.b.c",
    "/ leading",
    "/tab\there",
    "/é",
    "/e\u0301",
]:
    add(f"path {path!r}", path=path)
for method in ["GET", "PUT", "post", "Post", "", "PATCH", "POST "]:
    add(f"method {method!r}", method=method)
for client in [
    "",
    "C",
    "T_111222333",
    "5X00000000000000",
    "SANDBOX_5YC47N2ZQHJ004124",
    "a.b",
    ".",
    "a b",
    "商户",
    "x" * 128,
    " ",
    "0",
]:
    add(f"client id {client[:30]!r} of {len(client)}", client_id=client)
for time in [
    "",
    "1685599933871",
    "2019-07-12T12:08:56+05:30",
    "2019-07-12T12:08:56.253+05:30",
    "2020-01-01T12:01:00+08:30",
    "2025-02-20T08:51:49.09Z",
    "2026-11-21T12:57:00Z",
    "2026-11-21T12:57:00+0000",
    "2026-11-21 12:57:00",
    "0",
    "2026-02-29T24:00:00-12:00",
    "١٦٨٥",
    ".",
    "not a time",
]:
    add(f"time {time!r}", time=time)
for version in [0, 2, 3, 9, 10, 255, 65536, 2147483647, 2147483648, 4294967295]:
    add(f"key version {version}", key_version=version, note="the key version is not signed")

BODIES = {
    "empty": "",
    "blank": " ",
    "line feed": "\n",
    "carriage return": "\r\n",
    "nul": "\0",
    "object": "{}",
    "array": "[]",
    "number": "0.064622",
    "number with zeros": "0.0646220",
    "string": '"x"',
    "not json": "paid",
    "cut": '{"a":',
    "spaces": '{ "a" : 1 }',
    "pretty": '{\n  "a": 1\n}',
    "pretty crlf": '{\r\n  "a": 1\r\n}',
    "tabs": '{\t"a":\t1}',
    "trailing newline": '{"a":1}\n',
    "order a b": '{"a":1,"b":2}',
    "order b a": '{"b":2,"a":1}',
    "twice": '{"a":1,"a":2}',
    "escaped slash": '{"u":"https:\\/\\/x"}',
    "slash": '{"u":"https://x"}',
    "unicode escape": '{"n":"\\u4ed8"}',
    "unicode": '{"n":"付"}',
    "upper escape": '{"n":"\\u4ED8"}',
    "emoji": '{"n":"😀"}',
    "surrogates": '{"n":"\\ud83d\\ude00"}',
    "zwj": '{"n":"👩‍👩‍👧"}',
    "nfc": '{"n":"ü"}',
    "nfd": '{"n":"u\u0308"}',
    "rtl": '{"n":"مرحبا"}',
    "thai": '{"n":"สวัสดี"}',
    "bom": '\ufeff{"a":1}',
    "nbsp": '{\u00a0"a":1}',
    "line separator": '{"a":"\u2028"}',
    "del": '{"a":"\x7f"}',
    "dots": "...",
    "content inside": f"POST {PAY}\n{CLIENT}.{TIME}.{{}}",
    "comment": '{"a":1 //x\n}',
    "plus": '{"a":"+ +"}',
    "percent": '{"a":"%2F%2B"}',
    "big number": '{"value":12345678901234567890}',
    "float": '{"value":1e2}',
    "html": "<html>&amp;</html>",
    "quote": '{"a":"\\""}',
    "backslash": '{"a":"\\\\"}',
    "nested": '{"a":' * 64 + "1" + "}" * 64,
}
for name, body in BODIES.items():
    add(f"body {name}", body=body)
for length in [1, 54, 55, 56, 63, 64, 65, 118, 119, 120, 127, 128, 129, 1000, 4096, 16384]:
    add(f"body of {length} bytes", body="m" * length, note="around SHA-256's block and padding lengths")
for length in [1, 2, 3, 31, 32, 33, 64, 255, 256, 257, 512]:
    data = bytes(itertools.islice(stream(f"sign/{length}"), length))
    add(
        f"binary body of {length} bytes",
        body_base64=base64.b64encode(data).decode(),
        note="not UTF-8, signed as it stands",
    )
for name, data in {
    "gzip": b"\x1f\x8b\x08\x00",
    "latin-1": b'{"n":"\xfc"}',
    "gbk": b'{"n":"\xb8\xb6"}',
    "utf-16": '{"n":"付"}'.encode("utf-16"),
    "overlong": b"\xc0\x80",
    "every byte": bytes(range(256)),
}.items():
    add(f"body {name}", body_base64=base64.b64encode(data).decode())

# Where the parts meet, another cut of the same text must give the same or another signature, as the text says.
for name, changes in {
    "dot moved from client id to time": {"client_id": "A", "time": "B.C"},
    "dot moved from time to client id": {"client_id": "A.B", "time": "C"},
    "dot moved into the body": {"client_id": "A", "time": "B", "body": 'C.{"x":1}'},
    "dot moved out of the body": {"client_id": "A", "time": "B.C", "body": '{"x":1}'},
    "blank moved into the path": {"method": "POST", "path": " /x"},
    "blank moved into the method": {"method": "POST ", "path": "/x"},
}.items():
    add(name, note="opaque text: cuts that give the same bytes give the same signature", **changes)
for character, name in {"\r": "cr", "\n": "lf", "\0": "nul"}.items():
    for field, value in {"method": "POST", "path": PAY, "client_id": CLIENT, "time": TIME}.items():
        add(f"{name} ends {field}", **{field: value + character})
        add(f"{name} begins {field}", **{field: character + value})

# Signatures whose base64 has many of the characters that are escaped, and few.
counter, wanted = 0, {"slash": 10, "plus": 10, "none of them": 0}
while wanted:
    body = f'{{"n":{counter}}}'
    counter += 1
    probe = {"method": "POST", "path": PAY, "client_id": CLIENT, "time": TIME, "body": body}
    text = base64.b64encode(second_opinion.sign(content(probe), padding.PKCS1v15(), hashes.SHA256())).decode()
    for name, found in {
        "slash": text.count("/") >= 10,
        "plus": text.count("+") >= 10,
        "none of them": urllib.parse.quote(text, safe="=") == text or text.count("/") + text.count("+") <= 2,
    }.items():
        if found and name in wanted:
            del wanted[name]
            add(f"signature with escapes: {name}", body=body)
for index in range(20):
    add(
        f"inquiry {index}",
        path="/aps/api/v1/payments/inquiryPayment",
        time=str(1795265820000 + 977 * index),
        body=f'{{"paymentRequestId":"PR_{index:04}"}}',
        client_id=f"MERCHANT_{index % 3}",
        key_version=1 + index % 4,
    )

assert len(cases) >= 200, len(cases)
write(
    "sign.json",
    "generate/sign.py: signatures by the openssl command, confirmed by Python's cryptography; percent-encoding by "
    "urllib.parse.quote; throw-away key. Refusals: the design.",
    cases,
    private_key=private_pem(KEY),
)
