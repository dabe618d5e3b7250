"""What the generators share: the content to be signed, the openssl command as signer, and the file format."""

import base64
import hashlib
import json
import pathlib
import subprocess
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
KEYS = HERE / "keys"

CLIENT = "SANDBOX_5X00000000000000"
TIME = "2026-11-21T20:57:00+08:00"
PAY = "/ams/api/v1/payments/pay"


def openssl(*arguments: str, stdin: bytes = b"") -> bytes:
    """Runs the openssl command and gives back what it printed."""
    done = subprocess.run(["openssl", *arguments], input=stdin, capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"openssl {' '.join(arguments)}: {done.stderr.decode()}")
    return done.stdout


def content(case: dict) -> bytes:
    """Alipay, Digital signature: method, blank, path, line feed, client id, dot, time, dot, body."""
    body = base64.b64decode(case["body_base64"]) if "body_base64" in case else case["body"].encode()
    head = f"{case['method']} {case['path']}\n{case['client_id']}.{case['time']}."
    return head.encode() + body


def sign(key: str, message: bytes) -> bytes:
    """An RSA PKCS#1 v1.5 signature over SHA-256, made by the openssl command."""
    return openssl("dgst", "-sha256", "-sign", str(KEYS / key), stdin=message)


def header(signature: bytes, version: int = 1) -> str:
    text = urllib.parse.quote(base64.b64encode(signature).decode(), safe="")
    return f"algorithm=RSA256,keyVersion={version},signature={text}"


def private_pem(key: str) -> str:
    return (KEYS / key).read_text()


def public_pem(key: str) -> str:
    return openssl("pkey", "-in", str(KEYS / key), "-pubout").decode()


def stream(seed: str):
    """Bytes that are the same on every machine."""
    counter = 0
    while True:
        yield from hashlib.sha256(f"{seed}/{counter}".encode()).digest()
        counter += 1


def write(name: str, source: str, cases: list, **shared: str) -> None:
    names = [case["name"] for case in cases]
    assert len(set(names)) == len(names), [name for name in names if names.count(name) > 1]
    inputs = [
        json.dumps({k: v for k, v in case.items() if k not in ("name", "note", "expected")}) for case in cases
    ]
    twins = [name for name, text in zip(names, inputs, strict=True) if inputs.count(text) > 1]
    assert not twins, f"cases with the same input: {twins}"
    data = {"schema": 1, "source": source, **shared, "cases": cases}
    (HERE.parent / name).write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{name}: {len(cases)} cases")
