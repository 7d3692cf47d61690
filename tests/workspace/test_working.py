"""On a workspace that works, no rule about the whole of it speaks."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from working import Json, Working, workspaces

from lklint import Workspace

WRAPPERS = {
    "inbound_trunks": "trunk",
    "outbound_trunks": "trunk",
    "dispatch_rules": "dispatch_rule",
}


@pytest.mark.parametrize("seed", range(4))
def test_of_resources_with_ids(seed: int) -> None:
    for made in workspaces(seed, 100):
        findings = Workspace.from_resources(**made._asdict()).findings()
        assert [(finding.code, finding.headline) for finding in findings] == []


@pytest.mark.parametrize("bound_by", ["name", "id"])
def test_of_files_for_create(bound_by: str, tmp_path: Path) -> None:
    """Files for `create` have no ids. What names its trunk is told so, for the sake of `lk`, and
    so is an id that is taken for a trunk."""
    for number, made in enumerate(workspaces(9, 30)):
        folder = tmp_path / str(number)
        write(made, folder, by_name=bound_by == "name")
        findings = Workspace.load(folder).findings()
        assert {finding.code for finding in findings} <= {"LK715", "LK716"}


def test_a_part_of_it_is_no_worse(tmp_path: Path) -> None:
    """Whoever looks at some files knows nothing of the others."""
    for number, made in enumerate(workspaces(7, 30)):
        folder = tmp_path / str(number)
        write(made, folder, by_name=True)
        files = sorted(folder.glob("*.json"))
        some = Random(number).sample(files, len(files) // 2)
        assert {finding.code for finding in Workspace.load(some).findings()} <= {"LK715"}


def write(made: Working, folder: Path, by_name: bool) -> None:
    folder.mkdir()
    names = {trunk["sip_trunk_id"]: trunk["name"] for trunk in made.inbound_trunks}
    for kind, resources in made._asdict().items():
        for number, resource in enumerate(resources):
            value = without_id(resource)
            if by_name and "trunk_ids" in value:
                value["trunk_ids"] = [names[name] for name in value["trunk_ids"]]
            file = folder / f"{kind.removesuffix('s').replace('_', '-')}-{number}.json"
            file.write_text(json.dumps({WRAPPERS[kind]: value}))


def without_id(resource: Json) -> Json:
    return {key: value for key, value in resource.items() if not key.startswith("sip_")}
