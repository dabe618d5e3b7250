"""The pytest plugin: it loads nothing until one of its fixtures is used."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import alipay_instore_testing


def test_the_plugin_loads_nothing_until_a_fixture_is_used(tmp_path: Path) -> None:
    (tmp_path / "test_order.py").write_text(
        "import sys\n"
        "def loaded():\n"
        "    return sorted(name for name in sys.modules if name.startswith('alipay_instore'))\n"
        "def test_first():\n"
        "    assert loaded() == ['alipay_instore_testing', 'alipay_instore_testing.plugin']\n"
        "def test_second(alipay_gateway):\n"
        "    assert 'alipay_instore_testing._sandbox' in loaded() and alipay_gateway.base_url\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_order.py"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False, env={**os.environ, "PYTEST_ADDOPTS": ""},
    )
    assert done.returncode == 0 and "2 passed" in done.stdout, done.stdout + done.stderr


def test_what_the_package_has() -> None:
    assert alipay_instore_testing.Sandbox.__name__ == "Sandbox"
    with pytest.raises(AttributeError, match="no attribute 'Gateway'"):
        _ = getattr(alipay_instore_testing, "Gateway")  # noqa: B009
