"""A picture as pages show it: made here in several sizes, linked on another host, or scaled by the host's service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from urllib.parse import quote

from dealergen.engine.artifact import digest_of

from .encode import Encoding
from .variants import PLAIN_WIDTH, Original


@dataclass(slots=True)
class Photo:
    """A picture as pages show it. A remote one (another host's) has a size of 0 by 0 and no variants of ours."""

    src: str
    """`/media/…-800.jpg`, or the address of a remote photo."""
    width: int
    height: int
    """Of the largest variant."""
    srcset: str = ""
    """Of the fallback format."""
    sources: tuple[tuple[str, str], ...] = ()
    """MIME type and srcset of each better format, best first."""
    color: str = ""
    """The dominant colour as `#rrggbb`; empty if not known."""
    largest: str = ""
    """The largest variant in the fallback format: for social cards, feeds and structured data."""
    digest: bytes = field(default=b"")
    """Over everything that is shown."""

    @property
    def is_drawing(self) -> bool:
        """Whether this is the drawing that stands in for missing photos."""
        return "/media/drawn/" in self.src

    def sealed(self) -> Photo:
        self.digest = digest_of(
            self.src, self.width, self.height, self.srcset, self.sources, self.color, self.largest
        )  # fmt: skip
        return self


def linked(url: str) -> Photo:
    """The picture at `url`, as it is."""
    return Photo(url, 0, 0, largest=url, digest=blake2b(url.encode("utf-8", "replace"), digest_size=16).digest())


def served(template: str, url: str, widths: Sequence[int]) -> Photo:
    """The picture at `url`, in several widths, through the image service behind `template`."""
    at = {width: template.replace("{width}", str(width)).replace("{url}", quote(url, safe="")) for width in widths}
    plain = max((width for width in widths if width <= PLAIN_WIDTH), default=min(widths))
    srcset = ", ".join(f"{at[width]} {width}w" for width in sorted(at))
    return Photo(at[plain], 0, 0, srcset, largest=at[max(at)]).sealed()


def made(stem: str, original: Original, color: str) -> Photo:
    """The picture whose variants are published under names that begin with `stem`."""
    *better, fallback = original.encodings
    return Photo(
        src=name_of(stem, original, fallback, original.plain),
        width=original.widths[-1],
        height=original.height(original.widths[-1]),
        srcset=_srcset(stem, original, fallback),
        sources=tuple((encoding.mime, _srcset(stem, original, encoding)) for encoding in better),
        color=color,
        largest=name_of(stem, original, fallback, original.widths[-1]),
    ).sealed()


def name_of(stem: str, original: Original, encoding: Encoding, width: int) -> str:
    """The name of a variant; it changes whenever the bytes may, since browsers keep it for ever."""
    return f"{stem}-{original.key(encoding)[:10]}-{width}.{encoding.extension}"


def _srcset(stem: str, original: Original, encoding: Encoding) -> str:
    widths = original.widths_in(encoding)
    return ", ".join(f"{name_of(stem, original, encoding, width)} {width}w" for width in widths)
