# The sandbox's console in a real browser. It is no part of `make test`, which needs the toolchains alone.

.PHONY: console-test
console-test: need-rust need-python ## the sandbox's console in a headless Chromium, through a sale
	@for name in chromium chromium-browser google-chrome google-chrome-stable; do \
		command -v $$name >/dev/null && exit 0; done; \
		echo 'chromium is missing: install it, such as with: apt-get install chromium'; exit 1
	cargo build --quiet --package alipay-instore-cli
	tests/console-test $(CARGO_TARGET_DIR)/debug/alipay-instore
