"""`lklint setup inbound`: a phone number of LiveKit's, and a rule for its calls.

The rule is made first, so that no number is bought that nothing answers.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any, NamedTuple

from lklint.cli.ends import CLEAN, UsageError, say
from lklint.cli.number.changing import check_numbers, cost
from lklint.cli.server.asking import agreed, asked, at_terminal
from lklint.cli.server.checking import Checking
from lklint.cli.server.talking import Remote, Stopped
from lklint.cli.sip.preparing import canonical_value, filled, resources, taken_id, with_trunk_ids
from lklint.protocol.messages import id_of, read, write
from lklint.remote.server import Server
from lklint.reports.escaping import printable

Json = dict[str, Any]

_SHOWN = 5
_OWN = ("PHONE_NUMBER_STATUS_ACTIVE", "PHONE_NUMBER_STATUS_OFFLINE", "PHONE_NUMBER_STATUS_PENDING")


class Wishes(NamedTuple):
    """What a person asked for; "" where a question will tell."""

    number: str
    country_code: str
    area_code: str
    agent: str
    room_prefix: str
    name: str
    file: str | None


class Plan(NamedTuple):
    """What is to be done: `owned` is the id of the number, `rule_id` of the rule, "" to be made."""

    number: str
    owned: str
    assigned: bool
    rule: Json
    rule_id: str


async def set_up(remote: Remote, wishes: Wishes, yes: bool) -> int:
    """Plan the four steps, show them, and take them."""
    rule = _rule(remote, wishes)
    if wishes.number:
        check_numbers([wishes.number])
    async with remote.connect() as server:
        plan = await _planned(server, wishes, rule)
        for line in _plan_lines(plan, server.host, await cost(server)):
            print(line)
        if not yes and not (at_terminal() and agreed("Do this?")):
            say("nothing was sent" + ("" if at_terminal() else " (--yes does it, in a script)"))
            raise Stopped
        await _carry_out(server, plan)
    return CLEAN


def _rule(remote: Remote, wishes: Wishes) -> Json:
    """The dispatch rule that is wanted, checked."""
    checking = Checking("dispatch-rule")
    if wishes.file is not None:
        found = resources(checking, "dispatch-rule", wishes.file, {})
        if len(found) > 1:
            raise UsageError(f"{wishes.file} holds {len(found)} rules; one is wanted")
        value = found[0][1] if found else {}
    else:
        agent = wishes.agent or _ask("The name your agent runs under: ", "--agent")
        value = {
            "name": wishes.name,
            "rule": {"dispatch_rule_individual": {"room_prefix": wishes.room_prefix}},
            "room_config": {"agents": [{"agent_name": agent}]},
        }
        checking.value("<flags>", "dispatch_rule", value)
    if not checking.passed(True, remote.quiet):
        raise Stopped
    name = wishes.file or "<flags>"
    value = canonical_value("dispatch-rule", name, filled(value, name, remote.environment))
    return taken_id("dispatch-rule", value)[0]


async def _planned(server: Server, wishes: Wishes, rule: Json) -> Plan:
    rule = await with_trunk_ids(server, "dispatch-rule", rule)
    rules = [write(one) for one in await server.list("dispatch-rule")]
    named = [one for one in rules if rule.get("name") and one.get("name") == rule["name"]]
    if len(named) > 1:
        say(f"{len(named)} dispatch rules are called {printable(rule['name'])}; nothing was sent")
        raise Stopped
    rule_id = named[0]["sip_dispatch_rule_id"] if named else ""
    if named:
        rule = named[0]
    own = {one.e164_format: one for one in await server.numbers.all(_OWN)}
    number = wishes.number or _number_of(own.values(), wishes, rule_id)
    number = number or await _found_number(server, wishes)
    owned = own.get(number)
    if owned is None:
        return Plan(number, "", False, rule, rule_id)
    assigned = bool(rule_id) and rule_id in owned.sip_dispatch_rule_ids
    return Plan(number, owned.id, assigned, rule, rule_id)


def _number_of(own: Iterable[Any], wishes: Wishes, rule_id: str) -> str:
    """The number that an earlier run bought for the rule, so that none is bought twice."""
    for one in own:
        country = wishes.country_code in ("", one.country_code)
        area = wishes.area_code in ("", one.area_code)
        if country and area and rule_id and rule_id in one.sip_dispatch_rule_ids:
            return str(one.e164_format)
    return ""


async def _found_number(server: Server, wishes: Wishes) -> str:
    """A number to buy: the first that is found, or the one that is chosen at a terminal."""
    country = wishes.country_code or _ask("The country, as in US: ", "--number or --country-code")
    found = await server.numbers.search(country, wishes.area_code, _SHOWN)
    numbers = [write(one) for one in found.items]
    if not numbers:
        say("there is no such number to be bought; nothing was sent")
        raise Stopped
    if not at_terminal() or len(numbers) == 1:
        return str(numbers[0]["e164_format"])
    for place, one in enumerate(numbers, start=1):
        where = ", ".join(filter(None, (one.get("locality"), one.get("region"))))
        print(printable(f"  {place}  {one['e164_format']}  {where}"), file=sys.stderr)
    answer = asked(f"Which one, 1 to {len(numbers)}? [1] ").strip() or "1"
    if not answer.isdecimal() or not 1 <= int(answer) <= len(numbers):
        raise UsageError(f"{answer} is none of them; nothing was sent")
    return str(numbers[int(answer) - 1]["e164_format"])


def _plan_lines(plan: Plan, host: str, cost: str) -> list[str]:
    name = plan.rule.get("name", "without a name")
    agents = plan.rule.get("room_config", {}).get("agents", [])
    agent = ", ".join(one.get("agent_name", "") for one in agents)
    made = f"= rule    {name} ({plan.rule_id}), there already"
    bought = f"= number  {plan.number} ({plan.owned}), yours already"
    lines = [
        f"{host}:",
        made if plan.rule_id else f"+ rule    {name}, to be made",
        bought if plan.owned else f"+ number  {plan.number}, to be bought. {cost}",
        f"{'=' if plan.assigned else '~'} calls   to {plan.number} go to the rule",
        f"! agent   {agent or 'none is asked for'}: you run it yourself, as with `lk agent create`",
    ]
    return [printable(lines[0]), *(f"  {printable(line)}" for line in lines[1:])]


async def _carry_out(server: Server, plan: Plan) -> None:
    """Take the steps that are left; each line that is printed is done."""
    rule_id = plan.rule_id
    if not rule_id:
        made = await server.create("dispatch-rule", read("dispatch-rule", plan.rule))
        rule_id = id_of("dispatch-rule", made)
        print(f"SIPDispatchRuleID: {printable(rule_id)}", flush=True)
    id, rules = plan.owned, [rule_id] if plan.assigned else []
    if not plan.owned:
        bought = (await server.numbers.purchase([plan.number], rule_id)).phone_numbers[0]
        id, rules = bought.id, list(bought.sip_dispatch_rule_ids)
        print(f"Purchased {printable(bought.e164_format)} ({printable(id)})", flush=True)
    if rule_id not in rules:
        await server.numbers.update(id=id, dispatch_rule_id=rule_id)
    print(f"Calls to {printable(plan.number)} go to {printable(rule_id)}.")


def _ask(prompt: str, flag: str) -> str:
    """An answer at a terminal; in a script, the flag has to give it."""
    answer = asked(prompt).strip() if at_terminal() else ""
    if not answer:
        raise UsageError(f"say it with {flag}")
    return answer
