"""Phone numbers as LiveKit reads them, and what can be wrong with one.

`normalize_number`, `matches` and `allows` are LiveKit's own comparison (livekit/protocol,
livekit/sip.go `NormalizeNumber`, sip/sip.go `matchNumbers`): trunks normalise both sides, dispatch
rules compare the raw text. Whether a number exists is the word of Google's libphonenumber, through
`phonenumbers`, which is imported only when a number needs it.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Literal, NamedTuple
from urllib.parse import unquote

from lklint.patterns import Pattern
from lklint.telephony.lookalikes import first_lookalike, plain
from lklint.telephony.placeholders import find_placeholder, is_example_number

NumberFault = Literal[
    "fine", "name", "empty", "placeholder", "lookalike", "uri", "pattern", "unmatchable", "example",
    "national", "invalid", "formatted",
]  # fmt: skip


class NumberVerdict(NamedTuple):
    """The one thing that is wrong with a number of an inbound trunk.

    - fine: E.164 with its `+`, the short extension of a PBX, or a code such as `*97`;
    - name: letters, which match a call to exactly that SIP user, capitals and all;
    - empty: nothing, or nothing but blanks;
    - placeholder, lookalike: see those modules;
    - uri: a SIP or tel address instead of its user part;
    - pattern: `*`, a regular expression, a range, or only the beginning of numbers;
    - unmatchable: LiveKit cannot normalise it, or leaves zeros in front that hardly any call has;
    - example: kept for documentation (555-01xx and such);
    - national: without its country code, which matches calls that lack it too;
    - invalid: with a country code, and no number there is;
    - formatted: right, but not plain E.164.

    `suggestions` is what to write instead, one number or several; `sure` is False where it rests on
    a guess of the country. `why` completes "…, because": "it has dots".
    """

    fault: NumberFault
    suggestions: tuple[str, ...] = ()
    why: str = ""
    sure: bool = True


_NUMBER = Pattern(r"\+?[0-9\- ()]+")
_FORMATTING = str.maketrans("", "", " -()")


def normalize_number(number: str) -> str:
    """LiveKit's `NormalizeNumber`: `+1 (555) 0100` gives `+15550100`, `15550100` the same.

    A text with anything but one leading `+`, ASCII digits, blanks, `-`, `(` and `)` comes back as
    it is.
    """
    if not _NUMBER.fullmatch(number):
        return number
    stripped = number.translate(_FORMATTING)
    return stripped if stripped.startswith("+") else f"+{stripped}"


def has_formatting(number: str) -> bool:
    """Whether LiveKit would take blanks, `-`, `(` or `)` out of a number."""
    return number not in (normalize_number(number), normalize_number(number)[1:])


def matches(number: str, listed: str) -> bool:
    """Whether a trunk takes two numbers for the same."""
    return number == listed or normalize_number(number) == normalize_number(listed)


def allows(allowed: Collection[str], number: str) -> bool:
    """Whether a list of a trunk lets a number through, as an empty one does (`matchNumbers`)."""
    return not allowed or any(matches(number, entry) for entry in allowed)


@lru_cache(maxsize=20_000)
def classify(number: str, region: str | None = None) -> NumberVerdict:
    """What is wrong with a number in a trunk's `numbers` or `allowed_numbers`.

    `region` is the country (ISO 3166-1 alpha-2) whose national numbers are meant.
    """
    if not number.strip():
        return NumberVerdict("empty")
    if find_placeholder(number, machine=True) is not None:
        return NumberVerdict("placeholder")
    read = plain(number)
    if read is not None:
        mended = normalize_number(read.strip())
        return NumberVerdict("lookalike", (mended,), f"it has {first_lookalike(number)}")
    if _URI.match(number) or "@" in number:
        return _uri(number, region)
    if not _NUMBER.fullmatch(number):
        return _not_a_number(number, region)
    return _number(number, normalize_number(number), region)


_ANY = frozenset(("*", "+*", ".*", "any", "all"))


def means_any(number: str) -> bool:
    """Whether an entry of a list is meant for every number. LiveKit has no word for that."""
    return number.strip().lower() in _ANY


def can_be_sent(number: str) -> bool:
    """Whether a call can have a number exactly as it is written: digits, plus or no plus, a user's
    name, a code such as `*97`.

    Rules compare letter by letter, and seen on real calls no other form gets there.
    """
    if normalize_number(number).lstrip("+") == number.lstrip("+") and number.strip("+").isdecimal():
        return True
    return not has_formatting(number) and classify(number).fault in ("fine", "name")


_URI = Pattern(r"\s*(?:[\"'][^\"']*[\"']\s*)?<?\s*(?:sips?|tel|[a-z]+(?=://)):", re.IGNORECASE)
_USER = Pattern(r"<?\s*(?:(?:sips?|tel):)?(?://)?(?P<user>[^@;?>\s]+)", re.IGNORECASE)


def _uri(number: str, region: str | None) -> NumberVerdict:
    """The user part is what LiveKit compares (RFC 3261, section 19.1.1: `sip:user@host`)."""
    match = _USER.search(number[_display_name(number) :])
    user = unquote(match["user"]).partition(":")[0] if match is not None else ""
    if "@" not in number and not re.match(r"\+?[0-9]", user):
        return NumberVerdict("uri")  # `sip:pbx.example.com` names a host and no user
    if _SIP_USER.fullmatch(user) and not _NUMBER.fullmatch(user):
        return NumberVerdict("uri", (user,))
    suggestions, sure = _mended(user, region)
    return NumberVerdict("uri", suggestions, sure=sure)


def _display_name(number: str) -> int:
    """Where the address begins behind a display name (`"Alice" <sip:…>`)."""
    return max(number.find("<"), 0)


_PATTERN = Pattern(r".*[*?^$|\\\[\]{}].*|any|all", re.DOTALL | re.IGNORECASE)
_COUNTRY_CODE = Pattern(r"\+[0-9]{1,3}")
_RANGE = Pattern(r"\+?([0-9]{7,}) ?(?:-|\.\.|to) ?\+?([0-9]{7,})")
_FEATURE_CODE = Pattern(r"[*#]{1,2}[0-9]{2,4}#?")
"""`*97`: what a telephone sends for a function of its PBX, and LiveKit compares as text."""

_SIP_USER = Pattern(r"[A-Za-z_][A-Za-z0-9_.!~'&=+$,;/-]*|[0-9]{1,6}[A-Za-z_-][A-Za-z0-9_.-]*")
"""A user name (RFC 3261, section 25.1, `user`). One that begins like a phone number is none."""

_EXTENSION = Pattern(r"\s*(?:;|,?\s*(?:ext|x)\.?\s*[0-9]).*", re.IGNORECASE | re.DOTALL)


def _not_a_number(number: str, region: str | None) -> NumberVerdict:
    """A text that LiveKit leaves as it is, and matches only as it is."""
    parts = [part.strip() for part in re.split(r"[,;|\n]|\bor\b", number) if part.strip()]
    if len(parts) > 1 and all(_NUMBER.fullmatch(part) and len(part) > 6 for part in parts):
        return NumberVerdict("unmatchable", tuple(parts), "it is several numbers in one text")
    if _FEATURE_CODE.fullmatch(number):
        return NumberVerdict("fine")
    if _PATTERN.fullmatch(number):
        return NumberVerdict("pattern")
    if _is_range(number):
        return NumberVerdict("pattern", (), "it is a range")
    if _SIP_USER.fullmatch(number) and not _vanity(number):
        return NumberVerdict("name")
    suggestions, sure = _mended(number, region)
    return NumberVerdict("unmatchable", suggestions, _what_it_has(number), sure)


def _is_range(number: str) -> bool:
    match = _RANGE.fullmatch(number)
    return match is not None and len(match[1]) == len(match[2])


def _vanity(number: str) -> bool:
    """Whether a text is a number with letters for digits (`1-800-FLOWERS`)."""
    return re.match(r"[0-9]{1,4}[ .-][0-9]{3}[ .-]", number) is not None


def _mended(number: str, region: str | None) -> tuple[tuple[str, ...], bool]:
    """The number that an unreadable text means, or none, and whether the country is known."""
    text = _EXTENSION.sub("", unquote(number).strip(" \t\r\n<>'\""))
    if any(mark.isalpha() for mark in text):
        found = _e164(text, region)
        return (found,) if found else (), True
    plainly = f"+{digits(text)}" if text.startswith("+") else digits(text)
    if not digits(text) or (not _NUMBER.fullmatch(text) and len(plainly) <= LONGEST_EXTENSION):
        return (), True  # `1.2.3.4` is no extension
    verdict = _number(plainly, normalize_number(plainly), region)
    return (plainly,) if verdict.fault == "fine" else verdict.suggestions, verdict.sure


def _what_it_has(number: str) -> str:
    """The first thing LiveKit does not take for part of a number, in words."""
    if not number.isascii():
        return "it has characters that are no part of a number"
    if number.lstrip(" ").startswith("+") and number.startswith(" "):
        return "a blank stands before its +"
    if number.count("+") > 1:
        return 'it has a second "+"'
    for mark, word in _MARKS:
        if mark in number:
            return f"it has {word}"
    if any(mark.isalpha() for mark in number):
        return "it has letters among its digits" if digits(number) else "it has blanks"
    return "it has characters that are no part of a number"


_MARKS = (
    (".", "dots"), ("/", "a slash"), ("\t", "a tab"), ("\n", "a line break"),
    ("\r", "a line break"), (";", "a parameter"), (",", "a comma"), (":", "a colon"),
    ("%", "a %"), ("#", 'a "#"'), ("_", "underscores"),
)  # fmt: skip

MOST_DIGITS = 15
"""The digits of the longest number there is (ITU-T E.164, section 6.2.1)."""

LONGEST_EXTENSION = 6
"""Digits that a number without a country code may have and still be an extension of a PBX."""


def _number(number: str, normalized: str, region: str | None) -> NumberVerdict:
    """A text that LiveKit normalises."""
    count = len(normalized) - 1
    international = number.lstrip(" -()").startswith("+")
    if count == 0:
        return NumberVerdict("empty")
    if is_example_number(normalized):
        return NumberVerdict("example", (normalized,))
    if international and _COUNTRY_CODE.fullmatch(normalized):
        return NumberVerdict("pattern", (), "it is only the beginning of numbers")
    if _is_range(number):
        return NumberVerdict("pattern", (), "it is a range")
    if normalized.startswith("+00"):
        after = normalized[3:]
        return NumberVerdict("unmatchable", (f"+{after}",) if after else (), 'it begins with "00"')
    if not international and count <= LONGEST_EXTENSION:
        return _formatted(number, digits(number))
    if international and normalized.startswith("+0"):
        why = 'a "0" follows its +, and no country code begins with 0'
        return NumberVerdict("unmatchable", _national(normalized[1:], region)[0], why)
    found = _e164(normalized, None)
    if found == normalized:
        american = None if international else _north_american(number)
        if american is not None and region in ("US", "CA"):
            return NumberVerdict("national", (american,))
        if american is not None and region is None:
            return NumberVerdict("formatted", (found, american), sure=False)
        return _formatted(number, found)
    if not international and count <= MOST_DIGITS:
        suggestions, sure = _national(number, region)
        return NumberVerdict("national", suggestions, sure=sure)
    return NumberVerdict("invalid", (found,) if found else (), _why_invalid(normalized, found))


def _formatted(number: str, plainly: str) -> NumberVerdict:
    return NumberVerdict("fine") if number == plainly else NumberVerdict("formatted", (plainly,))


def digits(number: str) -> str:
    """The ASCII digits of a text."""
    return "".join(mark for mark in number if mark in "0123456789")


_NORTH_AMERICAN = Pattern(r"[2-9][0-9]{2}[2-9][0-9]{6}")


def _north_american(number: str) -> str | None:
    """Ten digits as the North American number that they may be: 323 … is Los Angeles or Antwerp."""
    ten = _NORTH_AMERICAN.fullmatch(digits(number))
    return _e164(f"+1{ten[0]}", None) if ten is not None else None


def _national(number: str, region: str | None) -> tuple[tuple[str, ...], bool]:
    """A national number with its country code, and whether the country is known."""
    if region is not None:
        found = _e164(number, region)
        if found is None and is_example_number(f"+1{digits(number)}") and region in ("US", "CA"):
            found = f"+1{digits(number)}"
        return (found,) if found else (), True
    if _NORTH_AMERICAN.fullmatch(digits(number)):
        return (f"+1{digits(number)}",), False
    return (), False


def _e164(number: str, region: str | None) -> str | None:
    """The number in E.164, or None where libphonenumber knows no such number."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _why_invalid(normalized: str, found: str | None) -> str:
    """Why no such number exists; `found` is the one that libphonenumber reads instead."""
    import phonenumbers
    from phonenumbers import ValidationResult

    if found is not None:
        return f"telephone networks write it {found}"
    try:
        parsed = phonenumbers.parse(normalized, None)
    except phonenumbers.NumberParseException as error:
        if error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE:
            return "no country has its code"
        return f"it has too {'many' if len(normalized) > MOST_DIGITS else 'few'} digits"
    possible = phonenumbers.is_possible_number_with_reason(parsed)
    if possible == ValidationResult.TOO_LONG:
        return f"it has too many digits for country code +{parsed.country_code}"
    if possible in (ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY):
        return f"it has too few digits for country code +{parsed.country_code}"
    if possible == ValidationResult.INVALID_LENGTH:
        return f"numbers of country code +{parsed.country_code} have another length"
    return f"no range of country code +{parsed.country_code} has it"
