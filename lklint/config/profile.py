"""How one file is checked: its configuration and the command line, put together."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any, NamedTuple

from lklint.config.finding import ConfigurationError, Configured, must_be_good, nearest, read
from lklint.config.globs import Glob, Globs
from lklint.settings import Settings, Version

COMMAND_LINE = "the command line"
DEFAULT = "default"
_ADDED_UP = ("extend-select", "ignore", "extend-exclude")
"""Keys of which the command line adds to what the configuration says."""
_TYPED = ("server-version", "lk-version", "default-region")
"""Keys of which the command line takes any text."""
_MAGIC = frozenset("*?[]!#/\\ ")
"""What makes a glob more than a name."""


class Value(NamedTuple):
    """What a key says, and who said it."""

    value: Any
    origin: str


class Profile(NamedTuple):
    """How one file is checked, and the layer that says so."""

    settings: Settings
    layer: Layer


class Layer:
    """One configuration (or none) under one command line, for all files it holds for."""

    def __init__(self, configured: Configured | None, given: Mapping[str, Any]) -> None:
        self.configured = configured
        self.given = given
        self.root = configured.root if configured else os.getcwd()
        self._profiles: dict[tuple[Any, ...], Profile] = {}

    def value(self, key: str) -> Value:
        """What a key says for these files."""
        configured = self.configured.values if self.configured else {}
        origin = self.configured.file if self.configured else ""
        if key in _ADDED_UP and key in self.given and key in configured:
            both = [*configured[key], *self.given[key]]
            return Value(both, f"{origin} and {COMMAND_LINE}")
        if key in self.given:
            return Value(self.given[key], COMMAND_LINE)
        if key in configured:
            return Value(configured[key], origin)
        return Value(defaults().get(key), DEFAULT)

    def get(self, key: str) -> Any:
        """The plain value of a key."""
        return self.value(key).value

    def where(self, key: str) -> str:
        """The name of a key in a message about its value."""
        origin = self.value(key).origin
        return f"--{key}" if origin == COMMAND_LINE else f"{origin}: {key}"

    def profile(self, path: str) -> Profile:
        """How the file at an absolute path is checked."""
        kind = self.given.get("kind") or _last(self._kinds.values(path))
        form = self.given.get("form") or _last(self._forms.values(path)) or "create"
        ignored = frozenset[str]().union(*self._file_ignores.values(path))
        key = (kind, form, ignored)
        if key not in self._profiles:
            silent = self.settings.silent | ignored
            settings = self.settings._replace(kind=kind, form=form, silent=silent)
            self._profiles[key] = Profile(settings, self)
        return self._profiles[key]

    def excludes(self, path: str) -> bool:
        """Whether an absolute path (a folder's ends in a slash) is never searched."""
        if path == self.baseline_path:
            return True
        names, *globs = self._exclude
        name = os.path.basename(path.rstrip("/"))
        return name in names or any(glob.values(path) for glob in globs)

    @cached_property
    def unignorable(self) -> frozenset[str]:
        """The rules that nothing silences."""
        return self._codes("unignorable")

    def accepts_anything(self) -> bool:
        """Whether findings may be accepted here, one by one or in a baseline."""
        named = self.value("baseline").origin != DEFAULT
        return bool(self.get("ignores")) or named or os.path.lexists(self.baseline_path)

    @cached_property
    def baseline_path(self) -> str:
        """Where the baseline of these files is, or would be."""
        return os.path.join(self.root, self.get("baseline"))

    @cached_property
    def settings(self) -> Settings:
        enabled, silent = self._selected()
        return Settings(
            agents=self._agents(),
            target=self.get("target"),
            server_version=_version(self.get("server-version")),
            lk_version=_version(self.get("lk-version")),
            default_region=self.get("default-region"),
            enabled=enabled,
            silent=silent,
            severities=self._severities(),
        )

    def _selected(self) -> tuple[frozenset[str], frozenset[str]]:
        """The rules that speak though they are off by default, and those that are silent."""
        select, extend, ignore = self.get("select"), self.get("extend-select"), self.get("ignore")
        if select is None and not (extend or ignore or self.unignorable):
            return frozenset(), frozenset()
        from lklint.config.selection import speaking
        from lklint.rules.all_rules import all_rules

        speak = speaking(select, extend, ignore, self.where) | self.unignorable
        by_default = frozenset(code for code, rule in all_rules().items() if rule.default)
        return speak - by_default, by_default - speak

    def _severities(self) -> dict[str, str]:
        """The severities that are not a rule's own; the more exact word decides."""
        severities: dict[str, str] = {}
        exactness: dict[str, int] = {}
        for word, severity in self.get("severity").items():
            from lklint.config.selection import codes_of

            codes, exact = codes_of(word, self.where("severity"))
            for code in codes:
                if exact >= exactness.get(code, 0):
                    severities[code], exactness[code] = severity, exact
        return severities

    def _agents(self) -> frozenset[str] | None:
        """The names of agents that are known, None where nobody has said."""
        table = self.get("agents") or {}
        names = [*table.get("names", ()), *self.given.get("agent-names", ())]
        where = f"{self.where('agents')}.sources"
        sources = [
            *((os.path.join(self.root, glob), glob, where) for glob in table.get("sources", ())),
            *((glob, glob, "--agent-source") for glob in self.given.get("agent-sources", ())),
        ]
        if not sources:
            return frozenset(names) if names else None
        from lklint.agents.names import names_in_globs, sources_of

        for glob, shown, where in sources:
            if not any(source.exists() for source in sources_of(glob)):
                raise ConfigurationError(f"{where}: {shown!r} leads to no Python or script source")
        return names_in_globs(glob for glob, _, _ in sources) | frozenset(names)

    def _codes(self, key: str) -> frozenset[str]:
        return self._meant(self.get(key), self.where(key))

    def _meant(self, words: list[str], where: str) -> frozenset[str]:
        if not words:
            return frozenset()
        from lklint.config.selection import codes_of_all

        return codes_of_all(words, where)

    @cached_property
    def _kinds(self) -> Globs:
        return self._globs("kinds", self.get("kinds"))

    @cached_property
    def _forms(self) -> Globs:
        return self._globs("forms", self.get("forms"))

    @cached_property
    def _file_ignores(self) -> Globs:
        """The rules that are silent in some files; every word is read, or a slip would hide."""
        where = self.where("per-file-ignores")
        ignored = {
            glob: self._meant(words, f"{where}.{glob}") - self.unignorable
            for glob, words in self.get("per-file-ignores").items()
        }
        return self._globs("per-file-ignores", ignored)

    def _globs(self, key: str, values: Mapping[str, Any]) -> Globs:
        where = self.where(key)
        return Globs(self.root, [Glob(glob, value, where) for glob, value in values.items()])

    @cached_property
    def _exclude(self) -> tuple[frozenset[str], Globs, Globs]:
        """Plain names, which need no glob, and the globs: from the root on, and from here on."""
        keys = ("exclude", "extend-exclude")
        said = self.configured.values if self.configured else {}
        usual = [] if "exclude" in self.given else self.get("exclude")
        file = self.configured.file if self.configured else DEFAULT
        own = [Glob(glob, True, f"{file}: exclude") for glob in usual]
        own += [Glob(glob, True, f"{file}: {keys[1]}") for glob in said.get(keys[1], ())]
        given = [Glob(glob, True, f"--{key}") for key in keys for glob in self.given.get(key, ())]
        names: frozenset[str] = frozenset()
        if not any(glob.startswith("!") for glob, _, _ in own):
            names = frozenset(glob for glob, _, _ in own if not _MAGIC & set(glob))
        globs = [glob for glob in own if glob.glob not in names]
        return names, Globs(self.root, globs), Globs(os.getcwd(), given)


class Layers:
    """The configurations of a run: the nearest for each file, one that was named, or none."""

    def __init__(
        self, given: Mapping[str, Any], config: str | None = None, isolated: bool = False
    ) -> None:
        if isolated and config is not None:
            raise ConfigurationError("--isolated means no configuration, and --config names one")
        words = {key: given[key] for key in _TYPED if key in given}
        if words:
            must_be_good(words, COMMAND_LINE, "")
        self._given = given
        self._by_file: dict[str, Layer] = {}
        self._one: Layer | None = None
        if isolated:
            self._one = Layer(None, given)
        elif config is not None:
            self._one = Layer(read(config), given)

    def of(self, path: str) -> Layer:
        """The configuration for a file or folder at an absolute path."""
        if self._one is not None:
            return self._one
        configured = nearest(os.path.dirname(path.rstrip("/")) or "/")
        name = configured.file if configured else ""
        if name not in self._by_file:
            self._by_file[name] = Layer(configured, self._given)
        return self._by_file[name]

    def all(self) -> list[Layer]:
        """Every configuration that was asked for so far."""
        return [self._one] if self._one is not None else list(self._by_file.values())


@cache
def defaults() -> dict[str, Any]:
    """What every key says unasked, from the published schema."""
    import json

    from lklint.shape.schemas import schema_text

    properties = json.loads(schema_text("configuration"))["properties"]
    return {key: about.get("default") for key, about in properties.items()}


def _version(text: str | None) -> Version | None:
    if text is None:
        return None
    parts = [int(part) for part in text.removeprefix("v").split(".")]
    return (parts[0], parts[1], parts[2] if len(parts) > 2 else 0)


def _last(values: list[Any]) -> Any:
    return values[-1] if values else None


__all__ = ["ConfigurationError", "Layer", "Layers", "Profile", "Value", "defaults"]
