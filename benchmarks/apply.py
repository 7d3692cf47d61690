"""How long `lklint plan` and `lklint apply` take, beside a loop of `lk` on the same files.

    python benchmarks/apply.py                     1,000 resources, and `lk` for 100 of them
    python benchmarks/apply.py --resources 10000 --by-lk 200

The real livekit-server with redis and the real `lk` are needed on the PATH. Figures are of one run;
the ratios are what to quote, machines differ. LiveKit reads all rules, and all trunks, for every
one that is made: so what comes late takes longer, whoever sends it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from fidelity.server import KEY, SECRET, Server, running  # noqa: E402

COMMANDS = {"trunk": "inbound", "out": "outbound", "rule": "dispatch"}
SILENT = 'ignore = ["ALL"]\n'


def resources(count: int) -> dict[str, Any]:
    """Documents by file name: of ten resources, two are inbound trunks and two are rules."""
    files: dict[str, Any] = {}
    for number in range(count):
        kind = ("trunk", "rule", "out", "out", "out")[number % 5]
        phone = f"+1555{number:07d}"
        name = f"{kind} {number}"
        if kind == "trunk":
            value: Any = {"trunk": {"name": name, "numbers": [phone], "auth_username": "u"}}
        elif kind == "out":
            value = {"trunk": {"name": name, "numbers": [phone], "address": "sip.example.com"}}
        else:
            direct = {"dispatch_rule_direct": {"room_name": f"room {number}"}}
            bound = {"trunk_ids": [f"trunk {number - 1}"], "rule": direct}
            value = {"dispatch_rule": {"name": name, **bound}}
        files[f"{kind}-{number}.json"] = value
    return files


def write(folder: Path, files: dict[str, Any]) -> None:
    """The files, and a configuration that finds nothing in them."""
    folder.mkdir()
    (folder / "lklint.toml").write_text(SILENT)
    for name, value in files.items():
        (folder / name).write_text(json.dumps(value))


def lklint(server: Server, folder: Path, *arguments: str) -> float:
    """The wall time of one command, in seconds."""
    environment = {
        "LIVEKIT_URL": server.url,
        "LIVEKIT_API_KEY": KEY,
        "LIVEKIT_API_SECRET": SECRET,
    }
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "lklint", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, **environment, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    seconds = time.perf_counter() - started
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    print(f"  {' '.join(arguments):<14} {seconds:7.2f} s   {done.stdout.splitlines()[-1]}")
    return seconds


def by_lk(server: Server, folder: Path, files: list[str]) -> float:
    """The wall time of `lk sip … create` for each file, one after the other."""
    started = time.perf_counter()
    for file in files:
        command = COMMANDS[file.partition("-")[0]]
        done = server._run("sip", command, "create", str(folder / file))
        assert done.returncode == 0, done.stderr
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--resources", type=int, default=1000)
    parser.add_argument("--by-lk", type=int, default=100)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as kept, running(Path(kept)) as server:
        folder = Path(kept) / "files"
        files = resources(arguments.resources)
        write(folder, files)
        print(f"{len(files):,} resources, the real livekit-server:")
        lklint(server, folder, "plan")
        applied = lklint(server, folder, "apply", "--yes")
        planned = lklint(server, folder, "plan")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(
            f"  at most {peak:.0f} MiB; the second plan takes {planned / applied:.2f} of the apply"
        )
        server._empty()
        some = [*files][: arguments.by_lk]
        looped = by_lk(server, folder, some)
        server._empty()
        few = Path(kept) / "few"
        write(few, {name: files[name] for name in some})
        print(f"the first {len(some):,} of them:")
        once = lklint(server, few, "apply", "--yes")
        print(f"  a loop of lk   {looped:7.2f} s   lklint takes {once / looped:.2f} of it")


if __name__ == "__main__":
    main()
