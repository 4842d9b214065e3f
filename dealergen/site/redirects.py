"""Where the addresses that are gone lead: always to one that is published now, so there are no chains and no loops."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping

from .records import UrlRecord

_LANGUAGE = re.compile(r"/?([a-z]{2}(?:-[a-z]{2})?)/", re.IGNORECASE)


def targets(
    gone: Mapping[str, UrlRecord], current: Mapping[str, str | None], suggest: Callable[[str, str | None], str | None]
) -> dict[str, str | None]:
    """Path → target for every path of `gone`; None where none of `current` fits."""
    wanted = {record.code for record in gone.values() if record.code}
    pages = _pages_of(wanted, current)
    return {path: _target(path, record, current, pages, suggest) for path, record in gone.items()}


def _pages_of(codes: Collection[str], current: Mapping[str, str | None]) -> dict[str, list[str]]:
    pages: dict[str, list[str]] = defaultdict(list)
    for path, code in current.items():
        if code in codes and code is not None:
            pages[code].append(path)
    return pages


def _target(
    path: str,
    record: UrlRecord,
    current: Mapping[str, str | None],
    pages: Mapping[str, list[str]],
    suggest: Callable[[str, str | None], str | None],
) -> str | None:
    if moved := pages.get(record.code or ""):
        return min(moved, key=lambda page: (_language(page) != _language(path), _kind(page) != _kind(path), page))
    suggested = suggest(path, record.code)
    if suggested in current:
        return suggested
    return record.to if record.to in current else None


def _language(path: str) -> str:
    """The language that opens a path (`en` of `/en/inventory/…`); empty at the root, where the default language is."""
    match = _LANGUAGE.match(path)
    return match[1].lower() if match else ""


def _kind(path: str) -> str:
    """What follows the last slash or dot, so that a page leads to a page and a file to its like."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2] if "." in name else ""
