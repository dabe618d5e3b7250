//! What the customer is to see or to do.

use super::{Reading, present};
use crate::json::Object;
use crate::time::Timestamp;

/// The names under which the documents put what the customer is to see.
const FORMS: [&str; 4] = ["redirectActionForm", "orderCodeForm", "challengeActionForm", "paymentUrl"];

impl Reading<'_> {
    /// The members that say what the customer is to see or to do.
    pub fn form(&self) -> Option<Object> {
        let mut form = Object::new();
        for name in FORMS {
            if let Some(value) = present(self.body, name) {
                form.set(name, value.clone());
            }
        }
        (!form.is_empty()).then_some(form)
    }

    /// When the order code ceases to be valid.
    pub fn form_expiry(&self) -> Option<Timestamp> {
        Timestamp::parse(&self.body.object("orderCodeForm")?.text("expireTime")?)
    }
}
