"""What providers publish about their SIP trunks. Each fact has the page it is from, and its date.

Lists of providers change: a rule built on them warns, it never calls a file wrong for certain. To
renew a fact, read its page and write the date beside it.
"""

from typing import Literal, NamedTuple


class Source(NamedTuple):
    """Where a fact stands, and the day it is from: the page's own, or when it was read."""

    page: str
    date: str


class Hosts(NamedTuple):
    """Where a provider takes calls.

    `domain` is a regular expression of the domains that are the provider's own. `forms` are the
    hosts, with `{trunk}` for a name of the customer's and `{region}` for one of `regions`. `also`
    are more that work: former names, private lines. `others` are hosts of the provider that take no
    calls to telephones, and why. Both are regular expressions.
    """

    source: Source
    domain: str
    forms: tuple[str, ...]
    regions: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()


class Transports(NamedTuple):
    """The port that a provider has for each transport it takes."""

    source: Source
    udp: int | None
    tcp: int | None
    tls: int | None


class Ranges(NamedTuple):
    """Where calls of a provider come from: the ranges of each region.

    `roaming` says that a call may come from any region, so that only the whole list is enough; if
    not, a customer chooses the region. `not_calls` are ranges where something else comes from.
    """

    source: Source
    regions: tuple[tuple[str, tuple[str, ...]], ...]
    roaming: bool
    not_calls: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Logins(NamedTuple):
    """What logins a provider gives and wants.

    `incoming`: whether it can give one with its calls; None where no page says so. `demanded`:
    whether calls to it need one, unless the provider agrees to something else. `user_digits`: how
    many digits the user name is made of, if it is a number. `user_header`: the header that must
    carry the user name from the first message on.
    """

    source: Source
    incoming: Literal["never", "if it is set there", None] = None
    demanded: bool = False
    user_digits: int | None = None
    user_header: str | None = None


class Numbers(NamedTuple):
    """How a provider writes numbers and wants them.

    `sends_plus`: whether calls that come from it carry the plus, None where no page says so.
    `needs_plus`: whether it refuses a called number without one. `caller_is_number`: whether it
    takes calls from numbers only, and only from those of the customer. `pinned`: a calling code
    whose calls must start in a country, and that country.
    """

    source: Source
    sends_plus: bool | None = None
    needs_plus: bool = False
    caller_is_number: bool = False
    pinned: tuple[str, str] | None = None


class Provider(NamedTuple):
    """A telephone company; what is not known of it is None."""

    name: str
    hosts: Hosts
    transports: Transports | None = None
    ranges: Ranges | None = None
    logins: Logins | None = None
    numbers: Numbers | None = None


_TWILIO_PRIVATE = (
    r".+\.pstn\.(?:ashburn|san-jose|london|frankfurt|singapore|tokyo|sydney)-ix\.twilio\.com"
)
_TWILIO_FORMER = r".+\.pstn\.(?:us1|us2|ie1|de1|sg1|jp1|br1|au1)(?:-ix)?\.twilio\.com"
_TWILIO_OTHERS = (
    (
        r".+\.sip(\..+)?\.twilio\.com",
        "it is a domain of Programmable Voice, another product of Twilio's",
    ),
    (r"pstn(\..+)?\.twilio\.com", "the name of your trunk is missing in front"),
    (r"[0-9.]+", "Twilio finds your trunk by its name, and this has none"),
)

TWILIO = Provider(
    "Twilio",
    Hosts(
        Source("twilio.com/docs/sip-trunking", "2026-07-21"),
        r"twilio\.com",
        ("{trunk}.pstn.twilio.com", "{trunk}.pstn.{region}.twilio.com"),
        (
            *("ashburn", "umatilla", "dublin", "frankfurt", "singapore", "tokyo", "sydney"),
            "sao-paulo",
        ),
        (_TWILIO_PRIVATE, _TWILIO_FORMER),
        _TWILIO_OTHERS,
    ),
    Transports(Source("twilio.com/docs/sip-trunking/ip-addresses", "2026-07-21"), 5060, 5060, 5061),
    Ranges(
        Source("twilio.com/docs/sip-trunking/ip-addresses", "2026-07-21"),
        (
            ("Virginia", ("54.172.60.0/30",)),
            ("Oregon", ("54.244.51.0/30",)),
            ("Ireland", ("54.171.127.192/30",)),
            ("Frankfurt", ("35.156.191.128/30",)),
            ("Tokyo", ("54.65.63.192/30",)),
            ("Singapore", ("54.169.127.128/30",)),
            ("Sydney", ("54.252.254.64/30",)),
            ("São Paulo", ("177.71.206.192/30",)),
        ),
        roaming=True,
        not_calls=(("audio", ("168.86.128.0/18",)),),
    ),
    Logins(
        Source("docs.livekit.io/telephony/accepting-calls/inbound-trunk", "2026-08-28"), "never"
    ),
    Numbers(
        Source("twilio.com/docs/sip-trunking", "2026-07-21"),
        sends_plus=True,
        needs_plus=True,
        caller_is_number=True,
    ),
)

TELNYX = Provider(
    "Telnyx",
    Hosts(
        Source("sip.telnyx.com", "2026-08-21"),
        r"telnyx\.(?:[a-z]{2,4}|com?\.[a-z]{2})",
        ("sip.telnyx.{region}",),
        ("com", "eu", "com.au", "ca", "asia", "me"),
        (r"sip-(?:eu|ca|au)\.telnyx\.com",),  # on two pages, and in no list of regions
        ((r".+\.sip\.telnyx\..+", "Telnyx answers 503 where a name stands in front of its host"),),
    ),
    Transports(Source("sip.telnyx.com", "2026-08-21"), 5060, 5060, 5061),
    Ranges(
        Source("sip.telnyx.com", "2026-08-21"),
        (
            ("US", ("192.76.120.10/32", "64.16.250.10/32")),
            ("Europe", ("185.246.41.140/32", "185.246.41.141/32")),
            ("Australia", ("103.115.244.145/32", "103.115.244.146/32")),
            ("Canada", ("192.76.120.31/32", "64.16.250.13/32")),
            ("Middle East", ("185.246.42.128/32", "185.246.42.129/32")),
            ("Asia", ("103.115.244.158/32", "103.115.244.159/32")),
        ),
        roaming=False,
        not_calls=(
            (
                "webhooks",
                (
                    *("192.76.120.128/29", "192.76.120.136/29", "192.76.120.144/29"),
                    *("185.246.41.0/29", "185.246.41.8/29", "185.246.41.16/29"),
                    *("103.115.244.0/29", "103.115.244.8/29"),
                ),
            ),
            (
                "audio",
                (
                    *("36.255.198.128/25", "50.114.136.128/25", "50.114.144.0/21"),
                    *("64.16.226.0/24", "64.16.227.0/24", "64.16.228.0/24", "64.16.229.0/24"),
                    *("64.16.230.0/24", "64.16.248.0/24", "64.16.249.0/24", "103.115.247.0/24"),
                    *("103.115.244.128/25", "185.246.41.128/25", "185.246.42.128/28"),
                ),
            ),
        ),
    ),
    # Whether it answers when it is asked for a login no page says.
    Logins(
        Source(
            "developers.telnyx.com/docs/voice/sip-trunking/livekit-configuration-guide", "2026-08"
        ),
        user_header="X-Telnyx-Username",
    ),
    # Unless the connection is set to "+E.164", as LiveKit's guide has it.
    Numbers(
        Source('support.telnyx.com, "SIP Connection: Number Formats"', "2026-08-24"),
        sends_plus=False,
    ),
)

PLIVO = Provider(
    "Plivo",
    Hosts(
        Source("plivo.com/docs/sip-trunking", "2026-08"),
        r"plivo\.com",
        ("{trunk}.zt.plivo.com",),
        (),
        (),
        (
            (r"zt\.plivo\.com", "the number of your trunk is missing in front"),
            (r"(.+\.)?phone\.plivo\.com", "it is for SIP telephones, another product of Plivo's"),
        ),
    ),
    Transports(Source("plivo.com/docs/sip-trunking", "2026-08"), 5060, 5060, 5061),
    Ranges(
        # An older page of Plivo has only 8 of these 14.
        Source("plivo.com/docs/sip-trunking", "2026-08"),
        (
            ("North California", ("13.52.9.0/25", "216.120.187.128/26")),
            ("Virginia", ("18.214.109.128/25", "18.215.142.0/26", "204.89.148.128/26")),
            ("Frankfurt", ("3.120.121.128/26",)),
            ("São Paulo", ("18.228.70.64/26", "54.233.191.0/27")),
            ("Sydney", ("13.238.202.192/26",)),
            ("Singapore", ("18.136.1.128/26", "204.89.149.128/27")),
            ("India", ("15.207.90.192/31", "204.89.151.128/27", "204.89.151.160/27")),
        ),
        roaming=True,
    ),
    Logins(Source("plivo.com/docs/sip-trunking", "2026-08"), incoming="if it is set there"),
    Numbers(
        Source("docs.livekit.io/telephony/start/providers/plivo", "2026-08-28"),
        caller_is_number=True,
        pinned=("+91", "IN"),
    ),
)

WAVIX = Provider(
    "Wavix",
    Hosts(
        Source('docs.wavix.com, "Wavix IP addresses"', "2026-08"),
        r"wavix\.(?:net|com)",
        ("{region}.wavix.net",),
        ("nl", "us", "sg", "au"),
        (),
        ((r"(.+\.)?wavix\.com", "Wavix has its website there, and its gateways end in .net"),),
    ),
    None,  # Its samples have 5060; a port for TLS, which it opens on request, no page names.
    Ranges(
        Source('docs.wavix.com, "Wavix IP addresses"', "2026-08"),
        (
            ("Amsterdam", ("95.211.82.14/32",)),
            ("Dallas", ("209.58.144.243/32",)),
            ("Singapore", ("23.108.101.90/32",)),
            ("Sydney", ("173.234.106.26/32",)),
        ),
        roaming=False,
    ),
    Logins(Source("docs.wavix.com/sip-trunking", "2026-08"), demanded=True, user_digits=5),
)

DIDLOGIC = Provider(
    "didlogic",
    Hosts(
        Source("docs.livekit.io/telephony/start/providers/didlogic", "2026-08-28"),
        r"didlogic\.net",
        (),
    ),
    None,
    None,
    Logins(
        Source("docs.livekit.io/telephony/start/providers/didlogic", "2026-08-28"),
        demanded=True,
        user_digits=5,
    ),
)

SINCH = Provider(
    "Sinch",
    Hosts(
        Source("docs.livekit.io/telephony/start/providers/sinch", "2026-08-28"),
        r"pstn\.sinch\.com",  # Calls to ….sip.sinch.com are those of its Voice API.
        ("{trunk}.pstn.sinch.com",),
        (),
        (),
        ((r"(trunk\.)?pstn\.sinch\.com", "the domain name of your trunk is missing in front"),),
    ),
)

EXOTEL = Provider(
    "Exotel",
    Hosts(Source("developer.exotel.com/docs/vsip", "2026-08"), r"exotel\.com", ()),
    Transports(Source("developer.exotel.com/docs/vsip", "2026-08"), None, 5070, 443),
)

PROVIDERS = (TWILIO, TELNYX, PLIVO, WAVIX, DIDLOGIC, SINCH, EXOTEL)
