"""The trunks and dispatch rules of a server, as it reads them when a call comes in."""

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from lklint.telephony.message import Message
from lklint.telephony.routing.faults import RuleFault, rule_faults
from lklint.telephony.routing.index import Index
from lklint.telephony.routing.stored import Rule, Trunk, stored_rule, stored_trunk


class Exchange:
    """Messages of trunks and rules with their ids, indexed so that a call finds its own at once.

    Both are kept in the order of their ids, in which livekit-server reads them
    (pkg/service/redisstore.go `sortProtos`). Ids are compared and nothing else: whoever makes an
    exchange from files that have none gives each its own.
    """

    def __init__(
        self, trunks: Iterable[tuple[str, Message]], rules: Iterable[tuple[str, Message]]
    ) -> None:
        self.trunks = tuple(stored_trunk(*pair) for pair in sorted(trunks, key=_id))
        self.rules = tuple(
            stored_rule(*pair, place) for place, pair in enumerate(sorted(rules, key=_id))
        )
        self._faults_on: dict[str, RuleFault | None] = {}

    def __repr__(self) -> str:
        return f"<Exchange: {len(self.trunks)} trunks, {len(self.rules)} rules>"

    def trunks_for(self, number: str, caller: str) -> Iterator[Trunk]:
        """The trunks that may take a call to a number, both numbers normalised."""
        for group in self._specific_trunks.groups(number, caller):
            yield from group

    def catch_alls_for(self, caller: str) -> Iterator[Trunk]:
        """The trunks without numbers that may take a call, the caller normalised."""
        for group in self._catch_alls.groups(caller):
            yield from group

    def rules_for(
        self, trunk: Trunk | None, called: str, caller: str, pin: str | None
    ) -> Iterator[tuple[Rule, ...]]:
        """The rules that may take a call, in groups by their rank.

        `trunk` is the one they are to be bound to, None for rules that are bound to none. `pin` is
        the PIN they are to have, "" for none, and None where any will do.
        """
        if trunk is None:
            if pin is None:
                return self._free_rules.groups(called, caller)
            return self._free_rules_by_pin.groups(called, caller, pin)
        if pin is None:
            return self._bound_rules.groups(trunk.id, called, caller)
        return self._bound_rules_by_pin.groups(trunk.id, called, caller, pin)

    def fault_on(self, trunk: Trunk | None) -> RuleFault | None:
        """The rule at which LiveKit gives up every call on a trunk, or every call without one."""
        name = "" if trunk is None else trunk.id
        if name not in self._faults_on:
            self._faults_on[name] = self._find_fault(name)
        return self._faults_on[name]

    @cached_property
    def rule_faults(self) -> tuple[RuleFault, ...]:
        """Every fault among all rules."""
        return tuple(rule_faults(self.rules))

    def _find_fault(self, trunk: str) -> RuleFault | None:
        if not trunk or not self.rule_faults:
            return next(iter(self.rule_faults), None)
        free, bound = self._suspects
        if not free and trunk not in bound:
            return None
        read = [*self._bound_to.get(trunk, ()), *self._ranked(False)]
        return next(rule_faults(sorted(read, key=_place)), None)

    @cached_property
    def _bound_to(self) -> dict[str, list[Rule]]:
        """The rules that are bound to each trunk."""
        bound: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for name in dict.fromkeys(rule.trunk_ids):
                bound.setdefault(name, []).append(rule)
        return bound

    @cached_property
    def _suspects(self) -> tuple[bool, frozenset[str]]:
        """Whether every trunk may meet a fault, and the ids of those that may.

        A fault is told with the first rule that claims the same. Where that one is not read for a
        trunk, another one may be; so this holds too much rather than too little.
        """
        pairs = [(fault.rule, fault.other or fault.rule) for fault in self.rule_faults]
        lists = [(rule.trunk_ids, other.trunk_ids) for rule, other in pairs]
        free = any(not trunks or not others for trunks, others in lists)
        return free, frozenset(name for pair in lists for trunks in pair for name in trunks)

    @cached_property
    def _specific_trunks(self) -> Index[Trunk]:
        specific = (trunk for trunk in self.trunks if trunk.numbers)
        return Index(specific, lambda trunk: (trunk.numbers, trunk.callers))

    @cached_property
    def _catch_alls(self) -> Index[Trunk]:
        catch_alls = (trunk for trunk in self.trunks if not trunk.numbers)
        return Index(catch_alls, lambda trunk: (trunk.callers,))

    @cached_property
    def _bound_rules(self) -> Index[Rule]:
        return Index(self._ranked(True), lambda rule: (rule.trunk_ids, *_listed(rule)))

    @cached_property
    def _free_rules(self) -> Index[Rule]:
        return Index(self._ranked(False), _listed)

    @cached_property
    def _bound_rules_by_pin(self) -> Index[Rule]:
        return Index(
            self._ranked(True),
            lambda rule: (rule.trunk_ids, *_listed_by_pin(rule)),
        )

    @cached_property
    def _free_rules_by_pin(self) -> Index[Rule]:
        return Index(self._ranked(False), _listed_by_pin)

    def _ranked(self, bound: bool) -> list[Rule]:
        """The rules that are bound to trunks, or those that are not, the first to win first."""
        rules = (rule for rule in self.rules if bool(rule.trunk_ids) is bound)
        return sorted(rules, key=lambda rule: rule.rank)


def _place(rule: Rule) -> int:
    """Where a rule stands in the order of ids."""
    return rule.rank[2]


def _id(pair: tuple[str, object]) -> str:
    return pair[0]


def _listed(rule: Rule) -> tuple[Collection[str], Collection[str]]:
    return rule.numbers, rule.callers


def _listed_by_pin(rule: Rule) -> tuple[Collection[str], Collection[str], Collection[str]]:
    return rule.numbers, rule.callers, (rule.pin or "",)
