# Changes that a test has to notice: see docs/assurance.md.

PARTS ?= payment signature

.PHONY: mutants

mutants: need-rust need-openssl ## changes of the library that a test has to notice: PARTS="payment signature"
	tests/mutants $(PARTS)
