//! One signed request and its verified answer, within the time a request may take.

use super::Inner;
use super::transport::Failure;
use crate::error::{Error, ErrorCode};
use crate::message::VerifiedResponse;
use crate::payment::Certainty;

impl Inner {
    /// Signs now, sends once, verifies. The HTTP status plays no part: only what is signed is an answer.
    pub(super) async fn exchange(&self, path: &str, body: &str) -> Result<VerifiedResponse, Failure> {
        let not_sent = |error| Failure { certainty: Certainty::NotSent, error };
        let request = self.merchant.sign_request(path, body, self.clock.now()).map_err(not_sent)?;
        let reply = tokio::select! {
            reply = self.transport.post(request) => reply?,
            () = self.clock.sleep(self.request_timeout) => {
                let error = Error::new(ErrorCode::TransportTimeout, "the gateway did not answer in time");
                return Err(Failure { certainty: Certainty::Unknown, error });
            }
        };
        let headers = reply.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice()));
        self.merchant.verify_response(path, headers, &reply.body).map_err(|error| {
            tracing::debug!(status = reply.status, code = error.code(), "an answer that proves nothing");
            Failure { certainty: Certainty::Unknown, error }
        })
    }
}
