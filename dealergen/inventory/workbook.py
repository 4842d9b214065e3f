"""A workbook (XLSX, XLSB, XLS, ODS) to records: the sheet is chosen, each cell becomes the text a CSV would hold."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Final

from dealergen.errors import InventoryRefused, SettingsError

from .decode import refusal
from .dialect import Recognised
from .header import SEARCHED
from .nearness import did_you_mean
from .records import Records

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

    Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_UNPACKED = 1_000_000_000


def is_workbook(data: bytes) -> bool:
    """Whether the bytes, whatever the file's name, are a ZIP or a compound document: a workbook or refused."""
    return data.startswith((_ZIP, _COMPOUND))


def read_workbook(data: bytes, file: str, recognised: Recognised, sheet: str | None = None) -> Records:
    """The records of `sheet`, or of the first visible sheet that looks most like an inventory.

    Raises InventoryRefused for a damaged, a protected or no workbook at all; SettingsError for an unknown sheet.
    """
    book = opened(data, file)
    name = _chosen(book, file, recognised, sheet)
    try:
        cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except Exception as error:  # calamine raises several unrelated classes for damage
        raise _damaged(file, error) from None
    rows = [list(map(cell_text, row)) for row in cells]
    return Records(rows, list(range(1, len(rows) + 1)), f"sheet {name}", "workbook")


def cell_text(value: Cell) -> str:
    """A cell as a CSV would hold it: `1500.0` → `1500`, a date in ISO form, a midnight's time left off."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(value, ".15g")
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time.min else value.isoformat(" ", "seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def _refuse_other_archives(data: bytes, file: str) -> None:
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise _damaged(file, error) from None
    names = {entry.filename for entry in entries}
    if not any(name.startswith("xl/") or name == "content.xml" for name in names):
        raise refusal(file, "a ZIP archive that holds no workbook")
    if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise InventoryRefused(
            f"{file} would unpack to more than {_MOST_UNPACKED // 1_000_000} MB",
            remedy="Save only the sheet of the stock, without pictures, as XLSX or CSV.",
        )


def opened(data: bytes, file: str) -> CalamineWorkbook:
    """The workbook in `data`. Raises InventoryRefused when there is none, or when it is damaged or protected."""
    from python_calamine import CalamineWorkbook, PasswordError

    if data.startswith(_ZIP):
        _refuse_other_archives(data, file)
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise InventoryRefused(
            f"{file} is protected by a password", remedy="Save a copy without a password, or as CSV."
        ) from None
    except Exception as error:  # calamine raises several unrelated classes for damage
        raise _damaged(file, error) from None


def _damaged(file: str, error: Exception) -> InventoryRefused:
    return InventoryRefused(
        f"{file} is a damaged workbook ({error})",
        remedy="Open it in a spreadsheet program and save it again as XLSX or CSV; check that the upload was complete.",
    )


def _chosen(book: CalamineWorkbook, file: str, recognised: Recognised, sheet: str | None) -> str:
    names = book.sheet_names
    if not names:
        raise InventoryRefused(f"{file} has no sheets", remedy="Save it again as XLSX or CSV.")
    if sheet is not None:
        if sheet not in names:
            raise SettingsError(
                f"{file} has no sheet named {sheet!r} (inventory.sheet){did_you_mean(sheet, names)}",
                remedy=f"Its sheets are: {', '.join(names)}.",
            )
        return sheet
    return max(_visible(book) or names, key=lambda name: _likeness(book, file, name, recognised))


def _visible(book: CalamineWorkbook) -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _likeness(book: CalamineWorkbook, file: str, name: str, recognised: Recognised) -> int:
    try:
        sheet: CalamineSheet = book.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False, nrows=SEARCHED)
    except Exception as error:  # calamine raises several unrelated classes for damage
        raise _damaged(file, error) from None
    return max((recognised(list(map(cell_text, row))) for row in rows), default=0)
