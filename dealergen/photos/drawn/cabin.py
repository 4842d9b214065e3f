"""The cabin, seen between the front seats: windscreen, dashboard, steering wheel on the left, screen and console.

Drawn in the picture's own pixels, 1600 by 1067, y pointing down.
"""

from __future__ import annotations

from typing import Final

from .paint import Paint
from .scene import HEIGHT, WIDTH
from .svg import Defs, Seed, circle, curve, ellipse, group, node, path, rect

_WHEEL: Final = (505.0, 640.0)
_TRIMS: Final = (
    ("#26292c", "#1b1d20"),
    ("#3a332d", "#231f1b"),
    ("#c6b79f", "#3a352f"),
    ("#7d5337", "#2a211b"),
    ("#5c6268", "#25282b"),
)
"""Upholstery and dashboard."""


def draw_cabin(paint: Paint, seed: Seed, defs: Defs) -> str:
    """The whole picture, outside world included."""
    leather, dash = seed.pick("cabin", _TRIMS)
    return "".join(
        (
            _outside(paint, seed, defs),
            _frame(dash),
            _dashboard(paint, seed, defs, dash),
            _doors(defs, dash, leather),
            _cluster(defs),
            _screen(seed, defs),
            _console(defs, dash),
            _steering(defs, seed),
            _seats(defs, leather),
            _vignette(defs),
        )
    )


def _outside(paint: Paint, seed: Seed, defs: Defs) -> str:
    """Sky, a line of trees, the forecourt, and the bonnet in the car's paint."""
    sky = defs.linear((0, 80), (0, 430), [(0.0, "#9fc0d8", 1), (1.0, "#f1ede2", 1)])
    trees = "".join(
        ellipse(
            seed.between(f"tree {n}", -40, 1640), 400, seed.between(f"w {n}", 60, 170), seed.between(f"h {n}", 40, 120)
        )
        for n in range(14)
    )
    ground = rect(0, 396, WIDTH, 120, fill="#b9b6ae")
    bonnet = curve(
        [node(170, 520), node(330, 426, -14), node(800, 402, 0), node(1270, 426, 14), node(1430, 520)], closed=True
    )
    gloss = defs.linear(
        (0, 400), (0, 520), [(0.0, paint.tone(0.6), 1), (0.4, paint.tone(0.1), 1), (1.0, paint.tone(-0.4), 1)]
    )
    return (
        rect(0, 0, WIDTH, HEIGHT, fill=sky)
        + group(trees, fill="#6d8571", opacity="0.75")
        + ground
        + path(bonnet, fill=gloss)
        + path(
            "M560 428L500 520M1040 428L1100 520", stroke=paint.tone(0.85), stroke_width=4, opacity="0.6", fill="none"
        )
    )


def _frame(dash: str) -> str:
    """Roof lining, pillars and mirror around the windscreen."""
    opening = "M285 158C560 118 1040 118 1315 158L1478 520L122 520Z"
    hole = f"M0 0H1600V1067H0Z{opening}"
    mirror = rect(690, 150, 220, 74, rx=26, fill="#17191b") + rect(702, 160, 196, 54, rx=20, fill="#8ea3af")
    visors = rect(330, 96, 380, 66, rx=20, fill="#c9c5bd") + rect(890, 96, 380, 66, rx=20, fill="#c9c5bd")
    return (
        path(hole, fill="#d8d4cc", fill_rule="evenodd")
        + path("M0 300L0 1067L1600 1067L1600 300L1478 520L122 520Z", fill=dash)
        + path("M285 158L122 520L40 520L215 130ZM1315 158L1478 520L1560 520L1385 130Z", fill="#b7b2a9")
        + path("M0 60L215 130L40 520L0 560ZM1600 60L1385 130L1560 520L1600 560Z", fill="#8fa5b3")
        + visors
        + rect(794, 118, 12, 40, fill="#17191b")
        + mirror
    )


def _dashboard(paint: Paint, seed: Seed, defs: Defs, dash: str) -> str:
    top = curve(
        [
            node(60, 560), node(150, 486, -30), node(505, 438, -4), node(800, 470, 4), node(1180, 462, 2),
            node(1450, 486, 18), node(1540, 560), node(1540, 700), node(60, 700),
        ],
        closed=True,
    )  # fmt: skip
    soft = defs.linear((0, 440), (0, 700), [(0.0, "#fff", 0.20), (0.18, "#fff", 0.05), (1.0, "#000", 0.42)])
    inlay = curve(
        [node(690, 606), node(1100, 594, 0), node(1500, 620, 8), node(1500, 676), node(1100, 652, 184), node(690, 662)],
        closed=True,
    )
    wood = seed.pick("inlay", [paint.tone(-0.1), "#8b5e3c", "#9aa2a8", "#2b2f33"])
    shine = defs.linear((0, 596), (0, 670), [(0.0, "#fff", 0.45), (0.4, "#fff", 0.0), (1.0, "#000", 0.35)])
    vents = "".join(_vent(x, y) for x, y in ((120, 556), (1342, 538), (1166, 532)))
    glove = path("M1110 690H1490L1470 830H1120Z", fill="#000", opacity="0.20") + path(
        "M1110 690H1490", stroke="#fff", stroke_opacity=0.16, stroke_width=3
    )
    return (
        path(top, fill=dash)
        + path(top, fill=soft)
        + path(
            "M150 492C320 448 640 452 800 476S1300 462 1450 492",
            fill="none",
            stroke="#fff",
            stroke_opacity=0.22,
            stroke_width=4,
        )
        + path(inlay, fill=wood)
        + path(inlay, fill=shine)
        + vents
        + glove
    )


def _vent(x: float, y: float) -> str:
    slats = "".join(rect(x + 8, y + 8 + row * 11, 104, 5, fill="#4b5258") for row in range(3))
    return rect(x, y, 120, 46, rx=10, fill="#0b0d0e", stroke="#8d959b", stroke_width=3) + slats


def _doors(defs: Defs, dash: str, leather: str) -> str:
    """Door cards at both edges, with arm rests and window switches."""
    fall = defs.linear((0, 560), (0, HEIGHT), [(0.0, "#fff", 0.10), (1.0, "#000", 0.45)])
    card = "M0 545L96 540L150 700L120 1067H0Z"
    rest = "M0 760L128 742L136 800L0 850Z"
    door = (
        path(card, fill=dash)
        + path(card, fill=fall)
        + path(rest, fill=leather)
        + path("M10 690L120 672", stroke="#c4cbd0", stroke_width=12, stroke_linecap="round")
    )
    return door + group(door, transform="translate(1600 0) scale(-1 1)")


def _cluster(defs: Defs) -> str:
    """Instruments under their hood, behind the wheel."""
    hood = curve(
        [node(300, 610), node(330, 486, -60), node(505, 440, 0), node(680, 486, 60), node(710, 610)], closed=True
    )
    glow = defs.radial(505, 550, 190, [(0.0, "#20323d", 1), (1.0, "#07090a", 1)])
    dials = "".join(
        circle(x, 556, 66, fill="none", stroke="#d8e4ea", stroke_width=4)
        + circle(
            x,
            556,
            66,
            fill="none",
            stroke="#e2583a",
            stroke_width=5,
            stroke_dasharray="70 400",
            transform=f"rotate({turn} {x} 556)",
        )
        + path(f"M{x} 556L{x - 34} {516}", stroke="#ef6a45", stroke_width=5, stroke_linecap="round")
        for x, turn in ((405, 320), (605, 300))
    )
    middle = rect(484, 520, 42, 72, rx=6, fill="#132027") + "".join(
        rect(490, 528 + row * 16, 30 - row * 5, 6, fill="#8fd0e6") for row in range(4)
    )
    return path(hood, fill="#0f1113") + path(hood, fill=glow, transform="translate(25 26) scale(.95)") + dials + middle


def _screen(seed: Seed, defs: Defs) -> str:
    """The central screen with a map on it: streets, a route, and where one is."""
    x, y, wide, high = 745.0, 420.0, seed.between("screen", 300, 390), 196.0
    shift = wide * 0.1
    streets = "".join(f"M{x + step * 46 - shift:.0f} {y}l60 {high}" for step in range(-1, 9)) + "".join(
        f"M{x} {y + step * 52 + 20:.0f}l{wide:.0f} -26" for step in range(5)
    )
    route = (
        f"M{x + 60:.0f} {y + high}L{x + 96:.0f} {y + 120}L{x + wide * 0.56:.0f} {y + 94}L{x + wide * 0.72:.0f} {y + 20}"
    )
    inside = defs.clip(rect(x, y, wide, high, rx=10))
    sheen = defs.linear((x, y), (x + wide, y + high), [(0.0, "#fff", 0.22), (0.45, "#fff", 0.03), (1.0, "#fff", 0.0)])
    chart = (
        rect(x, y, wide, high, fill="#1c2b33")
        + path(streets, fill="none", stroke="#395260", stroke_width=5)
        + path(route, fill="none", stroke="#59b6e8", stroke_width=9, stroke_linejoin="round")
    )
    bar = rect(x, y, 44, high, fill="#0e1519") + "".join(
        circle(x + 22, y + 30 + row * 45, 10, fill=color)
        for row, color in enumerate(("#e9eef1", "#7fc38a", "#e2a24a", "#7aa7d8"))
    )
    here = circle(x + 96, y + 120, 11, fill="#fff", stroke="#59b6e8", stroke_width=5)
    return rect(x - 13, y - 13, wide + 26, high + 26, rx=20, fill="#08090a") + group(
        chart, here, bar, rect(x, y, wide, high, fill=sheen), clip_path=inside
    )


def _console(defs: Defs, dash: str) -> str:
    """Climate controls, gear lever, cup holders."""
    tunnel = curve(
        [node(690, 690), node(1070, 690), node(1110, 860, 80), node(1180, 1067), node(560, 1067), node(650, 860, -80)],
        closed=True,
    )
    fall = defs.linear(
        (560, 0), (1180, 0), [(0.0, "#000", 0.5), (0.25, "#fff", 0.06), (0.75, "#fff", 0.06), (1.0, "#000", 0.5)]
    )
    panel = rect(740, 706, 280, 66, rx=16, fill="#0d0f10", stroke="#5d656b", stroke_width=3)
    knobs = "".join(
        circle(x, 739, 27, fill="#30363a", stroke="#aab2b8", stroke_width=4)
        + path(f"M{x} 735V718", stroke="#fff", stroke_width=4)
        for x in (786, 974)
    )
    reading = (
        rect(838, 722, 84, 34, rx=8, fill="#16323d")
        + rect(852, 735, 24, 8, fill="#9fe0f2")
        + rect(884, 735, 24, 8, fill="#9fe0f2")
    )
    boot = curve(
        [node(800, 930), node(858, 860, -60), node(902, 860), node(960, 930, 60), node(880, 962, 180)], closed=True
    )
    steel = defs.linear((850, 0), (912, 0), [(0.0, "#3b4146", 1), (0.4, "#e2e7ea", 1), (1.0, "#4a5156", 1)])
    lever = (
        rect(866, 806, 28, 80, rx=10, fill=steel)
        + rect(846, 776, 68, 66, rx=28, fill="#111315")
        + ellipse(872, 790, 18, 7, fill="#fff", opacity="0.30")
    )
    cups = "".join(ellipse(x, 1022, 60, 26, fill="#07080a", stroke="#6d757b", stroke_width=4) for x in (808, 952))
    return (
        path(tunnel, fill=dash)
        + path(tunnel, fill=fall)
        + panel
        + knobs
        + reading
        + cups
        + path(boot, fill="#1a1c1e")
        + lever
    )


def _steering(defs: Defs, seed: Seed) -> str:
    x, y = _WHEEL
    rim = defs.linear((0, y - 250), (0, y + 250), [(0.0, "#4a4f53", 1), (0.3, "#1d2022", 1), (1.0, "#0c0d0e", 1)])
    flat = 0.94 if seed.share("flat wheel") < 0.5 else 1.0
    hub = curve(
        [
            node(x - 92, y - 46, -30),
            node(x, y - 66, 0),
            node(x + 92, y - 46, 30),
            node(x + 74, y + 62, 120),
            node(x, y + 92, 180),
            node(x - 74, y + 62, 240),
        ],
        closed=True,
    )
    arms = f"M{x - 80} {y - 6}L{x - 222} {y - 22}M{x + 80} {y - 6}L{x + 222} {y - 22}M{x} {y + 80}L{x} {y + 218}"
    keys = "".join(
        rect(x + side * 122 - 30, y - 32, 60, 36, rx=12, fill="#0b0c0d", stroke="#9aa2a8", stroke_width=3)
        for side in (-1, 1)
    )
    ring = group(
        circle(
            x, y, 226, fill="none", stroke="#000", stroke_opacity=0.35, stroke_width=48, transform="translate(5 12)"
        ),
        circle(x, y, 226, fill="none", stroke=rim, stroke_width=42),
        circle(x, y, 238, fill="none", stroke="#fff", stroke_opacity=0.16, stroke_width=4),
        transform=f"translate(0 {y * (1 - flat):.1f}) scale(1 {flat})",
    )
    return (
        path(arms, stroke="#16181a", stroke_width=56, fill="none")
        + path(arms, stroke="#8b949a", stroke_width=9, fill="none", opacity="0.55")
        + ring
        + path(hub, fill="#1c1f21", stroke="#3b4145", stroke_width=4)
        + circle(x, y + 4, 34, fill="#b9c1c7")
        + circle(x, y + 4, 25, fill="#3a4147")
        + keys
    )


def _seats(defs: Defs, leather: str) -> str:
    """The shoulders of the front seats, in the lower corners."""
    light = defs.linear((0, 820), (0, HEIGHT), [(0.0, "#fff", 0.24), (0.4, "#fff", 0.03), (1.0, "#000", 0.4)])
    back = curve(
        [node(120, 1067), node(170, 900, -70), node(300, 838, -6), node(470, 862, 20), node(560, 1067, 76)], closed=True
    )
    seams = "M214 1067C236 960 262 900 306 846M470 1067C466 980 452 910 424 854"
    seat = (
        path(back, fill=leather)
        + path(back, fill=light)
        + path(seams, fill="none", stroke="#000", stroke_opacity=0.35, stroke_width=5)
        + path(seams, fill="none", stroke="#fff", stroke_opacity=0.25, stroke_width=2, transform="translate(5 0)")
    )
    return seat + group(seat, transform="translate(1680 0) scale(-1 1)")


def _vignette(defs: Defs) -> str:
    shade = defs.radial(800, 520, 1080, [(0.0, "#000", 0.0), (0.55, "#000", 0.0), (1.0, "#000", 0.45)], 0.75)
    return rect(0, 0, WIDTH, HEIGHT, fill=shade)
