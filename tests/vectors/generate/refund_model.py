"""An executable model of refunds, for the expected values of the refund vectors.

Written from the rules as text and in a shape of its own: the refund by the merchant, and the course of one refund
request, which the model of payments uses too. It is slow and keeps every copy as an object. It knows no bytes: a request
is only its operation, and a message is the parsed body. Its list of codes is the one of advice.py, copied from the
public pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from advice import DOCUMENTED_REFUSALS, GATE_KEEPING

TRAFFIC = "REQUEST_TRAFFIC_EXCEED_LIMIT"
BALANCE = "MERCHANT_BALANCE_NOT_ENOUGH"
NOT_SENT = "refund.not_sent"
FINAL = {"refunded", "order_cancelled", "failed", "unresolved"}


class Refused(Exception):
    """The machine refuses an event; the argument is the error's code."""


def result_of(body: dict) -> tuple[str, str]:
    """Status letter, which is read exactly, and code."""
    result = body.get("result") if isinstance(body.get("result"), dict) else {}
    status = result.get("resultStatus")
    return (status if status in ("S", "F") else "U"), str(result.get("resultCode") or "")


def is_refusal(code: str) -> bool:
    """Whether an F with this code, as the answer to a copy, says that it was not carried out."""
    return code in GATE_KEEPING or (code in DOCUMENTED_REFUSALS and code != "SYSTEM_ERROR")


@dataclass
class Copy:
    """One sending of the refund."""

    id: int
    fate: str = "open"     # open, not_sent, refused, taken
    doubted: bool = False  # given out again after a restart, so it may have been carried out before


class RefundRetry:
    """The course of one refund request. What a method returns is the end: an outcome and a code, or None."""

    def __init__(self, policy: dict, now: int):
        self.policy, self.begun = policy, now
        self.next = now
        self.end = now + policy["refund_fast_period"] + policy["refund_slow_period"]
        self.delay = 0
        self.copies: list[Copy] = []
        self.last_send = 0
        self.slow = self.asking = self.doubled = False
        self.missing = self.early_repeats = 0
        self.shown = False                     # the gateway has shown that it has the refund
        self.refused_by: tuple[str, int] | None = None  # the refund itself was refused: code, latest send by then
        self.turned_away_by: str | None = None          # a copy was turned away at the gate

    @property
    def ams(self) -> bool:
        return self.policy["protocol"] == "ams"

    def wakeup(self) -> int:
        return min(self.next, self.end)

    def move_back(self, back: int) -> None:
        self.begun, self.next, self.end = self.begun - back, self.next - back, self.end - back

    # -- what is due ---------------------------------------------------------------------------------------------

    def due(self, now: int) -> str | None:
        """An operation to send, or "gave_up"."""
        if now >= self.end:
            if self.next >= self.end:
                return "gave_up"
            # Something was due before the end and nobody was there: it is asked once, for one reply time.
            self.next = self.end = now + self.policy["reply_time"]
            return "refund_inquiry" if self.ams else "refund"
        if now < self.next:
            return None
        if not self.slow and now - self.begun >= self.policy["refund_fast_period"]:
            self.slow, self.asking = True, True
        ask = self.ams and self.asking
        self.asking = self.asking or self.slow
        self.doubled = False
        self.delay = self.policy["refund_slow_interval" if self.slow else "refund_interval"]
        self.next = now + self.delay
        return "refund_inquiry" if ask else "refund"

    def was_sent(self, send_id: int, operation: str) -> None:
        self.last_send = send_id
        if operation == "refund":
            self.copies.append(Copy(send_id))

    def resumed(self, now: int) -> None:
        for copy in self.copies:
            copy.doubted = copy.doubted or copy.fate == "open"
        if now >= self.end:
            self.next = min(self.next, self.end - 1)

    # -- what is heard -------------------------------------------------------------------------------------------

    def copy(self, send_id: int) -> Copy:
        return next(one for one in self.copies if one.id == send_id)

    def nothing_left(self) -> bool:
        return all(one.fate == "not_sent" for one in self.copies)

    def settled(self) -> tuple[str, str] | None:
        """A refusal is the end once no copy can have been carried out."""
        code = self.refused_by[0] if self.refused_by else self.turned_away_by
        if code and all(one.fate in ("not_sent", "refused") for one in self.copies):
            return "failed", code
        return None

    def not_sent(self, send_id: int, now: int) -> tuple[str, str] | None:
        copy = self.copy(send_id)
        if copy.fate != "open" or copy.doubted:
            return None
        copy.fate = "not_sent"
        if self.early_repeats >= self.policy["not_sent_limit"]:
            if self.nothing_left():
                return "failed", NOT_SENT
        elif send_id == self.last_send:
            self.early_repeats += 1
            self.asking = False
            self.next = min(self.next, now + self.policy["not_sent_delay"])
        return self.settled()

    def answered(self, send_id: int, body: dict) -> tuple[str, str] | None:
        status, code = result_of(body)
        copy = self.copy(send_id)
        end = None
        if status == "S":
            return "refunded", ""
        if status == "F" and code == "ORDER_IS_CANCELED":
            return "order_cancelled", ""
        if status == "U" and code in ("REFUND_IN_PROCESS", "PAYMENT_IN_PROCESS"):
            self.shown = self.asking = True
            copy.fate = "taken"
        elif copy.fate == "taken":
            pass
        elif status == "F" and is_refusal(code):
            copy.fate = "refused"
        else:
            copy.fate = "open"
        if status == "F" and is_refusal(code):
            if code not in GATE_KEEPING:
                if self.refused_by is None:
                    self.refused_by, self.missing = (code, self.last_send), 0
                self.asking = True
            elif code != TRAFFIC and self.turned_away_by is None:
                self.turned_away_by = code
            end = self.settled()
        if end is None and code == TRAFFIC:
            self.double()
        return end

    def asked(self, send_id: int, body: dict, now: int) -> tuple[str, str] | None:
        """The answer to an inquiry; its result only says whether the inquiry worked."""
        status, code = result_of(body)
        if status == "S":
            return self.stated(body)
        if code == TRAFFIC:
            self.double()
        if status == "F" and code == "ORDER_NOT_EXIST" and send_id == self.last_send:
            if self.refused_by and send_id <= self.refused_by[1]:
                return None
            if self.missing < self.policy["refund_missing_limit"]:
                self.missing += 1
                self.next = now + self.policy["refund_missing_delay"]
            elif self.refused_by and not self.shown:
                return "failed", self.refused_by[0]
            else:
                self.missing, self.asking, self.next = 0, False, now
        return None

    def stated(self, body: dict) -> tuple[str, str] | None:
        """What refundStatus says, in an inquiry or a notification."""
        word = str(body.get("refundStatus") or "").upper()
        if not word:
            return None
        self.shown = True
        if word == "SUCCESS":
            return "refunded", ""
        if word == "FAIL":
            code = body.get("refundResultCode") or result_of(body)[1]
            return "failed", code if code not in ("", "SUCCESS") else "PROCESS_FAIL"
        return None if word == "PROCESSING" else ("unknown_word", "")

    def double(self) -> None:
        """The traffic limit doubles the next interval."""
        if not self.doubled:
            self.doubled = True
            self.next += self.delay


class Refund:
    """One refund by the merchant, and what is left of its payment."""

    def __init__(self, policy: dict, case: dict):
        self.policy, self.case = policy, case
        self.id, self.amount = case["refund_request_id"], case["amount"]
        self.course: RefundRetry | None = None
        self.phase, self.code = "ready", None
        self.sends: list[str] = []
        self.alerts: list[str] = []
        self.last_now: int | None = None
        self.heard_made = self.heard_not_made = False
        self.resolved: str | None = None

    def handle(self, event: dict, now: int) -> None:
        kind = event["type"]
        if kind == "resolve":
            return self.resolve(event)
        if kind == "begin":
            if self.course is not None:
                raise Refused("refund.already_begun")
        elif self.course is None:
            raise Refused("refund.not_begun")
        send_id, operation = self.find(event) if kind in ("reply", "no_reply") else (0, "")
        if self.course is not None and self.phase not in FINAL and self.last_now is not None:
            self.course.move_back(max(0, self.last_now - now))
        self.last_now = now
        if kind == "begin":
            self.course, self.phase = RefundRetry(self.policy, now), "refunding"
        elif kind == "reply":
            self.reply(send_id, operation, event["body"], now)
        elif kind == "notified":
            if event["body"].get("refundRequestId") is not None and self.ours(event["body"]):
                self.conclude(self.course.stated(event["body"]), about_refund=True)
        elif kind == "no_reply" and event.get("certainty") == "not_sent" and operation == "refund":
            if self.phase not in FINAL:
                self.conclude(self.course.not_sent(send_id, now))
        elif kind == "resumed" and self.phase not in FINAL:
            self.course.resumed(now)
        if self.phase not in FINAL:
            self.run_due(now)

    def find(self, event: dict) -> tuple[int, str]:
        wanted = event.get("operation")
        if "send_id" in event:
            if not 1 <= event["send_id"] <= len(self.sends):
                raise Refused("refund.unknown_send")
            operation = self.sends[event["send_id"] - 1]
            if wanted not in (None, operation):
                raise Refused("refund.wrong_operation")
            return event["send_id"], operation
        for index in range(len(self.sends), 0, -1):
            if wanted in (None, self.sends[index - 1]):
                return index, self.sends[index - 1]
        raise Refused("refund.unknown_send")

    def run_due(self, now: int) -> None:
        due = self.course.due(now)
        if due == "gave_up":
            if self.course.nothing_left():
                self.phase, self.code = "failed", NOT_SENT
            else:
                self.phase = "unresolved"
        elif due is not None:
            self.sends.append(due)
            self.course.was_sent(len(self.sends), due)

    def ours(self, body: dict) -> bool:
        if body.get("refundRequestId") is not None and str(body["refundRequestId"]) != self.id:
            self.alert("id_mismatch")
            return False
        amount = body.get("refundAmount")
        if amount is not None:
            same = (isinstance(amount, dict) and amount.get("currency") == self.amount["currency"]
                    and str(amount.get("value")).isdigit() and int(amount["value"]) == int(self.amount["value"]))
            if not same:
                self.alert("amount_mismatch")
                return False
        return True

    def reply(self, send_id: int, operation: str, body: dict, now: int) -> None:
        if not self.ours(body):
            return
        status, code = result_of(body)
        if operation == "refund" and self.phase not in FINAL and status == "F":
            if not is_refusal(code) and code not in ("SYSTEM_ERROR", "ORDER_IS_CANCELED"):
                self.alert("unexpected_refusal")
            if code == BALANCE:
                self.alert("merchant_balance_not_enough")
        if operation == "refund":
            self.conclude(self.course.answered(send_id, body))
        else:
            self.conclude(self.course.asked(send_id, body, now), about_refund=True)

    def conclude(self, end: tuple[str, str] | None, about_refund: bool = False) -> None:
        if end is None:
            return
        outcome, code = end
        if self.phase in FINAL:
            if outcome != "unknown_word":
                self.late(outcome, about_refund)
        elif outcome == "unknown_word":
            self.alert("unknown_word")
        else:
            self.phase, self.code = outcome, code or None

    def late(self, outcome: str, about_refund: bool) -> None:
        """The outcome stands; what it says about the money counts."""
        made = outcome == "refunded"
        if self.phase == "unresolved":
            opposite = (self.heard_not_made or self.resolved == "not_made") if made else (
                self.heard_made or self.resolved == "made")
            self.alert("conflicting_evidence" if opposite else "late_evidence")
        elif self.phase == "refunded":
            if not made and (about_refund or outcome == "order_cancelled"):
                self.alert("conflicting_evidence")
            return
        elif made:
            self.alert("conflicting_evidence")
        else:
            return
        if made:
            self.heard_made = True
        else:
            self.heard_not_made = True

    def resolve(self, event: dict) -> None:
        if not event["who"].strip():
            raise Refused("request.missing")
        if self.phase != "unresolved" or self.heard_made or self.heard_not_made:
            raise Refused("refund.not_unresolved")
        if self.resolved not in (None, event["resolved"]):
            raise Refused("refund.not_unresolved")
        self.resolved = event["resolved"]

    def alert(self, kind: str) -> None:
        if kind not in self.alerts:
            self.alerts.append(kind)

    def left(self) -> int:
        """Open and unresolved count as spent; where two sources differ, the money counts as given back."""
        given = self.phase == "refunded" or self.heard_made or self.resolved == "made"
        free = self.phase in ("failed", "order_cancelled") or self.heard_not_made or self.resolved == "not_made"
        spent = given or not free
        return int(self.case["paid"]["value"]) - (int(self.amount["value"]) if spent else 0)

    def wakeup(self) -> int | None:
        return self.course.wakeup() if self.course is not None and self.phase not in FINAL else None


def run(policy: dict, case: dict, events: list[dict]) -> dict:
    """The result of a `refund` case."""
    try:
        refund = Refund(policy, case)
        for entry in events:
            if entry["event"]["type"] != "ticks":
                refund.handle(entry["event"], entry["at"])
                continue
            while (wakeup := refund.wakeup()) is not None and wakeup <= entry["at"]:
                refund.handle({"type": "tick"}, wakeup)
    except Refused as refused:
        return {"error": refused.args[0]}
    return {
        "state": refund.phase,
        "outcome": refund.phase if refund.phase in FINAL else None,
        "code": refund.code if refund.phase == "failed" else None,
        "sends": refund.sends,
        "alerts": refund.alerts,
        "left": str(refund.left()),
        "next_wakeup": refund.wakeup(),
    }
