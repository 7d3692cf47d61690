"""What came of the calls that are expected of some environments."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Literal, NamedTuple

from lklint.rules.expectations import told
from lklint.rules.found import Found
from lklint.telephony.routing.versions import Version
from lklint.workspace.environment import Environment
from lklint.workspace.trials import Trial, trials

Verdict = Literal["passed", "failed", "untold"]
"""What came of a call: it went as expected; it did not; or nobody can tell from the files."""


class Result(NamedTuple):
    """A call that was tried. `found` is what is to be said where it did not pass."""

    trial: Trial
    environment: Environment
    verdict: Verdict
    found: Found | None = None

    @property
    def title(self) -> str:
        """What people call it."""
        return self.trial.expectation.title


def results(
    environments: Iterable[Environment],
    version_of: Callable[[Environment], Version | None],
    wanted: Callable[[str], bool],
) -> Iterator[Result]:
    """Every call of the wanted files, in the order of the files."""
    for environment in environments:
        for trial in trials(environment, version_of(environment)):
            if wanted(trial.file):
                yield _result(trial, environment)


def _result(trial: Trial, environment: Environment) -> Result:
    if not (trial.unmet or trial.untold):
        return Result(trial, environment, "passed")
    verdict: Verdict = "untold" if trial.untold else "failed"
    return Result(trial, environment, verdict, told(trial, environment))


def count(found: Collection[Result], verdict: Verdict) -> int:
    """How many came out so."""
    return sum(result.verdict == verdict for result in found)
