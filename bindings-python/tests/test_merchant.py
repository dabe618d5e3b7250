from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

import alipay_instore as ai
from alipay_instore.testing import Gateway

PATH = "/alipay/notify"
BODY = {"notifyType": "PAYMENT_RESULT", "result": {"resultStatus": "S", "resultCode": "SUCCESS"},
        "paymentRequestId": "P1", "paymentId": "G1", "paymentAmount": {"currency": "USD", "value": "1999"}}


def test_from_its_parts(key: ai.SigningKey, gateway_key: ai.SigningKey) -> None:
    public = gateway_key.verifying_key
    merchant = ai.Merchant(protocol="alipay_plus", client_id="C", signing_key=key, gateway_key=public, gateway="sea")
    assert merchant.gateway == "https://open-sea.alipayplus.com" and merchant.key_version == 0
    assert merchant.path("cancel") == "/aps/api/v1/payments/cancelPayment"
    other = ai.Merchant(protocol="ams", client_id="C", signing_key={1: key, 2: key}, key_version=2,
                        gateway_key={1: public, 2: public}, gateway="https://example.com/base", agent_token="tok",
                        user_agent="till/1.0")
    request = other.sign_request("v1/x/y", {"a": "b"})
    assert request.headers["Signature"].startswith("algorithm=RSA256,keyVersion=2,")
    assert request.headers["Agent-Token"] == "tok" and request.headers["User-Agent"].endswith(" till/1.0")
    assert request.url == "https://example.com/base/ams/api/v1/x/y" and request.body == b'{"a":"b"}'
    assert "tok" not in repr(other) and "tok" not in repr(request)


@pytest.mark.parametrize(("changes", "code"), [
    ({"gateway": "mars"}, "gateway.region"), ({"gateway": "http://example.com"}, "gateway.insecure"),
    ({"client_id": ""}, "config.invalid"), ({"protocol": "x"}, "config.invalid"), ({"gateway": "eu"}, "gateway.region"),
    ({"notification_max_age": -1}, "config.invalid"), ({"notification_max_ahead": float("nan")}, "config.invalid"), ({"signing_key": {}}, "config.invalid"),
])
def test_wrong_settings(key: ai.SigningKey, changes: dict[str, object], code: str) -> None:
    settings: dict[str, object] = {"protocol": "alipay_plus", "client_id": "C", "signing_key": key,
                                   "gateway_key": key.verifying_key, "gateway": "sea"}
    with pytest.raises(ai.ConfigurationError) as caught:
        ai.Merchant(**{**settings, **changes})  # type: ignore[arg-type]
    assert caught.value.code == code


def test_keys_in_the_wrong_place(key: ai.SigningKey) -> None:
    with pytest.raises(TypeError, match="signing_key must be a SigningKey"):
        ai.Merchant(protocol="ams", client_id="C", signing_key=key.verifying_key,  # type: ignore[arg-type]
                    gateway_key=key.verifying_key, gateway="sea")
    with pytest.raises(TypeError, match="gateway_key must be a VerifyingKey"):
        ai.Merchant(protocol="ams", client_id="C", signing_key=key, gateway_key="pem", gateway="sea")  # type: ignore[arg-type]


def test_from_the_environment(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    variables = {"PROTOCOL": "ams", "CLIENT_ID": "C", "GATEWAY": "sea",
                 "SIGNING_KEY": (gateway.folder / "merchant_private_key.pem").read_text(),
                 "GATEWAY_KEY_FILE": str(gateway.folder / "gateway_public_key.pem")}
    for name, value in variables.items():
        monkeypatch.setenv(f"ALIPAY_INSTORE_{name}", value)
    merchant = ai.Merchant.from_env()
    assert (merchant.protocol, merchant.client_id) == ("ams", "C")
    assert "Python" in merchant.sign_request("v1/x", b"{}").headers["User-Agent"]
    with pytest.raises(ai.ConfigurationError) as caught:
        ai.Merchant.from_env({})
    assert caught.value.path == "ALIPAY_INSTORE_PROTOCOL"


def test_notifications(gateway: Gateway) -> None:
    merchant = gateway.merchant()
    sent = gateway.notification(BODY, path=PATH)
    for headers in (sent.headers, list(sent.headers.items()),
                    [(name.lower().encode(), value.encode()) for name, value in sent.headers.items()]):
        found = merchant.verify_notification(path=PATH, headers=headers, body=sent.body, now=gateway.now())
        assert (found.kind, found.payment_request_id, found.key_version) == ("payment_result", "P1", None)
        assert found.body == BODY and found.content.payment_amount == ai.Amount(1999, "USD")
        assert found.merchant is merchant
    aware = datetime.fromtimestamp(gateway.now() / 1000, timezone.utc)
    assert merchant.verify_notification(path=PATH, headers=sent.headers, body=sent.body, now=aware) == found
    answer = merchant.acknowledge(PATH, now=gateway.now())
    assert answer.is_success and b'"S"' in answer.body and "Signature" in answer.headers
    assert "Signature" not in merchant.acknowledge(PATH, signed=False).headers


def test_notifications_that_are_refused(gateway: Gateway) -> None:
    merchant = gateway.merchant()
    sent = gateway.notification(BODY, path=PATH)

    def refused(code: str, status: int, **changes: object) -> None:
        arguments = {"path": PATH, "headers": sent.headers, "body": sent.body, "now": gateway.now(), **changes}
        with pytest.raises((ai.SignatureError, ai.MessageError)) as caught:
            merchant.verify_notification(**arguments)  # type: ignore[arg-type]
        assert caught.value.code == code
        refusal = ai.Acknowledgement.refuse(caught.value)
        assert refusal.status == status and not refusal.is_success and code.encode() not in refusal.body

    refused("signature.mismatch", 400, body=sent.body.replace(b"1999", b"9999"))
    refused("signature.mismatch", 400, path="/other")
    refused("signature.missing", 400, headers={})
    refused("signature.client_id", 400, headers={**sent.headers, "Client-Id": "X"})
    later = datetime.fromtimestamp(gateway.now() / 1000, timezone.utc) + timedelta(days=3)
    refused("notification.stale", 400, now=later)
    refused("notification.future", 400, now=1_000)
    refused("message.too_large", 413, body=b"x" * (1 << 21))
    assert ai.Acknowledgement.refuse(ValueError("secret")).status == 500
    with pytest.raises(TypeError, match="raw bytes"):
        merchant.verify_notification(path=PATH, headers=sent.headers, body=BODY)  # type: ignore[arg-type]
    for headers in (None, 5, "text", [("only",)], {"a": None}):
        with pytest.raises(TypeError):
            merchant.verify_notification(path=PATH, headers=headers, body=sent.body)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        ai.Notification(BODY, merchant)  # type: ignore[arg-type]


def test_several_merchants(gateway: Gateway, key: ai.SigningKey) -> None:
    stranger = ai.Merchant(protocol="ams", client_id="OTHER", signing_key=key, gateway_key=key.verifying_key, gateway="sea")
    with pytest.raises(TypeError, match="must be of Merchant"):
        ai.Merchants([stranger, "C"])  # type: ignore[list-item]
    both = ai.Merchants([stranger, gateway.merchant()])
    sent = gateway.notification(BODY, path=PATH)
    found = both.verify_notification(path=PATH, headers=sent.headers, body=sent.body, now=gateway.now())
    assert found.merchant.client_id == gateway.client_id and len(both) == 2
    with pytest.raises(ai.ConfigurationError) as caught:
        both.verify_notification(path=PATH, headers={**sent.headers, "Client-Id": "NOBODY"}, body=sent.body)
    assert caught.value.code == "config.unknown_client"


def test_why_a_signature_fails(gateway: Gateway) -> None:
    sent = gateway.notification(BODY, path=PATH)
    text = gateway.merchant().explain_signature(
        path="/behind/proxy", headers=sent.headers, body=sent.body, other_paths=[PATH])
    assert PATH in text


def test_sandbox_file(gateway: Gateway) -> None:
    assert ai.Merchant.from_file(Path(gateway.folder) / "sandbox.json", protocol="alipay_plus").is_sandbox
    with pytest.raises(ai.ConfigurationError):
        ai.Merchant.from_file("/nowhere/sandbox.json")
