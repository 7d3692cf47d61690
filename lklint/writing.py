"""Writing a file so that there is always a whole one, and a new one on the disk."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress


def write_whole(path: str, content: bytes, private: bool = False) -> None:
    """Put content in the place of a file, or make the file.

    It goes to a file beside it that then takes its place; permissions stay, and a symbolic link
    stays a link. With `private` only its owner may read it. Raises OSError, which names `path`.
    """
    try:
        _write(os.path.realpath(path), content, private)
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None


def _write(target: str, content: bytes, private: bool) -> None:
    folder, name = os.path.split(target)
    handle, beside = tempfile.mkstemp(prefix=f".{name}.", dir=folder)  # its owner's alone
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if not private:
            os.chmod(beside, _mode(target))
        os.replace(beside, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise
    _sync_folder(folder)


def _mode(path: str) -> int:
    """The rights of a file that is there, or those of a new one."""
    try:
        return os.stat(path).st_mode & 0o7777
    except OSError:
        return 0o644


def _sync_folder(folder: str) -> None:
    """The new name onto the disk too, where the system can (Windows cannot open a folder)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
