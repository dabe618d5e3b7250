//! One signed request and its verified answer, within the time a request may take, and what an answer that can't be
//! trusted suggests about the configuration.

use std::time::Duration;

use super::Inner;
use super::transport::Failure;
use crate::error::{Error, ErrorCode};
use crate::merchant::VerifiedResponse;
use crate::message::explain_answer;
use crate::payment::{Certainty, Unverified};

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
    /// Signs now, sends once, verifies; `deadline` is how long it may take as a whole. The HTTP status decides nothing: only what
    /// is signed is an answer, and what is not keeps its status for whoever looks for the cause.
    pub(super) async fn exchange(
        &self,
        path: &str,
        body: &str,
        deadline: Duration,
    ) -> Result<VerifiedResponse, Unanswered> {
        let not_sent = |error| Failure { certainty: Certainty::NotSent, error };
        let request = self.merchant.sign_request(path, body, self.clock.now()).map_err(not_sent)?;
        // Well before the machine goes on with an inquiry, which must not go by a connection that died the same way.
        let doubt = self.clock.sleep((self.policy.reply_time / 5).saturating_mul(4));
        let reply = tokio::select! {
            reply = self.transport.post(request, doubt) => reply?,
            () = self.clock.sleep(deadline) => {
                let error = Error::new(ErrorCode::TransportTimeout, "the gateway did not answer in time");
                return Err(Failure { certainty: Certainty::Unknown, error }.into());
            }
        };
        self.merchant.verify_response(path, reply.headers(), &reply.body).map_err(|error| {
            let unverified = Unverified::suggested(&error, &reply.body);
            let error = explain_answer(error, reply.status, reply.headers(), &reply.body);
            let code = error.code().as_str();
            tracing::debug!(status = reply.status, code, "an answer that proves nothing");
            Unanswered { failure: Failure { certainty: Certainty::Unknown, error }, unverified }
        })
    }
}
