"""What must outlive a build: when each vehicle was first seen, its prices, and every address ever published.

A ledger is a value: `enter` and `publish` answer a new one. What is said twice at the same clock is as if said once, so
a build that is repeated or repaired ends in the same ledger. It is published with the site and holds only what pages
print: no VIN, no stock number, no plate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from dealergen.inventory import Vehicle

from .ledger_text import checked_path, decode, encode
from .records import UrlRecord, VehicleRecord, entered
from .redirects import targets

TargetFor = Callable[[str, VehicleRecord | None], str | None]
"""An address that is gone and the record of its vehicle (None for other pages) → where it should lead."""


def nowhere(_path: str, _record: VehicleRecord | None) -> str | None:
    """A `TargetFor` that knows of no better place."""
    return None


@dataclass(slots=True)
class Ledger:
    """Vehicles by code and addresses by path. Never changed in place."""

    begun: dt.date | None = None
    """The day of its first build; None for a ledger that nothing was entered in."""
    vehicles: dict[str, VehicleRecord] = field(default_factory=dict)
    urls: dict[str, UrlRecord] = field(default_factory=dict)
    _text: bytes = field(default=b"", compare=False, repr=False)

    def enter(self, stock: Iterable[Vehicle], now: dt.datetime) -> Ledger:
        """This ledger after a build that found `stock` in the file; `now` in the main rooftop's time zone."""
        today, initial = now.date(), self.begun is None
        known = self.vehicles
        found = {vehicle.code: entered(known.get(vehicle.code), vehicle, today, initial=initial) for vehicle in stock}
        missed = {
            code: record if record.left else replace(record, left=today)
            for code, record in known.items()
            if code not in found
        }
        return Ledger(self.begun or today, missed | found, self.urls)

    def publish(
        self,
        paths: Mapping[str, str | None],
        now: dt.datetime,
        target_for: TargetFor = nowhere,
        contents: Mapping[str, str] | None = None,
    ) -> Ledger:
        """This ledger after a build that publishes `paths` (each with its vehicle's code, or None) and no others.

        Every other address ever published gets a target among `paths`: the same vehicle's page, else what `target_for`
        answers, else where it led before; a target that is not in `paths` is passed over. Paths are as in a URL:
        percent-encoded, without spaces; ValueError otherwise. `contents` holds a short digest of what each page shows:
        the day of its last change is kept with it.
        """
        today, shown = now.date(), contents or {}
        known = self.urls
        urls = {
            path: _published(known.get(path), path, code, shown.get(path, ""), today) for path, code in paths.items()
        }
        gone = {path: record for path, record in self.urls.items() if path not in urls}
        leads = targets(gone, paths, lambda path, code: target_for(path, self.vehicles.get(code or "")))
        for path, record in gone.items():
            urls[path] = replace(record, gone=record.gone or today, to=leads[path])
        return Ledger(self.begun, self.vehicles, urls)

    def redirects(self) -> dict[str, str | None]:
        """Every address that is gone → where it leads, None for a 410. No target is itself gone."""
        return {path: record.to for path, record in sorted(self.urls.items()) if record.gone}

    def last_prices(self) -> dict[str, Decimal | None]:
        """Code → last asking price of the vehicles that were in the file at the last build."""
        return {code: record.price for code, record in self.vehicles.items() if record.left is None}

    def public_bytes(self) -> bytes:
        """The ledger as it is kept and published: JSON, one vehicle and one address a line."""
        if not self._text:
            self._text = encode(self.begun, self.vehicles, self.urls)
        return self._text

    @classmethod
    def parse(cls, data: bytes) -> Ledger:
        """The ledger that `public_bytes` wrote; ValueError for anything else."""
        return cls(*decode(data))


def _published(known: UrlRecord | None, path: str, code: str | None, content: str, today: dt.date) -> UrlRecord:
    if known is None:
        checked_path(path)
        return UrlRecord(code, today, content=content)
    if known.gone is None and known.code == code and known.content == content:
        return known
    changed = known.changed if known.content == content else today
    return UrlRecord(code, known.since, changed=changed, content=content)
