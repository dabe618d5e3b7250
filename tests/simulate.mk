# Simulated payments, and tills that are killed: see docs/assurance.md.

# `fast` takes minutes to build, and pays for itself from some 200,000 payments on.
PROFILE ?= dev
N ?= 20000
SEED ?= 1
KILLS ?= 300

.PHONY: simulate crash-test

simulate: need-rust ## simulated payments with every fault: N=1000000 SEED=1 PROFILE=fast
	cargo run --quiet --profile $(PROFILE) --bin simulate -- $(N) --seed $(SEED)

crash-test: need-rust ## tills killed during a payment: KILLS=300
	cargo build --quiet --profile fast -p conformance --bin crash-till
	cargo run --quiet --profile fast -p conformance --bin crash-test -- $(KILLS)
