"""Whole exports: small twins of real ones, always; the real ones too where the folder that holds them is at hand."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from dealergen.config import InventorySettings
from dealergen.errors import InventoryRefused
from dealergen.inventory import FileReport, Inventory
from dealergen.inventory.read import read_inventory

TWINS = Path(__file__).parent / "files"
REAL = Path(__file__).parents[2].parent / "shared" / "data"


@dataclass(frozen=True)
class Export:
    """What a person reads off a file: how it is written, which column is what, what must stay inside."""

    file: str
    encoding: str
    delimiter: str
    profile: str
    rows: int
    """Of the twin."""
    real_rows: int
    fields: dict[str, str]
    """Field → header, or headers with ` + ` between."""
    private: frozenset[str] = frozenset()


EXPORTS = [
    Export(
        "br-dms-latin1.csv", "cp1252", ";", "", 3, 119,
        {
            "vin": "Chassi", "stock_number": "Veículo", "model": "Modelo", "year": "Ano", "color": "Cor",
            "mileage": "KM", "price": "Preço Público/Venda", "sale_price": "Promoção", "arrived": "Data Chegada",
            "status": "Situação", "fuel": "Combustível", "condition": "Estoque",
            "reserved": "Flag Reserva", "rooftop": "Localização", "transmission": "Tipo Transmissão",
        },
        frozenset({
            "NF Número", "Valor Compra", "Custo Operacional", "Valor Escrito2", "Valor HoldBack", "Nr. Renavam",
            "Custo Venda", "Floor",
        }),
    ),
    Export(
        "ca-dealerpull.csv", "utf-8", ",", "dealerpull", 3, 9,
        {
            "title": "description", "trim": "trim", "body": "vehicle type", "drivetrain": "drive",
            "transmission": "transmission", "color": "colour", "mileage": "odometer", "price": "List price",
            "sale_price": "salePrice", "stock_number": "stock #", "certified": "cert/as-is", "status": "status",
            "photos": "images",
        },
        frozenset({"actual cash value", "key #"}),
    ),
    Export(
        "ca-four-dealers.csv", "utf-8", ",", "", 4, 251,
        {
            "rooftop": "dealership", "vin": "vin", "stock_number": "stock_number", "year": "year", "make": "make",
            "model": "model", "trim": "trim", "body": "body_style", "drivetrain": "drive_train",
            "transmission": "transmission", "fuel": "fuel_type", "color": "exterior_color",
            "interior_color": "interior_color", "mileage": "odometer", "price": "internet_price + asking_price",
            "was_price": "retail_price", "condition": "sale_class", "photos": "image.image_md",
        },
    ),
    Export(
        "ca-google-vehicles.tsv", "utf-8", "\t", "google-vehicles", 2, 39,
        {
            "stock_number": "id", "vin": "vin", "rooftop": "store_code", "price": "price", "condition": "condition",
            "make": "make", "model": "model", "trim": "trim", "year": "year", "mileage": "mileage",
            "photos": "image_link", "body": "body_style", "fuel": "fuel", "engine": "engine",
            "transmission": "transmission", "color": "color", "interior_color": "interior_color",
            "seats": "seating_capacity", "doors": "doors", "drivetrain": "drive_wheel_configuration", "title": "title",
            "description": "description",
        },
    ),
    Export(
        "se-meta-vehicles.csv", "utf-8", ",", "meta-vehicles", 2, 16,
        {
            "stock_number": "vehicle_id", "title": "title", "description": "description", "make": "make",
            "model": "model", "year": "year", "mileage": "mileage.value", "mileage_unit": "mileage.unit",
            "price": "price", "condition": "state_of_vehicle", "status": "availability", "body": "body_style",
            "fuel": "fuel_type", "transmission": "transmission", "photos": "image_link + additional_image_link",
        },
    ),
    Export(
        "us-homenet.csv", "utf-8", ",", "homenet", 2, 138,
        {
            "year": "Year", "make": "Make", "model": "Model", "condition": "NewUsed", "color": "ExteriorColor",
            "interior_color": "InteriorColor", "trim": "Trim", "transmission": "Transmission", "vin": "VIN",
            "price": "SellingPrice", "mileage": "Miles", "description": "VehicleDescription", "certified": "Certified",
            "photos": "ImageList",
        },
    ),
    Export(
        "us-two-sources.csv", "utf-8", ",", "", 3, 287,
        {
            "year": "year", "make": "make", "model": "model", "stock_number": "stock_number", "new": "is_new",
            "vin": "vin", "color": "exterior_color", "interior_color": "interior_color", "doors": "doors",
            "transmission": "transmission", "price": "selling_price", "trim": "trim", "fuel": "fuel_type",
            "drivetrain": "drive_train", "msrp": "msrp", "mileage": "miles", "description": "vehicle_description",
            "certified": "certified",
        },
        frozenset({"invoice_amount"}),
    ),
    Export(
        "de-trucks-latin1.csv", "cp1252", ",", "", 3, 300,
        {
            "stock_number": "Id", "model": "Model", "sale_price": "DiscountPrice", "price": "NormalPrice",
            "body": "VehicleType", "power": "EnginePower", "year_made": "RegistrationDate", "mileage": "Mileage",
            "rooftop": "Location", "photos": "Image",
        },
    ),
    Export(
        "br-tab-in-csv.csv", "utf-8", "\t", "", 4, 14,
        {"model": "model", "price": "price", "engine": "engine", "power": "power"},
    ),
    Export(
        "us-vans.xlsx", "workbook", "sheet Vehicles", "", 2, 2,
        {
            "stock_number": "Stock", "rooftop": "Location", "year": "Year", "make": "Make", "model": "Model",
            "trim": "Trim", "price": "Price", "mileage": "Mileage", "color": "Color", "vin": "VIN",
            "condition": "Condition", "photos": "ImageURLs",
        },
        frozenset({"Notes"}),
    ),
]  # fmt: skip


@pytest.fixture
def twins(tmp_path: Path) -> Path:
    """The small twins in a folder, with the workbook made on the spot."""
    for file in TWINS.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "us-vans.xlsx").write_bytes(vans())
    return tmp_path


def vans() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Vehicles"
    photos = ", ".join(f"https://vans.example/{number}.jpg" for number in range(25))
    for row in (
        ["Stock", "Location", "Year", "Make", "Model", "Trim", "Price", "Mileage", "Color", "VIN", "Condition", "Notes",
         "ImageURLs"],
        [None] * 13,
        [53564, "Exampleton, NJ", 2023, "Kestrel", 1500, "High Roof", 41760, 42005, "White", "ZZZTEST0000000051",
         "Pre-Owned", "only one stock photo, pay 30k at most", photos],
        ["E8632P", "Testfield, NJ", 2023, "Borealis", "Cargo", 350, 53316.44, 59561, "Black", "ZZZTEST0000000052",
         "Pre-Owned", "Nice", photos],
        [None] * 13,
    ):  # fmt: skip
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(folder: Path, file: str, cache: Path) -> Inventory:
    return read_inventory(
        InventorySettings(source=file), folder, currency="BRL", distance="km", rooftops=(), now=dt.date(2026, 11, 22),
        cache=cache,
    )  # fmt: skip


def fields_of(report: FileReport) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for column in report.columns:
        if column.field:
            found.setdefault(column.field, set()).add(column.header)
    return found


def check_reading(export: Export, inventory: Inventory, rows: int) -> None:
    [report] = inventory.files
    assert (report.encoding, report.delimiter, report.header_line) == (export.encoding, export.delimiter, 1)
    assert (report.profile, report.rows) == (export.profile, rows)
    assert fields_of(report) == {field: set(headers.split(" + ")) for field, headers in export.fields.items()}
    private = {column.header: column.samples for column in report.columns if column.reason.startswith("private")}
    assert private.keys() >= export.private
    assert set(private.values()) <= {()}


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.file)
def test_a_small_twin_is_understood_as_a_person_would(export: Export, twins: Path, tmp_path: Path) -> None:
    check_reading(export, read(twins, export.file, tmp_path), export.rows)


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.file)
def test_a_real_export_is_understood_as_a_person_would(export: Export, tmp_path: Path) -> None:
    if not (REAL / export.file).is_file():
        print(f"{export.file}: the real export is not here, only its twin was read")  # noqa: T201  # a notice
        return
    check_reading(export, read(REAL, export.file, tmp_path), export.real_rows)


@pytest.mark.parametrize("folder", [TWINS, REAL], ids=["twin", "real"])
def test_a_sign_in_page_saved_as_a_csv_is_refused_with_a_clear_word(folder: Path, tmp_path: Path) -> None:
    if not (folder / "html-saved-as.csv").is_file():
        print("the real page is not here, only its twin was read")  # noqa: T201  # a notice
        return
    with pytest.raises(InventoryRefused, match="is a web page, perhaps a sign-in page, not a table of vehicles"):
        read(folder, "html-saved-as.csv", tmp_path)


def test_no_private_value_is_anywhere_in_the_account(twins: Path, tmp_path: Path) -> None:
    secret = {
        "br-dms-latin1.csv": ["91111", "92222", "94444", "96666", "gerente", "80000000001", "700002"],
        "ca-dealerpull.csv": ["8111", "K77"],
        "us-two-sources.csv": ["27771", "27772"],
        "us-vans.xlsx": ["30k"],
    }
    for file, values in secret.items():
        account = repr(read(twins, file, tmp_path))
        assert [value for value in values if value in account] == []


def test_a_newline_inside_a_quoted_cell_moves_the_lines_of_the_rows_below(twins: Path, tmp_path: Path) -> None:
    lines = {vehicle.stock_number: vehicle.line for vehicle in read(twins, "br-dms-latin1.csv", tmp_path).vehicles}
    assert lines == {"50001": 2, "50002": 5, "50003": 6}


def test_several_files_make_one_inventory_and_each_is_told(twins: Path, tmp_path: Path) -> None:
    settings = InventorySettings(source=["us-homenet.csv", "ca-google-vehicles.tsv"])
    found = read_inventory(
        settings, twins, currency="CAD", distance="km", rooftops=(), now=dt.date(2026, 11, 22), cache=tmp_path
    )
    assert [(file.file, file.profile) for file in found.files] == [
        ("us-homenet.csv", "homenet"),
        ("ca-google-vehicles.tsv", "google-vehicles"),
    ]
    assert {vehicle.make for vehicle in found.vehicles} == {"Kestrel", "Borealis"}
    assert len(found.vehicles) == 4


def test_a_header_named_in_settings_may_stand_in_only_one_of_several_files(twins: Path, tmp_path: Path) -> None:
    settings = InventorySettings(source=["us-homenet.csv", "ca-google-vehicles.tsv"], columns={"price": "SellingPrice"})
    found = read_inventory(
        settings, twins, currency="CAD", distance="km", rooftops=(), now=dt.date(2026, 11, 22), cache=tmp_path
    )
    assert fields_of(found.files[0])["price"] == {"SellingPrice"}
    assert "price" not in fields_of(found.files[1])
