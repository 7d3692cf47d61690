"""The documents that a command was asked for: found and read, and told where that fails."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from lklint.cli.ends import UsageError, say
from lklint.config.profile import Layers
from lklint.documents.discovery import STDIN, discover, read_bytes


class Documents:
    """What some paths lead to, less what the configurations exclude.

    What cannot be read is told, and the rest goes on; `failed` remembers it.
    """

    def __init__(
        self,
        paths: tuple[str, ...],
        layers: Layers,
        force_exclude: bool = False,
        stdin_filename: str | None = None,
    ) -> None:
        self.paths = paths or (".",)
        self.failed = False
        self._layers = layers
        self._force_exclude = force_exclude
        self._stdin_filename = stdin_filename or "<stdin>"
        self._piped = b""

    @property
    def piped(self) -> bool:
        """Whether the one document is standard input."""
        return STDIN in self.paths

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        """Each document once: its name, and its bytes."""
        if self.piped:
            yield from self._from_stdin()
            return
        for file in discover(self.paths, self._excludes, self._force_exclude, self._unreadable):
            try:
                yield file, read_bytes(file)
            except OSError as error:
                self._unreadable(error)

    def read_again(self, file: str) -> bytes:
        """The bytes of one of them. Raises OSError."""
        return self._piped if self.piped else read_bytes(file)

    def _from_stdin(self) -> Iterator[tuple[str, bytes]]:
        if len(self.paths) > 1:
            raise UsageError("- (standard input) stands alone, without other paths")
        name = self._stdin_filename
        if not (self._force_exclude and self._excludes(os.path.abspath(name))):
            self._piped = sys.stdin.buffer.read()
            yield name, self._piped

    def _unreadable(self, error: OSError) -> None:
        from lklint.reports.escaping import printable

        self.failed = True
        say(f"{printable(str(error.filename))}: not checked: {error.strerror}")

    def _excludes(self, path: str) -> bool:
        return self._layers.of(path).excludes(path)
