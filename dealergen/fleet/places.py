"""Locations: paths and addresses, told apart and made comparable."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def is_remote(location: str) -> bool:
    """Whether it is an address, such as `s3://bucket/aurora`, and not a path."""
    return bool(_SCHEME.match(location))


def absolute(location: str, folder: Path) -> str:
    """The location as seen from any working folder: paths are relative to `folder`, `file://` is a path."""
    if location.lower().startswith("file://"):
        location = unquote(urlsplit(location).path)
    if is_remote(location):
        return location.rstrip("/")
    return os.path.normpath(folder / Path(location).expanduser())


def same_place(location: str) -> str:
    """What two spellings of one place share; a slash ends it, so that a prefix is a folder above."""
    if not is_remote(location):
        return f"{os.path.realpath(location).rstrip('/')}/"
    scheme, _, rest = location.partition("://")
    return f"{scheme.lower()}://{re.sub('/+', '/', rest).rstrip('/')}/"


def below(location: str, name: str) -> str:
    """The place `name` within `location`."""
    return f"{location.rstrip('/')}/{name}"
