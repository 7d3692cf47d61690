"""Family 1: values of the wrong type or of the wrong form, as the schemas find them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lklint.documents.edits import Remove, Replace, Wrap
from lklint.documents.pointer import last
from lklint.documents.values import as_json
from lklint.rules.found import Found, Proposal, at_key, at_value, listing, show
from lklint.rules.registry import rule
from lklint.rules.text import name_of
from lklint.settings import Settings
from lklint.shape.failures import Failure

WORDS = {"string": "a text", "boolean": "true or false", "array": "a list", "object": "an object"}


def type_of(value: Any) -> str:
    """A JSON type in plain words."""
    if isinstance(value, bool):
        return str(value).lower()
    names = {dict: "an object", list: "a list", str: "a text", int: "a number", float: "a number"}
    return names.get(type(value), "null")


@rule("LK105", "wrong-type", "error", "rejected", Failure)
def wrong_type(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A value is of the wrong type.

    ## What it finds
    A single text where LiveKit wants a list, a number for a phone number or a PIN, an object for
    `metadata`, `"true"` in quotes, `null` inside a list or a map …

    ## Why it matters
    `lk` answers `invalid value for string field …` or `unexpected token` and sends nothing.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": "+15105550100"}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"]}}
    ```

    ## Fix
    Safe where the meaning is plain: a list around one text, quotes around a number, `metadata` as
    the JSON text of the object, `"true"` without quotes, a `null` out of a list.

    ## Evidence
    Seen: `lk`, server.md 2a: scalar for list, number for string, object for string, null in a list.
    """
    wanted = failure.limit if isinstance(failure.limit, list) else [failure.limit]
    kinds = [kind for kind in wanted if kind != "null"]
    name = name_of(failure)
    words = " or ".join(WORDS.get(kind, "a number") for kind in kinds)
    if failure.value is None:
        headline = "null cannot stand inside a list or a map"
    else:
        headline = f'"{name}" must be {words}, not {type_of(failure.value)}'
    yield Found(
        at_value(failure.pointer),
        f"{headline}, and LiveKit refuses the file",
        _advice(failure, kinds),
        f"{words} wanted",
        fix=_mended(failure, kinds),
    )


def _advice(failure: Failure, kinds: list[str]) -> str:
    value = failure.value
    if value is None:
        return "Take it out."
    if "array" in kinds:
        return "Put it into [ ]." if isinstance(value, str) else "Write a list: [ … ]."
    if "string" in kinds and isinstance(value, (dict, list)):
        return "Write it as text: the object as JSON, in quotes."
    if "string" in kinds:
        return "Put it into quotes."
    if "boolean" in kinds:
        return "Write true or false without quotes."
    return "Write an object: { … }." if "object" in kinds else "Write a number."


def _mended(failure: Failure, kinds: list[str]) -> Proposal | None:
    value, at = failure.value, failure.pointer
    if value is None:
        return Proposal("take the null out", (Remove(at),), safe=True)
    if "array" in kinds and isinstance(value, str):
        return Proposal("make it a list", (Wrap(at, None),), safe=True)
    if kinds == ["string"] and isinstance(value, (int, float)) and not isinstance(value, bool):
        whole = int(value) if float(value).is_integer() else value
        return Proposal("put it into quotes", (Replace(at, str(whole)),), safe=True)
    if kinds == ["string"] and isinstance(value, (dict, list)) and "metadata" in last(at).lower():
        return Proposal("write it as text", (Replace(at, as_json(value)),), safe=True)
    if kinds == ["string"] and isinstance(value, bool):
        return Proposal("put it into quotes", (Replace(at, str(value).lower()),))
    if kinds == ["boolean"] and str(value).lower() in ("true", "false", "1", "0", "yes", "no"):
        true = str(value).lower() in ("true", "1", "yes")
        return Proposal("take the quotes off", (Replace(at, true),), safe=isinstance(value, str))
    return None


@rule("LK120", "unknown-enum-value", "error", "rejected", Failure)
def unknown_enum_value(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A word that is none of the values this field knows.

    ## What it finds
    `"tcp"` for `SIP_TRANSPORT_TCP`, `"require"` for `SIP_MEDIA_ENCRYPT_REQUIRE`, lower case, slips.

    ## Why it matters
    The flags of `lk` take short names, its files do not: `invalid value for enum field`.

    ## Example
    ```json outbound-trunk
    {"trunk": {"address": "sip.example.com", "numbers": ["+15105550100"], "transport": "tcp"}}
    ```

    ## Instead
    ```json outbound-trunk
    {"trunk": {"address": "sip.example.com", "numbers": ["+15105550100"],
      "transport": "SIP_TRANSPORT_TCP"}}
    ```

    ## Fix
    Safe where the word is the end of exactly one value; unsafe where it only resembles one.

    ## Evidence
    Seen: `lk`, probes json-enum-short and json-enum-lower.
    """
    if not isinstance(failure.value, str):
        yield Found(
            at_value(failure.pointer),
            f"{show(failure.value)} is no number of a value that LiveKit can store",
            "Write the name of the value.",
        )
        return
    names = [name for name in failure.limit if isinstance(name, str)]
    word = re.sub(r"[^A-Z0-9]+", "_", failure.value.upper()).strip("_")
    meant = [name for name in names if name == word or name.endswith(f"_{word}")]
    safe = len(meant) == 1 and bool(word)
    if not safe:
        from difflib import get_close_matches

        meant = get_close_matches(word, names, 1, 0.75)
    fix = None
    if meant:
        fix = Proposal(f"write {meant[0]}", (Replace(failure.pointer, meant[0]),), safe)
    yield Found(
        at_value(failure.pointer),
        f'{show(failure.value)} is no value of "{name_of(failure)}", and LiveKit refuses the file',
        f"Write {meant[0]}." if meant else f"It takes {listing(names, 'or')}.",
        f"did you mean {meant[0]}?" if meant else "",
        fix=fix,
    )


@rule("LK122", "duration-format", "error", "rejected", Failure)
def duration_format(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A duration that is not written as seconds with an s.

    ## What it finds
    `30`, `"30"`, `"1m"`, `"500ms"`, `{"seconds": 30}`.

    ## Why it matters
    LiveKit's reader takes `"30s"` and `"1.5s"` and nothing else.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"], "ringingTimeout": "1m30s"}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"], "ringingTimeout": "90s"}}
    ```

    ## Fix
    Safe: the same time in seconds.

    ## Evidence
    Seen: `lk` with 20 spellings (server.md, row 13).
    """
    seconds = _seconds(failure.value)
    better = None if seconds is None else f"{seconds:.9f}".rstrip("0").rstrip(".") + "s"
    yield Found(
        at_value(failure.pointer),
        f'"{name_of(failure)}" must be seconds with an s in quotes, and LiveKit refuses the file',
        f"Write {show(better)}." if better else 'Write it as in "30s".',
        fix=Proposal(f"write {show(better)}", (Replace(failure.pointer, better),), safe=True)
        if better
        else None,
    )


_UNITS = {"h": 3600, "m": 60, "min": 60, "s": 1, "sec": 1, "ms": 0.001}
_MOST_SECONDS = 315_576_000_000


def _seconds(value: Any) -> float | None:
    """The seconds that a badly written duration means, None where that is not clear."""
    if isinstance(value, dict):
        value = value.get("seconds") if set(value) <= {"seconds"} else None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value) if abs(value) <= _MOST_SECONDS else None
    if not isinstance(value, str):
        return None
    text = value.strip().lower()
    if re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", text):
        return float(text)
    pieces = re.findall(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*(h|min|ms|m|sec|s)", text)
    whole = re.fullmatch(r"(?:[0-9]{1,9}(?:\.[0-9]{1,9})?\s*(?:h|min|ms|m|sec|s)\s*)+", text)
    return sum(float(n) * _UNITS[unit] for n, unit in pieces) if whole else None


@rule("LK123", "timestamp-format", "error", "rejected", Failure)
def timestamp_format(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A time that LiveKit's reader cannot read.

    ## What it finds
    Values of `created_at` and `updated_at` that are no RFC 3339 time.

    ## Why it matters
    `lk` answers `invalid google.protobuf.Timestamp value`. The server takes no times from files.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"], "createdAt": "yesterday"}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"]}}
    ```

    ## Fix
    Safe: takes the field out.

    ## Evidence
    Seen: `lk`, probe json-timestamp.
    """
    yield Found(
        at_value(failure.pointer),
        f'"{name_of(failure)}" is no time that LiveKit can read, and it refuses the file',
        "Take the field out: the file has no use for it.",
        fix=Proposal("take the field out", (Remove(failure.pointer),), safe=True),
    )


@rule("LK124", "number-out-of-range", "error", "rejected", Failure)
def number_out_of_range(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A number that its field cannot hold.

    ## What it finds
    Fractions, negative numbers and numbers that are too large, where LiveKit wants a whole number.

    ## Why it matters
    `lk` answers `invalid value for uint32 field`.

    ## Example
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "a"}},
      "roomConfig": {"emptyTimeout": -1}}}
    ```

    ## Instead
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "a"}},
      "roomConfig": {"emptyTimeout": 300}}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: `lk` with 4294967296, -1 and 48000.5.
    """
    yield Found(
        at_value(failure.pointer),
        f'"{name_of(failure)}" cannot hold this number, and LiveKit refuses the file',
        "Write a whole number of a sensible size.",
    )


@rule("LK133", "several-of-one", "error", "rejected", Failure)
def several_of_one(failure: Failure, settings: Settings) -> Iterator[Found]:
    """Two fields are given of which LiveKit takes only one.

    ## What it finds
    Two storages of one recording, two outputs where one is meant, a URI both as text and in parts.

    ## Why it matters
    `lk` answers `oneof … is already set`.

    ## Example
    ```json sip-participant
    {"sip_trunk_id": "ST_aB3xY9kLmN2p", "sip_call_to": "+15105550100", "room_name": "r",
     "sip_to_header": {"raw": "sip:a@example.com", "values": {"user": "a"}}}
    ```

    ## Instead
    ```json sip-participant
    {"sip_trunk_id": "ST_aB3xY9kLmN2p", "sip_call_to": "+15105550100", "room_name": "r",
     "sip_to_header": {"values": {"user": "a"}}}
    ```

    ## Fix
    None: which one is meant is yours to say.

    ## Evidence
    Protobuf's JSON mapping; the oneof groups of LiveKit's protocol v1.54.0.
    """
    words = str(failure.schema.get("errorMessage", "only one of these can be given"))
    yield Found(
        at_key(failure.pointer) if failure.pointer else at_value(""),
        f"{words}, and LiveKit refuses the file",
        "Keep one of them.",
    )
