"""The tables that were written down by hand are whole."""

from __future__ import annotations

import json

from conftest import ROOT
from livekit.protocol import sip

from lklint.sandbox.checks.countries import COUNTRIES
from lklint.sandbox.checks.table import CHECKS
from lklint.sandbox.methods import SIP


def test_the_countries_are_those_of_livekits_library() -> None:
    structure = ROOT / "schemas" / "source" / "structure.json"
    assert set(json.loads(structure.read_text(encoding="utf-8"))["countries"]) == COUNTRIES


def test_every_checked_message_is_one() -> None:
    messages = {name for name in CHECKS if hasattr(sip, name)}
    assert set(CHECKS) - messages == {"ListUpdate"}  # of livekit_models.proto


def test_every_method_takes_the_request_of_its_name() -> None:
    assert {name: method.request.__name__ for name, method in SIP.items()} == {
        name: f"{name}Request" for name in SIP
    }
