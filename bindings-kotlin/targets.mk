# The Kotlin library: native part, generated code, Maven.

KOTLIN := bindings-kotlin
KOTLIN_CARGO := --package alipay-instore-kotlin --no-default-features --features aws-lc,one-build
KOTLIN_NATIVE := $(KOTLIN)/target/native/linux-x86-64/libalipay_instore_kotlin.so
KOTLIN_PROGRAM := $(KOTLIN)/target/program/alipay/instore/testing/linux-x86-64/alipay-instore
KOTLIN_GENERATED := library/src/main/generated
KOTLIN_MAVEN := mvn --quiet --batch-mode --file $(KOTLIN)/pom.xml

.PHONY: need-java
need-java: need-rust
	@command -v javac >/dev/null || { echo 'a JDK is missing: install JDK 17'; exit 1; }
	@command -v mvn >/dev/null || { echo 'maven is missing: install Maven 3.8 or newer'; exit 1; }

# Symbols are kept in this build, since the generator reads them; what goes into the jar is stripped.
.PHONY: kotlin-library
kotlin-library: need-java
	cargo build --quiet $(KOTLIN_CARGO)
	cargo build --quiet --package alipay-instore-uniffi-bindgen --features one-build
	@mkdir -p $(dir $(KOTLIN_NATIVE))
	strip -o $(KOTLIN_NATIVE) $(CARGO_TARGET_DIR)/debug/libalipay_instore_kotlin.so

# The compiler finds classes of an earlier build, also those whose source is gone.
define without_old_classes
rm -rf $(wildcard $(KOTLIN)/*/target/classes $(KOTLIN)/*/target/test-classes)
endef

define generate_kotlin
$(CARGO_TARGET_DIR)/debug/uniffi-bindgen generate $(CARGO_TARGET_DIR)/debug/libalipay_instore_kotlin.so \
	--language kotlin --no-format --config $(KOTLIN)/uniffi.toml --out-dir
endef

.PHONY: kotlin-generate
kotlin-generate: kotlin-library ## write the Kotlin code that calls the native library
	$(generate_kotlin) $(KOTLIN)/$(KOTLIN_GENERATED)

.PHONY: kotlin-generated
kotlin-generated: kotlin-library
	$(generate_kotlin) $(KOTLIN)/target/generated
	@diff -r $(KOTLIN)/target/generated/alipay/instore/ffi $(KOTLIN)/$(KOTLIN_GENERATED)/alipay/instore/ffi >/dev/null \
		|| { echo 'the generated Kotlin is stale: run make kotlin-generate'; exit 1; }

# For Android: no C code; for both: no async runtime, no HTTP.
.PHONY: kotlin-light
kotlin-light: need-rust ## the proof that the native library is light
	$(KOTLIN)/check-light

.PHONY: kotlin-vectors
kotlin-vectors: kotlin-library
	@$(without_old_classes)
	$(KOTLIN_MAVEN) package --projects vectors --also-make -DskipTests

# What Android gets, run on this machine: whatever would call a C compiler fails.
define rustcrypto_kotlin
CC=false CXX=false cargo build --quiet --package alipay-instore-kotlin --no-default-features --features rustcrypto
@mkdir -p $(KOTLIN)/target/rustcrypto
cp $(CARGO_TARGET_DIR)/debug/libalipay_instore_kotlin.so $(KOTLIN)/target/rustcrypto/
JAVA_TOOL_OPTIONS=-Duniffi.component.alipay_instore.libraryOverride=$(abspath $(KOTLIN)/target/rustcrypto/libalipay_instore_kotlin.so) \
	tests/run-vectors kotlin $(VECTORS) | wc -l | sed 's/$$/ cases agree in Kotlin without C code/'
endef

.PHONY: kotlin-rustcrypto
kotlin-rustcrypto: kotlin-vectors ## the native library without C code against the shared vectors
	$(rustcrypto_kotlin)

.PHONY: kotlin-memory
kotlin-memory: kotlin-library ## native memory before and after 100,000 signatures and 200,000 dropped objects
	$(KOTLIN_MAVEN) test --projects library -Dtest='SoakTest#*grow*' -Dalipay.instore.soak=100000

# A JVM starts slowly, so the clock of its payments runs slower than that of the till in Rust.
define crash_test_kotlin
cargo run --quiet --bin crash-test -- --speed 10 --till \
	"java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
	-cp $(KOTLIN)/vectors/target/classes:$$(cat $(KOTLIN)/vectors/target/classpath) alipay.instore.vectors.CrashTill"
endef

.PHONY: crash-test-kotlin
crash-test-kotlin: kotlin-vectors ## tills in Kotlin killed during a payment: KILLS=300
	$(crash_test_kotlin) $(KILLS)

# The sandbox that the testing artefact carries is the command line's.
.PHONY: kotlin-program
kotlin-program: need-rust
	cargo build --quiet --bin alipay-instore
	@mkdir -p $(dir $(KOTLIN_PROGRAM))
	strip -o $(KOTLIN_PROGRAM) $(CARGO_TARGET_DIR)/debug/alipay-instore

.PHONY: kotlin-test
kotlin-test: kotlin-generated kotlin-light kotlin-program ## the Kotlin library: its tests, projects that use its jars, and the shared vectors
	@$(without_old_classes)
	rm -rf $(KOTLIN)/target/tried
	$(KOTLIN_MAVEN) deploy -DaltDeploymentRepository=tried::file://$(abspath $(KOTLIN)/target/tried)
	$(KOTLIN)/gradle-module --write $(KOTLIN)/target/tried
	$(KOTLIN)/gradle-module --check $(KOTLIN)/target/tried
	$(KOTLIN)/consumers/try $(KOTLIN)/target/tried
	tests/run-vectors kotlin $(VECTORS) | wc -l | sed 's/$$/ cases agree in Kotlin/'
	$(rustcrypto_kotlin)
	$(crash_test_kotlin) 20

.PHONY: kotlin-databases
kotlin-databases: kotlin-generated ## the store over JDBC in a PostgreSQL and a MariaDB, which are started for it
	@tests/with-databases --check
	tests/with-databases $(KOTLIN_MAVEN) test --projects library -Dtest='JdbcServersTest' -Dtests.only=databases -Dtests.without=

# What is shipped: the fast backend, glibc 2.17 at most.
.PHONY: kotlin-jar
kotlin-jar: kotlin-generated ## the jar for the JVM, with the library for Linux x86-64
	$(KOTLIN)/build-jar
