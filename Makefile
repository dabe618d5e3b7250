# The one way to run each job; continuous integration runs the same.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# One target directory for everything, so that nothing is built twice.
export CARGO_TARGET_DIR ?= $(CURDIR)/target

VECTORS := $(filter-out tests/vectors/iso4217% tests/vectors/errors.json,\
	$(wildcard tests/vectors/*.json tests/vectors/snapshots/*.json))

.PHONY: help
help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

.PHONY: need-rust
need-rust:
	@command -v cargo >/dev/null || { echo 'cargo is missing: install Rust 1.94 or newer from https://rustup.rs'; exit 1; }
	@command -v cc >/dev/null || { echo 'a C compiler is missing: install gcc or clang'; exit 1; }
	@command -v cmake >/dev/null || { echo 'cmake is missing: install cmake'; exit 1; }

.PHONY: need-python
need-python:
	@command -v python3 >/dev/null || { echo 'python3 is missing: install Python 3.10 or newer with its venv module'; exit 1; }

.PHONY: need-openssl
need-openssl:
	@command -v openssl >/dev/null || { echo 'openssl is missing: install openssl, which the tests compare with'; exit 1; }

.PHONY: need-node
need-node:
	@command -v npm >/dev/null || { echo 'node is missing: install Node.js 18 or newer with npm'; exit 1; }

.PHONY: demo
demo: need-rust ## real payments of every kind against the gateway on this machine
	@cargo run --quiet --bin alipay-instore -- demo

.PHONY: test
test: test-rust test-examples test-backends test-sqlite vectors model-check-begin simulate ## everything that is tested in Rust

.PHONY: test-languages
test-languages: python-test node-test kotlin-test php-test ## the packages for Python, Node.js, Kotlin and PHP

.PHONY: test-rust
test-rust: need-rust need-openssl
	cargo test --quiet

# The core alone, as it is built without C: the workspace above has both backends, so it can't show this.
.PHONY: test-backends
test-backends: need-rust ## the core without AWS-LC, and the proof that it is light
	cargo test --quiet --package alipay-instore --no-default-features --features rustcrypto
	tools/light-core

.PHONY: test-sqlite
test-sqlite: need-rust ## the store in a database, with SQLite
	cargo test --quiet --test sqlite

# Others than those that are started: ALIPAY_TEST_POSTGRES=postgresql://… ALIPAY_TEST_MARIADB=mysql://… make test-databases
SQL := alipay-instore-store-sql
.PHONY: test-databases
test-databases: need-rust need-python ## the store in a PostgreSQL and a MariaDB, which are started for it
ifdef ALIPAY_TEST_POSTGRES
	cargo test --quiet --features $(SQL)/test-databases --test postgres
endif
ifdef ALIPAY_TEST_MARIADB
	cargo test --quiet --features $(SQL)/test-databases --test mariadb
endif
ifeq ($(ALIPAY_TEST_POSTGRES)$(ALIPAY_TEST_MARIADB),)
	@tests/with-databases --check
	cargo test --quiet --features $(SQL)/test-servers --test postgres --test mariadb --test servers --no-run
	tests/with-databases cargo test --quiet --features $(SQL)/test-servers --test postgres --test mariadb --test servers
else
	@echo 'test-databases: the tests that stop servers, and those of poolers, were not run: they need servers of their own'
endif

.PHONY: vectors
vectors: need-rust need-python ## the shared vectors in Rust
	tests/validate-vectors
	@for file in $(VECTORS); do \
		cases=$$(tests/run-vectors rust $$file | wc -l); \
		echo "$$file: $$cases cases agree"; \
	done

.PHONY: model-check
model-check: need-rust ## every reachable state of the machines in small worlds: an hour on two cores
	cargo run --quiet --profile fast --package conformance --bin model-check

.PHONY: model-check-begin
model-check-begin: need-rust ## the same, each world left after its first states
	cargo run --quiet --bin model-check -- --at-most 50000

.PHONY: lint
lint: lint-schema lint-arrows lint-can-grow lint-rust lint-words lint-cases lint-guide lint-version lint-python lint-node lint-kotlin ## every check that runs nothing of the product

.PHONY: lint-schema
lint-schema: need-rust ## the generated files are those that follow from schema/
	cargo run --quiet --package generate -- --check

# The extension needs PHP's headers: `make lint-php`.
NOT_PHP := --exclude alipay-instore-php

# Everything that the tests switch on, in one build; then what has no C, which the first can't show.
SWITCHES := $(SQL)/test-servers,alipay-instore-python/panic-test,alipay-instore-python-testing/panic-test,$\
	alipay-instore-node/panic-test,alipay-instore-node-testing/panic-test

.PHONY: lint-rust
lint-rust: need-rust need-python ## formatting, clippy, documentation and licences of the Rust crates
	cargo fmt --check
	cargo clippy --quiet --workspace $(NOT_PHP) --lib --bins --tests --examples --features $(SWITCHES) -- --deny warnings
	cargo clippy --quiet --package alipay-instore --package alipay-instore-kotlin --no-default-features \
		--features alipay-instore/rustcrypto,alipay-instore-kotlin/rustcrypto -- --deny warnings
	RUSTDOCFLAGS='--deny warnings' cargo doc --quiet --workspace $(NOT_PHP) --no-deps --features $(SWITCHES)
	tools/one-build
	tools/deny

.PHONY: lint-arrows
lint-arrows: need-python ## no two modules of the core import each other
	tools/arrows

.PHONY: lint-can-grow
lint-can-grow: need-python ## the public types of the core can grow, or are listed with the reason why not
	tools/can-grow

.PHONY: semver-checks
semver-checks: need-rust ## what breaks users of the core since the last version, or since a commit: SINCE=main; the first run builds the tool
	tools/semver-checks $(SINCE)

.PHONY: lint-words
lint-words: need-python ## spelling, and phrases that are not plain English
	tools/typos
	tools/plain-english

.PHONY: lint-cases
lint-cases: need-python ## the tests that docs/cases.md names exist
	tools/cases

.PHONY: lint-guide
lint-guide: need-python ## the pages of the guide: links, blocks, pictures
	tools/diagrams --check
	tools/guide --check

.PHONY: lint-version
lint-version: need-python ## one version everywhere
	tools/version

.PHONY: lint-python
lint-python: need-python ## Python by ruff
	tools/lint-python

.PHONY: lint-node
lint-node: need-node ## JavaScript and its types by Biome
	tools/lint-node

.PHONY: lint-kotlin
lint-kotlin: need-java ## Kotlin by detekt
	tools/lint-kotlin

include $(wildcard bindings-*/targets.mk bindings-kotlin/android/targets.mk bench/targets.mk tests/*.mk tests/interop/targets.mk)

.PHONY: guide
guide: need-python ## the guide as HTML in target/guide, every link of it checked
	tools/diagrams --check
	tools/guide

.PHONY: generate
generate: need-rust ## write whatever follows from schema/
	cargo run --quiet --package generate

.PHONY: conformance
conformance: need-rust need-python python-install node-build kotlin-vectors php-build ## every vector in every language, in one table
	@tests/conformance rust python node kotlin php -- $(VECTORS)
