//! Every kind of the dialect and its members, for the tests.
//!
//! Generated from schema/dialect by `make generate`; do not edit.

/// A member of an object.
#[derive(Clone, Copy)]
pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) of: Of,
    /// Null, or left out of an event.
    pub(super) optional: bool,
}

/// What a member is.
#[derive(Clone, Copy)]
pub(super) enum Of {
    Text,
    Flag,
    Number,
    Message,
    Object,
    Texts,
    Words(&'static [&'static str]),
    Word(&'static [&'static str]),
    Record(&'static [Member]),
    Union(Union),
    Records(&'static [Member]),
    /// With the name of the tag.
    Unions(&'static str, Union),
}

/// The kinds of a union by their tags.
pub(super) type Union = &'static [(&'static str, &'static [Member])];

pub(super) const OUTCOME: Union = &[
    ("succeeded", &[]),
    ("failed", &[Member { name: "code", of: Of::Text, optional: false }]),
    ("cancelled", &[]),
    ("refunded", &[]),
    (
        "unresolved",
        &[Member {
            name: "reason",
            of: Of::Word(&[
                "id_taken",
                "amount_mismatch",
                "refund_consent",
                "cancel_window",
                "refund",
                "refund_failed",
                "configuration",
            ]),
            optional: false,
        }],
    ),
];

pub(super) const REFUND_OUTCOME: Union = &[
    ("refunded", &[]),
    ("order_cancelled", &[]),
    ("failed", &[Member { name: "code", of: Of::Text, optional: false }]),
    ("unresolved", &[]),
];

pub(super) const REVERSE_OUTCOME: Union = &[
    ("reversed", &[]),
    ("refused", &[Member { name: "code", of: Of::Text, optional: false }]),
    ("unresolved", &[]),
];

pub(super) const PAYMENT_EVENT: Union = &[
    ("begin", &[]),
    (
        "reply",
        &[
            Member { name: "send_id", of: Of::Number, optional: false },
            Member {
                name: "operation",
                of: Of::Word(&["pay", "inquiry", "cancel", "refund", "refund_inquiry", "notify"]),
                optional: false,
            },
            Member { name: "body", of: Of::Message, optional: false },
            Member { name: "signed_at", of: Of::Number, optional: true },
            Member { name: "stale", of: Of::Flag, optional: true },
        ],
    ),
    (
        "no_reply",
        &[
            Member { name: "send_id", of: Of::Number, optional: false },
            Member {
                name: "operation",
                of: Of::Word(&["pay", "inquiry", "cancel", "refund", "refund_inquiry", "notify"]),
                optional: false,
            },
            Member { name: "certainty", of: Of::Word(&["not_sent", "unknown"]), optional: true },
            Member { name: "unsigned_code", of: Of::Text, optional: true },
            Member { name: "wrong_key", of: Of::Flag, optional: true },
        ],
    ),
    ("notified", &[Member { name: "body", of: Of::Message, optional: false }]),
    ("resumed", &[]),
    ("tick", &[]),
    ("cancel_requested", &[]),
];

pub(super) const REFUND_EVENT: Union = &[
    ("begin", &[]),
    (
        "reply",
        &[
            Member { name: "send_id", of: Of::Number, optional: false },
            Member {
                name: "operation",
                of: Of::Word(&["pay", "inquiry", "cancel", "refund", "refund_inquiry", "notify"]),
                optional: false,
            },
            Member { name: "body", of: Of::Message, optional: false },
            Member { name: "signed_at", of: Of::Number, optional: true },
            Member { name: "stale", of: Of::Flag, optional: true },
        ],
    ),
    (
        "no_reply",
        &[
            Member { name: "send_id", of: Of::Number, optional: false },
            Member {
                name: "operation",
                of: Of::Word(&["pay", "inquiry", "cancel", "refund", "refund_inquiry", "notify"]),
                optional: false,
            },
            Member { name: "certainty", of: Of::Word(&["not_sent", "unknown"]), optional: true },
        ],
    ),
    ("notified", &[Member { name: "body", of: Of::Message, optional: false }]),
    ("resumed", &[]),
    ("tick", &[]),
];

pub(super) const REVERSE_EVENT: Union = &[
    ("begin", &[]),
    (
        "reply",
        &[
            Member { name: "send_id", of: Of::Number, optional: false },
            Member {
                name: "operation",
                of: Of::Word(&["pay", "inquiry", "cancel", "refund", "refund_inquiry", "notify"]),
                optional: false,
            },
            Member { name: "body", of: Of::Message, optional: false },
            Member { name: "signed_at", of: Of::Number, optional: true },
            Member { name: "stale", of: Of::Flag, optional: true },
        ],
    ),
    (
        "no_reply",
        &[
            Member { name: "send_id", of: Of::Number, optional: false },
            Member {
                name: "operation",
                of: Of::Word(&["pay", "inquiry", "cancel", "refund", "refund_inquiry", "notify"]),
                optional: false,
            },
            Member { name: "certainty", of: Of::Word(&["not_sent", "unknown"]), optional: true },
        ],
    ),
    ("notified", &[Member { name: "body", of: Of::Message, optional: false }]),
    ("resumed", &[]),
    ("tick", &[]),
];

pub(super) const PAYMENT_ACTION: Union = &[
    (
        "send",
        &[
            Member { name: "sequence", of: Of::Number, optional: false },
            Member { name: "send_id", of: Of::Number, optional: false },
            Member {
                name: "operation",
                of: Of::Word(&["pay", "inquiry", "cancel", "refund", "refund_inquiry", "notify"]),
                optional: false,
            },
            Member { name: "path", of: Of::Text, optional: false },
            Member { name: "body", of: Of::Text, optional: false },
        ],
    ),
    (
        "alert",
        &[
            Member { name: "sequence", of: Of::Number, optional: false },
            Member {
                name: "kind",
                of: Of::Word(&[
                    "amount_mismatch",
                    "id_mismatch",
                    "id_taken",
                    "unknown_word",
                    "unexpected_refusal",
                    "cancel_unresolved",
                    "merchant_balance_not_enough",
                    "refund_consent",
                    "refund_failed",
                    "conflicting_evidence",
                    "late_evidence",
                    "customer_action_required",
                    "configuration_suspected",
                    "clock_skew",
                    "stale_answer",
                    "not_stored",
                ]),
                optional: false,
            },
            Member { name: "detail", of: Of::Text, optional: false },
        ],
    ),
    (
        "present",
        &[
            Member { name: "sequence", of: Of::Number, optional: false },
            Member { name: "form", of: Of::Object, optional: false },
        ],
    ),
    (
        "conclude",
        &[
            Member { name: "sequence", of: Of::Number, optional: false },
            Member {
                name: "outcome",
                of: Of::Word(&["succeeded", "failed", "cancelled", "refunded", "unresolved"]),
                optional: false,
            },
            Member { name: "code", of: Of::Text, optional: true },
            Member {
                name: "reason",
                of: Of::Word(&[
                    "id_taken",
                    "amount_mismatch",
                    "refund_consent",
                    "cancel_window",
                    "refund",
                    "refund_failed",
                    "configuration",
                ]),
                optional: true,
            },
        ],
    ),
];

pub(super) const REFUND_ACTION: Union = &[
    (
        "send",
        &[
            Member { name: "sequence", of: Of::Number, optional: false },
            Member { name: "send_id", of: Of::Number, optional: false },
            Member { name: "operation", of: Of::Word(&["refund", "refund_inquiry"]), optional: false },
            Member { name: "path", of: Of::Text, optional: false },
            Member { name: "body", of: Of::Text, optional: false },
        ],
    ),
    (
        "alert",
        &[
            Member { name: "sequence", of: Of::Number, optional: false },
            Member {
                name: "kind",
                of: Of::Word(&[
                    "amount_mismatch",
                    "id_mismatch",
                    "id_taken",
                    "unknown_word",
                    "unexpected_refusal",
                    "cancel_unresolved",
                    "merchant_balance_not_enough",
                    "refund_consent",
                    "refund_failed",
                    "conflicting_evidence",
                    "late_evidence",
                    "customer_action_required",
                    "configuration_suspected",
                    "clock_skew",
                    "stale_answer",
                    "not_stored",
                ]),
                optional: false,
            },
            Member { name: "detail", of: Of::Text, optional: false },
        ],
    ),
    (
        "conclude",
        &[
            Member { name: "sequence", of: Of::Number, optional: false },
            Member {
                name: "outcome",
                of: Of::Word(&["refunded", "order_cancelled", "failed", "unresolved"]),
                optional: false,
            },
            Member { name: "code", of: Of::Text, optional: true },
        ],
    ),
];

pub(super) const REVERSE_ACTION: Union = &[
    (
        "send",
        &[
            Member { name: "sequence", of: Of::Number, optional: false },
            Member { name: "send_id", of: Of::Number, optional: false },
            Member {
                name: "operation",
                of: Of::Word(&["cancel", "inquiry", "refund", "refund_inquiry"]),
                optional: false,
            },
            Member { name: "path", of: Of::Text, optional: false },
            Member { name: "body", of: Of::Text, optional: false },
        ],
    ),
    (
        "alert",
        &[
            Member { name: "sequence", of: Of::Number, optional: false },
            Member {
                name: "kind",
                of: Of::Word(&[
                    "amount_mismatch",
                    "id_mismatch",
                    "id_taken",
                    "unknown_word",
                    "unexpected_refusal",
                    "cancel_unresolved",
                    "merchant_balance_not_enough",
                    "refund_consent",
                    "refund_failed",
                    "conflicting_evidence",
                    "late_evidence",
                    "customer_action_required",
                    "configuration_suspected",
                    "clock_skew",
                    "stale_answer",
                    "not_stored",
                ]),
                optional: false,
            },
            Member { name: "detail", of: Of::Text, optional: false },
        ],
    ),
    (
        "conclude",
        &[
            Member { name: "sequence", of: Of::Number, optional: false },
            Member { name: "outcome", of: Of::Word(&["reversed", "refused", "unresolved"]), optional: false },
            Member { name: "code", of: Of::Text, optional: true },
        ],
    ),
];

pub(super) const TIMELINE_EVENT: Union = &[
    (
        "sent",
        &[
            Member {
                name: "operation",
                of: Of::Word(&["pay", "inquiry", "cancel", "refund", "refund_inquiry", "notify"]),
                optional: false,
            },
            Member { name: "send_id", of: Of::Number, optional: false },
            Member { name: "attempt", of: Of::Number, optional: false },
        ],
    ),
    (
        "answered",
        &[
            Member {
                name: "operation",
                of: Of::Word(&["pay", "inquiry", "cancel", "refund", "refund_inquiry", "notify"]),
                optional: false,
            },
            Member { name: "send_id", of: Of::Number, optional: false },
            Member { name: "took", of: Of::Number, optional: false },
            Member { name: "result_status", of: Of::Text, optional: false },
            Member { name: "result_code", of: Of::Text, optional: false },
            Member { name: "payment_status", of: Of::Text, optional: true },
            Member { name: "tracer_id", of: Of::Text, optional: true },
            Member { name: "text_replaced", of: Of::Flag, optional: false },
        ],
    ),
    (
        "unanswered",
        &[
            Member {
                name: "operation",
                of: Of::Word(&["pay", "inquiry", "cancel", "refund", "refund_inquiry", "notify"]),
                optional: false,
            },
            Member { name: "send_id", of: Of::Number, optional: false },
            Member { name: "took", of: Of::Number, optional: false },
            Member { name: "certainty", of: Of::Word(&["not_sent", "unknown"]), optional: false },
            Member { name: "error", of: Of::Record(ERROR_DETAILS), optional: false },
        ],
    ),
    ("notified", &[]),
    ("cancel_requested", &[]),
    ("resumed", &[]),
    ("presented", &[Member { name: "form", of: Of::Object, optional: false }]),
    (
        "alerted",
        &[
            Member {
                name: "kind",
                of: Of::Word(&[
                    "amount_mismatch",
                    "id_mismatch",
                    "id_taken",
                    "unknown_word",
                    "unexpected_refusal",
                    "cancel_unresolved",
                    "merchant_balance_not_enough",
                    "refund_consent",
                    "refund_failed",
                    "conflicting_evidence",
                    "late_evidence",
                    "customer_action_required",
                    "configuration_suspected",
                    "clock_skew",
                    "stale_answer",
                    "not_stored",
                ]),
                optional: false,
            },
            Member { name: "detail", of: Of::Text, optional: false },
        ],
    ),
    (
        "concluded",
        &[
            Member {
                name: "outcome",
                of: Of::Word(&["succeeded", "failed", "cancelled", "refunded", "unresolved"]),
                optional: false,
            },
            Member { name: "code", of: Of::Text, optional: true },
            Member {
                name: "reason",
                of: Of::Word(&[
                    "id_taken",
                    "amount_mismatch",
                    "refund_consent",
                    "cancel_window",
                    "refund",
                    "refund_failed",
                    "configuration",
                ]),
                optional: true,
            },
        ],
    ),
    (
        "refund_concluded",
        &[
            Member { name: "refund_request_id", of: Of::Text, optional: false },
            Member {
                name: "outcome",
                of: Of::Word(&["refunded", "order_cancelled", "failed", "unresolved"]),
                optional: false,
            },
            Member { name: "code", of: Of::Text, optional: true },
        ],
    ),
    (
        "reverse_concluded",
        &[
            Member { name: "outcome", of: Of::Word(&["reversed", "refused", "unresolved"]), optional: false },
            Member { name: "code", of: Of::Text, optional: true },
        ],
    ),
];

pub(super) const PAYMENT_WARNING: Union = &[
    (
        "order_amount_differs",
        &[
            Member { name: "order", of: Of::Text, optional: false },
            Member { name: "payment", of: Of::Text, optional: false },
        ],
    ),
    (
        "below_minimum",
        &[
            Member { name: "wallet", of: Of::Text, optional: false },
            Member { name: "payment", of: Of::Text, optional: false },
            Member { name: "minimum", of: Of::Text, optional: false },
        ],
    ),
    (
        "off_step",
        &[
            Member { name: "wallet", of: Of::Text, optional: false },
            Member { name: "payment", of: Of::Text, optional: false },
            Member { name: "step", of: Of::Text, optional: false },
        ],
    ),
    ("field_missing", &[Member { name: "path", of: Of::Text, optional: false }]),
    ("default_expiry", &[Member { name: "expiry", of: Of::Number, optional: false }]),
    (
        "expiry_capped",
        &[
            Member { name: "asked", of: Of::Number, optional: false },
            Member { name: "expiry", of: Of::Number, optional: false },
        ],
    ),
];

pub(super) const NOTIFIED: Union = &[
    (
        "taken",
        &[
            Member { name: "payment_request_id", of: Of::Text, optional: false },
            Member { name: "refund_request_id", of: Of::Text, optional: true },
            Member {
                name: "outcome",
                of: Of::Word(&["succeeded", "failed", "cancelled", "refunded", "unresolved"]),
                optional: true,
            },
            Member { name: "code", of: Of::Text, optional: true },
            Member {
                name: "reason",
                of: Of::Word(&[
                    "id_taken",
                    "amount_mismatch",
                    "refund_consent",
                    "cancel_window",
                    "refund",
                    "refund_failed",
                    "configuration",
                ]),
                optional: true,
            },
            Member { name: "alerts", of: Of::Records(ALERT), optional: false },
        ],
    ),
    ("unknown", &[]),
    ("other", &[]),
];

pub(super) const TIMELINE_ENTRY: &[Member] = &[
    Member { name: "at", of: Of::Number, optional: false },
    Member { name: "elapsed", of: Of::Number, optional: false },
    Member { name: "event", of: Of::Union(TIMELINE_EVENT), optional: false },
];

pub(super) const ERROR_DETAILS: &[Member] = &[
    Member { name: "code", of: Of::Text, optional: false },
    Member { name: "reason", of: Of::Text, optional: false },
    Member { name: "hint", of: Of::Text, optional: false },
    Member { name: "retryable", of: Of::Flag, optional: false },
    Member { name: "path", of: Of::Text, optional: true },
    Member { name: "payment_request_id", of: Of::Text, optional: true },
    Member { name: "may_have_charged", of: Of::Flag, optional: false },
    Member { name: "may_have_refunded", of: Of::Flag, optional: false },
    Member {
        name: "scanned_as",
        of: Of::Word(&["shop_code", "repeated_code", "wechat_pay", "union_pay", "reserved_length"]),
        optional: true,
    },
    Member { name: "http_status", of: Of::Number, optional: true },
    Member { name: "content_type", of: Of::Text, optional: true },
];

pub(super) const ALERT_ACKNOWLEDGEMENT: &[Member] = &[
    Member { name: "who", of: Of::Text, optional: false },
    Member { name: "at", of: Of::Number, optional: false },
];

pub(super) const ALERT: &[Member] = &[
    Member { name: "number", of: Of::Number, optional: false },
    Member { name: "part", of: Of::Word(&["payment", "refund", "reverse"]), optional: false },
    Member { name: "refund_request_id", of: Of::Text, optional: true },
    Member {
        name: "kind",
        of: Of::Word(&[
            "amount_mismatch",
            "id_mismatch",
            "id_taken",
            "unknown_word",
            "unexpected_refusal",
            "cancel_unresolved",
            "merchant_balance_not_enough",
            "refund_consent",
            "refund_failed",
            "conflicting_evidence",
            "late_evidence",
            "customer_action_required",
            "configuration_suspected",
            "clock_skew",
            "stale_answer",
            "not_stored",
        ]),
        optional: false,
    },
    Member { name: "detail", of: Of::Text, optional: false },
    Member { name: "at", of: Of::Number, optional: false },
    Member { name: "acknowledged", of: Of::Record(ALERT_ACKNOWLEDGEMENT), optional: true },
];

pub(super) const PAYMENT_RESULT: &[Member] = &[
    Member { name: "payment_request_id", of: Of::Text, optional: false },
    Member {
        name: "outcome",
        of: Of::Word(&["succeeded", "failed", "cancelled", "refunded", "unresolved"]),
        optional: true,
    },
    Member { name: "code", of: Of::Text, optional: true },
    Member {
        name: "reason",
        of: Of::Word(&[
            "id_taken",
            "amount_mismatch",
            "refund_consent",
            "cancel_window",
            "refund",
            "refund_failed",
            "configuration",
        ]),
        optional: true,
    },
    Member { name: "in_progress", of: Of::Flag, optional: false },
    Member {
        name: "phase",
        of: Of::Word(&[
            "ready",
            "paying",
            "awaiting_customer",
            "confirming",
            "cancelling",
            "refunding",
            "succeeded",
            "failed",
            "cancelled",
            "refunded",
            "unresolved",
        ]),
        optional: false,
    },
    Member { name: "amount", of: Of::Text, optional: false },
    Member { name: "payment_id", of: Of::Text, optional: true },
    Member { name: "payment_time", of: Of::Number, optional: true },
    Member { name: "alerts", of: Of::Records(ALERT), optional: false },
    Member { name: "code_ignored", of: Of::Flag, optional: false },
    Member { name: "stored", of: Of::Flag, optional: false },
    Member { name: "may_have_charged", of: Of::Flag, optional: false },
    Member { name: "may_have_refunded", of: Of::Flag, optional: false },
    Member { name: "form", of: Of::Object, optional: true },
    Member { name: "timeline", of: Of::Records(TIMELINE_ENTRY), optional: false },
    Member { name: "warnings", of: Of::Unions("kind", PAYMENT_WARNING), optional: false },
];

pub(super) const REFUND_RESULT: &[Member] = &[
    Member { name: "payment_request_id", of: Of::Text, optional: false },
    Member { name: "refund_request_id", of: Of::Text, optional: false },
    Member {
        name: "outcome",
        of: Of::Word(&["refunded", "order_cancelled", "failed", "unresolved"]),
        optional: true,
    },
    Member { name: "code", of: Of::Text, optional: true },
    Member { name: "in_progress", of: Of::Flag, optional: false },
    Member { name: "refund_id", of: Of::Text, optional: true },
    Member { name: "alerts", of: Of::Records(ALERT), optional: false },
    Member { name: "left", of: Of::Number, optional: false },
    Member { name: "stored", of: Of::Flag, optional: false },
    Member { name: "may_have_refunded", of: Of::Flag, optional: false },
    Member { name: "timeline", of: Of::Records(TIMELINE_ENTRY), optional: false },
];

pub(super) const REVERSE_RESULT: &[Member] = &[
    Member { name: "payment_request_id", of: Of::Text, optional: false },
    Member { name: "outcome", of: Of::Word(&["reversed", "refused", "unresolved"]), optional: true },
    Member { name: "code", of: Of::Text, optional: true },
    Member { name: "in_progress", of: Of::Flag, optional: false },
    Member { name: "refund_request_id", of: Of::Text, optional: true },
    Member { name: "refund_id", of: Of::Text, optional: true },
    Member { name: "alerts", of: Of::Records(ALERT), optional: false },
    Member { name: "left", of: Of::Number, optional: false },
    Member { name: "stored", of: Of::Flag, optional: false },
    Member { name: "may_have_refunded", of: Of::Flag, optional: false },
    Member { name: "timeline", of: Of::Records(TIMELINE_ENTRY), optional: false },
];

pub(super) const READING: &[Member] = &[
    Member { name: "status", of: Of::Word(&["S", "F", "U"]), optional: false },
    Member { name: "code", of: Of::Text, optional: false },
    Member {
        name: "meaning",
        of: Of::Word(&[
            "succeeded",
            "payment_refused",
            "request_refused",
            "in_process",
            "unknown",
            "closed",
            "id_taken",
            "not_found",
            "window_exceeded",
            "status_conflict",
            "merchant_balance_not_enough",
            "refund_refused",
        ]),
        optional: false,
    },
    Member {
        name: "says",
        of: Of::Word(&[
            "paid",
            "created",
            "payment_refused",
            "request_refused",
            "closed",
            "id_taken",
            "in_process",
            "open",
            "unknown",
            "paid",
            "failed",
            "cancelled",
            "in_process",
            "nothing",
            "refunded",
            "failed",
            "in_process",
            "unknown_word",
            "nothing",
        ]),
        optional: true,
    },
    Member { name: "failure_code", of: Of::Text, optional: true },
    Member { name: "unknown_word", of: Of::Flag, optional: false },
    Member { name: "payment_request_id", of: Of::Text, optional: true },
    Member { name: "payment_id", of: Of::Text, optional: true },
    Member { name: "refund_request_id", of: Of::Text, optional: true },
    Member { name: "refund_id", of: Of::Text, optional: true },
    Member { name: "names_payment", of: Of::Word(&["absent", "ours", "other"]), optional: true },
    Member { name: "payment_amount", of: Of::Word(&["absent", "ours", "other"]), optional: true },
    Member { name: "names_refund", of: Of::Word(&["absent", "ours", "other"]), optional: true },
    Member { name: "refund_amount", of: Of::Word(&["absent", "ours", "other"]), optional: true },
    Member { name: "form", of: Of::Texts, optional: false },
    Member { name: "form_expiry", of: Of::Number, optional: true },
    Member { name: "payment_time", of: Of::Number, optional: true },
    Member { name: "text_replaced", of: Of::Flag, optional: false },
];

pub(super) const CHECK: &[Member] = &[
    Member {
        name: "name",
        of: Of::Word(&[
            "configuration",
            "keys",
            "store",
            "proxy",
            "name",
            "connection",
            "tls",
            "answer",
            "client_id",
            "signing_key",
            "gateway_key",
            "clock",
            "inquiry",
            "notify_url",
        ]),
        optional: false,
    },
    Member { name: "status", of: Of::Word(&["passed", "warned", "failed", "skipped"]), optional: false },
    Member { name: "detail", of: Of::Text, optional: false },
    Member { name: "hint", of: Of::Text, optional: false },
    Member { name: "code", of: Of::Text, optional: true },
];

pub(super) const CHECK_REPORT: &[Member] = &[
    Member { name: "healthy", of: Of::Flag, optional: false },
    Member { name: "checks", of: Of::Records(CHECK), optional: false },
];

pub(super) const FINDING: &[Member] = &[
    Member {
        name: "code",
        of: Of::Word(&[
            "verifies",
            "message.refused",
            "input.unusable",
            "signature.missing",
            "signature.header",
            "signature.no_header",
            "signature.joined",
            "signature.encoded_twice",
            "signature.base64url",
            "signature.unpadded",
            "signature.spaces",
            "signature.line_breaks",
            "signature.cut",
            "signature.length",
            "signature.sha1",
            "signature.hash",
            "signature.pss",
            "signature.digest_info",
            "key.version",
            "key.own",
            "key.other",
            "key.length",
            "key.unknown",
            "path.query",
            "path.trailing_slash",
            "path.first_slash",
            "path.prefix",
            "path.full_url",
            "path.sandbox",
            "path.api",
            "path.encoding",
            "path.other",
            "client_id.other",
            "client_id.spaces",
            "client_id.sandbox",
            "time.other_header",
            "time.text",
            "time.fraction",
            "time.plus",
            "time.spaces",
            "time.other",
            "header.joined",
            "body.reserialized",
            "body.end",
            "body.line_endings",
            "body.byte_order_mark",
            "body.base64",
            "body.empty",
            "body.charset",
            "content.method",
            "content.separator",
            "content.hashed_twice",
            "content.differs",
        ]),
        optional: false,
    },
    Member {
        name: "also",
        of: Of::Words(&[
            "verifies",
            "message.refused",
            "input.unusable",
            "signature.missing",
            "signature.header",
            "signature.no_header",
            "signature.joined",
            "signature.encoded_twice",
            "signature.base64url",
            "signature.unpadded",
            "signature.spaces",
            "signature.line_breaks",
            "signature.cut",
            "signature.length",
            "signature.sha1",
            "signature.hash",
            "signature.pss",
            "signature.digest_info",
            "key.version",
            "key.own",
            "key.other",
            "key.length",
            "key.unknown",
            "path.query",
            "path.trailing_slash",
            "path.first_slash",
            "path.prefix",
            "path.full_url",
            "path.sandbox",
            "path.api",
            "path.encoding",
            "path.other",
            "client_id.other",
            "client_id.spaces",
            "client_id.sandbox",
            "time.other_header",
            "time.text",
            "time.fraction",
            "time.plus",
            "time.spaces",
            "time.other",
            "header.joined",
            "body.reserialized",
            "body.end",
            "body.line_endings",
            "body.byte_order_mark",
            "body.base64",
            "body.empty",
            "body.charset",
            "content.method",
            "content.separator",
            "content.hashed_twice",
            "content.differs",
        ]),
        optional: false,
    },
    Member { name: "found", of: Of::Text, optional: false },
    Member { name: "evidence", of: Of::Text, optional: false },
    Member { name: "change", of: Of::Text, optional: false },
];

pub(super) const SIGNED_DIGEST: &[Member] = &[
    Member { name: "padding", of: Of::Text, optional: false },
    Member { name: "hash", of: Of::Text, optional: true },
    Member { name: "digest", of: Of::Text, optional: true },
];

pub(super) const TRIED_KEY: &[Member] = &[
    Member { name: "name", of: Of::Text, optional: false },
    Member { name: "version", of: Of::Number, optional: true },
    Member { name: "bits", of: Of::Number, optional: false },
    Member { name: "fingerprint", of: Of::Text, optional: false },
    Member { name: "signer", of: Of::Flag, optional: false },
];

pub(super) const DIAGNOSIS: &[Member] = &[
    Member { name: "summary", of: Of::Text, optional: false },
    Member { name: "findings", of: Of::Records(FINDING), optional: false },
    Member { name: "excluded", of: Of::Texts, optional: false },
    Member { name: "signed", of: Of::Record(SIGNED_DIGEST), optional: true },
    Member { name: "keys", of: Of::Records(TRIED_KEY), optional: false },
    Member { name: "tried", of: Of::Number, optional: false },
    Member { name: "complete", of: Of::Flag, optional: false },
    Member { name: "text", of: Of::Text, optional: false },
];

pub(super) const ADVICE: &[Member] = &[
    Member {
        name: "meaning",
        of: Of::Word(&[
            "succeeded",
            "payment_refused",
            "request_refused",
            "in_process",
            "unknown",
            "closed",
            "id_taken",
            "not_found",
            "window_exceeded",
            "status_conflict",
            "merchant_balance_not_enough",
            "refund_refused",
        ]),
        optional: false,
    },
    Member { name: "code", of: Of::Text, optional: true },
    Member { name: "cashier_en", of: Of::Text, optional: false },
    Member { name: "cashier_zh", of: Of::Text, optional: false },
    Member { name: "developer_en", of: Of::Text, optional: false },
    Member { name: "developer_zh", of: Of::Text, optional: false },
    Member { name: "new_id_needed", of: Of::Flag, optional: false },
    Member { name: "retry", of: Of::Word(&["no", "same_request", "new_id", "inquire"]), optional: false },
];

pub(super) const ROUTE: &[Member] = &[
    Member { name: "target", of: Of::Word(&["alipay_plus", "alipay", "wallet"]), optional: false },
    Member { name: "wallet", of: Of::Text, optional: true },
    Member {
        name: "rule",
        of: Of::Word(&[
            "alipay_plus_19",
            "direct_alipay",
            "direct_wallet",
            "cgcp",
            "alipay_default",
            "fallback",
        ]),
        optional: false,
    },
    Member { name: "alternatives", of: Of::Texts, optional: false },
];
