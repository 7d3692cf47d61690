"""lklint checks LiveKit telephony files before LiveKit sees them.

    >>> import lklint
    >>> report = lklint.check_text('{"trunk": {"name": "x"}}', kind="inbound-trunk")
    >>> [finding.code for finding in report.findings if finding.effect == "rejected"]
    ['LK301']

Importing this module imports nothing heavy; the first check does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from lklint.version import __version__

if TYPE_CHECKING:
    import os

    from lklint.api import Workspace
    from lklint.findings import Effect, Finding, Fix, Report, Severity, Span
    from lklint.telephony.routing import Call, Route

__all__ = [
    "Call",
    "Effect",
    "Finding",
    "Fix",
    "Report",
    "Route",
    "Severity",
    "Span",
    "Workspace",
    "__version__",
    "check",
    "check_text",
]


def check(
    paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    form: str = "create",
    kind: str | None = None,
) -> Report:
    """Check files and directories.

    Directories are searched for `*.json`, honouring `.gitignore`; JSON that is no LiveKit telephony
    is passed over. `form` asks "create" (would `lk … create` take it?), "update" or "any"; `kind`
    ("inbound-trunk", "outbound-trunk", "dispatch-rule", "sip-participant", "call-expectations",
    "phone-numbers") overrules the guess.

    Raises FileNotFoundError where a path does not exist, OSError where one cannot be read, and
    ValueError for an unknown `form` or `kind`.
    """
    from lklint.checker.run import check_all
    from lklint.documents.discovery import read_all, searched

    given = _as_list(paths)
    return check_all(read_all(given), _settings(form, kind), searched(given))


def check_text(
    text: str | bytes,
    *,
    kind: str | None = None,
    form: str = "create",
    filename: str = "<text>",
) -> Report:
    """Check one document given as text, or as the bytes of a file.

    No text of any kind raises. ValueError for an unknown `form` or `kind`.
    """
    from lklint.checker.run import check_all

    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return check_all([(filename, data)], _settings(form, kind))


def _settings(form: str, kind: str | None) -> Any:
    from lklint.settings import Settings
    from lklint.shape.schemas import FORMS, KINDS

    if form not in FORMS:
        raise ValueError(f"form must be one of {', '.join(FORMS)}, not {form!r}")
    if kind is not None and kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, not {kind!r}")
    return Settings(form=form, kind=kind)


def _as_list(paths: Any) -> list[str]:
    import os

    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    return [os.fspath(path) for path in paths]


_HOMES = {
    "Workspace": "lklint.api",
    "Call": "lklint.telephony.routing",
    "Route": "lklint.telephony.routing",
    **dict.fromkeys(("Effect", "Finding", "Fix", "Report", "Severity", "Span"), "lklint.findings"),
}
"""Where what is imported only when somebody asks for it comes from."""


def __getattr__(name: str) -> Any:
    from importlib import import_module

    home = _HOMES.get(name)
    if home is not None:
        return getattr(import_module(home), name)
    raise AttributeError(f"module 'lklint' has no attribute {name!r}")
