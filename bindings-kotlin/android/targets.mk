# The library for Android: native libraries, AAR, and both run without a device.

ANDROID := $(KOTLIN)/android
ANDROID_OUT := $(KOTLIN)/target/android
ANDROID_KILLS ?= 20

.PHONY: need-android
need-android: need-java need-python
	@command -v readelf >/dev/null || { echo 'readelf is missing: install binutils'; exit 1; }
	@command -v unzip >/dev/null || { echo 'unzip is missing: install unzip'; exit 1; }

.PHONY: android-libraries
android-libraries: need-android ## the native library for every ABI of Android, checked; without an NDK, or by ANDROID_NDK_HOME
	$(ANDROID)/build-libraries

.PHONY: android-aar
android-aar: android-libraries ## the AAR for Android in a Maven repository below bindings-kotlin/target/android
	$(ANDROID)/build-aar

# Everything a second time, in another folder, from what is committed.
.PHONY: android-reproducible
android-reproducible: android-aar ## the AAR built twice, in two folders, has one hash
	$(ANDROID)/test/reproducible

.PHONY: android-shrunk
android-shrunk: android-aar kotlin-vectors ## R8 in full mode and D8 take the AAR without a warning, and the shrunk classes pay
	cargo build --quiet --bin alipay-instore
	$(ANDROID)/test/shrunk

.PHONY: android-test
android-test: android-aar kotlin-vectors ## the Android libraries run here: vectors, store kit, payments, kills, R8, Robolectric
	cargo build --quiet --bin alipay-instore --bin crash-test
	$(ANDROID)/test/all --kills $(ANDROID_KILLS)
