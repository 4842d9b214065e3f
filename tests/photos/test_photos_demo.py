"""The demo dealership's photos: all there, all usable, light enough for a repository."""

from __future__ import annotations

import csv
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]


def _named() -> list[str]:
    with (ROOT / "inventory.csv").open(encoding="utf-8-sig", newline="") as file:
        return [name for row in csv.DictReader(file, delimiter=";") for name in row["Fotos"].split("|") if name]


def test_every_photo_that_the_demo_names_is_there_and_none_is_left_over() -> None:
    names = _named()
    assert len(names) > 200
    assert sorted(names) == sorted(f"photos/{path.name}" for path in (ROOT / "photos").glob("*.webp"))


def test_the_demo_photos_are_all_of_one_size_and_under_six_megabytes() -> None:
    paths = [ROOT / name for name in _named()]
    for path in paths:
        with Image.open(path) as image:
            assert (image.format, image.size) == ("WEBP", (1600, 1067))
    assert sum(path.stat().st_size for path in paths) < 6_000_000


def test_no_two_demo_photos_are_the_same() -> None:
    contents = [(ROOT / name).read_bytes() for name in _named()]
    assert len(set(contents)) == len(contents)
