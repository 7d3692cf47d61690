"""Where all calls of an environment go: numbers, trunks, rules; dead ends, open doors, conflicts.

Nothing is decided here: calls are made up (`routing.probing`) and sent through `routing.route`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Literal, NamedTuple

from lklint.documents.own_kinds import PHONE_NUMBERS
from lklint.drawing.admission import NOBODY, admitted
from lklint.drawing.bindings import Bindings
from lklint.telephony.phone_number_files import phone_numbers_of
from lklint.telephony.phone_numbers import can_be_sent, normalize_number
from lklint.telephony.routing import Call, Route, RuleFault, TrunkConflict, route
from lklint.telephony.routing.doors import is_protected
from lklint.telephony.routing.faults import reach
from lklint.telephony.routing.probing import ELSEWHERE
from lklint.telephony.routing.reaching import Why
from lklint.telephony.routing.routes import authentication
from lklint.telephony.routing.stored import Rule, Trunk, strings
from lklint.telephony.routing.versions import Version
from lklint.workspace.environment import Environment
from lklint.workspace.filed import home

MOST_CALLS = 20_000
"""Calls that are tried for a picture. Beyond, only the first rules of each number are followed."""
MOST_OF_ONE = 20
"""Calls that are tried for one rule and one number."""
FIRST_RULES = 8
"""Rules of a number that are followed however many calls were tried."""
NOWHERE = "nowhere.invalid"
"""A host that nobody lists (RFC 2606)."""


class Line(NamedTuple):
    """Numbers whose calls go the same way.

    `numbers` are as they are called, letter by letter, because rules compare them so; none of them
    for any number that has no trunk of its own. `trunk` is None for calls that come in by none.
    `rules` are all that get some of the calls; if there are none, `ending` is what becomes of a
    call, or `never` says why there is no such call. Numbers that are `bought` from LiveKit have no
    trunk, and no ending: LiveKit hands their calls to the rule that they are given.
    """

    numbers: tuple[str, ...]
    trunk: Trunk | None
    rules: tuple[Rule, ...]
    ending: Route | None = None
    bought: bool = False
    never: str = ""

    @property
    def is_open(self) -> bool:
        """Whether its calls come in by no trunk, and so without a login."""
        return self.trunk is None and not self.bought


class Apart(NamedTuple):
    """A rule that is on no line, and why: `dead` where it is sure that no call gets there."""

    rule: Rule
    why: str
    dead: bool


class Network(NamedTuple):
    """All of an environment. `clashing` are the ids of the trunks and rules in its conflicts."""

    environment: Environment
    lines: tuple[Line, ...]
    apart: tuple[Apart, ...]
    trunk_conflicts: tuple[TrunkConflict, ...]
    rule_faults: tuple[RuleFault, ...]
    clashing: frozenset[str]

    def only(self, numbers: Sequence[str], rules: Sequence[str]) -> Network:
        """What concerns some numbers, and some rules by name, id or file; all of it for none."""
        wanted = set(map(normalize_number, numbers))
        lines, apart = self.lines, self.apart
        if wanted:
            lines = tuple(line for line in lines if wanted & _compared(line.numbers))
            apart = tuple(at for at in apart if wanted & _compared(at.rule.numbers))
        if rules:
            lines = tuple(line for line in lines if any(_is_one(at, rules) for at in line.rules))
            apart = tuple(at for at in apart if _is_one(at.rule, rules))
        return self._replace(lines=lines, apart=apart)

    @property
    def sure(self) -> bool:
        """Whether what is not there is missing: every file was read, and every trunk is known."""
        return self.environment.complete and self.environment.sure_of_trunks

    @property
    def dead_ends(self) -> int:
        """Lines without a rule, and rules that no call gets to."""
        lost = [line for line in self.lines if line.never or (self.sure and _is_dropped(line))]
        return len(lost) + sum(at.dead for at in self.apart)

    @property
    def open_doors(self) -> int:
        """Trunks that ask nobody, and rules that take calls without a trunk."""
        trunks = {line.trunk.id: line.trunk for line in self.lines if line.trunk is not None}
        free = {rule.id for line in self.lines if line.is_open for rule in line.rules}
        return sum(door(trunk) is not None for trunk in trunks.values()) + len(free)

    @property
    def conflicts(self) -> int:
        """Trunks and rules that LiveKit does not take beside each other."""
        return len(self.trunk_conflicts) + len(self.rule_faults)


def _is_dropped(line: Line) -> bool:
    if line.ending is None:
        return not line.rules
    return line.ending.outcome == "drop"


def _compared(numbers: Iterable[str]) -> set[str]:
    return set(map(normalize_number, numbers))


def _is_one(rule: Rule, names: Sequence[str]) -> bool:
    return not {rule.name, rule.id, home(rule.message).file}.isdisjoint(names)


def network(environment: Environment, version: Version | None, cloud: bool = False) -> Network:
    """Where the calls of an environment go on a livekit-server of a version.

    What LiveKit Cloud does with a call that comes in by no trunk was never seen: with `cloud` there
    are no such lines.
    """
    follower = _Follower(environment, version)
    lines = [*follower.through_trunks()]
    lines += _bought(environment)
    lines += [] if cloud else follower.without_trunk()
    on_lines = {rule.id for line in lines for rule in line.rules}
    open_trunks = {line.trunk.id for line in lines if line.trunk is not None and not line.never}
    rest = [rule for rule in environment.exchange.rules if rule.id not in on_lines]
    conflicts, faults = environment.trunk_conflicts, environment.exchange.rule_faults
    clashing = [at for pair in conflicts for at in (pair.trunk.id, pair.other.id)]
    clashing += [at.id for fault in faults for at in fault if at is not None]
    return Network(
        environment,
        tuple(_merged(lines)),
        tuple(_apart(rest, environment, version, open_trunks)),
        conflicts,
        faults,
        frozenset(clashing),
    )


def door(trunk: Trunk) -> Literal["none", "half"] | None:
    """Whether anybody may call in by a trunk: neither a login nor a list of addresses keeps anybody
    out. "half" where half a login stands there; None where it is protected."""
    if is_protected(trunk):
        return None
    return "half" if authentication(trunk) == "half" else "none"


class _Follower:
    """Follows made up calls to the rules that get them."""

    def __init__(self, environment: Environment, version: Version | None) -> None:
        self._exchange = environment.exchange
        self._probes = environment.probes
        self._version = version
        self._left = MOST_CALLS
        self._rules: dict[tuple[str, str | None], list[Rule]] = {}
        for rule in sorted(self._exchange.rules, key=lambda rule: rule.rank):
            numbers = dict.fromkeys(filter(can_be_sent, rule.numbers))
            for trunk in dict.fromkeys(rule.trunk_ids) or ("",):
                for number in numbers if rule.numbers else (None,):
                    self._rules.setdefault((trunk, number), []).append(rule)
        self._spellings: dict[str, list[tuple[str, str]]] = {}
        for bound, number in self._rules:
            if number is not None:
                spelled = self._spellings.setdefault(normalize_number(number), [])
                spelled.append((bound, number))

    def through_trunks(self) -> Iterator[Line]:
        """A line for each number of each trunk; where it has none, for each that rules list."""
        for trunk in self._exchange.trunks:
            for number in self._called(trunk):
                numbers = () if number is None else (number,)
                never = _never(trunk, number)
                rules = () if never else tuple(self._takers(trunk, number))
                if never:
                    yield Line(numbers, trunk, (), never=never)
                elif rules or number is None or trunk.numbers:
                    yield Line(
                        numbers, trunk, rules, None if rules else self._ending(trunk, number)
                    )

    def without_trunk(self) -> Iterator[Line]:
        """A line for each rule that takes calls which come in by no trunk."""
        for rule in self._exchange.rules:
            if rule.trunk_ids:
                continue
            if not rule.numbers and self._takes_stranger(rule, self._probes.nobody):
                yield Line((), None, (rule,))
            numbers = tuple(
                number
                for number in filter(can_be_sent, rule.numbers)
                if self._left > 0 and self._takes_stranger(rule, number)
            )
            if numbers:
                yield Line(numbers, None, (rule,))

    def _takes_stranger(self, rule: Rule, called: str) -> bool:
        """Whether a rule takes calls to a number that come in by no trunk."""
        callers = filter(_may_call, rule.callers) if rule.callers else (self._probes.nobody,)
        calls = (Call(caller, called, ELSEWHERE, NOWHERE) for caller in callers)
        return any(self._gets(call, rule, None) for call in islice(calls, MOST_OF_ONE))

    def _called(self, trunk: Trunk) -> Iterator[str | None]:
        """The numbers that a trunk takes, as it spells them, and as rules spell them."""
        if not trunk.numbers:
            yield None
            found = (number for bound, number in self._rules if bound in (trunk.id, ""))
            yield from dict.fromkeys(number for number in found if number is not None)
            return
        for compared in dict.fromkeys(map(normalize_number, strings(trunk.message, "numbers"))):
            spelled = self._spellings.get(compared, ())
            listed = (number for bound, number in spelled if bound in (trunk.id, ""))
            yield from dict.fromkeys((self._headings[compared], *listed))

    @cached_property
    def _headings(self) -> dict[str, str]:
        """Each number of a trunk, by what it is compared as, in the form that trunks give it."""
        found: dict[str, str] = {}
        for trunk in self._exchange.trunks:
            for number in strings(trunk.message, "numbers"):
                compared = normalize_number(number)
                if found.get(compared) != compared:
                    found[compared] = number if can_be_sent(number) else compared
        return found

    def _takers(self, trunk: Trunk, number: str | None) -> Iterator[Rule]:
        """The rules that get calls to a number through a trunk."""
        for place, rule in enumerate(self._candidates(trunk, number)):
            if self._left <= 0 and place >= FIRST_RULES:
                return
            meant = rule._replace(numbers=() if number is None else (number,))
            calls = (probe.call for probe in self._probes.through(trunk, meant))
            likely = (call for call in calls if _may_call(call.caller))
            if any(self._gets(call, rule, trunk) for call in islice(likely, MOST_OF_ONE)):
                yield rule

    def _candidates(self, trunk: Trunk, number: str | None) -> Iterator[Rule]:
        """The rules that may take calls to a number through a trunk, the likeliest first."""
        for bound in (trunk.id, ""):
            for listed in (number, None) if number is not None else (None,):
                yield from self._rules.get((bound, listed), ())

    def _gets(self, call: Call, rule: Rule, trunk: Trunk | None) -> bool:
        """Whether a call gets to a rule by a trunk, if need be after a PIN or `#`."""
        found = self._routed(call)
        if found.trunk is not trunk:
            return False
        if found.rule is rule or found.answer.end != "asked":
            return found.rule is rule
        return self._routed(call._replace(pin=rule.pin or None, no_pin=not rule.pin)).rule is rule

    def _ending(self, trunk: Trunk, number: str | None) -> Route:
        """What becomes of a call that no rule gets."""
        listed = filter(_may_call, trunk.message.texts("allowed_numbers"))
        caller, nobody = next(listed, self._probes.nobody), self._probes.nobody
        return self._routed(Call(caller, nobody if number is None else number))

    def _routed(self, call: Call) -> Route:
        self._left -= 1
        return route(call, self._exchange, self._version)


def _bought(environment: Environment) -> Iterator[Line]:
    """A line for each number that is bought from LiveKit."""
    rules: dict[str, list[Rule]] = {}
    for rule in environment.exchange.rules:
        for word in {rule.id, str(rule.name or rule.id)}:
            rules.setdefault(word, []).append(rule)
    for file in environment.of_kind(PHONE_NUMBERS):
        for entry in phone_numbers_of(file):
            given = tuple(rules.get(entry.dispatch_rule or "", ()))
            yield Line((normalize_number(entry.number),), None, given, bought=True)


def _may_call(caller: str) -> bool:
    """Whether there are calls from a caller, or from one that a trunk takes for it."""
    return not caller or can_be_sent(normalize_number(caller))


def _never(trunk: Trunk, number: str | None) -> str:
    """Why no call to a number comes in by a trunk, "" where some may."""
    if number is not None and not can_be_sent(number):
        return f'LiveKit compares letter by letter, and no call is to "{number}"'
    callers = trunk.message.texts("allowed_numbers")
    if callers and not any(map(_may_call, callers)):
        return f'it lists callers, and no call is from "{callers[0]}"'
    if admitted(trunk) == NOBODY:
        return "no call comes from an address that it lists"
    return ""


def _merged(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines that differ in their numbers alone, as one."""
    groups: dict[object, list[Line]] = {}
    for line in lines:
        ending = None if line.ending is None else (line.ending.outcome, line.ending.stage)
        trunk = None if line.trunk is None else line.trunk.id
        own = line.numbers if line.is_open else bool(line.numbers)
        rules = None if line.is_open else tuple(rule.id for rule in line.rules)
        groups.setdefault((trunk, line.bought, own, rules, ending, line.never), []).append(line)
    for group in groups.values():
        first = group[0]
        if first.is_open:
            yield first._replace(rules=tuple(rule for line in group for rule in line.rules))
        else:
            yield first._replace(numbers=tuple(at for line in group for at in line.numbers))


def _apart(
    rules: list[Rule], environment: Environment, version: Version | None, open_trunks: set[str]
) -> Iterator[Apart]:
    """Why rules are on no line. `open_trunks` are the ids of those by which calls may come in."""
    if not rules:
        return
    faults = environment.exchange.rule_faults
    ending = {rule.id for fault in faults for rule in fault if rule is not None}
    ends = [reach(fault) for fault in faults]
    everywhere = any(end.everywhere for end in ends)
    ended = {trunk for end in ends for trunk in end.trunks}
    missed = {miss.rule.id: miss.why for miss in environment.misses(version)}
    bindings = Bindings(environment)
    sure = environment.complete and environment.sure_of_trunks
    for rule in rules:
        if rule.id in ending:
            yield Apart(rule, "it ends the calls that it would take", False)
        elif everywhere or (ends and not rule.trunk_ids) or not ended.isdisjoint(rule.trunk_ids):
            yield Apart(rule, "rules that conflict end the calls before they get here", True)
        elif rule.numbers and not any(map(can_be_sent, rule.numbers)):
            yield Apart(rule, "no call has its numbers in the form they are written in", True)
        elif rule.callers and not any(at == "" or can_be_sent(at) for at in rule.callers):
            yield Apart(rule, "no call has its callers in the form they are written in", True)
        elif _is_known(rule, environment) and open_trunks.isdisjoint(rule.trunk_ids):
            yield Apart(rule, "no call comes in by its trunks", True)
        elif rule.id in missed:
            yield Apart(rule, _MISSES.get(missed[rule.id], "no call gets here"), True)
        else:
            lost = "; ".join(bindings.missed(rule))
            yield Apart(
                rule, lost or "the files do not tell which calls get here", sure and bool(lost)
            )


def _is_known(rule: Rule, environment: Environment) -> bool:
    """Whether every entry of the `trunk_ids` of a rule is a trunk that is there."""
    found = map(environment.probes.trunk, rule.trunk_ids)
    return bool(rule.trunk_ids) and all(trunk is not None for trunk in found)


_MISSES: dict[Why, str] = {
    "number": "its trunks have none of its numbers",
    "caller": "its trunks let none of its callers in",
    "trunk": "another trunk takes its calls",
    "covered": "other rules take its calls",
    "shadowed": "rules that are bound to the trunks take its calls",
    "asked": "callers are asked for the PIN of another rule first",
    "unasked": "callers are not asked for its PIN",
}
