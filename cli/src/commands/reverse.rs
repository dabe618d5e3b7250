//! `reverse`: the whole of a paid payment is given back.

use std::sync::Arc;
use std::time::Duration;

use alipay_instore::client::Observer;
use clap::Args;

use super::pay::Progress;
use crate::exit::Exit;
use crate::failure::Result;
use crate::output::Output;
use crate::render;
use crate::till::{StoreOptions, Till};

#[derive(Debug, Args)]
pub(crate) struct Reverse {
    #[command(flatten)]
    store: StoreOptions,
    /// The id of the payment. Run again, the command goes on where it was, or repeats its result.
    #[arg(long, value_name = "ID")]
    id: String,
}

impl Reverse {
    pub(crate) async fn run(self, output: Output) -> Result<Exit> {
        let observer: Arc<dyn Observer> = Arc::new(Progress::new(output));
        let till = Till::of_payment(&self.store, &self.id, Some(&observer)).await?;
        let result = till.client.waiting(Duration::MAX).reverse(&self.id).await;
        till.client.close().await;
        let result = result?;
        let json = render::reverse_json(till.client.merchant().protocol(), &result);
        output.result(render::reverse(&result), &json);
        Ok(Exit::of_reverse(result.outcome.as_ref()))
    }
}
