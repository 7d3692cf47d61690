"""Every command of the document runs as it stands there, but for the name of the program."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest

from lklint.protocol.phone_numbers import PhoneNumber
from lklint.sandbox.store import Store

from .conftest import Commands

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SEED = tomllib.loads((Path(__file__).parent / "seed.toml").read_text(encoding="utf-8"))
BLOCKS = SEED["block"]
STORED_TRUNK = '{"trunk": {"name": "Stored", "numbers": ["+15105550199"]}}'
STORED_RULE = ("--name", "Stored", "--trunks", "Stored", "--caller", "stored")


def run(block: Any, commands: Commands, ids: dict[str, str]) -> str:
    """Run the commands of a block; what they printed on standard output."""
    for name, content in block.get("with", {}).items():
        commands.write(name, SEED["files"][content])
    printed = ""
    for line in block["commands"]:
        program, *words = shlex.split(re.sub(r"<[A-Za-z_-]+>", lambda found: ids[found[0]], line))
        assert program == "lklint"
        done = commands.lklint(*words)
        assert done.returncode == 0, (line, done.stdout, done.stderr)
        printed += done.stdout
        for id in re.findall(r"\b(?:ST|SDR|PN)_\w+", done.stdout):
            ids.update(dict.fromkeys(PLACEHOLDERS[id.partition("_")[0]], id))
    return printed


PLACEHOLDERS = {
    "ST": ("<trunk-id>",),
    "SDR": ("<dispatch-rule-id>", "<DISPATCH_RULE_ID>", "<RULE_ID>"),
    "PN": ("<PHONE_NUMBER_ID>",),
}


def titles(block: Any) -> str:
    return str(block["title"])


@pytest.mark.parametrize("block", [b for b in BLOCKS if b["on"] == "sip"], ids=titles)
def test_trunks_and_rules(block: Any, server: Commands) -> None:
    ids = {}
    if "update" in block["title"]:
        trunk = server.made("sip", "inbound", "create", STORED_TRUNK)
        rule = server.made("sip", "dispatch", "create", *STORED_RULE)
        ids = {"<trunk-id>": trunk, "<dispatch-rule-id>": rule}
    printed = run(block, server, ids)
    for words in block["says"]:
        assert words in printed


@pytest.mark.parametrize("block", [b for b in BLOCKS if b["on"] == "numbers"], ids=titles)
def test_phone_numbers(block: Any, store: Store, sandbox: Commands) -> None:
    if "setting up" not in block["title"]:
        number = {"id": "PN_ofTheDocument", "e164_format": "+16505550010", "status": 1}
        store.put("phone-number", PhoneNumber(**number))
    ids = {"<PHONE_NUMBER_ID>": "PN_ofTheDocument"}
    if "update" in block["title"]:
        rule = sandbox.made("sip", "dispatch", "create", "--caller", "stored")
        ids |= {"<DISPATCH_RULE_ID>": rule, "<RULE_ID>": rule}
    printed = run(block, sandbox, ids)
    for words in block["says"]:
        assert words in printed
