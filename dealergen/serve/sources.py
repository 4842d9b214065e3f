"""What a site is made of, without reading it: which files, when they changed, and under which addresses it stands.

Told from site.yaml as far as it goes, so that the server knows it even while the settings do not hold.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dealergen.config import Settings
from dealergen.engine.theme import load_theme, theme_places
from dealergen.errors import SettingsError

LEADS = "/api/lead"
THEME: str = Settings.model_fields["theme"].default
PACKAGE = Path(__file__).resolve().parent.parent
OWN = ("site.yaml", "content", "profiles", ".dealergen/ledger.json")
"""What is read of the site's own folder besides inventory and photos. Templates and assets are looked at apart."""
Stamp = tuple[str, int, int]
"""A file's path, size, and time of its last change."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What lies outside the site's folder, and under which paths the site and its forms are asked for."""

    elsewhere: tuple[Path, ...] = ()
    form_action: str = LEADS
    prefix: str = ""
    """The path of `base_url`, without a slash at its end: under it the whole site stands."""
    inventory: tuple[Path, ...] = ()
    """Its local files, and globs."""
    remote: bool = False
    """Whether any of the inventory stands at an address."""
    photos: Path = Path("photos")
    theme: str = ""


def read_sources(root: Path) -> Sources:
    """As site.yaml says; the defaults where it does not, or cannot be read."""
    settings = _settings(root)
    source = _at(settings, "inventory", "source") or "inventory.csv"
    names = [name for name in (source if isinstance(source, list) else [source]) if isinstance(name, str)]
    inventory = tuple(_path(root, name) for name in names if _is_local(name))
    photos = _path(root, _text(_at(settings, "photos", "folder")) or "photos")
    action = _text(_at(settings, "forms", "action"))
    return Sources(
        tuple(path for path in (*inventory, photos) if not path.is_relative_to(root)),
        action if action.startswith("/") else LEADS,
        urlsplit(_text(_at(settings, "base_url"))).path.rstrip("/"),
        inventory,
        not all(map(_is_local, names)),
        photos,
        _text(_at(settings, "theme")),
    )


def inventory_files(source: str | Sequence[str], root: Path) -> list[Path]:
    """The local files of `inventory.source` that are there."""
    names = [source] if isinstance(source, str) else source
    return [file for name in names if _is_local(name) for file in _files(_path(root, name))]


def inventory_size(root: Path) -> int:
    """The bytes of the local inventory."""
    files = [file for path in read_sources(root).inventory for file in _files(path)]
    return sum(stamp[1] for file in files if (stamp := stamp_of(file)))


def stamps(paths: Iterable[Path]) -> tuple[Stamp, ...]:
    """A stamp for each file of `paths`, and of the folders among them, sorted."""
    return tuple(sorted(_stamps(paths)))


def stamp_of(file: Path) -> Stamp | None:
    """None where there is no file."""
    try:
        status = file.stat()
    except OSError:
        return None
    return str(file), status.st_size, status.st_mtime_ns


def theme_folders(root: Path, name: str) -> tuple[Path, ...]:
    """The folders of the theme `name` (empty: the usual one) and of those that it extends; none if it does not hold."""
    try:
        return load_theme(name or THEME, root).folders
    except SettingsError:
        return ()


def inputs_digest(root: Path) -> str:
    """Differs when what the model is read from does: settings, inventory, content, photos, words, packages."""
    sources = read_sources(root)
    read = [root / name for name in OWN] + [sources.photos]
    read += [file for path in sources.inventory for file in _files(path)]
    read += [folder / name for folder in theme_places(root).values() for name in ("theme.yaml", "strings")]
    return _digest((stamps(read), tuple(_plugins())))


def code_digest() -> str:
    """Differs when dealergen's own code, or the interpreter, does."""
    code = [folder for folder in PACKAGE.iterdir() if folder.name != "themes"]
    return _digest((sys.version, [stamp for stamp in stamps(code) if stamp[0].endswith((".py", ".yaml"))]))


def _settings(root: Path) -> Any:
    import yaml

    try:
        return yaml.load((root / "site.yaml").read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None


def _at(settings: Any, *keys: str) -> Any:
    for key in keys:
        settings = settings.get(key) if isinstance(settings, dict) else None
    return settings


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _is_local(name: str) -> bool:
    return "://" not in name


def _path(root: Path, name: str) -> Path:
    return Path(os.path.normpath(root / Path(name).expanduser()))


def _files(path: Path) -> list[Path]:
    if path.exists() or not any(mark in str(path) for mark in "*?["):
        return [path]
    return sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor))))


def _stamps(paths: Iterable[Path]) -> Iterator[Stamp]:
    for path in paths:
        if path.is_dir():
            yield from _stamps(child for child in path.iterdir() if not child.name.startswith("."))
        elif (stamp := stamp_of(path)) is not None:
            yield stamp


def _plugins() -> Iterator[str]:
    """The packages that add pages, with their versions."""
    from importlib.metadata import entry_points

    for entry in entry_points(group="dealergen.pages"):
        yield f"{entry.value} {entry.dist.version if entry.dist else ''}"


def _digest(value: object) -> str:
    return blake2b(repr(value).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
