"""Writes core/tests/fixtures/qr.json: texts as QR codes, by the package `qrcode` of PyPI, which shares nothing with ours but its name.

    python3 -m venv venv && venv/bin/pip install qrcode==8.2 && venv/bin/python tests/vectors/generate/qr.py

ISO 18004 leaves the mask to the encoder, which takes the one that it holds for the most readable. So each code is here with all
eight, and ours has to be one of them. It also leaves to the encoder how a text is cut into segments; these texts have one.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import qrcode

FILE = Path(__file__).resolve().parents[3] / "core" / "tests" / "fixtures" / "qr.json"
TEXTS = ["https://qr.example/pay?order=ab-cd", "281666040092278305", "HTTPS://QR.EXAMPLE/PAY"]
MARGIN = 4


def modules(text: str, mask: int) -> list[str]:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, mask_pattern=mask, border=0)
    code.add_data(text, optimize=0)
    code.make(fit=True)
    return ["".join("#" if module else "." for module in row) for row in code.get_matrix()]


def terminal(rows: list[str]) -> str:
    """Two modules a character, the light ones drawn."""
    side = len(rows) + 2 * MARGIN
    blank = ["." * side] * MARGIN
    lines = [*blank, *("." * MARGIN + row + "." * MARGIN for row in rows), *blank]
    if len(lines) % 2:
        lines.append("#" * side)
    signs = {("#", "#"): " ", ("#", "."): "\u2584", (".", "#"): "\u2580", (".", "."): "\u2588"}
    pairs = zip(lines[::2], lines[1::2], strict=True)
    return "\n".join("".join(signs[two] for two in zip(upper, lower, strict=True)) for upper, lower in pairs)


def code(text: str) -> dict[str, object]:
    masks = [modules(text, mask) for mask in range(8)]
    return {"text": text, "modules": masks, "terminal": [terminal(rows) for rows in masks]}


if __name__ == "__main__":
    source = f"qrcode {version('qrcode')} of PyPI, error correction M, the smallest version, masks 0 to 7"
    whole = {"source": source, "codes": [code(text) for text in TEXTS]}
    FILE.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
