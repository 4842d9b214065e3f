"""The process that reads the site and puts its plan on the shelf, beside the server, which so answers all the while.

`python -m dealergen.serve.reader ROOT` takes a line on stdin for each reading asked of it: the inputs digest of the
shelf that stands, or an empty line. It prints JSON lines: `{"step": …, "made": n, "total": n}` on the way, and at the
end `{"shelf": FILE}`, `{"shelf": null}` when what stands is still right, or `{"failure": …}`.
"""

from __future__ import annotations

import gc
import json
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from dealergen.build.plan import Plan
from dealergen.engine.lock import build_lock
from dealergen.errors import OutputError
from dealergen.site import Site

from .outcome import failure_of
from .reading import Reading
from .shelf import FOLDER, Label
from .shelving import ShelfWriter
from .sources import code_digest, inputs_digest

EVERY = 0.2
"""Seconds between two words on how far the work has come."""


def main(root: Path) -> None:
    """Answer each line of stdin until it ends: then the server is gone."""
    gc.disable()  # the model stays to the end, and nothing in it is garbage
    with ExitStack() as held:
        reader = Reader(root, _own_folder(root, held))
        for line in sys.stdin:
            _print(reader.answer(line.strip()))
            gc.collect()


class Reader:
    """Reads on demand."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root = root
        self._folder = folder
        self._progress = Lines()
        self._reading = Reading(root, self._progress)
        self._writer: ShelfWriter | None = None

    def answer(self, standing: str) -> dict[str, Any]:
        """What to print for a request."""
        started = time.perf_counter()
        try:
            inputs = inputs_digest(self._root)
            if inputs == standing:
                return {"shelf": None}
            site, plan = self._reading.plan()
            label = _label(site, plan, inputs, time.perf_counter() - started)
            return {"shelf": str(self._put(plan, label))}
        except Exception as error:
            return {"failure": failure_of(error, self._root).as_json()}

    def _put(self, plan: Plan, label: Label) -> Path:
        self._writer = self._writer or ShelfWriter(self._folder)
        self._progress.step("laying out the pages", len(plan.artifacts))
        return self._writer.put_plan(plan.artifacts, plan.renderer, self._progress, label)


class Lines:
    """Progress as lines, not too many."""

    def __init__(self) -> None:
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
        _print({"step": self._name, "made": self._made, "total": self._total})


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


def _print(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
