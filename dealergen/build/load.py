"""Reading: settings, ledger, inventory and content become the model of the site. Nothing is written here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from dealergen.config import Settings, load_settings
from dealergen.content.read import read_content
from dealergen.errors import Problem
from dealergen.inventory.guard import check_guard
from dealergen.inventory.read import read_inventory
from dealergen.inventory.steps import Step, nothing
from dealergen.site import Ledger, Site
from dealergen.site.join import build_site_model
from dealergen.site.ledger_io import fetch_bytes, read_ledger


@dataclass(slots=True)
class Loaded:
    """The model, the ledger that the last build left, and what was odd on the way."""

    site: Site
    before: Ledger
    warnings: list[Problem] = field(default_factory=list)


def load_site(
    root: Path,
    *,
    base_url: str | None,
    now: dt.datetime | None,
    accept: bool,
    source: str | None = None,
    ledger: Ledger | None = None,
    step: Step = nothing,
) -> Loaded:
    """Everything known of the site in `root`, at `now` (the present if None).

    `ledger` stands in for the last build's; `step` is told the name of each stretch of work as it begins.
    Raises `SettingsError`, `InventoryRefused` or `ContentError`; nothing has been touched then.
    """
    step("settings")
    settings = _settings(root, base_url, source)
    zone = settings.rooftops[0].zone
    clock = now or dt.datetime.now(zone).replace(microsecond=0)
    clock = clock.replace(tzinfo=zone) if clock.tzinfo is None else clock.astimezone(zone)
    step("ledger")
    before, notices = (ledger, []) if ledger is not None else read_ledger(root, settings.site_url, fetch_bytes)
    inventory = read_inventory(
        settings.inventory, root, currency=settings.currency, distance=settings.units.distance,
        rooftops=settings.rooftops, now=clock.date(), cache=root / ".dealergen" / "cache", step=step,
    )  # fmt: skip
    step("guard")
    guarded = check_guard(inventory, settings.inventory.guard, before.last_prices() or None, accept)
    step("content")
    entries, odd = read_content(root, settings)
    step("model")
    site = build_site_model(settings, root, inventory, entries, before, clock)
    return Loaded(site, before, [*notices, *guarded, *inventory.warnings, *odd, *site.problems])


def _settings(root: Path, base_url: str | None, source: str | None) -> Settings:
    settings = load_settings(root / "site.yaml")
    changes: dict[str, object] = {}
    if base_url:
        changes["base_url"] = base_url
    if source:
        changes["inventory"] = settings.inventory.model_dump() | {"source": source}
    return Settings.model_validate(settings.model_dump() | changes) if changes else settings
