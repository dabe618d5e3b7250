"""Times: milliseconds since the epoch at the boundary, what Python callers have on the outside."""

from __future__ import annotations

import time
from datetime import datetime, timezone

from ._errors import of_code

#: A time: an aware datetime, or whole milliseconds since the epoch.
Time = datetime | int


#: A thousand years.
_MOST_SECONDS = 31_556_952_000


def milliseconds(moment: Time | None) -> int:
    """Milliseconds since the epoch; now if there is no time."""
    if moment is None:
        return time.time_ns() // 1_000_000
    if isinstance(moment, datetime):
        if moment.tzinfo is None:
            raise of_code("payment.time", "the datetime has no time zone", hint="pass an aware datetime")
        since = moment - datetime(1970, 1, 1, tzinfo=timezone.utc)
        return (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000
    if isinstance(moment, bool) or not isinstance(moment, int):
        raise TypeError(
            f"a time must be an aware datetime or int milliseconds since the epoch, not {type(moment).__name__}"
        )
    return moment


def duration(seconds: float, name: str) -> int:
    """Whole milliseconds of a number of seconds."""
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise TypeError(f"{name} must be a number of seconds, not {type(seconds).__name__}")
    # Also what is not a number, which compares with nothing.
    if not -_MOST_SECONDS <= seconds <= _MOST_SECONDS:
        raise of_code("config.invalid", f"{name} is out of range", path=name)
    return round(seconds * 1000)
