"""Agent names, read from sources as people write them."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lklint.agents.names import names_in_globs, names_in_sources

PYTHON = [
    ("decorator", '@server.rtc_session(agent_name="bot")\nasync def run(context): ...', {"bot"}),
    ("registrar", 'server.rtc_session(run, agent_name="bot")', {"bot"}),
    ("options", 'cli.run_app(WorkerOptions(entrypoint_fnc=run, agent_name="bot"))', {"bot"}),
    ("newer options", 'agents.ServerOptions(run, agent_name="bot")', {"bot"}),
    ("constant", 'NAME = "bot"\nWorkerOptions(run, agent_name=NAME)', {"bot"}),
    ("typed constant", 'NAME: Final = "bot"\nWorkerOptions(run, agent_name=NAME)', {"bot"}),
    ("constant of a class", 'class C:\n  N = "bot"\nWorkerOptions(run, agent_name=C.N)', {"bot"}),
    ("constant of a constant", 'A = "bot"\nB = A\nWorkerOptions(run, agent_name=B)', {"bot"}),
    (
        "two branches",
        'if DEV:\n  N = "bot-dev"\nelse:\n  N = "bot"\nWorkerOptions(run, agent_name=N)',
        {"bot", "bot-dev"},
    ),
    ("choice", 'WorkerOptions(run, agent_name="a" if DEV else "b")', {"a", "b"}),
    ("sum", 'A = "bot"\nWorkerOptions(run, agent_name=A + "-" + "x")', {"bot-x"}),
    ("f-string", 'A = "bot"\nWorkerOptions(run, agent_name=f"{A}-x")', {"bot-x"}),
    ("unknown part", 'WorkerOptions(run, agent_name=f"bot-{region()}")', {"bot-*"}),
    ("unknown parts", 'WorkerOptions(run, agent_name=f"bot-{a()}{b()}")', {"bot-*"}),
    ("formatted part", 'N = "7"\nWorkerOptions(run, agent_name=f"bot-{N:>3}")', {"bot-*"}),
    ("environment", 'WorkerOptions(run, agent_name=os.environ["AGENT"])', {"*"}),
    ("default", 'WorkerOptions(run, agent_name=os.getenv("AGENT", "bot"))', {"bot", "*"}),
    ("or", 'WorkerOptions(run, agent_name=os.environ.get("AGENT") or "bot")', {"bot", "*"}),
    ("imported", "from names import NAME\nWorkerOptions(run, agent_name=NAME)", {"*"}),
    ("unpacked", "WorkerOptions(**options)", {"*"}),
    ("circle", "A = B\nB = A\nWorkerOptions(run, agent_name=A)", {"*"}),
    ("no name", "cli.run_app(WorkerOptions(entrypoint_fnc=run))", {""}),
    ("empty name", 'WorkerOptions(run, agent_name="")', {""}),
    ("bare decorator", "@server.rtc_session\nasync def run(context): ...", {""}),
    ("called decorator", "@server.rtc_session()\nasync def run(context): ...", {""}),
    ("helper", 'start_worker(agent_name="bot")', {"bot"}),
    ("helper of a variable", "trace(agent_name=job.agent_name)", set()),
    ("asking", 'api.CreateAgentDispatchRequest(agent_name="bot", room="r")', set()),
    ("asking a room", 'RoomAgentDispatch(agent_name="bot")', set()),
    ("comment", '# WorkerOptions(agent_name="bot")', set()),
    ("text", 'print("""WorkerOptions(agent_name=\'bot\')""")', set()),
    ("old escapes", 'x = "\\d"\nWorkerOptions(run, agent_name="bot")', {"bot"}),
    ("broken", 'WorkerOptions(agent_name="bot"', {"*"}),
    ("broken, of something else", "def (", set()),
    ("nothing", "", set()),
]

SCRIPTS = [
    ("options", "cli.runApp(new WorkerOptions({ agent: file, agentName: 'bot' }));", {"bot"}),
    ("newer options", 'cli.runApp(new ServerOptions({ agentName: "bot" }));', {"bot"}),
    ("namespace", "new agents.ServerOptions({ agentName: 'bot' });", {"bot"}),
    ("plain options", "cli.runApp({ agent: file, agentName: 'bot' });", {"bot"}),
    ("quoted key", "new ServerOptions({ 'agentName': 'bot' });", {"bot"}),
    ("constant", "const NAME = 'bot';\nnew ServerOptions({ agentName: NAME });", {"bot"}),
    ("exported", "export const N = 'bot';\nnew ServerOptions({ agentName: N });", {"bot"}),
    ("shorthand", "const agentName = 'bot';\nnew ServerOptions({ agentName });", {"bot"}),
    ("typed", "const N: string = 'bot' as const;\nnew ServerOptions({ agentName: N! });", {"bot"}),
    ("object", "const N = { a: 'bot' } as const;\nnew ServerOptions({ agentName: N.a });", {"bot"}),
    ("options apart", "const o = { agentName: 'bot' };\nnew ServerOptions(o);", {"bot"}),
    ("spread", "const o = { agentName: 'bot' };\nnew ServerOptions({ agent, ...o });", {"bot"}),
    ("spread before", "new ServerOptions({ ...rest, agentName: 'bot' });", {"bot"}),
    ("unknown spread", "new ServerOptions({ agent, ...rest });", {"*"}),
    ("template", "const A = 'bot';\nnew ServerOptions({ agentName: `${A}-x` });", {"bot-x"}),
    ("unknown part", "new ServerOptions({ agentName: `bot-${region()}` });", {"bot-*"}),
    ("sum", "new ServerOptions({ agentName: 'bot' + '-' + 'x' });", {"bot-x"}),
    ("environment", "new ServerOptions({ agentName: process.env.AGENT });", {"*"}),
    ("default", "new ServerOptions({ agentName: process.env.AGENT ?? 'bot' });", {"bot", "*"}),
    ("choice", "new ServerOptions({ agentName: dev ? 'a' : 'b' });", {"a", "b"}),
    ("imported", "import { N } from './n';\nnew ServerOptions({ agentName: N });", {"*"}),
    ("variable", "let n = 'bot';\nnew ServerOptions({ agentName: n });", {"*"}),
    ("circle", "const a = b; const b = a;\nnew ServerOptions({ agentName: a });", {"*"}),
    ("no name", "cli.runApp(new ServerOptions({ agent: file }));", {""}),
    ("undefined", "new ServerOptions({ agentName: undefined });", {""}),
    ("no options", "new ServerOptions();", set()),
    ("escape", r"new ServerOptions({ agentName: 'b\u006ft' });", {"bot"}),
    ("commented", "new ServerOptions(/* o */ { /* n */ agentName: 'bot' });", {"bot"}),
    ("comment", "// new ServerOptions({ agentName: 'bot' });", set()),
    ("asking", "new RoomAgentDispatch({ agentName: 'bot' });", set()),
    ("asking in a token", "at.roomConfig = { agents: [{ agentName: 'bot' }] };", set()),
    ("broken elsewhere", "const x = ;\nnew ServerOptions({ agentName: 'bot' });", {"bot"}),
    ("broken", "new ServerOptions({{ agentName 'bot'", {"*"}),
    ("markup", "const x = <p>hi</p>;\nnew ServerOptions({ agentName: 'bot' });", {"bot"}),
]


def shown(part: str | set[str]) -> str:
    """A part of a case in the name of its test, the same on every run."""
    return str(sorted(part) if isinstance(part, set) else part)[:24]


@pytest.mark.parametrize(("title", "source", "names"), PYTHON, ids=shown)
def test_python(tmp_path: Path, title: str, source: str, names: set[str]) -> None:
    file = tmp_path / "agent.py"
    file.write_text(source, encoding="utf-8")
    assert names_in_sources([file]) == names


@pytest.mark.parametrize(("title", "source", "names"), SCRIPTS, ids=shown)
@pytest.mark.parametrize("suffix", [".ts", ".js"])
def test_scripts(tmp_path: Path, title: str, source: str, names: set[str], suffix: str) -> None:
    file = tmp_path / f"agent{suffix}"
    file.write_text(source, encoding="utf-8")
    assert names_in_sources([file]) == names


def test_names_of_several_sources_are_put_together(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text('WorkerOptions(run, agent_name="one")')
    (tmp_path / "two.tsx").write_text("new ServerOptions({ agentName: 'two' })")
    (tmp_path / "notes.md").write_text('WorkerOptions(agent_name="three")')
    assert names_in_sources(sorted(tmp_path.iterdir())) == {"one", "two"}


def test_globs_files_and_folders(tmp_path: Path) -> None:
    deep = tmp_path / "agents" / "deep"
    packages = tmp_path / "agents" / "node_modules" / "some"
    for folder in (deep, packages):
        folder.mkdir(parents=True)
    (deep / "agent.py").write_text('WorkerOptions(run, agent_name="deep")')
    (packages / "index.js").write_text("new ServerOptions({ agentName: 'installed' })")
    for pattern in ("agents/**/*.py", "agents/**/*", "agents", "agents/deep/agent.py"):
        assert names_in_globs([str(tmp_path / pattern)]) == {"deep"}
    assert names_in_globs([str(tmp_path / "nothing" / "*.py")]) == frozenset()


def test_a_source_that_cannot_be_read_may_hold_any_name(tmp_path: Path) -> None:
    assert names_in_sources([tmp_path / "absent.py", tmp_path]) == {"*"}


def test_a_source_that_is_too_large_may_hold_any_name(tmp_path: Path) -> None:
    file = tmp_path / "bundle.js"
    file.write_text("new ServerOptions({ agentName: 'bot' });" + " " * 3_000_000)
    assert names_in_sources([file]) == {"*"}


@pytest.mark.parametrize(
    "source",
    [
        "WorkerOptions(agent_name=" + "-" * 100_000 + "1)",
        "WorkerOptions(agent_name=" + "+".join(['"a"'] * 20_000) + ")",
        "\0agent_name",
        "# -*- coding: nonsense -*-\nagent_name = 1",
    ],
)
def test_hostile_python_is_no_error(tmp_path: Path, source: str) -> None:
    file = tmp_path / "agent.py"
    file.write_text(source)
    assert names_in_sources([file]) <= {"*", "a" * 20_000}


def test_hostile_script_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "agent.ts"
    deep = "(" * 50_000 + "'a'" + ")" * 50_000
    file.write_text(f"new ServerOptions({{ agentName: {deep} }});")
    names_in_sources([file])
    file.write_text("new ServerOptions({ agentName: " + "+".join(["'a'"] * 20_000) + " });")
    names_in_sources([file])


@given(st.binary(max_size=80), st.sampled_from([".py", ".ts", ".js"]))
def test_no_bytes_raise(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, suffix: str
) -> None:
    file = tmp_path_factory.getbasetemp() / f"noise{suffix}"
    words = b"WorkerOptions(agent_name=" if suffix == ".py" else b"new ServerOptions({agentName:"
    file.write_bytes(noise[:40] + words + noise[40:])
    assert isinstance(names_in_sources([file]), frozenset)


def test_a_whole_agent(tmp_path: Path) -> None:
    file = tmp_path / "agent.py"
    file.write_text(
        dedent(
            '''
            """Takes calls for the front desk."""
            from livekit import agents

            SITE = "berlin"
            server = agents.AgentServer()


            @server.rtc_session(agent_name=f"front-desk-{SITE}", on_request=accept)
            async def answer(context: agents.JobContext) -> None:
                await context.connect()


            if __name__ == "__main__":
                agents.cli.run_app(server)
            '''
        )
    )
    assert names_in_sources([file]) == {"front-desk-berlin"}
