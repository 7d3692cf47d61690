"""`lklint schema`: the published schemas, printed or written."""

from __future__ import annotations

import sys
from pathlib import Path

from lklint.shape.schemas import COMBINED, FORMS, KINDS, form_text, schema_text


def run(kind: str | None, form: str, output_dir: str | None) -> int:
    """Print one schema, or write all of them; returns the exit code."""
    if output_dir is None:
        print(_text(kind, form), end="")
        return 0
    folder = Path(output_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in _all():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        print(f"lklint: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    print(f"wrote {len(_all())} schemas to {output_dir}")
    return 0


def _all() -> list[tuple[str, str]]:
    """Every schema with the name of its file; the create form has the plain name."""
    files = [(f"{COMBINED}.json", schema_text(COMBINED))]
    for kind in KINDS:
        for form in FORMS:
            name = f"{kind}.json" if form == "create" else f"{kind}.{form}.json"
            files.append((name, _text(kind, form)))
    return files


def _text(kind: str | None, form: str) -> str:
    return schema_text(COMBINED) if kind is None else form_text(kind, form)
