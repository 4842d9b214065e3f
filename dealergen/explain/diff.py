"""`dealergen diff`: the site as its sources are now beside an earlier one. Everything is planned, nothing written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from dealergen.build.load import load_site
from dealergen.build.plan import plan_site
from dealergen.config import Settings, load_settings
from dealergen.errors import Problem

from .changes import Changes, compare
from .earlier import last_build, named

GUARD = "inventory.guard-"


@dataclass(frozen=True, slots=True)
class Diff:
    """The changes, and the settings by which prices are written."""

    changes: Changes
    settings: Settings


def diff_site(root: Path, *, out: Path, against: str | None = None, now: dt.datetime | None = None) -> Diff:
    """What a build at `now` (the present if None) would change against the last one, or against what is named."""
    settings = load_settings(root / "site.yaml")
    clock = now or dt.datetime.now(dt.UTC).replace(microsecond=0)
    earlier = named(against, root, clock, settings) if against else last_build(root, out, settings)
    loaded = load_site(root, base_url=None, now=clock, accept=True, ledger=earlier.ledger)
    changes = compare(earlier, loaded.site, plan_site(loaded.site))
    changes.notices = list(_notices(loaded.warnings, len(loaded.site.inventory.set_aside)))
    return Diff(changes, settings)


def _notices(warnings: list[Problem], set_aside: int) -> list[str]:
    refused = [f"A build would refuse this inventory: {one.message}" for one in warnings if one.code.startswith(GUARD)]
    if set_aside:
        rows = "1 row of the inventory is" if set_aside == 1 else f"{set_aside} rows of the inventory are"
        refused.append(f"{rows} set aside; 'dealergen inventory check' says why")
    return refused
