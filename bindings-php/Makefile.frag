CARGO_PROFILE = release
CARGO_TARGET_DIR ?= $(builddir)/target

# Not phony: `make install` is often run as root, who has no cargo, and has nothing to build.
modules/alipay_instore.so: $(srcdir)/../Cargo.lock
	PHP=$(PHP_EXECUTABLE) PHP_CONFIG=$(PHP_CONFIG_OF_EXTENSION) CARGO_TARGET_DIR=$(CARGO_TARGET_DIR) $(CARGO) build --locked --manifest-path $(srcdir)/Cargo.toml --package alipay-instore-php --profile $(CARGO_PROFILE)
	$(INSTALL) $(CARGO_TARGET_DIR)/$(patsubst dev,debug,$(CARGO_PROFILE))/libalipay_instore_php.so $@
