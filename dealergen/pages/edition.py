"""An edition: the site in one language, with the words, the addresses and the settings that its pages print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from dealergen.config import Rooftop, Settings
from dealergen.config.base import Localized
from dealergen.config.presentation import FacetName
from dealergen.engine import Fact, digest_of, join_digests
from dealergen.locale import Locale
from dealergen.seo.patterns import clipped, fill
from dealergen.seo.sitemap import origin_of

from .routes import BAND_FACETS, VOCABULARY_FACETS, Routes
from .views import RooftopView


@dataclass(slots=True)
class Assets:
    """Addresses of what every page loads."""

    stylesheet: str
    script: str
    icons: str
    icon: str
    """The site's own icon; empty if the dealer has none."""
    logo: str
    logo_size: tuple[int, int]
    files: dict[str, str]
    """The theme's other assets by name."""
    fonts: tuple[str, ...]
    """Fonts that the first screen needs."""


@dataclass(slots=True)
class Edition:
    """One language's edition. A fact: its digest covers all that its pages may print from it."""

    language: str
    settings: Settings
    locale: Locale
    routes: Routes
    assets: Assets
    year: int
    """Of the build's clock, for the footer."""
    pages: dict[str, str] = field(default_factory=dict)
    """The content pages of this language: name → address."""
    has_blog: bool = False
    """Whether this language has posts."""
    siblings: dict[str, Edition] = field(default_factory=dict)
    """Every edition by language, this one included."""
    rooftops: dict[str, RooftopView] = field(default_factory=dict)
    """Stores as pages show them, made when first asked for."""
    t: Callable[..., str] = field(init=False)
    """The words of the language: `Locale.t`, a hop nearer."""
    _icons: dict[str, Markup] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.t = self.locale.t

    def text(self, value: Localized) -> str:
        return self.settings.text(value, self.language)

    def icon(self, name: str) -> Markup:
        """An icon of the theme's sprite, hidden from screen readers: words stand beside it."""
        if name not in self._icons:
            self._icons[name] = Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>').format(
                self.assets.icons, name
            )
        return self._icons[name]

    def asset(self, name: str) -> str:
        """The published address of one of the theme's assets."""
        return self.assets.files[name]

    def absolute(self, url: str) -> str:
        """`url` with scheme and host; an absolute one stays as it is."""
        return url if "://" in url or not url else origin_of(self.settings.site_url) + url

    def pattern(self, own: Localized, key: str, values: Mapping[str, str], **more: Any) -> str:
        """The dealer's own pattern if there is one, else the language's, filled in."""
        pattern = self.text(own) or self.t(key, **{name: f"{{{name}}}" for name in values}, **more)
        return fill(pattern, values)

    def description(self, text: str) -> str:
        """A meta description: no longer than search engines show (about 155 characters)."""
        return clipped(text, 158)

    @property
    def city(self) -> str:
        return self.settings.rooftops[0].address.city

    def word(self, vocabulary: str, value: str | None) -> str:
        """What visitors read for a word of a closed vocabulary; empty for none."""
        return self.t(f"{vocabulary}.{value}") if value else ""

    def facet_label(self, facet: FacetName, key: str, label: str) -> str:
        """What visitors read for a facet's value."""
        if facet in VOCABULARY_FACETS:
            return self.t(f"{facet}.{label}")
        if facet in BAND_FACETS:
            return self._band(facet, key)
        return label

    def _band(self, facet: FacetName, key: str) -> str:
        low, _, high = key.partition("-")
        bounds = {"min": self._amount(facet, low), "max": self._amount(facet, high)}
        kind = "between" if low and high else "up_to" if high else "above"
        return self.t(f"band.{facet}_{kind}", **bounds)

    def _amount(self, facet: FacetName, bound: str) -> str:
        if not bound:
            return ""
        return self.locale.money(Decimal(bound)) if facet == "price" else self.locale.distance(int(bound))

    def many_rooftops(self) -> bool:
        return len(self.settings.rooftops) > 1

    def rooftop_label(self, rooftop: Rooftop) -> str:
        """The store's name where there is more than one; else nothing."""
        return rooftop.name if self.many_rooftops() else ""


PRINTED = {"dealer", "rooftops", "base_url", "languages", "currency", "units", "navigation", "forms", "legal", "seo"}
"""The settings that pages print; the others act through the model."""


def edition_fact(edition: Edition) -> Fact:
    """The edition as a fact. Which facet pages there are is a fact of its own, for pages that link to them."""
    settings = edition.settings
    printed = settings.model_dump_json(include=PRINTED)
    assets = edition.assets
    digest = join_digests(
        (
            edition.locale.digest,
            digest_of(
                printed, settings.inventory.publish_vin, edition.year, edition.pages, edition.has_blog,
                assets.stylesheet,
                assets.script, assets.icons, assets.icon, assets.logo, assets.logo_size, assets.files,
            ),
        )
    )  # fmt: skip
    return Fact("edition", digest, edition)
