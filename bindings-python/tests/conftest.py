"""The gateway that the tests share, and keys of their own."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import alipay_instore as ai
from alipay_instore.testing import Gateway

ROOT = Path(__file__).resolve().parents[2]
Script = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with Gateway(tmp_path_factory.mktemp("gateway"), speed=20) as running:
        yield running


@pytest.fixture(scope="session")
def key(gateway: Gateway) -> ai.SigningKey:
    return ai.SigningKey.load((gateway.folder / "merchant_private_key.pem").read_bytes())


@pytest.fixture(scope="session")
def gateway_key(gateway: Gateway) -> ai.SigningKey:
    return ai.SigningKey.load((gateway.folder / "gateway_private_key.pem").read_bytes())


@pytest.fixture
def script(gateway: Gateway, tmp_path: Path) -> Script:
    """Runs a script in an interpreter of its own, with a client of the shared gateway; it must not hang."""

    def run(text: str, *, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        head = f"""
            import json, os, signal, sys, threading, time
            sys.path.insert(0, {str(ROOT / "bindings-python")!r})
            import alipay_instore as ai
            from alipay_instore.testing import FastClock, pay_request
            folder = {str(gateway.folder)!r}
            settings = json.load(open(folder + "/sandbox.json"))
            merchant = ai.Merchant.from_file(folder + "/sandbox.json")
            clock = FastClock(settings["clock_origin_ms"], settings["speed"])
            store = ai.FileStore({str(tmp_path / "store")!r})
            def make(**options):
                return ai.Client(merchant, **{{"store": store, "clock": clock, "notify_url_configured": True, **options}})
            FOREVER = "281006029000000000000011"
        """
        file = tmp_path / "script.py"
        file.write_text(textwrap.dedent(head) + textwrap.dedent(text))
        return subprocess.run(
            [sys.executable, "-X", "faulthandler", str(file)], capture_output=True, text=True, timeout=timeout, check=False
        )

    return run
