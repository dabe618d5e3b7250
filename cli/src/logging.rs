//! The library's events on standard error, for whoever asks for them.

use tracing_subscriber::EnvFilter;

/// Starts logging: `RUST_LOG` decides if it is set, else how often `--verbose` was given.
pub(crate) fn start(verbose: u8) {
    let by_flag = match verbose {
        0 => "off",
        1 => "alipay_instore=debug,alipay_instore_sandbox=debug",
        _ => "trace",
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(by_flag));
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // Only a second start could fail, and there is none.
    let _ = subscriber.with_ansi(false).try_init();
}
