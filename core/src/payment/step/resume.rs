//! After a restart: what was given out comes again, unless it is too late for it.

use std::time::Duration;

use super::{Action, Cancelling, Fate, Machine, Operation, Phase, Timer};

impl Machine<'_> {
    /// The last actions are given out again, and what was open may have been carried out before.
    pub(super) fn resumed(&mut self) {
        for send in &mut self.state.pay_sends {
            if matches!(send.fate, Fate::Open | Fate::Silent) {
                send.resumed = true;
            }
        }
        self.issued = self.state.take_issued();
        if self.state.expiry.is_some_and(|expiry| self.now >= expiry) {
            self.close_open_pay();
        }
        self.ask_before_giving_up();
    }

    /// Pay is never sent at or after its expiry, not even as a copy. Its outcome has to be asked for.
    fn close_open_pay(&mut self) {
        self.issued
            .retain(|numbered| !matches!(numbered.action, Action::Send { operation: Operation::Pay, .. }));
        if !self.state.pay_open() {
            return;
        }
        for send in &mut self.state.pay_sends {
            if send.fate == Fate::Open {
                send.fate = Fate::Silent;
            }
        }
        if self.state.phase == Phase::Paying {
            self.begin_confirming(Duration::ZERO);
        }
    }

    /// What fell due while nobody was there to act on it is asked once more before it is given up.
    fn ask_before_giving_up(&mut self) {
        let answer_by = self.now.saturating_add(self.policy.reply_time);
        if self.state.timers.is_due(Timer::Exhausted, self.now) {
            self.ask_once_more();
        }
        match &mut self.state.phase {
            Phase::Cancelling(Cancelling::Repeating { .. }) => {
                let blamed = self.configuration_blamed().is_some();
                for timer in [Timer::CancelUnresolved, Timer::CancelWindow] {
                    let ends = timer == Timer::CancelWindow || blamed;
                    if ends && self.state.timers.is_due(timer, self.now) {
                        self.state.timers.set(timer, answer_by);
                        self.state.timers.set(Timer::Cancel, self.now);
                    }
                }
            }
            Phase::Refunding(course) => course.resumed(self.now),
            _ => {}
        }
    }
}
