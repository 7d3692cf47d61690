"""The variables of a command: what `"${NAME}"` stands for, and where credentials may be."""

from __future__ import annotations

import os

from lklint.cli.ends import UsageError


def variables(env_file: str | None) -> dict[str, str]:
    """The variables of the process, and those of a file that it lacks.

    Raises `UsageError`, and OSError where there is no such file.
    """
    from lklint.remote.env_file import BadEnvFile, read_env_file

    if env_file is None:
        return dict(os.environ)
    try:
        return {**read_env_file(env_file), **os.environ}
    except BadEnvFile as error:
        raise UsageError(f"--env-file: {error}") from None
