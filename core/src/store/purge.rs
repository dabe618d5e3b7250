//! How long a finished record is needed.

/// For so long after a payment was made its record is never purged, in milliseconds: 365 days. Within that time a
/// refund may be asked for, and a refund needs the record, since the sum of all refunds is kept there.
pub const REFUND_WINDOW: i64 = 365 * 24 * 60 * 60 * 1_000;
