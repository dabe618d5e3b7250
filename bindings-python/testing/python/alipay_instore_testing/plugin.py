"""Fixtures for pytest, found by it once the package is installed. Nothing is imported until one is used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from alipay_instore.testing import Gateway


@pytest.fixture
def alipay_gateway() -> Iterator[Gateway]:
    """A gateway whose clock runs 20 times as fast as real time."""
    from alipay_instore.testing import Gateway

    with Gateway(speed=20) as gateway:
        yield gateway


@pytest.fixture
def alipay_gateway_manual() -> Iterator[Gateway]:
    """A gateway whose clock stands still until ``advance`` is called."""
    from alipay_instore.testing import Gateway

    with Gateway(manual=True) as gateway:
        yield gateway
