"""site.yaml as one typed model: the dealer, the rooftops, the stock and how it is shown."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, HttpUrl, StringConstraints, field_validator

from .base import Identifier, Localized, SettingFault, SettingsModel, Text, localized
from .dealer import Dealer
from .inventory import InventorySettings
from .presentation import FormSettings, LegalTexts, LifecycleSettings, ListingSettings, PhotoSettings, SeoSettings
from .rooftop import Rooftop

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Z]{2})?$"), Field(examples=["pt-BR", "en", "es"])]
"""A language tag (BCP 47), such as `pt-BR`, `en` or `es`."""


class NavItem(SettingsModel):
    """One entry of the menu."""

    label: Localized
    """What it says."""
    to: Text
    """A content page's name (`about`), `stock`, `offers`, `blog`, `stores`, or a full address."""


class Units(SettingsModel):
    """Units that visitors read."""

    distance: Literal["km", "mi"] = "km"
    """Kilometres or miles; the inventory's own unit is converted."""


class Settings(SettingsModel):
    """Everything that site.yaml may say."""

    dealer: Dealer
    """The dealership as a whole."""
    rooftops: list[Rooftop] = Field(min_length=1)
    """Its stores; the first is the main one."""
    base_url: HttpUrl
    """The address at which the site will be published, such as `https://www.example.com`."""
    languages: list[Language] = Field(default_factory=lambda: ["pt-BR"], min_length=1)
    """The site's languages; the first is the default and stands at the root."""
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$"), Field(examples=["BRL", "EUR"])] = "BRL"
    """The currency of prices (ISO 4217)."""
    units: Units = Field(default_factory=Units)
    """Units that visitors read."""
    theme: Identifier = "galeria"
    """The theme."""
    navigation: list[NavItem] = Field(default_factory=list)
    """The menu; a sensible one is made if empty."""
    inventory: InventorySettings = Field(default_factory=InventorySettings)
    """Where the vehicles come from."""
    listing: ListingSettings = Field(default_factory=ListingSettings)
    """The listing and its facet pages."""
    lifecycle: LifecycleSettings = Field(default_factory=LifecycleSettings)
    """How long the states of a vehicle last."""
    photos: PhotoSettings = Field(default_factory=PhotoSettings)
    """Where photos are, and what is made of them."""
    forms: FormSettings = Field(default_factory=FormSettings)
    """Where forms post to."""
    legal: LegalTexts = Field(default_factory=LegalTexts)
    """Legal texts."""
    seo: SeoSettings = Field(default_factory=SeoSettings)
    """Patterns of titles and descriptions."""

    @field_validator("languages")
    @classmethod
    def _once_each(cls, languages: list[str]) -> list[str]:
        for index, language in enumerate(languages):
            if language in languages[:index]:
                raise SettingFault("repeated", "this language is named twice", index, remedy="Delete one of the two.")
        return languages

    @field_validator("rooftops")
    @classmethod
    def _own_ids(cls, rooftops: list[Rooftop]) -> list[Rooftop]:
        ids = [rooftop.id for rooftop in rooftops]
        for index, name in enumerate(ids):
            if name in ids[:index]:
                raise SettingFault(
                    "repeated", "two rooftops have this id", index, "id", remedy="Give each one its own."
                )
        return rooftops

    @property
    def default_language(self) -> str:
        return self.languages[0]

    @property
    def site_url(self) -> str:
        """The base address without a slash at its end."""
        return str(self.base_url).rstrip("/")

    def text(self, value: Localized, language: str) -> str:
        """A localized text in `language`, falling back to the site's default language."""
        return localized(value, language, self.default_language)
