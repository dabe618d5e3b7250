"""Writes python/alipay_instore/models.py from the declarations of the core, so that both have the same fields.

    python3 generate_models.py            writes the file
    python3 generate_models.py --check    only says whether it is up to date
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
API = HERE.parent / "core" / "src" / "api"
TARGET = HERE / "python" / "alipay_instore" / "models.py"
SOURCES = [
    "result.rs", "pay/china.rs", "pay/env.rs", "pay/merchant.rs", "pay/order.rs", "pay/forms.rs", "pay/request.rs",
    "pay/response.rs", "inquiry.rs", "cancel.rs", "refund.rs", "notification.rs",
]
PLAIN = {"String": "str", "bool": "bool", "u64": "int", "Amount": "Amount", "StatedAmount": "Amount", "Time": "str",
         "Currency": "str", "PaymentCode": "PaymentCode | str", "PaymentRequestId": "str", "DecimalText": "Decimal"}
KINDS = {"bool": "flag", "u64": "integer", "Amount": "amount", "StatedAmount": "amount", "PaymentCode": "code",
         "DecimalText": "decimal"}
#: A request may carry a datetime where the gateways want a time.
REQUEST_TIMES = {"PayRequest", "Env"}
RENAMED = {"PaymentResult": "ApiResult", "ExtendInfo": "ExtendMembers"}


def blocks(text: str) -> list[str]:
    found = []
    for start in re.finditer(r"^(?:model|words)! \{$", text, re.M):
        end = text.index("\n}\n", start.end())
        found.append(text[start.start():end])
    return found


def doc(lines: str) -> str:
    """A Rust doc comment as a docstring: the first paragraph and those that follow, without code and links."""
    text = "\n".join(line.strip()[3:].removeprefix(" ") for line in lines.strip().splitlines())
    text = text.split("```")[0]
    text = re.sub(r"\[`?(?:[\w:()]*::)?([\w()]+)`?\](?:\([^)]*\))?", r"\1", text)
    return re.sub(r"`([^`]*)`", r"``\1``", text).strip()


def docstring(text: str, indent: str) -> str:
    lines = [line.rstrip() for line in text.splitlines()]
    if len(lines) == 1:
        return f'{indent}"""{lines[0]}"""'
    body = "\n".join(f"{indent}{line}" if line else "" for line in lines[1:])
    return f'{indent}"""{lines[0]}\n{body}\n{indent}"""'


def declarations() -> tuple[dict[str, tuple[str, list[dict[str, str]]]], set[str]]:
    models: dict[str, tuple[str, list[dict[str, str]]]] = {}
    words = {"Scenario"}
    for source in SOURCES:
        for block in blocks((API / source).read_text()):
            words |= set(re.findall(r"pub enum (\w+) ", block)) if block.startswith("words") else set()
            for struct in re.finditer(r"((?:    ///[^\n]*\n)+)    pub struct (\w+) \{\n(.*?)\n    \}", block, re.S):
                fields = [
                    found.groupdict()
                    for found in re.finditer(
                        r'(?P<doc>(?:        ///[^\n]*\n)+)        (?P<name>\w+): (?P<type>\[?\w+\]?) = "(?P<json>\w+)" '
                        r"\{(?P<rules>[^}]*)\}",
                        struct[3],
                    )
                ]
                models[struct[2]] = (doc(struct[1]), fields)
    return models, words


def field(model: str, entry: dict[str, str], words: set[str]) -> str:
    rust = entry["type"]
    many = rust.startswith("[")
    rust = rust.strip("[]")
    name = RENAMED.get(rust, rust)
    if rust in words:
        python, kind = "str", ""
    elif rust in PLAIN:
        python, kind = PLAIN[rust], KINDS.get(rust, "")
    else:
        python, kind = name, name
    if rust == "Time" and model in REQUEST_TIMES:
        python = "str | datetime"
    if rust == "ExtendInfo":
        python = "ExtendMembers | str"
    rules = entry["rules"]
    arguments = [f'"{entry["json"]}"']
    if kind:
        arguments.append(kind if kind == name and rust not in PLAIN else f'"{kind}"')
    if many:
        arguments.append("many=True")
    if "shown: true" in rules or rust in words or rust in {"Time", "Currency", "PaymentRequestId"}:
        arguments.append("shown=True")
    if alias := re.search(r'alias: "(\w+)"', rules):
        arguments.append(f'alias="{alias[1]}"')
    default = "default_factory=list" if many else "default=None"
    hint = f"list[{python}]" if many else f"{python} | None"
    line = f"    {entry['name']}: {hint} = field({default}, metadata=meta({', '.join(arguments)}))"
    if len(line) > 115:
        line = (f"    {entry['name']}: {hint} = field(\n        {default}, metadata=meta({', '.join(arguments)})\n    )")
    return line + "\n" + docstring(doc(entry["doc"]), "    ")


def ordered(models: dict[str, tuple[str, list[dict[str, str]]]]) -> list[str]:
    done: list[str] = []

    def visit(name: str) -> None:
        if name in done:
            return
        for entry in models[name][1]:
            inner = RENAMED.get(entry["type"].strip("[]"), entry["type"].strip("[]"))
            if inner in models:
                visit(inner)
        done.append(name)

    for name in models:
        visit(name)
    return done


def main() -> int:
    models, words = declarations()
    names = ordered(models)
    out = [
        '"""The requests and answers of the payment APIs, under the names of the documents.',
        "",
        "Written by generate_models.py from the declarations of the core; do not edit. What is required in which",
        "protocol, the lengths and the forms are checked when a request is used.",
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "from dataclasses import dataclass, field",
        "from datetime import datetime",
        "from decimal import Decimal",
        "from typing import Any",
        "",
        "from ._amount import Amount",
        "from ._model import Model, meta",
        "from ._native import PaymentCode",
        "",
        "__all__ = [",
        *[f'    "{name}",' for name in sorted([*names, "Model"])],
        "]",
        "",
    ]
    for name in names:
        text, fields = models[name]
        out += ["", "@dataclass(kw_only=True, repr=False)", f"class {name}(Model):", docstring(text, "    "), ""]
        for entry in fields:
            out.append(field(name, entry, words))
        out += [
            "    extra: dict[str, Any] = field(default_factory=dict)",
            '    """Members that are not declared here, and declared ones of another kind; written back as they are."""',
            "",
        ]
    text = "\n".join(out).rstrip() + "\n"
    if "--check" in sys.argv[1:]:
        if TARGET.read_text() == text:
            return 0
        print("models.py is not what generate_models.py writes; run python3 bindings-python/generate_models.py")
        return 1
    TARGET.write_text(text)
    print(f"{len(names)} models, {sum(len(models[name][1]) for name in names)} fields")
    return 0


if __name__ == "__main__":
    sys.exit(main())
