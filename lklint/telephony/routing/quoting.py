"""Texts as Go quotes them in LiveKit's messages (`%q`, strconv.Quote)."""

from collections.abc import Iterable

_SHORT = {
    "\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v",
    "\\": "\\\\", '"': '\\"',
}  # fmt: skip


def quoted(text: str | bytes) -> str:
    """A text in quotes; bytes that are no UTF-8 appear one by one."""
    if isinstance(text, str):
        text = text.encode("utf-8", "surrogatepass")
    return '"' + "".join(map(_shown, text.decode("utf-8", "surrogateescape"))) + '"'


def quoted_list(texts: Iterable[str]) -> str:
    """A list of strings (`%q` of a `[]string`)."""
    return "[" + " ".join(map(quoted, texts)) + "]"


def _shown(character: str) -> str:
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is no UTF-8
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x20 or code == 0x7F:
        return f"\\x{code:02x}"
    # Go prints letters, marks, numbers, punctuation and symbols, which is what Python does.
    if character.isprintable():
        return character
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
