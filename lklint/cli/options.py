"""What `lklint check` and `lklint fix` were asked to do."""

from typing import Any, NamedTuple

OUTPUT_FORMATS = ("text", "concise", "json", "github", "sarif", "gitlab", "junit", "markdown")


class CheckOptions(NamedTuple):
    """The options of `check`, as both readers of the command line (Typer and `quick`) give them.

    None, or nothing, where an option was not given: then the configuration decides.
    """

    paths: tuple[str, ...] = ()
    form: str | None = None
    kind: str | None = None
    output_format: str | None = None
    output_file: str | None = None
    reports: tuple[str, ...] = ()
    fail_on: str | None = None
    stdin_filename: str | None = None
    agents: tuple[str, ...] = ()
    agent_sources: tuple[str, ...] = ()
    target: str | None = None
    server_version: str | None = None
    lk_version: str | None = None
    default_region: str | None = None
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    config: str | None = None
    isolated: bool = False
    no_baseline: bool = False
    changed_since: str | None = None
    add_ignores: str | None = None
    quiet: bool = False
    verbose: bool = False
    statistics: bool = False
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    fix_only: bool = False

    def given(self) -> dict[str, Any]:
        """What was given that a configuration may say too, by its keys there."""
        said = {
            "form": self.form,
            "kind": self.kind,
            "fail-on": self.fail_on,
            "target": self.target,
            "server-version": self.server_version,
            "lk-version": self.lk_version,
            "default-region": self.default_region,
            "agent-names": list(self.agents),
            "agent-sources": list(self.agent_sources),
            "select": words(self.select),
            "extend-select": words(self.extend_select),
            "ignore": words(self.ignore),
            "exclude": words(self.exclude),
            "extend-exclude": words(self.extend_exclude),
        }
        return {key: value for key, value in said.items() if value}


def words(lists: tuple[str, ...]) -> list[str]:
    """The words of options that may be given often, or once with commas."""
    return [word.strip() for text in lists for word in text.split(",") if word.strip()]
