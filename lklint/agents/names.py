"""The names that agents register under, read from their sources.

A name is a pattern: `*` stands for characters that only the running program knows (an environment
variable, a part of an f-string). The empty name is that of a worker without one. So `{"bot", "*"}`
says that there is an agent `bot`, and one more of which the sources do not tell the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from glob import has_magic, iglob
from pathlib import Path

PYTHON = frozenset((".py", ".pyw"))
SCRIPTS = frozenset((".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"))

_LARGEST = 2 * 1024 * 1024
"""Bytes of the largest source that is parsed; what is larger was made by a program."""

_SKIPPED = frozenset((".git", ".venv", "venv", "node_modules", "site-packages", "__pycache__"))

UNKNOWN = "*"
"""A name that the sources do not tell."""


def names_in_globs(patterns: Iterable[str]) -> frozenset[str]:
    """The names in the sources that globs (`agents/**/*.py`), files and folders stand for."""
    return names_in_sources(path for pattern in patterns for path in sources_of(pattern))


def names_in_sources(paths: Iterable[Path]) -> frozenset[str]:
    """The names in some Python, TypeScript and JavaScript sources, as patterns.

    A source that cannot be read or parsed gives `*` where it speaks of agents at all. Never raises.
    """
    names: set[str] = set()
    for path in paths:
        names |= _names_in(path)
    return frozenset(names)


def sources_of(pattern: str) -> Iterator[Path]:
    """The sources that a glob, a file (be it there or not) or a folder stands for."""
    return filter(_is_source, _sources(pattern))


def _sources(pattern: str) -> Iterator[Path]:
    path = Path(pattern)
    if not has_magic(pattern):
        if not path.is_dir():
            yield path
            return
        pattern = str(path / "**" / "*")
    for found in iglob(pattern, recursive=True):
        yield Path(found)


def _is_source(path: Path) -> bool:
    return path.suffix.lower() in PYTHON | SCRIPTS and _SKIPPED.isdisjoint(path.parts)


def _names_in(path: Path) -> frozenset[str]:
    try:
        source = path.read_bytes()
    except (OSError, ValueError):
        return frozenset((UNKNOWN,))
    suffix = path.suffix.lower()
    if suffix not in PYTHON | SCRIPTS or not _speaks_of_agents(source):
        return frozenset()
    if len(source) > _LARGEST:
        return frozenset((UNKNOWN,))
    try:
        if suffix in PYTHON:
            from lklint.agents.python_sources import names_in_python

            return names_in_python(source)
        from lklint.agents.script_sources import names_in_script

        return names_in_script(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset((UNKNOWN,))


_WORDS = (b"agent_name", b"agentName", b"rtc_session", b"WorkerOptions", b"ServerOptions")


def _speaks_of_agents(source: bytes) -> bool:
    return any(word in source for word in _WORDS)
