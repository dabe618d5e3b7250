"""An executable model of the reverse (giving back the whole of a paid payment), for the expected values of the vectors.

It was written from the text of the design, not from the Rust code. The payment before it is run by the model of
payments beside this file; what its messages said about money is read here once more, independently of both machines.

The course of its refund is that of the model of refunds beside this file.
"""

from __future__ import annotations

import flow_model
import refund_model
from flow_model import DAY, FINAL, Refused, make_policy, result_of

GONE = ("ORDER_IS_CANCELED", "ORDER_IS_CLOSED")
TRAFFIC = "REQUEST_TRAFFIC_EXCEED_LIMIT"
ENDS = {"reversed", "refused", "unresolved"}


# -- what the payment left behind ---------------------------------------------------------------------------------


def letter_of(result) -> tuple[str, str]:
    """The letters are S, F and U, exactly; anything else is unknown."""
    result = result if isinstance(result, dict) else {}
    letter = result.get("resultStatus")
    return (letter if letter in ("S", "F", "U") else "U"), result.get("resultCode", "")


def says_paid(policy: dict, payment: dict, event: dict) -> bool:
    body = event["body"]
    letter, _ = letter_of(body.get("result"))
    kind = "notify" if event["type"] == "notified" else event["operation"]
    if kind == "pay":
        if letter != "S":
            return False
        form = any(body.get(name) for name in flow_model.FORMS)
        return payment["scenario"] == "PaymentCode" or (not form and bool(body.get("paymentTime")))
    if kind == "inquiry" and letter != "S" or kind not in ("inquiry", "notify"):
        return False
    if policy["protocol"] == "alipay_plus":
        return letter_of(body.get("paymentResult"))[0] == "S"
    return letter == "S" if kind == "notify" else str(body.get("paymentStatus", "")).upper() == "SUCCESS"


def amount_of(body: dict):
    """None where none is stated, (currency, value) where it can be read, else "unreadable"."""
    stated = body.get("paymentAmount")
    if stated is None:
        return None
    if isinstance(stated, dict) and isinstance(stated.get("currency"), str):
        value = str(stated.get("value", ""))
        if value.isascii() and value.isdigit() and int(value) > 0:
            return stated["currency"], int(value)
    return "unreadable"


class Facts:
    """What the events before the reverse say: the end of the payment, and the money that was taken."""

    def __init__(self, policy: dict, case: dict):
        payment = case["payment"]
        self.machine = flow_model.Machine(policy, payment)
        self.paid, self.amounts, self.payment_id, self.begun = False, [], None, None
        for entry in case["before"]:
            event = entry["event"]
            if event["type"] == "ticks":
                while (wakeup := self.machine.next_wakeup(False)) is not None and wakeup <= entry["at"]:
                    self.machine.handle({"type": "tick"}, wakeup)
                continue
            self.machine.handle(event, entry["at"])
            if event["type"] == "begin":
                self.begun = entry["at"]
            body = event.get("body")
            if body is None or body.get("paymentRequestId", payment["payment_request_id"]) != payment["payment_request_id"]:
                continue
            self.payment_id = self.payment_id or body.get("paymentId")
            if says_paid(policy, payment, event):
                self.paid = True
                stated = amount_of(body)
                if stated is not None and stated not in self.amounts:
                    self.amounts.append(stated)
        self.own = (payment["amount"]["currency"], int(payment["amount"]["value"]))

    def amount(self) -> tuple[str, int]:
        """Amount and currency are those that verified evidence states; a payment that succeeded took its own."""
        end, reason = self.machine.phase, self.machine.reason
        if end not in FINAL:
            raise Refused("payment.not_final")
        if self.machine.id_taken:
            raise Refused("reverse.id_taken")
        if end == "succeeded":
            return self.own
        if len(self.amounts) == 1 and self.amounts[0] != "unreadable":
            return self.amounts[0]
        undisputed = end == "refunded" or reason in ("refund", "refund_consent", "refund_failed")
        if undisputed and not self.amounts:
            return self.own
        raise Refused("reverse.amount_unknown" if self.paid else "reverse.nothing_taken")


# -- the reverse --------------------------------------------------------------------------------------------------


class Reverse:
    def __init__(self, policy: dict, facts: Facts, case: dict):
        self.policy, self.facts = policy, facts
        self.id = case["payment"]["payment_request_id"]
        self.refunds = {one["refund_request_id"]: dict(one, amount=int(one["amount"])) for one in case.get("refunds", [])}
        self.state, self.code = "ready", None
        self.entered = False
        self.now = self.last = None
        self.sends: list[dict] = []
        self.alerts: list[str] = []
        self.at: dict[str, int] = {}  # what is due when; "window" is a point on the calendar
        self.wait: dict[str, int] = {}  # how long the latest wait of a kind was
        self.slow = self.put_off = False
        self.window = None
        self.no = None  # the code of a refund that was refused
        self.asked_from = self.asked = 0
        self.course: refund_model.RefundRetry | None = None  # that of the refund, while it is under way
        self.payment_id = facts.payment_id

    # events

    def handle(self, event: dict, now: int) -> None:
        kind = event["type"]
        if kind == "refund":
            return self.enter_refund(event)
        if kind == "refund_reply":
            return self.settle_refund(event)
        if kind == "begin":
            self.enter()
            if self.state != "ready":
                raise Refused("reverse.already_begun")
        elif self.state == "ready":
            raise Refused("reverse.not_begun")
        sent = self.find(event) if kind in ("reply", "no_reply") else None
        if self.last is not None and now < self.last:
            for name in self.at:
                if name != "window":
                    self.at[name] -= self.last - now
            if self.course is not None:
                self.course.move_back(self.last - now)
        self.now = self.last = now
        if kind == "begin":
            self.start()
        elif kind == "reply":
            self.reply(sent, event["body"], event.get("stale", False))
        elif kind == "no_reply":
            if event["certainty"] == "not_sent" and not sent["doubted"]:
                sent["open"] = False
            if event["certainty"] == "not_sent" and sent["operation"] == "refund" and self.state == "refunding":
                self.refund_end(self.course.not_sent(sent["id"], now))
        elif kind == "notified":
            self.notified(event["body"])
        elif kind == "resumed":
            for one in self.sends:
                one["doubted"] = True
            if self.state == "refunding":
                self.course.resumed(now)
        self.run_due()

    def find(self, event: dict) -> dict:
        wanted = event.get("operation")
        if "send_id" in event:
            if not 1 <= event["send_id"] <= len(self.sends):
                raise Refused("reverse.unknown_send")
            sent = self.sends[event["send_id"] - 1]
            if wanted not in (None, sent["operation"]):
                raise Refused("reverse.wrong_operation")
            return sent
        found = [one for one in self.sends if wanted in (None, one["operation"])]
        if not found:
            raise Refused("reverse.unknown_send")
        return found[-1]

    # the ledger

    def enter(self) -> None:
        if self.entered:
            return
        self.currency, self.amount = self.facts.amount()
        if any(one["state"] == "unresolved" for one in self.refunds.values()):
            raise Refused("reverse.refund_unresolved")
        self.entered = True
        self.own_refund = "none"
        if self.facts.machine.phase == "refunded":
            self.own_refund = "made"
        elif self.facts.machine.reason != "refund_failed":
            if any(one.operation == "refund" for one in self.facts.machine.sends):
                self.own_refund = "open"
                if (self.currency, self.amount) != self.facts.own:
                    self.entered = False
                    raise Refused("reverse.amount_unknown")

    def left_by_refunds(self) -> int:
        spent = [one["amount"] for one in self.refunds.values() if one["state"] != "refused"]
        return self.facts.amount()[1] - sum(spent)

    def left(self) -> int:
        return self.left_by_refunds() if not self.entered or self.state == "refused" else 0

    def enter_refund(self, event: dict) -> None:
        if self.entered and self.state != "refused":
            raise Refused("reverse.done" if self.state in ENDS else "reverse.under_way")
        if int(event["amount"]) > self.left_by_refunds():
            raise Refused("request.refund_exceeds")
        self.refunds[event["refund_request_id"]] = {"amount": int(event["amount"]), "state": "open"}

    def settle_refund(self, event: dict) -> None:
        letter, _ = result_of(event["body"]["result"])
        if letter in "SF":
            self.refunds[event["refund_request_id"]]["state"] = "made" if letter == "S" else "refused"

    # the course of a reverse

    def start(self) -> None:
        states = [one["state"] for one in self.refunds.values()]
        end_of_window = self.end_of_window()
        if "open" in states:
            self.move("waiting", look=self.policy["refund_interval"])
        elif "unresolved" in states:
            self.finish("refused", "reverse.refund_unresolved")
        elif self.own_refund == "made" or self.left_by_refunds() == 0:
            self.finish("reversed")
        elif "made" in states or self.own_refund == "open" or self.now >= end_of_window:
            self.refund()
        else:
            self.move("cancelling", minute=self.policy["cancel_fast_period"])
            self.window = max(end_of_window, self.now + self.policy["cancel_fast_period"])
            self.at["window"] = self.window
            self.slow = False
            self.cancel()

    def end_of_window(self) -> int:
        window, begun = self.policy["cancel_window"], self.facts.begun or 0
        if window != "next_day":
            return begun + window
        east = 8 * 3_600_000
        return ((begun + east) // DAY + 1) * DAY - east + 15 * 60_000

    def move(self, state: str, **waits: int) -> None:
        self.state, self.put_off = state, False
        self.at = {name: self.now + wait for name, wait in waits.items()}
        self.wait = dict(waits)

    def finish(self, state: str, code: str | None = None) -> None:
        self.move(state)
        self.code = code

    def send(self, operation: str) -> dict:
        sent = {"id": len(self.sends) + 1, "operation": operation, "open": operation in ("cancel", "refund"), "doubted": False}
        self.sends.append(sent)
        return sent

    def alert(self, kind: str) -> None:
        if kind not in self.alerts:
            self.alerts.append(kind)

    def again(self, name: str, wait: int) -> None:
        self.at[name], self.wait[name], self.put_off = self.now + wait, wait, False

    def double(self, name: str) -> None:
        """The traffic limit doubles a wait, once."""
        if name in self.at and not self.put_off:
            self.at[name] += self.wait[name]
            self.put_off = True

    def wakeup(self) -> int | None:
        return self.course.wakeup() if self.state == "refunding" else min(self.at.values(), default=None)

    def run_due(self) -> None:
        while self.state != "refunding" and self.at:
            # What ends something comes after what was due before it.
            name = min(self.at, key=lambda one: (self.at[one], one == "window", one != "minute"))
            if self.at[name] > self.now:
                return
            due = self.at.pop(name)
            if name == "look":
                self.start()
            elif name == "cancel":
                if "window" in self.at and self.at["window"] <= self.now:
                    if due >= self.at["window"]:
                        continue
                    # due while nobody ran: asked once before it is given up
                    self.at["window"] = self.now + self.policy["reply_time"]
                self.cancel()
            elif name == "minute":
                self.slow = True
                self.alert("cancel_unresolved")
            elif name == "window":
                self.refund() if self.no is None else self.ask()
            elif name == "inquiry":
                self.inquire()
            elif name == "last_answer":
                self.nothing_learnt()
        if self.state == "refunding":
            self.refund_due()

    def cancel(self) -> None:
        self.send("cancel")
        self.again("cancel", self.policy["cancel_slow_interval" if self.slow else "cancel_interval"])

    def open_cancels(self) -> bool:
        return any(one["open"] for one in self.sends if one["operation"] == "cancel")

    def last_moment(self) -> int:
        """Later than this the gateway carries out no cancel; after a refused refund its clock gets the margin."""
        return self.window + (self.policy["clock_margin"] if self.no else 0)

    def cancel_slowly(self) -> None:
        self.move("cancelling")
        self.at["window"] = self.last_moment()
        self.slow = True
        if self.no is None:
            self.at["minute"] = self.now + self.policy["cancel_fast_period"]
        self.cancel()

    def ask(self) -> None:
        self.move("checking", inquiry=self.policy["inquiry_interval"])
        self.asked_from, self.asked = len(self.sends) + 1, 0

    def inquire(self) -> None:
        sent = self.send("inquiry")
        # Asked earlier, "paid" may have been said before a cancel was carried out.
        sent["last_word"] = self.no is not None and (self.window is None or self.now >= self.last_moment())
        self.asked += 1
        if self.asked < self.policy["inquiry_limit"]:
            self.again("inquiry", self.policy["inquiry_interval"])
        else:
            self.again("last_answer", self.policy["reply_time"])

    def nothing_learnt(self) -> None:
        if self.window is not None and self.now < self.last_moment():
            self.cancel_slowly()
        elif self.no is None:
            self.refund()
        elif any(one.get("last_word") for one in self.sends):
            self.finish("unresolved")
        else:
            self.ask()

    def refund(self) -> None:
        if self.policy["protocol"] == "ams" and self.payment_id is None:
            if self.state == "checking":
                self.alert("refund_failed")
                self.finish("unresolved")
            else:
                self.ask()
            return
        self.refunding = self.amount if self.own_refund == "open" else self.left_by_refunds()
        self.course = refund_model.RefundRetry(self.policy, self.now)
        self.move("refunding")

    def refund_due(self) -> None:
        due = self.course.due(self.now)
        if due == "gave_up":
            if self.course.nothing_left():
                self.refund_refused(refund_model.NOT_SENT)
            else:
                self.finish("unresolved")
        elif due is not None:
            self.course.was_sent(self.send(due)["id"], due)

    def refund_end(self, end: tuple[str, str] | None) -> None:
        """How the refund ended by its course: made or cancelled, refused, or an unknown word."""
        outcome, code = end or ("", "")
        if outcome in ("refunded", "order_cancelled"):
            self.gave_back()
        elif outcome == "failed":
            self.refund_refused(code)
        elif outcome:
            self.alert(outcome)

    # answers

    def reply(self, sent: dict, body: dict, stale: bool) -> None:
        names = [body[name] for name in ("paymentRequestId", "refundRequestId") if body.get(name) is not None]
        ours = (self.id, self.refund_id())
        if any(name not in ours for name in names):
            self.alert("id_mismatch")
            return
        if stale and not names:
            self.alert("stale_answer")
            return
        self.payment_id = self.payment_id or body.get("paymentId")
        letter, code = letter_of(body.get("result"))
        getattr(self, "told_by_" + sent["operation"])(sent, body, letter, code)

    def refund_id(self) -> str:
        if self.own_refund == "open":
            return "refund-" + self.id
        return "reverse-" + self.id

    def gave_back(self) -> None:
        if self.state == "refused":
            self.alert("conflicting_evidence")
        elif self.state == "unresolved":
            self.alert("late_evidence")
        elif self.state != "reversed":
            self.finish("reversed")

    def told_by_cancel(self, sent: dict, body: dict, letter: str, code: str) -> None:
        if letter == "S" or letter == "F" and code in GONE:
            self.gave_back()
            return
        if letter == "F" and code == "CANCEL_WINDOW_EXCEED":
            for one in self.sends:
                one["open"] = one["open"] and one["operation"] != "cancel"
            if self.state in ("cancelling", "checking"):
                self.refund() if self.no is None else self.finish("refused", self.no)
            return
        if letter == "F" and code in ("ORDER_STATUS_INVALID", "MERCHANT_BALANCE_NOT_ENOUGH", "ORDER_NOT_EXIST"):
            sent["open"] = False
        if self.state != "cancelling":
            return
        if letter == "U":
            if code == TRAFFIC:
                self.double("cancel")
        elif code == "ORDER_STATUS_INVALID":
            self.ask()
        elif code == "MERCHANT_BALANCE_NOT_ENOUGH":
            self.alert("merchant_balance_not_enough")
            if not self.slow:
                self.slow = True
                self.at.pop("minute", None)
                self.again("cancel", self.policy["cancel_slow_interval"])
        else:
            self.alert("conflicting_evidence" if code == "ORDER_NOT_EXIST" else "unexpected_refusal")

    def told_by_inquiry(self, sent: dict, body: dict, letter: str, code: str) -> None:
        if letter != "S":
            if letter == "U" and code == TRAFFIC and self.state == "checking":
                self.double("inquiry")
            return
        if self.policy["protocol"] == "ams":
            word = str(body.get("paymentStatus", "")).upper()
            if word not in ("", "SUCCESS", "FAIL", "CANCELLED", "PROCESSING", "PENDING"):
                self.alert("unknown_word")
            failed, why = word == "FAIL", body.get("paymentResultCode", "")
        else:
            word, why = letter_of(body.get("paymentResult"))
            failed, word = word == "F", {"S": "SUCCESS"}.get(word, "")
        if word == "CANCELLED" or failed and why in GONE:
            self.gave_back()
        elif self.state != "checking":
            return
        elif failed:
            self.alert("conflicting_evidence")
            self.finish("unresolved")
        elif word == "SUCCESS":
            if amount_of(body) not in (None, (self.currency, self.amount)):
                self.alert("amount_mismatch")
                self.finish("unresolved")
            elif sent["id"] >= self.asked_from:
                self.still_paid(sent)

    def still_paid(self, inquiry: dict) -> None:
        if self.no is None:
            self.refund()
        elif self.now < self.last_moment():
            self.cancel_slowly()
        elif inquiry["last_word"]:
            self.finish("refused", self.no)

    def told_by_refund(self, sent: dict, body: dict, letter: str, code: str) -> None:
        if not self.of_our_amount(body):
            return
        if self.state == "refunding":
            if letter == "F" and not refund_model.is_refusal(code) and code not in ("SYSTEM_ERROR", *GONE):
                self.alert("unexpected_refusal")
            if letter == "F" and code == refund_model.BALANCE:
                self.alert("merchant_balance_not_enough")
            self.refund_end(self.course.answered(sent["id"], body))
        elif letter == "S" or letter == "F" and code == "ORDER_IS_CANCELED":
            self.gave_back()
        elif letter == "F" and refund_model.is_refusal(code):
            self.refund_refused(code)

    def told_by_refund_inquiry(self, sent: dict, body: dict, letter: str, code: str) -> None:
        if not self.of_our_amount(body):
            return
        course = self.course if self.state == "refunding" else refund_model.RefundRetry(self.policy, self.now)
        self.refund_end(course.asked(sent["id"], body, self.now))

    def notified(self, body: dict) -> None:
        if body.get("paymentRequestId") not in (None, self.id) or body.get("refundRequestId") != self.refund_id():
            self.alert("id_mismatch")
        elif self.of_our_amount(body):
            course = self.course if self.state == "refunding" else refund_model.RefundRetry(self.policy, self.now)
            self.refund_end(course.stated(body))

    def of_our_amount(self, body: dict) -> bool:
        stated = body.get("refundAmount")
        if stated is None or self.course is None:
            return True
        ours = amount_of({"paymentAmount": stated}) == (self.currency, self.refunding)
        if not ours:
            self.alert("amount_mismatch")
        return ours

    def refund_refused(self, code: str) -> None:
        if self.state == "unresolved":
            self.alert("late_evidence")
        if self.state != "refunding":
            return
        low = code == "MERCHANT_BALANCE_NOT_ENOUGH"
        self.alert("merchant_balance_not_enough" if low else "refund_failed")
        if self.open_cancels():
            self.no = code
            self.ask()
        else:
            self.finish("refused", code)


def run(case: dict) -> dict:
    """The result of a `reverse` case."""
    try:
        policy = make_policy(case["policy"])
        reverse = Reverse(policy, Facts(policy, case), case)
        for entry in case["events"]:
            if entry["event"]["type"] != "ticks":
                reverse.handle(entry["event"], entry["at"])
                continue
            while (wakeup := reverse.wakeup()) is not None and wakeup <= entry["at"]:
                reverse.handle({"type": "tick"}, wakeup)
        left = reverse.left()
    except Refused as refused:
        return {"error": refused.args[0]}
    return {
        "state": reverse.state,
        "outcome": reverse.state if reverse.state in ENDS else None,
        "code": reverse.code,
        "sends": [one["operation"] for one in reverse.sends],
        "alerts": reverse.alerts,
        "left": str(left),
        "next_wakeup": reverse.wakeup(),
    }
