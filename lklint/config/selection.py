"""From words to rules: codes (LK110), prefixes (LK1), names (flat-dispatch-rule), ALL."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lklint.config.finding import ConfigurationError
from lklint.rules.all_rules import all_rules, find_rule, meant_instead

EVERY = "ALL"
_EXACT = 9
"""How exact a code or a name is; a prefix is as exact as it is long."""


def codes_of(word: str, where: str) -> tuple[frozenset[str], int]:
    """The rules a word means, and how exact it is. Raises ConfigurationError for an unknown word.

    `where` names the place of the word, for the message.
    """
    if word.upper() == EVERY:
        return frozenset(all_rules()), 0
    rule = find_rule(word)
    if rule is not None:
        return frozenset((rule.code,)), _EXACT
    prefix = word.upper()
    below = frozenset(code for code in all_rules() if code.startswith(prefix))
    if not below or not prefix.startswith("LK"):
        raise ConfigurationError(f"{where}: there is no rule {word!r}{meant_instead(word)}")
    return below, len(prefix)


def codes_of_all(words: Iterable[str], where: str) -> frozenset[str]:
    """The rules that some words mean together."""
    return frozenset(code for word in words for code in codes_of(word, where)[0])


def speaking(
    select: Iterable[str] | None,
    extend: Iterable[str],
    ignore: Iterable[str],
    where: Callable[[str], str],
) -> frozenset[str]:
    """The rules that speak: what is selected more exactly than it is ignored.

    `where` names the place of a key, for the message about an unknown word.
    """
    selected = {code: 0 for code, rule in all_rules().items() if select is None and rule.default}
    _raise(selected, select or (), where("select"))
    _raise(selected, extend, where("extend-select"))
    ignored: dict[str, int] = {}
    _raise(ignored, ignore, where("ignore"))
    return frozenset(code for code, exact in selected.items() if exact > ignored.get(code, -1))


def _raise(exactness: dict[str, int], words: Iterable[str], where: str) -> None:
    for word in words:
        codes, exact = codes_of(word, where)
        for code in codes:
            exactness[code] = max(exact, exactness.get(code, 0))
