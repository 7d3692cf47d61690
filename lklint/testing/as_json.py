"""The results for programs, as one JSON object. No PIN is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from lklint.drawing.rows import LineOf
from lklint.telephony.expectations.verdicts import answer_of
from lklint.testing.results import Result, count


def render(found: Sequence[Result], line_of: LineOf) -> str:
    """The text of the object."""
    document = {
        "version": 1,
        "passed": count(found, "passed"),
        "failed": count(found, "failed"),
        "untold": count(found, "untold"),
        "calls": [_call(result, line_of) for result in found],
    }
    return json.dumps(document, indent=2)


def _call(result: Result, line_of: LineOf) -> dict[str, Any]:
    expectation, route = result.trial.expectation, result.trial.route
    place = result.found.place.pointer if result.found else expectation.message.pointer
    return {
        "name": result.title,
        "verdict": result.verdict,
        "file": result.trial.file,
        "line": line_of(result.trial.file, place),
        "pointer": place,
        "environment": result.environment.name,
        "call": {
            "from": expectation.caller,
            "to": expectation.called,
            "source_ip": expectation.source_ip,
            "from_host": expectation.from_host,
            "has_pin": expectation.pin is not None,
            "no_pin": expectation.no_pin,
        },
        "message": result.found.headline if result.found else "",
        "mend": result.found.mend if result.found else "",
        "answer": None if result.trial.unset else answer_of(route),
        "status": None if result.trial.unset else route.answer.status,
        "trunk": route.trunk_id,
        "rule": route.rule_id,
        "room": route.room,
        "agents": list(route.agents),
    }
