"""Why a photo is left out: a permanent name, a message and a remedy for each reason."""

from __future__ import annotations

from typing import Final

from dealergen.errors import Place, Problem


class PhotoError(Exception):
    """A photo that cannot be shown; `code` is a key of `FAULTS`, `detail` what was special this time."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


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
        'Run `pip install "dealergen[heic]"`, or export as JPEG (iPhone: Settings, Camera, Most Compatible).',
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
    "photo.gone": ("nothing is at the photo's address", "Correct the cell, or take the photo out of the spreadsheet."),
    "photo.unfetched": ("the photo cannot be fetched", "Open its address in a browser; build again later."),
    "photo.stale": (
        "the photo cannot be fetched again, so the earlier copy is shown",
        "Nothing to do if it passes; else open the address in a browser.",
    ),
    "photo.private": (
        "the photo's address leads into a private network, which is never asked",
        "Name the photo's public address, or put the file into the photo folder.",
    ),
    "photo.avif-output": (
        "this Pillow cannot write AVIF, so the other formats are made without it",
        "Install a Pillow wheel with AVIF, or take avif out of `photos.formats`.",
    ),
}

CURABLE: Final = frozenset({"photo.heic", "photo.avif"})
"""Faults of this installation, not of the picture: they are not remembered."""


def problem(code: str, ref: str, place: Place, detail: str = "") -> Problem:
    """The warning for the photo `ref`, asked for at `place`."""
    message, remedy = FAULTS[code]
    told = f"{message} ({detail})" if detail else message
    return Problem(code, told, place=place, value=ref, remedy=remedy, level="warning")
