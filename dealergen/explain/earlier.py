"""What the site is compared with: the last build, a folder, a ledger (on disk or on the web), or a commit of git."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dealergen.build.load import load_site
from dealergen.build.plan import plan_site
from dealergen.config import Settings
from dealergen.engine.make import fingerprint
from dealergen.errors import DealergenError, UsageError
from dealergen.site import LEDGER_FILE, PUBLIC_PATH, Ledger, fetch_bytes

from .last_build import last_manifest
from .revision import checked_out


@dataclass(frozen=True, slots=True)
class Earlier:
    """The site as it was."""

    name: str
    """For people: `the last build`, `main~1`."""
    ledger: Ledger
    marks: Mapping[str, str] | None = None
    """Path → fingerprint, where they are known."""


def last_build(root: Path, out: Path, settings: Settings) -> Earlier:
    """The last build into `out`; where there is none on this machine, what the live site says of itself."""
    ledger = _on_disk(root / LEDGER_FILE)
    if ledger is not None:
        marks = {path: record.fingerprint for path, record in last_manifest(root, out).items()}
        return Earlier("the last build", ledger, marks or None)
    live = _on_the_web(f"{settings.site_url}/{PUBLIC_PATH}")
    if live is not None:
        return Earlier("the live site", live)
    raise UsageError(
        f"There is nothing to compare with: no build on record in {root / LEDGER_FILE}, and no ledger at "
        f"{settings.site_url}/{PUBLIC_PATH}",
        remedy="Build once, or name a built folder, a ledger or a commit with --against.",
    )


def named(given: str, root: Path, now: dt.datetime, settings: Settings) -> Earlier:
    """What `given` names: an address, a file, a folder, or a commit. Raises UsageError when it is none of them."""
    if given.startswith(("https://", "http://")):
        url = given if given.endswith(".json") else f"{given.rstrip('/')}/{PUBLIC_PATH}"
        return Earlier(given, _required(_on_the_web(url), url))
    path = Path(given)
    if path.is_file():
        return Earlier(given, _required(_on_disk(path), given))
    if path.is_dir():
        places = (path / PUBLIC_PATH, path / LEDGER_FILE, path / "public" / PUBLIC_PATH)
        found = next((ledger for place in places if (ledger := _on_disk(place)) is not None), None)
        return Earlier(given, _required(found, given))
    return _committed(given, root, now, settings)


def _committed(revision: str, root: Path, now: dt.datetime, settings: Settings) -> Earlier:
    """The site as its sources at `revision` would have made it at `now`."""
    ledger = _on_disk(root / LEDGER_FILE) or Ledger()
    with checked_out(root, revision, (settings.photos.folder, ".dealergen/cache")) as then:
        try:
            site = load_site(then, base_url=None, now=now, accept=True, ledger=ledger).site
            plan = plan_site(site)
        except DealergenError as error:
            error.message = f"At {revision}: {error.message}"
            raise
        marks = {artifact.path: fingerprint(artifact, plan.renderer) for artifact in plan.artifacts}
    return Earlier(revision, plan.ledger, marks)


def _required(ledger: Ledger | None, where: str) -> Ledger:
    if ledger is None:
        raise UsageError(
            f"There is no ledger of a build at {where}",
            remedy="Name a built folder (public/), a ledger.json, the address of a site made here, or a commit.",
        )
    return ledger


def _on_disk(file: Path) -> Ledger | None:
    try:
        return Ledger.parse(file.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise UsageError(f"{file} is not a ledger that can be read: {error}", remedy="Name another.") from error


def _on_the_web(url: str) -> Ledger | None:
    data = fetch_bytes(url)
    try:
        return Ledger.parse(data) if data is not None else None
    except ValueError as error:
        raise UsageError(f"What stands at {url} is not a ledger: {error}", remedy="Name another.") from error
