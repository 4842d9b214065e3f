"""Make, model, trim and year out of titles, and one spelling for each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealergen.inventory.casing import (
    color_spelling,
    known_makes,
    make_of_vin,
    make_spellings,
    model_spellings,
    trim_spelling,
)  # fmt: skip
from dealergen.inventory.names import Names, recovered_names
from dealergen.inventory.titles import Title, parsed_title, without_make
from dealergen.inventory.words import document
from dealergen.inventory.years import YearOf


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("2016 Kia Forte 5-Door", Title("Kia", "Forte", "5-Door", 2016)),
        ("Chevrolet Onix 1.0 2021", Title("Chevrolet", "Onix", "1.0", 2021)),
        ("BYD Yuan Plus (2025/26)", Title("BYD", "Yuan Plus", "", 2026, 2025)),
        ("Volvo EX30 Core", Title("Volvo", "EX30", "Core")),
        ("2009 Yamaha YZF-R6", Title("Yamaha", "YZF-R6", "", 2009)),
        ("2017 RAM 1500", Title("Ram", "1500", "", 2017)),
        ("2014 Mercedes-Benz GL-Class", Title("Mercedes-Benz", "GL-Class", "", 2014)),
        ("Mercedes Benz Sprinter", Title("Mercedes-Benz", "Sprinter")),
        ("VW Tiguan R-Line 2025", Title("Volkswagen", "Tiguan", "R-Line", 2025)),
        ("Land Rover Range Rover Sport HSE", Title("Land Rover", "Range Rover Sport", "HSE")),
        ("Range Rover Evoque 2019", Title("Land Rover", "Range Rover Evoque", "", 2019)),
        ("Alfa Romeo Giulia Veloce", Title("Alfa Romeo", "Giulia", "Veloce")),
        ("Aston Martin DB11", Title("Aston Martin", "DB11")),
        ("Peugeot 2008 Allure 2022", Title("Peugeot", "2008", "Allure", 2022)),
        ("Peugeot 2008", Title("Peugeot", "2008")),
        ("GWM Ora 03 GT", Title("GWM", "Ora 03", "GT")),
        ("Fiat 500 2020/2021", Title("Fiat", "500", "", 2021, 2020)),
        ("LION'S COACH / R07", Title("", "LION'S COACH / R07")),
        ("", Title()),
    ],
)
def test_a_title_is_taken_apart(text: str, title: Title) -> None:
    assert parsed_title(text, 2028) == title


@pytest.mark.parametrize(
    ("model", "make", "cut"),
    [
        ("Ram Pickup 1500", "Ram", "Pickup 1500"), ("Ford Ka", "Ford", "Ka"), ("Ford Ford Ka", "Ford", "Ka"),
        ("Mini", "MINI", "Mini"), ("Ramcharger", "Ram", "Ramcharger"), ("MINI COOPER", "MINI", "COOPER"),
        ("Land Rover Discovery", "Land Rover", "Discovery"), ("Corsa", "", "Corsa"),
    ],
)  # fmt: skip
def test_a_model_does_not_repeat_its_make(model: str, make: str, cut: str) -> None:
    assert without_make(model, make) == cut


def test_makes_have_the_spelling_of_their_owners() -> None:
    written = ["FORD", "Ford", "ALFA ROMEO", "citroen", "RAM", "mini", "gmc", "skoda", "bmw", "MERCEDES BENZ", "vw"]
    spelled = make_spellings(dict.fromkeys(written, 1))
    assert [spelled[make] for make in written] == [
        "Ford", "Ford", "Alfa Romeo", "Citroën", "Ram", "MINI", "GMC", "Škoda", "BMW", "Mercedes-Benz", "Volkswagen",
    ]  # fmt: skip


def test_an_unknown_make_has_the_files_spelling() -> None:
    assert make_spellings({"ZOOMCAR": 9, "Zoomcar": 1})["ZOOMCAR"] == "Zoomcar"
    assert make_spellings({"ACMEWAGEN": 1})["ACMEWAGEN"] == "Acmewagen"


def test_models_have_their_commonest_spelling() -> None:
    assert set(model_spellings({"Mdx": 1, "MDX": 3}).values()) == {"MDX"}
    assert set(model_spellings({"ESCAPE": 6, "Escape": 4}).values()) == {"Escape"}
    assert set(model_spellings({"corolla": 4, "Corolla": 5}).values()) == {"Corolla"}


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("CR-V", "CR-V"), ("HB20", "HB20"), ("S10", "S10"), ("EX30", "EX30"), ("GRAND CHEROKEE", "Grand Cherokee"),
        ("TONALE EAWD (PHEV)", "Tonale EAWD (PHEV)"), ("GLA-CLASS", "GLA-Class"), ("e-tron", "e-tron"), ("FIT", "Fit"),
        ("LION'S COACH / R07", "Lion's Coach / R07"), ("TLX", "TLX"), ("SANTA FE", "Santa Fe"),
    ],
)  # fmt: skip
def test_shouted_models_are_lowered_but_codes_stay(written: str, spelled: str) -> None:
    assert model_spellings({written: 1})[written] == spelled


def test_trims_and_colours_are_not_shouted() -> None:
    assert trim_spelling("LIMITED PLATINUM") == "Limited Platinum"
    assert trim_spelling("2.0 TDI COMFORTLINE") == "2.0 TDI Comfortline"
    assert trim_spelling("SXT PLUS") == "SXT PLUS"
    assert trim_spelling("Sport GT LINE") == "Sport GT LINE"
    assert color_spelling("*PRETO OURO NEGRO (GB8) MET ") == "Preto Ouro Negro Met"
    assert color_spelling("Summit White") == "Summit White"


def named(make: str = "", model: str = "", trim: str = "", title: str = "", vin: str = "", default: str = "") -> Names:
    return recovered_names([make], [model], [trim], [title], [vin], default_make=default, latest=2028)


def only(names: Names) -> tuple[str, str, str]:
    return names.make[0], names.model[0], names.trim[0]


def test_names_come_from_their_columns_first() -> None:
    assert only(named("FORD", "FORD KA", "SE", "2010 Fiat Uno")) == ("Ford", "Ka", "SE")


def test_names_come_out_of_a_title_when_they_have_no_columns() -> None:
    names = named(title="2016 Kia Forte 5-Door")
    assert only(names) == ("Kia", "Forte", "5-Door")
    assert names.title_years == [YearOf(2016)]


def test_a_trim_of_its_own_leaves_the_whole_title_to_the_model() -> None:
    assert only(named(title="2016 Kia Forte 5-Door", trim="EX")) == ("Kia", "Forte 5-Door", "EX")
    assert only(named(title="2021 Honda Civic EX", trim="EX")) == ("Honda", "Civic", "EX")


def test_a_model_that_holds_all_is_taken_apart() -> None:
    assert only(named(model="Volvo EX30 Core")) == ("Volvo", "EX30", "Core")
    assert only(named(model="MAN TGX 18.440 4X2 BLS")) == ("MAN", "TGX", "18.440 4X2 BLS")


def test_a_model_without_a_known_make_stays_whole() -> None:
    assert only(named(model="LION'S COACH / R07")) == ("", "Lion's Coach / R07", "")
    assert only(named(model="LION'S COACH / R07", default="MAN")) == ("MAN", "Lion's Coach / R07", "")


def test_the_vin_names_the_make_when_nothing_else_does() -> None:
    assert only(named(model="TRACKER 1.0", vin="9BGZZZ000N0000002"))[0] == "Chevrolet"
    assert only(named(model="TRACKER 1.0", vin="9BGZZZ000N0000002", default="Opel"))[0] == "Opel"
    assert make_of_vin("ZZZ00000000000000") == ""


def test_a_row_that_names_nothing_says_so() -> None:
    assert named(vin="9BGZZZ000N0000002", default="MAN").told == [False]
    assert named(model="Onix").told == [True]


def test_every_make_of_a_vin_and_every_heavy_make_is_in_the_dictionary() -> None:
    makes = set(known_makes().values())
    assert set(document("makes")["wmi"].values()) <= makes
    assert set(document("makes")["heavy"]) <= makes
    assert all(len(wmi) == 3 for wmi in map(str, document("makes")["wmi"]))


@given(st.text(max_size=80))
def test_nothing_raises_and_nothing_is_invented(text: str) -> None:
    title = parsed_title(text, 2028)
    assert title.make in {"", *known_makes().values()}
    assert title.year is None or 1900 <= title.year <= 2030


@given(st.lists(st.from_regex(r"[a-z]{1,12}( [a-z0-9]{1,6})?", fullmatch=True), min_size=1, max_size=8))
def test_spellings_that_differ_in_case_alone_become_one(texts: list[str]) -> None:
    spelled = model_spellings({variant: 1 for text in texts for variant in (text, text.upper(), text.title())})
    for text in texts:
        assert spelled[text] == spelled[text.upper()] == spelled[text.title()]
