//! When answers were signed: what that says about the clocks, and about the answers.

use super::{AlertKind, Machine, Named, Reading, Timing};

impl Machine<'_> {
    /// Expiry, margin and windows are judged by our clock, so a difference above the margin has to be known.
    pub(super) fn compare_clocks(&mut self, timing: Timing) {
        let Some(signed_at) = timing.signed_at else { return };
        let (ahead, behind) = (self.now.saturating_since(signed_at), signed_at.saturating_since(self.now));
        let off = ahead.max(behind);
        if off > self.policy.clock_margin {
            let side = if behind.is_zero() { "ahead of" } else { "behind" };
            let seconds = off.as_secs();
            self.alert(
                AlertKind::ClockSkew,
                &format!("our clock is {seconds} s {side} the gateway's: set it right"),
            );
        }
    }

    /// An answer that was signed long before its request was sent, and that names nothing of ours, can be a recording
    /// of an answer to somebody else. One that names us was signed for this payment, and counts.
    pub(super) fn is_recording(&mut self, reading: &Reading<'_>, timing: Timing) -> bool {
        let order = &self.state.order;
        let known = self.state.facts.payment_id.as_deref();
        let ours = reading.names_payment(&order.payment_request_id) == Named::Ours
            || reading.names_refund(&order.refund_request_id) == Named::Ours
            || known.is_some_and(|known| reading.payment_id().as_deref() == Some(known));
        let recording = timing.stale && !ours;
        if recording {
            self.alert(
                AlertKind::StaleAnswer,
                "an answer that names no payment was signed long before its request was sent; it was not used",
            );
        }
        recording
    }
}
