# What is measured: see bench/README.md.

.PHONY: bench bench-quick instructions instructions-write need-valgrind

bench: need-rust need-python need-node need-java ## everything measured beside what one would use instead, into bench/RESULTS.md: half an hour
	@bench/run

bench-quick: need-rust need-python need-node need-java ## the same with fewer rounds, in two minutes once it is built, into target/bench
	@bench/run --quick

need-valgrind:
	@command -v valgrind >/dev/null || { echo 'valgrind is missing: install it'; exit 1; }

# Without C and in one build of its own: the counts depend on nothing that another build switches on.
instructions_program := $(CARGO_TARGET_DIR)/release/instructions

instructions: need-rust need-python need-valgrind ## the instructions of the hot paths, compared with the committed baselines
	cargo build --quiet --release --package alipay-instore-instructions
	@bench/instructions/check $(instructions_program)

instructions-write: need-rust need-python need-valgrind ## write the baselines again, after a change that is meant
	cargo build --quiet --release --package alipay-instore-instructions
	@bench/instructions/check --write $(instructions_program)
