"""Secrets of a server, which files hold as references to variables of the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from google.protobuf.message import Message

from lklint.reconcile.normal import is_mask
from lklint.reconcile.pulling.names import Numbered, variable_stem
from lklint.telephony.secrets import is_secret_field, passwords_inside
from lklint.telephony.variables import resolve

_SHORT = {"auth_password": "password"}
_WHOLE = re.compile(r"\$\{(?P<name>[A-Z_][A-Z0-9_]*)\}")


@dataclass(slots=True)
class Variables:
    """The variables that files refer to.

    `known` are those of the environment, `used` says how often the files refer to each already.
    `needed` are the values, by name, that the environment lacks or has otherwise: they are secrets.
    `untold` are the names of those that the server does not tell.
    """

    known: Mapping[str, str] = field(repr=False)
    used: Mapping[str, int]
    needed: dict[str, str] = field(default_factory=dict, repr=False)
    untold: set[str] = field(default_factory=set)
    _given: set[str] = field(default_factory=set)
    _names: Numbered = field(default_factory=lambda: Numbered("_"))

    @property
    def all(self) -> dict[str, str]:
        """Every variable, as it is once the needed ones are set."""
        return {**self.known, **self.needed}

    def new(self, owner: str, field_name: str, secret: str) -> str:
        """A reference for a secret of its own: "${TWILIO_PASSWORD}"."""
        stem = variable_stem(owner, _SHORT.get(field_name, field_name)) or "SECRET"

        def is_free(name: str) -> bool:
            taken = name in self.used or name in self._given
            return not taken and self.known.get(name, secret) == secret

        name = self._names.first_free([stem], is_free)
        self._given.add(name)
        if is_mask(secret):
            self.untold.add(name)
        elif name not in self.known:
            self.needed[name] = secret
        return f"${{{name}}}"

    def adopt(self, text: str, value: str, secret: bool) -> bool:
        """Let the variable that is all of a text of a file stand for a value; whether it can.

        It can where nothing is set for it. A secret that is set otherwise is to be set anew, if
        nothing else in the files depends on it.
        """
        match = _WHOLE.fullmatch(text)
        if match is None:
            return False
        name = match["name"]
        if self.known.get(name) == value or (secret and is_mask(value)):
            return True
        if name in self.known and not (secret and self.used.get(name, 0) == 1):
            return False
        return self.needed.setdefault(name, value) == value


def cover(message: Message, owner: str, variables: Variables, secret: bool = False) -> None:
    """Put references in the place of the secrets of a message, which changes.

    A text that would read as a reference is written so that it does not (`telephony.variables`).
    With `secret`, every text of the message is one.
    """
    _Covering(owner, variables).message(message, secret)


def plain_text(text: str) -> str:
    """A text as a file says it: filled in, it is the same again."""
    if "${" not in text or resolve(text, {}) == (text, ()):
        return text
    return text.replace("${", "$${")


class _Covering:
    def __init__(self, owner: str, variables: Variables) -> None:
        self._owner = owner
        self._variables = variables

    def message(self, message: Any, secret: bool) -> None:
        for descriptor, value in message.ListFields():
            name, inner = descriptor.name, descriptor.message_type
            hidden = secret or is_secret_field(name)
            if inner is not None and inner.GetOptions().map_entry:
                self._map(value, hidden, inner.fields_by_name["value"])
            elif inner is not None:
                if not inner.full_name.startswith("google.protobuf."):
                    for item in value if descriptor.is_repeated else (value,):
                        self.message(item, hidden)
            elif descriptor.type == descriptor.TYPE_STRING:
                if descriptor.is_repeated:
                    value[:] = [self._text(text, name, hidden) for text in value]
                else:
                    setattr(message, name, self._text(value, name, hidden))

    def _map(self, values: Any, secret: bool, held: Any) -> None:
        for key in sorted(values):
            hidden = secret or is_secret_field(str(key))
            if held.message_type is not None:
                self.message(values[key], hidden)
            elif held.type == held.TYPE_STRING:
                values[key] = self._text(values[key], str(key), hidden)

    def _text(self, text: str, name: str, secret: bool) -> str:
        if secret and text:
            return self._variables.new(self._owner, name, text)
        pieces, at = [], 0
        for begin, end in passwords_inside(text):
            reference = self._variables.new(self._owner, "password", text[begin:end])
            pieces += [plain_text(text[at:begin]), reference]
            at = end
        return "".join([*pieces, plain_text(text[at:])])
