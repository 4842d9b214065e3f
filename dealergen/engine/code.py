"""The project's own code as a part of every fingerprint: a new version never leaves an old version's pages behind.

A maker is answerable for the source of its module and of every module that this one reaches by imports, the packages
on the way included, and for the data files of each package on the way that reads its own. Code that a maker cannot
reach acts on pages through facts, whose digests cover it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

OWN = "dealergen"
_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(?P<base>[.\w]+)[ \t]+import[ \t]*(?P<names>\([^)]*\)|[^\n]*)|import[ \t]+(?P<whole>[^\n]*))",
    re.MULTILINE,
)
_COMMENT = re.compile(r"#[^\n]*")
_NAME = re.compile(r"(?:^|,)\s*([.\w]+)")
_READS_DATA = ("__file__", "importlib.resources")


@cache
def code_digest(module: str) -> bytes:
    """A digest over the source of `module` and of all that it imports, within its project and dealergen.

    Imports are read from the text of the source: those inside functions and for type checkers count as well.
    """
    digest = blake2b(digest_size=16)
    for name in sorted(reached(module)):
        digest.update(name.encode())
        digest.update(_source(name).digest)
    return digest.digest()


def code_of(function: Callable[..., Any] | object) -> bytes:
    """`code_digest` of the module that a function, or an object's class, is written in."""
    inner = getattr(function, "func", function)
    return code_digest(getattr(inner, "__module__", None) or type(inner).__module__)


def reached(module: str) -> set[str]:
    """`module` and every module that it reaches by imports, within its project and dealergen."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _source(name).imports
    return found


@dataclass(slots=True)
class Source:
    """A module's own text and data, and the modules that it names."""

    digest: bytes
    imports: tuple[str, ...]


@cache
def _source(module: str) -> Source:
    file = _file(module)
    if file is None:
        return Source(b"-", ())
    text = file.read_bytes()
    words = text.decode("utf-8", "replace")
    package = module if file.name == "__init__.py" else module.rpartition(".")[0]
    digest = blake2b(text, digest_size=16)
    if any(word in words for word in _READS_DATA):
        for data in sorted(_data_files(file.parent)):
            digest.update(data.relative_to(file.parent).as_posix().encode())
            digest.update(data.read_bytes())
    projects = {OWN, module.partition(".")[0]}
    return Source(digest.digest(), tuple(sorted(set(_modules(words, package, projects)))))


def _modules(text: str, package: str, projects: set[str]) -> Iterator[str]:
    """Every module of `projects` that `text` imports, and the packages above it."""
    names = {name for match in _IMPORT.finditer(text) for name in _named(match, package)}
    for name in names:
        if name.partition(".")[0] in projects and _file(name) is not None:
            parts = name.split(".")
            yield from (".".join(parts[:length]) for length in range(1, len(parts) + 1))


def _named(match: re.Match[str], package: str) -> Iterator[str]:
    """The dotted names of an import statement; a name that is no module is sorted out later."""
    if match["whole"]:
        yield from _NAME.findall(match["whole"])
        return
    dots = len(match["base"]) - len(match["base"].lstrip("."))
    above = package.split(".")[: len(package.split(".")) - dots + 1] if dots else []
    base = ".".join([*above, *filter(None, [match["base"].lstrip(".")])])
    yield base
    for name in _NAME.findall(_COMMENT.sub("", match["names"].strip("()"))):
        yield f"{base}.{name}"


@cache
def _file(module: str) -> Path | None:
    """The file of a module; None for what is no module, or has no source here."""
    above, _, name = module.rpartition(".")
    if not above:
        own = getattr(sys.modules.get(module), "__file__", None)
        return Path(own) if own and own.endswith(".py") else None
    package = _file(above)
    if package is None or package.name != "__init__.py":
        return None
    folder = package.parent
    if name in _listing(folder) and "__init__.py" in _listing(folder / name):
        return folder / name / "__init__.py"
    return folder / f"{name}.py" if f"{name}.py" in _listing(folder) else None


@cache
def _listing(folder: Path) -> frozenset[str]:
    try:
        return frozenset(os.listdir(folder))  # noqa: PTH208 - names are all that is asked
    except OSError:
        return frozenset()


def _data_files(folder: Path) -> Iterator[Path]:
    """Files beside and below `folder` that are not code, without those of packages inside it."""
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__" and not (entry / "__init__.py").is_file():
            yield from _data_files(entry)
        elif entry.is_file() and entry.suffix not in {".py", ".pyc"}:
            yield entry
