"""How far a build is: a bar on a terminal, one line a step where the output goes to a file or a CI log."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from .terminal import Terminal

if TYPE_CHECKING:
    from rich.progress import TaskID

    from dealergen.engine.progress import Progress


@contextmanager
def shown_progress(terminal: Terminal) -> Iterator[Progress | None]:
    """The progress that suits where stderr goes; None when asked to be quiet."""
    if terminal.quiet:
        yield None
    elif sys.stderr.isatty():
        bar = Bar()
        try:
            yield bar
        finally:
            bar.close()
    else:
        yield Lines(verbose=terminal.verbose)


class Bar:
    """A bar for the step that runs; nothing is left on the screen at the end."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(bar_width=32), MofNCompleteColumn(), TimeElapsedColumn())
        self._bars = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task: TaskID | None = None
        self._bars.start()

    def step(self, name: str, total: int) -> None:
        self.done()
        self._task = self._bars.add_task(name.capitalize(), total=total or None)

    def advance(self, n: int = 1) -> None:
        if self._task is not None:
            self._bars.advance(self._task, n)

    def done(self) -> None:
        if self._task is not None:
            self._bars.remove_task(self._task)
            self._task = None

    def close(self) -> None:
        """Give the terminal back."""
        self._bars.stop()


class Lines:
    """One line a step on stderr; when `verbose`, also how long it took."""

    def __init__(self, *, verbose: bool = False) -> None:
        self._verbose = verbose
        self._step = ""
        self._started = 0.0

    def step(self, name: str, total: int) -> None:
        self.done()
        self._step, self._started = name.capitalize(), time.perf_counter()
        click.echo(f"{self._step} ({total:,})" if total else self._step, err=True)

    def advance(self, n: int = 1) -> None:
        """Lines do not show what happens within a step."""

    def done(self) -> None:
        if self._verbose and self._step:
            click.echo(f"  {self._step}: {time.perf_counter() - self._started:.2f} s", err=True)
        self._step = ""
