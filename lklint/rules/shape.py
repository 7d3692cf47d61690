"""Family 1: values of the wrong type or of the wrong form, as the schemas find them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lklint.documents.edits import Remove, Replace
from lklint.documents.pointer import join, last, parent
from lklint.rules.found import Found, Proposal, at_key, at_value, listing, show
from lklint.rules.registry import rule
from lklint.rules.text import name_of
from lklint.rules.type_mends import mended
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
    Safe where the meaning is plain: a list around one value, a list of one taken off, quotes around
    a whole number, `metadata` as the JSON text of the object, `"true"` without quotes, a `null` out
    of a list. Unsafe where it is likely: the name of an agent as `{"agentName": …}`.

    ## Evidence
    Seen: `lk` 2.18.3 with a text for a list, a list for a message, a number and an object for a
    text, `"true"` and 1 for a boolean, null in a list and in a map.
    """
    wanted = failure.limit if isinstance(failure.limit, list) else [failure.limit]
    kinds = [kind for kind in wanted if kind != "null"]
    words = " or ".join(WORDS.get(kind, "a number") for kind in kinds)
    name = f'"{name_of(failure)}"'
    if last(failure.pointer).isdigit():
        name = f"an entry of {name}"
    if failure.value is None:
        headline = "null cannot stand inside a list or a map"
    else:
        headline = f"{name} must be {words}, not {type_of(failure.value)}"
    advice, fix = mended(failure, kinds)
    yield Found(
        at_value(failure.pointer),
        f"{headline}, and LiveKit refuses the file",
        advice,
        "" if failure.value is None else f"{words} wanted",
        fix=fix,
    )


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
    Safe where the word is part of exactly one value; unsafe where it only resembles one.

    ## Evidence
    Seen: `lk` 2.18.3 refused `require`, `REQUIRE`, `tls`, `TLS`, `"2"`, `""` and the right name in
    lower case.
    """
    if not isinstance(failure.value, str):
        yield Found(
            at_value(failure.pointer),
            f'{show(failure.value)} is no value of "{name_of(failure)}", and LiveKit refuses the '
            "file",
            "Write the name of the value.",
        )
        return
    names = [name for name in failure.limit if isinstance(name, str)]
    meant, safe = _value_meant(failure.value, names)
    yield Found(
        at_value(failure.pointer),
        f'{show(failure.value)} is no value of "{name_of(failure)}", and LiveKit refuses the file',
        f"Write {meant}." if meant else f"It takes {listing(names, 'or')}.",
        f"did you mean {meant}?" if meant else "",
        fix=Proposal(f"write {meant}", (Replace(failure.pointer, meant),), safe) if meant else None,
    )


def _value_meant(given: str, names: list[str]) -> tuple[str, bool]:
    """The value that a word means or resembles, "" where there is none, and whether it is plain."""
    values = {_plainly(name): name for name in names}
    word = _plainly(given)
    meant = [name for plain, name in values.items() if f"_{word}_" in f"_{plain}_"]
    if word and (word in values or len(meant) == 1):
        return values.get(word) or meant[0], True
    # The words that all names share say nothing about which one is meant.
    shared = set.intersection(*(set(plain.split("_")) for plain in values))
    short = {_without(plain, shared): name for plain, name in values.items()}
    from difflib import get_close_matches

    close = get_close_matches(_without(word, shared), list(short), 1, 0.6)
    return (short[close[0]] if close else ""), False


def _plainly(word: str) -> str:
    return re.sub(r"[^A-Z0-9]+", "_", word.upper()).strip("_")


def _without(name: str, words: set[str]) -> str:
    return "_".join(word for word in name.split("_") if word not in words)


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
    Safe: the same time in seconds. Unsafe for a bare number of 1000 or more, which may be
    milliseconds.

    ## Evidence
    Seen: `lk` 2.18.3 took `"30s"`, `".5s"`, `"+5s"` and `"-1s"`, and refused `30`, `"30"`, `"1m"`,
    `"1m30s"`, `"500ms"`, `"30S"`, `"030s"`, `"1e3s"`, ten decimals and `{"seconds": 30}`.
    """
    seconds = _seconds(failure.value)
    better = None if seconds is None else f"{seconds:.9f}".rstrip("0").rstrip(".") + "s"
    fix = None
    if seconds is not None and better is not None:
        bare = isinstance(failure.value, (int, float)) or str(failure.value).strip().isdecimal()
        safe = not bare or seconds < 1000
        fix = Proposal(f"write {show(better)}", (Replace(failure.pointer, better),), safe)
    if better is None and re.fullmatch(r"[-+]?[0-9.]+s", str(failure.value)):
        words, advice = "cannot be so long or so exact", 'Write fewer digits, as in "30s".'
    else:
        words = "must be seconds with an s in quotes"
        sure = "" if fix is None or fix.safe else ", if seconds are meant"
        advice = f"Write {show(better)}{sure}." if better else 'Write it as in "30s".'
    yield Found(
        at_value(failure.pointer),
        f'"{name_of(failure)}" {words}, and LiveKit refuses the file',
        advice,
        fix=fix,
    )


_UNITS = {
    **dict.fromkeys(["h", "hr", "hrs", "hour", "hours"], 3600),
    **dict.fromkeys(["m", "min", "mins", "minute", "minutes"], 60),
    **dict.fromkeys(["s", "sec", "secs", "second", "seconds"], 1),
    **dict.fromkeys(["ms", "milliseconds"], 0.001),
}
_AMOUNT = r"([0-9]{1,9}(?:\.[0-9]{1,9})?)\s{0,9}([a-z]+)"
_MOST_SECONDS = 315_576_000_000


def _seconds(value: Any) -> float | None:
    """The seconds that a badly written duration means, None where that is not clear."""
    if isinstance(value, dict):
        value = value.get("seconds") if set(value) <= {"seconds"} else None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value) if 0 <= value <= _MOST_SECONDS else None
    if not isinstance(value, str):
        return None
    text = value.strip().lower()
    if re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", text):
        return float(text)
    pieces = re.findall(_AMOUNT, text)
    if not pieces or re.sub(_AMOUNT, "", text).strip() or not {u for _, u in pieces} <= set(_UNITS):
        return None
    return sum(float(amount) * _UNITS[unit] for amount, unit in pieces)


@rule("LK123", "timestamp-format", "error", "rejected", Failure)
def timestamp_format(failure: Failure, settings: Settings) -> Iterator[Found]:
    """A time that LiveKit's reader cannot read.

    ## What it finds
    Values of `created_at` and `updated_at` that are no RFC 3339 time.

    ## Why it matters
    `lk` answers `invalid google.protobuf.Timestamp value`. A file has no use for these times.

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
    Seen: `lk` 2.18.3 with `"yesterday"` and 1700000000.
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
    Fractions, negative numbers, numbers that are too large and durations such as `"20s"`, where
    LiveKit wants a whole number.

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
    Safe for a duration: its seconds. None for the rest.

    ## Evidence
    Seen: `lk` 2.18.3 refused 4294967296, -1 and 48000.5 as a codec's rate, and took "48000" and
    4.8e4.
    """
    seconds = re.fullmatch(r"([0-9]{1,9})s", str(failure.value))
    if seconds is not None:
        advice = f"Write {int(seconds[1])}: this field takes seconds without an s."
        change = Replace(failure.pointer, int(seconds[1]))
        fix = Proposal(f"write {int(seconds[1])}", (change,), safe=True)
    else:
        advice, fix = "Write a whole number of a sensible size.", None
    yield Found(
        at_value(failure.pointer),
        f'"{name_of(failure)}" cannot hold this value, and LiveKit refuses the file',
        advice,
        fix=fix,
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
    Seen: `lk` 2.18.3 answers `error parsing "values", oneof livekit.SIPNamedDest.uri is already
    set`. The groups are the oneofs of LiveKit's protocol v1.54.0.
    """
    rivals = failure.limit["enum"]
    names = [key for key, held in failure.given.items() if key in rivals and held is not None]
    if failure.value not in names[1:]:
        return
    yield Found(
        at_key(failure.pointer),
        f'LiveKit takes only one of "{names[0]}" and "{failure.value}", and refuses a file with '
        "both",
        "Keep one of them.",
        "one too many",
        ((at_key(join(parent(failure.pointer), names[0])), "the other one"),),
    )
