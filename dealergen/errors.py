"""What can go wrong, and how it is told.

    DealergenError              1   anything else that a user can mend
    ├── UsageError              2   the command's words are off
    ├── SettingsError           3   site.yaml (or a theme's settings) does not hold; carries every problem found
    ├── InventoryRefused        4   the inventory cannot be read or trusted; the published site stays as it was
    ├── ContentError            5   a Markdown file's front matter does not hold; carries every problem found
    ├── RenderError             6   a template or a maker failed on one artifact
    └── OutputError             7   the disk: full, read-only, held by another build, a file where a folder must be

The number is the exit code. A `Problem` is one finding, with its place; errors, warnings and lints all use it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning", "notice"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, a 1-based line, and a 1-based column or the name of a spreadsheet's column."""

    file: str
    line: int | None = None
    column: int | str | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.line is not None:
            parts.append(str(self.line))
            if isinstance(self.column, int):
                parts.append(str(self.column))
        text = ":".join(parts)
        return f"{text} [{self.column}]" if isinstance(self.column, str) else text


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: what and why in `message`, what to do in `remedy`, the offending text in `value`.

    `code` is a permanent name (`inventory.year-implausible`); documentation and machines refer to it.
    """

    code: str
    message: str
    place: Place | None = None
    value: str | None = None
    remedy: str = ""
    level: Level = "error"

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        value = f" (found {shorten(self.value)!r})" if self.value is not None else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{where}{self.message}{value}.{remedy}"

    def as_json(self) -> dict[str, object]:
        place = self.place
        return {
            "code": self.code,
            "level": self.level,
            "file": place.file if place else None,
            "line": place.line if place else None,
            "column": place.column if place else None,
            "value": self.value,
            "message": self.message,
            "remedy": self.remedy,
        }


def shorten(text: str, limit: int = 60) -> str:
    """`text` cut to `limit` characters, so that a megabyte of cell does not flood a terminal."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


class DealergenError(Exception):
    """A failure that the user can mend: one sentence of what, where and why, and a remedy."""

    exit_code = 1

    def __init__(self, message: str, *, remedy: str = "", problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.problems = tuple(problems)


class UsageError(DealergenError):
    """The command was called with words that do not fit."""

    exit_code = 2


class SettingsError(DealergenError):
    """Settings do not hold; every problem found stands in `problems`."""

    exit_code = 3


class InventoryRefused(DealergenError):  # noqa: N818 - what happened, in one word
    """The inventory cannot be read or trusted; nothing was written."""

    exit_code = 4


class ContentError(DealergenError):
    """Front matter or Markdown does not hold; every problem found stands in `problems`."""

    exit_code = 5


class RenderError(DealergenError):
    """A template or maker failed; the message names the template's line and the record that asked for the page."""

    exit_code = 6


class OutputError(DealergenError):
    """The output folder cannot be written; the site that stood there is untouched or whole."""

    exit_code = 7
