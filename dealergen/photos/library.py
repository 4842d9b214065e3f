"""The photo library: from what a cell says to a picture ready for `<picture>`, and the artifacts that it needs."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Container, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final
from urllib.parse import unquote, urlsplit

from slugify import slugify

from dealergen.config.presentation import PhotoSettings
from dealergen.engine.artifact import Artifact, Fact
from dealergen.engine.progress import Progress
from dealergen.errors import Place, Problem

from .cache import Known, PhotoIndex, digest_bytes
from .download import Downloads
from .encode import can_write_avif, encodings_for
from .faults import PhotoError, problem
from .photo import Photo, linked, made, name_of, served
from .refs import Finder, as_url, join_url
from .shelf import due, sweep
from .variants import Original, make_variant, widths_for
from .workshop import make_ahead

SHELF: Final = "photos"
"""The folder of the cache that holds everything about photos."""
_COLOR_WIDTH = 64


@dataclass(slots=True)
class _Planned:
    photo: Photo
    original: Original
    artifacts: list[Artifact]


class PhotoLibrary:
    """Finds, inspects and plans photos.

    In order: `inspect` what will be asked for, ask with `picture`, `make_ahead`, hand `artifacts` to the engine, then
    `save_index` and `prune`. Only `picture`, `artifacts` and `save_index` are needed; the others save time or space.

    `prefix` goes before the addresses of pictures: the path of a site that is not published at its host's root.
    `trusted` addresses may be asked for photos although they are not public; it is there for tests alone.
    """

    def __init__(
        self,
        settings: PhotoSettings,
        root: Path,
        cache: Path,
        *,
        prefix: str = "",
        trusted: Container[str] = (),
        pause: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.problems: list[Problem] = []
        self._settings = settings
        self._prefix = prefix.rstrip("/")
        self._root = os.path.realpath(root)
        self._shelf = cache / SHELF
        self._finder = Finder([root / settings.folder, root])
        self._index = PhotoIndex(self._shelf / "index.json")
        self._downloads = Downloads(
            self._shelf / "remote", settings.download, trusted=trusted, pause=pause, clock=clock
        )  # fmt: skip
        self._clock = clock
        self._widest = max(settings.widths)
        self._encodings = encodings_for(self._writable(settings))
        self._asked: dict[str, Photo | None] = {}
        self._planned: dict[str, _Planned] = {}

    def inspect(self, refs: Iterable[str], threads: int = 0, progress: Progress | None = None) -> None:
        """Look at many photos at once, ahead of `picture`; those at addresses are fetched first where settings say so.

        On several threads, since decoding and waiting free the interpreter. `progress` hears of the fetching.
        """
        wanted = dict.fromkeys(ref for ref in refs if ref not in self._asked)
        remote = dict.fromkeys(url for ref in wanted if (url := self._url_to_fetch(ref)))
        self._downloads.fetch_all(remote, progress)
        found = {entry.path: entry for ref in wanted if (entry := self._file(ref))}
        looks: list[Callable[[], str]] = [_bound(self._digest, entry) for entry in found.values()]
        looks += [_bound(self._fetched_digest, url) for url in remote]
        self._look(looks, threads)

    def only_links(self, refs: Iterable[str]) -> bool:
        """Whether every one of `refs` is sure to be linked, not made: then nothing need be known of it ahead."""
        if self._settings.remote == "download":
            return False
        based = bool(self._settings.base_url)
        return all(
            ref.startswith(("https://", "http://")) or (based and not self._finder.may_have(ref)) for ref in refs
        )

    def picture(self, ref: str, *, source: Place) -> Photo | None:
        """The picture that `ref` names; None, with a warning in `problems`, when there is none that can be shown.

        `source` is the record that names it. Asking again for the same `ref` answers the same and warns no more.
        """
        if ref not in self._asked:
            try:
                self._asked[ref] = self._resolve(ref, source)
            except PhotoError as fault:
                self.problems.append(problem(fault.code, ref, source, fault.detail))
                self._asked[ref] = None
        return self._asked[ref]

    def make_ahead(self, out: Path, threads: int, progress: Progress | None = None) -> int:
        """Make what neither the cache nor `out` holds of the pictures asked for; answers how many photos that took.

        A photo's variants are made together, the heaviest photos first: this spreads the work evenly over `threads`.
        """
        return make_ahead(
            [(planned.original, planned.artifacts) for planned in self._planned.values()], out, threads, progress
        )

    def artifacts(self) -> Iterator[Artifact]:
        """Every variant of every picture asked for, once, in the order of asking, smaller sizes first."""
        for planned in self._planned.values():
            yield from planned.artifacts

    def save_index(self) -> None:
        """Keep what was found out for the next build. Raises `OutputError` if the cache cannot be written."""
        self._downloads.close()
        self._index.save()

    def prune(self, days: int) -> int:
        """Remove what nothing has asked for in `days` from the cache, about once a week; answers how many photos."""
        now = self._clock()
        forgotten = self._downloads.prune(days)
        if not due(self._shelf, now):
            return forgotten
        self._index.keep_only(self._planned.keys())
        self._index.save()
        asked = (planned.original.folder for planned in self._planned.values())
        return forgotten + sweep(self._shelf, asked, days, now)

    def _writable(self, settings: PhotoSettings) -> PhotoSettings:
        """The settings without AVIF, and a warning, where Pillow cannot write it."""
        if "avif" not in settings.formats or can_write_avif():
            return settings
        self.problems.append(problem("photo.avif-output", "avif", Place("site.yaml", column="photos.formats")))
        return settings.model_copy(update={"formats": [name for name in settings.formats if name != "avif"]})

    def _look(self, looks: list[Callable[[], str]], threads: int) -> None:
        from .decode import many

        if looks:
            with many(), ThreadPoolExecutor(threads or min(8, os.cpu_count() or 1)) as pool:
                list(pool.map(_in_peace, looks))

    def _file(self, ref: str) -> os.DirEntry[str] | None:
        try:
            return None if as_url(ref, self._widest) else self._finder.find(ref)
        except PhotoError:
            return None  # `picture` will say so, where it knows which record asked

    def _url_to_fetch(self, ref: str) -> str | None:
        """The address that `ref` is, or that it becomes under `base_url` when no file has its name."""
        base = self._settings.base_url
        if self._settings.remote != "download":
            return None
        with suppress(PhotoError):  # likewise
            return as_url(ref, self._widest) or (join_url(base, ref) if base and not self._finder.find(ref) else None)
        return None

    def _resolve(self, ref: str, source: Place) -> Photo:
        if url := as_url(ref, self._widest):
            return self._remote(url, ref, source)
        entry = self._finder.find(ref)
        if entry is not None:
            return self._local(entry.path, entry.name, self._digest(entry), source)
        if self._settings.base_url:
            return self._remote(join_url(self._settings.base_url, ref), ref, source)
        raise PhotoError("photo.missing")

    def _remote(self, url: str, ref: str, source: Place) -> Photo:
        if self._settings.remote == "service" and self._settings.service:
            return served(self._settings.service, url, self._settings.widths)
        if self._settings.remote == "link":
            return linked(url)
        digest = self._fetched_digest(url)
        fetched = self._downloads.fetch(url)
        if fetched.stale:
            self.problems.append(problem("photo.stale", ref, source, fetched.stale))
        return self._local(str(fetched.file), PurePath(unquote(urlsplit(url).path)).name, digest, source)

    def _local(self, file: str, name: str, digest: str, source: Place) -> Photo:
        known = self._index.pictures[digest]
        if known.fault:
            raise PhotoError(known.fault)
        if digest not in self._planned:
            self._planned[digest] = self._plan(file, name, digest, known, source)
        return self._planned[digest].photo

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

    def _fetched_digest(self, url: str) -> str:
        fetched = self._downloads.fetch(url)
        if fetched.digest not in self._index.pictures:
            self._index.pictures[fetched.digest] = _inspect(fetched.file.read_bytes())
        return fetched.digest

    def _plan(self, file: str, name: str, digest: str, known: Known, source: Place) -> _Planned:
        widths = widths_for(known.width, self._settings.widths)
        original = Original(file, digest, (known.width, known.height), widths, self._encodings, self._shelf)
        stem = f"media/{slugify(PurePath(name).stem, max_length=60) or 'photo'}"
        artifacts = [
            Artifact(
                name_of(stem, original, variant.encoding, variant.width),
                make_variant,
                (Fact("variant", variant.digest, variant),),
                source,
            )
            for variant in original.variants()
        ]
        return _Planned(made(f"{self._prefix}/{stem}", original, known.color), original, artifacts)


def _bound(look: Callable[..., str], what: object) -> Callable[[], str]:
    return lambda: look(what)


def _in_peace(look: Callable[[], str]) -> None:
    with suppress(PhotoError):  # `picture` will say so, where it knows which record asked
        look()


def _inspect(data: bytes) -> Known:
    """Size and colour of a picture, or its fault. A small decode reads to the last byte, so it finds any damage."""
    from .color import dominant
    from .decode import decode, measure

    try:
        width, height = measure(data)
        return Known(width, height, dominant(decode(data, _COLOR_WIDTH)))
    except PhotoError as unusable:
        return Known(fault=unusable.code)
