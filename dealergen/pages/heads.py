"""The head of a page: title, description, canonical, translations, social and structured data, breadcrumbs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dealergen.seo.patterns import clipped
from dealergen.seo.structured import Node, as_script, breadcrumb_node

from .edition import Edition
from .views import Alternate, Link, PageView, Picture


def page_view(
    edition: Edition,
    kind: str,
    url: str,
    *,
    title: str,
    heading: str,
    description: str = "",
    addresses: Mapping[str, str] | None = None,
    trail: Sequence[Link] = (),
    nodes: Sequence[Node] = (),
    image: str = "",
    og_type: str = "website",
    indexed: bool = True,
    preload: Picture | None = None,
) -> PageView:
    """The head of the page at `url`. `addresses` are its translations by language, itself included; `trail` leads from
    home to this page; `nodes` are structured data besides the breadcrumbs."""
    crumbs = _breadcrumbs(edition, trail)
    scripts = [as_script(node) for node in nodes]
    if len(crumbs) > 1:
        scripts.append(as_script(breadcrumb_node([(link.label, edition.absolute(link.url)) for link in crumbs])))
    return PageView(
        kind=kind,
        language=edition.language,
        direction=edition.locale.direction,
        title=clipped(title, 120),
        description=edition.description(description),
        heading=heading,
        canonical=edition.absolute(url) if indexed else "",
        robots="" if indexed else "noindex",
        alternates=_alternates(edition, addresses or {edition.language: url}),
        og_type=og_type,
        og_image=edition.absolute(image),
        og_locale=edition.locale.og,
        json_ld=tuple(scripts),
        breadcrumbs=crumbs,
        preload=preload,
    )


def _breadcrumbs(edition: Edition, trail: Sequence[Link]) -> tuple[Link, ...]:
    home = Link(edition.t("nav.home"), edition.routes.home())
    return (home, *trail) if trail else ()


def _alternates(edition: Edition, addresses: Mapping[str, str]) -> tuple[Alternate, ...]:
    if len(edition.siblings) < 2:
        return ()
    found = [
        Alternate(
            language,
            sibling.locale.name,
            edition.absolute(addresses[language]),
            language == edition.language,
            addresses[language],
        )
        for language, sibling in edition.siblings.items()
        if language in addresses
    ]
    default = addresses.get(edition.settings.default_language)
    if default and len(found) > 1:
        found.append(Alternate("x-default", "", edition.absolute(default)))
    return tuple(found)
