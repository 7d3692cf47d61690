"""Mistakes in the text itself: what is no JSON, and what only looks like none."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

Change = Callable[[str, Random], "str | bytes | None"]

TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


@dataclass(frozen=True, slots=True)
class TextMistake:
    """A named change of the text; None when there is no place for it."""

    name: str
    change: Change
    share: int = 1


COMMENTS = (
    "// note\n", "/* note */", "# note\n", "//", "/*", "<!-- note -->", "-- note\n", "; ",
)  # fmt: skip

BYTES = (
    b"\xe9", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x98",
    b"\xc3\xa9", b"\xef\xbf\xbd", b"\x80", b"\xf0\x9f\x98\x80",
)  # fmt: skip

ENDS = (
    "x", "{}", ",", "]", "}", "\n{\"a\":1}", "\x00", "// end", "null", "\u00a0", ";", "\ufeff",
)  # fmt: skip

BLANKS = (
    "\u00a0", "\x0c", "\x0b", "\u2028", "\u200b", "\x85", "\u3000", "\x00", "\ufeff", "\x1c",
)  # fmt: skip

QUOTES = (
    ("'", "'"), ("\u201c", "\u201d"), ("`", "`"), ("'", '"'), ('"', "'"), ("\u00ab", "\u00bb"),
    ('""', '""'), ('"""', '"""'), ("\\\"", "\\\""), ("\u2018", "\u2019"),
)  # fmt: skip

CONTROLS = (
    "\n", "\t", "\r", "\x00", "\x1f", "\x08", "\x0c", "\r\n",
)  # fmt: skip

ODD = (
    "\x7f", "\x80", "\u2028", "\ufeff", "\uffff", "\u00ad", "\U0010ffff", "/", "'",
)  # fmt: skip

ESCAPES = (
    "\\n", "\\/", "\\b\\f\\r\\t", "\\\\", '\\"', "\\u0000", "\\u00e9", "\\uFFFF",
    "\\ud83d\\ude00", "\\uD83D\\uDE00", "\\ufffd", "\\udbff\\udfff",
)  # fmt: skip

BAD_ESCAPES = (
    "\\x41", "\\'", "\\a", "\\0", "\\v", "\\U0001F600", "\\u12g4", "\\u12", "\\u", "\\ ", "\\N",
    "\\u+041", "\\u 041", "\\\n", "\\é", "\\u00_1", "\\e[0m", "\\d",
)  # fmt: skip

SURROGATES = (
    "\\ud83d", "\\ude00", "\\ude00\\ud83d", "\\ud83dx", "\\ud83d\\n", "\\ud83d\\u0041",
    "\\ud83d\\ud83d", "\\uDBFF", "\\ud83d\\ufffd", "\\ud83d ude00",
)  # fmt: skip

NO_WORDS = (
    "True", "None", "undefined", "NULL", "False", "nil", "yes", "nulls", "truefalse", "null_",
    "NaN", "-Infinity", "tru", "${VALUE}", "<value>", "...", "…", "{{ value }}", "@ @", "@.@",
)  # fmt: skip

NO_NUMBERS = (
    "0x10", "010", "+5", ".5", "5.", "1e", "1e+", "-", "1e5e5", "0.", "-0x1", "1__0", "12a",
    "1e.5", "-01", "00", "0e", "8e", "1.5e", "1E-",
)  # fmt: skip

NO_DOCUMENTS = (
    "", " ", "\n", "[]", "null", '"x"', "1", "true", "[{}]", "{", "}", "[", '"', "\\", "nul",
    "-", "{}{}", "{},", ",", ":", "\x00", "\ufeff", "\ufeff{}", "[null]", "{}", " {}\n",
    "{\"\":1}", "/", "trunk: {}", "name = 'x'", "<trunk/>", "---\ntrunk:\n",
)  # fmt: skip


def _places(text: str, pattern: str) -> list[re.Match[str]]:
    """The tokens that look like this."""
    return [token for token in TOKENS.finditer(text) if re.fullmatch(pattern, token[0], re.DOTALL)]


def _at(text: str, random: Random, pattern: str, new: Callable[[str], str]) -> str | None:
    """Put something else in the place of one token."""
    places = _places(text, pattern)
    if not places:
        return None
    token = random.choice(places)
    return text[: token.start()] + new(token[0]) + text[token.end() :]


def _replaced(pattern: str, *choices: str) -> Change:
    """One token replaced; `@` stands for the token itself."""
    return lambda text, random: _at(
        text, random, pattern, lambda old: random.choice(choices).replace("@", old)
    )


def _between(*choices: str) -> Change:
    """Something put before or after a token."""

    def change(text: str, random: Random) -> str:
        edges = [0, len(text)] + [edge for token in TOKENS.finditer(text) for edge in token.span()]
        at = random.choice(edges)
        return text[:at] + random.choice(choices) + text[at:]

    return change


def _in_string(*choices: str) -> Change:
    """Something put into a string or a key."""

    def change(text: str, random: Random) -> str | None:
        def put(old: str) -> str:
            parts = re.findall(r"\\u[0-9a-fA-F]{4}|\\.|[^\\]", old[1:-1], re.DOTALL)
            parts.insert(random.randint(0, len(parts)), random.choice(choices))
            return '"' + "".join(parts) + '"'

        return _at(text, random, r'".*"', put)

    return change


def _in_quotes(*quotes: tuple[str, str]) -> Change:
    def change(text: str, random: Random) -> str | None:
        opening, closing = random.choice(quotes)
        return _at(text, random, r'".*"', lambda old: opening + old[1:-1] + closing)

    return change


def _cut_off(text: str, random: Random) -> str:
    return text[: random.randint(0, max(0, len(text) - 1))]


def _lost_character(text: str, random: Random) -> str | None:
    if not text:
        return None
    at = random.randrange(len(text))
    return text[:at] + text[at + 1 :]


def _typed_character(text: str, random: Random) -> str:
    at = random.randint(0, len(text))
    return text[:at] + random.choice('{}[]:,"\\0a-. \n/') + text[at:]


def _two_swapped(text: str, random: Random) -> str | None:
    if len(text) < 2:
        return None
    at = random.randrange(len(text) - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _no_quotes(text: str, random: Random) -> str | None:
    return _at(text, random, r'".*"', lambda old: old[1:-1])


def _single_quotes_everywhere(text: str, random: Random) -> str:
    return text.replace('"', "'")


def _whole(*choices: str) -> Change:
    return lambda text, random: random.choice(choices)


def _after(*choices: str) -> Change:
    return lambda text, random: text + random.choice(choices)


def _bytes_in_string(*choices: bytes) -> Change:
    def change(text: str, random: Random) -> bytes | None:
        marked = _in_string("\ue000")(text, random)
        if marked is None:
            return None
        assert isinstance(marked, str)
        return _encoded(marked).replace("\ue000".encode(), random.choice(choices))

    return change


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _deep(text: str, random: Random) -> str | None:
    """Brackets in brackets where one value was."""
    depth = random.choice((2, 64, 500, 9990, 10001, 30000))
    opening, closing = random.choice(
        (("[", "]"), ('{"a":', "}"), ('{"trunk":', "}"), ("[{}, ", "]"))
    )
    middle = random.choice(("1", "null", "", "{}"))
    end = closing * depth if random.random() < 0.8 else ""
    return _at(
        text, random, r'".*"|\d+|true|false|null', lambda old: opening * depth + middle + end
    )


def _other_encoding(text: str, random: Random) -> bytes:
    return text.encode(
        random.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32")), "surrogatepass"
    )


def _number(*choices: str) -> Change:
    """A word where a value was."""
    return _replaced(r'".*"|-?\d.*|true|false|null', *choices)


MISTAKES: tuple[TextMistake, ...] = (
    TextMistake("trailing-comma", _replaced(r"[}\]]", ",@", ", @", ",\n@", ",,@")),
    TextMistake("leading-comma", _replaced(r"[{\[]", "@,", "@ , ")),
    TextMistake("double-comma", _replaced(",", ",,", ", ,")),
    TextMistake("missing-comma", _replaced(",", "", " ", ";", ".")),
    TextMistake("missing-colon", _replaced(":", "", " ", "=", "=>", "::", ":=", ";", ",")),
    TextMistake("comment", _between(*COMMENTS)),
    TextMistake("byte-order-mark", lambda text, random: "\ufeff" + text),
    TextMistake("other-encoding", _other_encoding),
    TextMistake("byte-in-string", _bytes_in_string(*BYTES)),
    TextMistake(
        "byte-between",
        lambda text, random: (
            _encoded(text) + random.choice((b"\xff", b"\xc3\xa9", b"\x00", b"\xa0"))
        ),
    ),
    TextMistake("cut-off", _cut_off),
    TextMistake("lost-character", _lost_character),
    TextMistake("typed-character", _typed_character),
    TextMistake("swapped-characters", _two_swapped),
    TextMistake("text-after-end", _after(*ENDS)),
    TextMistake("blanks-after-end", _after("\n", "\r\n\r\n", " \t", "\r", "\n" * 50)),
    TextMistake(
        "blanks-before", lambda text, random: random.choice((" ", "\n\n", "\t", "\r\n")) + text
    ),
    TextMistake("strange-blank", _between(*BLANKS)),
    TextMistake("blank", _between(" ", "\n", "\r", "\t", "\r\n", " \n \t ")),
    TextMistake("quotes", _in_quotes(*QUOTES)),
    TextMistake("single-quotes-everywhere", _single_quotes_everywhere),
    TextMistake("no-quotes", _no_quotes),
    TextMistake("raw-control-character", _in_string(*CONTROLS)),
    TextMistake("odd-character", _in_string(*ODD)),
    TextMistake("escape", _in_string(*ESCAPES)),
    TextMistake("bad-escape", _in_string(*BAD_ESCAPES)),
    TextMistake("lone-surrogate", _in_string(*SURROGATES)),
    TextMistake("missing-bracket", _replaced(r"[{}\[\]]", "", " ")),
    TextMistake("wrong-bracket", _replaced(r"[{}\[\]]", "}", "]", "{", "[", "(", ")")),
    TextMistake("extra-bracket", _between("}", "]", "{", "[", "{}", "[]")),
    TextMistake("no-json-word", _number(*NO_WORDS)),
    TextMistake("no-json-number", _number(*NO_NUMBERS)),
    TextMistake("no-document", _whole(*NO_DOCUMENTS)),
    TextMistake("deep-nesting", _deep),
    TextMistake(
        "repeated-document", lambda text, random: text + random.choice(("", "\n", ",", " ")) + text
    ),
)
