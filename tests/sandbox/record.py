"""Write `answers.jsonl` anew from the real livekit-server: `python -m tests.sandbox.record`.

Needs lk, livekit-server and redis-server on PATH, as `tests/fidelity/README.md` says. Read the
difference before you keep it.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import closing
from pathlib import Path

from tests.fidelity.server import KEY, SECRET, running
from tests.sandbox.asking import ANSWERS, Asked, ask, questions


def record() -> None:
    """Ask everything, one answer a line."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder)) as livekit,
        closing(Asked(livekit.url, KEY, SECRET)) as server,
    ):
        lines = [
            json.dumps({"question": str(question), **ask(server, question)}, ensure_ascii=False)
            for question in questions()
        ]
    ANSWERS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} answers")


if __name__ == "__main__":
    record()
