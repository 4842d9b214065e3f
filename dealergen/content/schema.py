"""JSON Schemas of front matter, for editors and content-management systems."""

from __future__ import annotations

from dealergen.config.schema import json_schema

from .model import KINDS, Kind

_TITLES: dict[Kind, str] = {"offers": "Offer", "posts": "Blog post", "pages": "Page"}


def content_schema(kind: Kind) -> dict[str, object]:
    """The schema of the front matter of `content/<kind>/*.md`."""
    return json_schema(KINDS[kind], f"content-{kind}", f"{_TITLES[kind]} (front matter)")
