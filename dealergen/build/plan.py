"""Planning: from the model of the site to every artifact that should stand in the output folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from dealergen.config.presentation import FacetName
from dealergen.engine import Artifact, Fact, Renderer, TemplateSet, TemplateSets, Theme, digest_of, load_theme
from dealergen.engine.progress import Progress
from dealergen.errors import Place, Problem
from dealergen.locale import load_locale
from dealergen.pages.edition import Edition
from dealergen.pages.pictures import Gallery
from dealergen.pages.plan import plan_edition
from dealergen.pages.press import Press
from dealergen.pages.routes import Routes
from dealergen.photos import PhotoLibrary
from dealergen.seo.hosting import headers_artifact, redirects_artifact, robots_artifact
from dealergen.seo.indexnow import key_artifact
from dealergen.seo.pages import Page
from dealergen.seo.sitemap import origin_of, sitemap_artifacts
from dealergen.site import Ledger, Site
from dealergen.site.ledger_io import PUBLIC_PATH

from .assets import Published, as_it_is, publish_assets
from .redirects import better_place


@dataclass(slots=True)
class Plan:
    """Every artifact, and what the build keeps afterwards."""

    artifacts: list[Artifact]
    pages: list[Page]
    renderer: Renderer
    ledger: Ledger
    library: PhotoLibrary
    prefix: str
    """The path of the base address, without a slash at its end."""
    problems: list[Problem]
    templates: TemplateSets
    """What `renderer` draws on."""


def plan_site(
    site: Site, through: Callable[[Renderer], Renderer] | None = None, progress: Progress | None = None
) -> Plan:
    """What should be published for `site`. `through` may put another renderer before the templates', to measure it;
    `progress` hears of photos that are fetched.
    """
    settings, root = site.settings, site.root
    prefix = urlsplit(settings.site_url).path.rstrip("/")
    theme = load_theme(settings.theme, root)
    published = publish_assets(theme, settings, root, prefix)
    library = PhotoLibrary(settings.photos, root, root / ".dealergen" / "cache", prefix=prefix)
    library.inspect(
        (
            ref
            for stock in (*site.stock, *site.sold)
            if not library.only_links(stock.vehicle.photos)
            for ref in stock.vehicle.photos
        ),
        progress=progress,
    )
    gallery = Gallery(library, prefix, settings.photos.max_per_vehicle, digest_of(settings.photos.model_dump_json()))
    facet_keys = _facet_pages(site)
    editions = make_editions(site, theme, published, facet_keys, prefix)
    templates = TemplateSets({language: _templates(theme, edition) for language, edition in editions.items()})
    renderer = through(templates) if through else templates
    pages = _pages(site, editions, renderer, gallery, facet_keys)
    ledger = _enter_pages(site, pages, editions)
    artifacts = [page.artifact for page in pages]
    artifacts += [*gallery.artifacts(), *published.artifacts, *_for_machines(site, pages, ledger)]
    return Plan(artifacts, pages, renderer, ledger, library, prefix, library.problems, templates)


def make_editions(
    site: Site, theme: Theme, published: Published, facet_keys: frozenset[tuple[FacetName, str]], prefix: str
) -> dict[str, Edition]:
    """One edition a language, each knowing the others."""
    settings = site.settings
    editions: dict[str, Edition] = {}
    for language in settings.languages:
        locale = load_locale(
            language, currency=settings.currency, distance=settings.units.distance, extra=theme.strings(language)
        )
        default = language == settings.default_language
        routes = Routes(locale, default=default, prefix=prefix, facets=facet_keys)
        pages = {
            entry.name: routes.page(entry.slug)
            for entry in site.entries
            if entry.kind == "pages" and entry.language == language
        }
        has_blog = any(entry.kind == "posts" and entry.language == language for entry in site.entries)
        editions[language] = Edition(
            language, settings, locale, routes, published.assets, site.now.year, pages, has_blog, editions
        )
    return editions


def _templates(theme: Theme, edition: Edition) -> TemplateSet:
    return TemplateSet(theme, {"t": edition.t, "icon": edition.icon, "asset": edition.asset})


def _facet_pages(site: Site) -> frozenset[tuple[FacetName, str]]:
    """The facet values with enough vehicles for a page."""
    listing = site.settings.listing
    return frozenset(
        (facet, value.key)
        for facet in listing.facets
        for value in site.facets.get(facet, ())
        if value.count >= listing.min_vehicles
    )


def _pages(
    site: Site,
    editions: Mapping[str, Edition],
    renderer: Renderer,
    gallery: Gallery,
    facet_keys: frozenset[tuple[FacetName, str]],
) -> list[Page]:
    photos = {stock.vehicle.code: gallery.photos(stock.vehicle) for stock in (*site.stock, *site.sold)}
    presses = [Press(edition, site, renderer, gallery, photos, facet_keys) for edition in editions.values()]
    return [page for press in presses for page in plan_edition(press)]


def _enter_pages(site: Site, pages: list[Page], editions: Mapping[str, Edition]) -> Ledger:
    """The ledger with every page of this build; what is gone leads to the nearest page that stands."""
    standing = [page for page in pages if not page.url.endswith(".html")]  # 404.html is no address of its own
    listed = {quote(page.url): page.code or None for page in standing}
    contents = {quote(page.url): page.content[:6].hex() for page in standing}
    return site.ledger.publish(listed, site.now, better_place(list(editions.values())), contents)


def _for_machines(site: Site, pages: list[Page], ledger: Ledger) -> list[Artifact]:
    settings = site.settings
    lastmod = {path: record.modified.isoformat() for path, record in ledger.urls.items() if not record.gone}
    record = ledger.public_bytes()
    return [
        *sitemap_artifacts(pages, lastmod, settings.site_url, settings.default_language),
        robots_artifact(settings.site_url),
        redirects_artifact(ledger.redirects()),
        headers_artifact(_image_hosts(site), settings.forms.action),
        Artifact(PUBLIC_PATH, as_it_is, (Fact("data", record, record),), Place("site.yaml")),
        *([key_artifact(settings.seo.indexnow_key)] if settings.seo.indexnow_key else []),
    ]


def _image_hosts(site: Site) -> list[str]:
    """The origins whose pictures pages may load: those that settings name, else those that the inventory names."""
    photos = site.settings.photos
    if photos.hosts:
        return [f"https://{host.removeprefix('https://')}" for host in photos.hosts]
    refs: list[str] = []
    if photos.remote == "link":
        refs = [ref for stock in (*site.stock, *site.sold) for ref in stock.vehicle.photos if "://" in ref]
        refs.append(photos.base_url or "")
    elif photos.remote == "service":
        refs.append(photos.service or "")
    origins = {"/".join(ref.split("/", 3)[:3]).lower() for ref in refs if "://" in ref}
    return sorted(origins - {origin_of(site.settings.site_url)})
