"""Where the car stands: a seeded choice of backdrops in 1600 by 1067 pixels, and the shadow on its floor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from .svg import Defs, Seed, curve, ellipse, group, node, path, rect

WIDTH, HEIGHT = 1600, 1067
FLOOR = 842.0
"""y of the line on which the tyres stand."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A backdrop and how the floor mirrors the car (0: matt, 1: a mirror)."""

    back: str
    gloss: float
    shade: str = "#14181c"


def backdrop(seed: Seed, defs: Defs) -> Scene:
    return seed.pick("scene", SCENES)(seed, defs)


def quiet_ground(defs: Defs) -> Scene:
    """For the placeholder: a pale seamless ground that suits every paint and every page."""
    ground = defs.linear(
        (0, 0), (0, HEIGHT), [(0.0, "#dcdfe1", 1), (0.66, "#eef0f1", 1), (0.79, "#cfd4d7", 1), (1.0, "#e2e5e7", 1)]
    )
    glow = defs.radial(800, 480, 820, [(0.0, "#fff", 0.75), (1.0, "#fff", 0.0)], 0.6)
    return Scene(rect(0, 0, WIDTH, HEIGHT, fill=ground) + rect(0, 0, WIDTH, HEIGHT, fill=glow), 0.0)


def shadow(defs: Defs, left: float, right: float, shade: str = "#14181c") -> str:
    """Contact shadow under a car from `left` to `right`, in pixels: a wide soft one and a dark core."""
    middle, half = (left + right) / 2, (right - left) / 2
    soft = defs.radial(
        middle, FLOOR + 8, half * 1.12, [(0.0, shade, 0.6), (0.55, shade, 0.4), (1.0, shade, 0.0)], 0.105
    )
    flat = max(0.045, 26 / half)
    core = defs.radial(
        middle, FLOOR - 2, half * 0.98, [(0.0, "#000", 0.85), (0.82, "#000", 0.7), (1.0, "#000", 0.0)], flat
    )
    return ellipse(middle, FLOOR + 8, half * 1.12, half * 0.118, fill=soft) + ellipse(
        middle, FLOOR - 2, half * 0.98, half * flat, fill=core
    )


def _wall_and_floor(defs: Defs, wall: tuple[str, str], floor: tuple[str, str], horizon: float) -> str:
    up = defs.linear((0, 0), (0, horizon), [(0.0, wall[0], 1), (1.0, wall[1], 1)])
    down = defs.linear((0, horizon), (0, HEIGHT), [(0.0, floor[0], 1), (1.0, floor[1], 1)])
    return rect(0, 0, WIDTH, horizon + 1, fill=up) + rect(0, horizon, WIDTH, HEIGHT - horizon, fill=down)


def _gallery(seed: Seed, defs: Defs) -> Scene:
    """A seamless studio wall with one large soft light."""
    wall, light, floor = seed.pick("gallery", GALLERY_TONES)
    x = seed.between("light", 520, 1080)
    ground = defs.linear(
        (0, 0), (0, HEIGHT), [(0.0, wall, 1), (0.6, light, 1), (0.70, light, 1), (0.8, floor, 1), (1.0, wall, 1)]
    )
    glow = defs.radial(x, 470, 860, [(0.0, "#fff", 0.6), (0.5, "#fff", 0.18), (1.0, "#fff", 0.0)], 0.62)
    corner = defs.radial(800, 533, 1150, [(0.0, "#000", 0.0), (0.62, "#000", 0.0), (1.0, "#000", 0.26)], 0.75)
    return Scene(
        rect(0, 0, WIDTH, HEIGHT, fill=ground)
        + rect(0, 0, WIDTH, HEIGHT, fill=glow)
        + rect(0, 0, WIDTH, HEIGHT, fill=corner),
        0.20,
    )


def _concrete(seed: Seed, defs: Defs) -> Scene:
    """Cast panels with tie holes, lit from one side, on a polished floor."""
    base = _wall_and_floor(defs, ("#a9a8a4", "#c6c4bf"), ("#8d8c89", "#a9a7a3"), 742)
    shift = seed.between("panels", 0, 320)
    joints = "".join(f"M{x - shift:.0f} 0V742" for x in range(0, 2241, 400)) + "M0 372H1600"
    holes = "".join(
        ellipse(left - shift + inset, y, 5, 5, fill="#6d6c69", opacity="0.55")
        for left in range(0, 2241, 400)
        for y in (60, 320, 424, 684)
        for inset in (40, 360)
    )
    slant = seed.between("slant", 300, 900)
    beam = curve(
        [node(slant - 260, 0), node(slant + 420, 0), node(slant + 980, 742), node(slant + 180, 742)], closed=True
    )
    light = path(beam, fill=defs.linear((0, 0), (0, 742), [(0.0, "#fff8ea", 0.5), (1.0, "#fff8ea", 0.22)]))
    line = path(joints, fill="none", stroke="#7f7d79", stroke_width=2.5) + path(
        joints, fill="none", stroke="#fff", stroke_opacity=0.35, stroke_width=1.5, transform="translate(2.5 2)"
    )
    foot = rect(0, 735, WIDTH, 9, fill="#5f5e5b", opacity="0.55")
    return Scene(base + line + holes + light + foot, 0.26)


def _dusk(seed: Seed, defs: Defs) -> Scene:
    """A roof terrace after sunset: warm horizon, a far skyline, wet ground."""
    warm = seed.pick(
        "dusk",
        [("#27344d", "#7a6d86", "#e3a98a"), ("#1f3a4d", "#5c8191", "#e8c59c"), ("#332c4a", "#8a5f77", "#eda77c")],
    )
    sky = defs.linear((0, 0), (0, 730), [(0.0, warm[0], 1), (0.55, warm[1], 1), (1.0, warm[2], 1)])
    floor = defs.linear((0, 730), (0, HEIGHT), [(0.0, "#4c4a52", 1), (0.3, "#35363e", 1), (1.0, "#202228", 1)])
    towers = "".join(_tower(seed, index) for index in range(26))
    haze = rect(0, 560, WIDTH, 172, fill=defs.linear((0, 560), (0, 732), [(0.0, warm[2], 0.0), (1.0, warm[2], 0.55)]))
    parapet = rect(0, 700, WIDTH, 34, fill="#3a3b43") + rect(0, 700, WIDTH, 3, fill="#fff", opacity="0.28")
    gleam = defs.radial(800, 760, 900, [(0.0, warm[2], 0.34), (1.0, warm[2], 0.0)], 0.22)
    body = rect(0, 0, WIDTH, 732, fill=sky) + group(towers, fill=warm[0], opacity="0.45") + haze + parapet
    return Scene(
        body + rect(0, 730, WIDTH, HEIGHT - 730, fill=floor) + rect(0, 730, WIDTH, 337, fill=gleam), 0.34, "#08090c"
    )


def _tower(seed: Seed, index: int) -> str:
    width = seed.between(f"tower width {index}", 34, 96)
    height = seed.between(f"tower {index}", 40, 230)
    return rect(index * 64 - 20, 702 - height, width, height)


def _showroom(seed: Seed, defs: Defs) -> Scene:
    """Tall windows behind, a strip of light above, large tiles below."""
    tint = seed.pick("showroom", ["#dfe5e8", "#e6e1d9", "#d9e2dd"])
    base = _wall_and_floor(defs, ("#5a6064", tint), ("#b9bbbb", "#d4d5d4"), 726)
    panes = "".join(
        rect(
            x,
            150,
            232,
            576,
            fill=defs.linear((0, 150), (0, 726), [(0.0, "#f8fbfd", 1), (0.7, tint, 1), (1.0, "#b9c6bd", 1)]),
        )
        for x in range(-90, 1600, 250)
    )
    garden = "".join(
        ellipse(
            seed.between(f"bush {index}", -50, 1650),
            726,
            seed.between(f"wide {index}", 90, 210),
            seed.between(f"tall {index}", 50, 170),
            fill="#8fa596",
            opacity="0.35",
        )
        for index in range(9)
    )
    beams = rect(0, 92, WIDTH, 12, fill="#fff", opacity="0.9") + rect(0, 104, WIDTH, 46, fill="#3c4144")
    tiles = "M0 800H1600M0 890H1600M0 1010H1600" + "".join(
        f"M{800 + (x - 800) * 0.55:.0f} 726L{800 + (x - 800) * 1.5:.0f} 1067" for x in range(-1000, 2700, 230)
    )
    posts = "".join(rect(x + 232, 150, 18, 576, fill="#454b4f") for x in range(-90, 1600, 250))
    inside = defs.clip(rect(0, 150, WIDTH, 576))
    return Scene(
        base
        + panes
        + group(garden, clip_path=inside)
        + posts
        + beams
        + path(tiles, fill="none", stroke="#fff", stroke_opacity=0.5, stroke_width=2),
        0.34,
    )


def _courtyard(seed: Seed, defs: Defs) -> Scene:
    """A rendered wall in sun, with the shadow of palm leaves."""
    wall, floor = seed.pick(
        "courtyard", [("#e2cdb4", "#b9a58c"), ("#d9b7a0", "#ad917f"), ("#cfd6c9", "#a3a99d"), ("#c9d6de", "#9ba6ad")]
    )
    base = rect(0, 0, WIDTH, 736, fill=wall) + rect(
        0, 736, WIDTH, 331, fill=defs.linear((0, 736), (0, HEIGHT), [(0.0, floor, 1), (1.0, wall, 1)])
    )
    light = rect(
        0,
        0,
        WIDTH,
        736,
        fill=defs.linear((0, 0), (1600, 500), [(0.0, "#fff", 0.36), (0.6, "#fff", 0.05), (1.0, "#000", 0.10)]),
    )
    left = seed.share("palm side") < 0.5
    corner = "translate(1560 -40) scale(-1 1)" if left else "translate(40 -40)"
    leaves = group(*(_frond(seed, index) for index in range(7)), transform=corner,
                   fill="#3f4a3c", opacity="0.17", filter=defs.blur(5))  # fmt: skip
    skirting = rect(0, 716, WIDTH, 22, fill="#000", opacity="0.10")
    return Scene(base + light + leaves + skirting, 0.10)


def _frond(seed: Seed, index: int) -> str:
    """A palm leaf: blades along a bent rib."""
    turn = -8 + index * 17 + seed.between(f"frond {index}", -6, 6)
    blades = "".join(
        path(curve([node(x, 0), node(x + 90, side * reach * 0.5, 48 * side), node(x + 130, side * reach, 70 * side),
        node(x + 26, 0)], closed=True))
        for x in range(60, 700, 34) for side in (-1, 1) for reach in (230 - x * 0.22,)
    )  # fmt: skip
    return group(blades, rect(0, -4, 760, 8), transform=f"rotate({turn:.1f})")


GALLERY_TONES: Final = (
    ("#d8d4cc", "#efece6", "#c9c4ba"), ("#c9cfd3", "#eaeef0", "#b7bfc4"), ("#c6cabf", "#e7eadf", "#b3b8aa"),
    ("#d8c9bd", "#efe5dc", "#c5b4a6"),
    ("#5d656b", "#99a2a8", "#4d555b"),
)  # fmt: skip
"""Wall, lit wall, floor."""

SCENES: Final[tuple[Callable[[Seed, Defs], Scene], ...]] = (_gallery, _concrete, _dusk, _showroom, _courtyard)
