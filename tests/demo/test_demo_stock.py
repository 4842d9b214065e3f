"""The demo's spreadsheet holds every state of a vehicle that a showroom must know how to show."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from pathlib import Path

from dealergen.config import load_settings
from dealergen.inventory import Inventory
from dealergen.inventory.read import read_inventory

Row = dict[str, str]
PRICE = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})*,00")


def read(root: Path, cache: Path) -> Inventory:
    settings = load_settings(root / "site.yaml")
    return read_inventory(
        settings.inventory, root, currency=settings.currency, distance=settings.units.distance,
        rooftops=settings.rooftops, now=dt.date(2026, 11, 22), cache=cache, offline=True,
    )  # fmt: skip


def reais(text: str) -> int:
    return int(text.removesuffix(",00").replace(".", ""))


def day(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=dt.UTC).date()


def test_there_are_sixty_vehicles_each_with_a_stock_number_of_its_own(rows: list[Row]) -> None:
    codes = [row["Código"] for row in rows]
    assert len(codes) == len(set(codes)) == 60
    assert all(re.fullmatch(r"AV1\d{3}", code) for code in codes)


def test_every_status_and_condition_is_on_the_lot(rows: list[Row]) -> None:
    assert Counter(row["Situação"] for row in rows) == {"Disponível": 52, "Reservado": 3, "Vendido": 3, "Em breve": 2}
    conditions = Counter(row["Condição"] for row in rows)
    assert set(conditions) == {"Novo", "Demonstração", "Seminovo certificado", "Usado"}
    assert min(conditions.values()) >= 3


def test_every_body_and_fuel_is_on_the_lot(rows: list[Row]) -> None:
    assert {row["Carroceria"] for row in rows} == {
        "Hatch", "Sedã", "SUV", "Picape", "Perua", "Cupê", "Conversível", "Minivan", "Furgão", "Micro-ônibus",
        "Caminhão", "Moto",
    }  # fmt: skip
    fuels = Counter(row["Combustível"] for row in rows)
    assert set(fuels) == {"Flex", "Gasolina", "Diesel", "Híbrido", "Híbrido plug-in", "Elétrico", "GNV"}
    assert fuels["Elétrico"] == 2
    assert Counter(row["Carroceria"] for row in rows)["Moto"] == 1


def test_both_stores_have_stock(rows: list[Row]) -> None:
    stores = Counter(row["Loja"] for row in rows)
    assert set(stores) == {"Campinas", "Piracicaba"}
    assert min(stores.values()) >= 20


def test_three_vehicles_have_no_price_and_three_no_photos(rows: list[Row]) -> None:
    assert sum(not PRICE.fullmatch(row["Preço"]) for row in rows) == 3
    assert sum(not row["Fotos"] for row in rows) == 3


def test_two_prices_are_lower_than_they_were(rows: list[Row]) -> None:
    lowered = [row for row in rows if row["Preço de"]]
    assert len(lowered) == 2
    assert all(reais(row["Preço de"]) > reais(row["Preço"]) for row in lowered)


def test_sold_vehicles_left_within_the_thirty_days_before_20_november(rows: list[Row]) -> None:
    sold = {row["Código"]: day(row["Vendido em"]) for row in rows if row["Vendido em"]}
    assert set(sold) == {row["Código"] for row in rows if row["Situação"] == "Vendido"}
    assert all(dt.timedelta(0) <= dt.date(2026, 11, 20) - when <= dt.timedelta(30) for when in sold.values())


def test_vehicles_arrived_before_today_and_before_they_were_sold(rows: list[Row]) -> None:
    for row in rows:
        if row["Situação"] == "Em breve":
            assert not row["Data de entrada"]
            continue
        last = day(row["Vendido em"]) if row["Vendido em"] else dt.date(2026, 11, 22)
        assert dt.date(2026, 8, 1) <= day(row["Data de entrada"]) <= last, row["Código"]


def test_each_vehicle_is_described_at_length_and_equipped(rows: list[Row]) -> None:
    for row in rows:
        assert 40 <= len(row["Descrição"].split()) <= 110, row["Código"]
        features = row["Opcionais"].split("|")
        assert 8 <= len(features) == len(set(features)) <= 16, row["Código"]
    assert len({row["Descrição"] for row in rows}) == 60


def test_certified_vehicles_carry_what_the_warranty_page_promises(rows: list[Row]) -> None:
    for row in rows:
        promised = {"Laudo cautelar aprovado", "Garantia de 12 meses para motor e câmbio"} <= set(
            row["Opcionais"].split("|")
        )
        assert promised == (row["Condição"] == "Seminovo certificado"), row["Código"]


def test_new_vehicles_have_no_kilometres_and_used_ones_do(rows: list[Row]) -> None:
    for row in rows:
        assert (row["KM"] == "0") == (row["Condição"] == "Novo"), row["Código"]


def test_every_row_is_taken_and_understood(root: Path, tmp_path: Path, rows: list[Row]) -> None:
    inventory = read(root, tmp_path)
    assert not inventory.set_aside
    assert not inventory.duplicates
    assert not inventory.warnings
    by_code = {vehicle.stock_number: vehicle for vehicle in inventory.vehicles}
    assert set(by_code) == {row["Código"] for row in rows}
    for row in rows:
        vehicle = by_code[row["Código"]]
        named = f"{row['Marca']} {row['Modelo']} {row['Versão']}"
        assert vehicle.name.casefold() == named.casefold()  # the house's dictionary writes `up!` as `Up!`
        assert vehicle.price == (reais(row["Preço"]) if PRICE.fullmatch(row["Preço"]) else None)
        assert vehicle.mileage == int(row["KM"].replace(".", ""))
        assert f"{vehicle.year_made}/{vehicle.year}" == row["Ano fab/mod"]
        assert vehicle.rooftop == row["Loja"].lower()
        assert list(vehicle.photos) == [photo for photo in row["Fotos"].split("|") if photo]
        assert list(vehicle.features) == row["Opcionais"].split("|")


def test_every_choice_of_the_demo_is_a_word_of_the_vocabulary(root: Path, tmp_path: Path) -> None:
    vehicles = read(root, tmp_path).vehicles
    for name in ("fuel", "transmission", "drivetrain", "body"):
        assert all(getattr(vehicle, name) for vehicle in vehicles), name
    assert not {vehicle.color_family for vehicle in vehicles} & {None, "other"}
    assert Counter(vehicle.condition for vehicle in vehicles)["demo"] == 3
    assert Counter(vehicle.status for vehicle in vehicles)["coming_soon"] == 2
