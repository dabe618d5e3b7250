"""A million calls of sign and verify; resident memory after a warm-up and at the end."""

from __future__ import annotations

import sys
import threading
import time

import alipay_instore as ai
from alipay_instore.testing import Gateway

CALLS = 1_000_000
THREADS = 2
#: What an allocator may keep for itself.
ALLOWED_KIB = 2048


def resident() -> int:
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def work(key: ai.SigningKey, rounds: int) -> None:
    public, body = key.verifying_key, b"x" * 1000
    for number in range(rounds):
        time_ = str(number)
        header = key.sign(path="/p", client_id="C", time=time_, body=body)
        public.verify(header, path="/p", client_id="C", time=time_, body=body)
        try:
            public.verify(header, path="/q", client_id="C", time=time_, body=body)
        except ai.SignatureError:
            pass
        public.verify(header, path="/p", client_id="C", time=time_, body=body)


def main() -> int:
    with Gateway() as gateway:
        key = ai.SigningKey.load((gateway.folder / "merchant_private_key.pem").read_bytes())
    work(key, 5_000)
    before, begin = resident(), time.monotonic()
    # A round is one signature and three verifications, one of them in vain.
    threads = [threading.Thread(target=work, args=(key, CALLS // 4 // THREADS)) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after = resident()
    print(f"{CALLS} calls in {time.monotonic() - begin:.0f} s: {before} KiB before, {after} KiB after")
    return 0 if after - before <= ALLOWED_KIB else 1


if __name__ == "__main__":
    sys.exit(main())
