.PHONY: entry-code
entry-code: need-rust ## the entry code walk: a shop's QR code, to be opened in a browser
	@cargo run --quiet --package conformance --example entry_code_walk

.PHONY: test-examples
test-examples: need-rust ## the examples of the crate, at a gateway in a process of its own
	tests/run-examples
