//! Drives one payment: feeds the machine, stores, carries out, waits, until there is a result.
//!
//! Everything happens inside the future that the host awaits. Dropping that future stops the payment where it is;
//! what was stored is enough to resume it.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;

use super::exchange::{Answered, Unanswered};
use super::observer;
use super::transport::Failure;
use super::{Inner, PaymentResult};
use crate::api::PayResponse;
use crate::api::pay::Warning;
use crate::error::{ErrorCode, Result};
use crate::gateway::Operation;
use crate::gateway::Protocol;
use crate::json::Object;
use crate::merchant::VerifiedResponse;
use crate::payment::{Action, Event, Numbered, Payment};
use crate::reply::Reading;
use crate::timeline::{TimelineEntry, TimelineEvent};

/// What reaches a payment from elsewhere in the process while it is driven.
pub(super) enum Command {
    /// A verified notification, and where to say that it is stored.
    Notified(Object, oneshot::Sender<Result<()>>),
    Cancel,
}

struct Answer {
    send_id: u32,
    operation: Operation,
    sent_at: i64,
    result: std::result::Result<Answered, Unanswered>,
}

pub(super) struct Drive {
    client: Arc<Inner>,
    payment: Payment,
    id: String,
    revision: u64,
    requests: JoinSet<Answer>,
    commands: mpsc::UnboundedReceiver<Command>,
    finished: watch::Sender<Option<PaymentResult>>,
    timeline: Vec<TimelineEntry>,
    warnings: Vec<Warning>,
    attempts: Vec<(Operation, u32)>,
}

impl Drive {
    pub(super) fn new(
        client: Arc<Inner>,
        payment: Payment,
        revision: u64,
        commands: mpsc::UnboundedReceiver<Command>,
        finished: watch::Sender<Option<PaymentResult>>,
        warnings: Vec<Warning>,
    ) -> Self {
        let id = payment.order().payment_request_id.clone();
        Drive {
            client,
            payment,
            id,
            revision,
            requests: JoinSet::new(),
            commands,
            finished,
            timeline: Vec::new(),
            warnings,
            attempts: Vec::new(),
        }
    }

    /// From the first event to the result.
    pub(super) async fn run(mut self, cancel: bool) -> Result<PaymentResult> {
        self.take_up(cancel).await?;
        while self.payment.outcome().is_none() {
            self.wait().await?;
        }
        let result = self.result();
        self.finished.send_replace(Some(result.clone()));
        Ok(result)
    }

    /// Begins, or goes on from what is stored. Until this driver has stored something nothing is lost by giving way:
    /// whoever wrote since the payment was read, such as the handler of a notification, is read again.
    async fn take_up(&mut self, cancel: bool) -> Result<()> {
        loop {
            let mut events = match (self.payment.begun_at().is_some(), cancel) {
                (true, _) => vec![Event::Resumed],
                (false, false) => vec![Event::Begin],
                (false, true) => Vec::new(),
            };
            events.extend(cancel.then_some(Event::CancelRequested));
            match self.feed_all(events).await {
                Err(error) if error.code() == ErrorCode::StoreConflict && self.revision > 0 => {
                    (self.payment, self.revision) = self.client.load(&self.id).await?;
                    self.timeline.clear();
                    if self.payment.outcome().is_some() {
                        return Ok(());
                    }
                }
                other => return other,
            }
        }
    }

    /// Waits for whatever comes first and feeds it. Answers come before deadlines.
    async fn wait(&mut self) -> Result<()> {
        let wakeup = self.payment.next_wakeup().unwrap_or(i64::MAX).saturating_sub(self.client.clock.now());
        tokio::select! {
            biased;
            Some(Ok(answer)) = self.requests.join_next(), if !self.requests.is_empty() => self.answered(answer).await,
            Some(command) = self.commands.recv() => match command {
                Command::Cancel => self.feed(Event::CancelRequested).await,
                Command::Notified(body, stored) => {
                    let result = self.feed(Event::Notified { body }).await;
                    // Nobody may be waiting for it any more.
                    let _ = stored.send(result.clone());
                    result
                }
            },
            () = self.client.clock.sleep(wakeup) => self.feed(Event::Tick).await,
        }
    }

    async fn answered(&mut self, answer: Answer) -> Result<()> {
        let Answer { send_id, operation, sent_at, result } = answer;
        let took = self.client.clock.now().saturating_sub(sent_at);
        match result {
            Ok(Answered { response, timing }) => {
                let protocol = self.client.merchant.protocol();
                self.note(answered(protocol, &response, send_id, operation, took));
                if operation == Operation::Pay {
                    self.warn_of_minimum(&response.body);
                }
                self.feed(Event::Reply { send_id, operation, body: response.body, timing }).await
            }
            Err(Unanswered { failure: Failure { certainty, error }, unverified }) => {
                self.note(TimelineEvent::Unanswered { operation, send_id, took, certainty, error });
                self.feed(Event::NoReply { send_id, operation, certainty, unverified }).await
            }
        }
    }

    /// Where the wallet is known from the answer only, a minimum is reported with the result.
    fn warn_of_minimum(&mut self, body: &Object) {
        let warning = PayResponse::from_json(body.clone()).warning(self.payment.order().amount);
        if let Some(warning) = warning.filter(|warning| !self.warnings.contains(warning)) {
            self.warnings.push(warning);
        }
    }

    async fn feed(&mut self, event: Event) -> Result<()> {
        self.feed_all([event]).await
    }

    /// Persist before act: the snapshot is stored, and only then are the actions carried out. Of several events the
    /// last decides whether the customer is still to pay: a cashier who cancels a payment that is resumed
    /// must not have it sent again first.
    async fn feed_all(&mut self, events: impl IntoIterator<Item = Event>) -> Result<()> {
        let mut actions: Vec<Numbered> = Vec::new();
        for event in events {
            match event {
                Event::Notified { .. } => self.note(TimelineEvent::Notified),
                Event::CancelRequested => self.note(TimelineEvent::CancelRequested),
                Event::Resumed => self.note(TimelineEvent::Resumed),
                Event::Begin | Event::Reply { .. } | Event::NoReply { .. } | Event::Tick => {}
            }
            let more = self.payment.handle(event, self.client.clock.now())?;
            if more.iter().any(|numbered| is_send_of(&numbered.action, Operation::Cancel)) {
                actions.retain(|numbered| {
                    !is_send_of(&numbered.action, Operation::Pay)
                        && !matches!(numbered.action, Action::Present { .. })
                });
            }
            actions.extend(more);
        }
        self.client.store.put(&self.id, self.revision, &self.payment.snapshot()).await?;
        self.revision = self.revision.saturating_add(1);
        for Numbered { action, .. } in actions {
            self.carry_out(action);
        }
        Ok(())
    }

    fn carry_out(&mut self, action: Action) {
        match action {
            Action::Send { send_id, operation, path, body } => {
                let attempt = self.attempt(operation);
                self.note(TimelineEvent::Sent { operation, send_id, attempt });
                let client = Arc::clone(&self.client);
                let sent_at = client.clock.now();
                self.requests.spawn(async move {
                    let result = client.exchange(&path, body.expose()).await;
                    Answer { send_id, operation, sent_at, result }
                });
            }
            Action::Present { form } => self.note(TimelineEvent::Presented { form }),
            Action::Alert { kind, detail } => self.note(TimelineEvent::Alerted { kind, detail }),
            Action::Conclude { outcome } => self.note(TimelineEvent::Concluded { outcome }),
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
        let at = self.client.clock.now();
        let elapsed = self.payment.begun_at().map_or(0, |begun| at.saturating_sub(begun));
        let step = TimelineEntry { at, elapsed, event };
        observer::trace(&self.id, &step);
        if let Some(observer) = &self.client.observer {
            observer.step(&self.id, &step);
        }
        self.timeline.push(step);
    }

    fn result(&self) -> PaymentResult {
        let mut result = PaymentResult::of(&self.payment);
        result.timeline.clone_from(&self.timeline);
        result.warnings.extend(self.warnings.iter().cloned());
        result
    }
}

fn is_send_of(action: &Action, wanted: Operation) -> bool {
    matches!(action, Action::Send { operation, .. } if *operation == wanted)
}

/// The step of a verified answer, of payments and refunds alike.
pub(super) fn answered(
    protocol: Protocol,
    response: &VerifiedResponse,
    send_id: u32,
    operation: Operation,
    took: i64,
) -> TimelineEvent {
    let reading = Reading::new(protocol, operation, &response.body);
    TimelineEvent::Answered {
        operation,
        send_id,
        took,
        result_status: reading.letter(),
        result_code: reading.code(),
        payment_status: reading.payment_word(),
        tracer_id: response.tracer_id.clone(),
        text_replaced: response.text_replaced,
    }
}
