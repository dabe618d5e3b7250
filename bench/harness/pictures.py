"""Lines over logarithmic scales, as SVG."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from html import escape

from .plan import BENCH, WORK, Plan

WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 70, 150, 40, 50
COLOURS = ("#0b6bcb", "#b3541e", "#3f7d3a")


@dataclass
class Line:
    name: str
    points: list[tuple[float, float]]
    dashed: bool = False


@dataclass
class Picture:
    title: str
    across: str
    up: str
    lines: list[Line] = field(default_factory=list)

    def write(self, name: str, plan: Plan) -> str:
        """Writes the picture, and gives its path as the table names it."""
        folder = (BENCH if plan.name == "full" else WORK) / "pictures"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.svg").write_text(self.svg())
        return f"pictures/{name}.svg"

    def svg(self) -> str:
        points = [point for line in self.lines for point in line.points]
        low_x, high_x = decades([x for x, _ in points])
        low_y, high_y = decades([y for _, y in points])

        def at(x: float, y: float) -> tuple[float, float]:
            part_x = (math.log10(x) - low_x) / (high_x - low_x)
            part_y = (math.log10(max(y, 10.0**low_y)) - low_y) / (high_y - low_y)
            return LEFT + part_x * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - part_y * (HEIGHT - TOP - BOTTOM)

        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
            f'<text x="{LEFT}" y="24" font-size="15">{escape(self.title)}</text>',
            f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">{escape(self.across)}</text>',
            f'<text x="14" y="{HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 14 {HEIGHT / 2})">{escape(self.up)}</text>',
        ]
        for power in range(low_x, high_x + 1):
            x, _ = at(10.0**power, 10.0**low_y)
            parts.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#dddddd"/>')
            parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{10**power:,}</text>')
        for power in range(low_y, high_y + 1):
            _, y = at(10.0**low_x, 10.0**power)
            parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#dddddd"/>')
            parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:,.10g}</text>')
        for number, line in enumerate(self.lines):
            colour, dashes = COLOURS[number % len(COLOURS)], ' stroke-dasharray="6 4"' if line.dashed else ""
            places = [at(x, y) for x, y in line.points]
            way = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
            parts.append(f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>')
            if not line.dashed:
                parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
            y = TOP + 14 + 18 * number
            parts.append(f'<path d="M{WIDTH - RIGHT + 14} {y - 4}h22" stroke="{colour}" stroke-width="2"{dashes}/>')
            parts.append(f'<text x="{WIDTH - RIGHT + 42}" y="{y}">{escape(line.name)}</text>')
        return "\n".join([*parts, "</svg>", ""])


def decades(values: list[float]) -> tuple[int, int]:
    """The powers of ten around these values, at least one apart."""
    positive = [value for value in values if value > 0] or [1.0]
    low, high = math.floor(math.log10(min(positive))), math.ceil(math.log10(max(positive)))
    return low, max(high, low + 1)
