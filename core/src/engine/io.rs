//! What goes into the engine and what comes out of it.

use std::sync::Arc;
use std::time::Duration;

use super::results::CallResult;
use crate::api::RefundRequest;
use crate::api::pay::Warning;
use crate::error::Error;
use crate::gateway::Operation;
use crate::json::Object;
use crate::payment::{Certainty, PaymentOrder, Unverified};
use crate::refund::Resolved;
use crate::store::{Entry, Heartbeats, Part, Stated, StoreError, Stored};
use crate::time::Timestamp;
use crate::timeline::TimelineEntry;

/// What the clocks show when something is handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The wall clock. It may be set at any time.
    pub wall: Timestamp,
    /// The time since an origin that stays the same, on a clock that nobody sets.
    pub monotonic: Duration,
}

/// A call of the host. The shell chooses the number; the result comes back with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(pub u64);

/// A store operation under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(pub u64);

/// A request under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostId(pub u64);

/// What a payment is made of.
#[derive(Clone, Debug)]
pub struct PayOrder {
    /// The client id of the merchant.
    pub merchant: Arc<str>,
    /// The order, checked.
    pub order: PaymentOrder,
    /// What the caller stated.
    pub stated: Stated,
    /// The id was made for this call, and no other call has used it. Only then is it known that nothing was sent when
    /// the store fails: with an id of the caller's, an earlier call may have paid.
    pub fresh: bool,
    /// What is allowed and worth knowing; it comes back with the result.
    pub warnings: Vec<Warning>,
}

/// What a call asks for.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Request {
    /// Pay. With an id that is stored: go on with that payment.
    Pay(Box<PayOrder>),
    /// Store the payment and drive it; the result tells that it is stored.
    Start(Box<PayOrder>),
    /// Go on with a stored payment, and tell its result.
    Resume,
    /// Go on with everything of a stored payment, and tell how it stands once the payment, its refunds and its reverse
    /// have ended.
    Finish,
    /// Cancel a payment that has no result yet.
    Cancel,
    /// Give money back.
    Refund {
        /// The request, with its id.
        request: Box<RefundRequest>,
        /// What the caller stated.
        stated: Stated,
    },
    /// Give the whole back.
    Reverse,
    /// A person found out the outcome of a payment, or of one of its refunds, that ended as unresolved.
    Resolve {
        /// The refund; none for the payment.
        refund_request_id: Option<String>,
        /// Made or not made.
        resolved: Resolved,
        /// Who found it out.
        who: String,
        /// How.
        note: String,
    },
    /// Somebody has taken care of these alerts.
    Acknowledge {
        /// Their numbers.
        numbers: Vec<u32>,
        /// Who.
        who: String,
    },
    /// Drive the payment, its refunds and its reverse if nobody does; the result tells whether this process does now.
    TakeUp,
    /// Only look.
    Status,
}

/// Something that happened.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Input {
    /// The host asks for something about the payment of this id.
    Call {
        /// The call.
        call: CallId,
        /// The payment; for `Pay` and `Start` that of the order.
        id: Arc<str>,
        /// What.
        request: Request,
        /// How long the caller waits; none stands for the default, and [`Duration::ZERO`] for not at all.
        wait: Option<Duration>,
    },
    /// A verified notification arrived.
    Notified {
        /// The call; its result says how to answer.
        call: CallId,
        /// The payment that it names.
        id: Option<Arc<str>>,
        /// The refund that it names, if it is about one.
        refund_request_id: Option<String>,
        /// The body.
        body: Object,
    },
    /// A store operation is over.
    Stored {
        /// Which.
        job: JobId,
        /// How.
        answer: StoreAnswer,
    },
    /// A request is over.
    Posted {
        /// Which.
        post: PostId,
        /// How.
        answer: PostAnswer,
    },
    /// Records were saved without their owner, as the store tells who watches it.
    Watched {
        /// Their ids.
        ids: Vec<Arc<str>>,
    },
    /// Time passed.
    Time,
    /// Stop: give every record back.
    Close,
}

/// How a store operation ended.
#[allow(clippy::large_enum_variant, reason = "it is handed over once, and most of them are the large one")]
#[derive(Clone, Debug)]
pub enum StoreAnswer {
    /// Insert, save, release or forget.
    Done(Result<(), StoreError>),
    /// Load, take or the record of a refund.
    Record(Result<Option<Stored>, StoreError>),
    /// Claim or touched.
    Records(Result<Vec<Stored>, StoreError>),
    /// A beat.
    Beat(Result<Heartbeats, StoreError>),
    /// The gateway time.
    Time(Result<Option<Timestamp>, StoreError>),
}

/// How a request ended.
#[derive(Clone, Debug)]
pub enum PostAnswer {
    /// The gateway answered, and the answer was verified.
    Verified {
        /// The body.
        body: Object,
        /// When the gateway signed it.
        signed_at: Option<Timestamp>,
        /// The gateway's own name for the exchange.
        tracer_id: Option<String>,
        /// Some text of the answer was not UTF-8 and was replaced.
        text_replaced: bool,
    },
    /// No usable answer.
    Unanswered {
        /// What is known of the request.
        certainty: Certainty,
        /// What an answer that could not be verified suggests.
        unverified: Option<Unverified>,
        /// Why.
        error: Error,
    },
}

/// A store operation; see [`Store`](crate::store::Store).
#[derive(Clone, Debug)]
pub enum StoreOperation {
    /// `insert`
    Insert {
        /// What is written.
        entry: Entry,
        /// Who drives it.
        owner: Option<Arc<str>>,
    },
    /// `load`
    Load {
        /// The record.
        id: Arc<str>,
    },
    /// `save`
    Save {
        /// What is written.
        entry: Entry,
        /// The revision that is replaced.
        expected: u64,
        /// Who drives it; none for a save by somebody else.
        by: Option<Arc<str>>,
    },
    /// `take`
    Take {
        /// The record.
        id: Arc<str>,
        /// The new owner.
        owner: Arc<str>,
    },
    /// `claim`
    Claim {
        /// The new owner.
        owner: Arc<str>,
        /// What was due at this time.
        now: Timestamp,
        /// How many at most.
        limit: usize,
    },
    /// `touched`
    Touched {
        /// The owner.
        owner: Arc<str>,
        /// How many at most.
        limit: usize,
    },
    /// `release`
    Release {
        /// The record.
        id: Arc<str>,
        /// The owner.
        owner: Arc<str>,
    },
    /// `beat`
    Beat {
        /// The owner.
        owner: Arc<str>,
    },
    /// `forget`
    Forget {
        /// The owner.
        owner: Arc<str>,
        /// How often it had beaten.
        beats: Option<u64>,
    },
    /// `gateway_time`
    GatewayTime {
        /// The merchant.
        merchant: Arc<str>,
    },
    /// `find_refund`
    FindRefund {
        /// The refund.
        refund_request_id: String,
    },
}

/// Something for the shell to do, in this order.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Output {
    /// Do this with the store, and hand in [`Input::Stored`]. Operations may be done at the same time.
    Store {
        /// To be handed back.
        job: JobId,
        /// What.
        operation: StoreOperation,
    },
    /// Sign this body now, post it, and hand in [`Input::Posted`].
    Post {
        /// To be handed back.
        post: PostId,
        /// The payment.
        id: Arc<str>,
        /// Whose request it is: the payment's, a refund's or the reverse's.
        part: Part,
        /// The number that the machine gave it.
        send_id: u32,
        /// The client id of the merchant who signs.
        merchant: Arc<str>,
        /// What is asked.
        operation: Operation,
        /// The path of the API.
        path: String,
        /// The body, to be sent as it stands.
        body: crate::payment::Secret,
        /// How long it may take as a whole, from now on.
        deadline: Duration,
    },
    /// Show this to whoever observes the payment.
    Observed {
        /// The payment.
        id: Arc<str>,
        /// What, and when by the time of the payment.
        entry: TimelineEntry,
    },
    /// A call has its result.
    Result {
        /// The call.
        call: CallId,
        /// The result.
        result: Result<CallResult, Error>,
    },
    /// Everything was given back after [`Input::Close`].
    Closed,
}
