"""Dealers' real exports through the whole house: what each file says, and nothing that it keeps to itself.

Every test runs on the invented twins, and on the real files where they lie beside the repository; the header of the
test run tells which.
"""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner, Result

from dealergen.build import BuildReport
from dealergen.cli import cli
from tests.conftest import SETTINGS, Dealership, open_dealership
from tests.site.exports import EXPORTS, REAL, TWINS, Export, Facts, whole
from tests.site.reading import Page, VehiclePage, vehicle_pages

FOLDERS = {"twin": TWINS} | ({"real": REAL} if REAL.is_dir() else {})
NO_PRICE = re.compile(r"(?:R\$|CA\$|US\$|\$|€|SEK|EUR|CAD|USD|BRL)\s*0+(?:[.,]0+)?(?![\d.,]*\d)")


@dataclass
class Showroom:
    """One export's site, built once."""

    export: Export
    folder: Path
    site: Dealership
    report: BuildReport
    pages: dict[str, str]
    cars: list[VehiclePage]

    def about(self, **wanted: object) -> list[VehiclePage]:
        """The vehicles whose facts include all of `wanted`."""
        return [car for car in self.cars if wanted.items() <= told(car).items()]

    def one(self, **wanted: object) -> VehiclePage:
        (found,) = self.about(**wanted)
        return found


def told(vehicle: VehiclePage) -> Facts:
    """What a vehicle's page tells, in the clerk's words."""
    car, hidden = vehicle.car, vehicle.hidden
    return {
        "sku": hidden.get("stock_number", ""),
        "year": _number(car.get("vehicleModelDate")),
        "made": _number(car.get("productionDate")),
        "mileage": car.get("mileageFromOdometer", {}).get("value"),
        "price": _number(car.get("offers", {}).get("price")),
        "photos": tuple(car.get("image", ())),
        "store": hidden["rooftop"],
    }


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)


@pytest.fixture(scope="module")
def showroom(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Builds the site of an export, once a module."""

    @functools.cache
    def build(name: str, which: str) -> Showroom:
        export, folder = EXPORTS[name], FOLDERS[which]
        site = open_dealership(tmp_path_factory.mktemp(which) / "dealership", **site_settings(export, folder))
        site.inventory((folder / name).read_bytes(), name)
        report = site.build()
        pages = site.pages()
        return Showroom(export, folder, site, report, pages, vehicle_pages(pages))

    return build


def site_settings(export: Export, folder: Path) -> dict[str, Any]:
    """Sensible settings for the file: its money and distance, and a store for each name in its rooftop column."""
    inventory: dict[str, Any] = {"source": export.name} | export.inventory
    stores = dict.fromkeys(row["dealership"] for row in export.rows(folder) if "dealership" in row)
    model = SETTINGS["rooftops"][0]
    rooftops = [model | {"id": f"store-{n}", "name": f"Store {n}", "aliases": [name]} for n, name in enumerate(stores)]
    return export.settings | {"inventory": inventory} | ({"rooftops": rooftops} if rooftops else {})


@pytest.fixture(scope="module")
def said_anyway(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """What a site says whatever its spreadsheet holds."""
    site = open_dealership(tmp_path_factory.mktemp("any") / "dealership", languages=["pt-BR", "en"])
    site.inventory("Marca;Modelo;Preço\nFiat;Argo;69.900\n")
    site.build()
    return Published(site)


each_export = pytest.mark.parametrize("name", EXPORTS)
each_set = pytest.mark.parametrize("which", FOLDERS)


@each_set
@each_export
def test_every_vehicle_of_the_file_has_a_page_that_says_what_its_row_says(showroom: Any, name: str, which: str) -> None:
    shop: Showroom = showroom(name, which)
    rows = shop.export.vehicles(shop.folder)
    expected = [shop.export.facts(row) for row in rows]
    stores = {rooftop["aliases"][0]: rooftop["id"] for rooftop in _rooftops(shop)}
    for facts in expected:
        if "store" in facts:
            facts["store"] = stores[str(facts["store"])]
    keys = expected[0].keys()
    found = [{key: value for key, value in told(car).items() if key in keys} for car in shop.cars]
    assert Counter(map(_frozen, found)) == Counter(map(_frozen, expected))
    assert shop.report.vehicles == len(shop.cars) == len(expected)
    assert shop.report.set_aside == []


def _rooftops(shop: Showroom) -> list[dict[str, Any]]:
    return list(site_settings(shop.export, shop.folder).get("rooftops", []))


def _frozen(facts: Facts) -> tuple[tuple[str, object], ...]:
    return tuple(sorted(facts.items()))


@each_export
def test_the_real_file_gives_as_many_vehicles_as_its_description_counts(showroom: Any, name: str) -> None:
    for which in FOLDERS.keys() & {"real"}:
        assert showroom(name, which).report.vehicles == EXPORTS[name].count


@each_set
@each_export
def test_no_vehicle_is_for_sale_at_nothing(showroom: Any, name: str, which: str) -> None:
    shop: Showroom = showroom(name, which)
    for address, text in shop.pages.items():
        assert not NO_PRICE.search(unescape(text)), address
    ask = "Preço sob consulta" if shop.export.settings["languages"] == ["pt-BR"] else "Price on request"
    for vehicle in shop.cars:
        offer = vehicle.car.get("offers")
        assert (vehicle.price == ask) == (offer is None), vehicle.address
        assert offer is None or float(offer["price"]) >= 100, vehicle.address


@each_set
@each_export
def test_nothing_private_is_published(showroom: Any, said_anyway: Published, name: str, which: str) -> None:
    """Each value of a private column, in every way to write it, unless a public cell or any site says the same."""
    shop: Showroom = showroom(name, which)
    rows = shop.export.rows(shop.folder)
    private = shop.export.private
    secrets = {text for row in rows for header in private for text in _spellings(row[header]) if len(text) >= 5}
    public = "\n".join({str(cell) for row in rows for header, cell in row.items() if header not in private})
    published = Published(shop.site)
    found = [text for text in sorted(secrets - {"NULL"}) if text in published and text not in said_anyway]
    assert secrets
    assert [text for text in found if text not in public] == []


def _spellings(cell: str) -> Iterator[str]:
    """As it stands; and a number with other marks, or rounded."""
    yield from (" ".join(line.split()) for line in cell.splitlines())
    plain = cell.strip().lstrip("$").replace(",", "") if "$" in cell else cell.strip().replace(",", ".")
    if re.fullmatch(r"\d+(\.\d+)?", plain) and float(plain) >= 1000:
        amount = float(plain)
        for text in (f"{amount:,.2f}", f"{amount:,.0f}", f"{int(amount):,}"):
            yield from (text, text.replace(",", ""), text.translate(str.maketrans(",.", ".,")))


class Published:
    """All text that a site publishes, but for the theme's own files; a value is in it if it stands there as a word."""

    def __init__(self, site: Dealership) -> None:
        lines: set[str] = set()
        for name, data in site.files().items():
            if not name.startswith("assets/") and b"\0" not in data:
                lines.update(data.decode("utf-8").splitlines())
        forms = {form for line in lines for form in (line, unescape(line), unquote(line))}
        self._text = "\n".join(" ".join(form.split()) for form in forms)
        self._words = set(re.findall(r"\w+", self._text))

    def __contains__(self, value: str) -> bool:
        if not set(re.findall(r"\w+", value)) <= self._words or value not in self._text:
            return False
        return bool(re.search(rf"(?<!\w){re.escape(value)}(?!\w)", self._text))


@each_set
@each_export
def test_the_check_of_the_file_counts_as_the_build_does(showroom: Any, name: str, which: str) -> None:
    shop: Showroom = showroom(name, which)
    result = run("inventory", "check", "--site", str(shop.site.root), "--json")
    account = json.loads(result.stdout)
    assert (result.exit_code, account["exit_code"]) == (0, 0), result.output
    assert account["vehicles"] == shop.report.vehicles
    assert len(account["duplicates"]) == shop.report.duplicates
    assert account["files"][0]["rows"] == len(shop.export.rows(shop.folder))
    columns = {column["header"]: column for column in account["files"][0]["columns"]}
    for header in shop.export.private:
        told_private = columns[header]["reason"].startswith("private")
        assert columns[header]["samples"] == [] or not told_private, header


@each_set
@each_export
def test_the_check_speaks_to_a_person_without_a_site(
    name: str, which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    export = EXPORTS[name]
    result = run("inventory", "check", str(FOLDERS[which] / name), "--currency", export.settings.get("currency", "BRL"))
    assert result.exit_code == 0, result.output
    assert str(len(export.vehicles(FOLDERS[which]))) in result.stdout
    assert "Traceback" not in result.output


@each_set
def test_a_brazilian_dealer_system_gives_fuels_gears_years_and_reserved_cars(which: str, showroom: Any) -> None:
    shop: Showroom = showroom("br-dms-latin1.csv", which)
    fuels = {"ALCO/GASOL": "Flex", "DIESEL": "Diesel", "GASOLINA": "Gasolina"}
    gears = {"AUTOMÁTICO": "Automático", "MANUAL": "Manual"}
    for row in shop.export.rows(shop.folder):
        vehicle = shop.one(sku=row["Veículo"])
        car = vehicle.car
        assert car["fuelType"] == fuels[row["Combustível"]]
        assert car["vehicleTransmission"] == gears[row["Tipo Transmissão"]]
        assert car["brand"]["name"] == "Chevrolet"
        assert "\n" not in car["name"]
        assert row["Modelo"].strip().casefold() in car["name"].casefold()
        reserved = row["Situação"] in ("Bloqueado", "Pedido")
        assert car["offers"]["availability"].endswith("/Reserved" if reserved else "/InStock")
        made, year = row["Ano"].split("/")
        assert (f"{made}/{year}" if made != year else year) in vehicle.page.one("main").text
    if which == "real":
        assert Counter(vehicle.car["fuelType"] for vehicle in shop.cars) == {"Flex": 96, "Diesel": 22, "Gasolina": 1}


@each_set
def test_a_lot_that_names_its_cars_in_the_description_gets_makes_models_and_states(which: str, showroom: Any) -> None:
    shop: Showroom = showroom("ca-dealerpull.csv", which)
    for row in shop.export.rows(shop.folder):
        car = shop.one(sku=row["stock #"]).car
        year, make, model = row["description"].split(maxsplit=2)
        assert (car["vehicleModelDate"], car["brand"]["name"].casefold()) == (year, make.casefold())
        rest = " ".join((car["model"], car.get("vehicleConfiguration", "")))
        assert rest.casefold().replace("-", " ").startswith(model.casefold().replace("-", " "))
        if "offers" in car:
            coming = row["status"] == "Coming Soon"
            assert car["offers"]["availability"].endswith("/PreOrder" if coming else "/InStock")
    (motorcycle,) = [vehicle for vehicle in shop.cars if vehicle.car["brand"]["name"] == "Yamaha"]
    assert motorcycle.price == "Price on request"
    assert "'-" not in motorcycle.page.one("main").text
    assert max(len(vehicle.car.get("image", ())) for vehicle in shop.cars) == 17
    assert "Coming soon" in shop.one(sku="4021" if which == "twin" else "2021").page.one("main").text
    typed = {row["stock #"] for row in shop.export.rows(shop.folder) if row["vehicle type"] == "Motorcycle"}
    assert typed <= {vehicle.hidden["stock_number"] for vehicle in shop.cars if vehicle.car["@type"] == "Motorcycle"}
    assert typed or which == "real"


@each_set
def test_four_rooftops_come_from_one_file_each_with_its_vehicles(which: str, showroom: Any) -> None:
    shop: Showroom = showroom("ca-four-dealers.csv", which)
    counts = Counter(row["dealership"] for row in shop.export.rows(shop.folder))
    stores = {rooftop["aliases"][0]: rooftop for rooftop in _rooftops(shop)}
    assert len(stores) == len(counts) == 4
    for alias, rooftop in stores.items():
        here = shop.about(store=rooftop["id"])
        assert len(here) == counts[alias]
        assert all(rooftop["name"] in vehicle.page.one("main").text for vehicle in here)
        assert f"/stores/{rooftop['id']}/" in shop.pages
        facet = Page(shop.pages[f"/inventory/store/{rooftop['id']}/"])
        assert {vehicle.address for vehicle in here} >= {
            link for link in facet.links if link in {vehicle.address for vehicle in shop.cars}
        }
        assert re.search(rf"(?<!\d){counts[alias]}(?!\d)", facet.one("main").text)
    if which == "real":
        assert sorted(counts.values()) == [24, 34, 50, 143]


@each_set
def test_mixed_spellings_of_a_make_are_one_make(which: str, showroom: Any) -> None:
    shop: Showroom = showroom("ca-four-dealers.csv", which)
    makes = {vehicle.car["brand"]["name"] for vehicle in shop.cars}
    assert "Ford" in makes
    assert "FORD" not in makes
    assert len(makes) == len({make.casefold() for make in makes})


@each_set
def test_a_used_car_with_odometer_nought_says_no_mileage(which: str, showroom: Any) -> None:
    shop: Showroom = showroom("ca-four-dealers.csv", which)
    assert any(row["odometer"] == "0" for row in shop.export.rows(shop.folder))
    for vehicle in shop.cars:
        assert not re.search(r"(?<![\d.,])0\skm", unescape(vehicle.html)), vehicle.address


def test_pipes_inside_a_trim_stay_in_it(showroom: Any) -> None:
    shop: Showroom = showroom("ca-four-dealers.csv", "twin")
    piped = [row for row in shop.export.rows(shop.folder) if "|" in row["trim"] and row["stock_number"]]
    assert piped
    for row in piped:
        wanted = " ".join(row["trim"].split())
        assert shop.one(sku=row["stock_number"]).car["vehicleConfiguration"].casefold() == wanted.casefold()


@each_set
def test_commas_inside_a_photo_address_do_not_cut_it(which: str, showroom: Any) -> None:
    shop: Showroom = showroom("ca-google-vehicles.tsv", which)
    for row in shop.export.rows(shop.folder):
        page = shop.one(sku=row["id"]).page
        assert row["image_link"].count(",") >= 3
        assert page.all("img", src=row["image_link"]), row["image_link"]
    hosts = {urlsplit(row["image_link"]).netloc for row in shop.export.rows(shop.folder)}
    policy = re.search(r"img-src ([^;]*);", (shop.site.out / "_headers").read_text("utf-8"))
    assert policy is not None
    assert set(policy[1].split()) == {"'self'", "data:", *(f"https://{host}" for host in hosts)}


@each_set
def test_swedish_prices_are_in_kronor_and_nothing_of_the_address_json_is_shown(which: str, showroom: Any) -> None:
    shop: Showroom = showroom("se-meta-vehicles.csv", which)
    for row in shop.export.rows(shop.folder):
        vehicle = shop.one(sku=row["vehicle_id"])
        amount = int(row["price"].removesuffix(" SEK"))
        assert " ".join(vehicle.price.split()) == f"SEK {amount:,}"
        assert vehicle.car["offers"]["priceCurrency"] == "SEK"
        assert len(vehicle.car["image"]) == 1 + len(row["additional_image_link"].split(","))
        assert f"{int(row['mileage.value']):,} km" in vehicle.page.one("main").text.replace("\xa0", " ")
        if row["fuel_type"] == "Plug-in Bensin":
            assert vehicle.car["fuelType"] == "Plug-in hybrid"
        assert '{"addr1"' not in unescape(vehicle.html)


@each_set
def test_inch_marks_stay_in_the_trim_and_new_cars_may_have_two_miles(which: str, showroom: Any) -> None:
    shop: Showroom = showroom("us-homenet.csv", which)
    rows = shop.export.rows(shop.folder)
    wanted = Counter(" ".join(row["Trim"].split()) for row in rows)
    inches = sum(count for trim, count in wanted.items() if '"' in trim)
    assert inches >= 2
    assert sum('"' in vehicle.car.get("vehicleConfiguration", "") for vehicle in shop.cars) == inches
    assert {trim.casefold() for trim in wanted if '"' in trim} == {
        trim.casefold() for vehicle in shop.cars if '"' in (trim := vehicle.car.get("vehicleConfiguration", ""))
    }
    for vehicle in shop.cars:
        if '"' in (trim := vehicle.car.get("vehicleConfiguration", "")):
            assert trim in vehicle.page.one("h1").text
    conditions = Counter(vehicle.car["itemCondition"].rsplit("/", 1)[1] for vehicle in shop.cars)
    assert conditions == Counter("NewCondition" if row["NewUsed"] == "NEW" else "UsedCondition" for row in rows)
    assert {2} <= {told(vehicle)["mileage"] for vehicle in shop.cars}


@each_set
def test_null_is_nothing_and_a_vin_that_comes_twice_is_one_car(which: str, showroom: Any) -> None:
    shop: Showroom = showroom("us-two-sources.csv", which)
    rows = shop.export.rows(shop.folder)
    asked = [row for row in rows if row["selling_price"] == "NULL"]
    assert len(rows) - len(shop.cars) == shop.report.duplicates > 0
    assert {row["stock_number"] for row in shop.export.vehicles(shop.folder) if not whole(row["selling_price"])} == {
        vehicle.hidden["stock_number"] for vehicle in shop.cars if vehicle.price == "Price on request"
    }
    for address, text in shop.pages.items():
        assert "NULL" not in text, address
    for row in shop.export.vehicles(shop.folder):
        condition = shop.one(sku=row["stock_number"]).car["itemCondition"]
        assert condition.endswith("/NewCondition" if row["is_new"] == "TRUE" else "/UsedCondition")
    if which == "real":
        assert (len(rows), len(asked), shop.report.duplicates) == (287, 172, 2)


@each_set
def test_german_trucks_keep_power_kilometres_and_the_price_before(which: str, showroom: Any) -> None:
    shop: Showroom = showroom("de-trucks-latin1.csv", which)
    for row in shop.export.rows(shop.folder):
        vehicle = shop.one(sku=row["Id"])
        now, before = int(row["DiscountPrice"]), int(row["NormalPrice"])
        assert vehicle.price == f"€{now:,}"
        assert vehicle.was.endswith(f"€{before:,}") if before > now else not vehicle.was
        assert " ".join(row["Model"].split()).casefold() in vehicle.car["name"].casefold()
    first = shop.one(sku="1")
    assert first.car["mileageFromOdometer"] == {"@type": "QuantitativeValue", "value": 570420, "unitCode": "KMT"}
    assert (first.car["productionDate"], first.price) == ("2013", "€76,400")
    assert first.was.endswith("€95,500")
    for words in ("324 kW (440 PS)", "570,420 km", "2013", "Bus"):
        assert words in first.page.one("main").text.replace("\xa0", " ")


@each_set
def test_a_dot_before_three_digits_is_no_decimal_mark(which: str, showroom: Any) -> None:
    shop: Showroom = showroom("br-tab-in-csv.csv", which)
    first = shop.export.rows(shop.folder)[0]
    assert first["price"] == "229.950"
    (vehicle,) = [vehicle for vehicle in shop.cars if vehicle.car["name"].startswith(first["model"])]
    assert vehicle.car["offers"]["price"] == "229950"
    assert " ".join(vehicle.price.split()) == "R$ 229.950"
    for row in shop.export.rows(shop.folder):
        model = row["model"].split(" (")[0].split(" ", 1)[1].casefold()
        assert any(model in vehicle.car["name"].casefold() for vehicle in shop.cars), row["model"]


@each_set
def test_a_model_that_is_a_number_is_still_a_model(which: str, showroom: Any) -> None:
    shop: Showroom = showroom("us-vans.xlsx", which)
    vehicle = shop.one(sku="53564")
    assert vehicle.car["model"] == "1500"
    assert vehicle.car["brand"]["name"].replace("-", " ") == "Mercedes Benz"
    assert len(vehicle.car["image"]) == 25
    assert (vehicle.price, shop.one(sku="E8632P").price) == ("$41,760", "$53,316.44")


@each_set
def test_a_sign_in_page_in_place_of_the_file_is_refused_and_the_site_stays(which: str, tmp_path: Path) -> None:
    site = open_dealership(tmp_path / "dealership")
    site.inventory((FOLDERS[which] / "br-tab-in-csv.csv").read_bytes())
    assert run("build", "--site", str(site.root), "--jobs", "1").exit_code == 0
    before = site.files()
    site.inventory((FOLDERS[which] / "html-saved-as.csv").read_bytes())
    check, build = run("inventory", "check", "--site", str(site.root)), run("build", "--site", str(site.root))
    for result in (check, build):
        assert result.exit_code == 4
        assert "web page" in result.output
        assert "inventory.csv" in result.output
        assert "Traceback" not in result.output
    assert before
    assert site.files() == before


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, words)
