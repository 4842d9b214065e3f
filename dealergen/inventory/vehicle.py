"""One vehicle as the rest of the house knows it: clean values, and the row that they came from."""

from __future__ import annotations

import datetime as dt
import marshal
from dataclasses import dataclass
from decimal import Decimal
from hashlib import blake2b
from typing import Literal

from .vocabulary import Body, ColorFamily, Condition, Drivetrain, Fuel, Status, Transmission


@dataclass(slots=True)
class Vehicle:
    """Only what may be published, but for `vin` (published if `inventory.publish_vin`) and `line`/`file`.

    `code` is the identity: eight characters of a digest over VIN, else stock number, else plate, else the row.
    It is stable under re-ordering, is in the vehicle's URL, and tells nothing that was not public.
    Distances are in the site's unit, money in the site's currency. `None` and `""` mean: the file does not say.
    """

    code: str
    file: str
    line: int
    vin: str = ""
    stock_number: str = ""
    rooftop: str = ""
    condition: Condition = "used"
    status: Status = "available"
    make: str = ""
    model: str = ""
    trim: str = ""
    year: int | None = None
    year_made: int | None = None
    mileage: int | None = None
    price: Decimal | None = None
    was_price: Decimal | None = None
    fuel: Fuel | None = None
    transmission: Transmission | None = None
    drivetrain: Drivetrain | None = None
    body: Body | None = None
    engine: str = ""
    power: str = ""
    doors: int | None = None
    seats: int | None = None
    color: str = ""
    color_family: ColorFamily | None = None
    interior_color: str = ""
    description: str = ""
    features: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    video: str = ""
    arrived: dt.date | None = None
    sold_on: dt.date | None = None
    digest: bytes = b""
    """Over every published field; set once by `sealed`."""
    known_by: Literal["vin", "stock_number", "plate", "row"] = "row"
    """What `code` stands on; not published."""

    @property
    def name(self) -> str:
        """Make, model and trim, as in "Fiat Argo Drive 1.0"."""
        return " ".join(part for part in (self.make, self.model, self.trim) if part)

    def sealed(self) -> Vehicle:
        """Self, with `digest` computed. `file` and `line` stay out: a moved row is the same vehicle."""
        fields = (
            self.code, self.vin, self.stock_number, self.rooftop, self.condition, self.status, self.make, self.model,
            self.trim, self.year, self.year_made, self.mileage, str(self.price), str(self.was_price), self.fuel,
            self.transmission, self.drivetrain, self.body, self.engine, self.power, self.doors, self.seats, self.color,
            self.color_family, self.interior_color, self.description, self.features, self.photos, self.video,
            str(self.arrived), str(self.sold_on),
        )  # fmt: skip
        # Version 2 of marshal holds no references, so equal values have equal bytes; it is four times faster than repr.
        self.digest = blake2b(marshal.dumps(fields, 2), digest_size=16).digest()
        return self
