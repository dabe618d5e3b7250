//! The meaning of a verified reply: operation, status letter and code, in that order.

use super::{Meaning, ResultCode, Status, lookup};
use crate::gateway::{Operation, Protocol};

/// What a verified reply means.
///
/// The status letter is read before the code: `S` is success whatever the code says, anything but `S` and `F`
/// is unknown, and only `F` is split by the code. A code that no document gives with an `F` counts as a refused
/// request; as the answer to a refund it is unknown, like a failure of the gateway itself, because a refund that is
/// taken for refused is made again under another id. Both protocols read alike: where their code tables overlap,
/// they agree.
pub fn meaning(_protocol: Protocol, operation: Operation, status: &str, code: &str) -> Meaning {
    let row = lookup(code);
    match Status::from_letter(status) {
        Status::Succeeded => Meaning::Succeeded,
        Status::Unknown if row.is_some_and(|row| row.meaning == Meaning::InProcess) => Meaning::InProcess,
        Status::Unknown => Meaning::Unknown,
        Status::Failed if operation == Operation::Refund && row.is_some_and(ResultCode::gate_keeping) => {
            Meaning::RequestRefused
        }
        Status::Failed => refused(operation, row.filter(|row| row.status == Status::Failed)),
    }
}

fn refused(operation: Operation, row: Option<&ResultCode>) -> Meaning {
    use Meaning::{
        Closed, IdTaken, MerchantBalanceNotEnough, NotFound, PaymentRefused, RefundRefused, RequestRefused,
        StatusConflict, Unknown, WindowExceeded,
    };
    let documented = row.map_or(RequestRefused, |row| row.meaning);
    match (operation, documented) {
        (Operation::Pay, PaymentRefused | Unknown | Closed | IdTaken) => documented,
        (Operation::Notify, Closed) => Closed,
        (Operation::Notify, _) => PaymentRefused,
        (Operation::Inquiry | Operation::RefundInquiry, NotFound) => NotFound,
        (
            Operation::Cancel,
            Closed | NotFound | StatusConflict | WindowExceeded | MerchantBalanceNotEnough,
        ) => documented,
        // Only a cancel gives the money back; an order that closed otherwise leaves the refund refused.
        (Operation::Refund, Closed) if row.is_some_and(|row| row.code == "ORDER_IS_CANCELED") => Closed,
        (Operation::Refund, MerchantBalanceNotEnough) => MerchantBalanceNotEnough,
        (Operation::Refund, Unknown) => Unknown,
        (Operation::Refund, _) if row.is_none() => Unknown,
        (Operation::Refund, _) => RefundRefused,
        (Operation::Pay | Operation::Inquiry | Operation::RefundInquiry | Operation::Cancel, _) => {
            RequestRefused
        }
    }
}
