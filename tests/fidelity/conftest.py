"""The generated documents and LiveKit's verdict on each, worked out once for all tests."""

from __future__ import annotations

import os

import pytest

from .generate import Case, cases
from .oracle import Oracle, Verdict, built

DOCUMENTS = int(os.environ.get("LKLINT_FIDELITY_DOCUMENTS", "5000"))
SEED = int(os.environ.get("LKLINT_FIDELITY_SEED", "1"))


@pytest.fixture(scope="session")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> Oracle:
    """LiveKit's library."""
    return Oracle(built(tmp_path_factory.mktemp("oracle")))


@pytest.fixture(scope="session")
def judged(oracle: Oracle) -> list[tuple[Case, Verdict]]:
    """Every document of this run with LiveKit's verdict."""
    made = list(cases(SEED, DOCUMENTS))
    return list(zip(made, oracle.verdicts(made), strict=True))
