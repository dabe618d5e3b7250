//! A sale in one call: the shop is stated once, the id is made here.

use super::{Client, PayCall, PaymentResult};
use crate::amount::Amount;
use crate::api::{PayRequest, PaymentRequestId};
use crate::error::{Error, ErrorCode, Result};
use crate::payment_code::PaymentCode;
use crate::shop::Shop;

impl Client {
    /// Charges the customer who showed this payment code, and returns when the payment has its result. The code is taken
    /// as a scanner delivers it; see [`PaymentCode::from_scan`].
    ///
    /// Each call is a new payment. Where an error says that the customer may have been charged, its
    /// [`payment_request_id`](Error::payment_request_id) names the payment: [`resume`](Client::resume) it, and look at its
    /// result before the customer is charged again.
    ///
    /// # Errors
    /// The codes of [`PaymentCode::from_scan`], `config.missing` without a [`shop`](super::ClientBuilder::shop), and
    /// those of [`pay`](Client::pay).
    pub async fn pay_code(&self, code: &str, amount: Amount, description: &str) -> Result<PaymentResult> {
        let code = PaymentCode::from_scan(code)?;
        let request = self.shop()?.payment_code(self.new_id()?, amount, code, description);
        self.sell(&request).await
    }

    /// Makes a code of this order for the customer to scan, and returns when the payment has its result. An
    /// [`Observer`](super::Observer) gets the form to show.
    ///
    /// # Errors
    /// `config.missing` without a [`shop`](super::ClientBuilder::shop), and those of [`pay`](Client::pay).
    pub async fn pay_order_code(&self, amount: Amount, description: &str) -> Result<PaymentResult> {
        let request = self.shop()?.order_code(self.new_id()?, amount, description);
        self.sell(&request).await
    }

    /// Charges a customer who opened the merchant's page by the shop's code, with the `User-Agent` header that the wallet
    /// sent, and returns when the payment has its result. An [`Observer`](super::Observer) gets the page to send the
    /// customer to.
    ///
    /// # Errors
    /// `config.missing` without a [`shop`](super::ClientBuilder::shop), and those of [`pay`](Client::pay).
    pub async fn pay_entry_code(
        &self,
        amount: Amount,
        description: &str,
        user_agent: &str,
    ) -> Result<PaymentResult> {
        let request = self.shop()?.entry_code(self.new_id()?, amount, description, user_agent);
        self.sell(&request).await
    }

    /// Nobody else has used the id, so an error before the first send says for certain that nothing was sent.
    async fn sell(&self, request: &PayRequest) -> Result<PaymentResult> {
        self.pay_with(request, &PayCall::new().fresh()).await
    }

    fn shop(&self) -> Result<&Shop> {
        self.inner().shop.as_ref().ok_or_else(|| {
            Error::new(ErrorCode::ConfigMissing, "the client was made without a shop")
                .with_path("shop")
                .with_hint("nothing was sent; state the shop when the client is made, or pass a whole request to pay")
        })
    }

    /// A new payment request id, beginning with the time and the terminal of the shop.
    ///
    /// # Errors
    /// `internal.panic` where the operating system gives no randomness.
    pub fn new_id(&self) -> Result<PaymentRequestId> {
        let mut random = [0; 16];
        getrandom::fill(&mut random)
            .map_err(|_| Error::new(ErrorCode::InternalPanic, "the system's random generator failed"))?;
        let terminal = self.inner().shop.as_ref().and_then(Shop::terminal_id).unwrap_or_default();
        Ok(PaymentRequestId::new(self.clock().now(), terminal, random))
    }
}
