"""Agent names in Python sources (livekit-agents).

The worker is told its name by the keyword `agent_name`, of `WorkerOptions` and `ServerOptions` (the
same class) or of the decorator `rtc_session` of an `AgentServer` (livekit/agents,
livekit-agents/livekit/agents/worker.py). Without it the environment may name it
(`LIVEKIT_AGENT_NAME`), which no source tells; else it has none.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator

from lklint.agents.patterns import UNKNOWN, joined

_REGISTERING = frozenset(("WorkerOptions", "ServerOptions", "rtc_session"))
"""What makes a worker, with a name or without."""

_ASKING = frozenset(
    (
        "AgentDispatch", "CreateAgentDispatchRequest", "RoomAgentDispatch", "create_dispatch",
        "wait_for_agent",
    )
)  # fmt: skip
"""What takes an `agent_name` to ask for an agent, which proves nothing about who answers."""

_NAMELESS = frozenset(("",))


def names_in_python(source: bytes) -> frozenset[str]:
    """The names in a Python source, as patterns.

    Raises SyntaxError, ValueError, RecursionError or MemoryError where Python cannot parse it.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(source)
    reader = _Reader(tree)
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            names |= reader.registered_by(node)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            bare = (item for item in node.decorator_list if not isinstance(item, ast.Call))
            if any(_called(item) == "rtc_session" for item in bare):
                names |= _NAMELESS
    return frozenset(names)


class _Reader:
    """Reads names with the constants of a module."""

    def __init__(self, tree: ast.Module) -> None:
        self._constants: dict[str, list[ast.expr]] = {}
        self._being_read: set[str] = set()
        for name, value in _constants(tree.body, ""):
            self._constants.setdefault(name, []).append(value)

    def registered_by(self, call: ast.Call) -> frozenset[str]:
        """The names that a call registers, none where it is about something else."""
        called = _called(call.func)
        if called in _ASKING:
            return frozenset()
        given = [keyword.value for keyword in call.keywords if keyword.arg == "agent_name"]
        if called not in _REGISTERING:
            # Some function of the program's own: what cannot be known here may not be a name.
            return frozenset().union(*map(self.values, given)) - UNKNOWN - _NAMELESS
        if given:
            return self.values(given[0])
        unpacked = any(keyword.arg is None for keyword in call.keywords)
        return UNKNOWN if unpacked else _NAMELESS

    def values(self, node: ast.expr) -> frozenset[str]:
        """The texts that an expression may give, as patterns."""
        if isinstance(node, ast.Constant):
            return self._literal(node)
        if isinstance(node, ast.JoinedStr):
            return joined(map(self.values, node.values))
        if isinstance(node, ast.FormattedValue):
            plain = node.conversion == -1 and node.format_spec is None
            return self.values(node.value) if plain else UNKNOWN
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return joined((self.values(node.left), self.values(node.right)))
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
            *others, final = map(self.values, node.values)
            return final.union(*(values - _NAMELESS for values in others))
        if isinstance(node, ast.IfExp):
            return self.values(node.body) | self.values(node.orelse)
        if isinstance(node, ast.Call):
            return self._environment(node)
        if isinstance(node, (ast.Name, ast.Attribute)):
            return self._constant(ast.unparse(node))
        return UNKNOWN

    def _literal(self, node: ast.Constant) -> frozenset[str]:
        if isinstance(node.value, str):
            return frozenset((node.value,))
        return _NAMELESS if node.value is None else UNKNOWN

    def _constant(self, name: str) -> frozenset[str]:
        given = self._constants.get(name)
        if given is None or name in self._being_read:
            return UNKNOWN
        self._being_read.add(name)
        values = frozenset().union(*map(self.values, given))
        self._being_read.discard(name)
        return values

    def _environment(self, call: ast.Call) -> frozenset[str]:
        """`os.getenv("NAME", default)` and `os.environ.get("NAME", default)`."""
        if _called(call.func) in ("getenv", "get") and len(call.args) == 2:
            return UNKNOWN | self.values(call.args[1])
        return UNKNOWN


def _called(function: ast.expr) -> str:
    """The last name of what is called: `rtc_session` of `server.rtc_session`."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _constants(body: list[ast.stmt], inside: str) -> Iterator[tuple[str, ast.expr]]:
    """The names that a module, its branches and its classes assign, with what they assign."""
    for statement in body:
        if isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    yield inside + target.id, statement.value
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            if statement.value is not None:
                yield inside + statement.target.id, statement.value
        elif isinstance(statement, ast.ClassDef):
            yield from _constants(statement.body, f"{inside}{statement.name}.")
        elif isinstance(statement, (ast.If, ast.Try)):
            yield from _constants(statement.body + statement.orelse, inside)
            if isinstance(statement, ast.Try):
                for handler in statement.handlers:
                    yield from _constants(handler.body, inside)
