"""The built wheel, installed on its own, works from any directory and carries its schemas."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return folder


def test_the_wheel_works_alone(built: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    scripts = environment / ("Scripts" if sys.platform == "win32" else "bin")
    [wheel] = built.glob("*.whl")
    install = [scripts / "python", "-m", "pip", "install", "--quiet", wheel]
    subprocess.run(install, check=True, capture_output=True)
    (tmp_path / "rule.json").write_text('{"dispatch_rule": {"rule": {}}}')
    for command in ([scripts / "lklint"], [scripts / "python", "-m", "lklint"]):
        done = subprocess.run(
            [*command, "check", "rule.json"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "LK402" in done.stdout, done.stderr
        assert done.returncode == 1
    printed = subprocess.run(
        [scripts / "lklint", "schema", "inbound-trunk"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert printed.stdout == (ROOT / "schemas" / "inbound-trunk.json").read_bytes()


def test_both_archives_carry_the_schemas_and_nothing_built(built: Path) -> None:
    [wheel] = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    published = sorted(file.name for file in (ROOT / "schemas").glob("*.json"))
    assert (
        sorted(Path(name).name for name in names if name.startswith("lklint/schemas/")) == published
    )
    assert "lklint/py.typed" in names
    [source] = built.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        inside = [name.split("/", 1)[-1] for name in archive.getnames()]
    assert {f"schemas/{name}" for name in published} <= set(inside)
    assert not [name for name in (*names, *inside) if "__pycache__" in name or "egg-info" in name]
