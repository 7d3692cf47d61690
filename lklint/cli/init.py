"""`lklint init editor`: tell an editor which schema is for which files."""

from __future__ import annotations

import os
from pathlib import Path

from lklint.cli.ends import CLEAN, UsageError
from lklint.editor.associations import FOLDER, associations, schema_files
from lklint.editor.settings import Unreadable, merged
from lklint.fixes.write import NotWritten, replace_file

SETTINGS = ".vscode/settings.json"

OTHERS = f"""
VS Code is ready. Check {FOLDER} and the settings in: then it is for everybody.
JetBrains: Settings | Languages & Frameworks | Schemas and DTDs | JSON Schema Mappings: add the
  files of {FOLDER}, each with the pattern that {SETTINGS} has for it.
Neovim and others with vscode-json-language-server: give it the same entries as "json.schemas".
lklint.toml: begin it with "#:schema ./{FOLDER}/configuration.json" (Taplo, Even Better TOML).
Never put a $schema key into a file for LiveKit: lk refuses it.
"""


def editor(folders: tuple[str, ...], form: str) -> int:
    """Write the schemas and the settings; returns the exit code."""
    inside = [_relative(folder) for folder in folders]
    settings = Path(SETTINGS)
    before = settings.read_bytes() if settings.exists() else b""
    try:
        after = merged(before.decode("utf-8"), associations(inside)).encode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{SETTINGS}: it is not UTF-8, and is left as it is") from error
    except Unreadable as error:
        raise UsageError(f"{SETTINGS}: {error}; mend it first, it is left as it is") from error
    Path(FOLDER).mkdir(parents=True, exist_ok=True)
    for name, text in schema_files(form).items():
        _write(f"{FOLDER}/{name}", text.encode("utf-8"))
    _write(SETTINGS, after)
    print(OTHERS, end="")
    return CLEAN


def _relative(folder: str) -> str:
    """A folder as it is called from here."""
    if not os.path.isdir(folder):
        raise UsageError(f"--folder {folder}: there is no such folder")
    relative = os.path.relpath(folder).replace(os.sep, "/")
    if relative == ".." or relative.startswith("../"):
        raise UsageError(f"--folder {folder}: it lies outside of the folder that the editor opens")
    return relative


def _write(path: str, content: bytes) -> None:
    """Write a file, unless it is already so, and say it."""
    file = Path(path)
    if file.exists() and file.read_bytes() == content:
        print(f"unchanged  {path}")
        return
    word = "changed" if file.exists() else "written"
    try:
        replace_file(path, content)
    except NotWritten as error:
        raise UsageError(f"{path}: {error}") from error
    print(f"{word:<9}  {path}")
