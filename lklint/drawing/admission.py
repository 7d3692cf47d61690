"""Whom the list of addresses of a trunk lets in, in a few words.

What LiveKit drops counts for nothing, and with nothing else left everybody may call
(livekit/protocol, sip/sip.go `matchAddrMasks`). Nor does what it keeps and no call comes from.
"""

from __future__ import annotations

from lklint.reports.counting import plural
from lklint.telephony.address_verdicts import classify
from lklint.telephony.addresses import BITS, hold_everything, is_ignored, parse_mask
from lklint.telephony.routing.stored import Trunk

NOBODY = "lets in nobody"
_NEVER = ("unmatchable", "empty", "placeholder", "lookalike")
"""Entries that no call comes from (`address_verdicts.AddressVerdict`)."""


def admitted(trunk: Trunk) -> str:
    """From where a trunk takes calls: "lets in 2 addresses"; "" where it lists none."""
    if not trunk.masks:
        return ""
    kept = [mask for mask in dict.fromkeys(trunk.masks) if not is_ignored(mask)]
    useful = [mask for mask in kept if classify(mask).fault not in _NEVER]
    blocks = [block for mask in useful if (block := parse_mask(mask)) is not None]
    if not kept or hold_everything(blocks, 4):
        return "lets in everybody"
    single = sum(block.bits == BITS[block.version] for block in blocks)
    ranges, hosts = len(blocks) - single, len(useful) - len(blocks)
    told = [f"{single:,} address{'' if single == 1 else 'es'}"] if single else []
    told += [plural(ranges, "address range")] if ranges else []
    told += [f"{plural(hosts, 'host')} in From"] if hosts else []
    return f"lets in {', '.join(told)}" if told else NOBODY
