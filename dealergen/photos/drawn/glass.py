"""The cabin of the side view: side windows with pillars, sky and seats, and the edges of front and rear screen."""

from __future__ import annotations

from .paint import CHROME, GLASS
from .silhouette import Side, front_screen, rear_screen, slope
from .svg import Node, circle, curve, group, node, path, rect

PILLAR = "#101315"


def cabin_glass(side: Side) -> str:
    """Everything made of glass on a closed car."""
    if side.shape.open_top:
        return ""  # `open_cabin` shows it
    return _screens(side) + _black_roof(side) + _windows(side)


def window_line(side: Side) -> list[Node]:
    """The daylight opening, from its front corner over the roof side and back along the belt."""
    shape = side.shape
    front = (shape.cowl[0] + 190, shape.belt[0] + 22)
    top = (shape.header[0] + 108, shape.header[1] - 56)
    pillar = slope(front, top)
    fall = slope(shape.dlo_end, shape.dlo_tip)
    return [
        node(*front, 184, pillar + 6),
        node(*top, pillar - 4, 17),
        *_roof_peak(side),
        node(*shape.dlo_end, -8 if shape.dlo_end[0] > shape.peak else 8, fall + 13),
        node(*shape.dlo_tip, fall - 4, 184),
        node((front[0] + shape.dlo_tip[0]) / 2, (front[1] + shape.dlo_tip[1]) / 2 - 16, 182),
    ]


def _roof_peak(side: Side) -> list[Node]:
    """The windows follow the roof, where they reach that far back."""
    shape = side.shape
    return [node(shape.peak, shape.height - 84, 0)] if shape.dlo_end[0] > shape.peak else []


def _screens(side: Side) -> str:
    """Front and rear screens show their edge only: a dark band just inside the silhouette."""
    shape = side.shape
    screens = path(curve(front_screen(shape)), fill="none", stroke=GLASS, stroke_width=64)
    if not shape.bed and not shape.blind_from:
        screens += path(curve(rear_screen(shape)), fill="none", stroke=GLASS, stroke_width=58)
    return screens


def _black_roof(side: Side) -> str:
    """Two-tone paint, on some small and rugged cars."""
    shape = side.shape
    if shape.bed or shape.blind_from or side.seed.share("two-tone") > 0.16 or side.paint.dark:
        return ""
    return rect(0, shape.header[1] - 58, shape.length, 400, fill="#15181b") + rect(
        0, shape.height - 26, shape.length, 14, fill="#fff", opacity="0.22"
    )  # fmt: skip


def _windows(side: Side) -> str:
    shape = side.shape
    data = curve(window_line(side), closed=True)
    inside = side.defs.clip(path(data))
    glass = side.defs.linear(
        (0, shape.height - 80), (0, shape.belt[0]),
        [(0.0, "#0f161c", 1.0), (0.45, "#22303a", 1.0), (1.0, "#42535f", 1.0)],
    )  # fmt: skip
    panes = group(path(data, fill=glass), _seats(side), _sky_in_glass(side), _pillars(side), clip_path=inside)
    frame = path(data, fill="none", stroke=PILLAR, stroke_width=26, stroke_linejoin="round")
    return frame + panes + _brightwork(side)


def _seats(side: Side) -> str:
    """Head restraints, seat backs and a wheel, dark against the far windows."""
    shape = side.shape
    low = shape.belt[0] - 40
    parts = ""
    rows = (shape.doors[0] - 250, shape.doors[-1] - 190) if len(shape.doors) > 1 else (shape.doors[0] - 330,)
    for x in rows:
        if shape.blind_from and x > shape.blind_from:
            continue
        back = [
            node(x - 60, low, 90, 82),
            node(x - 5, low + 250, 70),
            node(x + 120, low + 262, 0, -80),
            node(x + 150, low, -86),
        ]
        parts += path(curve(back, closed=True), fill="#0d1216", opacity="0.72")
        parts += rect(x + 8, low + 275, 108, 112, rx=38, fill="#0d1216", opacity="0.72")
    steering = circle(rows[0] - 430, low + 90, 120, fill="none", stroke="#0d1216", stroke_width=24, opacity="0.6")
    return parts + steering


def _sky_in_glass(side: Side) -> str:
    """A slanted reflection, and the bright line of the horizon along the belt."""
    shape = side.shape
    parts = ""
    for x, width in (
        (shape.header[0] - 200, 420),
        (shape.header[0] + 340, 110),
        (shape.peak + 620, 360),
        (shape.peak + 1060, 90),
    ):
        slant = [
            node(x, shape.belt[0]),
            node(x + 520, shape.height),
            node(x + 520 + width, shape.height),
            node(x + width, shape.belt[0]),
        ]
        fill = side.defs.linear((0, shape.height), (0, shape.belt[0]), [(0.0, "#d9e8f2", 0.34), (1.0, "#d9e8f2", 0.04)])
        parts += path(curve(slant, closed=True), fill=fill)
    return parts


def _pillars(side: Side) -> str:
    shape = side.shape
    parts = ""
    for order, x in enumerate(shape.doors if not shape.blind_from else ()):
        width = 96 if order == 0 else 62
        lean = -70 if order == 0 else -46
        post = [
            node(x - width / 2 + 20, shape.belt[0] - 60),
            node(x - width / 2 + lean, shape.height),
            node(x + width / 2 + lean, shape.height),
            node(x + width / 2 + 20, shape.belt[0] - 60),
        ]
        parts += path(curve(post, closed=True), fill=PILLAR)
    return parts


def _brightwork(side: Side) -> str:
    """A chrome strip under the windows, on the dressier cars."""
    if side.shape.cladding or side.seed.share("chrome") > 0.5 or side.shape.blind_from:
        return ""
    nodes = window_line(side)
    strip = curve([nodes[4], nodes[5], Node(nodes[0].x, nodes[0].y, nodes[0].into, nodes[0].into)])
    return path(strip, fill="none", stroke=CHROME, stroke_width=13, stroke_linecap="round")
