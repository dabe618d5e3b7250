.PHONY: interop
interop: need-rust ## the official Python SDKs pay, inquire, cancel and refund against the sandbox over TLS
	cargo build -q --bin alipay-instore
	tests/interop/run.sh
