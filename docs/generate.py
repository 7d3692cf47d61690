"""Writes what is made from the code: the pages of the rules, and all about the configuration.

python docs/generate.py            write
python docs/generate.py --check    fail where a file is missing, stale or left over

`docs/rules/` has one page a rule and the index; `docs/configuration.md` and
`schemas/configuration.json` come from the models of the configuration.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import reference

from lklint.config.model import json_schema
from lklint.rules.all_rules import all_rules
from lklint.rules.pages import FAMILIES, page
from lklint.rules.registry import Rule

DOCS = Path(__file__).parent
ROOT = DOCS.parent
FOLDER = DOCS / "rules"


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
                f"## {FAMILIES[family]}",
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


def files() -> dict[Path, str]:
    """Every file that is made here, with its text."""
    made = {FOLDER / name: text for name, text in pages().items()}
    made[DOCS / "configuration.md"] = reference.page(json_schema())
    made[ROOT / "schemas" / "configuration.json"] = json.dumps(json_schema(), indent=1) + "\n"
    return made


def main(arguments: list[str]) -> int:
    """Write the files, or check them; returns the exit code."""
    wanted = files()
    FOLDER.mkdir(exist_ok=True)
    there = {file: file.read_text(encoding="utf-8") for file in wanted if file.exists()}
    left_over = set(FOLDER.glob("*.md")) - wanted.keys()
    stale = sorted(left_over | {file for file in wanted if wanted[file] != there.get(file)})
    if "--check" in arguments:
        for file in stale:
            print(f"{file.relative_to(ROOT)} is stale; run python docs/generate.py")
        return 1 if stale else 0
    for file in stale:
        if file in wanted:
            file.write_text(wanted[file], encoding="utf-8", newline="\n")
        else:
            file.unlink()
    print(f"{len(wanted)} files, {len(stale)} changed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
