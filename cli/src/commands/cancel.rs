//! `cancel`: the way out of a payment. Its status is 0 when the payment is not paid, which is what was asked for.

use std::sync::Arc;
use std::time::Duration;

use alipay_instore::client::Observer;
use alipay_instore::payment::Outcome;
use clap::Args;

use super::pay::Progress;
use crate::exit::Exit;
use crate::failure::Result;
use crate::output::Output;
use crate::render;
use crate::till::{StoreOptions, Till};

const PAID: &str = "the payment was paid, and nothing was changed";
const GIVE_BACK: &str = "run `reverse` with the same options to give the whole amount back";

#[derive(Debug, Args)]
pub(crate) struct Cancel {
    #[command(flatten)]
    store: StoreOptions,
    /// The id of the payment.
    #[arg(long, value_name = "ID")]
    id: String,
}

impl Cancel {
    pub(crate) async fn run(self, output: Output) -> Result<Exit> {
        let observer: Arc<dyn Observer> = Arc::new(Progress::new(output));
        let till = Till::of_payment(&self.store, &self.id, Some(&observer)).await?;
        let result = till.client.waiting(Duration::MAX).cancel(&self.id).await;
        till.client.close().await;
        let result = result?;
        let protocol = till.client.merchant().protocol();
        let paid = result.outcome == Some(Outcome::Succeeded);
        if paid {
            output.progress(format_args!("{PAID}: {GIVE_BACK}"));
        }
        let mut json = render::result_json(protocol, &result);
        if let Some(members) = json.as_object_mut().filter(|_| paid) {
            members.insert("hint".into(), GIVE_BACK.into());
        }
        output.result(render::result(&result), &json);
        Ok(Exit::of_cancel(result.outcome.as_ref()))
    }
}
