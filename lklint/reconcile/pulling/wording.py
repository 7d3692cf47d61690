"""Names that may stand in files where a server has ids: they must mean that one thing only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from lklint.reconcile.pulling.secrets import plain_text
from lklint.telephony.lookalikes import plain
from lklint.telephony.placeholders import find_placeholder
from lklint.telephony.secrets import passwords_inside
from lklint.telephony.trunk_ids import classify_trunk_id


def trunk_names(names: Mapping[str, str], others: Iterable[str]) -> dict[str, str]:
    """The inbound trunks that a rule may name: names by id. `others` are names of other trunks.

    What the rules about such names (LK127, LK131, LK421) would find is left out.
    """
    return {
        id: name
        for id, name in _unique(names, others)
        if classify_trunk_id(name) == "name"
        and find_placeholder(name, machine=True) is None
        and plain(name) is None
    }


def rule_names(names: Mapping[str, str], others: Iterable[str]) -> dict[str, str]:
    """The dispatch rules that a phone number may name: names by id."""
    return {id: name for id, name in _unique(names, others) if name not in names}


def _unique(names: Mapping[str, str], others: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The names that one thing alone has, and that a file says as they are.

    What ends like a file is left out: what has no id yet goes by the place of its file.
    """
    often = Counter((*names.values(), *others))
    for id, name in names.items():
        as_it_is = plain_text(name) == name and not any(passwords_inside(name))
        if name and often[name] == 1 and as_it_is and not name.lower().endswith(".json"):
            yield id, name
