"""Prices: what is one, what means "ask us", which of several columns is asked, and foreign currencies."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealergen.inventory.money import asking_price, foreign_currency, is_placeholder, read_prices


def price(text: str, *others: str, decimal: Literal["auto", ".", ","] = "auto") -> Decimal | None:
    return read_prices([text, *others], decimal).values[text]


@pytest.mark.parametrize(
    "text",
    ["0", "0.01", "$0.00", "1", "12", "123", "1234", "12345", "123456", "99999", "1111", "111111", "11111111"],
)
def test_numbers_typed_to_fill_a_required_field_mean_ask(text: str) -> None:
    meaning = read_prices([text, "13999"], "auto")
    assert meaning.values[text] is None
    assert not meaning.doubts


@pytest.mark.parametrize(
    "text",
    ["on request", "Price on Request", "Consulte", "SOB CONSULTA", "Call for price", "Preis auf Anfrage", "sur demande",
     "A consultar", "Prezzo su richiesta", "NULL", "-", "  ", "R$", "N/A", "Nous consulter", "POA"],
)  # fmt: skip
def test_words_for_on_request_mean_ask_without_a_warning(text: str) -> None:
    meaning = read_prices([text], "auto")
    assert meaning.values == {text: None}
    assert not meaning.doubts


@pytest.mark.parametrize("text", ["999", "9999", "500", "98765", "10000", "120000"])
def test_common_prices_are_no_placeholders(text: str) -> None:
    assert not is_placeholder(Decimal(text))
    assert price(text) == Decimal(text)


def test_equal_prices_are_equal_however_they_are_written() -> None:
    values = read_prices(["6995.0", "6995", "6995.00"], "auto").values
    assert {str(value) for value in values.values()} == {"6995"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("-5000", "negative"), ("(5,000)", "negative"), ("1.2E+05", "spreadsheet"),
        ("10.000 - 12.000", "more than one"), ("Preto", "not a price"), ("2.0 Turbo", "not a price"),
    ],
)  # fmt: skip
def test_what_is_no_price_is_refused_with_its_reason(text: str, why: str) -> None:
    meaning = read_prices([text], "auto")
    assert meaning.values[text] is None
    assert why in meaning.doubts[text].message
    assert meaning.doubts[text].code == "inventory.price-unreadable"


def test_tax_beside_a_price_is_no_second_number() -> None:
    assert price("19.900 € (19% MwSt.)") == Decimal(19900)


def test_the_sale_price_is_asked_and_the_list_price_was() -> None:
    sale, listed, msrp = Decimal(9000), Decimal(10000), Decimal(12000)
    assert asking_price(sale, listed, None, None) == (sale, listed)
    assert asking_price(None, listed, msrp, None) == (listed, None)
    assert asking_price(None, None, msrp, None) == (msrp, None)
    assert asking_price(None, None, None, listed) == (None, None)


def test_a_price_before_is_shown_only_when_it_was_higher() -> None:
    assert asking_price(None, Decimal(100), None, Decimal(90)) == (Decimal(100), None)
    assert asking_price(None, Decimal(100), None, Decimal(100)) == (Decimal(100), None)
    assert asking_price(None, Decimal(100), None, Decimal(110)) == (Decimal(100), Decimal(110))
    assert asking_price(Decimal(110), Decimal(100), None, None) == (Decimal(110), None)


@pytest.mark.parametrize(
    ("text", "currency", "named"),
    [
        ("48900.00 CAD", "USD", "CAD"), ("5.000 TL", "BRL", "TRY"), ("€ 5.000", "BRL", "EUR"),
        ("US$ 5,000", "CAD", "USD"), ("985 000 ₽", "BRL", "RUB"),
    ],
)  # fmt: skip
def test_a_foreign_currency_is_noticed(text: str, currency: str, named: str) -> None:
    assert foreign_currency([text], "", currency) == (named, text)


@pytest.mark.parametrize(
    ("text", "currency"),
    [("$ 5,000", "CAD"), ("R$ 5.000", "BRL"), ("5000 kr", "NOK"), ("F Cfa 5 000 000", "XOF"), ("try me 5000", "BRL"),
     ("RS 5.000", "BRL"), ("£8,000", "GBP")],
)  # fmt: skip
def test_the_own_currency_is_not(text: str, currency: str) -> None:
    assert foreign_currency([text], "", currency) is None


def test_a_header_names_the_currency_too() -> None:
    assert foreign_currency(["5000"], "CAD", "BRL") == ("CAD", "")
    assert foreign_currency(["5000"], "BRL", "BRL") is None


@given(st.lists(st.text(max_size=60), max_size=8))
def test_nothing_raises_and_every_text_has_a_meaning(texts: list[str]) -> None:
    values = read_prices(texts, "auto").values
    assert set(values) == set(texts)
    assert all(value is None or value >= 100 for value in values.values())
