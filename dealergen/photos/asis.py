"""Photos that need no work: a WebP of the right size, light and without metadata is published byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

LIGHT: Final = 0.1
"""Bytes a pixel; WebP at quality 76 takes 0.02 to 0.1 for photos of cars."""
_PIXELS: Final = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})
"""Chunks that hold the picture; the others hold animation, colour profiles and metadata."""


def fits_as_it_is(data: bytes, extension: str, size: tuple[int, int]) -> bool:
    """Whether `data`, a sound picture, can stand for the variant with `extension` that is `size` (pixels) large."""
    if extension != "webp" or len(data) > LIGHT * size[0] * size[1]:
        return False
    names = list(_chunks(data))
    return bool(names) and _PIXELS.issuperset(names) and _webp_size(data) == size


def _chunks(data: bytes) -> Iterator[bytes]:
    """The names of a WebP's chunks (RIFF); an empty name where the file is not laid out as it says."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or int.from_bytes(data[4:8], "little") + 8 != len(data):
        yield b""
        return
    at = 12
    while at < len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        yield data[at : at + 4]
        at += 8 + length + length % 2
    if at != len(data):
        yield b""


def _webp_size(data: bytes) -> tuple[int, int]:
    import io

    from PIL import Image

    with Image.open(io.BytesIO(data), formats=("WEBP",)) as image:
        return image.size
