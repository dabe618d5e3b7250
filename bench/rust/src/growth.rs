//! Payments that wait: the memory of each, and what a tick costs.
//!
//! Nothing is awaited and no socket is open: what is measured is the engine and the memory store. All but a few payments
//! begin half an interval later, so that at the tick that is timed only those few are due.

use std::time::Duration;

use alipay_instore::engine::{Input, Limits};
use alipay_instore::gateway::Operation;

use crate::Result;
use crate::clocks::{Watch, resident};
use crate::host::{Host, in_process};

/// So many are due at once at the most.
const DUE: u64 = 1_000;
const TICKS: u32 = 20_000;

pub(crate) fn measure(count: &str, form: bool) -> Result<()> {
    let count: u64 = count.parse()?;
    let mut host = Host::new(Limits { in_flight: usize::MAX / 2, per_second: u32::MAX, burst: u32::MAX })?;
    // What is made once is not a payment's: another one is begun before.
    begin(&mut host, 1, form)?;
    let before = resident()?;
    let due = DUE.min(count);
    let watch = Watch::start();
    begin(&mut host, due, form)?;
    host.time += 1_500;
    begin(&mut host, count - due, form)?;
    let begun = watch.taken();
    let memory = resident()?.saturating_sub(before);

    let idle = Watch::start();
    for _ in 0..TICKS {
        host.hand_in(Input::Time);
    }
    let idle = idle.taken();
    // Just before they are due, what is due by the second is done: the beat, and the look for what others saved.
    let wait = if form { 15_000 } else { 3_000 };
    host.time = wait - 1;
    host.hand_in(Input::Time);
    inquiries(&mut host)?;
    host.time += 2;
    let watch = Watch::start();
    host.hand_in(Input::Time);
    let tick = watch.taken();
    let woken = inquiries(&mut host)?;
    println!(
        "{}",
        serde_json::json!({
            "payments": count,
            "bytes_each": memory as f64 / count as f64,
            "memory": memory,
            "begin_us": begun.as_secs_f64() * 1e6 / count as f64,
            "idle_tick_us": idle.as_secs_f64() * 1e6 / f64::from(TICKS),
            "woken": woken,
            "tick_us": tick.as_secs_f64() * 1e6,
            "woken_us": tick.as_secs_f64() * 1e6 / (woken as f64).max(1.0),
        })
    );
    Ok(())
}

/// Each is told that it is in process, and waits for its first inquiry.
fn begin(host: &mut Host, count: u64, form: bool) -> Result<()> {
    for _ in 0..count {
        let code = (!form).then_some("281006020000000000125733");
        host.pay(code, Duration::ZERO)?;
        while let Some(posted) = host.posted.pop_front() {
            if posted.operation != Operation::Pay {
                return Err("an inquiry was sent while payments begin".into());
            }
            let answer = in_process(&posted.id, form)?;
            host.answer(posted.post, answer);
        }
        host.ended.clear();
    }
    Ok(())
}

/// Counts what was sent.
fn inquiries(host: &mut Host) -> Result<usize> {
    let mut count = 0;
    while let Some(posted) = host.posted.pop_front() {
        if posted.operation != Operation::Inquiry {
            return Err(format!("{} was sent instead of an inquiry", posted.operation.as_str()).into());
        }
        count += 1;
    }
    Ok(count)
}
