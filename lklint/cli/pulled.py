"""From a server to files on the disk: what `lklint pull` and `lklint import` have in common."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from lklint.checker.together import shown_folder
from lklint.cli.ends import UsageError, say
from lklint.cli.output import colour_wanted
from lklint.cli.planned import lock_of
from lklint.cli.server.asking import agreed, at_terminal
from lklint.cli.workspace import LoadedWorkspace, WorkspaceOptions
from lklint.config.profile import Layers
from lklint.documents.discovery import read_bytes
from lklint.reports.escaping import printable
from lklint.workspace.environment import Environment
from lklint.workspace.folders import environment_folder

if TYPE_CHECKING:
    from lklint.reconcile.identity import Stored
    from lklint.reconcile.lock import Entry, Lock
    from lklint.reconcile.pulling.pull import Here, Pull
    from lklint.reconcile.wanted import Wanted
    from lklint.remote.credentials import Credentials


class PullOptions(NamedTuple):
    """What the command line says about a pull, or an import."""

    folder: str = "."
    environment: str | None = None
    config: str | None = None
    isolated: bool = False
    env_file: str | None = None
    dry_run: bool = False
    yes: bool = False
    verbose: bool = False

    @classmethod
    def of(cls, parameters: Mapping[str, Any], folder: str) -> PullOptions:
        """The options among the parameters of a command."""
        given = {name: parameters[name] for name in cls._fields if name in parameters}
        return cls(**{**given, "folder": folder})

    def whole(self) -> PullOptions:
        """The same about all of the environment that the folder is a part of."""
        return self._replace(folder=shown_folder(_own_folder(self)))

    def server_parameters(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters, without a file of variables that is still to be written."""
        there = self.env_file is not None and os.path.exists(self.env_file)
        return {**parameters, "env_file": self.env_file if there else None}


@dataclass(frozen=True, slots=True)
class Site:
    """The files of an environment before a pull, and a server with what it has."""

    options: PullOptions
    environment: Environment
    credentials: Credentials
    stored: Stored
    variables: Mapping[str, str] = field(repr=False)

    @property
    def lock(self) -> Lock:
        """The lock as it is on the disk."""
        return lock_of(self.environment, self.credentials)

    def here(self) -> Here:
        """What a pull begins with."""
        from lklint.reconcile.pulling.pull import Here
        from lklint.reconcile.wanted import wants

        layers = Layers({}, self.options.config, self.options.isolated)

        def is_usable(path: str) -> bool:
            whole = os.path.abspath(path)
            return not layers.of(whole).excludes(whole)

        wanted = wants(self.environment, self.variables)
        return Here(self.environment, wanted, self.lock, self.variables, read_bytes, is_usable)


def environment_of(options: PullOptions) -> Environment:
    """The environment of a folder, all of whose files can be used. Raises `UsageError`."""
    if not os.path.exists(options.folder):
        return Environment(shown_folder(_own_folder(options)), {})
    loaded = _loaded(options)
    loaded.tell_left_out()
    for file in loaded.unread:
        say(f"left out: {printable(file)} cannot be read (lklint check {printable(file)})")
    if loaded.left_out or loaded.unread or loaded.failed:
        raise UsageError("mend these files first, or take them away; nothing was written")
    environment = _chosen(loaded, options)
    if not environment.complete:
        raise UsageError(
            f"{options.folder} is a part of {environment.name}: name that; nothing was written"
        )
    return environment


async def site_of(remote: Any, environment: Environment, options: PullOptions) -> Site:
    """The site, with all that the server has now. Raises `RemoteError`."""
    from lklint.reconcile.pulling.fetching import fetch_all

    async with remote.connect() as server:
        stored = await fetch_all(server)
    return Site(options, environment, remote.credentials(), stored, remote.environment)


def write(site: Site, pull: Pull) -> None:
    """Write what a pull says, files first, then the lock. Raises `UsageError`."""
    from lklint.cli.pull_files import write_file

    os.makedirs(site.environment.name, exist_ok=True)
    with _alone(site):
        for path, change in pull.files.items():
            write_file(path, change.before, change.after)
        _record(site, pull.entries)


def tie(site: Site, resource: Wanted, id: str) -> None:
    """Record that a resource of a file is the one with an id. Raises `UsageError`."""
    from lklint.reconcile.lock import Entry

    with _alone(site):
        _record(site, [Entry(resource.kind, resource.name, resource.place, id)])


@contextmanager
def _alone(site: Site) -> Iterator[None]:
    """Keep others out of the folder until the end of the block. Raises `UsageError`."""
    from lklint.reconcile.holding import Held, holding

    folder = site.environment.name
    try:
        with holding(folder):
            yield
    except Held as error:
        raise UsageError(f"somebody else is at work in {folder}: {error}") from None


def _record(site: Site, entries: Sequence[Entry]) -> None:
    """Put ids into the lock; what was known at the same place is another one no longer."""
    lock = site.lock
    at = {(entry.kind, entry.place): entry.id for entry in entries}
    for other in list(lock):
        if at.get((other.kind, other.place), other.id) != other.id:
            lock.forget(other.id)
    for entry in entries:
        lock.keep(entry)
    lock.save()


def must_agree(options: PullOptions, pull: Pull) -> None:
    """Ask, where something would be lost that git does not have. Raises `UsageError` for a no."""
    from lklint.cli.pull_files import unsaved

    changed = [path for path, change in pull.files.items() if change.before is not None]
    lost = unsaved(changed) if changed and not options.yes else []
    if not lost:
        return
    files = "1 file" if len(lost) == 1 else f"{len(lost):,} files"
    if not at_terminal():
        raise UsageError(
            f"{files} would change that git does not have as they are ({printable(lost[0])}):"
            " --yes writes all the same; nothing was written"
        )
    if not agreed(f"Git does not have {files} as they are now. Change them?"):
        raise UsageError("nothing was written")


def show(pull: Pull, site: Site) -> None:
    """The drawing of a pull."""
    from lklint.reconcile.pulling.showing import pull_lines
    from lklint.reports.style import Style

    where = printable(site.environment.name)
    print(f"{printable(site.lock.url)} to {where}\n")
    for line in pull_lines(pull, site.options.verbose, Style(colour_wanted(sys.stdout))):
        print(line)
    print()


def hand_over_secrets(options: PullOptions, pull: Pull) -> None:
    """Write the secrets that files refer to where that was asked for, or name their variables."""
    from lklint.remote.env_file import add_to_env_file

    needed, untold = pull.variables.needed, sorted(pull.variables.untold)
    missing = sorted(needed)
    if needed and options.env_file is not None:
        missing = list(add_to_env_file(options.env_file, needed))
        written = len(needed) - len(missing)
        count = "1 secret was" if written == 1 else f"{written:,} secrets were"
        say(f"{count} written to {printable(options.env_file)}: keep it out of git")
    if missing:
        say(f"to be set in the environment, or with --env-file: {', '.join(missing)}")
    if untold:
        say(f"to be set, and this server does not tell their values: {', '.join(untold)}")


def tell_what_is_left(site: Site, pull: Pull) -> bool:
    """Read the files again, and say what a plan will show all the same.

    Tells whether there is anything but variables that are to be set.
    """
    from lklint.reconcile.planning import Choice, make_plan
    from lklint.reconcile.wanted import wants

    loaded = _loaded(site.options)
    loaded.tell_left_out()
    environment = _chosen(loaded, site.options)
    wanted = wants(environment, pull.variables.all)
    plan = make_plan(environment, wanted, site.stored, site.lock, Choice(), "")
    pulled = {item.id for item in pull.items}
    steps = [step for step in plan.steps if step.id in pulled]
    lost = [other for other in plan.unmanaged if other.id in pulled]
    for step in steps:
        paths = ", ".join(found.path for found in step.differences)
        say(f"a plan will change {printable(step.title)} all the same: {printable(paths)}")
    for other in lost:
        say(f"{printable(other.name or other.id)} was written, and is not found again")
    for problem in plan.problems:
        say(printable(problem))
    return bool(steps or lost or set(plan.problems) - set(wanted.problems))


def _loaded(options: PullOptions) -> LoadedWorkspace:
    wanted = WorkspaceOptions(
        (options.folder,),
        options.environment,
        config=options.config,
        isolated=options.isolated,
        locked=False,
    )
    return LoadedWorkspace(wanted)


def _chosen(loaded: LoadedWorkspace, options: PullOptions) -> Environment:
    """The environment that is named, or that of the folder, or the only one below it."""
    if options.environment is not None:
        return loaded.named(options.environment)
    own = _own_folder(options)
    for environment in loaded.environments:
        if os.path.abspath(environment.name) == own:
            return environment
    if loaded.environments:
        return loaded.only()
    if own != os.path.abspath(options.folder):
        raise UsageError(
            f"{options.folder} is named after what is in it, and belongs to {shown_folder(own)}:"
            " name that; nothing was written"
        )
    return Environment(shown_folder(own), {})


def _own_folder(options: PullOptions) -> str:
    """The folder of the environment that a file in the folder belongs to."""
    path = os.path.join(os.path.abspath(options.folder), "x.json")
    layer = Layers({}, options.config, options.isolated).of(path)
    return environment_folder(path, layer.root, tuple(layer.get("environments")))
