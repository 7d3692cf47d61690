"""The program `lklint` (also `python -m lklint`)."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line and return its exit code: 0 clean, 1 findings, 2 usage or internal."""
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
