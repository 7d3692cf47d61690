"""Agent names in TypeScript and JavaScript sources (agents-js).

The worker is told its name by `agentName` in the options of `new ServerOptions({…})`, which older
releases call `WorkerOptions` (livekit/agents-js, agents/src/worker.ts). Without it the environment
may name it (`LIVEKIT_AGENT_NAME`), which no source tells; else it has none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from lklint.agents.patterns import UNKNOWN, joined

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

_OPTIONS = frozenset(("ServerOptions", "WorkerOptions"))
_NAMELESS = frozenset(("",))
_WRAPPINGS = frozenset(
    ("parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression")
)


def names_in_script(source: bytes) -> frozenset[str]:
    """The names in a TypeScript or JavaScript source, as patterns.

    Broken code is read around; where nothing is found in it, the name is not known.
    """
    root = _parser().parse(source).root_node
    nodes = list(_walk(root))
    reader = _Reader(nodes)
    names: set[str] = set()
    for node in nodes:
        options = _options_of(node)
        if options is not None:
            names |= reader.registered_with(options)
    return UNKNOWN if root.has_error and not names else frozenset(names)


@cache
def _parser() -> Parser:
    import tree_sitter_typescript
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_typescript.language_tsx()))


def _walk(root: Node) -> Iterator[Node]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.named_children))


def _options_of(node: Node) -> Node | None:
    """The options that a `new ServerOptions(…)` or a `runApp({…})` is given."""
    if node.type == "new_expression":
        called = _last_name(node.child_by_field_name("constructor"))
        if called not in _OPTIONS:
            return None
    elif node.type == "call_expression":
        called = _last_name(node.child_by_field_name("function"))
        if called != "runApp":
            return None
    else:
        return None
    arguments = node.child_by_field_name("arguments")
    given = arguments.named_children if arguments is not None else []
    first = next((_unwrapped(node) for node in given if node.type != "comment"), None)
    if called == "runApp" and (first is None or first.type != "object"):
        return None  # options that were made somewhere else, and are found there
    return first


class _Reader:
    """Reads names with the constants of a source."""

    def __init__(self, nodes: list[Node]) -> None:
        self._constants: dict[str, list[Node]] = {}
        self._being_read: set[str] = set()
        for node in nodes:
            if node.type == "variable_declarator" and _is_const(node):
                name, value = (node.child_by_field_name(field) for field in ("name", "value"))
                if name is not None and value is not None:
                    self._constants.setdefault(_text(name), []).append(_unwrapped(value))

    def registered_with(self, options: Node) -> frozenset[str]:
        """The names in the options of a worker."""
        if options.type == "identifier":
            given = self._constants.get(_text(options), [])
            objects = [value for value in given if value.type == "object"]
            if not objects or len(objects) != len(given):
                return UNKNOWN
            return frozenset().union(*(self._property(value, "agentName") for value in objects))
        return self._property(options, "agentName") if options.type == "object" else UNKNOWN

    def _property(self, holder: Node, name: str) -> frozenset[str]:
        """The values of a property of an object literal; none given is the empty name."""
        values = _NAMELESS
        for member in holder.named_children:
            if member.type == "shorthand_property_identifier" and _text(member) == name:
                values = self._constant(name)
            elif member.type == "pair":
                key, value = (member.child_by_field_name(field) for field in ("key", "value"))
                if key is not None and value is not None and _text(key).strip("'\"") == name:
                    values = self.values(value)
            elif member.type == "spread_element":
                spread = self.registered_with(_unwrapped(member.named_children[0]))
                values = values if spread == _NAMELESS else spread
        return values

    def values(self, node: Node) -> frozenset[str]:
        """The texts that an expression may give, as patterns."""
        node = _unwrapped(node)
        if node.type == "string":
            return frozenset((_string(node),))
        if node.type == "template_string":
            return joined(map(self._template_part, node.named_children))
        if node.type == "identifier":
            return self._constant(_text(node))
        if node.type == "member_expression":
            return self._member(node)
        if node.type == "binary_expression":
            return self._binary(node)
        if node.type == "ternary_expression":
            chosen = (node.child_by_field_name(name) for name in ("consequence", "alternative"))
            return frozenset().union(*(self.values(part) for part in chosen if part is not None))
        return _NAMELESS if node.type in ("undefined", "null") else UNKNOWN

    def _template_part(self, node: Node) -> frozenset[str]:
        if node.type == "template_substitution" and node.named_children:
            return self.values(node.named_children[0])
        return frozenset((_unescaped(_text(node)),))

    def _binary(self, node: Node) -> frozenset[str]:
        operator, left, right = (
            node.child_by_field_name(name) for name in ("operator", "left", "right")
        )
        if operator is None or left is None or right is None:
            return UNKNOWN
        if _text(operator) == "+":
            return joined((self.values(left), self.values(right)))
        if _text(operator) in ("||", "??"):
            return (self.values(left) - _NAMELESS) | self.values(right)
        return UNKNOWN

    def _member(self, node: Node) -> frozenset[str]:
        """`NAMES.inbound`, where NAMES is an object literal of this source."""
        holder, name = (node.child_by_field_name(field) for field in ("object", "property"))
        if holder is None or name is None or holder.type != "identifier":
            return UNKNOWN
        given = self._constants.get(_text(holder), [])
        if not given or any(value.type != "object" for value in given):
            return UNKNOWN
        values = frozenset().union(*(self._property(value, _text(name)) for value in given))
        return (values - _NAMELESS) or UNKNOWN

    def _constant(self, name: str) -> frozenset[str]:
        given = self._constants.get(name)
        if given is None or name in self._being_read:
            return UNKNOWN
        self._being_read.add(name)
        values = frozenset().union(*map(self.values, given))
        self._being_read.discard(name)
        return values


def _is_const(declarator: Node) -> bool:
    declaration = declarator.parent
    kind = declaration.child_by_field_name("kind") if declaration is not None else None
    return kind is not None and _text(kind) == "const"


def _last_name(node: Node | None) -> str:
    """The last name of what is called: `runApp` of `cli.runApp`."""
    if node is not None and node.type == "member_expression":
        node = node.child_by_field_name("property")
    return _text(node) if node is not None else ""


def _unwrapped(node: Node) -> Node:
    """An expression without parentheses and types around it."""
    while node.type in _WRAPPINGS:
        inside = [part for part in node.named_children if part.type != "comment"]
        if not inside:
            break
        node = inside[0]
    return node


def _string(node: Node) -> str:
    return "".join(_unescaped(_text(part)) for part in node.named_children)


def _unescaped(text: str) -> str:
    """A piece of a string literal, or an escape of it that JSON has as well, as it is meant."""
    if not text.startswith("\\"):
        return text
    try:
        decoded = json.loads(f'"{text}"')
    except ValueError:
        return text[1:]
    return str(decoded)


def _text(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "replace")
