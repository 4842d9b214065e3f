"""Small built sites to look for faults in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dealergen.check import run_checks
from dealergen.errors import Problem

BASE = "https://aurora.example"
HEAD = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>{title}</title>"
    '<meta name="description" content="{title} in Campinas">\n<link rel="canonical" href="{base}{url}">'
)


def page(url: str = "/", body: str = "", *, head: str | None = None, title: str = "", lang: str = "en") -> str:
    """A page without faults, whose `body` stands on the fourth line, from its first column."""
    title = title or f"Page {url}"
    head = HEAD.format(title=title, base=BASE, url=url) if head is None else head
    return f'<!doctype html><html lang="{lang}"><head>{head}\n</head><body><h1>{title}</h1>\n{body}\n</body></html>\n'


def sitemap(*urls: str) -> str:
    """A sitemap, one address a line from the second line on."""
    lines = [f"<url><loc>{url if '://' in url else BASE + url}</loc></url>" for url in urls]
    return "\n".join(["<urlset>", *lines, "</urlset>"])


def publish(folder: Path, files: Mapping[str, str]) -> Path:
    """Write the files into `folder`; a home page and a sitemap of it are added where they are not given."""
    for path, text in {"index.html": page(), "sitemap.xml": sitemap("/"), **files}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


def found(folder: Path, files: Mapping[str, str], redirects: Mapping[str, str] | None = None) -> list[Problem]:
    """What the rules find in a site of these files."""
    return run_checks(publish(folder, files), redirects=redirects)


def codes(problems: list[Problem]) -> set[str]:
    return {problem.code for problem in problems}
