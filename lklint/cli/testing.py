"""`lklint test`: do calls go where they are expected to go?"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lklint.checker.together import shown_folder
from lklint.cli.ends import CLEAN, FAILED, FOUND, UsageError, say
from lklint.cli.output import colour_wanted, columns
from lklint.cli.workspace import LoadedWorkspace, WorkspaceOptions
from lklint.config.profile import Layers
from lklint.documents.discovery import STDIN, MissingPath
from lklint.documents.own_kinds import CALLS
from lklint.reports.escaping import printable
from lklint.testing.results import Result, count, results
from lklint.workspace.folders import environment_folder


class TryOptions(NamedTuple):
    """How the results are told."""

    output_format: str = "text"
    output_file: str | None = None
    verbose: bool = False


def run(options: TryOptions, wanted: WorkspaceOptions) -> int:
    """Try the calls and tell what came of them; returns the exit code."""
    asked = wanted.paths or (".",)
    loaded = LoadedWorkspace(wanted._replace(paths=tuple(_with_their_folders(asked, wanted))))
    loaded.tell_left_out()
    is_wanted = _wanted(loaded, asked, wanted.environment)
    whole = [environment for environment in loaded.environments if environment.complete]
    trouble = loaded.failed
    for file in _untried(loaded, is_wanted):
        trouble = True
        say(f"{printable(file)}: its calls are not tried: not all files beside it can be used")
    for file in filter(is_wanted, loaded.unread):
        trouble = True
        say(f"{printable(file)}: lklint cannot read it (lklint check {printable(file)})")
    found = list(results(whole, loaded.server_version, is_wanted))
    if not found and not trouble:
        raise UsageError("no call expectations found: nothing was tried (docs/calls.md)")
    _write(found, loaded, options)
    if trouble:
        return FAILED
    return CLEAN if count(found, "passed") == len(found) else FOUND


def _with_their_folders(paths: tuple[str, ...], wanted: WorkspaceOptions) -> Iterator[str]:
    """The folders to look at: of a file that is named, the one whose trunks and rules it is about.

    Raises MissingPath, and UsageError for standard input, which lies in no folder.
    """
    layers = Layers({}, wanted.config, wanted.isolated)
    for path in paths:
        if path == STDIN:
            raise UsageError("- (standard input) has no trunks and rules beside it: name a file")
        if os.path.isdir(path):
            yield path
        elif os.path.lexists(path):
            whole = os.path.abspath(path)
            layer = layers.of(whole)
            environments = tuple(layer.get("environments"))
            yield shown_folder(environment_folder(whole, layer.root, environments))
        else:
            raise MissingPath(path)


def _wanted(
    loaded: LoadedWorkspace, paths: tuple[str, ...], name: str | None
) -> Callable[[str], bool]:
    """Tells whether the calls of a file are to be tried. Raises UsageError for an unknown name."""
    among = _among(paths)
    if name is None:
        return among
    environment = loaded.named(name).name
    return lambda file: loaded.environment_of(file) == environment and among(file)


def _among(paths: tuple[str, ...]) -> Callable[[str], bool]:
    """Tells whether a file is one of some paths, or lies below one."""
    roots = [os.path.abspath(path) for path in paths]

    def holds(file: str) -> bool:
        whole = os.path.abspath(file)
        return any(whole == root or whole.startswith(os.path.join(root, "")) for root in roots)

    return holds


def _untried(loaded: LoadedWorkspace, is_wanted: Callable[[str], bool]) -> Iterator[str]:
    """The wanted files whose surroundings are not known."""
    for environment in loaded.environments:
        for message in () if environment.complete else environment.of_kind(CALLS):
            if is_wanted(message.file):
                yield message.file


def _write(found: list[Result], loaded: LoadedWorkspace, options: TryOptions) -> None:
    if options.output_file is None:
        if options.output_format != "text":
            sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        for line in _lines(found, loaded, options, True):
            print(line)
        return
    with open(options.output_file, "w", encoding="utf-8", newline="\n") as file:
        for line in _lines(found, loaded, options, False):
            file.write(f"{line}\n")


def _lines(
    found: list[Result], loaded: LoadedWorkspace, options: TryOptions, to_terminal: bool
) -> Iterator[str]:
    if options.output_format == "json":
        from lklint.testing import as_json

        yield as_json.render(found, loaded.line)
    elif options.output_format == "junit":
        from lklint.testing import as_junit

        yield from as_junit.render(found, loaded.line)
    else:
        from lklint.testing import as_text

        stream = sys.stdout if to_terminal else None
        yield from as_text.render(
            found, loaded.line, colour_wanted(stream), columns(stream), options.verbose
        )
