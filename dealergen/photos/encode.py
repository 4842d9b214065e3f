"""Formats: which are made, with what effort, and how an image becomes bytes without any metadata."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dealergen.config.presentation import PhotoSettings

if TYPE_CHECKING:
    from PIL import Image

MIME: Final[dict[str, str]] = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
_AVIF_STEP: Final = 18
"""At this much below the quality of WebP, AVIF is as near to the original (equal PSNR on photos of cars and roads)."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """A format and everything that its bytes depend on."""

    extension: str
    quality: int
    effort: int = 0
    """WebP's method, or AVIF's speed."""

    @property
    def mime(self) -> str:
        return MIME[self.extension]

    @property
    def parameters(self) -> tuple[str, int, int]:
        return self.extension, self.quality, self.effort


def encodings_for(settings: PhotoSettings) -> tuple[Encoding, ...]:
    """The formats that the settings ask for, best first; the last is JPEG."""
    known = {
        "avif": Encoding("avif", max(1, settings.quality - _AVIF_STEP), settings.avif_speed),
        "webp": Encoding("webp", settings.quality, settings.webp_method),
        "jpg": Encoding("jpg", settings.quality),
    }
    return tuple(known[name] for name in settings.formats)


def can_write_avif() -> bool:
    """Whether this Pillow was built with an AVIF encoder."""
    from PIL import features

    return bool(features.check("avif"))


def encode(image: Image.Image, encoding: Encoding) -> bytes:
    """Fresh bytes without any metadata: EXIF holds positions and serial numbers."""
    image.info.clear()
    out = io.BytesIO()
    if encoding.extension == "webp":
        image.save(out, "WEBP", quality=encoding.quality, method=encoding.effort)
    elif encoding.extension == "avif":
        # The bytes depend on the number of threads; photos are made in parallel anyway.
        image.save(out, "AVIF", quality=encoding.quality, speed=encoding.effort, max_threads=1)
    else:
        _on_white(image).save(out, "JPEG", quality=encoding.quality, optimize=True)
    return out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    from PIL import Image

    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground
