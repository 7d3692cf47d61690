"""Values that stand for something else: placeholders, environment references, examples.

LiveKit and `lk` replace nothing. `${SIP_PASSWORD}`, `{{number}}` and `<my-trunk>` arrive at the
server as they are written, and no call carries such a number, comes from such an address or finds
such a host.
"""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from lklint.patterns import Pattern

PlaceholderKind = Literal["environment", "template", "placeholder"]


class Placeholder(NamedTuple):
    """A stretch of a value that was to be filled in.

    `kind` is "environment" for `${NAME}`, "template" for `{{name}}` and `{name}`, "placeholder" for
    words that ask to be replaced. `text` is the stretch as written.
    """

    kind: PlaceholderKind
    text: str


_REFERENCE = Pattern(r"\$\{[A-Za-z_][A-Za-z0-9_]*(?::?[-?+=][^}]*)?\}|^\$[A-Z_][A-Z0-9_]+$")
"""`${NAME}`, with a default as shells have it; `$NAME` only where it is the whole value."""

_TEMPLATE = Pattern(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{[A-Za-z_][A-Za-z0-9_.]*\}|%[A-Z][A-Z_]{2,}%")

_THINGS = (
    "account|address|agent|api|app|area|auth|carrier|city|code|company|country|credentials|custom"
    "|did|dispatch|domain|email|endpoint|external|gateway|here|host|id|inbound|ip|key|livekit|login"
    "|name|number|organization|outbound|own|password|pbx|phone|pin|plivo|prefix|private|project"
    "|provider|public|region|room|rule|secret|server|sip|telnyx|tenant|termination|token|trunk"
    "|twilio|uri|url|user|value|voip|workspace"
)
"""What a value that begins with "your" speaks of; `your-order-agent` may be a real name. No two
rows of these words read alike, so that a search never tries one stretch in many ways."""

_ANYWHERE = Pattern(
    rf"""
      <\s*[A-Za-z][\w .,/'-]*>                        # <my-trunk>, <YOUR PASSWORD>; not <sip:…>
    | (?: ^ | (?<=[.@/:+]) | (?<=ST_) ) your            # your-trunk-domain, sip.your-provider.com
      (?: [-_ .]? (?: {_THINGS} ) )+ s? (?![a-z])
    | (?<![a-z]) (?: change | replace | fill ) [-_ ]? (?: me | this ) (?![a-z])    # CHANGE_ME
    | (?<![a-z]) (?: insert | replace ) [-_ ] (?: with | your ) (?![a-z]) (?: [-_ ] [a-z]+ )*
    | (?-i: (?<![A-Z]) [A-Z0-9]+ (?: _[A-Z0-9]+ )* _HERE (?![A-Z]) )               # TRUNK_ID_HERE
    """,
    re.VERBOSE | re.IGNORECASE,
)

_WHOLE = Pattern(
    r"""
      x{3,} (?: [-_. ] x+ )*                                            # xxx, xxxx-xxxx
    | [xX]+ (?: \.[xX]+ ){3} (?: [/:][0-9]+ )?                          # xx.xx.xx.xx
    | \*{3,} | •{2,} | \.{3} | … | _{3,} | \?{2,}                       # **** as `lk` lists it
    | (?: ST | SDR | PN ) _ (?: x+ | \.{3} | … | \*+ )                  # ST_xxxxxxxx, ST_...
    | placeholder | (?-i: TODO | FIXME | TBD | TODO [:\s-] .* )
    """,
    re.VERBOSE | re.IGNORECASE,
)

_MACHINE = Pattern(
    r"""
      (?= [^xX]* [xX] [^xX]* [xX] | [^nN]* [nN] [^nN]* [nN] ) \+? [0-9xXnN() -]+     # +1XXXXXXXXXX
    | \+? [0-9() -]* (?: \#{3,} | _{3,} | \.{3} | … )                                # +1555...
    | \+?1? (?: [A-Z][A-Z0-9]* _ )+                                        # TRUNK_ID, ST_TRUNK_ID
      (?: NUMBERS? | PHONE | DIDS? | TRUNK | IDS? | IPS? | ADDRESS | CIDR | RANGE | HOST | HOSTNAME
        | DOMAIN | SERVER | UR[IL] ) (?: _?[0-9] )?
    | (?: [A-Za-z]+ [-_ ] )* (?: [Pp]hone | [Tt]runk | [Ss]ip | SIP | [Ii]p | IP )
      [-_ ] (?: [Nn]umber | [Ii]d | ID | [Aa]ddress )                                 # phone number
    | [^.]* (?<![A-Za-z]) (?: [Yy]our | YOUR ) [^.]*                                # +1YOURNUMBER
    | \[ [A-Za-z][A-Za-z_ -]{3,} \]                                                 # [phone number]
    | (?: [Nn]one | [Nn]ull | undefined | example | string | todo | fixme | tbd )
    """,
    re.VERBOSE | re.DOTALL,
)

_SECRET = Pattern(
    r"""
      (?: [A-Z0-9]+_ )+ (?: PASSWORD | PASSWD | PASS | PWD | SECRET | KEY | TOKEN | CREDENTIALS )
    | \[ [A-Za-z][A-Za-z_ -]{3,} \] | [Pp]assword [-_ ]? here
    | \(? (?: redacted | REDACTED ) \)? | (?: [Nn]one | [Nn]ull | undefined | example | string )
    """,
    re.VERBOSE,
)

_LATER = Pattern(
    r"""
      \$\{ [^}]* \} | \$\( [^)]* \) | \$[A-Z_][A-Z0-9_]*                   # ${SIP_PASSWORD}
    | \$? \{\{ .* \}\} | \{% .* %\} | \#? \{ [A-Za-z_][\w.]* \} \#?         # {{ sip.password }}
    | %[A-Za-z_]\w*% | <% .* %> | @{1,2} [A-Z_][A-Z0-9_]* @{1,2} | __[A-Z][A-Z0-9_]*__
    | ENC\[ .* \] | vault:[^\s\#]+\#.+ | env:[A-Z_][A-Z0-9_]* | arn:aws:(?:secretsmanager|ssm):.+
    | (?: op | vault | ssm | awssm | gcpsm | azkv | secrets? | env | sops | keyring | bws | doppler
        | infisical | ref\+[a-z0-9]+ ) :// .+                                # op://vault/item
    """,
    re.VERBOSE | re.DOTALL,
)


_ENVIRONMENT = Pattern(r"\$?\$\{[A-Z_][A-Z0-9_]*\}")
"""`${NAME}` as lklint itself fills it in when it sends a file (lklint/telephony/variables.py), and
`$${NAME}`, which stands for the text `${NAME}`."""


def without_environment(text: str) -> str:
    """A value without the references that lklint fills in when it sends it."""
    return _ENVIRONMENT.sub("", text) if "${" in text else text


_LONGEST = 200
"""How much of a value is looked at. Whoever leaves a placeholder in has not written a long text."""


_HINTS = (
    *("$", "{", "%", "<", "[", "..", "**", "__", "??", "_*", "•", "…", "xx", "x.", "_x"),
    *("your", "change", "replace", "fill", "insert", "_here", "placeholder"),
    *("todo", "fixme", "tbd"),
)
"""One of these is in every placeholder that is not `machine`; most values have none of them."""
_PLAIN_NUMBER = frozenset("+0123456789")


@lru_cache(maxsize=20_000)
def find_placeholder(text: str, machine: bool = False) -> Placeholder | None:
    """What in a value was to be filled in, or None.

    `machine` says that the value is never words: a phone number, an address or an id, where a bare
    `PHONE_NUMBER` or `+1555XXXXXXX` can only be a placeholder. A name may well be called so.
    """
    text = text[:_LONGEST]
    if _PLAIN_NUMBER.issuperset(text):
        return None
    lower = text.lower()
    if not machine and not any(hint in lower for hint in _HINTS):
        return None
    for kind, pattern in _INSIDE:
        match = pattern.search(text)
        if match is not None:
            return Placeholder(kind, match[0])
    stripped = text.strip()
    if _WHOLE.fullmatch(stripped) or (machine and _MACHINE.fullmatch(stripped)):
        return Placeholder("placeholder", text)
    return None


_INSIDE: tuple[tuple[PlaceholderKind, Pattern], ...] = (
    ("environment", _REFERENCE),
    ("template", _TEMPLATE),
    ("placeholder", _ANYWHERE),
)


def is_filled_in_later(secret: str) -> bool:
    """Whether a secret is kept elsewhere: all of it names a variable, a template, a vault's entry.

    A secret of random characters may well have `{a}` or `<b>` in it, so that only the whole counts.
    """
    return _LATER.fullmatch(secret.strip()) is not None


def is_secret_placeholder(secret: str) -> bool:
    """Whether all of a secret asks to be replaced: `<password>`, `your-password`, `CHANGE_ME`."""
    stripped = secret.strip()[:_LONGEST]
    match = _ANYWHERE.search(stripped)
    whole = match is not None and match[0] == stripped
    return whole or any(pattern.fullmatch(stripped) for pattern in (_WHOLE, _SECRET))


_EXAMPLE_NUMBER = Pattern(
    r"\+1(?:[2-9][0-9]{2})?55501[0-9]{2}"  # 555-0100 to 555-0199, with and without an area code
    r"|\+1555[0-9]{7}"
    r"|\+[01]?1234567890?1?"
)
"""Numbers only examples have: the North American numbering plan keeps 555-0100 to 555-0199 for
fiction, and 555 is no area code; the rest are the digits in their order."""


def is_example_number(normalized: str) -> bool:
    """Whether a number, as `normalize_number` gives it, is one that only documentation has."""
    return _EXAMPLE_NUMBER.fullmatch(normalized) is not None


_EXAMPLE_HOST = Pattern(
    r"(?:.*\.)?(?:example\.(?:com|net|org|edu)|[^.]+\.(?:example|invalid|test)|example)\.?",
    re.IGNORECASE,
)


def is_example_host(host: str) -> bool:
    """Whether a host name is kept for documentation (RFC 2606, RFC 6761), a port left off."""
    name, _, port = host.partition(":")
    return (not port or port.isdigit()) and _EXAMPLE_HOST.fullmatch(name) is not None


EXAMPLE_NAMES = ("my trunk", "my inbound trunk", "my outbound trunk", "my dispatch rule")
"""Names of LiveKit's documentation, in lower case. Alone they say nothing about the values."""
