"""Markdown files with front matter, read into entries: offers, posts and pages."""

from .model import KINDS, Entry, Kind, OfferMeta, PageMeta, PostMeta
from .moments import moment
from .read import read_content

__all__ = ["KINDS", "Entry", "Kind", "OfferMeta", "PageMeta", "PostMeta", "moment", "read_content"]
