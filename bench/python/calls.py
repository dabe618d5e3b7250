"""How long one call takes: `python calls.py FOLDER`, in an environment that has the package and `cryptography`."""

from __future__ import annotations

import base64
import json
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, unquote

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from questions import Answer, answer_each, timed

import alipay_instore as ai

FOLDER = Path(sys.argv[1])
MESSAGES = json.loads((FOLDER / "messages.json").read_text())
CLIENT_ID, TIME = MESSAGES["client_id"], str(MESSAGES["now_ms"])
PATH, NOTIFY_PATH = MESSAGES["path"], MESSAGES["notify_path"]
REQUEST, NOTIFICATION = ((FOLDER / f"{name}.json").read_bytes() for name in ("request", "notification"))
HEADER = MESSAGES["signature"]
CODES = 1_000_000

signing_key = ai.SigningKey.load((FOLDER / "merchant_private.pem").read_bytes())
gateway_key = ai.VerifyingKey.load((FOLDER / "gateway_public.pem").read_bytes())
private = serialization.load_pem_private_key((FOLDER / "merchant_private.pem").read_bytes(), None)
public = serialization.load_pem_public_key((FOLDER / "gateway_public.pem").read_bytes())
assert isinstance(private, RSAPrivateKey) and isinstance(public, RSAPublicKey)
own, theirs = private, public
merchant = ai.Merchant(
    protocol="ams",
    client_id=CLIENT_ID,
    gateway=MESSAGES["base_url"],
    signing_key=signing_key,
    gateway_key=gateway_key,
    notify_url=NOTIFY_PATH,
)
HEADERS = {"Client-Id": CLIENT_ID, "Request-Time": TIME, "Signature": HEADER}


def content(path: str, body: bytes) -> bytes:
    return f"POST {path}\n{CLIENT_ID}.{TIME}.".encode() + body


def sign() -> str:
    return signing_key.sign(path=PATH, client_id=CLIENT_ID, time=TIME, body=REQUEST)


def verify() -> None:
    gateway_key.verify(HEADER, path=NOTIFY_PATH, client_id=CLIENT_ID, time=TIME, body=NOTIFICATION)


def cryptography_sign() -> str:
    signature = own.sign(content(PATH, REQUEST), padding.PKCS1v15(), hashes.SHA256())
    return "algorithm=RSA256,keyVersion=1,signature=" + quote(base64.b64encode(signature), safe="")


def cryptography_verify() -> None:
    signature = base64.b64decode(unquote(HEADER.rpartition("signature=")[2]))
    theirs.verify(signature, content(NOTIFY_PATH, NOTIFICATION), padding.PKCS1v15(), hashes.SHA256())


def in_threads(count: int) -> Callable[[float], Answer]:
    """Signatures a second by so many threads, by the clock on the wall."""

    def work(until: float, made: list[int]) -> None:
        number = 0
        while time.monotonic() < until:
            for _ in range(20):
                sign()
            number += 20
        made.append(number)

    def measure(seconds: float) -> Answer:
        made: list[int] = []
        begun = time.monotonic()
        threads = [threading.Thread(target=work, args=(begun + seconds, made)) for _ in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return {"per_second": sum(made) / (time.monotonic() - begun)}

    return measure


def route_many(_: float) -> Answer:
    router = ai.Router()
    codes = [f"2810060200{number:014d}" for number in range(CODES)]
    begun = time.process_time_ns()
    routes = router.route_many(codes)
    taken = time.process_time_ns() - begun
    assert len(routes) == CODES
    return {"ns": taken / CODES}


def importing(code: str) -> Callable[[float], Answer]:
    """Milliseconds of processor time of an interpreter that runs this."""

    def measure(_: float) -> Answer:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return {"ms": (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000}

    return measure


answer_each(
    {
        "sign": timed(sign),
        "verify": timed(verify),
        "sign_request": timed(lambda: merchant.sign_request(PATH, REQUEST)),
        "verify_notification": timed(lambda: merchant.verify_notification(headers=HEADERS, body=NOTIFICATION).content),
        "cryptography_sign": timed(cryptography_sign),
        "cryptography_verify": timed(cryptography_verify),
        "one_thread": in_threads(1),
        "two_threads": in_threads(2),
        "route_many": route_many,
        "import": importing("import alipay_instore"),
        "python": importing("pass"),
    }
)
