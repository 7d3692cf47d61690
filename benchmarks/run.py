"""How long lklint takes, beside its peers on the same files in the same run.

    python benchmarks/run.py                    lklint and whatever peers are found
    python benchmarks/run.py --runs 9           more runs

Peers are optional: `check-jsonschema` (pip) and `ajv` (npm: ajv-cli) are looked for on the PATH, or
where CHECK_JSONSCHEMA and AJV say. They check only the bare schema of one kind, lklint every rule.
Figures are medians of whole processes; the ratios are what to quote, machines differ.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from corpus import make

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "schemas" / "inbound-trunk.json"


@dataclass(frozen=True, slots=True)
class Contender:
    """A tool and how it is called; `{files}` in the command stands for the files."""

    name: str
    command: tuple[str, ...]


def contenders() -> list[Contender]:
    """lklint and the peers that are on this machine."""
    lklint = os.environ.get("LKLINT") or shutil.which("lklint")
    command = (lklint,) if lklint else (sys.executable, "-m", "lklint")
    found = [Contender("lklint", (*command, "check", "--quiet"))]
    peer = os.environ.get("CHECK_JSONSCHEMA") or shutil.which("check-jsonschema")
    if peer:
        found.append(Contender("check-jsonschema", (peer, "--schemafile", str(SCHEMA))))
    peer = os.environ.get("AJV") or shutil.which("ajv")
    if peer:
        found.append(
            Contender("ajv-cli", (peer, "validate", "--strict=false", "-s", str(SCHEMA), "-d"))
        )
    return found


def seconds(command: list[str], folder: Path) -> float:
    """The wall time of one process."""
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return time.perf_counter() - started


def arguments(contender: Contender, files: list[str]) -> list[list[str]]:
    """The command for some files. ajv wants `-d` before each; long lists are one call each way."""
    if contender.name != "ajv-cli":
        return [[*contender.command, *files]]
    parts: list[str] = []
    for file in files:
        parts += ["-d", file]
    return [[*contender.command[:-1], *parts]]


def measure(contender: Contender, folder: Path, files: list[str], runs: int) -> float:
    """The median of some runs, after one that does not count."""
    commands = arguments(contender, files)
    times = [sum(seconds(command, folder) for command in commands) for _ in range(runs + 1)]
    return statistics.median(times[1:])


def table(title: str, folder: Path, runs: int) -> None:
    """One table of whole-process times."""
    files = sorted(str(file.relative_to(folder)) for file in folder.rglob("*inbound-trunk.json"))
    rows = [(c.name, measure(c, folder, files, runs)) for c in contenders()]
    own = rows[0][1]
    print(f"\n{title}")
    for name, taken in rows:
        print(f"  {name:<18}{taken * 1000:>10.0f} ms   lklint takes {own / taken:.2f} of it")


def start_up() -> None:
    """What the start of lklint is made of, by import."""
    folder = Path(tempfile.mkdtemp())
    (folder / "inbound-trunk.json").write_text('{"trunk": {"numbers": ["+442079460123"]}}')
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "lklint", "check", "-q", "inbound-trunk.json"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    rows = []
    for line in done.stderr.splitlines():
        parts = line.removeprefix("import time:").split("|")
        if len(parts) == 3 and parts[0].strip().isdigit():
            rows.append((int(parts[1]), len(parts[2]) - len(parts[2].lstrip()), parts[2].strip()))
    print("\nstart-up by import (cumulative, the largest)")
    for taken, _, name in sorted(rows, reverse=True)[:14]:
        print(f"  {taken / 1000:>7.1f} ms  {name}")


def main() -> None:
    """Make the files, run everything, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as work:
        for count in (2, 2000, 20000):
            folder = Path(work) / str(count)
            make(folder, count)
            table(f"{count // 2:,} inbound trunk files", folder, runs if count < 20000 else 3)
        folder = Path(work) / "20000"
        lklint = contenders()[0]
        taken = statistics.median(seconds([*lklint.command, "."], folder) for _ in range(3))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"\n20,000 files of a directory: lklint {taken:.2f} s")
        print(f"largest process of this run: {peak:.0f} MiB")
    start_up()


if __name__ == "__main__":
    main()
