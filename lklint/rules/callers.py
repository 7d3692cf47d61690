"""Family 2: the callers that an inbound trunk takes."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.rules.found import Found, at_value
from lklint.rules.numbers import advice, rewritten
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.message import Text
from lklint.telephony.phone_numbers import NumberVerdict, classify, normalize_number
from lklint.telephony.resources import InboundTrunk


@rule("LK209", "own-number-as-caller", "error", "dead", InboundTrunk)
def own_number_as_caller(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """Your own number in the list of callers.

    ## What it finds
    `allowedNumbers` with nothing in it but numbers that stand in `numbers` too.

    ## Why it matters
    `allowedNumbers` are the numbers of those who call. With only your own in it, the trunk takes
    nobody else's call, and without a word.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedNumbers": ["+442079460123"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedNumbers": ["+442079460199"]}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: a real call to a trunk whose own number was its only allowed caller: 180, then silence.
    livekit/sip#329.
    """
    own = {normalize_number(number) for number in trunk.numbers if number}
    callers = {normalize_number(caller) for caller in trunk.allowed_numbers}
    if callers and callers <= own:
        yield Found(
            at_value(trunk.message.at("allowed_numbers")),
            "this is your own number, and the list is for those who call: it turns them all away",
            "List the callers, or leave the list out to take anybody.",
            "who may call",
        )


@rule("LK212", "caller-pattern", "error", "dead", InboundTrunk)
def caller_pattern(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A caller that no call comes from.

    ## What it finds
    Wildcards, addresses, empty texts and numbers in a form that no call has, in `allowedNumbers`.

    ## Why it matters
    Callers are compared letter by letter. Whoever was meant is turned away. An empty text does not
    stand for everybody, only for callers who send no number at all.

    ## Example
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedNumbers": ["+44*"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedNumbers": ["+442079460199"]}}
    ```

    ## Fix
    Unsafe, where it can only mean one thing.

    ## Evidence
    Seen: a real call from `+15550105` to a trunk that allows `+1555*`: 180, then silence.
    `matchNumbers` in livekit/protocol, sip/sip.go, compares `""` with the caller's number as well.
    """
    for caller in trunk.allowed_numbers:
        verdict = classify(caller, settings.default_region)
        if verdict.fault == "empty":
            headline = (
                "this lets nobody in but callers who send no number; it does not mean anybody"
            )
        elif verdict.fault in ("pattern", "uri") or _is_unreadable(caller, verdict):
            headline = "no caller ever matches this: callers are compared letter by letter"
        else:
            continue
        words = "List every caller in E.164"
        if not verdict.suggestions:
            words += ", or leave the list out to take anybody"
        yield Found(
            at_value(caller.pointer),
            headline,
            advice(words, verdict),
            fix=rewritten(caller, verdict),
        )


def _is_unreadable(caller: Text, verdict: NumberVerdict) -> bool:
    """Whether LiveKit cannot normalise a number. Callers with 00 in front are real."""
    return verdict.fault == "unmatchable" and normalize_number(caller) == caller
