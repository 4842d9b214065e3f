"""One file's bytes to a Table: decoded or opened, split into records, its header row found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dealergen.config.inventory import InventorySettings
from dealergen.errors import InventoryRefused, shorten

from .decode import decode, refusal
from .dialect import parse
from .header import find_header
from .mapping import header_meaning
from .profile import Profile
from .records import Records
from .steps import Step, nothing
from .table import Table
from .workbook import is_workbook, read_workbook


@dataclass(frozen=True, slots=True)
class Tabulated:
    """A table, and the notes taken on the way."""

    table: Table
    notes: list[str]


def tabulate(
    data: bytes, file: str, settings: InventorySettings, profile: Profile | None, step: Step = nothing
) -> Tabulated:
    """The table in `data`. Raises InventoryRefused when there is none, SettingsError when settings do not fit it."""

    def meaning_of(header: str) -> str | None:
        return header_meaning(header, profile, settings)

    def recognised(cells: Sequence[str]) -> int:
        return len({meaning for cell in cells[:400] if cell and len(cell) <= 80 and (meaning := meaning_of(cell))})

    step("decode")
    if is_workbook(data):
        records = read_workbook(data, file, recognised, settings.sheet)
    else:
        text = decode(data, file, settings.encoding)
        step("dialect")
        records = parse(text, recognised, settings.delimiter)
    step("header")
    if not any(any(row) for row in records.rows):
        raise refusal(file, "empty")
    found = find_header(records.rows, meaning_of)
    if isinstance(settings.columns, list):
        return _headerless(records, file, found, settings.columns)
    if found is None and profile is not None and profile.positional:
        return _headerless(records, file, found, profile.positional)
    if found is None:
        raise _without_header(records, file)
    return _with_header(records, file, found)


def _with_header(records: Records, file: str, found: int) -> Tabulated:
    header = [cell.replace("\ufeff", "") for cell in records.rows[found]]
    while header and not header[-1].strip() and not _used(records.rows[found + 1 :], len(header) - 1):
        header.pop()
    rows, lines, repeated = _data(records, found + 1, records.rows[found])
    if not rows:
        raise InventoryRefused(
            f"{file} has a header row and no vehicles",
            remedy="Check the export's filter; the site stays as it was until a file with vehicles arrives.",
        )
    notes = list(records.notes)
    if found and (above := sum(any(cell.strip() for cell in row) for row in records.rows[:found])):
        notes.append(f"{above} row{'s' if above > 1 else ''} above the header row were left out")
    if repeated:
        notes.append(f"the header row stands {repeated} more times among the data, and was left out there")
    table = Table(file, header, rows, lines, records.encoding, records.delimiter, records.lines[found])
    return Tabulated(table, notes)


def _headerless(records: Records, file: str, found: int | None, fields: Sequence[str | None]) -> Tabulated:
    start = 0 if found is None else found + 1
    rows, lines, _ = _data(records, start, [])
    if not rows:
        raise refusal(file, "empty")
    width = max(len(fields), min(max(map(len, rows)), len(fields) + 50))
    header = [f"column {number}" for number in range(1, width + 1)]
    notes = list(records.notes)
    if found is not None:
        notes.append(
            f"line {records.lines[found]} looks like a header row and was left out, as the settings list the columns"
        )
    return Tabulated(Table(file, header, rows, lines, records.encoding, records.delimiter, 0), notes)


def _data(records: Records, start: int, header: list[str]) -> tuple[list[list[str]], list[int], int]:
    """The rows with a value, their lines, and how often the header row was repeated among them."""
    numbered = zip(records.rows[start:], records.lines[start:], strict=True)
    filled = [(row, line) for row, line in numbered if row and (row[0].strip() or "".join(row).strip())]
    data = [(row, line) for row, line in filled if row != header]
    return [row for row, _ in data], [line for _, line in data], len(filled) - len(data)


def _used(rows: Sequence[Sequence[str]], index: int) -> bool:
    return any(index < len(row) and row[index].strip() for row in rows)


def _without_header(records: Records, file: str) -> InventoryRefused:
    index = next(index for index, row in enumerate(records.rows) if any(cell.strip() for cell in row))
    first = [shorten(cell.strip(), 24) for cell in records.rows[index]]
    shown = " | ".join(first[:12]) + (" | …" if len(first) > 12 else "")
    return InventoryRefused(
        f"{file}: no header row was found; line {records.lines[index]} is already data: {shown}",
        remedy=(
            f"List the {len(first)} columns in site.yaml, in order, null for those that should not be read: "
            f"`inventory: {{columns: [stock_number, make, model, year, price, null, …]}}`; or export with headers."
        ),
    )
