"""Matching places in a document against JSON pointers with wildcards."""

from __future__ import annotations

from fnmatch import fnmatchcase


def matches(glob: str, pointer: str) -> bool:
    """Whether a place is one that the glob means: `*` is one name, `**` any number of them.

    "/trunk/numbers/*" means "/trunk/numbers/0"; "/**" means every place. A `*` also stands for a
    part of a name.
    """
    steps = glob.split("/")[1:]
    reached = _with_none(steps, {0})
    for name in pointer.split("/")[1:]:
        stays = {at for at in reached if steps[at : at + 1] == ["**"]}
        goes = {at + 1 for at in reached - stays if at < len(steps) and _means(steps[at], name)}
        reached = _with_none(steps, stays | goes)
    return len(steps) in reached


def _with_none(steps: list[str], reached: set[int]) -> set[int]:
    """The steps that are reached where each `**` may stand for nothing."""
    for at, step in enumerate(steps):
        if at in reached and step == "**":
            reached.add(at + 1)
    return reached


def _means(step: str, name: str) -> bool:
    return fnmatchcase(name, step.replace("[", "[[]").replace("?", "[?]"))
