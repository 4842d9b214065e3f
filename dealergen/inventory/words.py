"""The word lists of `choices/`, each file read once: what dealers write, in data that anyone can extend."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any


@cache
def document(name: str) -> dict[str, Any]:
    """The list named `name`, as its file holds it."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = files(__package__).joinpath("choices", f"{name}.yaml").read_text("utf-8")
    read: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506  (both loaders are safe)
    return read
