"""`lklint import`: one resource of a server, into a file or tied to one that is there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lklint.cli.ends import CLEAN, UsageError
from lklint.cli.pull import pull
from lklint.cli.pulled import PullOptions, Site, environment_of, site_of, tie
from lklint.cli.server.talking import Remote, talked
from lklint.reports.escaping import printable

if TYPE_CHECKING:
    from lklint.protocol.messages import Kind
    from lklint.reconcile.wanted import Wanted


def run(parameters: Mapping[str, Any]) -> int:
    """Import one resource; returns the exit code."""
    id, file = parameters["id"], parameters["file"] or ""
    options = PullOptions.of(parameters, os.path.dirname(file) or ".").whole()
    environment = environment_of(options)

    async def work(remote: Remote) -> int:
        return _import(await site_of(remote, environment, options), id, file)

    return talked(options.server_parameters(parameters), work)


def _import(site: Site, id: str, file: str) -> int:
    kind = _kind_of(site, id)
    if not os.path.lexists(file):
        return pull(site, id, file)
    resource = _resource(site, kind, id, file)
    if site.options.dry_run:
        print(f"{_words(kind, id, resource)}. Nothing was written.")
        return CLEAN
    tie(site, resource, id)
    print(f"{_words(kind, id, resource)} from now on; `lklint plan` shows where they differ.")
    return CLEAN


def _kind_of(site: Site, id: str) -> Kind:
    from lklint.reconcile.wanted import KINDS

    for kind in KINDS:
        if id in site.stored[kind]:
            return kind
    if id.startswith("PN_"):
        raise UsageError("phone numbers have no file of their own: `lklint pull` writes them all")
    raise UsageError(f"the server has no trunk and no dispatch rule {id}")


def _resource(site: Site, kind: Kind, id: str, file: str) -> Wanted:
    """The resource of a file that is meant by an id. Raises `UsageError`."""
    what = kind.replace("-", " ")
    whole = os.path.abspath(file)
    found = [it for it in site.here().wants.resources if os.path.abspath(it.file) == whole]
    alike = [it for it in found if it.kind == kind]
    name = getattr(site.stored[kind][id], "name", "")
    named = [it for it in alike if it.name == name] if len(alike) > 1 else alike
    if len(named) != 1:
        held = f"{len(alike)} of them" if alike else "none"
        raise UsageError(f"{id} is an {what}, and {file} holds {held} that could be it")
    if named[0].id not in ("", id):
        raise UsageError(f"{file} says itself that it is {named[0].id}: take that out first")
    return named[0]


def _words(kind: Kind, id: str, resource: Wanted) -> str:
    return f"{printable(resource.file)} is the {kind.replace('-', ' ')} {printable(id)}"
