# The Python package. Everything is made below target/; nothing but Rust and Python 3.10 or newer has to be there.

PYTHON ?= python3
python_venv := $(CURDIR)/target/python
python_bin := $(python_venv)/bin
python_wheels := $(CURDIR)/target/wheels
python_tools := maturin==1.16.* pytest mypy gunicorn fastapi uvicorn flask

$(python_bin)/maturin: | need-python
	$(PYTHON) -m venv $(python_venv)
	$(python_bin)/pip install --quiet $(python_tools)

# The build that the tests use: not optimised, and with the switch that makes any export panic.
.PHONY: python-install
python-install: need-rust $(python_bin)/maturin
	cd bindings-python && VIRTUAL_ENV=$(python_venv) $(python_bin)/maturin develop --quiet --features panic-test
	cd bindings-python/testing && VIRTUAL_ENV=$(python_venv) $(python_bin)/maturin develop --quiet

.PHONY: python-test
python-test: python-install python-types python-vectors ## the Python package: types, vectors, pytest
	cd bindings-python && $(python_bin)/pytest

.PHONY: python-types
python-types: python-install
	cd bindings-python && $(python_bin)/python generate_models.py --check
	cd bindings-python && $(python_bin)/mypy --strict -p alipay_instore -p alipay_instore_testing
	cd bindings-python && $(python_bin)/mypy --strict run_vectors.py memory.py
	cd bindings-python/examples && $(python_bin)/mypy --strict *.py

# The same answers as Rust, byte for byte, for every file.
.PHONY: python-vectors
python-vectors: python-install ## the shared vectors in Python, compared with Rust
	@for file in $(VECTORS); do \
		diff <(tests/run-vectors rust $$file | $(python_bin)/python -c 'import json, sys; [print(json.loads(line)) for line in sys.stdin]') \
			<(tests/run-vectors python $$file | $(python_bin)/python -c 'import json, sys; [print(json.loads(line)) for line in sys.stdin]') \
			|| { echo "$$file: Python and Rust differ"; exit 1; }; \
		echo "$$file: Python and Rust agree"; \
	done

$(python_wheels)/.built: $(python_bin)/maturin FORCE
	rm -f $(python_wheels)/alipay_instore*.whl
	cd bindings-python && $(python_bin)/maturin build --quiet --release --locked --out $(python_wheels)
	cd bindings-python/testing && $(python_bin)/maturin build --quiet --release --locked --out $(python_wheels)
	@touch $@

.PHONY: FORCE
FORCE:

# Away from the repository, so that only what was installed can be found.
.PHONY: wheel
wheel: need-rust $(python_wheels)/.built ## the Python wheels, and the examples run from them in an empty environment
	rm -rf target/python-empty && $(PYTHON) -m venv target/python-empty
	target/python-empty/bin/pip install --quiet mypy pytest fastapi uvicorn flask $(python_wheels)/alipay_instore-*.whl $(python_wheels)/alipay_instore_testing-*.whl
	folder=$$(mktemp -d) && cp bindings-python/examples/*.py bindings-python/stubtest-allowlist.txt $$folder && cd $$folder \
		&& $(CURDIR)/target/python-empty/bin/python run_all.py \
		&& $(CURDIR)/target/python-empty/bin/mypy --strict *.py \
		&& $(CURDIR)/target/python-empty/bin/python -c 'from alipay_instore import _native; assert not hasattr(_native, "_arm_panic")' \
		&& $(CURDIR)/target/python-empty/bin/stubtest --allowlist stubtest-allowlist.txt alipay_instore alipay_instore_testing \
		&& $(CURDIR)/target/python-empty/bin/python -X importtime -c 'import alipay_instore' 2>&1 | tail -1 \
		&& rm -r $$folder
	ls -l $(python_wheels)/*.whl

.PHONY: python-sdist
python-sdist: need-rust $(python_bin)/maturin ## the source distribution, built and imported in an empty environment
	rm -rf target/sdist target/python-sdist && $(PYTHON) -m venv target/python-sdist
	cd bindings-python && $(python_bin)/maturin sdist --quiet --out $(CURDIR)/target/sdist
	target/python-sdist/bin/pip install --quiet target/sdist/alipay_instore-*.tar.gz
	cd / && $(CURDIR)/target/python-sdist/bin/python -c 'import alipay_instore as ai; print(ai.Amount.from_major("19.99", "USD"))'

# glibc 2.17 and the stable ABI of Python 3.10: what PyPI serves to every Linux on x86-64.
.PHONY: python-manylinux
python-manylinux: need-rust $(python_bin)/maturin ## the wheel for every Linux, checked with abi3audit and objdump
	$(python_bin)/pip install --quiet ziglang abi3audit
	cd bindings-python && PATH=$(python_bin):$$PATH $(python_bin)/maturin build --release --zig --compatibility manylinux2014 --out $(CURDIR)/target/manylinux
	$(python_bin)/abi3audit --strict target/manylinux/alipay_instore-*.whl
	bindings-python/check-glibc 2.17 target/manylinux/alipay_instore-*.whl

.PHONY: python-memory
python-memory: python-install ## a million calls of sign and verify: memory stays flat
	$(python_bin)/python bindings-python/memory.py
