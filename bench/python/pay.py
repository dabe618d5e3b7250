"""Payments over HTTP, 64 at once, in asyncio: `python pay.py FOLDER`, where FOLDER is that of the gateway."""

from __future__ import annotations

import asyncio
import sys
import time
from itertools import count
from pathlib import Path

from questions import Answer, answer_each

import alipay_instore as ai

FOLDER = Path(sys.argv[1])
AT_ONCE = 64
SHOP = ai.Shop("M1", "Coffee House", "5814", store_id="S1", store_name="Harbour", terminal="TILL7")
#: More than a machine can do: the client is not to be held back by its own rate.
LIMITS = ai.Limits(in_flight=128, per_second=1_000_000, burst=1_000_000)
#: Codes that the gateway has not seen; each is paid at once.
numbers = count()


async def pay(seconds: float) -> Answer:
    merchant, amount = ai.Merchant.from_file(FOLDER / "sandbox.json"), ai.Amount.parse("19.99 USD")
    certificates = (FOLDER / "ca.pem").read_bytes() if (FOLDER / "ca.pem").exists() else ()
    client = ai.AsyncClient(
        merchant,
        store=ai.MemoryStore(),
        shop=SHOP,
        limits=LIMITS,
        notify_url_configured=True,
        extra_root_certificates=certificates,
    )
    async with client:

        async def work(until: float) -> int:
            made = 0
            while time.monotonic() < until:
                result = await client.pay_code(f"2810060280012{next(numbers):011d}", amount, "Two coffees")
                assert result.outcome == "succeeded", result
                made += 1
            return made

        # The first opens connections; it is not counted.
        await asyncio.gather(*(work(0.3 + time.monotonic()) for _ in range(AT_ONCE)))
        begun, used = time.monotonic(), time.process_time()
        made = sum(await asyncio.gather(*(work(begun + seconds) for _ in range(AT_ONCE))))
        taken, used = time.monotonic() - begun, time.process_time() - used
    return {"per_second": made / taken, "processor_us_each": used * 1e6 / made}


answer_each({"pay": lambda seconds: asyncio.run(pay(seconds))})
