"""What `lklint check` and `lklint fix` were asked to do."""

from __future__ import annotations

from typing import NamedTuple

OUTPUT_FORMATS = ("text", "concise", "json")


class CheckOptions(NamedTuple):
    """The options of `check`, as both readers of the command line (Typer and `quick`) give them."""

    paths: tuple[str, ...] = ()
    form: str = "create"
    kind: str | None = None
    output_format: str = "text"
    output_file: str | None = None
    fail_on: str = "error"
    stdin_filename: str | None = None
    agents: tuple[str, ...] = ()
    agent_sources: tuple[str, ...] = ()
    target: str | None = None
    default_region: str | None = None
    enable: tuple[str, ...] = ()
    quiet: bool = False
    verbose: bool = False
    statistics: bool = False
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    fix_only: bool = False
