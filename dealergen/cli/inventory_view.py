"""What a person reads about an inventory: one block a file, then the rows, then what to write in site.yaml."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Sequence
from typing import Final

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
_WANTED: Final = ("make", "model", "year", "mileage", "price", "photos")
_UNSAFE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def show_inventory(inventory: Inventory, *, has_site: bool, all_of_each: bool = False) -> None:
    """Print the account of `inventory` on stdout, as wide as the terminal, in colour only on one."""
    console = Console(file=sys.stdout, width=_width(), highlight=False, soft_wrap=False)
    shown = sys.maxsize if all_of_each else _SHOWN
    for file in inventory.files:
        console.print(_file(file))
    console.print(_outcome(inventory))
    _show_problems(console, "Set aside", "red", inventory.set_aside, shown)
    _show_problems(console, "Warnings", "yellow", inventory.warnings, shown)
    _show_duplicates(console, inventory.duplicates, shown)
    _show_correction(console, inventory, has_site=has_site)


def _width() -> int:
    columns = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() or "COLUMNS" in os.environ else 100
    return max(60, min(columns, _WIDEST))


def _file(file: FileReport) -> RenderableType:
    public = [column for column in file.columns if column.field]
    private = [column for column in file.columns if column.reason.startswith("private")]
    others = [column for column in file.columns if not column.field and column not in private]
    parts: list[RenderableType] = [
        Rule(Text(_plain(file.file), style="bold"), align="left", style="dim"),
        Text("  " + " · ".join(_facts(file)), style="dim"),
        Text(),
        Padding(_columns(public), (0, 0, 0, 2), expand=False),
    ]
    if private:
        parts += [Text(), _names(f"private – never published ({len(private)})", "magenta", private, with_reason=False)]
    if others:
        parts += [Text(), _names(f"not published ({len(others)})", "dim", others, with_reason=True)]
    if file.notes:
        parts += [Text(), Text("  notes", style="cyan"), *(_hanging(_plain(note), 4) for note in file.notes)]
    return Group(*parts, Text())


def _facts(file: FileReport) -> list[str]:
    between = _DELIMITERS.get(file.delimiter, _plain(file.delimiter))
    header = f"header on line {file.header_line}" if file.header_line else "no header row"
    profile = f"profile {file.profile}" if file.profile else "no profile"
    how = [between] if file.encoding == "workbook" else [file.encoding, between]
    return [*how, header, profile, _counted(file.rows, "row")]


def _columns(columns: Sequence[ColumnReport]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", expand=False)
    table.add_column("field", style="green", no_wrap=True)
    table.add_column("column", no_wrap=True, overflow="ellipsis", max_width=22)
    table.add_column("sample", no_wrap=True, overflow="ellipsis", ratio=1, max_width=26, style="dim")
    table.add_column("filled", justify="right", no_wrap=True)
    table.add_column("min", justify="right", no_wrap=True)
    table.add_column("median", justify="right", no_wrap=True)
    table.add_column("max", justify="right", no_wrap=True)
    table.add_column("why", style="dim", no_wrap=True, overflow="ellipsis")
    order = list(FIELDS)
    for column in sorted(columns, key=lambda column: order.index(column.field or "")):
        table.add_row(*map(Text, _cells(column)))
    return table


def _cells(column: ColumnReport) -> tuple[str, ...]:
    sample = shorten(_plain(column.samples[0]), 26) if column.samples else ""
    why = "profile" if column.reason.startswith("profile") else column.reason.replace("alias and values", "values")
    spread = (column.minimum, column.median, column.maximum)
    return (column.field or "", _plain(column.header), sample, str(column.filled), *map(_plain, spread), why)


def _names(title: str, style: str, columns: Sequence[ColumnReport], *, with_reason: bool) -> RenderableType:
    line = Text()
    for number, column in enumerate(columns):
        line.append(" · " if number else "", style="dim")
        line.append(_plain(column.header).replace(" ", "\u00a0"))
        if with_reason and (reason := _short_reason(column)):
            line.append(f"\u00a0({reason})".replace(" ", "\u00a0"), style="dim")
    return Group(Text(f"  {title}", style=style), Padding(line, (0, 0, 0, 4), expand=False))


def _short_reason(column: ColumnReport) -> str:
    if column.suggestion:
        return f"{column.suggestion.split(':')[0]}?"
    if column.reason.startswith("unknown ("):
        return column.reason[len("unknown (") : -1]
    return "" if column.reason == "unknown" or column.reason.startswith("profile") else column.reason


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


def _show_correction(console: Console, inventory: Inventory, *, has_site: bool) -> None:
    """The lines of site.yaml that correct or complete the reading."""
    suggested = list(dict.fromkeys(c.suggestion for file in inventory.files for c in file.columns if c.suggestion))
    fed = {column.field for file in inventory.files for column in file.columns if column.field}
    missing = [] if "title" in fed and not {"make", "model"} & fed else [name for name in _WANTED if name not in fed]
    console.print(Text("\nTo correct it, write in site.yaml", style="bold"))
    lines = ["inventory:", "  columns:", *(f"    {line}" for line in suggested)]
    lines += [f"    {f'{name}: <header>':24}# no column is read as {name}" for name in missing]
    if "make" in missing and "model" in fed:
        lines += ["  defaults:", "    make: <make>            # if every vehicle is of one make"]
    if not suggested and not missing:
        lines.append("    <field>: <header>       # wins over what was recognised; - leaves a field empty")
    console.print(Padding(Text("\n".join(lines), style="cyan"), (0, 0, 0, 2), expand=False))
    if not has_site:
        console.print(Text("Read with the default settings; --site PATH uses a site's.", style="dim"))


def _hanging(text: str, indent: int) -> RenderableType:
    return Padding(Text(text), (0, 0, 0, indent), expand=False)


def _plain(text: str) -> str:
    """One line without control characters and direction marks: data must not steer the terminal."""
    return _UNSAFE.sub(" ", text).strip()


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
