"""One site, from wherever it is to wherever it goes: fetch, build as any site is built, send.

The order at the end is what makes a kill harmless: a journal, the output, then the state, its ledger and manifest last.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

from dealergen.build import build_site
from dealergen.build.load import load_site
from dealergen.build.plan import plan_site
from dealergen.engine.make import refuse_shared_paths
from dealergen.errors import DealergenError, SettingsError

from .job import BUG, LOST, Job, Result, Status
from .lease import Confirm, site_lock
from .photos import PhotoShelf
from .places import is_remote
from .publish import Output
from .store import StorageTrouble, Store, open_store
from .upkeep import State
from .workshop import STATE, Workshop, workshop


def carry_out(job: Job) -> Result:
    """Do the job in this process. Whatever goes wrong is in the result; nothing is raised."""
    result = Result(job.name, "built" if job.action == "build" else "checked")
    homes: dict[str, str] = {}
    try:
        _work(job, result, homes)
    except DealergenError as error:
        problems = [problem.as_json() for problem in error.problems]
        _fail(result, "failed", error.exit_code, error.message, error.remedy, problems)
    except StorageTrouble as trouble:
        _fail(result, "lost", LOST, str(trouble), "Check the connection to the storage, then build again.")
    except Exception as error:
        what = f"dealergen ran into a bug: {type(error).__name__}: {error}"
        _fail(result, "failed", BUG, what, "Please report it.")
    result.report, result.error = _at_home(result.report, homes), _at_home(result.error, homes)
    result.peak_mb = _peak_mb()
    return result


def _work(job: Job, result: Result, homes: dict[str, str]) -> None:
    """Fill `result`; `homes` learns which folder stood for which place, so that messages name the user's own."""
    if not is_remote(job.site) and not (Path(job.site) / "site.yaml").is_file():
        raise SettingsError(f"There is no site.yaml in {job.site}", remedy="Check `site:` in fleet.yaml.")
    with workshop(job) as shop:
        homes |= {str(shop.root): job.site, str(shop.out): job.out}
        if job.action == "check":
            _check(job, shop)
        elif not shop.synced:
            result.report = _make_here(job, shop)
        else:
            store = open_store(job.state, job.storage)
            with site_lock(store) as confirm:
                result.report, result.published = _make_away(job, shop, store, confirm)


def _check(job: Job, shop: Workshop) -> None:
    """Everything that a build does before it makes the first page."""
    if shop.synced:
        State(open_store(job.state, job.storage), shop.root / STATE, job.out).fetch()
    loaded = load_site(
        shop.root, base_url=job.base_url or None, now=_clock(job), accept=job.accept, source=job.inventory or None
    )
    refuse_shared_paths(plan_site(loaded.site).artifacts)


def _make(job: Job, shop: Workshop) -> dict[str, Any]:
    report = build_site(
        shop.root,
        out=shop.out,
        base_url=job.base_url or None,
        now=_clock(job),
        jobs=job.jobs,
        accept=job.accept,
        source=job.inventory or None,
    )
    return report.as_json()


def _make_here(job: Job, shop: Workshop) -> dict[str, Any]:
    """With state and output on this disk; the build itself holds the site's lock."""
    photos = PhotoShelf(job, shop.root / STATE, synced=False)
    photos.bring(whole=False)
    report = _make(job, shop)
    photos.keep()
    return report


def _make_away(job: Job, shop: Workshop, store: Store, confirm: Confirm) -> tuple[dict[str, Any], dict[str, int]]:
    """With a state, and mostly an output, that are elsewhere."""
    state = State(store, shop.root / STATE, job.out)
    state.fetch()
    output = Output(shop.remote_out, shop.out, state) if shop.remote_out else None
    relied = output.prepare() if output else True
    photos = PhotoShelf(job, shop.root / STATE, synced=True)
    photos.bring(whole=not relied)
    report = _make(job, shop)
    photos.keep()
    published = output.publish(confirm) if output else {}
    confirm()
    state.send()
    return report, published


def _clock(job: Job) -> dt.datetime | None:
    return dt.datetime.fromisoformat(job.now) if job.now else None


def _fail(
    result: Result, status: Status, exit_code: int, message: str, remedy: str, problems: list[Any] | None = None
) -> None:
    result.status, result.exit_code = status, exit_code
    result.error = {"message": message, "remedy": remedy, "problems": problems or []}


def _at_home(value: Any, homes: dict[str, str]) -> Any:
    """`value` with each folder that was put together for the build called by the name of what it stood for."""
    if isinstance(value, str):
        for folder, home in sorted(homes.items(), key=lambda pair: -len(pair[0])):
            value = value.replace(folder, home)
        return value
    if isinstance(value, dict):
        return {name: _at_home(inner, homes) for name, inner in value.items()}
    return [_at_home(inner, homes) for inner in value] if isinstance(value, list) else value


def _peak_mb() -> int:
    """The most memory that this process, or one that it waited for, held."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return int(peak / (1024 * 1024 if sys.platform == "darwin" else 1024))
