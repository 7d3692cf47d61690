"""What the flags of the SIP commands say, as fields of a resource. Nothing here asks a server.

A changed value has the field names of the .proto, as `protocol.messages.write` gives them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lklint.cli.ends import UsageError
from lklint.cli.server.options import listed

Json = dict[str, Any]

KINDS_OF_RULE = ("dispatch_rule_direct", "dispatch_rule_individual", "dispatch_rule_callee")

_ENCRYPTIONS = ("DISABLE", "ALLOW", "REQUIRE")
_TRANSPORTS = ("AUTO", "UDP", "TCP", "TLS")
_LARGEST_RATE = 2**32 - 1


def trunk_changes(
    name: str | None,
    numbers: Sequence[str] | None,
    auth_user: str | None,
    auth_pass: str | None,
    address: str | None = None,
    transport: str | None = None,
    destination_country: str | None = None,
) -> Json:
    """The fields of a trunk that flags set."""
    said = {
        "name": name,
        "address": address,
        "transport": None if transport is None else _enum("transport", transport, _TRANSPORTS),
        "destination_country": destination_country,
        "numbers": listed(numbers),
        "auth_username": auth_user,
        "auth_password": auth_pass,
    }
    return {field: value for field, value in said.items() if value is not None}


def media_changes(
    media_enc: str | None, codecs: Sequence[str] | None, no_default_codecs: bool
) -> Json:
    """The media fields that flags set; the encryption stands in both places, as `lk` writes it."""
    media: Json = {}
    changes: Json = {}
    if media_enc is not None:
        encryption = _enum("media-enc", media_enc, _ENCRYPTIONS)
        media["encryption"] = changes["media_encryption"] = encryption
    if codecs is not None:
        media["codecs"] = [_codec(text) for text in listed(codecs) or []]
    if no_default_codecs:
        media["only_listed_codecs"] = True
    return {**changes, "media": media} if media else changes


def rule_changes(
    name: str | None,
    trunks: Sequence[str] | None,
    direct: str | None,
    caller: str | None,
    callee: str | None,
    randomize: bool,
) -> Json:
    """The fields of a dispatch rule that flags set; `merged` keeps the PIN of the rule before."""
    given = [word for word in (direct, caller, callee) if word is not None]
    if len(given) > 1:
        raise UsageError("--direct, --caller and --callee are three kinds of rule; give one")
    if randomize and callee is None:
        raise UsageError("--randomize goes with --callee")
    changes: Json = {}
    if name is not None:
        changes["name"] = name
    if trunks is not None:
        changes["trunk_ids"] = listed(trunks)
    if direct is not None:
        changes["rule"] = {"dispatch_rule_direct": {"room_name": direct}}
    if caller is not None:
        changes["rule"] = {"dispatch_rule_individual": {"room_prefix": caller}}
    if callee is not None:
        kind = {"room_prefix": callee, **({"randomize": True} if randomize else {})}
        changes["rule"] = {"dispatch_rule_callee": kind}
    return changes


def merged(value: Json, changes: Json) -> Json:
    """A resource with the changes of flags: each overrides what it says and nothing more.

    The parts of `media` stay that no flag is about, and so does the PIN of a rule whose kind
    changes.
    """
    result = {**value, **changes}
    if isinstance(value.get("media"), dict) and "media" in changes:
        result["media"] = {**value["media"], **changes["media"]}
    pin = pin_of(value)
    if pin and "rule" in changes:
        result["rule"] = {kind: {**said, "pin": pin} for kind, said in changes["rule"].items()}
    return {field: item for field, item in result.items() if item != []}


def pin_of(rule: Json) -> str:
    """The PIN of a dispatch rule, "" where it has none."""
    kinds = rule.get("rule")
    if not isinstance(kinds, dict):
        return ""
    pins = (kinds[kind].get("pin") for kind in KINDS_OF_RULE if isinstance(kinds.get(kind), dict))
    return next((pin for pin in pins if isinstance(pin, str)), "")


def _enum(flag: str, word: str, known: tuple[str, ...]) -> str:
    """The enum value of a word, long or short and in any case."""
    prefix = "SIP_MEDIA_ENCRYPT_" if flag == "media-enc" else "SIP_TRANSPORT_"
    short = word.upper().removeprefix(prefix)
    if short not in known:
        raise UsageError(f"--{flag}: {word} is none of {', '.join(known).lower()}")
    return prefix + short


def _codec(text: str) -> Json:
    name, slash, rate = text.partition("/")
    if not name or (slash and not (rate.isascii() and rate.isdigit() and len(rate) <= 10)):
        raise UsageError(f"--codecs: {text} is not NAME/RATE, as in PCMU/8000")
    if slash and int(rate) > _LARGEST_RATE:
        raise UsageError(f"--codecs: {text} has a rate that no codec has")
    return {"name": name, **({"rate": int(rate)} if slash else {})}
