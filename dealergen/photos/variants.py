"""The sizes and formats of one photo: which there are, and how each is made. One decode serves them all.

`make_variant` is the artifacts' maker: it answers from the cache, or decodes the photo once, makes every variant by a
cascade (each size from the next larger one) and leaves them all in the cache for its sisters.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import PIL

from dealergen.engine.artifact import digest_of
from dealergen.errors import DealergenError

from .cache import EPOCH, digest_bytes, write_whole

if TYPE_CHECKING:
    from PIL import Image

FORMATS: Final[dict[str, str]] = {"webp": "image/webp", "jpg": "image/jpeg"}
"""Extension → MIME type, best first; the last is the fallback that every browser and portal reads."""


@dataclass(frozen=True, slots=True)
class Original:
    """A photo to make variants of. `file` and `shelf` say where bytes are; the rest says what they are."""

    file: str
    digest: str
    size: tuple[int, int]
    """Width and height as shown."""
    widths: tuple[int, ...]
    """Rising; the last is the largest that is made."""
    quality: int
    shelf: Path
    """The folder of cached variants."""

    def height(self, width: int) -> int:
        """Of the variant that is `width` wide."""
        return max(1, round(self.size[1] * width / self.size[0]))

    @property
    def key(self) -> str:
        """Changes when the bytes of some variant may. The widths are in it: each size is made from the next larger."""
        return digest_of(self.digest, self.widths, self.quality, EPOCH, PIL.__version__).hex()

    def cached(self, width: int, extension: str) -> Path:
        return self.shelf / self.key[:2] / f"{self.key}-{width}.{extension}"


@dataclass(frozen=True, slots=True)
class Variant:
    """One size and format of a photo."""

    original: Original
    width: int
    extension: str

    @property
    def digest(self) -> bytes:
        return digest_of(self.original.key, self.width, self.extension)


def widths_for(source: int, wanted: Sequence[int]) -> tuple[int, ...]:
    """The wanted widths that do not enlarge a photo `source` pixels wide; its own width if it lies between them."""
    return tuple(sorted({*(width for width in wanted if width < source), min(max(wanted), source)}))


def make_variant(variant: Variant) -> bytes:
    """The variant's bytes, from the cache or newly made. Raises `DealergenError` if the photo changed meanwhile."""
    original = variant.original
    try:
        return original.cached(variant.width, variant.extension).read_bytes()
    except OSError:
        made = {(width, extension): data for width, extension, data in _make_all(original)}
    for (width, extension), data in made.items():
        write_whole(original.cached(width, extension), data)
    return made[variant.width, variant.extension]


def _make_all(original: Original) -> Iterator[tuple[int, str, bytes]]:
    from .decode import decode

    image = decode(_read(original), original.widths[-1])
    for width in reversed(original.widths):
        image = _fit(image, (width, original.height(width)))
        for extension in FORMATS:
            yield width, extension, _encode(image, extension, original.quality)


def _read(original: Original) -> bytes:
    try:
        data = Path(original.file).read_bytes()
    except OSError:
        data = b""
    if digest_bytes(data) != original.digest:
        raise DealergenError(f"{original.file} changed while the site was built", remedy="Build again.")
    return data


def _fit(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    from PIL.Image import Resampling

    return image if image.size == size else image.resize(size, Resampling.LANCZOS, reducing_gap=3.0)


def _encode(image: Image.Image, extension: str, quality: int) -> bytes:
    """Fresh bytes without any metadata: EXIF holds positions and serial numbers."""
    image.info.clear()
    out = io.BytesIO()
    if extension == "webp":
        image.save(out, "WEBP", quality=quality, method=4)
    else:
        _on_white(image).save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    from PIL import Image

    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground
