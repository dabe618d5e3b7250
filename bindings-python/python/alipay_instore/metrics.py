"""Counters and a histogram for OpenTelemetry.

::

    from opentelemetry import metrics
    from alipay_instore.metrics import Metrics

    client = Client(merchant, store=store, on_step=Metrics(metrics.get_meter("till")))

Nothing is imported: any meter with OpenTelemetry's ``create_counter`` and ``create_histogram`` will do.

=========================================  =============================================================
``alipay_instore.requests``                ``operation``; ``answer``: ``S``, ``F``, ``U``, ``other`` or ``none``
``alipay_instore.request.duration``, in s  ``operation``
``alipay_instore.payments``                ``outcome``
``alipay_instore.refunds``                 ``outcome``
``alipay_instore.reverses``                ``outcome``
``alipay_instore.alerts``                  ``kind``
``alipay_instore.notifications``
=========================================  =============================================================
"""

from __future__ import annotations

from typing import Any

from ._base import OnStep
from ._dialect import TimelineEntry

__all__ = ["Metrics"]

_CONCLUDED = {"concluded": "payments", "refund_concluded": "refunds", "reverse_concluded": "reverses"}


class Metrics:
    """An ``on_step`` that counts, and then calls ``then`` if it is given."""

    def __init__(self, meter: Any, then: OnStep | None = None) -> None:
        def counter(name: str, description: str) -> Any:
            return meter.create_counter(f"alipay_instore.{name}", description=description)

        self._then = then
        self._requests = counter("requests", "Requests to the gateway")
        self._notifications = counter("notifications", "Verified notifications that were taken in")
        self._alerts = counter("alerts", "Alerts that need a person")
        self._concluded = {
            "payments": counter("payments", "Payments that have their result"),
            "refunds": counter("refunds", "Refunds that have their result"),
            "reverses": counter("reverses", "Reverses that have their result"),
        }
        self._duration = meter.create_histogram(
            "alipay_instore.request.duration", unit="s", description="How long the gateway takes to answer"
        )

    def __call__(self, payment_request_id: str, step: TimelineEntry) -> None:
        details = step.details
        if step.event in ("answered", "unanswered"):
            # What the gateway says is no attribute as it is: each other text would be another series.
            letter = details.get("result_status", "none")
            answer = letter if letter in ("S", "F", "U", "none") else "other"
            operation = details["operation"]
            self._requests.add(1, {"operation": operation, "answer": answer})
            self._duration.record(details["took"] / 1000, {"operation": operation})
        elif step.event == "notified":
            self._notifications.add(1)
        elif step.event == "alerted":
            self._alerts.add(1, {"kind": details["kind"]})
        elif kind := _CONCLUDED.get(step.event):
            self._concluded[kind].add(1, {"outcome": details["outcome"]})
        if self._then is not None:
            self._then(payment_request_id, step)
