"""The cabin of a convertible with its top down: screen frame, seats, steering wheel, and the folded top's cover."""

from __future__ import annotations

from .paint import GLASS, TRIM
from .silhouette import Side, slope
from .svg import circle, curve, node, path, rect


def open_cabin(side: Side) -> str:
    """Drawn behind the body, so that the belt hides its foot; nothing for a car with a roof."""
    if not side.shape.open_top:
        return ""
    return _tub(side) + _seats(side) + _screen(side)


def _tub(side: Side) -> str:
    shape = side.shape
    line = [node(shape.cowl[0] + 200, shape.belt[0]), node(shape.cowl[0] + 330, shape.belt[0] + 60, 12),
        node(shape.deck[0] - 420, shape.deck[1] + 30, 2),
            node(shape.deck[0] - 20, shape.deck[1] - 40, -30)]  # fmt: skip
    return path(curve(line, closed=True), fill="#1a1512")


def _seats(side: Side) -> str:
    leather = side.seed.pick("leather", ["#8a5a3a", "#2a2d31", "#c9bba4", "#6b2b26"])
    shape, low = side.shape, side.shape.belt[0] - 60
    parts = circle(shape.cowl[0] + 640, low + 155, 120, fill="none", stroke="#17191b", stroke_width=24)
    for x in (shape.doors[0] - 420, shape.doors[0] + 260):
        high = low + (270 if x < shape.doors[0] else 190)
        back = [
            node(x - 30, low, 90, 84),
            node(x + 40, high, 66),
            node(x + 165, high + 6, 0, -78),
            node(x + 205, low, -84),
        ]
        fill = side.defs.linear((x, 0), (x + 200, 0), [(0.0, "#000", 0.1), (0.3, "#fff", 0.18), (1.0, "#000", 0.45)])
        shell = curve(back, closed=True)
        parts += path(shell, fill=leather) + path(shell, fill=fill)
        parts += rect(x + 62, high + 22, 106, 92, rx=36, fill=leather) + rect(
            x + 62, high + 22, 106, 92, rx=36, fill=fill
        )
    return parts


def _screen(side: Side) -> str:
    shape = side.shape
    lean = slope(shape.cowl, shape.header)
    pane = [node(shape.cowl[0] - 10, shape.cowl[1] - 20), node(shape.cowl[0], shape.cowl[1], lean + 5),
        node(*shape.header, lean - 8),
            node(shape.header[0] + 70, shape.header[1] - 12), node(shape.cowl[0] + 300,
            shape.belt[0] + 10)]  # fmt: skip
    frame = curve(
        [node(shape.cowl[0] + 60, shape.cowl[1] - 40), node(shape.header[0] + 24, shape.header[1] - 8, lean - 8)]
    )
    quarter = curve([node(shape.header[0] + 20, shape.header[1] - 20), node(shape.cowl[0] + 310, shape.belt[0])])
    return (
        path(curve(pane, closed=True), fill=GLASS, opacity="0.5")
        + path(frame, fill="none", stroke=TRIM, stroke_width=46, stroke_linecap="round")
        + path(
            frame,
            fill="none",
            stroke=side.paint.tone(0.5),
            stroke_width=12,
            stroke_linecap="round",
            transform="translate(-14 12)",
        )
        + path(quarter, fill="none", stroke=TRIM, stroke_width=16)
    )
