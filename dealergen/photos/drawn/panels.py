"""What is mounted on the side: trim, wheel houses, roof rails, door cuts, handles and the mirror."""

from __future__ import annotations

from .paint import TRIM
from .silhouette import Side
from .svg import circle, curve, node, path, rect


def trim(side: Side) -> str:
    """Bumper inserts and, on rugged cars, dark plastic along sills."""
    shape = side.shape
    depth = 95 if shape.cladding else 34
    sill = rect(0, shape.sill - 30, shape.length, 30 + depth, fill=TRIM)
    edge = rect(0, shape.sill + depth, shape.length, 7, fill="#fff", opacity="0.14")
    skirt = curve(
        [node(0, shape.sill + 190), node(250, shape.sill + 150, -20), node(520, shape.sill, -40), node(0, shape.sill)],
        closed=True,
    )
    rear = curve([node(shape.length, shape.sill + 235), node(shape.length - 230, shape.sill + 190, 192),
        node(shape.length - 560, shape.sill, 220),
                  node(shape.length, shape.sill)], closed=True)  # fmt: skip
    return sill + edge + path(skirt, fill=TRIM) + path(rear, fill=TRIM)


def wheel_houses(side: Side) -> str:
    shape, tone = side.shape, side.paint.tone
    gap = shape.radius + (62 if shape.cladding else 42)
    parts = ""
    for x in (shape.front_axle, shape.rear_axle):
        y = shape.radius + 8
        if shape.cladding:
            parts += circle(x, y, gap + 58, fill=TRIM) + circle(
                x, y, gap + 58, fill="none", stroke="#fff", stroke_width=6, opacity="0.12"
            )
        else:
            parts += circle(x, y, gap + 26, fill="none", stroke=tone(-0.45), stroke_width=30, opacity="0.35")
            parts += circle(x, y, gap + 9, fill="none", stroke=tone(0.45), stroke_width=8, opacity="0.5")
        parts += circle(x, y, gap, fill="#08090a")
    return parts


def underside(side: Side) -> str:
    shape = side.shape
    start, end = shape.front_axle - 250, shape.rear_axle + 250
    belly = curve(
        [node(start, shape.sill + 120), node(start + 60, 130), node(end - 60, 130), node(end, shape.sill + 120)],
        closed=True,
    )
    return path(belly, fill="#0b0c0d")


def rails(side: Side) -> str:
    shape = side.shape
    if not shape.rails or side.seed.share("rails") < 0.3:
        return ""
    start, end = shape.header[0] + 170, shape.roof_end[0] - 60
    line = [node(start, shape.height - 42, 50), node(start + 130, shape.height + 26, 8),
        node((start + end) / 2, shape.height + 34, 0),
            node(end - 130, shape.height + 4, -8), node(end, shape.roof_end[1] - 40, -50)]  # fmt: skip
    metal = side.seed.pick("rail metal", ["#23272a", "#a9b1b7"])
    return path(curve(line), fill="none", stroke=metal, stroke_width=26, stroke_linejoin="round")


def mirror(side: Side) -> str:
    shape, tone = side.shape, side.paint.tone
    x, y = shape.cowl[0] + 395, shape.belt[0] + 62
    shell = curve(
        [
            node(x, y - 38, 180, 120),
            node(x - 40, y + 30, 60),
            node(x + 60, y + 78, 0),
            node(x + 165, y + 50, -60),
            node(x + 158, y - 30, -100, 180),
        ],
        closed=True,
    )
    fill = side.defs.linear((0, y + 80), (0, y - 40), [(0.0, tone(0.6), 1), (0.5, tone(0.05), 1), (1.0, tone(-0.5), 1)])
    foot = curve(
        [node(x + 70, y - 30), node(x + 110, y - 75), node(x + 160, y - 75), node(x + 140, y - 30)], closed=True
    )
    return path(foot, fill=TRIM) + path(shell, fill=fill) + rect(x + 6, y - 38, 152, 14, fill=TRIM)


def cuts(side: Side) -> str:
    """Gaps between panels, dark with a lit lower edge; door handles; the fuel flap."""
    lines = [*_door_cuts(side), *_front_cuts(side), *_rear_cuts(side)]
    data = "".join(lines)
    dark = path(data, fill="none", stroke=side.paint.line, stroke_width=8, stroke_linecap="round")
    lit = path(
        data, fill="none", stroke=side.paint.tone(0.8), stroke_width=4, opacity="0.4", transform="translate(7 -4)"
    )
    return lit + dark + _handles(side) + _flap(side)


def _door_cuts(side: Side) -> list[str]:
    shape = side.shape
    foot = shape.sill + (112 if shape.cladding else 62)
    front = shape.front_axle + shape.radius + 215
    hinge = [node(shape.cowl[0] + 205, shape.belt[0], -112), node(front, shape.belt[0] - 190, -92),
        node(front + 10, foot + 70, -88),
             node(front + 80, foot, -5)]  # fmt: skip
    sill = [node(front + 80, foot), node(_last_door(side) - 60, foot + 4)]
    return [curve(hinge), curve(sill), *(_door_edge(side, x, foot) for x in shape.doors)]


def _last_door(side: Side) -> float:
    return min(side.shape.doors[-1], side.shape.rear_axle - side.shape.radius - 60)


def _door_edge(side: Side, x: float, foot: float) -> str:
    """Straight down, or round the rear wheel where the door reaches over it."""
    shape = side.shape
    top = node(x + 12, _belt_at(side, x), -88)
    arch = shape.rear_axle - shape.radius - 75
    if x < arch - 40:
        return curve([top, node(x - 6, foot + 90, -91), node(x - 60, foot + 2, 190)])
    high = shape.radius * 2 + 110
    return curve(
        [
            top,
            node(x + 10, high + 60, -94),
            node((x + arch) / 2 - 30, shape.radius + 190, -128),
            node(arch - 30, foot + 60, -104),
            node(arch - 70, foot + 4, 205),
        ]
    )


def _belt_at(side: Side, x: float) -> float:
    shape = side.shape
    if shape.blind_from:
        return shape.belt[0] + 40
    share = (x - shape.cowl[0]) / (shape.dlo_tip[0] - shape.cowl[0])
    return shape.belt[0] + (shape.dlo_tip[1] - shape.belt[0]) * min(1.0, share)


def _front_cuts(side: Side) -> list[str]:
    """Bonnet edge, and the joint of bumper and wing."""
    shape = side.shape
    wing = shape.front_axle - shape.radius * 0.72
    bonnet = [
        node(shape.hood[0] + 330, shape.hood[1] - 42, 14),
        node(shape.cowl[0] - 160, shape.cowl[1] - 62, 9),
        node(shape.cowl[0] + 90, shape.belt[0] + 18, -8),
    ]
    bumper = [
        node(shape.hood[0] + 160, shape.hood[1] - 175, -80),
        node(shape.hood[0] + 230, shape.radius * 2 - 60, -50),
        node(wing + 10, shape.radius * 2 - 95, -20),
    ]
    return [curve(bonnet), curve(bumper)]


def _rear_cuts(side: Side) -> list[str]:
    shape = side.shape
    wing = shape.rear_axle + shape.radius * 0.83
    if shape.bed:
        back = shape.dlo_tip[0] + 165
        return [curve([node(back, shape.deck[1] + 8, -90), node(back - 4, shape.sill + 110, -90)]),
                curve([node(shape.length - 130, shape.sill + 270, 180),
                node(wing + 95, shape.sill + 240, 186)])]  # fmt: skip
    bumper = [
        node(shape.length - 120, shape.nose + 150, 190),
        node(wing + 130, shape.nose + 70, 200),
        node(wing + 22, shape.radius + 190, 235),
    ]
    return [curve(bumper)]


def _handles(side: Side) -> str:
    shape, tone = side.shape, side.paint.tone
    chrome = side.seed.share("handles") < 0.3
    bars = ""
    for x in shape.doors:
        y = shape.belt[0] - 48 + (22 if x > shape.doors[0] else 0)
        left = x - 265
        bars += rect(left + 30, y - 34, 130, 44, rx=20, fill=tone(-0.6), opacity="0.55")
        bars += rect(
            left, y - 18, 200, 30, rx=14, fill="#c3cace" if chrome else tone(0.22), stroke=tone(-0.55), stroke_width=4
        )
        bars += rect(left + 12, y + 1, 176, 5, rx=2, fill="#fff", opacity="0.35")
    return bars


def _flap(side: Side) -> str:
    shape = side.shape
    x, y = shape.rear_axle + 70, shape.belt[0] - 120
    if shape.bed:
        x, y = shape.rear_axle - 640, shape.belt[0] - 170
    return rect(x, y, 150, 150, rx=30, fill="none", stroke=side.paint.line, stroke_width=5, opacity="0.4")
