"""The numbers of a policy, by their names.

Generated from schema/policy.toml by `make generate`; do not edit.
"""

from __future__ import annotations

from typing import Literal, TypedDict

from ._words import RefundAfterCancelWindow


class PolicyNumbers(TypedDict, total=False):
    """What can be changed in a preset. Times are milliseconds."""

    reply_time: int
    """How long a reply is waited for before the machine goes on. The host's request lives on. Preset: 5 s."""

    resend_unknown: bool
    """Whether an unknown result of pay, or none, has the same request sent again ("Alipay+, Accept a payment, step 2")
    instead of an inquiry. Preset: no in AMS, yes in Alipay+.
    """

    resend_delay: int
    """The wait before pay is sent again. Preset: 3 s."""

    resend_limit: int
    """How often pay is sent again after an unknown result. Preset: 3."""

    not_sent_delay: int
    """The wait before a request that did not leave this machine is tried again. Preset: 3 s."""

    not_sent_limit: int
    """How often such a request is tried again. Preset: 3."""

    inquiry_interval: int
    """The time from one inquiry to the next. Preset: 3 s."""

    inquiry_limit: int
    """How many inquiries are sent before the payment is cancelled. Preset: 20."""

    expiry: int
    """How long a payment by payment code may take at the most. Preset: 2 min in AMS, 1 min in Alipay+."""

    closing_time: int
    """How long an order code or entry code payment may take at the most. Preset: 10 min in AMS, 3 min in Alipay+."""

    customer_first_inquiry: int
    """The wait from showing the code, or redirecting the wallet, to the first inquiry. Preset: 15 s."""

    customer_inquiry_interval: int
    """The time from one inquiry to the next while the customer is acting. Preset: 5 s."""

    cancel_interval: int
    """The time from one cancel to the next at first. Preset: 5 s."""

    cancel_fast_period: int
    """How long cancels are sent at that pace; then ``cancel_unresolved`` is raised. Preset: 1 min."""

    cancel_slow_interval: int
    """The time from one cancel to the next after that. Preset: 1 min."""

    cancel_window: int | Literal["next_day"]
    """Until when the gateway takes a cancel. Preset: 24 h in AMS, next_day in Alipay+."""

    clock_margin: int
    """How far the gateway's clock may be behind this one's. Preset: 1 min."""

    refund_after_cancel_window: RefundAfterCancelWindow
    """What to do when a payment succeeded and can't be cancelled any more. Preset: automatic."""

    refund_interval: int
    """The time from one refund request to the next at first. Preset: 5 s."""

    refund_fast_period: int
    """How long refund requests are sent at that pace. Preset: 1 min."""

    refund_slow_interval: int
    """The time from one request to the next after that. Preset: 1 min."""

    refund_slow_period: int
    """How long the slow pace is kept before the refund is given up as unresolved. Preset: 24 h."""

    refund_missing_delay: int
    """The wait before a refund that the gateway does not know is inquired for again. Preset: 15 s."""

    refund_missing_limit: int
    """How often it is inquired for again before it is sent again. Preset: 3."""
