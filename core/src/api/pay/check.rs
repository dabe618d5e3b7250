//! A request made ready to be sent: what the protocol adds is put in, and everything is checked.

use std::fmt;

use crate::amount::{Amount, AmountRules, minimum, step};
use crate::api::id::PaymentRequestId;
use crate::api::model::{Case, Path};
use crate::api::time::Time;
use crate::error::{Error, ErrorCode, Result};
use crate::gateway::Protocol;
use crate::json::Object;
use crate::message::notify_url::check_request_url;
use crate::payment_code::PaymentCode;
use crate::time::Timestamp;

use super::warning::Warning;
use super::{CONNECT_WALLET, PayRequest, PaymentFactor, PaymentMethod, ProductCode, Scenario};

/// To which notification URLs plain `http` is allowed; `https` always is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotifyHttp {
    /// To none.
    #[default]
    Refused,
    /// To the loopback interface, as in the sandbox.
    Loopback,
    /// To all: the host has said so.
    Allowed,
}

/// What the check has to know beside the request.
#[derive(Clone, Debug, Default)]
pub struct PayOptions {
    /// To which notification URLs plain `http` is allowed.
    pub notify_http: NotifyHttp,
    /// The merchant's notification URL, for requests that name none. A path by itself is not one: the gateway can't post to it.
    pub notify_url: Option<String>,
    /// The notification URL is configured at the gateway, so that AMS does not need one in the request.
    /// Source: Alipay, Entry code payment, Accept payments, Receive notifications.
    pub notify_url_configured: bool,
    /// The wallet that will pay, such as `ALIPAY_HK`, if it is known; its minimum amount and its step are then
    /// checked.
    pub wallet: Option<String>,
    /// Whose rules decide the smallest step of an amount.
    pub rules: AmountRules,
}

/// A request that may be sent, with what a payment has to remember of it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CheckedPay {
    /// The id of this attempt.
    pub payment_request_id: PaymentRequestId,
    /// What the customer pays.
    pub amount: Amount,
    /// The scenario.
    pub scenario: Scenario,
    /// The code that was scanned; there in the payment code scenario and in no other.
    pub payment_code: Option<PaymentCode>,
    /// The expiry that the caller asked for.
    pub payment_expiry_time: Option<Timestamp>,
    /// The body, without `paymentExpiryTime`: the final expiry is decided when the payment begins. It holds the
    /// payment code, so it is a secret.
    pub body: Object,
    /// What is allowed and worth knowing.
    pub warnings: Vec<Warning>,
}

impl fmt::Debug for CheckedPay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckedPay")
            .field("payment_request_id", &self.payment_request_id)
            .field("amount", &self.amount)
            .field("scenario", &self.scenario)
            .field("payment_code", &self.payment_code)
            .field("payment_expiry_time", &self.payment_expiry_time)
            .field("warnings", &self.warnings)
            .finish_non_exhaustive()
    }
}

impl PayRequest {
    /// Puts in what follows from the protocol and from other fields, and checks the whole.
    ///
    /// Put in where it is not set: `paymentNotifyUrl` (that of the options), `productCode` (AMS), `paymentFactor.isInStorePayment` (Alipay+),
    /// `paymentMethod.paymentMethodType`, `order.orderAmount` (the payment amount), and, where a till is named,
    /// `order.env.storeTerminalRequestTime` (now, with milliseconds).
    ///
    /// # Errors
    /// Each names the JSON path: `request.missing`, `request.too_long`, `request.invalid`, `request.forbidden`,
    /// `request.expired`, `request.notify_url`, `request.below_minimum`; `amount.zero` and `amount.rule`; and the
    /// errors of currency, amount and payment code for members that could not be read.
    pub fn check(&self, protocol: Protocol, now: Timestamp, options: &PayOptions) -> Result<CheckedPay> {
        let checked = self.check_whenever(protocol, now, options)?;
        if checked.payment_expiry_time.is_some_and(|expiry| expiry <= now) {
            let reason = "paymentExpiryTime is not later than now";
            return Err(Error::new(ErrorCode::RequestExpired, reason).with_path("paymentExpiryTime"));
        }
        Ok(checked)
    }

    /// The same for a request that may have been sent before, and expired since.
    pub(crate) fn check_whenever(
        &self,
        protocol: Protocol,
        now: Timestamp,
        options: &PayOptions,
    ) -> Result<CheckedPay> {
        let request = self.completed(protocol, now, options)?;
        let scenario_at = "paymentFactor.inStorePaymentScenario";
        // Without a scenario, or with an unreadable one, the check of any case names what is wrong with it.
        let scenario = request.scenario().unwrap_or(Scenario::PaymentCode);
        request.check_at(&Path::ROOT, Case { protocol, scenario })?;
        let (Some(payment_request_id), Some(amount), Some(scenario)) =
            (request.payment_request_id.clone(), request.payment_amount, request.scenario())
        else {
            return Err(missing(scenario_at));
        };
        request.check_constants(protocol, scenario)?;
        request.check_notify_url(protocol, options)?;
        check_amount(amount, "paymentAmount", options)?;
        if let Some(wallet) = &options.wallet {
            minimum::check(wallet, amount)
                .and_then(|()| step::check(wallet, amount))
                .map_err(|error| error.with_path("paymentAmount"))?;
        }
        let expiry = request.payment_expiry_time.as_ref().and_then(Time::timestamp);
        let mut warnings = match protocol {
            Protocol::Ams => request.missing_by_some_pages(),
            Protocol::AlipayPlus => Vec::new(),
        };
        warnings.extend(options.wallet.as_deref().and_then(|wallet| Warning::of_wallet(wallet, amount)));
        if let Some(order) = request.order.as_ref().and_then(|order| order.order_amount) {
            check_amount(order, "order.orderAmount", options)?;
            if order != amount {
                warnings.push(Warning::OrderAmountDiffers { order, payment: amount });
            }
        }
        let payment_code = request.payment_code().cloned();
        let body = PayRequest { payment_expiry_time: None, ..request }.to_json();
        Ok(CheckedPay {
            payment_request_id,
            amount,
            scenario,
            payment_code,
            payment_expiry_time: expiry,
            body,
            warnings,
        })
    }

    /// Only the body; see [`check`](Self::check).
    ///
    /// # Errors
    /// Those of [`check`](Self::check).
    pub fn to_body(&self, protocol: Protocol, now: Timestamp, options: &PayOptions) -> Result<Object> {
        self.check(protocol, now, options).map(|checked| checked.body)
    }

    fn completed(&self, protocol: Protocol, now: Timestamp, options: &PayOptions) -> Result<PayRequest> {
        let mut request = self.clone();
        if request.payment_notify_url.is_none() && request.extra.get("paymentNotifyUrl").is_none() {
            request.payment_notify_url = options.notify_url.clone().filter(|url| !url.starts_with('/'));
        }
        match protocol {
            Protocol::Ams => {
                request.product_code.get_or_insert(ProductCode::InStorePayment);
            }
            Protocol::AlipayPlus => {
                let factor = request.payment_factor.get_or_insert_default();
                factor.is_in_store_payment.get_or_insert(true);
            }
        }
        let method = request.payment_method.get_or_insert_default();
        method.payment_method_type.get_or_insert_with(|| CONNECT_WALLET.to_owned());
        if let Some(order) = &mut request.order {
            if order.order_amount.is_none() && order.extra.get("orderAmount").is_none() {
                order.order_amount = request.payment_amount;
            }
            if let Some(env) = &mut order.env {
                let named = env.store_terminal_id.as_ref().is_some_and(|id| !id.is_empty());
                if named && env.store_terminal_request_time.is_none() {
                    env.store_terminal_request_time = Some(Time::try_from(now)?);
                }
            }
        }
        Ok(request)
    }

    /// The same without what [`completed`](Self::completed) fills in: a host that states one of these and a host that leaves
    /// it out ask for the same payment. The time of the till is not among them, since it is not the same twice.
    pub(crate) fn without_defaults(&self) -> PayRequest {
        let mut request = self.clone();
        request.product_code = request.product_code.filter(|code| *code != ProductCode::InStorePayment);
        if let Some(factor) = &mut request.payment_factor {
            factor.is_in_store_payment = factor.is_in_store_payment.filter(|in_store| !in_store);
        }
        if let Some(method) = &mut request.payment_method {
            method.payment_method_type.take_if(|kind| kind == CONNECT_WALLET);
        }
        request.payment_method.take_if(|method| *method == PaymentMethod::default());
        request.payment_factor.take_if(|factor| *factor == PaymentFactor::default());
        if let Some(order) = &mut request.order {
            order.order_amount = order.order_amount.filter(|amount| Some(*amount) != request.payment_amount);
        }
        request
    }

    /// The fields that pay (consumer-presented mode) does not list as mandatory for AMS, and later pages do.
    fn missing_by_some_pages(&self) -> Vec<Warning> {
        let order = self.order.as_ref();
        let merchant = order.and_then(|order| order.merchant.as_ref());
        let store = merchant.and_then(|merchant| merchant.store.as_ref());
        [
            ("order.orderDescription", order.and_then(|order| order.order_description.as_deref())),
            ("order.merchant.merchantName", merchant.and_then(|merchant| merchant.merchant_name.as_deref())),
            ("order.merchant.store.storeName", store.and_then(|store| store.store_name.as_deref())),
        ]
        .into_iter()
        .filter(|(_, text)| text.is_none_or(str::is_empty))
        .map(|(path, _)| Warning::FieldMissing { path })
        .collect()
    }

    fn check_constants(&self, protocol: Protocol, scenario: Scenario) -> Result<()> {
        if protocol == Protocol::AlipayPlus && self.product_code.is_some() {
            return Err(Path::ROOT.member("productCode").forbidden("does not exist in Alipay+"));
        }
        if protocol == Protocol::AlipayPlus
            && self.payment_factor.as_ref().and_then(|factor| factor.is_in_store_payment) == Some(false)
        {
            let factor = Path::ROOT.member("paymentFactor");
            return Err(factor.member("isInStorePayment").invalid("must be true for a payment in a store"));
        }
        let at = Path::ROOT.member("paymentMethod");
        if self.payment_method.as_ref().and_then(|method| method.payment_method_type.as_deref())
            != Some(CONNECT_WALLET)
        {
            return Err(at.member("paymentMethodType").invalid("must be CONNECT_WALLET"));
        }
        if scenario != Scenario::PaymentCode && self.payment_code().is_some() {
            return Err(at.member("paymentMethodId").forbidden("belongs only to the payment code scenario"));
        }
        Ok(())
    }

    fn check_notify_url(&self, protocol: Protocol, options: &PayOptions) -> Result<()> {
        let at = "paymentNotifyUrl";
        let Some(url) = self.payment_notify_url.as_deref().filter(|url| !url.is_empty()) else {
            return match protocol {
                Protocol::Ams if !options.notify_url_configured => Err(missing(at)),
                Protocol::Ams | Protocol::AlipayPlus => Ok(()),
            };
        };
        let (scheme, rest) = url.split_once("://").unwrap_or_default();
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let allowed = match scheme.to_ascii_lowercase().as_str() {
            "https" => !host(authority).is_empty(),
            "http" => match options.notify_http {
                NotifyHttp::Refused => false,
                NotifyHttp::Loopback => is_loopback(host(authority)),
                NotifyHttp::Allowed => !host(authority).is_empty(),
            },
            _ => false,
        };
        if allowed {
            check_request_url(url, at).map(|_| ())
        } else {
            Err(Error::new(ErrorCode::RequestNotifyUrl, "the notification URL is not https").with_path(at))
        }
    }
}

fn missing(at: &str) -> Error {
    Path::ROOT.member(at).missing()
}

/// A name and password in a URL would be sent to the gateway, and `localhost@evil` is no loopback; such an
/// authority has no host here.
fn host(authority: &str) -> &str {
    if authority.contains('@') {
        return "";
    }
    match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    }
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn check_amount(amount: Amount, at: &str, options: &PayOptions) -> Result<()> {
    amount
        .nonzero()
        .and_then(|amount| {
            // Written and read again under the rules, which refuses an amount between two steps.
            Amount::from_major(&amount.to_major(), amount.currency().code(), None, options.rules)
        })
        .map(|_| ())
        .map_err(|error| error.with_path(at))
}
