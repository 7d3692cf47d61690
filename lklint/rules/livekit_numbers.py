"""Family 7: phone numbers that are bought from LiveKit."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.documents.edits import Replace
from lklint.documents.own_kinds import PHONE_NUMBERS
from lklint.rules.expectations import meant_by
from lklint.rules.found import Found, Place, Proposal, at_brace, at_value, show
from lklint.rules.registry import rule
from lklint.rules.workspace_places import entry, the, whole
from lklint.settings import Settings
from lklint.telephony.message import Text
from lklint.telephony.phone_number_files import PhoneNumber, PhoneNumbers, phone_numbers_of
from lklint.telephony.phone_numbers import classify, normalize_number
from lklint.workspace.environment import Environment
from lklint.workspace.filed import Filed, server_id

_FINE = ("fine", "example")


@rule("LK760", "livekit-number-format", "error", "dead", PhoneNumbers)
def livekit_number_format(file: PhoneNumbers, settings: Settings) -> Iterator[Found]:
    """A phone number that is not written in E.164.

    ## What it finds
    Numbers without their country code, with blanks or dashes, and what is no number at all. Numbers
    that are kept for examples are let through.

    ## Why it matters
    LiveKit lists its numbers in E.164. `lklint apply` would look for another one, and buy none.

    ## Example
    ```json phone-numbers
    {"phoneNumbers": [{"number": "+1 (510) 234-5678", "dispatchRule": "Support line"}]}
    ```

    ## Instead
    ```json phone-numbers
    {"phoneNumbers": [{"number": "+15102345678", "dispatchRule": "Support line"}]}
    ```

    ## Fix
    Safe where only blanks, dashes and brackets go; unsafe where the country is a guess.

    ## Evidence
    livekit/protocol, protobufs/livekit_phone_number.proto: `e164_format`. Which numbers exist is
    Google's libphonenumber's word.
    """
    for held in file.phone_numbers:
        verdict = classify(held.number, settings.default_region)
        plain = normalize_number(held.number) == held.number
        if verdict.fault in _FINE and plain and held.number[1:].isdigit():
            continue
        meant = verdict.suggestions[0] if len(verdict.suggestions) == 1 else None
        why = f": {verdict.why}" if verdict.why else ""
        yield Found(
            at_value(held.number.pointer),
            f"{show(str(held.number))} is no phone number in E.164, and LiveKit has none like "
            f"it{why}",
            f"Write {show(meant)}." if meant else "Write a plus, the country code and the digits.",
            fix=_rewritten(held.number, meant, verdict.fault == "formatted" and verdict.sure),
        )


def _rewritten(number: Text, meant: str | None, safe: bool) -> Proposal | None:
    if meant is None:
        return None
    return Proposal(f"write {show(meant)}", (Replace(number.pointer, meant),), safe)


@rule("LK761", "livekit-number-twice", "error", "dead", Environment)
def livekit_number_twice(environment: Environment, settings: Settings) -> Iterator[Found]:
    """A phone number is listed twice.

    ## What it finds
    The same number twice among the phone numbers of one server, in one file or in several.

    ## Why it matters
    A number has one dispatch rule. Which of the two it is to have is not clear.

    ## Example
    ```json phone-numbers
    {"phoneNumbers": [{"number": "+15102345678", "dispatchRule": "Support line"},
      {"number": "+15102345678", "dispatchRule": "Night line"}]}
    ```

    ## Instead
    ```json phone-numbers
    {"phoneNumbers": [{"number": "+15102345678", "dispatchRule": "Support line"},
      {"number": "+15102345679", "dispatchRule": "Support line"}]}
    ```

    ## Fix
    None.

    ## Evidence
    livekit/protocol, protobufs/livekit_phone_number.proto: `PhoneNumber.sip_dispatch_rule_id` is
    one text.
    """
    first: dict[str, Place] = {}
    for message, held in _listed(environment):
        place = entry(message, held.number)
        earlier = first.setdefault(normalize_number(held.number), place)
        if earlier is not place:
            yield Found(
                place,
                f"{held.number} is listed already, and a number has one dispatch rule",
                "Take one of the two out.",
                related=((earlier, "listed here"),),
            )


@rule("LK762", "unknown-dispatch-rule", "error", "dead", Environment)
def unknown_dispatch_rule(environment: Environment, settings: Settings) -> Iterator[Found]:
    """A phone number is to have a dispatch rule that there is none of, or more than one.

    ## What it finds
    A `dispatchRule` that is the name of no dispatch rule beside it, or of several. Ids (`SDR_…`)
    are taken as they are (`lklint audit` looks for them too), and it speaks only where the whole
    folder is looked at.

    ## Why it matters
    `lklint apply` does not know which rule to give to the number.

    ## Example
    ```json dispatch-rule.json
    {"dispatch_rule": {"name": "Support line", "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
      "roomConfig": {"agents": [{"agentName": "inbound-agent"}]}}}
    ```
    ```json phone-numbers
    {"phoneNumbers": [{"number": "+15102345678", "dispatchRule": "Suport line"}]}
    ```

    ## Instead
    ```json dispatch-rule.json
    {"dispatch_rule": {"name": "Support line", "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
      "roomConfig": {"agents": [{"agentName": "inbound-agent"}]}}}
    ```
    ```json phone-numbers
    {"phoneNumbers": [{"number": "+15102345678", "dispatchRule": "Support line"}]}
    ```

    ## Fix
    Unsafe: the name that resembles it, where there is one.

    ## Evidence
    LiveKit knows rules by their ids; that names stand for them is lklint's own (`docs/calls.md`).
    """  # noqa: E501
    names = _rules_by_name(environment)
    ids = {server_id(message) for message in environment.dispatch_rules}
    for message, held in _listed(environment):
        name = held.dispatch_rule
        if name is None or name in ids or (name.startswith("SDR_") and not environment.stored):
            continue
        found = names.get(name, [])
        if len(found) > 1:
            yield Found(
                entry(message, name),
                f"{len(found)} dispatch rules are called {show(str(name))}, and {held.number} can "
                "have only one",
                "Give the rules different names.",
                related=tuple((whole(one), "called so") for one in found),
            )
        elif not found and environment.complete:
            yield Found(
                entry(message, name),
                f"no dispatch rule is called {show(str(name))}, and {held.number} gets none",
                f"Write the name of a dispatch rule{meant_by(name, names)}.",
            )


@rule("LK763", "livekit-number-in-trunk", "info", "untidy", Environment)
def livekit_number_in_trunk(environment: Environment, settings: Settings) -> Iterator[Found]:
    """A phone number of LiveKit's own also stands in an inbound trunk.

    ## What it finds
    A number that is both in a file of phone numbers and in the `numbers` of an inbound trunk beside
    it.

    ## Why it matters
    A number that is bought from LiveKit needs no trunk. The entry does nothing, unless somebody
    else's calls to this number come in by the trunk.

    ## Example
    ```json inbound-trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+15102345678"], "allowedAddresses": ["54.172.60.0/30"]}}
    ```
    ```json phone-numbers
    {"phoneNumbers": [{"number": "+15102345678", "dispatchRule": "SDR_aB3xY9kLmN2p"}]}
    ```

    ## Instead
    ```json phone-numbers
    {"phoneNumbers": [{"number": "+15102345678", "dispatchRule": "SDR_aB3xY9kLmN2p"}]}
    ```

    ## Fix
    None: the number may have moved from one to the other.

    ## Evidence
    LiveKit's documentation of Phone Numbers: no inbound trunk is needed.
    """  # noqa: E501
    bought = _by_number(environment)
    for trunk in environment.inbound_trunks if bought else ():
        for number in trunk.texts("numbers"):
            if normalize_number(number) in bought:
                yield Found(
                    entry(trunk, number),
                    f"{number} is a phone number of LiveKit's own, which needs no trunk",
                    "Take it out of the trunk, or out of the phone numbers.",
                    related=((bought[normalize_number(number)], "bought from LiveKit"),),
                )


@rule("LK764", "livekit-number-without-rule", "error", "dead", PhoneNumbers)
def livekit_number_without_rule(file: PhoneNumbers, settings: Settings) -> Iterator[Found]:
    """A phone number without a dispatch rule.

    ## What it finds
    A number in a file of phone numbers that names no `dispatchRule`.

    ## Why it matters
    LiveKit shows the number as offline and cuts every call to it off. To create a rule is not
    enough: the number has to be given it.

    ## Example
    ```json phone-numbers
    {"phoneNumbers": [{"number": "+15102345678"}]}
    ```

    ## Instead
    ```json phone-numbers
    {"phoneNumbers": [{"number": "+15102345678", "dispatchRule": "SDR_aB3xY9kLmN2p"}]}
    ```

    ## Fix
    None.

    ## Evidence
    livekit/protocol, protobufs/livekit_phone_number.proto: `PHONE_NUMBER_STATUS_OFFLINE`.
    """
    for held in file.phone_numbers:
        if held.dispatch_rule is None:
            yield Found(
                at_brace(held.message.pointer),
                f"{held.number} has no dispatch rule, and every call to it is cut off",
                'Add "dispatchRule" with the name of a rule.',
            )


@rule("LK765", "livekit-number-calls-out", "error", "dead", Environment)
def livekit_number_calls_out(environment: Environment, settings: Settings) -> Iterator[Found]:
    """A phone number of LiveKit's own is to make calls.

    ## What it finds
    A number of a file of phone numbers among the `numbers` of an outbound trunk beside it.

    ## Why it matters
    LiveKit Phone Numbers take calls and make none. Your provider does not have the number, and
    refuses the call, or shows another one.

    ## Example
    ```json outbound-trunk.json
    {"trunk": {"name": "out", "address": "sip.example.net", "numbers": ["+15102345678"],
      "authUsername": "main-line", "authPassword": "${SIP_PASSWORD}"}}
    ```
    ```json phone-numbers
    {"phoneNumbers": [{"number": "+15102345678", "dispatchRule": "SDR_aB3xY9kLmN2p"}]}
    ```

    ## Instead
    ```json phone-numbers
    {"phoneNumbers": [{"number": "+15102345678", "dispatchRule": "SDR_aB3xY9kLmN2p"}]}
    ```

    ## Fix
    None.

    ## Evidence
    LiveKit's documentation of Phone Numbers: inbound calls only.
    """
    bought = _by_number(environment)
    for trunk in environment.outbound_trunks if bought else ():
        for number in trunk.texts("numbers"):
            if normalize_number(number) in bought:
                yield Found(
                    entry(trunk, number),
                    f"{number} is a phone number of LiveKit's own, and {the('trunk', trunk)} "
                    "cannot call from it",
                    "Use a number that your provider has given you.",
                    related=((bought[normalize_number(number)], "bought from LiveKit"),),
                )


def _listed(environment: Environment) -> Iterator[tuple[Filed, PhoneNumber]]:
    """Every phone number of an environment, with its file."""
    for message in environment.of_kind(PHONE_NUMBERS):
        for held in phone_numbers_of(message):
            yield message, held


def _by_number(environment: Environment) -> dict[str, Place]:
    """Where each number is listed, by the number as LiveKit compares it."""
    return {
        normalize_number(held.number): entry(message, held.number)
        for message, held in _listed(environment)
    }


def _rules_by_name(environment: Environment) -> dict[str, list[Filed]]:
    names: dict[str, list[Filed]] = {}
    for message in environment.dispatch_rules:
        name = message.text("name")
        if name is not None:
            names.setdefault(name, []).append(message)
    return names
