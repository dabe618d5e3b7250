//! Counters and a histogram, for whatever recorder of the crate [`metrics`] the host has installed.
//!
//! | name | labels |
//! |---|---|
//! | `alipay_instore_requests_total` | `operation`; `answer`: `S`, `F`, `U`, `other`, or `none` |
//! | `alipay_instore_request_duration_seconds`, a histogram | `operation` |
//! | `alipay_instore_payments_total` | `outcome` |
//! | `alipay_instore_refunds_total` | `outcome` |
//! | `alipay_instore_reverses_total` | `outcome` |
//! | `alipay_instore_alerts_total` | `kind` |
//! | `alipay_instore_notifications_total` | |

use std::time::Duration;

use metrics::{counter, histogram};

use crate::gateway::Operation;
use crate::timeline::{TimelineEntry, TimelineEvent};

pub(super) fn count(step: &TimelineEntry) {
    match &step.event {
        TimelineEvent::Answered { operation, took, result_status, .. } => {
            // What the gateway says is no label as it is: each other text would be another series.
            let answer = match result_status.as_str() {
                "S" => "S",
                "F" => "F",
                "U" => "U",
                _ => "other",
            };
            request(*operation, answer, *took);
        }
        TimelineEvent::Unanswered { operation, took, .. } => request(*operation, "none", *took),
        TimelineEvent::Notified => counter!("alipay_instore_notifications_total").increment(1),
        TimelineEvent::Alerted { kind, .. } => {
            counter!("alipay_instore_alerts_total", "kind" => kind.as_str()).increment(1);
        }
        TimelineEvent::Concluded { outcome } => {
            counter!("alipay_instore_payments_total", "outcome" => outcome.as_str()).increment(1);
        }
        TimelineEvent::RefundConcluded { outcome, .. } => {
            counter!("alipay_instore_refunds_total", "outcome" => outcome.as_str()).increment(1);
        }
        TimelineEvent::ReverseConcluded { outcome } => {
            counter!("alipay_instore_reverses_total", "outcome" => outcome.as_str()).increment(1);
        }
        TimelineEvent::Sent { .. }
        | TimelineEvent::CancelRequested
        | TimelineEvent::Resumed
        | TimelineEvent::Presented { .. } => {}
    }
}

fn request(operation: Operation, answer: &'static str, took: Duration) {
    counter!("alipay_instore_requests_total", "operation" => operation.as_str(), "answer" => answer)
        .increment(1);
    histogram!("alipay_instore_request_duration_seconds", "operation" => operation.as_str()).record(took);
}

#[cfg(test)]
mod tests {
    use metrics_util::debugging::{DebugValue, DebuggingRecorder};

    use super::*;
    use crate::payment::{AlertKind, Outcome};
    use crate::time::Timestamp;

    #[test]
    fn steps_are_counted() {
        let recorder = DebuggingRecorder::new();
        let snapshots = recorder.snapshotter();
        let answered = |result_status: &str| TimelineEvent::Answered {
            operation: Operation::Inquiry,
            send_id: 1,
            took: Duration::from_millis(1_500),
            result_status: result_status.into(),
            result_code: "SUCCESS".into(),
            payment_status: None,
            tracer_id: None,
            text_replaced: false,
        };
        let events = [
            answered("S"),
            answered("S"),
            answered("<a text of the gateway>"),
            TimelineEvent::Alerted { kind: AlertKind::ClockSkew, detail: String::new() },
            TimelineEvent::Concluded { outcome: Outcome::Succeeded },
        ];
        metrics::with_local_recorder(&recorder, || {
            for event in events {
                count(&TimelineEntry {
                    at: Timestamp::from_millis(0),
                    elapsed: Duration::from_millis(0),
                    event,
                });
            }
        });
        let mut seen: Vec<String> = snapshots
            .snapshot()
            .into_vec()
            .into_iter()
            .map(|(key, _, _, value)| {
                let (_, key) = key.into_parts();
                let labels: Vec<_> =
                    key.labels().map(|label| format!("{}={}", label.key(), label.value())).collect();
                let value = match value {
                    DebugValue::Counter(count) => count.to_string(),
                    DebugValue::Histogram(values) => format!("{values:?}"),
                    DebugValue::Gauge(_) => "a gauge".to_owned(),
                };
                format!("{}{{{}}} {value}", key.name(), labels.join(","))
            })
            .collect();
        seen.sort_unstable();
        assert_eq!(
            seen,
            [
                "alipay_instore_alerts_total{kind=clock_skew} 1",
                "alipay_instore_payments_total{outcome=succeeded} 1",
                "alipay_instore_request_duration_seconds{operation=inquiry} [1.5, 1.5, 1.5]",
                "alipay_instore_requests_total{operation=inquiry,answer=S} 2",
                "alipay_instore_requests_total{operation=inquiry,answer=other} 1",
            ]
        );
    }
}
