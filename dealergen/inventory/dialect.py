"""Text to records: the delimiter is found by parsing the file each way, and stray quotes are mended.

`csv.Sniffer` guesses from the frequency of characters and is led astray by descriptions and photo lists; here every
candidate parses a sample, and the one whose records are the most regular and hold the most known headers wins.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Final

from .decode import Decoded
from .header import SEARCHED
from .records import Records

CANDIDATES: Final = (",", ";", "\t", "|")
_NAMED: Final = {"tab": "\t"}
_SEP_LINE: Final = re.compile(r'\A"?sep=(.)"?[ \t]*(?:\r\n|\r|\n|\Z)', re.I)
_SAMPLE = 100
_SAMPLE_LENGTH = 131_072
_FIELD_LIMIT = 128 * 1024 * 1024
_WEIGHT_OF_HEADER = 0.5

Recognised = Callable[[Sequence[str]], int]
"""How many cells of a record are known headers."""


def parse(decoded: Decoded, recognised: Recognised, delimiter: str = "auto") -> Records:
    """The records of a text; `delimiter` is one of `inventory.delimiter`."""
    csv.field_size_limit(_FIELD_LIMIT)
    text, skipped, told = decoded.text, 0, None
    if match := _SEP_LINE.match(text):
        text, skipped, told = text[match.end() :], 1, match[1]
    chosen = _NAMED.get(delimiter, delimiter) if delimiter != "auto" else told or best_delimiter(text, recognised)
    rows, lines = _records(_source(text), chosen)
    rows, lines, mended = _without_runaways(text, rows, lines, chosen)
    notes = list(decoded.notes)
    if mended:
        notes.append(f"{mended} records with a quote that never closes were read line by line")
    return Records(rows, [line + skipped for line in lines[: len(rows)]], chosen, decoded.encoding, notes)


def best_delimiter(text: str, recognised: Recognised) -> str:
    """The candidate whose records are the most regular, the widest, and the richest in known headers."""
    head = text[:_SAMPLE_LENGTH]
    if len(head) < len(text):
        head = head[: head.rfind("\n") + 1] or head
    return max(CANDIDATES, key=lambda candidate: _score(head, candidate, recognised))


def _score(text: str, delimiter: str, recognised: Recognised) -> float:
    rows = [row for row in islice(csv.reader(_source(text), delimiter=delimiter), _SAMPLE) if any(row)]
    if not rows:
        return 0.0
    width, regular = max(Counter(map(len, rows)).items(), key=lambda item: (item[1], item[0]))
    headers = max(map(recognised, rows[:SEARCHED]))
    return regular / len(rows) * math.log2(width) + _WEIGHT_OF_HEADER * headers * (width > 1)


def _source(text: str) -> Iterable[str]:
    """Lines at \\r\\n, \\n and \\r alike, ends kept: the csv module then counts lines as editors do."""
    return io.StringIO(text, newline="")


def _records(source: Iterable[str], delimiter: str) -> tuple[list[list[str]], list[int]]:
    """Records, and the line on which each begins; one line more at the end: that of the end of the text."""
    rows: list[list[str]] = []
    lines = [1]
    reader = csv.reader(source, delimiter=delimiter)
    for row in reader:
        rows.append(row)
        lines.append(reader.line_num + 1)
    return rows, lines


class _Runaways:
    """Records that a stray quote glued together, found and taken apart.

    A record runs away when it spans lines and either has not the file's usual number of fields although its first
    line alone has, or is made of lines that all have that number.
    """

    def __init__(self, text: str, width: int, delimiter: str) -> None:
        self.physical = list(_source(text))
        self.width = width
        self.delimiter = delimiter

    def among(self, rows: list[list[str]], lines: list[int]) -> bool:
        spans = zip(rows, lines, lines[1:], strict=False)
        return any(end - line > 1 and self.is_one(row, line, end) for row, line, end in spans)

    def is_one(self, row: list[str], line: int, end: int) -> bool:
        """`line` and `end` are 1-based; `end` is the first line after the record."""
        if self._width_alone(line) != self.width:
            return False
        return len(row) != self.width or all(
            self._width_alone(inner) == self.width for inner in range(line + 1, end) if self.physical[inner - 1].strip()
        )

    def apart(self) -> tuple[list[list[str]], list[int], int]:
        """All records again, each runaway's first line read alone; and how many those were."""
        rows: list[list[str]] = []
        lines = [1]
        mended = 0
        while lines[-1] <= len(self.physical):
            offset = lines[-1] - 1
            reader = csv.reader(islice(self.physical, offset, None), delimiter=self.delimiter)
            for row in reader:
                line, end = lines[-1], offset + reader.line_num + 1
                runaway = end - line > 1 and self.is_one(row, line, end)
                rows.append(self._alone(line) if runaway else row)
                lines.append(line + 1 if runaway else end)
                if runaway:
                    mended += 1
                    break
        return rows, lines, mended

    def _alone(self, line: int) -> list[str]:
        cells = self.physical[line - 1].rstrip("\r\n").split(self.delimiter)
        return [re.sub(r'^"(.*)"$|^"', r"\1", cell).replace('""', '"') for cell in cells]

    def _width_alone(self, line: int) -> int:
        return self.physical[line - 1].count(self.delimiter) + 1


def _without_runaways(
    text: str, rows: list[list[str]], lines: list[int], delimiter: str
) -> tuple[list[list[str]], list[int], int]:
    if lines[-1] == len(rows) + 1:
        return rows, lines, 0
    width = Counter(map(len, rows)).most_common(1)[0][0]
    runaways = _Runaways(text, width, delimiter)
    if width < 2 or not runaways.among(rows, lines):
        return rows, lines, 0
    return runaways.apart()
