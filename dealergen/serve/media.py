"""The media type of each kind of file that a showroom holds, whatever the machine's own table says."""

from __future__ import annotations

from pathlib import PurePath

TYPES = {
    ".avif": "image/avif",
    ".css": "text/css",
    ".csv": "text/csv",
    ".gif": "image/gif",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".ics": "text/calendar",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".tsv": "text/tab-separated-values",
    ".txt": "text/plain",
    ".vcf": "text/vcard",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
UNKNOWN = "application/octet-stream"


def media_type(path: PurePath) -> str:
    """The type of `path` by its ending, with `charset=utf-8` for text."""
    kind = TYPES.get(path.suffix.lower(), UNKNOWN)
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
