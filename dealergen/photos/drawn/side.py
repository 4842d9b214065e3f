"""A car from its left side, in millimetres, facing left: silhouette, glass, light on the paint, cuts, lamps, wheels."""

from __future__ import annotations

from .bodies import Shape
from .glass import cabin_glass
from .lamps import side_lamps
from .light import base_fill, light
from .open_top import open_cabin
from .paint import Paint
from .panels import cuts, mirror, rails, trim, underside, wheel_houses
from .silhouette import Side, lower_line, upper_line
from .svg import Defs, Seed, curve, group, path
from .wheels import wheel


def draw_side(shape: Shape, paint: Paint, seed: Seed, defs: Defs) -> str:
    """The car alone, wheels on y = 0, y pointing up."""
    side = Side(shape, paint, seed, defs)
    outline = curve(upper_line(shape) + lower_line(shape), closed=True)
    inside = defs.clip(path(outline))
    body = group(
        path(outline, fill=base_fill(side)), light(side), cabin_glass(side), cuts(side), trim(side), wheel_houses(side),
        side_lamps(side), clip_path=inside,
    )  # fmt: skip
    return underside(side) + rails(side) + open_cabin(side) + body + mirror(side) + _wheels(side)


def _wheels(side: Side) -> str:
    shape = side.shape
    return "".join(
        wheel(side.defs, side.seed, x, shape.radius, shape.radius) for x in (shape.front_axle, shape.rear_axle)
    )
