"""The closed vocabularies: every spelling in a spreadsheet is mapped onto one of these words."""

from __future__ import annotations

from typing import Final, Literal, get_args

Condition = Literal["new", "demo", "certified", "used"]
Status = Literal["available", "reserved", "sold", "coming_soon"]
Fuel = Literal[
    "gasoline", "diesel", "flex", "ethanol", "hybrid", "plug_in_hybrid", "electric", "lpg", "cng", "hydrogen", "other"
]
Transmission = Literal["manual", "automatic", "cvt", "dual_clutch", "automated_manual"]
Drivetrain = Literal["fwd", "rwd", "awd", "4wd"]
Body = Literal[
    "hatchback", "sedan", "wagon", "suv", "pickup", "coupe", "convertible", "minivan", "van", "truck", "bus",
    "motorcycle", "trailer", "other",
]  # fmt: skip
ColorFamily = Literal[
    "black", "white", "silver", "gray", "blue", "red", "green", "yellow", "orange", "brown", "beige", "gold", "purple",
    "pink", "other",
]  # fmt: skip

VOCABULARIES: Final[dict[str, tuple[str, ...]]] = {
    "condition": get_args(Condition),
    "status": get_args(Status),
    "fuel": get_args(Fuel),
    "transmission": get_args(Transmission),
    "drivetrain": get_args(Drivetrain),
    "body": get_args(Body),
    "color_family": get_args(ColorFamily),
}
