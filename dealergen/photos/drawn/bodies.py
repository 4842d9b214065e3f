"""The proportions of each body style in millimetres, and their seeded variety: from city hatchback to bus.

The car faces left. x runs from the front bumper to the rear, y from the ground up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from dealergen.inventory.vocabulary import Body

from .svg import Seed

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A car's side in a dozen and a half measures."""

    length: float
    height: float
    wheelbase: float
    overhang: float
    """Front bumper to front axle."""
    wheel: float
    """Tyre's outer diameter."""
    sill: float
    """Ground to the lower edge of the side."""
    nose: float
    """Height of the foremost point."""
    hood: Point
    """Leading edge of the bonnet."""
    cowl: Point
    """Where windscreen and bonnet meet."""
    header: Point
    """Where windscreen and roof meet."""
    peak: float
    """x of the roof's highest point."""
    roof_end: Point
    deck: Point
    """Foot of the rear window."""
    edge: Point
    """The upper rear corner of the body."""
    belt: tuple[float, float]
    """Height of the windows' lower edge at the front and at the rear."""
    dlo_end: Point
    """The rear upper corner of the side windows (the daylight opening)."""
    dlo_tip: Point
    """The rear lower corner of the side windows."""
    doors: tuple[float, ...]
    """x of the vertical cuts: front door's rear edge, rear door's rear edge."""
    width: float = 1780
    cladding: float = 0
    """0 none, 1 arches and sills in dark plastic."""
    rails: bool = False
    bed: bool = False
    """A pickup's open bed behind the cab."""
    open_top: bool = False
    blind_from: float = 0
    """x behind which the sides have no windows (panel van); 0 for none."""

    @property
    def front_axle(self) -> float:
        return self.overhang

    @property
    def rear_axle(self) -> float:
        return self.overhang + self.wheelbase

    @property
    def radius(self) -> float:
        return self.wheel / 2


HATCHBACK = Shape(
    length=4060, height=1475, wheelbase=2560, overhang=835, wheel=632, sill=205, nose=520, hood=(230, 820),
    cowl=(1130, 1010), header=(1890, 1405), peak=2300, roof_end=(3420, 1392), deck=(3850, 1065), edge=(3985, 960),
    belt=(960, 1045), dlo_end=(3130, 1330), dlo_tip=(3420, 1100), doors=(2330, 3200), width=1745,
)  # fmt: skip
SEDAN = Shape(
    length=4640, height=1450, wheelbase=2710, overhang=905, wheel=650, sill=195, nose=510, hood=(260, 800),
    cowl=(1290, 985), header=(2100, 1385), peak=2540, roof_end=(3260, 1375), deck=(4070, 1085), edge=(4540, 1055),
    belt=(935, 1010), dlo_end=(3300, 1320), dlo_tip=(3720, 1075), doors=(2490, 3440),
)  # fmt: skip
WAGON = replace(
    SEDAN, length=4700, height=1475, roof_end=(4120, 1415), deck=(4520, 1060), edge=(4620, 960), dlo_end=(4050, 1345),
    dlo_tip=(4330, 1085), rails=True,
)  # fmt: skip
SUV = Shape(
    length=4420, height=1665, wheelbase=2650, overhang=870, wheel=712, sill=270, nose=660, hood=(135, 1030),
    cowl=(1200, 1165), header=(1830, 1590), peak=2420, roof_end=(3900, 1600), deck=(4250, 1190), edge=(4345, 1060),
    belt=(1110, 1185), dlo_end=(3690, 1520), dlo_tip=(3960, 1240), doors=(2420, 3370), width=1840, cladding=1,
    rails=True,
)  # fmt: skip
PICKUP = Shape(
    length=5330, height=1815, wheelbase=3180, overhang=950, wheel=778, sill=355, nose=760, hood=(110, 1150),
    cowl=(1400, 1270), header=(2040, 1740), peak=2520, roof_end=(3290, 1755), deck=(3500, 1235), edge=(5270, 1225),
    belt=(1205, 1235), dlo_end=(3230, 1680), dlo_tip=(3370, 1262), doors=(2540, 3430), width=1860, cladding=1, bed=True,
)  # fmt: skip
COUPE = Shape(
    length=4520, height=1325, wheelbase=2660, overhang=880, wheel=672, sill=165, nose=470, hood=(270, 735),
    cowl=(1420, 925), header=(2180, 1255), peak=2560, roof_end=(3080, 1270), deck=(4030, 985), edge=(4430, 975),
    belt=(880, 945), dlo_end=(3140, 1195), dlo_tip=(3560, 1000), doors=(2760,), width=1850,
)  # fmt: skip
CONVERTIBLE = replace(COUPE, open_top=True, height=1290, header=(2060, 1240), dlo_tip=(3200, 960), deck=(3560, 985))
MINIVAN = Shape(
    length=4620, height=1690, wheelbase=2790, overhang=890, wheel=660, sill=215, nose=560, hood=(190, 905),
    cowl=(960, 1120), header=(1790, 1605), peak=2560, roof_end=(4120, 1605), deck=(4470, 1130), edge=(4560, 1020),
    belt=(1080, 1130), dlo_end=(4060, 1525), dlo_tip=(4310, 1165), doors=(2290, 3360), width=1830, rails=True,
)  # fmt: skip
VAN = Shape(
    length=5300, height=2290, wheelbase=3200, overhang=960, wheel=690, sill=280, nose=640, hood=(170, 1130),
    cowl=(800, 1330), header=(1560, 2170), peak=2300, roof_end=(5090, 2240), deck=(5250, 1500), edge=(5275, 1200),
    belt=(1270, 1330), dlo_end=(2010, 2040), dlo_tip=(2040, 1370), doors=(2050, 3420), width=1990, blind_from=2180,
)  # fmt: skip
BUS = replace(VAN, length=6100, height=2650, wheelbase=3900, header=(1500, 2500), roof_end=(5880, 2600),
    deck=(6050, 1600),
              edge=(6075, 1250), dlo_end=(5760, 2300), dlo_tip=(5860, 1370), blind_from=0)  # fmt: skip
TRUCK = replace(VAN, length=5900, height=2560, wheelbase=3700, header=(1500, 2400), roof_end=(5690, 2520),
                deck=(5850, 1500), edge=(5875, 1230), dlo_end=(2010, 2240), dlo_tip=(2040, 1370))  # fmt: skip

BOXY_SUV = replace(
    SUV, length=4520, height=1790, hood=(105, 1110), cowl=(1210, 1235), header=(1640, 1725), peak=2300,
    roof_end=(4290, 1745), deck=(4420, 1240), edge=(4450, 1110), belt=(1190, 1215), dlo_end=(4130, 1655),
    dlo_tip=(4220, 1245), nose=720, sill=300, wheel=742, doors=(2390, 3380),
)  # fmt: skip
SPORT_SUV = replace(
    SUV, height=1580, header=(1900, 1505), peak=2420, roof_end=(3500, 1510), deck=(4180, 1165), edge=(4345, 1070),
    belt=(1085, 1165), dlo_end=(3380, 1435), dlo_tip=(3880, 1220), wheel=728, sill=250, rails=False,
)  # fmt: skip
CITY_CAR = replace(
    HATCHBACK, length=3640, height=1520, wheelbase=2420, overhang=700, hood=(190, 870), cowl=(880, 1040),
    header=(1560, 1445), peak=2000, roof_end=(3160, 1440), deck=(3500, 1090), edge=(3590, 980), belt=(990, 1065),
    dlo_end=(2960, 1375), dlo_tip=(3200, 1110), doors=(2010, 2870), wheel=600,
)  # fmt: skip

SHAPES: Final[dict[Body, Shape]] = {
    "hatchback": HATCHBACK, "sedan": SEDAN, "wagon": WAGON, "suv": SUV, "pickup": PICKUP, "coupe": COUPE,
    "convertible": CONVERTIBLE, "minivan": MINIVAN, "van": VAN, "truck": TRUCK, "bus": BUS, "trailer": VAN,
    "other": HATCHBACK, "motorcycle": HATCHBACK,
}  # fmt: skip


COUSINS: Final[dict[Body, tuple[Shape, ...]]] = {
    "suv": (SUV, SUV, SPORT_SUV, BOXY_SUV),
    "hatchback": (HATCHBACK, HATCHBACK, CITY_CAR),
}
"""Body styles that come in more than one kind."""


def shape_of(body: Body, seed: Seed) -> Shape:
    """The body style's proportions, moved a little: every seed is another model of the same kind."""
    kind = seed.pick("kind", COUSINS.get(body, (SHAPES[body],)))
    shape = _stretched(kind, seed.between("stretch", 0.955, 1.025))
    taller = seed.between("height", -0.018, 0.022)
    nose = seed.between("nose", -30, 35)
    kick = seed.between("kick", -25, 35)
    slant = seed.between("slant", -90, 60)
    tail = seed.between("tail", -70, 60)
    return replace(
        shape,
        height=shape.height * (1 + taller),
        wheel=shape.wheel + seed.between("wheel", -8, 26),
        nose=shape.nose + nose,
        hood=_moved(shape.hood, seed.between("hood", -50, 30), nose),
        cowl=_moved(shape.cowl, slant, nose * 0.3),
        header=_moved(shape.header, slant * 0.6, shape.header[1] * taller),
        roof_end=_moved(shape.roof_end, tail, shape.roof_end[1] * taller + kick * 0.4),
        belt=_moved(shape.belt, 0, kick * 0.6),
        dlo_end=_moved(shape.dlo_end, tail, shape.dlo_end[1] * taller),
        dlo_tip=_moved(shape.dlo_tip, tail * 0.5, kick),
    )


def _stretched(shape: Shape, factor: float) -> Shape:
    """Longer or shorter, with wheels and heights as they were."""

    def across(point: Point) -> Point:
        return point[0] * factor, point[1]

    return replace(
        shape, length=shape.length * factor, wheelbase=shape.wheelbase * factor, overhang=shape.overhang * factor,
        hood=across(shape.hood), cowl=across(shape.cowl), header=across(shape.header), peak=shape.peak * factor,
        roof_end=across(shape.roof_end), deck=across(shape.deck), edge=across(shape.edge),
        dlo_end=across(shape.dlo_end),
        dlo_tip=across(shape.dlo_tip), doors=tuple(x * factor for x in shape.doors),
        blind_from=shape.blind_from * factor,
    )  # fmt: skip


def _moved(point: Point, across: float, up: float) -> Point:
    return point[0] + across, point[1] + up
