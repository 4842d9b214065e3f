"""Making the variants of many photos: each photo by one thread and one decode, the heaviest first."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from dealergen.engine.artifact import Artifact
from dealergen.engine.progress import Progress, Silent
from dealergen.errors import DealergenError, OutputError

from .variants import Original, make_missing

Job = tuple[Original, Sequence[Artifact]]


def make_ahead(jobs: Iterable[Job], out: Path, threads: int, progress: Progress | None = None) -> int:
    """Fill the cache with every variant that neither it nor `out` holds; answers how many photos had any.

    A photo that fails is left for its artifacts to tell of. Raises `OutputError` when the cache cannot be written.
    """
    standing = _names(out)
    work = [original for original, artifacts in jobs if _lacking(artifacts, standing)]
    work.sort(key=_weight, reverse=True)
    if not work:
        return 0
    from .decode import many

    progress = progress or Silent()
    progress.step("photos", len(work))
    with many(), ThreadPoolExecutor(max(1, threads)) as pool:
        futures = [pool.submit(_make, original) for original in work]
        try:
            for future in as_completed(futures):
                future.result()
                progress.advance()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    progress.done()
    return len(work)


def _names(out: Path) -> set[str]:
    """The files that stand in `out/media`. The name of a variant changes with its bytes, so a name is enough."""
    try:
        with os.scandir(out / "media") as entries:
            return {f"media/{entry.name}" for entry in entries}
    except OSError:
        return set()


def _lacking(artifacts: Sequence[Artifact], standing: set[str]) -> bool:
    return any(artifact.path not in standing and not artifact.reads[0].value.file.is_file() for artifact in artifacts)


def _weight(original: Original) -> int:
    try:
        return Path(original.file).stat().st_size
    except OSError:
        return 0


def _make(original: Original) -> None:
    try:
        make_missing(original)
    except OutputError:
        raise
    except DealergenError:
        return
