"""How far a build is: a bar on a terminal, one line a step where the output goes to a file or a CI log."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import click

from .terminal import Terminal


class Progress(Protocol):
    """What a build tells while it runs."""

    def step(self, name: str, total: int) -> None: ...

    def advance(self, n: int = 1) -> None: ...

    def done(self) -> None: ...


@contextmanager
def shown_progress(terminal: Terminal) -> Iterator[Progress | None]:
    """The progress that suits where stderr goes; None when asked to be quiet."""
    if terminal.quiet:
        yield None
        return
    progress = Bar() if sys.stderr.isatty() else Lines(verbose=terminal.verbose)
    try:
        yield progress
    finally:
        progress.done()


class Bar:
    """One bar a step, each left on the screen when the next one starts."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        self._bars = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=32),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task: int | None = None
        self._bars.start()

    def step(self, name: str, total: int) -> None:
        self._task = self._bars.add_task(name, total=total)

    def advance(self, n: int = 1) -> None:
        if self._task is not None:
            self._bars.advance(self._bars.task_ids[self._task], n)

    def done(self) -> None:
        self._bars.stop()


class Lines:
    """One line a step on stderr; when `verbose`, also how long it took."""

    def __init__(self, *, verbose: bool = False) -> None:
        self._verbose = verbose
        self._step = ""
        self._started = 0.0

    def step(self, name: str, total: int) -> None:
        self._finish()
        self._step, self._started = name, time.perf_counter()
        click.echo(f"{name} ({total})" if total else name, err=True)

    def advance(self, n: int = 1) -> None:
        """Lines do not show what happens within a step."""

    def done(self) -> None:
        self._finish()

    def _finish(self) -> None:
        if self._verbose and self._step:
            click.echo(f"  {self._step}: {time.perf_counter() - self._started:.2f} s", err=True)
        self._step = ""
