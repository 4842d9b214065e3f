"""How reading tells what it is at, for those who measure it."""

from __future__ import annotations

from collections.abc import Callable

Step = Callable[[str], None]
"""Told the name of a stretch of work as it begins."""


def nothing(_step: str) -> None:
    """A `Step` that does not listen."""
