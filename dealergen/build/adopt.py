"""What stands in an output folder whose manifest is lost: pages of an earlier build, told by the ledger beside them.

Without this, a folder that outlived `.dealergen` (a cached `public/`, a cleaned state) would keep pages for ever.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from dealergen.site import Ledger
from dealergen.site.ledger_io import PUBLIC_PATH

OWN_FOLDERS = ("assets", "media", "sitemaps")
"""Folders in which nothing but a build puts files."""


def earlier_files(out: Path, prefix: str) -> set[str]:
    """Paths, relative to `out`, that an earlier build published there; empty for a folder that no build has made."""
    try:
        ledger = Ledger.parse((out / PUBLIC_PATH).read_bytes())
    except (OSError, ValueError):
        return set()
    pages = {_file(url, prefix) for url in ledger.urls}
    own = {
        path.relative_to(out).as_posix()
        for folder in OWN_FOLDERS
        for path in (out / folder).rglob("*")
        if path.is_file()
    }
    return {path for path in pages if (out / path).is_file()} | own


def _file(url: str, prefix: str) -> str:
    path = unquote(url).removeprefix(prefix).lstrip("/")
    return path if path.endswith(".html") else f"{path}index.html"
