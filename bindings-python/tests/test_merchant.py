from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

import alipay_instore as ai
from alipay_instore.testing import Gateway

from .conftest import ROOT

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
    ({"notify_url": "alipay/notify"}, "config.notify_url"),
    ({"notify_url": "http://shop.example/alipay/notify"}, "config.notify_url"),
    ({"notification_max_age": -1}, "config.invalid"), ({"notification_max_ahead": float("nan")}, "config.invalid"), ({"signing_key": {}}, "config.invalid"),
])
def test_wrong_settings(
    key: ai.SigningKey, gateway_key: ai.SigningKey, changes: dict[str, object], code: str
) -> None:
    settings: dict[str, object] = {"protocol": "alipay_plus", "client_id": "C", "signing_key": key,
                                   "gateway_key": gateway_key.verifying_key, "gateway": "sea"}
    with pytest.raises(ai.ConfigurationError) as caught:
        ai.Merchant(**{**settings, **changes})  # type: ignore[arg-type]
    assert caught.value.code == code


def test_u1_the_own_public_key_in_the_place_of_the_gateways(key: ai.SigningKey, gateway_key: ai.SigningKey) -> None:
    own, theirs = key.verifying_key, gateway_key.verifying_key
    keys: list[ai.VerifyingKey | dict[int, ai.VerifyingKey]] = [own, {1: theirs, 2: own}]
    for wrong in keys:
        with pytest.raises(ai.AlipayKeyError) as caught:
            ai.Merchant(protocol="ams", client_id="C", signing_key=key, gateway_key=wrong, gateway="sea")
        assert (caught.value.code, caught.value.path) == ("key.own_public", "gateway_key")
    assert ai.Merchant(protocol="ams", client_id="C", signing_key=key, gateway_key=theirs, gateway="sea")


def test_keys_in_the_wrong_place(key: ai.SigningKey) -> None:
    with pytest.raises(TypeError, match="signing_key must be a SigningKey"):
        ai.Merchant(protocol="ams", client_id="C", signing_key=key.verifying_key,  # type: ignore[arg-type]
                    gateway_key=key.verifying_key, gateway="sea")
    with pytest.raises(TypeError, match="gateway_key must be a VerifyingKey"):
        ai.Merchant(protocol="ams", client_id="C", signing_key=key, gateway_key="pem", gateway="sea")  # type: ignore[arg-type]


def test_from_the_environment(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    variables = {"PROTOCOL": "ams", "CLIENT_ID": "C", "GATEWAY": "sea",
                 "SIGNING_KEY": (gateway.folder / "merchant_private_key.pem").read_text(),
                 "GATEWAY_KEY_FILE": str(gateway.folder / "gateway_public_key.pem"),
                 "NOTIFY_URL": "https://shop.example/alipay/notify"}
    for name, value in variables.items():
        monkeypatch.setenv(f"ALIPAY_INSTORE_{name}", value)
    merchant = ai.Merchant.from_env()
    assert (merchant.protocol, merchant.client_id) == ("ams", "C")
    assert merchant.notify_url == "https://shop.example/alipay/notify"
    assert "Python" in merchant.sign_request("v1/x", b"{}").headers["User-Agent"]
    with pytest.raises(ai.ConfigurationError) as caught:
        ai.Merchant.from_env({})
    assert caught.value.path == "ALIPAY_INSTORE_PROTOCOL"


def test_notifications(gateway: Gateway) -> None:
    merchant = gateway.merchant()
    sent = gateway.notification(BODY, path=PATH)
    for headers in (sent.headers, list(sent.headers.items()),
                    [(name.lower().encode(), value.encode()) for name, value in sent.headers.items()]):
        found = merchant.verify_notification(headers=headers, body=sent.body, now=gateway.now())
        assert (found.kind, found.payment_request_id, found.key_version) == ("payment_result", "P1", None)
        assert (found.path, found.signed_with_query, found.text_replaced) == (PATH, False, False)
        assert isinstance(found.content, ai.models.Notification)
        assert found.body == BODY and found.content.payment_amount == ai.Amount(1999, "USD")
        assert found.merchant is merchant
    aware = datetime.fromtimestamp(gateway.now() / 1000, timezone.utc)
    assert merchant.verify_notification(headers=sent.headers, body=sent.body, now=aware) == found
    answer = merchant.acknowledge(found, now=gateway.now())
    assert answer.is_success and b'"S"' in answer.body and "Signature" in answer.headers
    assert "Signature" not in merchant.acknowledge(found, signed=False).headers
    with pytest.raises(TypeError, match="is a Notification"):
        merchant.acknowledge(PATH)  # type: ignore[arg-type]


def test_a_notification_of_a_refund(gateway: Gateway) -> None:
    body = {"notifyType": "REFUND_RESULT", "refundStatus": "SUCCESS", "refundRequestId": "R1", "refundId": "9",
            "refundAmount": {"currency": "USD", "value": "5"}}
    sent = gateway.notification(body)
    found = gateway.merchant().verify_notification(headers=sent.headers, body=sent.body, now=gateway.now())
    assert (found.kind, found.refund_request_id, found.payment_request_id) == ("refund_result", "R1", None)
    assert isinstance(found.content, ai.models.RefundNotification)
    assert (found.content.refund_status, found.content.refund_amount) == ("SUCCESS", ai.Amount(5, "USD"))


@pytest.mark.parametrize("notify_url", [
    "https://shop.example/alipay/notify?till=7", "/alipay/notify?till=7", "https://shop.example:8443/alipay/notify?till=7"])
@pytest.mark.parametrize("signed", ["/alipay/notify", "/alipay/notify?till=7"])
def test_u13_a_notify_url_with_a_query(
    gateway: Gateway, key: ai.SigningKey, notify_url: str, signed: str
) -> None:
    """AMS signs without the query; whichever it was, the answer is signed over the same path."""
    sent = gateway.notification(BODY, path=signed)
    merchant = gateway.merchant(notify_url=notify_url)
    assert merchant.notify_url == notify_url
    by_argument = gateway.merchant(notify_url=None).verify_notification(
        headers=sent.headers, body=sent.body, notify_url=notify_url, now=gateway.now())
    found = merchant.verify_notification(headers=sent.headers, body=sent.body, now=gateway.now())
    assert found == by_argument == ai.Merchants([merchant]).verify_notification(
        headers=sent.headers, body=sent.body, now=gateway.now())
    assert (found.path, found.signed_with_query) == (signed, "?" in signed)
    answer = merchant.acknowledge(found, now=gateway.now())
    key.verifying_key.verify(answer.headers["Signature"], path=signed, client_id=gateway.client_id,
                             time=answer.headers["Response-Time"], body=answer.body)


def test_without_a_notify_url(gateway: Gateway) -> None:
    sent = gateway.notification(BODY)
    with pytest.raises(ai.ConfigurationError) as caught:
        gateway.merchant(notify_url=None).verify_notification(headers=sent.headers, body=sent.body, now=gateway.now())
    assert (caught.value.code, caught.value.path) == ("config.missing", "notify_url")


#: Ten seconds after it was sent; by `date -u -d 2019-11-12T09:37:10Z +%s`.
REAL_NOW = 1_573_551_430_000


@pytest.mark.parametrize("notify_url", [
    start + query for start in ("https://local.allpay-test.com/api/back", "/api/back")
    for query in ("", "?allPayTn=5a9ddf96cc89dd30134549d68abbbd4a")])
def test_the_real_notification(key: ai.SigningKey, notify_url: str) -> None:
    """One that Alipay itself signed; the vectors hold it with openssl's verdicts."""
    file = json.loads((ROOT / "tests/vectors/real_notification.json").read_text())
    case = file["cases"][0]
    merchant = ai.Merchant(
        protocol="ams", client_id=case["client_id"], signing_key=key, gateway="sea", notify_url=notify_url,
        gateway_key=ai.VerifyingKey.load(file["public_key"]))
    headers = {"Client-Id": case["client_id"], "Request-Time": case["time"], "Signature": case["signature_header"]}
    found = merchant.verify_notification(headers=headers, body=case["body"], now=REAL_NOW)
    assert (found.path, found.signed_with_query, found.sent_at) == ("/api/back", False, REAL_NOW - 10_000)
    assert (found.kind, found.payment_request_id) == ("payment_result", "cc89dd30134549d6")
    answer = merchant.acknowledge(found, now=REAL_NOW)
    key.verifying_key.verify(answer.headers["Signature"], path="/api/back", client_id=case["client_id"],
                             time=answer.headers["Response-Time"], body=answer.body)
    with pytest.raises(ai.SignatureError):
        merchant.verify_notification(headers=headers, body=case["body"], notify_url="/elsewhere", now=REAL_NOW)


def test_m14_texts_in_gbk(gateway: Gateway) -> None:
    """A gateway that answers in GBK: what decides is ASCII and is read, and the signature is over the bytes."""
    text = "\u5496\u5561"
    body = json.dumps({**BODY, "result": {**BODY["result"], "resultMessage": text}}, ensure_ascii=False)  # type: ignore[dict-item]
    sent = gateway.notification(body.encode("gbk"))
    found = gateway.merchant().verify_notification(headers=sent.headers, body=sent.body, now=gateway.now())
    assert found.text_replaced and found.payment_request_id == "P1"
    assert "\ufffd" in found.body["result"]["resultMessage"] and found.to_dict()["text_replaced"]


def test_notifications_that_are_refused(gateway: Gateway) -> None:
    merchant = gateway.merchant()
    sent = gateway.notification(BODY, path=PATH)

    def refused(code: str, status: int, **changes: object) -> None:
        arguments = {"headers": sent.headers, "body": sent.body, "now": gateway.now(), **changes}
        with pytest.raises((ai.SignatureError, ai.MessageError)) as caught:
            merchant.verify_notification(**arguments)  # type: ignore[arg-type]
        assert caught.value.code == code
        refusal = ai.Acknowledgement.refuse(caught.value)
        assert refusal.status == status and not refusal.is_success and code.encode() not in refusal.body

    refused("signature.mismatch", 400, body=sent.body.replace(b"1999", b"9999"))
    refused("signature.mismatch", 400, notify_url="/other")
    refused("signature.missing", 400, headers={})
    refused("signature.client_id", 400, headers={**sent.headers, "Client-Id": "X"})
    later = datetime.fromtimestamp(gateway.now() / 1000, timezone.utc) + timedelta(days=3)
    refused("notification.stale", 400, now=later)
    refused("notification.future", 400, now=1_000)
    refused("message.too_large", 413, body=b"x" * (1 << 21))
    assert ai.Acknowledgement.refuse(ValueError("secret")).status == 500
    with pytest.raises(ai.ConfigurationError, match="raw body"):
        merchant.verify_notification(headers=sent.headers, body=BODY)  # type: ignore[arg-type]
    for headers in (None, 5, "text", [("only",)], {"a": None}):
        with pytest.raises(TypeError):
            merchant.verify_notification(headers=headers, body=sent.body)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        ai.Notification(BODY, merchant)  # type: ignore[arg-type]


def test_several_merchants(gateway: Gateway, key: ai.SigningKey, gateway_key: ai.SigningKey) -> None:
    stranger = ai.Merchant(protocol="ams", client_id="OTHER", signing_key=key, gateway_key=gateway_key.verifying_key,
                           gateway="sea")
    with pytest.raises(TypeError, match="must be of Merchant"):
        ai.Merchants([stranger, "C"])  # type: ignore[list-item]
    both = ai.Merchants([stranger, gateway.merchant()])
    sent = gateway.notification(BODY, path=PATH)
    found = both.verify_notification(headers=sent.headers, body=sent.body, now=gateway.now())
    assert found.merchant.client_id == gateway.client_id and len(both) == 2
    with pytest.raises(ai.ConfigurationError) as caught:
        both.verify_notification(headers={**sent.headers, "Client-Id": "NOBODY"}, body=sent.body)
    assert caught.value.code == "config.unknown_client"


def test_why_a_signature_fails(gateway: Gateway, key: ai.SigningKey, gateway_key: ai.SigningKey) -> None:
    sent = gateway.notification(BODY, path=PATH)
    merchant = gateway.merchant(notify_url="https://shop.example/public/alipay/notify")
    found = merchant.explain_notification(headers=sent.headers, body=sent.body, seen_paths=[PATH])
    assert found.summary == "the key is right, the content is not what was signed"
    [finding] = found.findings
    assert (finding.code, finding.also) == ("path.prefix", ()) and PATH in finding.evidence
    assert found.signed is not None and (found.signed.padding, found.signed.hash) == ("pkcs1", "sha256")
    assert [key.name for key in found.keys if key.signer] == ["gateway"] and found.complete and found.tried > 1
    assert str(found).splitlines()[:2] == [found.summary, f"path.prefix: {finding.found}: {finding.evidence}; {finding.change}"]
    assert ai.Diagnosis.from_dict(found.to_dict()) == found
    named = merchant.explain_notification(headers=sent.headers, body=sent.body, notify_url=PATH)
    assert named.findings[0].code == "verifies" and str(named).startswith("the signature verifies")
    pair = merchant.explain_notification(headers=sent.headers, body=sent.body + b"\n", seen_paths=[PATH])
    assert [(one.code, one.also) for one in pair.findings] == [
        ("path.prefix", ("body.end",)), ("body.end", ("path.prefix",))]
    response = {"Signature": sent.headers["Signature"], "Response-Time": sent.headers["Request-Time"]}
    found = merchant.explain_response(path="/ams/api/v1/x", headers=response, body=sent.body, other_paths=[PATH])
    assert found.findings[0].code == "path.other" and PATH in found.findings[0].evidence
    found = merchant.explain_response(path="/ams/api/v1/x", headers={}, body=sent.body)
    assert "signature.missing" in [one.code for one in found.findings]
    pem = Path(__file__).parents[2] / "tests" / "vectors" / "generate" / "keys" / "stranger.pem"
    production = ai.Merchant(protocol="ams", client_id=gateway.client_id, signing_key=key,
                             gateway_key=ai.SigningKey.load(pem.read_bytes()).verifying_key, gateway="sea")
    found = production.explain_notification(headers=sent.headers, body=sent.body, notify_url=PATH,
                                          other_keys={"sandbox": gateway_key.verifying_key}, other_times=["T"])
    assert [one.code for one in found.findings] == ["key.other"] and "sandbox" in found.findings[0].evidence


def test_sandbox_file(gateway: Gateway) -> None:
    assert ai.Merchant.from_file(Path(gateway.folder) / "sandbox.json", protocol="alipay_plus").is_sandbox
    with pytest.raises(ai.ConfigurationError):
        ai.Merchant.from_file("/nowhere/sandbox.json")
