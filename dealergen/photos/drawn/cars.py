"""Whole drawings: a car in its body style and paint, from a side, standing in a scene; and the placeholder."""

from __future__ import annotations

from typing import Final, Literal

from dealergen.inventory.vocabulary import Body, ColorFamily

from .bodies import shape_of
from .paint import FAMILY_PAINTS, Paint
from .scene import FLOOR, HEIGHT, WIDTH, Scene, backdrop, shadow
from .side import draw_side
from .svg import Defs, Seed, element, group, rect

View = Literal["side", "front", "rear", "wheel", "cabin"]
_SCALE: Final = 0.298
_WIDEST: Final = 1400.0
_PLACEHOLDER_SEED: Final = 11


def draw_car(body: Body, paint: str, view: View = "side", *, seed: int = 0, scene: bool = True) -> str:
    """A drawing of 1600 by 1067, as SVG text; `paint` is `#rrggbb`. The same arguments give the same text."""
    defs, dice = Defs(), Seed(seed)
    shape = shape_of(body, dice)
    scale = min(_SCALE, _WIDEST / shape.length)
    left = (WIDTH - shape.length * scale) / 2
    place = backdrop(dice, defs) if scene else Scene("", 0.0)
    car = group(draw_side(shape, Paint(paint), dice, defs), id="car")
    at = f"translate({left:.1f} {FLOOR}) scale({scale:.4f} {-scale:.4f})"
    standing = group(car, transform=at)
    fade = defs.mask(
        rect(
            0,
            FLOOR,
            WIDTH,
            225,
            fill=defs.linear((0, FLOOR), (0, FLOOR + 190), [(0.0, "#fff", place.gloss), (1.0, "#fff", 0.0)]),
        )
    )
    mirrored = (
        group(
            element("use", href="#car", transform=f"translate({left:.1f} {FLOOR}) scale({scale:.4f} {scale:.4f})"),
            mask=fade,
        )
        if place.gloss
        else ""
    )
    cast = shadow(defs, left + 40, WIDTH - left - 40, place.shade)
    return _document(defs, place.back, mirrored, cast, standing)


def placeholder_svg(body: Body | None, color_family: ColorFamily | None) -> bytes:
    """The drawing that stands in for missing photos: the body style in a typical paint, on a quiet ground."""
    paint = FAMILY_PAINTS[color_family or "silver"]
    return draw_car(body or "hatchback", paint, seed=_PLACEHOLDER_SEED).encode()


def _document(defs: Defs, *layers: str) -> str:
    return element(
        "svg",
        defs.text(),
        *layers,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        width=WIDTH,
        height=HEIGHT,
    )
