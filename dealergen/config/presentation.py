"""How the stock is shown: listing, facets, the lifecycle of a vehicle, forms and legal texts."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from .base import Localized, SettingsModel
from .photos import PhotoSettings

FacetName = Literal[
    "condition", "make", "model", "body", "fuel", "transmission", "price", "year", "mileage", "color", "rooftop"
]
__all__ = [
    "FACETS",
    "FacetName",
    "FormSettings",
    "LegalTexts",
    "LifecycleSettings",
    "ListingSettings",
    "PhotoSettings",
    "PriceBands",
    "SeoSettings",
]

FACETS: tuple[FacetName, ...] = get_args(FacetName)


class PriceBands(SettingsModel):
    """The price bands of the listing."""

    steps: list[Annotated[int, Field(gt=0)]] = Field(default_factory=list)
    """Upper bounds in the site's currency, rising; empty means round bounds chosen from the stock."""


class ListingSettings(SettingsModel):
    """The listing and its facet pages."""

    per_page: int = Field(default=24, ge=6, le=96)
    """Vehicles on one page."""
    min_vehicles: int = Field(default=3, ge=1)
    """The fewest vehicles for which a facet gets a page of its own."""
    facets: list[FacetName] = Field(default_factory=lambda: list(FACETS))
    """The facets offered, in order."""
    price_bands: PriceBands = Field(default_factory=PriceBands)
    """Price bands."""
    order: Literal["newest", "price", "-price", "mileage", "year", "-year"] = "newest"
    """The order of the listing."""
    similar: int = Field(default=4, ge=0, le=12)
    """Similar vehicles on a vehicle page."""
    featured: int = Field(default=8, ge=0, le=24)
    """Featured vehicles on the home page."""


class LifecycleSettings(SettingsModel):
    """How long the states of a vehicle last, in days."""

    new_arrival_days: int = Field(default=14, ge=0)
    """How long a vehicle counts as just arrived."""
    price_drop_days: int = Field(default=30, ge=0)
    """How long a fall in price is shown."""
    min_price_drop: float = Field(default=0.01, ge=0, le=1)
    """The smallest fall that is shown, as a share of the earlier price."""
    sold_days: int = Field(default=30, ge=0)
    """How long a sold vehicle's page says so before its address leads to similar ones."""


class FormSettings(SettingsModel):
    """Where the lead form posts to."""

    action: Annotated[str, StringConstraints(pattern=r"^(/|https://)")] = "/api/lead"
    """The address of the capture function."""


class LegalTexts(SettingsModel):
    """Texts that the law or prudence asks for."""

    price_note: Localized = ""
    """Under each price (fees, validity, "subject to prior sale")."""
    footer: Localized = ""
    """At the foot of each page."""
    consent: Localized = ""
    """Beside the send button of a form; the theme's wording if empty."""
    privacy: str = "privacy"
    """The name of the content page that holds the privacy policy."""


class SeoSettings(SettingsModel):
    """Patterns of titles and descriptions. Words in braces are filled in: see docs/reference."""

    vehicle_title: Localized = ""
    """Title of a vehicle page; the language's own pattern if empty."""
    vehicle_description: Localized = ""
    """Meta description of a vehicle page."""
    home_title: Localized = ""
    """Title of the home page."""
    home_description: Localized = ""
    """Meta description of the home page."""
    indexnow_key: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{8,128}$")] | None = Field(
        default=None, examples=["5f2c8a0e9b7d4c61a3e0f4b2d7c8916e"]
    )
    """The key with which `dealergen indexnow` tells search engines of changes: 8 to 128 letters, digits or hyphens of
    your own choice. It is published as a text file, as the protocol asks."""
