"""Vendors' profiles: recognised by their headers, chosen by name, added by a site or a package."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dealergen.config import InventorySettings
from dealergen.errors import SettingsError
from dealergen.inventory import profile as profiles
from dealergen.inventory.mapping import map_columns
from dealergen.inventory.profile import all_profiles, chosen_profile, recognised_profile
from dealergen.inventory.table import Table
from dealergen.inventory.tabulate import tabulate

SHIPPED = {
    "altimus", "autocerto", "autotrader-us", "autoxloo", "boom-sistemas", "carsnip", "click-garage", "dealerpull",
    "frazer", "google-vehicles", "homenet", "meta-vehicles", "revendamais", "reynolds", "tiktok-vehicles", "vauto",
}  # fmt: skip
HEADERS = {
    "vauto": """DealerId,VIN,Stock #,New/Used,Year,Make,Model,Model Number,Series,Body,Transmission,Odometer,
        Engine Displacement,Engine Cylinder Ct,Drivetrain Desc,Color,Interior Color,Invoice,MSRP,Book Value,Price,
        Internet Price,Inventory Date,Certified,Description,Features,Photo Url List,Listing Url,Product Type""",
    "frazer": """Stock,VIN,Year,Make,Model,Style,Internet Price,Retail Price,Mileage,Body Style,Engine,Transmission,
        Drive Train,Color,Color 2,Fuel Type,Doors,PhotoURLs,Sales Comments,Features""",
    "autoxloo": """stock,title,vin,year,make,model,trim,free_text,type,body,mileage,price_current,price_wholesale,
        price_cost,InternetPrice,MSRP,BookValue,exterior,interior,doors,engine,transmission,drive_type,fuel_type,
        warranty,description""",
    "reynolds": """StockNumber,NewUsed,BikeYear,Make,Model,VIN,Color,Odometer,BikeKey,Location,Conditon,InvoiceDate,
        ReceivedDate,Freight,DSRP,MSRP,UnitStatus""",
    "revendamais": """ID,TITLE,CATEGORY,DESCRIPTION,ACCESSORIES,PROMOTION_PRICE,HP,MAKE,MODEL,BASE_MODEL,VERSION,YEAR,
        FABRIC_YEAR,CONDITION,MILEAGE,FUEL,GEAR,MOTOR,CHASSI,DOORS,COLOR,PRICE,PHONE,BODY_TYPE,IMAGES,FIPE""",
    "meta-vehicles": """vehicle_id,title,description,url,make,model,year,mileage.value,mileage.unit,image[0].url,
        image[0].tag[0],transmission,fuel_type,body_style,drivetrain,vin,condition,price,address,exterior_color,
        sale_price,availability,date_first_on_lot,state_of_vehicle,latitude,longitude""",
}


def read(name: str) -> tuple[str, dict[str, str]]:
    """The recognised profile, and field → header."""
    header = [cell.strip() for cell in HEADERS[name].split(",")]
    table = Table("stock.csv", header, [["x"] * len(header)], [2], "utf-8", ",", 1)
    mapping = map_columns(table, InventorySettings(), recognised_profile(header, None))
    return mapping.profile, {field: header[indexes[0]] for field, indexes in mapping.columns.items()}


def test_the_profiles_that_ship() -> None:
    assert {profile.name for profile in all_profiles(None)} >= SHIPPED
    assert all(profile.title and profile.source for profile in all_profiles(None))


@pytest.mark.parametrize("name", sorted(HEADERS))
def test_a_vendors_header_row_is_recognised(name: str) -> None:
    assert read(name)[0] == name


def test_no_profile_is_mistaken_for_another() -> None:
    for one in all_profiles(None):
        if one.detect:
            found = recognised_profile(sorted(one.detect), None)
            assert found is not None
            assert found.name == one.name


def test_vauto_series_is_the_trim_and_its_costs_stay_private() -> None:
    fields = read("vauto")[1]
    assert (fields["trim"], fields["price"], fields["photos"]) == ("Series", "Price", "Photo Url List")
    assert not {"Invoice", "Book Value", "Model Number"} & set(fields.values())


def test_autoxloo_title_is_the_condition() -> None:
    fields = read("autoxloo")[1]
    assert (fields["condition"], fields["price"]) == ("title", "price_current")
    assert not {"price_cost", "price_wholesale", "BookValue"} & set(fields.values())


def test_meta_condition_is_wear_and_is_left_out() -> None:
    fields = read("meta-vehicles")[1]
    assert (fields["condition"], fields["mileage_unit"]) == ("state_of_vehicle", "mileage.unit")
    assert fields["photos"] == "image[0].url"


def test_frazer_style_is_the_trim() -> None:
    fields = read("frazer")[1]
    assert (fields["trim"], fields["body"], fields["interior_color"]) == ("Style", "Body Style", "Color 2")


def test_revendamais_year_is_the_model_year() -> None:
    fields = read("revendamais")[1]
    assert (fields["year"], fields["year_made"], fields["sale_price"]) == ("YEAR", "FABRIC_YEAR", "PROMOTION_PRICE")


def test_an_unknown_profile_is_an_error_with_the_nearest_one_and_the_list() -> None:
    with pytest.raises(SettingsError, match="no profile named 'home-net'; did you mean 'homenet'") as wrong:
        chosen_profile("home-net", None)
    assert "vauto" in wrong.value.remedy


def test_a_site_adds_its_own_profile(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "my-dms.yaml").write_text(
        "title: My DMS\ndetect: [Alpha, Beta]\ncolumns: {Alpha: model, Beta: price}\n", "utf-8"
    )
    found = recognised_profile(["Alpha", "Beta", "Gamma"], tmp_path)
    assert found is not None
    assert (found.name, found.columns) == ("my-dms", {"alpha": "model", "beta": "price"})


def test_a_profile_with_an_unknown_field_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "my-dms.yaml").write_text("title: My DMS\ncolumns: {Alpha: modle}\n", "utf-8")
    with pytest.raises(SettingsError, match=r"my-dms\.yaml: there is no field named 'modle'; did you mean 'model'"):
        all_profiles(tmp_path)


def test_a_package_adds_profiles_by_an_entry_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "acme_profiles"
    package.mkdir()
    (package / "__init__.py").write_text("", "utf-8")
    (package / "acme.yaml").write_text("title: Acme\ndetect: [Acme Id]\ncolumns: {Acme Id: stock_number}\n", "utf-8")
    metadata = tmp_path / "acme_profiles-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-profiles\nVersion: 1.0\n", "utf-8")
    (metadata / "entry_points.txt").write_text("[dealergen.profiles]\nacme = acme_profiles\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    profiles._installed.cache_clear()
    try:
        assert "acme" in {profile.name for profile in all_profiles(None)}
    finally:
        profiles._installed.cache_clear()
        sys.modules.pop("acme_profiles", None)


def test_a_format_without_headers_is_read_by_its_fixed_order() -> None:
    profile = chosen_profile("carsnip", None)
    row = b"F1,V1,C1,Fiat,Uno,Way,2019,9900,AB12CDE,30000,a.jpg,https://x.example,Red,Petrol,Hatchback,5,1000\n"
    table = tabulate(row, "stock.csv", InventorySettings(profile="carsnip"), profile).table
    mapping = map_columns(table, InventorySettings(), profile)
    assert (mapping.columns["make"], mapping.columns["price"], mapping.columns["engine"]) == ([3], [7], [16])
    assert mapping.units["price"] == "GBP"
