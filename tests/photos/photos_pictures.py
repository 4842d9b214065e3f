"""Pictures made on the spot, so that each test says what is odd about its own."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image

from dealergen.engine import Artifact
from dealergen.photos import PhotoLibrary

OpenLibrary = Callable[..., PhotoLibrary]


def halves(width: int = 900, height: int = 600, *, left: str = "#c02020", right: str = "#2040c0") -> Image.Image:
    """A picture whose left third is one colour and whose right two thirds are another."""
    image = Image.new("RGB", (width, height), right)
    image.paste(left, (0, 0, width // 3, height))
    return image


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def noisy(width: int, height: int, seed: int = 1) -> Image.Image:
    """A picture in which every part differs, so that nothing compresses to nothing; the same for the same seed."""
    import random

    coarse = random.Random(seed).randbytes(3 * (width // 8 + 1) * (height // 8 + 1))  # noqa: S311 - a picture
    return Image.frombytes("RGB", (width // 8 + 1, height // 8 + 1), coarse).resize((width, height))


def make(artifact: Artifact) -> bytes:
    """What the engine does with an artifact."""
    assert callable(artifact.maker)
    return artifact.maker(**{fact.name: fact.value for fact in artifact.reads})
