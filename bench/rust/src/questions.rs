//! Questions on the input, one a line: `WHAT SECONDS`. The orchestrator asks each program in turn, so that whatever the
//! machine does besides is shared among them.

use std::io::BufRead as _;
use std::time::Duration;

use serde_json::Value;

use crate::Result;

/// A question: what is measured, and for how long.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) what: String,
    pub(crate) time: Duration,
}

/// Answers each line until the input ends.
pub(crate) fn answer_each(mut answer: impl FnMut(&Question) -> Result<Value>) -> Result<()> {
    println!("{}", serde_json::json!({ "ready": true }));
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (what, seconds) = line.trim().split_once(' ').ok_or("a question is: WHAT SECONDS")?;
        let question =
            Question { what: what.to_owned(), time: Duration::try_from_secs_f64(seconds.parse()?)? };
        let answered =
            answer(&question).unwrap_or_else(|error| serde_json::json!({ "error": error.to_string() }));
        println!("{answered}");
    }
    Ok(())
}
