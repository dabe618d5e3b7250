#!/usr/bin/env python3
"""Writes ../keys.json. Oracle: the openssl command, for length and SPKI of every good key and for what each bad one is."""

import base64
import hashlib
import itertools
import json
import math
import re
import subprocess

from cryptography.hazmat.primitives.serialization import load_pem_private_key

from vectors import KEYS, openssl, stream, write

cases: list[dict] = []


def facts(key: str) -> dict:
    """Length and fingerprint of the key in this file, as the openssl command sees them."""
    spki = openssl("pkey", "-in", str(KEYS / key), "-pubout", "-outform", "DER")
    text = openssl("pkey", "-pubin", "-inform", "DER", "-noout", "-text", stdin=spki).decode()
    return {
        "bits": int(re.search(r"\((\d+) bit\)", text)[1]),
        "fingerprint": hashlib.sha256(spki).hexdigest(),
    }


def add(name: str, role: str, key, expected, note: str = "") -> None:
    """`key` is text, or bytes where it is no UTF-8 text."""
    data = {"text": key} if isinstance(key, str) else {"der_base64": base64.b64encode(key).decode()}
    expected = {"error": expected} if isinstance(expected, str) else expected
    cases.append(
        {"kind": "key", "name": name, "role": role, **data, "expected": expected}
        | ({"note": note} if note else {})
    )


def containers(key: str) -> dict[str, tuple[str, str]]:
    """Role and PEM of one key in its four containers."""
    path = str(KEYS / key)
    return {
        "pkcs8": ("private", openssl("pkcs8", "-topk8", "-nocrypt", "-in", path).decode()),
        "pkcs1 private": ("private", openssl("rsa", "-in", path, "-traditional").decode()),
        "spki": ("public", openssl("pkey", "-in", path, "-pubout").decode()),
        "pkcs1 public": ("public", openssl("rsa", "-in", path, "-RSAPublicKey_out").decode()),
    }


def der_of(pem: str) -> bytes:
    return base64.b64decode("".join(line for line in pem.splitlines() if not line.startswith("-")))


def wrap(text: str, width: int, end: str = "\n") -> str:
    return end.join(text[i : i + width] for i in range(0, len(text), width))


BAG = (
    "Bag Attributes\n    friendlyName: test key\n    localKeyID: 54 69 6D 65 20 31 36\n"
    "Key Attributes: <No Attributes>\n"
)


def spellings(pem: str) -> dict[str, str | bytes]:
    der = der_of(pem)
    plain = base64.b64encode(der).decode()
    lines = pem.strip().split("\n")
    one_line = "".join(lines)
    return {
        "pem": pem,
        "pem without last line break": pem.rstrip("\n"),
        "pem with crlf": pem.replace("\n", "\r\n"),
        "pem with cr": pem.replace("\n", "\r"),
        "pem with blank lines": pem.replace("\n", "\n\n"),
        "pem with line breaks around": f"\n\n{pem}\n\n",
        "pem indented by blanks": "".join(f"    {line}  \n" for line in lines),
        "pem indented by tabs": "".join(f"\t{line}\t\n" for line in lines),
        "pem with lines of 76": f"{lines[0]}\n{wrap(plain, 76)}\n{lines[-1]}\n",
        "pem with its body on one line": f"{lines[0]}\n{plain}\n{lines[-1]}\n",
        "pem with written line feeds": pem.replace("\n", "\\n"),
        "pem with written crlf": pem.replace("\n", "\\r\\n"),
        "pem with doubly written line feeds": pem.replace("\n", "\\\\n"),
        "pem with written and real line feeds": pem.replace("\n", "\\n\n"),
        "pem on one line": one_line,
        "pem on one line with blanks": " ".join(lines),
        "pem without any blank": "".join(pem.split()),
        "pem in double quotes": f'"{pem}"',
        "pem in single quotes": f"'{pem}'",
        "pem with written line feeds in double quotes": '"' + pem.replace("\n", "\\n") + '"',
        "pem after a variable's name": "KEY='" + pem.replace("\n", "\\n") + "'\n",
        "pem after bom": "\ufeff" + pem,
        "pem after text": BAG + pem,
        "pem before text": pem + "\nissued for shop 7 -- do not mail\n",
        "pem between texts": f"# the key of shop 7\n{pem}# end\n",
        "pem between dashes": f"------ the key of shop 7 ------\n{pem}------ its end ------\n",
        "pem in utf-16 le": b"\xff\xfe" + pem.replace("\n", "\r\n").encode("utf-16-le"),
        "pem in utf-16 be": b"\xfe\xff" + pem.encode("utf-16-be"),
        "pem with no-break spaces": pem.replace("\n", "\u00a0\n"),
        "base64": plain,
        "base64 with line breaks": wrap(plain, 64) + "\n",
        "base64 with crlf": wrap(plain, 76, "\r\n") + "\r\n",
        "base64 with blanks": wrap(plain, 40, " "),
        "base64 with tabs": wrap(plain, 64, "\n\t"),
        "base64 with written line feeds": wrap(plain, 64, "\\n") + "\\n",
        "base64 with slashes escaped as in json": plain.replace("/", "\\/"),
        "pem as a json string": json.dumps(pem).replace("/", "\\/"),
        "base64 in double quotes": f'"{plain}"',
        "base64 in single quotes": f" '{plain}' ",
        "base64 in two kinds of quotes": f"'\"{plain}\"'",
        "base64 after bom": "\ufeff" + plain,
        "der": der,
        "der before a line feed": der + b"\n",
    }


good = facts("rsa_2048.pem")
for container, (role, pem) in containers("rsa_2048.pem").items():
    for spelling, key in spellings(pem).items():
        add(f"{container}, {spelling}", role, key, good)
pkcs8, pkcs1, spki, pkcs1_public = (pem for _, pem in containers("rsa_2048.pem").values())
for right, wrong, pem in [
    ("private", "RSA PRIVATE KEY", pkcs8),
    ("private", "PRIVATE KEY", pkcs1),
    ("public", "RSA PUBLIC KEY", spki),
    ("public", "PUBLIC KEY", pkcs1_public),
]:
    add(
        f"{wrong} as the label of another container",
        right,
        re.sub(r"(BEGIN|END) [A-Z ]+-", rf"\1 {wrong}-", pem),
        good,
        "tools put a fixed label around whatever base64 they get",
    )
for name in ["bag_attributes.pem", "bag_attributes_with_certificate.pem"]:
    add(
        f"openssl pkcs12 output {name}",
        "private",
        (KEYS / name).read_text(),
        good,
        "one key; a certificate beside it is no second key",
    )
for key in ["rsa_2056.pem", "rsa_3072.pem", "rsa_4096.pem", "rsa_8192.pem", "e_3.pem", "e_33_bits.pem"]:
    for container, (role, pem) in containers(key).items():
        add(f"{key}, {container}", role, pem, facts(key))
        if key in ("rsa_3072.pem", "rsa_8192.pem"):
            add(f"{key}, {container}, der", role, der_of(pem), facts(key))

# Sizes and exponents that are refused.
for key in ["rsa_1024.pem", "rsa_2040.pem", "rsa_8200.pem"]:
    for container, (role, pem) in containers(key).items():
        add(f"{key}, {container}", role, pem, "key.size")
for container, (role, pem) in containers("e_34_bits.pem").items():
    add(
        f"e_34_bits.pem, {container}",
        role,
        pem,
        "key.inconsistent",
        "the design takes public exponents below 2^33",
    )
for role, forms in {
    "private": [("pkcs8", pkcs8), ("pkcs1", pkcs1)],
    "public": [("spki", spki), ("pkcs1 public", pkcs1_public)],
}.items():
    other = "public" if role == "private" else "private"
    given = "key.private_given" if role == "private" else "key.public_given"
    for container, pem in forms:
        for spelling in [
            "pem",
            "pem with written line feeds",
            "pem on one line",
            "base64",
            "base64 with line breaks",
            "der",
        ]:
            add(
                f"{container} where a {other} key belongs, {spelling}", other, spellings(pem)[spelling], given
            )

# Empty.
for name, text in {
    "nothing": "",
    "blanks": "   ",
    "line breaks": "\r\n\n",
    "tabs": "\t",
    "written line feeds": "\\n\\n",
    "quotes": '""',
    "quotes around blanks": "' '",
    "bom": "\ufeff",
}.items():
    add(f"empty: {name}", "private", text, "key.empty")
    add(f"empty: {name}, public", "public", text, "key.empty")

# Not a key.
junk = {
    "word": "hello",
    "base64 word": "changeme",
    "sentence": "paste your key here",
    "placeholder": "<PRIVATE KEY>",
    "path": "/etc/keys/private.pem",
    "json": '{"kty":"RSA"}',
    "base64 of text": base64.b64encode(b"this is not a key at all").decode(),
    "hex": "3082025d0201",
    "base64url": base64.urlsafe_b64encode(der_of(pkcs8)).decode().replace("A", "-"),
    "html": "<html></html>",
    "pem around text": "-----BEGIN PRIVATE KEY-----\nthis is not base64!\n-----END PRIVATE KEY-----\n",
    "pem around other base64": f"-----BEGIN PRIVATE KEY-----\n{base64.b64encode(b'not DER').decode()}\n-----END PRIVATE KEY-----\n",
    "pem of a pgp key": "-----BEGIN PGP PUBLIC KEY BLOCK-----\nmQENBF\n-----END PGP PUBLIC KEY BLOCK-----\n",
    "pem in base64": base64.b64encode(pkcs8.encode()).decode(),
    "base64 with a foreign character": base64.b64encode(der_of(pkcs8)).decode().replace("A", "*", 1),
    "one digit": "0",
    "only dashes": "----",
    "random text": bytes(32 + b % 90 for b in itertools.islice(stream("junk"), 300))
    .decode()
    .replace("-", "+"),
}
for name, text in junk.items():
    for role in ("private", "public"):
        add(f"not a key: {name}, {role}", role, text, "key.not_a_key")
for name, data in {
    "random bytes": bytes(itertools.islice(stream("bytes"), 300)),
    "png": b"\x89PNG\r\n\x1a\n\0\0",
    "null": b"\0",
    "set": b"\x31\x03\x02\x01\x01",
    "empty sequence": b"\x30\x00",
    "sequence of null": b"\x30\x02\x05\x00",
    "indefinite length": b"\x30\x80" + der_of(pkcs8)[4:] + b"\0\0",
    "pkcs12": (KEYS / "archive.p12").read_bytes(),
    "der and other bytes": der_of(pkcs8) + b"\x02\x01\x00",
}.items():
    add(f"not a key: {name}", "private", data, "key.not_a_key")
certificate, request = (KEYS / "certificate.pem").read_text(), (KEYS / "request.pem").read_text()
for role in ("private", "public"):
    add(f"not a key: certificate, {role}", role, certificate, "key.not_a_key")
    add(f"not a key: certificate in der, {role}", role, der_of(certificate), "key.not_a_key")
    add(
        f"not a key: certificate in base64, {role}",
        role,
        base64.b64encode(der_of(certificate)).decode(),
        "key.not_a_key",
    )
    add(f"not a key: certificate request, {role}", role, request, "key.not_a_key")
    add(
        f"not a key: openssh private key, {role}",
        role,
        (KEYS / "openssh_private.pem").read_text(),
        "key.not_a_key",
    )
    add(
        f"not a key: openssh public key, {role}",
        role,
        (KEYS / "openssh_public.txt").read_text(),
        "key.not_a_key",
    )

# Encrypted.
encrypted = (KEYS / "encrypted_pkcs8.pem").read_text()
traditional = (KEYS / "encrypted_traditional.pem").read_text()
for spelling, key in spellings(encrypted).items():
    if spelling in (
        "pem",
        "pem with crlf",
        "pem with written line feeds",
        "pem on one line",
        "pem after bom",
        "base64",
        "base64 with line breaks",
        "der",
    ):
        add(f"encrypted pkcs8, {spelling}", "private", key, "key.encrypted")
        add(
            f"encrypted pkcs8 where a public key belongs, {spelling}",
            "public",
            key,
            "key.private_given",
            "only private keys are encrypted",
        )
for name, text in {
    "pem": traditional,
    "pem with crlf": traditional.replace("\n", "\r\n"),
    "pem with written line feeds": traditional.replace("\n", "\\n"),
    "pem on one line": traditional.replace("\n", " "),
    "text before": BAG + traditional,
}.items():
    add(f"encrypted in the traditional way, {name}", "private", text, "key.encrypted")

# Other algorithms.
for key, code in {
    "ec.pem": "key.not_rsa",
    "ed25519.pem": "key.not_rsa",
    "dsa_traditional.pem": "key.not_rsa",
    "pss.pem": "key.pss",
}.items():
    path = str(KEYS / key)
    private = openssl("pkcs8", "-topk8", "-nocrypt", "-in", path).decode()
    public = openssl("pkey", "-in", path, "-pubout").decode()
    for name, role, pem in [("private", "private", private), ("public", "public", public)]:
        for spelling in ("pem", "base64", "der", "pem with written line feeds"):
            add(f"{key}, {name}, {spelling}", role, spellings(pem)[spelling], code)
    add(f"{key}, private where a public key belongs", "public", private, "key.private_given")
    add(f"{key}, public where a private key belongs", "private", public, "key.public_given")
sec1 = openssl("ec", "-in", str(KEYS / "ec.pem")).decode()
for spelling in ("pem", "base64", "der", "pem on one line"):
    add(f"ec in SEC1, {spelling}", "private", spellings(sec1)[spelling], "key.not_rsa")
add(
    "ec in SEC1 after its parameters",
    "private",
    (KEYS / "ec_with_parameters.pem").read_text(),
    "key.not_rsa",
    "openssl ecparam -genkey",
)
dsa = (KEYS / "dsa_traditional.pem").read_text()
for spelling in ("pem", "der"):
    add(f"dsa in the traditional form, {spelling}", "private", spellings(dsa)[spelling], "key.not_rsa")

# Cut off.
for container, (role, pem) in containers("rsa_2048.pem").items():
    lines, der = pem.strip().split("\n"), der_of(pem)
    plain = base64.b64encode(der).decode()
    for name, key in {
        "pem without END": "\n".join(lines[:-1]) + "\n",
        "pem cut in the middle": pem[: len(pem) // 2],
        "pem cut in END": pem[:-8],
        "pem without its last dash": pem.rstrip("\n")[:-1],
        "pem cut in BEGIN": pem[:20],
        "pem without BEGIN": "\n".join(lines[1:]),
        "pem without its first dash": pem[1:],
        "pem with a line lost": "\n".join(lines[:3] + lines[4:]),
        "pem with its last body line lost": "\n".join(lines[:-2] + lines[-1:]),
        "pem with nothing inside": f"{lines[0]}\n{lines[-1]}\n",
        "pem on one line without END": "".join(lines[:-1]),
        "pem with written line feeds without END": "\\n".join(lines[:-1]),
        "pem with a character lost": pem.replace(lines[2], lines[2][:-1]),
        "pem with another END": pem.replace("END ", "END X"),
        "base64 cut by a group": plain.rstrip("=")[:-4][: (len(plain.rstrip("=")) - 4) // 4 * 4],
        "base64 cut in half": plain[: len(plain) // 8 * 4],
        "base64 cut within a group": plain[:101],
        "base64 without its last character": plain[:-1],
        "base64 of the first bytes": plain[:8],
        "der without its last byte": der[:-1],
        "der cut in half": der[: len(der) // 2],
        "der of four bytes": der[:4],
    }.items():
        add(f"cut off: {container}, {name}", role, key, "key.truncated")

add("cut off: der of two bytes", "private", der_of(pkcs8)[:2], "key.truncated")

# Several keys.
other_private, other_public = containers("stranger.pem")["pkcs8"][1], containers("stranger.pem")["spki"][1]


def text(pem: str) -> str:
    return base64.b64encode(der_of(pem)).decode()


for name, role, key in [
    ("two private keys", "private", pkcs8 + other_private),
    ("the same key twice", "private", pkcs8 + pkcs8),
    ("pkcs8 and pkcs1", "private", pkcs8 + pkcs1),
    ("private and public key", "private", pkcs8 + spki),
    ("public and private key", "public", spki + pkcs8),
    ("two public keys", "public", spki + other_public),
    ("three public keys", "public", spki + other_public + pkcs1_public),
    ("two keys with written line feeds", "private", (pkcs8 + other_private).replace("\n", "\\n")),
    ("two keys on one line", "public", (spki + other_public).replace("\n", "")),
    ("two keys with text between", "private", BAG + pkcs8 + BAG + other_private),
    ("two der private keys", "private", der_of(pkcs8) + der_of(other_private)),
    ("two der public keys", "public", der_of(spki) + der_of(other_public)),
    ("two base64 private keys", "private", text(pkcs8) + "\n" + text(other_private)),
    ("two base64 public keys", "public", text(spki) + "\n" + text(other_public)),
    ("base64 of two der keys", "public", base64.b64encode(der_of(spki) + der_of(other_public)).decode()),
    ("rsa and ec key", "private", pkcs8 + sec1),
]:
    add(f"several: {name}", role, key, "key.multiple")


# Inconsistent numbers. Encoded here; openssl's own check must refuse every one of the private keys.
def element(tag: int, value: bytes) -> bytes:
    size = len(value).to_bytes((len(value).bit_length() + 7) // 8 or 1, "big")
    return bytes([tag]) + (size if len(value) < 128 else bytes([0x80 | len(size)]) + size) + value


def integer(number: int) -> bytes:
    return element(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))


RSA_ALGORITHM = bytes.fromhex("300d06092a864886f70d0101010500")
numbers = load_pem_private_key(pkcs8.encode(), None).private_numbers()
N, E, D, P, Q = numbers.public_numbers.n, numbers.public_numbers.e, numbers.d, numbers.p, numbers.q
honest = {
    "n": N,
    "e": E,
    "d": D,
    "p": P,
    "q": Q,
    "dp": numbers.dmp1,
    "dq": numbers.dmq1,
    "qinv": numbers.iqmp,
}


def private_der(changes: dict, version: int = 0) -> bytes:
    return element(
        0x30, integer(version) + b"".join(integer(number) for number in (honest | changes).values())
    )


def in_pkcs8(inner: bytes) -> bytes:
    return element(0x30, integer(0) + RSA_ALGORITHM + element(4, inner))


def in_spki(inner: bytes) -> bytes:
    return element(0x30, RSA_ALGORITHM + element(3, b"\0" + inner))


def public_der(n: int, e: int) -> bytes:
    return element(0x30, integer(n) + integer(e))


def openssl_refuses(der: bytes) -> bool:
    command = ["openssl", "rsa", "-inform", "DER", "-check", "-noout"]
    done = subprocess.run(command, input=der, capture_output=True, check=False)
    return done.returncode != 0 or b"RSA key ok" not in done.stdout


assert (
    private_der({}) == der_of(pkcs1)
    and public_der(N, E) == der_of(pkcs1_public)
    and not openssl_refuses(private_der({}))
)
composite = next(
    c
    for i in range(1, 9999)
    if (c := P + 2 * i)
    and pow(2, c - 1, c) != 1
    and (c - 1) % E
    and c.bit_length() == P.bit_length()
    and (c * Q).bit_length() == 2048
    and math.gcd(c, Q) == 1
)
lcm = (composite - 1) * (Q - 1) // math.gcd(composite - 1, Q - 1)
fake_d = pow(E, -1, lcm)
wrong = {
    "n plus 2": {"n": N + 2},
    "n of another key": {
        "n": load_pem_private_key(other_private.encode(), None).private_numbers().public_numbers.n
    },
    "n even": {"n": N + 1},
    "e 3": {"e": 3},
    "e 1": {"e": 1},
    "e even": {"e": 65536},
    "e plus 2": {"e": E + 2},
    "d plus 2": {"d": D + 2},
    "d zero": {"d": 0},
    "d plus n": {"d": D + N},
    "p plus 2": {"p": P + 2},
    "q plus 2": {"q": Q + 2},
    "p is one": {"p": 1, "q": N},
    "p is q": {"p": Q},
    "p and q swapped alone": {"p": Q, "q": P},
    "dp plus 1": {"dp": numbers.dmp1 + 1},
    "dq plus 1": {"dq": numbers.dmq1 + 1},
    "dp zero": {"dp": 0},
    "dp and dq swapped": {"dp": numbers.dmq1, "dq": numbers.dmp1},
    "qinv plus 1": {"qinv": numbers.iqmp + 1},
    "qinv zero": {"qinv": 0},
    "all but n, e and d zero": {"p": 0, "q": 0, "dp": 0, "dq": 0, "qinv": 0},
    "p and q zero": {"p": 0, "q": 0},
    "p composite": {
        "n": composite * Q,
        "d": fake_d,
        "p": composite,
        "dp": fake_d % (composite - 1),
        "dq": fake_d % (Q - 1),
        "qinv": pow(Q, -1, composite),
    },
}
for name, changes in wrong.items():
    der = private_der(changes)
    assert openssl_refuses(der), name
    add(f"inconsistent: {name}, pkcs1", "private", der, "key.inconsistent", "openssl rsa -check refuses it")
    add(
        f"inconsistent: {name}, pkcs8 in base64",
        "private",
        base64.b64encode(in_pkcs8(der)).decode(),
        "key.inconsistent",
    )
swapped = {"p": Q, "q": P, "dp": numbers.dmq1, "dq": numbers.dmp1, "qinv": pow(P, -1, Q)}
assert not openssl_refuses(private_der(swapped))
add(
    "p smaller than q, all numbers right",
    "private",
    private_der(swapped),
    good,
    "openssl rsa -check accepts it",
)
phi = (P - 1) * (Q - 1)
larger = pow(E, -1, phi) if pow(E, -1, phi) != D else D + phi // math.gcd(P - 1, Q - 1)
if larger < N and larger != D:
    assert not openssl_refuses(private_der({"d": larger}))
    add(
        "d by the other totient", "private", private_der({"d": larger}), good, "openssl rsa -check accepts it"
    )
add(
    "three primes",
    "private",
    (KEYS / "three_primes.pem").read_text(),
    "key.inconsistent",
    "the design takes keys of two primes",
)
for name, n, e in [
    ("n even", N + 1, E),
    ("e 0", N, 0),
    ("e 1", N, 1),
    ("e 2", N, 2),
    ("e even", N, 65536),
    ("e of 2^33 + 1", N, 2**33 + 1),
    ("e of 64 bits", N, 2**63 + 1),
    ("e of 2048 bits", N, N - 2),
]:
    add(f"inconsistent: public {name}, spki", "public", in_spki(public_der(n, e)), "key.inconsistent")
    add(f"inconsistent: public {name}, pkcs1", "public", public_der(n, e), "key.inconsistent")
add(
    "public e of 2^33 - 1",
    "public",
    in_spki(public_der(N, 2**33 - 1)),
    {"bits": 2048, "fingerprint": hashlib.sha256(in_spki(public_der(N, 2**33 - 1))).hexdigest()},
    "the largest exponent of the design",
)
for bits in (2047, 2048, 8192, 8193):
    n = (1 << (bits - 1)) | 1
    spki_der = in_spki(public_der(n, E))
    expected = (
        {"bits": bits, "fingerprint": hashlib.sha256(spki_der).hexdigest()}
        if 2048 <= bits <= 8192
        else "key.size"
    )
    add(
        f"public modulus of {bits} bits",
        "public",
        spki_der,
        expected,
        "the edges; the modulus is no product of two primes, which nobody can see",
    )
no_parameters = element(0x30, element(0x30, RSA_ALGORITHM[2:13]) + element(3, b"\0" + public_der(N, E)))
add(
    "spki without the NULL of its algorithm",
    "public",
    no_parameters,
    good,
    "openssl pkey -pubin reads it; the fingerprint is that of the usual form",
)
add(
    "negative modulus",
    "public",
    element(0x30, element(2, N.to_bytes(256, "big")) + integer(E)),
    "key.not_a_key",
    "a missing zero byte makes the number negative",
)
add(
    "modulus with too many zeros",
    "public",
    element(0x30, element(2, bytes(3) + N.to_bytes(256, "big")) + integer(E)),
    "key.not_a_key",
    "not DER",
)
add(
    "public key with a third number",
    "public",
    element(0x30, integer(N) + integer(E) + integer(1)),
    "key.not_a_key",
)
add(
    "private key with a tenth number",
    "private",
    element(0x30, private_der({})[4:] + integer(1)),
    "key.not_a_key",
)
add("private key of version 2", "private", private_der({}, 2), "key.not_a_key")

write(
    "keys.json",
    "generate/keys.py: length, SPKI and consistency by the openssl command; throw-away keys. The error codes are the design's.",
    cases,
)
