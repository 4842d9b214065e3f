"""The engine: decides which artifacts are out of date, makes them, writes them, and takes away what is not planned."""

from .artifact import (
    Artifact,
    Fact,
    Function,
    Maker,
    Renderer,
    Template,
    derive,
    digest_of,
    fragment,
    join_digests,
    listed,
)
from .make import Outcome, make
from .progress import Progress
from .templates import TemplateSet, TemplateSets
from .theme import Asset, Theme, load_theme

__all__ = [
    "Artifact",
    "Asset",
    "Fact",
    "Function",
    "Maker",
    "Outcome",
    "Progress",
    "Renderer",
    "Template",
    "TemplateSet",
    "TemplateSets",
    "Theme",
    "derive",
    "digest_of",
    "fragment",
    "join_digests",
    "listed",
    "load_theme",
    "make",
]
