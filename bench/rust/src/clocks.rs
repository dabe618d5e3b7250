//! The clocks of a measurement.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// The processor time of this process: what other processes do on the machine does not count in it.
pub(crate) fn processor() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = Duration::from_secs(time.tv_sec.unsigned_abs());
    seconds.saturating_add(Duration::from_nanos(time.tv_nsec.unsigned_abs()))
}

/// A time that is being taken.
#[derive(Debug)]
pub(crate) struct Watch(Duration);

impl Watch {
    pub(crate) fn start() -> Self {
        Watch(processor())
    }

    pub(crate) fn taken(&self) -> Duration {
        processor().saturating_sub(self.0)
    }
}

/// The memory of this process that is in use, in bytes.
pub(crate) fn resident() -> crate::Result<usize> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    let kibibytes: usize = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kibibytes * 1024)
}
