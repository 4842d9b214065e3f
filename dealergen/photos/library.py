"""The photo library: from what a cell says to a picture ready for `<picture>`, and the artifacts that it needs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path, PurePath

from slugify import slugify

from dealergen.config.presentation import PhotoSettings
from dealergen.engine.artifact import Artifact, Fact, digest_of
from dealergen.errors import Place, Problem

from .cache import Known, PhotoIndex, digest_bytes
from .faults import PhotoError, problem
from .refs import Finder, as_url, join_url
from .variants import FORMATS, Original, Variant, make_variant, widths_for

SRC_WIDTH = 800
"""The plain `src` is the largest variant up to this width."""
_COLOR_WIDTH = 64


@dataclass(slots=True)
class Photo:
    """A picture as pages show it. A linked one (another host's) has a size of 0 by 0 and no variants."""

    src: str
    """`/media/…-800.jpg`, or the address of a linked photo."""
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


class PhotoLibrary:
    """Finds, inspects and plans photos. Ask with `picture`, then hand `artifacts` to the engine, then `save_index`.

    `prefix` goes before the addresses of pictures: the path of a site that is not published at its host's root.
    """

    def __init__(self, settings: PhotoSettings, root: Path, cache: Path, *, prefix: str = "") -> None:
        self.problems: list[Problem] = []
        self._settings = settings
        self._prefix = prefix.rstrip("/")
        self._root = os.path.realpath(root)
        self._shelf = cache / "photos"
        self._finder = Finder([root / settings.folder, root])
        self._index = PhotoIndex(self._shelf / "index.json")
        self._asked: dict[str, Photo | None] = {}
        self._planned: dict[str, tuple[Photo, list[Artifact]]] = {}

    def picture(self, ref: str, *, source: Place) -> Photo | None:
        """The picture that `ref` names; None, with a warning in `problems`, when there is none that can be shown.

        `source` is the record that names it. Asking again for the same `ref` answers the same and warns no more.
        """
        if ref not in self._asked:
            try:
                self._asked[ref] = self._resolve(ref, source)
            except PhotoError as fault:
                self.problems.append(problem(fault.code, ref, source))
                self._asked[ref] = None
        return self._asked[ref]

    def only_links(self, refs: Iterable[str]) -> bool:
        """Whether every one of `refs` is sure to be linked, not made: then nothing need be known of it ahead."""
        based = bool(self._settings.base_url)
        return all(
            ref.startswith(("https://", "http://")) or (based and not self._finder.may_have(ref)) for ref in refs
        )

    def inspect(self, refs: Iterable[str], threads: int = 0) -> None:
        """Look at many photos at once, ahead of `picture`: on several threads, since decoding frees the interpreter."""
        from .decode import quiet

        found = {entry.path: entry for ref in refs if ref not in self._asked and (entry := self._file(ref))}
        if not found:
            return
        with quiet(), ThreadPoolExecutor(threads or min(8, os.cpu_count() or 1)) as pool:
            list(pool.map(self._peek, found.values()))

    def artifacts(self) -> Iterator[Artifact]:
        """Every variant of every picture asked for, once, in the order of asking, smaller sizes first."""
        for _, artifacts in self._planned.values():
            yield from artifacts

    def save_index(self) -> None:
        """Keep what was found out for the next build. Raises `OutputError` if the cache cannot be written."""
        self._index.save()

    def _file(self, ref: str) -> os.DirEntry[str] | None:
        try:
            return None if as_url(ref, SRC_WIDTH) else self._finder.find(ref)
        except PhotoError:
            return None  # `picture` will say so, where it knows which record asked

    def _peek(self, entry: os.DirEntry[str]) -> None:
        with suppress(PhotoError):  # likewise
            self._digest(entry)

    def _resolve(self, ref: str, source: Place) -> Photo:
        if url := as_url(ref, max(self._settings.widths)):
            return _linked(url)
        entry = self._finder.find(ref)
        if entry is not None:
            return self._local(entry, source)
        if self._settings.base_url:
            url = join_url(self._settings.base_url, ref)
            return _linked(url)
        raise PhotoError("photo.missing")

    def _local(self, entry: os.DirEntry[str], source: Place) -> Photo:
        digest = self._digest(entry)
        known = self._index.pictures[digest]
        if known.fault:
            raise PhotoError(known.fault)
        if digest not in self._planned:
            self._planned[digest] = self._plan(entry, digest, known, source)
        return self._planned[digest][0]

    def _digest(self, entry: os.DirEntry[str]) -> str:
        """The digest of the file's bytes, which are inspected when they are new."""
        path = os.path.relpath(entry.path, self._root)
        try:
            stat = entry.stat()
            if digest := self._index.digest(path, stat):
                return digest
            data = Path(entry.path).read_bytes()
        except OSError as error:
            raise PhotoError("photo.unreadable") from error
        digest = digest_bytes(data)
        if digest not in self._index.pictures:
            self._index.pictures[digest] = _inspect(data)
        self._index.remember(path, stat, digest)
        return digest

    def _plan(self, entry: os.DirEntry[str], digest: str, known: Known, source: Place) -> tuple[Photo, list[Artifact]]:
        widths = widths_for(known.width, self._settings.widths)
        original = Original(
            entry.path, digest, (known.width, known.height), widths, self._settings.quality, self._shelf
        )
        name = f"media/{slugify(PurePath(entry.name).stem, max_length=60) or 'photo'}-{original.key[:10]}"
        artifacts = [
            _artifact(f"{name}-{width}.{extension}", Variant(original, width, extension), source)
            for width in widths
            for extension in FORMATS
        ]
        return _photo(f"{self._prefix}/{name}", original, known.color), artifacts


def _inspect(data: bytes) -> Known:
    """Size and colour of a picture, or its fault. A small decode reads to the last byte, so it finds any damage."""
    from .color import dominant
    from .decode import decode, measure

    try:
        width, height = measure(data)
        return Known(width, height, dominant(decode(data, _COLOR_WIDTH)))
    except PhotoError as unusable:
        return Known(fault=unusable.code)


def _linked(url: str) -> Photo:
    return Photo(url, 0, 0, largest=url, digest=blake2b(url.encode("utf-8", "replace"), digest_size=16).digest())


def _artifact(path: str, variant: Variant, source: Place) -> Artifact:
    return Artifact(path, make_variant, (Fact("variant", variant.digest, variant),), source)


def _photo(base: str, original: Original, color: str) -> Photo:
    widths = original.widths
    *better, fallback = FORMATS
    plain = max((width for width in widths if width <= SRC_WIDTH), default=widths[0])
    return Photo(
        src=f"{base}-{plain}.{fallback}",
        width=widths[-1],
        height=original.height(widths[-1]),
        srcset=_srcset(base, widths, fallback),
        sources=tuple((FORMATS[extension], _srcset(base, widths, extension)) for extension in better),
        color=color,
        largest=f"{base}-{widths[-1]}.{fallback}",
    ).sealed()


def _srcset(base: str, widths: tuple[int, ...], extension: str) -> str:
    return ", ".join(f"{base}-{width}.{extension} {width}w" for width in widths)
