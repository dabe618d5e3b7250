//! `inquire`: one question to the gateway. The stored payment is not touched.

use std::path::PathBuf;

use alipay_instore::api::{InquiryResponse, PaymentStatus};
use clap::Args;
use serde_json::json;

use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output::Output;
use crate::place::Place;
use crate::till::{MerchantOptions, ProtocolName, Settings, StoreOptions, Till};

#[derive(Debug, Args)]
pub(crate) struct Inquire {
    /// The id of the payment.
    #[arg(long, value_name = "ID")]
    id: String,
    /// The store that `pay` was given: a folder, or the URL of a database. Without it the payment need not be stored.
    #[arg(long, value_name = "DIR|URL")]
    store: Option<Place>,
    /// The sandbox.json of a sandbox, for a payment of no folder; else the variables ALIPAY_INSTORE_*.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The protocol, for a payment of no folder.
    #[arg(long, value_enum, required_unless_present = "store")]
    protocol: Option<ProtocolName>,
}

impl Inquire {
    pub(crate) async fn run(self, output: Output) -> Result<Exit> {
        let till = match (self.store, self.protocol) {
            (store @ Some(_), protocol) => {
                let options = StoreOptions { store, config: self.config, protocol };
                Till::of_payment(&options, &self.id, None).await?
            }
            (None, Some(protocol)) => {
                let options = MerchantOptions { config: self.config, protocol };
                Till::open(&Settings::new(&options)?, &Place::Nowhere, true, false, None).await?
            }
            (None, None) => return Err(Failure::usage("missing: --store or --protocol", "see --help")),
        };
        let answer = till.client.inquire(&self.id).await?;
        let (exit, state) = read(&answer);
        let result = answer.result.as_ref();
        let letter = result.map_or("U", |result| match &result.result_status {
            Some(letter) => letter.as_str(),
            None => "U",
        });
        let code = result.map(|result| result.code().to_owned()).unwrap_or_default();
        let amount = answer.payment_amount.as_ref().and_then(|stated| stated.amount());
        let price = amount.map(|amount| format!(", {} {}", amount.to_major(), amount.currency()));
        output.result(
            format_args!("{}  {state}{} (inquiry {letter} {code})", self.id, price.unwrap_or_default()),
            &json!({
                "protocol": till.client.merchant().protocol().as_str(),
                "payment_request_id": self.id,
                "payment_id": answer.payment_id,
                "state": state,
                "result_status": letter,
                "result_code": code,
                "currency": amount.map(|amount| amount.currency().code()),
                "amount": amount.map(|amount| amount.value().to_string()),
            }),
        );
        Ok(exit)
    }
}

/// What the answer says about the money: AMS in `paymentStatus`, Alipay+ in `paymentResult`.
fn read(answer: &InquiryResponse) -> (Exit, &'static str) {
    let asked = answer.result.as_ref().and_then(|result| result.result_status.as_ref());
    if asked.is_none_or(|letter| letter.as_str() != "S") {
        return (Exit::Unresolved, "unknown");
    }
    let of_result = answer.payment_result.as_ref().and_then(|result| result.0.result_status.as_ref());
    match (&answer.payment_status, of_result.map(|letter| letter.as_str())) {
        (Some(PaymentStatus::Success), _) | (None, Some("S")) => (Exit::Done, "paid"),
        (Some(PaymentStatus::Fail | PaymentStatus::Cancelled), _) | (None, Some("F")) => {
            (Exit::No, "not_paid")
        }
        _ => (Exit::Unresolved, "in_process"),
    }
}
