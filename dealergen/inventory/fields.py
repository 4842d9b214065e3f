"""The fields that a spreadsheet's column can feed, by kind. A column that feeds none of them is never published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

FieldKind = Literal[
    "text", "long_text", "identity", "integer", "distance", "money", "year", "date", "choice", "flag", "photos",
    "features", "address", "unit",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: its name in site.yaml and reports, how its cells are read, and whether several columns may feed it."""

    name: str
    kind: FieldKind
    meaning: str
    many: bool = False
    """Several columns may feed it, in file order (photo columns) or as a chain of fallbacks (prices)."""


FIELDS: Final[dict[str, FieldSpec]] = {
    spec.name: spec
    for spec in (
        FieldSpec("vin", "identity", "vehicle identification number (chassi, bastidor, FIN)"),
        FieldSpec("stock_number", "identity", "the dealer's own number for the vehicle"),
        FieldSpec("plate", "identity", "number plate; used for identity only, never published"),
        FieldSpec("rooftop", "text", "which store has the vehicle"),
        FieldSpec("title", "text", "make, model and year in one text; read when they have no columns of their own"),
        FieldSpec("condition", "choice", "new, demo, certified or used"),
        FieldSpec("certified", "flag", "certified pre-owned; turns a used vehicle's condition into certified"),
        FieldSpec("new", "flag", "true for new vehicles (is_new, zerokm)"),
        FieldSpec("status", "choice", "available, reserved, sold or coming soon"),
        FieldSpec("reserved", "flag", "true for a reserved vehicle"),
        FieldSpec("make", "text", "make"),
        FieldSpec("model", "text", "model"),
        FieldSpec("trim", "text", "trim, version"),
        FieldSpec("year", "year", "model year; `2020/2021` gives the year made too"),
        FieldSpec("year_made", "year", "year of manufacture or first registration"),
        FieldSpec("mileage", "distance", "odometer reading"),
        FieldSpec("mileage_unit", "unit", "unit of the mileage, in a column of its own"),
        FieldSpec("price", "money", "asking price", many=True),
        FieldSpec("sale_price", "money", "reduced price; wins over `price` when it is a real price", many=True),
        FieldSpec("was_price", "money", "earlier or regular price; shown only if higher", many=True),
        FieldSpec(
            "msrp", "money", "manufacturer's suggested retail price; the price of a new vehicle that has no other"
        ),
        FieldSpec("fuel", "choice", "fuel"),
        FieldSpec("transmission", "choice", "transmission"),
        FieldSpec("drivetrain", "choice", "driven wheels"),
        FieldSpec("body", "choice", "body style"),
        FieldSpec("engine", "text", "engine"),
        FieldSpec("power", "text", "engine power"),
        FieldSpec("doors", "integer", "number of doors"),
        FieldSpec("seats", "integer", "number of seats"),
        FieldSpec("color", "text", "exterior colour"),
        FieldSpec("interior_color", "text", "interior colour"),
        FieldSpec("description", "long_text", "description for buyers"),
        FieldSpec("features", "features", "equipment, a list", many=True),
        FieldSpec("photos", "photos", "photos: a list in one cell, or one a column", many=True),
        FieldSpec("video", "text", "address of a video"),
        FieldSpec("arrived", "date", "day of arrival in stock"),
        FieldSpec("sold_on", "date", "day of sale"),
    )
}
