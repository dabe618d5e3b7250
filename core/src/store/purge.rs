//! How long a finished record is needed.

use std::time::Duration;

/// For so long after a payment was made its record is never purged: 365 days. Within that time a refund may be asked for,
/// and a refund needs the record, since the sum of all refunds is kept there.
pub const REFUND_WINDOW: Duration = Duration::from_secs(365 * 24 * 60 * 60);
