"""Writes tests/vectors/refund.json: refunds by the merchant, driven by lists of events.

Every case states by hand the state (or the error) and the alerts that its rule asks for, and often the sends and what is
left; the model beside this file has to agree before the file is written, and fills in the rest.

    python3 tests/vectors/generate/refund.py
"""

import sys

import flow_model
import refund_model
from vector_file import finish

ID = "refund-20260301-7"
PAID = {"currency": "USD", "value": "1000"}
OURS = {"currency": "USD", "value": "400"}
AMS, PLUS = "ams", "alipay_plus"
BOTH = (AMS, PLUS)
SECOND, MINUTE, DAY = 1_000, 60_000, 86_400_000
END = MINUTE + DAY
SPENT, FREE = "600", "1000"

cases = []
disagreements = []


# -- the parts of a case ------------------------------------------------------------------------------------------

def at(time, kind, **fields):
    return {"at": time, "event": {"type": kind, **fields}}


def begin(time=0):
    return at(time, "begin")


def ticks(time):
    return at(time, "ticks")


def tick(time):
    return at(time, "tick")


def resumed(time):
    return at(time, "resumed")


def with_id(send_id):
    return {} if send_id is None else {"send_id": send_id}


def reply(time, body, send_id=None, operation="refund"):
    return at(time, "reply", operation=operation, body=body, **with_id(send_id))


def asked(time, body, send_id=None):
    return reply(time, body, send_id, "refund_inquiry")


def no_reply(time, certainty="unknown", send_id=None, operation="refund"):
    return at(time, "no_reply", operation=operation, certainty=certainty, **with_id(send_id))


def notified(time, body):
    return at(time, "notified", body=body)


def resolve(time, resolved, who="Mei"):
    return at(time, "resolve", resolved=resolved, who=who, note="seen in the portal")


def answer(status, code, **more):
    return {"result": {"resultStatus": status, "resultCode": code, "resultMessage": "text"}, **more}


def done(**more):
    return answer("S", "SUCCESS", **more)


def refused(code):
    return answer("F", code)


def unknown(code="UNKNOWN_EXCEPTION"):
    return answer("U", code)


def status(word, **more):
    return done(refundStatus=word, **more)


def notice(word, refund=ID, amount=OURS, **more):
    body = {"notifyType": "REFUND_RESULT", **done(), "refundStatus": word, "refundRequestId": refund,
            "refundId": "2026030119401080010029999", "refundAmount": amount, **more}
    return {name: value for name, value in body.items() if value is not None}


NOT_THERE = refused("ORDER_NOT_EXIST")
IN_PROCESS = unknown("REFUND_IN_PROCESS")
TRAFFIC = "REQUEST_TRAFFIC_EXCEED_LIMIT"
WINDOW = refused("REFUND_WINDOW_EXCEED")
FORBIDDEN = refused("ACCESS_DENIED")


def sends(text):
    """`refund refund_inquiry*3` as a list."""
    out = []
    for part in text.split():
        operation, _, count = part.partition("*")
        out += [operation] * int(count or 1)
    return out


def case(name, rule, preset, events, state, alerts="", sent=None, left=None, code=None, policy=None, only=""):
    """`state` is a state or an error's code; `code` is that of a failed refund."""
    one = {"kind": "refund", "name": f"{preset}: {name}", "note": f"{rule}; source: the design",
           "policy": {"preset": preset, **(policy or {})},
           "refund": {"paid": PAID, "refund_request_id": ID, "amount": OURS}, "events": events}
    expected = refund_model.run(flow_model.make_policy(one["policy"]), one["refund"], events)
    by_hand = {"error": state} if "." in state else {"state": state, "alerts": alerts.split()}
    given = {"sends": None if sent is None else sends(sent), "left": left, "code": code}
    by_hand |= {key: value for key, value in given.items() if value is not None}
    for key, value in by_hand.items():
        if expected.get(key) != value:
            disagreements.append(f"{one['name']}: {key} by hand {value}, by the model {expected.get(key, expected)}")
    one["expected"] = {key: value for key, value in expected.items() if not only or key in only.split()}
    cases.append(one)


def both(name, rule, events, *rest, **more):
    """The same case in both presets; `events` is a function of the preset."""
    for preset in BOTH:
        case(name, rule, preset, events(preset), *rest, **more)


two = [begin(), ticks(5000)]  # two copies are open

# -- begin, errors --------------------------------------------------------------------------------------------------

both("not begun", "a refund that is entered counts as spent", lambda p: [], "ready", sent="", left=SPENT)
both("begin", "Begin sends the refund", lambda p: [begin()], "refunding", sent="refund", left=SPENT)
both("begin twice", "a second Begin is an error", lambda p: [begin(), begin(1)], "refund.already_begun")
both("begin after the end", "a second Begin is an error, also after the end",
     lambda p: [begin(), reply(1, done()), begin(2)], "refund.already_begun")
for kind in ("tick", "resumed"):
    both(f"{kind} before begin", "before Begin there is nothing", lambda p: [at(0, kind)], "refund.not_begun")
both("notified before begin", "before Begin there is nothing", lambda p: [notified(0, notice("SUCCESS"))],
     "refund.not_begun")
both("a send that was never given out", "send ids count up from 1", lambda p: [begin(), reply(1, done(), 2)],
     "refund.unknown_send")
both("send id zero", "send ids count up from 1", lambda p: [begin(), no_reply(1, "not_sent", 0)], "refund.unknown_send")
both("the operation of another send", "an operation that is not that send's is an error",
     lambda p: [begin(), asked(1, done(), 1)], "refund.wrong_operation")

# -- the course -----------------------------------------------------------------------------------------------------

both("S", "refunded", lambda p: [begin(), reply(300, done())], "refunded", sent="refund", left=SPENT)
both("silence for a minute", "the same request every 5 s for 60 s", lambda p: [begin(), ticks(59_999)], "refunding",
     sent="refund*12", left=SPENT)
case("silence for three minutes", "then inquiries every 60 s", AMS, [begin(), ticks(3 * MINUTE)], "refunding",
     sent="refund*12 refund_inquiry*3")
case("silence for three minutes", "then the same request every 60 s", PLUS, [begin(), ticks(3 * MINUTE)], "refunding",
     sent="refund*15")
both("silence for a day", "unresolved after 24 h, and it counts as spent", lambda p: [begin(), ticks(2 * DAY)],
     "unresolved", left=SPENT, only="state outcome code alerts left next_wakeup")
both("U", "U: the same request every 5 s", lambda p: [begin(), reply(300, unknown()), ticks(5000)], "refunding",
     sent="refund*2")
case("in process", "REFUND_IN_PROCESS: inquire, do not send again", AMS,
     [begin(), reply(300, IN_PROCESS), ticks(15_000)], "refunding", sent="refund refund_inquiry*3")
case("in process", "Alipay+ has no inquiry for refunds: the same request", PLUS,
     [begin(), reply(300, IN_PROCESS), ticks(15_000)], "refunding", sent="refund*4")
case("inquiry: SUCCESS", "refundStatus says what became of the refund", AMS,
     [begin(), ticks(MINUTE), asked(MINUTE + 1, status("SUCCESS"))], "refunded", left=SPENT)
case("inquiry: success in small letters", "status words are compared without regard to case", AMS,
     [begin(), ticks(MINUTE), asked(MINUTE + 1, status("success"))], "refunded")
case("inquiry: FAIL", "a refund that failed, whatever became of its copies", AMS,
     [begin(), ticks(MINUTE), asked(MINUTE + 1, status("FAIL", refundResultCode="RISK_REJECT"))], "failed", left=FREE,
     code="RISK_REJECT")
case("inquiry: FAIL without a code", "a refund that failed", AMS,
     [begin(), ticks(MINUTE), asked(MINUTE + 1, status("FAIL"))], "failed", left=FREE, code="PROCESS_FAIL")
case("inquiry: PROCESSING", "go on every 60 s", AMS,
     [begin(), ticks(MINUTE), asked(MINUTE + 1, status("PROCESSING")), ticks(2 * MINUTE)], "refunding",
     sent="refund*12 refund_inquiry*2")
case("inquiry: an undocumented word", "an unknown word goes on, with an alert", AMS,
     [begin(), ticks(MINUTE), asked(MINUTE + 1, status("HALF"))], "refunding", "unknown_word")
case("inquiry: the result alone says nothing", "only refundStatus tells about the money", AMS,
     [begin(), ticks(MINUTE), asked(MINUTE + 1, done())], "refunding")
case("inquiry: a small letter", "the status letter is exact", AMS,
     [begin(), ticks(MINUTE), asked(MINUTE + 1, answer("s", "SUCCESS", refundStatus="SUCCESS"))], "refunding")
both("a small letter", "the status letter is exact", lambda p: [begin(), reply(1, answer("s", "SUCCESS"))], "refunding")
both("a small f", "the status letter is exact",
     lambda p: [begin(), reply(1, answer("f", "REFUND_WINDOW_EXCEED")), ticks(5000)], "refunding", sent="refund*2")
missing = [begin(), ticks(MINUTE)]
for number in range(3):
    missing += [asked(MINUTE + number * 15_000, NOT_THERE), ticks(MINUTE + (number + 1) * 15_000)]
case("inquiry: not there", "asked again after 15 s, three times", AMS, missing, "refunding",
     sent="refund*12 refund_inquiry*4")
case("inquiry: never there", "then the refund is sent again", AMS, [*missing, asked(106_000, NOT_THERE)], "refunding",
     sent="refund*12 refund_inquiry*4 refund")
case("inquiry: an old answer again", "a repeated answer to an older inquiry is not counted", AMS,
     [*missing[:4], asked(76_000, NOT_THERE, 13)], "refunding", sent="refund*12 refund_inquiry*2")
both("traffic limit", "the traffic limit doubles the next interval, once",
     lambda p: [begin(), reply(1, unknown(TRAFFIC)), reply(2, unknown(TRAFFIC)), ticks(9_999)], "refunding",
     sent="refund")
both("order cancelled", "the cancel gave the money back", lambda p: [begin(), reply(1, refused("ORDER_IS_CANCELED"))],
     "order_cancelled", left=FREE)
both("order cancelled, said to a later copy", "cancel and refund exclude each other: final for every copy",
     lambda p: [*two, reply(5001, refused("ORDER_IS_CANCELED"), 2)], "order_cancelled", left=FREE)
both("order closed", "only a cancel gives the money back: refused", lambda p: [begin(), reply(1, refused("ORDER_IS_CLOSED"))],
     "failed", left=FREE, code="ORDER_IS_CLOSED")
both("another refund's id", "it says nothing about this refund", lambda p: [begin(), reply(1, done(refundRequestId="r-2"))],
     "refunding", "id_mismatch")
both("a list in place of the id", "an id that can't be read is another one",
     lambda p: [begin(), reply(1, done(refundRequestId=[ID]))], "refunding", "id_mismatch")
both("another amount", "it says nothing about this refund",
     lambda p: [begin(), reply(1, done(refundAmount={"currency": "USD", "value": "401"}))], "refunding",
     "amount_mismatch")
both("another currency", "it says nothing about this refund",
     lambda p: [begin(), reply(1, done(refundAmount={"currency": "EUR", "value": "400"}))], "refunding",
     "amount_mismatch")
both("the amount as a number", "amounts are compared as numbers",
     lambda p: [begin(), reply(1, done(refundAmount={"currency": "USD", "value": 400}))], "refunded")
both("the clock set back", "deadlines move back with the clock",
     lambda p: [begin(1_000_000), tick(200_000), ticks(205_000)], "refunding", sent="refund*2")

# -- refusals: the rules of pay ---------------------------------------------------------------------------------------

ONLY = "the refusal of the only copy that can have arrived is final"
for refusal in ("REFUND_WINDOW_EXCEED", "REFUND_AMOUNT_EXCEED", "ORDER_NOT_EXIST", "ORDER_STATUS_INVALID",
                "REPEAT_REQ_INCONSISTENT", "PROCESS_FAIL", "SIGNATURE_INVALID", "ACCESS_DENIED", "PARAM_ILLEGAL"):
    both(f"the only copy is refused: {refusal}", ONLY, lambda p: [begin(), reply(1, refused(refusal))], "failed",
         left=FREE, code=refusal)
both("the only copy is refused for want of balance", "failed; another attempt needs another id",
     lambda p: [begin(), reply(1, refused("MERCHANT_BALANCE_NOT_ENOUGH"))], "failed", "merchant_balance_not_enough",
     left=FREE, code="MERCHANT_BALANCE_NOT_ENOUGH")
both("the only copy is refused: SYSTEM_ERROR", "except SYSTEM_ERROR",
     lambda p: [begin(), reply(1, refused("SYSTEM_ERROR")), ticks(5000)], "refunding", sent="refund*2", left=SPENT)
for refusal in ("A_CODE_OF_TOMORROW", "", "UNKNOWN_EXCEPTION", "SUCCESS"):
    both(f"the only copy is refused: {refusal or 'no code'}", "except codes that are not documented for a refusal",
         lambda p: [begin(), reply(1, refused(refusal)), ticks(5000)], "refunding", "unexpected_refusal",
         sent="refund*2", left=SPENT)
both("the only copy is turned away: too many requests", "who is told to come less often comes again",
     lambda p: [begin(), reply(1, refused(TRAFFIC)), ticks(10_000), reply(10_001, WINDOW)], "failed",
     sent="refund*2", left=FREE)
LATER = "a refusal of a later copy is final only if every earlier copy is accounted for"
for name, refusal in (("refused", WINDOW), ("turned away", FORBIDDEN)):
    case(f"a later copy is {name}", LATER, PLUS, [*two, reply(5001, refusal, 2), ticks(10_000)], "refunding",
         sent="refund*3", left=SPENT)
    both(f"a later copy is {name}, the earlier one too", LATER,
         lambda p: [*two, reply(5001, refusal, 2), reply(5002, refused("REFUND_NOT_SUPPORTED"), 1)], "failed", left=FREE)
    both(f"a later copy is {name}, the earlier one was turned away", LATER,
         lambda p: [*two, reply(5001, refused("SIGNATURE_INVALID"), 1), reply(5002, refusal, 2)], "failed", left=FREE)
    both(f"a later copy is {name}, the earlier one did not leave", LATER,
         lambda p: [begin(), no_reply(1, "not_sent"), ticks(3001), reply(3002, refusal, 2)], "failed", left=FREE)
    both(f"a later copy is {name}, the earlier one is said late not to have left", LATER,
         lambda p: [*two, reply(5001, refusal, 2), no_reply(5002, "not_sent", 1)], "failed", left=FREE)
    both(f"a later copy is {name}, the earlier one was answered U", LATER,
         lambda p: [begin(), reply(1, unknown()), ticks(5000), reply(5001, refusal, 2)], "refunding", left=SPENT)
    both(f"a later copy is {name}, the earlier one succeeds", LATER,
         lambda p: [*two, reply(5001, refusal, 2), reply(5002, done(), 1)], "refunded", left=SPENT)
    both(f"an earlier copy is {name} while a later one is open", "that one can be carried out",
         lambda p: [*two, reply(5001, refusal, 1)], "refunding", left=SPENT)
case("a later copy is refused: asked", "AMS is asked what became of the others", AMS,
     [*two, reply(5001, WINDOW, 2), ticks(10_000)], "refunding", sent="refund*2 refund_inquiry")
case("a later copy is turned away: sent again", "that says nothing about the refund", AMS,
     [*two, reply(5001, FORBIDDEN, 2), ticks(10_000)], "refunding", sent="refund*3")
gone = [*two, reply(5001, WINDOW, 2), ticks(10_000)]
for number in range(3):
    gone += [asked(10_001 + number * 15_001, NOT_THERE), ticks(25_001 + number * 15_001)]
NEVER = "a refund that an inquiry does not find, asked three times more, was never placed"
case("a later copy is refused, inquiries find nothing", NEVER, AMS, gone, "refunding",
     sent="refund*2 refund_inquiry*4")
case("a later copy is refused, inquiries never find anything", NEVER, AMS, [*gone, asked(55_010, NOT_THERE)], "failed",
     left=FREE, code="REFUND_WINDOW_EXCEED")
case("the same after the gateway had it in process", "it had the refund: it is sent again", AMS,
     [*two, reply(5001, IN_PROCESS, 1), *gone[2:], asked(55_010, NOT_THERE)], "refunding",
     sent="refund*2 refund_inquiry*4 refund", left=SPENT)
case("an inquiry that was sent before the refusal", "it does not count for what was refused after it", AMS,
     [begin(), ticks(MINUTE), reply(60_001, WINDOW, 12), asked(60_002, NOT_THERE)], "refunding",
     sent="refund*12 refund_inquiry")
both("in process, then a refusal of the same copy", "what was taken once stays taken",
     lambda p: [begin(), reply(1, IN_PROCESS), reply(2, WINDOW, 1)], "refunding", left=SPENT)
case("a low balance, said to a later copy", "a person is told at once", PLUS,
     [*two, reply(5001, refused("MERCHANT_BALANCE_NOT_ENOUGH"), 2)], "refunding", "merchant_balance_not_enough")

# -- what did not leave ---------------------------------------------------------------------------------------------

not_sent = [begin()]
for number in range(3):
    not_sent += [no_reply(number * 3000, "not_sent"), ticks((number + 1) * 3000)]
both("not sent", "the same again after 3 s", lambda p: not_sent[:3], "refunding", sent="refund*2")
both("not sent three times", "at most three times more", lambda p: not_sent, "refunding", sent="refund*4")
both("not sent four times", "then failed, since no copy can have left", lambda p: [*not_sent, no_reply(9001, "not_sent")],
     "failed", sent="refund*4", left=FREE, code="refund.not_sent")
both("not sent, after a copy that was silent", "once a copy can have left it is silence",
     lambda p: [begin(), no_reply(1), ticks(5000), no_reply(5001, "not_sent"), ticks(8001), no_reply(8002, "not_sent"),
                ticks(11_002), no_reply(11_003, "not_sent"), ticks(14_003), no_reply(14_004, "not_sent")], "refunding",
     sent="refund*5", left=SPENT)
both("not sent, told late", "a NotSent that comes late still counts",
     lambda p: [*two, no_reply(5001, "not_sent", 1), no_reply(5002, "not_sent", 2), ticks(8002),
                reply(8003, WINDOW, 3)], "failed", left=FREE, code="REFUND_WINDOW_EXCEED")
both("not sent, after a restart", "what was open may have been carried out before",
     lambda p: [begin(), resumed(1), no_reply(2, "not_sent"), ticks(5000), reply(5001, WINDOW, 2)], "refunding",
     left=SPENT)
both("not sent, after an answer", "a copy that was answered did leave",
     lambda p: [begin(), reply(1, IN_PROCESS), no_reply(2, "not_sent", 1)], "refunding", sent="refund")
case("an inquiry that was not sent", "the clock repeats it", AMS,
     [begin(), ticks(MINUTE), no_reply(MINUTE, "not_sent", None, "refund_inquiry"), ticks(2 * MINUTE)], "refunding",
     sent="refund*12 refund_inquiry*2")
both("not sent, with another limit", "every number is settable",
     lambda p: [*not_sent[:3], no_reply(3001, "not_sent")], "failed", code="refund.not_sent",
     policy={"not_sent_limit": 1})
both("not sent, never repeated", "every number is settable", lambda p: [begin(), no_reply(1, "not_sent")], "failed",
     sent="refund", policy={"not_sent_limit": 0})

# -- restarts, and what became due while nobody ran --------------------------------------------------------------------

both("resumed", "a restart changes nothing that follows", lambda p: [begin(), resumed(100), ticks(5000)], "refunding",
     sent="refund*2")
ONCE = "what became due while nobody ran is asked once, for one reply time, before it is given up"
for kind in ("resumed", "tick"):
    for preset, operation in ((AMS, "refund_inquiry"), (PLUS, "refund")):
        case(f"{kind} after the end", ONCE, preset, [begin(), at(END + 7, kind)], "refunding", sent=f"refund {operation}")
        case(f"{kind} after the end, and silence", ONCE, preset, [begin(), at(END + 7, kind), ticks(END + 5007)],
             "unresolved", sent=f"refund {operation}", left=SPENT)
        case(f"{kind} after the end, and an answer", ONCE, preset,
             [begin(), at(END + 7, kind), reply(END + 8, done(), 1)], "refunded", sent=f"refund {operation}", left=SPENT)
case("resumed after the end with nothing overdue", "the answer to the last send was lost with the process", AMS,
     [begin(), ticks(END - 1), resumed(END)], "refunding", only="state outcome alerts left next_wakeup")
case("never sent, by the end", "nothing can have left: not sent", AMS,
     [begin(), no_reply(1, "not_sent"), tick(END + 7), ticks(END + 5007)], "failed", sent="refund refund_inquiry",
     left=FREE, code="refund.not_sent")

# -- notifications ----------------------------------------------------------------------------------------------------

both("notified: SUCCESS", "a notification is evidence", lambda p: [begin(), notified(1, notice("SUCCESS"))], "refunded",
     left=SPENT)
both("notified: FAIL", "a notification is evidence", lambda p: [begin(), notified(1, notice("FAIL"))], "failed",
     left=FREE, code="PROCESS_FAIL")
both("notified: FAIL with a code", "a notification is evidence",
     lambda p: [begin(), notified(1, notice("FAIL", refundResultCode="RISK_REJECT"))], "failed", code="RISK_REJECT")
both("notified: FAIL while copies are open", "it is about the refund and not about a copy",
     lambda p: [*two, notified(5001, notice("FAIL"))], "failed", left=FREE)
both("notified: PROCESSING", "no news", lambda p: [begin(), notified(1, notice("PROCESSING"))], "refunding")
both("notified: an undocumented word", "an unknown word goes on, with an alert",
     lambda p: [begin(), notified(1, notice("HALF"))], "refunding", "unknown_word")
both("notified of another refund", "it says nothing about this refund",
     lambda p: [begin(), notified(1, notice("SUCCESS", refund="r-2"))], "refunding", "id_mismatch")
both("notified of no refund", "what names no refund is not evidence", lambda p: [begin(), notified(1, notice("SUCCESS", refund=None))],
     "refunding")
both("notified of another amount", "the amount must agree",
     lambda p: [begin(), notified(1, notice("SUCCESS", amount={"currency": "USD", "value": "399"}))], "refunding",
     "amount_mismatch")
both("notified without an amount", "an amount that is absent contradicts nothing",
     lambda p: [begin(), notified(1, notice("SUCCESS", amount=None))], "refunded")
both("notified twice", "a repeated notification changes nothing",
     lambda p: [begin(), notified(1, notice("SUCCESS")), notified(2, notice("SUCCESS"))], "refunded")

# -- after the end ----------------------------------------------------------------------------------------------------

given_up = [begin(), ticks(2 * DAY)]
SHORT = "state outcome code alerts left next_wakeup"
both("S after giving up", "verified evidence says what it counts as", lambda p: [*given_up, reply(2 * DAY, done(), 1)],
     "unresolved", "late_evidence", left=SPENT, only=SHORT)
both("notified of FAIL after giving up", "verified evidence frees the amount",
     lambda p: [*given_up, notified(2 * DAY, notice("FAIL"))], "unresolved", "late_evidence", left=FREE, only=SHORT)
both("the refusal of one copy after giving up", "it says nothing of the others",
     lambda p: [*given_up, reply(2 * DAY, WINDOW, 1)], "unresolved", left=SPENT, only=SHORT)
both("both after giving up", "where two sources differ the money counts as given back",
     lambda p: [*given_up, notified(2 * DAY, notice("FAIL")), reply(2 * DAY, done(), 1)], "unresolved",
     "late_evidence conflicting_evidence", left=SPENT, only=SHORT)
both("S after a refusal", "the outcome stands, and the money counts as given back",
     lambda p: [begin(), reply(1, WINDOW), reply(2, done(), 1)], "failed", "conflicting_evidence", left=SPENT)
both("a refusal after S", "the refusal of a copy contradicts nothing",
     lambda p: [begin(), reply(1, done()), reply(2, WINDOW, 1)], "refunded", left=SPENT)
both("notified of FAIL after S", "a message about the refund does",
     lambda p: [begin(), reply(1, done()), notified(2, notice("FAIL"))], "refunded", "conflicting_evidence", left=SPENT)
both("S after the order was cancelled", "the outcome stands, and the money counts as given back",
     lambda p: [begin(), reply(1, refused("ORDER_IS_CANCELED")), reply(2, done(), 1)], "order_cancelled",
     "conflicting_evidence", left=SPENT)

# -- a person resolves it -----------------------------------------------------------------------------------------------

PERSON = "an unresolved refund counts as spent until a person resolves it"
both("resolved as made", PERSON, lambda p: [*given_up, resolve(2 * DAY, "made")], "unresolved", left=SPENT, only=SHORT)
both("resolved as not made", PERSON, lambda p: [*given_up, resolve(2 * DAY, "not_made")], "unresolved", left=FREE,
     only=SHORT)
both("resolved twice alike", "the same again changes nothing",
     lambda p: [*given_up, resolve(2 * DAY, "not_made"), resolve(2 * DAY, "not_made", "Li")], "unresolved", left=FREE,
     only=SHORT)
both("resolved twice otherwise", "a person resolves it once",
     lambda p: [*given_up, resolve(2 * DAY, "not_made"), resolve(2 * DAY, "made")], "refund.not_unresolved")
both("resolved by nobody", "who resolved it is kept", lambda p: [*given_up, resolve(2 * DAY, "made", " ")], "request.missing")
both("resolved while under way", "only an unresolved refund is resolved", lambda p: [begin(), resolve(1, "made")],
     "refund.not_unresolved")
both("resolved after the end", "only an unresolved refund is resolved",
     lambda p: [begin(), reply(1, WINDOW), resolve(2, "made")], "refund.not_unresolved")
both("resolved after evidence", "evidence has resolved it",
     lambda p: [*given_up, reply(2 * DAY, done(), 1), resolve(2 * DAY, "not_made")], "refund.not_unresolved")
both("S after it was resolved as not made", "where two sources differ the money counts as given back",
     lambda p: [*given_up, resolve(2 * DAY, "not_made"), reply(2 * DAY, done(), 1)], "unresolved",
     "conflicting_evidence", left=SPENT, only=SHORT)
both("S after it was resolved as made", "they agree", lambda p: [*given_up, resolve(2 * DAY, "made"), reply(2 * DAY, done(), 1)],
     "unresolved", "late_evidence", left=SPENT, only=SHORT)


def main() -> None:
    if disagreements:
        sys.exit("\n".join(disagreements))
    finish("refund.json",
           "The rules of refunds, read a second time: generate/refund_model.py, with states, alerts and what is left stated "
           "by hand in generate/refund.py.", cases)


if __name__ == "__main__":
    main()
