-- One record a payment. The library writes the columns; `record` is the record itself and may hold a payment code.
CREATE TABLE {prefix}records (
    id VARCHAR(64) COLLATE "C" NOT NULL PRIMARY KEY,
    merchant TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    outcome TEXT COLLATE "C",
    amount BIGINT NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    due_at BIGINT,
    owner VARCHAR(64) COLLATE "C",
    touched_for VARCHAR(64) COLLATE "C",
    revision BIGINT NOT NULL,
    finished BIGINT NOT NULL,
    open_alerts BIGINT NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    keep_until BIGINT,
    gateway_time BIGINT,
    refund_ids TEXT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX {prefix}records_due ON {prefix}records (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX {prefix}records_touched ON {prefix}records (touched_for, id) WHERE touched_for IS NOT NULL;
CREATE INDEX {prefix}records_created ON {prefix}records (created, id);
CREATE INDEX {prefix}records_alerts ON {prefix}records (created, id) WHERE open_alerts = 1;
CREATE INDEX {prefix}records_open ON {prefix}records (created, id) WHERE finished = 0;
CREATE INDEX {prefix}records_kept ON {prefix}records (keep_until, id) WHERE keep_until IS NOT NULL;
CREATE INDEX {prefix}records_times ON {prefix}records (merchant, gateway_time) WHERE gateway_time IS NOT NULL;
CREATE TABLE {prefix}refunds (
    refund_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    record_id VARCHAR(64) COLLATE "C" NOT NULL
);
CREATE INDEX {prefix}refunds_record ON {prefix}refunds (record_id);
CREATE TABLE {prefix}owners (
    owner VARCHAR(64) COLLATE "C" NOT NULL PRIMARY KEY,
    beats BIGINT NOT NULL
);
