"""Running a schema over a value, and naming the rule of each failure."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from lklint.documents.pointer import join
from lklint.shape.schemas import schema

HINT = "hint"
"""The rule of constraints that are for editors only: they say again what another one says."""


class Failure(NamedTuple):
    """A value that a schema refuses.

    `code` is the rule that the broken constraint names (`x-lklint-rule`), `keyword` the constraint
    ("type", "pattern" …) and `limit` what it demands; `schema` is the subschema it stands in.
    `message_name` is LiveKit's name of the message the value stands in. Where `is_name` is set the
    value is the name of a member of `given`, and `pointer` that member's.
    """

    code: str
    keyword: str
    pointer: str
    value: Any
    limit: Any
    schema: dict[str, Any]
    message_name: str
    is_name: bool = False
    given: dict[str, Any] = {}  # noqa: RUF012 (never written to)


class UnknownField(NamedTuple):
    """A member that the message it stands in does not have.

    `known` are the names that the message does have, in both spellings; `given` is the whole object
    as it stands in the file.
    """

    name: str
    pointer: str
    value: Any
    message_name: str
    known: tuple[str, ...]
    given: dict[str, Any]


def failures(kind: str, form: str, value: Any) -> Iterator[Failure | UnknownField]:
    """Everything the schema of a kind and form refuses in a value, outermost first."""
    validator, root = _validator(kind, form)
    if validator.is_valid(value):
        return
    for error in sorted(validator.iter_errors(value), key=lambda error: len(error.instance_path)):
        code, subschema, message_name = _place(root, error.evaluation_path)
        if code == HINT:
            continue
        pointer = join("", *error.instance_path)
        keyword = str(error.evaluation_path[-1]) if error.evaluation_path else ""
        if keyword == "additionalProperties":
            known = tuple(subschema.get("properties", ()))
            for name in error.kind.unexpected:
                given = error.instance
                yield UnknownField(
                    name, join(pointer, name), given[name], message_name, known, given
                )
        else:
            limit = subschema.get(keyword)
            value, is_name, given = error.instance, False, {}
            if "propertyNames" in error.evaluation_path:
                name, given = str(error.kind.error.instance), value
                pointer, value, is_name = join(pointer, name), name, True
            yield Failure(
                code, keyword, pointer, value, limit, subschema, message_name, is_name, given
            )


@cache
def _validator(kind: str, form: str) -> tuple[Any, dict[str, Any]]:
    import jsonschema_rs

    from lklint.shape.formats import Format

    root = schema(kind, form)
    return jsonschema_rs.validator_for(root, keywords={"x-lklint-format": Format}), root


def _place(root: dict[str, Any], path: list[str | int]) -> tuple[str, dict[str, Any], str]:
    """The rule, the subschema and the message of the keyword at the end of an evaluation path."""
    node: Any = root
    code, message_name = root.get("x-lklint-rule", ""), ""
    subschema: dict[str, Any] = root
    for step in path:
        if isinstance(node, dict):
            subschema = node
            code = node.get("x-lklint-rule", code)
            message_name = node.get("x-livekit-message", message_name)
        node = _follow(root, node["$ref"]) if step == "$ref" else node[step]
    return code, subschema, message_name


def _follow(root: dict[str, Any], reference: str) -> Any:
    node: Any = root
    for step in reference.removeprefix("#/").split("/"):
        node = node[step]
    return node
