"""Markdown files with front matter, read into entries: offers, posts and pages."""

from .model import KINDS, Entry, Kind, OfferMeta, PageMeta, PostMeta

__all__ = ["KINDS", "Entry", "Kind", "OfferMeta", "PageMeta", "PostMeta"]
