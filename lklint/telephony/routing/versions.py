"""What a livekit-server does on a call that an older one does otherwise.

Read from livekit/livekit and livekit/protocol, and seen on livekit-server 1.13.3. Everything before
1.13.8 is taken for 1.13.3 (protocol 1.48.2). 1.13.11 is the newest release that was seen, and
its protocol is still one without the new reading of addresses; what is newer is taken for protocol
1.54.0.
"""

from typing import NamedTuple

Version = tuple[int, int, int]


class Behaviour(NamedTuple):
    """The differences.

    - `rejects`: a call without a rule is answered with 404 (since 1.13.8), not with silence;
    - `survives_empty_caller`: a rule that hides the number takes a caller without one (since
      1.13.8); before, such a call ends the server process;
    - `reads_masks`: an entry of `allowed_addresses` that is an address or a block, in brackets or
      not, is compared with the source alone (after 1.13.11); before, every entry was compared with
      the host in the From header too, and brackets were not read.
    """

    rejects: bool = True
    survives_empty_caller: bool = True
    reads_masks: bool = True


NEWEST = Behaviour()


def behaviour(version: Version | None) -> Behaviour:
    """What a livekit-server of a version does; None is the newest."""
    if version is None:
        return NEWEST
    mended = version >= (1, 13, 8)
    return Behaviour(mended, mended, version > (1, 13, 11))
