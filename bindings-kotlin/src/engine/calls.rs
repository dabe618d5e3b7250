//! The flat calls of an engine. What a call takes is read whole before anything is done.

use std::sync::Arc;

use alipay_instore::engine::{
    self, CallId, Input as Happened, JobId, Now, PayOrder, PayTerms, PostAnswer, PostId,
};
use alipay_instore::json::Object;
use alipay_instore::message::explain_answer;
use alipay_instore::payment::{Certainty, Unverified};
use alipay_instore::store::StoreError;
use alipay_instore::{Error, ErrorCode, Result, api};

use super::{Asked, Running, locked};
use crate::failure::of_code;
use crate::flat::{Answer, Input, Numbered, Outcome, Put as _, Stopped, Take};
use crate::message::Headers;

/// What the clocks show: the wall clock and one that nobody sets, in milliseconds.
impl<'a> Take<'a> for Now {
    fn take(from: &mut Input<'a>) -> std::result::Result<Self, Stopped> {
        let (wall, monotonic) = from.next()?;
        Ok(Now { wall, monotonic })
    }
}

fn running(object: i64) -> std::result::Result<Arc<Running>, Stopped> {
    Numbered::find(object)
}

/// What a caller asks for. Requests are JSON text.
enum Request<'a> {
    Pay {
        request: &'a str,
        wallet: Option<String>,
        fresh: bool,
    },
    Start {
        request: &'a str,
    },
    Refund {
        request: &'a str,
    },
    /// One that needs nothing else to be known.
    Plain(engine::Request),
}

impl<'a> Take<'a> for Request<'a> {
    fn take(from: &mut Input<'a>) -> std::result::Result<Self, Stopped> {
        Ok(match from.next::<&str>()? {
            "pay" => {
                let (request, wallet, fresh) = from.next()?;
                Request::Pay { request, wallet, fresh }
            }
            "start" => Request::Start { request: from.next()? },
            "refund" => Request::Refund { request: from.next()? },
            "resume" => Request::Plain(engine::Request::Resume),
            "finish" => Request::Plain(engine::Request::Finish),
            "cancel" => Request::Plain(engine::Request::Cancel),
            "reverse" => Request::Plain(engine::Request::Reverse),
            "take_up" => Request::Plain(engine::Request::TakeUp),
            "status" => Request::Plain(engine::Request::Status),
            "resolve" => {
                let (refund_request_id, resolved, who, note) = from.next()?;
                Request::Plain(engine::Request::Resolve { refund_request_id, resolved, who, note })
            }
            "acknowledge" => {
                let (number, who) = from.next()?;
                Request::Plain(engine::Request::Acknowledge { numbers: vec![number], who })
            }
            _ => return Err(Stopped::Malformed),
        })
    }
}

/// Asks for something about a payment. The result comes with the number of the call. The time to wait is in milliseconds; none
/// stands for the default.
pub(crate) fn call(object: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let running = running(object)?;
    let (call, id, request, wait, now) = input.all::<(_, &str, Request<'_>, _, _)>()?;
    let request = running.request(request, now)?;
    let id = match &request {
        engine::Request::Pay(order) | engine::Request::Start(order) => {
            order.order.payment_request_id.as_str().into()
        }
        _ => id.into(),
    };
    running.handle(Happened::Call { call: CallId(call), id, request, wait }, now, answer);
    Ok(())
}

/// Hands in a verified notification. The result says what it changed.
pub(crate) fn notified(object: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let running = running(object)?;
    let (call, id, refund_request_id, body, now) = input.all::<(_, Option<&str>, _, &str, _)>()?;
    let body = Object::parse(body.as_bytes())?;
    let id = id.map(Into::into);
    running.handle(Happened::Notified { call: CallId(call), id, refund_request_id, body }, now, answer);
    Ok(())
}

/// Begins a store operation, and says whether it is over at once, as in memory. `Engine::perform` waits for the end of others.
pub(crate) fn begin(object: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let running = running(object)?;
    let job = input.all()?;
    running.begin(job).put(answer);
    Ok(())
}

/// A store operation is over. One without an answer may have written.
pub(crate) fn performed(object: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let running = running(object)?;
    let (job, now) = input.all()?;
    let asked = locked(&running.asked).remove(&job);
    let Some(Asked { operation, answer: stored, .. }) = asked else { return running.nothing(answer) };
    let stored = stored.unwrap_or_else(|| {
        let error = Error::new(ErrorCode::InternalPanic, "the store operation ended without an answer");
        operation.failed(StoreError::MaybeWritten(error))
    });
    running.handle(Happened::Stored { job: JobId(job), answer: stored }, now, answer);
    Ok(())
}

/// Signs the request of a post, now.
pub(crate) fn sign(object: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let running = running(object)?;
    let (post, now) = input.all::<(u64, _)>()?;
    // Nothing is locked while it signs, which takes longer than all else about a payment: others sign at the same time.
    let posting = locked(&running.posting).get(&post).map(Arc::clone);
    let unknown = || Error::new(ErrorCode::InternalPanic, "there is no such request");
    let posting = posting.ok_or_else(unknown)?;
    running.merchant.sign_request(&posting.path, posting.body.expose(), now)?.put(answer);
    Ok(())
}

/// An answer arrived. What can't be verified says nothing about the payment.
pub(crate) fn answered(object: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let running = running(object)?;
    let (post, status, headers, body, now) = input.all::<(_, _, Headers<'_>, &[u8], _)>()?;
    let posting = locked(&running.posting).remove(&post);
    let Some(posting) = posting else { return running.nothing(answer) };
    let came = match running.merchant.verify_response(&posting.path, headers.pairs(), body) {
        Ok(response) => PostAnswer::Verified {
            body: response.body,
            signed_at: response.signed_at,
            tracer_id: response.tracer_id,
            text_replaced: response.text_replaced,
        },
        Err(error) => PostAnswer::Unanswered {
            certainty: Certainty::Unknown,
            unverified: Unverified::suggested(&error, body),
            error: explain_answer(error, status, headers.pairs(), body),
        },
    };
    running.handle(Happened::Posted { post: PostId(post), answer: came }, now, answer);
    Ok(())
}

/// No answer came, for a reason of this code. `sent` is false only if it is certain that nothing was sent.
pub(crate) fn unanswered(object: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let running = running(object)?;
    let (post, sent, code, reason, hint, now) = input.all::<(_, _, &str, String, String, _)>()?;
    locked(&running.posting).remove(&post);
    let certainty = if sent { Certainty::Unknown } else { Certainty::NotSent };
    let error = Error::new(of_code(code).code(), reason).with_hint(hint);
    let came = PostAnswer::Unanswered { certainty, unverified: None, error };
    running.handle(Happened::Posted { post: PostId(post), answer: came }, now, answer);
    Ok(())
}

/// Time passed.
pub(crate) fn time(object: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let running = running(object)?;
    running.handle(Happened::Time, input.all()?, answer);
    Ok(())
}

/// Gives everything back.
pub(crate) fn stop(object: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let running = running(object)?;
    running.handle(Happened::Close, input.all()?, answer);
    Ok(())
}

/// The time at the gateway, once two of its answers have confirmed each other.
pub(crate) fn gateway_time(object: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let running = running(object)?;
    let now = input.all()?;
    locked(&running.engine).gateway_time(running.merchant.client_id(), now).put(answer);
    Ok(())
}

/// A verified answer about nothing that is in hand tells the gateway's time too.
pub(crate) fn hear(object: i64, input: Input<'_>, _: &mut Answer) -> Outcome {
    let running = running(object)?;
    let (signed_at, sent, received) = input.all()?;
    locked(&running.engine).hear(running.merchant.client_id(), signed_at, sent, received);
    Ok(())
}

impl Running {
    /// No outputs.
    fn nothing(&self, answer: &mut Answer) -> Outcome {
        answer.list(std::iter::empty::<&str>());
        locked(&self.engine).sleep().put(answer);
        Ok(())
    }

    fn request(&self, request: Request<'_>, now: Now) -> Result<engine::Request> {
        Ok(match request {
            Request::Pay { request, wallet, fresh } => {
                engine::Request::Pay(Box::new(self.order(request, wallet, fresh, now)?))
            }
            Request::Start { request } => {
                engine::Request::Start(Box::new(self.order(request, None, false, now)?))
            }
            Request::Refund { request } => {
                let request = api::RefundRequest::from_json(Object::parse(request.as_bytes())?);
                engine::Request::refund(&self.merchant, &request)?
            }
            Request::Plain(request) => request,
        })
    }

    fn order(&self, request: &str, wallet: Option<String>, fresh: bool, now: Now) -> Result<PayOrder> {
        let request = api::PayRequest::from_json(Object::parse(request.as_bytes())?);
        let terms = PayTerms { wallet, fresh, notify_url_configured: self.notify_url_configured };
        let now = locked(&self.engine).time(self.merchant.client_id(), now);
        PayOrder::checked(&self.merchant, &request, terms, now)
    }
}
