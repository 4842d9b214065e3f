"""Codes that a vehicle keeps, VINs and plates, and one vehicle on two rows."""

from __future__ import annotations

import dataclasses
import random
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealergen.inventory.duplicates import without_duplicates
from dealergen.inventory.identity import code_of, give_codes
from dealergen.inventory.vehicle import Vehicle
from dealergen.inventory.vins import check_digit, plate_doubt, plate_of, vin_doubt, vin_of

TEXTBOOK = ["1M8GDM9AXKP042788", "1HGCM82633A004352"]
"""The examples by which the check digit of 49 CFR 565 is commonly explained."""
RIGHT = [*TEXTBOOK, "9BDZZZ000N0000001", "9BGZZZ000N0000002"]
"""The last two are invented: Brazilian numbers have no check digit."""


def vehicle(line: int = 2, file: str = "stock.csv", **facts: Any) -> Vehicle:
    return dataclasses.replace(Vehicle("", file, line, make="Fiat", model="Argo", year=2022), **facts)


def coded(*vehicles: Vehicle, plates: list[str] | None = None) -> list[str]:
    give_codes(vehicles, plates or [""] * len(vehicles))
    return [one.sealed().code for one in vehicles]


@pytest.mark.parametrize("vin", [*TEXTBOOK, "11111111111111111"])
def test_a_right_check_digit_is_no_doubt(vin: str) -> None:
    assert check_digit(vin) == vin[8]
    assert vin_doubt(vin, 2015) is None


def test_a_wrong_check_digit_is_a_doubt_in_north_america_only() -> None:
    doubt = vin_doubt("1M8GDM9A4KP042788", 1989)
    assert doubt is not None
    assert doubt.code == "inventory.vin-check-digit"
    assert "is 4 and should be X" in doubt.message
    assert vin_doubt("9BDZZZ000N0000001", 2022) is None
    assert vin_doubt("WVWZZZ00ZMW000000", 2021) is None


def test_length_and_letters_count_since_1981() -> None:
    short = vin_doubt("AB12345678", 1990)
    assert short is not None
    assert short.code == "inventory.vin-malformed"
    assert vin_doubt("AB12345678", 1970) is None
    assert vin_doubt("1G1OO0H0000000001", 2005) is not None


@pytest.mark.parametrize(
    ("text", "vin"),
    [("9bdzzz000n0000001", "9BDZZZ000N0000001"), ("9BD-ZZZ 000.N0000001", "9BDZZZ000N0000001"),
     ("9BGZZZ000N0000002  ", "9BGZZZ000N0000002"), ("AB12345678", "AB12345678")],
)  # fmt: skip
def test_a_vin_is_read_in_capitals_without_separators(text: str, vin: str) -> None:
    assert vin_of(text) == vin


@pytest.mark.parametrize(
    "text",
    ["NOVIN-1234567", "11111111111111111", "0", "12345678901234567", "ABC", "XXXXXXXXXXXXXXXXX", "SEM CHASSI 12345",
     "UNKNOWN123456", "", "00000000000000000"],
)  # fmt: skip
def test_placeholders_are_no_vins(text: str) -> None:
    assert vin_of(text) == ""


def test_brazilian_plates_have_two_forms() -> None:
    assert [plate_of(text) for text in ("ABC-1234", "abc1d23", "ABC-9D32", "        ", "-")] == [
        "ABC1234", "ABC1D23", "ABC9D32", "", "",
    ]  # fmt: skip
    assert plate_doubt("ABC-1234", "BRL") is None
    assert plate_doubt("ABC-9D32", "BRL") is None
    assert plate_doubt("", "BRL") is None
    assert plate_doubt("B-MW 1234", "EUR") is None
    doubt = plate_doubt("AB-123-CD", "BRL")
    assert doubt is not None
    assert doubt.code == "inventory.plate-malformed"


def test_a_code_is_eight_plain_characters() -> None:
    assert len(code_of("vin:9BDZZZ000N0000001")) == 8
    assert len(code_of("vin:9BDZZZ000N0000001", 16)) == 16
    assert not set("".join(code_of(str(number)) for number in range(500))) & set("ilou")


def test_a_code_does_not_follow_the_price_or_the_row() -> None:
    facts: list[dict[str, Any]] = [{"vin": RIGHT[0]}, {"stock_number": "A1"}, {"color": "Red"}]
    for fact in facts:
        before = coded(vehicle(2, price=Decimal(10000), **fact))
        after = coded(vehicle(90, price=Decimal(9000), photos=("/1.jpg",), **fact))
        assert before == after


def test_the_first_number_that_there_is_gives_the_code() -> None:
    full = vehicle(vin=RIGHT[0], stock_number="A1")
    assert coded(full, plates=["ABC1234"]) == coded(vehicle(vin=RIGHT[0], stock_number="B2"))
    assert full.known_by == "vin"
    stocked, plated, bare = vehicle(stock_number="A1"), vehicle(), vehicle(color="Blue")
    coded(stocked, plated, bare, plates=["ABC1234", "XYZ1234", ""])
    assert [stocked.known_by, plated.known_by, bare.known_by] == ["stock_number", "plate", "row"]


def test_a_stock_number_of_two_rooftops_is_two_vehicles() -> None:
    alone = coded(vehicle(stock_number="A1", rooftop="centro"))
    both = coded(vehicle(stock_number="A1", rooftop="centro"), vehicle(stock_number="A1", rooftop="norte"))
    assert len(set(both)) == 2
    assert alone[0] not in both


def test_a_stock_number_on_different_vehicles_tells_nothing_alone() -> None:
    assert len(set(coded(vehicle(stock_number="1"), vehicle(stock_number="1", model="Uno")))) == 2


def test_a_vin_on_many_different_vehicles_is_a_placeholder() -> None:
    vehicles = [vehicle(vin="9BD00000000000123", model=model) for model in ("Argo", "Uno", "Toro")]
    assert len(set(coded(*vehicles))) == 3
    assert [one.vin for one in vehicles] == ["", "", ""]


def test_equal_rows_without_numbers_are_several_cars() -> None:
    codes = coded(*[vehicle(line) for line in range(2, 7)])
    assert len(set(codes)) == 5
    assert set(coded(vehicle(2), vehicle(3))) < set(codes)


FACTS = st.fixed_dictionaries(
    {
        "vin": st.sampled_from(["", "", *RIGHT]),
        "stock_number": st.sampled_from(["", "A1", "A2", "0"]),
        "rooftop": st.sampled_from(["centro", "norte"]),
        "model": st.sampled_from(["Argo", "Uno"]),
        "color": st.sampled_from(["", "Red"]),
        "price": st.sampled_from([None, Decimal(5000), Decimal(6000)]),
    }
)


@given(st.lists(st.tuples(FACTS, st.sampled_from(["", "", "ABC1234"])), max_size=14), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_code(rows: list[tuple[dict[str, Any], str]], shuffle: random.Random) -> None:
    def codes(ordered: list[tuple[dict[str, Any], str]]) -> Counter[str]:
        vehicles = [vehicle(**facts) for facts, _ in ordered]
        give_codes(vehicles, [plate for _, plate in ordered])
        return Counter(f"{one.code} {one.vin} {one.stock_number} {one.model} {one.price}" for one in vehicles)

    shuffled = rows[:]
    shuffle.shuffle(shuffled)
    assert codes(shuffled) == codes(rows)


@given(st.lists(st.tuples(FACTS, st.sampled_from(["", "", "ABC1234"])), max_size=14), st.sampled_from([1, 2]))
def test_after_duplicates_are_gone_every_code_is_unique(rows: list[tuple[dict[str, Any], str]], files: int) -> None:
    taken: list[Vehicle] = []
    for number in range(files):
        part = rows[number::files]
        vehicles = [vehicle(file=f"{number}.csv", **facts) for facts, _ in part]
        coded(*vehicles, plates=[plate for _, plate in part])
        taken.extend(vehicles)
    left, gone = without_duplicates(taken, "newest")
    assert len({one.code for one in left}) == len(left) == len(taken) - len(gone)
    assert all(one.digest == dataclasses.replace(one).sealed().digest for one in left)


def test_of_two_rows_with_one_vin_the_newest_is_kept() -> None:
    old, new = vehicle(2, vin=RIGHT[0], price=Decimal(9000)), vehicle(3, vin=RIGHT[0], model="Argo Drive")
    coded(old, new)
    left, gone = without_duplicates([old, new], "newest")
    assert left == [new]
    assert [(one.identity, one.kept, one.dropped) for one in gone] == [
        (f"VIN {RIGHT[0]}", "stock.csv:3", "stock.csv:2")
    ]


def test_or_the_fullest() -> None:
    full, empty = vehicle(2, vin=RIGHT[0], price=Decimal(9000), trim="Drive"), vehicle(3, vin=RIGHT[0])
    coded(full, empty)
    assert without_duplicates([full, empty], "fullest")[0] == [full]


def test_one_stock_number_on_like_rows_is_one_vehicle() -> None:
    first, second = vehicle(2, stock_number="A1"), vehicle(3, stock_number="A1", price=Decimal(5000))
    coded(first, second)
    left, gone = without_duplicates([first, second], "newest")
    assert left == [second]
    assert gone[0].identity == "stock number A1"


def test_one_stock_number_in_two_files_on_different_vehicles_is_two() -> None:
    first, second = vehicle(file="a.csv", stock_number="1"), vehicle(file="b.csv", stock_number="1", model="Uno")
    coded(first)
    coded(second)
    left, gone = without_duplicates([first, second], "newest")
    assert len(left) == 2
    assert left[0].code != left[1].code
    assert not gone
