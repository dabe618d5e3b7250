//! What the engine asks for, on its way to Kotlin.

use std::sync::Arc;
use std::time::Duration;

use alipay_instore::engine::{self, CallId, CallResult, JobId, Now, Output, PostId};
use alipay_instore::json::Json;

use super::{Asked, Posting, Running, locked};
use crate::failure::to_json;
use crate::flat::{Answer, Put};

impl Running {
    /// Hands in what happened, and answers with what is to be done now, in its order, and with how long to sleep at most
    /// before the time is handed in.
    pub(super) fn handle(&self, happened: engine::Input, now: Now, answer: &mut Answer) {
        let (outputs, sleep) = {
            let mut engine = locked(&self.engine);
            (engine.handle(happened, now), engine.sleep())
        };
        let todo: Vec<Todo> = outputs.into_iter().filter_map(|output| self.keep(output)).collect();
        answer.list(todo.into_iter());
        sleep.put(answer);
    }

    /// Keeps what Kotlin only names.
    fn keep(&self, output: Output) -> Option<Todo> {
        Some(match output {
            Output::Store { job: JobId(job), operation } => {
                let asked = Asked { operation: Arc::new(operation), doing: None, answer: None };
                locked(&self.asked).insert(job, asked);
                Todo::Store { job }
            }
            Output::Post { post: PostId(post), path, body, deadline, .. } => {
                locked(&self.posting).insert(post, Arc::new(Posting { path, body }));
                Todo::Post { post, deadline }
            }
            Output::Observed { id, entry } => {
                Todo::Observed { id: id.to_string(), entry: entry.to_json().to_string() }
            }
            Output::Result { call: CallId(call), result } => match result {
                Ok(result) => Todo::Answer { call, result: Some(text(&result)), error: None },
                Err(error) => Todo::Answer { call, result: None, error: Some(to_json(&error).to_string()) },
            },
            Output::Closed => Todo::Closed,
            _ => return None,
        })
    }
}

/// Something to do.
enum Todo {
    /// Perform this store operation, and say when it is over.
    Store { job: u64 },
    /// Sign this request, post it, and say what came of it. The deadline is in milliseconds from now.
    Post { post: u64, deadline: Duration },
    /// Show this step, which is JSON, to whoever observes the payment.
    Observed { id: String, entry: String },
    /// A call has its result as JSON, `null` where there is nothing to tell, or its error as JSON.
    Answer { call: u64, result: Option<String>, error: Option<String> },
    /// Everything was given back.
    Closed,
}

impl Put for Todo {
    fn put(&self, answer: &mut Answer) {
        match self {
            Todo::Store { job } => ("store", *job).put(answer),
            Todo::Post { post, deadline } => ("post", (*post, *deadline)).put(answer),
            Todo::Observed { id, entry } => ("observed", (id, entry)).put(answer),
            Todo::Answer { call, result, error } => {
                ("answer", *call).put(answer);
                result.put(answer);
                error.put(answer);
            }
            Todo::Closed => "closed".put(answer),
        }
    }
}

fn text(result: &CallResult) -> String {
    let json: Json = match result {
        CallResult::Payment(result) | CallResult::TakenUp(Some(result)) => result.to_json().into(),
        CallResult::Refund(result) => result.to_json().into(),
        CallResult::Reverse(result) => result.to_json().into(),
        CallResult::Notified(result) => result.to_json().into(),
        _ => Json::Null,
    };
    json.to_string()
}
