"""The account of one file: how every column was understood, for a person who checks and a machine that alerts."""

from __future__ import annotations

from collections.abc import Sequence

from dealergen.errors import shorten

from .fields import FIELDS
from .model import ColumnReport, FileReport
from .rows import ColumnStats, Rows
from .table import Mapping, Table
from .tokens import says_nothing

_SAMPLES = 3
_SAMPLE_LENGTH = 120
_LOOKED_AT = 400


def file_report(table: Table, mapping: Mapping, rows: Rows, notes: Sequence[str]) -> FileReport:
    """How `table` was understood; private columns are named, never sampled."""
    fields = {index: name for name, indexes in mapping.columns.items() for index in indexes}
    return FileReport(
        file=table.file,
        encoding=table.encoding,
        delimiter=table.delimiter,
        header_line=table.header_line,
        profile=mapping.profile,
        columns=[_column(table, mapping, index, fields.get(index), rows.stats) for index in range(len(table.header))],
        rows=len(table.rows),
        notes=[*notes, *rows.notes],
    )


def _column(
    table: Table, mapping: Mapping, index: int, field: str | None, stats: dict[int, ColumnStats]
) -> ColumnReport:
    private = mapping.reasons[index].startswith("private")
    found = stats.get(index) or ColumnStats(_filled(table, index))
    return ColumnReport(
        header=table.header[index].strip() or f"column {index + 1}",
        index=index,
        field=field,
        reason=mapping.reasons[index],
        filled=found.filled,
        samples=() if private else _samples(table, index, field),
        minimum=found.minimum,
        median=found.median,
        maximum=found.maximum,
        suggestion=mapping.suggestions[index],
    )


def _filled(table: Table, index: int) -> int:
    return sum(1 for row in table.rows if index < len(row) and row[index] and not row[index].isspace())


def _samples(table: Table, index: int, field: str | None) -> tuple[str, ...]:
    """The first distinct values that say something; plates are personal and stay out."""
    if field is not None and FIELDS[field].name == "plate":
        return ()
    found: dict[str, None] = {}
    for row in table.rows[:_LOOKED_AT]:
        text = row[index].strip() if index < len(row) else ""
        if not says_nothing(text):
            found.setdefault(shorten(text, _SAMPLE_LENGTH))
        if len(found) == _SAMPLES:
            break
    return tuple(found)
