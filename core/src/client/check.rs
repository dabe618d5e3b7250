//! Carries out a check: writes to the store, asks the gateway, and posts to the notify URL. What it means is the
//! [`check`](crate::check) module's.

use std::time::Duration;

use super::Client;
use super::exchange::Unanswered;
use super::transport::{Failure, RawReply, Way as Route};
use crate::check::{self, CheckName, CheckReport, Met, Way};
use crate::error::Result;
use crate::merchant::SignedRequest;

impl Client {
    /// Checks everything that a payment needs, and says what is wrong and what to do about it.
    ///
    /// It writes to the store and removes it again, asks the gateway about an id that nobody used, and posts an unsigned
    /// notification to the notify URL, which a correct handler refuses. It takes at most as long as two requests may.
    pub async fn check(&self) -> CheckReport {
        let merchant = self.merchant();
        let mut report = CheckReport::of(merchant);
        report.store(self.try_store().await.as_ref().copied());
        self.check_gateway(&mut report).await;
        if let Some(request) = report.notification(merchant) {
            match self.post_in_time(request).await {
                Some(Ok(reply)) => report.notification_answered(merchant, reply.status, &reply.body),
                Some(Err(failure)) => report.notification_unanswered(Some(&failure.error)),
                None => report.notification_unanswered(None),
            }
        }
        report
    }

    async fn try_store(&self) -> Result<()> {
        let owner = format!("check-{}", self.new_id()?);
        check::try_store(&**self.store(), &owner).await
    }

    async fn check_gateway(&self, report: &mut CheckReport) {
        let inner = self.inner();
        let merchant = &inner.merchant;
        let way = match inner.transport.way_to(merchant.gateway()) {
            Ok(Route::Direct) => Way::Direct,
            Ok(Route::ByProxy) => Way::ByProxy,
            Err(error) => return report.met(CheckName::Proxy, &error),
        };
        let (path, body) = match self.new_id().and_then(|id| check::inquiry(merchant, id)) {
            Ok(asked) => asked,
            Err(error) => return report.met(CheckName::Configuration, &error),
        };
        let sent = inner.now();
        match inner.exchange(&path, &body, self.patience()).await {
            Ok(response) => {
                let received = inner.now();
                let (client_id, signed_at) = (merchant.client_id(), response.signed_at);
                self.shell().with_engine(|engine| engine.hear(client_id, signed_at, sent, received));
                report.answered(merchant, way, &response, sent.wall, received.wall);
            }
            Err(Unanswered { failure: Failure { certainty, error }, unverified }) => {
                report.unanswered(merchant, way, Met { error, certainty, unverified });
            }
        }
    }

    /// In real time: however fast its clock runs, a check waits as long as a network may take.
    fn patience(&self) -> Duration {
        let inner = self.inner();
        inner.request_timeout.saturating_mul(inner.clock.pace())
    }

    /// None if it took longer than a request may.
    async fn post_in_time(&self, request: SignedRequest) -> Option<Result<RawReply, Failure>> {
        let inner = self.inner();
        tokio::select! {
            reply = inner.transport.post(request, std::future::pending()) => Some(reply),
            () = inner.clock.sleep(self.patience()) => None,
        }
    }
}
