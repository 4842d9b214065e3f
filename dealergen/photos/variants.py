"""The sizes and formats of one photo: which there are, and how each is made. One decode serves them all.

`make_variant` is the artifacts' maker: it answers from the cache, or decodes the photo once, makes every variant that
the cache lacks by a cascade (each size from the next larger one) and leaves them there for its sisters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dealergen.engine.artifact import digest_of
from dealergen.errors import DealergenError

from .cache import EPOCH, digest_bytes, write_whole

if TYPE_CHECKING:
    from PIL import Image

    from .encode import Encoding

PLAIN_WIDTH: Final = 800
"""The plain `src` is the largest variant up to this width."""


@dataclass(frozen=True, slots=True)
class Original:
    """A photo to make variants of. `file` and `shelf` say where bytes are; the rest says what they are."""

    file: str
    digest: str
    size: tuple[int, int]
    """Width and height as shown."""
    widths: tuple[int, ...]
    """Rising; the last is the largest that is made."""
    encodings: tuple[Encoding, ...]
    """Best first; the last is the fallback, which every browser and portal reads."""
    shelf: Path
    """The folder of cached variants."""

    @property
    def plain(self) -> int:
        """The width of the plain `src`."""
        return max((width for width in self.widths if width <= PLAIN_WIDTH), default=self.widths[0])

    @property
    def folder(self) -> Path:
        """Where its variants lie."""
        return self.shelf / self.digest[:2] / self.digest

    def height(self, width: int) -> int:
        """Of the variant that is `width` wide."""
        return max(1, round(self.size[1] * width / self.size[0]))

    def widths_in(self, encoding: Encoding) -> tuple[int, ...]:
        """Every width in the better formats; of the fallback the plain one, and the largest for feeds and cards."""
        fallback = encoding == self.encodings[-1]
        return tuple(sorted({self.plain, self.widths[-1]})) if fallback else self.widths

    def key(self, encoding: Encoding) -> str:
        """Changes when the bytes of some variant may. The widths are in it: each size is made from the next larger."""
        return digest_of(self.digest, self.widths, encoding.parameters, EPOCH).hex()

    def variants(self) -> Iterator[Variant]:
        """Every one, smaller sizes first, better formats first."""
        for width in self.widths:
            for encoding in self.encodings:
                if width in self.widths_in(encoding):
                    yield Variant(self, encoding, width)


@dataclass(frozen=True, slots=True)
class Variant:
    """One size and format of a photo."""

    original: Original
    encoding: Encoding
    width: int

    @property
    def digest(self) -> bytes:
        return digest_of(self.original.key(self.encoding), self.width)

    @property
    def file(self) -> Path:
        """Where the cache keeps it."""
        key = self.original.key(self.encoding)
        return self.original.folder / f"{key[:16]}-{self.width}.{self.encoding.extension}"


def widths_for(source: int, wanted: Sequence[int]) -> tuple[int, ...]:
    """The wanted widths that do not enlarge a photo `source` pixels wide; its own width if it lies between them."""
    return tuple(sorted({*(width for width in wanted if width < source), min(max(wanted), source)}))


def make_variant(variant: Variant) -> bytes:
    """The variant's bytes, from the cache or newly made. Raises `DealergenError` if the photo changed meanwhile."""
    try:
        return variant.file.read_bytes()
    except OSError:
        make_missing(variant.original)
        return variant.file.read_bytes()


def make_missing(original: Original) -> int:
    """Make every variant that the cache lacks, by one decode; answers how many. Raises `DealergenError`."""
    missing = [variant for variant in original.variants() if not variant.file.is_file()]
    for variant, data in _make(original, missing) if missing else ():
        write_whole(variant.file, data)
    return len(missing)


def _make(original: Original, wanted: Sequence[Variant]) -> Iterator[tuple[Variant, bytes]]:
    from .asis import fits_as_it_is
    from .encode import encode

    data = _read(original)
    rest = []
    for variant in wanted:
        if fits_as_it_is(data, variant.encoding.extension, (variant.width, original.height(variant.width))):
            yield variant, data
        else:
            rest.append(variant)
    for variant, image in _scaled(data, original, rest) if rest else ():
        yield variant, encode(image, variant.encoding)


def _scaled(data: bytes, original: Original, wanted: Sequence[Variant]) -> Iterator[tuple[Variant, Image.Image]]:
    """Each variant with the picture in its size; the cascade is the same whichever variants are wanted."""
    from .decode import decode

    image = decode(data, original.widths[-1])
    smallest = min(variant.width for variant in wanted)
    for width in reversed([width for width in original.widths if width >= smallest]):
        image = _fit(image, (width, original.height(width)))
        yield from ((variant, image) for variant in wanted if variant.width == width)


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
