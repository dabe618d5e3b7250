//! What can be changed while the sandbox runs.

use serde::{Deserialize, Serialize};

/// How the gateway behaves towards everybody. `POST /sandbox/settings` changes the members that it names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Notifications are signed over the path of the notify URL with its query. The real gateway leaves the
    /// query out.
    pub sign_query: bool,
    /// The fixed test codes too are good for one payment each, like every other code.
    pub every_code_once: bool,
    /// How far the clock that stamps answers and notifications is ahead of sandbox time, in milliseconds; behind
    /// if negative. Expiries and windows still go by sandbox time.
    pub clock_off_ms: i64,
    /// How many nodes take turns in answering.
    pub nodes: u32,
    /// How far the clock of the last of several nodes is off, beside `clock_off_ms`.
    pub node_off_ms: i64,
    /// A connection that was idle for this many milliseconds of sandbox time is reset by its next request, which is
    /// not carried out.
    pub idle_reset_ms: Option<u64>,
    /// Where AMS refunds are notified whose request names no `refundNotifyUrl`.
    pub refund_notify_url: Option<String>,
}

impl Default for Settings {
    /// Everything as with the real gateways.
    fn default() -> Self {
        Settings {
            sign_query: false,
            every_code_once: false,
            clock_off_ms: 0,
            nodes: 1,
            node_off_ms: 0,
            idle_reset_ms: None,
            refund_notify_url: None,
        }
    }
}

impl Settings {
    /// The settings with the members changed that a JSON object names; `null` makes one as it is by default.
    pub(crate) fn changed(&self, wish: &serde_json::Value) -> Result<Settings, String> {
        let usual = serde_json::to_value(Settings::default()).map_err(|error| error.to_string())?;
        let mut all = serde_json::to_value(self).map_err(|error| error.to_string())?;
        let (Some(members), Some(wishes)) = (all.as_object_mut(), wish.as_object()) else {
            return Err("the body is not a JSON object".into());
        };
        for (name, value) in wishes {
            let value = if value.is_null() { usual.get(name).unwrap_or(value) } else { value };
            members.insert(name.clone(), value.clone());
        }
        serde_json::from_value(all).map_err(|error| error.to_string())
    }

    /// How far the clock is off that stamps the answer of this number.
    pub(crate) fn off_ms(&self, number: u64) -> i64 {
        let last = u64::from(self.nodes.max(1)).saturating_sub(1);
        let node = number.checked_rem(u64::from(self.nodes)).unwrap_or(0);
        let own = if self.nodes > 1 && node == last { self.node_off_ms } else { 0 };
        self.clock_off_ms.saturating_add(own)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_change_touches_what_it_names() {
        let changed = Settings::default().changed(&json!({"sign_query": true, "clock_off_ms": -5})).unwrap();
        assert_eq!(changed, Settings { sign_query: true, clock_off_ms: -5, ..Settings::default() });
        let back = changed.changed(&json!({"clock_off_ms": null})).unwrap();
        assert_eq!(back, Settings { sign_query: true, ..Settings::default() });
        for bad in
            [json!({"sign_queries": true}), json!({"nodes": -1}), json!({"sign_query": "yes"}), json!([])]
        {
            assert!(Settings::default().changed(&bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn one_of_several_nodes_is_off() {
        let settings = Settings { clock_off_ms: 10, nodes: 3, node_off_ms: 100, ..Settings::default() };
        let stamps: Vec<i64> = (0..6).map(|number| settings.off_ms(number)).collect();
        assert_eq!(stamps, [10, 10, 110, 10, 10, 110]);
        assert_eq!(Settings { nodes: 0, node_off_ms: 100, ..Settings::default() }.off_ms(1), 0);
    }
}
