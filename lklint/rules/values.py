"""Family 1: values that mean nothing on a real call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lklint.documents.edits import Replace
from lklint.documents.pointer import last
from lklint.rules.found import Found, Proposal, at_value, show
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.addresses import is_documentation, parse_mask
from lklint.telephony.hosts import split
from lklint.telephony.lookalikes import first_lookalike, plain
from lklint.telephony.message import Text
from lklint.telephony.phone_numbers import normalize_number
from lklint.telephony.placeholders import find_placeholder, is_example_host, is_example_number
from lklint.telephony.resources import (
    DispatchRule,
    InboundTrunk,
    OutboundTrunk,
    Participant,
    Resource,
)
from lklint.telephony.secrets import is_secret_field


@rule(
    "LK127", "placeholder", "error", "dead",
    InboundTrunk, OutboundTrunk, DispatchRule, Participant,
)  # fmt: skip
def placeholder(resource: Any, settings: Settings) -> Iterator[Found]:
    """A value that was to be filled in.

    ## What it finds
    `<my-trunk>`, `your-…`, `ST_xxxxxxxx`, `+1XXXXXXXXXX`, `CHANGE_ME`, `{{…}}`, and `${NAME}`
    anywhere but in a password.

    ## Why it matters
    LiveKit takes the text as it stands; on a call it means nothing. `lk` does not fill `${NAME}` in
    either: run `envsubst` first.

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
    3 of 16 public outbound files.
    """
    for text, machine in values_of(resource):
        found = find_placeholder(text, machine)
        if found is None:
            continue
        if found.kind == "environment":
            headline = f"`lk` sends {show(found.text)} as it stands: it fills nothing in"
            mend = "Fill it in before the file goes to `lk`, with envsubst for example."
        else:
            headline = f"{show(found.text)} was to be filled in, and LiveKit takes it as it stands"
            mend = "Put the real value here."
        yield Found(at_value(text.pointer), headline, mend)


@rule(
    "LK128", "documentation-value", "warning", "dead",
    InboundTrunk, OutboundTrunk, DispatchRule, Participant,
)  # fmt: skip
def documentation_value(resource: Any, settings: Settings) -> Iterator[Found]:
    """A value out of a guide.

    ## What it finds
    Telephone numbers kept for films and guides (555-0100 to 555-0199, `+1234567890`), hosts such as
    `example.com`, addresses kept for documentation.

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
    NANPA; RFC 2606; RFC 5737. 5 of 14 public inbound files.
    """
    for text in examples_of(resource):
        yield Found(
            at_value(text.pointer),
            f"{show(str(text))} is a value of guides and examples: no real call has it",
            "Put your own value here.",
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
    numbers, addresses, ids, PINs, room and agent names.

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
    Seen: real calls, case lookalike: silence; one public file.
    """
    for text, _ in values_of(resource):
        read = plain(text)
        if read is not None and read != text:
            secret = is_secret_field(last(text.pointer))
            yield Found(
                at_value(text.pointer),
                f"this holds {first_lookalike(text)}, which only looks like a plain character",
                "Type it anew with plain characters.",
                fix=None
                if secret
                else Proposal("use plain characters", (Replace(text.pointer, read),)),
            )


def values_of(resource: Resource) -> Iterator[tuple[Text, bool]]:
    """The values that LiveKit compares or dials, and whether one is never plain words.

    Passwords are not among them: an environment reference is right there.
    """
    if isinstance(resource, InboundTrunk):
        yield from _machine(resource.numbers, resource.allowed_numbers, resource.allowed_addresses)
        yield from _words(resource.auth_username)
    elif isinstance(resource, OutboundTrunk):
        yield from _machine(resource.numbers)
        yield from _words(resource.address, resource.from_host, resource.auth_username)
    elif isinstance(resource, DispatchRule):
        yield from _machine(resource.numbers, resource.inbound_numbers, resource.trunk_ids)
        if resource.rule is not None:
            yield from _words(resource.rule.pin)
            yield from ((t, m) for t, m in _words(resource.rule.room) if not _is_template(t))
        if resource.room_config is not None:
            for agent in resource.room_config.agents:
                yield from _words(agent.agent_name)
    else:
        yield from ((t, True) for t in (resource.sip_trunk_id, resource.sip_call_to) if t)
        yield from _words(resource.sip_number, resource.room_name)
        if resource.trunk is not None:
            yield from _words(resource.trunk.hostname, resource.trunk.auth_username)


def _machine(*lists: tuple[Text, ...]) -> Iterator[tuple[Text, bool]]:
    yield from ((text, True) for texts in lists for text in texts)


def _words(*texts: Text | None) -> Iterator[tuple[Text, bool]]:
    yield from ((text, False) for text in texts if text is not None)


def _is_template(text: Text) -> bool:
    """Whether the rule about templates in room names (LK407) speaks about a text."""
    found = find_placeholder(text)
    return found is not None and found.kind != "placeholder"


def examples_of(resource: Resource) -> Iterator[Text]:
    """The values of a resource that only documentation has."""
    numbers: tuple[Text | None, ...] = ()
    hosts: tuple[Text | None, ...] = ()
    if isinstance(resource, InboundTrunk):
        numbers = (*resource.numbers, *resource.allowed_numbers)
        for entry in resource.allowed_addresses:
            block = parse_mask(entry)
            if block is not None and is_documentation(block):
                yield entry
    elif isinstance(resource, OutboundTrunk):
        numbers, hosts = resource.numbers, (resource.address, resource.from_host)
    elif isinstance(resource, DispatchRule):
        numbers = (*resource.numbers, *resource.inbound_numbers)
    else:
        numbers = (resource.sip_call_to, resource.sip_number)
        hosts = (resource.trunk.hostname if resource.trunk is not None else None,)
    for number in numbers:
        if number is not None and is_example_number(normalize_number(number)):
            yield number
    for host in hosts:
        if host is not None and is_example_host(split(host)[0]):
            yield host
