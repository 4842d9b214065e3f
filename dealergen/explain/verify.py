"""`build --verify`: a clean build of the same inputs, clock and prior ledger, compared byte for byte with the output.

The clean build runs in a process of its own, with another hash seed, nothing kept in memory and an empty folder.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dealergen.build.load import load_site
from dealergen.build.plan import plan_site
from dealergen.engine import make
from dealergen.site import Ledger

from .compare import Difference, differences
from .last_build import owned_files

if TYPE_CHECKING:
    from dealergen.build import BuildReport


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a build was made from, besides the files of its site."""

    root: Path
    clock: dt.datetime
    ledger: bytes
    base_url: str | None
    source: str | None
    jobs: int


def verify(
    root: Path, report: BuildReport, *, base_url: str | None = None, source: str | None = None, jobs: int | None = None
) -> list[Difference]:
    """Every way in which what `report` tells of differs from a clean build; none if all is well.

    `base_url`, `source` and `jobs` are those that the build was given.
    """
    if report.clock is None or report.before is None:
        raise ValueError("the report is not of a build that has ended")
    inputs = Inputs(root, report.clock, report.before.public_bytes(), base_url, source, jobs or 1)
    with tempfile.TemporaryDirectory(prefix="dealergen-verify-") as scratch:
        clean = Path(scratch) / "out"
        clean.mkdir()
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            prefix = pool.submit(build_clean, inputs, clean, Path(scratch) / "state").result()
        return list(differences(report.out, clean, owned_files(root, report.out, prefix)))


def build_clean(inputs: Inputs, out: Path, state: Path) -> str:
    """Build into the empty folder `out`, leaving no trace elsewhere; answers the path of the base address."""
    loaded = load_site(
        inputs.root,
        base_url=inputs.base_url,
        now=inputs.clock,
        accept=True,  # the guard has let the build through, or was told to
        source=inputs.source,
        ledger=Ledger.parse(inputs.ledger),
    )
    plan = plan_site(loaded.site)
    make(plan.artifacts, out, state, plan.renderer, jobs=inputs.jobs)
    return plan.prefix
