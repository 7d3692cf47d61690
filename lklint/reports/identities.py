"""What each file was taken for, and why (`--verbose`)."""

from __future__ import annotations

from collections.abc import Iterator

from lklint.findings import Report
from lklint.reports.escaping import printable


def render(report: Report) -> Iterator[str]:
    """One line for each file, those passed over last."""
    for checked in report.checked:
        server = f" (server: {checked.environment})" if checked.environment else ""
        taken = f"{checked.form} {checked.kind}, as {checked.why}{server}"
        yield printable(f"{checked.file}: {taken}")
    for file in report.passed_over:
        yield f"{printable(file)}: passed over, nothing in it is LiveKit telephony"
    yield ""
