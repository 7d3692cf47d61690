"""The ids that `lklint.lock` knows for the resources of files.

`lklint apply` writes the lock beside the files of an environment (`reconcile/lock.py`). Who only
looks at files takes the ids from here. A lock that cannot be read is passed over: `lklint apply`
tells what is wrong with it.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from lklint.telephony.message import camel_case
from lklint.workspace.filed import Filed, server_id

NAME = "lklint.lock"

ID_FIELDS = {
    "inbound-trunk": "sip_trunk_id",
    "outbound-trunk": "sip_trunk_id",
    "dispatch-rule": "sip_dispatch_rule_id",
}
"""Where the id of a resource stands that LiveKit gives it, by kind."""

Ids = Mapping[tuple[str, str], str]
"""Ids by kind and place."""


def place_in(message: Filed, folder: str) -> str:
    """The place of a resource as the lock of a folder has it: its file from there on, with the JSON
    pointer where the file holds several."""
    file = os.path.relpath(message.file, folder).replace(os.sep, "/")
    return f"{file}#{message.pointer}" if "/items/" in message.pointer else file


def has_lock(folder: str) -> bool:
    """Whether `lklint apply` is in use for a folder."""
    return os.path.exists(os.path.join(folder, NAME))


def locked_ids(folder: str, url: str = "") -> Ids:
    """The ids that the lock of a folder knows; none where it knows several servers and not `url`.

    `url` is the address of the server that is meant, as `LIVEKIT_URL` has it.
    """
    try:
        with open(os.path.join(folder, NAME), encoding="utf-8") as file:
            servers = json.load(file)["servers"]
        entries = servers[_server(url, servers)]
        found = [(entry["kind"], entry["place"], entry["id"]) for entry in entries if "id" in entry]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    texts = [triple for triple in found if all(isinstance(text, str) for text in triple)]
    times = Counter((kind, place) for kind, place, _ in texts)
    return {(kind, place): id for kind, place, id in texts if times[kind, place] == 1}


def with_ids(
    resources: Mapping[str, Sequence[Filed]], folder: str, ids: Ids
) -> dict[str, Sequence[Filed]]:
    """Resources by kind, each with the id that is known for its place, unless its file says one."""
    known: dict[str, Sequence[Filed]] = dict(resources)
    for kind, field in ID_FIELDS.items() if ids else ():
        held = known.get(kind, ())
        known[kind] = [_with_id(one, field, ids.get((kind, place_in(one, folder)))) for one in held]
    return known


def _with_id(message: Filed, field: str, id: str | None) -> Filed:
    if not id or server_id(message) is not None:
        return message
    others = {key: value for key, value in message.value.items() if key != camel_case(field)}
    return Filed({**others, field: id}, message.pointer, message.file)


def _server(url: str, servers: Mapping[str, Any]) -> str:
    """The server that is meant: the only one, or the one of an address. Raises KeyError."""
    if len(servers) == 1:
        return next(iter(servers))
    parts = urlsplit(url)
    scheme = {"ws": "http", "wss": "https"}.get(parts.scheme, parts.scheme)
    return f"{scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}".rstrip("/")
