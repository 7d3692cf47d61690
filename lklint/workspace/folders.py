"""Which files belong together: those that go to one server.

The configuration says it (`environments`). Where it does not, a folder is a server of its own:
many repositories hold several examples, or one folder for production and one for tests. Folders
that are named after a kind (`trunks/`, `rules/`) belong to the folder they stand in.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from fnmatch import fnmatchcase
from functools import lru_cache

_KINDS = frozenset(
    (
        "inbound", "outbound", "trunks", "trunk", "inbound-trunks", "outbound-trunks",
        "inbound-trunk", "outbound-trunk", "sip-trunks", "dispatch", "rules", "dispatch-rules",
        "dispatch-rule", "numbers", "phone-numbers", "participants", "sip-participants", "calls",
        "expectations",
    )
)  # fmt: skip
"""Names of folders that say what is in them, and not where it goes."""


def environment_folder(path: str, root: str, environments: Sequence[str] = ()) -> str:
    """The folder of the environment that the file at an absolute path belongs to.

    `environments` are folders below `root`, the folder of the configuration, with forward slashes;
    `*` stands for any part of one name, `**` for any folders, and "." for the root itself.
    """
    return _environment_folder(os.path.dirname(path), root, tuple(environments))


@lru_cache(maxsize=1024)
def _environment_folder(folder: str, root: str, environments: tuple[str, ...]) -> str:
    above = folder
    while environments and _lies_in(above, root):
        below = os.path.relpath(above, root).replace(os.sep, "/")
        if any(_matches(below, glob) for glob in environments):
            return above
        if above == root:
            break
        above = os.path.dirname(above)
    return _without_kinds(folder, root)


def _without_kinds(folder: str, root: str) -> str:
    while folder != root and os.path.basename(folder).lower().replace("_", "-") in _KINDS:
        folder = os.path.dirname(folder)
    return folder


def _lies_in(folder: str, root: str) -> bool:
    return folder == root or folder.startswith(root.rstrip(os.sep) + os.sep)


def _matches(folder: str, glob: str) -> bool:
    return _match_names(_names(folder), _names(glob))


def _names(path: str) -> tuple[str, ...]:
    return tuple(name for name in path.split("/") if name not in ("", "."))


def _match_names(names: tuple[str, ...], globs: tuple[str, ...]) -> bool:
    if not globs:
        return not names
    if globs[0] == "**":
        return any(_match_names(names[skip:], globs[1:]) for skip in range(len(names) + 1))
    return bool(names) and fnmatchcase(names[0], globs[0]) and _match_names(names[1:], globs[1:])
