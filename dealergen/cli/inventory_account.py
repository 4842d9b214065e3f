"""What a check of the inventory found, for machines (JSON) and for the system's vendor (CSV)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from dealergen.errors import DealergenError, InventoryRefused, Place, Problem, UsageError

if TYPE_CHECKING:
    from dealergen.inventory import Inventory

_REPORT_COLUMNS = ("file", "line", "column", "value", "message", "remedy")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def exit_code_of(found: Inventory | None, refusal: DealergenError | None) -> int:
    """0 fine, 1 rows were set aside, else the refusal's own."""
    if refusal is not None:
        return refusal.exit_code
    return 1 if found is not None and found.set_aside else 0


def account_of(found: Inventory | None, refusal: DealergenError | None) -> dict[str, object]:
    """The whole account: `ok`, `exit_code`, `error`, `vehicles` (a count), `files`, and the lists of problems."""
    account: dict[str, object] = {"ok": refusal is None and not (found and found.set_aside)}
    account["exit_code"] = exit_code_of(found, refusal)
    if refusal is not None:
        problems = [problem.as_json() for problem in refusal.problems]
        account["error"] = {"message": refusal.message, "remedy": refusal.remedy, "problems": problems}
    if found is not None:
        account["vehicles"] = len(found.vehicles)
        account["files"] = [asdict(file) for file in found.files]
        account["set_aside"] = [problem.as_json() for problem in found.set_aside]
        account["warnings"] = [problem.as_json() for problem in found.warnings]
        account["duplicates"] = [asdict(duplicate) for duplicate in found.duplicates]
    return account


def write_report(path: Path, found: Inventory | None, refusal: DealergenError | None) -> None:
    """A CSV that a spreadsheet program opens as text: UTF-8 with its mark, and no cell that starts a formula."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(_REPORT_COLUMNS)
            for problem in _problems(found, refusal):
                known = problem.as_json()
                writer.writerow([_inert(known[column]) for column in _REPORT_COLUMNS])
    except OSError as error:
        raise UsageError(f"--csv {path} cannot be written: {error.strerror}", remedy="Name another file.") from None


def _problems(found: Inventory | None, refusal: DealergenError | None) -> Iterator[Problem]:
    if refusal is not None:
        yield from _refusals(refusal)
    if found is not None:
        yield from found.set_aside
        yield from found.warnings
        for duplicate in found.duplicates:
            file, _, line = duplicate.dropped.rpartition(":")
            message = f"the same vehicle as {duplicate.kept}, which is kept"
            place = Place(file, int(line) if line.isdigit() else None)
            yield Problem("inventory.duplicate", message, place, duplicate.identity, "Remove one of the two rows.")


def _refusals(refusal: DealergenError) -> Iterable[Problem]:
    code = "inventory.refused" if isinstance(refusal, InventoryRefused) else "inventory.settings"
    return refusal.problems or (Problem(code, refusal.message, remedy=refusal.remedy),)


def _inert(value: object) -> str:
    text = "" if value is None else str(value)
    return "'" + text if text.startswith(_FORMULA_STARTS) else text
