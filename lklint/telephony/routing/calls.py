"""An incoming call, as the SIP service tells it to livekit-server."""

from collections.abc import Mapping
from typing import NamedTuple


class Call(NamedTuple):
    """What is known of a call (livekit/protocol rpc `SIPCall`, `EvaluateSIPDispatchRulesRequest`).

    `caller` and `called` are the user parts of the From and To headers, as they were sent, and
    `from_host` is the host of From, which the caller chooses. `source_ip` is where the call comes
    from; "" where nobody said, and LiveKit then lets it through every list of addresses.

    `pin` is what the caller entered when asked, `no_pin` that `#` alone was pressed. `call_id` and
    `attributes` are what the SIP service adds; they reach the attributes of the participant.
    """

    caller: str
    called: str
    source_ip: str = ""
    from_host: str = ""
    pin: str | None = None
    no_pin: bool = False
    call_id: str = ""
    attributes: Mapping[str, str] = {}
