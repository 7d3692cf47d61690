"""How a command ends: its exit code, and the one line that says why it could do nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress

from lklint.config.finding import ConfigurationError
from lklint.documents.discovery import MissingPath

CLEAN, FOUND, FAILED = 0, 1, 2


class UsageError(Exception):
    """Something the person at the command line can put right; one clear line."""


def guarded(work: Callable[[], int]) -> int:
    """Do some work; whatever a user can cause to go wrong is one line and exit code 2."""
    try:
        return work()
    except (UsageError, ConfigurationError) as error:
        return fail(str(error))
    except MissingPath as error:
        return fail(f"{error}: there is no such file or directory")
    except BrokenPipeError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        return fail(f"{error.filename or 'output'}: {error.strerror or error}")
    except KeyboardInterrupt:
        return fail("stopped")


def say(line: str) -> None:
    """One line to the person at the terminal, beside the report."""
    print(f"lklint: {line}", file=sys.stderr)


def fail(line: str) -> int:
    """Say why nothing could be done, and return the exit code for it."""
    from lklint.reports.escaping import printable

    say(printable(line))
    return FAILED
