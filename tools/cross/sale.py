"""A sale at a running sandbox, whose folder is the argument: by the wheel that is tried."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

import alipay_instore as ai

folder = Path(sys.argv[1])
shop = ai.Shop("M1", "Coffee House", "5814", store_id="S1", store_name="Harbour", terminal="TILL7", notify_url="http://127.0.0.1:9/notify")
merchant = ai.Merchant.from_file(folder / "sandbox.json")
with ai.Client(merchant, store=ai.FileStore(folder / "payments-python"), shop=shop) as till:
    result = till.pay_code("281006020000000000125733", ai.Amount.parse("19.99 USD"), "Two coffees")
print(f"Python {platform.python_version()}, {platform.machine()}, {' '.join(platform.libc_ver()) or 'musl'}: {result.outcome}")
sys.exit(not result.succeeded)
