"""What a cell of the photo column points at: an address, or a file in the photo folder, however its name is spelled."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

from .faults import PhotoError

EXTENSIONS: Final = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif")
_SCHEME: Final = re.compile(r"^[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_URL_SAFE: Final = "/:?#[]@!$&()*+,;=%~'"
_PATH_SAFE: Final = "/()!,;=@+$&*~'"


def as_url(ref: str, width: int) -> str | None:
    """`ref` as an http(s) address fit for an attribute, or None if it names a file.

    Some feeds leave a `{resize}` in the address for the site to fill in; it becomes `w` and `width`.
    Raises `PhotoError` for schemes other than http and https.
    """
    ref = ref.strip()
    if ref.startswith("//"):
        ref = "https:" + ref
    if ":" not in ref or not _SCHEME.match(ref):
        return None
    scheme, _, rest = ref.partition("://")
    if scheme.lower() not in {"http", "https"} or not rest.strip("/"):
        raise PhotoError("photo.scheme")
    return f"{scheme.lower()}://{quote(rest.replace('{resize}', f'w{width}'), safe=_URL_SAFE)}"


def join_url(base: str, ref: str) -> str:
    """The address of the bare path `ref` under `base`."""
    path = unquote(ref.strip()).replace("\\", "/").lstrip("/")
    return f"{base.rstrip('/')}/{quote(path, safe=_PATH_SAFE)}"


class Finder:
    """Finds files under a few folders by names that need not match in case, Unicode form or extension.

    Each directory is listed once. A name that leads outside its folder raises `PhotoError`.
    """

    def __init__(self, bases: Sequence[Path]) -> None:
        self._bases = [os.path.realpath(base) for base in bases]
        self._listings: dict[str, dict[str, list[os.DirEntry[str]]]] = {}
        self._tops: dict[str, bool] = {}

    def may_have(self, ref: str) -> bool:
        """False when no base has the first folder (or any name like the one) that `ref` begins with."""
        first, slash, _ = ref.strip().replace("\\", "/").lstrip("/").partition("/")
        if not slash or not first or "%" in first or "?" in first or ":" in first or first in {".", ".."}:
            return True
        if first not in self._tops:
            self._tops[first] = any(_fold(first) in self._listing(base) for base in self._bases)
        return self._tops[first]

    def find(self, ref: str) -> os.DirEntry[str] | None:
        """The file that `ref` names, under the first base that has it."""
        for spelling in _spellings(ref):
            parts = [part for part in spelling.split("/") if part not in {"", "."}]
            if ".." in parts or "\0" in spelling:
                raise PhotoError("photo.outside")
            for base in self._bases:
                if parts and (entry := self._walk(base, parts)):
                    return entry
        return None

    def _walk(self, base: str, parts: list[str]) -> os.DirEntry[str] | None:
        folder = base
        for part in parts[:-1]:
            entry = self._named(folder, part, directory=True)
            if entry is None:
                return None
            folder = self._inside(entry, base)
        for name in (parts[-1], *(parts[-1] + extension for extension in EXTENSIONS)):
            if entry := self._named(folder, name, directory=False):
                self._inside(entry, base)
                return entry
        return None

    def _named(self, folder: str, name: str, *, directory: bool) -> os.DirEntry[str] | None:
        """The entry spelled exactly so; else the first that differs in case or Unicode form only."""
        matches = [entry for entry in self._listing(folder).get(_fold(name), ()) if entry.is_dir() == directory]
        return next((entry for entry in matches if entry.name == name), matches[0] if matches else None)

    def _listing(self, folder: str) -> dict[str, list[os.DirEntry[str]]]:
        if folder not in self._listings:
            self._listings[folder] = _entries(folder)  # whole when it is first seen: other threads look too
        return self._listings[folder]

    @staticmethod
    def _inside(entry: os.DirEntry[str], base: str) -> str:
        if not entry.is_symlink():
            return entry.path
        real = os.path.realpath(entry.path)
        if os.path.commonpath((real, base)) != base:
            raise PhotoError("photo.outside")
        return real


def _entries(folder: str) -> dict[str, list[os.DirEntry[str]]]:
    """What is in `folder`, by folded name; nothing where there is no such folder."""
    listing: dict[str, list[os.DirEntry[str]]] = {}
    try:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                listing.setdefault(_fold(entry.name), []).append(entry)
    except OSError:
        return {}  # each photo is then told as missing
    return listing


def _spellings(ref: str) -> Iterator[str]:
    """As written; without a query; with %20 and its like decoded. A Windows path loses its drive."""
    text = ref.strip().replace("\\", "/")
    text = text[2:] if text[1:2] == ":" else text
    if "?" not in text and "%" not in text:
        yield text
        return
    seen: list[str] = []
    for spelling in (text, text.partition("?")[0], unquote(text), unquote(text.partition("?")[0])):
        if spelling not in seen:
            seen.append(spelling)
            yield spelling


def _fold(name: str) -> str:
    return (
        name.lower() if name.isascii() else unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    )
