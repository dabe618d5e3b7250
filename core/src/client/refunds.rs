//! Refunds by the merchant: entered in the payment's ledger, then driven like a payment.
//!
//! Several refunds of one payment share a record. Each step reads the record, feeds the one refund and writes it
//! back if nobody else has written in between; a refund's own state is changed by its own driver only, so a step
//! that lost that race is simply taken again.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::drive::answered;
use super::exchange::{Answered, Unanswered};
use super::observer::trace;
use super::{Client, Inner};
use crate::api::RefundRequest;
use crate::error::{Error, ErrorCode, Result};
use crate::gateway::Operation;
use crate::ledger::RefundLedger;
use crate::payment::{AlertKind, Payment};
use crate::refund::{Refund, RefundAction, RefundEvent, RefundOutcome};
use crate::timeline::{TimelineEntry, TimelineEvent};

const PREFIX: &str = "refunds/";

/// How a refund ended.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RefundResult {
    /// The payment.
    pub payment_request_id: String,
    /// The id of the refund.
    pub refund_request_id: String,
    /// Given back, refused, or left for manual review.
    pub outcome: RefundOutcome,
    /// The gateway's id of the refund, where it told one.
    pub refund_id: Option<String>,
    /// What needs manual review.
    pub alerts: Vec<AlertKind>,
    /// What may still be given back of the payment, in minor units.
    pub left: u64,
}

/// The id of the record that holds the refunds of a payment.
pub fn refund_record(payment_request_id: &str) -> String {
    format!("{PREFIX}{payment_request_id}")
}

pub(super) fn is_refund_record(id: &str) -> bool {
    id.starts_with(PREFIX)
}

pub(super) struct Answer {
    pub(super) send_id: u32,
    pub(super) operation: Operation,
    pub(super) sent_at: i64,
    pub(super) result: std::result::Result<Answered, Unanswered>,
}

impl Client {
    /// Gives money back for a payment of this store that succeeded, and returns when the refund has its result.
    ///
    /// A refund that is entered already goes on where it is. `payment_id` is put in where the request has none.
    ///
    /// # Errors
    /// `request.refund_exceeds`, `request.unknown_payment`, `payment.not_final`, `payment.not_succeeded`, whatever
    /// is wrong with the request, and errors of the store.
    pub async fn refund(&self, payment_request_id: &str, request: &RefundRequest) -> Result<RefundResult> {
        let refund_request_id = request.refund_request_id.as_deref().ok_or_else(|| {
            Error::new(ErrorCode::RequestMissing, "the field is required").with_path("refundRequestId")
        })?;
        let record = refund_record(payment_request_id);
        let merchant = &self.0.merchant;
        request.refuse_plain_http(merchant.allows_http_notify())?;
        let entered = self
            .change(&record, payment_request_id, |ledger| {
                let api_prefix = merchant.gateway().api_prefix(merchant.client_id());
                Ok(ledger.enter_request(request, api_prefix)?.state())
            })
            .await?;
        let first = if entered == "ready" { RefundEvent::Begin } else { RefundEvent::Resumed };
        self.drive_refund(&record, payment_request_id, refund_request_id, first).await
    }

    /// Takes a refund up again that was entered before.
    ///
    /// # Errors
    /// As [`refund`](Client::refund); `refund.not_begun` for an id that was not entered.
    pub async fn resume_refund(
        &self,
        payment_request_id: &str,
        refund_request_id: &str,
    ) -> Result<RefundResult> {
        let record = refund_record(payment_request_id);
        let state = self
            .change(&record, payment_request_id, |ledger| {
                Ok(ledger.refund(refund_request_id).map(Refund::state))
            })
            .await?;
        let first = if state == Some("ready") { RefundEvent::Begin } else { RefundEvent::Resumed };
        self.drive_refund(&record, payment_request_id, refund_request_id, first).await
    }

    pub(super) async fn resume_refunds(&self, record: &str) -> Result<()> {
        let Some(stored) = self.0.store.get(record).await? else { return Ok(()) };
        let ledger = RefundLedger::restore(&stored.snapshot)?;
        let open = ledger.refunds().iter().filter(|refund| refund.outcome().is_none());
        for refund in open {
            self.resume_refund(ledger.payment_request_id(), &refund.order().refund_request_id).await?;
        }
        Ok(())
    }

    async fn drive_refund(
        &self,
        record: &str,
        payment: &str,
        refund: &str,
        first: RefundEvent,
    ) -> Result<RefundResult> {
        let mut requests: JoinSet<Answer> = JoinSet::new();
        let mut event = first;
        loop {
            // From here on, so that nothing that changes between the step and the wait is missed.
            let news = self.0.refund_news.notified();
            tokio::pin!(news);
            news.as_mut().enable();
            let now = self.0.clock.now();
            let (actions, wakeup, result) = self
                .change(record, payment, |ledger| {
                    let actions = ledger.handle(refund, event.clone(), now)?;
                    let left = ledger.left();
                    let refund = ledger.refund(refund);
                    let result = refund.and_then(|refund| result_of(payment, refund, left));
                    Ok((actions, refund.and_then(Refund::next_wakeup), result))
                })
                .await?;
            for numbered in actions {
                self.0.carry_out(payment, refund, numbered.action, &mut requests);
            }
            if let Some(result) = result {
                return Ok(result);
            }
            let wait = wakeup.unwrap_or(i64::MAX).saturating_sub(self.0.clock.now());
            event = tokio::select! {
                biased;
                Some(Ok(answer)) = requests.join_next(), if !requests.is_empty() => match answer {
                    Answer { send_id, operation, sent_at, result: Ok(Answered { response, timing }) } => {
                        let took = self.0.clock.now().saturating_sub(sent_at);
                        self.0.note(payment, answered(self.0.merchant.protocol(), &response, send_id, operation, took));
                        RefundEvent::Reply { send_id, operation, body: response.body, timing }
                    }
                    Answer { send_id, operation, sent_at, result: Err(Unanswered { failure, .. }) } => {
                        let took = self.0.clock.now().saturating_sub(sent_at);
                        let certainty = failure.certainty;
                        self.0.note(payment, TimelineEvent::Unanswered {
                            operation, send_id, took, certainty, error: failure.error,
                        });
                        RefundEvent::NoReply { send_id, operation, certainty }
                    }
                },
                () = self.0.clock.sleep(wait) => RefundEvent::Tick,
                () = news => RefundEvent::Tick,
            };
        }
    }

    /// Reads the ledger, or opens it, changes it and writes it back; again if somebody else wrote in between.
    pub(super) async fn change<T>(
        &self,
        record: &str,
        payment: &str,
        change: impl Fn(&mut RefundLedger) -> Result<T>,
    ) -> Result<T> {
        loop {
            let (mut ledger, revision) = match self.0.store.get(record).await? {
                Some(stored) => (RefundLedger::restore(&stored.snapshot)?, stored.revision),
                None => {
                    let stored = self.0.store.get(payment).await?.ok_or_else(|| {
                        Error::new(ErrorCode::RequestUnknownPayment, "no payment of this id is stored")
                    })?;
                    (RefundLedger::of(&Payment::restore(&stored.snapshot)?)?, 0)
                }
            };
            let value = change(&mut ledger)?;
            match self.0.store.put(record, revision, &ledger.snapshot()).await {
                Err(error) if error.code() == ErrorCode::StoreConflict => tokio::task::yield_now().await,
                Err(error) => return Err(error),
                Ok(()) => return Ok(value),
            }
        }
    }
}

impl Inner {
    fn carry_out(
        self: &Arc<Self>,
        payment: &str,
        refund: &str,
        action: RefundAction,
        requests: &mut JoinSet<Answer>,
    ) {
        match action {
            RefundAction::Send { send_id, operation, path, body } => {
                self.note(payment, TimelineEvent::Sent { operation, send_id, attempt: send_id });
                let client = Arc::clone(self);
                let sent_at = client.clock.now();
                requests.spawn(async move {
                    let result = client.exchange(&path, body.expose()).await;
                    Answer { send_id, operation, sent_at, result }
                });
            }
            RefundAction::Alert { kind, detail } => {
                self.note(payment, TimelineEvent::Alerted { kind, detail })
            }
            RefundAction::Conclude { outcome } => {
                self.note(
                    payment,
                    TimelineEvent::RefundConcluded { refund_request_id: refund.to_owned(), outcome },
                );
            }
        }
    }

    pub(super) fn note(&self, payment_request_id: &str, event: TimelineEvent) {
        self.tell(payment_request_id, event);
    }

    /// Shows a step to the host, and gives it back to be kept.
    pub(super) fn tell(&self, payment_request_id: &str, event: TimelineEvent) -> TimelineEntry {
        let step = TimelineEntry { at: self.clock.now(), elapsed: 0, event };
        trace(payment_request_id, &step);
        if let Some(observer) = &self.observer {
            observer.step(payment_request_id, &step);
        }
        step
    }
}

fn result_of(payment_request_id: &str, refund: &Refund, left: u64) -> Option<RefundResult> {
    Some(RefundResult {
        payment_request_id: payment_request_id.to_owned(),
        refund_request_id: refund.order().refund_request_id.clone(),
        outcome: refund.outcome()?.clone(),
        refund_id: refund.refund_id().map(str::to_owned),
        alerts: refund.alerts().to_vec(),
        left,
    })
}
