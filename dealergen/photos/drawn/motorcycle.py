"""A motorcycle from its left side, a roadster with tank, seat, engine, fork and two wheels. Millimetres."""

from __future__ import annotations

from typing import Final

from .paint import CHROME, TRIM, Paint
from .svg import Defs, Seed, circle, curve, group, node, path, rect
from .wheels import wheel

LENGTH: Final = 2080.0
_FRONT: Final = (330.0, 305.0)
_REAR: Final = (1740.0, 312.0)


def draw_motorcycle(paint: Paint, seed: Seed, defs: Defs) -> str:
    """The motorcycle alone, wheels on y = 0, y pointing up."""
    wheels = wheel(defs, seed, *_FRONT, 305, slender=True) + wheel(defs, seed, *_REAR, 312, slender=True)
    return (
        _swingarm()
        + wheels
        + _fork()
        + _engine(defs)
        + _exhaust(defs)
        + _frame(paint)
        + _seat(defs)
        + _tank(paint, defs)
        + _front_end(paint, defs)
        + _guards(paint)
    )


def _swingarm() -> str:
    arm = curve([node(1130, 420), node(1740, 350), node(1760, 290), node(1110, 350)], closed=True)
    return path(arm, fill="#30363b") + path("M1180 420L1740 318", stroke="#15181a", stroke_width=16, fill="none")


def _fork() -> str:
    tubes = path("M330 305L640 940", stroke="#9aa3a9", stroke_width=52, fill="none", stroke_linecap="round")
    lower = path("M330 305L455 560", stroke="#262b2f", stroke_width=70, fill="none", stroke_linecap="round")
    gleam = path("M322 318L628 944", stroke="#fff", stroke_width=9, fill="none", opacity="0.5")
    hub = (
        circle(*_FRONT, 62, fill="#23282c")
        + circle(*_REAR, 66, fill="#23282c")
        + circle(*_FRONT, 26, fill=CHROME)
        + circle(*_REAR, 26, fill=CHROME)
    )
    return tubes + lower + gleam + hub


def _engine(defs: Defs) -> str:
    case = curve(
        [
            node(800, 300, 170, 100),
            node(770, 420, 80),
            node(860, 520, 10),
            node(1130, 520, 0, -80),
            node(1190, 360, -90),
            node(1080, 250, 200),
        ],
        closed=True,
    )
    metal = defs.linear((0, 540), (0, 240), [(0.0, "#7d868d", 1), (0.5, "#4a5258", 1), (1.0, "#23282c", 1)])
    fins = "".join(
        rect(770 + row * 9, 520 + row * 30, 300 - row * 6, 17, rx=7, fill="#6f787f" if row % 2 else "#565f66")
        for row in range(7)
    )
    cover = circle(1010, 385, 92, fill="#353c42") + circle(1010, 385, 70, fill="none", stroke="#8d969d", stroke_width=9)
    return rect(790, 510, 270, 220, rx=20, fill="#262b2f") + fins + path(case, fill=metal) + cover


def _exhaust(defs: Defs) -> str:
    pipe = curve(
        [node(800, 620, 180), node(690, 480, -100), node(800, 285, -50), node(1120, 235, -2), node(1330, 260, 14)]
    )
    steel = defs.linear((0, 330), (0, 190), [(0.0, "#e6eaec", 1), (0.5, "#8b949a", 1), (1.0, "#40474c", 1)])
    can = curve([node(1290, 205), node(1900, 330), node(1930, 440), node(1270, 310)], closed=True)
    return (
        path(pipe, fill="none", stroke="#8f989e", stroke_width=52)
        + path(pipe, fill="none", stroke="#dfe4e7", stroke_width=12, opacity="0.6")
        + path(can, fill=steel)
        + path(can, fill="none", stroke="#2d3337", stroke_width=8)
    )


def _frame(paint: Paint) -> str:
    tubes = curve([node(640, 900), node(860, 740, -30), node(1180, 700, -8), node(1190, 380)])
    rear = curve([node(1130, 720), node(1600, 830, 14), node(1900, 900, 18)])
    strut = path("M1440 760L1620 330", stroke="#1a1d20", stroke_width=30, fill="none") + path(
        "M1470 690L1560 470", stroke=paint.tone(0.1), stroke_width=60, fill="none", stroke_dasharray="14 12"
    )
    return (
        strut
        + path(tubes, fill="none", stroke="#22272b", stroke_width=46)
        + path(rear, fill="none", stroke="#22272b", stroke_width=40)
    )


def _seat(defs: Defs) -> str:
    pad = curve(
        [
            node(1090, 800, 90, 60),
            node(1190, 865, 4),
            node(1390, 850, 8),
            node(1660, 935, 14),
            node(1870, 990, 10, -100),
            node(1800, 915, 196),
            node(1500, 815, 192),
            node(1250, 760, 180),
        ],
        closed=True,
    )
    return path(
        pad, fill=defs.linear((0, 990), (0, 760), [(0.0, "#4a4038", 1), (0.4, "#2b2521", 1), (1.0, "#171412", 1)])
    )


def _tank(paint: Paint, defs: Defs) -> str:
    tone = paint.tone
    tank = curve(
        [
            node(700, 800, 120, 80),
            node(720, 960, 60),
            node(900, 1050, 2),
            node(1080, 980, -40),
            node(1170, 830, -70, 200),
            node(980, 770, 182),
        ],
        closed=True,
    )
    fill = defs.linear(
        (0, 1060), (0, 760), [(0.0, tone(0.55), 1), (0.3, tone(0.1), 1), (0.65, tone(-0.25), 1), (1.0, tone(-0.6), 1)]
    )
    gleam = curve([node(760, 960, 50), node(900, 1016, 4), node(1060, 950, -42)])
    knee = curve([node(940, 800, 60), node(1000, 900, 40), node(1110, 880, -50), node(1150, 825)], closed=True)
    side = curve([node(1120, 770), node(1390, 800, 6), node(1330, 640, 220), node(1160, 610)], closed=True)
    return (
        path(side, fill=tone(-0.15))
        + path(tank, fill=fill)
        + path(knee, fill=tone(-0.55), opacity="0.55")
        + path(gleam, fill="none", stroke=tone(0.95), stroke_width=22, opacity="0.7", stroke_linecap="round")
        + rect(855, 1040, 90, 20, rx=8, fill=CHROME)
    )


def _front_end(paint: Paint, defs: Defs) -> str:
    """Lamp, instruments, handlebar and mirror."""
    lamp = (
        circle(560, 900, 108, fill=paint.tone(-0.2))
        + circle(535, 900, 92, fill="#1b1f22")
        + circle(
            528, 900, 78, fill=defs.radial(510, 930, 110, [(0.0, "#fff", 1), (0.6, "#c5d0d7", 1), (1.0, "#76828a", 1)])
        )
    )
    bar = path(
        curve([node(650, 960, 70), node(740, 1110, 60), node(960, 1112, -14)]),
        fill="none",
        stroke="#202529",
        stroke_width=34,
        stroke_linecap="round",
    )
    grip = path("M870 1132L985 1106", stroke="#0e1011", stroke_width=54, stroke_linecap="round")
    stalk = path(curve([node(800, 1135, 100), node(770, 1290, 100)]), fill="none", stroke="#202529", stroke_width=18)
    glass = curve([node(700, 1290, 90), node(770, 1345, 0), node(850, 1300, -80), node(770, 1262, 180)], closed=True)
    dial = rect(600, 1000, 110, 60, rx=24, fill=TRIM)
    return lamp + dial + bar + grip + stalk + path(glass, fill="#262c30")


def _guards(paint: Paint) -> str:
    tone = paint.tone
    front = curve(
        [
            node(60, 500, 60),
            node(330, 672, 0),
            node(600, 470, -64),
            node(570, 470),
            node(330, 632, 180),
            node(95, 490, 240),
        ],
        closed=True,
    )
    rear = curve(
        [
            node(1560, 905, 14), node(1900, 990, 14), node(2050, 975, -40), node(2040, 930), node(1930, 900, 190),
            node(1560, 800, 196),
        ],
        closed=True,
    )  # fmt: skip
    hugger = path("M1890 930L2010 700L2040 640", fill="none", stroke="#1a1d20", stroke_width=26)
    light = rect(1990, 925, 62, 44, rx=16, fill="#c81d24")
    return group(
        path(front, fill=tone(-0.1)),
        path(front, fill="none", stroke=tone(0.6), stroke_width=7, opacity="0.6"),
        hugger,
        path(rear, fill=tone(-0.1)),
        light,
    )
