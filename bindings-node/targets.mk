# The Node.js package. Node.js 18 or newer and npm; the versions of Node.js to test on come from npm as well.

NODE_DIR := $(dir $(lastword $(MAKEFILE_LIST)))
NODE_OUT := $(CARGO_TARGET_DIR)/node
NODE_LIBRARY := $(NODE_DIR)alipay-instore.linux-x64-gnu.node
NODE_TESTING := $(NODE_DIR)testing/
NODE_TESTING_LIBRARY := $(NODE_TESTING)alipay-instore-testing.linux-x64-gnu.node
NODE_VECTORS := $(abspath $(VECTORS))
NODE_EXAMPLES := till.mjs two-workers.mjs order-code.mjs entry-code.mjs notify-express.mjs notify-fastify.mjs hundred.cjs
NODE_TARGET := x86_64-unknown-linux-gnu

$(NODE_DIR)node_modules/.package-lock.json: $(NODE_DIR)package-lock.json | need-rust need-node
	cd $(NODE_DIR) && npm ci --no-fund --no-audit
	touch $@

.PHONY: node-build
node-build: $(NODE_DIR)node_modules/.package-lock.json ## the native parts of the npm packages, for tests
	cd $(NODE_DIR) && node build.mjs . . one-build
	cd $(NODE_DIR) && node build.mjs testing . one-build

.PHONY: node-build-panic
node-build-panic: node-build
	cd $(NODE_DIR) && node build.mjs . test/panic one-build panic-test
	cd $(NODE_DIR) && node build.mjs testing ../test/panic-testing one-build panic-test

.PHONY: node-test
node-test: node-build-panic ## tests, types and vectors of the npm packages on the installed Node.js
	cd $(NODE_DIR) && git diff --exit-code -- native.cjs native.d.ts testing/native.cjs testing/native.d.ts
	cd $(NODE_DIR) && ./node_modules/.bin/tsc -p test/types && ./node_modules/.bin/tsc -p examples
	cd $(NODE_DIR) && node --test --test-timeout=120000 test/*.test.mjs
	cd $(NODE_DIR) && for example in $(NODE_EXAMPLES); do \
		echo "== $$example" && timeout 60 node examples/$$example || exit 1; done
	cd $(NODE_DIR) && node run-vectors.mjs $(NODE_VECTORS) > /dev/null
	$(MAKE) --no-print-directory crash-test-node KILLS=20

.PHONY: crash-test-node
crash-test-node: node-build ## tills in Node.js killed during a payment: KILLS=300
	cargo run --quiet --bin crash-test -- $(KILLS) --till "node $(NODE_DIR)test/crash-till.mjs"

# Under a folder of their own: a package named node would take the place of the installed Node.js.
$(NODE_OUT)/node%/node_modules/node/bin/node:
	mkdir -p $(NODE_OUT)/node$*
	cd $(NODE_OUT)/node$* && npm install --no-fund --no-audit --no-save --prefix . node@$*

.PHONY: node-versions
node-versions: node-build-panic $(NODE_OUT)/node18/node_modules/node/bin/node $(NODE_OUT)/node24/node_modules/node/bin/node ## the same tests on Node.js 18 and 24
	for version in 18 24; do \
		node=$(NODE_OUT)/node$$version/node_modules/node/bin/node; \
		(cd $(NODE_DIR) && $$node --version && timeout 600 $$node --test test/*.test.mjs && $$node run-vectors.mjs $(NODE_VECTORS) > /dev/null) || exit 1; \
	done

# Zig as the linker, for a library that old distributions load too. Takes minutes: a target of its own in CI.
$(NODE_OUT)/zig/bin/cargo-zigbuild:
	python3 -m venv $(NODE_OUT)/zig
	$(NODE_OUT)/zig/bin/pip install --quiet cargo-zigbuild==0.24.0 ziglang==0.17.1

.PHONY: node-library
node-library: $(NODE_OUT)/zig/bin/cargo-zigbuild $(NODE_DIR)node_modules/.package-lock.json ## the libraries that are shipped: glibc 2.17 or newer
	PATH=$(NODE_OUT)/zig/bin:$$PATH cargo zigbuild --profile library --target $(NODE_TARGET).2.17 --package alipay-instore-node
	PATH=$(NODE_OUT)/zig/bin:$$PATH cargo zigbuild --profile library --target $(NODE_TARGET).2.17 --package alipay-instore-node-testing
	# Not written in place: a process may have it loaded.
	install $(CARGO_TARGET_DIR)/$(NODE_TARGET)/library/libalipay_instore_node.so $(NODE_LIBRARY)
	install $(CARGO_TARGET_DIR)/$(NODE_TARGET)/library/libalipay_instore_node_testing.so $(NODE_TESTING_LIBRARY)
	tools/check-glibc 2.17 $(NODE_LIBRARY) $(NODE_TESTING_LIBRARY)

.PHONY: npm-pack
npm-pack: node-library ## the tarballs, installed into an empty folder, where the examples run
	cp LICENSE-APACHE LICENSE-MIT $(NODE_DIR)
	cp LICENSE-APACHE LICENSE-MIT $(NODE_TESTING)
	tools/third-party-licences alipay-instore-node --target $(NODE_TARGET) > $(NODE_DIR)THIRD-PARTY-LICENSES
	tools/third-party-licences alipay-instore-node-testing --target $(NODE_TARGET) > $(NODE_TESTING)THIRD-PARTY-LICENSES
	tools/sbom alipay-instore-node --for $(NODE_DIR)package.json --target $(NODE_TARGET) > $(NODE_DIR)sbom.cdx.json
	tools/sbom alipay-instore-node-testing --for $(NODE_TESTING)package.json --target $(NODE_TARGET) > $(NODE_TESTING)sbom.cdx.json
	$(NODE_DIR)try-package $(NODE_OUT)/pack $(NODE_EXAMPLES)

# What users' compilers and bundlers make of the package. Takes minutes and a network.
.PHONY: node-tools
node-tools: node-build ## types under TypeScript 5.0 to 7, attw, publint, bundlers, Next, Jest, vitest, Bun and Deno
	$(NODE_DIR)try-types $(NODE_OUT)/types
	$(NODE_DIR)try-bundlers $(NODE_OUT)/bundlers
	$(NODE_DIR)try-runners $(NODE_OUT)/runners

.PHONY: node-memory
node-memory: node-library ## memory stays flat over 1,000,000 calls
	cd $(NODE_DIR) && node --expose-gc test/memory.mjs
