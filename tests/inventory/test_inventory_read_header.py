"""Header words made comparable, and the header row found among titles, blanks and junk."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealergen.config import InventorySettings
from dealergen.errors import InventoryRefused
from dealergen.inventory.header import words_of
from dealergen.inventory.table import Table
from dealergen.inventory.tabulate import tabulate


def table(text: str, settings: InventorySettings | None = None) -> Table:
    return tabulate(text.encode(), "stock.csv", settings or InventorySettings(), None).table


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("SellingPrice", "selling price"),
        ("stockNumber", "stock number"),
        ("Stock #", "stock"),
        ("g:additional_image_link", "additional image link"),
        ("Preço Público/Venda", "preco publico venda"),
        ("image[0].url", "image 0 url"),
        ("mileage.value", "mileage value"),
        ("  Combustível ", "combustivel"),
        ("ROK PRODUKCJI", "rok produkcji"),
        ("Außenfarbe", "aussenfarbe"),
        ("Skrzynia biegów/Łódź", "skrzynia biegow lodz"),
        ("VIN", "vin"),
        ("ﬁn", "fin"),
    ],
)
def test_headers_are_compared_without_case_accents_and_punctuation(header: str, words: str) -> None:
    assert words_of(header) == words


def test_rows_above_the_header_row_are_left_out() -> None:
    found = table("Estoque de novembro;;\n;;\nAtualizado em;22/11/2026;\nMarca;Modelo;Preço\nFiat;Uno;9900\n")
    assert found.header == ["Marca", "Modelo", "Preço"]
    assert found.header_line == 4
    assert (found.rows, found.lines) == ([["Fiat", "Uno", "9900"]], [5])


def test_blank_rows_are_left_out_and_the_others_keep_their_lines() -> None:
    found = table("make,model\n,\nFiat,Uno\n\n , \nFord,Ka\n,,,,,\n")
    assert found.rows == [["Fiat", "Uno"], ["Ford", "Ka"]]
    assert found.lines == [3, 6]


def test_a_header_row_repeated_by_joined_exports_is_no_vehicle() -> None:
    data = b"make,model\nFiat,Uno\nmake,model\nFord,Ka\n"
    found = tabulate(data, "stock.csv", InventorySettings(), None)
    assert found.table.rows == [["Fiat", "Uno"], ["Ford", "Ka"]]
    assert found.notes == ["the header row stands 1 more times among the data, and was left out there"]


def test_a_file_without_a_header_row_is_refused_with_its_first_row_and_the_remedy() -> None:
    with pytest.raises(InventoryRefused) as refused:
        table("S1,Fiat,Uno,2019,39900\nS2,Ford,Ka,2018,35900\n")
    assert "line 1 is already data: S1 | Fiat | Uno | 2019 | 39900" in refused.value.message
    assert "List the 5 columns" in refused.value.remedy
    assert "columns: [" in refused.value.remedy


def test_columns_listed_in_settings_read_a_file_without_a_header_row() -> None:
    settings = InventorySettings(columns=["stock_number", "make", "model", None, "price"])
    found = table("S1,Fiat,Uno,2019,39900\nS2,Ford,Ka,2018,35900\n", settings)
    assert found.header_line == 0
    assert found.header == ["column 1", "column 2", "column 3", "column 4", "column 5"]
    assert found.lines == [1, 2]


def test_a_header_row_is_skipped_when_settings_list_the_columns_all_the_same() -> None:
    settings = InventorySettings(columns=["make", "model", "price"])
    assert table("Make,Model,Price\nFiat,Uno,9900\n", settings).rows == [["Fiat", "Uno", "9900"]]


def test_a_file_with_a_header_row_and_nothing_below_is_refused() -> None:
    with pytest.raises(InventoryRefused, match="a header row and no vehicles"):
        table("make,model,price\n\n")


def test_headers_named_in_settings_are_found_though_no_word_of_them_is_known() -> None:
    settings = InventorySettings(columns={"model": "品名", "price": "売値"})
    assert table("在庫\n品名,売値\nUno,9900\n", settings).header == ["品名", "売値"]


def test_a_table_of_something_else_is_refused(tmp_path: Path) -> None:
    import datetime as dt

    from dealergen.inventory.read import read_inventory

    (tmp_path / "inventory.csv").write_text("name,email,phone\nAna,ana@mail.example,555\n", "utf-8")
    with pytest.raises(InventoryRefused, match="no column names a vehicle's make or model"):
        read_inventory(
            InventorySettings(), tmp_path, currency="BRL", distance="km", rooftops=(), now=dt.date(2026, 11, 22),
            cache=tmp_path,
        )  # fmt: skip
