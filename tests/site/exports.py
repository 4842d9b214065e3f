"""Ten dealers' exports as a careful clerk reads them: with the csv module, one export at a time, without dealergen.

The same descriptions hold for the real files, which lie beside the repository where they are at hand, and for their
invented twins in `files/`, which repeat the quirks in a few rows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TWINS = Path(__file__).parent / "files"
REAL = Path(__file__).parents[2].parent / "shared" / "data"

Row = dict[str, str]
Facts = dict[str, object]
"""What one vehicle must say; only the keys that the file tells: sku, year, made, mileage, price, photos, store."""


@dataclass(frozen=True)
class Export:
    """One file: how its bytes are rows, what each row says, and what of it is nobody's business."""

    name: str
    count: int
    """Vehicles in the real file."""
    facts: Callable[[Row], Facts]
    private: tuple[str, ...]
    settings: dict[str, Any]
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    key: str = ""
    """The column that tells which rows are one vehicle; the later row counts. Empty: each row is one."""
    inventory: dict[str, Any] = field(default_factory=dict)
    """What site.yaml must say about the file."""

    def rows(self, folder: Path) -> list[Row]:
        """The rows that hold anything, by header."""
        if self.name.endswith(".xlsx"):
            return _workbook_rows(folder / self.name)
        text = (folder / self.name).read_bytes().decode(self.encoding)
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=self.delimiter, restkey="", restval="")
        return [row for row in rows if any(isinstance(cell, str) and cell.strip() for cell in row.values())]

    def vehicles(self, folder: Path) -> list[Row]:
        """One row a vehicle."""
        rows = self.rows(folder)
        return list({row[self.key]: row for row in rows}.values()) if self.key else rows


def _workbook_rows(file: Path) -> list[Row]:
    import openpyxl

    header, *rows = openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True)
    return [
        {str(name): "" if cell is None else str(cell) for name, cell in zip(header, row, strict=True)}
        for row in rows
        if any(cell is not None for cell in row)
    ]


def whole(text: str, *marks: str) -> int | None:
    """A whole number without the `marks` in it; nothing for what is empty, NULL or zero."""
    for mark in marks:
        text = text.replace(mark, "")
    return int(float(text)) or None if text.strip() not in ("", "NULL") else None


def listed(text: str, mark: str = ",") -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(mark) if part.strip())


def br_dms(row: Row) -> Facts:
    made, year = row["Ano"].split("/")
    price = whole(row["Preço Público/Venda"])
    return {"sku": row["Veículo"], "made": int(made), "year": int(year), "price": price, "photos": ()}


def br_tab(row: Row) -> Facts:
    return {"price": whole(row["price"], "."), "photos": ()}


def ca_dealerpull(row: Row) -> Facts:
    price = whole(row["salePrice"], "$", ",") or whole(row["List price"], "$", ",")
    return {
        "sku": row["stock #"], "year": int(row["description"].split()[0]), "mileage": whole(row["odometer"], ","),
        "price": price, "photos": listed(row["images"]),
    }  # fmt: skip


def ca_four(row: Row) -> Facts:
    prices = (whole(row[name]) for name in ("internet_price", "asking_price", "retail_price"))
    return {
        "sku": row["stock_number"], "year": int(row["year"]), "mileage": whole(row["odometer"]),
        "price": next((price for price in prices if price), None), "store": row["dealership"],
    }  # fmt: skip


def ca_google(row: Row) -> Facts:
    return {
        "sku": row["id"], "year": int(row["year"]), "mileage": whole(row["mileage"], " km"),
        "price": whole(row["price"], " CAD"), "photos": (row["image_link"],),
    }  # fmt: skip


def se_meta(row: Row) -> Facts:
    return {
        "sku": row["vehicle_id"], "year": int(row["year"]), "mileage": whole(row["mileage.value"]),
        "price": whole(row["price"], " SEK"),
        "photos": (row["image_link"], *listed(row["additional_image_link"])),
    }  # fmt: skip


def us_homenet(row: Row) -> Facts:
    return {
        "year": int(row["Year"]), "mileage": whole(row["Miles"]), "price": whole(row["SellingPrice"]),
        "photos": listed(row["ImageList"]),
    }  # fmt: skip


def us_two_sources(row: Row) -> Facts:
    return {
        "sku": row["stock_number"], "year": int(row["year"]), "mileage": whole(row["miles"]),
        "price": whole(row["selling_price"]), "photos": (),
    }  # fmt: skip


def de_trucks(row: Row) -> Facts:
    return {
        "sku": row["Id"], "made": int(row["RegistrationDate"].split("/")[1]),
        "mileage": whole(row["Mileage"], ".", " km"), "price": whole(row["DiscountPrice"]),
    }  # fmt: skip


def us_vans(row: Row) -> Facts:
    return {
        "sku": row["Stock"], "year": int(row["Year"]), "mileage": whole(row["Mileage"]),
        "price": float(row["Price"]), "photos": listed(row["ImageURLs"]),
    }  # fmt: skip


CANADA: dict[str, Any] = {"languages": ["en"], "currency": "CAD"}
STATES: dict[str, Any] = {"languages": ["en"], "currency": "USD", "units": {"distance": "mi"}}
BRAZIL: dict[str, Any] = {"languages": ["pt-BR"]}

EXPORTS = {
    export.name: export
    for export in (
        Export(
            "br-dms-latin1.csv", 119, br_dms,
            ("Chassi", "Placa", "NF Número", "Valor Compra", "Custo Operacional", "Custo Valor Compra", "NF Compra",
             "Valor Agregado", "Data Emissão", "Valor Escrito", "Valor Escrito2", "Valor Escrito3", "Data Pagamento",
             "Tipo Faturamento", "Valores Agregados", "Valor HoldBack", "Nr. Renavam", "Custo Venda", "Floor"),
            BRAZIL, ";", "latin-1", inventory={"defaults": {"make": "Chevrolet"}},
        ),
        Export(
            "br-tab-in-csv.csv", 14, br_tab, ("sistem", "quality_materials", "resale", "comparison"), BRAZIL, "\t"
        ),
        Export(
            "ca-dealerpull.csv", 9, ca_dealerpull, ("actual cash value", "dii", "key #", "other"), CANADA
        ),
        Export("ca-four-dealers.csv", 251, ca_four, ("vin", "days_on_lot", "vdp_url"), CANADA),
        Export(
            "ca-google-vehicles.tsv", 39, ca_google, ("vin", "dealership_name", "dealership_address", "link"), CANADA,
            "\t",
        ),
        Export("se-meta-vehicles.csv", 16, se_meta, ("url", "address"), {"languages": ["en"], "currency": "SEK"}),
        Export("us-homenet.csv", 138, us_homenet, ("VIN", "car_details_link"), STATES),
        Export(
            "us-two-sources.csv", 285, us_two_sources, ("vin", "invoice_amount", "shorten_vdp_url"), STATES, key="vin",
        ),
        Export("de-trucks-latin1.csv", 300, de_trucks, ("Link",), {"languages": ["en"], "currency": "EUR"},
               encoding="latin-1"),
        Export("us-vans.xlsx", 2, us_vans, ("VIN", "Notes", "Location"), STATES),
    )
}  # fmt: skip
