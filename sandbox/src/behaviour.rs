//! The wallets' behaviours, chosen by payment code as test card numbers choose a card's.
//!
//! Every code has 24 digits and is valid by the documents' rules, so that it passes any till's checks. A valid
//! code that is not in the table is paid at once. [`Behaviour::fresh_code`] makes codes that nobody has used.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::fault::Fault;
use crate::ledger::{Course, Form, Wallet};
use crate::protocol::Operation;
use crate::result::Code;

/// The sample code of the AMS pages, which the examples here use too. It is paid at once.
const SAMPLE_CODE: &str = "281006020000000000125733";
/// How a code begins that chooses its behaviour by the next three digits; the twelve after them are free.
const FRESH_CODE: &str = "281006028";
/// How many values the free digits have.
const FREE: u64 = 1_000_000_000_000;

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Behaviour {
    /// Its name, such as `reply_lost_but_paid`.
    pub name: &'static str,
    /// The fixed payment code that chooses it. It can be used again and again, unless the sandbox is told to take
    /// every code once.
    pub code: &'static str,
    /// What happens, in one sentence.
    pub description: &'static str,
    /// How a payment by a till that follows the documents ends, in AMS.
    pub ams: Expected,
    /// How it ends in Alipay+.
    pub alipay_plus: Expected,
    pub(crate) course: Course,
    pub(crate) network: Network,
}

impl Behaviour {
    /// The behaviour of this name.
    pub fn named(name: &str) -> Option<&'static Behaviour> {
        BEHAVIOURS.iter().find(|row| row.name == name)
    }

    /// A payment code for this behaviour that was not made before: each is good for one payment, like the codes
    /// that wallets show.
    ///
    /// ```
    /// let behaviour = alipay_instore_sandbox::Behaviour::named("reply_lost_but_paid").unwrap();
    /// assert_ne!(behaviour.fresh_code(), behaviour.fresh_code());
    /// ```
    pub fn fresh_code(&self) -> String {
        // Each process starts elsewhere, so that a sandbox that runs on sees no code twice.
        static START: OnceLock<u64> = OnceLock::new();
        static MADE: AtomicU64 = AtomicU64::new(0);
        let start = START.get_or_init(|| RandomState::new().hash_one(FRESH_CODE));
        let free = start.wrapping_add(MADE.fetch_add(1, Ordering::Relaxed)) % FREE;
        format!("{FRESH_CODE}{}{free:012}", self.number())
    }

    /// The three digits that stand for it in a fresh code.
    fn number(&self) -> &'static str {
        self.code.get(21..).unwrap_or_default()
    }
}

/// How a payment has to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expected {
    /// Paid, and the merchant keeps the money.
    Paid,
    /// Refused; no money moved.
    Failed,
    /// Cancelled: no money moved, or all of it was given back.
    Cancelled,
    /// Paid, and given back by a refund.
    Refunded,
}

impl Expected {
    /// `paid`, `failed`, `cancelled` or `refunded`.
    pub fn as_str(self) -> &'static str {
        match self {
            Expected::Paid => "paid",
            Expected::Failed => "failed",
            Expected::Cancelled => "cancelled",
            Expected::Refunded => "refunded",
        }
    }
}

/// What the network does to the requests of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Network {
    Works,
    /// The first pay request meets this fault.
    First(Fault),
    /// Every pay request meets this fault.
    Every(Fault),
    /// The first request of another operation about the payment meets this fault; each refund has a first one.
    FirstOf(Operation, Fault),
    /// Every pay request is under way until a cancel for its id has arrived.
    OvertakenByCancel,
}

const fn row(
    name: &'static str,
    code: &'static str,
    description: &'static str,
    ams: Expected,
    alipay_plus: Expected,
    course: Course,
    network: Network,
) -> Behaviour {
    Behaviour { name, code, description, ams, alipay_plus, course, network }
}

const AT_ONCE: Course = Course::of(Wallet::PaysAtOnce);
const NEVER: Course = Course::of(Wallet::NeverPays);

const fn refused(code: Code) -> Course {
    Course::of(Wallet::RefusesAtOnce(code))
}

const fn veiled(refused: Option<(u32, Code)>) -> Course {
    Course { veiled: true, cancel_refused: refused, ..AT_ONCE }
}

use Expected::{Cancelled, Failed, Paid, Refunded};
use Network::{Every, First, FirstOf, OvertakenByCancel, Works};

/// How long a refund of the behaviours "later" takes, in milliseconds.
const REFUND_TAKES_MS: i64 = 5_000;
/// How much the clock of one node of the gateway is wrong, in milliseconds.
const TEN_MINUTES_MS: i64 = 600_000;

/// The customer confirms in the wallet after eight seconds; the answer to pay carries a form.
const fn confirms(form: Form) -> Course {
    Course { form: Some(form), ..Course::of(Wallet::PaysAfter(8_000)) }
}

/// Every behaviour that a payment code can choose.
#[rustfmt::skip]
pub const BEHAVIOURS: &[Behaviour] = &[
    row("paid_at_once", "281006029000000000000001",
        "The wallet pays, and the reply says so.",
        Paid, Paid, AT_ONCE, Works),
    row("paid_after_inquiries", "281006029000000000000002",
        "In process; paid at the third inquiry.",
        Paid, Paid, Course::of(Wallet::PaysAfterInquiries(3)), Works),
    row("reply_lost_but_paid", "281006029000000000000003",
        "Paid, but the reply to the first request is lost.",
        Paid, Paid, AT_ONCE, First(Fault::ReplyLost)),
    row("balance_too_low", "281006029000000000000004",
        "Refused with USER_BALANCE_NOT_ENOUGH.",
        Failed, Failed, refused(Code::UserBalanceNotEnough), Works),
    row("never_answers_not_paid", "281006029000000000000005",
        "No pay request ever arrives; there is never an order.",
        Cancelled, Cancelled, NEVER, Every(Fault::RequestLost)),
    row("pay_arrives_after_cancel", "281006029000000000000006",
        "The pay request is under way until a cancel has overtaken it. If it is not yet expired then, the wallet pays; only a repeated cancel brings the money back.",
        Cancelled, Cancelled, AT_ONCE, OvertakenByCancel),
    row("expired_code", "281006029000000000000007",
        "Refused with EXPIRED_CODE.",
        Failed, Failed, refused(Code::ExpiredCode), Works),
    row("risk_reject", "281006029000000000000008",
        "Refused with RISK_REJECT.",
        Failed, Failed, refused(Code::RiskReject), Works),
    row("amount_above_user_limit", "281006029000000000000009",
        "Refused with USER_AMOUNT_EXCEED_LIMIT.",
        Failed, Failed, refused(Code::UserAmountExceedLimit), Works),
    row("refused_after_inquiries", "281006029000000000000010",
        "In process; refused with USER_BALANCE_NOT_ENOUGH at the third inquiry.",
        Failed, Failed, Course::of(Wallet::RefusesAfterInquiries(3, Code::UserBalanceNotEnough)), Works),
    row("in_process_forever", "281006029000000000000011",
        "In process until it is cancelled or expires.",
        Cancelled, Cancelled, NEVER, Works),
    row("system_error_but_paid", "281006029000000000000012",
        "Paid, but the first reply is SYSTEM_ERROR.",
        Paid, Paid, Course { first_answer: Some(Code::SystemError), ..AT_ONCE }, Works),
    row("system_error_not_paid", "281006029000000000000013",
        "The first reply is SYSTEM_ERROR, and the wallet refuses with PROCESS_FAIL.",
        Failed, Failed, Course { first_answer: Some(Code::SystemError), ..refused(Code::ProcessFail) }, Works),
    row("unknown_then_paid_on_resend", "281006029000000000000014",
        "The first reply is UNKNOWN_EXCEPTION, and the wallet waits; it pays when the same request comes again. An AMS till does not send it again, so there it stays in process.",
        Cancelled, Paid, Course { first_answer: Some(Code::UnknownException), ..Course::of(Wallet::PaysOnSend(2)) }, Works),
    row("unknown_but_paid", "281006029000000000000015",
        "Paid, but the first reply is UNKNOWN_EXCEPTION.",
        Paid, Paid, Course { first_answer: Some(Code::UnknownException), ..AT_ONCE }, Works),
    row("busy_but_paid", "281006029000000000000016",
        "Paid, but the first reply is REQUEST_TRAFFIC_EXCEED_LIMIT.",
        Paid, Paid, Course { first_answer: Some(Code::RequestTrafficExceedLimit), ..AT_ONCE }, Works),
    row("request_doubled", "281006029000000000000017",
        "The network delivers the pay request twice; it is paid once.",
        Paid, Paid, AT_ONCE, First(Fault::Doubled)),
    row("reply_late", "281006029000000000000018",
        "Paid, but the first reply takes 8 seconds.",
        Paid, Paid, AT_ONCE, First(Fault::ReplyDelayed(8_000))),
    row("request_late", "281006029000000000000019",
        "The first pay request takes 8 seconds to arrive, then it is paid.",
        Paid, Paid, AT_ONCE, First(Fault::RequestDelayed(8_000))),
    row("http_5xx_but_paid", "281006029000000000000020",
        "Paid, but the first reply is an HTTP 502 with an HTML page.",
        Paid, Paid, AT_ONCE, First(Fault::Http5xx)),
    row("reply_cut", "281006029000000000000021",
        "Paid, but the first reply breaks off in the middle.",
        Paid, Paid, AT_ONCE, First(Fault::Cut)),
    row("reply_not_json", "281006029000000000000022",
        "Paid, but the first reply is not JSON, though signed.",
        Paid, Paid, AT_ONCE, First(Fault::NotJson)),
    row("reply_unsigned", "281006029000000000000023",
        "Paid, but the first reply has no signature.",
        Paid, Paid, AT_ONCE, First(Fault::Unsigned)),
    row("reply_signed_by_stranger", "281006029000000000000024",
        "Paid, but the first reply is signed with somebody else's key.",
        Paid, Paid, AT_ONCE, First(Fault::Stranger)),
    row("wrong_amount_in_reply", "281006029000000000000025",
        "Paid, but the first reply states another amount; inquiries state the right one.",
        Paid, Paid, AT_ONCE, First(Fault::WrongAmount)),
    row("wrong_id_in_reply", "281006029000000000000026",
        "Paid, but the first reply is about another payment.",
        Paid, Paid, AT_ONCE, First(Fault::WrongId)),
    row("cancel_crosses_success", "281006029000000000000027",
        "Paid, but said to be in process until a cancel arrives, which gives the money back.",
        Cancelled, Cancelled, veiled(None), Works),
    row("cancel_window_exceeded", "281006029000000000000028",
        "Paid, but said to be in process until a cancel arrives, which is answered with CANCEL_WINDOW_EXCEED: a refund is left.",
        Refunded, Refunded, veiled(Some((u32::MAX, Code::CancelWindowExceed))), Works),
    row("order_status_invalid_on_cancel", "281006029000000000000029",
        "Paid, but said to be in process until a cancel arrives; every cancel is answered with ORDER_STATUS_INVALID: a refund is left.",
        Refunded, Refunded, veiled(Some((u32::MAX, Code::OrderStatusInvalid))), Works),
    row("merchant_balance_too_low", "281006029000000000000030",
        "Paid, but said to be in process until a cancel arrives; the first two cancels are answered with MERCHANT_BALANCE_NOT_ENOUGH.",
        Cancelled, Cancelled, veiled(Some((2, Code::MerchantBalanceNotEnough))), Works),
    row("refund_in_process", "281006029000000000000031",
        "Paid at once; a refund is in process until it was asked for twice.",
        Paid, Paid, Course { refund_asks: 2, ..AT_ONCE }, Works),
    row("refund_merchant_balance_too_low", "281006029000000000000032",
        "Paid at once; the first refund is refused with MERCHANT_BALANCE_NOT_ENOUGH, another one works.",
        Paid, Paid, Course { refund_refused: Some((1, Code::MerchantBalanceNotEnough)), ..AT_ONCE }, Works),
    row("reply_in_gbk", "281006029000000000000033",
        "Paid, but the text of the first reply's message is in GBK. The signature is right.",
        Paid, Paid, AT_ONCE, First(Fault::Gbk)),
    row("reply_with_byte_order_mark", "281006029000000000000034",
        "Paid, but the first reply begins with a byte order mark. The signature covers it.",
        Paid, Paid, AT_ONCE, First(Fault::ByteOrderMark)),
    row("small_status_letter", "281006029000000000000035",
        "Paid, but the first reply states its status as a small s.",
        Paid, Paid, AT_ONCE, First(Fault::SmallStatus)),
    row("list_for_id", "281006029000000000000036",
        "Paid, but the ids in the first reply are lists.",
        Paid, Paid, AT_ONCE, First(Fault::ListForId)),
    row("numbers_for_text", "281006029000000000000037",
        "Paid, but the first reply has JSON numbers where the documents have text; one of them is an id of 40 digits.",
        Paid, Paid, AT_ONCE, First(Fault::Numbers)),
    row("plus_before_amount", "281006029000000000000038",
        "Paid, but the amount in the first reply has a plus sign.",
        Paid, Paid, AT_ONCE, First(Fault::PlusAmount)),
    row("challenge_for_payment_code", "281006029000000000000039",
        "In process, and the reply asks the customer for a verification code; paid after 8 seconds.",
        Paid, Paid, confirms(Form::Challenge), Works),
    row("redirect_for_payment_code", "281006029000000000000040",
        "In process, and the reply sends the customer to a page; paid after 8 seconds.",
        Paid, Paid, confirms(Form::Get), Works),
    row("answer_from_slow_node", "281006029000000000000041",
        "Paid, but the clock that stamps the first reply is ten minutes behind.",
        Paid, Paid, AT_ONCE, First(Fault::ClockOff(-TEN_MINUTES_MS))),
    row("answer_from_fast_node", "281006029000000000000042",
        "Paid, but the clock that stamps the first reply is ten minutes ahead.",
        Paid, Paid, AT_ONCE, First(Fault::ClockOff(TEN_MINUTES_MS))),
    row("client_invalid", "281006029000000000000043",
        "No pay request is carried out; each is answered with CLIENT_INVALID, unsigned.",
        Cancelled, Cancelled, NEVER, Every(Fault::ClientInvalid)),
    row("key_not_found", "281006029000000000000044",
        "No pay request is carried out; each is answered with KEY_NOT_FOUND, unsigned.",
        Cancelled, Cancelled, NEVER, Every(Fault::KeyNotFound)),
    row("signature_invalid", "281006029000000000000045",
        "No pay request is carried out; each is answered with SIGNATURE_INVALID, unsigned.",
        Cancelled, Cancelled, NEVER, Every(Fault::SignatureInvalid)),
    row("unsigned_refusal_but_paid", "281006029000000000000046",
        "Paid, but the first reply is an unsigned SIGNATURE_INVALID.",
        Paid, Paid, AT_ONCE, First(Fault::ForgedRefusal)),
    row("old_answer_replayed", "281006029000000000000047",
        "The first pay request never arrives; in its place comes an answer that was signed a day ago, to another payment. An AMS till does not send it again.",
        Cancelled, Paid, AT_ONCE, First(Fault::Replayed)),
    row("http_403", "281006029000000000000048",
        "The first pay request is stopped before the gateway by HTTP 403 and an HTML page. An AMS till does not send it again.",
        Cancelled, Paid, AT_ONCE, First(Fault::Page(403))),
    row("http_407", "281006029000000000000049",
        "The first pay request is stopped before the gateway by HTTP 407 and an HTML page. An AMS till does not send it again.",
        Cancelled, Paid, AT_ONCE, First(Fault::Page(407))),
    row("http_429", "281006029000000000000050",
        "The first pay request is stopped before the gateway by HTTP 429 and an HTML page. An AMS till does not send it again.",
        Cancelled, Paid, AT_ONCE, First(Fault::Page(429))),
    row("http_502", "281006029000000000000051",
        "The first pay request is stopped before the gateway by HTTP 502 and an HTML page. An AMS till does not send it again.",
        Cancelled, Paid, AT_ONCE, First(Fault::Page(502))),
    row("refund_reply_lost", "281006029000000000000052",
        "Paid at once; the first reply to a refund is lost, and the refund has succeeded.",
        Paid, Paid, AT_ONCE, FirstOf(Operation::Refund, Fault::ReplyLost)),
    row("refund_succeeds_later", "281006029000000000000053",
        "Paid at once; a refund is in process for 5 seconds, then it succeeds.",
        Paid, Paid, Course { refund_takes_ms: Some(REFUND_TAKES_MS), ..AT_ONCE }, Works),
    row("refund_fails_later", "281006029000000000000054",
        "Paid at once; the first refund is in process for 5 seconds, then it fails with MERCHANT_BALANCE_NOT_ENOUGH. Another one works.",
        Paid, Paid, Course { refund_takes_ms: Some(REFUND_TAKES_MS), refund_refused: Some((1, Code::MerchantBalanceNotEnough)), ..AT_ONCE }, Works),
    row("cancel_reply_lost_after_payment", "281006029000000000000055",
        "Paid at once; the first reply to a cancel is lost, and the cancel has given the money back.",
        Paid, Paid, AT_ONCE, FirstOf(Operation::Cancel, Fault::ReplyLost)),
    row("cancel_refused_after_payment", "281006029000000000000056",
        "Paid at once; every cancel is answered with ORDER_STATUS_INVALID: a refund is left.",
        Paid, Paid, Course { cancel_refused: Some((u32::MAX, Code::OrderStatusInvalid)), ..AT_ONCE }, Works),
    row("cancel_window_exceeded_after_payment", "281006029000000000000057",
        "Paid at once; every cancel is answered with CANCEL_WINDOW_EXCEED: a refund is left.",
        Paid, Paid, Course { cancel_refused: Some((u32::MAX, Code::CancelWindowExceed)), ..AT_ONCE }, Works),
];

/// The behaviour that a payment code chooses: a fixed code, or one that [`Behaviour::fresh_code`] could have made.
pub(crate) fn chosen_by(code: &str) -> Option<&'static Behaviour> {
    let number = code.strip_prefix(FRESH_CODE).filter(|rest| rest.len() == 15).and_then(|rest| rest.get(..3));
    BEHAVIOURS.iter().find(|row| row.code == code || Some(row.number()) == number)
}

/// Whether the documentation prints this code, for everybody to use.
pub(crate) fn is_fixed(code: &str) -> bool {
    code == SAMPLE_CODE || BEHAVIOURS.iter().any(|row| row.code == code)
}

/// Whether a text is a payment code at all: 16 to 24 digits, the first two from 25 to 30.
pub(crate) fn is_payment_code(text: &str) -> bool {
    let digits = text.as_bytes();
    let prefix = matches!(digits, [b'2', b'5'..=b'9', ..] | [b'3', b'0', ..]);
    prefix && (16..=24).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_behaviour_has_its_own_name_and_valid_code() {
        let names: HashSet<_> = BEHAVIOURS.iter().map(|row| row.name).collect();
        let codes: HashSet<_> = BEHAVIOURS.iter().map(|row| row.code).collect();
        assert_eq!((names.len(), codes.len()), (BEHAVIOURS.len(), BEHAVIOURS.len()));
        assert!(BEHAVIOURS.iter().all(|row| is_payment_code(row.code) && row.code.len() == 24));
        assert!(!codes.contains(SAMPLE_CODE));
        let numbers: HashSet<_> = BEHAVIOURS.iter().map(Behaviour::number).collect();
        assert_eq!(numbers.len(), BEHAVIOURS.len());
    }

    #[test]
    fn a_fresh_code_is_new_valid_and_chooses_its_behaviour() {
        let mut made = HashSet::new();
        for row in BEHAVIOURS {
            for _ in 0..100 {
                let code = row.fresh_code();
                assert!(is_payment_code(&code) && code.len() == 24 && !is_fixed(&code), "{code}");
                assert_eq!(chosen_by(&code).map(|chosen| chosen.name), Some(row.name));
                assert!(made.insert(code));
            }
            assert_eq!(chosen_by(row.code).map(|chosen| chosen.name), Some(row.name));
        }
        for code in [SAMPLE_CODE, "281006028999000000000000", "2810060280010000", ""] {
            assert!(chosen_by(code).is_none(), "{code}");
        }
    }

    #[test]
    fn a_payment_code_has_16_to_24_digits_and_a_known_prefix() {
        for good in ["2512345678901234", "3012345678901234", "281006020000000000125733"] {
            assert!(is_payment_code(good), "{good}");
        }
        for bad in [
            "",
            "251234567890123",
            "2412345678901234",
            "3112345678901234",
            "28100602000000000012573x",
            "2810060200000000001257331",
        ] {
            assert!(!is_payment_code(bad), "{bad}");
        }
    }
}
