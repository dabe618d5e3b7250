# Simulated payments, and tills that are killed: see docs/assurance.md.

# `fast` takes minutes to build, and pays for itself from some 200,000 payments on.
PROFILE ?= dev
N ?= 20000
# A payment by engines in several processes takes as long as five of the machine by itself.
ENGINES ?= $(shell echo $$(($(N) / 5)))
SEED ?= 1
KILLS ?= 300

.PHONY: simulate crash-test

simulate: need-rust ## simulated payments with every fault, N by the machine, ENGINES by processes on one store: N=1000000 SEED=1 PROFILE=fast
	cargo run --quiet --profile $(PROFILE) --bin simulate -- $(N) --seed $(SEED)
	cargo run --quiet --profile $(PROFILE) --bin simulate-processes -- $(ENGINES) --seed $(SEED)

crash-test: need-rust ## tills killed during a payment: KILLS=300
	cargo build --quiet --profile fast -p conformance --bin crash-till
	cargo run --quiet --profile fast -p conformance --bin crash-test -- $(KILLS)
