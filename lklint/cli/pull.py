"""`lklint pull`: what a server has, in files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lklint.cli.ends import CLEAN, FOUND, UsageError
from lklint.cli.pulled import (
    PullOptions,
    Site,
    environment_of,
    hand_over_secrets,
    must_agree,
    show,
    site_of,
    tell_what_is_left,
    write,
)
from lklint.cli.server.talking import Remote, talked


def run(parameters: Mapping[str, Any]) -> int:
    """Pull everything; returns the exit code."""
    options = PullOptions.of(parameters, parameters["folder"] or ".")
    environment = environment_of(options)

    async def work(remote: Remote) -> int:
        return pull(await site_of(remote, environment, options))

    return talked(options.server_parameters(parameters), work)


def pull(site: Site, only: str = "", file: str = "") -> int:
    """Pull everything, or the resource with an id, into a file; returns the exit code."""
    from lklint.reconcile.pulling.making import make_pull
    from lklint.reconcile.pulling.names import NoNameLeft
    from lklint.reconcile.pulling.showing import summary

    try:
        found = make_pull(site.here(), site.stored, only, file)
    except NoNameLeft as error:
        raise UsageError(f"{error}: every file of such a name is excluded, or taken") from None
    show(found, site)
    if found.problems or site.options.dry_run:
        print(f"{summary(found)} Nothing was written.")
        return FOUND if found.problems or found.refused else CLEAN
    must_agree(site.options, found)
    hand_over_secrets(site.options, found)
    write(site, found)
    left = tell_what_is_left(site, found)
    print(summary(found))
    return FOUND if found.refused or left else CLEAN
