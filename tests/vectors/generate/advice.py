"""Makes advice.json: what a reply means.

Letters and codes are those of the public code tables, copied here by page. What each code refuses, and so the
meaning, is written here by hand from the pages' messages; the note says where the pages leave it open.
"""

from vector_file import finish

# Alipay, pay (consumer-presented mode), Result/Error codes, and the codes of its edition of 2023-07-27.
PAY = {
    "S": "SUCCESS",
    "U": "PAYMENT_IN_PROCESS REQUEST_TRAFFIC_EXCEED_LIMIT UNKNOWN_EXCEPTION",
    "F": "INVALID_CONTRACT INVALID_CODE INVALID_ACCESS_TOKEN USER_NOT_EXIST CURRENCY_NOT_SUPPORT USER_BALANCE_NOT_ENOUGH "
         "USER_STATUS_ABNORMAL NO_PAY_OPTION ORDER_IS_CANCELED EXPIRED_CODE PAYMENT_AMOUNT_EXCEED_LIMIT "
         "PAYMENT_COUNT_EXCEED_LIMIT REPEAT_REQ_INCONSISTENT PARAM_ILLEGAL USER_AMOUNT_EXCEED_LIMIT RISK_REJECT "
         "PROCESS_FAIL KEY_NOT_FOUND ACCESS_DENIED API_INVALID CLIENT_INVALID SIGNATURE_INVALID METHOD_NOT_SUPPORTED "
         "MEDIA_TYPE_NOT_ACCEPTABLE PAYMENT_NOT_QUALIFIED ORDER_NOT_EXIST ORDER_IS_CLOSED "
         "INVALID_API INVALID_MERCHANT_STATUS INVALID_PAYMENT_CODE INVALID_SIGNATURE MERCHANT_KYB_NOT_QUALIFIED "
         "MERCHANT_NOT_REGISTERED NO_INTERFACE_DEF NO_PAY_OPTIONS SYSTEM_ERROR USER_KYC_NOT_QUALIFIED "
         "USER_PAYMENT_VERIFICATION_FAILED "
         # Alipay+, Accept a payment, step 2; Alipay, change history, 2019-11-12.
         "CURRENCY_NOT_SUPPORTED INVALID_CLIENT",
}
# Alipay, inquiryPayment, in store and online.
INQUIRY = {
    "S": "SUCCESS",
    "U": "PAYMENT_IN_PROCESS REQUEST_TRAFFIC_EXCEED_LIMIT UNKNOWN_EXCEPTION",
    "F": "ORDER_NOT_EXIST CLIENT_INVALID METHOD_NOT_SUPPORTED MEDIA_TYPE_NOT_ACCEPTABLE USER_KYC_NOT_QUALIFIED ACCESS_DENIED "
         "INVALID_API KEY_NOT_FOUND NO_INTERFACE_DEF PARAM_ILLEGAL PROCESS_FAIL SYSTEM_ERROR",
}
# Alipay, cancel, in store and online; Alipay+, cancelPayment.
CANCEL = {
    "S": "SUCCESS",
    "U": "REQUEST_TRAFFIC_EXCEED_LIMIT UNKNOWN_EXCEPTION",
    "F": "CANCEL_WINDOW_EXCEED CLIENT_INVALID ORDER_NOT_EXIST ORDER_STATUS_INVALID MEDIA_TYPE_NOT_ACCEPTABLE "
         "METHOD_NOT_SUPPORTED MERCHANT_BALANCE_NOT_ENOUGH ACCESS_DENIED INVALID_API KEY_NOT_FOUND NO_INTERFACE_DEF "
         "PARAM_ILLEGAL PROCESS_FAIL SYSTEM_ERROR PAYMENT_METHOD_NOT_SUPPORTED USER_NOT_EXIST USER_STATUS_ABNORMAL "
         "ORDER_IS_CANCELED ORDER_IS_CLOSED",
}
# Alipay, refund, in store and online; Alipay+, refund.
REFUND = {
    "S": "SUCCESS",
    "U": "REFUND_IN_PROCESS REQUEST_TRAFFIC_EXCEED_LIMIT UNKNOWN_EXCEPTION",
    "F": "ACCESS_DENIED CLIENT_INVALID CURRENCY_NOT_SUPPORT MEDIA_TYPE_NOT_ACCEPTABLE MULTIPLE_REFUNDS_NOT_SUPPORTED "
         "MERCHANT_BALANCE_NOT_ENOUGH METHOD_NOT_SUPPORTED ORDER_IS_CANCELED ORDER_NOT_EXIST ORDER_STATUS_INVALID "
         "REFUND_AMOUNT_EXCEED REFUND_WINDOW_EXCEED REPEAT_REQ_INCONSISTENT INVALID_API INVALID_MERCHANT_STATUS "
         "KEY_NOT_FOUND NO_INTERFACE_DEF ORDER_IS_CLOSED PARAM_ILLEGAL PROCESS_FAIL SYSTEM_ERROR REFUND_NOT_SUPPORTED "
         "PARTIAL_REFUND_NOT_SUPPORTED PAYMENT_METHOD_NOT_SUPPORTED USER_NOT_EXIST RISK_REJECT",
}
# Alipay, notifyPayment, in store and online, and the payment results of inquiryPayment; Alipay+, paymentResult.
NOTIFY = {
    "S": "SUCCESS",
    "U": "PAYMENT_IN_PROCESS UNKNOWN_EXCEPTION",
    "F": "ACCESS_DENIED INVALID_API CURRENCY_NOT_SUPPORT EXPIRED_CODE FRAUD_REJECT INVALID_ACCESS_TOKEN INVALID_CONTRACT "
         "INVALID_MERCHANT_STATUS KEY_NOT_FOUND MERCHANT_BALANCE_NOT_ENOUGH NO_INTERFACE_DEF NO_PAY_OPTIONS ORDER_IS_CLOSED "
         "ORDER_NOT_EXIST PARAM_ILLEGAL PAYMENT_AMOUNT_EXCEED_LIMIT PAYMENT_COUNT_EXCEED_LIMIT PAYMENT_NOT_QUALIFIED "
         "PROCESS_FAIL RISK_REJECT SUSPECTED_RISK SYSTEM_ERROR USER_AMOUNT_EXCEED_LIMIT USER_BALANCE_NOT_ENOUGH "
         "USER_KYC_NOT_QUALIFIED USER_NOT_EXIST USER_PAYMENT_VERIFICATION_FAILED USER_STATUS_ABNORMAL "
         "VERIFY_TIMES_EXCEED_LIMIT VERIFY_UNMATCHED AUTHENTICATION_REQUIRED PAYMENT_PROHIBITED CARD_NOT_SUPPORTED "
         "INVALID_EXPIRATION_DATE INVALID_CARD_NUMBER DO_NOT_HONOR INVALID_AMOUNT INVALID_CARD INVALID_EXPIRY_DATE_FORMAT "
         "ISSUER_REJECTS_TRANSACTION MERCHANT_KYB_NOT_QUALIFIED SUSPECTED_CARD MERCHANT_NOT_REGISTERED "
         "UNAVAILABLE_PAYMENT_METHOD ORDER_IS_CANCELED",
}
PAGES = {"pay": PAY, "inquiry": INQUIRY, "cancel": CANCEL, "refund": REFUND, "notify": NOTIFY}

IN_PROCESS = {"PAYMENT_IN_PROCESS", "REFUND_IN_PROCESS"}
# The gateway did not take the request as one to pay.
PAY_REQUEST_REFUSED = set(
    "PARAM_ILLEGAL KEY_NOT_FOUND ACCESS_DENIED API_INVALID INVALID_API CLIENT_INVALID INVALID_CLIENT SIGNATURE_INVALID "
    "INVALID_SIGNATURE METHOD_NOT_SUPPORTED MEDIA_TYPE_NOT_ACCEPTABLE NO_INTERFACE_DEF ORDER_NOT_EXIST".split())
PAY_OTHER = {"ORDER_IS_CANCELED": "closed", "ORDER_IS_CLOSED": "closed", "REPEAT_REQ_INCONSISTENT": "id_taken",
             "SYSTEM_ERROR": "unknown"}
CANCEL_NAMED = {"CANCEL_WINDOW_EXCEED": "window_exceeded", "ORDER_NOT_EXIST": "not_found",
                "ORDER_STATUS_INVALID": "status_conflict", "MERCHANT_BALANCE_NOT_ENOUGH": "merchant_balance_not_enough",
                "ORDER_IS_CANCELED": "closed", "ORDER_IS_CLOSED": "closed"}
# The gateway turned the request away before it looked at what it asks for. Said to a refund, this is about one copy.
GATE_KEEPING = (PAY_REQUEST_REFUSED - {"ORDER_NOT_EXIST"}) | {"INVALID_AMOUNT", "REQUEST_TRAFFIC_EXCEED_LIMIT"}
REFUND_NAMED = {"MERCHANT_BALANCE_NOT_ENOUGH": "merchant_balance_not_enough", "ORDER_IS_CANCELED": "closed"}
NOTIFY_NAMED = {"ORDER_IS_CLOSED": "closed", "ORDER_IS_CANCELED": "closed"}

DOCUMENTED_REFUSALS = {code for page in PAGES.values() for code in page["F"].split()}
DOCUMENTED_ON_PAY = {code for codes in PAY.values() for code in codes.split()}


def failed(operation: str, code: str) -> str:
    if operation == "pay":
        if code in PAY_OTHER:
            return PAY_OTHER[code]
        if code in PAY_REQUEST_REFUSED or code not in DOCUMENTED_ON_PAY or code in f"{PAY['S']} {PAY['U']}".split():
            return "request_refused"
        return "payment_refused"
    if operation == "inquiry":
        return "not_found" if code == "ORDER_NOT_EXIST" else "request_refused"
    if operation == "cancel":
        return CANCEL_NAMED.get(code, "request_refused")
    if operation == "refund":
        if code in GATE_KEEPING:
            return "request_refused"
        if code == "SYSTEM_ERROR" or code not in DOCUMENTED_REFUSALS:
            return "unknown"
        return REFUND_NAMED.get(code, "refund_refused")
    return NOTIFY_NAMED.get(code, "payment_refused")


def meaning(operation: str, letter: str, code: str) -> str:
    if letter == "S":
        return "succeeded"
    if letter != "F":
        return "in_process" if code in IN_PROCESS else "unknown"
    return failed(operation, code)


def main() -> None:
    cases = []
    seen = set()

    def add(operation: str, letter: str, code: str, note: str | None = None) -> None:
        for protocol in ("ams", "alipay_plus"):
            key = (protocol, operation, letter, code)
            if key in seen:
                continue
            seen.add(key)
            case = {"kind": "advice", "name": f"{protocol} {operation} {letter!a} {code!a}", "protocol": protocol,
                    "operation": operation, "result_status": letter, "result_code": code,
                    "expected": {"meaning": meaning(operation, letter, code)}}
            if note:
                case["note"] = note
            cases.append(case)

    for operation, page in PAGES.items():
        for letter, codes in page.items():
            for code in codes.split():
                add(operation, letter, code)
    for code in sorted(GATE_KEEPING):
        add("refund", "F", code, "turned away at the gate: says nothing about other copies of the refund")

    letter_first = "the status letter is read before the code"
    for operation in PAGES:
        for code in ("RISK_REJECT", "ORDER_IS_CLOSED", "PAYMENT_IN_PROCESS", "SYSTEM_ERROR", "ORDER_NOT_EXIST", ""):
            add(operation, "S", code, letter_first)
            add(operation, "U", code, letter_first)
        add(operation, "U", "SUCCESS", letter_first)
        add(operation, "U", "REFUND_IN_PROCESS", letter_first)
        add(operation, "F", "SUCCESS", "F with a code that names no refusal: " + letter_first)
        add(operation, "F", "PAYMENT_IN_PROCESS", "F with a code that names no refusal: " + letter_first)

    no_letter = "an unknown or missing letter is U"
    for operation in PAGES:
        for letter in ("", "s", "f", "u", "P", "SUCCESS", "FAIL", " S", "S ", "F\n", "\uff33", "\u0405"):
            add(operation, letter, "SUCCESS", no_letter)
        for letter in ("", "f", "X"):
            add(operation, letter, "PROCESS_FAIL", no_letter)
            add(operation, letter, "PAYMENT_IN_PROCESS", no_letter)
            add(operation, letter, "ORDER_IS_CANCELED", no_letter)

    undocumented = ("a code that no page names counts as a refused request, for notify as a refused payment, and for refund as "
                    "unknown")
    for operation in PAGES:
        for code in ("", "A_NEW_CODE", "order_is_closed", " ORDER_IS_CLOSED", "ORDER_IS_CLOSED ", "ORDER_IS_CANCELLED",
                     "\u8ba2\u5355\u5df2\u5173\u95ed", "X" * 64, "X" * 5_000):
            exact = "" if code == code.strip() and code.isascii() else "; codes are compared exactly"
            add(operation, "F", code, undocumented + exact)
        add(operation, "U", "A_NEW_CODE")

    for case in cases:
        if len(case["name"]) > 120:
            case["name"] = f"{case['name'][:60]}... code of {len(case['result_code'])} characters"
    finish("advice.json",
           "Letters and codes of the public code tables: Alipay pay (consumer-presented mode), inquiryPayment, cancel, refund, "
           "notifyPayment; Alipay+ Accept a payment. The meanings are written by hand from their messages.",
           cases)


if __name__ == "__main__":
    main()
