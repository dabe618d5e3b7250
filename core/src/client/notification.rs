//! Notifications: verified, stored, answered.

use super::{Client, Notified, result_or_error, unexpected};
use crate::engine::CallResult;
use crate::error::{Error, ErrorCode, Result};
use crate::json::Object;
use crate::merchant::{Acknowledgement, VerifiedNotification};
use crate::reply::NotificationKind;

/// A notification that was handled.
#[derive(Debug)]
#[non_exhaustive]
pub struct HandledNotification {
    /// What to answer: status, headers and body, to be sent as they are.
    pub answer: Acknowledgement,
    /// What the notification was; none if it could not be verified.
    pub notification: Option<VerifiedNotification>,
    /// What it changed, or why it was refused. After an error the gateway sends it again.
    pub result: Result<Notified>,
}

impl HandledNotification {
    /// The answer (`{"status":…,"headers":{…},"body":…}`) and, beside it, what the notification changed, or why it was refused:
    /// of `result` and `error` one is `null`.
    pub fn to_json(&self) -> Object {
        result_or_error(self.answer.to_json(), self.result.as_ref().map(Notified::to_json))
    }
}

impl Client {
    /// Verifies a notification, stores what it says, and tells what to answer: the one call of the handler of the notify
    /// URL. `headers` and `body` are taken as they arrived. The path comes from the merchant's configured notify URL.
    ///
    /// Nothing is carried out here: whoever drives the payment goes on with it.
    pub async fn handle_notification<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        &self,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
    ) -> HandledNotification {
        self.handle_notification_at(None, headers, body).await
    }

    /// The same with the public notify URL as the gateway knows it, or its path, in place of the configured one.
    pub async fn handle_notification_at<N: AsRef<[u8]>, V: AsRef<[u8]>>(
        &self,
        notify_url: Option<&str>,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
    ) -> HandledNotification {
        let now = self.clock().now();
        match self.merchant().verify_notification(notify_url, headers, body, now) {
            Ok(notification) => self.handle_verified(notification).await,
            Err(error) => HandledNotification {
                answer: Acknowledgement::refuse(&error),
                notification: None,
                result: Err(error),
            },
        }
    }

    /// The same for one that [`Merchants`](crate::merchant::Merchants) verified.
    pub async fn handle_verified(&self, notification: VerifiedNotification) -> HandledNotification {
        let result = match self.notified(&notification).await {
            Ok(Notified::Unknown) if !self.inner().acknowledges_unknown => {
                let reason = "no payment or refund of this notification is stored here";
                Err(Error::new(ErrorCode::RequestUnknownPayment, reason)
                    .with_hint("nothing was stored; the notification was refused, so that it comes again"))
            }
            other => other,
        };
        let stored = result.as_ref().map(|_| &notification).map_err(Clone::clone);
        let answer = self.merchant().answer(self.clock().now(), &stored);
        HandledNotification { answer, notification: Some(notification), result }
    }

    /// Feeds a verified notification to its payment or its refund and stores it, whoever drives that. Acknowledge only
    /// once this has returned.
    ///
    /// # Errors
    /// An error of the store: then the gateway must be made to send it again.
    pub async fn notified(&self, notification: &VerifiedNotification) -> Result<Notified> {
        let (payment, refund) = match notification.kind {
            NotificationKind::PaymentResult => (notification.payment_request_id.as_deref(), None),
            NotificationKind::RefundResult => (None, notification.refund_request_id.clone()),
            NotificationKind::Other => return Ok(Notified::Other),
        };
        match self.shell().notify(payment, refund, notification.body.clone()).await? {
            CallResult::Notified(notified) => Ok(notified),
            other => Err(unexpected(&other)),
        }
    }
}
