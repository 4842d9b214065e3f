"""Workbooks: recognised by their bytes, the right sheet, cells as the text that a CSV would hold."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from typing import Any, Final

import openpyxl
import pytest

from dealergen.config import InventorySettings
from dealergen.errors import InventoryRefused, SettingsError
from dealergen.inventory.table import Table
from dealergen.inventory.tabulate import tabulate
from dealergen.inventory.workbook import is_workbook

MIDNIGHT: Final = dt.datetime.fromisoformat("2026-07-09T00:00")
HALF_PAST_TWO: Final = dt.datetime.fromisoformat("2026-07-09T14:30")
STOCK: list[list[Any]] = [["Stock", "Make", "Model", "Price"], ["S1", "Ford", "Transit", 41760]]


def workbook(**sheets: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table(data: bytes, **settings: Any) -> Table:
    return tabulate(data, "stock.csv", InventorySettings.model_validate(settings), None).table


def test_a_workbook_is_recognised_whatever_its_name_and_keeps_row_numbers() -> None:
    rows = [[], ["Our vans"], STOCK[0], [None] * 4, STOCK[1], [], ["S2", "Ram", 1500, 53316.44]]
    found = table(workbook(Vehicles=rows))
    assert found.header == ["Stock", "Make", "Model", "Price"]
    assert found.rows == [["S1", "Ford", "Transit", "41760"], ["S2", "Ram", "1500", "53316.44"]]
    assert (found.header_line, found.lines) == (3, [5, 7])
    assert (found.encoding, found.delimiter) == ("workbook", "sheet Vehicles")


def test_cells_become_plain_text() -> None:
    header = ["Make", "Model", "Price", "Date in stock", "Certified", "Mileage", "VIN"]
    values = ["Ford", 350, 0.1 + 0.2, MIDNIGHT, True, 12345678901, "007"]
    assert table(workbook(S=[header, values])).rows == [
        ["Ford", "350", "0.3", "2026-07-09", "TRUE", "12345678901", "007"]
    ]


def test_a_time_of_day_is_kept_when_there_is_one() -> None:
    data = workbook(S=[["Model", "Date in stock"], ["Uno", HALF_PAST_TWO]])
    assert table(data).rows == [["Uno", "2026-07-09 14:30:00"]]


def test_the_sheet_that_looks_like_an_inventory_is_taken() -> None:
    data = workbook(Summary=[["Total", 3]], Stock=STOCK, Notes=[["Ask Ana"]])
    assert table(data).delimiter == "sheet Stock"


def test_the_sheet_of_the_settings_is_taken() -> None:
    data = workbook(New=STOCK, Used=[STOCK[0], ["S9", "Fiat", "Uno", 9900]])
    assert table(data, sheet="Used").rows == [["S9", "Fiat", "Uno", "9900"]]


def test_an_unknown_sheet_is_an_error_with_the_nearest_one_and_the_list() -> None:
    with pytest.raises(SettingsError, match=r"no sheet named 'Usde'.*did you mean 'Used'") as wrong:
        table(workbook(New=STOCK, Used=STOCK), sheet="Usde")
    assert wrong.value.remedy == "Its sheets are: New, Used."


def test_a_hidden_sheet_is_not_taken_by_itself() -> None:
    book = openpyxl.Workbook()
    hidden, visible = book.worksheets[0], book.create_sheet("Showroom")
    hidden.title, hidden.sheet_state = "Costs", "hidden"
    for row in [[*STOCK[0], "VIN", "Year"], ["S0", "Ford", "Secret", 1, "x", 2020]]:
        hidden.append(row)
    for row in STOCK:
        visible.append(row)
    out = io.BytesIO()
    book.save(out)
    assert table(out.getvalue()).delimiter == "sheet Showroom"


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("inventory.csv", "make,model\n")
    assert is_workbook(out.getvalue())
    with pytest.raises(InventoryRefused, match="is a ZIP archive that holds no workbook"):
        table(out.getvalue())


@pytest.mark.parametrize("kept", [40, 400, 3000])
def test_a_workbook_cut_short_is_refused(kept: int) -> None:
    with pytest.raises(InventoryRefused, match="damaged workbook"):
        table(workbook(Vehicles=STOCK)[:kept])


def test_a_damaged_sheet_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(Vehicles=STOCK))) as whole, zipfile.ZipFile(out, "w") as broken:
        for entry in whole.infolist():
            content = whole.read(entry)
            broken.writestr(entry.filename, content[:200] if "sheet1" in entry.filename else content)
    with pytest.raises(InventoryRefused):
        table(out.getvalue())


def test_an_old_xls_that_is_a_web_page_is_refused_with_the_remedy() -> None:
    with pytest.raises(InventoryRefused, match="a web page") as refused:
        table(b"<html><table><tr><td>Marca</td></tr></table></html>")
    assert "save it as CSV or XLSX" in refused.value.remedy
