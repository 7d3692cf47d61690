"""A phone number in the words of `lk number`."""

from __future__ import annotations

from typing import Any

from lklint.reports.escaping import printable

Json = dict[str, Any]


def number_row(number: Json) -> tuple[str, ...]:
    """The cells of a number in a table; `number` is JSON with the field names of the .proto."""
    return (
        number.get("id", ""),
        number.get("e164_format", ""),
        number.get("country_code", ""),
        number.get("area_code", ""),
        type_word(number),
        number.get("locality", ""),
        number.get("region", ""),
        ",".join(number.get("capabilities", ())),
        status_word(number),
        rules_text(number),
    )


def detail_lines(number: Json) -> list[str]:
    """The lines of `lk number get` below the first."""
    names = (
        *("ID", "E164 Format", "Country", "Area Code", "Type", "Locality", "Region"),
        *("Capabilities", "Status", "SIP Dispatch Rules"),
    )
    pairs = [*zip(names, number_row(number), strict=True)]
    if "released_at" in number:
        pairs.append(("Released At", number["released_at"][:19].replace("T", " ")))
    return [f"  {name}: {printable(text)}" for name, text in pairs]


def bought_line(number: Json) -> str:
    """The line of `lk number purchase` about one number."""
    rules = number.get("sip_dispatch_rule_ids", ())
    told = f" (SIP Dispatch Rules: {', '.join(rules)})" if rules else ""
    name, id = number.get("e164_format", ""), number.get("id", "")
    return printable(f"  {name} ({id}) - {status_word(number)}{told}")


def type_word(number: Json) -> str:
    """The type, as in "LOCAL"."""
    return str(number.get("number_type", "UNKNOWN")).removeprefix("PHONE_NUMBER_TYPE_")


def status_word(number: Json) -> str:
    """The status, as in "ACTIVE"."""
    return str(number.get("status", "UNSPECIFIED")).removeprefix("PHONE_NUMBER_STATUS_")


def rules_text(number: Json) -> str:
    """The ids of its dispatch rules, "-" for none."""
    return ", ".join(number.get("sip_dispatch_rule_ids", ())) or "-"
