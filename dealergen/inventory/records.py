"""A file as bare records, before the header row is known: what the text reader and the workbook reader hand on."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Records:
    """Every record of a file in order, blank ones included, each with the line on which it begins."""

    rows: list[list[str]]
    lines: list[int]
    """1-based physical line of each record's first character (of a workbook: the row's number)."""
    delimiter: str
    """The character, or `sheet NAME`."""
    encoding: str = ""
    notes: list[str] = field(default_factory=list)
    """Decisions worth a look, in sentences for a person."""
