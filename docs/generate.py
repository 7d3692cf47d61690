"""Writes `docs/rules/`: one page a rule and the index, from the rules themselves.

python docs/generate.py            write
python docs/generate.py --check    fail where a page is missing, stale or left over
"""

from __future__ import annotations

import sys
from pathlib import Path

from lklint.rules.all_rules import all_rules
from lklint.rules.pages import page
from lklint.rules.registry import Rule

FOLDER = Path(__file__).parent / "rules"

FAMILY_TITLES = {
    "0": "The text",
    "1": "The shape of a file",
    "2": "Phone numbers",
    "3": "Trunks and outgoing calls",
    "4": "Dispatch rules, rooms and PINs",
    "5": "Agents",
    "6": "Headers and media",
}


def pages() -> dict[str, str]:
    """Every file of the folder by name, with its text."""
    rules = list(all_rules().values())
    files = {f"{rule.code}.md": page(rule) for rule in rules}
    files["README.md"] = index(rules)
    return files


def index(rules: list[Rule]) -> str:
    """The table of all rules, by family."""
    lines = [
        "# Rules",
        "",
        "Every rule of lklint. `lklint explain CODE` (or its name) prints the same page. The",
        "effect says what the mistake does: LiveKit *rejects* the file; or it is accepted and",
        "*dead* (never works on a call), *insecure*, *risky* (works otherwise than it reads) or",
        "just *untidy*.",
    ]
    family = ""
    for rule in rules:
        if rule.code[2] != family:
            family = rule.code[2]
            lines += [
                "",
                f"## {FAMILY_TITLES[family]}",
                "",
                "| code | name | severity | effect | |",
            ]
            lines += ["| --- | --- | --- | --- | --- |"]
        off = "" if rule.default else " *(off by default)*"
        summary = rule.summary.replace("|", "\\|")
        lines.append(
            f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.severity.value} "
            f"| {rule.effect.value} | {summary}{off} |"
        )
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Write the pages, or check them; returns the exit code."""
    wanted = pages()
    FOLDER.mkdir(exist_ok=True)
    there = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.md")}
    stale = sorted(
        name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name)
    )
    if "--check" in arguments:
        for name in stale:
            print(f"docs/rules/{name} is not what the rules say; run python docs/generate.py")
        return 1 if stale else 0
    for name in stale:
        if name in wanted:
            (FOLDER / name).write_text(wanted[name], encoding="utf-8", newline="\n")
        else:
            (FOLDER / name).unlink()
    print(f"{len(wanted)} pages, {len(stale)} changed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
