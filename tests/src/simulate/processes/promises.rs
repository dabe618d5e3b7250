//! What callers were told about one payment, held against the ledger of the gateway.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use alipay_instore::engine::CallResult;
use alipay_instore::error::{Error, ErrorCode};
use alipay_instore::gateway::Operation;
use alipay_instore::payment::{AlertKind, Outcome};
use alipay_instore::refund::RefundOutcome;
use alipay_instore::reverse::ReverseOutcome;
use alipay_instore::store::{Part, PaymentRecord};
use alipay_instore_sandbox::Standing;

use super::cashier::Asked;
use super::storage::Storage;

/// The name of a broken promise.
pub type Broken = &'static str;

/// An end that a caller was told.
#[derive(Debug)]
struct Told {
    outcome: Outcome,
    /// Whether it was told as stored.
    stored: bool,
    /// Which process told it.
    by: usize,
    /// That process was killed before the store had it: nobody but the caller knows.
    lost: bool,
}

/// What is known of one payment from outside.
#[derive(Debug, Default)]
pub struct Promises {
    pay_body: Option<String>,
    /// Once a cancel has left: the requests of pay that were stored by then.
    pays: Option<HashSet<u32>>,
    /// A request of pay reached the network.
    pub pay_left: bool,
    told: Vec<Told>,
    /// A caller was told that nothing was charged, and nobody has tried since.
    told_uncharged: bool,
    /// What was asked to be given back, by the id of the refund.
    pub refunds_asked: HashMap<String, u64>,
    refunds_made: HashSet<String>,
    reversed: bool,
    /// Somebody asked for a reverse.
    pub reverse_asked: bool,
    /// A caller asked for it by an id of a refund, or for the whole.
    pub settled: bool,
}

impl Promises {
    /// A request leaves a process.
    ///
    /// # Errors
    /// The promise that is broken.
    pub fn leaves(
        &mut self,
        storage: &Storage,
        id: &Arc<str>,
        operation: Operation,
        body: &str,
        (part, send_id): (&Part, u32),
    ) -> Result<(), Broken> {
        let inquiry = matches!(operation, Operation::Inquiry | Operation::RefundInquiry);
        if !inquiry && !storage.holds(id, part, send_id) {
            return Err("pay, cancel or refund was sent before it was stored");
        }
        match operation {
            Operation::Pay => {
                if self.pay_body.get_or_insert_with(|| body.to_owned()) != body {
                    return Err("3: pay was sent with another body");
                }
                if self.pays.as_ref().is_some_and(|pays| !pays.contains(&send_id)) {
                    return Err("4: pay was decided after a cancel");
                }
            }
            Operation::Cancel if *part == Part::Payment => {
                self.pays.get_or_insert_with(|| storage.pays(id));
            }
            _ => {}
        }
        Ok(())
    }

    /// A caller asks for a payment again.
    pub fn is_asked_again(&mut self) {
        self.told_uncharged = false;
    }

    /// A process is killed. What it told before it was stored is known only to the caller, who was told of that too.
    pub fn is_killed(&mut self, process: usize, record: Option<&PaymentRecord>) {
        let knows = record.is_some_and(|record| has_alert(record, AlertKind::NotStored));
        for told in self.told.iter_mut().filter(|told| told.by == process && !told.stored) {
            told.lost |= !knows;
        }
    }

    /// A caller is told something, by this process.
    ///
    /// # Errors
    /// The promise that is broken.
    pub fn tells(
        &mut self,
        by: usize,
        asked: &Asked,
        result: &Result<CallResult, Error>,
        standing: Option<&Standing>,
    ) -> Result<(), Broken> {
        let net = standing.map_or(0, |standing| standing.net);
        match result {
            Ok(CallResult::Payment(report)) => {
                if let Some(outcome) = &report.outcome {
                    if !report.stored && report.alerts.iter().all(|alert| alert.kind != AlertKind::NotStored)
                    {
                        return Err("an end was told that is not stored, without its alert");
                    }
                    let (outcome, stored) = (outcome.clone(), report.stored);
                    self.told.push(Told { outcome, stored, by, lost: false });
                }
                if let Some(outcome) = &report.outcome {
                    if *outcome == Outcome::Succeeded
                        && standing.is_none_or(|standing| standing.captured == 0)
                    {
                        return Err("1: paid was told, and nothing was taken");
                    }
                } else if !report.may_have_charged && net > 0 && self.pay_left {
                    return Err("money moved, and a result says that it did not");
                }
            }
            Ok(CallResult::Refund(report)) => {
                if report.outcome == Some(RefundOutcome::Refunded) {
                    self.refunds_made.insert(report.refund_request_id.clone());
                }
            }
            Ok(CallResult::Reverse(report)) => {
                self.reversed |= report.outcome == Some(ReverseOutcome::Reversed);
            }
            Ok(_) => {}
            Err(error) => {
                if error.code() == ErrorCode::StoreConflict {
                    return Err("a conflict reached a caller");
                }
                if !asked.expects(error.code()) {
                    return Err("a caller was told an error that does not fit");
                }
                // What was not stored when it was looked for may be stored and sent by now, for somebody else.
                let unknown = error.code() == ErrorCode::RequestUnknownPayment;
                if !error.may_have_charged() && !unknown {
                    if net > 0 {
                        return Err("money moved, and an error says that it did not");
                    }
                    self.told_uncharged = matches!(asked, Asked::Pay);
                }
            }
        }
        Ok(())
    }

    /// Everything has landed: record, ledger and what was told have to agree.
    ///
    /// # Errors
    /// The promise that is broken.
    pub fn at_the_end(
        &self,
        record: Option<&PaymentRecord>,
        standing: Option<&Standing>,
        ours: u128,
    ) -> Result<(), Broken> {
        let (captured, net, refunded) =
            standing.map_or((0, 0, 0), |standing| (standing.captured, standing.net, standing.refunded));
        let back = standing.map_or(0, |standing| standing.reversed.saturating_add(standing.refunded));
        if back > captured {
            return Err("7: more was given back than was taken");
        }
        if self.told_uncharged && net > 0 {
            return Err("money moved, and the last error says that it did not");
        }
        let Some(record) = record else {
            return if captured == 0 { Ok(()) } else { Err("money was taken, and no record knows of it") };
        };
        if !record.is_finished() {
            return Err("6: a record never ended");
        }
        let Some(outcome) = record.payment().outcome() else { return Err("6: a payment never ended") };
        if captured != 0 && captured != ours {
            return Err("7: another amount was taken");
        }
        let asked: u128 = self.refunds_asked.values().map(|value| u128::from(*value)).sum();
        let own = !matches!(outcome, Outcome::Succeeded);
        if refunded > asked && !self.reverse_asked && !own {
            return Err("7: more was refunded than anybody asked for");
        }
        match outcome {
            Outcome::Succeeded if captured != ours => return Err("7: success, but the ledger disagrees"),
            Outcome::Succeeded if !self.settled && net != ours => {
                return Err("7: success, and nobody asked for money back, but it was given");
            }
            Outcome::Failed { .. } | Outcome::Cancelled | Outcome::Refunded if net != 0 => {
                return Err("7: given up, but the money was kept");
            }
            Outcome::Refunded if captured == 0 => return Err("7: refunded, but nothing was taken"),
            _ => {}
        }
        if self.reversed && net != 0 {
            return Err("7: reversed was told, but the money was kept");
        }
        let made: u128 = self
            .refunds_made
            .iter()
            .filter_map(|id| self.refunds_asked.get(id))
            .map(|value| u128::from(*value))
            .sum();
        if made > refunded.saturating_add(standing.map_or(0, |standing| standing.reversed)) {
            return Err("7: a refund was told, and not made");
        }
        // An end that is not stored may be overtaken; then the record says what was told.
        let kept = |told: &Told| match told.stored {
            true => told.outcome == *outcome,
            false => {
                told.outcome.as_str() == outcome.as_str()
                    || told.lost
                    || has_alert(record, AlertKind::NotStored)
                        && has_alert(record, AlertKind::ConflictingEvidence)
            }
        };
        match self.told.iter().all(kept) {
            true => Ok(()),
            false => Err("5: a caller was told another outcome than the store has"),
        }
    }
}

fn has_alert(record: &PaymentRecord, kind: AlertKind) -> bool {
    record.alerts().iter().any(|alert| alert.kind == kind)
}
