"""The room's front door: sources → bytes → tables → mappings → rows → one inventory without duplicates."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

from dealergen.config import InventorySettings, Rooftop
from dealergen.errors import InventoryRefused

from .header import key_of
from .mapping import map_columns
from .model import Inventory
from .profile import Profile, chosen_profile, recognised_profile
from .report import file_report
from .rows import ReadContext, vehicles_of, without_duplicates
from .sources import SourceFile, source_files
from .steps import Step, nothing
from .table import Mapping, Table
from .tabulate import Tabulated, tabulate

_NAMING: Final = frozenset({"make", "model", "title"})
_TELLING: Final = frozenset({
    "vin", "stock_number", "plate", "make", "model", "trim", "year", "year_made", "mileage", "price", "sale_price",
    "msrp", "fuel", "transmission", "drivetrain", "body", "engine", "power", "color", "condition", "new", "photos",
})  # fmt: skip


def read_inventory(
    settings: InventorySettings,
    root: Path,
    *,
    currency: str,
    distance: Literal["km", "mi"],
    rooftops: Sequence[Rooftop],
    now: dt.date,
    cache: Path,
    offline: bool = False,
    step: Step = nothing,
) -> Inventory:
    """Every vehicle of `inventory.source`, and the account of how it was read.

    `root` is the folder of site.yaml, `cache` where copies of remote files are kept; `step` is told of progress. Raises
    InventoryRefused when a file is no inventory, SettingsError when the settings do not fit the files.
    """
    context = ReadContext(settings, currency, distance, rooftops, now)
    with _collector_off():
        step("files")
        files = list(source_files(settings, root, cache=cache, now=now, offline=offline))
        return _read(files, context, root, step)


@contextmanager
def _collector_off() -> Iterator[None]:
    """The garbage collector walks every new row again and again, and finds nothing: rows hold no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(files: Sequence[SourceFile], context: ReadContext, root: Path, step: Step) -> Inventory:
    named = chosen_profile(context.settings.profile, root)
    tabulated = [tabulate(file.data, file.name, context.settings, named, step) for file in files]
    keys = frozenset(key_of(cell) for one in tabulated for cell in one.table.header)
    inventory = Inventory([])
    for file, one in zip(files, tabulated, strict=True):
        inventory.warnings.extend(file.warnings)
        _take(inventory, one, named or _recognised(one.table, root), keys, context, step)
    step("duplicates")
    inventory.vehicles, inventory.duplicates = without_duplicates(inventory.vehicles, context.settings.duplicates)
    return inventory


def _recognised(table: Table, root: Path) -> Profile | None:
    return recognised_profile(table.header, root) if table.header_line else None


def _take(
    inventory: Inventory,
    one: Tabulated,
    profile: Profile | None,
    keys: frozenset[str],
    context: ReadContext,
    step: Step,
) -> None:
    step("columns")
    mapping = map_columns(one.table, context.settings, profile, keys)
    _require_vehicles(one.table, mapping, context.settings)
    step("rows")
    rows = vehicles_of(one.table, mapping, context)
    inventory.vehicles.extend(rows.vehicles)
    inventory.set_aside.extend(rows.set_aside)
    inventory.warnings.extend(rows.warnings)
    step("account")
    inventory.files.append(file_report(one.table, mapping, rows, one.notes))


def _require_vehicles(table: Table, mapping: Mapping, settings: InventorySettings) -> None:
    """A table of something else (customers, parts) must not become a page for each of its rows."""
    fed = mapping.columns.keys() | {name for name, value in settings.defaults.items() if value}
    if mapping.columns.keys() & _NAMING and len(fed & (_TELLING | {"title"})) >= 2:
        return
    known = ", ".join(name for name in mapping.columns) or "none"
    headers = ", ".join(cell.strip() for cell in table.header if cell.strip())
    near = [suggestion for suggestion in mapping.suggestions if suggestion]
    hint = f" Perhaps `{near[0]}`." if near else ""
    raise InventoryRefused(
        f"{table.file}: no column names a vehicle's make or model (recognised: {known}; the columns are: {headers})",
        remedy=f"Name them in site.yaml, such as `inventory: {{columns: {{model: <header>, price: <header>}}}}`.{hint}",
    )
