"""What a file is, told by its first bytes: names lie in about a quarter of real exports."""

from __future__ import annotations

from typing import Final, Literal

Kind = Literal["jpeg", "png", "webp", "gif", "avif", "heic", "bmp", "tiff", "svg", "html", "empty", "unknown"]

DECODABLE: Final[dict[Kind, str]] = {
    "jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "avif": "AVIF", "bmp": "BMP", "tiff": "TIFF",
}  # fmt: skip
"""Kinds that Pillow decodes, with its names for them."""

_MAGIC: Final[tuple[tuple[bytes, Kind], ...]] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
)
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})


def sniff(data: bytes) -> Kind:
    """The kind of a file that begins with `data` (64 bytes suffice for pictures, 512 for markup)."""
    if not data:
        return "empty"
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        return _sniff_brands(data)
    return _sniff_markup(data)


def _sniff_brands(data: bytes) -> Kind:
    """ISO 14496-12: a file type box holds its size, `ftyp`, the major brand, a version, and compatible brands."""
    end = min(int.from_bytes(data[:4], "big"), len(data), 256)
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, end - 3, 4))}
    if brands & {b"avif", b"avis"}:
        return "avif"
    return "heic" if brands & _HEIC_BRANDS else "unknown"


def _sniff_markup(data: bytes) -> Kind:
    text = data[:512].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").replace(b"\x00", b"").lower()
    if text.startswith((b"<svg", b"<?xml")) and b"<svg" in text:
        return "svg"
    return "html" if text.startswith((b"<!doctype", b"<html", b"<head", b"<body", b"<!--", b"<?xml")) else "unknown"
