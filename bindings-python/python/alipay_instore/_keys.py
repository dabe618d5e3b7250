"""New keys, for a first setup and for tests."""

from __future__ import annotations

from typing import NamedTuple

from . import _native
from ._errors import of_code


class KeyPair(NamedTuple):
    """A pair of RSA keys as PEM."""

    #: PKCS#8. It signs, and never leaves you; write it where only its owner can read it.
    private_pem: str
    #: SPKI. It goes to the gateway.
    public_pem: str

    def __repr__(self) -> str:
        return "KeyPair()"


def generate_key(bits: int = 2048) -> KeyPair:
    """A new pair of keys, of 2048, 3072, 4096 or 8192 bits; AlipayKeyError with ``key.size`` for another length."""
    if isinstance(bits, bool) or not isinstance(bits, int):
        raise TypeError(f"bits must be an int, not {type(bits).__name__}")
    if not 0 <= bits < 2**32:
        raise of_code("config.invalid", "bits is out of range", path="bits")
    return KeyPair(*_native.generate_key(bits))
