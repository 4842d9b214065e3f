"""Drawn cars: every body style, view and paint is a whole, safe, repeatable drawing."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import product
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealergen.inventory.vocabulary import Body, ColorFamily
from dealergen.photos.color import from_hex, from_oklab, lightness, mix, to_oklab
from dealergen.photos.drawn import View, draw_car, placeholder_svg
from dealergen.photos.drawn.bodies import SHAPES, shape_of
from dealergen.photos.drawn.svg import Seed, curve, node

BODIES: tuple[Body, ...] = get_args(Body)
VIEWS: tuple[View, ...] = get_args(View)
SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own text


@pytest.mark.parametrize(("body", "view"), list(product(BODIES, VIEWS)))
def test_every_body_has_every_view(body: Body, view: View) -> None:
    svg = draw_car(body, "#a8201f", view, seed=5)
    root = parsed(svg)
    assert (root.tag, root.get("viewBox")) == (f"{SVG}svg", "0 0 1600 1067")
    assert "nan" not in svg
    assert "inf" not in svg.replace("infinite", "")
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    named = {part.split(")")[0] for part in svg.split("url(#")[1:]}
    assert named <= set(ids)


def test_a_drawing_asks_for_nothing_from_elsewhere() -> None:
    for body, view in product(BODIES, VIEWS):
        svg = draw_car(body, "#a8201f", view).replace("http://www.w3.org/2000/svg", "")
        assert "http" not in svg
        assert "<script" not in svg
        assert "<text" not in svg


def test_the_same_seed_draws_the_same_car_and_another_seed_another() -> None:
    drawings = [draw_car("suv", "#27508f", seed=seed) for seed in range(20)]
    assert drawings == [draw_car("suv", "#27508f", seed=seed) for seed in range(20)]
    assert len(set(drawings)) == 20


def test_the_paint_is_seen_in_the_drawing() -> None:
    assert draw_car("sedan", "#a8201f") != draw_car("sedan", "#27508f")
    without_scene = draw_car("sedan", "#27508f", scene=False)
    colors = {part[:6] for part in without_scene.split("#")[1:]}
    blues = [color for color in colors if _is_hex(color) and int(color[4:], 16) > int(color[:2], 16) + 40]
    assert len(blues) >= 5


def _is_hex(text: str) -> bool:
    return len(text) == 6 and all(character in "0123456789abcdef" for character in text)


@pytest.mark.parametrize("body", [*BODIES, None])
def test_a_placeholder_is_small_and_whole(body: Body | None) -> None:
    for color in (*get_args(ColorFamily), None):
        data = placeholder_svg(body, color)
        assert parsed(data.decode()).tag == f"{SVG}svg"
        assert len(data) < 32_000
        assert data == placeholder_svg(body, color)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([body for body in BODIES if body != "motorcycle"]), st.integers(0, 10**9))
def test_every_seed_keeps_believable_proportions(body: Body, seed: int) -> None:
    """Cars' wheelbases are 3 to 6 wheels long, wheels are a quarter to a half of the height; glass sits above paint."""
    shape = shape_of(body, Seed(seed))
    assert 3.0 < shape.wheelbase / shape.wheel < 6.2
    assert 0.22 < shape.wheel / shape.height < 0.56
    assert 0 < shape.front_axle - shape.radius < shape.rear_axle + shape.radius < shape.length
    assert shape.sill < shape.nose < shape.hood[1] < shape.belt[0] + 120
    assert shape.hood[0] < shape.cowl[0] < shape.header[0] < shape.roof_end[0] < shape.deck[0] < shape.length
    assert shape.cowl[1] < shape.header[1] <= shape.height


def test_every_body_of_the_vocabulary_has_a_shape() -> None:
    assert set(SHAPES) == set(BODIES)


def test_a_quarter_turn_of_a_curve_is_a_quarter_circle() -> None:
    """The usual cubic for a quarter of the unit circle has handles of 0.5523."""
    data = curve([node(0, 0, 0), node(1000, 1000, 90)])
    assert data.startswith("M0 0C551.5 0 ")
    assert data.endswith("1000 1000")


@given(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))
def test_colours_survive_oklab(red: int, green: int, blue: int) -> None:
    color = f"#{red:02x}{green:02x}{blue:02x}"
    back = from_hex(from_oklab(to_oklab(color)))
    assert all(abs(a - b) <= 1 for a, b in zip(back, (red, green, blue), strict=True))


def test_oklab_agrees_with_its_published_values() -> None:
    """White is (1, 0, 0); sRGB red is (0.62796, 0.22486, 0.12585)."""
    assert to_oklab("#ffffff") == pytest.approx((1, 0, 0), abs=1e-4)
    assert to_oklab("#ff0000") == pytest.approx((0.62796, 0.22486, 0.12585), abs=1e-4)
    assert lightness("#000000") == 0
    assert mix("#000000", "#ffffff", 0) == "#000000"
    assert mix("#000000", "#ffffff", 1) == "#ffffff"
