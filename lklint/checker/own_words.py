"""Findings about lklint's own files: LiveKit never sees them, so it refuses nothing of them.

The rules about texts and shapes are the same, and so is what they say, but for who it is that
cannot read the file.
"""

from lklint.findings import Effect, Finding


def in_own_words(finding: Finding) -> Finding:
    """A finding about one of these files: what LiveKit would refuse, lklint cannot read."""
    if finding.effect is not Effect.REJECTED:
        return finding
    return finding._replace(
        effect=Effect.DEAD,
        headline=finding.headline.replace("LiveKit", "lklint"),
        mend=finding.mend.replace("LiveKit", "lklint"),
    )
