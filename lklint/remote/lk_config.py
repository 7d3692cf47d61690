"""The projects that `lk` knows: its file `~/.livekit/cli-config.yaml`, read and never written.

Its keys are those of `pkg/config/config.go` of github.com/livekit/livekit-cli (2.18): `projects`, a
list with `name`, `project_id`, `url`, `api_key` and `api_secret`, and `default_project`, a name.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any

PATH = os.path.join(".livekit", "cli-config.yaml")


class BadLkConfig(Exception):
    """The file is there and cannot be used; the message repeats nothing that stands in it."""


@dataclass(frozen=True)
class Project:
    """One project of `lk`'s; key and secret stay out of its repr."""

    name: str
    url: str
    api_key: str = field(repr=False)
    api_secret: str = field(repr=False)

    @property
    def subdomain(self) -> str:
        """The first label of its host, by which a `livekit.toml` names a project."""
        return self.url.partition("://")[2].partition(".")[0]


@dataclass(frozen=True)
class LkConfig:
    """What `lk` knows; `default` is the name of the project it takes unasked, or ""."""

    projects: tuple[Project, ...] = ()
    default: str = ""

    def named(self, name: str) -> Project | None:
        """The project of this name."""
        return next((project for project in self.projects if project.name == name), None)


def read_lk_config(home: str) -> LkConfig:
    """The projects of the person at `home`; none where `lk` has no file yet.

    Raises `BadLkConfig` for a file that is no YAML, or has another shape.
    """
    import yaml

    path = os.path.join(home, PATH)
    try:
        with open(path, encoding="utf-8") as file:
            # Every scalar as its text: a key of digits stays a key.
            value = yaml.load(file, Loader=yaml.BaseLoader)
    except FileNotFoundError:
        return LkConfig()
    except (OSError, UnicodeDecodeError):
        raise BadLkConfig(f"{path} cannot be read") from None
    except (yaml.YAMLError, RecursionError):
        raise BadLkConfig(f"{path} is no YAML") from None
    if not value:
        return LkConfig()
    projects = value.get("projects") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(projects or [], list):
        raise BadLkConfig(f"{path} is no configuration of lk")
    known = tuple(_project(entry) for entry in projects or [] if isinstance(entry, dict))
    return LkConfig(known, _text(value, "default_project"))


def _project(entry: dict[str, Any]) -> Project:
    return Project(
        _text(entry, "name"),
        _text(entry, "url"),
        _text(entry, "api_key"),
        _text(entry, "api_secret"),
    )


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""
