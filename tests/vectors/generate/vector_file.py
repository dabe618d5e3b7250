"""Writes a vector file, or with --check compares it with what the generator makes.

One case a line, so that a change shows as the lines it touches. Two cases with the same inputs, or the same
name, are a defect of a generator and stop it.
"""

import json
import pathlib
import sys

VECTORS = pathlib.Path(__file__).resolve().parent.parent


def finish(name: str, source: str, cases: list[dict]) -> None:
    refuse_twins(cases)
    lines = [json.dumps(case, ensure_ascii=True, separators=(", ", ": ")) for case in cases]
    text = "".join(
        [
            '{"schema": 1,\n',
            f'"source": {json.dumps(source)},\n',
            '"cases": [\n',
            ",\n".join(lines),
            "\n]}\n",
        ]
    )
    path = VECTORS / name
    if "--check" in sys.argv[1:]:
        if path.read_text(encoding="ascii") != text:
            sys.exit(f"{path} differs from what its generator makes")
        print(f"{path.name}: {len(cases)} cases, as generated")
        return
    path.write_text(text, encoding="ascii")
    print(f"{path.name}: {len(cases)} cases")


def refuse_twins(cases: list[dict]) -> None:
    names: set[str] = set()
    inputs: set[str] = set()
    for case in cases:
        own = {key: value for key, value in case.items() if key not in ("name", "note", "expected")}
        key = json.dumps(own, sort_keys=True)
        if case["name"] in names or key in inputs:
            sys.exit(f"two cases are alike: {case['name']}")
        names.add(case["name"])
        inputs.add(key)
