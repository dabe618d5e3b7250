//! `refund`: money back for a payment of a store, in whole or in part.

use std::sync::Arc;
use std::time::Duration;

use alipay_instore::api::PaymentRequestId;
use alipay_instore::api::RefundRequest;
use alipay_instore::client::Observer;
use clap::Args;

use super::pay::Progress;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output::Output;
use crate::render;
use crate::request::{new_id, price};
use crate::till::{StoreOptions, Till};

#[derive(Debug, Args)]
pub(crate) struct Refund {
    #[command(flatten)]
    store: StoreOptions,
    /// The id of the payment.
    #[arg(long, value_name = "ID")]
    id: String,
    /// How much, in the payment's currency, such as 5.00; without it everything that was paid.
    #[arg(long)]
    amount: Option<String>,
    /// The id of this refund; without it a new one is made. Given again, the same refund goes on.
    #[arg(long, value_name = "ID")]
    refund_id: Option<String>,
    /// Why, for the customer.
    #[arg(long)]
    reason: Option<String>,
}

impl Refund {
    pub(crate) async fn run(self, output: Output) -> Result<Exit> {
        let observer: Arc<dyn Observer> = Arc::new(Progress::new(output));
        let till = Till::of_payment(&self.store, &self.id, Some(&observer)).await?;
        let Some(record) = till.record(&self.id).await? else {
            let reason = "no payment of this id is stored";
            return Err(Failure::new("request.unknown_payment", reason, "see --id"));
        };
        let paid = record.payment().order().amount;
        let refunds = record.ledger().into_iter().flat_map(|ledger| ledger.refunds());
        let mut open = refunds.filter(|refund| refund.outcome().is_none()).map(|refund| refund.order());
        if let (None, Some(open)) = (&self.refund_id, open.next_back()) {
            // A new id would give the money back a second time.
            let id = &open.refund_request_id;
            let hint = format!("go on with it: `resume`, or `refund --refund-id {id}` with the same options");
            let reason = format!("the refund {id} of this payment is open");
            return Err(Failure::new("cli.refund_open", reason, hint)
                .with_money(record.may_have_charged(), record.may_have_refunded()));
        }
        let amount = match &self.amount {
            Some(text) => price(text, paid.currency().code())?,
            None => paid,
        };
        let refund_id = match &self.refund_id {
            Some(id) => PaymentRequestId::parse(id).map_err(|error| error.with_path("refundRequestId"))?,
            None => new_id(till.clock.now())?,
        };
        let mut request = RefundRequest::new().refund_request_id(refund_id.as_str()).refund_amount(amount);
        if let Some(reason) = self.reason {
            request = request.refund_reason(reason);
        }
        output.progress(format_args!("refund {refund_id}: {} {}", amount.to_major(), amount.currency()));
        let result = till.client.waiting(Duration::MAX).refund(&self.id, &request).await;
        till.client.close().await;
        let result = result?;
        let json = render::refund_json(till.client.merchant().protocol(), &result);
        output.result(render::refund(&result, paid.currency()), &json);
        Ok(Exit::of_refund(result.outcome.as_ref()))
    }
}
