"""The sandbox gateway for tests; used through ``alipay_instore.testing``."""

from ._sandbox import Sandbox

__all__ = ["Sandbox"]
