"""The rear view: tailgate or boot lid, lamps, rear window and bumper."""

from __future__ import annotations

from .ends import End, body, both, mirrored, mirrors, outline, pane, plate, tyres
from .paint import TRIM
from .svg import circle, curve, group, node, path, rect


def draw_rear(end: End) -> str:
    """The car alone, tyres on y = 0, y pointing up, the middle at x = 0."""
    inside = end.defs.clip(path(mirrored(outline(end))))
    tail = group(_gate(end), _lamps(end), _bumper(end), clip_path=inside)
    return tyres(end) + mirrors(end) + _behind(end) + body(end) + _window(end) + tail + plate(end, _plate_height(end))


def _is_upright(end: End) -> bool:
    return end.shape.edge[1] < end.shape.deck[1] - 40


def _deck(end: End) -> float:
    """Height of the rear window's foot as seen from behind."""
    return max(end.shape.deck[1], end.belt) + 30


def _plate_height(end: End) -> float:
    shape = end.shape
    return shape.sill + 190 if _is_upright(end) is False and not shape.bed else (_deck(end) + shape.sill) / 2 - 40


def _window(end: End) -> str:
    shape = end.shape
    if shape.open_top:
        return ""
    narrow = end.half * (0.56 if shape.height < 1560 else 0.62)
    _, drawing = pane(end, _deck(end) + 10, end.half * 0.74, shape.roof_end[1] - 25, narrow)
    lamp = rect(-95, shape.roof_end[1] + 6, 190, 15, rx=6, fill="#8e1319")
    wiper = path(
        f"M0 {_deck(end) - 6:.0f}L{end.half * 0.42:.0f} {_deck(end) + 46:.0f}",
        stroke="#090b0d",
        stroke_width=13,
        fill="none",
    )
    return drawing + lamp + (wiper if _is_upright(end) else "")


def _behind(end: End) -> str:
    """A convertible from behind: head restraints and the screen's frame over the belt."""
    if not end.shape.open_top:
        return ""
    shape = end.shape
    data, drawing = pane(end, end.belt, end.half * 0.82, shape.header[1], end.half * 0.62)
    seats = both(rect(end.half * 0.22, end.belt - 40, end.half * 0.42, 200, rx=60, fill="#241d19"))
    return group(drawing, opacity="0.55") + path(data, fill="none", stroke=TRIM, stroke_width=22) + seats


def _gate(end: End) -> str:
    """The cut of the tailgate or boot lid, a crease across it, and a handle strip."""
    shape, tone, half = end.shape, end.paint.tone, end.half
    top = _deck(end) - 22
    low = shape.sill + (300 if _is_upright(end) or shape.bed else 390)
    cut = mirrored(
        [node(0, low), node(half * 0.62, low, 0, 30), node(half * 0.70, low + 90, 84), node(half * 0.76, top, 80)]
    )
    y = top - 150
    crease = curve([node(-half, y - 25, 5), node(0, y, 0), node(half, y - 25, -5)])
    under = end.defs.linear((0, y), (0, y - 230), [(0.0, tone(-0.5), 0.6), (1.0, tone(-0.3), 0.0)])
    shade = path(
        curve(
            [node(-half, y - 25, 5), node(0, y, 0), node(half, y - 25, -5), node(half, y - 240), node(-half, y - 240)],
            closed=True,
        ),
        fill=under,
    )
    lines = path(cut, fill="none", stroke=tone(0.8), stroke_width=4, opacity="0.4", transform="translate(0 -6)") + path(
        cut, fill="none", stroke=end.paint.line, stroke_width=8
    )
    badge = circle(0, top - 75, 40, fill="#b9c1c7") + circle(0, top - 75, 29, fill="#3a4147")
    return shade + path(crease, fill="none", stroke=tone(0.85), stroke_width=10, opacity="0.7") + lines + badge


def _lamps(end: End) -> str:
    shape, half, defs = end.shape, end.half, end.defs
    top = _deck(end) - 60
    if shape.bed:
        tall = rect(half * 0.80, top - 340, half * 0.16, 350, rx=22, fill=_red(end, top, 340))
        return both(tall + rect(half * 0.82, top - 190, half * 0.12, 60, rx=8, fill="#f1d9d4"))
    deep = 150 if _is_upright(end) else 125
    inner = half * end.seed.between("tail lamp", 0.46, 0.60)
    lens = curve(
        [
            node(inner, top - deep * 0.75),
            node(inner + 30, top - 20, 70, 8),
            node(half * 1.02, top + 10, 0),
            node(half * 1.02, top - deep - 60),
            node(half * 0.80, top - deep - 20, 186, 176),
        ],
        closed=True,
    )
    glow = curve(
        [
            node(inner + 30, top - deep * 0.58),
            node(inner + 60, top - 46, 60, 4),
            node(half * 0.95, top - 40, 0),
            node(half * 0.95, top - deep),
        ]
    )
    signal = rect(half * 0.74, top - deep + 6, half * 0.2, 30, rx=8, fill="#f2b35a")
    parts = (
        path(lens, fill=_red(end, top, deep + 60)) + path(glow, fill="none", stroke="#ff8078", stroke_width=17) + signal
    )
    bar = rect(-inner, top - 66, inner * 2, 30, rx=8, fill="#a5141b") if end.seed.share("light bar") < 0.35 else ""
    return bar + both(
        group(parts, clip_path=defs.clip(path(lens))) + path(lens, fill="none", stroke="#2a0507", stroke_width=8)
    )


def _red(end: End, top: float, deep: float) -> str:
    return end.defs.linear((0, top), (0, top - deep), [(0.0, "#d8272d", 1), (0.5, "#a01218", 1), (1.0, "#640a0e", 1)])


def _bumper(end: End) -> str:
    shape, half, tone = end.shape, end.half, end.paint.tone
    seam = shape.sill + 290
    line = path(
        curve([node(-half, seam + 40, -6), node(0, seam, 0), node(half, seam + 40, 6)]),
        fill="none",
        stroke=end.paint.line,
        stroke_width=7,
        opacity="0.8",
    )
    light = path(
        curve([node(-half, seam + 22, -6), node(0, seam - 17, 0), node(half, seam + 22, 6)]),
        fill="none",
        stroke=tone(0.7),
        stroke_width=8,
        opacity="0.5",
    )
    skirt = mirrored(
        [
            node(0, shape.sill - 40),
            node(half, shape.sill - 40),
            node(half, shape.sill + 105),
            node(half * 0.72, shape.sill + 122, 178, 196),
            node(half * 0.5, shape.sill + 70, 190, 180),
            node(0, shape.sill + 70),
        ]
    )
    pipe = rect(half * 0.56, shape.sill + 8, 150, 42, rx=16, fill="#0a0b0c", stroke="#aab2b8", stroke_width=9)
    reflector = rect(half * 0.76, shape.sill + 160, 150, 24, rx=8, fill="#8e1319")
    return line + light + path(skirt, fill=TRIM) + both(reflector + (pipe if end.seed.share("pipes") < 0.5 else ""))
