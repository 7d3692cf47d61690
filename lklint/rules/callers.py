"""Family 2: the callers that an inbound trunk takes."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.rules.found import Found, at_value
from lklint.rules.numbers import rewritten
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.phone_numbers import classify, normalize_number
from lklint.telephony.resources import InboundTrunk


@rule("LK209", "own-number-as-caller", "error", "dead", InboundTrunk)
def own_number_as_caller(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """Your own number in the list of callers.

    ## What it finds
    A number that stands in `numbers` and in `allowedNumbers`.

    ## Why it matters
    `allowedNumbers` are the numbers of those who call. With only your own in it, every call is
    turned away in silence.

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
    Seen: real calls, caller-swapped: silence. sip#329.
    """
    own = {normalize_number(number) for number in trunk.numbers if number}
    for caller in trunk.allowed_numbers:
        if normalize_number(caller) in own:
            yield Found(
                at_value(caller.pointer),
                "this is your own number: the list is for those who call, and it turns them away",
                "List the callers, or leave the list out to take anybody.",
            )


@rule("LK212", "caller-pattern", "error", "dead", InboundTrunk)
def caller_pattern(trunk: InboundTrunk, settings: Settings) -> Iterator[Found]:
    """A caller that no call comes from.

    ## What it finds
    Wildcards, addresses, empty texts and numbers in a form that no call has, in `allowedNumbers`.

    ## Why it matters
    Callers are compared letter by letter. Whoever was meant is turned away.

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
    Seen: real calls, caller-star: silence.
    """
    for caller in trunk.allowed_numbers:
        verdict = classify(caller, settings.default_region)
        if verdict.fault in ("pattern", "uri", "unmatchable", "empty"):
            yield Found(
                at_value(caller.pointer),
                "no caller ever matches this: callers are compared letter by letter",
                "List every caller in E.164, or leave the list out to take anybody.",
                fix=rewritten(caller, verdict),
            )
