"""Family 1: values that mean nothing on a real call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lklint.documents.edits import Replace
from lklint.documents.pointer import last
from lklint.rules.found import Found, Proposal, at_value, show
from lklint.rules.registry import rule
from lklint.rules.secrets import secrets_of
from lklint.settings import Settings
from lklint.telephony.addresses import is_documentation, parse_mask
from lklint.telephony.hosts import split
from lklint.telephony.lookalikes import first_lookalike, is_typography, plain
from lklint.telephony.message import Text
from lklint.telephony.phone_numbers import normalize_number
from lklint.telephony.placeholders import (
    find_placeholder,
    is_example_host,
    is_example_number,
    is_filled_in_later,
    is_secret_placeholder,
    without_environment,
)
from lklint.telephony.resources import (
    DispatchRule,
    InboundTrunk,
    OutboundTrunk,
    Participant,
    Resource,
)
from lklint.telephony.rooms import template_in
from lklint.telephony.secrets import is_secret_field


@rule(
    "LK127", "placeholder", "error", "dead",
    InboundTrunk, OutboundTrunk, DispatchRule, Participant,
)  # fmt: skip
def placeholder(resource: Any, settings: Settings) -> Iterator[Found]:
    """A value that was to be filled in.

    ## What it finds
    `<my-trunk>`, `your-trunk`, `ST_xxxxxxxx`, `+1XXXXXXXXXX`, `CHANGE_ME`, `{{…}}`, `$NAME` and
    `${name:-default}`. `${NAME}` in capitals is none of them: lklint puts the value of the
    environment in its place when it sends the file, and sends nothing while there is none. Nor is
    an entry of `trunk_ids` that is exactly the name of an inbound trunk of the same server.

    ## Why it matters
    LiveKit takes the text as it stands; on a call it means nothing. `lk` fills in nothing at all,
    not even `${NAME}`: for it, run `envsubst` first. Where a server has such a text already,
    `lklint audit` finds `${NAME}` too.

    ## Example
    ```json outbound-trunk
    {"trunk": {"address": "<my-trunk>.pstn.twilio.com", "numbers": ["+442079460123"]}}
    ```

    ## Instead
    ```json outbound-trunk
    {"trunk": {"address": "acme.pstn.twilio.com", "numbers": ["+442079460123"]}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: `lk` 2.18.3 sent `<…>` and `${…}` as they stood, and livekit-server 1.13.3 stored them; a
    real call to a trunk with `+1XXXXXXXXXX`: 180, then silence. 3 of 16 public outbound files have
    a placeholder for an address.
    """
    for text, machine in values_of(resource):
        found = find_placeholder(text, machine)
        if found is not None and found.kind == "environment" and not settings.stored:
            rest = without_environment(text)
            found = find_placeholder(rest, machine) if rest else None
        if found is None:
            continue
        what, mend = show(found.text), "Put the real value here."
        headline = "was to be filled in, and LiveKit takes it as it stands"
        if is_secret_field(last(text.pointer)):
            what = "this"
        elif found.kind == "environment":
            headline = "is sent to LiveKit as it stands: nothing fills this form in"
            mend = 'Write "${NAME}" in capitals, which lklint fills in when it sends the file.'
        if settings.stored:
            headline, mend = _STORED, _SEND
        yield Found(at_value(text.pointer), f"{what} {headline}", mend)
    for secret in secrets_of(resource):
        if settings.stored and is_filled_in_later(secret):
            yield Found(at_value(secret.pointer), f"this {_STORED}", _SEND)
        elif is_secret_placeholder(secret):
            yield Found(
                at_value(secret.pointer),
                "this was to be filled in, and LiveKit takes it as it stands",
                'Write "${SIP_PASSWORD}", say, which lklint fills in when it sends the file.',
            )


_STORED = "was to be filled in, and LiveKit has it as it stands"
_SEND = "Send the real value: `lklint apply` and `lklint sip … update` fill it in."


@rule(
    "LK128", "documentation-value", "warning", "dead",
    InboundTrunk, OutboundTrunk, DispatchRule, Participant,
)  # fmt: skip
def documentation_value(resource: Any, settings: Settings) -> Iterator[Found]:
    """A value out of a guide.

    ## What it finds
    Telephone numbers kept for films and guides (555-0100 to 555-0199, the area code 555), the
    digits in order (`+1234567890`), hosts such as `example.com`, addresses kept for documentation.

    ## Why it matters
    No real call has them. A trunk with such a number never rings.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+15105550100"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"]}}
    ```

    ## Fix
    None.

    ## Evidence
    The North American Numbering Plan keeps the numbers, RFC 2606 and RFC 6761 the hosts, RFC 5737
    and RFC 3849 the addresses. 5 of 14 public inbound files still had such a number.
    """
    for text, words in examples_of(resource):
        yield Found(
            at_value(text.pointer),
            f"{show(str(text))} is a value of guides and examples: {words}",
            "Put the real value here.",
            "an example",
        )


@rule(
    "LK131", "lookalike-character", "error", "dead",
    InboundTrunk, OutboundTrunk, DispatchRule, Participant,
)  # fmt: skip
def lookalike_character(resource: Any, settings: Settings) -> Iterator[Found]:
    """A character that looks like another one.

    ## What it finds
    Non-breaking hyphens, typographic dashes, invisible marks, letters of other alphabets, in
    numbers, addresses, ids, room and agent names. Names may have dashes and quotes as printed.

    ## Why it matters
    LiveKit compares letter by letter. The name looks right on every screen and is another one.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+44 20‑7946‑0123"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"]}}
    ```

    ## Fix
    Unsafe: the plain characters.

    ## Evidence
    Seen: a real call to a trunk with U+2011 in its number: 180, then silence. One public file has
    such hyphens in its room prefix.
    """
    for text, _ in values_of(resource):
        read = plain(text)
        if read is None or read == text:
            continue
        field = last(text.pointer)
        # A PIN that no telephone can enter is found by LK416, which shows nothing of it.
        if is_secret_field(field):
            continue
        if field in _NAMES and is_typography(text):
            continue
        yield Found(
            at_value(text.pointer),
            f"this has an odd character ({first_lookalike(text)}), and LiveKit compares letter by "
            "letter",
            "Type it anew with plain characters.",
            fix=Proposal("use plain characters", (Replace(text.pointer, read),)),
        )


_NAMES = ("room_name", "roomName", "room_prefix", "roomPrefix", "agent_name", "agentName")
"""Fields for names that people give."""


def values_of(resource: Resource) -> Iterator[tuple[Text, bool]]:
    """The values that LiveKit compares or dials, and whether one is never plain words.

    Passwords are not among them, nor user names and PINs that are kept elsewhere.
    """
    if isinstance(resource, InboundTrunk):
        yield from _machine(resource.numbers, resource.allowed_numbers, resource.allowed_addresses)
        yield from _unless_later(resource.auth_username)
    elif isinstance(resource, OutboundTrunk):
        yield from _machine(resource.numbers, _given(resource.address, resource.from_host))
        yield from _unless_later(resource.auth_username)
    elif isinstance(resource, DispatchRule):
        yield from _machine(resource.numbers, resource.inbound_numbers, resource.trunk_ids)
        if resource.rule is not None:
            yield from _unless_later(resource.rule.pin)
            yield from ((t, m) for t, m in _words(resource.rule.room) if not _is_template(t))
        if resource.room_config is not None:
            for agent in resource.room_config.agents:
                yield from _words(agent.agent_name)
    else:
        callee, caller = resource.sip_call_to, resource.sip_number
        machine = (resource.sip_trunk_id, callee, resource.to_user_override, caller)
        yield from _machine(_given(*machine))
        yield from _words(resource.room_name)
        if resource.trunk is not None:
            yield from _machine(_given(resource.trunk.hostname, resource.trunk.from_host))
            yield from _unless_later(resource.trunk.auth_username)


def _machine(*lists: tuple[Text, ...]) -> Iterator[tuple[Text, bool]]:
    yield from ((text, True) for texts in lists for text in texts)


def _words(*texts: Text | None) -> Iterator[tuple[Text, bool]]:
    yield from ((text, False) for text in _given(*texts))


def _given(*texts: Text | None) -> tuple[Text, ...]:
    return tuple(text for text in texts if text is not None)


def _unless_later(text: Text | None) -> Iterator[tuple[Text, bool]]:
    if text is not None and not is_filled_in_later(text):
        yield text, False


def _is_template(text: Text) -> bool:
    """Whether the rule about templates in room names (LK407) speaks about a text."""
    return template_in(text) is not None


def examples_of(resource: Resource) -> Iterator[tuple[Text, str]]:
    """The values of a resource that only documentation has, and what that means for calls."""
    numbers: tuple[Text | None, ...] = ()
    hosts: tuple[Text | None, ...] = ()
    if isinstance(resource, InboundTrunk):
        numbers = (*resource.numbers, *resource.allowed_numbers)
        for entry in resource.allowed_addresses:
            block = parse_mask(entry)
            if block is not None and is_documentation(block):
                yield entry, "no real call comes from there"
    elif isinstance(resource, OutboundTrunk):
        numbers, hosts = resource.numbers, (resource.address, resource.from_host)
    elif isinstance(resource, DispatchRule):
        numbers = (*resource.numbers, *resource.inbound_numbers)
    else:
        numbers = (resource.sip_call_to, resource.sip_number)
        if resource.trunk is not None:
            hosts = (resource.trunk.hostname, resource.trunk.from_host)
    for number in numbers:
        if number is not None and is_example_number(normalize_number(number)):
            yield number, "no real call has it"
    for host in hosts:
        if host is not None and is_example_host(split(host)[0]):
            yield host, "no real host has this name"
