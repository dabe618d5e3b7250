//! The gateway, as a process of its own, until nobody reads from it any more.

use std::io::BufRead as _;
use std::path::Path;

use alipay_instore_sandbox::{Options, Sandbox};

use crate::Result;

pub(crate) fn run(folder: &Path, tls: bool) -> Result<()> {
    tokio::runtime::Runtime::new()?.block_on(async {
        let mut options = Options::new(folder);
        options.tls = tls;
        if tls {
            // The official SDKs know no other port.
            options.listen.set_port(443);
        }
        let running = Sandbox::start(options).await?;
        println!("{}", serde_json::json!({ "description": running.description() }));
        tokio::task::spawn_blocking(|| {
            let mut line = String::new();
            std::io::stdin().lock().read_line(&mut line)
        })
        .await??;
        running.stop().await;
        Ok(())
    })
}
