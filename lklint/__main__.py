"""The program `lklint` (also `python -m lklint`)."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper


def main() -> int:
    """Run the command line and return its exit code: 0 clean, 1 findings, 2 usage or internal.

    What a terminal's encoding lacks is written out. A mistake of lklint's own is one line; with
    LKLINT_TRACEBACK set the whole of it is shown.
    """
    if sys.stdout is None or sys.stderr is None:  # closed by who called
        return 2
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run()
    except Exception as error:
        if os.environ.get("LKLINT_TRACEBACK"):
            raise
        words = f"{type(error).__name__}: {error}".encode("unicode_escape").decode("ascii")
        print(f"lklint: a mistake of lklint itself, please report it: {words}", file=sys.stderr)
        return 2


def _run() -> int:
    from lklint.cli import quick

    options = quick.read(sys.argv[1:])
    if options is not None:
        from lklint.cli.check import run

        return run(options)
    from lklint.cli.app import app

    app()
    return 0


if __name__ == "__main__":
    sys.exit(main())
