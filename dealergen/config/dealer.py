"""Who the dealer is: the identity that every channel carries."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, HttpUrl, model_validator

from .base import Email, HexColor, Localized, SettingFault, SettingsModel, Text
from .tax_ids import cnpj_fault


class TaxId(SettingsModel):
    """The number under which the dealer is registered, shown in the footer."""

    kind: Literal["cnpj", "vat", "ein", "nif", "other"] = "other"
    """`cnpj` (Brazil, check digits are verified), `vat` (EU), `ein` (US), `nif` (Spain, Portugal) or `other`."""
    number: Text
    """The number as the law wants it printed."""

    @model_validator(mode="after")
    def _check_digits(self) -> TaxId:
        if self.kind == "cnpj" and (fault := cnpj_fault(self.number)):
            raise SettingFault("cnpj", fault, "number", remedy="Copy it from the company's registration (cartão CNPJ).")
        return self


class Colors(SettingsModel):
    """The dealer's colours; themes derive every shade from these and guard the contrast."""

    primary: HexColor = "#1d3b36"
    """The brand's main colour."""
    accent: HexColor = "#b4552d"
    """The colour of the one thing to press on a page."""


class Socials(SettingsModel):
    """Addresses of the dealer's profiles elsewhere; shown in the footer and told to search engines."""

    instagram: HttpUrl | None = None
    """Instagram profile."""
    facebook: HttpUrl | None = None
    """Facebook page."""
    youtube: HttpUrl | None = None
    """YouTube channel."""
    tiktok: HttpUrl | None = None
    """TikTok profile."""
    linkedin: HttpUrl | None = None
    """LinkedIn page."""
    x: HttpUrl | None = None
    """X profile."""

    def urls(self) -> dict[str, str]:
        """Network name → address, of those that are set, in declaration order."""
        return {name: str(url) for name in type(self).model_fields if (url := getattr(self, name)) is not None}


class Dealer(SettingsModel):
    """The dealership as a whole."""

    name: Text
    """The name on the sign."""
    legal_name: Text | None = None
    """The registered company name, printed in the footer and the legal pages."""
    tax_id: TaxId | None = None
    """The company's registration number."""
    tagline: Localized = ""
    """One line under the name; a text, or one text for each language."""
    logo: str | None = None
    """Path of the logo (SVG, PNG or WebP), relative to site.yaml. Without one, the name is set as a wordmark."""
    icon: str | None = None
    """Path of the icon for browser tabs (a square SVG or PNG), relative to site.yaml. Without one, the initial."""
    colors: Colors = Field(default_factory=Colors)
    """Brand colours."""
    email: Email | None = None
    """The address for general questions."""
    founded: int | None = Field(default=None, ge=1850, le=2100)
    """The year of foundation."""
    socials: Socials = Field(default_factory=Socials)
    """Profiles on other networks."""
