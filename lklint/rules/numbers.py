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
    None.

    ## Evidence
    Seen: real calls to trunks with `*` and with `+1555*`: 180, then silence. livekit/sip#197.
    """
    for number, _ in faulty(trunk, settings, "pattern"):
        yield Found(
            at_value(number.pointer),
            f"no call ever matches {show(str(number))}: LiveKit compares numbers letter by letter",
            "List every number. For any number leave numbers out, and add addresses or a login.",
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
    Seen: a real call to a trunk with `sip:…@…` for a number: 180, then silence.
    """
    for number, verdict in faulty(trunk, settings, "uri"):
        yield Found(
            at_value(number.pointer),
            "no call ever matches a whole address: only the number in it is compared",
            advice("Write the number alone", verdict),
            fix=rewritten(number, verdict),
        )


@rule("LK203", "unmatchable-number", "error", "dead", InboundTrunk)
def unmatchable_number(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A number in a form that no call has.

    ## What it finds
    Dots, tabs, extensions and other marks that LiveKit cannot normalise, and a leading 00 or +0.

    ## Why it matters
    LiveKit takes blanks, hyphens and brackets out, and nothing else. A call to this number is
    turned away. Zeros in front match only calls that have the same zeros.

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
    Seen: real calls to `+15550100` while the trunk had `00…` or `+1.555.0100`: 180, then silence.
    """
    for number, verdict in faulty(trunk, settings, "unmatchable"):
        # Zeros in front stay when LiveKit normalises: a provider that sends them would match.
        known = normalize_number(number) != number or number.startswith("+0")
        never = "a call matches this number only if it is sent like this" if known else NEVER
        yield Found(
            at_value(number.pointer),
            f"{never}{because(verdict)}",
            advice(E164, verdict),
            fix=rewritten(number, verdict),
        )


@rule("LK204", "national-number", "warning", "dead", InboundTrunk)
def national_number(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A number without its country code.

    ## What it finds
    A number that is only complete with a country code in front.

    ## Why it matters
    LiveKit puts a plus in front of both numbers and compares: `+2079460123` is not `+442079460123`,
    which most providers send. Where a provider leaves the country code out, all is well.

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
    Seen: livekit-server 1.13.3 found no trunk for `+15550100` where one had `5550100` without its
    country code. `NormalizeNumber` in livekit/protocol, livekit/sip.go; livekit/sip#501.
    """
    for number, verdict in faulty(trunk, settings, "national"):
        yield Found(
            at_value(number.pointer),
            "the country code is missing: a call matches only if your provider leaves it out too",
            advice(E164, verdict),
            fix=rewritten(number, verdict),
        )


@rule("LK205", "invalid-number", "warning", "dead", InboundTrunk)
def invalid_number(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A number that does not exist.

    ## What it finds
    A number that no numbering plan has: too short, too long, an unknown prefix.

    ## Why it matters
    Nobody can call it. Most likely a digit is missing or doubled. (A range that was opened lately
    may be missing from the plans: then ignore this.)

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+4420794601"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"]}}
    ```

    ## Fix
    Unsafe, where a "(0)" is too much: the number without it.

    ## Evidence
    The `phonenumbers` library, which has the numbering plans of all countries.
    """
    for number, verdict in faulty(trunk, settings, "invalid"):
        yield Found(
            at_value(number.pointer),
            f"there is no such number{because(verdict)}",
            "Compare it with the number your provider shows.",
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
    Safe: plain E.164. None for ten digits that may be a number of North America as well.

    ## Evidence
    Seen: real calls to trunks with `+1 (555) 0100` and with `15550100`: answered. The same on a
    dispatch rule: silence.
    """
    for number, verdict in faulty(trunk, settings, "formatted"):
        # Ten digits may be two numbers; LiveKit takes the first.
        words = "Write it plainly" if verdict.sure else f"LiveKit reads {verdict.suggestions[0]}"
        yield Found(
            at_value(number.pointer),
            "LiveKit tidies this number on a trunk; a dispatch rule would compare it as it stands",
            advice(words, verdict),
            fix=rewritten(number, verdict),
        )


@rule("LK207", "duplicate-number", "info", "untidy", InboundTrunk)
def duplicate_number(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A number that is listed twice.

    ## What it finds
    The same number twice among the numbers of a trunk, also in two ways of writing.

    ## Why it matters
    One of them does nothing; perhaps another number was meant. Before livekit-server 1.12 calls to
    it fail with `Multiple SIP Trunks matched`.

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
    Seen: a real call to a trunk with `+15550100` and `15550100`, on livekit-server 1.13.3:
    answered. livekit/sip#329 has the error; livekit/protocol 4ddd5613 took it away.
    """
    server = settings.server_version
    old = server is not None and server < (1, 12, 0)
    seen: dict[str, Text] = {}
    for number in trunk.numbers:
        first = seen.setdefault(normalize_number(number), number)
        if first is not number and number:
            yield Found(
                at_value(number.pointer),
                f"this number is listed twice{', and your server fails calls to it' * old}",
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
    It does not mean any number: it matches only a call to nobody. Alone in the list it keeps the
    trunk from taking any call.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123", ""]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"]}}
    ```

    ## Fix
    Unsafe: takes it out, where another number is left. A trunk without numbers takes calls to any.

    ## Evidence
    Seen: livekit-server 1.13.3 matched a trunk with `""` only with an empty called user.
    """
    empty = [number for number, _ in faulty(trunk, settings, "empty")]
    alone = len(empty) == len(trunk.numbers)
    for number in empty:
        yield Found(
            at_value(number.pointer),
            "an empty number matches no call; it does not mean any number",
            "Write your number. For any number leave numbers out, and add addresses or a login."
            if alone
            else "Take it out.",
            fix=None if alone else Proposal("take it out", (Remove(number.pointer),)),
        )


E164 = "Write it in E.164: a plus, the country code, digits"
NEVER = "no call ever matches this number"


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
    if not verdict.sure:
        return f"{words}. If it is a number of North America, that is {verdict.suggestions[-1]}."
    return f"{words}: {listing(verdict.suggestions)}."


def rewritten(number: Text, verdict: NumberVerdict) -> Proposal | None:
    """The fix that writes the one suggested number. Safe where LiveKit reads both the same."""
    if len(verdict.suggestions) != 1 or not verdict.sure:
        return None
    better = verdict.suggestions[0]
    safe = normalize_number(number) == normalize_number(better)
    return Proposal(f"write {better}", (Replace(number.pointer, better),), safe)
