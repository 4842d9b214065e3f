"""The workshop: makes any file of the planned site when it is asked for, from the shelf and the theme as it is now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

from dealergen.build.assets import Published, publish_assets
from dealergen.config import Settings
from dealergen.engine import Artifact, Renderer, Template, TemplateSet, TemplateSets, Theme, digest_of, load_theme
from dealergen.pages.pictures import Gallery
from dealergen.photos import PhotoLibrary

from .making import bytes_of
from .shelf import Shelf, Spot
from .sources import Stamp, stamps
from .thaw import Thawer, thaw_editions

ROOM = 64_000_000
"""Bytes of made pages that are kept."""


class Made:
    """What was made, by what it was made from; the least lately asked for goes first."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._held: dict[str, bytes] = {}

    def get(self, mark: str) -> bytes | None:
        data = self._held.pop(mark, None)
        if data is not None:
            self._held[mark] = data
        return data

    def put(self, mark: str, data: bytes) -> None:
        self._room += len(self._held.pop(mark, b"")) - len(data)
        self._held[mark] = data
        while self._room < 0 and self._held:
            self._room += len(self._held.pop(next(iter(self._held))))


@dataclass
class Workshop:
    """Everything that making needs. Another one takes its place when the plan or the theme changes."""

    root: Path
    shelf: Shelf
    theme: Theme
    settings: Settings
    stylesheet: str
    """The address of the stylesheet, which changes with it."""
    made: Made
    _look: str
    """Differs when templates, script or icons do: what changes pages without changing their facts."""
    _stamps: tuple[Stamp, ...]
    """Of the templates."""
    _assets: dict[str, Artifact]
    _thawer: Thawer
    _renderer: Renderer
    _lock: Lock = field(default_factory=Lock)

    def has(self, path: str) -> bool:
        """Whether the plan has a file at `path`, which is relative to the output folder."""
        return path in self._assets or self.shelf.spot(path) is not None

    def mark(self, path: str) -> str:
        """Differs when the file would; the stylesheet aside, which an open page swaps by itself. Empty for no file."""
        asset = self._assets.get(path)
        if asset is not None:
            return asset.reads[0].digest.hex()
        spot = self.shelf.spot(path)
        return f"{spot.mark[:16]}{self._look}" if spot else ""

    def read(self, path: str) -> bytes:
        """The file, made now unless it was before. Raises KeyError for none, and what its maker raises."""
        asset = self._assets.get(path)
        if asset is not None:
            return bytes_of(asset, self._renderer)
        spot = self.shelf.spot(path)
        if spot is None:
            raise KeyError(path)
        mark = f"{spot.mark}{self._look}{self.stylesheet}"
        with self._lock:
            data = self.made.get(mark)
        if data is None:
            data = self._make(path, spot)
            if stamps(self.theme.template_folders) == self._stamps:  # else a template may be newer than the mark
                with self._lock:
                    self.made.put(mark, data)
        return data

    def static(self, path: str) -> Path | None:
        """The file in the site's `static` folder that is published as it is at `path`."""
        file = self.root / "static" / path
        return file if path in self._assets and file.is_file() else None

    def _make(self, path: str, spot: Spot) -> bytes:
        """Facts and templates are for one thread at a time; what takes long (a photo's variant) is for many."""
        with self._lock:
            artifact = self._thawer.artifact(path, spot.number, spot.source)
            if isinstance(artifact.maker, Template):
                return bytes_of(artifact, self._renderer)
            for fact in artifact.reads:
                fact.value  # noqa: B018 - made here and kept
        return bytes_of(artifact, self._renderer)


def open_workshop(root: Path, shelf: Shelf, made: Made | None = None) -> Workshop:
    """A workshop for the plan on `shelf` and the theme as it is now. Raises `SettingsError` if the theme does not hold.

    `made` is what an earlier one made; what is still right of it is not made again.
    """
    editions = thaw_editions(shelf.kept("editions"))
    settings = next(iter(editions.values())).settings
    prefix = urlsplit(settings.site_url).path.rstrip("/")
    theme = load_theme(settings.theme, root)
    stamped = stamps(theme.template_folders)
    published = publish_assets(theme, settings, root, prefix)
    for edition in editions.values():
        edition.assets = published.assets
    library = PhotoLibrary(settings.photos, root, root / ".dealergen" / "cache", prefix=prefix)
    gallery = Gallery(library, prefix, settings.photos.max_per_vehicle)
    renderer = TemplateSets({language: TemplateSet(theme) for language in editions})
    return Workshop(
        root,
        shelf,
        theme,
        settings,
        published.assets.stylesheet,
        made or Made(),
        _look(theme, published),
        stamped,
        {artifact.path: artifact for artifact in published.artifacts},
        Thawer(shelf.row, editions, renderer, gallery),
        renderer,
    )


def _look(theme: Theme, published: Published) -> str:
    """A digest over the templates, and the addresses of all assets but the stylesheet."""
    digest = blake2b(digest_size=8)
    for file in _templates(theme):
        digest.update(str(file).encode() + b"\0" + file.read_bytes())
    digest.update(digest_of(asdict(published.assets) | {"stylesheet": ""}))
    return digest.hexdigest()


def _templates(theme: Theme) -> Iterator[Path]:
    for folder in theme.template_folders:
        yield from sorted(file for file in folder.rglob("*") if file.is_file())
