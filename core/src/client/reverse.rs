//! Reverse: the whole of a paid payment is given back, entered in the payment's ledger and driven like a refund.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::drive::answered;
use super::exchange::{Answered, Unanswered};
use super::refunds::{Answer, refund_record};
use super::transport::Failure;
use super::{Client, Inner};
use crate::error::{ErrorCode, Result};
use crate::gateway::Operation;
use crate::ledger::RefundLedger;
use crate::payment::AlertKind;
use crate::reverse::{NumberedReverse, Reverse, ReverseAction, ReverseEvent, ReverseOutcome};
use crate::timeline::{TimelineEntry, TimelineEvent};

/// How a reverse ended, and how the outcome was reached.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ReverseResult {
    /// The payment.
    pub payment_request_id: String,
    /// Given back, refused, or needs manual review.
    pub outcome: ReverseOutcome,
    /// The id of the refund, where one was sent; without one the money came back by a cancel.
    pub refund_request_id: Option<String>,
    /// The gateway's id of the refund, where it told one.
    pub refund_id: Option<String>,
    /// What needs manual review, also when the money was given back.
    pub alerts: Vec<AlertKind>,
    /// What may still be refunded of the payment, in minor units.
    pub left: u64,
    /// What happened since `reverse` was called.
    pub timeline: Vec<TimelineEntry>,
}

impl Client {
    /// Gives back the whole of a payment of this store that was paid, and returns when that has its result.
    ///
    /// Within the cancel window the payment is cancelled; after it, or where the gateway does not cancel, what is left
    /// is refunded. A refund that is open is waited for first. Calling it again is safe: a payment is reversed once,
    /// and the same result comes back, also from another process and after a restart. Money that was taken although
    /// the payment did not succeed, such as a wrong amount, is given back too, if verified messages say how much.
    ///
    /// # Errors
    /// `request.unknown_payment`; `payment.not_final` for a payment without a result, which is cancelled instead;
    /// `reverse.nothing_taken`, `reverse.amount_unknown`, `reverse.id_taken`, `reverse.refund_unresolved`; errors of
    /// the store.
    pub async fn reverse(&self, payment_request_id: &str) -> Result<ReverseResult> {
        let record = refund_record(payment_request_id);
        let (state, known) = self.enter_reverse(&record, payment_request_id).await?;
        if let Some(result) = known {
            return Ok(result);
        }
        self.resume_refunds(&record).await?;
        let first = if state == "ready" { ReverseEvent::Begin } else { ReverseEvent::Resumed };
        self.drive_reverse(&record, payment_request_id, first).await
    }

    /// Takes the reverse of this record up again, if it has one without a result.
    pub(super) async fn resume_reverse(&self, record: &str) -> Result<()> {
        let Some(stored) = self.0.store.get(record).await? else { return Ok(()) };
        let ledger = RefundLedger::restore(&stored.snapshot)?;
        if ledger.reverse().is_some_and(|reverse| reverse.outcome().is_none()) {
            self.reverse(ledger.payment_request_id()).await?;
        }
        Ok(())
    }

    /// Enters the reverse where none is entered: its state, and its result if it has one.
    async fn enter_reverse(
        &self,
        record: &str,
        payment_request_id: &str,
    ) -> Result<(&'static str, Option<ReverseResult>)> {
        loop {
            let (payment, _) = self.0.load(payment_request_id).await?;
            let (mut ledger, revision) = match self.0.store.get(record).await? {
                Some(stored) => (RefundLedger::restore(&stored.snapshot)?, stored.revision),
                None => (RefundLedger::for_reverse(&payment)?, 0),
            };
            if let Some(reverse) = ledger.reverse() {
                return Ok((reverse.state(), result_of(&ledger, &[])));
            }
            let state = ledger.enter_reverse(&payment)?.state();
            match self.0.store.put(record, revision, &ledger.snapshot()).await {
                Err(error) if error.code() == ErrorCode::StoreConflict => tokio::task::yield_now().await,
                Err(error) => return Err(error),
                Ok(()) => return Ok((state, None)),
            }
        }
    }

    async fn drive_reverse(&self, record: &str, payment: &str, first: ReverseEvent) -> Result<ReverseResult> {
        let mut requests: JoinSet<Answer> = JoinSet::new();
        let mut story = Story { client: &self.0, payment, steps: Vec::new(), attempts: Vec::new() };
        let mut event = first;
        loop {
            if event == ReverseEvent::Resumed {
                story.note(TimelineEvent::Resumed);
            }
            let now = self.0.clock.now();
            let (actions, ledger) = self
                .change(record, payment, |ledger| {
                    // Another process may have begun it in between.
                    let begun = ledger.reverse().is_some_and(|reverse| reverse.state() != "ready");
                    let event = match &event {
                        ReverseEvent::Begin if begun => ReverseEvent::Resumed,
                        event => event.clone(),
                    };
                    Ok((ledger.handle_reverse(event, now)?, ledger.clone()))
                })
                .await?;
            for NumberedReverse { action, .. } in actions {
                story.carry_out(action, &mut requests);
            }
            if let Some(result) = result_of(&ledger, &story.steps) {
                return Ok(result);
            }
            let wakeup = ledger.reverse().and_then(Reverse::next_wakeup).unwrap_or(i64::MAX);
            let wait = wakeup.saturating_sub(self.0.clock.now());
            event = tokio::select! {
                biased;
                Some(Ok(answer)) = requests.join_next(), if !requests.is_empty() => story.answer(answer),
                () = self.0.clock.sleep(wait) => ReverseEvent::Tick,
            };
        }
    }
}

/// Carries out what the reverse asks for, and tells it step by step.
struct Story<'a> {
    client: &'a Arc<Inner>,
    payment: &'a str,
    steps: Vec<TimelineEntry>,
    attempts: Vec<(Operation, u32)>,
}

impl Story<'_> {
    fn carry_out(&mut self, action: ReverseAction, requests: &mut JoinSet<Answer>) {
        match action {
            ReverseAction::Send { send_id, operation, path, body } => {
                let attempt = self.attempt(operation);
                self.note(TimelineEvent::Sent { operation, send_id, attempt });
                let client = Arc::clone(self.client);
                let sent_at = client.clock.now();
                requests.spawn(async move {
                    let result = client.exchange(&path, body.expose()).await;
                    Answer { send_id, operation, sent_at, result }
                });
            }
            ReverseAction::Alert { kind, detail } => self.note(TimelineEvent::Alerted { kind, detail }),
            ReverseAction::Conclude { outcome } => self.note(TimelineEvent::ReverseConcluded { outcome }),
        }
    }

    fn answer(&mut self, answer: Answer) -> ReverseEvent {
        let Answer { send_id, operation, sent_at, result } = answer;
        let took = self.client.clock.now().saturating_sub(sent_at);
        match result {
            Ok(Answered { response, timing }) => {
                let protocol = self.client.merchant.protocol();
                self.note(answered(protocol, &response, send_id, operation, took));
                ReverseEvent::Reply { send_id, operation, body: response.body, timing }
            }
            Err(Unanswered { failure: Failure { certainty, error }, .. }) => {
                self.note(TimelineEvent::Unanswered { operation, send_id, took, certainty, error });
                ReverseEvent::NoReply { send_id, operation, certainty }
            }
        }
    }

    fn attempt(&mut self, operation: Operation) -> u32 {
        if let Some((_, count)) = self.attempts.iter_mut().find(|(known, _)| *known == operation) {
            *count = count.saturating_add(1);
            return *count;
        }
        self.attempts.push((operation, 1));
        1
    }

    fn note(&mut self, event: TimelineEvent) {
        self.steps.push(self.client.tell(self.payment, event));
    }
}

fn result_of(ledger: &RefundLedger, timeline: &[TimelineEntry]) -> Option<ReverseResult> {
    let reverse = ledger.reverse()?;
    Some(ReverseResult {
        payment_request_id: ledger.payment_request_id().to_owned(),
        outcome: reverse.outcome()?.clone(),
        refund_request_id: reverse.refund_request_id().map(str::to_owned),
        refund_id: reverse.refund_id().map(str::to_owned),
        alerts: reverse.alerts().to_vec(),
        left: ledger.left(),
        timeline: timeline.to_vec(),
    })
}
