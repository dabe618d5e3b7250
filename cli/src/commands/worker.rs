//! `worker`: takes over what is due and nobody drives, such as after a crash. Any number of workers share one store.

use std::sync::Arc;
use std::time::Duration;

use alipay_instore::client::Observer;
use clap::Args;
use serde_json::json;
use tokio::task::JoinSet;

use super::resume::Progress;
use crate::exit::Exit;
use crate::failure::Result;
use crate::output::Output;
use crate::till::{StoreOptions, Till};

#[derive(Debug, Args)]
pub(crate) struct Worker {
    #[command(flatten)]
    store: StoreOptions,
    /// End after this number of seconds; without it, when it is interrupted.
    #[arg(long = "for", value_name = "SECONDS")]
    seconds: Option<u64>,
}

impl Worker {
    pub(crate) async fn run(self, output: Output) -> Result<Exit> {
        let observer: Arc<dyn Observer> = Arc::new(Progress(output));
        let tills = Till::stored(&self.store, true, Some(&observer)).await?;
        let mut working = JoinSet::new();
        for till in &tills {
            let client = till.client.clone();
            working.spawn(async move { client.run_worker().await });
        }
        output.progress("working; Ctrl-C ends it and gives everything back");
        let time = async {
            match self.seconds {
                Some(seconds) => tokio::time::sleep(Duration::from_secs(seconds)).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = time => {}
            _ = tokio::signal::ctrl_c() => {}
            Some(ended) = working.join_next() => {
                if let Ok(Err(error)) = ended {
                    return Err(error.into());
                }
            }
        }
        for till in &tills {
            till.client.close().await;
        }
        output.result("everything was given back", &json!({"closed": true}));
        Ok(Exit::Done)
    }
}
