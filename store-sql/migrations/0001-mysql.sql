-- One record a payment. The library writes the columns; `record` is the record itself and may hold a payment code.
-- A change of tables can't be undone here, so each statement may be run twice.
CREATE TABLE IF NOT EXISTS {prefix}records (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    merchant VARCHAR(255) NOT NULL,
    state VARCHAR(64) NOT NULL,
    outcome VARCHAR(64),
    amount BIGINT NOT NULL,
    currency VARCHAR(8) NOT NULL,
    due_at BIGINT,
    owner VARCHAR(64),
    touched_for VARCHAR(64),
    revision BIGINT NOT NULL,
    finished BIGINT NOT NULL,
    open_alerts BIGINT NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    keep_until BIGINT,
    gateway_time BIGINT,
    refund_ids MEDIUMTEXT NOT NULL,
    record MEDIUMTEXT NOT NULL,
    INDEX {prefix}records_due (due_at, id),
    INDEX {prefix}records_touched (touched_for, id),
    INDEX {prefix}records_created (created, id),
    INDEX {prefix}records_alerts (open_alerts, created, id),
    INDEX {prefix}records_open (finished, created, id),
    INDEX {prefix}records_kept (keep_until, id),
    INDEX {prefix}records_times (merchant, gateway_time)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS {prefix}refunds (
    refund_id VARCHAR(255) NOT NULL PRIMARY KEY,
    record_id VARCHAR(64) NOT NULL,
    INDEX {prefix}refunds_record (record_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS {prefix}owners (
    owner VARCHAR(64) NOT NULL PRIMARY KEY,
    beats BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
