"""A file as rows of text, before anything is understood; and which column feeds which field."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Table:
    """The data rows of one file. Blank rows are left out; `lines` keeps where each row began."""

    file: str
    header: list[str]
    """As written; `column 3` for a file without a header row."""
    rows: list[list[str]]
    """Raw cells, stripped of nothing. Rows may be ragged: shorter or longer than the header."""
    lines: list[int]
    """1-based line of each row's first character (of a workbook: the row's number)."""
    encoding: str
    delimiter: str
    """The character, or `sheet NAME`."""
    header_line: int
    """1-based; 0 when the columns are given in settings."""


@dataclass(slots=True)
class Mapping:
    """Which columns of a table feed which field, and why the others feed none."""

    columns: dict[str, list[int]]
    """Field name → 0-based column indexes, in order of preference; more than one only where the field allows it."""
    reasons: list[str]
    """One a column of the table: `settings`, `alias`, `profile homenet`, `private (cost)`, `unknown`, `empty`, …"""
    suggestions: list[str]
    """One a column: what to write in site.yaml (a near miss), or empty."""
    profile: str = ""
    units: dict[str, str] = field(default_factory=dict)
    """Field name → unit told by the header (`mileage` → `mi` for a column named Miles; `price` → `BRL`)."""
