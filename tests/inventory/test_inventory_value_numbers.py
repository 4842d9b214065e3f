"""How the numbers of a column are understood: one format for all its cells, from the evidence of all its cells."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealergen.inventory.numbers import NUMBER, Quantity, format_of, number_of, plain

Decimals = Literal["auto", ".", ","]


def read(*texts: str, decimal: Decimals = "auto", quantity: Quantity = "money") -> list[Decimal | None]:
    style = format_of(texts, decimal, quantity)
    found = [NUMBER.search(plain(text)) for text in texts]
    return [number_of(match[0], style) if match else None for match in found]


def numbers(*values: str) -> list[Decimal | None]:
    return [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (["229.950", "269.950"], ["229950", "269950"]),
        (["6995.0", "13888", "0.0"], ["6995", "13888", "0"]),
        (["345297,32", "281330,9", "0"], ["345297.32", "281330.9", "0"]),
        (["R$ 58.990,00", "R$ 60.000"], ["58990", "60000"]),
        (["$13,999.00", "$8,500"], ["13999", "8500"]),
        (["$222.000,00"], ["222000"]),
        (["145.000 TL", "1.145.000 TL"], ["145000", "1145000"]),
        (["48900.00 CAD", "105950 SEK"], ["48900", "105950"]),
        (["€ 74\u202f999", "€ 9\u00a0500", "€ 12\u2009000,50"], ["74999", "9500", "12000.5"]),
        (["985 000 ₽", "20 000 000 F Cfa"], ["985000", "20000000"]),
        (["LKR 44,800,000 upwards"], ["44800000"]),
        (["1'234'567.89", "12’500"], ["1234567.89", "12500"]),
        (["1,23,456", "12,34,567"], ["123456", "1234567"]),
        (["１２３,４５６", "９,５００"], ["123456", "9500"]),
        (["12.900,-", "13.500.-"], ["12900", "13500"]),
        (["53316.44", "41760.0"], ["53316.44", "41760"]),
        (["5,7", "53,99", "229,95"], ["5700", "53990", "229950"]),
        (["33.424", "135,877"], ["33424", "135877"]),
    ],
)
def test_a_column_of_prices_is_read_as_its_writer_meant(texts: list[str], values: list[str]) -> None:
    assert read(*texts) == numbers(*values)


def test_small_fractions_stay_fractions_where_nothing_is_sold() -> None:
    assert read("5,7", "5,3", quantity="count") == numbers("5.7", "5.3")
    assert read("53,99", "5,7", quantity="count") == numbers("53.99", "5.7")


def test_a_cell_that_contradicts_its_column_is_refused_and_not_guessed() -> None:
    assert read("229.950", "269.950", "304.990", "6995.0") == [*numbers("229950", "269950", "304990"), None]
    assert read("1.234,56", "1,234.56", "99.9", "13,999.00") == [None, *numbers("1234.56", "99.9", "13999")]
    assert read("6995.0", "7995.5", "229.950") == [*numbers("6995", "7995.5"), None]


def test_mileages_that_lost_zeros_are_read_in_thousands() -> None:
    assert read("33.424", "45.12", "7.5", quantity="distance") == numbers("33424", "45120", "7500")


def test_the_setting_wins_over_the_evidence() -> None:
    assert read("229.950", decimal=".") == numbers("229.95")
    assert read("229.950", "1,5", decimal=",") == numbers("229950", "1.5")


def test_an_ambiguous_column_says_how_it_was_decided() -> None:
    note = format_of(["229.950"], "auto", "money").note
    assert note == '"229.950" is read as 229950 (a dot before three digits, in every cell)'
    assert format_of(["58.990,00", "60.000"], "auto", "money").note == ""
    assert "thousands" in format_of(["53,99", "48,5"], "auto", "money").note


def _dots(number: int) -> str:
    return f"{number:,}".replace(",", ".")


STYLES: dict[str, Callable[[int], str]] = {
    "plain": str,
    "dots": _dots,
    "commas": lambda number: f"{number:,}",
    "spaces": lambda number: f"{number:,}".replace(",", " "),
    "narrow spaces": lambda number: f"{number:,}".replace(",", "\u202f"),
    "Swiss": lambda number: f"CHF {number:,}.-".replace(",", "'"),
    "Brazilian": lambda number: f"R$ {_dots(number)},00",
    "American": lambda number: f"${number:,}.00",
    "German": lambda number: f"{_dots(number)},- €",
    "float as text": lambda number: f"{number}.0",
}


@pytest.mark.parametrize("style", STYLES)
@given(values=st.lists(st.integers(1000, 99_999_999), min_size=1, max_size=12))
def test_any_amounts_written_in_one_style_come_back(style: str, values: list[int]) -> None:
    assert read(*map(STYLES[style], values)) == [Decimal(value) for value in values]


@given(cents=st.lists(st.integers(100_000, 9_999_999_999), min_size=1, max_size=12))
def test_any_amounts_with_cents_come_back(cents: list[int]) -> None:
    amounts = [Decimal(cent) / 100 for cent in cents]
    english = [f"{amount:,.2f}" for amount in amounts]
    assert read(*english) == amounts
    assert read(*[text.translate(str.maketrans(",.", ".,")) for text in english]) == amounts


@given(st.lists(st.text(max_size=40), max_size=6), st.sampled_from(["money", "distance", "count"]))
def test_nothing_raises(texts: list[str], quantity: Quantity) -> None:
    assert len(read(*texts, quantity=quantity)) == len(texts)


@given(st.lists(st.from_regex(r"[ -]?[0-9][0-9.,' ]{0,14}", fullmatch=True), min_size=1, max_size=6))
def test_no_reading_is_negative_or_has_an_exponent(texts: list[str]) -> None:
    for value in read(*texts):
        assert value is None or (value >= 0 and "E" not in str(value))
