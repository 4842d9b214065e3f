"""Light on the paint of the side view: tones from roof to sill, the sky's rim, reflections, creases."""

from __future__ import annotations

from .silhouette import Side, upper_line
from .svg import curve, group, node, path, rect


def base_fill(side: Side) -> str:
    """The side's tones from roof to sill: light above the shoulder, darker where the panel turns under."""
    shape, tone = side.shape, side.paint.tone
    shoulder = (shape.belt[0] - 90 - shape.sill) / (shape.height - shape.sill)
    stops = [
        (0.0, tone(-0.55), 1.0), (shoulder * 0.16, tone(-0.42), 1.0), (shoulder * 0.42, tone(-0.14), 1.0),
        (shoulder * 0.8, tone(0.0), 1.0), (shoulder, tone(0.10), 1.0), (min(0.97, shoulder + 0.18), tone(0.17), 1.0),
        (1.0, tone(0.30), 1.0),
    ]  # fmt: skip
    return side.defs.linear((0, shape.sill), (0, shape.height), stops)


def light(side: Side) -> str:
    return _sky(side) + _ends(side) + _sheen(side) + _crease(side) + _rocker(side)


def _sky(side: Side) -> str:
    """Light on everything that faces up: a soft inner rim along the silhouette."""
    top = curve(upper_line(side.shape))
    glow = path(
        top, fill="none", stroke=side.paint.tone(0.62), stroke_width=80, opacity="0.5", filter=side.defs.blur(26)
    )
    return glow + path(top, fill="none", stroke=side.paint.tone(0.95), stroke_width=12, opacity="0.55")


def _sheen(side: Side) -> str:
    """What a lacquered side mirrors: a slanted window of light over the doors, and the floor's edge low down."""
    shape, tone = side.shape, side.paint.tone
    left, right = shape.front_axle + shape.radius * 1.5, shape.rear_axle - shape.radius * 0.8
    lean = 340.0
    foot = shape.sill + 150
    window = side.defs.linear(
        (left, foot), (left + 1500, foot - 680),
        [(0.0, tone(0.7), 0.0), (0.22, tone(0.7), 0.30), (0.30, tone(0.7), 0.06), (0.34, tone(0.7), 0.20),
        (0.62, tone(0.7), 0.0)],
    )  # fmt: skip
    pane = curve(
        [
            node(left, shape.sill + 150), node(left + lean, shape.belt[0] - 60), node(right + lean, shape.belt[0] - 40),
            node(right, shape.sill + 170),
        ],
        closed=True,
    )  # fmt: skip
    low = shape.sill + (shape.belt[0] - shape.sill) * 0.46
    edge = [node(0, low - 30, 6), node(shape.length / 2, low + 14, 0), node(shape.length, low + 10, -4)]
    floor = curve([*edge, node(shape.length, shape.sill), node(0, shape.sill)], closed=True)
    fade = side.defs.linear((0, low + 14), (0, low - 170), [(0.0, tone(-0.6), 0.30), (1.0, tone(-0.6), 0.0)])
    return group(path(pane, fill=window), filter=side.defs.blur(14)) + path(floor, fill=fade)


def _ends(side: Side) -> str:
    """Nose and tail turn away from the viewer, so they darken."""
    shape, deep = side.shape, side.paint.tone(-0.75)
    front = side.defs.linear((0, 0), (430, 0), [(0.0, deep, 0.62), (0.35, deep, 0.22), (1.0, deep, 0.0)])
    rear = side.defs.linear(
        (shape.length, 0), (shape.length - 380, 0), [(0.0, deep, 0.6), (0.4, deep, 0.2), (1.0, deep, 0.0)]
    )
    return rect(0, 0, 430, shape.height, fill=front) + rect(shape.length - 380, 0, 380, shape.height, fill=rear)


def _crease(side: Side) -> str:
    """The character line: a bright edge, and shade under it that fades downwards."""
    shape, tone = side.shape, side.paint.tone
    y = shape.belt[0] - side.seed.between("crease", 85, 150)
    lift = side.seed.between("crease lift", 25, 85)
    line = [node(120, y - 75, 16), node(shape.front_axle + 300, y, 3), node(shape.rear_axle - 250, y + lift, 2),
            node(shape.length - 90, y + lift - 25, -9)]  # fmt: skip
    under = curve([*line, node(shape.length - 90, y - 330), node(120, y - 330)], closed=True)
    shade = side.defs.linear(
        (0, y + lift), (0, y - 310), [(0.0, tone(-0.5), 0.55), (0.35, tone(-0.4), 0.22), (1.0, tone(-0.3), 0.0)]
    )
    gleam = side.defs.linear(
        (120, 0),
        (shape.length, 0),
        [(0.0, tone(0.9), 0.0), (0.2, tone(0.9), 0.9), (0.7, tone(0.9), 0.8), (1.0, tone(0.9), 0.0)],
    )
    return path(under, fill=shade) + path(curve(line), fill="none", stroke=gleam, stroke_width=11)


def _rocker(side: Side) -> str:
    """Low on the doors the panel turns in, then out again: a dark band over a lit one."""
    shape, tone = side.shape, side.paint.tone
    y = shape.sill + (shape.belt[0] - shape.sill) * 0.27
    start, end = shape.front_axle + shape.radius, shape.rear_axle - shape.radius
    bow = [node(start, y - 25, 4), node((start + end) / 2, y + 5, 3), node(end, y + 60, 8)]
    below = curve([*bow, node(end, shape.sill), node(start, shape.sill)], closed=True)
    fill = side.defs.linear(
        (0, y + 40), (0, shape.sill), [(0.0, tone(-0.55), 0.75), (0.55, tone(-0.25), 0.3), (1.0, tone(-0.7), 0.8)]
    )
    return path(below, fill=fill) + path(curve(bow), fill="none", stroke=tone(0.55), stroke_width=9, opacity="0.6")
