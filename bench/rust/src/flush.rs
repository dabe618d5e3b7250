//! How many small writes a second the disk makes durable, one after the other.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::Result;
use crate::questions::answer_each;

/// What the record of a payment has.
const BYTES: usize = 2_048;

pub(crate) fn answer(folder: &Path) -> Result<()> {
    let path = folder.join("flushed");
    let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
    answer_each(|question| {
        let (begun, mut times) = (Instant::now(), Vec::new());
        while begun.elapsed() < question.time {
            let one = Instant::now();
            file.write_all(&[b'x'; BYTES])?;
            file.sync_data()?;
            times.push(one.elapsed());
        }
        let per_second = times.len() as f64 / begun.elapsed().as_secs_f64();
        times.sort_unstable();
        let at = |part: usize| times.get(times.len() * part / 100).copied().unwrap_or(Duration::ZERO);
        let (p50, p99) = (at(50).as_secs_f64() * 1e3, at(99).as_secs_f64() * 1e3);
        Ok(serde_json::json!({ "per_second": per_second, "p50_ms": p50, "p99_ms": p99 }))
    })
}
