"""The folder in which a site is built: its own where that will do, else one put together for this build.

One is put together when the site, its output or its state is not on this disk, or when the fleet shares themes. Files
of this disk are linked, not copied, with their times, so that the photo index still knows them.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from dealergen.errors import SettingsError

from .job import Job
from .mirror import mirror
from .places import is_remote
from .store import Store, open_store

STATE = ".dealergen"
PUBLIC = "public"
_UPWARDS = re.compile(r"(?P<up>(?:\.\./)+)(?P<name>[^/\s'\",\]]+)")


@dataclass(slots=True)
class Workshop:
    """Where a site is built."""

    root: Path
    """The folder that holds site.yaml."""
    out: Path
    remote_out: Store | None = None
    """Where the output must be sent."""
    synced: bool = False
    """Whether the state must be fetched before the build and sent after it."""


@contextmanager
def workshop(job: Job) -> Iterator[Workshop]:
    """A folder for the job; what was put together for it is taken away at the end."""
    if _stands(job):
        yield Workshop(Path(job.site), Path(job.out))
        return
    with _bench(job) as bench:
        root = _assembled(job, bench)
        synced = is_remote(job.out) or is_remote(job.state) or is_remote(job.site)
        if not synced:
            Path(job.state).mkdir(parents=True, exist_ok=True)
            (root / STATE).symlink_to(job.state, target_is_directory=True)
        yield Workshop(
            root,
            root / PUBLIC if is_remote(job.out) else Path(job.out),
            open_store(job.out, job.storage) if is_remote(job.out) else None,
            synced,
        )


def _stands(job: Job) -> bool:
    """Whether the site can be built where it is: everything on this disk, its state beside it, no shared themes."""
    here = not any(map(is_remote, (job.site, job.out, job.state)))
    return here and not job.themes and Path(job.state) == Path(job.site) / STATE


@contextmanager
def _bench(job: Job) -> Iterator[Path]:
    """An empty folder: on the site's disk if it is one of this machine, so that linking works."""
    beside = Path(job.site) / STATE / "fleet"
    local = not is_remote(job.site) and _writable(beside)
    base = beside if local else Path(job.scratch or tempfile.gettempdir())
    base.mkdir(parents=True, exist_ok=True)
    _sweep(base, job.name)
    with tempfile.TemporaryDirectory(dir=base, prefix=f"{job.name}-", ignore_cleanup_errors=True) as name:
        yield Path(name).resolve()


def _sweep(base: Path, name: str) -> None:
    """Take away what builds that were killed have left, when it is a day old and no build can be at it any more."""
    for left in base.glob(f"{name}-????????"):
        if time.time() - left.stat().st_mtime > 86_400:
            shutil.rmtree(left, ignore_errors=True)


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _assembled(job: Job, bench: Path) -> Path:
    """The site's files, with the shared themes that it does not have itself; answers its folder."""
    source = _source(job, bench)
    if not (source / "site.yaml").is_file():
        raise SettingsError(f"There is no site.yaml in {job.site}", remedy="Check `site:` in fleet.yaml.")
    root = _root_with_neighbours(job, bench, source)
    skipped = {PUBLIC, Path(os.path.relpath(job.out, source)).parts[0] if not is_remote(job.out) else PUBLIC}
    for entry in os.scandir(source):
        if not entry.name.startswith(".") and entry.name not in skipped:
            _link(Path(entry.path), root / entry.name)
    if job.themes:
        _add_themes(_themes(job, bench), root / "themes")
    return root


def _source(job: Job, bench: Path) -> Path:
    """The site's files on this disk: fetched when they are not."""
    if not is_remote(job.site):
        return Path(job.site)
    folder = _shelf(job.site, job, bench)
    mirror(open_store(job.site, job.storage), folder, lambda path: not path.startswith((".", f"{PUBLIC}/")))
    return folder


def _themes(job: Job, bench: Path) -> Path:
    if not is_remote(job.themes):
        folder = Path(job.themes)
    else:
        folder = _shelf(job.themes, job, bench)
        mirror(open_store(job.themes, job.storage), folder, lambda path: "/." not in f"/{path}")
    if not folder.is_dir():
        raise SettingsError(f"There is no folder {job.themes}", remedy="Check `themes:` in fleet.yaml.")
    return folder


def _shelf(place: str, job: Job, bench: Path) -> Path:
    """Where a copy of `place` is kept: between runs if there is a scratch folder, one for each site."""
    name = f"{job.name}-{blake2b(place.encode(), digest_size=6).hexdigest()}"
    return (Path(job.scratch) / "copies" if job.scratch else bench / "copies") / name


def _root_with_neighbours(job: Job, bench: Path, source: Path) -> Path:
    """A folder for the site, so deep that each `../name` in its site.yaml leads to what it leads to at home."""
    text = (source / "site.yaml").read_text("utf-8", errors="replace")
    found = {(match["up"].count("/"), match["name"]) for match in _UPWARDS.finditer(text)}
    root = bench.joinpath("home", *["above"] * max((levels for levels, _ in found), default=0), "site")
    root.mkdir(parents=True)
    for levels, name in sorted(found):
        home = source.joinpath(*[".."] * levels, name).resolve()
        neighbour = root.parents[levels - 1] / name
        if not is_remote(job.site) and home.exists() and not neighbour.exists():
            neighbour.symlink_to(home)
    return root


def _add_themes(shared: Path, own: Path) -> None:
    for theme in sorted(shared.iterdir()):
        if (theme / "theme.yaml").is_file() and not (own / theme.name).exists():
            _link(theme, own / theme.name)


def _link(source: Path, target: Path) -> None:
    """`target` with the files of `source`, linked where the disk allows it, since no build writes to its sources."""
    if source.is_dir():
        shutil.copytree(source, target, copy_function=link_or_copy)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        link_or_copy(str(source), str(target))


def link_or_copy(source: str, target: str) -> None:
    """Another name for the file; a copy with its time where there can be none."""
    try:
        os.link(os.path.realpath(source), target)
    except OSError:
        shutil.copy2(source, target)
