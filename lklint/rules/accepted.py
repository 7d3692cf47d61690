"""Family 7: findings that somebody accepted, and that are no longer there."""

from collections.abc import Iterator
from typing import NamedTuple

from lklint.rules.found import Found, at_value
from lklint.rules.registry import rule
from lklint.settings import Settings


class StaleIgnore(NamedTuple):
    """An `[[ignores]]` entry that silences nothing: the rule, the file and the place it names.

    `unignorable` tells whether the rule is one that nothing may silence.
    """

    rule: str
    file: str
    pointer: str
    unignorable: bool = False


class StaleBaseline(NamedTuple):
    """How many entries of a baseline find nothing any more."""

    entries: int


@rule("LK790", "stale-ignore", "warning", "untidy", StaleIgnore)
def stale_ignore(stale: StaleIgnore, settings: Settings) -> Iterator[Found]:
    """An accepted finding that is no longer there.

    ## What it finds
    An `[[ignores]]` entry of the configuration that silences nothing in the files it names, or
    names a file that is gone.

    ## Why it matters
    The mistake was mended, or the file was moved. Left where it is, the entry will silence the next
    mistake at that place, which nobody has looked at.

    ## Example
    ```toml lklint.toml
    [[ignores]]
    file = "example.json"
    rule = "number-only-trunk"
    reason = "the PBX stands in our own network"
    ```
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["192.0.2.0/24"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["192.0.2.0/24"]}}
    ```

    ## Fix
    None: take the entry out.

    ## Evidence
    lklint itself: the entry was asked about every finding and matched none.
    """
    place = f" at {stale.pointer}" if stale.pointer not in ("", "/**") else ""
    why = f"{stale.rule} finds nothing{place} in {stale.file}"
    if stale.unignorable:
        why = f"{stale.rule} is unignorable"
    yield Found(
        at_value(""),
        f"nothing is accepted here any more: {why}",
        "Take the entry out.",
        "silences nothing",
    )


@rule("LK791", "stale-baseline", "info", "untidy", StaleBaseline)
def stale_baseline(stale: StaleBaseline, settings: Settings) -> Iterator[Found]:
    """A baseline with findings that are no longer there.

    ## What it finds
    Entries of the baseline that match no finding in the files that were checked, or whose file is
    gone.

    ## Why it matters
    Something was mended. The entry that is left over would silence the same mistake if it came
    back.

    ## Example
    ```json lklint-baseline.json
    {"version": 1, "findings": [
      {
        "file": "example.json",
        "pointer": "/trunk/numbers",
        "rule": "LK302",
        "value": "8eb1787e806f"
      }
    ]}
    ```
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["192.0.2.0/24"]}}
    ```

    ## Instead
    ```json inbound-trunk
    {"trunk": {"numbers": ["+442079460123"], "allowedAddresses": ["192.0.2.0/24"]}}
    ```

    ## Fix
    None: `lklint baseline prune` takes such entries out.

    ## Evidence
    lklint itself.
    """
    entries = "1 entry finds" if stale.entries == 1 else f"{stale.entries} entries find"
    yield Found(
        at_value(""),
        f"{entries} nothing any more",
        "Run `lklint baseline prune`.",
    )
