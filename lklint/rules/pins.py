"""PINs of dispatch rules. No message and no fix ever holds one."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.rules.found import Found, at_value
from lklint.rules.registry import rule
from lklint.settings import Settings
from lklint.telephony.message import Text
from lklint.telephony.pins import why_not_dialable, why_weak
from lklint.telephony.placeholders import find_placeholder, is_filled_in_later
from lklint.telephony.resources import DispatchRule


def _pin(dispatch: DispatchRule) -> Text | None:
    """The PIN of a rule, None where there is none or something else stands for it."""
    pin = dispatch.rule.pin if dispatch.rule is not None else None
    if pin is None or is_filled_in_later(pin) or find_placeholder(pin) is not None:
        return None
    return pin


@rule("LK416", "pin-not-dialable", "error", "dead", DispatchRule)
def pin_not_dialable(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """A PIN that no telephone can enter keeps everybody out.

    ## What it finds
    A `pin` with anything but digits and `*`, or with more than 16 of them.

    ## Why it matters
    LiveKit collects the keys that are pressed until `#` and compares them with the PIN as text, so
    a blank, a letter or a `#` in it can never be entered. At the 17th key it hangs up.

    ## Example
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "lobby", "pin": "82 731"}}}}
    ```

    ## Instead
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "lobby", "pin": "82731"}}}}
    ```

    ## Fix
    None: callers must be told the new PIN.

    ## Evidence
    Seen: real calls, a PIN with letters, 17 keys. livekit/sip, `pkg/sip/inbound.go`, `pinPrompt`.
    """
    pin = _pin(dispatch)
    why = why_not_dialable(pin) if pin is not None else None
    if pin is None or why is None:
        return
    yield Found(
        at_value(pin.pointer),
        f"no caller can enter this PIN, so nobody gets in: {why}",
        "Use six to sixteen digits.",
    )


@rule("LK417", "weak-pin", "warning", "insecure", DispatchRule)
def weak_pin(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """A PIN that is guessed in a few calls protects nothing.

    ## What it finds
    A `pin` of fewer than four digits, one that counts up or down, repeats itself or follows a line
    of the keypad.

    ## Why it matters
    Everyone who knows the phone number can try, once a call and without end. These are tried first,
    and those of LiveKit's own examples with them.

    ## Example
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "lobby", "pin": "12345"}}}}
    ```

    ## Instead
    ```json dispatch-rule
    {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "lobby", "pin": "827316"}}}}
    ```

    ## Fix
    None: callers must be told the new PIN.

    ## Evidence
    A judgement of ours. Seen: real calls, a wrong PIN ends the call. livekit/sip,
    `pkg/sip/inbound.go`, `pinPrompt` counts no tries from one call to the next.
    """
    pin = _pin(dispatch)
    if pin is None or why_not_dialable(pin) is not None:
        return
    why = why_weak(pin)
    if why is not None:
        yield Found(
            at_value(pin.pointer),
            f"strangers who dial in soon guess this PIN: {why}",
            "Use six digits or more, in no order.",
        )


@rule("LK419", "pin-answers-first", "info", "risky", DispatchRule, default=False)
def pin_answers_first(dispatch: DispatchRule, settings: Settings) -> Iterator[Found]:
    """A call to a rule with a PIN is answered, and paid for, before the PIN is checked.

    ## What it finds
    Every rule with a PIN. Off unless it is asked for.

    ## Why it matters
    To ask for the PIN LiveKit has to answer the call. So a wrong PIN costs as much as a right one,
    `max_call_duration` does not run while it is asked for, and after the right PIN nobody waits for
    an agent: the caller hears silence until one speaks. The SIP service writes the digits that
    callers enter, right or wrong, into its log.

    ## Example
    ```json dispatch-rule enable=LK419
    {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "lobby", "pin": "827316"}}}}
    ```

    ## Instead
    ```json dispatch-rule enable=LK419
    {"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "lobby"}}}}
    ```

    ## Fix
    None.

    ## Evidence
    Seen: real calls, answered 0.02 s after the INVITE. livekit/sip, `pkg/sip/inbound.go`,
    `pinPrompt`.
    """
    pin = _pin(dispatch)
    if pin is not None:
        yield Found(
            at_value(pin.pointer),
            "each call is answered, and paid for, before the PIN is asked",
            "Nothing to mend if that is what you want. An agent that asks for the PIN itself can "
            "say more to callers who have none.",
        )
