"""A document: a decoded value, what it is, and what was asked of it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from lklint.documents.identity import WRAPPERS, Identity
from lklint.documents.pointer import join


class Document(NamedTuple):
    """A decoded document. `asked` is the form it is checked for: "create", "update" or "any"."""

    value: dict[str, Any]
    identity: Identity
    asked: str

    @property
    def kind(self) -> str:
        """inbound-trunk, outbound-trunk, dispatch-rule, sip-participant, or one of `own_kinds`."""
        return self.identity.kind

    @property
    def form(self) -> str:
        """wrapped, bare, list or misnamed; see `Identity`."""
        return self.identity.form


class Part(NamedTuple):
    """A resource in a document, and the request it is judged in.

    `pointer` is where the resource stands, `value` the resource. `request` is what the schema of
    `form` is asked about: the resource itself, or the resource in its wrapper, which `inside` names
    where the wrapper is only imagined.
    """

    pointer: str
    value: Any
    form: str
    request: Any
    inside: str = ""

    def place(self, pointer: str) -> str:
        """The pointer in the document for a pointer in the request."""
        return self.pointer + pointer.removeprefix(self.inside)


def resource_place(document: Document, part: Part) -> str:
    """The pointer of the resource of a part, inside of its wrapper."""
    if part.value is not part.request and not part.inside and document.identity.wrapper:
        return join("", document.identity.wrapper)
    return part.pointer


def parts(document: Document) -> Iterator[Part]:
    """The resources of a document, each in the request that it is judged as.

    A document of the wrong form is judged as if it had the right one: what is wrong with its form
    is one mistake, and said once.
    """
    value, kind, wrapper = document.value, document.kind, document.identity.wrapper
    inner = value.get(wrapper) if wrapper is not None else value
    at = join("", wrapper) if wrapper is not None else ""
    if isinstance(inner, list) and document.form in ("list", "misnamed"):
        for index, item in enumerate(inner):
            if isinstance(item, dict):
                yield Part(join(at, index), item, "update", item)
    elif kind not in WRAPPERS:
        yield Part("", value, document.asked, value)
    elif document.form == "wrapped" and document.asked != "update":
        yield Part("", inner if wrapper is not None else value, document.asked, value)
    elif document.form == "wrapped" and wrapper is not None:
        if isinstance(inner, dict):
            yield Part(at, inner, "update", inner)
    elif document.asked == "create":
        imagined = join("", WRAPPERS[kind])
        yield Part(at, inner, "create", {WRAPPERS[kind]: inner}, imagined)
    else:
        yield Part(at, inner, "update", inner)
