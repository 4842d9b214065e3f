"""Picture bytes into an upright sRGB image, safely: the format is sniffed and the size checked before a pixel is read.

A decoder is the one place where foreign bytes meet foreign code: whatever it raises is told as `PhotoError`.
"""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module
from math import ceil

from PIL import Image, ImageCms, ImageFile, features

from .faults import PhotoError
from .sniff import DECODABLE, sniff

PIXEL_LIMIT = 120_000_000
BYTE_LIMIT = 64 << 20
MIN_SIDE = 32
MAX_RATIO = 10

# `measure` refuses by PIXEL_LIMIT, from the header; Pillow's own guard only warns, below twice its limit.
Image.MAX_IMAGE_PIXELS = None

decodes = 0
"""Pictures decoded by this process, for those who must show that a warm build decodes none."""
_counting = threading.Lock()

_KEPT_BLOCKS = 32
"""Blocks of up to 16 MB that Pillow keeps for reuse; as many as were in use at once, and no more than these."""
_memory = Image.core  # type: ignore[attr-defined]  # documented under "block allocator"
_HEADROOM = 1.2
"""A JPEG scaled while it is decoded differs from one scaled afterwards by 45 to 50 dB: less than any encoder adds."""
_SWAPPED = frozenset({5, 6, 7, 8})
"""EXIF orientations that exchange width and height."""


def measure(data: bytes) -> tuple[int, int]:
    """Width and height as shown (orientation applied), from the header alone. Raises `PhotoError`."""
    with _open(data) as image:
        width, height = image.size
        if width * height > PIXEL_LIMIT:
            raise PhotoError("photo.too-large")
        if min(width, height) < MIN_SIDE:
            raise PhotoError("photo.too-small")
        if max(width, height) > MAX_RATIO * min(width, height):
            raise PhotoError("photo.odd-shape")
        return (height, width) if _orientation(image) in _SWAPPED else (width, height)


def decode(data: bytes, width: int) -> Image.Image:
    """The picture, upright, in sRGB (mode RGB, or RGBA if it has alpha), no wider than needed to show it at `width`.

    A JPEG is decoded at the smallest of the scales 1/1 to 1/8 that leaves some room over `width`. Raises `PhotoError`.
    """
    global decodes  # noqa: PLW0603 - a counter
    with _counting:
        decodes += 1
    measure(data)
    with _open(data) as image:
        orientation = _orientation(image)
        across = image.height if orientation in _SWAPPED else image.width
        scale = min(1.0, width / across)
        goal = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        image.draft(None, (ceil(goal[0] * _HEADROOM), ceil(goal[1] * _HEADROOM)))
        image.load()
        profile = image.info.get("icc_profile")
        small = _plain(image)
        if small.width > goal[0]:
            small = small.resize(goal, Image.Resampling.LANCZOS, reducing_gap=3.0)
        return _upright(_to_srgb(small, profile), orientation)


@contextmanager
def _open(data: bytes) -> Iterator[ImageFile.ImageFile]:
    kind = sniff(data)
    if len(data) > BYTE_LIMIT:
        raise PhotoError("photo.too-large")
    name = "HEIF" if kind == "heic" and _reads_heic() else DECODABLE.get(kind)
    if name is None:
        raise PhotoError({"unknown": "photo.unknown", "svg": "photo.vector"}.get(kind, f"photo.{kind}"))
    if kind == "avif" and not features.check("avif"):
        raise PhotoError("photo.avif")
    try:
        with quiet(), Image.open(io.BytesIO(data), formats=(name,)) as image:
            yield image
    except PhotoError:
        raise
    except Exception as error:
        raise PhotoError(_fault_of(error)) from error


@cache
def _reads_heic() -> bool:
    """Whether the optional pillow-heif is there to decode HEIC; it turns pictures upright by itself."""
    try:
        import_module("pillow_heif").register_heif_opener(thumbnails=False)
    except ImportError:
        return False
    return True


@contextmanager
def quiet() -> Iterator[None]:
    """Odd metadata makes Pillow warn; the picture is fine, and the metadata is dropped anyway."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def many() -> Iterator[None]:
    """For work on many pictures: memory of one serves the next, which halves the time that the system takes."""
    _memory.set_blocks_max(_KEPT_BLOCKS)
    try:
        with quiet():
            yield
    finally:
        _memory.set_blocks_max(0)
        _memory.clear_cache()


def _fault_of(error: Exception) -> str:
    text = str(error).lower()
    return (
        "photo.truncated"
        if "truncated" in text or "premature" in text or isinstance(error, EOFError)
        else "photo.damaged"
    )


def _orientation(image: Image.Image) -> int:
    """EXIF orientation (tag 0x0112); values outside 1 to 8 occur and mean nothing."""
    try:
        value = image.getexif().get(0x0112, 1)
    except Exception:  # broken EXIF must not cost the picture
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }  # fmt: skip
    return image.transpose(turns[orientation]) if orientation in turns else image


def _plain(image: Image.Image) -> Image.Image:
    """Eight bits a channel, no palette: mode L, RGB, RGBA or CMYK."""
    if image.mode in {"L", "RGB", "RGBA", "CMYK"}:
        has_key = image.mode != "CMYK" and "transparency" in image.info
        return image.convert("RGBA") if has_key else image.copy()
    if image.mode.startswith("I"):
        return _from_deep_grey(image)
    if image.mode in {"P", "PA", "LA", "La", "RGBa"}:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image.convert("RGB")


def _from_deep_grey(image: Image.Image) -> Image.Image:
    """Sixteen bits of grey into eight: Pillow's own conversion clips instead of scaling."""
    return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if image.mode == "RGBA":
        opaque = _to_srgb(image.convert("RGB"), profile)
        opaque.putalpha(image.getchannel("A"))
        return opaque
    if profile:
        # A broken profile: the numbers are taken as sRGB, as browsers do.
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            image = _through(image, ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    return image if image.mode == "RGB" else image.convert("RGB")


def _through(image: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    if "srgb" in ImageCms.getProfileDescription(profile).lower():
        return image
    converted = ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    return converted or image
