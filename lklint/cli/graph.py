"""`lklint graph`: where all calls go."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import NamedTuple

from lklint.cli.ends import CLEAN, FAILED, UsageError, say
from lklint.cli.output import colour_wanted
from lklint.cli.workspace import LoadedWorkspace, WorkspaceOptions
from lklint.drawing.chart import chart
from lklint.drawing.graph_text import render as tree
from lklint.drawing.graph_text import verdict
from lklint.drawing.network import Network, network
from lklint.workspace.filling import filled


class GraphOptions(NamedTuple):
    """What is drawn, as what, and where to. `file` is None for standard output."""

    format: str = "tree"
    file: str | None = None
    numbers: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    verbose: bool = False


def run(options: GraphOptions, wanted: WorkspaceOptions) -> int:
    """Draw the environments; returns the exit code."""
    loaded = LoadedWorkspace(wanted)
    loaded.tell_left_out()
    named = (loaded.named(wanted.environment),) if wanted.environment else loaded.environments
    networks = []
    for environment in map(filled, named):
        if environment.inbound_trunks or environment.dispatch_rules:
            whole = network(
                environment, loaded.server_version(environment), loaded.is_cloud(environment)
            )
            networks.append(whole.only(options.numbers, options.rules))
    if not networks:
        raise UsageError("no inbound trunk and no dispatch rule: there is nothing to draw")
    lines = _lines(networks, loaded, options)
    if options.file is None:
        for line in lines:
            print(line)
    else:
        with open(options.file, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)
        say(f"written: {options.file}")
    return FAILED if loaded.failed else CLEAN


def _lines(
    networks: list[Network], loaded: LoadedWorkspace, options: GraphOptions
) -> Iterator[str]:
    if options.format == "tree":
        colour = options.file is None and colour_wanted(sys.stdout)
        for place, drawn in enumerate(networks):
            if place:
                yield ""
            yield from tree(drawn, loaded.line, colour, options.verbose)
        return
    charts = [chart(drawn, options.verbose) for drawn in networks]
    if options.format == "mermaid":
        from lklint.drawing import graph_mermaid

        yield from graph_mermaid.render(charts)
    elif options.format == "dot":
        from lklint.drawing import graph_dot

        yield from graph_dot.render(charts)
    else:
        from lklint.drawing import graph_svg

        yield graph_svg.render(charts, list(map(verdict, networks))).rstrip("\n")
