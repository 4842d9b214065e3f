"""Head and tail lamps of the side view, in a few seeded designs."""

from __future__ import annotations

from .silhouette import Side
from .svg import Node, curve, group, node, path


def side_lamps(side: Side) -> str:
    return _head(side) + _tail(side) + _repeater(side)


def _head(side: Side) -> str:
    shape, defs = side.shape, side.defs
    x, y = shape.hood
    reach = side.seed.between("lamp reach", 260, 400)
    drop = side.seed.between("lamp drop", 70, 150)
    boxy = 40 if shape.cladding else 0
    reach -= boxy * 2
    nodes = [
        node(-20, y - drop - 95),
        node(-20, y - 78),
        node(x * 0.7, y - 40, 20),
        node(x + reach, y - 62, 8, 226 if boxy else 196),
        node(x + 60, y - drop - 58 - boxy, 190 if boxy else 205),
    ]
    lens = curve(nodes, closed=True)
    fill = defs.linear((0, 0), (x + reach, 0), [(0.0, "#f6fafc", 1), (0.4, "#c4d0d8", 1), (1.0, "#69757d", 1)])
    inside = defs.clip(path(lens))
    drl = curve([node(0, y - drop - 70, 10), node(x * 0.8, y - drop - 30, 22), node(x + reach, y - 78, 16)])
    parts = (
        path(lens, fill=fill),
        path(
            curve(
                [
                    node(x * 0.35, y - drop - 80),
                    node(x * 0.45, y - 60),
                    node(x + 150, y - 60),
                    node(x + 120, y - drop - 60),
                ],
                closed=True,
            ),
            fill="#2b3338",
            opacity="0.75",
        ),
        path(drl, fill="none", stroke="#fff", stroke_width=20, opacity="0.95"),
    )
    return group(*parts, clip_path=inside) + path(lens, fill="none", stroke="#15191c", stroke_width=9)


def _tail(side: Side) -> str:
    shape, defs = side.shape, side.defs
    lens = curve(_tail_nodes(side), closed=True)
    left = shape.length - 420
    fill = defs.linear((left, 0), (shape.length, 0), [(0.0, "#5c0b10", 1), (0.5, "#b5161d", 1), (1.0, "#e2343a", 1)])
    glow = path(
        curve([_tail_nodes(side)[1], _tail_nodes(side)[2]]),
        fill="none",
        stroke="#ff8f86",
        stroke_width=26,
        opacity="0.75",
    )
    return group(path(lens, fill=fill), glow, clip_path=defs.clip(path(lens))) + path(
        lens, fill="none", stroke="#2a0507", stroke_width=8
    )


def _tail_nodes(side: Side) -> list[Node]:
    """Tall and narrow where the rear is upright, long and low where there is a boot."""
    shape = side.shape
    end = shape.length + 30
    if shape.bed:
        return [
            node(end - 135, shape.deck[1] - 60),
            node(end, shape.deck[1] - 60),
            node(end, shape.deck[1] - 420),
            node(end - 135, shape.deck[1] - 420),
        ]
    y = shape.edge[1] - 45
    if shape.edge[1] < shape.deck[1] - 40:
        reach = side.seed.between("tail reach", 300, 430)
        high = shape.deck[1] - 20
        return [
            node(end - reach, y - 20, 30, 20),
            node(shape.deck[0] + 15, high, 30),
            node(end, high - 20),
            node(end, y - 170),
            node(end - 210, y - 130, 160),
        ]
    reach = side.seed.between("tail reach", 330, 470)
    return [
        node(end - reach, y - 35, 150, 12),
        node(end - 130, y + 10, 4),
        node(end, y + 4),
        node(end, y - 165),
        node(end - 170, y - 140, 172),
    ]


def _repeater(side: Side) -> str:
    """The side marker, low on the front bumper."""
    shape = side.shape
    mark = curve(
        [node(70, shape.nose + 6), node(76, shape.nose + 28), node(215, shape.nose + 44), node(205, shape.nose + 24)],
        closed=True,
    )
    return path(mark, fill="#c9772a", opacity="0.75")
