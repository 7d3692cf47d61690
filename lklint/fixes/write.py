"""Writing a mended file so that nothing can be lost."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from lklint.writing import write_whole


class NotWritten(Exception):
    """A file was left as it is; the text says why."""


def write(path: str, before: bytes, after: bytes) -> None:
    """Replace the content of a file, if it is still what was read.

    The new content goes to a file beside it that then takes its place, so that there is always a
    whole file; permissions stay, and a symbolic link stays a link. A file marked read-only is left
    alone, also by those who may write anything. Raises `NotWritten`.
    """
    try:
        if Path(path).read_bytes() != before:
            raise NotWritten("it changed while it was being checked")
    except OSError as error:
        raise NotWritten(error.strerror or str(error)) from error
    replace_file(path, after)


def replace_file(path: str, content: bytes) -> None:
    """Make or replace a file so that there is always a whole one. Raises `NotWritten`."""
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not (
            target.stat().st_mode & stat.S_IWUSR and os.access(target, os.W_OK)
        ):
            raise NotWritten("it is read-only")
        write_whole(path, content)
    except OSError as error:
        raise NotWritten(error.strerror or str(error)) from error
