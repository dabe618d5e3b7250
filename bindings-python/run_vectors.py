"""Runs vector files over the installed package and prints one JSON object a case; see tests/run-vectors."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Iterable, Iterator
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


def explain(file: dict[str, Any], case: dict[str, Any]) -> Any:
    keys = {name: ai.VerifyingKey.load(pem) for name, pem in {**file["keys"], "gateway": file["public_key"]}.items()}
    listed = case.get("gateway_keys")
    merchant = ai.Merchant(
        protocol="ams",
        client_id=text(case, "client_id"),
        signing_key=ai.SigningKey.load(text(file, "private_key")),
        gateway_key={int(version): keys[name] for version, name in listed.items()} if listed else keys["gateway"],
        gateway="sea",
    )
    others = case.get("alternatives", {})
    message: dict[str, Any] = {
        "headers": [(name, value) for name, value in case["headers"]],
        "body": data(case, "body", "body_base64"),
        "other_client_ids": others.get("client_ids", []),
        "other_times": others.get("times", []),
        "other_keys": {name: keys[name] for name in others.get("keys", [])},
    }
    paths = others.get("paths", [])
    if "path" in case:
        found = merchant.explain_response(path=case["path"], other_paths=paths, **message)
    else:
        found = merchant.explain_notification(notify_url=case.get("notify_url"), seen_paths=paths, **message)
    return {"codes": [one.code for one in found.findings], "diagnosis": found.to_dict()}


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


def scan(_file: dict[str, Any], case: dict[str, Any]) -> Any:
    try:
        code = ai.PaymentCode.from_scan(data(case, "text", "text_base64"))
    except ai.CodeError as error:
        return {"error": error.code, "scanned_as": error.scanned_as}
    return {"value": code.expose(), "kind": code.kind, "routing_number": code.routing_number}


def price(amount: Any) -> ai.Amount:
    return ai.Amount.from_minor(text(amount, "value"), text(amount, "currency"))


def reading(_file: dict[str, Any], case: dict[str, Any]) -> Any:
    ours: dict[str, Any] = {
        name: price(value) if name.endswith("_amount") else value for name, value in case.get("ours", {}).items()
    }
    found = ai.read_verified(
        protocol=case["protocol"], operation=case["operation"], body=data(case, "body", "body_base64"), **ours
    )
    return found.to_dict()


def body_of(event: dict[str, Any]) -> dict[str, Any]:
    body = event.get("body")
    if not isinstance(body, dict):
        raise Unrunnable("message.not_object")
    return body


def events_of(events: Any) -> Iterator[tuple[dict[str, Any], int]]:
    for event in events:
        if not isinstance(event.get("at"), int):
            raise Unrunnable("config.missing")
        yield event["event"], event["at"]


class Sends:
    """The sends that were carried out, and to which of them an answer belongs."""

    def __init__(self, otherwise: str, unknown: str) -> None:
        self.otherwise = otherwise
        self.unknown = unknown
        #: The number and the operation of each send, in their order.
        self.sent: list[tuple[int, Any]] = []
        #: Actions up to this number were carried out; after a restart they come again.
        self.carried_out = 0

    def carry_out(self, actions: Iterable[Any]) -> None:
        for action in actions:
            if action.sequence > self.carried_out:
                self.carried_out = action.sequence
                if isinstance(action, ai.Send):
                    self.sent.append((action.send_id, action.operation))

    def of(self, event: dict[str, Any]) -> tuple[int, Any]:
        """The send an answer belongs to: the one that is named, else the latest of the operation, else the latest."""
        operation = event.get("operation")
        if isinstance(event.get("send_id"), int):
            sent = next((found for number, found in self.sent if number == event["send_id"]), self.otherwise)
            return event["send_id"], operation or sent
        for number, found in reversed(self.sent):
            if operation is None or operation == found:
                return number, found
        raise Unrunnable(self.unknown)

    def whole(self, event: dict[str, Any], sent: tuple[int, str] | None = None) -> dict[str, Any]:
        """The event as the machines read it: an answer names its send, which a case may leave out."""
        if event.get("type") not in ("reply", "no_reply"):
            return event
        send_id, operation = sent or self.of(event)
        return {**event, "send_id": send_id, "operation": operation}

    @property
    def operations(self) -> list[str]:
        return [operation for _, operation in self.sent]


class Drive:
    """What a host would keep of a payment."""

    def __init__(self, payment: ai.Payment) -> None:
        self.payment = payment
        self.sends = Sends("pay", "payment.unknown_send")

    def run(self, case: dict[str, Any]) -> Any:
        for event, at in events_of(case.get("events", [])):
            self.feed(event, at)
        outcome = self.payment.outcome
        return {
            "state": self.payment.state,
            "outcome": None if outcome is None else outcome.value,
            "sends": self.sends.operations,
            "alerts": self.payment.alerts,
            "next_wakeup": self.payment.next_wakeup,
        }

    def feed(self, event: dict[str, Any], at: int) -> None:
        match text(event, "type"):
            case "ticks":
                self.ticks(at)
                return
            case "resumed":
                self.payment = ai.Payment.restore(self.payment.snapshot())
        self.sends.carry_out(self.payment.handle(self.sends.whole(event), at))

    def ticks(self, until: int) -> None:
        for _ in range(MOST_TICKS):
            at = self.payment.next_wakeup
            if at is None or at > until:
                return
            self.sends.carry_out(self.payment.handle(ai.Tick(), at))
        raise Unrunnable("payment.not_final")


def policy_of(case: dict[str, Any]) -> ai.Policy:
    wanted = dict(case.get("policy", {"preset": "ams"}))
    return ai.Policy(wanted.pop("preset"), **wanted)


def drive_of(case: dict[str, Any]) -> Drive:
    policy = policy_of(case)
    payment = case["payment"]
    scenario: Any = text(payment, "scenario")
    order = ai.PaymentOrder(
        payment_request_id=text(payment, "payment_request_id"),
        amount=price(payment["amount"]),
        scenario=scenario,
        payment_expiry_time=payment.get("payment_expiry_time"),
        request={
            "paymentRequestId": payment["payment_request_id"],
            "paymentMethodId": payment.get("payment_code") or "",
        },
    )
    return Drive(ai.Payment(order, policy=policy))


def flow(_file: dict[str, Any], case: dict[str, Any]) -> Any:
    return drive_of(case).run(case)


def snapshot(_file: dict[str, Any], case: dict[str, Any]) -> Any:
    return Drive(ai.Payment.restore(text(case, "snapshot"))).run(case)


def paid(policy: ai.Policy, amount: ai.Amount) -> ai.Payment:
    """A payment that was just paid."""
    order = ai.PaymentOrder("p", amount, "PaymentCode", None, "/v1", {"paymentRequestId": "p"})
    payment = ai.Payment(order, policy=policy)
    payment.begin(0)
    body = {
        "result": {"resultStatus": "S", "resultCode": "SUCCESS"},
        "paymentId": "2026",
        "paymentAmount": {"currency": amount.currency, "value": str(amount.value)},
        "paymentTime": "2026-11-22T00:00:00Z",
    }
    payment.handle(ai.Reply(1, "pay", body), 1)
    return payment


class RefundDrive:
    """What a host would keep of a refund."""

    def __init__(self, case: dict[str, Any]) -> None:
        described = case.get("refund", {})
        self.id = text(described, "refund_request_id")
        self.ledger = ai.RefundLedger(paid(policy_of(case), price(described.get("paid"))))
        body = {"refundRequestId": self.id}
        self.ledger.enter(ai.RefundOrder(self.id, price(described.get("amount")), "/v1", body))
        self.sends = Sends("refund", "refund.unknown_send")

    @property
    def refund(self) -> ai.RefundStanding:
        found = self.ledger.refund(self.id)
        if found is None:
            raise Unrunnable("refund.not_begun")
        return found

    def feed(self, event: dict[str, Any], at: int) -> None:
        match text(event, "type"):
            case "ticks":
                self.ticks(at)
                return
            case "resolve":
                resolved: Any = text(event, "resolved")
                self.ledger.resolve(self.id, resolved, who=text(event, "who"), note=text(event, "note"), now=at)
                return
            case "resumed":
                self.ledger = ai.RefundLedger.restore(self.ledger.snapshot())
        # Nothing was sent yet: the machine says what is wrong.
        sent = (1, "refund") if self.refund.state == "ready" else None
        self.sends.carry_out(self.ledger.handle(self.id, self.sends.whole(event, sent), at))

    def ticks(self, until: int) -> None:
        for _ in range(MOST_TICKS):
            at = self.refund.next_wakeup
            if at is None or at > until:
                return
            self.sends.carry_out(self.ledger.handle(self.id, ai.Tick(), at))
        raise Unrunnable("payment.not_final")


def refund(_file: dict[str, Any], case: dict[str, Any]) -> Any:
    drive = RefundDrive(case)
    for event, at in events_of(case.get("events", [])):
        drive.feed(event, at)
    standing = drive.refund
    return {
        "state": standing.state,
        "outcome": None if standing.outcome is None else standing.outcome.value,
        "code": standing.failure_code,
        "sends": drive.sends.operations,
        "alerts": list(standing.alerts),
        "left": str(drive.ledger.left),
        "next_wakeup": standing.next_wakeup,
    }


class ReverseDrive:
    """What a host would keep of a payment that is to be reversed."""

    def __init__(self, payment: ai.Payment) -> None:
        self.payment = payment
        #: None while there is neither a refund nor a reverse.
        self.found: ai.RefundLedger | None = None
        self.sends = Sends("cancel", "reverse.unknown_send")

    @property
    def ledger(self) -> ai.RefundLedger:
        if self.found is None:
            self.found = ai.RefundLedger(self.payment)
        return self.found

    def earlier_refund(self, refund: dict[str, Any]) -> None:
        """Brings a refund to the state that the case names."""
        identifier = text(refund, "refund_request_id")
        answers = {
            "made": {"result": {"resultStatus": "S", "resultCode": "SUCCESS"}},
            "refused": {"result": {"resultStatus": "F", "resultCode": "REFUND_WINDOW_EXCEED"}},
        }
        state = text(refund, "state")
        self.enter_refund(refund, 0)
        if state in answers:
            self.ledger.handle(identifier, ai.Reply(1, "refund", answers[state]), 1)
        elif state == "unresolved":
            for _ in range(MOST_TICKS):
                standing = self.ledger.refund(identifier)
                if standing is None or standing.next_wakeup is None:
                    break
                self.ledger.handle(identifier, ai.Tick(), standing.next_wakeup)

    def enter_refund(self, refund: dict[str, Any], at: int) -> None:
        identifier = text(refund, "refund_request_id")
        amount = ai.Amount.from_minor(text(refund, "amount"), self.payment.amount.currency)
        self.ledger.enter(ai.RefundOrder(identifier, amount))
        self.ledger.handle(identifier, ai.Begin(), at)

    def feed(self, event: dict[str, Any], at: int) -> None:
        match text(event, "type"):
            case "begin":
                if self.found is None:
                    self.found = ai.RefundLedger.for_reverse(self.payment)
                self.ledger.enter_reverse(self.payment)
                self.handle(ai.Begin(), at)
            case "refund":
                self.enter_refund(event, at)
            case "refund_reply":
                identifier = text(event, "refund_request_id")
                body = body_of(event)
                again = self.ledger.handle(identifier, ai.Resumed(), at)
                sends: list[tuple[int, Any]] = [(a.send_id, a.operation) for a in again if isinstance(a, ai.Send)]
                self.ledger.handle(identifier, ai.Reply(*(sends or [(1, "refund")])[-1], body), at)
            case "ticks":
                self.ticks(at)
            case "resumed":
                self.found = ai.RefundLedger.restore(self.ledger.snapshot())
                self.handle(event, at)
            case _:
                self.handle(self.sends.whole(event), at)

    def handle(self, event: ai.ReverseEvent | dict[str, Any], at: int) -> None:
        self.sends.carry_out(self.ledger.handle_reverse(event, at))

    def ticks(self, until: int) -> None:
        for _ in range(MOST_TICKS):
            standing = self.ledger.reverse
            if standing is None or standing.next_wakeup is None or standing.next_wakeup > until:
                return
            self.handle(ai.Tick(), standing.next_wakeup)
        raise Unrunnable("payment.not_final")


def reverse(_file: dict[str, Any], case: dict[str, Any]) -> Any:
    before = drive_of(case)
    for event, at in events_of(case.get("before", [])):
        before.feed(event, at)
    drive = ReverseDrive(before.payment)
    for earlier in case.get("refunds", []):
        drive.earlier_refund(earlier)
    for event, at in events_of(case.get("events", [])):
        drive.feed(event, at)
    standing = drive.ledger.reverse or ai.ReverseStanding(before.payment.amount, "ready")
    return {
        "state": standing.state,
        "outcome": None if standing.outcome is None else standing.outcome.value,
        "code": standing.failure_code,
        "sends": drive.sends.operations,
        "alerts": list(standing.alerts),
        "left": str(drive.ledger.left),
        "next_wakeup": standing.next_wakeup,
    }


KINDS = {
    "sign": sign,
    "verify": verify,
    "explain": explain,
    "key": key,
    "amount": amount,
    "route": route,
    "scan": scan,
    "advice": advice,
    "reading": reading,
    "flow": flow,
    "snapshot": snapshot,
    "refund": refund,
    "reverse": reverse,
}
#: Only the keys that are expected are compared.
PARTIAL = {"verify", "explain", "flow", "snapshot", "refund", "reverse", "reading"}


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
