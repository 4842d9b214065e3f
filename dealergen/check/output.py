"""The built site as the rules see it: its pages, its files, and where an address leads."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from .page import Page


@dataclass(frozen=True, slots=True)
class Target:
    """Where an address leads. `path` is a built file; "" when it leads off the site or nowhere."""

    path: str = ""
    fragment: str = ""
    internal: bool = True
    """False for other sites, and for `tel:`, `mailto:` and the like."""
    redirected: bool = False
    """True when the host answers with a redirect first."""


class Output:
    """A built site. `redirects` maps a path that is redirected to where it leads."""

    def __init__(self, folder: Path, pages: Iterable[Page], redirects: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.pages = {page.path: page for page in pages}
        self.files = frozenset(_files(folder))
        self._redirects = {unquote(source).rstrip("/"): target for source, target in (redirects or {}).items()}
        self.resolve = lru_cache(maxsize=None)(self._resolve)

    @cached_property
    def base(self) -> str:
        """The address that the site is published at, without a slash at its end; "" when no page tells.

        It is the home page's canonical address; without one, the commonest origin of canonical addresses.
        """
        home = self.pages.get("index.html")
        if home is not None and home.canonical is not None and "://" in home.canonical.url:
            return home.canonical.url.rstrip("/")
        canonicals = (urlsplit(page.canonical.url) for page in self.pages.values() if page.canonical is not None)
        origins = Counter(f"{parts.scheme}://{parts.netloc}" for parts in canonicals if parts.netloc)
        return origins.most_common(1)[0][0] if origins else ""

    def url(self, path: str) -> str:
        """The absolute address of a built file, as the host answers for it; without `base`, only its path."""
        return self.base + "/" + (path.removesuffix("index.html") if _is_index(path) else path)

    def absolute(self, page: Page, url: str) -> str:
        """`url` as it stands in `page`, made absolute, without its fragment."""
        return urljoin(self.url(page.path), url).partition("#")[0]

    def target(self, page: Page, url: str) -> Target:
        """Where `url`, as it stands in `page`, leads."""
        if url.startswith("#"):
            return Target(page.path, unquote(url[1:]))
        return self.resolve(url if "://" in url or url.startswith("/") else urljoin(self.url(page.path), url))

    def _resolve(self, url: str) -> Target:
        try:
            parts = urlsplit(url)
        except ValueError:
            return Target()
        if not self._is_own(parts):
            return Target(internal=False)
        path = unquote(parts.path)
        prefix = urlsplit(self.base).path
        if prefix and not (path + "/").startswith(prefix + "/"):
            return Target(internal=False) if parts.netloc else Target()
        return self._find(path.removeprefix(prefix).lstrip("/"), path, unquote(parts.fragment))

    def _is_own(self, parts: SplitResult) -> bool:
        return (not parts.scheme and not parts.netloc) or parts.netloc == urlsplit(self.base).netloc != ""

    def _find(self, relative: str, path: str, fragment: str) -> Target:
        index = relative + "index.html" if relative.endswith("/") or not relative else relative
        for candidate in (index, f"{relative}.html"):
            if candidate in self.files:
                return Target(candidate, fragment)
        if f"{relative}/index.html" in self.files:
            return Target(f"{relative}/index.html", fragment, redirected=True)
        following = self._redirects.get(path.rstrip("/"))
        return Target("", fragment, redirected=True) if following is not None else Target()


def _is_index(path: str) -> bool:
    return path == "index.html" or path.endswith("/index.html")


def _files(folder: Path) -> Iterator[str]:
    top = str(folder)
    for parent, _, names in os.walk(top):
        relative = os.path.relpath(parent, top).replace(os.sep, "/")
        yield from (name if relative == "." else f"{relative}/{name}" for name in names)
