"""Reading the reports as those do whom they are for."""

from __future__ import annotations

import unicodedata
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token


class Command(NamedTuple):
    """A workflow command: its level, its properties, its message."""

    level: str
    properties: dict[str, str]
    message: str


def command(line: str) -> Command:
    """A line as GitHub's runner takes it apart (ActionCommand.cs in actions/runner)."""
    assert line.startswith("::")
    head, end, message = line[2:].partition("::")
    assert end
    level, _, rest = head.partition(" ")
    pairs = (pair.split("=", 1) for pair in rest.split(","))
    properties = {
        key: _plain(value.replace("%3A", ":").replace("%2C", ",")) for key, value in pairs
    }
    return Command(level, properties, _plain(message))


def _plain(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


class Cell(NamedTuple):
    """A cell of a Markdown table: what it shows, and where its links lead."""

    text: str
    links: tuple[str, ...]


def table(text: str) -> list[list[Cell]]:
    """The rows of the only table of a Markdown text, read as GitHub Flavored Markdown."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    rows: list[list[Cell]] = []
    kinds = []
    for token in parser.parse(text):
        kinds.append(token.type)
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows:
            rows[-1].append(_cell(token))
        elif token.type == "table_close":
            break
    assert "html_block" not in kinds
    return rows[1:]


def _cell(token: Token) -> Cell:
    children = token.children or []
    assert {child.type for child in children} <= {"text", "text_special", "link_open", "link_close"}
    links = [str(child.attrs["href"]) for child in children if child.type == "link_open"]
    return Cell("".join(child.content for child in children), tuple(links))


def gitlab_row(row: dict[str, Any]) -> None:
    """What GitLab's documentation asks of a row of a code quality report."""
    assert row.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
    assert row["severity"] in ("info", "minor", "major", "critical", "blocker")
    assert all(row[key] and isinstance(row[key], str) for key in row if key != "location")
    assert row["location"]["path"]
    assert 1 <= row["location"]["lines"]["begin"] <= row["location"]["lines"]["end"]


def hidden(text: str) -> set[str]:
    """The characters of a text that nobody sees, or that change how others are seen."""
    unseen = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    return {sign for sign in set(text) if sign != "\n" and unicodedata.category(sign) in unseen}
