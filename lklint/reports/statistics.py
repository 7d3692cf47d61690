"""How often each rule spoke (`--statistics`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lklint.findings import Report
from lklint.reports.counting import summary


def render(report: Report) -> Iterator[str]:
    """One line a rule, the most frequent first, and the summary."""
    counts = Counter((finding.code, finding.name) for finding in report.findings)
    most = max((len(f"{count:,}") for count in counts.values()), default=1)
    for (code, name), count in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
        yield f"{count:>{most},}  {code}  {name}"
    yield summary(report)
