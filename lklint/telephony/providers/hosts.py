"""A provider known by the address of outgoing calls."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from lklint.telephony.hosts import split, undialable
from lklint.telephony.providers.facts import PROVIDERS, TWILIO, Provider
from lklint.telephony.providers.sources import ranges_of

HostFault = Literal["fine", "other", "region"]


class HostVerdict(NamedTuple):
    """What is wrong with a host of a provider's.

    - fine: it takes calls, or nothing is known about it;
    - other: it takes no calls to telephones, and `why` not, as a clause;
    - region: it is of the right form, and has a `region` that the provider does not list.

    `suggestion` is the host that was meant, None where it is not clear.
    """

    fault: HostFault
    why: str = ""
    region: str = ""
    suggestion: str | None = None


@lru_cache(maxsize=20_000)
def provider_at(address: str) -> Provider | None:
    """The provider that calls to an address go to, a port left off; None where it is not known.

    An IP address says so only where it cannot be right.
    """
    if undialable(address) is not None:
        return None
    host = _host(address)
    for provider in PROVIDERS:
        # The first question spares most addresses the second.
        if provider.name.lower() in host and re.fullmatch(
            rf"(?:.+\.)?{provider.hosts.domain}", host
        ):
            return provider
    return TWILIO if any(known.provider is TWILIO for known in ranges_of(host)) else None


def judge_host(provider: Provider, address: str) -> HostVerdict:
    """Whether calls to telephones can go to a host of a provider's."""
    hosts, host = provider.hosts, _host(address)
    for pattern, why in hosts.others:
        if re.fullmatch(pattern, host):
            return HostVerdict("other", why, suggestion=_meant(provider, host))
    if any(re.fullmatch(pattern, host) for pattern in hosts.also):
        return HostVerdict("fine")
    unlisted = ""
    for form in hosts.forms:
        match = re.fullmatch(_expression(form), host)
        region = match.groupdict().get("region") if match is not None else None
        if match is not None and (region is None or region in hosts.regions):
            return HostVerdict("fine")
        unlisted = unlisted or region or ""
    if unlisted:
        return HostVerdict("region", region=unlisted)
    if hosts.forms:
        return HostVerdict("other", f"{provider.name} has its trunks elsewhere")
    return HostVerdict("fine")


def where_calls_go(provider: Provider) -> tuple[str, ...]:
    """The hosts of a provider that take calls, with `<your trunk>` for a name of the customer's."""
    return tuple(
        form.replace("{trunk}", "<your trunk>").replace("{region}", region)
        for form in provider.hosts.forms
        for region in (provider.hosts.regions if "{region}" in form else ("",))
    )


def _host(address: str) -> str:
    return split(address)[0].rstrip(".").lower()


def _expression(form: str) -> str:
    """A form as a regular expression."""
    expression = re.escape(form).replace(r"\{trunk\}", ".+")
    return expression.replace(r"\{region\}", r"(?P<region>[^.]+(?:\.[a-z]{2})?)")


def _meant(provider: Provider, host: str) -> str | None:
    """The host that a wrong one stands for: `sip.telnyx.com` for `acme.sip.telnyx.com`."""
    known = [name for name in where_calls_go(provider) if "<" not in name]
    inside = (name for name in known if host.endswith(f".{name}"))
    alike = (name for name in known if name.partition(".")[0] == host.partition(".")[0])
    return next(inside, None) or next(alike, None)
