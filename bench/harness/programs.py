"""Programs that answer questions on their input, and how they are asked in turn."""

from __future__ import annotations

import json
import os
import select
import statistics
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

#: Beyond the time of the question, in seconds: warming up is a part of the first answer.
PATIENCE = 120.0

Command = Sequence[object]


class Failed(Exception):
    """A program, or one of its answers, failed; the text says why."""


class Program:
    """One that runs, or the reason why it does not."""

    def __init__(self, name: str, command: Command, environment: Mapping[str, str] | None = None) -> None:
        self.name = name
        self.reason: str | None = None
        self._errors = tempfile.TemporaryFile("w+")
        self._left = b""
        try:
            self._process = subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env={**os.environ, **(environment or {})},
            )
        except OSError as error:
            self.reason = str(error)

    def line(self, seconds: float) -> dict[str, Any]:
        """The next line of its output."""
        if self.reason is not None:
            raise Failed(self.reason)
        while b"\n" not in self._left:
            assert self._process.stdout is not None
            ready, _, _ = select.select([self._process.stdout], [], [], seconds)
            more = os.read(self._process.stdout.fileno(), 1 << 16) if ready else b""
            if not more:
                self._process.kill()
                self._process.wait()
                self._errors.seek(0)
                said = self._errors.read().strip().splitlines()
                self.reason = said[-1] if ready and said else "it ended" if ready else f"no answer in {seconds:.0f} s"
                raise Failed(self.reason)
            self._left += more
        line, _, self._left = self._left.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def is_ready(self) -> bool:
        """Whether it has begun to read questions."""
        try:
            self.line(PATIENCE)
        except Failed:
            return False
        return True

    def ask(self, what: str, seconds: float) -> dict[str, Any]:
        if self.reason is not None:
            raise Failed(self.reason)
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(f"{what} {seconds}\n".encode())
            self._process.stdin.flush()
        except OSError:
            pass  # It has ended; reading says why.
        answer = self.line(seconds + PATIENCE)
        if "error" in answer:
            raise Failed(answer["error"])
        return answer

    def stop(self) -> None:
        """Ends its input, and so the program."""
        if self.reason is None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


@dataclass
class Series:
    """The answers to one question, round by round; or why there are none."""

    answers: list[dict[str, Any]] = field(default_factory=list)
    reason: str | None = None

    def median(self, key: str) -> float:
        return statistics.median(self._values(key))

    def _values(self, key: str) -> list[float]:
        if self.reason is not None:
            raise Failed(self.reason)
        return [float(answer[key]) for answer in self.answers]

    def ratio(self, to: Series, key: str) -> float:
        """The median of the ratios of each round."""
        return statistics.median(
            mine / other for mine, other in zip(self._values(key), to._values(key), strict=True)
        )


def interleaved(questions: Iterable[tuple[Program, str]], rounds: int, seconds: float) -> dict[tuple[str, str], Series]:
    """Each question a slice in turn, and that so often. The first round warms up and does not count."""
    asked = list(questions)
    series = {(program.name, what): Series() for program, what in asked}
    for number in range(rounds + 1):
        # Every other round backwards, so that nobody always follows the same one.
        for program, what in asked if number % 2 else reversed(asked):
            one = series[program.name, what]
            if one.reason is not None:
                continue
            try:
                answer = program.ask(what, seconds if number else seconds / 3)
            except Failed as failed:
                one.reason = str(failed)
            else:
                if number:
                    one.answers.append(answer)
    return series


def once(name: str, command: Command, seconds: float = 900) -> dict[str, Any]:
    """What a program says that says one thing."""
    program = Program(name, command)
    try:
        return program.line(seconds)
    finally:
        program.stop()
