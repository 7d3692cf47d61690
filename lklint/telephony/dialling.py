"""Where a call goes out to, and how: from a stored trunk or one that is written into the call."""

import re
from typing import NamedTuple

from lklint.telephony.message import Message, Text
from lklint.telephony.resources import OutboundTrunk, Participant


class Dialling(NamedTuple):
    """What LiveKit dials with. `message` is the trunk."""

    message: Message
    address: Text | None
    transport: Text | None
    country: Text | None
    auth_username: Text | None
    auth_password: Text | None

    @property
    def encrypted(self) -> bool:
        """Whether the call is set up over TLS."""
        return self.transport == "SIP_TRANSPORT_TLS"


def dialling(resource: OutboundTrunk | Participant) -> Dialling | None:
    """How a resource dials; None for a call that goes through a stored trunk.

    A call that names a stored trunk goes through that one, whatever trunk is written into it
    (livekit/protocol rpc/sip.go, NewCreateSIPParticipantRequest).
    """
    if isinstance(resource, OutboundTrunk):
        return Dialling(
            resource.message, resource.address, resource.transport, resource.destination_country,
            resource.auth_username, resource.auth_password,
        )  # fmt: skip
    inline = resource.trunk
    if inline is None or resource.sip_trunk_id is not None:
        return None
    return Dialling(
        inline.message, inline.hostname, inline.transport, inline.destination_country,
        inline.auth_username, inline.auth_password,
    )  # fmt: skip


_MARKS = str.maketrans("", "", " \t().-/")


def plain_number(text: str) -> str:
    """A number without the marks that people set between digits; a user name stays as it is.

    LiveKit sends numbers of outgoing calls as they are written, to providers that know no marks.
    """
    bare = text.strip(" \t\r\n")
    # "+44 (0)20 …": the zero is for callers inside the country.
    digits = (bare.replace("(0)", "") if bare[:1] == "+" else bare).translate(_MARKS)
    return digits if re.fullmatch(r"\+?[0-9]+", digits) else bare
