//! One signed request and its verified answer, within the time a request may take.

use super::Inner;
use super::transport::Failure;
use crate::error::{Error, ErrorCode};
use crate::message::{VerifiedResponse, explain_answer};
use crate::payment::Certainty;

impl Inner {
    /// Signs now, sends once, verifies. The HTTP status decides nothing: only what is signed is an answer, and what is
    /// not keeps its status for whoever looks for the cause.
    pub(super) async fn exchange(&self, path: &str, body: &str) -> Result<VerifiedResponse, Failure> {
        let not_sent = |error| Failure { certainty: Certainty::NotSent, error };
        let request = self.merchant.sign_request(path, body, self.clock.now()).map_err(not_sent)?;
        // Well before the machine goes on with an inquiry, which must not go by a connection that died the same way.
        let doubt = self.clock.sleep(self.policy.reply_time / 5 * 4);
        let reply = tokio::select! {
            reply = self.transport.post(request, doubt) => reply?,
            () = self.clock.sleep(self.request_timeout) => {
                let error = Error::new(ErrorCode::TransportTimeout, "the gateway did not answer in time");
                return Err(Failure { certainty: Certainty::Unknown, error });
            }
        };
        let headers = || reply.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice()));
        self.merchant.verify_response(path, headers(), &reply.body).map_err(|error| {
            let error = explain_answer(error, reply.status, headers(), &reply.body);
            tracing::debug!(status = reply.status, code = error.code(), "an answer that proves nothing");
            Failure { certainty: Certainty::Unknown, error }
        })
    }
}
