"""A first fleet.yaml, for the sites that stand in a folder."""

from __future__ import annotations

from pathlib import Path

from dealergen.engine.writer import replace_file
from dealergen.errors import UsageError
from dealergen.locale import slug

DEPTH = 3
"""How many folders down a site is looked for."""


def write_fleet(folder: Path, out: str | None = None) -> tuple[Path, list[str]]:
    """Write `folder`/fleet.yaml with each site below it; answers the file and the sites' names.

    Raises `UsageError` when the file is there already, or there is no site.
    """
    file = folder / "fleet.yaml"
    if file.exists():
        raise UsageError(f"{file} is there already", remedy="Edit it, or move it away.")
    sites = _sites(folder)
    if not sites:
        raise UsageError(f"There is no site.yaml in the folders below {folder}", remedy="Start one: dealergen new.")
    names = _names(sites)
    replace_file(file, _text(dict(zip(names, sites, strict=True)), out).encode())
    return file, names


def _sites(folder: Path) -> list[Path]:
    patterns = ["/".join(["*"] * depth) + "/site.yaml" for depth in range(1, DEPTH + 1)]
    found = [path.parent.relative_to(folder) for pattern in patterns for path in folder.glob(pattern)]
    return sorted(path for path in found if not any(part.startswith(".") for part in path.parts))


def _names(sites: list[Path]) -> list[str]:
    """The folder's name; with the ones above it where two would be alike."""
    short = [slug(path.name) or "site" for path in sites]
    return [
        name if short.count(name) == 1 else slug("-".join(path.parts)) for name, path in zip(short, sites, strict=True)
    ]


def _text(sites: dict[str, Path], out: str | None) -> str:
    lines = ["# The sites that `dealergen fleet build` builds. docs/guide-fleet.md tells what may stand here.", ""]
    if out:
        lines += ["defaults:", f'  out: "{out}"', ""]
    lines.append("sites:")
    for name, path in sites.items():
        lines += [f"  - name: {name}", f'    site: "{path.as_posix()}"']
    return "\n".join(lines) + "\n"
