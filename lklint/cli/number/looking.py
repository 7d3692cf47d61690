"""`lklint number search`, `list` and `get`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lklint.cli.ends import CLEAN, UsageError
from lklint.cli.number.details import detail_lines, number_row
from lklint.cli.server.printing import as_json, table
from lklint.cli.server.talking import Remote
from lklint.protocol.messages import write, write_camel
from lklint.protocol.phone_numbers import STATUSES
from lklint.remote.phone_numbers import page_offset

_SEARCH_HEADERS = ("E164", "Country", "Area Code", "Type", "Locality", "Region", "Capabilities")
_LIST_HEADERS = ("ID", *_SEARCH_HEADERS, "Status", "SIP Dispatch Rules")


async def search(remote: Remote, country_code: str, area_code: str, limit: int, json: bool) -> int:
    """Print the numbers that can be bought."""
    async with remote.connect() as server:
        found = await server.numbers.search(country_code, area_code, limit)
    if json:
        print(as_json(write_camel(found)))
        return CLEAN
    print(table(_SEARCH_HEADERS, [number_row(write(one))[1:8] for one in found.items]))
    return CLEAN


async def list_numbers(
    remote: Remote,
    limit: int,
    offset: int,
    statuses: Sequence[str],
    dispatch_rule_id: str,
    json: bool,
) -> int:
    """Print a page of the project's numbers."""
    names = [status_name(word) for word in statuses]
    async with remote.connect() as server:
        page = await server.numbers.page(offset, limit, names, dispatch_rule_id)
    if json:
        print(as_json(write_camel(page)))
        return CLEAN
    for line in _page_lines(page, offset):
        print(line)
    print(table(_LIST_HEADERS, [number_row(write(one)) for one in page.items]))
    return CLEAN


async def get(remote: Remote, id: str, number: str, json: bool) -> int:
    """Print one number."""
    one_of(id, number)
    async with remote.connect() as server:
        found = await server.numbers.get(id, number)
    if json:
        print(as_json({"phoneNumber": write_camel(found)}))
        return CLEAN
    print("Phone Number Details:")
    for line in detail_lines(write(found)):
        print(line)
    return CLEAN


def status_name(word: str) -> str:
    """The status of a word, as in "active". Raises `UsageError` for one LiveKit does not have."""
    name = f"PHONE_NUMBER_STATUS_{word.upper()}"
    if name not in STATUSES[1:]:
        known = (status.removeprefix("PHONE_NUMBER_STATUS_").lower() for status in STATUSES[1:])
        raise UsageError(f"--status: {word} is none of {', '.join(known)}")
    return name


def one_of(id: str, number: str) -> None:
    """Raise `UsageError` unless one of the two is given, and not both."""
    if bool(id) == bool(number):
        raise UsageError("give --id or --number" + (", not both" if id else ""))


def _page_lines(page: Any, offset: int) -> list[str]:
    offline = f" ({page.offline_count} offline)" if page.offline_count else ""
    lines = [f"Total phone numbers: {page.total_count}{offline}"]
    if offset:
        lines.append(f"Showing results from offset {offset}")
    following = page_offset(page.next_page_token) if page.next_page_token.token else None
    if following is not None:
        lines.append(f"More results available. Use --offset {following} to see the next page.")
    return lines
