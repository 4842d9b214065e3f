"""How long work tells that it goes on."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What a build reports to: a bar on a terminal, plain lines in a pipeline, nothing in a test."""

    def step(self, name: str, total: int) -> None:
        """A stretch of work begins, of `total` units (0 when not known)."""

    def advance(self, n: int = 1) -> None:
        """`n` units are done."""

    def done(self) -> None:
        """The stretch of work has ended."""


class Silent:
    """Reports nothing."""

    def step(self, name: str, total: int) -> None: ...

    def advance(self, n: int = 1) -> None: ...

    def done(self) -> None: ...
