//! What the demo does: one payment a behaviour of the sandbox, and six stories that need more than a code.

use alipay_instore::Timestamp;
use alipay_instore::amount::Amount;
use alipay_instore::api::{PaymentRequestId, RefundRequest, Scenario, Time};
use std::time::Duration;

use alipay_instore::client::{Client, PaymentResult, TimelineEvent};
use alipay_instore::currency::Currency;
use alipay_instore::gateway::Protocol;
use alipay_instore::payment::Outcome;
use alipay_instore::payment_code::PaymentCode;
use alipay_instore::refund::RefundOutcome;
use alipay_instore::reverse::ReverseOutcome;
use alipay_instore_sandbox::{BEHAVIOURS, Behaviour, Customer};

use super::Stage;
use crate::failure::{Failure, Result};
use crate::request::{Sale, new_id};

/// What every payment of the demo costs, in minor units: 19.99 USD.
pub(crate) const PRICE: u64 = 1_999;
/// The first part of the refund in two parts.
const FIRST_PART: u64 = 500;
/// Until when the customer has time to scan the order code and does not.
const PATIENCE: Duration = Duration::from_secs(60);
/// The cancel window of the till that reverses too late to cancel. The sandbox's own is a day.
pub(crate) const SHORT_WINDOW: Duration = Duration::from_secs(30);
/// How long the customer looks at the page before paying, in milliseconds: less than the till waits before it
/// inquires, so that the notification is first.
const CUSTOMER: u32 = 4_000;

/// One line of the programme.
pub(crate) struct Plan {
    pub(crate) index: usize,
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) story: Story,
}

/// What happens.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Story {
    /// A payment code chooses it.
    Code(&'static Behaviour),
    /// An entry code payment that a notification completes.
    Notified,
    /// An order code that the customer does not scan in time.
    Expires,
    /// A payment that is given back in two parts.
    RefundInTwoParts,
    /// A payment that is given back as a whole while it can be cancelled.
    Reversed,
    /// A payment that is given back as a whole when the till can't cancel it any more.
    ReversedLate,
    /// The customer pays while the till cancels.
    CancelCrosses,
}

impl Plan {
    pub(crate) fn code(&self) -> Option<&'static str> {
        match self.story {
            Story::Code(behaviour) => Some(behaviour.code),
            Story::RefundInTwoParts | Story::Reversed | Story::ReversedLate => {
                BEHAVIOURS.first().map(|behaviour| behaviour.code)
            }
            Story::Notified | Story::Expires | Story::CancelCrosses => None,
        }
    }
}

/// The whole programme.
pub(crate) fn plans() -> Vec<Plan> {
    let stories = [
        (
            "entry_code_notified",
            "The customer pays on the page; the notification says so over HTTP.",
            Story::Notified,
        ),
        ("order_code_expires", "The customer never scans the order code.", Story::Expires),
        ("refund_in_two_parts", "Paid, then 5.00 given back, then the rest.", Story::RefundInTwoParts),
        ("paid_then_reversed", "Paid, then given back as a whole: a cancel does it.", Story::Reversed),
        (
            "paid_then_reversed_late",
            "Paid, then given back as a whole after the cancel window: a refund does it.",
            Story::ReversedLate,
        ),
        (
            "cancel_crosses_payment",
            "The customer pays at the moment at which the till cancels; the cancel gives the money back.",
            Story::CancelCrosses,
        ),
    ];
    let behaviours = BEHAVIOURS.iter().map(|row| (row.name, row.description, Story::Code(row)));
    let all = behaviours.chain(stories).enumerate();
    all.map(|(index, (name, description, story))| Plan { index, name, description, story }).collect()
}

/// A plan in one protocol.
pub(crate) struct Case {
    pub(crate) plan_index: usize,
    pub(crate) name: &'static str,
    pub(crate) story: Story,
    pub(crate) protocol: Protocol,
    pub(crate) id: PaymentRequestId,
    code: Option<&'static str>,
}

/// A case that has ended.
pub(crate) struct Ended {
    pub(crate) case: Case,
    pub(crate) result: Result<PaymentResult>,
    /// What the till has given back and knows to be given back.
    pub(crate) refunded: u64,
}

impl Case {
    pub(crate) fn new(plan: &Plan, protocol: Protocol, now: Timestamp) -> Result<Self> {
        let id = new_id(now)?;
        let (plan_index, name, story, code) = (plan.index, plan.name, plan.story, plan.code());
        Ok(Case { plan_index, name, story, protocol, id, code })
    }

    pub(crate) async fn run(self, stage: &Stage) -> Ended {
        let mut refunded = 0;
        let result = match self.story {
            Story::Code(_) | Story::Notified | Story::Expires => self.pay(stage).await,
            Story::RefundInTwoParts => match self.pay(stage).await {
                Ok(result) => self.refund(stage, &mut refunded).await.map(|()| result),
                Err(failure) => Err(failure),
            },
            Story::Reversed | Story::ReversedLate => match self.pay(stage).await {
                Ok(result) => self.reverse(stage, &mut refunded).await.map(|()| result),
                Err(failure) => Err(failure),
            },
            Story::CancelCrosses => {
                let (result, ()) = tokio::join!(self.pay(stage), self.cancel(stage));
                result
            }
        };
        Ended { case: self, result, refunded }
    }

    async fn pay(&self, stage: &Stage) -> Result<PaymentResult> {
        let scenario = match self.story {
            Story::Code(_) | Story::RefundInTwoParts | Story::Reversed | Story::ReversedLate => {
                Scenario::PaymentCode
            }
            Story::Notified => Scenario::EntryCode,
            Story::Expires | Story::CancelCrosses => Scenario::OrderCode,
        };
        let customer = match self.story {
            Story::Notified => Customer::pays_after(CUSTOMER),
            _ => Customer::never(),
        };
        stage.gateway.gateway().plan_customer(self.id.as_str(), customer);
        let url = format!("http://{}/{}/notify", stage.receiver.address, self.protocol);
        let notified = matches!(self.story, Story::Notified);
        let sale = Sale {
            id: self.id.clone(),
            scenario,
            code: self.code.map(PaymentCode::new).transpose()?,
            amount: amount(PRICE)?,
            order: None,
            notify_url: notified.then_some(url.as_str()),
            redirect_url: notified.then_some("https://shop.example/result"),
        };
        let mut request = sale.request(self.protocol)?;
        if matches!(self.story, Story::Expires) {
            let expiry = stage.clock.now().saturating_add(PATIENCE);
            request = request.payment_expiry_time(Time::try_from(expiry)?);
        }
        // On the fast clock a default wait would end before the customer's time does.
        Ok(self.client(stage).waiting(Duration::MAX).pay(&request).await?)
    }

    fn client<'a>(&self, stage: &'a Stage) -> &'a Client {
        match self.story {
            Story::ReversedLate => stage.client_of_a_short_window(self.protocol),
            _ => stage.client(self.protocol),
        }
    }

    async fn reverse(&self, stage: &Stage, refunded: &mut u64) -> Result<()> {
        if matches!(self.story, Story::ReversedLate) {
            stage.clock.sleep(SHORT_WINDOW).await;
        }
        let result = self.client(stage).reverse(self.id.as_str()).await?;
        let again = self.client(stage).reverse(self.id.as_str()).await?;
        if result.outcome != Some(ReverseOutcome::Reversed) || again.outcome != result.outcome {
            let ended = result.outcome.map_or("in progress", |outcome| outcome.as_str());
            let reason = format!("the reverse ended as {ended}");
            return Err(Failure::new("cli.reverse", reason, "see the steps above"));
        }
        *refunded = PRICE;
        Ok(())
    }

    /// The customer pays at the gateway, and before the till can know it, it cancels.
    async fn cancel(&self, stage: &Stage) {
        // On a machine too busy to answer in time nothing is presented, and the payment ends without it.
        let ready = |event: &TimelineEvent| {
            matches!(event, TimelineEvent::Presented { .. } | TimelineEvent::Concluded { .. })
        };
        stage.recorder.until(self.id.as_str(), ready).await;
        stage.gateway.gateway().customer_acts(self.id.as_str(), true, stage.clock.now().as_millis());
        // The payment itself tells how it ended.
        let _ = stage.client(self.protocol).cancel(self.id.as_str()).await;
    }

    async fn refund(&self, stage: &Stage, refunded: &mut u64) -> Result<()> {
        for part in [FIRST_PART, PRICE.saturating_sub(FIRST_PART)] {
            let id = new_id(stage.clock.now())?;
            let request = RefundRequest::new().refund_request_id(id.as_str()).refund_amount(amount(part)?);
            let result = stage.client(self.protocol).refund(self.id.as_str(), &request).await?;
            if result.outcome == Some(RefundOutcome::Refunded) {
                *refunded = refunded.saturating_add(part);
            } else {
                let ended = result.outcome.as_ref().map_or("in progress", |outcome| outcome.as_str());
                let reason = format!("a part of the refund ended as {ended}");
                return Err(Failure::new("cli.refund", reason, "see the steps above"));
            }
        }
        Ok(())
    }

    /// How it has to end.
    pub(crate) fn expected(&self) -> &'static str {
        match self.story {
            Story::Code(behaviour) => match self.protocol {
                Protocol::Ams => behaviour.ams.as_str(),
                Protocol::AlipayPlus => behaviour.alipay_plus.as_str(),
            },
            Story::Notified | Story::RefundInTwoParts => "paid",
            Story::Reversed | Story::ReversedLate => "reversed",
            Story::Expires | Story::CancelCrosses => "cancelled",
        }
    }
}

impl Ended {
    /// The outcome in one word.
    pub(crate) fn outcome(&self) -> &'static str {
        match &self.result {
            Ok(result) => match &result.outcome {
                None => "in progress",
                Some(Outcome::Succeeded)
                    if matches!(self.case.story, Story::Reversed | Story::ReversedLate) =>
                {
                    "reversed"
                }
                Some(Outcome::Succeeded) => "paid",
                Some(other) => other.as_str(),
            },
            Err(_) => "error",
        }
    }
}

fn amount(value: u64) -> Result<Amount> {
    Ok(Amount::new(value, Currency::from_code("USD")?)?)
}
