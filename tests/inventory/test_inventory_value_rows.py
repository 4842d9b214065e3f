"""Whole tables in, vehicles out: what is taken, what is set aside and why, and what is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealergen.config import InventorySettings, Rooftop
from dealergen.errors import SettingsError
from dealergen.inventory.fields import FIELDS
from dealergen.inventory.rows import ReadContext, Rows, vehicles_of
from dealergen.inventory.table import Mapping, Table
from dealergen.inventory.vehicle import Vehicle


def rooftop(name: str, *aliases: str) -> Rooftop:
    address = {"street": "Rua A, 1", "city": "Campinas", "region": "SP", "postal_code": "13000-000", "country": "BR"}
    store = {"id": name.lower(), "name": f"Loja {name}", "address": address, "aliases": list(aliases)}
    return Rooftop.model_validate({**store, "phones": [{"number": "+55 19 3000-0000"}]})


def rows_of(
    fields: Sequence[str], *cells: Sequence[str], units: dict[str, str] | None = None, currency: str = "BRL",
    distance: Literal["km", "mi"] = "km", rooftops: Sequence[Rooftop] = (), **settings: Any,
) -> Rows:  # fmt: skip
    columns: dict[str, list[int]] = {}
    for index, name in enumerate(fields):
        columns.setdefault(name, []).append(index)
    columns.pop("", None)
    header = [name.title() for name in fields]
    table = Table("stock.csv", header, [list(row) for row in cells], list(range(2, len(cells) + 2)), "utf-8", ",", 1)
    mapping = Mapping(columns, ["alias"] * len(header), [""] * len(header), units=units or {})
    context = ReadContext(InventorySettings(**settings), currency, distance, rooftops, dt.date(2026, 11, 22))
    return vehicles_of(table, mapping, context)


def one(**cells: str) -> Vehicle:
    rows = rows_of(["model", *cells], ["Argo", *cells.values()])
    assert not rows.set_aside
    return rows.vehicles[0]


NAMES = ["stock_number", "make", "model", "year", "price", "mileage"]


def lot(count: int = 8) -> list[list[str]]:
    return [[f"S{n}", "Fiat", "Argo", "2022", str(70_000 + n), str(20_000 + 7 * n)] for n in range(count)]


def test_every_field_reaches_its_vehicle() -> None:
    cells = {
        "vin": "9bdzzz000n0000001", "stock_number": "A1", "condition": "Seminovo", "status": "Reservado",
        "make": "FIAT", "model": "ARGO", "trim": "Drive", "year": "2021/2022", "mileage": "12.345 km",
        "price": "R$ 79.990,00", "was_price": "R$ 84.990,00", "fuel": "Flex", "transmission": "Automático",
        "drivetrain": "Dianteira", "body": "Hatch", "engine": "1.3", "power": "107 cv", "doors": "4", "seats": "5",
        "color": "PRETO VULCANO", "interior_color": "Preto", "description": "Bom<br>carro", "features": "ABS|Airbag",
        "photos": "https://h.example/1.jpg|https://h.example/2.jpg", "video": "https://v.example/1",
        "arrived": "2026-11-01", "sold_on": "",
    }  # fmt: skip
    rows = rows_of(list(cells), list(cells.values()))
    vehicle = rows.vehicles[0]
    assert (vehicle.file, vehicle.line, vehicle.vin, vehicle.stock_number) == (
        "stock.csv",
        2,
        "9BDZZZ000N0000001",
        "A1",
    )
    assert (vehicle.condition, vehicle.status) == ("used", "reserved")
    assert vehicle.name == "Fiat Argo Drive"
    assert (vehicle.year, vehicle.year_made, vehicle.mileage) == (2022, 2021, 12345)
    assert (vehicle.price, vehicle.was_price) == (Decimal(79990), Decimal(84990))
    assert (vehicle.fuel, vehicle.transmission, vehicle.drivetrain) == ("flex", "automatic", "fwd")
    assert (vehicle.body, vehicle.engine, vehicle.power, vehicle.doors, vehicle.seats) == (
        "hatchback",
        "1.3",
        "107 cv",
        4,
        5,
    )
    assert (vehicle.color, vehicle.color_family, vehicle.interior_color) == ("Preto Vulcano", "black", "Preto")
    assert (vehicle.description, vehicle.features) == ("Bom\ncarro", ("ABS", "Airbag"))
    assert vehicle.photos == ("https://h.example/1.jpg", "https://h.example/2.jpg")
    assert (vehicle.video, vehicle.arrived, vehicle.sold_on) == ("https://v.example/1", dt.date(2026, 11, 1), None)
    assert len(vehicle.code) == 8
    assert len(vehicle.digest) == 16
    assert not rows.warnings


def test_unmapped_columns_reach_nothing() -> None:
    rows = rows_of(["model", "", "price"], ["Argo", "SECRET COST 41000", "70000"])
    assert "SECRET" not in repr(rows)


def test_a_real_sale_price_wins_and_a_placeholder_falls_back() -> None:
    fields = ["stock_number", "model", "sale_price", "price", "price", "msrp", "was_price"]
    rows = rows_of(
        fields,
        ["1", "Argo", "65000", "70000", "", "80000", ""],
        ["2", "Argo", "0", "0", "71000", "80000", ""],
        ["3", "Argo", "", "1", "", "80000", ""],
        ["4", "Argo", "", "70000", "", "", "75000"],
        ["5", "Argo", "", "70000", "", "", "60000"],
        ["6", "Argo", "0.00", "consulte", "", "", "60000"],
    )
    assert [(one.price, one.was_price) for one in rows.vehicles] == [
        (65000, 70000), (71000, None), (None, None), (70000, 75000), (70000, None), (None, None),
    ]  # fmt: skip


def test_the_suggested_price_is_asked_for_new_vehicles_only() -> None:
    rows = rows_of(["model", "condition", "msrp"], ["Argo", "new", "80000"], ["Mobi", "used", "61394"])
    assert [one.price for one in rows.vehicles] == [80000, None]


def test_who_makes_motorcycles_alone_has_made_a_motorcycle() -> None:
    rows = rows_of(["title", "body"], ["2009 Yamaha YZF-R6", "N/A"], ["2016 Kia Forte", "N/A"])
    assert [one.body for one in rows.vehicles] == ["motorcycle", None]


def test_a_foreign_currency_is_told_once_and_nothing_is_converted() -> None:
    rows = rows_of(["model", "price"], *[[f"Argo {n}", f"{40000 + n}.00 CAD"] for n in range(5)])
    assert [one.price for one in rows.vehicles] == [40000, 40001, 40002, 40003, 40004]
    assert [problem.code for problem in rows.warnings] == ["inventory.currency-differs"]
    assert "CAD" in rows.warnings[0].message
    assert str(rows.warnings[0].place) == "stock.csv:2 [Price]"


def test_a_foreign_currency_is_told_where_it_stands() -> None:
    rows = rows_of(["model", "price", "sale_price"], ["Argo", "40000", ""], ["Uno", "€ 30.000", "€ 29.000"])
    assert [str(problem.place) for problem in rows.warnings] == ["stock.csv:3 [Sale_Price]"]
    assert rows_of(["model", "price"], units={"price": "CAD"}).warnings == []
    assert len(rows_of(["model", "price"], ["Argo", "5000"], units={"price": "CAD"}).warnings) == 1


def test_zero_kilometres_are_unknown_unless_the_vehicle_is_new() -> None:
    fields = ["stock_number", "model", "condition", "mileage"]
    rows = rows_of(
        fields, *[[str(n), "Argo", text, "0"] for n, text in enumerate(("used", "new", "certified", "demo"))]
    )
    assert [one.mileage for one in rows.vehicles] == [None, 0, None, 0]


def test_a_unit_column_is_read_with_its_number() -> None:
    rows = rows_of(
        ["model", "mileage", "mileage_unit"], ["Argo", "192850", "KM"], ["Uno", "1000", "MI"], ["Toro", "", "KM"]
    )
    assert [one.mileage for one in rows.vehicles] == [192850, 1609, None]


def test_the_header_tells_the_unit_and_the_site_gets_its_own() -> None:
    assert rows_of(["model", "mileage"], ["Argo", "1000"], units={"mileage": "mi"}).vehicles[0].mileage == 1609
    american = rows_of(["model", "mileage"], ["Argo", "1000"], units={"mileage": "mi"}, distance="mi")
    assert american.vehicles[0].mileage == 1000


@pytest.mark.parametrize("twin", ["year", "price"])
def test_a_mileage_that_repeats_another_column_is_left_out_with_a_note(twin: str) -> None:
    values = ["2019", "2020", "2021", "2018", "2017", "2022"]
    rows = rows_of(["model", twin, "mileage"], *[[f"Argo {value}", value, value] for value in values])
    assert {one.mileage for one in rows.vehicles} == {None}
    assert f"Mileage: repeats the {twin} on most rows, so it is not read as mileage" in rows.notes


def test_a_column_of_another_kind_is_left_out_and_its_rows_stay() -> None:
    rows = rows_of(
        ["model", "year"], *[[f"Argo {n}", color] for n, color in enumerate(["Red", "Blue", "Tan", "Gray", "Black"])]
    )
    assert len(rows.vehicles) == 5
    assert [problem.code for problem in rows.warnings] == ["inventory.column-implausible"]
    assert "inventory.columns.year" in rows.warnings[0].remedy


def test_a_shifted_row_is_set_aside_with_line_column_value_and_remedy() -> None:
    rows = rows_of(NAMES, *lot(), ["S99", "Fiat", "Argo", "Red", "Automatic", "petrol"])
    assert len(rows.vehicles) == 8
    problem = rows.set_aside[0]
    assert problem.code == "inventory.row-shifted"
    assert problem.place is not None
    assert (problem.place.line, problem.place.column, problem.value) == (10, "Year", "Red")
    assert problem.remedy
    assert not rows.warnings


def test_one_odd_cell_costs_its_value_and_not_its_vehicle() -> None:
    rows = rows_of(NAMES, *lot(), ["S99", "Fiat", "Argo", "2060", "71500", "12345"])
    assert len(rows.vehicles) == 9
    assert rows.vehicles[-1].year is None
    assert rows.vehicles[-1].price == 71500
    assert [str(problem.place) for problem in rows.warnings] == ["stock.csv:10 [Year]"]


def test_one_odd_text_is_told_once_however_often_it_occurs() -> None:
    rows = rows_of(["stock_number", "model", "fuel"], *[[str(n), "Argo", "Disel"] for n in range(9)])
    assert [problem.code for problem in rows.warnings] == ["inventory.fuel-unknown"]
    assert "in 8 more rows" in rows.warnings[0].message


def test_ragged_rows_are_set_aside_but_blank_ends_may_be_missing() -> None:
    fields = [*NAMES, "color"]
    full = [[*row, "" if number < 4 else "Red"] for number, row in enumerate(lot())]
    long_blank, short = [*lot()[0], "Red", "", ""], lot()[1]
    too_long, too_short = ["S9", "Fiat", "Argo", "2022", "18", "500", "000", "12000"], ["S8", "Fiat", "Argo", "2022"]
    rows = rows_of(fields, *full, long_blank, short, too_long, too_short)
    assert len(rows.vehicles) == 9
    assert [(one.code, one.place.line if one.place else 0) for one in rows.set_aside] == [
        ("inventory.row-ragged", 10), ("inventory.row-ragged", 12), ("inventory.row-ragged", 13),
    ]  # fmt: skip
    assert "8 cells where the header has 7" in rows.set_aside[1].message


def test_a_separator_at_the_end_of_every_row_is_the_files_habit() -> None:
    rows = rows_of(NAMES, *[[*row, ""] for row in lot()])
    assert len(rows.vehicles) == len(lot())
    assert not rows.set_aside


def test_a_row_that_names_nothing_is_set_aside() -> None:
    rows = rows_of(["stock_number", "make", "model"], ["1", "Fiat", "Argo"], ["Total: 1", "", "NULL"], ["3", "", "R07"])
    assert [one.name for one in rows.vehicles] == ["Fiat Argo", "R07"]
    assert [one.code for one in rows.set_aside] == ["inventory.row-nameless"]


def test_titles_fill_what_has_no_column() -> None:
    rows = rows_of(["title"], ["2016 Kia Forte 5-Door"], ["Chevrolet Onix 1.0 2021"], ["BYD Yuan Plus (2025/26)"])
    assert [(one.make, one.model, one.trim, one.year, one.year_made) for one in rows.vehicles] == [
        ("Kia", "Forte", "5-Door", 2016, None), ("Chevrolet", "Onix", "1.0", 2021, None),
        ("BYD", "Yuan Plus", "", 2026, 2025),
    ]  # fmt: skip


def test_a_year_of_registration_stands_for_the_model_year() -> None:
    vehicle = one(year_made="03/2013")
    assert (vehicle.year, vehicle.year_made) == (2013, 2013)


@pytest.mark.parametrize(
    ("cells", "condition"),
    [
        ({"new": "TRUE"}, "new"), ({"new": "FALSE"}, "used"), ({"certified": "yes"}, "certified"),
        ({"condition": "used", "certified": "yes"}, "certified"), ({"condition": "new", "certified": "yes"}, "new"),
        ({"condition": "demo", "new": "yes"}, "demo"), ({}, "used"),
    ],
)  # fmt: skip
def test_condition_is_told_by_words_and_flags(cells: dict[str, str], condition: str) -> None:
    assert one(**cells).condition == condition


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({}, "available"), ({"reserved": "Sim"}, "reserved"), ({"status": "Vendido", "reserved": "Sim"}, "sold"),
        ({"sold_on": "2026-11-20"}, "sold"), ({"sold_on": "2026-12-20"}, "available"),
        ({"status": "In Stock", "sold_on": "2026-11-20"}, "available"), ({"status": "Coming Soon"}, "coming_soon"),
    ],
)  # fmt: skip
def test_status_is_told_by_words_flags_and_days(cells: dict[str, str], status: str) -> None:
    assert one(**cells).status == status


def test_a_kombi_of_volkswagen_is_a_van_and_a_truck_of_scania_is_no_pickup() -> None:
    rows = rows_of(
        ["make", "model", "body"], ["VW", "Kombi", "Kombi"], ["Skoda", "Octavia", "Kombi"], ["Scania", "R450", "Truck"],
        ["Ram", "1500", "Truck"],
    )  # fmt: skip
    assert [one.body for one in rows.vehicles] == ["van", "wagon", "truck", "pickup"]


def test_rooftops_are_known_by_id_name_or_alias() -> None:
    stores = [rooftop("Centro"), rooftop("Norte", "PEDRAS NORTE")]
    fields = ["stock_number", "model", "rooftop"]
    texts = ["norte", "LOJA NORTE", "Pedras  Norte", "", "Sul", "Sul", "centro"]
    rows = rows_of(fields, *[[str(n), "Argo", text] for n, text in enumerate(texts)], rooftops=stores)
    assert [one.rooftop for one in rows.vehicles] == ["norte", "norte", "norte", "centro", "centro", "centro", "centro"]
    assert [(problem.code, problem.value) for problem in rows.warnings] == [("inventory.rooftop-unknown", "Sul")]
    assert "aliases" in rows.warnings[0].remedy


def test_without_a_rooftop_column_all_vehicles_are_at_the_first() -> None:
    assert rows_of(["model"], ["Argo"], rooftops=[rooftop("Centro"), rooftop("Norte")]).vehicles[0].rooftop == "centro"


def test_defaults_fill_what_is_missing_or_empty_and_nothing_else() -> None:
    defaults = {"make": "Chevrolet", "condition": "novo", "fuel": "flex", "body": "truck", "doors": "4"}
    rows = rows_of(
        ["model", "fuel"], ["Onix", ""], ["Tracker", "Diesel"], ["Volvo EX30 Core", "NULL"], defaults=defaults
    )
    assert [(one.make, one.condition, one.fuel, one.doors) for one in rows.vehicles] == [
        ("Chevrolet", "new", "flex", 4), ("Chevrolet", "new", "diesel", 4), ("Volvo", "new", "flex", 4),
    ]  # fmt: skip
    assert {one.body for one in rows.vehicles} == {"truck"}


def test_defaults_that_do_not_hold_are_errors_of_the_settings_all_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        rows_of(["model"], ["Onix"], defaults={"feul": "flex", "fuel": "disel", "vin": "1", "year": "soon"})
    problems = {problem.value: problem for problem in caught.value.problems}
    assert "Did you mean 'fuel'?" in problems["feul"].remedy
    assert "Did you mean 'diesel'" in problems["disel"].remedy
    assert set(problems) == {"feul", "disel", "vin", "soon"}


def test_columns_tell_their_span_in_values() -> None:
    rows = rows_of(NAMES, *lot(3), ["S9", "Fiat", "Argo", "", "0", ""])
    year, price = rows.stats[3], rows.stats[4]
    assert (year.filled, year.minimum, year.maximum) == (3, "2022", "2022")
    assert (price.filled, price.minimum, price.median, price.maximum) == (4, "70000", "70001", "70002")
    assert rows.stats[0].filled == 4


def test_ambiguous_numbers_are_noted_under_their_header() -> None:
    rows = rows_of(["model", "price"], ["Volvo EX30", "229.950"])
    assert rows.notes == ['Price: "229.950" is read as 229950 (a dot before three digits, in every cell)']


def test_the_decimal_mark_can_be_forced() -> None:
    rows = rows_of(["model", "price"], ["Argo", "1229.950"], numbers={"decimal": "."})
    assert rows.vehicles[0].price == Decimal("1229.95")


def test_photos_of_several_columns_are_one_list_in_order() -> None:
    rows = rows_of(
        ["model", "photos", "photos"], ["Argo", "/1.jpg", "/2.jpg,/1.jpg,/3.jpg"], ["Uno", "semfoto.png", ""]
    )
    assert [one.photos for one in rows.vehicles] == [("/1.jpg", "/2.jpg", "/3.jpg"), ()]


def test_a_wrong_check_digit_is_a_warning_and_the_vehicle_is_taken() -> None:
    rows = rows_of(["vin", "model"], ["1M8GDM9A4KP042788", "Argo"])
    assert rows.vehicles[0].vin == "1M8GDM9A4KP042788"
    assert [problem.code for problem in rows.warnings] == ["inventory.vin-check-digit"]


def test_floods_of_like_warnings_are_counted() -> None:
    rows = rows_of(["model", "fuel"], *[[f"M{n}", f"strange {n}"] for n in range(50)])
    assert len(rows.warnings) == 20
    assert rows.notes == ["Fuel: 30 more warnings are not shown"]


def test_a_workbooks_numbers_lose_their_fraction_in_names() -> None:
    rows = rows_of(["stock_number", "make", "model", "trim"], ["53564.0", "Ram", "1500.0", "2.0"])
    assert [(one.stock_number, one.model, one.trim) for one in rows.vehicles] == [("53564", "1500", "2.0")]


HOSTILE = [
    "<script>alert(1)</script>", "{{ 7*7 }}", "javascript:alert(1)", "../../etc/passwd", "a\r\nb", "a\u202eb", "\ud800",
    "x" * 5000, "=1+1", "\x00", "1e999", "9" * 400, "٣٤٥", "½", "(" * 60, "-", "NaN", "{" * 300,
]  # fmt: skip


@given(st.lists(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=12), max_size=len(FIELDS) + 1), max_size=6))
def test_hostile_cells_in_any_column_end_in_vehicles_or_problems(cells: list[list[str]]) -> None:
    rows = rows_of(list(FIELDS), *cells, rooftops=[rooftop("Centro")])
    assert len(rows.vehicles) + len(rows.set_aside) == len(cells)
    for vehicle in rows.vehicles:
        assert "\n" not in vehicle.name + vehicle.trim + vehicle.color + vehicle.engine
        assert "\u202e" not in repr(vehicle)
        assert vehicle.name


@given(st.permutations(range(10)))
def test_sorting_the_file_changes_no_vehicle(order: list[int]) -> None:
    spellings = ("Argo", "ARGO")
    cells = [["" if n % 3 else f"S{n}", "Fiat", spellings[n % 2], str(2015 + n // 4), "70000", ""] for n in range(10)]
    known = sorted(one.digest for one in rows_of(NAMES, *cells).vehicles)
    assert sorted(one.digest for one in rows_of(NAMES, *[cells[n] for n in order]).vehicles) == known
