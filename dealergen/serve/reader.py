"""The process that reads the site and puts its plan on the shelf, beside the server, which so answers all the while.

`python -m dealergen.serve.reader ROOT` reads once for each line on stdin. It prints JSON lines: on the way `{"step": …,
"made": n, "total": n}`, and at the end `{"shelf": FILE}` or `{"failure": …}`.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from dealergen.build.plan import Plan
from dealergen.engine.lock import build_lock
from dealergen.engine.make import refuse_shared_paths
from dealergen.errors import OutputError
from dealergen.site import Site

from .outcome import failure_of
from .reading import Reading
from .shelf import FOLDER, Label
from .shelving import ShelfWriter
from .sources import code_digest, inputs_digest

Say = Callable[[dict[str, Any]], None]
EVERY = 0.2
"""Seconds between two words on how far the work has come."""


def main(root: Path, say: Say) -> None:
    """Answer each line of stdin until it ends: then the server is gone."""
    gc.disable()  # the model stays from one reading to the next: looking through it for garbage takes long
    with ExitStack() as held:
        reader = Reader(root, _own_folder(root, held), say)
        for _ in sys.stdin:
            say(reader.answer())
            gc.collect()


class Reader:
    """Reads on demand."""

    def __init__(self, root: Path, folder: Path, say: Say) -> None:
        self._root = root
        self._folder = folder
        self._progress = Steps(say)
        self._reading = Reading(root, self._progress)
        self._writer: ShelfWriter | None = None

    def answer(self) -> dict[str, Any]:
        """Read, and say what came of it."""
        started = time.perf_counter()
        try:
            inputs = inputs_digest(self._root)
            site, plan = self._reading.plan()
            refuse_shared_paths(plan.artifacts)
            label = _label(site, plan, inputs, time.perf_counter() - started)
            return {"shelf": str(self._put(plan, label))}
        except Exception as error:
            return {"failure": failure_of(error, self._root).as_json()}

    def _put(self, plan: Plan, label: Label) -> Path:
        self._writer = self._writer or ShelfWriter(self._folder)
        self._progress.step("laying out the pages", len(plan.artifacts))
        return self._writer.put_plan(plan.artifacts, plan.renderer, self._progress, label)


class Steps:
    """Progress in words, not too many."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._name, self._made, self._total, self._last = "", 0, 0, 0.0

    def step(self, name: str, total: int) -> None:
        self._name, self._made, self._total = name, 0, total
        self._tell()

    def advance(self, n: int = 1) -> None:
        self._made += n
        if time.monotonic() - self._last > EVERY:
            self._tell()

    def done(self) -> None: ...

    def _tell(self) -> None:
        self._last = time.monotonic()
        self._say({"step": self._name, "made": self._made, "total": self._total})


def _own_folder(root: Path, held: ExitStack) -> Path:
    """Where shelves go: a folder of its own while another preview of the same site holds the usual one."""
    try:
        held.enter_context(build_lock(root / FOLDER))
    except OutputError:
        return Path(held.enter_context(tempfile.TemporaryDirectory(prefix="dealergen-")))
    return root / FOLDER


def _label(site: Site, plan: Plan, inputs: str, seconds: float) -> Label:
    until = site.changes_at[0].timestamp() if site.changes_at else None
    return Label(inputs, code_digest(), seconds, len(site.stock), len(plan.pages), until)


def _line_by_line() -> Say:
    """Says things as lines on stdout, which nothing else in this process writes to from now on."""
    lines = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    sys.stdout = sys.stderr

    def say(told: dict[str, Any]) -> None:
        lines.write(json.dumps(told) + "\n")
        lines.flush()

    return say


if __name__ == "__main__":
    main(Path(sys.argv[1]), _line_by_line())
