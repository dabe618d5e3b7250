.PHONY: interop
interop: need-rust ## the official Python SDKs pay, inquire, cancel and refund against the sandbox over TLS
	cargo build -q -p alipay-instore-cli
	tests/interop/run.sh
