"""A page as search engines see it: the record from which sitemaps, redirects and the ledger are made."""

from __future__ import annotations

from dataclasses import dataclass

from dealergen.engine import Artifact, Fact


@dataclass(slots=True)
class Page:
    """An HTML page of the plan."""

    artifact: Artifact
    url: str
    """Root-relative, with the base address's own path: `/estoque/fiat/`."""
    language: str
    content: bytes
    """A digest over what the page is about (a vehicle, an entry, the cars of a list) and not its frame: `lastmod` moves
    when this does."""
    indexed: bool = True
    group: str = "pages"
    """The sitemap that it goes to: `vehicles`, `listings`, `posts` or `pages`."""
    photos: Fact | None = None
    """Its pictures (a list of photos), for the sitemap."""
    alternates: tuple[tuple[str, str], ...] = ()
    """Language and root-relative URL of this page's translations, itself included."""
    code: str = ""
    """The vehicle that it is about."""
