"""The front view: face, lamps, bonnet and windscreen."""

from __future__ import annotations

from .ends import End, body, both, mirrored, mirrors, outline, pane, plate, tyres
from .paint import TRIM
from .svg import circle, curve, group, node, path, rect


def draw_front(end: End) -> str:
    """The car alone, tyres on y = 0, y pointing up, the middle at x = 0."""
    face = group(
        _bonnet(end), _grille(end), _intake(end), _lamps(end), clip_path=end.defs.clip(path(mirrored(outline(end))))
    )
    return (
        tyres(end)
        + _windscreen_behind(end)
        + body(end)
        + face
        + _windscreen(end)
        + plate(end, end.shape.sill + 150)
        + mirrors(end)
    )


def _windscreen(end: End) -> str:
    if end.shape.open_top:
        return ""
    shape = end.shape
    narrow = end.half * (0.60 if shape.height < 1560 else 0.64)
    _, drawing = pane(end, shape.cowl[1] + 10, end.half * 0.80, shape.header[1] - 10, narrow)
    mirror = rect(-85, shape.header[1] - 105, 170, 56, rx=20, fill="#080a0c")
    foot = shape.cowl[1]
    wipers = path(
        f"M{-end.half * 0.62:.0f} {foot:.0f}l520 40M40 {foot:.0f}l500 50",
        stroke="#0a0c0e",
        stroke_width=12,
        fill="none",
    )
    return drawing + mirror + wipers


def _windscreen_behind(end: End) -> str:
    """A convertible's screen stands up from the cowl on its own."""
    if not end.shape.open_top:
        return ""
    shape = end.shape
    data, drawing = pane(end, end.belt, end.half * 0.86, shape.header[1], end.half * 0.66)
    return drawing + path(data, fill="none", stroke=end.paint.tone(-0.2), stroke_width=20)


def _bonnet(end: End) -> str:
    shape, tone, half = end.shape, end.paint.tone, end.half
    low, high = shape.hood[1] - 70, shape.cowl[1]
    sheet = mirrored(
        [
            node(0, low - 12, 0),
            node(half * 0.72, low + 25, 14, 70),
            node(half * 0.84, high - 10, 84),
            node(0, high + 20),
        ]
    )
    fill = end.defs.linear((0, low), (0, high), [(0.0, tone(0.02), 1), (0.35, tone(0.26), 1), (1.0, tone(0.55), 1)])
    crease = curve([node(half * 0.36, low - 10, 80), node(half * 0.47, high, 74)])
    gap = path(sheet, fill="none", stroke=end.paint.line, stroke_width=8)
    return (
        path(sheet, fill=fill)
        + gap
        + both(
            path(crease, fill="none", stroke=tone(0.85), stroke_width=10, opacity="0.6")
            + path(crease, fill="none", stroke=tone(-0.5), stroke_width=8, opacity="0.5", transform="translate(9 0)")
        )
    )


def _grille(end: End) -> str:
    """One of four faces: slats, honeycomb, a slim slot, or closed for an electric look."""
    shape, half = end.shape, end.half
    top = shape.hood[1] - 100
    style = end.seed.pick("face", ["slats", "mesh", "slim", "closed"])
    depth = {"slats": 190, "mesh": 215, "slim": 88, "closed": 120}[style]
    wide = half * end.seed.between("grille", 0.44, 0.54)
    frame = mirrored(
        [
            node(0, top - depth, 0),
            node(wide * 0.78, top - depth + 8, 0, 52),
            node(wide, top - 30, 78),
            node(wide - 30, top, 180),
            node(0, top + 6),
        ]
    )
    inside = end.defs.clip(path(frame))
    if style == "closed":
        return path(frame, fill=end.paint.tone(-0.3)) + path(
            frame, fill="none", stroke=end.paint.tone(-0.65), stroke_width=9
        )
    bars = _bars(top, depth, wide) if style != "mesh" else _mesh(top, depth, wide)
    edge = end.seed.pick("grille edge", ["#c7ced3", "#2a2f33"])
    badge = (
        circle(0, top - depth * 0.45, 46, fill="#15181a")
        + circle(0, top - depth * 0.45, 38, fill="#b9c1c7")
        + circle(0, top - depth * 0.45, 27, fill="#3a4147")
    )
    return (
        path(frame, fill="#0b0d0f")
        + group(bars, clip_path=inside)
        + path(frame, fill="none", stroke=edge, stroke_width=13)
        + badge
    )


def _bars(top: float, depth: float, wide: float) -> str:
    count = max(2, int(depth / 40))
    return "".join(
        rect(-wide, top - depth * (row + 0.62) / count, wide * 2, 11, fill="#7f888f", opacity="0.8")
        for row in range(count)
    )


def _mesh(top: float, depth: float, wide: float) -> str:
    step = 52.0
    cells = "".join(
        path(f"M{x - 20:.0f} {y:.0f}l20 -16l20 16l-20 16z", fill="#4b545b")
        for row in range(int(depth / 30) + 2)
        for y in (top - row * 30.0,)
        for x in ((column - 12) * step + (row % 2) * step / 2 for column in range(25))
        if abs(x) < wide
    )
    return group(cells)


def _lamps(end: End) -> str:
    shape, half, defs = end.shape, end.half, end.defs
    top = shape.hood[1] - 62
    deep = end.seed.between("lamp drop", 70, 150)
    inner = half * 0.53
    lens = curve(
        [
            node(inner, top - deep * 0.55),
            node(inner + 25, top - 18, 80, 12),
            node(half * 0.97, top + 12, 4),
            node(half * 1.02, top - deep),
            node(half * 0.84, top - deep - 24, 182, 178),
        ],
        closed=True,
    )
    glass = defs.linear((0, top), (0, top - deep - 30), [(0.0, "#dfe8ed", 1), (0.4, "#7d8a93", 1), (1.0, "#333c43", 1)])
    drl = curve([node(inner + 20, top - deep * 0.5), node(inner + 52, top - 36, 70, 8), node(half * 0.94, top - 14, 4)])
    bulbs = "".join(
        circle(half * share, top - deep * 0.62, 34, fill="#eef4f7")
        + circle(half * share, top - deep * 0.62, 21, fill="#8fa0ab")
        for share in (0.70, 0.82)
    )
    parts = (
        path(lens, fill=glass) + bulbs + path(drl, fill="none", stroke="#fff", stroke_width=19, stroke_linecap="round")
    )
    return both(
        group(parts, clip_path=defs.clip(path(lens))) + path(lens, fill="none", stroke="#14181b", stroke_width=8)
    )


def _intake(end: End) -> str:
    """The lower bumper: a wide air intake, corner vents, a lip."""
    shape, half = end.shape, end.half
    low, high = shape.sill + 55, shape.sill + 200
    mouth = mirrored(
        [
            node(0, low),
            node(half * 0.52, low),
            node(half * 0.62, high - 30, 60, 120),
            node(half * 0.55, high),
            node(0, high),
        ]
    )
    vent = curve(
        [
            node(half * 0.70, low + 40),
            node(half * 0.93, low + 90),
            node(half * 0.95, high + 80),
            node(half * 0.78, high + 30),
        ],
        closed=True,
    )
    lip = rect(-half, shape.sill - 40, half * 2, 62 + (55 if shape.cladding else 0), fill=TRIM)
    fog = rect(half * 0.765, low + 85, half * 0.13, 22, rx=9, fill="#f4f7f8", opacity="0.9")
    shine = path(
        curve([node(-half * 0.9, high + 110, 4), node(0, high + 92, 0), node(half * 0.9, high + 110, -4)]),
        fill="none",
        stroke=end.paint.tone(0.6),
        stroke_width=9,
        opacity="0.45",
    )
    return shine + path(mouth, fill="#0c0e10") + both(path(vent, fill="#121517") + fog) + lip
