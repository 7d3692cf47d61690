"""Family 2: the numbers of inbound trunks."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.edits import Remove, Replace
from lklint.rules.found import Found, Proposal, at_value, listing, show
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.message import Text
from lklint.telephony.phone_numbers import NumberVerdict, classify, normalize_number
from lklint.telephony.resources import InboundTrunk


@rule("LK201", "wildcard-number", "error", "dead", InboundTrunk)
def wildcard_number(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A number with a wildcard, which matches no call.

    ## What it finds
    `*`, `+1555*`, regular expressions and ranges among the numbers of an inbound trunk.

    ## Why it matters
    LiveKit compares numbers character by character: a star only matches a call to a star. The trunk
    never takes the calls it was made for.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123", "*"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"allowedAddresses": ["203.0.113.0/24"]}}
    ```

    ## Fix
    Unsafe, where it can only mean one thing.

    ## Evidence
    Seen: real calls, trunk-star and -prefix-star: silence. livekit/sip#197.
    """
    for number, verdict in faulty(trunk, settings, "pattern"):
        yield Found(
            at_value(number.pointer),
            f"no call ever matches {show(str(number))}: LiveKit compares numbers letter by letter",
            "List every number. For any number leave numbers out, and add addresses or a login.",
            "",
            fix=rewritten(number, verdict),
        )


@rule("LK202", "number-is-uri", "error", "dead", InboundTrunk)
def number_is_uri(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A number written as a SIP or tel address.

    ## What it finds
    `sip:…`, `tel:…` and `…@…` among the numbers of an inbound trunk.

    ## Why it matters
    LiveKit compares only the user part of the called address, so that a whole address never
    matches.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["sip:+442079460123@example.com"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"]}}
    ```

    ## Fix
    Unsafe: keeps the number.

    ## Evidence
    Seen: real calls, trunk-uri: silence.
    """
    for number, verdict in faulty(trunk, settings, "uri"):
        yield Found(
            at_value(number.pointer),
            "no call ever matches a whole address: only the number in it is compared",
            advice("Write the number alone", verdict),
            "",
            fix=rewritten(number, verdict),
        )


@rule("LK203", "unmatchable-number", "error", "dead", InboundTrunk)
def unmatchable_number(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A number in a form that no call has.

    ## What it finds
    Dots, tabs, a leading 00 or 0, extensions and other marks that LiveKit cannot normalise.

    ## Why it matters
    LiveKit takes blanks, hyphens and brackets out, and nothing else. A call to this number rings
    out.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["0044 20 7946 0123"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"]}}
    ```

    ## Fix
    Unsafe: the number in E.164.

    ## Evidence
    Seen: real calls, trunk-00 and trunk-dots: silence.
    """
    for number, verdict in faulty(trunk, settings, "unmatchable"):
        yield Found(
            at_value(number.pointer),
            f"no call ever matches this number{because(verdict)}",
            advice("Write it in E.164: a plus, the country code, digits", verdict),
            "",
            fix=rewritten(number, verdict),
        )


@rule("LK204", "national-number", "warning", "dead", InboundTrunk)
def national_number(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A number without its country code.

    ## What it finds
    A number that is only complete with a country code in front.

    ## Why it matters
    LiveKit puts a plus in front of it and takes the first digits for the country code. The provider
    sends the whole number, and they differ.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["2079460123"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"]}}
    ```

    ## Fix
    Unsafe: the number with the country code, where the country is known (`--default-region`).

    ## Evidence
    protocol livekit/sip.go, NormalizeNumber; sip#501.
    """
    for number, verdict in faulty(trunk, settings, "national"):
        yield Found(
            at_value(number.pointer),
            "the country code is missing, so that no call matches this number",
            advice("Write it in E.164: a plus, the country code, digits", verdict),
            "",
            fix=rewritten(number, verdict),
        )


@rule("LK205", "invalid-number", "warning", "dead", InboundTrunk)
def invalid_number(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A number that does not exist.

    ## What it finds
    A number that no numbering plan has: too short, too long, an unknown prefix.

    ## Why it matters
    Nobody can call it. Most likely a digit is missing or doubled.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+4420794601"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"]}}
    ```

    ## Fix
    None.

    ## Evidence
    The `phonenumbers` library, which has the numbering plans of all countries.
    """
    for number, verdict in faulty(trunk, settings, "invalid"):
        yield Found(
            at_value(number.pointer),
            f"there is no such number{because(verdict)}",
            "Compare it with the number your provider shows.",
            "",
            fix=rewritten(number, verdict),
        )


@rule("LK206", "formatted-number", "info", "untidy", InboundTrunk)
def formatted_number(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A number that is right, but not plain.

    ## What it finds
    Blanks, hyphens, brackets or a missing plus.

    ## Why it matters
    LiveKit understands it on a trunk. On a dispatch rule the same writing matches nothing, so one
    plain form is safer.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+44 (20) 7946-0123"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"]}}
    ```

    ## Fix
    Safe: plain E.164.

    ## Evidence
    Seen: real calls, trunk-formatted and trunk-no-plus: answered.
    """
    for number, verdict in faulty(trunk, settings, "formatted"):
        yield Found(
            at_value(number.pointer),
            "LiveKit understands this number on a trunk, and on a dispatch rule it would not",
            advice("Write it plainly", verdict),
            "",
            fix=rewritten(number, verdict),
        )


@rule("LK207", "duplicate-number", "warning", "untidy", InboundTrunk)
def duplicate_number(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A number that is listed twice.

    ## What it finds
    The same number twice among the numbers of a trunk, also in two ways of writing.

    ## Why it matters
    One of them does nothing. Before server 1.12 it was an error: `Multiple SIP Trunks matched`.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123", "442079460123"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"]}}
    ```

    ## Fix
    Safe: takes the second one out.

    ## Evidence
    protocol sip/sip.go; sip#329.
    """
    seen: dict[str, Text] = {}
    for number in trunk.numbers:
        first = seen.setdefault(normalize_number(number), number)
        if first is not number and number:
            yield Found(
                at_value(number.pointer),
                "this number is listed twice",
                "Keep one of them.",
                "again",
                ((at_value(first.pointer), "first listed here"),),
                Proposal("take it out", (Remove(number.pointer),), safe=True),
            )


@rule("LK208", "empty-number", "error", "dead", InboundTrunk)
def empty_number(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """An empty number.

    ## What it finds
    `""` among the numbers of an inbound trunk.

    ## Why it matters
    It does not mean any number: it matches only a call to nobody.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123", ""]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"]}}
    ```

    ## Fix
    Unsafe: takes it out.

    ## Evidence
    Seen: server.md section 4.
    """
    for number, _ in faulty(trunk, settings, "empty"):
        yield Found(
            at_value(number.pointer),
            "an empty number matches no call; it does not mean any number",
            "Take it out.",
            fix=Proposal("take it out", (Remove(number.pointer),)),
        )


def faulty(
    trunk: InboundTrunk, settings: Settings, fault: str
) -> Iterator[tuple[Text, NumberVerdict]]:
    """The numbers of a trunk with one fault."""
    for number in trunk.numbers:
        verdict = classify(number, settings.default_region)
        if verdict.fault == fault:
            yield number, verdict


def because(verdict: NumberVerdict) -> str:
    """The reason of a verdict as the end of a sentence."""
    return f": {verdict.why}" if verdict.why else ""


def advice(words: str, verdict: NumberVerdict) -> str:
    """What to write instead, with the number where it is known."""
    if not verdict.suggestions:
        return f"{words}."
    return f"{words}: {listing(verdict.suggestions)}."


def rewritten(number: Text, verdict: NumberVerdict) -> Proposal | None:
    """The fix that writes the one suggested number. Safe where LiveKit reads both the same."""
    if len(verdict.suggestions) != 1:
        return None
    better = verdict.suggestions[0]
    safe = normalize_number(number) == better
    return Proposal(f"write {better}", (Replace(number.pointer, better),), safe)
