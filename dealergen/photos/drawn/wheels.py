"""Wheels: tyre, rim in one of several designs, brake disc and hub, drawn around the origin with unit radius 100."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, radians, sin
from typing import Final

from .paint import RUBBER
from .svg import Defs, Seed, circle, curve, group, node, path

RIM = 77.0
"""Rim radius, of a tyre of 100."""


def wheel(defs: Defs, seed: Seed, x: float, y: float, radius: float, *, slender: bool = False) -> str:
    """A wheel centred at (x, y); the seed chooses its design. `slender` suits a motorcycle."""
    turn = seed.between(f"turn{x:.0f}", 0, 72)
    dark = seed.share("rim finish") < 0.22
    design = _five if slender else seed.pick("rim", DESIGNS)
    metal = _metal(defs, dark)
    parts = (
        _tyre(defs),
        circle(0, 0, RIM, fill="#0d0f11"),
        _brake(defs),
        group(design(metal, _shade(dark)), transform=f"rotate({turn:.1f})"),
        circle(0, 0, RIM - 1.6, fill="none", stroke=metal, stroke_width=3.6),
        circle(0, 0, RIM - 3.6, fill="none", stroke="#000", stroke_opacity=0.35, stroke_width=0.7),
        circle(0, 0, 9.5, fill=metal),
        circle(0, 0, 6.4, fill="#23282c"),
        circle(
            0,
            0,
            100,
            fill=defs.linear((0, -100), (0, 100), [(0.0, "#000", 0.42), (0.34, "#000", 0.0), (1.0, "#000", 0.12)]),
        ),
    )
    return group(*parts, transform=f"translate({x:.1f} {y:.1f}) scale({radius / 100:.4f} {-radius / 100:.4f})")


def _tyre(defs: Defs) -> str:
    side = defs.radial(
        0,
        0,
        100,
        [(0.0, "#101214", 1), (0.76, "#15181a", 1), (0.84, "#2b3034", 1), (0.93, "#1e2225", 1), (1.0, RUBBER, 1)],
    )
    gleam = path(
        _arc(90, 205, 335), fill="none", stroke="#fff", stroke_opacity=0.11, stroke_width=5, stroke_linecap="round"
    )
    return (
        circle(0, 0, 100, fill=side)
        + circle(0, 0, 82, fill="none", stroke="#000", stroke_opacity=0.5, stroke_width=0.9)
        + gleam
    )


def _brake(defs: Defs) -> str:
    disc = defs.radial(0, 0, 50, [(0.0, "#3b4146", 1), (0.55, "#5d656b", 1), (0.9, "#7b848a", 1), (1.0, "#4a5156", 1)])
    caliper = path(_arc(45, 20, 72), fill="none", stroke="#30363b", stroke_width=13)
    return circle(0, 0, 52, fill=disc) + circle(0, 0, 30, fill="#1b1f22") + caliper


def _arc(radius: float, start: float, end: float) -> str:
    """Degrees clockwise from the right, as y points down here."""
    x1, y1, x2, y2 = (
        radius * f(radians(angle)) for angle, f in ((start, cos), (start, sin), (end, cos), (end, sin))
    )  # fmt: skip
    return f"M{x1:.1f} {y1:.1f}A{radius} {radius} 0 {int(end - start > 180)} 1 {x2:.1f} {y2:.1f}"


def _metal(defs: Defs, dark: bool) -> str:
    low, mid, high = ("#33393e", "#555d64", "#8b949b") if dark else ("#868f96", "#c3cacf", "#f1f4f6")
    return defs.linear((-60, -75), (50, 75), [(0.0, high, 1), (0.45, mid, 1), (1.0, low, 1)])


def _shade(dark: bool) -> str:
    return "#14171a" if dark else "#6f787f"


def _spokes(count: int, data: str, fill: str, **attributes: object) -> str:
    return "".join(
        path(data, fill=fill, transform=f"rotate({360 / count * turn:.4g})", **attributes) for turn in range(count)
    )


def _blade(inner: float, outer: float, twist: float = 0.0) -> str:
    """A spoke from the hub (half width `inner`) to the rim (half width `outer`), its foot turned by `twist`."""
    return curve(
        [
            node(-inner, -7), node(-outer * 0.72 + twist * 0.5, -42, -96 + twist), node(-outer + twist, -RIM + 1, -90),
            node(outer + twist, -RIM + 1), node(outer * 0.72 + twist * 0.5, -42, 96 + twist), node(inner, -7, 90),
        ],
        closed=True,
    )  # fmt: skip


def _five(metal: str, shade: str) -> str:
    return _spokes(5, _blade(9, 11), shade) + _spokes(5, _blade(8, 9), metal)


def _twin_five(metal: str, shade: str) -> str:
    left = curve([node(-7, -8), node(-15, -RIM + 1), node(-6, -RIM + 1), node(-1.2, -8)], closed=True)
    right = curve([node(1.2, -8), node(6, -RIM + 1), node(15, -RIM + 1), node(7, -8)], closed=True)
    back = curve([node(-8, -8), node(-16.5, -RIM), node(16.5, -RIM), node(8, -8)], closed=True)
    return _spokes(5, back, shade, opacity="0.35") + _spokes(5, left + right, metal, stroke=shade, stroke_width=0.8)


def _ten(metal: str, shade: str) -> str:
    return _spokes(10, _blade(3.6, 4.2), metal, stroke=shade, stroke_width=0.8)


def _split(metal: str, shade: str) -> str:
    fork = curve(
        [
            node(-6, -6), node(-5, -34, -92), node(-17, -RIM + 1, -112), node(-9.5, -RIM + 1), node(0, -43, 64, -64),
            node(9.5, -RIM + 1), node(17, -RIM + 1), node(5, -34, 112), node(6, -6, 92),
        ],
        closed=True,
    )  # fmt: skip
    return _spokes(5, fork, metal, stroke=shade, stroke_width=0.9)


def _turbine(metal: str, shade: str) -> str:
    return _spokes(9, _blade(4.2, 6.4, 13), metal, stroke=shade, stroke_width=0.7)


def _aero(metal: str, shade: str) -> str:
    slots = curve([node(-8, -40), node(-13, -RIM + 4), node(10, -RIM + 4), node(7, -40)], closed=True)
    return circle(0, 0, RIM - 2, fill=metal) + _spokes(6, slots, "#15181b", stroke=shade, stroke_width=1.2) + circle(
        0, 0, 27, fill="none", stroke=shade, stroke_width=0.9
    )  # fmt: skip


def _mesh(metal: str, shade: str) -> str:
    return _spokes(7, _blade(3, 8), shade, opacity="0.7") + _spokes(14, _blade(2.4, 3.2), metal)


DESIGNS: Final[tuple[Callable[[str, str], str], ...]] = (
    _twin_five, _split, _turbine, _ten, _mesh, _five, _aero, _split, _twin_five, _turbine,
)  # fmt: skip
