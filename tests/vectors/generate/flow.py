"""Writes tests/vectors/flow.json: payments driven by lists of events.

Every case states by hand the state (or the error) and the alerts that its rule asks for, and often the sends; the
model beside this file has to agree before the file is written, and fills in the rest.

    python3 tests/vectors/generate/flow.py
"""

import json
from pathlib import Path

import flow_model

ID = "20260301T0900-T7-000042"
OURS = {"currency": "CNY", "value": "1999"}
OTHER = {"currency": "CNY", "value": "1998"}
CODE = "281010897274821897274821"
AMS, PLUS = "ams", "alipay_plus"
BOTH = (AMS, PLUS)
CUSTOMER = ("EntryCode", "OrderCode")
SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000
IN_PROCESS = "PAYMENT_IN_PROCESS"
UNKNOWN = "UNKNOWN_EXCEPTION"
REFUSED = "USER_BALANCE_NOT_ENOUGH"

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


def cancel_requested(time):
    return at(time, "cancel_requested")


def resumed(time):
    return at(time, "resumed")


def with_id(send_id):
    return {} if send_id is None else {"send_id": send_id}


def reply(time, operation, body, send_id=None, **timing):
    """`signed_at` and `stale` say when the gateway signed the answer."""
    return at(time, "reply", operation=operation, body=body, **timing, **with_id(send_id))


def no_reply(time, operation, certainty="unknown", send_id=None, **unverified):
    """`unsigned_code` and `wrong_key` say what an answer that could not be verified suggests."""
    return at(time, "no_reply", operation=operation, certainty=certainty, **unverified, **with_id(send_id))


def unsigned(time, operation, code="SIGNATURE_INVALID", send_id=None):
    return no_reply(time, operation, send_id=send_id, unsigned_code=code)


def wrong_key(time, operation, send_id=None):
    return no_reply(time, operation, send_id=send_id, wrong_key=True)


def notified(time, body):
    return at(time, "notified", body=body)


def result(status, code):
    return {"resultStatus": status, "resultCode": code, "resultMessage": "text"}


def fields(amount=None, **more):
    body = {"paymentRequestId": ID, "paymentId": "2026030119401080010018888", **more}
    if amount is not None:
        body["paymentAmount"] = amount
    return {name: value for name, value in body.items() if value is not None}


def pay_s(amount=OURS, **more):
    return {"result": result("S", "SUCCESS"), **fields(amount, **{"paymentTime": "2026-03-01T09:00:01+08:00", **more})}


def pay_u(code=IN_PROCESS, **more):
    return {"result": result("U", code), "paymentRequestId": ID, **more}


def answer_f(code, **more):
    return {"result": result("F", code), **more}


def answer_u(code=UNKNOWN):
    return {"result": result("U", code)}


def answer_s(**more):
    return {"result": result("S", "SUCCESS"), **more}


WORDS = {"S": ("SUCCESS", "SUCCESS"), "F": ("FAIL", "PROCESS_FAIL"), "U": ("PROCESSING", IN_PROCESS)}


def inquired(preset, letter, code=None, amount=OURS, word=None, **more):
    """An inquiry that worked, and what it says of the payment."""
    usual, usual_code = WORDS[letter]
    amount = amount if letter == "S" else None
    if preset == AMS:
        told = {"paymentStatus": word or usual, "paymentResultCode": code or usual_code}
    else:
        told = {"paymentResult": result(word or letter, code or usual_code)}
    return {"result": result("S", "SUCCESS"), **told, **fields(amount, **more)}


def notice(preset, letter, code=None, amount=OURS, **more):
    code = code or WORDS[letter][1]
    told = {"notifyType": "PAYMENT_RESULT", "result": result(letter, code)}
    if preset == PLUS:
        told = {"paymentResult": result(letter, code)}
    return {**told, **fields(amount if letter == "S" else None, **more)}


def created(form=True, **more):
    """The code or the redirect was created."""
    forms = {"redirectActionForm": {"method": "GET", "redirectUrl": "https://pay.example/r"}} if form else {}
    return {"result": result("S", "SUCCESS"), **fields(**forms, **more)}


def order_code(expire, status="S", code="SUCCESS"):
    form = {"paymentMethodType": "CONNECT_WALLET", "expireTime": expire,
            "codeDetails": [{"codeValueType": "QRCODE", "codeValue": "https://pay.example/q", "displayType": "TEXT"}]}
    return {"result": result(status, code), **fields(orderCodeForm=form)}


def iso(ms):
    seconds, ms = divmod(ms, 1000)
    hours, seconds = divmod(seconds, 3600)
    return f"1970-01-01T{hours:02}:{seconds // 60:02}:{seconds % 60:02}.{ms:03}Z"


def sends(text):
    """`pay inquiry*3` as a list."""
    out = []
    for part in text.split():
        operation, _, count = part.partition("*")
        out += [operation] * int(count or 1)
    return out


def case(name, rule, preset, events, state, alerts="", sent=None, scenario="PaymentCode", expiry=None,
         without="", only="", policy=None, reading=""):
    """`state` is a state or an error's code. `without` and `only` choose the keys of `expected`."""
    payment = {"payment_request_id": ID, "amount": OURS, "scenario": scenario}
    if scenario == "PaymentCode":
        payment["payment_code"] = CODE
    if expiry is not None:
        payment["payment_expiry_time"] = expiry if isinstance(expiry, str) else iso(expiry)
    note = f"{rule}; source: the design" + (f"; reading: {reading}" if reading else "")
    one = {"kind": "flow", "name": f"{preset}: {name}", "note": note,
           "policy": {"preset": preset, **(policy or {})}, "payment": payment, "events": events}
    expected = flow_model.run(one)
    by_hand = {"error": state} if "." in state else {"state": state, "alerts": alerts.split()}
    if sent is not None:
        by_hand["sends"] = sends(sent)
    for key, value in by_hand.items():
        if expected.get(key) != value and key not in without.split():
            disagreements.append(f"{one['name']}: {key} by hand {value}, by the model {expected.get(key, expected)}")
    keep = only.split() or [key for key in expected if key not in without.split()]
    one["expected"] = {key: expected[key] for key in expected if key in keep}
    cases.append(one)


def both(name, rule, events, *rest, **more):
    """The same case in both presets; `events` is a function of the preset."""
    for preset in BOTH:
        case(name, rule, preset, events(preset), *rest, **more)


# Prefixes. Confirming: inquiries from 4 s every 3 s, the last at 61 s, exhausted at 66 s.
confirming = [begin(), reply(1000, "pay", pay_u())]
# Cancelling: cancels at 2 s, 7 s, ... 62 s, and then every 60 s. The payment's expiry is 120 s or 60 s.
cancelling = [*confirming, cancel_requested(2000)]
# Inquiries after a refused cancel: at 5 s, ... 62 s, exhausted at 67 s.
conflict = [*cancelling, reply(2000, "cancel", answer_f("ORDER_STATUS_INVALID"))]
too_late = [*cancelling, reply(2000, "cancel", answer_f("CANCEL_WINDOW_EXCEED"))]


def refunding(preset):
    """Refunds from 5 s on."""
    return [*too_late, ticks(5000), reply(5000, "inquiry", inquired(preset, "S"))]


def succeeded(preset):
    return [begin(), reply(1000, "pay", pay_s())]


# -- Begin, errors, policies ----------------------------------------------------------------------------------------

both("begin sends pay", "Begin sends the payment and waits one reply time", lambda p: [begin()], "paying", sent="pay")
both("begin twice", "a second Begin is an error", lambda p: [begin(), begin(1)], "payment.already_begun")
both("begin after the end", "a second Begin is an error, also after the end",
     lambda p: [*succeeded(p), begin(2000)], "payment.already_begun")
for kind in ("tick", "resumed"):
    both(f"{kind} before begin", "before Begin only CancelRequested is allowed", lambda p: [at(0, kind)],
         "payment.not_begun")
both("notification before begin", "before Begin only CancelRequested is allowed", lambda p: [notified(0, notice(p, "S"))],
     "payment.not_begun")
both("send id never given out, reply", "a reply to a send that was never given out is an error",
     lambda p: [begin(), reply(1, "pay", pay_s(), 7)], "payment.unknown_send")
both("send id never given out, no reply", "a missing reply to a send that was never given out is an error",
     lambda p: [begin(), no_reply(1, "pay", "unknown", 2)], "payment.unknown_send")
both("send id zero", "send ids count up from 1", lambda p: [begin(), reply(1, "pay", pay_s(), 0)],
     "payment.unknown_send")
both("send id never given out, after the end", "a send id that was never given out is an error in every state",
     lambda p: [*succeeded(p), reply(2000, "inquiry", inquired(p, "S"), 9)], "payment.unknown_send")
both("operation of another send, reply", "an operation that is not that send's is an error",
     lambda p: [begin(), reply(1, "inquiry", inquired(p, "S"), 1)], "payment.wrong_operation")
both("operation of another send, no reply", "an operation that is not that send's is an error",
     lambda p: [*confirming, ticks(4000), no_reply(4500, "pay", "unknown", 2)], "payment.wrong_operation")
both("cancel reply to a refund's id", "an operation that is not that send's is an error",
     lambda p: [*refunding(p), reply(6000, "cancel", answer_s(), 4)], "payment.wrong_operation")
both("negative time", "times run from 0 to the year 9999", lambda p: [begin(-1)], "payment.time")
both("time beyond the year 9999", "times run from 0 to the year 9999",
     lambda p: [begin(), tick(253_402_300_800_000)], "payment.time")
both("expiry before begin", "Begin at or after the expiry is an error", lambda p: [begin(30_001)], "payment.expired",
     expiry=30_000)
both("expiry at begin", "Begin at or after the expiry is an error", lambda p: [begin(30_000)], "payment.expired",
     expiry=30_000)
both("expiry one ms after begin", "Begin before the expiry sends", lambda p: [begin(29_999)], "paying", sent="pay",
     expiry=30_000)
case("expiry with a half-hour offset has passed", "an expiry is an instant: 12:01:01+08:30 lies before 12:01:01+08:00",
     PLUS, [begin(1_573_012_861_000)], "payment.expired", expiry="2019-11-06T12:01:01+08:30")
for scenario in CUSTOMER:
    both(f"{scenario}, expired", "Begin at or after the expiry is an error in every scenario", lambda p: [begin(5000)],
         "payment.expired", scenario=scenario, expiry=4000)
for limit in (9, 21):
    both(f"inquiry limit {limit}", "an inquiry limit outside 10 to 20 is refused", lambda p: [begin()],
         "policy.inquiry_limit", policy={"inquiry_limit": limit})
for limit in (10, 20):
    both(f"inquiry limit {limit}", "an inquiry limit of 10 to 20 is taken", lambda p: [*confirming, ticks(63_999)],
         "cancelling" if limit == 10 else "confirming", policy={"inquiry_limit": limit}, only="state")
case("inquiries that take 100 s", "Alipay+ wants all inquiries within 60 s", PLUS, [begin()],
     "policy.inquiry_window", policy={"inquiry_interval": 5000})
case("inquiries that take 100 s", "AMS has no such window", AMS, [*confirming, ticks(6000)], "confirming",
     sent="pay inquiry", policy={"inquiry_interval": 5000})
case("10 inquiries in 60 s", "Alipay+ wants all inquiries within 60 s", PLUS, [*confirming, ticks(7000)], "confirming",
     sent="pay inquiry", policy={"inquiry_interval": 6000, "inquiry_limit": 10})
for name, value in (("reply_time", 0), ("expiry", -1), ("inquiry_interval", -3000), ("cancel_interval", 400 * DAY)):
    case(f"{name} {value}", "every time of a policy is positive and below a year", AMS, [begin()], "policy.value",
         policy={name: value})

# -- verified evidence in general -----------------------------------------------------------------------------------

case("an unverified message settles nothing", "an unverified message is a missing reply, whatever its body says", AMS,
     [begin(), no_reply(1000, "pay"), reply(1500, "pay", pay_s())], "succeeded", sent="pay inquiry")
case("an unverified message settles nothing", "an unverified message is a missing reply, whatever its body says", PLUS,
     [begin(), no_reply(1000, "pay"), reply(1500, "pay", pay_s())], "succeeded", sent="pay")
both("missing status letter", "a missing letter is U; the code is read all the same",
     lambda p: [begin(), reply(1000, "pay", {"result": {"resultCode": IN_PROCESS}})], "confirming", sent="pay")
both("unknown status letter", "an unknown letter is U; the code is read all the same",
     lambda p: [begin(), reply(1000, "pay", {"result": result("X", IN_PROCESS)})], "confirming", sent="pay",
     without="alerts")
case("no result at all", "a missing letter is U", AMS, [begin(), reply(1000, "pay", fields()), ticks(4000)],
     "confirming", sent="pay inquiry")
case("no result at all", "a missing letter is U", PLUS, [begin(), reply(1000, "pay", fields()), ticks(4000)],
     "paying", sent="pay*2")
both("letter before code: S", "the status letter is read before the code",
     lambda p: [begin(), reply(1000, "pay", {**pay_s(), "result": result("S", "PROCESS_FAIL")})], "succeeded")
both("letter before code: F", "the status letter is read before the code; F is final",
     lambda p: [begin(), reply(1000, "pay", answer_f(IN_PROCESS))], "failed",
     reading="an F with a code that stands for U elsewhere is a refusal")
case("letter before code: U", "the status letter is read before the code", AMS,
     [begin(), reply(1000, "pay", pay_u("ORDER_IS_CLOSED")), ticks(4000)], "confirming", sent="pay inquiry")
case("letter before code: U", "the status letter is read before the code", PLUS,
     [begin(), reply(1000, "pay", pay_u("ORDER_IS_CLOSED")), ticks(4000)], "paying", sent="pay*2")
for operation, prefix in (("pay", [begin()]), ("inquiry", [*confirming, ticks(4000)]), ("cancel", cancelling)):
    body = {"pay": pay_s, "inquiry": lambda: inquired(AMS, "S"), "cancel": answer_s}[operation]()
    case(f"another id in a {operation} reply", "another paymentRequestId makes any reply a missing one, with an alert",
         AMS, [*prefix, reply(prefix[-1]["at"] + 500, operation, {**body, "paymentRequestId": "other"})],
         {"cancel": "cancelling"}.get(operation, "confirming"), "id_mismatch",
         {"pay": "pay inquiry", "inquiry": "pay inquiry", "cancel": "pay cancel"}[operation])
case("another id in a pay reply", "another paymentRequestId makes the reply a missing one: resend", PLUS,
     [begin(), reply(1000, "pay", pay_s(paymentRequestId="other")), ticks(4000)], "paying", "id_mismatch", "pay*2")
both("another id in a refund reply", "another paymentRequestId makes any reply a missing one, with an alert",
     lambda p: [*refunding(p), reply(6000, "refund", answer_s(paymentRequestId="other"))], "refunding", "id_mismatch")
both("notification of another id", "a notification of another id changes nothing but raises the alert",
     lambda p: [*confirming, notified(1500, notice(p, "S", paymentRequestId="other"))], "confirming", "id_mismatch",
     "pay")
both("notification of another id, paying", "a notification of another id changes nothing but raises the alert",
     lambda p: [begin(), notified(1500, notice(p, "F", paymentRequestId="other"))], "paying", "id_mismatch", "pay")
both("notification of another id, after the end", "later evidence can only raise alerts",
     lambda p: [*succeeded(p), notified(1500, notice(p, "F", paymentRequestId="other"))], "succeeded", "id_mismatch")
both("an alert comes once", "each kind of alert at most once a payment",
     lambda p: [*confirming, notified(1500, notice(p, "S", paymentRequestId="other")),
                notified(1600, notice(p, "S", paymentRequestId="another"))], "confirming", "id_mismatch", "pay")
case("unknown word of the payment's status", "an unknown word goes on as in process, with an alert", AMS,
     [*confirming, ticks(4000), reply(4100, "inquiry", inquired(AMS, "S", word="HALF_PAID")), ticks(7000)],
     "confirming", "unknown_word", "pay inquiry*2")
for word in ("Success", "success"):
    case(f"status word {word}", "words are compared without regard to case", AMS,
         [*confirming, ticks(4000), reply(4100, "inquiry", inquired(AMS, "S", word=word))], "succeeded")
case("status word Fail", "words are compared without regard to case", AMS,
     [*confirming, ticks(4000), reply(4100, "inquiry", inquired(AMS, "F", word="Fail"))], "failed")
both("small letter in an inquiry", "letters are exact: a small one is unknown",
     lambda p: [*confirming, ticks(4000),
                reply(4100, "inquiry", {**inquired(p, "S"), "result": result("s", "SUCCESS")})], "confirming",
     sent="pay inquiry")
case("small letter of the payment's result", "letters are exact: a small one is unknown", PLUS,
     [*confirming, ticks(4000), reply(4100, "inquiry", inquired(PLUS, "S", word="s"))], "confirming",
     sent="pay inquiry")
case("small letter of pay", "letters are exact: a small one is unknown", AMS,
     [begin(), reply(1000, "pay", {**pay_s(), "result": result("s", "SUCCESS")}), ticks(4000)], "confirming",
     sent="pay inquiry")
case("small letter of pay", "letters are exact: a small one is unknown", PLUS,
     [begin(), reply(1000, "pay", {**pay_s(), "result": result("s", "SUCCESS")}), ticks(4000)], "paying", sent="pay*2")
for letter in ("f", "F ", "SS", ""):
    both(f"letter {letter!r} of a notification", "letters are exact: another one is unknown, and no news",
         lambda p: [*confirming, notified(2000, {**notice(p, "F"), "result": result(letter, REFUSED),
                                                 "paymentResult": result(letter, REFUSED)})], "confirming", sent="pay")
both("small letter of a cancel", "letters are exact: a small one is unknown, and the cancel goes on",
     lambda p: [*cancelling, reply(2500, "cancel", {"result": result("s", "SUCCESS")}), ticks(7000)], "cancelling",
     sent="pay cancel*2")
both("small letter of a refund", "letters are exact: a small one is unknown, and the refund goes on",
     lambda p: [*refunding(p), reply(5500, "refund", {"result": result("s", "SUCCESS")}), ticks(10_000)], "refunding",
     sent="pay cancel inquiry refund*2")
both("in process after success", "in process never overwrites a final fact",
     lambda p: [*succeeded(p), reply(2000, "pay", pay_u()), notified(3000, notice(p, "U"))], "succeeded", sent="pay")
both("in process after failure", "in process never overwrites a final fact",
     lambda p: [begin(), reply(1000, "pay", answer_f(REFUSED)), reply(2000, "pay", pay_u())], "failed", sent="pay")
both("the same notification again", "a repeated notification changes nothing",
     lambda p: [begin(), notified(1000, notice(p, "S")), notified(2000, notice(p, "S"))], "succeeded", sent="pay")

# -- pay ------------------------------------------------------------------------------------------------------------

both("pay S", "S of a payment code is success", succeeded, "succeeded", sent="pay")
both("pay S without an amount", "an absent amount contradicts nothing",
     lambda p: [begin(), reply(1000, "pay", pay_s(amount=None))], "succeeded", sent="pay")
both("pay S without paymentTime", "S of a payment code is success",
     lambda p: [begin(), reply(1000, "pay", pay_s(paymentTime=None))], "succeeded", sent="pay")
for what, amount in (("value", OTHER), ("currency", {"currency": "USD", "value": "1999"}),
                     ("unreadable value", {"currency": "CNY", "value": "19.99"}),
                     ("missing value", {"currency": "CNY"})):
    both(f"pay S, other {what}", "an amount that differs or can't be read: alert and Confirming",
         lambda p: [begin(), reply(1000, "pay", pay_s(amount))], "confirming", "amount_mismatch", "pay")
both("after a mismatch, our amount", "only evidence that states our amount is success after a mismatch",
     lambda p: [begin(), reply(1000, "pay", pay_s(OTHER)), ticks(4000), reply(4100, "inquiry", inquired(p, "S"))],
     "succeeded", "amount_mismatch", "pay inquiry")
both("after a mismatch, no amount", "only evidence that states our amount is success after a mismatch",
     lambda p: [begin(), reply(1000, "pay", pay_s(OTHER)), ticks(4000),
                reply(4100, "inquiry", inquired(p, "S", amount=None)), ticks(7000)],
     "confirming", "amount_mismatch", "pay inquiry*2")
both("after a mismatch, a mismatch", "only evidence that states our amount is success after a mismatch",
     lambda p: [begin(), reply(1000, "pay", pay_s(OTHER)), ticks(4000),
                reply(4100, "inquiry", inquired(p, "S", amount=OTHER)), ticks(7000)],
     "confirming", "amount_mismatch", "pay inquiry*2")
both("after a mismatch, exhaustion", "a disputed payment is never cancelled by itself: Unresolved after the inquiries",
     lambda p: [begin(), reply(1000, "pay", pay_s(OTHER)), ticks(66_000)], "unresolved", "amount_mismatch",
     "pay inquiry*20")
both("after a mismatch, not yet exhausted", "after the last inquiry one reply time is waited",
     lambda p: [begin(), reply(1000, "pay", pay_s(OTHER)), ticks(65_999)], "confirming", "amount_mismatch",
     "pay inquiry*20")
both("after a mismatch, the last inquiry answered", "the end follows the answer of the last inquiry at once",
     lambda p: [begin(), reply(1000, "pay", pay_s(OTHER)), ticks(61_000),
                reply(61_500, "inquiry", inquired(p, "S", amount=OTHER))], "unresolved", "amount_mismatch",
     "pay inquiry*20")
both("a mismatch in the last inquiry", "a disputed payment is never cancelled by itself",
     lambda p: [*confirming, ticks(61_000), reply(61_500, "inquiry", inquired(p, "S", amount=OTHER))], "unresolved",
     "amount_mismatch", "pay inquiry*20")
both("a mismatch after the last inquiry", "a disputed payment is never cancelled by itself",
     lambda p: [*confirming, ticks(61_000), notified(62_000, notice(p, "S", amount=OTHER)), ticks(66_000)],
     "unresolved", "amount_mismatch", "pay inquiry*20")
both("after a mismatch, the truth comes late", "a final fact after Unresolved: alert",
     lambda p: [begin(), reply(1000, "pay", pay_s(OTHER)), ticks(66_000), notified(70_000, notice(p, "S"))],
     "unresolved", "amount_mismatch late_evidence", "pay inquiry*20")
both("a mismatch after the cashier's cancel", "a cancel that was sent before runs to its end",
     lambda p: [*cancelling, notified(2500, notice(p, "S", amount=OTHER)), ticks(12_000),
                reply(12_500, "cancel", answer_s())], "cancelled", "amount_mismatch", "pay cancel*3")
both("a mismatch, then id taken", "another's payment: Unresolved as such",
     lambda p: [begin(), notified(500, notice(p, "S", amount=OTHER)),
                reply(1000, "pay", answer_f("REPEAT_REQ_INCONSISTENT")), ticks(80_000)], "unresolved",
     "amount_mismatch id_taken", without="sends")
both("resumed after a mismatch, exhaustion", "a restart forgets no mismatch: no cancel",
     lambda p: [begin(), reply(1000, "pay", pay_s(OTHER)), ticks(30_000), resumed(30_500), ticks(66_000)],
     "unresolved", "amount_mismatch", "pay inquiry*20")
both("after a mismatch, the cashier cancels", "a contradicted success does not hinder a cancel",
     lambda p: [begin(), reply(1000, "pay", pay_s(OTHER)), cancel_requested(2000)], "cancelling", "amount_mismatch",
     "pay cancel")
both("inquiry success, other amount", "success in an inquiry is weighed like pay's S",
     lambda p: [*confirming, ticks(4000), reply(4100, "inquiry", inquired(p, "S", amount=OTHER))], "confirming",
     "amount_mismatch", "pay inquiry")
both("notification, other amount", "success in a notification is weighed like pay's S",
     lambda p: [begin(), notified(1000, notice(p, "S", amount=OTHER))], "confirming", "amount_mismatch", "pay",
     without="next_wakeup")
for code in (REFUSED, "RISK_REJECT", "EXPIRED_CODE", "PROCESS_FAIL"):
    both(f"pay F {code}", "the payment was refused and no other send can have been accepted: Failed",
         lambda p: [begin(), reply(1000, "pay", answer_f(code))], "failed", sent="pay")
for code in ("SIGNATURE_INVALID", "KEY_NOT_FOUND", "CLIENT_INVALID", "ACCESS_DENIED", "PARAM_ILLEGAL",
             "METHOD_NOT_SUPPORTED", "A_CODE_OF_TOMORROW"):
    both(f"pay F {code}", "the request was refused: Failed by the same rule",
         lambda p: [begin(), reply(1000, "pay", answer_f(code))], "failed", sent="pay")
both("pay F SYSTEM_ERROR", "the outcome is open: Confirming, first inquiry after one interval, no resend",
     lambda p: [begin(), reply(1000, "pay", answer_f("SYSTEM_ERROR")), ticks(4000)], "confirming", sent="pay inquiry")
for code in ("ORDER_IS_CLOSED", "ORDER_IS_CANCELED"):
    both(f"pay F {code}", "the order is closed or cancelled: Cancelled",
         lambda p: [begin(), reply(1000, "pay", answer_f(code))], "cancelled", sent="pay")
both("pay F late, after the deadline", "a late reply counts",
     lambda p: [*([begin(), ticks(5000)]), reply(7000, "pay", answer_f(REFUSED), 1)], "failed")
both("pay S late, no tick between", "evidence in an event is weighed before overdue timers",
     lambda p: [begin(), reply(6000, "pay", pay_s())], "succeeded", sent="pay")
case("pay U late, no tick between", "the late U settles the send before its deadline is looked at", AMS,
     [begin(), reply(6000, "pay", pay_u()), ticks(9000)], "confirming", sent="pay inquiry", without="next_wakeup")
both("pay S late, while confirming", "verified evidence counts whenever it arrives",
     lambda p: [begin(), ticks(30_000), reply(30_500, "pay", pay_s(), 1)], "succeeded")
both("pay in process", "in process: confirm, first inquiry after one interval",
     lambda p: confirming, "confirming", sent="pay")
both("pay in process, no resend after it", "never a resend after in process",
     lambda p: [*confirming, ticks(65_999)], "confirming", sent="pay inquiry*20")
case("pay U other", "AMS: any U is confirmed", AMS, [begin(), reply(1000, "pay", pay_u(UNKNOWN)), ticks(4000)],
     "confirming", sent="pay inquiry")
case("pay U other, before the interval is over", "the first inquiry comes one interval after a U", AMS,
     [begin(), reply(1000, "pay", pay_u(UNKNOWN)), ticks(3999)], "confirming", sent="pay")
case("pay no reply", "AMS: a missing reply is confirmed at once", AMS, [begin(), ticks(5000)], "confirming",
     sent="pay inquiry")
case("pay no reply, told", "AMS: a missing reply is confirmed at once", AMS, [begin(), no_reply(2000, "pay")],
     "confirming", sent="pay inquiry")
both("no reply before the deadline", "one reply time is waited", lambda p: [begin(), tick(4999)], "paying", sent="pay")
both("no reply told twice", "a send is closed once",
     lambda p: [*confirming, no_reply(1500, "pay", "unknown", 1)], "confirming", sent="pay")
case("pay U other", "Alipay+: the same request again 3 s after a U", PLUS,
     [begin(), reply(1000, "pay", pay_u(UNKNOWN)), ticks(4000)], "paying", sent="pay*2")
case("pay U other, before the delay is over", "Alipay+: the same request again 3 s after a U", PLUS,
     [begin(), reply(1000, "pay", pay_u(UNKNOWN)), ticks(3999)], "paying", sent="pay")
case("pay no reply", "Alipay+: the same request again 3 s after the missing reply", PLUS, [begin(), ticks(8000)],
     "paying", sent="pay*2")
case("pay no reply, told", "Alipay+: the same request again 3 s after the missing reply", PLUS,
     [begin(), no_reply(2000, "pay"), ticks(5000)], "paying", sent="pay*2")
case("each resend has its own reply time", "8 s a round: resends at 8 s, 16 s and 24 s", PLUS, [begin(), ticks(28_999)],
     "paying", sent="pay*4")
case("three resends", "at most 3 resends, then confirm at once, since a reply is missing", PLUS,
     [begin(), ticks(29_000)], "confirming", sent="pay*4 inquiry")
case("three resends, the last answered U", "then confirm, one interval after the U", PLUS,
     [begin(), ticks(24_000), reply(25_000, "pay", pay_u(UNKNOWN)), ticks(27_999)], "confirming", sent="pay*4")
case("in process on a resend", "never a resend after in process", PLUS,
     [begin(), ticks(8000), reply(9000, "pay", pay_u()), ticks(40_000)], "confirming", sent="pay*2 inquiry*10")
case("late in process while a resend is due", "never a resend after in process", PLUS,
     [begin(), ticks(5000), reply(6000, "pay", pay_u()), ticks(9000)], "confirming", sent="pay inquiry",
     without="next_wakeup")
case("late in process while a resend is open", "never a resend after in process", PLUS,
     [begin(), ticks(8000), reply(8500, "pay", pay_u(), 1), ticks(60_000)], "confirming", sent="pay*2 inquiry*17")
case("resend S", "S of any copy is success", PLUS, [begin(), ticks(8000), reply(9000, "pay", pay_s())], "succeeded",
     sent="pay*2")
case("S of the first copy while the second is open", "S of any copy is success", PLUS,
     [begin(), ticks(8000), reply(9000, "pay", pay_s(), 1)], "succeeded", sent="pay*2")
case("resend refused while the first is unknown", "another copy can have been accepted: Confirming", PLUS,
     [begin(), ticks(8000), reply(9000, "pay", answer_f(REFUSED)), ticks(12_000)], "confirming", sent="pay*2 inquiry")
case("resend refused, the first answered U", "another copy can have been accepted: Confirming", PLUS,
     [begin(), reply(1000, "pay", pay_u(UNKNOWN)), ticks(4000), reply(4500, "pay", answer_f(REFUSED))], "confirming",
     sent="pay*2")
case("both copies refused, crossing", "each other copy was itself refused: Failed", PLUS,
     [begin(), ticks(8000), reply(9000, "pay", answer_f(REFUSED), 2), reply(9500, "pay", answer_f(REFUSED), 1)],
     "failed", sent="pay*2")
case("both copies refused, in order", "each other copy was itself refused: Failed", PLUS,
     [begin(), ticks(8000), reply(9000, "pay", answer_f(REFUSED), 1), reply(9500, "pay", answer_f(REFUSED), 2)],
     "failed", sent="pay*2")
case("first copy refused while the second is open", "the open copy can be accepted: Confirming", PLUS,
     [begin(), ticks(8000), reply(9000, "pay", answer_f(REFUSED), 1)], "confirming", sent="pay*2",
     without="next_wakeup")
case("resend refused as a request while the first is unknown", "the same rule for a refused request", PLUS,
     [begin(), ticks(8000), reply(9000, "pay", answer_f("SIGNATURE_INVALID"))], "confirming", sent="pay*2")
case("resend refused, the first NotSent late", "a NotSent after the deadline still counts: Failed", PLUS,
     [begin(), ticks(8000), no_reply(8500, "pay", "not_sent", 1), reply(9000, "pay", answer_f(REFUSED), 2)], "failed",
     sent="pay*2")
case("resend closed", "a closed order is Cancelled whatever became of the other copy", PLUS,
     [begin(), ticks(8000), reply(9000, "pay", answer_f("ORDER_IS_CLOSED"))], "cancelled", sent="pay*2")
case("no resend after the expiry", "never a resend after the expiry; then confirm", PLUS,
     [begin(), no_reply(1000, "pay"), ticks(4000), no_reply(4500, "pay"), ticks(9000)], "confirming", without="sends "
     "next_wakeup", expiry=6000)
case("no resend after the policy's expiry", "the expiry is one minute at the latest", PLUS,
     [begin(), ticks(61_000)], "confirming", policy={"resend_limit": 20}, sent="pay*8 inquiry")
case("given expiry beyond the minute", "the earlier of paymentExpiryTime and begin + 1 min counts", PLUS,
     [begin(), ticks(61_000)], "confirming", policy={"resend_limit": 20}, expiry=600_000, sent="pay*8 inquiry")
resending = {"resend_limit": 100, "resend_unknown": True, "resend_delay": 4000}
case("AMS expiry of two minutes", "with no stated time the policy's is sent: begin + 2 min", AMS,
     [begin(), ticks(122_000)], "confirming", sent="pay*14 inquiry", policy=resending)
case("a stated time beyond two minutes", "AMS: a stated time is sent as stated, also beyond the policy's", AMS,
     [begin(), ticks(122_000)], "paying", expiry=600_000, sent="pay*14", policy=resending)
case("a stated time beyond two minutes, over", "AMS: a stated time is sent as stated, also beyond the policy's", AMS,
     [begin(), ticks(131_000)], "confirming", expiry=130_000, sent="pay*15 inquiry", policy=resending)
case("a stated time before two minutes", "AMS: a stated time is sent as stated", AMS,
     [begin(), ticks(14_000)], "confirming", expiry=10_000, sent="pay*2 inquiry", policy=resending)
case("order not there, a farther expiry", "the payment's own expiry counts, also beyond the policy's", AMS,
     [begin(), cancel_requested(1000), ticks(361_000), reply(361_500, "cancel", answer_f("ORDER_NOT_EXIST"))],
     "cancelled", "cancel_unresolved", expiry=300_000, without="sends")
case("order not there, before a farther expiry", "the payment's own expiry counts, also beyond the policy's", AMS,
     [begin(), cancel_requested(1000), ticks(301_000), reply(301_500, "cancel", answer_f("ORDER_NOT_EXIST"))],
     "cancelling", "cancel_unresolved", expiry=300_000, without="sends next_wakeup")
case("a late tick after the expiry does not resend", "never a resend after the expiry", PLUS,
     [begin(), no_reply(1000, "pay"), tick(61_000)], "confirming", sent="pay inquiry")
case("AMS told to resend", "every number is settable: resend_unknown", AMS, [begin(), ticks(8000)], "paying",
     sent="pay*2", policy={"resend_unknown": True})
case("Alipay+ told not to resend", "every number is settable: resend_unknown", PLUS, [begin(), ticks(5000)],
     "confirming", sent="pay inquiry", policy={"resend_unknown": False})
case("pay answered by the traffic limit", "the traffic limit doubles the next interval", AMS,
     [begin(), reply(1000, "pay", pay_u("REQUEST_TRAFFIC_EXCEED_LIMIT")), ticks(6999)], "confirming", sent="pay")
case("pay answered by the traffic limit, inquiry", "the traffic limit doubles the next interval, once", AMS,
     [begin(), reply(1000, "pay", pay_u("REQUEST_TRAFFIC_EXCEED_LIMIT")), ticks(10_000)], "confirming",
     sent="pay inquiry*2")
case("pay answered by the traffic limit", "the traffic limit doubles the next interval", PLUS,
     [begin(), reply(1000, "pay", pay_u("REQUEST_TRAFFIC_EXCEED_LIMIT")), ticks(6999)], "paying", sent="pay")
case("pay answered by the traffic limit, resend", "the traffic limit doubles the next interval", PLUS,
     [begin(), reply(1000, "pay", pay_u("REQUEST_TRAFFIC_EXCEED_LIMIT")), ticks(7000)], "paying", sent="pay*2")

# -- NotSent --------------------------------------------------------------------------------------------------------

both("NotSent, tried again", "the same request again 3 s after",
     lambda p: [begin(), no_reply(0, "pay", "not_sent"), ticks(3000)], "paying", sent="pay*2")
both("NotSent, before the delay is over", "the same request again 3 s after",
     lambda p: [begin(), no_reply(0, "pay", "not_sent"), ticks(2999)], "paying", sent="pay")
never = [begin(), no_reply(0, "pay", "not_sent"), ticks(3000), no_reply(3000, "pay", "not_sent"), ticks(6000),
         no_reply(6000, "pay", "not_sent"), ticks(9000)]
both("NotSent, three tries", "at most 3 times again", lambda p: never, "paying", sent="pay*4")
both("NotSent, given up", "nothing can have left the host: Failed", lambda p: [*never, no_reply(9000, "pay", "not_sent")],
     "failed", sent="pay*4")
both("NotSent, then S", "a try that leaves is a payment as any other", lambda p: [*never, reply(9500, "pay", pay_s())],
     "succeeded", sent="pay*4")
both("NotSent, then refused", "each other send was NotSent: Failed",
     lambda p: [*never, reply(9500, "pay", answer_f(REFUSED))], "failed", sent="pay*4")
case("NotSent, then no reply", "the last try can have left: confirm", AMS, [*never, ticks(14_000)], "confirming",
     sent="pay*4 inquiry")
case("NotSent, then no reply", "tries are not counted as resends", PLUS, [*never, ticks(33_000)], "paying",
     sent="pay*7")
case("NotSent, then no reply, resends used up", "tries are not counted as resends", PLUS, [*never, ticks(38_000)],
     "confirming", sent="pay*7 inquiry")
both("NotSent within the expiry", "no try after the expiry: Failed",
     lambda p: [begin(), no_reply(0, "pay", "not_sent"), ticks(3000), no_reply(3000, "pay", "not_sent"), ticks(7000)],
     "failed", sent="pay*2", expiry=5000)
both("NotSent, a late tick after the expiry", "no try after the expiry: Failed",
     lambda p: [begin(), no_reply(0, "pay", "not_sent"), tick(200_000)], "failed", sent="pay")
both("NotSent, the cashier cancels", "every send is known as NotSent: Cancelled at once",
     lambda p: [begin(), no_reply(0, "pay", "not_sent"), cancel_requested(1000)], "cancelled", sent="pay")
both("cancel, then NotSent", "every send is known later as NotSent: Cancelled",
     lambda p: [begin(), cancel_requested(1000), no_reply(2000, "pay", "not_sent")], "cancelled", sent="pay cancel")
both("cancel, then NotSent after the deadline", "a NotSent after the deadline still counts",
     lambda p: [begin(), cancel_requested(1000), ticks(6000), no_reply(6500, "pay", "not_sent", 1)], "cancelled",
     sent="pay cancel*2")
case("cancel, one of two NotSent", "the other copy can have left: the cancel goes on", PLUS,
     [begin(), ticks(8000), cancel_requested(8500), no_reply(9000, "pay", "not_sent", 2)], "cancelling",
     sent="pay*2 cancel")
case("cancel, both NotSent", "every send is known later as NotSent: Cancelled", PLUS,
     [begin(), ticks(8000), cancel_requested(8500), no_reply(9000, "pay", "not_sent", 2),
      no_reply(9100, "pay", "not_sent", 1)], "cancelled", sent="pay*2 cancel")
case("an unknown send, then NotSent four times", "a send can have left: NotSent counts as unknown in the end", PLUS,
     [begin(), no_reply(0, "pay"), ticks(3000), no_reply(3000, "pay", "not_sent"), ticks(6000),
      no_reply(6000, "pay", "not_sent"), ticks(9000), no_reply(9000, "pay", "not_sent"), ticks(12_000),
      no_reply(12_000, "pay", "not_sent"), ticks(15_000)], "paying", sent="pay*6")

# -- resumed --------------------------------------------------------------------------------------------------------

both("resumed while paying", "the same actions with the same numbers", lambda p: [begin(), resumed(1000)], "paying",
     sent="pay")
both("resumed, then S", "a restart changes nothing that follows", lambda p: [begin(), resumed(1000),
     reply(2000, "pay", pay_s())], "succeeded", sent="pay")
both("resumed, then refused", "the one send was refused: Failed",
     lambda p: [begin(), resumed(1000), reply(2000, "pay", answer_f(REFUSED))], "failed", sent="pay")
case("resumed, then NotSent, then cancel", "an open send counts as possibly carried out: the cancel is sent", AMS,
     [begin(), resumed(1000), no_reply(1000, "pay", "not_sent"), cancel_requested(1500)], "cancelling",
     sent="pay inquiry cancel", reading="NotSent of a send that was given out again is Unknown")
case("resumed, then NotSent, then cancel", "an open send counts as possibly carried out: the cancel is sent", PLUS,
     [begin(), resumed(1000), no_reply(1000, "pay", "not_sent"), cancel_requested(1500)], "cancelling",
     sent="pay cancel")
case("resumed, then NotSent: a resend, not a try", "an open send counts as possibly carried out: Unknown", PLUS,
     [begin(), resumed(0), no_reply(0, "pay", "not_sent"), ticks(24_000)], "confirming", sent="pay*4 inquiry",
     reading="NotSent of a send that was given out again is Unknown")
both("cancel, resumed, then NotSent", "an open send counts as possibly carried out: NotSent proves nothing",
     lambda p: [begin(), cancel_requested(500), resumed(1000), no_reply(1500, "pay", "not_sent")], "cancelling",
     sent="pay cancel")
both("resumed, never sent again", "an open send counts as possibly carried out: not Failed",
     lambda p: [begin(), resumed(0), no_reply(0, "pay", "not_sent"), ticks(120_000)], "cancelling", only="outcome")
both("NotSent, then resumed", "a send that was closed as NotSent before the restart stays so",
     lambda p: [begin(), no_reply(0, "pay", "not_sent"), resumed(1000), cancel_requested(1500)], "cancelled",
     sent="pay", reading="only open sends count as possibly carried out")
case("resumed late", "overdue timers run after the restart", AMS, [begin(), resumed(20_000)], "confirming",
     sent="pay inquiry")
case("resumed late", "overdue timers run after the restart", PLUS, [begin(), resumed(20_000), ticks(23_000)],
     "paying", sent="pay*2")
both("resumed while confirming", "a restart changes nothing that follows",
     lambda p: [*confirming, ticks(7000), resumed(8000), ticks(10_000)], "confirming", sent="pay inquiry*3")
both("resumed, then exhausted", "a restart does not reset the count",
     lambda p: [*confirming, ticks(30_000), resumed(30_500), ticks(66_000)], "cancelling", sent="pay inquiry*20 cancel")
both("resumed while cancelling", "a restart changes nothing that follows",
     lambda p: [*cancelling, ticks(7000), resumed(8000), ticks(12_000), reply(12_500, "cancel", answer_s())],
     "cancelled", sent="pay cancel*3")
both("resumed while cancelling, alert", "a restart does not reset the period",
     lambda p: [*cancelling, ticks(40_000), resumed(41_000), ticks(63_000)], "cancelling", "cancel_unresolved",
     without="sends next_wakeup")
both("resumed after ORDER_STATUS_INVALID", "a restart changes nothing that follows",
     lambda p: [*conflict, ticks(8000), resumed(8500), reply(9000, "inquiry", inquired(p, "S"), 4)], "refunding",
     sent="pay cancel inquiry*2 refund")
both("resumed while refunding", "a restart changes nothing that follows",
     lambda p: [*refunding(p), resumed(7000), ticks(10_000), reply(11_000, "refund", answer_s())], "refunded",
     sent="pay cancel inquiry refund*2")
both("resumed after the end", "the outcome stands", lambda p: [*succeeded(p), resumed(9000)], "succeeded", sent="pay")
both("resumed after a mismatch", "a restart forgets no mismatch",
     lambda p: [begin(), reply(1000, "pay", pay_s(OTHER)), resumed(1500), ticks(4000),
                reply(4100, "inquiry", inquired(p, "S", amount=None))], "confirming", "amount_mismatch", "pay inquiry")
both("resumed, then begin", "before Begin only CancelRequested is allowed", lambda p: [resumed(0), begin(1)],
     "payment.not_begun")
both("resumed at the expiry", "the open pay is closed as unknown, an inquiry at once",
     lambda p: [begin(), resumed(30_000)], "confirming", sent="pay inquiry", expiry=30_000)
both("resumed one ms before the expiry", "the same actions with the same numbers",
     lambda p: [begin(), resumed(29_999)], "paying", sent="pay", expiry=30_000,
     policy={"reply_time": 40_000})
both("resumed 14 hours after the expiry", "pay is not given out again: a fresh count of inquiries, then cancel",
     lambda p: [begin(), resumed(14 * HOUR), ticks(14 * HOUR + 61_999)], "confirming", sent="pay inquiry*20")
both("resumed 14 hours after the expiry, the end", "a fresh count of inquiries, then as usual",
     lambda p: [begin(), resumed(14 * HOUR), ticks(14 * HOUR + 57_000),
                reply(14 * HOUR + 57_500, "inquiry", answer_f("ORDER_NOT_EXIST")),
                reply(14 * HOUR + 58_000, "cancel", answer_f("ORDER_NOT_EXIST"))], "cancelled",
     sent="pay inquiry*20 cancel")
both("resumed after the expiry, paid", "what became of pay is asked",
     lambda p: [begin(), resumed(14 * HOUR), reply(14 * HOUR + 500, "inquiry", inquired(p, "S"))], "succeeded",
     sent="pay inquiry")
both("resumed after the expiry, then NotSent", "the closed send counts as possibly carried out",
     lambda p: [begin(), resumed(14 * HOUR), no_reply(14 * HOUR + 500, "pay", "not_sent", 1),
                cancel_requested(14 * HOUR + 600)], "cancelling", sent="pay inquiry cancel")
both("resumed after the expiry, NotSent before", "nothing can have left: Failed",
     lambda p: [begin(), no_reply(0, "pay", "not_sent"), resumed(14 * HOUR)], "failed", sent="pay")
both("no reply after the expiry", "a pay that waited in a queue past its expiry: inquiries, no resend",
     lambda p: [begin(), no_reply(130_000, "pay")], "confirming", sent="pay inquiry", policy={"reply_time": 200_000})
both("NotSent after the expiry", "a pay that waited in a queue past its expiry and never left: Failed",
     lambda p: [begin(), no_reply(130_000, "pay", "not_sent")], "failed", sent="pay", policy={"reply_time": 200_000})
both("resumed after the last inquiry, overdue", "what fell due is asked once before the cancel",
     lambda p: [*confirming, ticks(61_000), resumed(2 * HOUR), ticks(2 * HOUR + 4999)], "confirming",
     sent="pay inquiry*21")
both("resumed after the last inquiry, the cancel", "what fell due is asked once before the cancel",
     lambda p: [*confirming, ticks(61_000), resumed(2 * HOUR), ticks(2 * HOUR + 5000)], "cancelling",
     sent="pay inquiry*21 cancel")
both("resumed after the last inquiry, id taken", "what fell due is asked once before it is given up",
     lambda p: [begin(), reply(1000, "pay", answer_f("REPEAT_REQ_INCONSISTENT")), ticks(61_000), resumed(2 * HOUR),
                reply(2 * HOUR + 500, "inquiry", inquired(p, "F"))], "failed", "id_taken", "pay inquiry*21")
both("resumed after the cancel window", "a cancel that fell due is sent once before it is given up",
     lambda p: [*cancelling, ticks(7000), resumed(3 * DAY)], "cancelling", "cancel_unresolved", "pay cancel*3")
both("resumed after the cancel window, cancelled", "a cancel that fell due is sent once, and its answer counts",
     lambda p: [*cancelling, ticks(7000), resumed(3 * DAY), reply(3 * DAY + 500, "cancel", answer_s())], "cancelled",
     "cancel_unresolved", "pay cancel*3")
both("resumed after the cancel window, no answer", "then the inquiries, and Unresolved",
     lambda p: [*cancelling, ticks(7000), resumed(3 * DAY), ticks(3 * DAY + 80_000)], "unresolved",
     "cancel_unresolved", "pay cancel*3 inquiry*20")
both("resumed after the check of a window that is over", "what fell due is asked once before it is given up",
     lambda p: [*too_late, ticks(62_000), resumed(3 * DAY), reply(3 * DAY + 500, "inquiry", inquired(p, "S"))],
     "refunding", sent="pay cancel inquiry*21 refund")
both("resumed after the check, no answer", "then Unresolved",
     lambda p: [*too_late, ticks(62_000), resumed(3 * DAY), ticks(3 * DAY + 5000)], "unresolved",
     sent="pay cancel inquiry*21")
case("resumed after the refund's end", "a refund that fell due is asked once before it is given up", AMS,
     [*refunding(AMS), resumed(3 * DAY)], "refunding", sent="pay cancel inquiry refund refund_inquiry")
case("resumed after the refund's end", "a refund that fell due is sent once before it is given up", PLUS,
     [*refunding(PLUS), resumed(3 * DAY)], "refunding", sent="pay cancel inquiry refund*2")
case("resumed after the refund's end, refunded", "a refund that fell due is asked once, and its answer counts", AMS,
     [*refunding(AMS), resumed(3 * DAY), reply(3 * DAY + 500, "refund_inquiry", answer_s(refundStatus="SUCCESS"))],
     "refunded", sent="pay cancel inquiry refund refund_inquiry")
both("resumed after the refund's end, no answer", "then Unresolved",
     lambda p: [*refunding(p), resumed(3 * DAY), ticks(3 * DAY + 5000)], "unresolved", without="sends")
for scenario in CUSTOMER:
    both(f"{scenario}, resumed", "a restart changes nothing that follows",
         lambda p: [begin(), reply(1000, "pay", created()), resumed(2000), ticks(21_000)], "awaiting_customer",
         sent="pay inquiry*2", scenario=scenario)

# -- time -----------------------------------------------------------------------------------------------------------

both("clock set back, waiting for the reply", "the deadline moves back with the clock: one full reply time in all",
     lambda p: [begin(100_000), tick(101_000), tick(51_000), tick(54_999)], "paying", sent="pay")
case("clock set back, deadline", "the deadline moves back with the clock", AMS,
     [begin(100_000), tick(101_000), tick(51_000), ticks(55_000)], "confirming", sent="pay inquiry")
both("clock set back while confirming", "the next inquiry moves back with the clock",
     lambda p: [begin(100_000), reply(101_000, "pay", pay_u()), ticks(104_000), tick(105_000), tick(55_000),
                ticks(57_000)], "confirming", sent="pay inquiry*2", without="next_wakeup")
both("clock set back while cancelling", "the next cancel moves back with the clock",
     lambda p: [begin(100_000), cancel_requested(101_000), tick(103_000), tick(53_000), ticks(56_000)], "cancelling",
     sent="pay cancel*2", without="next_wakeup")
case("clock set back, the expiry stays", "the expiry is absolute: resends up to it by the new clock", PLUS,
     [begin(100_000), tick(104_000), tick(54_000), ticks(160_000)], "confirming", sent="pay*14 inquiry",
     policy={"resend_limit": 20})
case("clock set back, the cancel window stays", "the cancel window is absolute", AMS,
     [begin(1_000_000), cancel_requested(1_001_000), reply(1_001_000, "cancel", answer_u()), tick(1_002_000),
      tick(902_000), ticks(1_299_999)], "cancelling", "cancel_unresolved", only="state alerts",
     policy={"cancel_window": 300_000})
both("clock set back by a reply's event", "evidence counts whatever the clock says",
     lambda p: [begin(100_000), tick(101_000), reply(1_000, "pay", pay_s())], "succeeded", sent="pay")
both("late tick while confirming", "a late tick sends one inquiry, not a burst",
     lambda p: [*confirming, tick(40_000)], "confirming", sent="pay inquiry")
both("late tick, the next one", "intervals count from send to send", lambda p: [*confirming, tick(40_000), ticks(43_000)],
     "confirming", sent="pay inquiry*2")
both("late tick while cancelling", "a late tick sends one cancel",
     lambda p: [*cancelling, tick(30_000)], "cancelling", sent="pay cancel*2")
case("late tick after the deadline", "the missing reply is seen at the tick; one inquiry at once", AMS,
     [begin(), tick(40_000)], "confirming", sent="pay inquiry")
case("late tick after the deadline", "the missing reply is seen at the tick; the resend 3 s after", PLUS,
     [begin(), tick(40_000)], "paying", sent="pay")
both("early tick", "a tick before anything is due changes nothing", lambda p: [*confirming, tick(2000)], "confirming",
     sent="pay")
for preset in BOTH:
    case("ticks alone", "with ticks alone a final state is reached", preset,
         [begin(), ticks(3 * DAY)], "unresolved", "cancel_unresolved", only="state outcome alerts next_wakeup")
    for scenario in CUSTOMER:
        case(f"{scenario}, ticks alone", "with ticks alone a final state is reached", preset,
             [begin(), ticks(3 * DAY)], "unresolved", "cancel_unresolved", only="state outcome alerts next_wakeup",
             scenario=scenario)
        case(f"{scenario}, created, ticks alone", "with ticks alone a final state is reached", preset,
             [begin(), reply(1000, "pay", created()), ticks(3 * DAY)], "unresolved", "cancel_unresolved",
             only="state outcome alerts next_wakeup", scenario=scenario)
    case("ticks alone in a refund", "with ticks alone a final state is reached", preset,
         [*refunding(preset), ticks(3 * DAY)], "unresolved", only="state outcome alerts next_wakeup")

# -- inquiries ------------------------------------------------------------------------------------------------------

both("inquiry success", "SUCCESS of the payment: Succeeded",
     lambda p: [*confirming, ticks(4000), reply(4100, "inquiry", inquired(p, "S"))], "succeeded", sent="pay inquiry")
both("inquiry success without an amount", "an absent amount contradicts nothing",
     lambda p: [*confirming, ticks(4000), reply(4100, "inquiry", inquired(p, "S", amount=None))], "succeeded")
both("inquiry failure", "FAIL of the payment: Failed",
     lambda p: [*confirming, ticks(4000), reply(4100, "inquiry", inquired(p, "F"))], "failed", sent="pay inquiry")
both("inquiry: closed", "FAIL with ORDER_IS_CLOSED: Cancelled",
     lambda p: [*confirming, ticks(4000), reply(4100, "inquiry", inquired(p, "F", "ORDER_IS_CLOSED"))], "cancelled")
case("inquiry: cancelled", "CANCELLED: Cancelled", AMS,
     [*confirming, ticks(4000), reply(4100, "inquiry", inquired(AMS, "F", word="CANCELLED"))], "cancelled")
both("inquiry: in process", "in process: go on, next inquiry one interval after the last was sent",
     lambda p: [*confirming, ticks(4000), reply(6500, "inquiry", inquired(p, "U")), ticks(7000)], "confirming",
     sent="pay inquiry*2")
case("inquiry: pending", "PENDING: go on, no alert", AMS,
     [*confirming, ticks(4000), reply(4100, "inquiry", inquired(AMS, "U", word="PENDING"))], "confirming")
for code in ("ORDER_NOT_EXIST", "SYSTEM_ERROR", "ACCESS_DENIED", "PROCESS_FAIL"):
    both(f"inquiry F {code}", "a failed inquiry says nothing of the payment",
         lambda p: [*confirming, ticks(4000), reply(4100, "inquiry", answer_f(code)), ticks(7000)], "confirming",
         sent="pay inquiry*2")
both("inquiry U", "an inquiry that answers U: go on",
     lambda p: [*confirming, ticks(4000), reply(4100, "inquiry", answer_u()), ticks(7000)], "confirming",
     sent="pay inquiry*2")
both("inquiry S without a status", "only the payment's own status says what happened",
     lambda p: [*confirming, ticks(4000), reply(4100, "inquiry", answer_s(paymentRequestId=ID))], "confirming",
     without="alerts")
both("inquiry no reply", "a missing reply: go on", lambda p: [*confirming, ticks(4000), no_reply(4500, "inquiry"),
     ticks(7000)], "confirming", sent="pay inquiry*2")
case("inquiry with Alipay+'s field", "AMS reads paymentStatus only", AMS,
     [*confirming, ticks(4000), reply(4100, "inquiry", inquired(PLUS, "S"))], "confirming")
case("inquiry with AMS's field", "Alipay+ reads paymentResult only", PLUS,
     [*confirming, ticks(4000), reply(4100, "inquiry", inquired(AMS, "S"))], "confirming")
both("inquiry F with a payment status", "result says first whether the inquiry worked",
     lambda p: [*confirming, ticks(4000),
                reply(4100, "inquiry", {**inquired(p, "F"), "result": result("F", "SYSTEM_ERROR")})], "confirming",
     reading="the payment's status in an inquiry that failed is not read")
both("late inquiry reply", "a late reply to an old inquiry counts",
     lambda p: [*confirming, ticks(16_000), reply(16_500, "inquiry", inquired(p, "S"), 2)], "succeeded")
both("inquiries exhausted: still waiting", "after the last inquiry one reply time is waited",
     lambda p: [*confirming, ticks(65_999)], "confirming", sent="pay inquiry*20")
both("inquiries exhausted", "then cancel", lambda p: [*confirming, ticks(66_000)], "cancelling",
     sent="pay inquiry*20 cancel")
both("the last inquiry answered early", "the cancel follows the answer of the last inquiry at once",
     lambda p: [*confirming, ticks(61_000), reply(61_500, "inquiry", inquired(p, "U"))], "cancelling",
     sent="pay inquiry*20 cancel")
for what, body in (("F", answer_f("ORDER_NOT_EXIST")), ("U", answer_u()), ("no status", answer_s())):
    both(f"the last inquiry answered, {what}", "the cancel follows the answer of the last inquiry at once",
         lambda p: [*confirming, ticks(61_000), reply(61_500, "inquiry", body)], "cancelling",
         sent="pay inquiry*20 cancel", reading="any verified answer to it")
both("the last inquiry answered, success", "evidence is weighed first",
     lambda p: [*confirming, ticks(61_000), reply(61_500, "inquiry", inquired(p, "S"))], "succeeded",
     sent="pay inquiry*20")
both("the last inquiry but one answered late", "only the answer of the last one is followed",
     lambda p: [*confirming, ticks(61_000), reply(61_500, "inquiry", inquired(p, "U"), 20), ticks(65_999)],
     "confirming", sent="pay inquiry*20")
both("the last inquiry, no reply", "the reply time is waited where the answer is missing",
     lambda p: [*confirming, ticks(61_000), no_reply(61_500, "inquiry"), ticks(65_999)], "confirming",
     sent="pay inquiry*20", reading="a late answer may still come")
both("the last inquiry, another id", "a reply of another id is a missing one",
     lambda p: [*confirming, ticks(61_000), reply(61_500, "inquiry", inquired(p, "U", paymentRequestId="other")),
                ticks(65_999)], "confirming", "id_mismatch", "pay inquiry*20")
both("one more after the last, answered", "the cancel follows the answer of the last inquiry, not of the one before",
     lambda p: [*confirming, ticks(61_000), notified(63_000, notice(p, "S", amount=None)),
                reply(63_500, "inquiry", inquired(p, "U"), 21), reply(64_000, "inquiry", inquired(p, "U"), 22)],
     "cancelling", sent="pay inquiry*21 cancel")
both("success at the last moment", "evidence is weighed before the overdue cancel",
     lambda p: [*confirming, ticks(61_000), notified(70_000, notice(p, "S"))], "succeeded", sent="pay inquiry*20")
case("AMS no reply, exhausted", "20 inquiries from 5 s on, the last at 62 s", AMS, [begin(), ticks(66_999)],
     "confirming", sent="pay inquiry*20")
case("AMS no reply, cancel", "20 inquiries from 5 s on, one reply time, cancel", AMS, [begin(), ticks(67_000)],
     "cancelling", sent="pay inquiry*20 cancel")
both("inquiry answered by the traffic limit", "the traffic limit doubles the next interval",
     lambda p: [*confirming, ticks(4000), reply(4100, "inquiry", answer_u("REQUEST_TRAFFIC_EXCEED_LIMIT")),
                ticks(9999)], "confirming", sent="pay inquiry")
both("inquiry answered by the traffic limit, then", "the traffic limit doubles the next interval only",
     lambda p: [*confirming, ticks(4000), reply(4100, "inquiry", answer_u("REQUEST_TRAFFIC_EXCEED_LIMIT")),
                ticks(13_000)], "confirming", sent="pay inquiry*3")

# -- notifications --------------------------------------------------------------------------------------------------

both("notification before the reply", "a notification settles a payment whose reply is open",
     lambda p: [begin(), notified(1000, notice(p, "S"))], "succeeded", sent="pay")
both("notification, then the reply", "a repeated success changes nothing",
     lambda p: [begin(), notified(1000, notice(p, "S")), reply(2000, "pay", pay_s())], "succeeded", sent="pay")
both("notification crosses a U", "in process never overwrites a final fact",
     lambda p: [begin(), notified(1000, notice(p, "S")), reply(1001, "pay", pay_u(UNKNOWN)), ticks(9000)], "succeeded",
     sent="pay")
both("notification while confirming", "a notification settles a payment", lambda p: [*confirming,
     notified(2000, notice(p, "S"))], "succeeded", sent="pay")
both("notification F", "as FAIL of an inquiry", lambda p: [*confirming, notified(2000, notice(p, "F"))], "failed")
both("notification F while paying", "as FAIL of an inquiry", lambda p: [begin(), notified(2000, notice(p, "F"))],
     "failed", sent="pay")
both("notification: closed", "as FAIL of an inquiry: ORDER_IS_CLOSED is Cancelled",
     lambda p: [*confirming, notified(2000, notice(p, "F", "ORDER_IS_CLOSED"))], "cancelled")
both("notification U", "no news", lambda p: [*confirming, notified(2000, notice(p, "U"))], "confirming", sent="pay")
both("notification U while paying", "no news", lambda p: [begin(), notified(2000, notice(p, "U"))], "paying",
     sent="pay")
both("notification S without an amount", "starts an inquiry at once instead of deciding",
     lambda p: [*confirming, notified(2000, notice(p, "S", amount=None))], "confirming", sent="pay inquiry",
     without="next_wakeup")
both("notification S without an amount while paying", "starts an inquiry at once instead of deciding",
     lambda p: [begin(), notified(2000, notice(p, "S", amount=None))], "confirming", sent="pay inquiry",
     without="state next_wakeup")
both("notification S without an amount, then the inquiry", "starts an inquiry at once, which decides",
     lambda p: [*confirming, notified(2000, notice(p, "S", amount=None)), reply(2500, "inquiry", inquired(p, "S"))],
     "succeeded", sent="pay inquiry")
case("notification F during a resend", "a verified FAIL counts with copies open", PLUS,
     [begin(), ticks(8000), notified(8500, notice(PLUS, "F"))], "failed", sent="pay*2")

# -- the id is taken ------------------------------------------------------------------------------------------------

taken = [begin(), reply(1000, "pay", answer_f("REPEAT_REQ_INCONSISTENT"))]
both("id taken", "Confirming, with the alert", lambda p: taken, "confirming", "id_taken", "pay")
both("id taken, the cashier cancels", "never a cancel, not even when asked for",
     lambda p: [*taken, cancel_requested(2000), ticks(4000)], "confirming", "id_taken", "pay inquiry")
both("id taken, inquiry success", "another's payment: Unresolved",
     lambda p: [*taken, ticks(4000), reply(4100, "inquiry", inquired(p, "S"))], "unresolved", "id_taken",
     "pay inquiry")
both("id taken, exhausted", "Unresolved after the inquiries", lambda p: [*taken, ticks(66_000)], "unresolved",
     "id_taken", "pay inquiry*20")
both("id taken, not yet exhausted", "after the last inquiry one reply time is waited", lambda p: [*taken,
     ticks(65_999)], "confirming", "id_taken", "pay inquiry*20")
both("id taken, inquiry failure", "FAIL as usual",
     lambda p: [*taken, ticks(4000), reply(4100, "inquiry", inquired(p, "F"))], "failed", "id_taken")
both("id taken, inquiry closed", "closed as usual",
     lambda p: [*taken, ticks(4000), reply(4100, "inquiry", inquired(p, "F", "ORDER_IS_CLOSED"))], "cancelled",
     "id_taken")
case("id taken, inquiry cancelled", "CANCELLED as usual", AMS,
     [*taken, ticks(4000), reply(4100, "inquiry", inquired(AMS, "F", word="CANCELLED"))], "cancelled", "id_taken")
case("id taken on a resend", "Confirming, with the alert, no further resend", PLUS,
     [begin(), ticks(8000), reply(9000, "pay", answer_f("REPEAT_REQ_INCONSISTENT")), ticks(12_000)], "confirming",
     "id_taken", "pay*2 inquiry")
both("id taken while cancelling", "never a cancel: no further one",
     lambda p: [begin(), cancel_requested(500), reply(1000, "pay", answer_f("REPEAT_REQ_INCONSISTENT")),
                ticks(59_000)], "confirming", "id_taken", without="state next_wakeup sends", only="alerts",
     reading="the state after it is left open")
both("id taken, resumed", "a restart forgets nothing",
     lambda p: [*taken, resumed(2000), cancel_requested(2500), ticks(66_000)], "unresolved", "id_taken",
     "pay inquiry*20")

# -- cancel ---------------------------------------------------------------------------------------------------------

case("cancel before begin", "in Ready: Cancelled, nothing sent", AMS, [cancel_requested(0)], "cancelled", sent="")
case("cancel before begin", "in Ready: Cancelled, nothing sent", PLUS, [cancel_requested(0)], "cancelled", sent="")
both("cancel while paying", "cancel at once", lambda p: [begin(), cancel_requested(1000)], "cancelling",
     sent="pay cancel")
both("cancel while confirming", "cancel at once", lambda p: cancelling, "cancelling", sent="pay cancel")
case("cancel while a resend is due", "no pay after the first cancel", PLUS,
     [begin(), ticks(5000), cancel_requested(6000), ticks(10_999)], "cancelling", sent="pay cancel")
both("cancel after success", "ignored", lambda p: [*succeeded(p), cancel_requested(2000)], "succeeded", sent="pay")
both("cancel after failure", "a final state never changes",
     lambda p: [begin(), reply(1000, "pay", answer_f(REFUSED)), cancel_requested(2000)], "failed", sent="pay")
both("no inquiry after the cashier's cancel", "the inquiries stop",
     lambda p: [*confirming, ticks(4000), cancel_requested(5000), ticks(9999)], "cancelling", sent="pay inquiry cancel")
both("cancel S", "S: Cancelled", lambda p: [*cancelling, reply(2500, "cancel", answer_s())], "cancelled",
     sent="pay cancel")
for code in ("ORDER_IS_CANCELED", "ORDER_IS_CLOSED"):
    both(f"cancel F {code}", "Cancelled", lambda p: [*cancelling, reply(2500, "cancel", answer_f(code))], "cancelled")
both("cancel S late", "a late S to an old cancel counts",
     lambda p: [*cancelling, ticks(12_000), reply(12_500, "cancel", answer_s(), 2)], "cancelled", sent="pay cancel*3")
both("cancel no reply", "the same call every 5 s, send to send", lambda p: [*cancelling, ticks(7000)], "cancelling",
     sent="pay cancel*2")
both("cancel U", "the same call every 5 s, send to send",
     lambda p: [*cancelling, reply(4000, "cancel", answer_u()), ticks(6999)], "cancelling", sent="pay cancel")
both("cancel U, again", "the same call every 5 s, send to send",
     lambda p: [*cancelling, reply(4000, "cancel", answer_u()), ticks(7000)], "cancelling", sent="pay cancel*2")
both("cancel for 59 s", "every 5 s for 60 s", lambda p: [*cancelling, ticks(61_000)], "cancelling",
     sent="pay cancel*12")
both("cancel for a minute", "then an alert", lambda p: [*cancelling, ticks(62_000)], "cancelling", "cancel_unresolved",
     "pay cancel*13", reading="the call at 60 s is the first of the slow ones")
both("cancel after a minute", "and every 60 s", lambda p: [*cancelling, ticks(121_999)], "cancelling",
     "cancel_unresolved", "pay cancel*13", reading="the call at 60 s is the first of the slow ones")
both("cancel after two minutes", "and every 60 s", lambda p: [*cancelling, ticks(122_000)], "cancelling",
     "cancel_unresolved", "pay cancel*14", reading="the call at 60 s is the first of the slow ones")
both("cancel S after the alert", "S: Cancelled", lambda p: [*cancelling, ticks(130_000), reply(131_000, "cancel",
     answer_s())], "cancelled", "cancel_unresolved", without="sends")
both("cancel answered by the traffic limit", "the traffic limit doubles the next interval",
     lambda p: [*cancelling, reply(2500, "cancel", answer_u("REQUEST_TRAFFIC_EXCEED_LIMIT")), ticks(11_999)],
     "cancelling", sent="pay cancel")
both("cancel answered by the traffic limit, then", "the traffic limit doubles the next interval only",
     lambda p: [*cancelling, reply(2500, "cancel", answer_u("REQUEST_TRAFFIC_EXCEED_LIMIT")), ticks(17_000)],
     "cancelling", sent="pay cancel*3")
for code in ("ACCESS_DENIED", "PROCESS_FAIL", "SIGNATURE_INVALID", "A_CODE_OF_TOMORROW"):
    both(f"cancel F {code}", "any other F: as U, with an alert",
         lambda p: [*cancelling, reply(2500, "cancel", answer_f(code)), ticks(7000)], "cancelling",
         "unexpected_refusal", "pay cancel*2")
both("cancel refused twice", "one alert",
     lambda p: [*cancelling, reply(2500, "cancel", answer_f("PROCESS_FAIL")), ticks(7000),
                reply(7500, "cancel", answer_f("PARAM_ILLEGAL"))], "cancelling", "unexpected_refusal", "pay cancel*2")
both("cancel without funds", "MERCHANT_BALANCE_NOT_ENOUGH: alert, then every 60 s",
     lambda p: [*cancelling, reply(2000, "cancel", answer_f("MERCHANT_BALANCE_NOT_ENOUGH")), ticks(61_999)],
     "cancelling", "merchant_balance_not_enough", "pay cancel")
both("cancel without funds, again", "MERCHANT_BALANCE_NOT_ENOUGH: alert, then every 60 s",
     lambda p: [*cancelling, reply(2000, "cancel", answer_f("MERCHANT_BALANCE_NOT_ENOUGH")), ticks(62_000),
                reply(62_000, "cancel", answer_s())], "cancelled", "merchant_balance_not_enough", "pay cancel*2",
     without="alerts")
both("order not there, early", "ORDER_NOT_EXIST: repeat",
     lambda p: [begin(), cancel_requested(1000), reply(1500, "cancel", answer_f("ORDER_NOT_EXIST")), ticks(6000)],
     "cancelling", sent="pay cancel*2")
for preset, margin in ((AMS, 180_000), (PLUS, 120_000)):
    early = [begin(), cancel_requested(1000), ticks(margin)]
    case("order not there, sent before expiry and margin", "the cancel must be sent after expiry + margin", preset,
         [*early, reply(margin + 500, "cancel", answer_f("ORDER_NOT_EXIST"))], "cancelling", "cancel_unresolved",
         without="sends next_wakeup")
    after = [begin(), cancel_requested(1000), ticks(margin + 60_000)]
    case("order not there, sent after expiry and margin", "then it means Cancelled", preset,
         [*after, reply(margin + 60_500, "cancel", answer_f("ORDER_NOT_EXIST"))], "cancelled", "cancel_unresolved",
         without="sends")
    case("order not there, though it was", "something verified has shown the order: alert, repeat", preset,
         [*after, notified(margin + 60_100, notice(preset, "S")),
          reply(margin + 60_500, "cancel", answer_f("ORDER_NOT_EXIST"))], "cancelling",
         "cancel_unresolved conflicting_evidence", without="sends next_wakeup")
    case("order not there, though an inquiry saw it", "something verified has shown the order: alert, repeat", preset,
         [*confirming, ticks(4000), reply(4100, "inquiry", inquired(preset, "U")), cancel_requested(5000),
          ticks(margin + 70_000), reply(margin + 70_500, "cancel", answer_f("ORDER_NOT_EXIST"))], "cancelling",
         "cancel_unresolved conflicting_evidence", without="sends next_wakeup")
    case("order not there, late answer to an early cancel", "what counts is when the cancel was sent", preset,
         [*after, reply(margin + 60_500, "cancel", answer_f("ORDER_NOT_EXIST"), 2)], "cancelling",
         "cancel_unresolved", without="sends next_wakeup")
case("order not there, a nearer expiry", "the payment's own expiry counts", AMS,
     [begin(), cancel_requested(1000), ticks(71_500), reply(72_000, "cancel", answer_f("ORDER_NOT_EXIST"))],
     "cancelling", "cancel_unresolved", without="sends next_wakeup", expiry=10_000,
     reading="the call at 61 s is sent before expiry + margin, 70 s")
case("order not there, a nearer expiry, after", "the payment's own expiry counts", AMS,
     [begin(), cancel_requested(1000), ticks(121_500), reply(122_000, "cancel", answer_f("ORDER_NOT_EXIST"))],
     "cancelled", "cancel_unresolved", without="sends", expiry=10_000)
both("pay S after the cancel", "a success is remembered, the cancel's answer decides",
     lambda p: [begin(), cancel_requested(1000), reply(1500, "pay", pay_s())], "cancelling", sent="pay cancel")
both("pay S after the cancel, cancel S", "the cancel's answer decides: Cancelled",
     lambda p: [begin(), cancel_requested(1000), reply(1500, "pay", pay_s()), reply(2000, "cancel", answer_s())],
     "cancelled", sent="pay cancel")
both("notification S after the cancel, cancel S", "the cancel's answer decides: Cancelled",
     lambda p: [*cancelling, notified(2500, notice(p, "S")), reply(3000, "cancel", answer_s())], "cancelled")
both("inquiry S after the cancel", "a success is remembered",
     lambda p: [*confirming, ticks(4000), cancel_requested(4100), reply(4500, "inquiry", inquired(p, "S"))],
     "cancelling", sent="pay inquiry cancel")
both("inquiry FAIL after the cancel", "a verified FAIL ends it as Failed",
     lambda p: [*confirming, ticks(4000), cancel_requested(4100), reply(4500, "inquiry", inquired(p, "F"))], "failed")
both("inquiry closed after the cancel", "closed: Cancelled", lambda p: [*confirming, ticks(4000),
     cancel_requested(4100), reply(4500, "inquiry", inquired(p, "F", "ORDER_IS_CLOSED"))], "cancelled")
both("notification F after the cancel", "a verified FAIL ends it as Failed",
     lambda p: [*cancelling, notified(2500, notice(p, "F"))], "failed")
both("pay F after the cancel", "a refusal of the only send ends it as Failed",
     lambda p: [begin(), cancel_requested(1000), reply(1500, "pay", answer_f(REFUSED))], "failed", sent="pay cancel")
case("pay F after the cancel, another copy open", "another copy can have been accepted: the cancel goes on", PLUS,
     [begin(), ticks(8000), cancel_requested(8500), reply(9000, "pay", answer_f(REFUSED), 2)], "cancelling",
     sent="pay*2 cancel")
both("pay U after the cancel", "no pay after the first cancel",
     lambda p: [begin(), cancel_requested(1000), reply(1500, "pay", pay_u(UNKNOWN)), ticks(6000)], "cancelling",
     sent="pay cancel*2")
both("pay closed after the cancel", "closed: Cancelled",
     lambda p: [begin(), cancel_requested(1000), reply(1500, "pay", answer_f("ORDER_IS_CLOSED"))], "cancelled")
both("pay SYSTEM_ERROR after the cancel", "the outcome is open: the cancel goes on",
     lambda p: [begin(), cancel_requested(1000), reply(1500, "pay", answer_f("SYSTEM_ERROR"))], "cancelling")
both("cancel S crosses a late pay S", "after the end the outcome stands; the success was not known: alert",
     lambda p: [begin(), cancel_requested(1000), reply(1500, "cancel", answer_s()), reply(2000, "pay", pay_s())],
     "cancelled", "conflicting_evidence")
both("another amount after the cancel", "the alert, and the cancel goes on",
     lambda p: [begin(), cancel_requested(1000), reply(1500, "pay", pay_s(OTHER))], "cancelling", "amount_mismatch")

# -- a cancel that was refused --------------------------------------------------------------------------------------

for label, prefix in (("ORDER_STATUS_INVALID", conflict), ("CANCEL_WINDOW_EXCEED", too_late)):
    both(f"{label}: inquiries", "stay Cancelling, inquiries at 3 s, no cancel meanwhile",
         lambda p: [*prefix, ticks(14_000)], "cancelling", sent="pay cancel inquiry*4")
    both(f"{label}: 20 inquiries", "up to 20 inquiries, one reply time after the last",
         lambda p: [*prefix, ticks(66_999)], "cancelling", without="alerts", sent="pay cancel inquiry*20")
    both(f"{label}: success", "success: refund",
         lambda p: [*prefix, ticks(5000), reply(5500, "inquiry", inquired(p, "S"))], "refunding",
         sent="pay cancel inquiry refund")
    both(f"{label}: success, told to ask", "refund_after_cancel_window ask: alert and Unresolved",
         lambda p: [*prefix, ticks(5000), reply(5500, "inquiry", inquired(p, "S"))], "unresolved", "refund_consent",
         "pay cancel inquiry", policy={"refund_after_cancel_window": "ask"})
    both(f"{label}: failure", "FAIL: Failed", lambda p: [*prefix, ticks(5000),
         reply(5500, "inquiry", inquired(p, "F"))], "failed")
    both(f"{label}: closed", "closed: Cancelled", lambda p: [*prefix, ticks(5000),
         reply(5500, "inquiry", inquired(p, "F", "ORDER_IS_CLOSED"))], "cancelled")
    case(f"{label}: cancelled", "CANCELLED: Cancelled", AMS,
         [*prefix, ticks(5000), reply(5500, "inquiry", inquired(AMS, "F", word="CANCELLED"))], "cancelled")
    both(f"{label}: other amount", "a mismatched payment is never refunded: Unresolved",
         lambda p: [*prefix, ticks(5000), reply(5500, "inquiry", inquired(p, "S", amount=OTHER))], "unresolved",
         "amount_mismatch", "pay cancel inquiry")
    both(f"{label}: old inquiry", "only inquiries sent after the answer count",
         lambda p: [*confirming, ticks(4000), cancel_requested(4500), reply(4500, "cancel", prefix[-1]["event"]["body"]),
                    reply(5000, "inquiry", inquired(p, "S"), 2)], "cancelling", sent="pay inquiry cancel",
         without="next_wakeup")
    both(f"{label}: old inquiry, then a new one", "only inquiries sent after the answer count",
         lambda p: [*confirming, ticks(4000), cancel_requested(4500), reply(4500, "cancel", prefix[-1]["event"]["body"]),
                    reply(5000, "inquiry", inquired(p, "S"), 2), ticks(7500),
                    reply(7600, "inquiry", inquired(p, "S"), 4)], "refunding", sent="pay inquiry cancel inquiry refund")
    both(f"{label}: success known before", "a remembered success still needs an inquiry",
         lambda p: [begin(), cancel_requested(2000), reply(2000, "pay", pay_s()),
                    reply(2000, "cancel", prefix[-1]["event"]["body"])], "cancelling", sent="pay cancel",
         without="next_wakeup")
    both(f"{label}: cancel S late", "a late S to an older cancel counts",
         lambda p: [*cancelling, ticks(7000), reply(7000, "cancel", prefix[-1]["event"]["body"], 3),
                    reply(8000, "cancel", answer_s(), 2)], "cancelled", sent="pay cancel*2")
both("ORDER_STATUS_INVALID: the last inquiry answered", "the cancel follows the answer of the last inquiry at once",
     lambda p: [*conflict, ticks(62_000), reply(62_500, "inquiry", inquired(p, "U"))], "cancelling",
     sent="pay cancel inquiry*20 cancel", without="alerts next_wakeup")
both("CANCEL_WINDOW_EXCEED: the last inquiry answered", "Unresolved follows the answer of the last inquiry at once",
     lambda p: [*too_late, ticks(62_000), reply(62_500, "inquiry", inquired(p, "U"))], "unresolved",
     sent="pay cancel inquiry*20")
both("ORDER_STATUS_INVALID: nothing clear", "cancel again",
     lambda p: [*conflict, ticks(67_000)], "cancelling", sent="pay cancel inquiry*20 cancel",
     without="alerts next_wakeup", reading="the first of these cancels comes at once")
both("CANCEL_WINDOW_EXCEED: nothing clear", "Unresolved", lambda p: [*too_late, ticks(67_000)], "unresolved",
     sent="pay cancel inquiry*20")
both("CANCEL_WINDOW_EXCEED: nothing clear though paid", "a success that no new inquiry confirmed: Unresolved",
     lambda p: [begin(), cancel_requested(2000), reply(2000, "pay", pay_s()),
                reply(2000, "cancel", answer_f("CANCEL_WINDOW_EXCEED")), ticks(67_000)], "unresolved",
     sent="pay cancel inquiry*20")
window = {"cancel_window": 300_000}
case("window over by our clock", "no cancel after the window; inquiries, then Unresolved", AMS,
     [*cancelling, ticks(400_000)], "unresolved", "cancel_unresolved", "pay cancel*13 cancel*3 inquiry*20",
     policy=window)
case("window over by our clock: cancels before", "cancels until the window ends", AMS, [*cancelling, ticks(299_999)],
     "cancelling", "cancel_unresolved", "pay cancel*16", policy=window)
case("window over by our clock: success", "success: refund", AMS,
     [*cancelling, ticks(303_000), reply(303_500, "inquiry", inquired(AMS, "S"))], "refunding", "cancel_unresolved",
     policy=window, without="sends next_wakeup")
case("window over by our clock: failure", "FAIL: Failed", AMS,
     [*cancelling, ticks(303_000), reply(303_500, "inquiry", inquired(AMS, "F"))], "failed", "cancel_unresolved",
     policy=window, without="sends")
case("window over by our clock: a late cancel S", "a cancel's S is final", AMS,
     [*cancelling, ticks(303_000), reply(303_500, "cancel", answer_s())], "cancelled", "cancel_unresolved",
     policy=window, without="sends")
case("the window never ends before the first cancel + 60 s", "a cancel asked for late has a minute", AMS,
     [*confirming, ticks(58_000), cancel_requested(290_000), ticks(349_999)], "cancelling", only="state",
     policy=window)
case("the window never ends before expiry + margin + 60 s", "a short window is stretched to 240 s", AMS,
     [*cancelling, ticks(239_000)], "cancelling", "cancel_unresolved", "pay cancel*13 cancel*2",
     policy={"cancel_window": 100_000})
case("the window ends at expiry + margin + 60 s", "a short window is stretched to 240 s", AMS,
     [*cancelling, ticks(330_000)], "unresolved", "cancel_unresolved", "pay cancel*13 cancel*2 inquiry*20",
     policy={"cancel_window": 100_000})
case("AMS window of 24 h, before its end", "begin + 24 h", AMS, [*cancelling, ticks(DAY - 1)], "cancelling",
     "cancel_unresolved", only="state alerts")
case("AMS window of 24 h, after its end", "begin + 24 h", AMS, [*cancelling, ticks(DAY + 5 * MINUTE)], "unresolved",
     "cancel_unresolved", only="state alerts outcome")
# 2026-03-01 23:50:00 in UTC+8
night = 1_772_380_200_000
cancel_at_night = [begin(night), reply(night + 1000, "pay", pay_u()), cancel_requested(night + 2000)]
case("next day's 00:15, begun at 23:50", "the window ends at 00:15 UTC+8 of the day after begin", PLUS,
     [*cancel_at_night, ticks(night + 25 * MINUTE - 1)], "cancelling", "cancel_unresolved", "pay cancel*13 cancel*23")
case("next day's 00:15, over", "the window ends at 00:15 UTC+8 of the day after begin", PLUS,
     [*cancel_at_night, ticks(night + 27 * MINUTE)], "unresolved", "cancel_unresolved",
     "pay cancel*13 cancel*23 inquiry*20")
case("next day's 00:15, begun at 00:05", "00:05 belongs to the new day: the window ends 24 h 10 min later", PLUS,
     [begin(night + 15 * MINUTE), cancel_requested(night + 16 * MINUTE), ticks(night + DAY + 25 * MINUTE - 1)],
     "cancelling", "cancel_unresolved", only="state alerts")
case("next day's 00:15, begun at 00:05, over", "00:05 belongs to the new day: the window ends 24 h 10 min later", PLUS,
     [begin(night + 15 * MINUTE), cancel_requested(night + 16 * MINUTE), ticks(night + DAY + 28 * MINUTE)],
     "unresolved", "cancel_unresolved", only="state alerts outcome")
case("next day's 00:15, cancelled at 00:14:30", "never before the first cancel + 60 s", PLUS,
     [begin(night), reply(night + 1000, "pay", pay_u()), cancel_requested(night + 24 * MINUTE + 30_000),
      ticks(night + 25 * MINUTE + 29_999)], "cancelling", sent="pay cancel*12")
case("next day's 00:15, begun in the UTC day after", "the day is that of UTC+8, not of UTC", PLUS,
     [begin(night - 8 * HOUR), cancel_requested(night - 8 * HOUR + 1000), ticks(night + 25 * MINUTE - 1)],
     "cancelling", "cancel_unresolved", only="state alerts")

# -- refunding ------------------------------------------------------------------------------------------------------

both("refund S", "Refunded", lambda p: [*refunding(p), reply(5500, "refund", answer_s())], "refunded",
     sent="pay cancel inquiry refund")
both("refund no reply", "the same request every 5 s", lambda p: [*refunding(p), ticks(10_000)], "refunding",
     sent="pay cancel inquiry refund*2")
both("refund U", "the same request every 5 s",
     lambda p: [*refunding(p), reply(6000, "refund", answer_u()), ticks(15_000)], "refunding",
     sent="pay cancel inquiry refund*3")
both("refund for 59 s", "every 5 s for 60 s", lambda p: [*refunding(p), ticks(64_999)], "refunding",
     sent="pay cancel inquiry refund*12")
case("refund after a minute", "then every 60 s by inquiryRefund", AMS, [*refunding(AMS), ticks(130_000)], "refunding",
     sent="pay cancel inquiry refund*12 refund_inquiry*2", reading="the first inquiry comes at 60 s")
case("refund after a minute", "then every 60 s the same refund", PLUS, [*refunding(PLUS), ticks(130_000)],
     "refunding", sent="pay cancel inquiry refund*14", reading="the first of the slow ones comes at 60 s")
both("refund S late", "a late S to an old refund counts", lambda p: [*refunding(p), ticks(130_000),
     reply(130_500, "refund", answer_s(), 4)], "refunded", without="sends")
both("refund: order cancelled", "ORDER_IS_CANCELED: Cancelled", lambda p: [*refunding(p),
     reply(5500, "refund", answer_f("ORDER_IS_CANCELED"))], "cancelled")
for code in ("REFUND_WINDOW_EXCEED", "ACCESS_DENIED"):
    both(f"refund F {code}", "the refusal of the only copy: Unresolved, with its alert",
         lambda p: [*refunding(p), reply(5500, "refund", answer_f(code))], "unresolved", "refund_failed")
for code, alert in (("SYSTEM_ERROR", ""), ("A_CODE_OF_TOMORROW", "unexpected_refusal")):
    both(f"refund F {code}", "SYSTEM_ERROR and unknown codes refuse nothing: the refund goes on",
         lambda p: [*refunding(p), reply(5500, "refund", answer_f(code)), ticks(10_000)], "refunding", alert,
         "pay cancel inquiry refund*2")
for code in ("REFUND_WINDOW_EXCEED", "ACCESS_DENIED"):
    both(f"refund F {code} to a later copy", "a refusal is the end only if no other copy can have been carried out",
         lambda p: [*refunding(p), ticks(10_000), reply(10_500, "refund", answer_f(code), 5)], "refunding",
         sent="pay cancel inquiry refund*2")
    both(f"refund F {code} to every copy", "a refusal is the end only if no other copy can have been carried out",
         lambda p: [*refunding(p), ticks(10_000), reply(10_500, "refund", answer_f(code), 5),
                    reply(10_600, "refund", answer_f("REFUND_NOT_SUPPORTED"), 4)], "unresolved", "refund_failed")
both("refund not sent", "the same again after 3 s", lambda p: [*refunding(p), no_reply(5000, "refund", "not_sent"),
     ticks(8000)], "refunding", sent="pay cancel inquiry refund*2")
both("refund not sent four times", "no copy can have left: it was not made", lambda p: [*refunding(p),
     no_reply(5000, "refund", "not_sent"), ticks(8000), no_reply(8000, "refund", "not_sent"), ticks(11_000),
     no_reply(11_000, "refund", "not_sent"), ticks(14_000), no_reply(14_000, "refund", "not_sent")], "unresolved",
     "refund_failed", "pay cancel inquiry refund*4")
def refund_notice(word, refund=f"refund-{ID}", amount=OURS):
    return {"notifyType": "REFUND_RESULT", **answer_s(), "refundStatus": word, "refundRequestId": refund,
            "refundAmount": amount}


both("notified of the refund", "a notification is evidence",
     lambda p: [*refunding(p), notified(5500, refund_notice("SUCCESS"))], "refunded")
both("notified of the refund's failure", "a notification is evidence",
     lambda p: [*refunding(p), notified(5500, refund_notice("FAIL"))], "unresolved", "refund_failed")
both("notified of another refund", "it says nothing about this one",
     lambda p: [*refunding(p), notified(5500, refund_notice("SUCCESS", "refund-other"))], "refunding", "id_mismatch")
both("notified of the refund with another amount", "it says nothing about this one",
     lambda p: [*refunding(p), notified(5500, refund_notice("SUCCESS", amount=OTHER))], "refunding", "amount_mismatch")
both("notified of a refund while paying", "it says nothing about the payment",
     lambda p: [begin(), notified(1000, refund_notice("SUCCESS"))], "paying", sent="pay")
asked = [*refunding(AMS), ticks(65_000)]
case("refund inquiry success", "the refund was made: Refunded", AMS,
     [*asked, reply(65_500, "refund_inquiry", answer_s(refundStatus="SUCCESS"))], "refunded", without="sends")
case("refund inquiry in process", "go on every 60 s", AMS,
     [*asked, reply(65_500, "refund_inquiry", answer_s(refundStatus="PROCESSING")), ticks(125_000)], "refunding",
     sent="pay cancel inquiry refund*12 refund_inquiry*2")
case("refund inquiry failure", "the refund failed: Unresolved, with its alert", AMS,
     [*asked, reply(65_500, "refund_inquiry", answer_s(refundStatus="FAIL"))], "unresolved", "refund_failed",
     without="sends")
case("refund inquiry: not there", "asked again after 15 s", AMS,
     [*asked, reply(65_000, "refund_inquiry", answer_f("ORDER_NOT_EXIST")), ticks(80_000)], "refunding",
     sent="pay cancel inquiry refund*12 refund_inquiry*2")
missing = list(asked)
for time in (65_000, 80_000, 95_000):
    missing += [reply(time, "refund_inquiry", answer_f("ORDER_NOT_EXIST")), ticks(time + 15_000)]
case("refund inquiry: not there three times again", "asked again after 15 s, three times", AMS, missing, "refunding",
     sent="pay cancel inquiry refund*12 refund_inquiry*4", reading="three times again, so four in all",
     without="next_wakeup")
case("refund inquiry: never there", "then the refund is sent again", AMS,
     [*missing, reply(110_000, "refund_inquiry", answer_f("ORDER_NOT_EXIST"))], "refunding",
     sent="pay cancel inquiry refund*12 refund_inquiry*4 refund", reading="three times again, so four in all",
     without="next_wakeup")
both("refund without an end", "24 h, then Unresolved", lambda p: [*refunding(p), ticks(DAY)], "refunding",
     only="state alerts")
both("refund given up", "24 h, then Unresolved", lambda p: [*refunding(p), ticks(DAY + 10 * MINUTE)], "unresolved",
     only="state outcome")
both("cancel requested while refunding", "the refund goes on", lambda p: [*refunding(p), cancel_requested(6000)],
     "refunding", sent="pay cancel inquiry refund")
both("success again while refunding", "nothing new", lambda p: [*refunding(p), notified(6000, notice(p, "S"))],
     "refunding", sent="pay cancel inquiry refund")
both("refund answered by the traffic limit", "the traffic limit doubles the next interval",
     lambda p: [*refunding(p), reply(5500, "refund", answer_u("REQUEST_TRAFFIC_EXCEED_LIMIT")), ticks(14_999)],
     "refunding", sent="pay cancel inquiry refund")

# -- after the end --------------------------------------------------------------------------------------------------

failed = [begin(), reply(1000, "pay", answer_f(REFUSED))]
both("success after failure", "a success that was not known: alert once, the outcome stands",
     lambda p: [*failed, notified(2000, notice(p, "S")), notified(3000, notice(p, "S"))], "failed",
     "conflicting_evidence", "pay")
both("success after giving up what was never sent", "a success that was not known: alert",
     lambda p: [*never, no_reply(9000, "pay", "not_sent"), notified(9500, notice(p, "S"))], "failed",
     "conflicting_evidence")
both("success after cancelled", "a success that was not known: alert",
     lambda p: [*cancelling, reply(2500, "cancel", answer_s()), notified(3000, notice(p, "S"))], "cancelled",
     "conflicting_evidence")
both("success known before cancelled", "a success that was known: no alert",
     lambda p: [*cancelling, notified(2200, notice(p, "S")), reply(2500, "cancel", answer_s()),
                notified(3000, notice(p, "S"))], "cancelled")
both("success after refunded", "a success that was known: no alert",
     lambda p: [*refunding(p), reply(5500, "refund", answer_s()), notified(6000, notice(p, "S"))], "refunded")
both("failure after success, notification", "a failure after Succeeded: alert",
     lambda p: [*succeeded(p), notified(2000, notice(p, "F"))], "succeeded", "conflicting_evidence", "pay")
both("failure after success, inquiry", "a failure after Succeeded: alert",
     lambda p: [*confirming, ticks(4000), notified(4100, notice(p, "S")), reply(4200, "inquiry", inquired(p, "F"))],
     "succeeded", "conflicting_evidence")
both("failure after failure", "nothing new", lambda p: [*failed, notified(2000, notice(p, "F"))], "failed")
both("failure after cancelled", "no money was taken either way: no alert",
     lambda p: [*cancelling, reply(2500, "cancel", answer_s()), notified(3000, notice(p, "F"))], "cancelled")
unresolved = [*too_late, ticks(67_000)]
both("success after unresolved", "any final fact after Unresolved: alert once",
     lambda p: [*unresolved, notified(70_000, notice(p, "S")), notified(71_000, notice(p, "S"))], "unresolved",
     "late_evidence", "pay cancel inquiry*20")
both("failure after unresolved", "any final fact after Unresolved: alert",
     lambda p: [*unresolved, notified(70_000, notice(p, "F"))], "unresolved", "late_evidence")
both("inquiry success after unresolved", "any final fact after Unresolved: alert",
     lambda p: [*unresolved, reply(70_000, "inquiry", inquired(p, "S"))], "unresolved", "late_evidence")
both("cancel S after unresolved", "any final fact after Unresolved: alert",
     lambda p: [*unresolved, reply(70_000, "cancel", answer_s())], "unresolved", "late_evidence")
both("in process after unresolved", "not a final fact: no alert",
     lambda p: [*unresolved, notified(70_000, notice(p, "U"))], "unresolved")
both("success after id taken", "any final fact after Unresolved: alert",
     lambda p: [*taken, ticks(66_000), notified(70_000, notice(p, "S"))], "unresolved", "id_taken late_evidence")
both("refund S after consent was asked", "any final fact after Unresolved: alert",
     lambda p: [*too_late, ticks(5000), reply(5500, "inquiry", inquired(p, "S")), notified(6000, notice(p, "S"))],
     "unresolved", "refund_consent late_evidence", policy={"refund_after_cancel_window": "ask"})
both("ticks after the end", "a final state asks for no wake-up", lambda p: [*succeeded(p), tick(100_000)], "succeeded",
     sent="pay")
both("no reply after the end", "a final state never changes",
     lambda p: [*confirming, ticks(4000), notified(4100, notice(p, "S")), no_reply(9000, "inquiry")], "succeeded")

# -- entry and order code -------------------------------------------------------------------------------------------

LATE_FORM = {"redirectActionForm": {"method": "GET", "redirectUrl": "https://pay.example/r"}}
for scenario in CUSTOMER:
    def customer(name, rule, events, *rest, presets=BOTH, scenario=scenario, **more):
        for preset in presets:
            case(f"{scenario}, {name}", rule, preset, events(preset), *rest, scenario=scenario, **more)

    made = [begin(), reply(1000, "pay", created())]
    customer("created", "pay's S with a form: the customer is awaited", lambda p: made, "awaiting_customer", sent="pay")
    customer("created without a form", "pay's S without paymentTime: created, not paid",
             lambda p: [begin(), reply(1000, "pay", created(False))], "awaiting_customer", sent="pay")
    customer("created with a form and paymentTime", "pay's S with a form: created, not paid",
             lambda p: [begin(), reply(1000, "pay", created(paymentTime="2026-03-01T09:00:01+08:00"))],
             "awaiting_customer", sent="pay")
    customer("S with paymentTime, no form", "only a form or a missing paymentTime makes S a creation",
             lambda p: [begin(), reply(1000, "pay", pay_s())], "succeeded", sent="pay")
    customer("U with a form", "U with a form means created as well",
             lambda p: [begin(), reply(1000, "pay", pay_u(
                 IN_PROCESS, redirectActionForm={"method": "GET", "redirectUrl": "https://pay.example/r"}))],
             "awaiting_customer", sent="pay")
    customer("paymentUrl", "paymentUrl is a form",
             lambda p: [begin(), reply(1000, "pay", pay_u(UNKNOWN, paymentUrl="https://pay.example/u")), ticks(15_999)],
             "awaiting_customer", sent="pay")
    customer("first inquiry", "inquiries from 15 s after the form", lambda p: [*made, ticks(16_000)],
             "awaiting_customer", sent="pay inquiry")
    customer("before the first inquiry", "inquiries from 15 s after the form", lambda p: [*made, ticks(15_999)],
             "awaiting_customer", sent="pay")
    customer("further inquiries", "every 5 s", lambda p: [*made, ticks(31_000)], "awaiting_customer",
             sent="pay inquiry*4")
    customer("inquiries without limit", "more than 20 until the closing time", lambda p: [*made, ticks(131_000)],
             "awaiting_customer", sent="pay inquiry*24")
    customer("paid, notification", "success in a notification is payment in every scenario",
             lambda p: [*made, notified(9000, notice(p, "S"))], "succeeded", sent="pay")
    customer("paid, inquiry", "success in an inquiry is payment in every scenario",
             lambda p: [*made, ticks(16_000), reply(16_500, "inquiry", inquired(p, "S"))], "succeeded",
             sent="pay inquiry")
    customer("paid before the pay reply", "success in a notification is payment in every scenario",
             lambda p: [begin(), notified(500, notice(p, "S")), reply(1000, "pay", created())], "succeeded",
             sent="pay")
    customer("refused by the customer", "FAIL: Failed",
             lambda p: [*made, ticks(16_000), reply(16_500, "inquiry", inquired(p, "F"))], "failed")
    customer("closed", "ORDER_IS_CLOSED: Cancelled", lambda p: [*made, ticks(16_000), reply(16_500, "inquiry",
             inquired(p, "F", "ORDER_IS_CLOSED"))], "cancelled")
    customer("still in process", "go on", lambda p: [*made, ticks(16_000), reply(16_500, "inquiry", inquired(p, "U")),
             ticks(21_000)], "awaiting_customer", sent="pay inquiry*2")
    customer("inquiry: not there yet", "go on", lambda p: [*made, ticks(16_000),
             reply(16_500, "inquiry", answer_f("ORDER_NOT_EXIST")), ticks(21_000)], "awaiting_customer",
             sent="pay inquiry*2")
    customer("traffic limit", "the traffic limit doubles the next interval", lambda p: [*made, ticks(16_000),
             reply(16_500, "inquiry", answer_u("REQUEST_TRAFFIC_EXCEED_LIMIT")), ticks(25_999)], "awaiting_customer",
             sent="pay inquiry")
    customer("other amount", "an amount that differs: alert and Confirming",
             lambda p: [*made, notified(9000, notice(p, "S", amount=OTHER))], "confirming", "amount_mismatch", "pay",
             without="next_wakeup")
    customer("other amount, inquiries", "inquiries go on at the customers' pace, beyond 20",
             lambda p: [*made, notified(9000, notice(p, "S", amount=OTHER)), ticks(134_000)], "confirming",
             "amount_mismatch", "pay inquiry*25", reading="5 s after the dispute, and every 5 s")
    customer("other amount, the closing time", "inquiries until the closing time, one more, then Unresolved",
             lambda p: [*made, notified(9000, notice(p, "S", amount=OTHER)), ticks(185_000)], "unresolved",
             "amount_mismatch", "pay inquiry*35", expiry=180_000)
    customer("other amount, the last inquiry answered", "the end follows the answer of the last inquiry at once",
             lambda p: [*made, notified(9000, notice(p, "S", amount=OTHER)), ticks(180_000),
                        reply(180_500, "inquiry", inquired(p, "U"))], "unresolved", "amount_mismatch",
             "pay inquiry*35", expiry=180_000)
    customer("other amount, then ours", "only evidence that states our amount is success after a mismatch",
             lambda p: [*made, notified(9000, notice(p, "S", amount=OTHER)), ticks(14_000),
                        reply(14_500, "inquiry", inquired(p, "S"))], "succeeded", "amount_mismatch", "pay inquiry")
    customer("other amount, the cashier cancels", "a cashier's cancel still cancels",
             lambda p: [*made, notified(9000, notice(p, "S", amount=OTHER)), cancel_requested(10_000)], "cancelling",
             "amount_mismatch", "pay cancel")
    customer("other amount while paying", "inquiries until the closing time, one more, then Unresolved",
             lambda p: [begin(), notified(1000, notice(p, "S", amount=OTHER)), ticks(185_000)], "unresolved",
             "amount_mismatch", "pay inquiry*36", expiry=180_000)
    customer("other amount while confirming", "inquiries until the closing time, one more, then Unresolved",
             lambda p: [*confirming, ticks(61_000), notified(62_000, notice(p, "S", amount=OTHER)), ticks(185_000)],
             "unresolved", "amount_mismatch", "pay inquiry*44", expiry=180_000,
             reading="the limit of 20 does not hold here")
    customer("other amount after the closing time", "one more was asked already: Unresolved",
             lambda p: [*made, ticks(180_000), notified(182_000, notice(p, "S", amount=OTHER)), ticks(185_000)],
             "unresolved", "amount_mismatch", "pay inquiry*34", expiry=180_000)
    customer("other amount, traffic limit", "the traffic limit doubles the next interval at the customers' pace",
             lambda p: [*made, notified(9000, notice(p, "S", amount=OTHER)), ticks(14_000),
                        reply(14_500, "inquiry", answer_u("REQUEST_TRAFFIC_EXCEED_LIMIT")), ticks(23_999)],
             "confirming", "amount_mismatch", "pay inquiry")
    customer("other amount, resumed", "a restart changes nothing that follows",
             lambda p: [*made, notified(9000, notice(p, "S", amount=OTHER)), resumed(10_000), ticks(24_000)],
             "confirming", "amount_mismatch", "pay inquiry*3")
    taken_up = [begin(), reply(1000, "pay", created()), ticks(185_000)]
    customer("nobody took it up", "created is no evidence of an order: ORDER_NOT_EXIST after expiry and margin",
             lambda p: [*taken_up, ticks(246_000), reply(246_500, "cancel", answer_f("ORDER_NOT_EXIST"))],
             "cancelled", "cancel_unresolved", expiry=180_000, without="sends")
    customer("nobody took it up, no form", "created is no evidence of an order: ORDER_NOT_EXIST after expiry and margin",
             lambda p: [begin(), reply(1000, "pay", created(False)), ticks(246_000),
                        reply(246_500, "cancel", answer_f("ORDER_NOT_EXIST"))], "cancelled", "cancel_unresolved",
             expiry=180_000, without="sends")
    customer("nobody took it up yet", "ORDER_NOT_EXIST before expiry and margin: repeat, never Cancelled",
             lambda p: [*taken_up, ticks(239_000), reply(239_500, "cancel", answer_f("ORDER_NOT_EXIST")),
                        ticks(240_000)], "cancelling", sent="pay inquiry*34 cancel*12", expiry=180_000)
    customer("nobody took it up, asked again and again", "cancels go on until one was sent after expiry and margin",
             lambda p: [*taken_up, *[event for n in range(12) for event in (
                 ticks(185_000 + 5000 * n), reply(185_100 + 5000 * n, "cancel", answer_f("ORDER_NOT_EXIST")))],
                        ticks(245_000), reply(245_100, "cancel", answer_f("ORDER_NOT_EXIST"))], "cancelled",
             "cancel_unresolved", "pay inquiry*34 cancel*13", expiry=180_000)
    customer("taken up, then not there", "an inquiry has shown the order: alert, repeat",
             lambda p: [*made, ticks(16_000), reply(16_500, "inquiry", inquired(p, "U")), ticks(246_000),
                        reply(246_500, "cancel", answer_f("ORDER_NOT_EXIST"))], "cancelling",
             "cancel_unresolved conflicting_evidence", expiry=180_000, without="sends next_wakeup")
    customer("resumed after the closing time", "what fell due is asked once, then the cancel",
             lambda p: [*made, resumed(900_000), ticks(904_999)], "confirming", sent="pay inquiry",
             only="sends outcome alerts", expiry=180_000)
    customer("a form in an inquiry", "a form that comes late is still presented, and the customer awaited",
             lambda p: [*confirming, ticks(4000), reply(4100, "inquiry", {**inquired(p, "U"), **LATE_FORM}),
                        ticks(19_100)], "awaiting_customer", sent="pay inquiry*2")
    customer("a form after the closing time", "no form after the closing time",
             lambda p: [*confirming, ticks(61_000), reply(61_000, "inquiry", {**inquired(p, "U"), **LATE_FORM})],
             "cancelling", sent="pay inquiry*20 cancel", expiry=50_000)
    customer("notification without an amount", "starts an inquiry at once", lambda p: [*made,
             notified(9000, notice(p, "S", amount=None))], "awaiting_customer", sent="pay inquiry",
             without="next_wakeup state")
    customer("the cashier cancels", "cancel at once", lambda p: [*made, cancel_requested(9000)], "cancelling",
             sent="pay cancel")
    customer("cancel, then the form", "no form after the first cancel", lambda p: [begin(), cancel_requested(500),
             reply(1000, "pay", created())], "cancelling", sent="pay cancel")
    customer("cancel, then paid, cancel S", "the cancel's answer decides", lambda p: [*made, cancel_requested(9000),
             notified(9100, notice(p, "S")), reply(9500, "cancel", answer_s())], "cancelled", sent="pay cancel")
    customer("pay refused", "a refusal of the only send: Failed", lambda p: [begin(), reply(1000, "pay",
             answer_f("PROCESS_FAIL"))], "failed", sent="pay")
    customer("in process without a form", "in process: confirm after one interval", lambda p: [*confirming,
             ticks(4000)], "confirming", sent="pay inquiry")
    customer("no reply", "a missing reply is confirmed at once", lambda p: [begin(), ticks(5000)], "confirming",
             sent="pay inquiry", presets=(AMS,))
    customer("no reply", "the same request again 3 s after the missing reply", lambda p: [begin(), ticks(8000)],
             "paying", sent="pay*2", presets=(PLUS,))
    customer("resend created", "pay's S of any copy: created", lambda p: [begin(), ticks(8000),
             reply(9000, "pay", created())], "awaiting_customer", sent="pay*2", presets=(PLUS,))
    customer("late tick", "a late tick sends one inquiry", lambda p: [*made, tick(100_000)], "awaiting_customer",
             sent="pay inquiry")
    customer("closing time", "at the closing time one more inquiry", lambda p: [*made, ticks(604_999)], "confirming",
             sent="pay inquiry*118", presets=(AMS,), only="outcome sends alerts")
    customer("after the closing time", "then one reply time, then cancel", lambda p: [*made, ticks(605_000)],
             "cancelling", sent="pay inquiry*118 cancel", presets=(AMS,))
    customer("closing time", "at the closing time one more inquiry", lambda p: [*made, ticks(184_999)], "confirming",
             sent="pay inquiry*34", presets=(PLUS,), only="outcome sends alerts")
    customer("after the closing time", "then one reply time, then cancel", lambda p: [*made, ticks(185_000)],
             "cancelling", sent="pay inquiry*34 cancel", presets=(PLUS,))
    customer("paid at the last moment", "success in the last inquiry", lambda p: [*made, ticks(180_000),
             reply(180_500, "inquiry", inquired(p, "S"))], "succeeded", presets=(PLUS,), without="sends")
    customer("a nearer paymentExpiryTime", "the closing time is the earliest of the three", lambda p: [*made,
             ticks(35_000)], "cancelling", sent="pay inquiry*4 cancel", expiry=30_000)
    customer("a farther paymentExpiryTime", "AMS: a stated time is sent as stated", lambda p: [*made,
             ticks(605_000)], "awaiting_customer", sent="pay inquiry*118", expiry=3_000_000, presets=(AMS,))
    customer("a farther paymentExpiryTime, over", "AMS: a stated time is sent as stated", lambda p: [*made,
             ticks(705_000)], "cancelling", sent="pay inquiry*138 cancel", expiry=700_000, presets=(AMS,))
    customer("a farther paymentExpiryTime", "the closing time is the earliest of the three", lambda p: [*made,
             ticks(185_000)], "cancelling", sent="pay inquiry*34 cancel", expiry=3_000_000, presets=(PLUS,))
    customer("a late tick after the closing time", "one inquiry, not a burst", lambda p: [*made, tick(700_000)],
             "confirming", sent="pay inquiry", only="sends outcome alerts")
    customer("closing time set by the policy", "every number is settable", lambda p: [*made, ticks(45_000)],
             "cancelling", sent="pay inquiry*6 cancel", policy={"closing_time": 40_000},
             without="sends next_wakeup")
both("OrderCode, expireTime of the form", "the closing time is the earliest of the three",
     lambda p: [begin(), reply(1000, "pay", order_code(iso(30_000))), ticks(35_000)], "cancelling",
     sent="pay inquiry*4 cancel", scenario="OrderCode")
both("OrderCode, expireTime beyond the others", "the closing time is the earliest of the three",
     lambda p: [begin(), reply(1000, "pay", order_code(iso(3_000_000))), ticks(179_000)], "awaiting_customer",
     scenario="OrderCode", sent="pay inquiry*33")
both("OrderCode, expireTime, not yet over", "at the closing time one more inquiry, then one reply time",
     lambda p: [begin(), reply(1000, "pay", order_code(iso(30_000))), ticks(34_999)], "confirming",
     sent="pay inquiry*4", scenario="OrderCode", only="sends outcome alerts")
both("payment code with a form", "S of a payment code is success even with a form",
     lambda p: [begin(), reply(1000, "pay", pay_s(
         redirectActionForm={"method": "GET", "redirectUrl": "https://pay.example/r"}))], "succeeded", sent="pay")
challenge = {"challengeActionForm": {"challengeType": "SMS_OTP"}}
challenged = [begin(), reply(1000, "pay", pay_u(IN_PROCESS, **challenge))]
both("payment code, a challenge", "a form in the answer to a payment code: Present, alert, the customer is awaited",
     lambda p: challenged, "awaiting_customer", "customer_action_required", "pay")
both("payment code, a redirect with another U", "a form in the answer to a payment code: no resend",
     lambda p: [begin(), reply(1000, "pay", pay_u(UNKNOWN, redirectActionForm={"redirectUrl": "https://pay.example/r"})),
                ticks(15_999)], "awaiting_customer", "customer_action_required", "pay")
both("payment code, a challenge, first inquiry", "inquiries as for customers' codes: 15 s after, then every 5 s",
     lambda p: [*challenged, ticks(26_000)], "awaiting_customer", "customer_action_required", "pay inquiry*3")
case("payment code, a challenge, until the expiry", "inquiries until the expiry, one more, one reply time, cancel", AMS,
     [*challenged, ticks(125_000)], "cancelling", "customer_action_required", "pay inquiry*22 cancel")
case("payment code, a challenge, until the expiry", "inquiries until the expiry, one more, one reply time, cancel",
     PLUS, [*challenged, ticks(65_000)], "cancelling", "customer_action_required", "pay inquiry*10 cancel")
both("payment code, a challenge, the last inquiry answered", "the cancel follows the answer at once",
     lambda p: [*challenged, ticks(60_000), reply(60_500, "inquiry", inquired(p, "U"))],
     "cancelling", "customer_action_required", expiry=60_000, sent="pay inquiry*10 cancel")
both("payment code, a challenge, paid", "success in an inquiry is payment",
     lambda p: [*challenged, ticks(16_000), reply(16_500, "inquiry", inquired(p, "S"))], "succeeded",
     "customer_action_required", "pay inquiry")
both("payment code, a challenge, not taken up", "the order was there: ORDER_NOT_EXIST contradicts it",
     lambda p: [*challenged, cancel_requested(2000), ticks(242_500), reply(243_000, "cancel",
                answer_f("ORDER_NOT_EXIST"))], "cancelling",
     "customer_action_required cancel_unresolved conflicting_evidence", without="sends next_wakeup")
both("payment code, a challenge in an inquiry", "a form that comes late is still presented",
     lambda p: [*confirming, ticks(4000), reply(4100, "inquiry", {**inquired(p, "U"), **challenge})],
     "awaiting_customer", "customer_action_required", "pay inquiry")
both("payment code, a challenge twice", "a form is presented once, and its copy changes nothing",
     lambda p: [*challenged, reply(9000, "pay", pay_u(IN_PROCESS, **challenge)), ticks(16_000)], "awaiting_customer",
     "customer_action_required", "pay inquiry")
both("payment code, a challenge after the cancel", "no form after the first cancel",
     lambda p: [begin(), cancel_requested(500), reply(1000, "pay", pay_u(IN_PROCESS, **challenge))], "cancelling",
     sent="pay cancel")
both("payment code, a challenge after a mismatch", "what is disputed is not presented",
     lambda p: [begin(), notified(500, notice(p, "S", amount=OTHER)), reply(1000, "pay", pay_u(IN_PROCESS, **challenge))],
     "confirming", "amount_mismatch", "pay", without="next_wakeup")
both("payment code, refused with a form", "F is a refusal, with a form too",
     lambda p: [begin(), reply(1000, "pay", answer_f(REFUSED, **challenge))], "failed", sent="pay")
both("payment code, a challenge after the expiry", "no form after the expiry: one inquiry, one reply time, cancel",
     lambda p: [begin(), reply(130_000, "pay", pay_u(IN_PROCESS, **challenge), 1), ticks(135_000)], "cancelling",
     sent="pay inquiry cancel")
both("payment code, a challenge, resumed", "a restart changes nothing that follows",
     lambda p: [*challenged, resumed(2000), ticks(16_000)], "awaiting_customer", "customer_action_required",
     "pay inquiry")
both("payment code, a challenge, then a mismatch", "20 inquiries for payment codes, then Unresolved",
     lambda p: [*challenged, notified(5000, notice(p, "S", amount=OTHER)), ticks(70_000)], "unresolved",
     "customer_action_required amount_mismatch", "pay inquiry*20")

# -- evidence that crosses, and evidence that contradicts -----------------------------------------------------------

both("another amount after success", "a mismatch is told whenever it is seen; the outcome stands",
     lambda p: [*succeeded(p), notified(2000, notice(p, "S", amount=OTHER))], "succeeded", "amount_mismatch",
     reading="the alert is raised after the end too")
both("another amount after failure", "a success that was not known, of another amount: both alerts",
     lambda p: [*failed, notified(2000, notice(p, "S", amount=OTHER))], "failed",
     "amount_mismatch conflicting_evidence", reading="the alert is raised after the end too")
both("a refused copy after success", "a refused request is no failure of the payment: no alert",
     lambda p: [begin(), ticks(8000), notified(8500, notice(p, "S")), reply(9000, "pay", answer_f("PARAM_ILLEGAL"), 1)],
     "succeeded", reading="only a refused payment contradicts a success")
both("a refused payment after success", "a failure after Succeeded: alert",
     lambda p: [begin(), ticks(8000), notified(8500, notice(p, "S")), reply(9000, "pay", answer_f(REFUSED), 1)],
     "succeeded", "conflicting_evidence")
case("a resend refused after the first succeeded", "a failure after Succeeded: alert", PLUS,
     [begin(), ticks(8000), reply(8500, "pay", pay_s(), 1), reply(9000, "pay", answer_f(REFUSED), 2)], "succeeded",
     "conflicting_evidence", "pay*2")
both("success known, then failure, while cancelling", "FAIL ends it as Failed; money that was seen stays visible",
     lambda p: [*confirming, ticks(4000), cancel_requested(4100), notified(4200, notice(p, "S")),
                reply(4500, "inquiry", inquired(p, "F"))], "failed", "conflicting_evidence",
     reading="the success was known, but only an alert keeps it visible")
both("failure while refunding", "contradicting evidence: alert, the refund goes on",
     lambda p: [*refunding(p), notified(6000, notice(p, "F"))], "refunding", "conflicting_evidence",
     "pay cancel inquiry refund", reading="what the rule says for the time after the end")
both("cancel S while refunding", "a late S to a cancel: Cancelled",
     lambda p: [*refunding(p), reply(6000, "cancel", answer_s())], "cancelled", sent="pay cancel inquiry refund",
     reading="a cancel's S is final")
both("NotSent, then its reply, then cancel", "a send that was answered has left: the cancel is sent",
     lambda p: [begin(), no_reply(500, "pay", "not_sent"), reply(600, "pay", answer_f("SYSTEM_ERROR")),
                cancel_requested(1000)], "cancelling", sent="pay cancel")
both("NotSent, then a notification, then cancel", "the gateway knows the order: the cancel is sent",
     lambda p: [begin(), no_reply(500, "pay", "not_sent"), notified(600, notice(p, "U")), cancel_requested(1000)],
     "cancelling", sent="pay cancel", reading="NotSent is known only while nothing verified contradicts it")
case("NotSent after the deadline, while confirming", "it still counts as NotSent, and nothing can have left", AMS,
     [begin(), ticks(6000), no_reply(6000, "pay", "not_sent", 1)], "failed", sent="pay inquiry",
     reading="no further tries once the inquiries run")
both("unknown, resumed, then NotSent", "a send without an answer counts as possibly carried out",
     lambda p: [begin(), cancel_requested(500), no_reply(1000, "pay"), resumed(1500),
                no_reply(2000, "pay", "not_sent", 1)], "cancelling", sent="pay cancel",
     reading="open means not answered, the deadline aside")
both("pay in process crosses a cancel's ORDER_NOT_EXIST", "the order was there: alert, repeat",
     lambda p: [*cancelling, reply(2500, "cancel", answer_f("ORDER_NOT_EXIST")), ticks(7000)], "cancelling",
     "conflicting_evidence", "pay cancel*2", reading="the alert comes also before expiry and margin")
both("no funds, then order not there", "a cancel that lacks funds has shown the order",
     lambda p: [begin(), cancel_requested(1000), reply(1500, "cancel", answer_f("MERCHANT_BALANCE_NOT_ENOUGH")),
                ticks(70_000), reply(70_500, "cancel", answer_f("ORDER_NOT_EXIST"))], "cancelling",
     "merchant_balance_not_enough conflicting_evidence", without="next_wakeup sends")
both("CANCEL_WINDOW_EXCEED after ORDER_STATUS_INVALID", "only inquiries after the newer answer count",
     lambda p: [*cancelling, ticks(7000), reply(7000, "cancel", answer_f("ORDER_STATUS_INVALID"), 3), ticks(10_000),
                reply(10_500, "cancel", answer_f("CANCEL_WINDOW_EXCEED"), 2),
                reply(11_000, "inquiry", inquired(p, "S"), 4), ticks(13_500),
                reply(14_000, "inquiry", inquired(p, "S"), 5)], "refunding",
     sent="pay cancel*2 inquiry*2 refund")
both("a mismatch, a refused cancel, then our amount", "nothing is refunded automatically after a mismatch",
     lambda p: [begin(), reply(500, "pay", pay_s(OTHER)), cancel_requested(1000),
                reply(1000, "cancel", answer_f("ORDER_STATUS_INVALID")), ticks(4000),
                reply(4100, "inquiry", inquired(p, "S"))], "unresolved", "amount_mismatch", "pay cancel inquiry")
both("a refused cancel, a mismatch, then no amount", "a mismatched payment: Unresolved",
     lambda p: [*conflict, notified(3000, notice(p, "S", amount=OTHER)), ticks(5000),
                reply(5100, "inquiry", inquired(p, "S", amount=None))], "unresolved", "amount_mismatch",
     "pay cancel inquiry")
both("id taken, a notification without an amount", "it starts an inquiry at once instead of deciding",
     lambda p: [*taken, notified(2000, notice(p, "S", amount=None))], "confirming", "id_taken", "pay inquiry",
     without="next_wakeup")
both("id taken, a notification of success", "another's payment: Unresolved",
     lambda p: [*taken, notified(2000, notice(p, "S"))], "unresolved", "id_taken", "pay",
     reading="as an inquiry's success")
both("the traffic limit in a late answer", "it doubles the next interval all the same",
     lambda p: [*confirming, ticks(7000), reply(7500, "inquiry", answer_u("REQUEST_TRAFFIC_EXCEED_LIMIT"), 2),
                ticks(12_999)], "confirming", sent="pay inquiry*2")
both("a notification without an amount after the last inquiry", "it starts an inquiry at once",
     lambda p: [*confirming, ticks(61_000), notified(63_000, notice(p, "S", amount=None)), ticks(67_999)], "confirming",
     sent="pay inquiry*21", reading="also beyond the limit; one reply time is waited again")
case("refund in process", "REFUND_IN_PROCESS: inquire, do not resend", AMS,
     [*refunding(AMS), reply(5500, "refund", answer_u("REFUND_IN_PROCESS")), ticks(10_000)], "refunding",
     sent="pay cancel inquiry refund refund_inquiry", reading="the rule of the merchant's refund, at its interval")
case("refund in process", "Alipay+ has no inquiryRefund: the same refund", PLUS,
     [*refunding(PLUS), reply(5500, "refund", answer_u("REFUND_IN_PROCESS")), ticks(10_000)], "refunding",
     sent="pay cancel inquiry refund*2")
case("refund inquiry answered by the traffic limit", "the traffic limit doubles the next interval", AMS,
     [*asked, reply(65_500, "refund_inquiry", answer_u("REQUEST_TRAFFIC_EXCEED_LIMIT")), ticks(184_999)], "refunding",
     sent="pay cancel inquiry refund*12 refund_inquiry")
case("refund inquiry, unknown word", "an unknown word goes on as in process, with an alert", AMS,
     [*asked, reply(65_500, "refund_inquiry", answer_s(refundStatus="HALF_BACK"))], "refunding", "unknown_word",
     without="sends")
both("refund S after refund_failed", "any final fact after Unresolved: alert",
     lambda p: [*refunding(p), reply(5500, "refund", answer_f("ACCESS_DENIED")), reply(6000, "refund", answer_s(), 4)], "unresolved", "refund_failed late_evidence")
both("refund ORDER_IS_CANCELED after refund_failed", "any final fact after Unresolved: alert",
     lambda p: [*refunding(p), reply(5500, "refund", answer_f("ACCESS_DENIED")),
                reply(6000, "refund", answer_f("ORDER_IS_CANCELED"), 4)], "unresolved", "refund_failed late_evidence")
for scenario in CUSTOMER:
    case(f"{scenario}, a form that comes late", "it is still presented, and the customer awaited", AMS,
         [begin(), ticks(5000), reply(5500, "pay", created(), 1), ticks(20_500)], "awaiting_customer",
         sent="pay inquiry*2", scenario=scenario, reading="from Confirming back to AwaitingCustomer")
    both(f"{scenario}, clock set back", "the next inquiry moves back with the clock",
         lambda p: [begin(100_000), reply(101_000, "pay", created()), tick(102_000), tick(62_000), ticks(76_000)],
         "awaiting_customer", sent="pay inquiry", scenario=scenario)

# -- answers that could not be verified, and the configuration --------------------------------------------------------

for code in ("CLIENT_INVALID", "INVALID_CLIENT", "KEY_NOT_FOUND", "SIGNATURE_INVALID", "INVALID_SIGNATURE"):
    case(f"two unsigned answers {code}", "two unsigned answers that blame the configuration: alert", AMS,
         [begin(), unsigned(500, "pay", code), unsigned(600, "inquiry", code)], "confirming",
         "configuration_suspected", "pay inquiry")
both("one unsigned answer", "one may be anybody's: no alert", lambda p: [begin(), unsigned(500, "pay"), ticks(8000)],
     "confirming", without="sends state next_wakeup")
both("unsigned answers of other codes", "only the three codes blame the configuration",
     lambda p: [begin(), unsigned(500, "pay", "ACCESS_DENIED"), unsigned(600, "pay", "PROCESS_FAIL", 1), ticks(9000),
                unsigned(9500, "pay", "RISK_REJECT", 1)], "confirming", without="sends state next_wakeup")
both("an unsigned refusal settles nothing", "an unverified message is a missing reply, whatever its body says",
     lambda p: [begin(), unsigned(500, "pay"), reply(900, "pay", pay_s(), 1)], "succeeded", without="sends")
both("wrong keys, three in a row", "three answers in a row that verify under no key: alert",
     lambda p: [*confirming, ticks(10_000), wrong_key(10_100, "inquiry", 2), wrong_key(10_200, "inquiry", 3),
                wrong_key(10_300, "inquiry", 4)], "confirming", "configuration_suspected", "pay inquiry*3")
both("wrong keys, two", "two are no row of three",
     lambda p: [*confirming, ticks(10_000), wrong_key(10_100, "inquiry", 2), wrong_key(10_200, "inquiry", 3)],
     "confirming", sent="pay inquiry*3")
both("wrong keys, a verified answer between", "a verified message ends the row",
     lambda p: [*confirming, ticks(13_000), wrong_key(13_100, "inquiry", 2), wrong_key(13_200, "inquiry", 3),
                reply(13_300, "inquiry", inquired(p, "U"), 4), wrong_key(13_400, "inquiry", 5)], "confirming",
     sent="pay inquiry*4")
both("wrong keys, a notification between", "a verified message ends the row",
     lambda p: [*confirming, ticks(13_000), wrong_key(13_100, "inquiry", 2), wrong_key(13_200, "inquiry", 3),
                notified(13_300, notice(p, "U")), wrong_key(13_400, "inquiry", 4)], "confirming",
     sent="pay inquiry*4")
both("wrong keys, an unsigned answer between", "an answer without a signature ends the row",
     lambda p: [*confirming, ticks(13_000), wrong_key(13_100, "inquiry", 2), wrong_key(13_200, "inquiry", 3),
                unsigned(13_300, "inquiry", "PROCESS_FAIL", 4), wrong_key(13_400, "inquiry", 5)], "confirming",
     sent="pay inquiry*4", reading="a row is one of answers whose signature is there")
both("wrong keys, silence between", "no answer at all does not end the row",
     lambda p: [*confirming, ticks(13_000), wrong_key(13_100, "inquiry", 2), wrong_key(13_200, "inquiry", 3),
                no_reply(13_300, "inquiry", send_id=4), wrong_key(13_400, "inquiry", 5)], "confirming",
     "configuration_suspected", "pay inquiry*4", reading="a row is one of answers")
blamed = [begin(), unsigned(500, "pay")]


def blames(times, operation):
    """Each of these sends is answered without a signature."""
    return [event for time in times for event in (ticks(time), unsigned(time + 100, operation))]


case("configuration", "inquiries and a minute of cancels, then Unresolved", AMS,
     [*blamed, *blames(range(500, 58_000, 3000), "inquiry"), *blames(range(62_500, 122_000, 5000), "cancel"),
      ticks(122_500)], "unresolved", "configuration_suspected", "pay inquiry*20 cancel*12")
case("configuration, not yet over", "a minute of cancels", AMS, [*blamed, ticks(122_499)], "cancelling",
     sent="pay inquiry*20 cancel*12")
case("configuration, silence after pay", "each pay was answered by one of the codes: the end is the same", AMS,
     [*blamed, ticks(122_500)], "unresolved", "configuration_suspected", "pay inquiry*20 cancel*12",
     reading="the alert comes with the end at the latest")
case("configuration", "every copy of pay blames it: inquiries and a minute of cancels, then Unresolved", PLUS,
     [begin(), *[event for n, time in enumerate((0, 3500, 7000, 10_500)) for event in (
         ticks(time), unsigned(time + 500, "pay", "KEY_NOT_FOUND", n + 1))], ticks(133_000)], "unresolved",
     "configuration_suspected", "pay*4 inquiry*20 cancel*12")
case("configuration, one copy unanswered", "one copy may have been taken: cancels go on as usual", PLUS,
     [begin(), unsigned(500, "pay"), ticks(3500), no_reply(4000, "pay"), ticks(7000), unsigned(7500, "pay"),
      ticks(10_500), unsigned(11_000, "pay"), ticks(133_000)], "cancelling",
     "configuration_suspected cancel_unresolved", "pay*4 inquiry*20 cancel*13")
case("configuration, one copy NotSent", "NotSent or answered by one of the codes: Unresolved", PLUS,
     [begin(), no_reply(500, "pay", "not_sent"), ticks(3500), unsigned(4000, "pay"), cancel_requested(5000),
      ticks(65_000)], "unresolved", "configuration_suspected", "pay*2 cancel*12")
both("configuration, another code", "an unsigned answer of another code: cancels go on as usual",
     lambda p: [begin(), unsigned(500, "pay", "ACCESS_DENIED"), cancel_requested(1000), ticks(61_000)], "cancelling",
     "cancel_unresolved", without="sends")
both("configuration, wrong keys", "answers under a wrong key may be the gateway's: cancels go on as usual",
     lambda p: [begin(), wrong_key(500, "pay"), cancel_requested(1000), ticks(6000), wrong_key(6500, "cancel"),
                ticks(11_000), wrong_key(11_500, "cancel"), ticks(61_000)], "cancelling",
     "configuration_suspected cancel_unresolved", without="sends next_wakeup")
both("configuration, the cashier cancels", "a minute of cancels, then Unresolved",
     lambda p: [begin(), unsigned(500, "pay"), cancel_requested(1000), ticks(61_000)], "unresolved",
     "configuration_suspected", without="sends")
both("configuration, a verified answer", "something verified arrived: cancels go on as usual",
     lambda p: [begin(), unsigned(500, "pay"), cancel_requested(1000), reply(1500, "cancel", answer_u()),
                ticks(61_000)], "cancelling", "cancel_unresolved", without="sends next_wakeup")
both("configuration, a verified notification", "something verified arrived: cancels go on as usual",
     lambda p: [begin(), unsigned(500, "pay"), cancel_requested(1000),
                notified(1500, notice(p, "U", paymentRequestId="other")), ticks(61_000)], "cancelling",
     "id_mismatch cancel_unresolved", without="sends next_wakeup")
both("configuration, resumed in between", "pay may have left twice: cancels go on as usual",
     lambda p: [begin(), resumed(300), unsigned(500, "pay"), cancel_requested(1000), ticks(61_000)], "cancelling",
     "cancel_unresolved", without="sends next_wakeup", reading="the answer is that of one of the two")
both("configuration, resumed after the answer", "the answer was stored: Unresolved",
     lambda p: [begin(), unsigned(500, "pay"), cancel_requested(1000), resumed(1500), ticks(61_000)], "unresolved",
     "configuration_suspected", without="sends")
both("configuration, resumed when it is over", "what fell due is asked once before it is given up",
     lambda p: [begin(), unsigned(500, "pay"), cancel_requested(1000), resumed(2 * HOUR), ticks(2 * HOUR + 4999)],
     "cancelling", without="sends next_wakeup")
both("configuration, resumed, given up", "then Unresolved",
     lambda p: [begin(), unsigned(500, "pay"), cancel_requested(1000), resumed(2 * HOUR), ticks(2 * HOUR + 5000)],
     "unresolved", "configuration_suspected", without="sends")
both("configuration, late evidence", "any final fact after Unresolved: alert",
     lambda p: [begin(), unsigned(500, "pay"), cancel_requested(1000), ticks(61_000),
                notified(70_000, notice(p, "S"))], "unresolved", "configuration_suspected late_evidence",
     without="sends")
both("unsigned answers after the end", "after the end nothing is suspected",
     lambda p: [*confirming, ticks(7000), notified(7100, notice(p, "S")), unsigned(7200, "inquiry"),
                unsigned(7300, "inquiry", send_id=2)], "succeeded", sent="pay inquiry*2")

# -- the gateway's time -----------------------------------------------------------------------------------------------

both("an answer signed now", "the clocks agree", lambda p: [begin(100_000),
     reply(101_000, "pay", pay_u(), signed_at=100_500)], "confirming", sent="pay")
for signed_at in (41_000, 161_000):
    both(f"an answer signed at {signed_at}, 60 s off", "a difference of the margin is allowed",
         lambda p: [begin(100_000), reply(101_000, "pay", pay_u(), signed_at=signed_at)], "confirming", sent="pay")
for signed_at in (40_999, 161_001):
    both(f"an answer signed at {signed_at}, more than 60 s off", "a difference above the margin: alert",
         lambda p: [begin(100_000), reply(101_000, "pay", pay_u(), signed_at=signed_at)], "confirming", "clock_skew",
         "pay")
both("clock skew, the answer counts", "the alert settles nothing, and takes nothing away",
     lambda p: [begin(1_000_000), reply(1_001_000, "pay", pay_s(), signed_at=401_000)], "succeeded", "clock_skew",
     "pay")
both("clock skew, once", "each kind of alert at most once a payment",
     lambda p: [begin(1_000_000), reply(1_001_000, "pay", pay_u(), signed_at=401_000), ticks(1_004_000),
                reply(1_004_500, "inquiry", inquired(p, "U"), signed_at=404_000)], "confirming", "clock_skew",
     "pay inquiry")
both("clock skew after the end", "a difference is told whenever it is seen",
     lambda p: [begin(1_000_000), reply(1_000_500, "pay", pay_s()),
                reply(1_001_000, "pay", pay_s(), signed_at=401_000)], "succeeded", "clock_skew", "pay")
both("clock skew by the policy's margin", "every number is settable: clock_margin",
     lambda p: [begin(100_000), reply(101_000, "pay", pay_u(), signed_at=91_000)], "confirming", "clock_skew", "pay",
     policy={"clock_margin": 5000})
nameless = {"result": result("S", "SUCCESS"), "paymentTime": "2026-03-01T09:00:01+08:00", "paymentAmount": OURS}
case("a stale answer to pay that names no payment", "it settles nothing: as no reply", AMS,
     [begin(), reply(1000, "pay", nameless, stale=True)], "confirming", "stale_answer", "pay inquiry")
case("a stale answer to pay that names no payment", "it settles nothing: as no reply, the same request again", PLUS,
     [begin(), reply(1000, "pay", nameless, stale=True), ticks(4000)], "paying", "stale_answer", "pay*2")
both("a fresh answer to pay that names no payment", "only a stale one is a recording",
     lambda p: [begin(), reply(1000, "pay", nameless, stale=False)], "succeeded", sent="pay")
both("a stale answer that names our payment", "it was signed for this payment: it counts",
     lambda p: [begin(), reply(1000, "pay", pay_s(), stale=True)], "succeeded", sent="pay")
both("a stale answer that names another payment", "another paymentRequestId makes it a missing reply",
     lambda p: [begin(), reply(1000, "pay", pay_s(paymentRequestId="other"), stale=True)], "paying", "id_mismatch",
     without="state sends next_wakeup")
both("a stale inquiry answer that names no payment", "it settles nothing; the inquiries go on",
     lambda p: [*confirming, ticks(4000),
                reply(4100, "inquiry", inquired(p, "S", paymentRequestId=None, paymentId=None), stale=True),
                ticks(7000)], "confirming", "stale_answer", "pay inquiry*2")
both("a stale inquiry answer with the known paymentId", "it names our payment by the gateway's id: it counts",
     lambda p: [*confirming, ticks(4000), reply(4100, "inquiry", inquired(p, "U")), ticks(7000),
                reply(7100, "inquiry", inquired(p, "S", paymentRequestId=None), stale=True)], "succeeded",
     sent="pay inquiry*2")
both("a stale inquiry answer with a paymentId that is not known", "it names nothing that is known to be ours",
     lambda p: [*confirming, ticks(4000), reply(4100, "inquiry", inquired(p, "S", paymentRequestId=None), stale=True)],
     "confirming", "stale_answer", "pay inquiry")
both("a stale answer to the last inquiry", "it is a missing answer: one reply time is waited",
     lambda p: [*confirming, ticks(61_000), reply(61_500, "inquiry", answer_f("ORDER_NOT_EXIST"), stale=True),
                ticks(65_999)], "confirming", "stale_answer", "pay inquiry*20")
both("a stale cancel answer", "it settles nothing; the cancel goes on",
     lambda p: [*cancelling, reply(2500, "cancel", answer_s(), stale=True), ticks(7000)], "cancelling",
     "stale_answer", "pay cancel*2")
both("a stale refund answer that names our refund", "it was signed for this refund: it counts",
     lambda p: [*refunding(p), reply(5500, "refund", answer_s(refundRequestId="refund-" + ID), stale=True)],
     "refunded", sent="pay cancel inquiry refund")
both("a stale refund answer that names nothing", "it settles nothing; the refund goes on",
     lambda p: [*refunding(p), reply(5500, "refund", answer_s(), stale=True), ticks(10_000)], "refunding",
     "stale_answer", "pay cancel inquiry refund*2")
both("a stale answer from another time", "it is told with the difference of the clocks",
     lambda p: [begin(1_000_000), reply(1_001_000, "pay", nameless, stale=True, signed_at=401_000)], "paying",
     "clock_skew stale_answer", without="state sends next_wakeup")

# -- policies -------------------------------------------------------------------------------------------------------

case("reply_time", "every number is settable", AMS, [begin(), ticks(7999)], "paying", sent="pay",
     policy={"reply_time": 8000})
case("resend_delay", "every number is settable", PLUS, [begin(), ticks(6000)], "paying", sent="pay*2",
     policy={"resend_delay": 1000})
case("resend_limit", "every number is settable", PLUS, [begin(), ticks(13_000)], "confirming", sent="pay*2 inquiry",
     policy={"resend_limit": 1})
case("not_sent_delay", "every number is settable", AMS, [begin(), no_reply(0, "pay", "not_sent"), ticks(1000)],
     "paying", sent="pay*2", policy={"not_sent_delay": 1000})
case("not_sent_limit", "every number is settable", AMS,
     [begin(), no_reply(0, "pay", "not_sent"), ticks(3000), no_reply(3000, "pay", "not_sent")], "failed",
     sent="pay*2", policy={"not_sent_limit": 1})
case("inquiry_interval", "every number is settable", AMS, [begin(), ticks(9000)], "confirming", sent="pay inquiry*3",
     policy={"inquiry_interval": 2000})
case("customer_first_inquiry", "every number is settable", AMS, [begin(), reply(1000, "pay", created()),
     ticks(21_000)], "awaiting_customer", sent="pay inquiry", policy={"customer_first_inquiry": 20_000},
     scenario="EntryCode")
case("customer_inquiry_interval", "every number is settable", AMS, [begin(), reply(1000, "pay", created()),
     ticks(24_000)], "awaiting_customer", sent="pay inquiry*5", policy={"customer_inquiry_interval": 2000},
     scenario="EntryCode")
case("cancel_interval", "every number is settable", AMS, [*cancelling, ticks(12_000)], "cancelling",
     sent="pay cancel*2", policy={"cancel_interval": 10_000})
case("cancel_fast_period", "every number is settable", AMS, [*cancelling, ticks(32_000)], "cancelling",
     "cancel_unresolved", "pay cancel*7", policy={"cancel_fast_period": 30_000})
case("cancel_slow_interval", "every number is settable", AMS, [*cancelling, ticks(92_000)], "cancelling",
     "cancel_unresolved", "pay cancel*14", policy={"cancel_slow_interval": 30_000})
case("refund_interval", "every number is settable", PLUS, [*refunding(PLUS), ticks(15_000)], "refunding",
     sent="pay cancel inquiry refund*2", policy={"refund_interval": 10_000})
case("refund_slow_interval", "every number is settable", PLUS, [*refunding(PLUS), ticks(95_000)], "refunding",
     sent="pay cancel inquiry refund*14", policy={"refund_slow_interval": 30_000})
case("clock_margin", "every number is settable", AMS,
     [begin(), cancel_requested(1000), ticks(121_500), reply(122_000, "cancel", answer_f("ORDER_NOT_EXIST"))],
     "cancelled", "cancel_unresolved", policy={"clock_margin": 500}, without="sends")
case("expiry", "every number is settable", PLUS, [begin(), no_reply(1000, "pay"), ticks(4000)], "confirming",
     policy={"expiry": 3000}, only="outcome")
case("a number for Alipay+'s cancel window", "the window is a number of ms or the next day", PLUS,
     [*cancelling, ticks(400_000)], "unresolved", "cancel_unresolved", "pay cancel*16 inquiry*20", policy=window)

# -- snapshots that are refused -------------------------------------------------------------------------------------

PAYMENT = {"payment_request_id": ID, "amount": OURS, "scenario": "PaymentCode", "payment_code": CODE}
for name, text, code in (
    ("a snapshot that is cut off", '{"kind":"payment","version":1,', "snapshot.malformed"),
    ("not a snapshot", "", "snapshot.malformed"),
    ("a snapshot of something else", '{"kind":"refund","version":1,"policy":{},"state":{}}', "snapshot.kind"),
    ("a newer snapshot", '{"kind":"payment","version":99,"policy":{},"state":{}}', "snapshot.newer"),
):
    cases.append({"kind": "snapshot", "name": name, "note": "a snapshot that can't be restored has its own error; "
                  "source: the design", "snapshot": text, "payment": PAYMENT, "policy": {"preset": AMS}, "events": [],
                  "expected": {"error": code}})


def main():
    names = [one["name"] for one in cases]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise SystemExit(f"two cases have one name: {sorted(twice)}")
    if disagreements:
        raise SystemExit("\n".join(disagreements))
    lines = ",\n".join("  " + json.dumps(one, ensure_ascii=False) for one in cases)
    source = ("the payment machine's design, read a second time and independently of the Rust code: "
              "generate/flow_model.py, with states and alerts stated by hand in generate/flow.py")
    path = Path(__file__).resolve().parent.parent / "flow.json"
    path.write_text(f'{{"schema": 1, "source": {json.dumps(source)}, "cases": [\n{lines}\n]}}\n', encoding="utf-8")
    print(f"{len(cases)} cases")


if __name__ == "__main__":
    main()
