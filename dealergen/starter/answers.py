"""What must be known to start a dealership, with defaults that hold together for each language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

MILES: Final = frozenset({"US", "GB", "LR", "MM"})
"""Countries whose odometers read miles."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a new dealership says of itself. Every value is checked by the settings' own models before use."""

    language: str
    name: str
    city: str
    region: str
    country: str
    """ISO 3166-1, two letters."""
    street: str
    postal_code: str
    phone: str
    """E.164."""
    currency: str
    """ISO 4217."""
    base_url: str = ""
    """Made from the name if empty."""

    @property
    def slug(self) -> str:
        """The name, fit for an address; `dealer` if nothing of it is."""
        from slugify import slugify

        return slugify(self.name, max_length=50, word_boundary=True) or "dealer"

    @property
    def site_url(self) -> str:
        return self.base_url or f"https://www.{self.slug}.example"

    @property
    def distance(self) -> str:
        """The unit in which the country's drivers count: `mi` or `km`."""
        return "mi" if self.country.upper() in MILES else "km"

    @property
    def timezone(self) -> str:
        """The zone in which the phone rings; else the country's first in the CLDR; else UTC."""
        return _zone_of_phone(self.phone) or _zone_of_country(self.country) or "UTC"

    def today(self) -> dt.date:
        return dt.datetime.now(ZoneInfo(self.timezone)).date()


DEFAULTS: Final[dict[str, Answers]] = {
    "pt-BR": Answers(
        language="pt-BR", name="Auto Alvorada", city="Campinas", region="SP", country="BR",
        street="Rua das Palmeiras, 100", postal_code="13000-000", phone="+55 19 3555-0100", currency="BRL",
    ),
    "en": Answers(
        language="en", name="Larkfield Motors", city="Springfield", region="IL", country="US",
        street="100 Larkfield Road", postal_code="62701", phone="+1 217 555 0100", currency="USD",
    ),
    "es": Answers(
        language="es", name="Autos Alborada", city="Zaragoza", region="Zaragoza", country="ES",
        street="Calle de los Almendros, 100", postal_code="50001", phone="+34 976 000 100", currency="EUR",
    ),
}  # fmt: skip
LANGUAGES: Final = tuple(DEFAULTS)


def _zone_of_phone(phone: str) -> str:
    import phonenumbers
    from phonenumbers.timezone import UNKNOWN_TIMEZONE, time_zones_for_number

    try:
        zones = time_zones_for_number(phonenumbers.parse(phone, None))
    except phonenumbers.NumberParseException:
        return ""
    return next((zone for zone in zones if zone != UNKNOWN_TIMEZONE), "")


def _zone_of_country(country: str) -> str:
    from babel.core import get_global

    zones = sorted(zone for zone, territory in get_global("zone_territories").items() if territory == country.upper())
    return next((zone for zone in zones if not zone.startswith("Etc/")), "")
