from __future__ import annotations

import base64
import copy
import json
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import alipay_instore as ai
from alipay_instore.testing import Gateway

PARTS: dict[str, Any] = {"path": "/ams/api/v1/payments/pay", "client_id": "T_1", "time": "2026-11-21T20:57:00+08:00"}


def test_signs_what_openssl_verifies(key: ai.SigningKey, gateway: Gateway, tmp_path: Path) -> None:
    body = "{\"amount\": \"19.99\", \"名\": 1}".encode()
    header = key.sign(method="POST", **PARTS, body=body, key_version=7)
    assert header.startswith("algorithm=RSA256,keyVersion=7,signature=")
    from urllib.parse import unquote

    (tmp_path / "s").write_bytes(base64.b64decode(unquote(header.split("signature=")[1])))
    (tmp_path / "m").write_bytes(f"POST {PARTS['path']}\n{PARTS['client_id']}.{PARTS['time']}.".encode() + body)
    public = gateway.folder / "merchant_public_key.pem"
    subprocess.run(
        ["openssl", "dgst", "-sha256", "-verify", str(public), "-signature", str(tmp_path / "s"), str(tmp_path / "m")],
        check=True,
        capture_output=True,
    )
    key.verifying_key.verify(header, method="POST", **PARTS, body=body)


@pytest.mark.parametrize("body", [b"{}", "{}", bytearray(b"{}"), memoryview(b"{}")])
def test_bodies_of_every_kind(key: ai.SigningKey, body: bytes) -> None:
    header = key.sign(**PARTS, body=body)
    verified: object = key.verifying_key.verify(header, **PARTS, body=b"{}")  # type: ignore[func-returns-value]
    assert verified is None


@pytest.mark.parametrize("body", [None, {"a": 1}, 5, ["x"]])
def test_other_bodies_are_type_errors(key: ai.SigningKey, body: object) -> None:
    with pytest.raises(TypeError, match="body must be bytes or str, not"):
        key.sign(**PARTS, body=body)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="body must be bytes or str, not"):
        key.verifying_key.verify("x", **PARTS, body=body)  # type: ignore[arg-type]


def test_a_dict_as_body_is_told_what_to_pass(key: ai.SigningKey) -> None:
    with pytest.raises(TypeError, match="raw bytes as they arrived"):
        key.sign(**PARTS, body={})  # type: ignore[arg-type]


def test_a_changed_body_does_not_verify(key: ai.SigningKey) -> None:
    header = key.sign(**PARTS, body=b"{}")
    with pytest.raises(ai.SignatureError) as caught:
        key.verifying_key.verify(header, **PARTS, body=b"{ }")
    assert caught.value.code == "signature.mismatch" and caught.value.hint and not caught.value.retryable


@pytest.mark.parametrize("text", ["", "nonsense", "\udcff", b"\x00\xff", "-----BEGIN PRIVATE KEY-----\nAAAA"])
def test_wrong_keys_have_a_code_and_a_hint(text: str | bytes) -> None:
    for kind in (ai.SigningKey, ai.VerifyingKey):
        with pytest.raises(ai.AlipayKeyError) as caught:
            kind.load(text)
        assert caught.value.code.startswith("key.") and caught.value.hint
        assert not isinstance(caught.value, KeyError)


@pytest.mark.parametrize("text", [None, 5, {"key": 1}])
def test_keys_of_wrong_type(text: object) -> None:
    with pytest.raises(TypeError, match="the key must be bytes or str"):
        ai.SigningKey.load(text)  # type: ignore[arg-type]


def test_a_private_key_is_a_secret(key: ai.SigningKey, gateway: Gateway) -> None:
    pem = (gateway.folder / "merchant_private_key.pem").read_text()
    assert repr(key) == str(key) == f"SigningKey({key.fingerprint}, 2048 bits)"
    assert pem.splitlines()[5] not in repr(key)
    for leak in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="secret"):
            leak(key)
    with pytest.raises(TypeError):
        json.dumps(key)
    assert not hasattr(key, "__dict__")


def test_public_keys_are_values(key: ai.SigningKey) -> None:
    public = key.verifying_key
    again = ai.VerifyingKey.load(public.to_pem())
    assert again == public and hash(again) == hash(public)
    assert pickle.loads(pickle.dumps(public)) == public


def test_the_interpreter_is_free_while_keys_work(key: ai.SigningKey) -> None:
    """Another thread gets its turn in the middle of a call, and not by being switched to after some time."""
    header, public = key.sign(**PARTS, body=b"{}"), key.verifying_key

    def let_through(call: Callable[[], object]) -> bool:
        gate, turns = threading.Lock(), list[int]()
        gate.acquire()

        def other() -> None:
            gate.acquire()
            turns.append(1)

        thread = threading.Thread(target=other)
        thread.start()
        gate.release()
        for _ in range(200):
            call()
            if turns:
                break
        had_a_turn = bool(turns)
        thread.join()
        return had_a_turn

    before = sys.getswitchinterval()
    sys.setswitchinterval(1_000)
    try:
        assert let_through(lambda: key.sign(**PARTS, body=b"{}"))
        assert let_through(lambda: public.verify(header, **PARTS, body=b"{}"))
        assert not let_through(lambda: ai.PaymentCode("281006020000000000125733")), "what is quick keeps the interpreter"
    finally:
        sys.setswitchinterval(before)


def test_a_thousand_threads_sign_with_one_key(key: ai.SigningKey) -> None:
    expected = [key.sign(**PARTS, body=b"%d" % number) for number in range(10)]
    start = threading.Barrier(1000)
    wrong: list[object] = []

    def work() -> None:
        try:
            start.wait(60)
            for number, header in enumerate(expected):
                if key.sign(**PARTS, body=b"%d" % number) != header:
                    wrong.append(number)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=work) for _ in range(1000)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not wrong and not any(thread.is_alive() for thread in threads)


def test_a_new_pair_signs_for_openssl(tmp_path: Path) -> None:
    pair = ai.generate_key()
    (tmp_path / "k").write_text(pair.private_pem)
    (tmp_path / "p").write_text(pair.public_pem)
    subprocess.run(["openssl", "rsa", "-in", str(tmp_path / "k"), "-check", "-noout"], check=True, capture_output=True)
    made = subprocess.run(["openssl", "rsa", "-in", str(tmp_path / "k"), "-pubout"], check=True, capture_output=True)
    assert made.stdout.decode() == pair.public_pem
    assert ai.SigningKey.load(pair.private_pem).verifying_key == ai.VerifyingKey.load(pair.public_pem)
    assert pair.private_pem.splitlines()[5] not in repr(pair)
    with pytest.raises(ai.AlipayKeyError) as caught:
        ai.generate_key(1024)
    assert caught.value.code == "key.size"
