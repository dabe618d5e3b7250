//! The gateway's time, learnt from its answers by a till whose own clock is wrong.

use std::sync::Arc;
use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::client::clock::BoxFuture;
use alipay_instore::client::{Clock, FastClock};
use alipay_instore::store::MemoryStore;

use crate::shop::{PROTOCOLS, Shop, by_payment_code, code_of, told};

const TEN_MINUTES: i64 = 600_000;

/// The sandbox's clock, ten minutes fast.
struct Fast(Arc<FastClock>);

impl Clock for Fast {
    fn now(&self) -> Timestamp {
        self.0.now().saturating_add(Duration::from_millis(TEN_MINUTES.unsigned_abs()))
    }

    fn monotonic(&self) -> Duration {
        self.0.monotonic()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.0.sleep(duration)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_till_that_is_ten_minutes_fast_knows_the_gateways_time() {
    let shop = Shop::open(20).await;
    for protocol in PROTOCOLS {
        let merchant = shop.settings(protocol).merchant;
        let builder = shop.builder_for(merchant, Arc::new(MemoryStore::new()));
        let client = builder.clock(Arc::new(Fast(shop.clock()))).build().unwrap();
        let clone = client.clone();
        assert_eq!(clone.gateway_time(), None);
        let id = format!("clock-{}", protocol.as_str());
        let request = by_payment_code(protocol, &id, code_of("paid_after_inquiries"));
        let result = client.pay(&request).await.unwrap();
        shop.agree(protocol, &result);
        let known = clone.gateway_time().unwrap_or_else(|| panic!("{}", told(&result)));
        let off = known.as_millis() - shop.sandbox.clock().now_ms();
        // An exchange takes some real milliseconds, each of which is twenty of these.
        assert!(off.abs() < TEN_MINUTES / 10, "{off} ms");
    }
}
