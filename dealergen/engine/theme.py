"""Themes: where one is found, what it extends, and the one stylesheet and script that pages link to.

A theme is a folder with `theme.yaml`, `templates/`, `assets/` and `strings/`. It may extend another, whose templates,
assets, stylesheets and strings it inherits and overrides. A site's own `templates/` folder overrides every theme.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from importlib.metadata import entry_points
from pathlib import Path

import yaml
from pydantic import Field, ValidationError

from dealergen.config.base import Identifier, SettingsModel, Text
from dealergen.config.dealer import Colors
from dealergen.errors import SettingsError

PACKAGE = Path(__file__).resolve().parent.parent


class ThemeManifest(SettingsModel):
    """theme.yaml."""

    name: Identifier
    """The theme's name, equal to its folder's."""
    title: Text
    """What people call it."""
    description: str = ""
    """One sentence on its character."""
    extends: Identifier | None = None
    """The theme whose parts this one inherits."""
    stylesheets: list[Text] = Field(default_factory=list)
    """Under `assets/css`, in order; after those of the theme it extends."""
    scripts: list[Text] = Field(default_factory=list)
    """Under `assets/js`: modules without imports, in order."""
    icons: str | None = None
    """The sprite of icons, under `assets`."""
    fonts: list[Text] = Field(default_factory=list)
    """Fonts, under `assets`, that the first screen needs."""


@dataclass(slots=True)
class Asset:
    """A file that is published under an address with its digest in it, so that browsers may keep it for ever."""

    path: str
    """Relative to the output folder."""
    data: bytes


@dataclass
class Theme:
    """A theme with everything that it inherits."""

    manifest: ThemeManifest
    folders: tuple[Path, ...]
    """The theme's own folder first, then the ones it extends."""
    manifests: tuple[ThemeManifest, ...]
    overrides: Path | None = None
    """The site's own `templates` folder."""
    _published: dict[str, Asset] = field(default_factory=dict)

    @property
    def template_folders(self) -> list[Path]:
        """Where templates are looked up, first to last."""
        own = [self.overrides] if self.overrides else []
        return own + [folder / "templates" for folder in self.folders]

    @property
    def icons(self) -> str:
        """The sprite of icons, the nearest theme's that has one; empty if none does."""
        return next((manifest.icons for manifest in self.manifests if manifest.icons), "")

    @property
    def fonts(self) -> list[str]:
        """The fonts that the first screen needs, as the nearest theme lists them."""
        return next((manifest.fonts for manifest in self.manifests if manifest.fonts), [])

    def strings(self, language: str) -> list[Path]:
        """Files of words for `language`, the most general first."""
        files = [folder / "strings" / f"{language}.yaml" for folder in reversed(self.folders)]
        return [file for file in files if file.is_file()]

    @cached_property
    def assets(self) -> dict[str, Asset]:
        """Every plain asset by its name under `assets` (`fonts/text.woff2`), without styles and scripts."""
        found: dict[str, Asset] = {}
        for folder in reversed(self.folders):
            for name, file in _files(folder / "assets"):
                if not name.startswith(("css/", "js/")):
                    found[name] = _hashed(f"assets/{name}", file.read_bytes())
        return found

    def stylesheet(self, colors: Colors, prefix: str) -> Asset:
        """All stylesheets as one, after the brand's colours; addresses inside point at the published assets."""
        parts = [f":root{{--brand-primary:{colors.primary};--brand-accent:{colors.accent}}}"]
        parts += [self._rewritten(name, text, prefix) for name, text in self._sources("css", "stylesheets")]
        return _hashed("assets/site.css", "\n".join(parts).encode())

    def script(self) -> Asset:
        """All scripts as one module, each in a scope of its own."""
        parts = [f"{{\n{text}\n}}" for _, text in self._sources("js", "scripts")]
        return _hashed("assets/site.js", "\n".join(parts).encode())

    def _sources(self, kind: str, listed: str) -> Iterator[tuple[str, str]]:
        for manifest, folder in zip(reversed(self.manifests), reversed(self.folders), strict=True):
            for name in getattr(manifest, listed):
                yield f"{kind}/{name}", self._locate(folder, f"{kind}/{name}").read_text("utf-8")

    def _locate(self, folder: Path, name: str) -> Path:
        """The asset as the nearest theme has it, so that a child may override one file of its parent."""
        for candidate in (*self.folders[: self.folders.index(folder)], folder):
            if (candidate / "assets" / name).is_file():
                return candidate / "assets" / name
        raise SettingsError(f"{folder / 'theme.yaml'}: the file assets/{name} that it names does not exist")

    def _rewritten(self, name: str, css: str, prefix: str) -> str:
        def published(match: re.Match[str]) -> str:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), match["path"]))
            asset = self.assets.get(target)
            return f'url("{prefix}/{asset.path}")' if asset else match[0]

        return _CSS_URL.sub(published, css)


_CSS_URL = re.compile(r"""url\(\s*(?P<quote>['"]?)(?!data:|https?:|/|#)(?P<path>[^'")?#]+)(?P=quote)\s*\)""")


def load_theme(name: str, root: Path) -> Theme:
    """The theme `name`, looked for in the site's `themes/`, among those that ship, then among installed packages.

    Raises `SettingsError` when it (or one that it extends) is missing, does not hold, or extends itself.
    """
    folders: list[Path] = []
    manifests: list[ThemeManifest] = []
    wanted: str | None = name
    while wanted:
        folder = _find(wanted, root)
        if folder in folders:
            raise SettingsError(f"The theme {name!r} extends itself through {wanted!r}")
        folders.append(folder)
        manifests.append(_manifest(folder))
        wanted = manifests[-1].extends
    overrides = root / "templates"
    return Theme(manifests[0], tuple(folders), tuple(manifests), overrides if overrides.is_dir() else None)


def theme_places(root: Path) -> dict[str, Path]:
    """Every theme within reach, by name; the nearest wins."""
    places: dict[str, Path] = {}
    for entry in entry_points(group="dealergen.themes"):
        places[entry.name] = Path(str(entry.load()))
    for base in (PACKAGE.parent / "themes", PACKAGE / "themes", root / "themes"):
        if base.is_dir():
            places.update({path.name: path for path in sorted(base.iterdir()) if (path / "theme.yaml").is_file()})
    return places


def _find(name: str, root: Path) -> Path:
    places = theme_places(root)
    if name not in places:
        raise SettingsError(
            f"There is no theme {name!r}",
            remedy=f"Within reach: {', '.join(sorted(places)) or 'none'}. A theme of your own goes to themes/{name}/.",
        )
    return places[name]


def _manifest(folder: Path) -> ThemeManifest:
    file = folder / "theme.yaml"
    try:
        return ThemeManifest.model_validate(yaml.safe_load(file.read_text("utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        raise SettingsError(f"{file} does not hold: {error}", remedy="Compare it with a theme that ships.") from None


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield path.relative_to(folder).as_posix(), path


def _hashed(path: str, data: bytes) -> Asset:
    stem, dot, ending = path.rpartition(".")
    return Asset(f"{stem}.{blake2b(data, digest_size=5).hexdigest()}{dot}{ending}", data)
