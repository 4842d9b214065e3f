"""The word lists of `choices/` and makes.yaml, each read once: what dealers write, in data that anyone can extend."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any


@cache
def document(name: str) -> dict[str, Any]:
    """The list named `name`, as its file holds it."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    folder = files(__package__)
    place = folder / "makes.yaml" if name == "makes" else folder / "choices" / f"{name}.yaml"
    read: dict[str, Any] = yaml.load(place.read_text("utf-8"), Loader=loader)  # noqa: S506  (both loaders are safe)
    return read
