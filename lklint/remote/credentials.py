"""Which server, with which key: found where `lk` finds them, in the order in which `lk` looks.

First what applies: `--project` (or `--subdomain`); `--url`, `--api-key` and `--api-secret`, each
from the flag or from LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET; `--dev`; the project that a
`livekit.toml` of this folder names; the default project of `lk`. The address is
http://localhost:7880 where key and secret are given alone. Source: `resolveProject` in
`cmd/lk/utils.go` of github.com/livekit/livekit-cli 2.18, and the same seen with `lk` 2.18.3.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lklint.remote.lk_config import BadLkConfig, LkConfig, Project, read_lk_config

DEFAULT_URL = "http://localhost:7880"
DEV_KEY, DEV_SECRET = "devkey", "secret"
"""The key and secret of `livekit-server --dev`."""

URL, KEY, SECRET = "LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"


class NoCredentials(Exception):
    """There are none, or they contradict each other; one clear line, without their values."""


@dataclass(frozen=True)
class Flags:
    """What the command line says about the server; None where it says nothing."""

    url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    api_secret: str | None = field(default=None, repr=False)
    dev: bool = False
    project: str | None = None
    subdomain: str | None = None


@dataclass(frozen=True)
class Credentials:
    """A server's http(s) address with key and secret, which stay out of its repr.

    `source` says where they are from, as in "project [prod]", and is "" for flags.
    """

    url: str = field(repr=False)
    api_key: str = field(repr=False)
    api_secret: str = field(repr=False)
    source: str = ""

    @property
    def host(self) -> str:
        """The server's name and port, without what a URL may hold beside them."""
        parts = urlsplit(self.url)
        return parts.netloc.rpartition("@")[2]


def find_credentials(
    flags: Flags, environment: Mapping[str, str], home: str = "", folder: str = "."
) -> Credentials:
    """The credentials that hold for a command; `home` is where `.livekit/` is, "" the person's own.

    Raises `NoCredentials`.
    """
    home = home or os.path.expanduser("~")
    try:
        return _find(flags, environment, home, folder)
    except BadLkConfig as error:
        raise NoCredentials(str(error)) from None


def _find(flags: Flags, environment: Mapping[str, str], home: str, folder: str) -> Credentials:
    if flags.project or flags.subdomain:
        if flags.dev:
            raise NoCredentials("--dev stands against --project and --subdomain")
        return _chosen(read_lk_config(home), flags)
    key = flags.api_key or environment.get(KEY, "")
    secret = flags.api_secret or environment.get(SECRET, "")
    url = flags.url or environment.get(URL, "") or DEFAULT_URL
    if flags.dev and (key or secret):
        raise NoCredentials("--dev stands against an API key or secret that is given as well")
    if key and secret:
        return Credentials(
            _http(url), key, secret, _from_environment(url, key, secret, environment)
        )
    if flags.dev:
        return Credentials(_http(url), DEV_KEY, DEV_SECRET, "dev credentials")
    if flags.url:
        # `lk` would take the key of its default project, and with it that project's address.
        raise NoCredentials("--url needs --api-key and --api-secret beside it, or --dev")
    config = read_lk_config(home)
    subdomain = _toml_subdomain(folder)
    if subdomain:
        return _chosen(config, Flags(subdomain=subdomain))
    default = config.named(config.default)
    if default is not None:
        return _of_project(default)
    missing = [name for name, value in ((KEY, key), (SECRET, secret)) if not value]
    raise NoCredentials(
        f"no server to talk to: {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not"
        " set, and lk has no default project (--project, --api-key and --api-secret, or --dev)"
    )


def _chosen(config: LkConfig, flags: Flags) -> Credentials:
    for project in config.projects:
        if flags.project and project.name == flags.project:
            return _of_project(project)
        if not flags.project and project.subdomain == flags.subdomain:
            return _of_project(project)
    wanted = flags.project or flags.subdomain
    known = ", ".join(project.name for project in config.projects)
    raise NoCredentials(
        f"lk has no project {wanted}; it has {known}"
        if known
        else f"lk has no project {wanted}: it has none at all (`lk project add`, `lk cloud auth`)"
    )


def _of_project(project: Project) -> Credentials:
    if not (project.url and project.api_key and project.api_secret):
        raise NoCredentials(
            f"the project {project.name} of lk lacks its url, api_key or api_secret"
        )
    return Credentials(
        _http(project.url), project.api_key, project.api_secret, f"project [{project.name}]"
    )


def _from_environment(url: str, key: str, secret: str, environment: Mapping[str, str]) -> str:
    """Which of the three the environment gave, in the words of `lk`."""
    given = (("url", URL, url), ("api-key", KEY, key), ("api-secret", SECRET, secret))
    names = [word for word, variable, value in given if environment.get(variable) == value]
    return f"{', '.join(names)} from environment" if names else ""


def _http(url: str) -> str:
    """An address as http(s); LiveKit's are often given as ws(s)."""
    scheme, separator, rest = url.partition("://")
    http = {"ws": "http", "wss": "https", "http": "http", "https": "https"}.get(scheme.lower())
    try:
        usable = http is not None and bool(urlsplit(f"{http}{separator}{rest}").hostname)
        urlsplit(f"{http}{separator}{rest}").port  # noqa: B018 (it raises for what is no port)
    except ValueError:
        usable = False
    if not usable:
        raise NoCredentials(
            "the server's address must begin with https://, wss://, http:// or ws://"
        )
    return f"{http}{separator}{rest}".rstrip("/")


def _toml_subdomain(folder: str) -> str:
    """The subdomain of the project that a `livekit.toml` of a folder names, or ""."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    try:
        with open(os.path.join(folder, "livekit.toml"), "rb") as file:
            project = tomllib.load(file).get("project")
    except FileNotFoundError:
        return ""
    except (OSError, ValueError):
        raise NoCredentials("livekit.toml cannot be read (it says which project this is)") from None
    named = project.get("subdomain") if isinstance(project, dict) else None
    return named if isinstance(named, str) else ""
