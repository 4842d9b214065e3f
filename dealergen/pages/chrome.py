"""What frames every page of a language: the header and the footer, rendered once, and what the site says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from dealergen.config.settings import NavItem

from .contact import rooftop_view
from .edition import Edition
from .views import Link, PageView, Picture, SiteView

TAX_IDS = {"cnpj": "CNPJ", "vat": "VAT", "ein": "EIN", "nif": "NIF", "other": ""}
NETWORKS = {
    "instagram": "Instagram",
    "facebook": "Facebook",
    "youtube": "YouTube",
    "tiktok": "TikTok",
    "linkedin": "LinkedIn",
    "x": "X",
}


@dataclass(slots=True)
class Chrome:
    """The frame of a language's pages."""

    edition: Edition
    site: SiteView
    header: Markup
    footer: Markup

    def context(self, page: PageView, **more: Any) -> Mapping[str, Any]:
        """The context of a page's template: the frame, the page's head, and `more`."""
        edition = self.edition
        return {
            "page": page, "site": self.site, "header": self.header, "footer": self.footer,
            "t": edition.t, "icon": edition.icon, "asset": edition.asset, **more,
        }  # fmt: skip


def frame_context(edition: Edition, site: SiteView) -> Mapping[str, Any]:
    """The context of the header's and the footer's template."""
    return {"site": site, "t": edition.t, "icon": edition.icon, "asset": edition.asset}


def site_view(edition: Edition) -> SiteView:
    """What stays the same on every page of the edition."""
    settings, routes = edition.settings, edition.routes
    dealer = settings.dealer
    return SiteView(
        name=dealer.name,
        legal_name=dealer.legal_name or dealer.name,
        tax_id=f"{TAX_IDS[dealer.tax_id.kind]} {dealer.tax_id.number}".strip() if dealer.tax_id else "",
        tagline=edition.text(dealer.tagline),
        home_url=routes.home(),
        stock_url=routes.stock(),
        stylesheet=edition.assets.stylesheet,
        script=edition.assets.script,
        icon=edition.assets.icon,
        logo=_logo(edition),
        email=dealer.email or "",
        year=str(edition.year),
        footer_note=edition.text(settings.legal.footer),
        socials=tuple(Link(NETWORKS[name], url) for name, url in dealer.socials.urls().items()),
        navigation=_navigation(edition),
        legal=_legal(edition),
        rooftops=tuple(rooftop_view(edition, rooftop) for rooftop in settings.rooftops),
        theme_color=dealer.colors.primary,
        links=_links(edition),
        fonts=edition.assets.fonts,
    )


def _logo(edition: Edition) -> Picture | None:
    if not edition.assets.logo:
        return None
    width, height = edition.assets.logo_size
    return Picture(edition.assets.logo, edition.settings.dealer.name, width, height)


def _links(edition: Edition) -> dict[str, str]:
    routes = edition.routes
    return {
        "offers": routes.offers(),
        "blog": routes.blog() if edition.has_blog else "",
        "rooftops": routes.rooftops(),
        "privacy": edition.pages.get(edition.settings.legal.privacy, ""),
    }


def _navigation(edition: Edition) -> tuple[Link, ...]:
    if edition.settings.navigation:
        return tuple(link for item in edition.settings.navigation if (link := _item(edition, item)))
    links = [
        Link(edition.t("nav.stock"), edition.routes.stock()),
        Link(edition.t("nav.offers"), edition.routes.offers()),
    ]
    if edition.has_blog:
        links.append(Link(edition.t("nav.blog"), edition.routes.blog()))
    return (*links, Link(edition.t("nav.stores"), edition.routes.rooftops()))


def _item(edition: Edition, item: NavItem) -> Link | None:
    routes = edition.routes
    fixed = {"stock": routes.stock(), "offers": routes.offers(), "stores": routes.rooftops(), "home": routes.home()}
    if edition.has_blog:
        fixed["blog"] = routes.blog()
    external = item.to if item.to.startswith(("https://", "http://")) else ""
    url = fixed.get(item.to) or edition.pages.get(item.to) or external
    return Link(edition.text(item.label), url) if url else None


def _legal(edition: Edition) -> tuple[Link, ...]:
    privacy = edition.pages.get(edition.settings.legal.privacy)
    return (Link(edition.t("form.privacy"), privacy),) if privacy else ()
