CARGO_PROFILE = release
CARGO_TARGET_DIR ?= $(builddir)/target
cargo_out = $(CARGO_TARGET_DIR)/$(patsubst dev,debug,$(CARGO_PROFILE))

# Cargo knows what is to be built.
.PHONY: cargo-build
cargo-build:
	PHP=$(PHP_EXECUTABLE) PHP_CONFIG=$(PHP_CONFIG_OF_EXTENSION) CARGO_TARGET_DIR=$(CARGO_TARGET_DIR) $(CARGO) build --locked --manifest-path $(srcdir)/Cargo.toml --package alipay-instore-php --profile $(CARGO_PROFILE)

modules/alipay_instore.so: cargo-build
	$(INSTALL) $(cargo_out)/libalipay_instore_php.so $@
