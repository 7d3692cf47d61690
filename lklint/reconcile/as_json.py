"""A plan for programs, and as a file: `schemas/plan.json` documents both. No secret is in it."""

from __future__ import annotations

import json
import os
from typing import Any, NamedTuple

from lklint.reconcile.normal import Difference
from lklint.reconcile.plan import Plan, Step
from lklint.writing import write_whole

VERSION = 1
"""The version of the format. Keys may be added within a version, never changed or taken away."""


class BadPlan(Exception):
    """A file that is no plan of lklint; one clear line."""


class Saved(NamedTuple):
    """What a plan file says about how it was made, so that it can be made again.

    `folder` is where it was made, "" where it does not say; `files` are those that it is about.
    """

    url: str
    options: dict[str, Any]
    seal: str
    folder: str = ""
    files: tuple[str, ...] = ()


def document(plan: Plan) -> dict[str, Any]:
    """The plan as plain values."""
    return {
        "version": VERSION,
        "server": plan.url,
        "steps": [
            _step(step, number) for number, stage in enumerate(plan.stages) for step in stage
        ],
        "unchanged": [
            {"kind": kept.kind, "name": kept.name, "id": kept.id, "file": kept.file}
            for kept in plan.kept
        ],
        "unmanaged": [
            {"kind": it.kind, "name": it.name, "id": it.id, "ours": it.ours}
            for it in plan.unmanaged
        ],
        "problems": list(plan.problems),
        "notes": list(plan.notes),
    }


def as_text(value: Any) -> str:
    """Indented JSON in ASCII, so that no name in it can move the cursor."""
    return json.dumps(value, indent=2).replace("\x7f", "\\u007f")


def save_plan(path: str, plan: Plan, options: dict[str, Any]) -> None:
    """Write a plan file. Raises OSError."""
    made = {"options": options, "seal": plan.seal, "folder": _here_from(path)}
    text = as_text({**document(plan), "made_from": made}) + "\n"
    write_whole(path, text.encode())


def read_plan(path: str) -> Saved:
    """What a plan file says. Raises `BadPlan`, or OSError."""
    try:
        with open(path, encoding="utf-8") as file:
            value = json.load(file)
        if value["version"] != VERSION:
            raise BadPlan(f"{path} is a plan of another version of lklint")
        made = value["made_from"]
        files = (it["file"] for it in (*value["steps"], *value["unchanged"]))
        saved = Saved(
            value["server"],
            made["options"],
            made["seal"],
            _folder(path, made.get("folder", "")),
            tuple(file for file in dict.fromkeys(files) if file),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadPlan(
            f"{path} is no plan of lklint (`lklint plan --out FILE` writes one)"
        ) from None
    if not _is_sound(saved):
        raise BadPlan(f"{path} is no plan of lklint (`lklint plan --out FILE` writes one)")
    return saved


def is_plan_file(path: str) -> bool:
    """Whether a file looks like a plan."""
    try:
        with open(path, encoding="utf-8") as file:
            value = json.load(file)
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "made_from" in value and "steps" in value


def _is_sound(saved: Saved) -> bool:
    texts = (saved.url, saved.seal, *saved.files)
    return all(isinstance(text, str) for text in texts) and isinstance(saved.options, dict)


def _here_from(path: str) -> str:
    """The folder we are in, seen from a file: both may lie elsewhere on another machine."""
    try:
        return os.path.relpath(os.getcwd(), os.path.dirname(os.path.abspath(path)))
    except ValueError:  # another drive
        return ""


def _folder(path: str, seen: str) -> str:
    """The folder that `_here_from` meant."""
    return os.path.realpath(os.path.join(os.path.dirname(path), seen)) if seen else ""


def _step(step: Step, stage: int) -> dict[str, Any]:
    return {
        "action": step.action,
        "kind": step.kind,
        "name": step.number or step.name,
        "id": step.id,
        "file": step.file,
        "stage": stage,
        "why": step.why,
        "changes": [_change(difference) for difference in step.differences],
        "lost": list(step.lost),
    }


def _change(difference: Difference) -> dict[str, Any]:
    change: dict[str, Any] = {"path": difference.path, "hidden": difference.hidden}
    if difference.waits_for:
        return {**change, "hidden": True, "waits_for": list(difference.waits_for)}
    if not difference.hidden:
        change |= {"before": difference.before, "after": difference.after}
    return change
