"""The commands of lklint, declared with Typer."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from lklint.cli.arguments import (
    AddIgnores,
    Agents,
    AgentSources,
    ChangedSince,
    Config,
    Diff,
    Exclude,
    ExtendExclude,
    ExtendSelect,
    FailOn,
    FixOnly,
    FixOption,
    ForceExclude,
    Form,
    FormatOption,
    FormOption,
    IgnoreOption,
    Isolated,
    Kind,
    KindOption,
    LkVersion,
    NoBaseline,
    OutputFile,
    Paths,
    Quiet,
    Region,
    Reports,
    Select,
    ServerVersion,
    Statistics,
    StdinFilename,
    TargetOption,
    UnsafeFixes,
    Verbose,
)
from lklint.cli.drawings import drawings
from lklint.cli.from_server import from_server
from lklint.cli.handing_off import handing_off
from lklint.cli.number.app import number
from lklint.cli.only_lk import only_lk
from lklint.cli.options import CheckOptions
from lklint.cli.setup.app import setup
from lklint.cli.sip.app import sip
from lklint.cli.tests import tests
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
    form: FormOption = None,
    kind: KindOption = None,
    output_format: FormatOption = None,
    output_file: OutputFile = None,
    report: Reports = None,
    fail_on: FailOn = None,
    stdin_filename: StdinFilename = None,
    agent: Agents = None,
    agent_source: AgentSources = None,
    target: TargetOption = None,
    server_version: ServerVersion = None,
    lk_version: LkVersion = None,
    default_region: Region = None,
    select: Select = None,
    extend_select: ExtendSelect = None,
    ignore: IgnoreOption = None,
    exclude: Exclude = None,
    extend_exclude: ExtendExclude = None,
    force_exclude: ForceExclude = False,
    config: Config = None,
    isolated: Isolated = False,
    no_baseline: NoBaseline = False,
    changed_since: ChangedSince = None,
    add_ignores: AddIgnores = None,
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
        reports=tuple(report or ()),
        fail_on=fail_on,
        stdin_filename=stdin_filename,
        agents=tuple(agent or ()),
        agent_sources=tuple(agent_source or ()),
        target=target,
        server_version=server_version,
        lk_version=lk_version,
        default_region=default_region,
        select=tuple(select or ()),
        extend_select=tuple(extend_select or ()),
        ignore=tuple(ignore or ()),
        exclude=tuple(exclude or ()),
        extend_exclude=tuple(extend_exclude or ()),
        force_exclude=force_exclude,
        config=config,
        isolated=isolated,
        no_baseline=no_baseline,
        changed_since=changed_since,
        add_ignores=add_ignores,
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
    form: FormOption = None,
    kind: KindOption = None,
    output_format: FormatOption = None,
    output_file: OutputFile = None,
    report: Reports = None,
    fail_on: FailOn = None,
    stdin_filename: StdinFilename = None,
    agent: Agents = None,
    agent_source: AgentSources = None,
    target: TargetOption = None,
    server_version: ServerVersion = None,
    lk_version: LkVersion = None,
    default_region: Region = None,
    select: Select = None,
    extend_select: ExtendSelect = None,
    ignore: IgnoreOption = None,
    exclude: Exclude = None,
    extend_exclude: ExtendExclude = None,
    force_exclude: ForceExclude = False,
    config: Config = None,
    isolated: Isolated = False,
    no_baseline: NoBaseline = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    statistics: Statistics = False,
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
        output_file=output_file,
        reports=tuple(report or ()),
        fail_on=fail_on,
        stdin_filename=stdin_filename,
        agents=tuple(agent or ()),
        agent_sources=tuple(agent_source or ()),
        target=target,
        server_version=server_version,
        lk_version=lk_version,
        default_region=default_region,
        select=tuple(select or ()),
        extend_select=tuple(extend_select or ()),
        ignore=tuple(ignore or ()),
        exclude=tuple(exclude or ()),
        extend_exclude=tuple(extend_exclude or ()),
        force_exclude=force_exclude,
        config=config,
        isolated=isolated,
        no_baseline=no_baseline,
        quiet=quiet,
        verbose=verbose,
        statistics=statistics,
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
    form: Annotated[Form, typer.Option(help="The form that the schema asks about.")] = "create",
    combined: Annotated[
        bool,
        typer.Option("--combined", help="One schema for files of any kind and form in one folder."),
    ] = False,
    output_dir: Annotated[
        str | None, typer.Option(help="Write all schemas into this directory instead.")
    ] = None,
) -> None:
    """Print the JSON Schema of a kind of file, for editors and other validators."""
    from lklint.cli.schema import run

    if combined and kind is not None:
        raise typer.BadParameter("it is for all kinds; leave the kind out", param_hint="--combined")
    sys.exit(run(kind, form, output_dir))


init = typer.Typer(
    name="init", help="Set up what works together with lklint.", no_args_is_help=True
)
app.add_typer(init)


@init.command()
def editor(
    folder: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FOLDER",
            help="A folder with LiveKit telephony only, whatever its files are called.",
        ),
    ] = None,
    form: Annotated[
        Form, typer.Option(help="Whether files are for `lk … create`, `lk … update`, or either.")
    ] = "create",
) -> None:
    """Tell VS Code which schema is for which files, and how other editors are told.

    To be run in the folder that the editor opens. Files called *inbound*trunk*.json and the like
    get the schema of their kind; with --folder, all others in it are told apart by their content.
    """
    from lklint.cli.ends import guarded
    from lklint.cli.init import editor as set_up

    sys.exit(guarded(lambda: set_up(tuple(folder or ()), form)))


baseline = typer.Typer(
    name="baseline",
    help="Findings that were there before lklint: accept them all, and look at what is new.",
    no_args_is_help=True,
)
app.add_typer(baseline)


@baseline.command()
def write(
    paths: Paths = None, config: Config = None, select: Select = None, ignore: IgnoreOption = None
) -> None:
    """Take everything that is found now into the baseline."""
    from lklint.cli.accepting import write_baseline
    from lklint.cli.ends import guarded

    options = CheckOptions(
        tuple(paths or ()), config=config, select=tuple(select or ()), ignore=tuple(ignore or ())
    )
    sys.exit(guarded(lambda: write_baseline(options)))


@baseline.command()
def prune(paths: Paths = None, config: Config = None) -> None:
    """Take out of the baseline what is no longer found."""
    from lklint.cli.accepting import prune_baseline
    from lklint.cli.ends import guarded

    options = CheckOptions(tuple(paths or ()), config=config)
    sys.exit(guarded(lambda: prune_baseline(options)))


@app.command(name="config")
def show_config(
    path: Annotated[str, typer.Argument(help="A file or a folder.")] = ".",
    config: Config = None,
    isolated: Isolated = False,
    output_format: Annotated[
        Literal["text", "json"], typer.Option(help="How it is printed.")
    ] = "text",
) -> None:
    """Show the configuration of a file, and where each value comes from."""
    from lklint.cli.configuration import show
    from lklint.cli.ends import guarded

    sys.exit(guarded(lambda: show(path, config, isolated, output_format)))


@app.command()
def sandbox(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any that is free.")] = 7880,
    host: Annotated[
        str, typer.Option(help="The address to listen on. Default: this machine only.")
    ] = "127.0.0.1",
    state: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Keep everything in a file, for the next start."),
    ] = None,
    key: Annotated[str, typer.Option(help="The API key.")] = "devkey",
    secret: Annotated[str, typer.Option(help="The API secret.")] = "secret",
    fault: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND[=SECONDS][:METHOD][:COUNT]",
            help="What is to go wrong, as in reset-after:CreateSIPInboundTrunk; also often.",
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No line for each request.")] = False,
) -> None:
    """Serve LiveKit's telephony API on this machine, to try things out. It calls nobody.

    It answers as a livekit-server does, and has phone numbers to give away. With the default port,
    key and secret, `lk --dev` finds it.
    """
    from lklint.cli.ends import guarded
    from lklint.cli.sandbox import SandboxOptions
    from lklint.cli.sandbox import sandbox as serve

    options = SandboxOptions(port, host, state, key, secret, tuple(fault or ()), quiet)
    sys.exit(guarded(lambda: serve(options)))


app.add_typer(drawings)
app.add_typer(handing_off)
app.add_typer(from_server)
app.add_typer(tests)
app.add_typer(sip)
app.add_typer(number)
app.add_typer(setup)
app.add_typer(only_lk)
