"""Ways to reach the dealer: phones as locals write them, WhatsApp links, stores with their hours, and the lead form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import quote

import phonenumbers

from dealergen.config import Rooftop
from dealergen.site.hours import HolidayRow, Span, weekly_rows

from .edition import Edition
from .views import DayHours, FormView, HolidayHours, Phone, RooftopView


@lru_cache(maxsize=4096)
def local_phone(number: str, country: str) -> str:
    """`number` (E.164) as people in `country` (two letters) write it."""
    parsed = phonenumbers.parse(number, None)
    home = phonenumbers.country_code_for_region(country) == parsed.country_code
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, style)


def phone_view(edition: Edition, number: str, rooftop: Rooftop, department: str = "") -> Phone:
    label = edition.t(f"department.{department}") if department else ""
    return Phone(local_phone(number, rooftop.address.country), f"tel:{number}", label)


def whatsapp_url(number: str | None, text: str) -> str:
    """A link that opens a chat with `text` typed in (format of wa.me: digits only, percent-encoded UTF-8)."""
    return f"https://wa.me/{number.lstrip('+')}?text={quote(text, safe='')}" if number else ""


def directions_url(rooftop: Rooftop) -> str:
    """A map with the way there; opened only when pressed, so nothing is asked of it before."""
    if rooftop.geo:
        target = f"{rooftop.geo.lat},{rooftop.geo.lng}"
    else:
        address = rooftop.address
        target = f"{address.street}, {address.city} {address.region} {address.postal_code} {address.country}"
    return f"https://www.google.com/maps/dir/?api=1&destination={quote(target, safe='')}"


def form_view(
    edition: Edition, intent: Literal["vehicle", "find", "contact", "offer"], page: str, *, subject: str = "",
    hidden: tuple[tuple[str, str], ...] = (),
) -> FormView:  # fmt: skip
    """The lead form for `intent` on the page with the address `page`; `subject` goes into the message."""
    settings = edition.settings
    consent = edition.text(settings.legal.consent) or edition.t("form.consent", dealer=settings.dealer.name)
    message = edition.t(f"form.message_{intent}", name=subject) if intent != "contact" else ""
    common = (("form", intent), ("page", page), ("language", edition.language), ("next", edition.routes.thanks()))
    return FormView(
        action=settings.forms.action,
        intent=intent,
        heading=edition.t(f"form.heading_{intent}"),
        submit=edition.t(f"form.submit_{intent}"),
        message=message,
        consent=consent,
        privacy_url=edition.pages.get(settings.legal.privacy, ""),
        hidden=common + hidden,
    )


def place_context(edition: Edition, rooftop: Rooftop) -> Mapping[str, Any]:
    """The context of `fragments/place.html`."""
    return {"rooftop": rooftop_view(edition, rooftop), "t": edition.t, "icon": edition.icon}


def rooftop_view(edition: Edition, rooftop: Rooftop) -> RooftopView:
    """A store, without what depends on the stock."""
    if rooftop.id not in edition.rooftops:
        edition.rooftops[rooftop.id] = _rooftop(edition, rooftop)
    return edition.rooftops[rooftop.id]


def _rooftop(edition: Edition, rooftop: Rooftop) -> RooftopView:
    address = rooftop.address
    place = f"{address.city} – {address.region}, {address.postal_code}"
    return RooftopView(
        id=rooftop.id,
        name=rooftop.name,
        url=edition.routes.rooftop(rooftop.id),
        street=f"{address.street} – {address.district}" if address.district else address.street,
        city=place,
        phones=tuple(phone_view(edition, phone.number, rooftop, phone.department) for phone in rooftop.phones),
        email=rooftop.email or edition.settings.dealer.email or "",
        whatsapp_url=whatsapp_url(rooftop.whatsapp, edition.t("rooftop.whatsapp_text", name=rooftop.name)),
        directions_url=directions_url(rooftop),
        hours=_hours(edition, rooftop),
        holidays=(),
    )


def holidays_view(edition: Edition, rows: list[HolidayRow]) -> tuple[HolidayHours, ...]:
    """The holidays of the next weeks."""
    return tuple(HolidayHours(edition.locale.date(row.date), row.name, _spans(edition, row.spans)) for row in rows)


def _hours(edition: Edition, rooftop: Rooftop) -> tuple[DayHours, ...]:
    return tuple(
        DayHours(_days(edition, row.first, row.last), _spans(edition, row.spans)) for row in weekly_rows(rooftop)
    )


def _days(edition: Edition, first: int, last: int) -> str:
    weekday = edition.locale.weekday
    if first == last:
        return weekday(first)
    return edition.t("rooftop.day_range", first=weekday(first), last=weekday(last))


def _spans(edition: Edition, spans: tuple[Span, ...]) -> str:
    time = edition.locale.time
    texts = [edition.t("rooftop.open_range", opens=time(opens), closes=time(closes)) for opens, closes in spans]
    return ", ".join(texts) or edition.t("rooftop.closed")
