# The PHP package. It needs what nothing else here needs: PHP with its headers, and libclang, which reads them; so nothing of
# it is a part of `make test` or `make lint`. `bindings-php/install-tools` installs what the distribution has.

php_extension := $(CARGO_TARGET_DIR)/debug/libalipay_instore_php.so
php_shipped := $(CARGO_TARGET_DIR)/library/libalipay_instore_php.so
php := php -d extension=$(php_extension)

.PHONY: need-php
need-php: need-rust
	@command -v php-config >/dev/null || { echo 'PHP with its headers is missing: run bindings-php/install-tools, or install php-cli, php-dev and libclang-dev'; exit 1; }

# The build that the tests use: not optimised, and with the switch that makes any export panic.
.PHONY: php-build
php-build: need-php ## the PHP extension for the tests
	cargo build --quiet --package alipay-instore-php --features panic-test

.PHONY: php-command
php-command: need-rust
	cargo build --quiet --bin alipay-instore

.PHONY: php-test
php-test: php-build php-command php-vectors ## the PHP package: vectors, PHPUnit, and the examples over PHP-FPM and nginx
	cd bindings-php && ALIPAY_INSTORE_COMMAND=$(CARGO_TARGET_DIR)/debug/alipay-instore ALIPAY_INSTORE_PHP=$(php_extension) \
		php -d extension=$(php_extension) "$$(command -v phpunit)"

.PHONY: php-databases
php-databases: php-build php-command ## PdoStore in a PostgreSQL and a MariaDB, which are started for it
	@tests/with-databases --check
	cd bindings-php && ALIPAY_INSTORE_COMMAND=$(CARGO_TARGET_DIR)/debug/alipay-instore ALIPAY_INSTORE_PHP=$(php_extension) \
		../tests/with-databases php -d extension=$(php_extension) "$$(command -v phpunit)" --filter StoreTest

# The same answers as Rust for every file.
.PHONY: php-vectors
php-vectors: php-build need-python ## the shared vectors in PHP, compared with Rust
	@for file in $(VECTORS); do \
		diff <(tests/run-vectors rust $$file | python3 -c 'import json, sys; [print(json.loads(line)) for line in sys.stdin]') \
			<(tests/run-vectors php $$file | python3 -c 'import json, sys; [print(json.loads(line)) for line in sys.stdin]') \
			|| { echo "$$file: PHP and Rust differ"; exit 1; }; \
		echo "$$file: PHP and Rust agree"; \
	done

# With MariaDB: tests/with-databases make crash-test-php
.PHONY: crash-test-php
crash-test-php: SALES = 200
crash-test-php: KILLS = 40
crash-test-php: php-build php-command ## a shop over PHP-FPM and nginx whose processes are killed: SALES=200 KILLS=40
	ALIPAY_INSTORE_COMMAND=$(CARGO_TARGET_DIR)/debug/alipay-instore ALIPAY_INSTORE_PHP=$(php_extension) \
		$(php) bindings-php/crash_test.php $(SALES) $(KILLS)

.PHONY: php-extension
php-extension: need-php ## the PHP extension as it is installed on a server
	cargo build --quiet --package alipay-instore-php --profile library --locked
	@echo "php-extension: $(php_shipped)"

# php-package needs composer, which no other target does.
.PHONY: php-package
php-package: php-extension php-command need-python ## what is shipped for PHP, with licences, SBOM and checksums, installed into an empty folder
	@command -v composer >/dev/null || { echo 'composer is missing: run bindings-php/install-tools'; exit 1; }
	bindings-php/stage-packages $(php_shipped) $(CARGO_TARGET_DIR)/php/packages
	tools/check-glibc 2.34 $(php_shipped)
	ALIPAY_INSTORE_COMMAND=$(CARGO_TARGET_DIR)/debug/alipay-instore CARGO_TARGET_DIR=$(CARGO_TARGET_DIR) \
		bindings-php/try-package $(CARGO_TARGET_DIR)/php/packages $(CARGO_TARGET_DIR)/php/empty

.PHONY: php-memory
php-memory: php-extension ## memory stays flat over 1,000,000 signatures in PHP
	php -d extension=$(php_shipped) bindings-php/memory.php

.PHONY: php-valgrind
php-valgrind: php-build php-command need-valgrind ## PHPUnit under valgrind: keys, signatures, values, clocks, clients, stores
	ALIPAY_INSTORE_COMMAND=$(CARGO_TARGET_DIR)/debug/alipay-instore bindings-php/valgrind $(php_extension)

.PHONY: lint-php
lint-php: php-build ## the extension by clippy, the PHP code by its parser and by PHP_CodeSniffer
	cargo clippy --quiet --package alipay-instore-php --features panic-test -- --deny warnings
	find bindings-php -name '*.php' -print0 | xargs -0 -n 1 php -l | { ! grep -v '^No syntax errors'; }
	cd bindings-php && phpcs -q
