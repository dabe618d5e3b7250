# The Python package. Everything is made below target/; nothing but Rust and Python 3.10 or newer has to be there.

PYTHON ?= python3
python_venv := $(CURDIR)/target/python
python_bin := $(python_venv)/bin
python_wheels := $(CURDIR)/target/wheels
python_empty := $(CURDIR)/target/python-empty
#: What the examples need beside the package.
python_web := fastapi uvicorn flask django
python_tools := maturin==1.16.* zopflipy pytest mypy gunicorn gevent celery django-stubs opentelemetry-sdk $(python_web)

$(python_bin)/maturin: bindings-python/targets.mk | need-python
	$(PYTHON) -m venv $(python_venv)
	$(python_bin)/pip install --quiet $(python_tools)
	@touch $@

# What a wheel and a source distribution carry: our licences, and those of every crate that is linked in.
.PHONY: python-licences
python-licences: need-rust need-python
	cp LICENSE-MIT LICENSE-APACHE bindings-python
	cp LICENSE-MIT LICENSE-APACHE bindings-python/testing
	tools/third-party-licences alipay-instore-python > bindings-python/THIRD-PARTY-LICENSES
	tools/third-party-licences alipay-instore-python-testing > bindings-python/testing/THIRD-PARTY-LICENSES

# The build that the tests use: not optimised, and with the switch that makes any export panic.
.PHONY: python-install
python-install: need-rust $(python_bin)/maturin
	cd bindings-python && VIRTUAL_ENV=$(python_venv) $(python_bin)/maturin develop --quiet --features panic-test
	cd bindings-python/testing && VIRTUAL_ENV=$(python_venv) $(python_bin)/maturin develop --quiet --features panic-test

.PHONY: python-test
python-test: KILLS = 20
python-test: python-install python-types python-vectors crash-test-python ## the Python package: types, vectors, examples, kills, pytest
	cd bindings-python/examples && $(python_bin)/python run_all.py
	cd bindings-python && $(python_bin)/pytest

.PHONY: python-types
python-types: python-install
	cd bindings-python && $(python_bin)/mypy --strict -p alipay_instore -p alipay_instore_testing
	cd bindings-python && $(python_bin)/mypy --strict tests run_vectors.py memory.py figures.py
	cd bindings-python/examples && $(python_bin)/mypy --strict *.py
	cd bindings-python && $(python_bin)/stubtest --allowlist stubtest-allowlist.txt --allowlist <(echo '.*\.(_native|_sandbox)\.(__all__|_arm_panic)') alipay_instore alipay_instore_testing

# The same answers as Rust, byte for byte, for every file.
.PHONY: python-vectors
python-vectors: python-install ## the shared vectors in Python, compared with Rust
	@for file in $(VECTORS); do \
		diff <(tests/run-vectors rust $$file | $(python_bin)/python -c 'import json, sys; [print(json.loads(line)) for line in sys.stdin]') \
			<(tests/run-vectors python $$file | $(python_bin)/python -c 'import json, sys; [print(json.loads(line)) for line in sys.stdin]') \
			|| { echo "$$file: Python and Rust differ"; exit 1; }; \
		echo "$$file: Python and Rust agree"; \
	done

.PHONY: crash-test-python
crash-test-python: python-install ## tills in Python killed during a payment: KILLS=300
	cargo run --quiet --bin crash-test -- $(KILLS) \
		--till "$(python_bin)/python $(CURDIR)/bindings-python/tests/crash_till.py"

.PHONY: python-wheels
python-wheels: need-rust $(python_bin)/maturin python-licences
	rm -f $(python_wheels)/alipay_instore*.whl
	cd bindings-python && $(python_bin)/maturin build --quiet --profile library --locked --out $(python_wheels)
	cd bindings-python/testing && $(python_bin)/maturin build --quiet --profile library --locked --out $(python_wheels)
	$(python_bin)/python tools/pack-wheel $(python_wheels)/alipay_instore*.whl

# Away from the repository, so that only what was installed can be found.
.PHONY: wheel
wheel: python-wheels ## the Python wheels, and the examples run from them in an empty environment
	rm -rf $(python_empty) && $(PYTHON) -m venv $(python_empty)
	$(python_empty)/bin/pip install --quiet --find-links $(python_wheels) mypy django-stubs $(python_web) "$$(echo $(python_wheels)/alipay_instore-*.whl)[testing]"
	folder=$$(mktemp -d) && cp bindings-python/examples/*.py bindings-python/figures.py bindings-python/stubtest-allowlist.txt $$folder \
		&& cp --parents --recursive docs bindings-python/README.md bindings-python/tests/{__init__,conftest,own_store,test_readme}.py $$folder && cd $$folder \
		&& $(python_empty)/bin/python run_all.py \
		&& $(python_empty)/bin/pytest -q bindings-python \
		&& $(python_empty)/bin/mypy --strict *.py \
		&& $(python_empty)/bin/stubtest --allowlist stubtest-allowlist.txt alipay_instore alipay_instore_testing \
		&& $(python_empty)/bin/python figures.py $(python_wheels)/*.whl \
		&& rm -r $$folder

# The tests on the wheel that is shipped, under every installed interpreter; those of panics need another build.
PYTHONS ?= python3.10 python3.11 python3.12 python3.13
.PHONY: python-versions
python-versions: python-wheels ## the tests under other versions of Python: PYTHONS="python3.10 python3.13"
	for python in $(PYTHONS); do \
		rm -rf target/python-version && $$python -m venv target/python-version \
			&& target/python-version/bin/pip install --quiet pytest gunicorn gevent celery fastapi opentelemetry-sdk $(python_wheels)/alipay_instore*.whl \
			&& target/python-version/bin/python --version \
			&& (cd bindings-python && $(CURDIR)/target/python-version/bin/pytest --ignore tests/test_panic.py) || exit 1; \
	done

.PHONY: python-sdist
python-sdist: need-rust $(python_bin)/maturin python-licences ## the source distributions, built and used in an empty environment
	rm -rf target/sdist target/python-sdist && $(PYTHON) -m venv target/python-sdist
	cd bindings-python && $(python_bin)/maturin sdist --out $(CURDIR)/target/sdist
	cd bindings-python/testing && $(python_bin)/maturin sdist --out $(CURDIR)/target/sdist
	target/python-sdist/bin/pip install --quiet target/sdist/alipay_instore-*.tar.gz target/sdist/alipay_instore_testing-*.tar.gz
	folder=$$(mktemp -d) && cp bindings-python/examples/hundred_payments.py $$folder && cd $$folder \
		&& $(CURDIR)/target/python-sdist/bin/python hundred_payments.py && rm -r $$folder

# glibc 2.17 and the stable ABI of Python 3.10: what PyPI serves to every Linux on x86-64.
.PHONY: python-manylinux
python-manylinux: need-rust $(python_bin)/maturin python-licences ## the wheels for every Linux, checked with abi3audit and readelf
	$(python_bin)/pip install --quiet ziglang==0.17.1 abi3audit
	rm -rf target/manylinux target/python-manylinux && $(PYTHON) -m venv target/python-manylinux
	cd bindings-python && PATH=$(python_bin):$$PATH $(python_bin)/maturin build --quiet --profile library --locked --zig --compatibility manylinux2014 --out $(CURDIR)/target/manylinux
	cd bindings-python/testing && PATH=$(python_bin):$$PATH $(python_bin)/maturin build --quiet --profile library --locked --zig --compatibility manylinux2014 --out $(CURDIR)/target/manylinux
	$(python_bin)/python tools/pack-wheel target/manylinux/*.whl
	$(python_bin)/abi3audit --strict --report target/manylinux/*.whl
	tools/check-glibc 2.17 target/manylinux/*.whl
	target/python-manylinux/bin/pip install --quiet target/manylinux/*.whl
	cd bindings-python/examples && $(CURDIR)/target/python-manylinux/bin/python hundred_payments.py
	$(CURDIR)/target/python-manylinux/bin/python bindings-python/figures.py target/manylinux/*.whl

# On the build that is shipped, not on that of the tests.
.PHONY: python-memory
python-memory: wheel ## a million calls of sign and verify: memory stays flat
	$(python_empty)/bin/python bindings-python/memory.py

.PHONY: python-valgrind
python-valgrind: python-install ## the tests of keys, values and machines under valgrind
	bindings-python/valgrind $(python_bin)/python
