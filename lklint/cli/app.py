"""The commands of lklint, declared with Typer."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from lklint.cli.options import CheckOptions
from lklint.version import __version__

app = typer.Typer(
    name="lklint",
    help="Checks LiveKit telephony files (SIP trunks, dispatch rules, participants) "
    "before LiveKit sees them.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Form = Literal["create", "update", "any"]
Kind = Literal["inbound-trunk", "outbound-trunk", "dispatch-rule", "sip-participant"]
OutputFormat = Literal["text", "concise", "json"]
SeverityName = Literal["error", "warning", "info"]
Target = Literal["cloud", "self-hosted"]

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATHS]...",
        help="Files and directories; - is standard input. Default: the directory you are in.",
        show_default=False,
    ),
]
FormOption = Annotated[
    Form, typer.Option(help="Would `lk … create`, `lk … update`, or either take the file?")
]
KindOption = Annotated[Kind | None, typer.Option(help="What the files are, instead of guessing.")]
FormatOption = Annotated[OutputFormat, typer.Option(help="How findings are printed.")]
OutputFile = Annotated[
    str | None, typer.Option("--output-file", "-o", help="Write the report to a file.")
]
FailOn = Annotated[
    SeverityName, typer.Option(help="Exit with 1 for findings of this severity or worse.")
]
StdinFilename = Annotated[str | None, typer.Option(help="The name that standard input goes by.")]
Agents = Annotated[
    list[str] | None,
    typer.Option("--agent", help="A name your agents register under; may be given often."),
]
AgentSources = Annotated[
    list[str] | None,
    typer.Option(
        "--agent-source", help="Python or TypeScript sources to read agent names from (a glob)."
    ),
]
TargetOption = Annotated[Target | None, typer.Option(help="Where the files will be used.")]
Region = Annotated[
    str | None,
    typer.Option("--default-region", help="Country of numbers without country code, as in US."),
]
Enable = Annotated[
    list[str] | None,
    typer.Option("--enable", help="Switch a rule on that is off by default (code or name)."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only what makes the run fail.")]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Say what each file was taken for, and why.")
]
Statistics = Annotated[bool, typer.Option("--statistics", help="Count the findings by rule.")]
FixOption = Annotated[bool, typer.Option("--fix", help="Mend what can be mended safely.")]
UnsafeFixes = Annotated[
    bool, typer.Option("--unsafe-fixes", help="Also mend where the meaning may change.")
]
Diff = Annotated[bool, typer.Option("--diff", help="Show what would be mended; write nothing.")]
FixOnly = Annotated[bool, typer.Option("--fix-only", help="Mend, and do not report the rest.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"lklint {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Show it.")
    ] = False,
) -> None:
    """Checks LiveKit telephony files before LiveKit sees them."""


@app.command()
def check(
    paths: Paths = None,
    form: FormOption = "create",
    kind: KindOption = None,
    output_format: FormatOption = "text",
    output_file: OutputFile = None,
    fail_on: FailOn = "error",
    stdin_filename: StdinFilename = None,
    agent: Agents = None,
    agent_source: AgentSources = None,
    target: TargetOption = None,
    default_region: Region = None,
    enable: Enable = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    statistics: Statistics = False,
    fix: FixOption = False,
    unsafe_fixes: UnsafeFixes = False,
    diff: Diff = False,
    fix_only: FixOnly = False,
) -> None:
    """Check files: what LiveKit will refuse, what will never work on a call, what stands open.

    Exit code 0: clean. 1: findings at or above --fail-on. 2: wrong usage or an internal error.
    """
    from lklint.cli.check import run

    options = CheckOptions(
        paths=tuple(paths or ()),
        form=form,
        kind=kind,
        output_format=output_format,
        output_file=output_file,
        fail_on=fail_on,
        stdin_filename=stdin_filename,
        agents=tuple(agent or ()),
        agent_sources=tuple(agent_source or ()),
        target=target,
        default_region=default_region,
        enable=tuple(enable or ()),
        quiet=quiet,
        verbose=verbose,
        statistics=statistics,
        fix=fix,
        unsafe_fixes=unsafe_fixes,
        diff=diff,
        fix_only=fix_only,
    )
    sys.exit(run(options))


@app.command()
def fix(
    paths: Paths = None,
    form: FormOption = "create",
    kind: KindOption = None,
    output_format: FormatOption = "text",
    fail_on: FailOn = "error",
    stdin_filename: StdinFilename = None,
    quiet: Quiet = False,
    unsafe_fixes: UnsafeFixes = False,
    diff: Diff = False,
) -> None:
    """Mend what can be mended, and report what is left. The same as `check --fix`."""
    from lklint.cli.check import run

    options = CheckOptions(
        paths=tuple(paths or ()),
        form=form,
        kind=kind,
        output_format=output_format,
        fail_on=fail_on,
        stdin_filename=stdin_filename,
        quiet=quiet,
        fix=True,
        unsafe_fixes=unsafe_fixes,
        diff=diff,
    )
    sys.exit(run(options))


@app.command()
def explain(
    rule: Annotated[str, typer.Argument(metavar="CODE|NAME", help="As in LK110, or its name.")],
) -> None:
    """Explain a rule: what it finds, why it matters, how to mend it."""
    from lklint.cli.rules import explain as print_page

    sys.exit(print_page(rule))


@app.command()
def rules(
    output_format: Annotated[
        Literal["text", "json"], typer.Option(help="How the rules are printed.")
    ] = "text",
) -> None:
    """List every rule."""
    from lklint.cli.rules import table

    sys.exit(table(output_format))


@app.command()
def schema(
    kind: Annotated[
        Kind | None, typer.Argument(help="Which one; without it, the combined schema.")
    ] = None,
    form: FormOption = "create",
    output_dir: Annotated[
        str | None, typer.Option(help="Write all schemas into this directory instead.")
    ] = None,
) -> None:
    """Print the JSON Schema of a kind of file, for editors and other validators."""
    from lklint.cli.schema import run

    sys.exit(run(kind, form, output_dir))
