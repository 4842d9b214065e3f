"""What would change if the site were built now: cars that came, went, were sold, reserved or re-priced; and pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from dealergen.build.plan import Plan
from dealergen.engine.make import fingerprint
from dealergen.site import Site, UrlRecord, VehicleRecord

from .earlier import Earlier

KINDS = ("added", "removed", "sold", "back", "repriced", "reserved", "released")


@dataclass(frozen=True, slots=True)
class Car:
    """One car, and its prices before and now; None is a price on request."""

    code: str
    name: str
    address: str
    """Of its page, now or when it last had one; empty if it never had."""
    before: Decimal | None = None
    after: Decimal | None = None

    @property
    def percent(self) -> Decimal | None:
        """By how much the price rose, to a tenth of a per cent; None where one of the two is on request."""
        if not self.before or self.after is None:
            return None
        return ((self.after - self.before) * 100 / self.before).quantize(Decimal("0.1"))

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "name": self.name,
            "address": self.address,
            "price_before": _number(self.before),
            "price": _number(self.after),
            "percent": _number(self.percent),
        }


@dataclass(slots=True)
class Changes:
    """Everything that differs from `against`. Pages are addresses, without the host."""

    against: str
    cars: dict[str, list[Car]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    """By kind: `added`, `removed` (the row has left the file), `sold`, `back` (sold no more), `repriced`, `reserved`,
    `released` (reserved no more)."""
    made: list[str] = field(default_factory=list)
    """Pages that would be new."""
    changed: list[str] = field(default_factory=list)
    """Pages that would show something else: another car, price, text or list."""
    remade: list[str] = field(default_factory=list)
    """Pages whose own content stays, but not what surrounds it: a similar car, a template, a setting."""
    gone: dict[str, str | None] = field(default_factory=dict)
    """Pages that would go → where their address would lead; None: nowhere (410)."""
    notices: list[str] = field(default_factory=list)
    """What else a reader should know, such as a guard that would refuse the inventory."""

    def __bool__(self) -> bool:
        return any(self.cars.values()) or bool(self.made or self.changed or self.remade or self.gone)

    @property
    def redirected(self) -> int:
        return sum(target is not None for target in self.gone.values())

    def as_json(self) -> dict[str, Any]:
        return {
            "against": self.against,
            "different": bool(self),
            "cars": {kind: [car.as_json() for car in cars] for kind, cars in self.cars.items()},
            "pages": {
                "made": self.made,
                "changed": self.changed,
                "remade": self.remade,
                "gone": [address for address, target in self.gone.items() if target is None],
                "redirected": {address: target for address, target in self.gone.items() if target is not None},
            },
            "notices": self.notices,
        }


def compare(earlier: Earlier, site: Site, plan: Plan) -> Changes:
    """What differs between `earlier` and the site as it is planned now. `site` was loaded with the earlier ledger."""
    changes = Changes(earlier.name)
    _compare_cars(changes, earlier.ledger.vehicles, site.ledger.vehicles, _addresses(earlier.ledger.urls, plan))
    _compare_pages(changes, earlier, plan)
    return changes


def _addresses(urls: Mapping[str, UrlRecord], plan: Plan) -> dict[str, str]:
    """Vehicle code → the address of its page, in the main language where there are several."""
    found: dict[str, str] = {}
    for page in plan.pages:
        if page.code:
            found.setdefault(page.code, page.url)
    for address, record in urls.items():
        if record.code and not record.gone:
            found.setdefault(record.code, address)
    return found


def _compare_cars(
    changes: Changes,
    before: Mapping[str, VehicleRecord],
    now: Mapping[str, VehicleRecord],
    addresses: Mapping[str, str],
) -> None:
    for code in sorted(before.keys() | now.keys()):
        then, here = _in_file(before.get(code)), _in_file(now.get(code))
        known = here or then
        if known is None:
            continue
        car = Car(
            code, _name(known), addresses.get(code, ""), then.price if then else None, here.price if here else None
        )
        for kind in _kinds(then, here):
            changes.cars[kind].append(car)
    for cars in changes.cars.values():
        cars.sort(key=lambda car: (car.name, car.code))


def _in_file(record: VehicleRecord | None) -> VehicleRecord | None:
    return record if record is not None and record.left is None else None


def _kinds(then: VehicleRecord | None, here: VehicleRecord | None) -> Iterator[str]:
    if then is None:
        yield "added"
        return
    if here is None:
        yield "removed"
        return
    if bool(then.sold) != bool(here.sold):
        yield "sold" if here.sold else "back"
    if then.price != here.price and not here.sold:
        yield "repriced"
    if then.reserved != here.reserved and not here.sold:
        yield "reserved" if here.reserved else "released"


def _name(record: VehicleRecord) -> str:
    return " ".join(part for part in (record.make, record.model, record.trim, str(record.year or "")) if part)


def _compare_pages(changes: Changes, earlier: Earlier, plan: Plan) -> None:
    before, now = _standing(earlier.ledger.urls), _standing(plan.ledger.urls)
    changes.made = sorted(now.keys() - before.keys())
    changes.gone = {address: plan.ledger.urls[address].to for address in sorted(before.keys() - now.keys())}
    both = sorted(now.keys() & before.keys())
    changes.changed = [address for address in both if before[address].content != now[address].content]
    if earlier.marks is not None:
        changes.remade = sorted(_otherwise_made(earlier.marks, plan) - {*changes.changed, *changes.made})


def _standing(urls: Mapping[str, UrlRecord]) -> dict[str, UrlRecord]:
    return {address: record for address, record in urls.items() if not record.gone}


def _otherwise_made(marks: Mapping[str, str], plan: Plan) -> set[str]:
    """The addresses of pages that were made before, and would be made anew for whatever reason."""
    pages = [(quote(page.url), page.artifact) for page in plan.pages if page.artifact.path in marks]
    return {address for address, artifact in pages if marks[artifact.path] != fingerprint(artifact, plan.renderer)}


def _number(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
