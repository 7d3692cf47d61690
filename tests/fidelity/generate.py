"""Documents of every kind with the mistakes people make, the same ones for the same seed.

`python -m tests.fidelity.generate --seed 1 --count 20` prints cases as JSON lines, which are also
questions to the oracle.
"""

from __future__ import annotations

import argparse
import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from .mistakes import TextMistake, some_mistake
from .structure import KINDS
from .tree import some_layout, written
from .valid import draft

FORMS = ("create", "update", "any")

TRIES = 20
"""How often to look for a mistake that a document has a place for."""


@dataclass(frozen=True, slots=True)
class Case:
    """A document, what is asked about it, and the mistakes that were made in it."""

    id: str
    kind: str
    form: str
    text: str | bytes
    mistakes: tuple[str, ...]

    def question(self) -> dict[str, object]:
        """The case as a line for the oracle, which passes over `mistakes`."""
        asked: dict[str, object] = {"id": self.id, "kind": self.kind, "form": self.form}
        try:
            data = self.text if isinstance(self.text, bytes) else self.text.encode()
            asked["text"] = data.decode()
        except UnicodeError:
            data = (
                self.text
                if isinstance(self.text, bytes)
                else self.text.encode("utf-8", "surrogatepass")
            )
            asked["text_b64"] = base64.b64encode(data).decode()
        return asked | {"mistakes": self.mistakes}


def cases(seed: int, count: int) -> Iterator[Case]:
    """So many cases; case n of a seed is always the same one."""
    for index in range(count):
        yield case(seed, index)


def case(seed: int, index: int) -> Case:
    """One case of a seed."""
    random = Random(f"{seed}:{index}")
    kind, form = random.choice(KINDS), random.choices(FORMS, (5, 3, 2))[0]
    made = draft(kind, form, random)
    names: list[str] = []
    later: list[TextMistake] = []
    wanted = random.choices((0, 1, 2, 3), (14, 60, 18, 8))[0]
    for _ in range(TRIES * wanted):
        if len(names) + len(later) == wanted:
            break
        mistake = some_mistake(random)
        if isinstance(mistake, TextMistake):
            later.append(mistake)
        elif mistake.make(made, random):
            names.append(mistake.name)
    text: str | bytes = written(made.root, some_layout(random))
    for mistake in later:
        changed = mistake.change(text, random) if isinstance(text, str) else None
        if changed is not None:
            text = changed
            names.append(mistake.name)
    return Case(f"{seed}:{index}", kind, form, text, tuple(names))


def main() -> None:
    """Print cases as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=20)
    arguments = parser.parse_args()
    for one in cases(arguments.seed, arguments.count):
        print(json.dumps(one.question(), ensure_ascii=False))


if __name__ == "__main__":
    main()
