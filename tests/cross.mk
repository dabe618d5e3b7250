# Platforms that this machine is not: built, and loaded where an interpreter for them is available. tools/cross says how.

CROSS_TARGETS ?= x86_64-unknown-linux-musl aarch64-unknown-linux-musl aarch64-unknown-linux-gnu

.PHONY: cross
cross: need-rust need-python ## the Python wheel and the Node.js library for musl and arm64, built by zig, and loaded
	@command -v qemu-aarch64-static >/dev/null || { echo 'qemu-aarch64-static is missing: install qemu-user-static'; exit 1; }
	cargo build --quiet --bin alipay-instore
	for target in $(CROSS_TARGETS); do tools/cross/build $$target; tools/cross/load $$target; done
