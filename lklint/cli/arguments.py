"""The arguments and options of the commands, with their help."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

Form = Literal["create", "update", "any"]
Kind = Literal[
    "inbound-trunk", "outbound-trunk", "dispatch-rule", "sip-participant",
    "call-expectations", "phone-numbers",
]  # fmt: skip
OutputFormat = Literal["text", "concise", "json", "github", "sarif", "gitlab", "junit", "markdown"]
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
    Form | None,
    typer.Option(
        help="Would `lk … create`, `lk … update`, or either take the file? Default: create.",
        show_default=False,
    ),
]
KindOption = Annotated[Kind | None, typer.Option(help="What the files are, instead of guessing.")]
FormatOption = Annotated[
    OutputFormat | None,
    typer.Option(help="How findings are printed. Default: text.", show_default=False),
]
OutputFile = Annotated[
    str | None, typer.Option("--output-file", "-o", help="Write the report to a file.")
]
Reports = Annotated[
    list[str] | None,
    typer.Option(
        "--report",
        metavar="FORMAT[:FILE]",
        help="Write a report as well; may be given often. Without a file, to standard output.",
    ),
]
FailOn = Annotated[
    SeverityName | None,
    typer.Option(
        help="Exit with 1 for findings of this severity or worse. Default: error.",
        show_default=False,
    ),
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
ServerVersion = Annotated[
    str | None,
    typer.Option(help="Version of the livekit-server that gets the files. Default: the newest."),
]
LkVersion = Annotated[
    str | None, typer.Option(help="Version of the `lk` that sends them. Default: the newest.")
]
Region = Annotated[
    str | None,
    typer.Option("--default-region", help="Country of numbers without country code, as in US."),
]
Select = Annotated[
    list[str] | None,
    typer.Option(help="Only these rules: codes, prefixes, names, ALL; with commas, or often."),
]
ExtendSelect = Annotated[
    list[str] | None, typer.Option(help="These rules too, such as some that are off by default.")
]
IgnoreOption = Annotated[list[str] | None, typer.Option(help="Not these rules.")]
Exclude = Annotated[
    list[str] | None, typer.Option(help="Globs that are never searched, instead of the usual.")
]
ExtendExclude = Annotated[list[str] | None, typer.Option(help="More that is never searched.")]
ForceExclude = Annotated[
    bool, typer.Option("--force-exclude", help="Leave out excluded files also where named.")
]
Config = Annotated[
    str | None, typer.Option(help="This configuration for all files, instead of the nearest.")
]
Isolated = Annotated[bool, typer.Option("--isolated", help="No configuration and no baseline.")]
NoBaseline = Annotated[
    bool, typer.Option("--no-baseline", help="Tell what the baseline holds, too.")
]
ChangedSince = Annotated[
    str | None,
    typer.Option(metavar="REF", help="Tell only what stands where git says it was touched."),
]
AddIgnores = Annotated[
    str | None,
    typer.Option(metavar="REASON", help="Accept what is found: write it into the configuration."),
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
