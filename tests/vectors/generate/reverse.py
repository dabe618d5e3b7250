"""Writes tests/vectors/reverse.json: payments that are given back as a whole.

Every case states by hand the state (or the error) and the alerts that its rule asks for, and often the sends; the
model beside this file has to agree before the file is written, and fills in the rest.

    python3 tests/vectors/generate/reverse.py
"""

import reverse_model
from flow import (
    AMS,
    BOTH,
    CODE,
    CUSTOMER,
    DAY,
    HOUR,
    ID,
    MINUTE,
    OTHER,
    OURS,
    PLUS,
    answer_f,
    answer_s,
    answer_u,
    at,
    begin,
    cancel_requested,
    created,
    inquired,
    no_reply,
    notice,
    notified,
    pay_s,
    pay_u,
    reply,
    resumed,
    sends,
    tick,
    ticks,
)
from vector_file import finish

REFUND_ID = f"reverse-{ID}"
PAID = [begin(), reply(1000, "pay", pay_s())]
# The cancel window of a payment that begins at 0: a day; 00:15 at UTC+8, which is 16:15 in UTC.
WINDOW = {AMS: DAY, PLUS: 16 * HOUR + 15 * MINUTE}
ALL = ["cancel"]
cases = []
disagreements = []


def case(name, rule, preset, events, state, alerts="", sent=None, before=None, refunds=(), scenario="PaymentCode",
         policy=None, code=None, left=None):
    """`state` is a state or an error's code."""
    payment = {"payment_request_id": ID, "amount": OURS, "scenario": scenario}
    if scenario == "PaymentCode":
        payment["payment_code"] = CODE
    one = {"kind": "reverse", "name": f"{preset}: {name}", "note": f"{rule}; source: the design",
           "policy": {"preset": preset, **(policy or {})}, "payment": payment,
           "before": PAID if before is None else before, "refunds": list(refunds), "events": events}
    expected = reverse_model.run(one)
    by_hand = {"error": state} if "." in state else {"state": state, "alerts": alerts.split()}
    if sent is not None:
        by_hand["sends"] = sends(sent)
    if code is not None:
        by_hand["code"] = code
    if left is not None:
        by_hand["left"] = left
    for key, value in by_hand.items():
        if expected.get(key) != value:
            disagreements.append(f"{one['name']}: {key} by hand {value}, by the model {expected.get(key, expected)}")
    one["expected"] = expected
    cases.append(one)


def both(name, rule, events, *rest, **more):
    """The same case in both presets; what is a function is called with the preset."""
    def of(preset, value):
        return value(preset) if callable(value) else value

    for preset in BOTH:
        case(name, rule, preset, of(preset, events), *rest, **{key: of(preset, value) for key, value in more.items()})


def refund(identity, amount, state):
    return {"refund_request_id": identity, "amount": amount, "state": state}


def late(preset):
    return WINDOW[preset] + HOUR


def after(preset):
    """A reverse that begins after the window."""
    return [begin(late(preset))]


def refund_of(amount, currency="CNY"):
    return {"refundAmount": {"currency": currency, "value": amount}}


def refund_notice(letter, identity=REFUND_ID, amount="1999", **more):
    code = "SUCCESS" if letter == "S" else "PROCESS_FAIL"
    return {"notifyType": "REFUND_RESULT", "result": {"resultStatus": letter, "resultCode": code},
            "refundStatus": {"S": "SUCCESS", "F": "FAIL"}.get(letter, "PROCESSING"), "refundRequestId": identity,
            "refundId": "2026030219401080010018889", **refund_of(amount), **more}


# -- which payments ------------------------------------------------------------------------------------------------

rule = "a payment that succeeded can be reversed"
both("a payment that succeeded", rule, [begin(2000)], "cancelling", sent="cancel", left="0")
both("before the payment's end", "a payment without a result is cancelled, not reversed", [begin(2000)],
     "payment.not_final", before=[begin(), reply(1000, "pay", pay_u())])
both("a payment that was refused", "nothing says that money was taken", [begin(2000)], "reverse.nothing_taken",
     before=[begin(), reply(1000, "pay", answer_f("USER_BALANCE_NOT_ENOUGH"))])
both("a payment that was cancelled before it began", "nothing says that money was taken", [begin(2000)],
     "reverse.nothing_taken", before=[cancel_requested(0)])
TAKEN = [begin(), reply(1000, "pay", answer_f("REPEAT_REQ_INCONSISTENT")), ticks(4000)]
both("an id that another request owns", "refused after id_taken", [begin(6000)], "reverse.id_taken",
     before=lambda preset: [*TAKEN, reply(5000, "inquiry", inquired(preset, "S"))])
REFUSED = [begin(), reply(1000, "pay", answer_f("USER_BALANCE_NOT_ENOUGH"))]
both("success that came after a refusal", "verified evidence after the end that money was taken", [begin(3000)],
     "cancelling", sent="cancel", before=lambda preset: [*REFUSED, notified(2000, notice(preset, "S"))])
CANCELLED = [begin(), cancel_requested(1000), reply(1500, "cancel", answer_s())]
both("success that came after a cancel", "verified evidence after the end that money was taken", [begin(3000)],
     "cancelling", sent="cancel", before=lambda preset: [*CANCELLED, notified(2000, notice(preset, "S"))])
both("success after the end without an amount", "without a stated amount", [begin(3000)], "reverse.amount_unknown",
     before=lambda preset: [*CANCELLED, notified(2000, notice(preset, "S", amount=None))])
both("success after the end with two amounts", "without a stated amount", [begin(3000)], "reverse.amount_unknown",
     before=lambda preset: [*CANCELLED, notified(2000, notice(preset, "S")), notified(2001, notice(preset, "S", amount=OTHER))])
both("success after the end with an amount that can't be read", "without a stated amount", [begin(3000)],
     "reverse.amount_unknown",
     before=lambda preset: [*CANCELLED, notified(2000, notice(preset, "S", amount={"currency": "CNY", "value": "+1999"}))])
# A cashier cancels, the gateway can't, and the inquiry states another amount: unresolved, amount_mismatch.
STUCK = [begin(), cancel_requested(1000), reply(1500, "cancel", answer_f("CANCEL_WINDOW_EXCEED")), ticks(4500)]
both("another amount than ours was taken", "amount_mismatch included: the amount that evidence states",
     [begin(6000)], "cancelling", sent="cancel",
     before=lambda preset: [*STUCK, reply(5000, "inquiry", inquired(preset, "S", amount=OTHER))])
both("another amount than ours is refunded as it was taken", "the amount and the currency that evidence states",
     lambda preset: [*after(preset), reply(late(preset) + 1, "refund", answer_s(**refund_of("1998")))], "reversed",
     sent="refund", before=lambda preset: [*STUCK, reply(5000, "inquiry", inquired(preset, "S", amount=OTHER))])
ASK = {"refund_after_cancel_window": "ask"}
both("a payment that waits for consent to a refund", "the payment succeeded; no amount contradicts ours",
     after, "refunding", sent="refund", policy=ASK,
     before=lambda preset: [*STUCK, reply(5000, "inquiry", inquired(preset, "S", amount=None))])
both("a payment that the machine refunded", "with any refund made no cancel is sent; nothing is left",
     [begin(7000)], "reversed", sent="",
     before=lambda preset: [*STUCK, reply(5000, "inquiry", inquired(preset, "S")), reply(6000, "refund", answer_s())])
both("a refund of the machine's without a result goes on under its own id", "with any refund open no cancel is sent",
     [begin(3 * DAY), notified(3 * DAY + 1, refund_notice("S", f"refund-{ID}"))], "reversed", sent="refund",
     before=lambda preset: [*STUCK, reply(5000, "inquiry", inquired(preset, "S")), ticks(2 * DAY)])
for scenario in CUSTOMER:
    case(f"{scenario}, created only", "created is no evidence of money", AMS, [begin(3000)], "reverse.nothing_taken",
         scenario=scenario, before=[begin(), reply(1000, "pay", created()), cancel_requested(1500),
                                    reply(2000, "cancel", answer_s())])
    case(f"{scenario}, paid", "a payment that succeeded can be reversed", PLUS, [begin(20_000)], "cancelling",
         scenario=scenario, before=[begin(), reply(1000, "pay", created()), notified(2000, notice(PLUS, "S"))])

# -- cancel --------------------------------------------------------------------------------------------------------

rule = "a cancel that worked gives everything back"
for name, body in (("S", answer_s()), ("ORDER_IS_CANCELED", answer_f("ORDER_IS_CANCELED")),
                   ("ORDER_IS_CLOSED", answer_f("ORDER_IS_CLOSED"))):
    both(f"cancel answered {name}", rule, [begin(2000), reply(2100, "cancel", body)], "reversed", sent="cancel",
         left="0")
both("a small status letter", "letters are exact", [begin(2000), reply(2100, "cancel", {
    "result": {"resultStatus": "s", "resultCode": "SUCCESS"}})], "cancelling", sent="cancel")
rule = "5 s for 60 s, then 60 s until the window ends"
both("silence for a minute", rule, [begin(2000), ticks(61_999)], "cancelling", "", "cancel*12")
both("silence for longer than a minute", rule, [begin(2000), ticks(200_000)], "cancelling", "cancel_unresolved",
     "cancel*15")
both("a late answer to an early cancel counts", "evidence counts whenever it arrives",
     [begin(2000), ticks(200_000), reply(200_001, "cancel", answer_s(), 1)], "reversed", "cancel_unresolved")
both("silence until the window ends", "after the window one refund", lambda preset: [
    begin(WINDOW[preset] - 2 * MINUTE), ticks(WINDOW[preset])], "refunding", "cancel_unresolved", "cancel*13 refund")
both("begun just before the window ends", "the window never ends before the first cancel + 60 s", lambda preset: [
    begin(WINDOW[preset] - 1), ticks(WINDOW[preset] + 59_998)], "cancelling", "", "cancel*12")
both("begun when the window is over", "after the window one refund", lambda preset: [begin(WINDOW[preset])],
     "refunding", sent="refund")
both("U is repeated", rule, [begin(2000), reply(2100, "cancel", answer_u()), ticks(7000)], "cancelling",
     sent="cancel*2")
both("the traffic limit doubles the next interval, once", "REQUEST_TRAFFIC_EXCEED_LIMIT",
     [begin(2000), reply(2100, "cancel", answer_u("REQUEST_TRAFFIC_EXCEED_LIMIT")),
      reply(2200, "cancel", answer_u("REQUEST_TRAFFIC_EXCEED_LIMIT")), ticks(11_999)], "cancelling", sent="cancel")
both("the order is not found", "the gateway knew it: alert and repeat",
     [begin(2000), reply(2100, "cancel", answer_f("ORDER_NOT_EXIST")), ticks(7000)], "cancelling",
     "conflicting_evidence", "cancel*2")
both("an undocumented refusal", "as U, with one alert", [begin(2000), reply(2100, "cancel", answer_f("SYSTEM_ERROR")),
     ticks(7000), reply(7100, "cancel", answer_f("PARAM_ILLEGAL"))], "cancelling", "unexpected_refusal", "cancel*2")
both("the merchant's balance is too low to cancel", "alert, then every 60 s",
     [begin(2000), reply(2100, "cancel", answer_f("MERCHANT_BALANCE_NOT_ENOUGH")), ticks(62_099)], "cancelling",
     "merchant_balance_not_enough", "cancel")
both("the balance was filled up", "alert, then every 60 s",
     [begin(2000), reply(2100, "cancel", answer_f("MERCHANT_BALANCE_NOT_ENOUGH")), ticks(62_100),
      reply(62_200, "cancel", answer_s())], "reversed", "merchant_balance_not_enough", "cancel*2")
both("a cancel that never left this machine is repeated", rule,
     [begin(2000), no_reply(2000, "cancel", "not_sent"), ticks(7000)], "cancelling", sent="cancel*2")
both("the clock is set back", "waiting times move, the window stays",
     [begin(100_000), tick(40_000), ticks(49_999)], "cancelling", sent="cancel*2")

# -- the gateway does not cancel -------------------------------------------------------------------------------------

EXCEED = [begin(2000), reply(2100, "cancel", answer_f("CANCEL_WINDOW_EXCEED"))]
rule = "where the gateway refuses the cancel for its window, a refund of what is left"
both("CANCEL_WINDOW_EXCEED", rule, EXCEED, "refunding", sent="cancel refund")
both("CANCEL_WINDOW_EXCEED, and the refund works", rule, [*EXCEED, reply(2200, "refund", answer_s(**refund_of("1999")))],
     "reversed", sent="cancel refund", left="0")
both("CANCEL_WINDOW_EXCEED, and the refund is refused", "the money stands",
     [*EXCEED, reply(2200, "refund", answer_f("REFUND_WINDOW_EXCEED"))], "refused", "refund_failed", "cancel refund",
     code="REFUND_WINDOW_EXCEED", left="1999")
both("a cancel was carried out before the refund", "ORDER_IS_CANCELED to the refund means reversed",
     lambda preset: [begin(WINDOW[preset] - 1), ticks(WINDOW[preset] + MINUTE),
                     reply(WINDOW[preset] + MINUTE, "refund", answer_f("ORDER_IS_CANCELED"))], "reversed", "cancel_unresolved",
     "cancel*12 refund")
INVALID = [begin(2000), reply(2100, "cancel", answer_f("ORDER_STATUS_INVALID"))]
rule = "ORDER_STATUS_INVALID: inquiries, of which only those sent after that answer count"
both("ORDER_STATUS_INVALID", rule, [*INVALID, ticks(5100)], "checking", sent="cancel inquiry")
both("ORDER_STATUS_INVALID, and it is paid", rule,
     lambda preset: [*INVALID, ticks(5100), reply(5200, "inquiry", inquired(preset, "S"))], "refunding",
     sent="cancel inquiry refund")
both("ORDER_STATUS_INVALID, and it is closed", rule,
     lambda preset: [*INVALID, ticks(5100), reply(5200, "inquiry", inquired(preset, "F", "ORDER_IS_CLOSED", word="CANCELLED"
                                                                            if preset == AMS else None))],
     "reversed", sent="cancel inquiry")
both("ORDER_STATUS_INVALID, and it is said to have failed", "verified messages contradict each other",
     lambda preset: [*INVALID, ticks(5100), reply(5200, "inquiry", inquired(preset, "F"))], "unresolved",
     "conflicting_evidence", "cancel inquiry", left="0")
both("ORDER_STATUS_INVALID, and another amount is stated", "nothing is given back while amounts contradict each other",
     lambda preset: [*INVALID, ticks(5100), reply(5200, "inquiry", inquired(preset, "S", amount=OTHER))], "unresolved",
     "amount_mismatch", "cancel inquiry")
both("ORDER_STATUS_INVALID, and nothing clear", "cancel again every 60 s",
     [*INVALID, ticks(67_100 + MINUTE)], "cancelling", "cancel_unresolved", "cancel inquiry*20 cancel*2")
both("ORDER_STATUS_INVALID a second time", rule,
     [*INVALID, ticks(67_100), reply(67_200, "cancel", answer_f("ORDER_STATUS_INVALID")), ticks(70_200)], "checking", "",
     "cancel inquiry*20 cancel inquiry")
both("an inquiry is put off once by the traffic limit", "REQUEST_TRAFFIC_EXCEED_LIMIT",
     [*INVALID, ticks(5100), reply(5200, "inquiry", answer_u("REQUEST_TRAFFIC_EXCEED_LIMIT")), ticks(11_099)], "checking",
     sent="cancel inquiry")
case("an inquiry with an unknown word", "an unknown word goes on", AMS,
     [*INVALID, ticks(5100), reply(5200, "inquiry", inquired(AMS, "U", word="HALFWAY"))], "checking", "unknown_word",
     "cancel inquiry")
both("CANCEL_WINDOW_EXCEED while it is checked", "a refund of what is left",
     [begin(2000), ticks(7000), reply(7100, "cancel", answer_f("ORDER_STATUS_INVALID")),
      reply(7200, "cancel", answer_f("CANCEL_WINDOW_EXCEED"), 1)], "refunding", sent="cancel*2 refund")

# -- a refusal is final only if no cancel can have been carried out --------------------------------------------------

rule = "a refused refund is final once no cancel can have been, or be, carried out"
OPEN = [begin(2000), ticks(7000), reply(7100, "cancel", answer_f("ORDER_STATUS_INVALID"), 2), ticks(10_100)]


def refused_while_open(preset):
    """Cancel 1 has no answer; the refund is refused."""
    return [*OPEN, reply(10_200, "inquiry", inquired(preset, "S")),
            reply(10_300, "refund", answer_f("REFUND_NOT_SUPPORTED"))]


both("the refund is refused while a cancel is open", rule, refused_while_open, "checking", "refund_failed",
     "cancel*2 inquiry refund")
both("the refund is refused while a cancel is open, which was carried out", rule,
     lambda preset: [*refused_while_open(preset), ticks(13_300), reply(13_400, "inquiry", inquired(
         preset, "F", "ORDER_IS_CLOSED", word="CANCELLED" if preset == AMS else None))],
     "reversed", "refund_failed", "cancel*2 inquiry refund inquiry")
both("the refund is refused while a cancel is open, and it is still paid", rule,
     lambda preset: [*refused_while_open(preset), ticks(13_300), reply(13_400, "inquiry", inquired(preset, "S")),
                     ticks(13_400 + MINUTE)],
     "cancelling", "refund_failed", "cancel*2 inquiry refund inquiry cancel*2")
both("the refund is refused while a cancel is open, and then the window is over", rule,
     lambda preset: [*refused_while_open(preset), ticks(13_300), reply(13_400, "inquiry", inquired(preset, "S")),
                     reply(13_500, "cancel", answer_f("CANCEL_WINDOW_EXCEED"))],
     "refused", "refund_failed", "cancel*2 inquiry refund inquiry cancel", code="REFUND_NOT_SUPPORTED")
both("the refund is refused after cancels without an answer, and it is paid when the margin is over", rule,
     lambda preset: [begin(WINDOW[preset] - 1), ticks(WINDOW[preset] + MINUTE),
                     reply(WINDOW[preset] + MINUTE, "refund", answer_f("REFUND_NOT_SUPPORTED")),
                     ticks(WINDOW[preset] + 2 * MINUTE),
                     reply(WINDOW[preset] + 2 * MINUTE, "inquiry", inquired(preset, "S"))],
     "refused", "cancel_unresolved refund_failed", "cancel*12 refund inquiry*20", code="REFUND_NOT_SUPPORTED", left="1999")
both("the refund is refused after cancels without an answer, and inquiries have none either", rule,
     lambda preset: [begin(WINDOW[preset] - 1), ticks(WINDOW[preset] + MINUTE),
                     reply(WINDOW[preset] + MINUTE, "refund", answer_f("REFUND_NOT_SUPPORTED")), ticks(WINDOW[preset] + HOUR)],
     "unresolved", "cancel_unresolved refund_failed", "cancel*12 refund inquiry*20", left="0")
both("an inquiry sent before the margin is over is no last word", "it may have been answered before a cancel was carried out",
     lambda preset: [begin(WINDOW[preset] - 1), ticks(WINDOW[preset] + MINUTE),
                     reply(WINDOW[preset] + MINUTE, "refund", answer_f("REFUND_NOT_SUPPORTED")),
                     ticks(WINDOW[preset] + 2 * MINUTE),
                     reply(WINDOW[preset] + 2 * MINUTE, "inquiry", inquired(preset, "S"), 15)],
     "checking", "cancel_unresolved refund_failed", "cancel*12 refund inquiry*20")
both("inquiries that were all sent before the margin is over are sent once more",
     "it may have been answered before a cancel was carried out",
     lambda preset: [begin(WINDOW[preset] - 1), ticks(WINDOW[preset] + MINUTE),
                     reply(WINDOW[preset] + MINUTE, "refund", answer_f("REFUND_NOT_SUPPORTED")),
                     ticks(WINDOW[preset] + 3 * MINUTE)],
     "checking", "cancel_unresolved refund_failed", "cancel*12 refund inquiry*38",
     policy={"inquiry_limit": 19, "inquiry_interval": 3000})
both("a cancel that never left is not open", rule,
     lambda preset: [begin(2000), no_reply(2000, "cancel", "not_sent"), ticks(7000),
                     reply(7100, "cancel", answer_f("ORDER_STATUS_INVALID")), ticks(10_100),
                     reply(10_200, "inquiry", inquired(preset, "S")),
                     reply(10_300, "refund", answer_f("REFUND_NOT_SUPPORTED"))], "refused", "refund_failed",
     "cancel*2 inquiry refund", code="REFUND_NOT_SUPPORTED")
both("a cancel given out again after a restart is open, whatever the second try says", rule,
     lambda preset: [begin(2000), resumed(3000), no_reply(3000, "cancel", "not_sent"), ticks(7000),
                     reply(7100, "cancel", answer_f("ORDER_STATUS_INVALID")), ticks(10_100),
                     reply(10_200, "inquiry", inquired(preset, "S")),
                     reply(10_300, "refund", answer_f("REFUND_NOT_SUPPORTED"))], "checking", "refund_failed",
     "cancel*2 inquiry refund")
both("the balance is too low to refund", "the fixed id is used up: the money stands, a refund needs a new id",
     lambda preset: [*after(preset), reply(late(preset) + 1, "refund", answer_f("MERCHANT_BALANCE_NOT_ENOUGH"))], "refused",
     "merchant_balance_not_enough", "refund", code="MERCHANT_BALANCE_NOT_ENOUGH", left="1999")

# -- the refund ------------------------------------------------------------------------------------------------------

rule = "the same refund every 5 s for 60 s, then every 60 s for a day; AMS inquires after the first minute"
case("refund without an answer", rule, AMS, [*after(AMS), ticks(late(AMS) + 2 * MINUTE)], "refunding",
     sent="refund*12 refund_inquiry*2")
case("refund without an answer", rule, PLUS, [*after(PLUS), ticks(late(PLUS) + 2 * MINUTE)], "refunding", sent="refund*14")
both("refund without an answer for a day", rule, lambda preset: [*after(preset), ticks(late(preset) + 2 * DAY)],
     "unresolved", left="0")
both("a late answer after a day", "late_evidence", lambda preset: [
    *after(preset), ticks(late(preset) + 2 * DAY), reply(late(preset) + 2 * DAY + 1, "refund", answer_s(), 1)], "unresolved",
    "late_evidence")
case("REFUND_IN_PROCESS", "do not resend, inquire", AMS, [
    *after(AMS), reply(late(AMS) + 1, "refund", answer_u("REFUND_IN_PROCESS")), ticks(late(AMS) + 5000)], "refunding",
    sent="refund refund_inquiry")
case("refund inquired, SUCCESS", "refundStatus", AMS, [
    *after(AMS), ticks(late(AMS) + MINUTE), reply(late(AMS) + MINUTE + 1, "refund_inquiry", answer_s(refundStatus="SUCCESS"))],
    "reversed", sent="refund*12 refund_inquiry")
case("refund inquired, unknown to the gateway", "again after 15 s, three times, then the refund again", AMS, [
    *after(AMS), ticks(late(AMS) + MINUTE),
    *[one for turn in range(4) for one in (
        reply(late(AMS) + MINUTE + 16_000 * turn + 1, "refund_inquiry", answer_f("ORDER_NOT_EXIST")),
        ticks(late(AMS) + MINUTE + 16_000 * (turn + 1)))]],
    "refunding", sent="refund*12 refund_inquiry*4 refund")
both("the refund is said to be of another amount", "another amount settles nothing", lambda preset: [
    *after(preset), reply(late(preset) + 1, "refund", answer_s(**refund_of("1998")))], "refunding", "amount_mismatch", "refund")
both("notifyRefund, SUCCESS", "notifyRefund is evidence", lambda preset: [
    *after(preset), notified(late(preset) + 1, refund_notice("S"))], "reversed", sent="refund", left="0")
both("notifyRefund, FAIL", "notifyRefund is evidence", lambda preset: [
    *after(preset), reply(late(preset), "refund", answer_u("REFUND_IN_PROCESS")),
    notified(late(preset) + 1, refund_notice("F"))], "refused", "refund_failed", "refund",
    code="PROCESS_FAIL")
both("notifyRefund of another refund", "it names another refund", lambda preset: [
    *after(preset), notified(late(preset) + 1, refund_notice("S", "another"))], "refunding", "id_mismatch", "refund")
both("notifyRefund of another amount", "another amount settles nothing", lambda preset: [
    *after(preset), notified(late(preset) + 1, refund_notice("S", amount="1"))], "refunding", "amount_mismatch", "refund")
both("notifyRefund after a refusal", "conflicting_evidence", lambda preset: [
    *EXCEED, reply(2200, "refund", answer_f("REFUND_WINDOW_EXCEED")), notified(2300, refund_notice("S"))], "refused",
    "refund_failed conflicting_evidence", "cancel refund")
rule = "the refund of a reverse obeys the rules of refunds"


def not_sent(preset, times):
    """After the window: the refund does not leave this machine, so often, and is repeated after 3 s."""
    events = after(preset)
    for number in range(times):
        events += [no_reply(late(preset) + number * 3000, "refund", "not_sent"), ticks(late(preset) + (number + 1) * 3000)]
    return events


both("the refund did not leave", rule, lambda preset: not_sent(preset, 1), "refunding", sent="refund*2")
both("the refund never left", rule, lambda preset: not_sent(preset, 4), "refused", "refund_failed", "refund*4",
     code="refund.not_sent", left="1999")
both("the refund may have left before a restart", rule, lambda preset: [
    *after(preset), resumed(late(preset) + 1), no_reply(late(preset) + 2, "refund", "not_sent"), ticks(late(preset) + 3001)],
    "refunding", sent="refund")
both("a later copy of the refund is refused", rule, lambda preset: [
    *after(preset), ticks(late(preset) + 5000), reply(late(preset) + 5001, "refund", answer_f("REFUND_WINDOW_EXCEED"), 2)],
    "refunding", sent="refund*2")
both("both copies of the refund are refused", rule, lambda preset: [
    *after(preset), ticks(late(preset) + 5000), reply(late(preset) + 5001, "refund", answer_f("REFUND_WINDOW_EXCEED"), 2),
    reply(late(preset) + 5002, "refund", answer_f("REFUND_WINDOW_EXCEED"), 1)], "refused", "refund_failed", "refund*2",
    code="REFUND_WINDOW_EXCEED", left="1999")
both("a later copy is refused, and the first never left", rule, lambda preset: [
    *after(preset), ticks(late(preset) + 5000), reply(late(preset) + 5001, "refund", answer_f("REFUND_WINDOW_EXCEED"), 2),
    at(late(preset) + 5002, "no_reply", operation="refund", send_id=1, certainty="not_sent")],
    "refused", "refund_failed", "refund*2", code="REFUND_WINDOW_EXCEED", left="1999")
both("a low balance for a later copy", rule, lambda preset: [
    *after(preset), ticks(late(preset) + 5000),
    reply(late(preset) + 5001, "refund", answer_f("MERCHANT_BALANCE_NOT_ENOUGH"), 2)],
    "refunding", "merchant_balance_not_enough", "refund*2")
both("a refusal of the refund that no page documents", rule, lambda preset: [
    *after(preset), reply(late(preset) + 1, "refund", answer_f("SOMETHING_NEW"))], "refunding", "unexpected_refusal", "refund")
both("the refund was due while nobody ran", rule, lambda preset: [
    *after(preset), resumed(late(preset) + 3 * DAY), reply(late(preset) + 3 * DAY + 1,
                                                           "refund_inquiry" if preset == AMS else "refund",
                                                           answer_s(refundStatus="SUCCESS"))],
    "reversed", sent=lambda preset: "refund refund_inquiry" if preset == AMS else "refund*2")
both("the refund was due while nobody ran, and nothing answers", rule, lambda preset: [
    *after(preset), resumed(late(preset) + 3 * DAY), ticks(late(preset) + 3 * DAY + MINUTE)],
    "unresolved", sent=lambda preset: "refund refund_inquiry" if preset == AMS else "refund*2")
# AMS takes a refund by its own id of the payment alone.
UNNAMED = [begin(), reply(1000, "pay", pay_s(paymentId=None))]
case("AMS has not told its id of the payment: inquiries do", "AMS needs paymentId: it is taken from evidence", AMS,
     [*after(AMS), ticks(late(AMS) + 3000), reply(late(AMS) + 3100, "inquiry", inquired(AMS, "S"))], "refunding",
     sent="inquiry refund", before=UNNAMED)
case("AMS never tells its id of the payment", "AMS needs paymentId: it is taken from evidence", AMS,
     [*after(AMS), ticks(late(AMS) + 3000), reply(late(AMS) + 3100, "inquiry", inquired(AMS, "S", paymentId=None))],
     "unresolved", "refund_failed", "inquiry", before=UNNAMED)
case("Alipay+ needs no id of its own", "refund: paymentRequestId or paymentId", PLUS, after(PLUS), "refunding",
     sent="refund", before=UNNAMED)

# -- refunds before ---------------------------------------------------------------------------------------------------

PART = [refund("r1", "500", "made")]
both("after a refund of a part", "with any refund made no cancel is sent: the rest is refunded", [begin(2000)], "refunding",
     sent="refund", refunds=PART)
both("after a refund of a part, the rest comes back", "the rest is refunded",
     [begin(2000), reply(2100, "refund", answer_s(**refund_of("1499")))], "reversed", sent="refund", refunds=PART, left="0")
both("after a refund of a part, another sum comes back", "the rest is refunded",
     [begin(2000), reply(2100, "refund", answer_s(**refund_of("1999")))], "refunding", "amount_mismatch", "refund", refunds=PART)
both("after a refund of a part, the rest is refused", "what was left stands",
     [begin(2000), reply(2100, "refund", answer_f("MULTIPLE_REFUNDS_NOT_SUPPORTED"))], "refused", "refund_failed", "refund",
     refunds=PART, left="1499")
both("after refunds of everything", "nothing is left", [begin(2000)], "reversed", sent="",
     refunds=[*PART, refund("r2", "1499", "made")], left="0")
both("after a refund that was refused", "a refused refund was not made", [begin(2000)], "cancelling", sent="cancel",
     refunds=[refund("r1", "500", "refused")])
both("a refund has no known result", "an unresolved refund counts as spent", [begin(2000)], "reverse.refund_unresolved",
     refunds=[refund("r1", "500", "unresolved")])
AT_WORK = [refund("r1", "500", "open")]
both("a refund is open", "a reverse waits for an open refund", [begin(2000), ticks(20_000)], "waiting", sent="",
     refunds=AT_WORK)
both("an open refund was made", "the rest is refunded, once the open refund has ended",
     [begin(2000), at(3000, "refund_reply", refund_request_id="r1", body=answer_s()), ticks(7000),
      reply(7100, "refund", answer_s(**refund_of("1499")))], "reversed", sent="refund", refunds=AT_WORK)
both("an open refund was refused", "no refund was made: cancel",
     [begin(2000), at(3000, "refund_reply", refund_request_id="r1", body=answer_f("REFUND_WINDOW_EXCEED")), ticks(7000)],
     "cancelling", sent="cancel", refunds=AT_WORK)
both("a refund while a reverse is under way", "a refund is refused while a reverse is under way",
     [begin(2000), at(3000, "refund", refund_request_id="r1", amount="1")], "reverse.under_way")
both("a refund after a reverse", "a refund is refused when a reverse is done",
     [begin(2000), reply(2100, "cancel", answer_s()), at(3000, "refund", refund_request_id="r1", amount="1")], "reverse.done")
both("a refund after a reverse was refused", "the money stands: it can be refunded",
     [*EXCEED, reply(2200, "refund", answer_f("MERCHANT_BALANCE_NOT_ENOUGH")),
      at(3000, "refund", refund_request_id="r1", amount="1999")], "refused", "merchant_balance_not_enough", "cancel refund",
     left="0")
both("too large a refund after a reverse was refused", "refunds never exceed the payment",
     [*EXCEED, reply(2200, "refund", answer_f("MERCHANT_BALANCE_NOT_ENOUGH")),
      at(3000, "refund", refund_request_id="r1", amount="2000")], "request.refund_exceeds")

# -- after the end, restarts, events that do not fit ----------------------------------------------------------------------

DONE = [begin(2000), reply(2100, "cancel", answer_s())]
both("a refusal after the end", "the outcome stands", [*DONE, reply(2200, "cancel", answer_f("ORDER_STATUS_INVALID"), 1)],
     "reversed", sent="cancel")
both("a cancel's S after a refusal", "conflicting_evidence", [
    *EXCEED, reply(2200, "refund", answer_f("REFUND_WINDOW_EXCEED")), reply(2300, "cancel", answer_s(), 1)], "refused",
    "refund_failed conflicting_evidence", "cancel refund")
both("a restart", "the same actions come again under their numbers", [begin(2000), resumed(3000), ticks(7000)],
     "cancelling", sent="cancel*2")
both("the window passed while nobody ran", "asked once before it is given up", lambda preset: [
    begin(WINDOW[preset] - HOUR), resumed(WINDOW[preset] + HOUR)], "cancelling", "cancel_unresolved", "cancel*2")
both("the window passed while nobody ran, and nothing answers", "asked once before it is given up", lambda preset: [
    begin(WINDOW[preset] - HOUR), resumed(WINDOW[preset] + HOUR), ticks(WINDOW[preset] + HOUR + 5000)], "refunding",
    "cancel_unresolved", "cancel*2 refund")
both("the window passed while nobody ran, and the cancel had worked", "asked once before it is given up", lambda preset: [
    begin(WINDOW[preset] - HOUR), resumed(WINDOW[preset] + HOUR),
    reply(WINDOW[preset] + HOUR + 100, "cancel", answer_f("ORDER_IS_CANCELED"))], "reversed", "cancel_unresolved", "cancel*2")
both("an answer that names another payment", "id_mismatch", [
    begin(2000), reply(2100, "cancel", answer_s(paymentRequestId="another"))], "cancelling", "id_mismatch", "cancel")
both("a stale answer that names no payment", "settles nothing and raises stale_answer", [
    begin(2000), at(2100, "reply", operation="cancel", body=answer_s(), stale=True)], "cancelling", "stale_answer", "cancel")
both("a stale answer that names our payment", "counts", [
    begin(2000), at(2100, "reply", operation="cancel", body=answer_s(paymentRequestId=ID), stale=True)], "reversed", "",
    "cancel")
both("begun twice", "an event that does not fit", [begin(2000), begin(3000)], "reverse.already_begun")
both("a send that was never given out", "an event that does not fit",
     [begin(2000), reply(2100, "cancel", answer_s(), 7)], "reverse.unknown_send")
both("an operation that is not that send's", "an event that does not fit",
     [begin(2000), reply(2100, "refund", answer_s(), 1)], "reverse.wrong_operation")
both("an event before the beginning", "an event that does not fit", [tick(2000)], "reverse.not_begun")


def main():
    if disagreements:
        raise SystemExit("\n".join(disagreements))
    source = ("the design of the reverse, read a second time and independently of the Rust code: "
              "generate/reverse_model.py, with states and alerts stated by hand in generate/reverse.py")
    finish("reverse.json", source, cases)


if __name__ == "__main__":
    main()
