"""What a changed file means for the preview: the site is read again, only looks different, or nothing comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from dealergen.config import Settings
from dealergen.engine import Theme

from .preview import CLOCK
from .sources import OWN, read_sources

Kind = Literal["source", "look", "nothing"]
PICTURES = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic", ".heif", ".tif", ".tiff", ".bmp", ".svg"}
)
THEMES = "themes"


def kind_of(paths: Iterable[str], root: Path, theme: Theme, settings: Settings) -> Kind:
    """The gravest of what the changes of `paths` mean; `theme` and `settings` are those that stand."""
    kinds = {_kind(Path(path), root, theme, settings) for path in paths}
    return "source" if "source" in kinds else "look" if "look" in kinds else "nothing"


def _kind(path: Path, root: Path, theme: Theme, settings: Settings) -> Kind:
    if _is_look(path, root, theme, settings):
        return "look"
    return "source" if str(path) == CLOCK or _is_read(path, root, theme) else "nothing"


def _is_look(path: Path, root: Path, theme: Theme, settings: Settings) -> bool:
    """Templates, assets and brand files: pages show them, but no fact of a page is made of them."""
    folders = [root / "templates", root / "static", *theme.template_folders]
    folders += [folder / "assets" for folder in theme.folders]
    brand = (root / name for name in (settings.dealer.logo, settings.dealer.icon) if name)
    return path in brand or any(path.is_relative_to(folder) for folder in folders)


def _is_read(path: Path, root: Path, theme: Theme) -> bool:
    """Pictures are read wherever they lie: a spreadsheet may name any below the site's folder."""
    sources = read_sources(root)
    read = (*[root / name for name in (*OWN, THEMES)], sources.photos, *sources.inventory, *theme.folders)
    named = any(path.is_relative_to(place) or path.match(str(place)) for place in read)
    return named or path.suffix.lower() in PICTURES or _is_folder(path)


def _is_folder(path: Path) -> bool:
    """A folder that came, went or was moved takes with it what is in it; only its name is told."""
    return path.is_dir() or not (path.suffix or path.exists())
