"""The workspace of a command: its documents, sorted by the server they go to."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

from lklint.checker.locate import Locators
from lklint.checker.run import open_data
from lklint.checker.together import Together, shown_folder
from lklint.cli.documents import Documents
from lklint.cli.ends import UsageError, say
from lklint.cli.progress import Progress
from lklint.config.profile import Layer, Layers
from lklint.documents.discovery import searched
from lklint.reports.counting import plural
from lklint.reports.escaping import printable
from lklint.rules.found import Place
from lklint.settings import Settings, Version
from lklint.workspace.environment import Environment
from lklint.workspace.folders import environment_folder

MOST_TOLD = 10
"""Files that are told one by one to be left out."""


class WorkspaceOptions(NamedTuple):
    """Which documents are wanted, and under which configuration they are read.

    `environment` is the one that is asked about, None where nobody said. What is `locked` has the
    ids that `lklint.lock` knows.
    """

    paths: tuple[str, ...] = ()
    environment: str | None = None
    server_version: str | None = None
    config: str | None = None
    isolated: bool = False
    locked: bool = True


class LoadedWorkspace:
    """The environments of some paths, and where everything in them stands.

    Documents count in any form; what LiveKit refuses in its values is left out and told. Files that
    are named one by one belong together, whatever folders they lie in. `variables` are what
    `"${NAME}"` stands for, None for the variables of the process.
    """

    def __init__(
        self, options: WorkspaceOptions, variables: Mapping[str, str] | None = None
    ) -> None:
        self._layer_of: dict[str, Layer] = {}
        self._folder_of: dict[str, str] = {}
        given = {"form": "any", "server-version": options.server_version}
        layers = Layers(
            {key: value for key, value in given.items() if value},
            options.config,
            options.isolated,
        )
        self._documents = Documents(options.paths, layers)
        together = Together(os.environ if variables is None else variables)
        joint = _joint_folder(self._documents.paths)
        with Progress() as progress:
            for file, data in self._documents:
                progress.step()
                path = os.path.abspath(file)
                layer = layers.of(path)
                outcome = open_data(data, file, layer.profile(path).settings)
                if outcome.identity is not None:
                    self._layer_of[file] = layer
                    folder = joint or environment_folder(
                        path, layer.root, tuple(layer.get("environments"))
                    )
                    self._folder_of[file] = folder
                    together.add(
                        file, outcome.document, folder, outcome.clean, outcome.identity.kind
                    )
        self.environments = tuple(
            together.gathering.environments(
                shown_folder, searched(self._documents.paths), options.locked
            )
        )
        self.left_out = tuple(together.gathering.left_out)
        self.unread = tuple(together.gathering.unread)
        self.failed = self._documents.failed
        self._locators = Locators(self._documents.read_again, self.settings_of)

    def settings_of(self, file: str) -> Settings:
        """The settings that a file is read with."""
        return self._layer_of[file].profile(os.path.abspath(file)).settings

    def environment_of(self, file: str) -> str:
        """The name of the environment that a file is in."""
        return shown_folder(self._folder_of[file])

    def server_version(self, environment: Environment) -> Version | None:
        """The version of the server of an environment, None for the newest."""
        return self._settings(environment).server_version

    def is_cloud(self, environment: Environment) -> bool:
        """Whether an environment is known to be LiveKit Cloud's."""
        return self._settings(environment).target == "cloud"

    def line(self, file: str, pointer: str) -> int:
        """The line at which a place in a file begins, from 1 on."""
        return self._locators.of(file).span(Place(pointer)).start.line

    def named(self, name: str) -> Environment:
        """The environment of a name: its folder, or the end of it. Raises UsageError."""
        wanted = name.rstrip("/") or name
        exact = [found for found in self.environments if found.name == wanted]
        found = exact or [found for found in self.environments if found.name.endswith(f"/{wanted}")]
        if len(found) != 1:
            raise UsageError(f"--environment {name}: there is {self._choice(found)}")
        return found[0]

    def only(self) -> Environment:
        """The one environment there is, or an empty one. Raises UsageError where there are more."""
        if len(self.environments) > 1:
            raise UsageError(f"name one with --environment: there is {self._choice(())}")
        return self.environments[0] if self.environments else self._nothing()

    def tell_left_out(self) -> None:
        """Say of each file that LiveKit would refuse that nothing here counts on it."""
        for file in self.left_out[:MOST_TOLD]:
            shown = printable(file)
            say(f"left out: {shown} is refused by LiveKit (lklint check {shown})")
        if len(self.left_out) > MOST_TOLD:
            say(f"left out: {plural(len(self.left_out) - MOST_TOLD, 'more file')} (lklint check)")

    def _nothing(self) -> Environment:
        return Environment("nothing", {}, complete=not self.left_out)

    def _settings(self, environment: Environment) -> Settings:
        first = environment.first_file
        return Settings() if first is None else self.settings_of(first)

    def _choice(self, found: tuple[Environment, ...] | list[Environment]) -> str:
        names = [environment.name for environment in found or self.environments]
        listed = ", ".join(names[:MOST_TOLD]) + (", …" if len(names) > MOST_TOLD else "")
        return listed or "none"


def _joint_folder(paths: tuple[str, ...]) -> str | None:
    """The folder above all files that were named one by one, None where folders were."""
    if any(os.path.isdir(path) for path in paths):
        return None
    folders = [os.path.dirname(os.path.abspath(path)) for path in paths]
    try:
        return os.path.commonpath(folders)
    except ValueError:  # on different drives
        return folders[0]
