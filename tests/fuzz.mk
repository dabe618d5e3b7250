# Inputs that a fuzzer makes up: see docs/assurance.md.

SECONDS_EACH ?= 900
TARGETS ?=

.PHONY: fuzz

fuzz: need-rust ## inputs that a fuzzer makes up: SECONDS_EACH=900 TARGETS="amount events"
	tests/fuzz $(SECONDS_EACH) $(TARGETS)
