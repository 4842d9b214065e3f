"""From what a person types (an address, a path, a file in the output folder) to the artifact that is meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dealergen.config.suggest import did_you_mean

NEAR = 200
"""Paths, those that share most words with what was typed, among which the nearest is looked for."""
_WORD = re.compile(r"[^\W_]+")


def find_path(typed: str, planned: Collection[str], out: Path, prefix: str) -> str | None:
    """The planned path that `typed` means; None if none. `prefix` is the path of the base address."""
    path = artifact_path(typed, out, prefix)
    forms = (path, f"{path}/index.html".lstrip("/"), f"{path}index.html", f"{path}.html")
    return next((form for form in forms if form in planned), None)


def artifact_path(typed: str, out: Path, prefix: str) -> str:
    """`typed` relative to the output folder, with forward slashes; an address ends as it was typed."""
    file = Path(typed)
    if "://" not in typed and file.absolute().is_relative_to(out):
        return file.absolute().relative_to(out).as_posix().removeprefix(".")
    path = unquote(urlsplit(typed).path if "://" in typed else typed.partition("?")[0].partition("#")[0])
    return path.removeprefix(prefix).strip("/")


def nearest(typed: str, paths: Iterable[str]) -> str | None:
    """The path that `typed` was probably meant to be."""
    words = set(_WORD.findall(typed.casefold()))
    ranked = sorted(paths, key=lambda path: (-len(words.intersection(_WORD.findall(path.casefold()))), path))
    return did_you_mean(typed.strip("/"), [address_of(path).strip("/") for path in ranked[:NEAR]])


def address_of(path: str) -> str:
    """`/estoque/` of `estoque/index.html`."""
    return f"/{path.removesuffix('index.html')}" if path.endswith("/index.html") or path == "index.html" else f"/{path}"
