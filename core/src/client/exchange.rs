//! One signed request and its verified answer, within the time a request may take, and what the answer tells beside
//! its body: when it was signed, or, where it can't be trusted, what it suggests about the configuration.

use std::sync::{Mutex, PoisonError};

use super::Inner;
use super::transport::Failure;
use crate::error::{Error, ErrorCode};
use crate::gateway_time::GatewayTime;
use crate::merchant::VerifiedResponse;
use crate::message::explain_answer;
use crate::payment::{Certainty, Timing, Unverified};

/// A verified answer.
pub(super) struct Answered {
    pub(super) response: VerifiedResponse,
    pub(super) timing: Timing,
}

/// A request without an answer that can be trusted.
pub(super) struct Unanswered {
    pub(super) failure: Failure,
    pub(super) unverified: Option<Unverified>,
}

impl From<Failure> for Unanswered {
    fn from(failure: Failure) -> Self {
        Unanswered { failure, unverified: None }
    }
}

impl Inner {
    /// Signs now, sends once, verifies. The HTTP status decides nothing: only what is signed is an answer, and what is
    /// not keeps its status for whoever looks for the cause.
    pub(super) async fn exchange(&self, path: &str, body: &str) -> Result<Answered, Unanswered> {
        let not_sent = |error| Failure { certainty: Certainty::NotSent, error };
        let (sent, sent_by_wall_clock) = (self.clock.monotonic(), self.clock.now());
        let request = self.merchant.sign_request(path, body, sent_by_wall_clock).map_err(not_sent)?;
        // Well before the machine goes on with an inquiry, which must not go by a connection that died the same way.
        let doubt = self.clock.sleep(self.policy.reply_time / 5 * 4);
        let reply = tokio::select! {
            reply = self.transport.post(request, doubt) => reply?,
            () = self.clock.sleep(self.request_timeout) => {
                let error = Error::new(ErrorCode::TransportTimeout, "the gateway did not answer in time");
                return Err(Failure { certainty: Certainty::Unknown, error }.into());
            }
        };
        let received = self.clock.monotonic();
        let headers = || reply.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice()));
        match self.merchant.verify_response(path, headers(), &reply.body) {
            Ok(response) => {
                let signed_at = response.signed_at_ms;
                let timing = timing(&self.gateway_time, signed_at, sent, received, sent_by_wall_clock);
                Ok(Answered { response, timing })
            }
            Err(error) => {
                let unverified = Unverified::suggested(&error, &reply.body);
                let error = explain_answer(error, reply.status, headers(), &reply.body);
                tracing::debug!(
                    status = reply.status,
                    code = error.code().as_str(),
                    "an answer that proves nothing"
                );
                Err(Unanswered { failure: Failure { certainty: Certainty::Unknown, error }, unverified })
            }
        }
    }
}

/// How old the answer is, judged by what earlier answers told; and then it tells its time itself.
fn timing(
    gateway_time: &Mutex<GatewayTime>,
    signed_at: Option<i64>,
    sent: i64,
    received: i64,
    sent_by_wall_clock: i64,
) -> Timing {
    let Some(at) = signed_at else { return Timing::default() };
    let mut gateway_time = gateway_time.lock().unwrap_or_else(PoisonError::into_inner);
    let stale = gateway_time.is_stale(at, sent, sent_by_wall_clock);
    gateway_time.observe(at, sent, received);
    Timing { signed_at, stale }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_judged_before_it_tells_its_time() {
        let time = Mutex::new(GatewayTime::new());
        let of = |signed_at, sent, wall_clock| timing(&time, signed_at, sent, sent + 10, wall_clock);
        assert_eq!(of(None, 0, 500_000), Timing::default());
        // By this machine's clock, ten minutes fast, it looks old.
        assert_eq!(of(Some(1_000_000), 0, 1_600_000), Timing { signed_at: Some(1_000_000), stale: true });
        assert!(of(Some(1_003_000), 3_000, 1_603_000).stale);
        // The two agree: from now on the gateway's time counts.
        assert!(!of(Some(1_006_000), 6_000, 1_606_000).stale);
        assert!(of(Some(1_000_000), 66_000, 1_666_000).stale);
    }
}
