//! The hot calls: one function with primitives and byte arrays, for what a till does all the time.
//!
//! Every structure that crosses by UniFFI costs microseconds, and a call of UniFFI has a structure for its status. Here a call
//! has a number, the number of the object it is about, and its arguments as bytes; the answer comes as bytes. The functions that
//! are called are those of the core, and errors cross whole.
//!
//! An answer begins with a byte that says what follows: [`DONE`] a result, [`FAILED`] an error of the core, [`CLOSED`] nothing,
//! since there is no object of this number, and [`DEFECT`] a text: the call was malformed, or the core panicked.

mod answer;
mod input;
mod kept;
mod objects;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::slice;

pub(crate) use answer::{Answer, Put};
pub(crate) use input::{Input, Take};
pub(crate) use objects::Numbered;

use crate::{amount, codes, engine, keys, merchant, message, request, shop};

/// A result follows.
const DONE: u8 = 0;
/// An error of the core follows.
const FAILED: u8 = 1;
/// There is no such object, or not any more.
const CLOSED: u8 = 2;
/// The call was malformed, or the core panicked: a text follows.
const DEFECT: u8 = 3;

/// Why a call has no result.
pub(crate) enum Stopped {
    /// The core's error.
    Failed(Box<alipay_instore::Error>),
    /// There is no object of this number.
    Closed,
    /// The bytes are not those of this call.
    Malformed,
}

impl From<alipay_instore::Error> for Stopped {
    fn from(error: alipay_instore::Error) -> Self {
        Stopped::Failed(Box::new(error))
    }
}

/// What a call ends with; its result is in the [`Answer`].
pub(crate) type Outcome = Result<(), Stopped>;

type Call = fn(i64, Input<'_>, &mut Answer) -> Outcome;

/// Every call; its number is its place. Kotlin compares the names with its own when the library is loaded.
const CALLS: &[(&str, Call)] = &[
    ("LIBRARY", library),
    ("KEPT", kept::take),
    ("AMOUNT_FROM_MAJOR", amount::from_major),
    ("AMOUNT_FROM_MINOR", amount::from_minor),
    ("AMOUNT_TO_MAJOR", amount::to_major),
    ("WALLET_MINIMUM", amount::wallet_minimum),
    ("WALLET_STEP", amount::wallet_step),
    ("PAYMENT_CODE", codes::read),
    ("SCAN", codes::scan),
    ("SCANNED_LINES", codes::push),
    ("SCANNED_LINES_END", codes::finish),
    ("ROUTE", codes::route),
    ("ROUTE_MANY", codes::route_many),
    ("SIGN", keys::sign),
    ("VERIFY", keys::verify),
    ("SIGN_REQUEST", merchant::sign_request),
    ("VERIFY_RESPONSE", merchant::verify_response),
    ("VERIFY_ANSWER", merchant::verify_answer),
    ("VERIFY_NOTIFICATION", merchant::verify_notification),
    ("VERIFY_ROUTED", merchant::verify_routed),
    ("ACKNOWLEDGE", merchant::acknowledge),
    ("REFUSE", message::refuse),
    ("NEW_PAYMENT_REQUEST_ID", request::new_payment_request_id),
    ("SALE_REQUEST", shop::sale_request),
    ("RFC3339", request::rfc3339),
    ("PARSE_TIME", request::parse_time),
    ("ENGINE_CALL", engine::call),
    ("ENGINE_NOTIFIED", engine::notified),
    ("ENGINE_BEGIN", engine::begin),
    ("ENGINE_PERFORMED", engine::performed),
    ("ENGINE_SIGN", engine::sign),
    ("ENGINE_ANSWERED", engine::answered),
    ("ENGINE_UNANSWERED", engine::unanswered),
    ("ENGINE_TIME", engine::time),
    ("ENGINE_STOP", engine::stop),
    ("ENGINE_GATEWAY_TIME", engine::gateway_time),
    ("ENGINE_HEAR", engine::hear),
];

/// The version of this library and the names of its calls; the Kotlin package refuses others than its own.
fn library(_: i64, input: Input<'_>, answer: &mut Answer) -> Outcome {
    input.all::<()>()?;
    env!("CARGO_PKG_VERSION").put(answer);
    answer.list(CALLS.iter().map(|(name, _)| *name));
    Ok(())
}

/// Carries out a call, and says how many bytes of `output` its answer fills.
///
/// -1 stands for arrays that can't be used: a length below zero, a null pointer, or an `output` below [`kept::TICKET`] bytes. -2
/// stands for an answer that is longer than `output`: it is kept, and the call `KEPT` fetches it by the number that `output`
/// begins with; its length follows there.
///
/// # Safety
///
/// `input` is null or begins `input_length` bytes that can be read, and `output` is null or begins `output_length` bytes that
/// can be written; nobody else uses them meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn alipay_instore_call(
    call: i32,
    object: i64,
    input: *const u8,
    input_length: i32,
    output: *mut u8,
    output_length: i32,
) -> i32 {
    let (Ok(input_length), Ok(output_length)) =
        (usize::try_from(input_length), usize::try_from(output_length))
    else {
        return -1;
    };
    if (input.is_null() && input_length > 0) || output.is_null() || output_length < kept::TICKET {
        return -1;
    }
    // SAFETY: the pointers are not null, and the caller vouches for the lengths.
    let (input, output) = unsafe {
        let input = if input_length == 0 { &[] } else { slice::from_raw_parts(input, input_length) };
        (input, slice::from_raw_parts_mut(output, output_length))
    };
    let answer = answered(call, object, input);
    match output.get_mut(..answer.len()) {
        Some(room) => {
            room.copy_from_slice(&answer);
            // No longer than `output`, whose length was an i32.
            i32::try_from(answer.len()).unwrap_or(-1)
        }
        None => kept::keep(answer, output),
    }
}

fn answered(call: i32, object: i64, input: &[u8]) -> Vec<u8> {
    let mut answer = Answer::beginning(DONE);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let known = usize::try_from(call).ok().and_then(|number| CALLS.get(number));
        let (_, call) = known.ok_or(Stopped::Malformed)?;
        call(object, Input::new(input), &mut answer)
    }));
    match outcome {
        Ok(Ok(())) => answer.into_bytes(),
        Ok(Err(Stopped::Failed(error))) => Answer::of(FAILED, &*error),
        Ok(Err(Stopped::Closed)) => Answer::beginning(CLOSED).into_bytes(),
        Ok(Err(Stopped::Malformed)) => {
            Answer::of(DEFECT, &"the native library was called with bytes it does not know")
        }
        Err(panic) => {
            let text = panic.downcast_ref::<&str>().copied();
            let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
            Answer::of(DEFECT, &text.unwrap_or("the native library panicked"))
        }
    }
}
