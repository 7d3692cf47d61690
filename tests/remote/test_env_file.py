"""Files of variables: what is written into one is read from it again."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as some

from lklint.remote.env_file import add_to_env_file, read_env_file

values = some.text(some.characters(codec="utf-8"))


@given(some.dictionaries(some.from_regex(r"[A-Z_][A-Z0-9_]*", fullmatch=True), values))
def test_what_is_written_is_read_again(variables: dict[str, str]) -> None:
    with TemporaryDirectory() as folder:
        path = f"{folder}/some.env"
        left = add_to_env_file(path, variables)
        written = {name: value for name, value in variables.items() if name not in left}
        assert read_env_file(path) == written
        assert all(len(f"{variables[name]}.".splitlines()) > 1 for name in left)


def test_what_is_there_stays_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "some.env"
    path.write_text("A=1")
    path.chmod(0o644)
    assert add_to_env_file(str(path), {"B": "it's", "A": "2\n"}) == ()
    assert path.read_text() == 'A=1\nB="it\'s"\nA="2\\n"\n'
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_env_file(str(path)) == {"A": "2\n", "B": "it's"}
