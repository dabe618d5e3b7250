//! Settings of a client.

use std::sync::Arc;
use std::time::Duration;

use super::shell::Shell;
use super::{Client, Clock, Inner, Observer, SystemClock, Transport, TransportOptions};
use crate::engine::{Config, Engine, Limits};
use crate::error::{Error, ErrorCode, Result};
use crate::merchant::Merchant;
use crate::payment::Policy;
use crate::shop::Shop;
use crate::store::Store;

/// Settings of a client; everything but the merchant and the store has a default.
pub struct ClientBuilder {
    merchant: Merchant,
    store: Arc<dyn Store>,
    transport: Option<Transport>,
    clock: Arc<dyn Clock>,
    policy: Option<Policy>,
    notify_url_configured: bool,
    acknowledges_unknown: bool,
    observer: Option<Arc<dyn Observer>>,
    request_timeout: Duration,
    owner_timeout: Duration,
    claims: bool,
    limits: Limits,
    shop: Option<Shop>,
}

impl ClientBuilder {
    pub(super) fn new(merchant: Merchant, store: Arc<dyn Store>) -> Self {
        let config = Config::new("");
        ClientBuilder {
            merchant,
            store,
            transport: None,
            clock: Arc::new(SystemClock),
            policy: None,
            notify_url_configured: false,
            acknowledges_unknown: false,
            observer: None,
            request_timeout: config.request_timeout,
            owner_timeout: config.dead_after,
            claims: config.claims,
            limits: Limits::default(),
            shop: None,
        }
    }

    /// Shares a pool of connections.
    #[must_use]
    pub fn transport(mut self, transport: Transport) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Uses another clock.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Uses another policy than the protocol's preset.
    #[must_use]
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = Some(policy);
        self
    }

    /// How long one request may take as a whole, by the client's clock; 10 s unless said otherwise. The policy's reply time
    /// decides when the payment goes on; an answer that comes later still counts.
    #[must_use]
    pub fn request_timeout(mut self, timeout: Duration) -> Self {
        self.request_timeout = timeout;
        self
    }

    /// After this time without a sign of life another process takes over what this one drives; 15 s unless said otherwise.
    /// Every process on one store states the same.
    #[must_use]
    pub fn owner_timeout(mut self, timeout: Duration) -> Self {
        self.owner_timeout = timeout;
        self
    }

    /// Whether it takes over what is due and nobody drives, such as after a crash of another process; it does unless said
    /// otherwise. A process that ends after one payment says no.
    #[must_use]
    pub fn claims(mut self, claims: bool) -> Self {
        self.claims = claims;
        self
    }

    /// How many requests may be under way, and how many may begin in a second.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Says that the notification URL is configured at the gateway, so that AMS needs none in the request.
    #[must_use]
    pub fn notify_url_configured(mut self, configured: bool) -> Self {
        self.notify_url_configured = configured;
        self
    }

    /// Whether [`Client::handle_notification`] acknowledges a notification of a payment that is not stored here. Unless said
    /// otherwise it refuses it, so that it comes again: it can be faster than the store.
    #[must_use]
    pub fn acknowledge_unknown(mut self, acknowledge: bool) -> Self {
        self.acknowledges_unknown = acknowledge;
        self
    }

    /// States the shop once, for [`Client::pay_code`] and the calls beside it.
    #[must_use]
    pub fn shop(mut self, shop: Shop) -> Self {
        self.shop = Some(shop);
        self
    }

    /// Shows every step to an observer.
    #[must_use]
    pub fn observer(mut self, observer: Arc<dyn Observer>) -> Self {
        self.observer = Some(observer);
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// `transport.configuration`, also for a proxy of the environment that this gateway needs and that can't be used;
    /// what [`Policy::new`] says; `config.invalid` for the policy of another protocol and for a timeout that is zero.
    pub fn build(self) -> Result<Client> {
        let protocol = self.merchant.protocol();
        let policy = Policy::new(self.policy.unwrap_or_else(|| Policy::preset(protocol)))?;
        if policy.protocol != protocol {
            let reason = "the policy is for the other protocol";
            return Err(Error::new(ErrorCode::ConfigInvalid, reason).with_path("policy.protocol"));
        }
        let request_timeout = positive(self.request_timeout, "request_timeout")?;
        let dead_after = positive(self.owner_timeout, "owner_timeout")?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => Transport::new(&TransportOptions::default())?,
        };
        transport.check(self.merchant.gateway())?;
        let mut config = Config::new(owner()?).paced(dead_after, self.clock.pace());
        config.claims = self.claims;
        config.request_timeout = request_timeout;
        let mut engine = Engine::new(config);
        engine.add_merchant(self.merchant.client_id(), policy.clone(), self.limits)?;
        let inner = Inner {
            merchant: self.merchant,
            store: self.store,
            transport,
            clock: self.clock,
            policy,
            notify_url_configured: self.notify_url_configured,
            acknowledges_unknown: self.acknowledges_unknown,
            observer: self.observer,
            request_timeout,
            shop: self.shop,
        };
        Ok(Client { shell: Shell::new(Arc::new(inner), engine), wait: None })
    }
}

fn positive(duration: Duration, name: &'static str) -> Result<Duration> {
    // A part of a millisecond counts as nothing.
    if duration < Duration::from_millis(1) {
        return Err(Error::new(ErrorCode::ConfigInvalid, "the time is zero").with_path(name));
    }
    Ok(duration)
}

/// A name that no other process has, and no other client of this process.
fn owner() -> Result<String> {
    let mut random = [0; 8];
    getrandom::fill(&mut random)
        .map_err(|_| Error::new(ErrorCode::InternalPanic, "the system's random generator failed"))?;
    Ok(format!("{}-{:016x}", std::process::id(), u64::from_be_bytes(random)))
}
