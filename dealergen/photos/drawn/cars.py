"""Whole drawings: a vehicle in its body style and paint, seen from one side, in a scene; and the placeholder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from dealergen.inventory.vocabulary import Body, ColorFamily

from .bodies import Shape, shape_of
from .cabin import draw_cabin
from .ends import End
from .front import draw_front
from .motorcycle import LENGTH as MOTORCYCLE_LENGTH
from .motorcycle import draw_motorcycle
from .paint import FAMILY_PAINTS, Paint
from .rear import draw_rear
from .scene import FLOOR, HEIGHT, WIDTH, Scene, backdrop, quiet_ground, shadow
from .side import draw_side
from .svg import Defs, Seed, element, group, rect

View = Literal["side", "front", "rear", "cabin", "wheel", "tail"]
VIEWS: Final[tuple[View, ...]] = get_args(View)

_SCALE: Final = 0.298
_WIDEST: Final = 1400.0
_END_SCALE: Final = 0.44
_TALLEST: Final = 720.0
_CLOSE: Final = 2.5
_PLACEHOLDER_SEED: Final = 11

_MOTORCYCLE_DETAILS: Final[dict[View, tuple[float, float]]] = {
    "front": (700, 980), "rear": (1500, 700), "wheel": (480, 430), "tail": (1150, 430),
    "cabin": (1100, 820),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Figure:
    """A drawing in millimetres that stands on y = 0 from x = `left` to `right`, and its scale in pixels."""

    drawing: str
    left: float
    right: float
    scale: float


def draw_car(body: Body, paint: str, view: View = "side", *, seed: int = 0, scene: bool = True) -> str:
    """A drawing of 1600 by 1067 pixels, as SVG text; `paint` is `#rrggbb`.

    The same arguments give the same text. A seed stands for one car: its views share model, wheels and scene.
    A motorcycle is shown from its side: the other views are details of it.
    """
    defs, dice = Defs(), Seed(seed)
    if view == "cabin" and body != "motorcycle":
        return _document(defs, draw_cabin(Paint(paint), dice, defs))
    place = backdrop(dice, defs) if scene else Scene("", 0.0)
    return _compose(body, Paint(paint), view, dice, defs, place)


def placeholder_svg(body: Body | None, color_family: ColorFamily | None) -> bytes:
    """The drawing that stands in for missing photos: the body style in a typical paint, on a quiet ground."""
    defs, dice = Defs(), Seed(_PLACEHOLDER_SEED)
    paint = Paint(FAMILY_PAINTS[color_family or "silver"])
    return _compose(body or "hatchback", paint, "side", dice, defs, quiet_ground(defs)).encode()


def _compose(body: Body, paint: Paint, view: View, seed: Seed, defs: Defs, place: Scene) -> str:
    figure = _figure(body, paint, view, seed, defs)
    offset = WIDTH / 2 - (figure.left + figure.right) / 2 * figure.scale
    left, right = offset + figure.left * figure.scale, offset + figure.right * figure.scale
    at = f"translate({offset:.1f} {FLOOR}) scale({figure.scale:.4f} {{}}{figure.scale:.4f})"
    layers = group(
        place.back,
        _mirror_image(defs, place, at.format("")) if place.gloss else "",
        shadow(defs, left + 20, right - 20, place.shade),
        group(group(figure.drawing, id="car"), transform=at.format("-")),
        transform=_closer(view, body, seed, offset, figure.scale),
    )
    return _document(defs, layers)


def _document(defs: Defs, drawing: str) -> str:
    return element(
        "svg", defs.text(), drawing, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {HEIGHT}", width=WIDTH,
        height=HEIGHT,
    )  # fmt: skip


def _figure(body: Body, paint: Paint, view: View, seed: Seed, defs: Defs) -> _Figure:
    if body == "motorcycle":
        return _Figure(draw_motorcycle(paint, seed, defs), 25, MOTORCYCLE_LENGTH, 0.47)
    shape = shape_of(body, seed)
    if view in {"front", "rear"}:
        end = End(shape, paint, seed, defs)
        drawing = draw_front(end) if view == "front" else draw_rear(end)
        return _Figure(drawing, -end.half, end.half, min(_END_SCALE, _TALLEST / shape.height))
    return _Figure(draw_side(shape, paint, seed, defs), 0, shape.length, min(_SCALE, _WIDEST / shape.length))


def _mirror_image(defs: Defs, place: Scene, at: str) -> str:
    """The floor's reflection, fading with distance."""
    fade = defs.linear((0, FLOOR), (0, FLOOR + 190), [(0.0, "#fff", place.gloss), (1.0, "#fff", 0.0)])
    return group(element("use", href="#car", transform=at), mask=defs.mask(rect(0, FLOOR, WIDTH, 225, fill=fade)))


def _closer(view: View, body: Body, seed: Seed, offset: float, scale: float) -> str | None:
    """For details: the side view enlarged about a point."""
    focus = _MOTORCYCLE_DETAILS.get(view) if body == "motorcycle" else _detail(view, shape_of(body, seed))
    if focus is None:
        return None
    across, down = offset + focus[0] * scale, FLOOR - focus[1] * scale
    return f"translate({800 - across * _CLOSE:.1f} {560 - down * _CLOSE:.1f}) scale({_CLOSE})"


def _detail(view: View, shape: Shape) -> tuple[float, float] | None:
    if view == "wheel":
        return shape.front_axle + 160, shape.radius + 190
    return (shape.rear_axle + 190, shape.radius + 260) if view == "tail" else None
