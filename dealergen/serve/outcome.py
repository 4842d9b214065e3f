"""How bringing the preview up to date went: what was done, or a failure with the lines around each problem's place."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from dealergen.errors import DealergenError, Place, Problem, RenderError

AROUND = 3
WIDEST = 240
LARGEST = 2_000_000
_IN_TEMPLATE = re.compile(r"(?P<file>[^\n:]+\.(?:html|xml|txt)):(?P<line>\d+): (?P<message>.*)", re.DOTALL)
Tell = Callable[[str], None]
"""Told what is being done, in words that follow "still"."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What stopped a build, ready to be shown: `problems` are `Problem.as_json()` with an `excerpt` each."""

    message: str
    remedy: str = ""
    problems: tuple[dict[str, Any], ...] = ()
    detail: str = ""
    """The traceback of a bug; empty for what the user can mend."""

    @property
    def id(self) -> str:
        return blake2b(repr((self.message, self.problems)).encode("utf-8", "replace"), digest_size=6).hexdigest()

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "message": self.message,
            "remedy": self.remedy,
            "problems": list(self.problems),
            "detail": self.detail,
        }

    @classmethod
    def parse(cls, told: dict[str, Any]) -> Failure:
        """What `as_json` told."""
        return cls(told["message"], told["remedy"], tuple(told["problems"]), told["detail"])


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a preview was brought up to date: in how many seconds, and what was done; or what failed."""

    seconds: float
    summary: str = ""
    failure: Failure | None = None


def failure_of(error: Exception, root: Path) -> Failure:
    """`error` as a failure; anything but a `DealergenError` is told as a bug, with its traceback."""
    if isinstance(error, DealergenError):
        problems = tuple(problem.as_json() for problem in error.problems or _of_template(error))
        return Failure(error.message, error.remedy, tuple(_with_excerpt(problem, root) for problem in problems))
    return Failure(
        f"dealergen ran into a bug: {type(error).__name__}: {error}",
        "Report it with the lines below.",
        detail="".join(traceback.format_exception(error)),
    )


def _of_template(error: DealergenError) -> tuple[Problem, ...]:
    """A template's failure as a problem with its place, which its message begins with."""
    found = _IN_TEMPLATE.fullmatch(error.message) if isinstance(error, RenderError) else None
    if found is None:
        return ()
    return (Problem("render.failed", found["message"], Place(found["file"], int(found["line"]))),)


def _with_excerpt(problem: dict[str, Any], root: Path) -> dict[str, Any]:
    file, line = problem["file"], problem["line"]
    shown = str(Path(file).relative_to(root)) if file and Path(file).is_relative_to(root) else file
    return {**problem, "file": shown, "excerpt": excerpt(root / file, line) if file and line else []}


def excerpt(file: Path, line: int) -> list[dict[str, Any]]:
    """The lines around `line` as `{"number", "text", "here"}`; none when the file is not text or cannot be read."""
    try:
        if file.stat().st_size > LARGEST:
            return []
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    first = max(1, line - AROUND)
    return [
        {"number": number, "text": text[:WIDEST], "here": number == line}
        for number, text in enumerate(lines[first - 1 : line + AROUND], first)
    ]
