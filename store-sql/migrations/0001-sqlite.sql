-- One record a payment. The library writes the columns; `record` is the record itself and may hold a payment code.
CREATE TABLE {prefix}records (
    id TEXT NOT NULL PRIMARY KEY,
    merchant TEXT NOT NULL,
    state TEXT NOT NULL,
    outcome TEXT,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    due_at INTEGER,
    owner TEXT,
    touched_for TEXT,
    revision INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    open_alerts INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    keep_until INTEGER,
    gateway_time INTEGER,
    refund_ids TEXT NOT NULL,
    record TEXT NOT NULL
) STRICT;
CREATE INDEX {prefix}records_due ON {prefix}records (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX {prefix}records_touched ON {prefix}records (touched_for, id) WHERE touched_for IS NOT NULL;
CREATE INDEX {prefix}records_created ON {prefix}records (created, id);
CREATE INDEX {prefix}records_alerts ON {prefix}records (created, id) WHERE open_alerts = 1;
CREATE INDEX {prefix}records_open ON {prefix}records (created, id) WHERE finished = 0;
CREATE INDEX {prefix}records_kept ON {prefix}records (keep_until, id) WHERE keep_until IS NOT NULL;
CREATE INDEX {prefix}records_times ON {prefix}records (merchant, gateway_time) WHERE gateway_time IS NOT NULL;
CREATE TABLE {prefix}refunds (
    refund_id TEXT NOT NULL PRIMARY KEY,
    record_id TEXT NOT NULL
) STRICT;
CREATE INDEX {prefix}refunds_record ON {prefix}refunds (record_id);
CREATE TABLE {prefix}owners (
    owner TEXT NOT NULL PRIMARY KEY,
    beats INTEGER NOT NULL
) STRICT;
