"""An executable model of the payment state machine, for the expected values of the flow vectors.

It was written from the design's text alone, without a look at the Rust code, so that a rule that one of the two
misread shows up as a difference. It is slow and keeps everything in plain attributes. It knows no bytes: a request
is only its operation, and a reply is the parsed body.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import refund_model

MINUTE = 60_000
DAY = 86_400_000
YEAR = 365 * DAY
LAST_TIME = 253_402_300_799_999  # the end of the year 9999

SHARED = {
    "reply_time": 5_000,
    "resend_delay": 3_000,
    "resend_limit": 3,
    "not_sent_delay": 3_000,
    "not_sent_limit": 3,
    "inquiry_interval": 3_000,
    "inquiry_limit": 20,
    "customer_first_inquiry": 15_000,
    "customer_inquiry_interval": 5_000,
    "cancel_interval": 5_000,
    "cancel_fast_period": 60_000,
    "cancel_slow_interval": 60_000,
    "clock_margin": 60_000,
    "refund_after_cancel_window": "automatic",
    "refund_interval": 5_000,
    "refund_fast_period": 60_000,
    "refund_slow_interval": 60_000,
    "refund_slow_period": DAY,
    "refund_missing_delay": 15_000,
    "refund_missing_limit": 3,
}
PRESETS = {
    "ams": SHARED | {
        "protocol": "ams", "resend_unknown": False, "expiry": 120_000, "closing_time": 600_000, "cancel_window": DAY,
    },
    "alipay_plus": SHARED | {
        "protocol": "alipay_plus", "resend_unknown": True, "expiry": 60_000, "closing_time": 180_000,
        "cancel_window": "next_day",
    },
}
COUNTS = {"resend_limit", "not_sent_limit", "inquiry_limit", "refund_missing_limit"}
FINAL = {"succeeded", "failed", "cancelled", "refunded", "unresolved"}
FORMS = ("redirectActionForm", "orderCodeForm", "challengeActionForm", "paymentUrl")
# Codes of pay that speak of the payment itself; the rest of the refusals speak of the request.
PAYMENT_REFUSED = {
    "EXPIRED_CODE", "PAYMENT_AMOUNT_EXCEED_LIMIT", "PAYMENT_COUNT_EXCEED_LIMIT", "PROCESS_FAIL", "RISK_REJECT",
    "USER_AMOUNT_EXCEED_LIMIT", "USER_BALANCE_NOT_ENOUGH", "USER_NOT_EXIST", "USER_STATUS_ABNORMAL",
}
TRAFFIC = "REQUEST_TRAFFIC_EXCEED_LIMIT"
# Codes of unsigned answers that blame the configuration, with the other names that the documents have for them.
BLAMES = {"CLIENT_INVALID", "INVALID_CLIENT", "KEY_NOT_FOUND", "SIGNATURE_INVALID", "INVALID_SIGNATURE"}


class Refused(Exception):
    """The machine refuses an event or a policy; the argument is the error's code."""


def parse_time(text: str) -> int:
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return round((moment - datetime(1970, 1, 1, tzinfo=timezone.utc)) / timedelta(milliseconds=1))


def make_policy(wanted: dict) -> dict:
    overrides = {name: value for name, value in wanted.items() if name != "preset"}
    policy = PRESETS[wanted["preset"]] | overrides
    if not 10 <= policy["inquiry_limit"] <= 20:
        raise Refused("policy.inquiry_limit")
    for name, value in policy.items():
        if isinstance(value, int) and not isinstance(value, bool) and name not in COUNTS:
            if not 0 < value < YEAR:
                raise Refused("policy.value")
    if policy["protocol"] == "alipay_plus" and policy["inquiry_limit"] * policy["inquiry_interval"] > MINUTE:
        raise Refused("policy.inquiry_window")
    return policy


@dataclass
class Sent:
    id: int
    operation: str
    at: int
    deadline: int
    open: bool = True
    not_sent: bool = False  # known: not one byte left
    refused: bool = False   # answered with a refusal
    answered: bool = False  # a verified reply came
    doubted: bool = False   # given out again after a restart, so it may have been carried out before
    blamed: bool = False    # its unsigned answer blames the configuration

    def can_have_left(self) -> bool:
        return self.doubted or not self.not_sent

    def can_be_accepted(self) -> bool:
        return self.can_have_left() and not self.refused


class Machine:
    def __init__(self, policy: dict, payment: dict):
        self.policy = policy
        self.payment = payment
        self.phase = "ready"
        self.begun = False
        self.last_now = 0
        self.sends: list[Sent] = []
        self.timers: dict[str, int] = {}
        self.intervals: dict[str, tuple[int, int]] = {}
        self.alerts: list[str] = []
        self.reason = ""
        # what is known of the payment
        self.exists = self.created = self.success_known = self.mismatched = self.id_taken = False
        self.presented = self.verified = False
        self.payment_id: str | None = None
        self.unsigned = self.wrong_keys = 0
        # Paying
        self.resends = self.retries = 0
        self.never_resend = False
        self.timer_is_retry = False
        # Confirming, and the inquiries after a cancel that was refused
        self.inquiries = 0
        self.round = ""      # "", "status" (ORDER_STATUS_INVALID) or "window"
        self.round_from = 0  # first send id that counts
        # Cancelling
        self.first_cancel: int | None = None
        self.unresolved_at = 0
        self.slow_cancel = self.no_funds = False
        # Refunding
        self.refund: refund_model.RefundRetry | None = None

    # -- events --------------------------------------------------------------------------------------------------

    def handle(self, event: dict, now: int) -> None:
        kind = event["type"]
        if not 0 <= now <= LAST_TIME:
            raise Refused("payment.time")
        if kind == "begin":
            if self.begun or self.phase != "ready":
                raise Refused("payment.already_begun")
        elif not self.begun and kind != "cancel_requested":
            raise Refused("payment.not_begun")
        sent = self.find(event) if kind in ("reply", "no_reply") else None
        # A clock that was set back: this event counts as one at the last time seen, and what was
        # measured from there moves back with the clock. Expiry and cancel window stay.
        back = max(0, self.last_now - now) if self.begun else 0
        self.now = now + back
        if kind == "begin":
            self.on_begin()
        elif kind == "reply":
            self.on_reply(sent, event["body"], event.get("signed_at"), event.get("stale", False), now)
        elif kind == "no_reply":
            if event.get("certainty") != "not_sent":
                self.suspect(sent, event)
            if event.get("certainty") == "not_sent":
                self.on_not_sent(sent)
            else:
                self.on_no_reply(sent)
        elif kind == "notified":
            self.on_notified(event["body"])
        elif kind == "cancel_requested":
            self.on_cancel_requested()
        elif kind == "resumed":
            for one in self.sends:
                one.doubted = one.doubted or not (one.answered or one.not_sent)
            self.on_resumed()
        self.run_overdue()
        if back:
            self.move_back(back)
        self.last_now = now

    def find(self, event: dict) -> Sent:
        operation = event.get("operation")
        if "send_id" in event:
            found = [one for one in self.sends if one.id == event["send_id"]]
            if found and operation is not None and found[0].operation != operation:
                raise Refused("payment.wrong_operation")
        else:
            found = [one for one in self.sends if operation in (None, one.operation)]
        if not found:
            raise Refused("payment.unknown_send")
        return found[-1]

    def move_back(self, back: int) -> None:
        for name in self.timers:
            if name not in ("window", "closing"):
                self.timers[name] -= back
        for sent in self.sends:
            sent.at -= back
            sent.deadline -= back
        for name, (since, delay) in self.intervals.items():
            self.intervals[name] = since - back, delay
        if self.first_cancel is not None:
            self.first_cancel -= back
        self.unresolved_at -= back
        if self.refund is not None:
            self.refund.move_back(back)

    def run_overdue(self) -> None:
        while self.phase not in FINAL:
            due = [one for one in self.sends if one.open and one.deadline <= self.now]
            if due:
                self.on_no_reply(min(due, key=lambda one: one.deadline))
                continue
            # the timers that end something come before those that repeat something
            if self.phase == "refunding":
                self.run_refund()
                return
            order = ("closing", "unresolved", "window", "wait", "pay", "inquiry", "cancel")
            names = [name for name in order if self.timers.get(name, self.now + 1) <= self.now]
            if not names:
                return
            del self.timers[names[0]]
            getattr(self, "timer_" + names[0])()

    def next_wakeup(self, deadlines_of_all: bool = True) -> int | None:
        if not self.begun or self.phase in FINAL:
            return None
        times = [self.refund.wakeup()] if self.phase == "refunding" else list(self.timers.values())
        times += [one.deadline for one in self.sends
                  if one.open and (deadlines_of_all or one.operation == "pay" and self.phase == "paying")]
        return min(times, default=None)

    # -- small parts ---------------------------------------------------------------------------------------------

    def send(self, operation: str) -> None:
        self.sends.append(Sent(len(self.sends) + 1, operation, self.now, self.now + self.policy["reply_time"]))

    def repeat(self, name: str, delay: int) -> None:
        self.timers[name], self.intervals[name] = self.now + delay, (self.now, delay)

    def double(self, name: str) -> None:
        """The traffic limit doubles the next interval."""
        if name in self.timers:
            since, delay = self.intervals[name]
            self.timers[name] = max(self.now, since + 2 * delay)

    def alert(self, kind: str) -> None:
        if kind not in self.alerts:
            self.alerts.append(kind)

    def end(self, phase: str, reason: str = "") -> None:
        self.phase, self.reason = phase, reason
        self.timers.clear()

    # -- Begin and pay -------------------------------------------------------------------------------------------

    def on_begin(self) -> None:
        code = self.payment["scenario"] == "PaymentCode"
        self.expiry = self.now + self.policy["expiry" if code else "closing_time"]
        if self.payment.get("payment_expiry_time"):
            stated = parse_time(self.payment["payment_expiry_time"])
            # AMS takes a stated time as it is; Alipay+ takes the earlier one
            self.expiry = stated if self.policy["protocol"] == "ams" else min(self.expiry, stated)
        if self.now >= self.expiry:
            raise Refused("payment.expired")
        self.begun, self.begin, self.closing = True, self.now, self.expiry
        self.phase = "paying"
        self.send("pay")

    def on_reply(self, sent: Sent, body: dict, signed_at: int | None, stale: bool, now: int) -> None:
        self.verified, self.wrong_keys = True, 0
        if signed_at is not None and abs(signed_at - now) > self.policy["clock_margin"]:
            self.alert("clock_skew")
        if body.get("paymentRequestId", self.payment["payment_request_id"]) != self.payment["payment_request_id"]:
            self.alert("id_mismatch")
            self.on_no_reply(sent)
            return
        if stale and not self.names_us(body):
            self.alert("stale_answer")
            self.on_no_reply(sent)
            return
        self.payment_id = self.payment_id or body.get("paymentId")
        sent.open, sent.answered, sent.not_sent = False, True, False
        status, code = result_of(body.get("result"))
        getattr(self, "reply_" + sent.operation)(sent, body, status, code)
        if (sent.operation == "inquiry" and "wait" in self.timers and "inquiry" not in self.timers
                and sent is self.latest("inquiry")):
            # only a missing answer to the last inquiry is waited for
            del self.timers["wait"]
            self.timer_wait()

    def names_us(self, body: dict) -> bool:
        ours = self.payment["payment_request_id"]
        return (body.get("paymentRequestId") == ours or body.get("refundRequestId") == "refund-" + ours
                or self.payment_id is not None and body.get("paymentId") == self.payment_id)

    def suspect(self, sent: Sent, event: dict) -> None:
        """An answer that could not be verified settles nothing, but may show a wrong configuration."""
        if self.phase in FINAL:
            return
        if event.get("unsigned_code") is not None:
            self.wrong_keys = 0
            if event["unsigned_code"] in BLAMES:
                self.unsigned += 1
                sent.blamed = sent.blamed or not sent.doubted
                if self.unsigned >= 2:
                    self.alert("configuration_suspected")
        elif event.get("wrong_key"):
            self.wrong_keys += 1
            if self.wrong_keys >= 3:
                self.alert("configuration_suspected")

    def configuration_blamed(self) -> bool:
        """Each pay was not sent or blamed the configuration, nothing verified arrived, and no form was presented."""
        pays = [one for one in self.sends if one.operation == "pay"]
        return (not self.verified and not self.presented and any(one.blamed for one in pays)
                and all(one.blamed or one.not_sent for one in pays))

    def on_resumed(self) -> None:
        if self.phase in FINAL:
            return
        if self.now >= self.expiry:
            # pay is never sent at or after its expiry, not even again
            open_pays = [one for one in self.sends if one.operation == "pay" and one.open]
            for one in open_pays:
                one.open = False
            if open_pays and self.phase == "paying":
                self.confirm(at_once=True)
        # what fell due meanwhile is asked once before it is given up
        answer_by = self.now + self.policy["reply_time"]
        if self.is_overdue("wait"):
            self.send("inquiry")
            self.timers["wait"] = answer_by
        if self.phase == "cancelling" and not self.round:
            if self.is_overdue("window"):
                self.timers["window"], self.timers["cancel"] = answer_by, self.now
            if self.is_overdue("unresolved") and self.configuration_blamed():
                self.timers["unresolved"] = self.unresolved_at = answer_by
                self.timers["cancel"] = self.now
        if self.phase == "refunding":
            self.refund.resumed(self.now)

    def is_overdue(self, name: str) -> bool:
        return name in self.timers and self.timers[name] <= self.now

    def on_no_reply(self, sent: Sent) -> None:
        if not sent.open:
            return
        sent.open = False
        if sent.operation == "pay" and self.phase == "paying":
            self.pay_unclear(missing=True)

    def pay_unclear(self, missing: bool, doubled: bool = False) -> None:
        """A U that allows a resend, or no reply."""
        if "pay" in self.timers:
            return
        delay = self.policy["resend_delay"] * (2 if doubled else 1)
        if (self.policy["resend_unknown"] and not self.never_resend and self.resends < self.policy["resend_limit"]
                and self.now + delay < self.expiry):
            self.timers["pay"] = self.now + delay
            self.timer_is_retry = False
        else:
            self.confirm(at_once=missing, doubled=doubled)

    def on_not_sent(self, sent: Sent) -> None:
        if sent.answered or sent.not_sent:
            return
        if sent.doubted:
            self.on_no_reply(sent)  # this try did not leave, but an earlier one may have
            return
        was_open, sent.open, sent.not_sent = sent.open, False, True
        if sent.operation == "refund" and self.phase == "refunding":
            self.end_refund(self.refund.not_sent(sent.id, self.now))
        if sent.operation != "pay":
            return
        if self.phase == "cancelling" and self.nothing_left():
            self.end("cancelled")
        elif self.phase == "confirming" and self.nothing_left():
            self.end("failed", "payment.not_sent")
        elif self.phase == "paying" and was_open:
            delay = self.policy["not_sent_delay"]
            if self.retries < self.policy["not_sent_limit"] and self.now + delay < self.expiry:
                self.retries += 1
                self.timers["pay"] = self.now + delay
                self.timer_is_retry = True
            else:
                self.retries_exhausted()

    def retries_exhausted(self) -> None:
        if self.nothing_left():
            self.end("failed", "payment.not_sent")
        else:
            self.pay_unclear(missing=True)

    def nothing_left(self) -> bool:
        return not self.exists and not any(one.can_have_left() for one in self.sends if one.operation == "pay")

    def timer_pay(self) -> None:
        if self.now < self.expiry:
            self.resends += not self.timer_is_retry
            self.send("pay")
        elif self.timer_is_retry:
            self.retries_exhausted()
        else:
            self.confirm(at_once=True)

    def reply_pay(self, sent: Sent, body: dict, status: str, code: str) -> None:
        form = any(body.get(name) for name in FORMS)
        customer = self.payment["scenario"] != "PaymentCode"
        code_created = customer and (form or not body.get("paymentTime"))
        if status == "U" and form or status == "S" and code_created:
            self.created = True
            # a code that was created is no evidence of an order that somebody took up
            self.exists = self.exists or not customer
            if not self.present(body) and self.phase == "paying":
                self.start_awaiting(body)
        elif status == "S":
            self.succeed(body, sent)
        elif status == "F":
            self.pay_refused(sent, code)
        elif code == "PAYMENT_IN_PROCESS":
            self.exists = self.never_resend = True
            if self.phase == "paying":
                self.confirm(at_once=False)
        elif self.phase == "paying" and sent is self.latest("pay"):
            self.pay_unclear(missing=False, doubled=code == TRAFFIC)

    def pay_refused(self, sent: Sent, code: str) -> None:
        if code in ("ORDER_IS_CLOSED", "ORDER_IS_CANCELED"):
            self.cancelled_fact()
        elif code == "REPEAT_REQ_INCONSISTENT":
            self.alert("id_taken")
            if self.phase in FINAL:
                return
            self.id_taken = True
            if self.phase != "confirming":
                self.timers.clear()
                self.confirm(at_once=False)
        elif code == "SYSTEM_ERROR":
            if self.phase == "paying":
                self.confirm(at_once=False)
        else:
            sent.refused = True
            if self.phase in FINAL:
                if code in PAYMENT_REFUSED:
                    self.fail(code)
            elif self.created or any(one.can_be_accepted() for one in self.sends if one.operation == "pay"):
                if self.phase == "paying":
                    self.confirm(at_once=False)
            else:
                self.fail(code)

    def latest(self, operation: str) -> Sent:
        return [one for one in self.sends if one.operation == operation][-1]

    # -- evidence ------------------------------------------------------------------------------------------------

    def succeed(self, body: dict, sent: Sent | None, notified: bool = False) -> None:
        """Success of the payment, from a pay reply, an inquiry or a notification."""
        amount = self.amount_of(body)
        if amount == "differs":
            self.alert("amount_mismatch")
            self.mismatched = True
        if self.phase in FINAL:
            if self.phase == "unresolved":
                self.alert("late_evidence")
            elif self.phase != "succeeded" and not self.success_known:
                self.alert("conflicting_evidence")
            return
        self.exists = True
        counts = self.round and sent is not None and sent.operation == "inquiry" and sent.id >= self.round_from
        if self.id_taken and not (amount == "absent" and notified):
            self.end("unresolved", "id_taken")
        elif self.phase == "cancelling":
            self.success_known = True
            if counts and self.mismatched:
                self.end("unresolved", "amount_mismatch")
            elif counts and self.policy["refund_after_cancel_window"] == "ask":
                self.alert("refund_consent")
                self.end("unresolved", "refund_consent")
            elif counts:
                self.start_refund()
        elif self.phase == "refunding":
            return
        elif amount == "differs":
            self.dispute()
        elif amount == "absent" and notified:
            self.inquire_now()
        elif amount == "same" or not self.mismatched:
            self.success_known = True
            self.end("succeeded")

    def amount_of(self, body: dict) -> str:
        amount = body.get("paymentAmount")
        if amount is None:
            return "absent"
        ours = self.payment["amount"]
        same = (isinstance(amount, dict) and str(amount.get("value")) == ours["value"]
                and amount.get("currency") == ours["currency"])
        return "same" if same else "differs"

    def fail(self, code: str) -> None:
        if self.phase == "succeeded":
            self.alert("conflicting_evidence")
        elif self.phase == "unresolved":
            self.alert("late_evidence")
        elif self.phase == "refunding":
            self.alert("conflicting_evidence")
        elif self.phase not in FINAL:
            if self.success_known:
                self.alert("conflicting_evidence")  # money that was taken stays visible
            self.end("failed", code)

    def cancelled_fact(self) -> None:
        if self.phase == "succeeded":
            self.alert("conflicting_evidence")
        elif self.phase == "unresolved":
            self.alert("late_evidence")
        elif self.phase not in FINAL:
            self.end("cancelled")

    # -- inquiries -----------------------------------------------------------------------------------------------

    def confirm(self, at_once: bool, doubled: bool = False) -> None:
        self.phase, self.inquiries = "confirming", 0
        for name in ("pay", "closing", "inquiry", "wait"):
            self.timers.pop(name, None)
        delay = 0 if at_once else self.policy["inquiry_interval"] * (2 if doubled else 1)
        self.repeat("inquiry", delay)

    def dispute(self) -> None:
        """No cancel by itself from here on: inquiries, for customers' codes until the closing time."""
        if self.payment["scenario"] == "PaymentCode":
            if self.phase != "confirming":
                self.confirm(at_once=False)
        elif self.phase != "confirming" or "closing" not in self.timers and self.closing > self.now:
            self.phase, self.inquiries = "confirming", 0
            self.timers = {"closing": self.closing}
            self.repeat("inquiry", self.policy["customer_inquiry_interval"])

    def present(self, body: dict) -> bool:
        """A form is presented once, until the closing time, a cancel, or a doubt about the payment."""
        if (not any(body.get(name) for name in FORMS) or self.presented or self.mismatched or self.id_taken
                or self.phase not in ("paying", "awaiting_customer", "confirming") or self.closing <= self.now):
            return False
        self.presented = True
        if self.payment["scenario"] == "PaymentCode":
            self.alert("customer_action_required")
        self.start_awaiting(body)
        return True

    def start_awaiting(self, body: dict) -> None:
        form = body.get("orderCodeForm") or {}
        if isinstance(form, dict) and form.get("expireTime"):
            self.closing = min(self.closing, parse_time(form["expireTime"]))
        self.phase = "awaiting_customer"
        self.timers = {"closing": self.closing}
        self.repeat("inquiry", self.policy["customer_first_inquiry"])

    def timer_closing(self) -> None:
        """One more inquiry, one reply time, then the cancel."""
        self.phase = "confirming"
        self.timers = {"wait": self.now + self.policy["reply_time"]}
        self.send("inquiry")

    def timer_inquiry(self) -> None:
        self.send("inquiry")
        if "closing" in self.timers:
            self.repeat("inquiry", self.policy["customer_inquiry_interval"])
            return
        self.inquiries += 1
        self.timers.pop("wait", None)
        if self.inquiries < self.policy["inquiry_limit"]:
            self.repeat("inquiry", self.policy["inquiry_interval"])
        else:
            self.timers["wait"] = self.now + self.policy["reply_time"]

    def inquire_now(self) -> None:
        if self.phase == "paying":
            self.confirm(at_once=True)
        elif self.phase in ("awaiting_customer", "confirming"):
            self.timers["inquiry"] = self.now

    def timer_wait(self) -> None:
        """The inquiries are exhausted."""
        self.timers.pop("inquiry", None)
        if self.id_taken:
            self.end("unresolved", "id_taken")
        elif self.phase == "confirming" and self.mismatched:
            self.end("unresolved", "amount_mismatch")
        elif self.phase == "confirming":
            self.start_cancel()
        elif self.round == "status":
            self.round, self.slow_cancel = "", True
            self.timers["cancel"] = self.now
        else:
            self.end("unresolved", "cancel_window")

    def reply_inquiry(self, sent: Sent, body: dict, status: str, code: str) -> None:
        if status != "S":
            if code == TRAFFIC:
                self.double("inquiry")
            self.present(body)
            return
        word, code = self.payment_status(body)
        if word is not None:
            self.exists = True
        self.payment_result(word, code, body, sent)

    def payment_status(self, body: dict) -> tuple[str | None, str]:
        if self.policy["protocol"] == "ams":
            word, code = body.get("paymentStatus"), body.get("paymentResultCode", "")
            if word is None:
                return None, ""
            names = {"SUCCESS": "S", "FAIL": "F", "CANCELLED": "C", "PROCESSING": "U", "PENDING": "U"}
            return names.get(word.upper(), "?"), code
        if body.get("paymentResult") is None:
            return None, ""
        return result_of(body["paymentResult"])

    def payment_result(self, word: str | None, code: str, body: dict, sent: Sent | None) -> None:
        if word == "S":
            self.succeed(body, sent, notified=sent is None)
        elif word == "F" and code == "ORDER_IS_CLOSED" or word == "C":
            self.cancelled_fact()
        elif word == "F":
            self.fail(code)
        elif word == "?":
            self.alert("unknown_word")
        if word in (None, "U", "?") and sent is not None:
            self.present(body)

    def on_notified(self, body: dict) -> None:
        self.verified, self.wrong_keys = True, 0
        if "refundRequestId" in body or "refundStatus" in body:
            self.on_refund_notified(body)
            return
        if body.get("paymentRequestId", self.payment["payment_request_id"]) != self.payment["payment_request_id"]:
            self.alert("id_mismatch")
            return
        self.payment_id = self.payment_id or body.get("paymentId")
        field = "result" if self.policy["protocol"] == "ams" else "paymentResult"
        if body.get(field) is not None:
            self.exists = True
            self.payment_result(*result_of(body[field]), body, None)

    # -- cancel --------------------------------------------------------------------------------------------------

    def on_cancel_requested(self) -> None:
        if self.phase == "ready":
            self.end("cancelled")
        elif self.phase in ("paying", "awaiting_customer", "confirming") and not self.id_taken:
            if self.nothing_left():
                self.end("cancelled")
            else:
                self.start_cancel()

    def start_cancel(self) -> None:
        self.phase, self.first_cancel = "cancelling", self.now
        self.unresolved_at = self.now + self.policy["cancel_fast_period"]
        if self.policy["cancel_window"] == "next_day":
            there = datetime.fromtimestamp(self.begin / 1000, timezone(timedelta(hours=8)))
            end = there.replace(hour=0, minute=15, second=0, microsecond=0) + timedelta(days=1)
            window = round(end.timestamp() * 1000)
        else:
            window = self.begin + self.policy["cancel_window"]
        # 60 s each in the presets: the fast period, and one slow call after expiry and margin
        window = max(window, self.now + self.policy["cancel_fast_period"],
                     self.expiry + self.policy["clock_margin"] + self.policy["cancel_slow_interval"])
        self.timers = {"window": window, "cancel": self.now, "unresolved": self.now + self.policy["cancel_fast_period"]}

    def timer_unresolved(self) -> None:
        if self.configuration_blamed():
            self.alert("configuration_suspected")
            self.end("unresolved", "configuration")
        elif not self.no_funds:  # otherwise a human was told already
            self.alert("cancel_unresolved")

    def timer_cancel(self) -> None:
        self.send("cancel")
        slow = self.slow_cancel
        if self.now - self.first_cancel >= self.policy["cancel_fast_period"]:
            slow = True
            if self.now >= self.unresolved_at:
                self.timer_unresolved()
                if self.phase in FINAL:
                    return
        self.repeat("cancel", self.policy["cancel_slow_interval" if slow else "cancel_interval"])

    def timer_window(self) -> None:
        if self.round:
            self.round = "window"
        else:
            self.start_round("window")

    def start_round(self, why: str) -> None:
        """Inquiries of which only those sent from now on count."""
        self.timers.pop("cancel", None)
        if why == "window":
            self.timers.pop("window", None)
        if self.round and (self.round, why) != ("status", "window"):
            return
        self.timers.pop("wait", None)
        self.timers.pop("unresolved", None)
        self.round, self.round_from, self.inquiries = why, len(self.sends) + 1, 0
        self.repeat("inquiry", self.policy["inquiry_interval"])

    def reply_cancel(self, sent: Sent, body: dict, status: str, code: str) -> None:
        if status == "S" or status == "F" and code in ("ORDER_IS_CANCELED", "ORDER_IS_CLOSED"):
            self.cancelled_fact()
            return
        if self.phase != "cancelling":
            return
        if status == "U":
            if code == TRAFFIC:
                self.double("cancel")
        elif code == "ORDER_NOT_EXIST":
            if self.exists:
                self.alert("conflicting_evidence")
            elif sent.at > self.expiry + self.policy["clock_margin"]:
                self.end("cancelled")
        elif code in ("ORDER_STATUS_INVALID", "CANCEL_WINDOW_EXCEED"):
            self.exists = True
            self.start_round("status" if code == "ORDER_STATUS_INVALID" else "window")
        elif code == "MERCHANT_BALANCE_NOT_ENOUGH":
            self.alert("merchant_balance_not_enough")
            already_slow = self.slow_cancel or self.now - self.first_cancel >= self.policy["cancel_fast_period"]
            self.exists = self.slow_cancel = self.no_funds = True
            self.timers.pop("unresolved", None)
            if not already_slow and "cancel" in self.timers:
                self.repeat("cancel", self.policy["cancel_slow_interval"])
        else:
            self.alert("unexpected_refusal")

    # -- refund --------------------------------------------------------------------------------------------------

    def start_refund(self) -> None:
        self.phase, self.timers = "refunding", {}
        self.refund = refund_model.RefundRetry(self.policy, self.now)

    def run_refund(self) -> None:
        due = self.refund.due(self.now)
        if due == "gave_up":
            self.end("unresolved", "refund")
        elif due is not None:
            self.send(due)
            self.refund.was_sent(len(self.sends), due)

    def on_refund_notified(self, body: dict) -> None:
        """A notification about a refund says nothing about the payment; our own refund's is evidence."""
        ours = {"currency": self.payment["amount"]["currency"], "value": self.payment["amount"]["value"]}
        if body.get("refundRequestId") is None:
            return
        if body["refundRequestId"] != f"refund-{self.payment['payment_request_id']}":
            self.alert("id_mismatch")
        elif body.get("refundAmount", ours) != ours:
            self.alert("amount_mismatch")
        elif self.phase == "refunding":
            self.end_refund(self.refund.stated(body))
        elif self.phase == "unresolved" and str(body.get("refundStatus")).upper() == "SUCCESS":
            self.alert("late_evidence")

    def reply_refund(self, sent: Sent, body: dict, status: str, code: str) -> None:
        if self.phase == "refunding":
            end = self.refund.answered(sent.id, body)
            if status == "F" and code not in ("SYSTEM_ERROR", "ORDER_IS_CANCELED") and not refund_model.is_refusal(code):
                self.alert("unexpected_refusal")
            self.end_refund(end)
        elif self.phase == "unresolved" and (status == "S" or status == "F" and code == "ORDER_IS_CANCELED"):
            self.alert("late_evidence")

    def reply_refund_inquiry(self, sent: Sent, body: dict, status: str, code: str) -> None:
        if self.phase == "refunding":
            self.end_refund(self.refund.asked(sent.id, body, self.now))
        elif self.phase == "unresolved" and status == "S" and str(body.get("refundStatus", "")).upper() == "SUCCESS":
            self.alert("late_evidence")

    def end_refund(self, end: tuple[str, str] | None) -> None:
        outcome = end[0] if end else ""
        if outcome == "unknown_word":
            self.alert("unknown_word")
        elif outcome == "failed":
            self.alert("refund_failed")
            self.end("unresolved", "refund_failed")
        elif outcome:
            self.end({"refunded": "refunded", "order_cancelled": "cancelled"}[outcome])


def result_of(result: dict | None) -> tuple[str, str]:
    """Status letter and code; letters are exact, and an unknown or missing one is U."""
    result = result if isinstance(result, dict) else {}
    status = result.get("resultStatus")
    return (status if status in ("S", "F", "U") else "U"), result.get("resultCode", "")


def run(case: dict) -> dict:
    """The result of a `flow` case; `next_wakeup` is left out where the design does not fix it."""
    try:
        machine = Machine(make_policy(case["policy"]), case["payment"])
        for entry in case["events"]:
            if entry["event"]["type"] != "ticks":
                machine.handle(entry["event"], entry["at"])
                continue
            while (wakeup := machine.next_wakeup(False)) is not None and wakeup <= entry["at"]:
                machine.handle({"type": "tick"}, wakeup)
    except Refused as refused:
        return {"error": refused.args[0]}
    result = {
        "state": machine.phase,
        "outcome": machine.phase if machine.phase in FINAL else None,
        "sends": [one.operation for one in machine.sends],
        "alerts": machine.alerts,
    }
    # The deadline of an inquiry, a cancel or a refund changes nothing when it passes, nor does that of a pay after
    # Paying, so a machine may wake for it or not.
    if machine.next_wakeup(True) == machine.next_wakeup(False):
        result["next_wakeup"] = machine.next_wakeup()
    return result
