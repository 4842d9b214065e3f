"""Where the dealer is: one rooftop a store, with its address, phones and opening hours."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

import phonenumbers
from pydantic import AfterValidator, Field, StringConstraints, model_validator

from .base import Email, Identifier, SettingFault, SettingsModel, Text
from .suggest import did_you_mean

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _valid_phone(text: str) -> str:
    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        raise SettingFault("phone", "no country has this code", remedy="Begin with + and the code, like +55.") from None
    if not phonenumbers.is_possible_number(number):
        raise SettingFault(
            "phone",
            "this number has too few or too many digits for its country",
            remedy="Write country, area and number: +55 19 3456-7890.",
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _valid_zone(text: str) -> str:
    if text not in available_timezones():
        near = did_you_mean(text, available_timezones())
        remedy = f"Did you mean {near}?" if near else "Write it like America/Sao_Paulo."
        raise SettingFault("timezone", "this is not a time zone of the IANA database", remedy=remedy)
    return text


Phone = Annotated[
    str,
    StringConstraints(pattern=r"^\+[1-9][0-9 ()./-]{5,22}$"),
    AfterValidator(_valid_phone),
    Field(examples=["+55 19 3456-7890"]),
]
"""A phone number in E.164 (ITU-T): `+`, country code, number; 15 digits at most. Spaces and hyphens are taken out."""


class Address(SettingsModel):
    """A postal address."""

    street: Text
    """Street and number."""
    district: str | None = None
    """Neighbourhood (bairro)."""
    city: Text
    """City."""
    region: Text
    """State, province or region, as locals write it (`SP`)."""
    postal_code: Text
    """Postal code (CEP, ZIP, PLZ)."""
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$"), Field(examples=["BR", "PT"])]
    """Country as two letters (ISO 3166-1), such as `BR`."""


class Geo(SettingsModel):
    """A point on the map (WGS 84, degrees)."""

    lat: float = Field(ge=-90, le=90)
    """Latitude."""
    lng: float = Field(ge=-180, le=180)
    """Longitude."""


class NamedPhone(SettingsModel):
    """A phone and what it is for."""

    number: Phone
    """The number in E.164, such as `+55 11 3456-7890`."""
    department: Literal["sales", "service", "parts", "finance", "reception"] = "sales"
    """Who answers."""


Clock = Annotated[
    str, StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"), Field(examples=["08:00", "18:30"])
]
"""A time of day as `HH:MM`, 24 hours, in the rooftop's time zone."""


class OpeningHours(SettingsModel):
    """One stretch of opening hours on some days of the week."""

    days: list[Weekday] = Field(min_length=1)
    """The days, such as `[mon, tue, wed, thu, fri]`."""
    opens: Clock
    """Opening time."""
    closes: Clock
    """Closing time, later than `opens`."""

    @model_validator(mode="after")
    def _in_order(self) -> OpeningHours:
        if self.closes <= self.opens:
            raise SettingFault(
                "hours", f"a store that opens at {self.opens} must close later on that day", "closes",
                remedy="Split hours that run past midnight in two: until 24:00, and from 00:00.",
            )  # fmt: skip
        return self


class Holiday(SettingsModel):
    """A day on which the usual hours do not hold."""

    date: dt.date
    """The day, as `YYYY-MM-DD`."""
    name: Text
    """What is celebrated."""
    opens: Clock | None = None
    """Opening time on that day; leave out for closed."""
    closes: Clock | None = None
    """Closing time on that day; leave out for closed."""

    @model_validator(mode="after")
    def _both_or_neither(self) -> Holiday:
        if (self.opens is None) != (self.closes is None):
            raise SettingFault(
                "hours", "only one of 'opens' and 'closes' is given", remedy="Give both; or neither, if closed."
            )
        return self


class Rooftop(SettingsModel):
    """One store of the dealer."""

    id: Identifier
    """A short name for URLs, such as `centro`."""
    name: Text
    """The store's name as visitors know it."""
    address: Address
    """Where it is."""
    geo: Geo | None = None
    """Its point on the map, for directions and local search."""
    phones: list[NamedPhone] = Field(min_length=1)
    """Its phones; the first one of sales is the one on vehicle pages."""
    whatsapp: Phone | None = None
    """Its WhatsApp number in E.164."""
    email: Email | None = None
    """Its e-mail address."""
    timezone: Annotated[str, AfterValidator(_valid_zone), Field(examples=["America/Sao_Paulo"])] = "America/Sao_Paulo"
    """Its time zone in the IANA database."""
    hours: list[OpeningHours] = Field(default_factory=list)
    """Its usual opening hours; a day that is not named is closed."""
    holidays: list[Holiday] = Field(default_factory=list)
    """Days with other hours, or closed."""
    aliases: list[Text] = Field(default_factory=list)
    """How the inventory's rooftop column names this store (its id and name are always known)."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def sales_phone(self) -> str:
        """The number for buyers, E.164."""
        return next((phone.number for phone in self.phones if phone.department == "sales"), self.phones[0].number)
