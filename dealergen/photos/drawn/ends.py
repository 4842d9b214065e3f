"""What front and rear view share: the outline, tyres, mirrors, and light on a symmetrical body. x = 0 is the middle."""

from __future__ import annotations

from dataclasses import dataclass

from .bodies import Shape
from .paint import RUBBER, TRIM, Paint
from .svg import Defs, Node, Seed, curve, group, node, path, rect


@dataclass(slots=True)
class End:
    """One car seen from the front or the rear; `half` is half its width."""

    shape: Shape
    paint: Paint
    seed: Seed
    defs: Defs

    @property
    def half(self) -> float:
        return self.shape.width / 2

    @property
    def belt(self) -> float:
        return sum(self.shape.belt) / 2


def mirrored(nodes: list[Node]) -> str:
    """A closed curve through `nodes` (from the bottom up on the right, x > 0) and their mirror images."""
    left = [Node(-n.x, n.y, _flip(n.out), _flip(n.into)) for n in reversed(nodes) if n.x]
    return curve([*nodes, *left], closed=True)


def _flip(direction: float | None) -> float | None:
    """The direction of travel on the mirrored side, where the curve runs the other way."""
    return None if direction is None else -direction


def both(shape: str) -> str:
    """A drawing on the right and its mirror image."""
    return shape + group(shape, transform="scale(-1 1)")


def outline(end: End) -> list[Node]:
    """Bumper, flank, shoulder, tumblehome and roof."""
    shape, half = end.shape, end.half
    roof = half * (0.66 if shape.height < 1560 else 0.70)
    if shape.open_top:
        return [*_lower(end), node(half * 0.9, end.belt + 6, 172), node(0, end.belt + 30, 180)]
    return [
        *_lower(end),
        node(half * 0.885, end.belt + 34, 118, 108),
        node(roof, shape.height - 88, 122),
        node(roof * 0.62, shape.height - 14, 172),
        node(0, shape.height, 180),
    ]


def _lower(end: End) -> list[Node]:
    shape, half = end.shape, end.half
    return [
        node(half * 0.80, shape.sill - 25),
        node(half * 0.955, shape.sill + 75, 66),
        node(half, shape.nose - 20, 90),
        node(half * 0.992, end.belt - 190, 93),
        node(half * 0.955, end.belt - 40, 118),
    ]


def body(end: End) -> str:
    """The painted shape with light from above, flanks turning away, and a bright shoulder."""
    shape, tone, half = end.shape, end.paint.tone, end.half
    data = mirrored(outline(end))
    fill = end.defs.linear(
        (0, shape.sill), (0, shape.height),
        [(0.0, tone(-0.5), 1), (0.16, tone(-0.28), 1), (0.36, tone(-0.06), 1), (0.52, tone(0.12), 1),
        (0.62, tone(0.24), 1), (1.0, tone(0.30), 1)],
    )  # fmt: skip
    deep = tone(-0.7)
    turn = end.defs.linear(
        (-half, 0), (half, 0),
        [(0.0, deep, 0.7), (0.13, deep, 0.18), (0.3, deep, 0.0), (0.7, deep, 0.0), (0.87, deep, 0.18),
        (1.0, deep, 0.7)],
    )  # fmt: skip
    rim = path(data, fill="none", stroke=tone(0.7), stroke_width=22, opacity="0.4", filter=end.defs.blur(8))
    return path(data, fill=fill) + group(path(data, fill=turn), rim, clip_path=end.defs.clip(path(data)))


def tyres(end: End) -> str:
    """Treads below the body, and the dark under it."""
    shape, half = end.shape, end.half
    width = 225 + (40 if shape.cladding else 0)
    tread = end.defs.linear(
        (half - 60 - width, 0),
        (half - 60, 0),
        [(0.0, "#050606", 1), (0.3, "#1c1f22", 1), (0.75, "#2a2e31", 1), (1.0, "#0a0b0c", 1)],
    )
    tyre = rect(half - 60 - width, 0, width, shape.radius * 1.3, rx=52, fill=tread)
    grooves = "".join(
        rect(half - 60 - width * share, 6, 9, shape.radius, fill="#000", opacity="0.6") for share in (0.28, 0.5, 0.72)
    )
    belly = rect(-half * 0.86, shape.sill * 0.62, half * 1.72, shape.sill, rx=30, fill="#0a0b0c")
    return belly + both(tyre + grooves)


def mirrors(end: End) -> str:
    shape, tone, half = end.shape, end.paint.tone, end.half
    x, y = half * 0.93, shape.belt[0] + 88
    shell = curve(
        [
            node(x, y - 30, 100, 70),
            node(x + 60, y + 62, 20),
            node(x + 205, y + 50, -30),
            node(x + 222, y - 34, -110),
            node(x + 110, y - 62, 184),
        ],
        closed=True,
    )
    fill = end.defs.linear((0, y + 70), (0, y - 60), [(0.0, tone(0.5), 1), (0.5, tone(0.0), 1), (1.0, tone(-0.55), 1)])
    arm = curve(
        [node(half * 0.87, y - 50), node(x + 60, y - 40), node(x + 60, y - 66), node(half * 0.88, y - 78)], closed=True
    )
    return both(path(arm, fill=TRIM) + path(shell, fill=fill))


def plate(end: End, y: float) -> str:
    """A number plate without a number, 400 by 130 mm (Mercosur)."""
    face = end.defs.linear((0, y + 130), (0, y), [(0.0, "#f5f6f7", 1), (1.0, "#d3d7da", 1)])
    return (
        rect(-212, y - 12, 424, 154, rx=18, fill=RUBBER)
        + rect(-200, y, 400, 130, rx=12, fill=face)
        + rect(-200, y + 100, 400, 30, rx=10, fill="#2c4a86")
    )


def pane(end: End, low: float, wide: float, high: float, narrow: float) -> tuple[str, str]:
    """A screen from half width `wide` at `low` to `narrow` at `high`: its path, and its drawing with reflections."""
    data = mirrored([
        node(0, low - 26, 0), node(wide, low, 12, 112), node(narrow + 30, high - 60, 106), node(narrow - 30, high, 168),
        node(0, high + 22, 180),
    ])  # fmt: skip
    glass = end.defs.linear((0, high), (0, low), [(0.0, "#0e151a", 1), (0.45, "#24323c", 1), (1.0, "#4b5d69", 1)])
    gleam = end.defs.linear((0, high), (0, low), [(0.0, "#dcebf5", 0.38), (1.0, "#dcebf5", 0.02)])
    rays = "".join(
        path(curve([node(x, low - 40), node(x + 330, high + 40), node(x + 330 + w, high + 40), node(x + w, low - 40)],
        closed=True), fill=gleam)
        for x, w in ((-720, 300), (-350, 80), (160, 210))
    )  # fmt: skip
    drawing = path(data, fill="none", stroke="#101315", stroke_width=24) + path(data, fill=glass)
    return data, drawing + group(_heads(low, wide), rays, clip_path=end.defs.clip(path(data)))


def _heads(low: float, wide: float) -> str:
    """Seats against the light from the other side."""
    seat = rect(wide * 0.26, low - 80, wide * 0.42, 190, rx=70, fill="#0b1013") + rect(
        wide * 0.37, low + 95, wide * 0.2, 100, rx=34, fill="#0b1013"
    )
    return group(both(seat), opacity="0.6")
