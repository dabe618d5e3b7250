//! Answers and notifications as JavaScript reads them: what is documented in its place, everything else under `extra`.

use alipay_instore::api::model::{Field, Kind};
use alipay_instore::api::{InquiryRefundResponse, InquiryResponse, Notification, RefundNotification};
use alipay_instore::json::{Json, Object};
use alipay_instore::merchant::VerifiedNotification;
use alipay_instore::reply::NotificationKind;

pub(crate) fn inquiry(answer: &Object) -> Object {
    apart(answer, InquiryResponse::FIELDS)
}

pub(crate) fn refund_inquiry(answer: &Object) -> Object {
    apart(answer, InquiryRefundResponse::FIELDS)
}

pub(crate) fn notification(verified: &VerifiedNotification) -> String {
    let body = verified.body.clone();
    let message = match verified.kind {
        NotificationKind::RefundResult => {
            apart(&RefundNotification::from_json(body).to_json(), RefundNotification::FIELDS)
        }
        _ => apart(&Notification::from_json(body).to_json(), Notification::FIELDS),
    };
    message.to_string()
}

/// The models write what they don't know beside what they know; here it is told apart, in each object of the message.
fn apart(message: &Object, fields: &[Field]) -> Object {
    let (mut known, mut extra) = (Object::new(), Object::new());
    for (name, json) in message.iter() {
        let field = fields.iter().find(|field| field.name == name);
        match field.and_then(|field| Some((field.name, documented(json, field)?))) {
            Some((name, json)) => known.set(name, json),
            None => extra.set(name.to_owned(), json.clone()),
        }
    }
    if extra.is_empty() { known } else { known.with("extra", extra) }
}

/// The member as its type in JavaScript says; none where it is of another kind.
fn documented(json: &Json, field: &Field) -> Option<Json> {
    if !field.list {
        return one(json, field);
    }
    let list: Option<Vec<Json>> = json.as_array()?.iter().map(|json| one(json, field)).collect();
    list.map(Json::Array)
}

fn one(json: &Json, field: &Field) -> Option<Json> {
    match field.kind {
        Kind::Object => json.as_object().map(|object| apart(object, field.fields).into()),
        Kind::Amount => json.as_object().and_then(amount),
        _ => matches!(json, Json::String(_)).then(|| json.clone()),
    }
}

/// An amount as it is stated, which may be unreadable; its members are text.
fn amount(stated: &Object) -> Option<Json> {
    let mut amount = Object::new();
    for (name, json) in stated.iter() {
        let ("currency" | "value", Some(text)) = (name, json.scalar()) else { return None };
        amount.set(name.to_owned(), text.as_ref());
    }
    Some(amount.into())
}
