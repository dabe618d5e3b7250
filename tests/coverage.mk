# What the Rust tests run: see docs/assurance.md.

.PHONY: coverage broken-rule

CHECKS ?= demo vectors model-check simulate crash-test fuzz mutants conformance

coverage: need-rust need-openssl ## the lines of library and gateway that the Rust tests run
	PATH=$$(tools/install cargo cargo-tarpaulin 0.37.5):$$PATH cargo tarpaulin --engine llvm --locked --skip-clean --timeout 900 \
		--target-dir $(CARGO_TARGET_DIR)/coverage --out Stdout --include-files 'core/src/*' 'sandbox/src/*' \
		--exclude-files '*/tests.rs' --features alipay-instore/rustcrypto \
		--packages alipay-instore alipay-instore-sandbox conformance

broken-rule: need-rust ## whether each check notices a rule of the machine that is broken on purpose: CHECKS="demo simulate"
	tests/broken-rule $(CHECKS)
