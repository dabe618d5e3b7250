"""Makes reading.json: what the body of a verified message says, the odd bodies included.

The expected values come from the reader below, which was written from the public pages: Alipay, pay, inquiryPayment,
cancel, refund, inquiryRefund, notifyPayment, notifyRefund; Alipay+, pay, inquiryPayment, notifyPayment. It shares
nothing with the library: texts are decoded by Python's own codecs, times by its datetime, numbers keep their text.
"""

import base64
import datetime
import json
import re

from vector_file import finish

AMS, PLUS = "ams", "alipay_plus"
ID, REFUND_ID = "pay-1", "refund-1"
OURS = {"payment_request_id": ID, "payment_amount": {"currency": "USD", "value": "1999"}}
OUR_REFUND = {"refund_request_id": REFUND_ID, "refund_amount": {"currency": "USD", "value": "500"}}
FORMS = ["redirectActionForm", "orderCodeForm", "challengeActionForm", "paymentUrl"]

# What each code refuses, from the messages of the code tables; only the codes that are used here.
CLOSED = {"ORDER_IS_CLOSED", "ORDER_IS_CANCELED"}
PAYMENT_REFUSED = {"USER_BALANCE_NOT_ENOUGH", "RISK_REJECT", "PROCESS_FAIL", "EXPIRED_CODE"}
IN_PROCESS = {"PAYMENT_IN_PROCESS", "REFUND_IN_PROCESS"}


class Number(str):
    """A JSON number as its text."""


class Twice(Exception):
    pass


def pairs(members):
    names = [name for name, _ in members]
    if len(names) != len(set(names)):
        raise Twice
    return dict(members)


def loads(body: bytes):
    text = decode(body)
    return json.loads(text, object_pairs_hook=pairs, parse_int=Number, parse_float=Number)


def decode(body: bytes) -> str:
    """UTF-8, else GBK; a byte order mark is no part of the text."""
    body = body.removeprefix(b"\xef\xbb\xbf")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030")


def is_replaced(body: bytes) -> bool:
    try:
        text = body.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError:
        return True
    # Python reads a lone surrogate; UTF-8 has none.
    return any("\ud800" <= c <= "\udfff" for c in json.dumps(json.loads(text), ensure_ascii=False))


def scalar(value):
    if value is True:
        return "true"
    if value is False:
        return "false"
    return str(value) if isinstance(value, str) else None


def member(body, name):
    value = body.get(name)
    return scalar(value) or ""


def part(body, name):
    value = body.get(name)
    return value if isinstance(value, dict) else {}


def status(result) -> str:
    letter = member(result, "resultStatus")
    return letter if letter in ("S", "F") else "U"


def meaning(operation, letter, code):
    if letter == "S":
        return "succeeded"
    if letter == "U":
        return "in_process" if code in IN_PROCESS else "unknown"
    if operation == "notify":
        return "closed" if code in CLOSED else "payment_refused"
    if operation == "pay":
        if code in CLOSED:
            return "closed"
        if code in PAYMENT_REFUSED:
            return "payment_refused"
        if code == "SYSTEM_ERROR":
            return "unknown"
        return "id_taken" if code == "REPEAT_REQ_INCONSISTENT" else "request_refused"
    if operation in ("inquiry", "refund_inquiry"):
        return "not_found" if code == "ORDER_NOT_EXIST" else "request_refused"
    if operation == "cancel":
        special = {"ORDER_NOT_EXIST": "not_found", "ORDER_STATUS_INVALID": "status_conflict",
                   "CANCEL_WINDOW_EXCEED": "window_exceeded", "MERCHANT_BALANCE_NOT_ENOUGH": "merchant_balance_not_enough"}
        return "closed" if code in CLOSED else special.get(code, "request_refused")
    if code == "ORDER_IS_CANCELED":
        return "closed"
    if code in ("SYSTEM_ERROR", "NOT_DOCUMENTED"):
        return "unknown"
    return "merchant_balance_not_enough" if code == "MERCHANT_BALANCE_NOT_ENOUGH" else "refund_refused"


def form(body):
    return [name for name in FORMS if body.get(name) is not None]


def says_of_pay(body, means, letter, scenario):
    waits = scenario != "PaymentCode"
    shown = bool(form(body))
    if means == "succeeded":
        return "created" if waits and (shown or body.get("paymentTime") is None) else "paid"
    if shown and letter != "F" and means in ("in_process", "unknown"):
        return "created"
    if means == "unknown":
        return "open" if letter == "F" else "unknown"
    return means


def judged(letter, code):
    if letter == "S":
        return "paid"
    if letter == "F":
        return "cancelled" if code in CLOSED else "failed"
    return "in_process"


def money(protocol, operation, body):
    result = part(body, "result")
    if operation == "inquiry" and status(result) != "S":
        return "nothing"
    if protocol == PLUS:
        told = body.get("paymentResult")
        if told is None:
            return "nothing"
        if isinstance(told, dict):
            return judged(status(told), member(told, "resultCode"))
        return judged(scalar(told) if scalar(told) in ("S", "F") else "U", "")
    if operation == "notify":
        return judged(status(result), member(result, "resultCode")) if isinstance(body.get("result"), dict) else "nothing"
    word = member(body, "paymentStatus").upper()
    if word == "FAIL":
        return judged("F", member(body, "paymentResultCode"))
    return {"SUCCESS": "paid", "CANCELLED": "cancelled", "": "nothing"}.get(word, "in_process")


def refund_status(operation, body):
    if operation == "refund_inquiry" and status(part(body, "result")) != "S":
        return "nothing"
    words = {"SUCCESS": "refunded", "FAIL": "failed", "PROCESSING": "in_process", "": "nothing"}
    return words.get(member(body, "refundStatus").upper(), "unknown_word")


def why(protocol, operation, body):
    if operation == "refund_inquiry":
        code = member(body, "refundResultCode")
    elif protocol == PLUS and body.get("paymentResult") is not None:
        code = member(part(body, "paymentResult"), "resultCode")
    else:
        code = member(body, "paymentResultCode")
    code = code or member(part(body, "result"), "resultCode")
    return "PROCESS_FAIL" if code in ("", "SUCCESS") else code


def an_id(body, name):
    value = member(body, name)
    return value if 0 < len(value) <= 64 else None


def names(body, name, ours):
    if body.get(name) is None:
        return "absent"
    return "ours" if scalar(body[name]) == ours else "other"


def amount(body, name, ours):
    stated = body.get(name)
    if stated is None:
        return "absent"
    if not isinstance(stated, dict):
        return "other"
    value = member(stated, "value")
    same = re.fullmatch("[0-9]+", value) and int(value) == int(ours["value"])
    return "ours" if same and member(stated, "currency") == ours["currency"] else "other"


def instant(text):
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", text or ""):
        return None
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return (moment - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)) // datetime.timedelta(milliseconds=1)


def read(protocol, operation, raw, ours):
    try:
        body = loads(raw)
    except Twice:
        return {"error": "message.duplicate_key"}
    except ValueError:
        return {"error": "message.not_json"}
    if not isinstance(body, dict):
        return {"error": "message.not_object"}
    result = part(body, "result")
    letter, code = status(result), member(result, "resultCode")
    means = meaning(operation, letter, code)
    says = {"pay": lambda: says_of_pay(body, means, letter, ours.get("scenario", "PaymentCode")),
            "inquiry": lambda: money(protocol, operation, body), "notify": lambda: money(protocol, operation, body),
            "refund_inquiry": lambda: refund_status(operation, body)}.get(operation, lambda: None)()
    expiry = member(part(body, "orderCodeForm"), "expireTime")
    return {
        "status": letter, "code": code, "meaning": means, "says": says,
        "failure_code": why(protocol, operation, body) if says == "failed" else None,
        "unknown_word": protocol == AMS and operation == "inquiry" and letter == "S" and member(
            body, "paymentStatus").upper() not in ("", "SUCCESS", "FAIL", "CANCELLED", "PROCESSING", "PENDING"),
        "payment_request_id": an_id(body, "paymentRequestId"), "payment_id": an_id(body, "paymentId"),
        "refund_request_id": an_id(body, "refundRequestId"), "refund_id": an_id(body, "refundId"),
        "names_payment": names(body, "paymentRequestId", ours["payment_request_id"]) if "payment_request_id" in ours else None,
        "payment_amount": amount(body, "paymentAmount", ours["payment_amount"]) if "payment_amount" in ours else None,
        "names_refund": names(body, "refundRequestId", ours["refund_request_id"]) if "refund_request_id" in ours else None,
        "refund_amount": amount(body, "refundAmount", ours["refund_amount"]) if "refund_amount" in ours else None,
        "form": form(body), "form_expiry": instant(expiry), "payment_time": instant(member(body, "paymentTime")),
        "text_replaced": is_replaced(raw),
    }


cases: list[dict] = []


def case(name, protocol, operation, body, ours=None, note=None):
    raw = body if isinstance(body, bytes) else body.encode()
    ours = OURS if ours is None else ours
    one = {"kind": "reading", "name": name, "protocol": protocol, "operation": operation}
    if isinstance(body, bytes):
        one["body_base64"] = base64.b64encode(raw).decode()
    else:
        one["body"] = body
    one["ours"] = ours
    if note:
        one["note"] = note
    cases.append(one | {"expected": read(protocol, operation, raw, ours)})


def result(letter, code):
    return '"result":{"resultStatus":%s,"resultCode":"%s","resultMessage":"m"}' % (json.dumps(letter), code)


PAID = '"paymentRequestId":"pay-1","paymentId":"2019","paymentAmount":{"currency":"USD","value":"1999"}'

# Each operation with each letter, plain.
for protocol in (AMS, PLUS):
    for letter, code in [("S", "SUCCESS"), ("F", "USER_BALANCE_NOT_ENOUGH"), ("F", "ORDER_IS_CLOSED"), ("F", "SYSTEM_ERROR"),
                         ("F", "ORDER_NOT_EXIST"), ("F", "NOT_DOCUMENTED"), ("U", "PAYMENT_IN_PROCESS"),
                         ("U", "UNKNOWN_EXCEPTION"), ("U", "NOT_DOCUMENTED")]:
        for operation in ("pay", "cancel", "refund"):
            ours = OUR_REFUND if operation == "refund" else OURS
            case(f"{protocol} {operation} {letter} {code}", protocol, operation, "{%s}" % result(letter, code), ours)
    # Letters that are none, in every operation: a status is read exactly.
    for letter in ["s", "f", "u", " S", "S ", "SS", "SUCCESS", "Ｓ", "", "S\u0000", "S\u200b"]:
        for operation in ("pay", "inquiry", "cancel", "refund", "refund_inquiry", "notify"):
            case(f"{protocol} {operation} letter {letter!r}", protocol, operation,
                 "{%s,%s,\"paymentStatus\":\"SUCCESS\",\"refundStatus\":\"SUCCESS\"}" % (result(letter, "SUCCESS"), PAID),
                 note="anything but S, F and U is unknown")
    for shape in ['"S"', '["S"]', "true", "7", "null", '{"resultStatus":["S"]}', '{"resultStatus":{"S":1}}', "{}"]:
        for operation in ("pay", "inquiry", "notify"):
            case(f"{protocol} {operation} result {shape}", protocol, operation, '{"result":%s,"paymentStatus":"SUCCESS"}' % shape,
                 note="a result that is not an object with a letter says nothing")

# The words of paymentStatus are compared without regard to case.
for word in ["SUCCESS", "Success", "success", "FAIL", "fail", "CANCELLED", "Cancelled", "PROCESSING", "PENDING", "CANCELED",
             "PAID", "SUCCESS ", "", "SUC\u0007CESS"]:
    case(f"inquiry {word!r}", AMS, "inquiry", "{%s,%s,\"paymentStatus\":%s}" % (result("S", "SUCCESS"), PAID, json.dumps(word)))
for code in ["USER_BALANCE_NOT_ENOUGH", "ORDER_IS_CLOSED", "ORDER_IS_CANCELED", "", "NOT_DOCUMENTED"]:
    case(f"inquiry FAIL {code}", AMS, "inquiry",
         '{%s,"paymentStatus":"FAIL","paymentResultCode":"%s"}' % (result("S", "SUCCESS"), code))
case("inquiry refused", AMS, "inquiry", '{%s,"paymentStatus":"SUCCESS"}' % result("F", "ORDER_NOT_EXIST"),
     note="the result says that the inquiry did not work")

# Alipay+ states the payment's own result: an object, or its letter alone.
for told in ['{"resultStatus":"S","resultCode":"SUCCESS"}', '{"resultStatus":"F","resultCode":"RISK_REJECT"}',
             '{"resultStatus":"F","resultCode":"ORDER_IS_CLOSED"}', '{"resultStatus":"U","resultCode":"PAYMENT_IN_PROCESS"}',
             '{"resultStatus":"s","resultCode":"SUCCESS"}', '"S"', '"F"', '"U"', '"s"', "null", "[]", '["S"]', "{}",
             '{"resultStatus":"F"}']:
    for operation in ("inquiry", "notify"):
        case(f"paymentResult {told} {operation}", PLUS, operation,
             '{%s,"paymentResult":%s,%s}' % (result("S", "SUCCESS"), told, PAID))
case("AMS states no paymentResult", AMS, "notify", '{"paymentResult":{"resultStatus":"S"},"notifyType":"PAYMENT_RESULT"}')
case("Alipay+ states no paymentStatus", PLUS, "inquiry", '{%s,"paymentStatus":"SUCCESS"}' % result("S", "SUCCESS"))

# Money.
for value in ['"1999"', "1999", '"0001999"', "0.1999e4", '"+1999"', '"-1999"', '" 1999"', '"1999 "', '"1999.0"', "1999.0",
              '"19.99"', '"1,999"', '"2000"', '""', "null", "[1999]", "true", '"١٩٩٩"', '"99999999999999999999999"']:
    body = '{%s,"paymentAmount":{"currency":"USD","value":%s},"refundAmount":{"currency":"USD","value":%s}}'
    case(f"value {value}", AMS, "pay", body % (result("S", "SUCCESS"), value, value))
    refund_ours = OUR_REFUND | {"refund_amount": {"currency": "USD", "value": "1999"}}
    case(f"refund value {value}", AMS, "refund", body % (result("S", "SUCCESS"), value, value), refund_ours)
for stated in ["null", "[]", "{}", '"1999"', "1999", '{"value":"1999"}', '{"currency":"USD"}', '{"currency":"usd","value":"1999"}',
               '{"currency":"EUR","value":"1999"}', '{"currency":["USD"],"value":"1999"}', '{"currency":"XXX","value":"1999"}']:
    case(f"amount {stated}", PLUS, "notify", '{"paymentResult":{"resultStatus":"S"},"paymentAmount":%s}' % stated)

# Ids.
for value in ['"pay-1"', '"pay-2"', "null", '["pay-1"]', '{"id":"pay-1"}', "1", "true", '""', '"PAY-1"', '" pay-1"']:
    case(f"paymentRequestId {value}", AMS, "inquiry", '{%s,"paymentStatus":"SUCCESS","paymentRequestId":%s}' % (
        result("S", "SUCCESS"), value))
    refund_value = value.replace("pay-", "refund-")
    case(f"refundRequestId {refund_value}", AMS, "refund", '{%s,"refundRequestId":%s}' % (
        result("S", "SUCCESS"), refund_value), OUR_REFUND)
digits = "1234567890123456789012345678901234567890"
case("ids of forty digits as numbers", AMS, "notify", '{%s,"paymentRequestId":%s,"paymentId":%s,"refundId":%s}' % (
    result("S", "SUCCESS"), digits, digits, digits), OURS | {"payment_request_id": digits},
    note="a JSON number keeps its digits")
case("ids of forty digits as text", AMS, "notify", '{%s,"paymentRequestId":"%s","paymentId":"%s"}' % (
    result("S", "SUCCESS"), digits, digits), OURS | {"payment_request_id": digits})
case("a number with a point is another id", AMS, "notify", '{%s,"paymentRequestId":1.0}' % result("S", "SUCCESS"),
     OURS | {"payment_request_id": "1"})
case("an id of 64", AMS, "pay", '{%s,"paymentId":"%s"}' % (result("S", "SUCCESS"), "9" * 64))
case("an id of 65", AMS, "pay", '{%s,"paymentId":"%s"}' % (result("S", "SUCCESS"), "9" * 65),
     note="longer than documented: not cut, since half an id names something else")

# Forms and times.
ORDER = '"orderCodeForm":{"expireTime":"2019-06-01T12:01:01+08:30","codeDetails":[]}'
for scenario in ("PaymentCode", "OrderCode", "EntryCode"):
    ours = OURS | {"scenario": scenario}
    for letter, code in [("S", "SUCCESS"), ("U", "PAYMENT_IN_PROCESS"), ("U", "UNKNOWN_EXCEPTION"), ("F", "PROCESS_FAIL"),
                         ("s", "SUCCESS")]:
        case(f"{scenario} {letter} {code} with a form", AMS, "pay", "{%s,%s}" % (result(letter, code), ORDER), ours)
        case(f"{scenario} {letter} {code} with a time", AMS, "pay", '{%s,"paymentTime":"2019-11-27T12:01:01+08:00"}' % (
            result(letter, code)), ours)
        case(f"{scenario} {letter} {code} with neither", AMS, "pay", "{%s}" % result(letter, code), ours)
case("all forms", PLUS, "pay", '{%s,"paymentUrl":"https://a","challengeActionForm":{},"redirectActionForm":{},"orderCodeForm":null}' % (
    result("U", "PAYMENT_IN_PROCESS")), OURS | {"scenario": "EntryCode"})
for text in ["2019-11-27T12:01:01.253Z", "2019-11-27 12:01:01+08:00", "1574827261000", "soon"]:
    case(f"payment time {text}", PLUS, "inquiry", '{%s,"paymentResult":"S","paymentTime":"%s"}' % (result("S", "SUCCESS"), text))

# Refunds.
for word in ["SUCCESS", "Success", "FAIL", "PROCESSING", "", "DONE"]:
    case(f"refund inquiry {word!r}", AMS, "refund_inquiry", '{%s,"refundStatus":"%s","refundRequestId":"refund-1"}' % (
        result("S", "SUCCESS"), word), OUR_REFUND)
case("refund inquiry of an unknown refund", AMS, "refund_inquiry", "{%s}" % result("F", "ORDER_NOT_EXIST"), OUR_REFUND)
case("refund inquiry that says why", AMS, "refund_inquiry", '{%s,"refundStatus":"FAIL","refundResultCode":"RISK_REJECT"}' % (
    result("S", "SUCCESS")), OUR_REFUND)
for code in ["REFUND_IN_PROCESS"]:
    case(f"refund {code}", AMS, "refund", "{%s}" % result("U", code), OUR_REFUND)
for code in ["ORDER_IS_CANCELED", "MERCHANT_BALANCE_NOT_ENOUGH", "REPEAT_REQ_INCONSISTENT"]:
    case(f"refund {code}", AMS, "refund", "{%s}" % result("F", code), OUR_REFUND)
    case(f"pay {code}", AMS, "pay", "{%s}" % result("F", code))
    case(f"cancel {code}", AMS, "cancel", "{%s}" % result("F", code))
for code in ["ORDER_STATUS_INVALID", "CANCEL_WINDOW_EXCEED"]:
    case(f"cancel refused {code}", AMS, "cancel", "{%s}" % result("F", code))

# Character sets: the signature covers bytes, so a signed body is read whatever its texts are.
for name, message in [("GBK", "成功".encode("gbk")), ("GBK whose second byte is a backslash", b"\x81\x5c"),
                      ("GBK whose second byte is a brace", b"\x81\x7d"), ("UTF-8", "成功".encode())]:
    raw = b'{"result":{"resultStatus":"S","resultCode":"SUCCESS","resultMessage":"' + message + b'"},' + PAID.encode() + b"}"
    case(f"{name}", AMS, "pay", raw)
    case(f"{name} after a byte order mark", AMS, "pay", b"\xef\xbb\xbf" + raw)
case("half a character in an escape", AMS, "pay", '{"result":{"resultStatus":"S","resultCode":"SUCCESS","resultMessage":"\\ud83d"}}')
case("a whole character in escapes", AMS, "pay",
     '{"result":{"resultStatus":"S","resultCode":"SUCCESS","resultMessage":"\\ud83d\\ude00"}}')

# What is not a body.
for name, body in [("cut off", '{"result":{"resultStatus":"S"'), ("a comment", '{"result":{"resultStatus":"S"}} // no'),
                   ("empty", ""), ("HTML", "<html></html>")]:
    case(f"not JSON: {name}", AMS, "pay", body)
case("not an object", AMS, "pay", "[]")
case("a key twice", AMS, "pay", '{"result":{"resultStatus":"F","resultStatus":"S"}}')
case("numbers and booleans in place of text", AMS, "notify",
     '{"result":{"resultStatus":"S","resultCode":7},"paymentRequestId":12,"paymentId":true}', OURS | {"payment_request_id": "12"})

finish("reading.json", "Written from the public pages: Alipay, pay, inquiryPayment, cancel, refund, inquiryRefund, notifyPayment; "
       "Alipay+, pay, inquiryPayment, notifyPayment", cases)
