"""From documents to environments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from lklint.documents.document import Document, parts, resource_place
from lklint.documents.own_kinds import OWN_KINDS
from lklint.workspace.filed import Filed

if TYPE_CHECKING:
    from lklint.workspace.environment import Environment


class Gathering:
    """Collects documents and sorts their resources by the server they go to.

    `left_out` are the files of which something cannot be used, `unread` those of lklint's own.
    `variables` are what `"${NAME}"` stands for in them.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self._resources: dict[str, dict[str, list[Filed]]] = {}
        self._lacking: set[str] = set()
        self.left_out: list[str] = []
        self.unread: list[str] = []

    def add(self, file: str, document: Document, folder: str, clean: bool) -> None:
        """Take the resources of a document into the environment of a folder.

        A form that LiveKit refuses does not matter here; a value that it refuses does, because
        nobody knows what it was meant to be: that resource is left out. `clean` tells that nothing
        of the document is refused.
        """
        held = self._resources.setdefault(folder, {})
        for part in parts(document):
            value = part.value
            if isinstance(value, dict) and (clean or _is_sound(document.kind, value)):
                message = Filed(value, resource_place(document, part), file)
                held.setdefault(document.kind, []).append(message)
            elif document.kind in OWN_KINDS:
                self.unread.append(file)
            else:
                self.lacks(folder, file)

    def lacks(self, folder: str, file: str) -> None:
        """An environment has a file of which something cannot be used."""
        self._lacking.add(folder)
        if file not in self.left_out[-1:]:
            self.left_out.append(file)

    def relates(self) -> bool:
        """Whether there is anything that one document alone does not show."""
        held = [
            message
            for kinds in self._resources.values()
            for found in kinds.values()
            for message in found
        ]
        own = any(kind in held for held in self._resources.values() for kind in OWN_KINDS)
        return own or len(held) > 1 or any(map(_names_a_trunk, held))

    def environments(
        self, name: Callable[[str], str], complete: Callable[[str], bool], locked: bool = True
    ) -> list[Environment]:
        """The environments, in the order in which they were met.

        `name` gives the name of a folder's environment; `complete` tells whether every file of a
        folder was looked for. What is `locked` has the ids that `lklint.lock` knows.
        """
        from lklint.workspace.environment import Environment
        from lklint.workspace.locked import has_lock, locked_ids, with_ids

        url = self._variables.get("LIVEKIT_URL", "")
        return [
            Environment(
                name(folder),
                with_ids(held, folder, locked_ids(folder, url)) if locked else held,
                folder not in self._lacking and complete(folder),
                variables=self._variables,
                applied=has_lock(folder),
            )
            for folder, held in self._resources.items()
        ]


def _is_sound(kind: str, value: dict[str, object]) -> bool:
    """Whether LiveKit takes a resource, whatever it stands in; or lklint a file of its own.

    LiveKit's API drops a field that it does not know. In a test it may be all that is expected.
    """
    from lklint.shape.failures import Failure, failures

    complaints = failures(kind, "update", value)
    return not any(kind in OWN_KINDS or isinstance(one, Failure) for one in complaints)


def _names_a_trunk(message: Filed) -> bool:
    entries = message.get("trunk_ids")
    return isinstance(entries, list) and any(
        isinstance(entry, str) and not entry.startswith(("ST_", "PN_")) for entry in entries
    )
