"""The sandbox gateway for tests; used through ``alipay_instore.testing``.

Nothing is loaded until it is used: pytest imports the plugin beside this in every run of whoever has the package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._sandbox import Sandbox

__all__ = ["Sandbox"]


def __getattr__(name: str) -> object:
    if name != "Sandbox":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from ._sandbox import Sandbox

    return Sandbox
