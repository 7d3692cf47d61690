"""Conflicts that are told are those for which the server refuses to create."""

from __future__ import annotations

import pytest
from exchanges import Json, exchange_of
from fidelity import networks

from lklint import Workspace
from lklint.telephony.message import Message
from lklint.telephony.routing.creating import rule_refusal, trunk_refusal


def pairs_told(code: str, **resources: list[Json]) -> set[str]:
    """The later ones of the pairs that a rule tells."""
    findings = Workspace.from_resources(**resources).findings()
    told = {finding.file for finding in findings if finding.code == code}
    for finding in findings:
        assert finding.code != code or finding.related[0].file < finding.file
    return told


@pytest.mark.parametrize("seed", range(5))
def test_trunks(seed: int) -> None:
    for case in networks.cases(seed, 60):
        trunks = sorted(case.trunks, key=lambda trunk: str(trunk["sip_trunk_id"]))
        if any(not trunk["sip_trunk_id"] for trunk in trunks):
            continue
        refused = {
            trunk["sip_trunk_id"]
            for place, trunk in enumerate(trunks)
            if any(
                trunk_refusal(Message(trunk, ""), exchange_of([earlier]))
                for earlier in trunks[:place]
            )
        }
        assert pairs_told("LK701", inbound_trunks=trunks) == refused


@pytest.mark.parametrize("seed", range(5))
def test_rules(seed: int) -> None:
    for case in networks.cases(seed, 60):
        rules = [rule for rule in case.rules if "rule" in rule]
        rules = [rule for rule in rules if not rule_refusal(Message(rule, ""), exchange_of())]
        rules.sort(key=lambda rule: str(rule["sip_dispatch_rule_id"]))
        refused = {
            rule["sip_dispatch_rule_id"]
            for place, rule in enumerate(rules)
            if any(
                rule_refusal(Message(rule, ""), exchange_of((), [earlier]))
                for earlier in rules[:place]
            )
        }
        assert pairs_told("LK703", dispatch_rules=rules) == refused
