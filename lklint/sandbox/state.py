"""The file in which a sandbox keeps its things from one start to the next."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from google.protobuf.message import Message

from lklint.protocol.messages import UnreadableValue, read_as, write
from lklint.writing import write_whole

MARK = "lklint_sandbox"
"""The member that tells such a file from files of trunks and rules; its value is the version."""
VERSION = 1


class BadState(Exception):
    """A file that no sandbox wrote; the text is one line without the values in it."""


def load(path: str, classes: Mapping[str, type[Message]]) -> dict[str, list[Message]]:
    """What a file holds, by kind; nothing where there is no file yet. Raises `BadState`."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise BadState(f"{path}: {getattr(error, 'strerror', None) or 'it is not UTF-8'}") from None
    try:
        return _messages(json.loads(text), classes)
    except UnreadableValue as error:
        raise BadState(f"{path}: {error}") from None
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        raise BadState(f"{path}: this is not the state of a sandbox") from None


def save(path: str, kept: Mapping[str, Iterable[Message]]) -> None:
    """Write the file anew so that there is always a whole one. Raises OSError, which names it.

    Only its owner may read it: it holds the passwords of trunks, as a server's store does.
    """
    things = {kind: [write(message) for message in messages] for kind, messages in kept.items()}
    text = json.dumps({MARK: VERSION, **things}, indent=1, ensure_ascii=False)
    write_whole(path, f"{text}\n".encode(), private=True)


def _messages(value: Any, classes: Mapping[str, type[Message]]) -> dict[str, list[Message]]:
    kept: dict[str, list[Message]] = {}
    if value.pop(MARK, VERSION) != VERSION:  # earlier versions wrote none
        raise ValueError
    for kind, entries in value.items():
        message_class = classes[kind]
        kept[kind] = [read_as(message_class, entry) for entry in entries]
    return kept
