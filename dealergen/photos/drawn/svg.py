"""SVG as text: elements, gradients, and curves told by the points that they pass and their directions there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import pairwise
from math import cos, hypot, radians, sin
from typing import TypeVar

Choice = TypeVar("Choice")
Stop = tuple[float, str, float]
"""Offset from 0 to 1, colour, opacity."""


@dataclass(frozen=True, slots=True)
class Node:
    """A point of a curve. `into` and `out` are the directions of travel in degrees (0: +x, 90: +y); None: straight."""

    x: float
    y: float
    into: float | None = None
    out: float | None = None


def node(x: float, y: float, into: float | None = None, out: float | None = None) -> Node:
    """A smooth point if one direction is given, a corner if two are, a plain vertex if none is."""
    return Node(x, y, into, into if out is None else out)


def curve(nodes: Sequence[Node], *, closed: bool = False) -> str:
    """Path data through `nodes`; each span is one cubic whose handles are 0.39 of its chord, as in a quarter circle."""
    pairs = [*pairwise(nodes), *([(nodes[-1], nodes[0])] if closed else [])]
    spans = "".join(_span(first, second) for first, second in pairs)
    return f"M{number(nodes[0].x)} {number(nodes[0].y)}{spans}{'Z' if closed else ''}"


def _span(first: Node, second: Node) -> str:
    if first.out is None and second.into is None:
        return f"L{number(second.x)} {number(second.y)}"
    reach = 0.39 * hypot(second.x - first.x, second.y - first.y)
    ax, ay = _ahead(first, first.out, reach)
    bx, by = _ahead(second, second.into, -reach)
    return "C" + " ".join(number(value) for value in (ax, ay, bx, by, second.x, second.y))


def _ahead(point: Node, direction: float | None, reach: float) -> tuple[float, float]:
    if direction is None:
        return point.x, point.y
    return point.x + reach * cos(radians(direction)), point.y + reach * sin(radians(direction))


def number(value: float) -> str:
    """At most one decimal: a tenth of a millimetre is finer than any screen."""
    text = f"{value:.1f}"
    return text.removesuffix(".0").replace("-0", "0") if text in {"-0.0"} else text.removesuffix(".0")


def element(name: str, *children: str, **attributes: object) -> str:
    """One element. Underscores in attribute names stand for hyphens; None leaves an attribute out."""
    pairs = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{number(value) if isinstance(value, float) else value}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(children)
    return f"<{name}{pairs}>{inner}</{name}>" if inner else f"<{name}{pairs}/>"


def group(*children: str, **attributes: object) -> str:
    return element("g", *children, **attributes)


def path(data: str, **attributes: object) -> str:
    return element("path", d=data, **attributes)


def circle(x: float, y: float, radius: float, **attributes: object) -> str:
    return element("circle", cx=number(x), cy=number(y), r=number(radius), **attributes)


def ellipse(x: float, y: float, rx: float, ry: float, **attributes: object) -> str:
    return element("ellipse", cx=number(x), cy=number(y), rx=number(rx), ry=number(ry), **attributes)


def rect(x: float, y: float, width: float, height: float, **attributes: object) -> str:
    return element(
        "rect", x=number(x), y=number(y), width=number(width), height=number(height), **attributes
    )  # fmt: skip


@dataclass(slots=True)
class Defs:
    """The definitions of one drawing, each kept once and named by number."""

    items: dict[str, str] = field(default_factory=dict)

    def linear(self, start: tuple[float, float], end: tuple[float, float], stops: Iterable[Stop]) -> str:
        """A gradient between two points of user space; answers the `url(#…)` to fill with."""
        x1, y1, x2, y2 = (number(value) for value in (*start, *end))
        return self._paint("linearGradient", stops, gradientUnits="userSpaceOnUse", x1=x1, y1=y1, x2=x2, y2=y2)

    def radial(self, x: float, y: float, radius: float, stops: Iterable[Stop], squash: float = 1.0) -> str:
        """A round gradient; `squash` scales it vertically about `y`."""
        return self._paint(
            "radialGradient", stops, gradientUnits="userSpaceOnUse", cx=number(x), cy=number(y), r=number(radius),
            gradientTransform=None if squash == 1 else f"translate(0 {number(y * (1 - squash))}) scale(1 {squash:.3f})",
        )  # fmt: skip

    def clip(self, *shapes: str) -> str:
        return self._named("clipPath", "".join(shapes), {})

    def mask(self, *shapes: str) -> str:
        return self._named("mask", "".join(shapes), {"maskUnits": "userSpaceOnUse", "x": -9000, "y": -9000,
                                                     "width": 18000, "height": 18000})  # fmt: skip

    def blur(self, deviation: float) -> str:
        inner = element("feGaussianBlur", stdDeviation=number(deviation))
        return self._named("filter", inner, {"x": "-30%", "y": "-60%", "width": "160%", "height": "220%"})

    def text(self) -> str:
        return element("defs", *self.items.values()) if self.items else ""

    def _paint(self, kind: str, stops: Iterable[Stop], **attributes: object) -> str:
        inner = "".join(
            element(
                "stop", offset=f"{offset:.3g}", stop_color=color, stop_opacity=None if alpha == 1 else f"{alpha:.3g}"
            )
            for offset, color, alpha in stops
        )
        return self._named(kind, inner, attributes)

    def _named(self, kind: str, inner: str, attributes: dict[str, object]) -> str:
        key = f"{kind}{inner}{attributes}"
        if key not in self.items:
            self.items[key] = element(kind, inner, id=f"d{len(self.items)}", **attributes)
        return f"url(#d{list(self.items).index(key)})"


@dataclass(frozen=True, slots=True)
class Seed:
    """Repeatable variety: the same seed and name always give the same choice, whatever else is asked."""

    value: int

    def share(self, name: str) -> float:
        """A number from 0 up to 1."""
        digest = blake2b(f"{self.value}:{name}".encode(), digest_size=6).digest()
        return int.from_bytes(digest, "big") / 2**48

    def between(self, name: str, low: float, high: float) -> float:
        return low + (high - low) * self.share(name)

    def pick(self, name: str, options: Sequence[Choice]) -> Choice:
        return options[int(self.share(name) * len(options))]
