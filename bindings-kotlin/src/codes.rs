//! Payment codes and their routes.

use std::sync::{Mutex, MutexGuard, PoisonError};

use alipay_instore::payment_code::{self, PaymentCode};
use alipay_instore::{Result, routing, wallet};
use zeroize::Zeroizing;

use crate::failure;
use crate::flat::{Answer, Input, Numbered, Outcome, Put};

/// Checks a scanned text.
pub(crate) fn read(_: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    PaymentCode::new(input.all()?)?.put(answer);
    Ok(())
}

/// Reads what a scanner or a cashier delivered.
pub(crate) fn scan(_: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    PaymentCode::from_scan(Zeroizing::new(input.all::<&[u8]>()?.to_vec()))?.put(answer);
    Ok(())
}

/// The codes of a stream that never ends.
#[derive(uniffi::Object)]
pub struct ScannedLines(Numbered<Mutex<payment_code::ScannedLines>>);

#[uniffi::export]
impl ScannedLines {
    /// A reader at the beginning of a line.
    #[uniffi::constructor]
    #[allow(clippy::new_without_default, reason = "UniFFI calls the constructor by its name")]
    pub fn new() -> Self {
        ScannedLines(Numbered::new(Mutex::new(payment_code::ScannedLines::new())))
    }

    /// The number by which flat calls name it.
    pub fn number(&self) -> i64 {
        self.0.number()
    }
}

/// Takes what arrived, and gives the lines that ended with it.
pub(crate) fn push(object: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let lines = Numbered::<Mutex<payment_code::ScannedLines>>::find(object)?;
    let read = locked(&lines).push(input.all()?);
    answer.list(read.iter().map(Line));
    Ok(())
}

/// Ends the line that is begun.
pub(crate) fn finish(object: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    input.all::<()>()?;
    let lines = Numbered::<Mutex<payment_code::ScannedLines>>::find(object)?;
    let read = locked(&lines).finish();
    read.as_ref().map(Line).put(answer);
    Ok(())
}

fn locked(lines: &Mutex<payment_code::ScannedLines>) -> MutexGuard<'_, payment_code::ScannedLines> {
    lines.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A line of a scanner: a code, or why it is none.
struct Line<'a>(&'a Result<PaymentCode>);

impl Put for Line<'_> {
    fn put(&self, answer: &mut Answer) {
        self.0.is_ok().put(answer);
        match self.0 {
            Ok(code) => code.put(answer),
            Err(error) => error.put(answer),
        }
    }
}

/// The name of the wallet with this `pspId`.
#[uniffi::export]
pub fn wallet_of_psp_id(psp_id: String) -> Option<String> {
    wallet::of_psp_id(&psp_id).map(str::to_owned)
}

/// Routes codes by one configuration.
#[derive(uniffi::Object)]
pub struct Router(Numbered<routing::Router>);

#[uniffi::export]
impl Router {
    /// Reads the JSON of a configuration.
    #[uniffi::constructor]
    pub fn from_json(text: String) -> failure::Result<Self> {
        Ok(Router(Numbered::new(routing::Router::from_json(&text)?)))
    }

    /// The number by which flat calls name it.
    pub fn number(&self) -> i64 {
        self.0.number()
    }
}

impl Put for routing::Route<'_> {
    fn put(&self, answer: &mut Answer) {
        self.target.put(answer);
        self.wallet.put(answer);
        self.rule.put(answer);
        answer.list(self.alternatives.iter());
    }
}

/// Routes a scanned text.
pub(crate) fn route(object: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    let router = Numbered::<routing::Router>::find(object)?;
    router.route(input.all()?)?.put(answer);
    Ok(())
}

/// Routes many: for each code a number, from 0 up for the routes that follow, and from -1 down for the errors behind them.
pub(crate) fn route_many(object: i64, mut input: Input<'_>, answer: &mut Answer) -> Outcome {
    let router = Numbered::<routing::Router>::find(object)?;
    let count = input.count()?;
    let (mut routes, mut errors, mut numbers) = (Vec::new(), Vec::new(), Vec::with_capacity(count));
    for _ in 0..count {
        numbers.push(match router.route(input.next()?) {
            Ok(route) => number(&mut routes, route),
            Err(error) => {
                errors.push(error);
                -i32::try_from(errors.len()).unwrap_or(i32::MAX)
            }
        });
    }
    input.end()?;
    answer.list(numbers.into_iter());
    answer.list(routes.iter());
    answer.list(errors.iter());
    Ok(())
}

/// A configuration has few routes, so they are looked through from the first to the last.
fn number<'r>(routes: &mut Vec<routing::Route<'r>>, route: routing::Route<'r>) -> i32 {
    let known = routes.iter().position(|known| *known == route);
    let place = known.unwrap_or_else(|| {
        routes.push(route);
        routes.len() - 1
    });
    i32::try_from(place).unwrap_or(i32::MAX)
}
