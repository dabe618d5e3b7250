# The first hour of a reader, in each language: see docs/assurance.md.

.PHONY: first-hour

# The packages are built before, and tried by their own targets; the command is what the README has running.
first-hour: python-wheels npm-pack kotlin-jar php-package need-python ## from an empty folder to the first paid sale by each README, timed, into docs/assurance.md
	cargo build --quiet --bin alipay-instore
	tests/first-hour --write docs/assurance.md
