"""An asyncio service with a hundred payments at once, and a counter for Prometheus beside it."""

from __future__ import annotations

import asyncio
from collections import Counter

import alipay_instore as ai
from alipay_instore.testing import Gateway, pay_request


class Metrics:
    """Counts steps as a Prometheus exporter would; give it to a client as `on_step`."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self.slowest = 0

    def __call__(self, _payment_request_id: str, step: ai.TimelineEntry) -> None:
        label = step.operation or step.details.get("outcome", "")
        self.counts[step.event, label] += 1
        self.slowest = max(self.slowest, step.details.get("took", 0))

    def text(self) -> str:
        """The exposition format of Prometheus."""
        lines = ["# TYPE alipay_instore_steps_total counter"]
        for (event, label), count in sorted(self.counts.items()):
            lines.append(f'alipay_instore_steps_total{{event="{event}",label="{label}"}} {count}')
        lines += ["# TYPE alipay_instore_slowest_answer_ms gauge", f"alipay_instore_slowest_answer_ms {self.slowest}"]
        return "\n".join(lines) + "\n"


async def service(gateway: Gateway, metrics: Metrics) -> list[ai.PaymentResult]:
    async with gateway.async_client(on_step=metrics) as client:
        codes = ["281006020000000000125733", "281006029000000000000002", "281006029000000000000004"]
        requests = [pay_request(code=codes[number % len(codes)]) for number in range(100)]
        results = await asyncio.gather(*(client.pay(request) for request in requests))
        await asyncio.sleep(0)
        return results


def main() -> None:
    metrics = Metrics()
    with Gateway(speed=5) as gateway:
        results = asyncio.run(service(gateway, metrics))
    ended = Counter(result.outcome for result in results)
    assert ended == {ai.Outcome.SUCCEEDED: 67, ai.Outcome.FAILED: 33}, ended
    print(metrics.text(), end="")


if __name__ == "__main__":
    main()
