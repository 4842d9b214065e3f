"""Reads a site into a plan, again and again: what a change did not touch is not read a second time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dealergen.build.plan import Plan, plan_site
from dealergen.config import Settings, load_settings
from dealergen.content import Entry
from dealergen.content.read import read_content
from dealergen.engine.progress import Progress
from dealergen.inventory import Inventory
from dealergen.inventory.guard import check_guard
from dealergen.inventory.read import read_inventory
from dealergen.site import Ledger, Site
from dealergen.site.join import build_site_model
from dealergen.site.ledger_io import LEDGER_FILE, fetch_bytes, read_ledger
from dealergen.site.live import ended_offers, live_entries
from dealergen.site.schedule import changes_at

from .sources import inventory_files, stamp_of, stamps

CACHE = Path(".dealergen", "cache")


@dataclass
class Reading:
    """What was read of the site in `root`. `progress` hears of each stretch of work as it begins."""

    root: Path
    progress: Progress
    _inventory: tuple[object, Inventory] | None = field(default=None, init=False)
    _ledger: tuple[object, Ledger] | None = field(default=None, init=False)
    _site: tuple[object, Site] | None = field(default=None, init=False)

    def plan(self) -> tuple[Site, Plan]:
        """The site as it is now, and its plan. Raises what a build raises; nothing is written but caches."""
        self.progress.step("reading the settings", 0)
        settings = load_settings(self.root / "site.yaml")
        now = dt.datetime.now(settings.rooftops[0].zone).replace(microsecond=0)
        ledger = self._read_ledger(settings)
        inventory = self._read_inventory(settings, now.date())
        check_guard(inventory, settings.inventory.guard, ledger.last_prices() or None, accept=False)
        self.progress.step("reading the content", 0)
        entries, _ = read_content(self.root, settings)
        site = self._join(settings, inventory, entries, ledger, now)
        self.progress.step("planning the pages", 0)
        plan = plan_site(site)
        plan.library.save_index()
        return site, plan

    def _read_ledger(self, settings: Settings) -> Ledger:
        """The last build's; one that was asked of the live site is asked for once."""
        key = (stamp_of(self.root / LEDGER_FILE), settings.site_url)
        if self._ledger is None or self._ledger[0] != key:
            self._ledger = key, read_ledger(self.root, settings.site_url, fetch_bytes)[0]
        return self._ledger[1]

    def _read_inventory(self, settings: Settings, today: dt.date) -> Inventory:
        """The vehicles; a remote file is asked for once, for as long as the settings stay."""
        files = inventory_files(settings.inventory.source, self.root)
        rooftops = [rooftop.model_dump_json() for rooftop in settings.rooftops]
        own = (settings.inventory.model_dump_json(), settings.currency, settings.units.distance, rooftops, today)
        key = (own, stamps(files), stamps([self.root / "profiles"]))
        if self._inventory is None or self._inventory[0] != key:
            self._inventory = self._site = None  # room for the new ones
            self.progress.step(f"reading the inventory{_size(files)}", 0)
            self._inventory = key, self._all_vehicles(settings, today)
        return self._inventory[1]

    def _join(
        self, settings: Settings, inventory: Inventory, entries: Sequence[Entry], ledger: Ledger, now: dt.datetime
    ) -> Site:
        """The model; where nothing but content has changed, the last one with the content as it is."""
        key = (settings.model_dump_json(), self._inventory and self._inventory[0], self._ledger and self._ledger[0])
        if self._site is None or self._site[0] != key:
            self.progress.step(f"putting {len(inventory.vehicles):,} vehicles together", 0)
            self._site = key, build_site_model(settings, self.root, inventory, entries, ledger, now)
            return self._site[1]
        site, zone = self._site[1], settings.rooftops[0].zone
        shown = [*site.stock, *site.sold]
        return replace(
            site,
            now=now,
            entries=live_entries(entries, now, zone),
            ended_offers=ended_offers(entries, now, zone),
            changes_at=changes_at(settings, shown, inventory.vehicles, entries, site.ledger, now),
        )

    def _all_vehicles(self, settings: Settings, today: dt.date) -> Inventory:
        return read_inventory(
            settings.inventory,
            self.root,
            currency=settings.currency,
            distance=settings.units.distance,
            rooftops=settings.rooftops,
            now=today,
            cache=self.root / CACHE,
        )


def _size(files: list[Path]) -> str:
    """ " (96.9 MB)" for what takes a while; nothing otherwise."""
    size = sum(file.stat().st_size for file in files if file.is_file())
    return f" ({size / 1e6:.1f} MB)" if size > 1_000_000 else ""
