# Every signed message in every place where one can be presented: see docs/assurance.md.

.PHONY: confusion

confusion: need-rust ## write the table of what counts where into docs/assurance.md
	cargo run --quiet --bin confusion -- docs/assurance.md
