"""`lklint number purchase`, `update` and `release`. What costs or is gone for good asks first."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from lklint.cli.ends import CLEAN, UsageError, say
from lklint.cli.number.details import bought_line, detail_lines
from lklint.cli.number.looking import one_of
from lklint.cli.server.asking import agreed, at_terminal
from lklint.cli.server.printing import as_json
from lklint.cli.server.talking import Remote, Stopped
from lklint.protocol.messages import id_of, write, write_camel
from lklint.remote.server import Server
from lklint.reports.counting import plural
from lklint.reports.escaping import printable

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")

_COST = "A phone number costs money: LiveKit Cloud bills it for as long as it is kept."
_FREE = "This is a sandbox: it bills nothing."


async def purchase(remote: Remote, numbers: Sequence[str], rule: str, yes: bool, json: bool) -> int:
    """Buy numbers, once the person knows that they cost money."""
    check_numbers(numbers)
    async with remote.connect() as server:
        rule_id = await dispatch_rule_id(server, rule) if rule else ""
        what = plural(len(numbers), "phone number")
        await agree(server, f"Buy {what}: {', '.join(numbers)}?", await cost(server), yes)
        bought = await server.numbers.purchase(numbers, rule_id)
    if json:
        print(as_json(write_camel(bought)))
        return CLEAN
    print(f"Successfully purchased {len(bought.phone_numbers)} phone numbers:")
    for number in bought.phone_numbers:
        print(bought_line(write(number)))
    return CLEAN


async def update(remote: Remote, id: str, number: str, rule: str, json: bool) -> int:
    """Assign a dispatch rule to a number."""
    one_of(id, number)
    if not rule:
        raise UsageError("say with --sip-dispatch-rule-id which rule the number gets")
    async with remote.connect() as server:
        rule_id = await dispatch_rule_id(server, rule)
        changed = await server.numbers.update(id, number, rule_id)
    if json:
        print(as_json({"phoneNumber": write_camel(changed)}))
        return CLEAN
    lines = detail_lines(write(changed))
    print("Successfully updated phone number:")
    for line in (lines[0], lines[1], lines[8], lines[9]):
        print(line)
    return CLEAN


async def release(remote: Remote, ids: Sequence[str], numbers: Sequence[str], yes: bool) -> int:
    """Give numbers back."""
    if bool(ids) == bool(numbers):
        raise UsageError("give --ids or --numbers" + (", not both" if ids else ""))
    named = ", ".join(ids or numbers)
    async with remote.connect() as server:
        warning = "A number that is released is gone for good; somebody else may get it."
        await agree(server, f"Release {named}?", warning, yes)
        await server.numbers.release(ids, numbers)
    by = " by ID" if ids else ""
    print(f"Successfully released {len(ids or numbers)} phone numbers{by}: {printable(named)}")
    return CLEAN


async def cost(server: Server) -> str:
    """What buying a number on a server costs."""
    return _FREE if await server.is_sandbox() else _COST


async def dispatch_rule_id(server: Server, rule: str) -> str:
    """The id of a rule that is given by id or by name, and is on the server."""
    rules: list[Any] = await server.list("dispatch-rule")
    ids = [id_of("dispatch-rule", one) for one in rules]
    if rule in ids:
        return rule
    named = [id_of("dispatch-rule", one) for one in rules if one.name == rule]
    if len(named) == 1:
        return named[0]
    if named:
        say(f"{printable(', '.join(named))} are all called {printable(rule)}; give the id of one")
    else:
        near = get_close_matches(rule, [one.name for one in rules if one.name] + ids, n=1)
        hint = f"; did you mean {printable(near[0])}?" if near else ""
        say(f"no dispatch rule on the server is {printable(rule)}{hint}")
    say("nothing was sent")
    raise Stopped


def check_numbers(numbers: Sequence[str]) -> None:
    """Raise `UsageError` for numbers that none can have, before anything costs money."""
    if not numbers:
        raise UsageError("name at least one number with --numbers")
    for number in numbers:
        if not _E164.fullmatch(number):
            raise UsageError(f"{number} is no number in E.164, as in +15550100")
    if len(set(numbers)) < len(numbers):
        raise UsageError("a number is named twice")


async def agree(server: Server, question: str, warning: str, yes: bool) -> None:
    """Go on only if the person wants it; a script has to say --yes, except to a sandbox."""
    print(warning, file=sys.stderr)
    if yes:
        return
    if not at_terminal():
        if await server.is_sandbox():
            return
        say("nothing was sent: in a script, --yes says that this is wanted")
        raise Stopped
    if not agreed(printable(question)):
        say("nothing was sent")
        raise Stopped
