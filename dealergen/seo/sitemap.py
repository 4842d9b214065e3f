"""Sitemaps: an index, and one file a group of pages, split before the protocol's limits.

Source: sitemaps.org protocol 0.9 (50,000 URLs, 50 MB a file); Google's image extension (1,000 images a URL).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from dealergen.engine import Artifact, Fact, digest_of, join_digests
from dealergen.errors import Place
from dealergen.photos import Photo

from .pages import Page

PER_FILE = 10_000
"""Far below the protocol's limit, so that a changed car rewrites a small file."""
IMAGES_PER_URL = 1000
GROUPS = ("pages", "listings", "vehicles", "posts")


def sitemap_artifacts(pages: Sequence[Page], lastmod: Mapping[str, str], site_url: str, default: str) -> list[Artifact]:
    """`sitemap.xml` and its parts. `lastmod` gives each URL's day of last change, `default` the default language."""
    source = Place("site.yaml")
    parts: list[tuple[str, str]] = []
    artifacts = []
    for group in GROUPS:
        members = [page for page in pages if page.indexed and page.group == group]
        for number, start in enumerate(range(0, len(members), PER_FILE), 1):
            chunk = members[start : start + PER_FILE]
            path = f"sitemaps/{group}-{number}.xml"
            parts.append((path, max(lastmod.get(page.url, "") for page in chunk)))
            artifacts.append(Artifact(path, url_set, (_chunk_fact(chunk, lastmod, site_url, default),), source))
    index = Fact("parts", digest_of(parts, site_url), [(f"{site_url}/{path}", day) for path, day in parts])
    return [Artifact("sitemap.xml", sitemap_index, (index,), source), *artifacts]


def _chunk_fact(pages: Sequence[Page], lastmod: Mapping[str, str], site_url: str, default: str) -> Fact:
    rows = [(page, lastmod.get(page.url, "")) for page in pages]
    digest = join_digests(
        (
            digest_of(site_url, default),
            *[digest_of(p.url, day, p.photos.digest if p.photos else b"", p.alternates) for p, day in rows],
        )
    )
    return Fact("urls", digest, (rows, site_url, default))


def sitemap_index(parts: list[tuple[str, str]]) -> bytes:
    """The index over the parts: (absolute URL, day)."""
    entries = [f"<sitemap><loc>{escape(url)}</loc>{_day(day)}</sitemap>" for url, day in parts]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join([head, *entries, "</sitemapindex>\n"]).encode()


def url_set(urls: tuple[list[tuple[Page, str]], str, str]) -> bytes:
    """One part: each page with its day of change, translations and pictures."""
    rows, site_url, default = urls
    origin = origin_of(site_url)
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
    )
    return "\n".join([head, *[_url(page, day, origin, default) for page, day in rows], "</urlset>\n"]).encode()


def _url(page: Page, day: str, origin: str, default: str) -> str:
    alternates = page.alternates if len(page.alternates) > 1 else ()
    links = [(language, url) for language, url in alternates]
    links += [("x-default", url) for language, url in alternates if language == default]
    return "".join(
        (
            f"<url><loc>{escape(origin + page.url)}</loc>{_day(day)}",
            *[f'<xhtml:link rel="alternate" hreflang="{tag}" href="{escape(origin + url)}"/>' for tag, url in links],
            *[f"<image:image><image:loc>{escape(image)}</image:loc></image:image>" for image in _images(page, origin)],
            "</url>",
        )
    )


def _images(page: Page, origin: str) -> list[str]:
    """Absolute addresses of the page's photos; drawings that stand in for photos are nothing to search for."""
    photos: list[Photo] = page.photos.value if page.photos else []
    sources = [photo.src for photo in photos[:IMAGES_PER_URL] if not photo.is_drawing]
    return [source if "://" in source else origin + source for source in sources]


def _day(day: str) -> str:
    return f"<lastmod>{day}</lastmod>" if day else ""


def origin_of(site_url: str) -> str:
    """Scheme and host of an absolute URL, without its path."""
    scheme, _, rest = site_url.partition("://")
    return f"{scheme}://{rest.split('/', 1)[0]}"
