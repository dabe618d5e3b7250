"""The names of the package are loaded when they are first used."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import alipay_instore


def imported() -> dict[str, str]:
    """What a type checker sees: the names, and their modules."""
    tree = ast.parse(Path(alipay_instore.__file__).with_suffix(".pyi").read_text())
    return {
        name.name: statement.module
        for statement in ast.walk(tree)
        if isinstance(statement, ast.ImportFrom) and statement.level == 1 and statement.module
        for name in statement.names
    }


def test_every_name_is_the_one_that_type_checkers_see() -> None:
    names = imported()
    assert {*names, "models"} == set(alipay_instore.__all__)
    for name, module in names.items():
        there = getattr(importlib.import_module(f"alipay_instore.{module}"), name)
        assert getattr(alipay_instore, name) is there
    assert set(alipay_instore.__all__) <= set(dir(alipay_instore))


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Clint'"):
        alipay_instore.Clint  # type: ignore[attr-defined]  # noqa: B018


def test_importing_the_package_loads_nothing_else() -> None:
    code = "import alipay_instore, sys; print(sum(name.startswith('alipay_instore.') for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"
