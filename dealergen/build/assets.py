"""The files that every page loads: the theme's stylesheet, script, icons and fonts, and the dealer's logo."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from io import BytesIO
from pathlib import Path

from dealergen.config import Settings
from dealergen.engine import Artifact, Asset, Fact, Theme, join_digests
from dealergen.errors import Place, SettingsError
from dealergen.pages.edition import Assets


@dataclass(slots=True)
class Published:
    """The addresses for pages, and the artifacts behind them."""

    assets: Assets
    artifacts: list[Artifact]


def publish_assets(theme: Theme, settings: Settings, root: Path, prefix: str) -> Published:
    """Everything that pages load, each file under a name with its digest."""
    stylesheet, script = theme.stylesheet(settings.dealer.colors, prefix), theme.script()
    logo, icon = _logo(settings, root), _icon(settings, root)
    files = {name: f"{prefix}/{asset.path}" for name, asset in theme.assets.items()}
    assets = Assets(
        stylesheet=f"{prefix}/{stylesheet.path}",
        script=f"{prefix}/{script.path}",
        icons=files.get(theme.icons, ""),
        icon=f"{prefix}/{icon.path}",
        logo=f"{prefix}/{logo.path}" if logo else "",
        logo_size=_size(logo) if logo else (0, 0),
        files=files,
        fonts=tuple(files[name] for name in theme.fonts if name in files),
    )
    published = [stylesheet, script, icon, *([logo] if logo else []), *theme.assets.values()]
    return Published(assets, [_copy(asset) for asset in published] + list(_static(root)))


def _copy(asset: Asset) -> Artifact:
    digest = blake2b(asset.data, digest_size=16).digest()
    return Artifact(asset.path, as_it_is, (Fact("data", digest, asset.data),), Place(asset.path))


def as_it_is(data: bytes) -> bytes:
    """A file published byte for byte."""
    return data


def _static(root: Path) -> Iterator[Artifact]:
    """The site's `static` folder, published as it is: verification files, price lists, a favicon of one's own."""
    folder = root / "static"
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and not path.name.startswith("."):
            name = path.relative_to(folder).as_posix()
            data = path.read_bytes()
            digest = join_digests((os.fsencode(name), blake2b(data, digest_size=16).digest()))
            yield Artifact(name, as_it_is, (Fact("data", digest, data),), Place(str(path.relative_to(root))))


def _logo(settings: Settings, root: Path) -> Asset | None:
    return _brand_file(root, "logo", settings.dealer.logo) if settings.dealer.logo else None


def _brand_file(root: Path, name: str, path: str) -> Asset:
    file = root / path
    if not file.is_file():
        raise SettingsError(
            f"site.yaml: dealer.{name} names {path}, which does not exist",
            remedy="Put the file there, or leave the setting out.",
        )
    return _named(name, file.suffix.lower(), file.read_bytes())


def _icon(settings: Settings, root: Path) -> Asset:
    """The dealer's icon, else the initial on the brand's colour."""
    if settings.dealer.icon:
        return _brand_file(root, "icon", settings.dealer.icon)
    initial = next((character for character in settings.dealer.name if character.isalnum()), "•").upper()
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="12" fill="{settings.dealer.colors.primary}"/>'
        '<text x="32" y="44" font-family="Georgia,serif" font-size="36" text-anchor="middle" fill="#fff">'
        f"{initial}</text></svg>"
    )
    return _named("icon", ".svg", svg.encode())


def _named(stem: str, ending: str, data: bytes) -> Asset:
    return Asset(f"assets/{stem}.{blake2b(data, digest_size=5).hexdigest()}{ending}", data)


def _size(asset: Asset) -> tuple[int, int]:
    """Width and height of a logo; of an SVG its view box."""
    if asset.path.endswith(".svg"):
        box = re.search(rb'viewBox="\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)', asset.data)
        return (round(float(box[1])), round(float(box[2]))) if box else (160, 40)
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(asset.data)) as image:
            return image.size
    except (UnidentifiedImageError, OSError) as error:
        raise SettingsError(f"site.yaml: dealer.logo is not a picture that can be read: {error}") from None
