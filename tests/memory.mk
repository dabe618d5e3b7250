# Memory and undefined behaviour: see docs/assurance.md.

.PHONY: sanitize valgrind

HOST = $(shell rustc -vV | sed -n 's/^host: //p')

# The sanitizer's flag is for nightly compilers; the variable makes the stable one take it.
sanitize: need-rust need-openssl ## the Rust tests under the address sanitizer
	RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Zsanitizer=address cargo test --quiet --target $(HOST) --lib --bins --tests \
		--target-dir $(CARGO_TARGET_DIR)/sanitize \
		--package alipay-instore --package alipay-instore-sandbox --features alipay-instore/rustcrypto

valgrind: need-rust ## keys and signatures under valgrind, AWS-LC's C code among them
	@command -v valgrind >/dev/null || { echo 'valgrind is missing: install it'; exit 1; }
	cargo test --quiet --package alipay-instore --features rustcrypto --lib --no-run
	valgrind --quiet --error-exitcode=9 --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite \
		$$(cargo test --package alipay-instore --features rustcrypto --lib --no-run --message-format=json 2>/dev/null \
		| sed -n 's/.*"executable":"\([^"]*\)".*/\1/p') --test-threads=1 signature:: keys::
