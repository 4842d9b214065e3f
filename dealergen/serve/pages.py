"""What the server puts into pages, and its own pages: for a failure, a miss, and the time of reading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup, escape

from .outcome import Failure

OWN = "/__dealergen"
"""The path under which the server's own files stand; no build makes any there."""


def with_live_script(page: bytes, version: str, stylesheet: str) -> bytes:
    """`page` with the live script at the end of its body: an outside file, so that a strict policy lets it run.

    `stylesheet` is the address of the page's own, which the script swaps when another takes its place.
    """
    script = _script(version, stylesheet=stylesheet).encode()
    at = page.rfind(b"</body>")
    return page + script if at < 0 else page[:at] + script + page[at:]


def failure_page(failure: Failure, version: str, *, of_all: bool) -> bytes:
    """A whole page that tells `failure`, for where there is no good page to show.

    It gives way when another version of the page comes; if the failure is that `of_all`, also when that one goes.
    """
    parts = [
        Markup("<h1>{}</h1>").format(failure.message),
        Markup('<p class="remedy">{}</p>').format(failure.remedy),
        *map(_problem, failure.problems),
        Markup('<pre class="detail">{}</pre>').format(failure.detail) if failure.detail else Markup(""),
    ]
    return _page("This page could not be made", parts, _script(version, failure=failure.id if of_all else ""))


def waiting_page(doing: str) -> bytes:
    """The page for while the site is read for the first time. It tells how far that is, and gives way by itself."""
    parts = [
        Markup("<h1>Reading the site</h1>"),
        Markup('<p class="remedy">This page becomes the one you asked for as soon as the site is read.</p>'),
        Markup('<p class="step" role="status" data-doing>{}</p>').format(sentence(doing)),
        Markup('<noscript><meta http-equiv="refresh" content="2"></noscript>'),
    ]
    return _page("Reading the site …", parts, _script(""))


def sentence(words: str) -> str:
    """ "reading the content" → "Reading the content"."""
    return words[:1].upper() + words[1:]


def missing_page(path: str, version: str) -> bytes:
    """The page for what is not there, until the site has a 404 page of its own."""
    parts = [
        Markup("<h1>There is no page at {}</h1>").format(path),
        Markup('<p class="remedy">The site has no 404.html either. <a href="/">Go to its home page.</a></p>'),
    ]
    return _page("Not found", parts, _script(version))


def _page(title: str, parts: Iterable[Markup], script: str) -> bytes:
    page = Markup(
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        '<title>{}</title><link rel="stylesheet" href="{}/live.css"><link rel="icon" href="data:,">'
        '<body class="bare"><main class="failure page">{}</main>{}</body></html>'
    )
    return page.format(title, OWN, Markup("").join(parts), Markup(script)).encode()  # noqa: S704  # escaped by _script


def _script(version: str, **more: str) -> str:
    query = urlencode({"version": version} | {name: value for name, value in more.items() if value}, safe="/")
    return f'<script type="module" src="{OWN}/live.js?{escape(query)}"></script>'


def _problem(problem: dict[str, Any]) -> Markup:
    place = ":".join(str(problem[part]) for part in ("file", "line", "column") if problem[part] is not None)
    value = Markup(" (found “{}”)").format(problem["value"]) if problem["value"] is not None else ""
    return Markup(
        '<article><p class="place">{}</p><p class="message">{}{}</p><p class="remedy">{}</p>{}</article>'
    ).format(place, problem["message"], value, problem["remedy"], _excerpt(problem["excerpt"]))


def _excerpt(lines: list[dict[str, Any]]) -> Markup:
    if not lines:
        return Markup("")
    rows = (
        Markup('<span class="line{}"><span class="number">{}</span>{}\n</span>').format(
            " here" if line["here"] else "", line["number"], escape(line["text"])
        )
        for line in lines
    )
    return Markup('<pre class="excerpt">{}</pre>').format(Markup("").join(rows))
