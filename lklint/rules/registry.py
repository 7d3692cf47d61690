"""What a rule is, and where all rules are known."""

from collections.abc import Callable, Iterable
from typing import Any, Literal, NamedTuple, TypeVar

from lklint.findings import Effect, Severity
from lklint.rules.found import Found
from lklint.settings import Settings

SeverityName = Literal["error", "warning", "info"]
EffectName = Literal["rejected", "dead", "insecure", "risky", "untidy"]
Check = Callable[[Any, Settings], Iterable[Found]]
AnyCheck = TypeVar("AnyCheck", bound=Check)


class Rule(NamedTuple):
    """A rule: what it is called, how it speaks, and the function that looks.

    `subjects` are the types the function takes as its first argument. `default` is False for a rule
    that is off until it is asked for. `replaces` is the code of a rule that need not speak where
    this one, about a whole environment, says more of the same place.
    """

    code: str
    name: str
    severity: Severity
    effect: Effect
    subjects: tuple[type, ...]
    check: Check
    default: bool = True
    replaces: str = ""

    @property
    def documentation(self) -> str:
        """The page of the rule, Markdown with fixed headings (see `pages`)."""
        return self.check.__doc__ or ""

    @property
    def summary(self) -> str:
        """The first line of the page."""
        return self.documentation.strip().partition("\n")[0].strip()


RULES: dict[str, Rule] = {}
"""Every rule by its code. Filled by the families; see `all_rules`."""


def rule(
    code: str,
    name: str,
    severity: SeverityName,
    effect: EffectName,
    *subjects: type,
    default: bool = True,
    replaces: str = "",
) -> Callable[[AnyCheck], AnyCheck]:
    """Register a function as a rule about `subjects`."""

    def register(check: AnyCheck) -> AnyCheck:
        if code in RULES:
            raise ValueError(f"two rules have the code {code}")
        RULES[code] = Rule(
            code, name, Severity(severity), Effect(effect), subjects, check, default, replaces
        )
        return check

    return register
