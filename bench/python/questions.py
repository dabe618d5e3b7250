"""Questions on the input, one a line: ``WHAT SECONDS``; an answer is one line of JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping

Answer = dict[str, object]
Measure = Callable[[float], Answer]


def answer_each(measures: Mapping[str, Measure]) -> None:
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        what, seconds = line.split()
        try:
            answer = measures[what](float(seconds))
        # Whatever it is, it is the answer: the others are still measured.
        except Exception as error:  # noqa: BLE001
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


def timed(call: Callable[[], object]) -> Measure:
    """Nanoseconds of processor time that a call takes; what other processes do does not count in it."""

    def measure(seconds: float) -> Answer:
        calls, batch, begun = 0, 1, time.process_time_ns()
        while True:
            for _ in range(batch):
                call()
            calls += batch
            taken = time.process_time_ns() - begun
            if taken >= seconds * 1e9:
                return {"ns": taken / calls}
            # The clock is read about a hundred times.
            batch = max(1, int(seconds * 1e9 / 100 / (taken / calls)))

    return measure
