"""Runs vector files over the installed package and prints one JSON object a case; see tests/run-vectors."""

from __future__ import annotations

import base64
import json
import sys
from typing import Any

import alipay_instore as ai

#: A ``ticks`` event stops here, so that a wrong machine can't hang the runner.
MOST_TICKS = 100_000


class Unrunnable(Exception):
    """A case that says something no runner knows; the code stands in the result."""


def text(case: Any, name: str) -> str:
    value = case.get(name) if isinstance(case, dict) else None
    if not isinstance(value, str):
        raise Unrunnable("config.missing")
    return value


def data(case: dict[str, Any], plain: str, encoded: str) -> bytes:
    if isinstance(case.get(plain), str):
        return str(case[plain]).encode()
    if isinstance(case.get(encoded), str):
        return base64.b64decode(case[encoded], validate=True)
    return b""


def content(case: dict[str, Any]) -> dict[str, Any]:
    names = ("method", "path", "client_id", "time")
    return {**{name: text(case, name) for name in names}, "body": data(case, "body", "body_base64")}


def sign(file: dict[str, Any], case: dict[str, Any]) -> Any:
    version = case.get("key_version", 1)
    if isinstance(version, bool) or not isinstance(version, int) or not 0 <= version <= 0xFFFF_FFFF:
        raise Unrunnable("signature.key_version")
    key = ai.SigningKey.load(text(file, "private_key"))
    return {"signature_header": key.sign(**content(case), key_version=version)}


def verify(file: dict[str, Any], case: dict[str, Any]) -> Any:
    key = ai.VerifyingKey.load(text(file, "public_key"))
    try:
        key.verify(text(case, "signature_header"), **content(case))
    except ai.SignatureError as error:
        return {"verified": False, "error": error.code}
    return {"verified": True}


def key(_file: dict[str, Any], case: dict[str, Any]) -> Any:
    kind = ai.SigningKey if text(case, "role") == "private" else ai.VerifyingKey
    loaded = kind.load(data(case, "text", "der_base64"))
    return {"bits": loaded.bits, "fingerprint": loaded.fingerprint}


def amount(_file: dict[str, Any], case: dict[str, Any]) -> Any:
    value, currency = text(case, "text"), text(case, "currency")
    if text(case, "op") == "to_minor":
        rounding, rules = case.get("rounding"), case.get("rules", "alipay")
        price = ai.Amount.from_major(value, currency, rounding=rounding, rules=rules)
        return {"value": str(price.value)}
    return {"value": format(ai.Amount.from_minor(value, currency).to_major(), "f")}


def route(_file: dict[str, Any], case: dict[str, Any]) -> Any:
    config = dict(case["router"])
    try:
        direct = [ai.DirectWallet.from_dict(wallet) for wallet in config.pop("direct", [])]
        router = ai.Router(**config, direct=direct)
    except TypeError as error:
        raise Unrunnable("router.configuration") from error
    found = router.route(text(case, "code"))
    return {"target": found.target, "wallet": found.wallet, "rule": found.rule}


def advice(_file: dict[str, Any], case: dict[str, Any]) -> Any:
    found = ai.advice(
        protocol=case["protocol"],
        operation=case["operation"],
        result_status=case.get("result_status") or "",
        result_code=case.get("result_code") or "",
    )
    return {"meaning": found.meaning}


class Drive:
    """What a host would keep of a payment."""

    def __init__(self, payment: ai.Payment) -> None:
        self.payment = payment
        #: The number and the operation of each send, in their order.
        self.sends: list[tuple[int, str]] = []
        #: Actions up to this number were carried out; after a restart they come again.
        self.carried_out = 0

    def run(self, case: dict[str, Any]) -> Any:
        for event in case.get("events", []):
            if not isinstance(event.get("at"), int):
                raise Unrunnable("config.missing")
            self.feed(event["event"], event["at"])
        outcome = self.payment.outcome
        return {
            "state": self.payment.state,
            "outcome": None if outcome is None else outcome.value,
            "sends": [operation for _, operation in self.sends],
            "alerts": self.payment.alerts,
            "next_wakeup": self.payment.next_wakeup,
        }

    def feed(self, event: dict[str, Any], at: int) -> None:
        machine: ai.Event
        match text(event, "type"):
            case "begin":
                machine = ai.Begin()
            case "reply":
                machine = ai.Reply(*self.send_of(event), body=self.body(event))
            case "no_reply":
                certainty = "not_sent" if event.get("certainty") == "not_sent" else "unknown"
                machine = ai.NoReply(*self.send_of(event), certainty=certainty)  # type: ignore[arg-type]
            case "notified":
                machine = ai.NotifiedEvent(self.body(event))
            case "cancel_requested":
                machine = ai.CancelRequested()
            case "resumed":
                self.payment = ai.Payment.restore(self.payment.snapshot())
                machine = ai.Resumed()
            case "tick":
                machine = ai.Tick()
            case "ticks":
                self.ticks(at)
                return
            case _:
                raise Unrunnable("config.invalid")
        self.carry_out(self.payment.handle(machine, at))

    @staticmethod
    def body(event: dict[str, Any]) -> dict[str, Any]:
        body = event.get("body")
        if not isinstance(body, dict):
            raise Unrunnable("message.not_object")
        return body

    def ticks(self, until: int) -> None:
        for _ in range(MOST_TICKS):
            at = self.payment.next_wakeup
            if at is None or at > until:
                return
            self.carry_out(self.payment.handle(ai.Tick(), at))
        raise Unrunnable("payment.not_final")

    def carry_out(self, actions: list[ai.Action]) -> None:
        for action in actions:
            if action.sequence > self.carried_out:
                self.carried_out = action.sequence
                if isinstance(action, ai.Send):
                    self.sends.append((action.send_id, action.operation))

    def send_of(self, event: dict[str, Any]) -> tuple[int, str]:
        """The send an answer belongs to: the one that is named, else the latest of the operation, else the latest."""
        operation = event.get("operation")
        if isinstance(event.get("send_id"), int):
            sent = next((found for number, found in self.sends if number == event["send_id"]), "pay")
            return event["send_id"], operation or sent
        for number, found in reversed(self.sends):
            if operation is None or operation == found:
                return number, found
        raise Unrunnable("payment.unknown_send")


def flow(_file: dict[str, Any], case: dict[str, Any]) -> Any:
    wanted = dict(case.get("policy", {"preset": "ams"}))
    policy = ai.Policy(wanted.pop("preset"), **wanted)
    payment = case["payment"]
    price = payment["amount"]
    order = ai.PaymentOrder(
        payment_request_id=text(payment, "payment_request_id"),
        amount=ai.Amount.from_minor(text(price, "value"), text(price, "currency")),
        scenario=text(payment, "scenario"),
        payment_expiry_time=payment.get("payment_expiry_time"),
        request={
            "paymentRequestId": payment["payment_request_id"],
            "paymentMethodId": payment.get("payment_code") or "",
        },
    )
    return Drive(ai.Payment(order, policy=policy)).run(case)


def snapshot(_file: dict[str, Any], case: dict[str, Any]) -> Any:
    return Drive(ai.Payment.restore(text(case, "snapshot"))).run(case)


KINDS = {
    "sign": sign,
    "verify": verify,
    "key": key,
    "amount": amount,
    "route": route,
    "advice": advice,
    "flow": flow,
    "snapshot": snapshot,
}
#: Only the keys that are expected are compared.
PARTIAL = {"verify", "flow", "snapshot"}


def matches(kind: str, expected: Any, result: Any) -> bool:
    if kind in PARTIAL and isinstance(expected, dict) and isinstance(result, dict):
        return all(name in result and result[name] == value for name, value in expected.items())
    return bool(expected == result)


def main(paths: list[str]) -> int:
    if not paths:
        print("usage: run_vectors.py FILE...", file=sys.stderr)
        return 2
    agreed = True
    for path in paths:
        try:
            with open(path, "rb") as opened:
                file = json.load(opened)
            if not isinstance(file, dict) or file.get("schema") != 1 or not isinstance(file.get("cases"), list):
                raise ValueError("the file is none of schema 1 with a list of cases")
        except (OSError, ValueError) as error:
            print(f"run-vectors: {path}: {error}", file=sys.stderr)
            return 2
        for case in file["cases"]:
            kind = str(case.get("kind"))
            try:
                if kind not in KINDS:
                    raise Unrunnable("config.invalid")
                result = KINDS[kind](file, case)
            except ai.AlipayError as error:
                result = {"error": error.code}
            except Unrunnable as error:
                result = {"error": str(error)}
            print(json.dumps({"name": case.get("name", ""), "result": result}, ensure_ascii=False))
            if "expected" in case and not matches(kind, case["expected"], result):
                agreed = False
                print(f"{path}: {case.get('name')}: expected {case['expected']}, got {result}", file=sys.stderr)
    return 0 if agreed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
