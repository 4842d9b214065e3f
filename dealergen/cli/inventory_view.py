"""What a person reads about an inventory: one block a file, then the rows, then what to write in site.yaml."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Sequence
from typing import Final, Literal

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dealergen.errors import Place, Problem, shorten
from dealergen.inventory.fields import FIELDS
from dealergen.inventory.model import ColumnReport, Duplicate, FileReport, Inventory

_SHOWN: Final = 10
_WIDEST: Final = 120
_DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}
_WANTED: Final = {
    "make": {"make", "title"},
    "model": {"model", "title"},
    "year": {"year", "year_made", "title"},
    "mileage": {"mileage"},
    "price": {"price", "sale_price", "msrp"},
    "photos": {"photos"},
}
"""What buyers look for, and the fields that can tell it."""
_HEADINGS: Final = ("field", "column", "sample", "filled", "min", "median", "max", "why")
_NAME, _SAMPLE = 1, 2
_LEAST_SAMPLE: Final = 10
_RIGHT: Final = (3, 4, 5, 6)
_FIRST_TO_GO: Final = (5,)
_ROOMY: Final = 90
_GAP: Final = 2
_STYLES: Final = {0: "green", 2: "dim", 7: "dim"}
_UNSAFE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def show_inventory(inventory: Inventory, *, default_units: str = "", all_of_each: bool = False) -> None:
    """Print the account of `inventory` on stdout, as wide as the terminal, in colour only on one.

    `default_units` tells what was assumed where no site's settings were read (`BRL and km`).
    """
    console = Console(file=sys.stdout, width=_width(), highlight=False, soft_wrap=False)
    shown = sys.maxsize if all_of_each else _SHOWN
    for file in inventory.files:
        console.print(_file(file, console.width))
    console.print(_outcome(inventory))
    _show_problems(console, "Set aside", "red", inventory.set_aside, shown)
    _show_problems(console, "Warnings", "yellow", inventory.warnings, shown)
    _show_duplicates(console, inventory.duplicates, shown)
    _show_correction(console, inventory, default_units)


def _width() -> int:
    columns = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() or "COLUMNS" in os.environ else 100
    return max(60, min(columns, _WIDEST))


def _file(file: FileReport, width: int) -> RenderableType:
    public = [column for column in file.columns if column.field]
    private = [column for column in file.columns if column.reason.startswith("private")]
    others = [column for column in file.columns if not column.field and column not in private]
    parts: list[RenderableType] = [
        Rule(Text(_plain(file.file), style="bold"), align="left", style="dim"),
        Text("  " + " · ".join(_facts(file)), style="dim"),
        Text(),
        Padding(_columns(public, width - 2), (0, 0, 0, 2), expand=False),
    ]
    if private:
        parts += [Text(), _names(f"private – never published ({len(private)})", "magenta", private, width)]
    if others:
        parts += [Text(), _names(f"not published ({len(others)})", "dim", others, width)]
    if file.notes:
        parts += [Text(), Text("  notes", style="cyan"), *(_hanging(_plain(note), 4) for note in file.notes)]
    return Group(*parts, Text())


def _facts(file: FileReport) -> list[str]:
    between = _DELIMITERS.get(file.delimiter, _plain(file.delimiter))
    header = f"header on line {file.header_line}" if file.header_line else "no header row"
    profile = f"profile {file.profile}" if file.profile else "no profile"
    how = [between] if file.encoding == "workbook" else [file.encoding, between]
    return [*how, header, profile, _counted(file.rows, "row")]


def _columns(columns: Sequence[ColumnReport], width: int) -> Table:
    """One row a published column; what is read from the file gives way where the terminal is narrow."""
    order = list(FIELDS)
    rows = [_cells(column) for column in sorted(columns, key=lambda column: order.index(column.field or ""))]
    shown = [index for index in range(len(_HEADINGS)) if index not in _FIRST_TO_GO or width >= _ROOMY]
    widths = {index: max(len(_HEADINGS[index]), *(len(row[index]) for row in rows)) for index in shown}
    room = width - _GAP * len(shown) - sum(widths[index] for index in shown if index not in (_NAME, _SAMPLE))
    widths[_NAME] = min(widths[_NAME], max(8, room - _LEAST_SAMPLE))
    widths[_SAMPLE] = min(widths[_SAMPLE], max(8, min(40, room - widths[_NAME])))
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="dim")
    for index in shown:
        style = _STYLES.get(index, "")
        align: Literal["left", "right"] = "right" if index in _RIGHT else "left"
        table.add_column(_HEADINGS[index], style=style, justify=align, width=widths[index], no_wrap=True)
    for row in rows:
        table.add_row(*(Text(shorten(row[index], widths[index])) for index in shown))
    return table


def _cells(column: ColumnReport) -> tuple[str, ...]:
    sample = _plain(column.samples[0]) if column.samples else ""
    why = "profile" if column.reason.startswith("profile") else column.reason.replace("alias and values", "values")
    spread = (column.minimum, column.median, column.maximum)
    return (column.field or "", _plain(column.header), sample, str(column.filled), *map(_plain, spread), why)


def _names(title: str, style: str, columns: Sequence[ColumnReport], width: int) -> RenderableType:
    """Column names one after the other, each with the reason why it is left out, none broken over two lines."""
    lines = [Text("    ")]
    for number, column in enumerate(columns):
        word = Text(_plain(column.header))
        word.append(f" ({reason})" if (reason := _short_reason(column)) else "", style="dim")
        word.append(" · " if number < len(columns) - 1 else "", style="dim")
        if len(lines[-1]) + len(word) > width and len(lines[-1]) > 4:
            lines.append(Text("    "))
        lines[-1].append_text(word)
    return Group(Text(f"  {title}", style=style), *lines)


def _short_reason(column: ColumnReport) -> str:
    if column.suggestion:
        return f"{column.suggestion.split(':')[0]}?"
    if column.reason.startswith("unknown ("):
        return column.reason[len("unknown (") : -1]
    return "" if column.reason == "unknown" or column.reason.startswith(("profile", "private")) else column.reason


def _outcome(inventory: Inventory) -> RenderableType:
    rows = sum(file.rows for file in inventory.files)
    line = Text.assemble(
        _counted(rows, "row"), " → ", (_counted(len(inventory.vehicles), "vehicle"), "bold green"),
        *_count_of(len(inventory.set_aside), "set aside", "bold red"),
        *_count_of(len(inventory.duplicates), "duplicate" if len(inventory.duplicates) == 1 else "duplicates", "bold"),
        *_count_of(len(inventory.warnings), "warning" if len(inventory.warnings) == 1 else "warnings", "bold yellow"),
    )  # fmt: skip
    return Group(Rule(style="dim"), line)


def _count_of(count: int, what: str, style: str) -> tuple[str | tuple[str, str], ...]:
    return (" · ", (f"{count:,} {what}", style if count else "dim"))


def _show_problems(console: Console, title: str, style: str, problems: Sequence[Problem], shown: int) -> None:
    """Grouped by what was wrong; the first few of each, with line, column and value."""
    kinds: dict[str, list[Problem]] = {}
    for problem in problems:
        kinds.setdefault(problem.code, []).append(problem)
    if kinds:
        console.print(Text(f"\n{title}", style=f"bold {style}"))
    several = len({problem.place.file for problem in problems if problem.place}) > 1
    for code, members in kinds.items():
        console.print(Text.assemble("  ", (code, style), (f"  {len(members):,}", "dim")))
        for problem in members[:shown]:
            console.print(_hanging(_told(problem, with_file=several), 4))
        if len(members) > shown:
            console.print(Text(f"    … and {len(members) - shown:,} more; -v shows all", style="dim"))
        if remedy := next((problem.remedy for problem in members if problem.remedy), ""):
            console.print(_hanging(f"→ {_plain(remedy)}", 4))


def _told(problem: Problem, *, with_file: bool) -> str:
    where = _where(problem.place, with_file=with_file)
    value = f": {shorten(_plain(problem.value), 40)}" if problem.value is not None else ""
    return f"{where}{_plain(problem.message)}{value}"


def _where(place: Place | None, *, with_file: bool) -> str:
    if place is None:
        return ""
    parts = [_plain(place.file)] if with_file or place.line is None else []
    parts += [f"line {place.line}"] if place.line is not None else []
    parts += [_plain(str(place.column))] if place.column is not None else []
    return ", ".join(parts) + "  "


def _show_duplicates(console: Console, duplicates: Sequence[Duplicate], shown: int) -> None:
    if not duplicates:
        return
    console.print(Text("\nDuplicates", style="bold"))
    for duplicate in duplicates[:shown]:
        console.print(_hanging(_told_duplicate(duplicate), 2))
    if len(duplicates) > shown:
        console.print(Text(f"  … and {len(duplicates) - shown:,} more; -v shows all", style="dim"))


def _told_duplicate(duplicate: Duplicate) -> str:
    file, _, kept = _plain(duplicate.kept).rpartition(":")
    other, _, dropped = _plain(duplicate.dropped).rpartition(":")
    if file == other:
        return f"{_plain(duplicate.identity)}: line {kept} is kept, line {dropped} is not"
    return f"{_plain(duplicate.identity)}: {file}, line {kept} is kept; {other}, line {dropped} is not"


def _show_correction(console: Console, inventory: Inventory, units: str) -> None:
    """The lines of site.yaml that correct or complete the reading."""
    suggested = list(dict.fromkeys(c.suggestion for file in inventory.files for c in file.columns if c.suggestion))
    fed = {column.field for file in inventory.files for column in file.columns if column.field}
    missing = [name for name, sources in _WANTED.items() if not fed & sources]
    if suggested or missing:
        lines = ["inventory:", "  columns:", *(f"    {_plain(line)}" for line in suggested)]
        lines += [f"    {f'{name}: <header>':24}# no column is read as {name}" for name in missing]
        if "make" in missing and "model" in fed:
            lines += ["  defaults:", "    make: <make>            # if every vehicle is of one make"]
        console.print(Text("\nTo correct it, write in site.yaml", style="bold"))
        console.print(*(Text(f"  {line}", style="cyan") for line in lines), sep="\n")
    else:
        console.print(
            Text("\nIf a column is read wrongly, say so in site.yaml under inventory.columns, as in", style="dim")
        )
        console.print(Text("price: <header>; a hyphen instead of the header leaves the field empty.", style="dim"))
    if units:
        console.print(Text(f"\nRead with default settings, in {units}; --site PATH uses a site's.", style="dim"))


def _hanging(text: str, indent: int) -> RenderableType:
    return Padding(Text(text), (0, 0, 0, indent), expand=False)


def _plain(text: str) -> str:
    """One line without control characters and direction marks: data must not steer the terminal."""
    return _UNSAFE.sub(" ", text).strip()


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
