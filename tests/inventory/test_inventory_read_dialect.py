"""Text to records: delimiters by parsing, quotes, line ends, and the line on which each record starts."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealergen.inventory.alias import alias_of
from dealergen.inventory.decode import Decoded
from dealergen.inventory.dialect import parse
from dealergen.inventory.records import Records


def known(cells: Sequence[str]) -> int:
    return sum(alias_of(cell) is not None for cell in cells)


def records(text: str, delimiter: str = "auto") -> Records:
    return parse(Decoded(text, "utf-8"), known, delimiter)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_delimiter_is_found(delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in (["make", "model", "price"], ["Fiat", "Uno", "9900"]))
    assert records(text).delimiter == delimiter


def test_decimal_commas_in_every_row_do_not_make_a_semicolon_file_comma_separated() -> None:
    text = "marca;modelo;preço\nFiat;Uno;19900,50\nFord;Ka;21900,00\nVW;Gol;25900,10\n"
    found = records(text)
    assert found.delimiter == ";"
    assert found.rows[1] == ["Fiat", "Uno", "19900,50"]


def test_lists_of_features_and_photos_do_not_win_over_the_real_delimiter() -> None:
    row = "Fiat,Uno,9900,ABS|Airbag|Alarm|Radio|Sunroof,a.jpg;b.jpg;c.jpg;d.jpg;e.jpg;f.jpg"
    assert records("make,model,price,features,photos\n" + "\n".join([row] * 5)).delimiter == ","


def test_tabs_are_found_whatever_the_file_is_called() -> None:
    assert records("model\tprice\tengine\nUno, 1.0\t229.950\tBEV, AWD\n").delimiter == "\t"


def test_the_chosen_delimiter_is_obeyed() -> None:
    assert records("make,model;x\nFiat,Uno;y\n", ";").rows == [["make,model", "x"], ["Fiat,Uno", "y"]]


def test_the_separator_line_that_spreadsheet_programs_write_is_obeyed_and_left_out() -> None:
    found = records("sep=;\r\nmake;model\r\nFiat;Uno\r\n")
    assert found.delimiter == ";"
    assert found.rows == [["make", "model"], ["Fiat", "Uno"]]
    assert found.lines == [2, 3]


def test_newlines_inside_quotes_belong_to_the_cell_and_lines_are_counted_as_editors_do() -> None:
    found = records('make;model;price\nFiat;"Uno\n1.0";9900\n\nFord;Ka;8800\n')
    assert found.rows == [["make", "model", "price"], ["Fiat", "Uno\n1.0", "9900"], [], ["Ford", "Ka", "8800"]]
    assert found.lines == [1, 2, 4, 5]


def test_doubled_quotes_are_one_quote() -> None:
    assert records('make,trim\nFord,"147"" LT"\n').rows[1] == ["Ford", '147" LT']


def test_line_ends_may_be_mixed() -> None:
    found = records("make,model\r\nFiat,Uno\rFord,Ka\nVW,Gol")
    assert found.rows == [["make", "model"], ["Fiat", "Uno"], ["Ford", "Ka"], ["VW", "Gol"]]
    assert found.lines == [1, 2, 3, 4]


def test_other_unicode_line_separators_stay_inside_their_cell() -> None:
    assert records("make,model\nFiat,U\u2028no\x85\n").rows[1] == ["Fiat", "U\u2028no\x85"]


def test_a_quote_that_never_closes_costs_no_other_row() -> None:
    rows = ["make,model,price", 'Fiat,"Uno,9900', "Ford,Ka,8800", "VW,Gol,7700"]
    found = records("\n".join(rows) + "\n")
    assert found.rows == [
        ["make", "model", "price"],
        ["Fiat", "Uno", "9900"],
        ["Ford", "Ka", "8800"],
        ["VW", "Gol", "7700"],
    ]
    assert found.lines == [1, 2, 3, 4]
    assert found.notes == ["1 records with a quote that never closes were read line by line"]


def test_two_stray_quotes_do_not_glue_the_rows_between_them() -> None:
    text = 'make,model,price\nFiat,Uno,"9900\nFord,Ka,8800\nVW,"Gol,7700\nGM,Onix,6600\n'
    assert [row[1] for row in records(text).rows] == ["model", "Uno", "Ka", "Gol", "Onix"]


def test_an_inch_mark_inside_a_cell_is_just_a_character() -> None:
    assert records('make,trim,price\nFord,6" lift,9900\n').rows[1] == ["Ford", '6" lift', "9900"]


def test_a_cell_of_a_megabyte_is_legal() -> None:
    found = records("make,model,description\nFiat,Uno," + "x" * 1_000_000 + "\n")
    assert len(found.rows[1][2]) == 1_000_000


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@settings(max_examples=80, deadline=None)
@given(
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    rows=st.lists(st.lists(CELL, min_size=4, max_size=4), min_size=1, max_size=8),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_a_csv_writer_quotes_is_read_back(delimiter: str, rows: list[list[str]], end: str) -> None:
    out = io.StringIO()
    table = [["make", "model", "year", "price"], *rows]
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(table)
    text = out.getvalue()
    found = records(text, "tab" if delimiter == "\t" else delimiter)
    assert found.rows == table
    starts = [1]
    for row in table:
        newlines = sum(cell.replace("\r\n", "\n").count("\n") + cell.replace("\r\n", "\n").count("\r") for cell in row)
        starts.append(starts[-1] + 1 + newlines)
    assert found.lines == starts[:-1]
