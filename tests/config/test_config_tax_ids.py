from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealergen.config.tax_ids import cnpj_fault


@pytest.mark.parametrize(
    "number",
    [
        "11.222.333/0001-81",
        "11222333000181",
        "12.ABC.345/01DE-35",  # the example in Receita Federal's own description of CNPJs with letters
        "12.abc.345/01de-35",
    ],
)
def test_numbers_whose_check_digits_hold(number: str) -> None:
    assert cnpj_fault(number) is None


@pytest.mark.parametrize("number", ["11.222.333/0001-82", "11.222.333/0001-18", "12.ABC.345/01DE-53"])
def test_a_wrong_check_digit_is_found(number: str) -> None:
    assert "check digits" in (cnpj_fault(number) or "")


@pytest.mark.parametrize("number", ["", "123", "11.222.333/0001-8", "11.222.333/0001-811", "11.222.333/0001-8A"])
def test_a_wrong_length_is_found(number: str) -> None:
    assert "14 places" in (cnpj_fault(number) or "")


@pytest.mark.parametrize("digit", ["0", "1", "9"])
def test_one_digit_over_and_over_is_no_number_though_it_adds_up(digit: str) -> None:
    assert "over and over" in (cnpj_fault(digit * 14) or "")


@given(place=st.integers(0, 11), digit=st.sampled_from("0123456789"))
def test_any_one_mistyped_digit_is_found(place: int, digit: str) -> None:
    number = "11222333000181"
    mistyped = number[:place] + digit + number[place + 1 :]
    assert (cnpj_fault(mistyped) is None) == (mistyped == number)
