"""Two folders of a site, byte for byte: which files differ, and where each first does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

CONTEXT = 2
"""Lines shown before the first that differs."""
WIDTH = 160
"""Characters shown of a line, around what differs in it."""
_HEADING = re.compile(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")

Kind = Literal["differs", "missing", "left over"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One file that is not as a clean build makes it.

    `missing`: only the clean build has it. `left over`: only the built folder has it. For text that `differs`, `line`
    is the first line that does, `built` and `clean` are that line on either side, `before` the lines above it and
    `heading` the nearest heading of an HTML page above it.
    """

    path: str
    kind: Kind
    line: int | None = None
    built: str = ""
    clean: str = ""
    before: tuple[str, ...] = ()
    heading: str = ""

    def as_json(self) -> dict[str, object]:
        return {
            "path": self.path,
            "kind": self.kind,
            "line": self.line,
            "built": self.built,
            "clean": self.clean,
            "before": list(self.before),
            "heading": self.heading,
        }


def differences(built: Path, clean: Path, owned: set[str]) -> Iterator[Difference]:
    """What differs, by path. `owned` are the paths in `built` that are dealergen's: nobody else's file is left over."""
    made, kept = files_in(clean), files_in(built)
    for path in sorted(made | (kept & owned)):
        if path not in kept:
            yield Difference(path, "missing")
        elif path not in made:
            yield Difference(path, "left over")
        elif (built / path).read_bytes() != (clean / path).read_bytes():
            yield _first_difference(path, (built / path).read_bytes(), (clean / path).read_bytes())


def files_in(folder: Path) -> set[str]:
    """Every file below `folder`, relative to it."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _first_difference(path: str, built: bytes, clean: bytes) -> Difference:
    try:
        ours, theirs = built.decode().split("\n"), clean.decode().split("\n")
    except UnicodeDecodeError:
        return Difference(path, "differs")
    count = min(len(ours), len(theirs))
    at = next((index for index in range(count) if ours[index] != theirs[index]), count)
    column = _first_column(_line(ours, at), _line(theirs, at))
    return Difference(
        path,
        "differs",
        at + 1,
        _around(_line(ours, at), column),
        _around(_line(theirs, at), column),
        tuple(_around(line, 0) for line in ours[max(0, at - CONTEXT) : at]),
        _heading("\n".join([*ours[:at], _line(ours, at)[:column]])) if path.endswith(".html") else "",
    )


def _line(lines: list[str], index: int) -> str:
    return lines[index] if index < len(lines) else ""


def _first_column(one: str, other: str) -> int:
    """The 0-based column from which two lines differ."""
    count = min(len(one), len(other))
    return next((index for index in range(count) if one[index] != other[index]), count)


def _around(line: str, column: int) -> str:
    """At most `WIDTH` characters of `line`, around `column`."""
    start = max(0, min(column - WIDTH // 3, len(line) - WIDTH))
    cut = line[start : start + WIDTH]
    return ("…" if start else "") + cut + ("…" if start + WIDTH < len(line) else "")


def _heading(html: str) -> str:
    """The text of the last whole heading in `html`."""
    found = _HEADING.findall(html)
    return " ".join(_TAG.sub(" ", found[-1]).split()) if found else ""
