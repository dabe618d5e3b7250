//! The functions that are counted. None of them is inlined, since callgrind knows them by their names.

use std::hint::black_box;
use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::api::pay::{Env, Order, OrderMerchant, OrderStore, PayOptions};
use alipay_instore::api::{Notification, PayRequest, PaymentRequestId, Scenario};
use alipay_instore::error::Result;
use alipay_instore::gateway::{Gateway, Operation, Protocol};
use alipay_instore::json::Object;
use alipay_instore::keys::{SigningKey, VerifyingKey};
use alipay_instore::payment::{Event, Payment, PaymentOrder, Policy, Timing, step};
use alipay_instore::routing::{Router, RouterConfig};
use alipay_instore::signature::{Content, SignatureHeader};
use alipay_instore::store::{PaymentRecord, Stated};
use alipay_instore::{Amount, AmountRules, Merchant, PaymentCode};

/// How often each is called. `check` divides by it.
const CALLS: usize = 20;
const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);
const LATER: Timestamp = NOW.saturating_add(Duration::from_millis(1));
const CODE: &str = "281006020000000000125733";
const PATH: &str = "/ams/api/v1/payments/pay";
const NOTIFY_PATH: &str = "/alipay/notify";
const CLIENT_ID: &str = "5Y0000000000000001";

macro_rules! key {
    ($name:literal) => {
        include_str!(concat!("../../../core/tests/messages/", $name))
    };
}

struct Subjects {
    router: Router,
    policy: Policy,
    begun: Payment,
    paid: Event,
    snapshot: String,
    record: PaymentRecord,
    stored: String,
    request: PayRequest,
    body: Vec<u8>,
    notification: Vec<u8>,
    header: String,
    merchant: Merchant,
}

pub(crate) fn run() -> Result<()> {
    let subjects = Subjects::new()?;
    // Once for whatever is made at the first call.
    let mut good = subjects.each();
    for _ in 0..CALLS {
        good &= subjects.each();
    }
    println!("{CALLS} {good}");
    Ok(())
}

impl Subjects {
    fn new() -> Result<Self> {
        let gateway = SigningKey::load(key!("gateway_private_key.pem"))?;
        let merchant = Merchant::builder(Gateway::from_setting(Protocol::Ams, "sea", false)?, CLIENT_ID)
            .signing_key(SigningKey::load(key!("merchant_private_key.pem"))?)
            .gateway_keys(VerifyingKey::load(key!("gateway_public_key.pem"))?)
            .notify_url(NOTIFY_PATH)
            .build()?;
        let request = request()?;
        let options = PayOptions { notify_url_configured: true, ..PayOptions::default() };
        let checked = request.check(Protocol::Ams, NOW, &options)?;
        let policy = Policy::preset(Protocol::Ams);
        let amount = Amount::from_minor("1999", "USD")?;
        let order = PaymentOrder::new(
            "20261121TILL7000000000000000001".into(),
            amount,
            Scenario::PaymentCode,
            None,
            "/ams/api/v1".into(),
            &checked.body,
        );
        let mut begun = Payment::new(policy.clone(), order);
        begun.begin(NOW)?;
        let answer = Object::parse(
            br#"{"result":{"resultStatus":"S","resultCode":"SUCCESS","resultMessage":"success."},"paymentId":"2026","paymentRequestId":"20261121TILL7000000000000000001","paymentAmount":{"currency":"USD","value":"1999"}}"#,
        )?;
        let record = PaymentRecord::new(begun.clone(), CLIENT_ID, Stated::of_pay(&request), NOW);
        let notification = include_bytes!("notification.json").to_vec();
        let time = NOW.as_millis().to_string();
        let content = Content {
            method: "POST",
            path: NOTIFY_PATH,
            client_id: CLIENT_ID,
            time: &time,
            body: &notification,
        };
        Ok(Subjects {
            router: Router::new(RouterConfig::default())?,
            snapshot: begun.snapshot(),
            stored: record.entry().text.expose().to_owned(),
            record,
            paid: Event::Reply {
                send_id: 1,
                operation: Operation::Pay,
                body: answer,
                timing: Timing::default(),
            },
            policy,
            begun,
            body: checked.body.to_string().into_bytes(),
            request,
            header: gateway.sign(content, 1)?,
            notification,
            merchant,
        })
    }

    fn each(&self) -> bool {
        let paid = self.paid.clone();
        black_box(
            self.route()
                & amount()
                & self.step(paid)
                & self.snapshot()
                & self.restore()
                & self.record_written()
                & self.record_read()
                & self.request_checked()
                & self.header_read()
                & self.sign()
                & self.verify(),
        )
    }

    #[inline(never)]
    fn route(&self) -> bool {
        self.router.route(black_box(CODE)).is_ok()
    }

    #[inline(never)]
    fn step(&self, paid: Event) -> bool {
        step(&self.policy, self.begun.state(), paid, LATER).is_ok()
    }

    #[inline(never)]
    fn snapshot(&self) -> bool {
        !self.begun.snapshot().is_empty()
    }

    #[inline(never)]
    fn restore(&self) -> bool {
        Payment::restore(black_box(&self.snapshot)).is_ok()
    }

    #[inline(never)]
    fn record_written(&self) -> bool {
        !self.record.entry().text.expose().is_empty()
    }

    #[inline(never)]
    fn record_read(&self) -> bool {
        PaymentRecord::decode(black_box(&self.stored)).is_ok()
    }

    #[inline(never)]
    fn request_checked(&self) -> bool {
        let options = PayOptions { notify_url_configured: true, ..PayOptions::default() };
        self.request
            .check(Protocol::Ams, NOW, &options)
            .is_ok_and(|checked| !checked.body.to_string().is_empty())
    }

    #[inline(never)]
    fn header_read(&self) -> bool {
        SignatureHeader::parse(black_box(&self.header)).is_ok()
    }

    /// Without RSA.
    #[inline(never)]
    fn sign(&self) -> bool {
        self.merchant.sign_request(PATH, self.body.clone(), NOW).is_ok()
    }

    /// Without RSA.
    #[inline(never)]
    fn verify(&self) -> bool {
        let headers = [("Client-Id", CLIENT_ID), ("Request-Time", TIME), ("Signature", self.header.as_str())];
        let verified = self.merchant.verify_notification(None, headers, &self.notification, NOW);
        verified.is_ok_and(|verified| Notification::from_json(verified.body).payment_request_id.is_some())
    }
}

/// `NOW` as text.
const TIME: &str = "1795000000000";

#[inline(never)]
fn amount() -> bool {
    Amount::from_major(black_box("19.99"), black_box("USD"), None, AmountRules::Alipay).is_ok()
}

fn request() -> Result<PayRequest> {
    let store = OrderStore::new().reference_store_id("S1").store_name("Harbour").store_mcc("5814");
    let merchant = OrderMerchant::new()
        .reference_merchant_id("M1")
        .merchant_mcc("5814")
        .merchant_name("Coffee House")
        .store(store);
    Ok(PayRequest::for_payment_code(
        PaymentRequestId::parse("20261121TILL7000000000000000001")?,
        Amount::from_major("19.99", "USD", None, AmountRules::Alipay)?,
        PaymentCode::new(CODE)?,
        Order::new()
            .order_description("Two coffees and a cake, to be taken away")
            .merchant(merchant)
            .env(Env::new().store_terminal_id("TILL7")),
    ))
}
