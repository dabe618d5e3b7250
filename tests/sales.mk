# A shop with several workers on one store, killed every second: see docs/assurance.md.

SALES ?= 500

.PHONY: sales

sales: KILLS = 60
sales: need-rust python-install node-build kotlin-vectors ## sales by workers that are killed every second, in each language, on a folder, SQLite and PostgreSQL: SALES=500 KILLS=60
	@tests/with-databases --check
	cargo build --quiet --bin sales
	tests/with-databases tests/sales-everywhere $(SALES) $(KILLS)

PAYMENTS ?= 20000
FINISHED ?= 50000

.PHONY: many

many: need-rust ## very many payments at once in one process, and a store with many finished ones: PAYMENTS=20000 FINISHED=50000
	cargo run --quiet --profile fast --package conformance --bin many -- $(PAYMENTS) --finished $(FINISHED)
