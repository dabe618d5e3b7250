//! Whether what the tills believe is what the gateway's ledger says. The ledger is read as plain JSON.

use serde_json::{Value, json};

use super::case::{Ended, PRICE, Story};

/// One payment, compared.
pub(crate) struct Row {
    name: &'static str,
    protocol: &'static str,
    id: String,
    pub(crate) outcome: &'static str,
    standing: Standing,
    /// What disagrees, if anything does.
    pub(crate) wrong: Option<String>,
}

/// Where the money is, by the ledger; all zero for a payment that never arrived there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Standing {
    entries: usize,
    state: String,
    captured: u64,
    reversed: u64,
    refunded: u64,
    net: u64,
}

impl Standing {
    fn of(ledger: &Value, protocol: &str, id: &str) -> Self {
        let entries: Vec<&Value> = payments(ledger)
            .filter(|entry| text(entry, "protocol") == protocol && text(entry, "payment_request_id") == id)
            .collect();
        let Some(entry) = entries.first() else { return Standing::default() };
        Standing {
            entries: entries.len(),
            state: text(entry, "state").to_owned(),
            captured: number(entry, "captured"),
            reversed: number(entry, "reversed"),
            refunded: number(entry, "refunded"),
            net: number(entry, "net"),
        }
    }
}

/// A payment is paid if and only if the ledger took the money exactly once and gave back nothing but what the till
/// refunded; it is not paid if and only if the ledger's net is zero.
pub(crate) fn compare(ended: &Ended, ledger: &Value) -> Row {
    let case = &ended.case;
    let (protocol, outcome) = (case.protocol.as_str(), ended.outcome());
    let standing = Standing::of(ledger, protocol, case.id.as_str());
    let mut wrong = judge(outcome, &standing, ended.refunded);
    if wrong.is_none() && outcome != case.expected() {
        wrong = Some(format!("it should have ended as {}", case.expected()));
    }
    if wrong.is_none() {
        wrong = story(ended, &standing, ledger);
    }
    Row { name: case.name, protocol, id: case.id.to_string(), outcome, standing, wrong }
}

fn judge(outcome: &str, standing: &Standing, refunded: u64) -> Option<String> {
    if standing.entries > 1 {
        return Some(format!("the ledger holds {} payments of this id", standing.entries));
    }
    match outcome {
        "paid" => {
            let kept = PRICE.saturating_sub(refunded);
            let agrees = standing.captured == PRICE
                && standing.reversed == 0
                && standing.refunded == refunded
                && standing.net == kept;
            (!agrees).then(|| "paid, but the ledger does not hold the money".to_owned())
        }
        "failed" | "cancelled" | "refunded" | "reversed" => {
            (standing.net != 0).then(|| "not paid, but the ledger holds money".to_owned())
        }
        "unresolved" => None,
        _ => Some("the till ended with an error".to_owned()),
    }
}

/// What the stories are told for.
fn story(ended: &Ended, standing: &Standing, ledger: &Value) -> Option<String> {
    let (holds, what) = match ended.case.story {
        Story::Code(_) => return None,
        Story::Notified => {
            let acknowledged = list(ledger, "notifications").any(|entry| {
                text(entry, "payment_request_id") == ended.case.id.as_str()
                    && entry.get("acknowledged_ms").is_some_and(Value::is_number)
            });
            (acknowledged, "no notification of it was acknowledged")
        }
        Story::Expires => (standing.captured == 0, "money was taken after the end"),
        Story::RefundInTwoParts => (standing.refunded == PRICE, "not all of it was given back"),
        Story::Reversed => (
            standing.captured == PRICE && standing.reversed == PRICE && standing.refunded == 0,
            "it was not given back by a cancel",
        ),
        Story::ReversedLate => (
            standing.captured == PRICE && standing.refunded == PRICE && standing.reversed == 0,
            "it was not given back by one refund",
        ),
        Story::CancelCrosses => {
            (standing.captured == PRICE && standing.reversed == PRICE, "the payment did not cross the cancel")
        }
    };
    (!holds).then(|| what.to_owned())
}

/// Payments in the ledger that no till made.
pub(crate) fn strangers(ended: &[Ended], ledger: &Value) -> Vec<String> {
    payments(ledger)
        .map(|entry| text(entry, "payment_request_id"))
        .filter(|id| !ended.iter().any(|ended| ended.case.id.as_str() == *id))
        .map(str::to_owned)
        .collect()
}

/// The rows as a table.
pub(crate) fn table(rows: &[Row]) -> String {
    let width = rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
    let mut lines = vec![format!(
        "  {:width$}  {:11}  {:10}  {:10}  {:>8}  {:>8}  {:>8}  {:>5}",
        "behaviour", "protocol", "till", "ledger", "captured", "reversed", "refunded", "net"
    )];
    for row in rows {
        let Standing { state, captured, reversed, refunded, net, .. } = &row.standing;
        let state = if state.is_empty() { "no entry" } else { state };
        lines.push(format!(
            "  {:width$}  {:11}  {:10}  {state:10}  {captured:>8}  {reversed:>8}  {refunded:>8}  {net:>5}  {}",
            row.name,
            row.protocol,
            row.outcome,
            row.wrong.as_ref().map_or_else(|| "agrees".to_owned(), |wrong| format!("DISAGREES: {wrong}")),
        ));
    }
    lines.join("\n")
}

impl Row {
    /// The row as JSON.
    pub(crate) fn json(&self) -> Value {
        json!({
            "behaviour": self.name,
            "protocol": self.protocol,
            "payment_request_id": self.id,
            "outcome": self.outcome,
            "ledger": {
                "entries": self.standing.entries,
                "state": self.standing.state,
                "captured": self.standing.captured.to_string(),
                "reversed": self.standing.reversed.to_string(),
                "refunded": self.standing.refunded.to_string(),
                "net": self.standing.net.to_string(),
            },
            "agrees": self.wrong.is_none(),
            "wrong": self.wrong,
        })
    }
}

fn payments(ledger: &Value) -> impl Iterator<Item = &Value> {
    list(ledger, "payments")
}

fn list<'a>(ledger: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    ledger.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(entry: &'a Value, name: &str) -> &'a str {
    entry.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A number that can't be read must not look like no money at all.
fn number(entry: &Value, name: &str) -> u64 {
    text(entry, name).parse().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(captured: u64, reversed: u64, refunded: u64) -> Standing {
        let net = captured - reversed - refunded;
        Standing { entries: 1, state: String::new(), captured, reversed, refunded, net }
    }

    #[test]
    fn paid_means_captured_once_and_kept() {
        assert_eq!(judge("paid", &standing(PRICE, 0, 0), 0), None);
        assert_eq!(judge("paid", &standing(PRICE, 0, 500), 500), None);
        for wrong in
            [standing(0, 0, 0), standing(2 * PRICE, 0, 0), standing(PRICE, PRICE, 0), standing(PRICE, 0, 1)]
        {
            assert!(judge("paid", &wrong, 0).is_some(), "{wrong:?}");
        }
    }

    #[test]
    fn not_paid_means_nothing_is_kept() {
        for outcome in ["failed", "cancelled", "refunded"] {
            assert_eq!(judge(outcome, &Standing::default(), 0), None);
            assert_eq!(judge(outcome, &standing(PRICE, PRICE, 0), 0), None);
            assert!(judge(outcome, &standing(PRICE, 0, 0), 0).is_some());
        }
        assert!(judge("error", &Standing::default(), 0).is_some());
    }

    #[test]
    fn a_ledger_is_read_strictly() {
        let ledger = json!({"payments": [
            {"protocol": "ams", "payment_request_id": "p", "state": "succeeded", "captured": "1999",
             "reversed": "0", "refunded": "0", "net": 1999},
        ]});
        assert_eq!(Standing::of(&ledger, "ams", "p").net, u64::MAX);
        assert_eq!(Standing::of(&ledger, "alipay_plus", "p"), Standing::default());
    }
}
