"""`lklint` in processes of their own that can be killed, without the wait for Python to start.

This file is run as a program that has everything imported. It reads a job a line (folder,
arguments), forks a child for it, says its process id, and then how it ended. In the children
deadlines and pauses are short; nothing else is different from the command.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from typing import Any

DEADLINE, PAUSE, SETTLE = 0.3, 0.01, 0.5


def hurry() -> None:
    """Short deadlines, and a short time after which a request is taken for lost."""
    from lklint.reconcile import fetching
    from lklint.remote import twirp

    once = twirp.Caller._once

    async def quick(self: Any, *given: Any) -> Any:
        *others, _ = given
        return await once(self, *others, DEADLINE)

    twirp.Caller._once = quick  # type: ignore[assignment, method-assign]
    twirp.FIRST_PAUSE_SECONDS = PAUSE
    fetching.SETTLE_SECONDS = fetching.PURCHASE_SETTLE_SECONDS = SETTLE


def child(folder: str, arguments: list[str], output: str) -> None:
    """Be the command, and nothing afterwards."""
    code = 70
    try:
        os.chdir(folder)
        out = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        os.close(0)
        from lklint.cli.app import app

        app(arguments)
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


def grow_up() -> None:
    """Import and load what every child will need."""
    import lklint
    import lklint.cli.app
    import lklint.cli.apply
    import lklint.reconcile.applying
    import lklint.reconcile.as_json
    import lklint.reconcile.planning
    import lklint.reconcile.showing
    import lklint.remote.server
    from lklint.rules.all_rules import all_rules

    all_rules()
    for name, text in SAMPLES.items():
        lklint.check_text(text, filename=name)


SAMPLES = {
    "inbound-trunk.json": '{"trunk": {"name": "a", "numbers": ["+12025550100"]}}',
    "outbound-trunk.json": '{"trunk": {"address": "sip.example.com", "numbers": ["*"]}}',
    "dispatch-rule.json": '{"dispatch_rule": {"rule": {"dispatchRuleDirect": {"roomName": "r"}}}}',
    "phone-numbers.json": '{"phoneNumbers": [{"number": "+12025550100", "dispatchRule": "r"}]}',
}


def main() -> None:
    """Serve jobs until the end of the input."""
    grow_up()
    hurry()
    for line in sys.stdin:
        job = json.loads(line)
        pid = os.fork()
        if not pid:
            child(job["folder"], job["arguments"], job["output"])
        print(pid, flush=True)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
