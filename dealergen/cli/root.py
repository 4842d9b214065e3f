"""Where the site is: the folder that holds site.yaml, named with `--site` or found upwards from the working folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from dealergen.errors import UsageError

SETTINGS = "site.yaml"
OUTPUT = "public"


def site_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option `--site`; the command is handed the site's folder as `root`."""
    return click.option(
        "--site",
        "root",
        metavar="PATH",
        type=click.Path(path_type=Path),
        callback=lambda _context, _parameter, value: find_root(value),
        help="The site's folder, or its site.yaml. Default: the nearest one upwards from here.",
    )(command)


def find_root(given: Path | None, start: Path | None = None) -> Path:
    """The absolute folder of site.yaml. Raises `UsageError` when there is none."""
    return _given(given) if given is not None else _upwards(start or Path.cwd())


def _given(path: Path) -> Path:
    root = path.parent if path.name == SETTINGS and not path.is_dir() else path
    if not (root / SETTINGS).is_file():
        raise UsageError(
            f"There is no {SETTINGS} in {root}", remedy="Name the folder that holds it, or start one: dealergen new."
        )
    return root.resolve()


def _upwards(start: Path) -> Path:
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return folder.resolve()
    raise UsageError(
        f"There is no {SETTINGS} in {start} or any folder above it",
        remedy="Go to a site's folder, name it with --site PATH, or start one with 'dealergen new FOLDER'.",
    )
