"""What reading an inventory yields: the vehicles, and how every column and row was understood."""

from __future__ import annotations

from dataclasses import dataclass, field

from dealergen.errors import Problem

from .vehicle import Vehicle


@dataclass(slots=True)
class ColumnReport:
    """How one column of a file was understood."""

    header: str
    """As written in the file, or `column 3` for a file without a header row."""
    index: int
    """0-based."""
    field: str | None
    """The vehicle field that it feeds; None when it is not published."""
    reason: str
    """Why: `settings`, `profile homenet`, `alias`, `private (cost)`, `unknown`, `empty`, …"""
    filled: int = 0
    """Cells with a value."""
    samples: tuple[str, ...] = ()
    """Up to three raw values; empty for private columns."""
    minimum: str = ""
    median: str = ""
    maximum: str = ""
    """Of the parsed values, for numeric and date fields."""
    suggestion: str = ""
    """What to write in site.yaml when the guess is wrong or the header is a near miss."""


@dataclass(slots=True)
class FileReport:
    """How one file was understood."""

    file: str
    encoding: str
    delimiter: str
    """The character, or `sheet NAME` for a workbook."""
    header_line: int
    """1-based line of the header row; 0 when the columns are given in settings."""
    profile: str
    columns: list[ColumnReport] = field(default_factory=list)
    rows: int = 0
    """Data rows with at least one value."""
    notes: list[str] = field(default_factory=list)
    """Decisions worth a look: `price: "229.950" is read as 229950 (a dot before three digits, in every cell)`."""


@dataclass(slots=True)
class Duplicate:
    """Two rows with one identity; `kept` and `dropped` are `file:line`."""

    identity: str
    kept: str
    dropped: str


@dataclass(slots=True)
class Inventory:
    """Every vehicle that can be published, and the account of what was read."""

    vehicles: list[Vehicle]
    files: list[FileReport] = field(default_factory=list)
    set_aside: list[Problem] = field(default_factory=list)
    """One problem a row that was left out, with line, column, value and remedy."""
    duplicates: list[Duplicate] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    """Odd values on rows that were taken (a VIN's check digit, an unknown fuel)."""
