//! What to tell the people about a result: one sentence for the cashier, one for the developer.
//!
//! The sentences never contradict the meaning: where the letter or the operation is not the one that a code's
//! row is written for, the sentence about the operation as such is given instead. Nothing decides by advice.

use super::{Meaning, ResultCode, Retry, Status, Text, lookup, meaning};
use crate::gateway::{Operation, Protocol};
use crate::json::{Json, Object};

/// What a result means, and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Advice {
    /// The meaning.
    pub meaning: Meaning,
    /// The canonical spelling of the code; `None` for a code that no document names.
    pub code: Option<&'static str>,
    /// What the cashier does, in English.
    pub cashier_en: &'static str,
    /// What the cashier does, in Chinese.
    pub cashier_zh: &'static str,
    /// What the developer or the operator does, in English.
    pub developer_en: &'static str,
    /// What the developer or the operator does, in Chinese.
    pub developer_zh: &'static str,
    /// Whether a new attempt needs a new `paymentRequestId`, or for a refund a new `refundRequestId`.
    pub new_id_needed: bool,
    /// What may be sent next.
    pub retry: Retry,
}

impl Advice {
    /// The same as a JSON object, equal in every language.
    pub fn to_json(&self) -> Object {
        Object::new()
            .with("meaning", self.meaning.as_str())
            .with("code", self.code.map_or(Json::Null, Json::from))
            .with("cashier_en", self.cashier_en)
            .with("cashier_zh", self.cashier_zh)
            .with("developer_en", self.developer_en)
            .with("developer_zh", self.developer_zh)
            .with("new_id_needed", Json::Bool(self.new_id_needed))
            .with("retry", self.retry.as_str())
    }
}

/// Advice about a result. Status and code are read as [`meaning`] reads them.
pub fn advice(protocol: Protocol, operation: Operation, status: &str, code: &str) -> Advice {
    let meaning = meaning(protocol, operation, status, code);
    let row = lookup(code);
    let fitting = row.filter(|row| row.status == Status::from_letter(status) && fits(row, operation));
    let (cashier, developer) = about(operation, meaning);
    let cashier = fitting.filter(|row| speaks_to_cashier(row, operation)).map_or(cashier, |row| row.cashier);
    let developer = fitting.map_or(developer, |row| row.developer);
    let retry = retry(protocol, operation, meaning);
    Advice {
        meaning,
        code: row.map(|row| row.code),
        cashier_en: cashier.en,
        cashier_zh: cashier.zh,
        developer_en: developer.en,
        developer_zh: developer.zh,
        new_id_needed: retry == Retry::NewId || meaning == Meaning::Closed,
        retry,
    }
}

/// Whether a row's sentences are written for the operation: a code that refuses a payment says nothing of the
/// kind when an inquiry or a cancel was refused with it.
fn fits(row: &ResultCode, operation: Operation) -> bool {
    match row.meaning {
        Meaning::Succeeded => false,
        Meaning::RequestRefused => true,
        // A failure of the gateway, which leaves the outcome open, is documented only for pay.
        Meaning::Unknown if row.status == Status::Failed => operation == Operation::Pay,
        Meaning::PaymentRefused | Meaning::Unknown => matches!(operation, Operation::Pay | Operation::Notify),
        Meaning::IdTaken => operation == Operation::Pay,
        Meaning::Closed => matches!(operation, Operation::Pay | Operation::Notify | Operation::Cancel),
        Meaning::InProcess => match operation {
            Operation::Pay | Operation::Notify => row.code == "PAYMENT_IN_PROCESS",
            Operation::Refund => row.code == "REFUND_IN_PROCESS",
            Operation::Inquiry | Operation::Cancel | Operation::RefundInquiry => false,
        },
        Meaning::NotFound => operation == Operation::Inquiry,
        Meaning::WindowExceeded => operation == Operation::Cancel,
        Meaning::StatusConflict | Meaning::MerchantBalanceNotEnough => {
            matches!(operation, Operation::Cancel | Operation::Refund)
        }
        Meaning::RefundRefused => operation == Operation::Refund,
    }
}

/// A refused request sends the customer to another way to pay, but only when it was one to pay.
fn speaks_to_cashier(row: &ResultCode, operation: Operation) -> bool {
    row.meaning != Meaning::RequestRefused || operation == Operation::Pay
}

fn retry(protocol: Protocol, operation: Operation, meaning: Meaning) -> Retry {
    match (operation, meaning) {
        (_, Meaning::Succeeded) => Retry::No,
        (Operation::Pay, Meaning::Unknown) if protocol == Protocol::AlipayPlus => Retry::SameRequest,
        (Operation::Pay | Operation::Notify, Meaning::InProcess | Meaning::Unknown) => Retry::Inquire,
        (Operation::Pay | Operation::Notify, _) => Retry::NewId,
        (Operation::Inquiry | Operation::RefundInquiry, _) => Retry::SameRequest,
        (Operation::Cancel, Meaning::Closed) => Retry::No,
        (Operation::Cancel, Meaning::StatusConflict | Meaning::WindowExceeded) => Retry::Inquire,
        (Operation::Cancel, _) => Retry::SameRequest,
        (Operation::Refund, Meaning::InProcess) if protocol == Protocol::Ams => Retry::Inquire,
        (Operation::Refund, Meaning::InProcess | Meaning::Unknown) => Retry::SameRequest,
        (Operation::Refund, Meaning::MerchantBalanceNotEnough) => Retry::NewId,
        (Operation::Refund, _) => Retry::No,
    }
}

/// What is true of an operation whatever the code: for the cashier and for the developer.
fn about(operation: Operation, meaning: Meaning) -> (Text, Text) {
    let open = matches!(meaning, Meaning::InProcess | Meaning::Unknown);
    let succeeded = meaning == Meaning::Succeeded;
    let (cashier, developer) = match operation {
        Operation::Pay if succeeded => (
            ("The scanned code is paid; hand over the goods.", "付款码支付成功，请交付商品。"),
            (
                "Paid; for entry and order codes an S of pay only means that the code was created.",
                "支付成功；对于 Entry Code 和 Order Code，pay 返回 S 仅表示码已创建，不代表已扣款。",
            ),
        ),
        Operation::Notify if succeeded => (
            ("The payment is done; hand over the goods.", "支付成功，请交付商品。"),
            (
                "Paid; compare amount and currency with the order before the payment counts.",
                "支付成功；请先核对金额和币种与订单一致，再确认收款。",
            ),
        ),
        Operation::Pay | Operation::Notify if open => (
            (
                "Wait: the result is not known yet; do not charge again.",
                "支付结果未知，请稍候，请勿重复收款。",
            ),
            (
                "The letter is read before the code: the payment's outcome is open, so find it out first.",
                "先看 resultStatus 再看 resultCode：支付结果尚未确定，请先查明结果。",
            ),
        ),
        Operation::Pay | Operation::Notify => (
            ("The payment failed; ask for another way to pay.", "支付失败，请顾客更换支付方式。"),
            (
                "The gateway refused with a code that is not documented for this; read resultMessage.",
                "网关返回了文档中未记载的结果码并拒绝了请求，请查看 resultMessage。",
            ),
        ),
        Operation::Inquiry if succeeded => (
            (
                "The result was found; the till shows whether the payment is done.",
                "查询成功，支付是否完成以收银机显示为准。",
            ),
            (
                "The inquiry worked; only paymentStatus (AMS) or paymentResult (Alipay+) tells about the money.",
                "查询成功；支付结果仅以 paymentStatus（AMS）或 paymentResult（Alipay+）为准。",
            ),
        ),
        Operation::Inquiry => (
            (
                "Wait: the result is not known yet; do not charge again.",
                "支付结果未知，请稍候，请勿重复收款。",
            ),
            (
                "The inquiry did not work, which says nothing about the payment: ask again.",
                "查询未成功，不代表支付失败：请再次查询。",
            ),
        ),
        Operation::Cancel if succeeded => (
            (
                "The payment is cancelled; money that was taken goes back to the customer.",
                "订单已撤销，已扣款项将退还给顾客。",
            ),
            (
                "The cancel is final; a later success of this payment is none.",
                "撤销已生效；之后收到的该笔支付成功通知不应视为已收款。",
            ),
        ),
        Operation::Cancel => (
            (
                "Wait: the cancel is not confirmed yet; do not charge again.",
                "撤销结果尚未确认，请稍候，请勿重复收款。",
            ),
            (
                "The cancel is not confirmed: send the same call again every 5 to 10 seconds.",
                "撤销尚未确认：请每隔 5 至 10 秒重发同一撤销请求。",
            ),
        ),
        Operation::Refund if succeeded => (
            ("The refund is done.", "退款成功。"),
            ("The refund succeeded, and this is final.", "退款成功，该结果为终态。"),
        ),
        Operation::Refund if open => (
            (
                "Wait: the refund is not confirmed yet; do not refund again.",
                "退款结果尚未确认，请稍候，请勿重复退款。",
            ),
            (
                "The refund's outcome is open: send the same refundRequestId again, or ask inquiryRefund.",
                "退款结果未知：请使用相同的 refundRequestId 重发请求，或调用 inquiryRefund 查询。",
            ),
        ),
        Operation::Refund if meaning == Meaning::Closed => (
            (
                "This payment was cancelled before, so there is nothing to refund.",
                "该笔订单此前已撤销，无需退款。",
            ),
            (
                "The payment was cancelled, and its money went back by that.",
                "该笔支付已撤销，款项已随撤销退回。",
            ),
        ),
        Operation::Refund => (
            ("The refund was refused; tell your supervisor.", "退款被拒绝，请通知主管。"),
            ("The refund was refused; read resultMessage.", "退款被拒绝，请查看 resultMessage。"),
        ),
        Operation::RefundInquiry if succeeded => (
            (
                "The refund was found; the till shows whether it is done.",
                "查询成功，退款是否完成以收银机显示为准。",
            ),
            (
                "The inquiry worked; only refundStatus tells about the money.",
                "查询成功；退款结果仅以 refundStatus 为准。",
            ),
        ),
        Operation::RefundInquiry => (
            (
                "Wait: the refund's result is not known yet; do not refund again.",
                "退款结果未知，请稍候，请勿重复退款。",
            ),
            (
                "The inquiry did not work, or the refund has not arrived: ask again after 15 seconds.",
                "查询未成功，或退款尚未到达网关：请 15 秒后再次查询。",
            ),
        ),
    };
    (Text { en: cashier.0, zh: cashier.1 }, Text { en: developer.0, zh: developer.1 })
}

#[cfg(test)]
mod tests;
