//! What one payment will meet: drawn once, from its own stream of chance.
//!
//! Most payments meet a little, some everything at once. A share of them is drawn as a story, in which the parts fit
//! together so that corners are reached which independent draws would miss.

use std::time::Duration;

use alipay_instore::Timestamp;
use alipay_instore::amount::Amount;
use alipay_instore::api::Scenario;
use alipay_instore::error::Result;
use alipay_instore::gateway::Operation;
use alipay_instore::gateway::Protocol;
use alipay_instore::json::Object;
use alipay_instore::payment::{CancelWindow, PaymentOrder, Policy, RefundAfterCancelWindow};
use alipay_instore_sandbox::BEHAVIOURS;

use super::random::Chance;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// How often a request of each kind meets trouble, in a thousand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Weather {
    /// Requests of pay.
    pub pay: u64,
    /// Inquiries.
    pub inquiry: u64,
    /// Cancels.
    pub cancel: u64,
    /// Refunds and their inquiries.
    pub refund: u64,
    /// Notifications.
    pub notification: u64,
    /// Requests of any kind that never leave.
    pub not_sent: u64,
    /// Requests of pay that never leave, besides.
    pub pay_not_sent: u64,
    /// Messages are as slow as that, at the most, in milliseconds.
    pub latency: i64,
}

impl Weather {
    /// For one operation.
    pub fn of(&self, operation: Operation) -> u64 {
        match operation {
            Operation::Pay => self.pay,
            Operation::Inquiry => self.inquiry,
            Operation::Cancel => self.cancel,
            Operation::Refund | Operation::RefundInquiry => self.refund,
            Operation::Notify => self.notification,
        }
    }
}

/// The life of one payment.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The protocol.
    pub protocol: Protocol,
    /// How customer and shop meet.
    pub scenario: Scenario,
    /// What is to be paid.
    pub amount: Amount,
    /// The policy.
    pub policy: Policy,
    /// What the wallet does, by the sandbox's own name.
    pub behaviour: &'static str,
    /// The payment code that chooses it.
    pub code: &'static str,
    /// What the customer of an order code or an entry code does.
    pub customer: String,
    /// Whether the gateway is told where to notify.
    pub notify: bool,
    /// When it begins, after the batch does.
    pub begins: i64,
    /// The expiry that the caller asks for, counted from the beginning.
    pub expiry: Option<i64>,
    /// When the cashier wants out, counted from the beginning.
    pub cancels: Vec<i64>,
    /// The network.
    pub weather: Weather,
    /// How often handling an event ends in a crash, in a thousand.
    pub crash: u64,
    /// How long the host is down after one, at the most.
    pub downtime: i64,
    /// How far the host's clock is ahead of the gateway's at first.
    pub clock: i64,
    /// When it is set, counted from the beginning, and how far ahead it is then.
    pub clock_steps: Vec<(i64, i64)>,
    /// Whether the host gives a request up after ten seconds, or waits for as long as it takes.
    pub patient: bool,
    /// How long every cancel is under way.
    pub cancel_delay: Option<i64>,
    /// Whether somebody else had used the id before, for another amount.
    pub id_taken: bool,
    /// Whether nobody takes the code up, and the gateway knows no order until somebody does.
    pub unscanned: bool,
    /// What is wrong with the keys.
    pub misconfigured: Option<Misconfigured>,
}

/// A wrong setting of the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misconfigured {
    /// The gateway takes no request, and says this without a signature.
    Rejected(&'static str),
    /// The gateway takes requests, and none of its messages verifies.
    GatewayKey,
}

/// The margin that the policy has for clocks that differ: further ahead the host's clock must not be.
const AHEAD: i64 = 59 * SECOND;

const CURRENCIES: [&str; 10] = ["USD", "HKD", "CNY", "JPY", "KRW", "EUR", "THB", "MYR", "IDR", "SGD"];

impl Plan {
    /// Draws one.
    ///
    /// # Errors
    /// None that a correct library gives: the amounts are plain ones.
    pub fn draw(chance: &mut Chance) -> Result<Self> {
        let protocol = chance.pick(&[Protocol::Ams, Protocol::AlipayPlus], Protocol::Ams);
        let scenarios = [
            Scenario::PaymentCode,
            Scenario::PaymentCode,
            Scenario::PaymentCode,
            Scenario::OrderCode,
            Scenario::EntryCode,
        ];
        let scenario = chance.pick(&scenarios, Scenario::PaymentCode);
        let (behaviour, code) = behaviour(chance);
        let patient = chance.in_1000(150);
        let mut plan = Plan {
            protocol,
            scenario,
            amount: amount(chance)?,
            policy: policy(chance, protocol)?,
            behaviour,
            code,
            customer: customer(chance),
            notify: chance.in_1000(700),
            begins: chance.between(0, 20 * MINUTE),
            expiry: match chance.below(10) {
                0 => Some(chance.between(SECOND, 2 * MINUTE)),
                1 => Some(chance.between(MINUTE, HOUR)),
                2 if chance.in_1000(50) => Some(chance.between(-MINUTE, 0)),
                _ => None,
            },
            cancels: Vec::new(),
            weather: weather(chance),
            crash: chance.pick(&[0, 0, 0, 0, 0, 0, 5, 30, 100, 300], 0),
            downtime: chance.pick(&[0, SECOND, 20 * SECOND, 3 * MINUTE, HOUR], SECOND),
            clock: if chance.in_1000(800) {
                chance.between(-SECOND, SECOND)
            } else {
                chance.between(-HOUR, AHEAD)
            },
            clock_steps: Vec::new(),
            patient,
            cancel_delay: None,
            id_taken: chance.in_1000(10),
            unscanned: false,
            misconfigured: None,
        };
        if scenario != Scenario::PaymentCode && chance.in_1000(150) {
            plan.unscanned = true;
            plan.customer = "never; form=GET".to_owned();
        }
        if chance.in_1000(20) {
            let kinds = [
                Misconfigured::Rejected("CLIENT_INVALID"),
                Misconfigured::Rejected("KEY_NOT_FOUND"),
                Misconfigured::Rejected("INVALID_SIGNATURE"),
                Misconfigured::GatewayKey,
            ];
            plan.misconfigured = Some(chance.pick(&kinds, Misconfigured::GatewayKey));
        }
        if chance.in_1000(150) {
            for _ in 0..=chance.below(3) {
                plan.cancels.push(chance.pick(&[10, SECOND, 15 * SECOND, 2 * MINUTE, 20 * MINUTE], 0));
            }
            plan.cancels = plan.cancels.iter().map(|latest| chance.between(0, *latest)).collect();
        }
        if chance.in_1000(5) {
            // A cashier who is faster than the till.
            plan.cancels.push(-1);
        }
        if chance.in_1000(100) {
            for _ in 0..=chance.below(3) {
                let latest = chance.pick(&[10 * SECOND, 3 * MINUTE, HOUR], MINUTE);
                let far = chance.pick(&[SECOND, MINUTE, HOUR], MINUTE);
                plan.clock_steps.push((chance.between(0, latest), chance.between(-far, AHEAD.min(far))));
            }
        }
        if chance.in_1000(120) {
            plan.hurry(chance);
        } else if chance.in_1000(60) {
            plan.outage(chance);
        } else if chance.in_1000(60) {
            plan.stutter(chance);
        } else if chance.in_1000(40) {
            plan.late_refusal(chance);
        } else if chance.in_1000(30) {
            plan.crossing(chance);
        } else if chance.in_1000(20) {
            plan.quarrel(chance);
        }
        // The checks on a policy hold for every story.
        plan.policy = Policy::new(plan.policy)?;
        Ok(plan)
    }

    /// A cashier who wants out while everything is still under way, and a gateway that can't cancel any more.
    fn hurry(&mut self, chance: &mut Chance) {
        let names = ["cancel_window_exceeded", "order_status_invalid_on_cancel", "merchant_balance_too_low"];
        let name = chance.pick(&names, "cancel_window_exceeded");
        self.pays_by_code(name);
        self.cancels.push(chance.between(0, 15 * SECOND));
        self.weather.pay = chance.pick(&[0, 300, 700], 0);
        self.weather.not_sent = chance.pick(&[0, 100, 400], 0);
        self.weather.cancel = chance.pick(&[0, 0, 300], 0);
        self.weather.refund = chance.pick(&[0, 0, 500, 1000], 0);
        self.weather.latency = chance.pick(&[300, 4 * SECOND, 9 * SECOND], 300);
        self.patient = chance.in_1000(500);
        self.expiry = None;
        self.id_taken = false;
    }

    fn pays_by_code(&mut self, name: &str) {
        self.scenario = Scenario::PaymentCode;
        (self.unscanned, self.misconfigured) = (false, None);
        if let Some(row) = BEHAVIOURS.iter().find(|row| row.name == name) {
            (self.behaviour, self.code) = (row.name, row.code);
        }
    }

    /// A copy of pay of which the host learns very late that it never left, when much else was decided.
    fn late_refusal(&mut self, chance: &mut Chance) {
        self.protocol = Protocol::AlipayPlus;
        self.policy = Policy {
            refund_after_cancel_window: self.policy.refund_after_cancel_window,
            ..Policy::preset(Protocol::AlipayPlus)
        };
        self.pays_by_code("order_status_invalid_on_cancel");
        self.weather =
            Weather { pay: 800, pay_not_sent: 400, refund: 800, latency: 300, ..Weather::default() };
        self.cancels = vec![chance.between(8 * SECOND, 12 * SECOND)];
        (self.expiry, self.id_taken, self.crash) = (None, false, 0);
        self.patient = chance.in_1000(700);
        (self.clock, self.clock_steps) = (0, Vec::new());
    }

    /// Cancels that are under way until the window is over, and meet the refund at the gateway.
    fn crossing(&mut self, chance: &mut Chance) {
        self.protocol = Protocol::Ams;
        self.policy = Policy {
            cancel_window: CancelWindow::Period(Duration::from_secs(1)),
            refund_fast_period: so_long(chance.between(SECOND, 3 * SECOND)),
            refund_slow_interval: Duration::from_secs(1),
            refund_slow_period: so_long(chance.pick(&[SECOND, 5 * SECOND, MINUTE], MINUTE)),
            ..Policy::preset(Protocol::Ams)
        };
        self.pays_by_code("reply_lost_but_paid");
        self.weather =
            Weather { refund: 500, latency: chance.pick(&[300, 4 * SECOND], 300), ..Weather::default() };
        self.cancels = vec![chance.between(0, SECOND)];
        self.cancel_delay = Some(chance.between(128 * SECOND, 140 * SECOND));
        self.expiry = Some(5 * SECOND);
        (self.notify, self.id_taken, self.patient, self.crash) = (false, false, true, 0);
        (self.clock, self.clock_steps) = (0, Vec::new());
    }

    /// An id that somebody else had used, and a cashier who wants out before that is known.
    fn quarrel(&mut self, chance: &mut Chance) {
        self.id_taken = true;
        self.scenario = Scenario::PaymentCode;
        (self.unscanned, self.misconfigured) = (false, None);
        self.cancels = vec![chance.between(0, 4 * SECOND)];
        self.weather = Weather { cancel: 600, latency: 4 * SECOND, ..Weather::default() };
        self.crash = 0;
    }

    /// Cancels that do not come back, or not at all, and a window that is soon over.
    fn outage(&mut self, chance: &mut Chance) {
        self.cancels.push(chance.between(0, MINUTE));
        self.weather.cancel = chance.pick(&[900, 970, 1000], 1000);
        self.weather.refund = chance.pick(&[0, 500, 900], 0);
        self.weather.latency = chance.pick(&[300, 9 * SECOND], 300);
        if self.protocol == Protocol::Ams {
            self.policy.cancel_window = CancelWindow::Period(so_long(chance.between(MINUTE, 5 * MINUTE)));
        }
        self.patient = chance.in_1000(500);
    }

    /// A host that can't connect, now and then, and is told so late.
    fn stutter(&mut self, chance: &mut Chance) {
        self.weather.not_sent = chance.pick(&[300, 600, 1000], 500);
        self.weather.pay = chance.pick(&[0, 500], 0);
        self.weather.latency = chance.pick(&[300, 9 * SECOND], 300);
        self.crash = chance.pick(&[0, 0, 100], 0);
        self.patient = chance.in_1000(500);
    }

    /// What the payment is made of; `begins` is when its till asks for it.
    ///
    /// # Errors
    /// None: the text is one of ours.
    pub(super) fn order(&self, id: &str, begins: Option<i64>) -> Result<PaymentOrder> {
        let prefix = match self.protocol {
            Protocol::Ams => "/ams/api/v1",
            Protocol::AlipayPlus => "/aps/api/v1",
        };
        let expiry = begins.and_then(|begins| self.expiry.map(|expiry| begins.saturating_add(expiry)));
        let expiry = expiry.map(Timestamp::from_millis);
        let body = self.body(id, self.amount.value())?;
        Ok(PaymentOrder::new(id.to_owned(), self.amount, self.scenario, expiry, prefix.to_owned(), &body))
    }

    /// The body of pay, without its expiry.
    ///
    /// # Errors
    /// None: the text is one of ours.
    pub fn body(&self, id: &str, value: u64) -> Result<Object> {
        let scenario = match self.scenario {
            Scenario::PaymentCode => "PaymentCode",
            Scenario::OrderCode => "OrderCode",
            Scenario::EntryCode => "EntryCode",
        };
        let currency = self.amount.currency().code();
        let money = format!(r#"{{"currency":"{currency}","value":"{value}"}}"#);
        let code = match self.scenario {
            Scenario::PaymentCode => format!(r#","paymentMethodId":"{}""#, self.code),
            Scenario::OrderCode | Scenario::EntryCode => String::new(),
        };
        let notify = match self.notify {
            true => format!(r#""paymentNotifyUrl":"https://shop.example/notify/{id}","#),
            false => String::new(),
        };
        let (own, factor) = match self.protocol {
            Protocol::Ams => (r#""productCode":"IN_STORE_PAYMENT","#, ""),
            Protocol::AlipayPlus => {
                (r#""settlementStrategy":{"settlementCurrency":"USD"},"#, r#""isInStorePayment":"true","#)
            }
        };
        let text = format!(
            r#"{{{own}{notify}"paymentRequestId":"{id}","paymentFactor":{{{factor}"inStorePaymentScenario":"{scenario}"}},
            "paymentAmount":{money},"paymentMethod":{{"paymentMethodType":"CONNECT_WALLET"{code}}},
            "order":{{"referenceOrderId":"order-{id}","orderDescription":"Coffee","orderAmount":{money},
            "merchant":{{"referenceMerchantId":"M1","merchantName":"Shop","merchantMCC":"5411",
            "store":{{"referenceStoreId":"S1","storeName":"Shop 1","storeMCC":"5411"}}}},
            "env":{{"storeTerminalId":"T1","storeTerminalRequestTime":"2026-11-21T12:00:00.000+08:00",
            "userAgent":"Mozilla/5.0"}}}}}}"#
        );
        Object::parse(text.as_bytes())
    }
}

fn behaviour(chance: &mut Chance) -> (&'static str, &'static str) {
    const PLAIN: (&str, &str) = ("(a plain code)", "281006020000000000125733");
    if chance.in_1000(100) {
        return PLAIN;
    }
    let behaviours = crate::drawn::behaviours();
    let at = usize::try_from(chance.below(u64::try_from(behaviours.len()).unwrap_or(1))).unwrap_or(0);
    behaviours.get(at).map_or(PLAIN, |row| (row.name, row.code))
}

fn amount(chance: &mut Chance) -> Result<Amount> {
    let currency = chance.pick(&CURRENCIES, "USD");
    let most = chance.pick(&[9, 999, 99_999, 9_999_999, 999_999_999_999], 999);
    let value = chance.between(1, most);
    let value = if currency == "IDR" { value.saturating_mul(100) } else { value };
    Amount::from_minor(&value.to_string(), currency)
}

fn customer(chance: &mut Chance) -> String {
    let form = chance.pick(&["GET", "POST", "SCAN", "challenge"], "GET");
    let after = chance.pick(&[10 * SECOND, MINUTE, 15 * MINUTE], MINUTE);
    let after = chance.between(0, after);
    match chance.below(4) {
        0 => format!("never; form={form}"),
        1 => format!("fails_after={after}; form={form}"),
        _ => format!("pays_after={after}; form={form}"),
    }
}

/// The plans count in milliseconds.
fn so_long(milliseconds: i64) -> Duration {
    Duration::from_millis(milliseconds.unsigned_abs())
}

fn policy(chance: &mut Chance, protocol: Protocol) -> Result<Policy> {
    let mut policy = Policy::preset(protocol);
    if chance.in_1000(200) {
        policy.refund_after_cancel_window = RefundAfterCancelWindow::Ask;
    }
    if chance.in_1000(300) {
        policy.inquiry_limit = u32::try_from(chance.between(10, 20)).unwrap_or(10);
        policy.resend_limit = u32::try_from(chance.between(0, 3)).unwrap_or(0);
        policy.not_sent_limit = u32::try_from(chance.between(0, 3)).unwrap_or(0);
        policy.refund_missing_limit = u32::try_from(chance.between(0, 3)).unwrap_or(0);
    }
    if chance.in_1000(500) {
        policy.refund_fast_period = so_long(chance.between(SECOND, MINUTE));
        policy.refund_slow_period = so_long(chance.between(SECOND, 10 * MINUTE));
    }
    if protocol == Protocol::Ams && chance.in_1000(200) {
        policy.cancel_window = CancelWindow::Period(so_long(chance.between(SECOND, HOUR)));
    }
    Policy::new(policy)
}

fn weather(chance: &mut Chance) -> Weather {
    let latency = chance.pick(&[50, 300, 300, 2 * SECOND, 6 * SECOND, 12 * SECOND], 300);
    if chance.in_1000(400) {
        return Weather { notification: 50, latency, ..Weather::default() };
    }
    let mut bad = || chance.pick(&[0, 0, 50, 50, 300, 700, 950], 0);
    let (pay, inquiry, cancel, refund, notification) = (bad(), bad(), bad(), bad(), bad());
    let not_sent = chance.pick(&[0, 0, 0, 0, 20, 200], 0);
    Weather { pay, inquiry, cancel, refund, notification, not_sent, pay_not_sent: 0, latency }
}
