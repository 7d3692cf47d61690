"""Family 7: calls that do not go where they are expected to go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lklint.documents.own_kinds import CALLS
from lklint.rules.found import Found, Place, listing, show
from lklint.rules.registry import rule
from lklint.rules.workspace_places import whole
from lklint.settings import Settings
from lklint.telephony.expectations.verdicts import Unmet
from lklint.telephony.message import Text
from lklint.telephony.routing import advice
from lklint.telephony.routing.words import named, summary
from lklint.workspace.environment import Environment
from lklint.workspace.trials import Trial, deciding, trials


@rule("LK751", "unmet-expectation", "error", "risky", Environment)
def unmet_expectation(environment: Environment, settings: Settings) -> Iterator[Found]:
    """A call does not go where it is expected to go.

    ## What it finds
    The calls of a file of call expectations (`calls.json`) that land in another room, with another
    agent, by another trunk or rule, that get in where they should be refused, and so on. Each call
    goes through the trunks and rules of its folder, as livekit-server would route it.

    It speaks only where the whole folder is looked at. Where a hook names some files of it, the
    other trunks and rules are unknown (`-v` says so).

    ## Why it matters
    It is a test of the routing: a change of one trunk or rule has moved calls that you meant to
    stay. `lklint test` tries the same calls and shows the way of each.

    ## Example
    ```json dispatch-rule.json
    {"dispatch_rule": {"name": "Everybody", "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
      "roomConfig": {"agents": [{"agentName": "inbound-agent"}]}}}
    ```
    ```json call-expectations
    {"calls": [{"from": "+442079460124", "to": "+442079460123", "expect": {"room": "support_*"}}]}
    ```

    ## Instead
    ```json dispatch-rule.json
    {"dispatch_rule": {"name": "Everybody", "rule": {"dispatchRuleIndividual": {"roomPrefix": "call"}},
      "roomConfig": {"agents": [{"agentName": "inbound-agent"}]}}}
    ```
    ```json call-expectations
    {"calls": [{"from": "+442079460124", "to": "+442079460123", "expect": {"room": "call_*"}}]}
    ```

    ## Fix
    None: either the trunks and rules are wrong, or the expectation.

    ## Evidence
    The routing is that of livekit-server, held against its own code and against real calls
    (`docs/fidelity.md`).
    """  # noqa: E501
    if environment.complete and environment.of_kind(CALLS):
        for trial in trials(environment, settings.server_version):
            if trial.unmet:
                yield told(trial, environment)


@rule("LK752", "untold-expectation", "warning", "risky", Environment)
def untold_expectation(environment: Environment, settings: Settings) -> Iterator[Found]:
    """Nobody can tell from the files where a call goes.

    ## What it finds
    A call of a file of call expectations that comes in by a trunk whose file has no id, while a
    rule is bound to an id (`ST_…`) that no file has; and a call to a number that is bought from
    LiveKit (it stands in a file of phone numbers), which comes in by no trunk. And a call whose way
    depends on a `"${NAME}"` that the environment has no value for, as in a PIN.

    ## Why it matters
    The expectation is a test that never fails.

    ## Example
    ```json trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123"], "allowedAddresses": ["52.215.127.0/24"]}}
    ```
    ```json second-trunk.json
    {"trunk": {"name": "telnyx", "numbers": ["+442079460125"], "allowedAddresses": ["52.215.128.0/24"]}}
    ```
    ```json dispatch-rule.json
    {"dispatch_rule": {"trunkIds": ["ST_aB3xY9kLmN2p"], "rule": {"dispatchRuleDirect": {"roomName": "support"}},
      "roomConfig": {"agents": [{"agentName": "inbound-agent"}]}}}
    ```
    ```json call-expectations
    {"calls": [{"from": "+442079460124", "to": "+442079460123", "expect": {"room": "support"}}]}
    ```

    ## Instead
    ```json trunk.json
    {"trunk": {"name": "twilio", "numbers": ["+442079460123"], "allowedAddresses": ["52.215.127.0/24"]}}
    ```
    ```json dispatch-rule.json
    {"dispatch_rule": {"trunkIds": ["twilio"], "rule": {"dispatchRuleDirect": {"roomName": "support"}},
      "roomConfig": {"agents": [{"agentName": "inbound-agent"}]}}}
    ```
    ```json call-expectations
    {"calls": [{"from": "+442079460124", "to": "+442079460123", "expect": {"room": "support"}}]}
    ```

    ## Fix
    None.

    ## Evidence
    LiveKit compares ids and nothing else (livekit/protocol, sip/sip.go `MatchDispatchRuleIter`).
    How a LiveKit Phone Number comes to its rule, its open source does not show.
    """  # noqa: E501
    if environment.complete and environment.of_kind(CALLS):
        for trial in trials(environment, settings.server_version):
            if trial.untold:
                yield told(trial, environment)


def told(trial: Trial, environment: Environment) -> Found:
    """What is to be said of a call that did not go as expected, or whose way nobody knows."""
    if trial.untold:
        return Found(
            Place(trial.expectation.expected.pointer, "value", trial.file),
            f"nobody can tell from the files where this call goes: {trial.untold}",
            _what_to_do(trial),
        )
    first, *others = trial.unmet
    return Found(
        Place(first.pointer, "value", trial.file),
        f"this call should {first.should}, but {first.but or _way(trial)}",
        _mend(trial, first, environment),
        first.but,
        (
            *((whole(message), word) for message, word in deciding(trial.route)),
            *((Place(more.pointer, "value", trial.file), f"nor does it {more.should}")
              for more in others),
        ),
    )  # fmt: skip


def _what_to_do(trial: Trial) -> str:
    """What to do about a call of which nobody can tell where it goes."""
    if trial.unset:
        return f"Set {listing(trial.unset, most=3)} where the calls are tried."
    if trial.route.trunk is not None:
        return "Bind rules to the names of trunks, or put the ids of trunks into their files."
    return "Call the number, or leave the expectation out."


def _way(trial: Trial) -> str:
    """The way of the call, as the end of a sentence."""
    call = trial.route.call
    numbers = f"The call from {call.caller or 'nobody'} to {call.called or 'nobody'}"
    return f"it{summary(trial.route).removeprefix(numbers).removesuffix('.')}"


def _mend(trial: Trial, first: Unmet, environment: Environment) -> str:
    unknown = _unknown_name(trial, first, environment)
    if unknown is not None:
        return unknown
    found = trial.route
    wanted = trial.expectation.expected.answer in ("accepted", "asked-for-pin")
    advised = advice(found, environment.directory.outbound_words) if wanted else None
    if advised is not None:
        return advised
    if found.rule is not None:
        return f"Change rule {named(found.rule)}, or what is expected here."
    return "Change the trunks and rules, or what is expected here."


def _unknown_name(trial: Trial, first: Unmet, environment: Environment) -> str | None:
    """What to do about a trunk or a rule that there is none of."""
    expected, exchange = trial.expectation.expected, environment.exchange
    for name, kind, things in (
        (expected.trunk, "inbound trunk", exchange.trunks),
        (expected.rule, "dispatch rule", exchange.rules),
    ):
        if name is None or name.pointer != first.pointer:
            continue
        known = [thing.name or thing.id for thing in things]
        if any(name in (thing.name, thing.id) for thing in things):
            return None
        return f"No {kind} is called {show(str(name))}{meant_by(name, known)}."
    return None


def meant_by(name: Text, known: Iterable[str]) -> str:
    """The end of a sentence about a name that there is not: which one was likely meant."""
    from difflib import get_close_matches

    folded = {one.casefold(): one for one in known}
    near = get_close_matches(name.casefold(), list(folded), 1, 0.6)
    return f" (did you mean {show(str(folded[near[0]]))}?)" if near else ""
