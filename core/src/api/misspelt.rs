//! Unknown members of a request whose names are almost those of a field.
//!
//! A member that is not described can be sent, since the gateways know fields that this library does not. One that only
//! misses a field by a slip would be sent in vain, and the field would be missing.

use crate::error::Result;

use super::model::Field;
use super::path::Path;

/// Refuses the name if it is almost that of one of these fields.
///
/// # Errors
/// `request.invalid`, which names the field that was probably meant.
pub(crate) fn refuse(name: &str, fields: &[Field], at: &Path<'_>) -> Result<()> {
    match fields.iter().find(|field| same_letters(name, field.name) || one_slip(name, field.name)) {
        Some(field) => Err(at.invalid(&format!("is not known; {} is probably meant", field.name))),
        None => Ok(()),
    }
}

/// Whether the names differ only in capitals and underscores.
fn same_letters(one: &str, other: &str) -> bool {
    let letters = |name: &str| -> Vec<u8> {
        name.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase()).collect()
    };
    letters(one) == letters(other)
}

/// Whether one letter is missing, too many or another one, or two neighbours are swapped. Digits tell fields apart, and so
/// do the letters of short names.
fn one_slip(one: &str, other: &str) -> bool {
    if one.len() < 5 {
        return false;
    }
    let equal = |(a, b): &(&u8, &u8)| a == b;
    let before = one.as_bytes().iter().zip(other.as_bytes()).take_while(equal).count();
    let (one, other) = (one.as_bytes().split_at(before).1, other.as_bytes().split_at(before).1);
    let after = one.iter().rev().zip(other.iter().rev()).take_while(equal).count();
    let rest = |name: &[u8]| name.iter().take(name.len() - after).copied().collect::<Vec<u8>>();
    match (rest(one).as_slice(), rest(other).as_slice()) {
        ([], [letter]) | ([letter], []) => !letter.is_ascii_digit(),
        ([a], [b]) => !a.is_ascii_digit() && !b.is_ascii_digit(),
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::api::RefundRequest;
    use crate::api::pay::Address;
    use crate::gateway::Protocol;
    use crate::json::Object;

    /// The error for a refund with this member beside its fields.
    fn refused(member: &str) -> Option<(&'static str, String)> {
        let amount = Object::new().with("currency", "USD").with("value", "1");
        let body =
            Object::new().with("refundRequestId", "r").with("paymentId", "p").with("refundAmount", amount);
        let request = RefundRequest::from_json(body.with(member.to_owned(), "x"));
        let error = request.to_body(Protocol::Ams, None).err()?;
        Some((error.code().as_str(), error.path().unwrap_or_default().to_owned()))
    }

    #[test]
    fn a_slip_is_refused_and_named() {
        for slip in
            ["refundReaso", "refundReasonn", "refundReazon", "refundRaeson", "refund_reason", "RefundReason"]
        {
            assert_eq!(refused(slip), Some(("request.invalid", slip.to_owned())), "{slip}");
        }
    }

    #[test]
    fn a_field_of_its_own_is_sent() {
        for field in ["refundReasonCode", "isAsyncRefund", "extendInfo", "reason"] {
            assert_eq!(refused(field), None, "{field}");
        }
        // The number is what tells them apart, and short names are alike by chance.
        let address =
            Object::new().with("region", "US").with("address3", "x").with("town", "y").with("cite", "z");
        let address = Address::from_json(address);
        let case =
            crate::api::model::Case { protocol: Protocol::Ams, scenario: crate::api::Scenario::PaymentCode };
        assert_eq!(address.check_at(&super::Path::ROOT, case), Ok(()));
    }
}
