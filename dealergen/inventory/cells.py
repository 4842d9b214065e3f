"""A table's cells by the column: rows of a wrong width are set aside, each column is read once, doubts are gathered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from dealergen.errors import Place, Problem

from .meaning import Doubt, Meaning, Reader
from .table import Table
from .tokens import says_nothing

T = TypeVar("T")

_ALIKE: Final = 20
"""Warnings of one kind in one column, before the rest are only counted."""
_ENOUGH: Final = 5
"""Cells with a value, below which a column is not judged as a whole."""
_OFTEN_BLANK: Final = 0.1


@dataclass(slots=True)
class _Doubtful:
    index: int
    texts: Sequence[str]
    doubts: dict[str, Doubt]


@dataclass(slots=True)
class Cells:
    """The rows that have the header's width, and what reading them has brought up."""

    file: str
    header: list[str]
    rows: list[list[str]]
    lines: list[int]
    set_aside: dict[int, Problem] = field(default_factory=dict)
    """By row: an index into `rows`."""
    ragged: list[Problem] = field(default_factory=list)
    """Of rows that are not in `rows`."""
    warnings: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    foreign: defaultdict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    """Row → field → column, of texts that are not of their column's kind at all."""
    _doubtful: list[_Doubtful] = field(default_factory=list)

    def texts(self, index: int) -> list[str]:
        """One column, as written."""
        return [row[index] for row in self.rows]

    def read(self, index: int, name: str, texts: Sequence[str], reader: Reader[T], empty: T) -> list[T]:
        """What each of `texts` (the column at `index`) means for the field `name`; doubts are gathered."""
        meaning = reader(list(dict.fromkeys(texts)))
        self.notes.extend(f"{self.header[index]}: {note}" for note in meaning.notes)
        if meaning.doubts and self._refused(index, name, texts, meaning):
            return [empty] * len(texts)
        return list(map(meaning.values.__getitem__, texts))

    def doubt(self, index: int, texts: Sequence[str], doubts: dict[str, Doubt]) -> None:
        """Adds doubts about texts of a column that were found later."""
        if doubts:
            self._doubtful.append(_Doubtful(index, texts, doubts))

    def place(self, row: int, index: int | None = None) -> Place:
        return Place(self.file, self.lines[row], None if index is None else self.header[index])

    def all_warnings(self) -> list[Problem]:
        """The warnings on rows that were taken: one for each distinct text, at the first row that has it."""
        told = [problem for doubtful in self._doubtful for problem in self._told(doubtful)]
        return [*self.warnings, *told]

    def _refused(self, index: int, name: str, texts: Sequence[str], meaning: Meaning[T]) -> bool:
        """Marks foreign texts on their rows; true when they are the rule, so that the column is no such column."""
        foreign = {text for text, doubt in meaning.doubts.items() if doubt.foreign}
        if foreign:
            rows = [row for row, text in enumerate(texts) if text in foreign]
            filled = sum(1 for text in texts if not says_nothing(text))
            if filled >= _ENOUGH and len(rows) * 2 > filled:
                self._tell_misnamed(index, name, rows[0], texts)
                return True
            for row in rows:
                self.foreign[row].setdefault(name, index)
        self.doubt(index, texts, meaning.doubts)
        return False

    def _tell_misnamed(self, index: int, name: str, row: int, texts: Sequence[str]) -> None:
        header = self.header[index]
        message = f"most cells of {header!r} cannot be read as {name}, so the column is left out"
        remedy = f"Name the right column in site.yaml: inventory.columns.{name}: <header>."
        self.warnings.append(
            Problem("inventory.column-implausible", message, self.place(row, index), texts[row], remedy, "warning")
        )

    def _told(self, doubtful: _Doubtful) -> list[Problem]:
        first: dict[str, int] = {}
        counts: defaultdict[str, int] = defaultdict(int)
        for row, text in enumerate(doubtful.texts):
            if text in doubtful.doubts and row not in self.set_aside:
                first.setdefault(text, row)
                counts[text] += 1
        problems = [
            _problem(doubtful.doubts[text], self.place(row, doubtful.index), text, counts[text])
            for text, row in first.items()
        ]
        if len(problems) > _ALIKE:
            self.notes.append(f"{self.header[doubtful.index]}: {len(problems) - _ALIKE} more warnings are not shown")
        return problems[:_ALIKE]


def cells_of(table: Table) -> Cells:
    """The table's cells, every row as wide as the header; rows that cannot be made so are set aside."""
    width = len(table.header)
    if all(len(row) == width for row in table.rows):
        return Cells(table.file, table.header, table.rows, table.lines)
    cells = Cells(table.file, table.header, [], [])
    optional = _optional_from(table.rows, width)
    lengths = Counter(map(len, table.rows))
    for line, row in zip(table.lines, table.rows, strict=True):
        common = lengths[len(row)] * 2 >= len(table.rows)
        if problem := _ragged(row, width, optional, common, Place(table.file, line)):
            cells.ragged.append(problem)
        else:
            cells.rows.append([*row[:width], *[""] * (width - len(row))])
            cells.lines.append(line)
    return cells


def _optional_from(rows: Sequence[Sequence[str]], width: int) -> int:
    """The first of the columns at the end that are blank often enough for a row to leave them out."""
    for index in range(width - 1, -1, -1):
        held = [row[index] for row in rows if len(row) > index]
        if held and sum(1 for cell in held if not cell.strip()) < _OFTEN_BLANK * len(held):
            return index + 1
    return 0


def _ragged(row: Sequence[str], width: int, optional: int, common: bool, place: Place) -> Problem | None:
    """What is wrong with the row's width; trailing blanks may be too many, or be left out.

    No cell is quoted: under wrong columns, one may be a cost or a note that nobody else should read.
    """
    shifted = len(row) > width and not common  # a separator too many somewhere, and blanks at the end to hide it
    if len(row) >= optional and not shifted and not any(cell.strip() for cell in row[width:]):
        return None
    message = f"the row has {len(row)} cells where the header has {width}, so its values stand under wrong columns"
    remedy = 'Put quotes around cells that hold the separator or a line break ("18,500,000").'
    return Problem("inventory.row-ragged", message, place, f"{len(row)} cells", remedy)


def _problem(doubt: Doubt, place: Place, text: str, count: int) -> Problem:
    more = f" (and in {count - 1} more rows)" if count > 1 else ""
    value = text[:200] if doubt.shown is None else doubt.shown
    return Problem(doubt.code, doubt.message + more, place, value, doubt.remedy, "warning")


def each(read: Callable[[str], T]) -> Reader[T]:
    """A reader of columns from a reader of one text that has no doubts."""
    return lambda texts: Meaning({text: read(text) for text in texts})
