#!/usr/bin/env python3
"""Writes ../diagnosis.json: messages that do not verify, each broken in a known way, and what is to be found first.

Oracle: what was done to the message here, with Python's json, base64, urllib and datetime. Signatures are made by the openssl
command; PSS with a fixed salt and the padding without a DigestInfo by RFC 8017 and Python's integers.
"""

import base64
import hashlib
import json
import urllib.parse

from cryptography.hazmat.primitives.serialization import load_pem_private_key

from vectors import header, openssl, private_pem, public_pem, sign, write

GATEWAY, OWN = "rsa_2048.pem", "e_33_bits.pem"
OTHERS = {"stranger": "stranger.pem", "production": "e_3.pem", "rsa_3072": "rsa_3072.pem"}
URL = "https://shop.example/alipay/notify"
PATH = "/alipay/notify"
CLIENT = "SANDBOX_5X00000000000000"
TIME = "2026-11-21T20:57:00.253+08:00"
#: As a gateway writes it.
BODY = (
    '{"notifyType":"PAYMENT_RESULT","result":{"resultStatus":"S","resultCode":"SUCCESS","resultMessage":"支付成功 & <done>"},'
    '"paymentRequestId":"pr-1","paymentId":"2026112119401","paymentAmount":{"value":"1999","currency":"USD"},'
    '"quotes":[{"rate":0.88156063,"guaranteed":false}],"redirectUrl":"https://shop.example/done?a=1"}'
)
STATED = '{"notifyType":"OTHER","notifyUrl":"https://shop.example/public/alipay/notify?till=7"}'
LINES = '{\n  "notifyType": "OTHER",\n  "paymentRequestId": "pr-1"\n}\n'
FLAT = '{"notifyType":"OTHER","b":"2","a":"1"}'

cases: list[dict] = []


def text(path=PATH, client=CLIENT, time=TIME, body=BODY, method="POST") -> bytes:
    """What the sender signed."""
    raw = body if isinstance(body, bytes) else body.encode()
    return f"{method} {path}\n{client}.{time}.".encode() + raw


def plain(signature: bytes) -> str:
    return base64.b64encode(signature).decode()


def add(
    name: str,
    codes: list[str] | str,
    signed: bytes | None = None,
    *,
    value: str | None = None,
    key: str = GATEWAY,
    headers: list[tuple[str, str]] | None = None,
    more: list[tuple[str, str]] = (),
    url: str | None = URL,
    response: str | None = None,
    client: str = CLIENT,
    time: str = TIME,
    body: str | bytes = BODY,
    note: str = "",
    **rest,
) -> None:
    """A message that arrived: by default as it was signed, with the signature `value` in its header."""
    message = text() if signed is None else signed
    value = header(sign(key, message)) if value is None else value
    time_header = "Request-Time" if response is None else "Response-Time"
    case: dict = {"kind": "explain", "name": name, "client_id": client}
    case |= {"notify_url": url} if response is None else {"path": response}
    case["headers"] = headers if headers is not None else [[time_header, time], ["Signature", value]]
    case["headers"] = [list(pair) for pair in [*case["headers"], *more]]
    raw = body if isinstance(body, bytes) else body.encode()
    try:
        case["body"] = raw.decode()
    except UnicodeDecodeError:
        case["body_base64"] = base64.b64encode(raw).decode()
    case |= rest
    case["expected"] = {"codes": [codes] if isinstance(codes, str) else codes}
    cases.append(case | ({"note": note} if note else {}))


def private(key: str):
    return load_pem_private_key(private_pem(key).encode(), None).private_numbers()


def raw(key: str, encoded: bytes) -> bytes:
    numbers = private(key)
    size = (numbers.public_numbers.n.bit_length() + 7) // 8
    return pow(int.from_bytes(encoded, "big"), numbers.d, numbers.public_numbers.n).to_bytes(size, "big")


def pss(key: str, message: bytes, salt_length: int) -> bytes:
    """RFC 8017, 9.1.1, with SHA-256 and a fixed salt."""
    salt = bytes(index % 251 for index in range(salt_length))
    hashed = hashlib.sha256(bytes(8) + hashlib.sha256(message).digest() + salt).digest()
    size = 256 - 32 - 1
    data = (b"\1" + salt).rjust(size, b"\0")
    mask, counter = b"", 0
    while len(mask) < size:
        mask += hashlib.sha256(hashed + counter.to_bytes(4, "big")).digest()
        counter += 1
    masked = bytes(a ^ b for a, b in zip(data, mask, strict=False))
    masked = bytes([masked[0] & 0x7F]) + masked[1:]
    return raw(key, masked + hashed + b"\xbc")


def with_hash(name: str, message: bytes) -> bytes:
    import tempfile

    with tempfile.NamedTemporaryFile("w") as file:
        file.write(private_pem(GATEWAY))
        file.flush()
        return openssl("dgst", f"-{name}", "-sign", file.name, stdin=message)


def bare(message: bytes) -> bytes:
    digest = hashlib.sha256(message).digest()
    return raw(GATEWAY, b"\0\1" + b"\xff" * (256 - 3 - 32) + b"\0" + digest)


good = sign(GATEWAY, text())
B64 = plain(good)
assert "+" in B64 and "/" in B64 and B64.endswith("==")
HEAD = "algorithm=RSA256,keyVersion=1,signature="
ESCAPED = urllib.parse.quote(B64, safe="")

# Nothing is wrong.
add("as signed", "verifies")
add("as signed, with the query", "verifies", text(path=PATH + "?till=7"), url=URL + "?till=7")
add("as signed, the URL has a query", "verifies", url=URL + "?till=7")

# The body.
add("body: printed by Python's json.dumps", "body.reserialized", body=json.dumps(json.loads(BODY)))
add("body: printed with four spaces", "body.reserialized", body=json.dumps(json.loads(BODY), indent=4, ensure_ascii=False))
add("body: received compact, signed in lines", "body.reserialized", text(body=LINES.strip()), body=json.dumps(json.loads(LINES), separators=(",", ":")))
add("body: signed in lines of four spaces", "body.reserialized", text(body=json.dumps(json.loads(BODY), indent=4, ensure_ascii=False)))
add("body: signed by Jackson's printer", "body.reserialized", text(body='{\n  "a" : "1",\n  "b" : [ {\n    "c" : 2\n  }, 3 ],\n  "d" : { },\n  "e" : [ ]\n}'), body='{"a":"1","b":[{"c":2},3],"d":{},"e":[]}')
add("body: signed by .NET's encoder", "body.reserialized", text(body='{"a":"\\u00E9\\u0022\\u002B"}'), body='{"a":"é\\"+"}')
add("body: signed with sorted keys", "body.reserialized", text(body=json.dumps(json.loads(FLAT), sort_keys=True, separators=(",", ":"))), body=FLAT)
add("body: signed with escapes beyond ASCII", "body.reserialized", text(body=json.dumps(json.loads(BODY), separators=(",", ":"))))
add("body: escapes of the sender decoded", "body.reserialized", text(body=FLAT.replace("1", "\\u00E9")), body=FLAT.replace("1", "é"))
add("body: signed by PHP's json_encode", "body.reserialized", text(body=json.dumps(json.loads(BODY), separators=(",", ":")).replace("/", "\\/")))
add("body: signed with escaped slashes", "body.reserialized", text(body=BODY.replace("/", "\\/")))
add("body: signed by Go's encoder", "body.reserialized", text(body=BODY.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")))
add("body: signed by Gson", "body.reserialized", text(body=BODY.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").replace("=", "\\u003d")))
add("body: received as a JSON string", "body.reserialized", text(body=FLAT), body=json.dumps(FLAT))
add("body: a line feed added", "body.end", body=BODY + "\n")
add("body: CR and LF added", "body.end", body=BODY + "\r\n")
add("body: a space added", "body.end", body=BODY + " ")
add("body: trimmed", "body.end", text(body=LINES), body=LINES.rstrip())
add("body: CRLF made of LF", "body.line_endings", text(body=LINES), body=LINES.replace("\n", "\r\n"))
add("body: LF made of CRLF", "body.line_endings", text(body=LINES.replace("\n", "\r\n")), body=LINES)
add("body: a byte order mark added", "body.byte_order_mark", body=b"\xef\xbb\xbf" + BODY.encode())
add("body: the byte order mark removed", "body.byte_order_mark", text(body=b"\xef\xbb\xbf" + BODY.encode()))
add("body: as base64", "body.base64", body=base64.b64encode(BODY.encode()))
add("body: its base64 was signed", "body.base64", text(body=base64.b64encode(BODY.encode())))
add("body: signed empty", "body.empty", text(body=""))
add("body: signed as {}", "body.empty", text(body="{}"))
LATIN = FLAT.replace("1", "café")
add("body: UTF-8 read as Latin-1", "body.charset", text(body=LATIN), body=LATIN.encode().decode("latin-1"))
add("body: signed as Latin-1", "body.charset", text(body=LATIN.encode("latin-1")), body=LATIN)
EURO = FLAT.replace("1", "€ “")
add("body: UTF-8 read as Windows-1252", "body.charset", text(body=EURO.replace("“", "")), body=EURO.replace("“", "").encode().decode("cp1252"))
add("body: signed as Windows-1252", "body.charset", text(body=EURO.encode("cp1252")), body=EURO)
add("body: signed with a space after each colon", "body.reserialized", text(body=json.dumps(json.loads(FLAT), separators=(",", ": "))), body=FLAT)
add("body: Latin-1 signed as UTF-8", "body.charset", text(body=LATIN), body=LATIN.encode("latin-1"))
add("body: signed with question marks", "body.charset", text(body=BODY.encode("ascii", "replace")))
add("body: signed as UTF-16", "body.charset", text(body=LATIN.encode("utf-16-be")), body=LATIN)

# The path.
add("path: signed with a query", "path.query", text(path=PATH + "?till=7"), alternatives={"paths": [PATH + "?till=7"]})
add("path: a response over the API without its query", "path.query", text(path="/ams/api/v1/x", client="T_1"), response="/ams/api/v1/x?a=1", client="T_1")
add("path: signed with a slash at its end", "path.trailing_slash", text(path=PATH + "/"))
add("path: signed without the slash at its end", "path.trailing_slash", url=URL + "/")
add("path: a proxy added a prefix", "path.prefix", url="https://shop.example/public/alipay/notify")
add("path: a proxy took a prefix away", "path.prefix", text(path="/public" + PATH))
add("path: a proxy took a prefix away and says it", "path.prefix", text(path="/till-7" + PATH), more=[("X-Forwarded-Prefix", "/till-7")])
add("path: a proxy took a prefix away, seen elsewhere", "path.prefix", text(path="/till-7" + PATH), alternatives={"paths": ["/till-7" + PATH]})
add("path: the body states another", "path.prefix", text(path="/public" + PATH, body=STATED), body=STATED)
add("path: the whole URL was signed", "path.full_url", text(path=URL))
add("path: the URL of the Host header was signed", "path.full_url", text(path="https://pay.example" + PATH), url=PATH, more=[("Host", "pay.example")])
add("path: signed without its first slash", "path.first_slash", text(path=PATH[1:]))
add("path: in its sandbox form", "path.sandbox", text(path="/ams/sandbox/api/v1/payments/pay"), response="/ams/api/v1/payments/pay")
add("path: in its production form", "path.sandbox", text(path="/ams/api/v1/payments/pay"), response="/ams/sandbox/api/v1/payments/pay")
add("path: that of an API", "path.api", text(path="/ams/sandbox/api/v1/payments/pay"))
add("path: that of another API", "path.api", text(path="/ams/api/v1/payments/cancel"), response="/ams/api/v1/payments/pay")
add("path: of the other protocol", "path.api", text(path="/aps/api/v1/payments/pay"), response="/ams/api/v1/payments/pay")
add("path: signed decoded", "path.encoding", text(path="/café/notify"), url="https://shop.example/caf%C3%A9/notify")
add("path: signed with escapes in small letters", "path.encoding", text(path="/caf%c3%a9/notify"), url="https://shop.example/caf%C3%A9/notify")
add("path: another", "path.other", text(path="/elsewhere"), alternatives={"paths": ["/elsewhere"]})

# The client id.
add("client id: another, in the header", "client_id.other", text(client="SANDBOX_OTHER"), more=[("Client-Id", "SANDBOX_OTHER")])
add("client id: another, that is known", "client_id.other", text(client="SANDBOX_OTHER"), alternatives={"client_ids": ["SANDBOX_OTHER"]})
add("client id: signed with a space", "client_id.spaces", text(client=CLIENT + " "))
add("client id: signed with a line feed", "client_id.spaces", text(client=CLIENT + "\n"))
add("client id: signed without its prefix", "client_id.sandbox", text(client=CLIENT.removeprefix("SANDBOX_")))
add("client id: signed with the prefix", "client_id.sandbox", text(client="SANDBOX_T_1"), client="T_1")
add("client id: the header names another", "message.refused", more=[("Client-Id", "SANDBOX_OTHER")])

# The time.
add("time: that of Response-Time", "time.other_header", text(time="2026-11-21T20:57:01+08:00"), more=[("Response-Time", "2026-11-21T20:57:01+08:00")])
add("time: only in another header", "time.other_header", headers=[("Response-Time", TIME), ("Signature", header(good))])
add("time: as milliseconds", "time.text", text(time="1795265820253"), note="date -u -d 2026-11-21T20:57:00.253+08:00 +%s%3N")
add("time: milliseconds as ISO 8601", "time.text", time="1795265820253")
add("time: in UTC", "time.text", text(time="2026-11-21T12:57:00.253Z"))
add("time: signed without its fraction", "time.fraction", text(time="2026-11-21T20:57:00+08:00"))
add("time: received without its zeros", "time.fraction", text(time="2026-11-21T20:57:00.000+08:00"), time="2026-11-21T20:57:00+08:00")
add("time: the plus sign is a space", "time.plus", time=TIME.replace("+", " "))
add("time: signed with a space for the plus sign", "time.plus", text(time=TIME.replace("+", " ")))
add("time: signed with a space", "time.spaces", text(time=TIME + " "))
add("time: another that is known", "time.other", text(time="2026-11-21T21:00:00+08:00"), alternatives={"times": ["2026-11-21T21:00:00+08:00"]})
add("time: the header is missing", ["input.unusable", "content.differs"], headers=[("Signature", header(good))])

# Headers.
add("header: the time twice in one", "header.joined", time=f"{TIME}, {TIME}")
add("header: the time twice", "header.joined", more=[("Request-Time", TIME)])
add("header: the client id twice", "header.joined", more=[("Client-Id", CLIENT), ("Client-Id", CLIENT)])

# The signature's way.
add("signature: none", "signature.missing", headers=[("Request-Time", TIME)])
add("signature: an empty header", "signature.missing", value="")
add("signature: another algorithm is named", "signature.header", value=HEAD.replace("RSA256", "RSA2") + ESCAPED)
add("signature: no base64", "signature.header", value=HEAD + "!!!!")
add("signature: without its header", "signature.no_header", value=B64)
add("signature: two headers", "signature.joined", more=[("Signature", header(good))])
add("signature: two headers in one", "signature.joined", value=f"{HEAD}{ESCAPED}, {HEAD}{ESCAPED}")
add("signature: percent-encoded twice", "signature.encoded_twice", value=HEAD + urllib.parse.quote(ESCAPED, safe=""))
add("signature: base64 of base64", "signature.encoded_twice", value=HEAD + base64.b64encode(B64.encode()).decode())
add("signature: URL-safe", "signature.base64url", value=HEAD + base64.urlsafe_b64encode(good).decode())
add("signature: unpadded", "signature.unpadded", value=HEAD + B64.rstrip("="))
add("signature: spaces for the plus signs", "signature.spaces", value=HEAD + B64.replace("+", " "))
add("signature: in lines", "signature.line_breaks", value=HEAD + B64[:76].replace("+", "%2B") + "%0A" + B64[76:].replace("+", "%2B"))
add("signature: cut", "signature.cut", value=HEAD + B64[:200])
add("signature: too long", "signature.length", value=HEAD + plain(good + b"123"))
add("signature: SHA-1", "signature.sha1", value=header(with_hash("sha1", text())))
add("signature: SHA-512", "signature.hash", value=header(with_hash("sha512", text())))
add("signature: MD5", "signature.hash", value=header(with_hash("md5", text())))
add("signature: PSS with a salt of 32 bytes", "signature.pss", value=header(pss(GATEWAY, text(), 32)))
add("signature: PSS with the longest salt", "signature.pss", value=header(pss(GATEWAY, text(), 222)))
add("signature: no DigestInfo", "signature.digest_info", value=header(bare(text())))

# The key.
add("key: of another version", "key.version", gateway_keys={"1": "stranger", "2": "gateway"})
add("key: the merchant's own", "key.own", key=OWN)
add("key: of the other environment", "key.other", key="e_3.pem", alternatives={"keys": ["production"]})
add("key: of another length", "key.length", key="rsa_3072.pem")
add("key: a stranger's", "key.unknown", key="stranger.pem")
add("key: a bit of the signature was changed", "key.unknown", value=header(good[:-1] + bytes([good[-1] ^ 1])))

# The content as a whole.
add("content: another method", "content.method", text(method="GET"))
add("content: CRLF between path and client id", "content.separator", text().replace(b"\n", b"\r\n", 1))
add("content: hashed twice", "content.hashed_twice", hashlib.sha256(text()).digest())
add("content: the digest's text was signed", "content.hashed_twice", hashlib.sha256(text()).hexdigest().encode())
add("content: a digit of the amount was changed", "content.differs", body=BODY.replace("1999", "1998"))
add("content: no notify URL", "input.unusable", url=None)
add("content: a notify URL that can't be used", "input.unusable", url="notify")

# Pairs.
add("pair: prefix and line feed", ["path.prefix", "body.end"], url="https://shop.example/public/alipay/notify", body=BODY + "\n")
add("pair: printed again and slash", ["path.trailing_slash", "body.reserialized"], url=URL + "/", body=json.dumps(json.loads(BODY)))
add("pair: printed again and plus sign", ["body.reserialized", "time.plus"], time=TIME.replace("+", " "), body=json.dumps(json.loads(BODY), indent=2))
add("pair: base64 and stage of an API gateway", ["path.prefix", "body.base64"], text(path="/prod" + PATH), body=base64.b64encode(BODY.encode()))
add("pair: query and prefix", ["path.query", "path.prefix"], response="/public/alipay/notify?a=1")
add("pair: API path and other time", ["path.api", "time.other_header"], text(path="/ams/sandbox/api/v1/payments/pay", time="2026-11-21T20:57:01+08:00"), more=[("Response-Time", "2026-11-21T20:57:01+08:00")])
add("pair: other client id and query", ["path.query", "client_id.other"], text(path=PATH + "?till=7", client="SANDBOX_OTHER"), more=[("Client-Id", "SANDBOX_OTHER"), ("X-Original-URI", PATH + "?till=7")])
add("pair: client id and time", ["time.fraction", "client_id.sandbox"], text(client="SANDBOX_T_1", time="2026-11-21T20:57:00+08:00"), client="T_1")
add("pair: plus sign and fraction", ["time.plus", "time.fraction"], text(time="2026-11-21T20:57:00+08:00"), time=TIME.replace("+", " "))
add("pair: printed again and line feed signed", ["body.reserialized", "body.end"], text(body=BODY + "\n"), body=json.dumps(json.loads(BODY)))
add("pair: mark and CRLF", ["body.line_endings", "body.byte_order_mark"], text(body=LINES), body=b"\xef\xbb\xbf" + LINES.replace("\n", "\r\n").encode())
add("pair: method and empty body", ["body.empty", "content.method"], text(method="GET", body=""))
add("pair: URL-safe and unpadded", ["signature.base64url", "signature.unpadded"], value=HEAD + base64.urlsafe_b64encode(good).decode().rstrip("="))
add("pair: without header and spaces", ["signature.no_header", "signature.spaces"], value=B64.replace("+", " "))
add("pair: encoded twice and printed again", ["signature.encoded_twice", "body.reserialized"], value=HEAD + urllib.parse.quote(ESCAPED, safe=""), body=json.dumps(json.loads(BODY)))
add("pair: own key and API path", ["key.own", "path.api"], text(path="/ams/sandbox/api/v1/payments/pay"), key=OWN)
add("pair: SHA-1 and query", ["signature.sha1", "path.query"], value=header(with_hash("sha1", text(path=PATH + "?till=7"))), alternatives={"paths": [PATH + "?till=7"]})
add("pair: PSS and printed again", ["signature.pss", "body.reserialized"], value=header(pss(GATEWAY, text(), 222)), body=json.dumps(json.loads(BODY)))
add("pair: other environment and its client id", ["key.other", "client_id.sandbox"], text(client=CLIENT.removeprefix("SANDBOX_")), key="e_3.pem", alternatives={"keys": ["production"]})

# Endpoints that are broken as a whole: what a framework or a platform does to a request.
def endpoint(name: str, codes: list[str] | str, signed: bytes | None = None, *, more=(), **rest) -> None:
    add(f"endpoint: {name}", codes, signed, more=[*more, ("User-Agent", name)], **rest)


endpoint("Express with express.json()", "body.reserialized", text(body=LINES.strip()), body=json.dumps(json.loads(LINES), separators=(",", ":"), ensure_ascii=False), note="JSON.stringify(req.body)")
endpoint("Flask with get_json and dumps", "body.reserialized", body=json.dumps(json.loads(BODY)), note="json.dumps(request.get_json())")
endpoint("Django with a slash appended", "path.trailing_slash", url=URL + "/", note="APPEND_SLASH")
endpoint("Spring behind a proxy with a stripped prefix", "path.prefix", text(path="/pay" + PATH), url=PATH, more=[("X-Forwarded-Prefix", "/pay")], note="server.forward-headers-strategy=framework")
endpoint("nginx with proxy_pass and a path", "path.prefix", url="https://shop.example/backend/alipay/notify", note="proxy_pass http://app/backend/;")
endpoint("Lambda behind API Gateway, base64", "body.base64", body=base64.b64encode(BODY.encode()), note="event.body with isBase64Encoded")
endpoint("Lambda with its stage in the path", "path.prefix", url="https://x.execute-api.example/prod/alipay/notify", note="requestContext.path")
endpoint("PHP with $_POST", "body.empty", text(body=""), body=b"{}", note="php://input read twice")
endpoint("ASP.NET with a StreamReader and WriteLine", "body.end", body=BODY + "\r\n")
endpoint("Rails with its own params printed", "body.reserialized", body=json.dumps(json.loads(BODY), separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"), note="ActiveSupport escapes HTML")
endpoint("a form decoder over the headers", ["signature.spaces", "time.plus"], value=HEAD + B64.replace("+", " "), time=TIME.replace("+", " "), note="URLDecoder.decode on every header")
endpoint("a JVM with the character set of its system", "body.charset", text(body=LATIN), body=LATIN.encode("latin-1"), note="new String(bytes), getBytes() without UTF-8")

# Reports of users, by their ids in the list of cases.
add("u1: the own public key in place of the gateway's", "key.own", key=OWN, body=FLAT, signed=text(body=FLAT), note="a merchant with such a key is refused when it is made; what the own key signed is named here")
add("u13: signed without the query of the notify URL", "verifies", url=URL + "?allPayTn=5a9d")
add("u13: the framework's path with its query", "path.query", response=PATH + "?allPayTn=5a9d", note="verified over the path that the framework shows")
add("m11: an answer of the gateway at the notify URL", "path.api", text(path="/ams/sandbox/api/v1/payments/inquiryPayment"))
GBK = BODY.encode("gbk")
add("m14: a signed body in GBK", "verifies", text(body=GBK), body=GBK)
add("m14: a signed body with a byte order mark", "verifies", text(body=b"\xef\xbb\xbf" + BODY.encode()), body=b"\xef\xbb\xbf" + BODY.encode())

assert len({tuple(case["expected"]["codes"]) for case in cases}) > 50
SOURCE = (
    "generate/diagnosis.py: each message is broken in one way, or in two, by Python's own libraries; what was done is what has to be "
    "found. Signatures by the openssl command, or by RFC 8017 and Python's integers. Throw-away keys."
)
write(
    "diagnosis.json",
    SOURCE,
    cases,
    public_key=public_pem(GATEWAY),
    private_key=private_pem(OWN),
    keys={name: public_pem(file) for name, file in OTHERS.items()},
)
