"""The side view's outline, from its proportions; and what every part of the side view has at hand."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, degrees

from .bodies import Shape
from .paint import Paint
from .svg import Defs, Node, Seed, node


@dataclass(slots=True)
class Side:
    """One car seen from its left side."""

    shape: Shape
    paint: Paint
    seed: Seed
    defs: Defs


def upper_line(shape: Shape) -> list[Node]:
    """From the chin over bonnet, screen, roof and tail to the rear bumper."""
    hood, cowl = shape.hood, shape.cowl
    rise = slope(hood, cowl)
    front = [
        node(150, shape.sill + 20),
        node(42, shape.sill + 95, 100),
        node(0, shape.nose, 90),
        node(hood[0] * 0.36, hood[1] - 100, 64),
        node(hood[0], hood[1], 25),
        node(hood[0] + (cowl[0] - hood[0]) * 0.5, hood[1] + (cowl[1] - hood[1]) * 0.63, rise + 1),
    ]
    return front + (_open_cabin(shape) if shape.open_top else _closed_cabin(shape)) + _tail(shape)


def _closed_cabin(shape: Shape) -> list[Node]:
    screen = slope(shape.cowl, shape.header)
    fall = slope(shape.roof_end, shape.deck)
    return [
        node(*shape.cowl, slope(shape.hood, shape.cowl) - 6, screen + 5),
        node(*shape.header, screen - 9, screen - 13),
        node(shape.peak, shape.height, 0),
        node(*shape.roof_end, -9 if fall > -60 else -6, fall + (12 if fall > -60 else 16)),
        node(*shape.deck, fall + (14 if fall > -50 else 2), slope(shape.deck, shape.edge) + (3 if fall > -50 else 0)),
    ]


def _open_cabin(shape: Shape) -> list[Node]:
    """The belt line only: screen and seats are drawn by themselves."""
    return [
        node(*shape.cowl, slope(shape.hood, shape.cowl) - 5, 2),
        node((shape.cowl[0] + shape.deck[0]) / 2, shape.belt[1] + 2, 1),
        node(*shape.deck, 6, -1),
    ]


def _tail(shape: Shape) -> list[Node]:
    """From the rear corner down to the bumper's lower edge."""
    x, y = shape.edge
    upright = y < shape.deck[1] - 60
    return [
        node(x, y, -72 if upright else -4, -80),
        node(shape.length - 25, (y + shape.nose) / 2 + 40, -82),
        node(shape.length, shape.nose + 10, -90),
        node(shape.length - 45, shape.sill + 130, -104),
        node(shape.length - 170, shape.sill + 60),
    ]


def lower_line(shape: Shape) -> list[Node]:
    """From the rear bumper forward along the sill."""
    reach = shape.radius + 60
    return [
        node(shape.rear_axle + reach, shape.sill + 25),
        node(shape.rear_axle - reach, shape.sill),
        node(shape.front_axle + reach, shape.sill),
        node(shape.front_axle - reach, shape.sill + 5),
    ]


def slope(start: tuple[float, float], end: tuple[float, float]) -> float:
    return degrees(atan2(end[1] - start[1], end[0] - start[0]))


def front_screen(shape: Shape) -> list[Node]:
    return _closed_cabin(shape)[:2]


def rear_screen(shape: Shape) -> list[Node]:
    return _closed_cabin(shape)[3:]
