"""`lklint config`: what holds for a file, and who said so."""

from __future__ import annotations

import json
import os
from typing import Any

from lklint.cli.ends import CLEAN, UsageError
from lklint.config.profile import Layer, Layers, defaults
from lklint.reports.escaping import printable


def show(path: str, config: str | None, isolated: bool, output_format: str) -> int:
    """Print the configuration of a file or a folder; returns the exit code."""
    whole = os.path.abspath(path)
    if os.path.isdir(whole):
        whole = os.path.join(whole, "a-file.json")
    elif not os.path.lexists(whole):
        raise UsageError(f"{path}: there is no such file or directory")
    layer = Layers({}, config, isolated).of(whole)
    rows = _rows(layer, whole)
    if output_format == "json":
        held = {key: {"value": value, "origin": origin} for key, value, origin in rows}
        print(json.dumps(held, indent=2))
        return CLEAN
    name = layer.configured.file if layer.configured else None
    print(f"{printable(name)}" if name else "no configuration: every value is lklint's own")
    longest = max(len(key) for key, _, _ in rows)
    for key, value, origin in rows:
        text = printable(json.dumps(value, ensure_ascii=False))
        print(f"  {key:<{longest}}  {text}  ({printable(origin)})")
    return CLEAN


def _rows(layer: Layer, path: str) -> list[tuple[str, Any, str]]:
    """Key, value and origin: first what is set for the file, then every key of a configuration."""
    settings = layer.profile(path).settings
    rows: list[tuple[str, Any, str]] = []
    for key in defaults():
        value = layer.value(key)
        rows.append((key, value.value, value.origin))
    silent = sorted(settings.silent)
    rows.append(("form of this file", settings.form, "forms, or the default"))
    rows.append(("kind of this file", settings.kind or "by its content", "kinds, or the content"))
    rows.append(("rules switched off here", silent, "select, ignore, per-file-ignores"))
    rows.append(("rules switched on here", sorted(settings.enabled), "select, extend-select"))
    agents = sorted(settings.agents) if settings.agents is not None else None
    rows.append(("agents known here", agents, "agents"))
    return rows
