# Simulated payments, and tills that are killed: see docs/assurance.md.

N ?= 20000
SEED ?= 1
KILLS ?= 300

.PHONY: simulate crash-test

simulate:
	cargo run --quiet --profile fast -p conformance --bin simulate -- $(N) --seed $(SEED)

crash-test:
	cargo run --quiet --profile fast -p conformance --bin crash-test -- $(KILLS)
