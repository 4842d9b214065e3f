"""Where a site is built to: the folder itself or its releases; and folders that nothing may be built into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dealergen.config import Settings
from dealergen.engine.release import released
from dealergen.errors import OutputError

SOURCES = ("content", "static", "templates", "themes", "profiles", "brand", ".dealergen", ".git")
"""Folders of a site that hold what its owner wrote, or what builds remember."""


def output_folder(root: Path, out: Path | None) -> Path:
    """The absolute folder, links followed; but a link to one of its own releases stays the name that it is."""
    given = out or root / "public"
    named = given.parent.resolve() / given.name
    return named if released(named) else given.resolve()


def refuse_sources(target: Path, root: Path, settings: Settings) -> None:
    """Raise `OutputError` when pages would be written, and taken away, among what the owner wrote."""
    remedy = "Choose a folder of its own with --out, such as public/."
    if target.is_file():
        raise OutputError(f"{target} is a file, but the site's folder must stand there", remedy="Move it away.")
    if target in (root, *root.parents):
        raise OutputError(f"The site cannot be built into {target}: site.yaml and its sources are there", remedy=remedy)
    for source in _sources(root, settings):
        if source in (root, *root.parents):
            continue
        if target == source or source in target.parents or target in source.parents:
            raise OutputError(f"The site cannot be built into {target}: {source} holds its sources", remedy=remedy)


def _sources(root: Path, settings: Settings) -> Iterator[Path]:
    yield from ((root / name).resolve() for name in SOURCES)
    yield (root / settings.photos.folder).resolve()
    source = settings.inventory.source
    for name in [source] if isinstance(source, str) else source:
        if "://" not in name and not any(mark in name for mark in "*?["):
            yield (root / name).resolve()
