"""Why a photo is left out: a permanent name, a message and a remedy for each reason."""

from __future__ import annotations

from typing import Final

from dealergen.errors import Place, Problem


class PhotoError(Exception):
    """A photo that cannot be shown; `code` is a key of `FAULTS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


FAULTS: Final[dict[str, tuple[str, str]]] = {
    "photo.missing": (
        "the photo is not in the photo folder",
        "Put it there, or set `photos.base_url` to the address that the photos are served from.",
    ),
    "photo.outside": ("the photo lies outside the site's folder", "Copy it into the photo folder."),
    "photo.scheme": ("a photo must be a file or an http(s) address", "Correct the cell."),
    "photo.unreadable": ("the photo cannot be read", "Check the file's permissions."),
    "photo.empty": ("the photo's file is empty", "Export or copy it again."),
    "photo.html": (
        "the file is a web page with a picture's name",
        "Download the picture itself; this is an error page.",
    ),
    "photo.vector": ("the file is an SVG drawing, not a photo", "Export it as PNG or JPEG."),
    "photo.heic": (
        "HEIC pictures cannot be decoded here",
        "Export it as JPEG (iPhone: Settings, Camera, Most Compatible).",
    ),
    "photo.avif": ("this Pillow cannot decode AVIF", "Install a Pillow wheel with AVIF, or export the photo as JPEG."),
    "photo.unknown": ("the file is not a picture of a known format", "Use JPEG, PNG, WebP, AVIF, GIF, BMP or TIFF."),
    "photo.too-large": (
        "the picture has more pixels than 120 million, or is larger than 64 MB",
        "Scale it down; 2,400 pixels across are plenty.",
    ),
    "photo.too-small": ("the picture is smaller than 32 pixels", "Use the photo itself, not its thumbnail."),
    "photo.odd-shape": ("the picture is more than ten times as long as it is wide", "Crop it."),
    "photo.truncated": ("the picture's file ends too early", "Copy it again; the transfer was cut short."),
    "photo.damaged": ("the picture is damaged", "Export or copy it again."),
}


def problem(code: str, ref: str, place: Place) -> Problem:
    """The warning for the photo `ref`, asked for at `place`."""
    message, remedy = FAULTS[code]
    return Problem(code, message, place=place, value=ref, remedy=remedy, level="warning")
