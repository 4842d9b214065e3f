"""Each rule finds its fault where it stands, and leaves a sound site alone."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from dealergen.check import all_rules, run_checks
from dealergen.errors import Place
from tests.check.built_site import BASE, HEAD, codes, found, page, sitemap

STOCK = page("/stock/")
BOTH = sitemap("/", "/stock/")
STOCKED = {"stock/index.html": STOCK, "sitemap.xml": BOTH}


class Case(NamedTuple):
    """A fault: the rule, the site that has it, where it stands, and a sound site that looks alike."""

    code: str
    faulty: dict[str, str]
    place: Place
    sound: dict[str, str]


def _home(body: str) -> dict[str, str]:
    return {"index.html": page("/", body)}


def _head(*extra: str, url: str = "/") -> str:
    """The canonical link stands on line 2, each extra element on a line of its own from line 3 on."""
    return "\n".join([HEAD.format(title=f"Page {url}", base=BASE, url=url), *extra])


def _home_head(*extra: str) -> dict[str, str]:
    return {"index.html": page("/", head=_head(*extra))}


def _bare(title: str = "<title>Home</title>", rest: str = "") -> dict[str, str]:
    viewport = '<meta name="viewport" content="width=device-width">'
    return {"index.html": page("/", head=viewport + title + rest)}


HERE = Place("index.html", 4, 1)
PAGE = Place("index.html")
DESCRIBED = '<meta name="description" content="Cars">'
CANONICAL = f'<link rel="canonical" href="{BASE}/">'
EN = f'<link rel="alternate" hreflang="en" href="{BASE}/">'
PT = f'<link rel="alternate" hreflang="pt-BR" href="{BASE}/pt/">'
NOINDEX = '<meta name="robots" content="noindex, follow">'
PORTUGUESE = page("/pt/", head=_head(EN, PT, url="/pt/"), lang="pt-BR")
IN_PT = sitemap("/", "/pt/")
TRANSLATED = {"pt/index.html": PORTUGUESE, "sitemap.xml": IN_PT}

CASES = [
    Case("links/broken", _home('<a href="/gone/">x</a>'), HERE, {**_home('<a href="/stock/">x</a>'), **STOCKED}),
    Case(
        "links/broken",
        _home(f'<a href="{BASE}/gone/">x</a>'),
        HERE,
        _home('<a href="https://other.example/gone/">x</a>'),
    ),
    Case(
        "links/broken",
        _home('<a href="gone.html">x</a>'),
        HERE,
        _home('<a href="mailto:a@aurora.example">x</a><a href="tel:+5511">y</a>'),
    ),
    Case(
        "links/anchor",
        _home('<a href="#terms">x</a>'),
        HERE,
        _home('<a href="#terms">x</a><p id="terms"></p><a href="#">y</a>'),
    ),
    Case(
        "links/anchor",
        {**_home('<a href="/stock/#terms">x</a>'), **STOCKED},
        HERE,
        {
            **_home('<a href="/stock/#terms">x</a>'),
            "stock/index.html": page("/stock/", '<a name="terms"></a>'),
            "sitemap.xml": BOTH,
        },
    ),
    Case(
        "links/asset",
        _home_head('<link rel="stylesheet" href="/site.css">'),
        Place("index.html", 3, 1),
        {**_home_head('<link rel="stylesheet" href="/site.css">'), "site.css": "a{}"},
    ),
    Case(
        "links/asset",
        {**_home('<img src="/1.jpg" srcset="/1.jpg 1x, /2.jpg 2x" alt="" width="1" height="1">'), "1.jpg": "1"},
        HERE,
        {
            **_home('<img src="/1.jpg" srcset="/1.jpg 1x, /2.jpg 2x" alt="" width="1" height="1">'),
            "1.jpg": "1",
            "2.jpg": "2",
        },
    ),
    Case(
        "links/redirected",
        {**_home('<a href="/stock">x</a>'), **STOCKED},
        HERE,
        {**_home('<a href="/stock/">x</a>'), **STOCKED},
    ),
    Case(
        "links/unnamed",
        _home('<a href="/"><span></span></a>'),
        HERE,
        _home('<a href="/"><img src="data:," alt="Home" width="1" height="1"></a><a href="/" aria-label="x"></a>'),
    ),
    Case(
        "links/unsafe",
        _home('<a href="java\tscript:alert(1)">x</a>'),
        HERE,
        _home('<a href="https://wa.me/5511">x</a>'),
    ),
    Case(
        "images/missing-alt",
        _home('<img src="data:," width="1" height="1">'),
        HERE,
        _home('<img src="data:," alt width="1" height="1">'),
    ),
    Case(
        "images/no-size",
        _home('<img src="data:," alt="" width="1">'),
        HERE,
        _home('<img src="data:," alt="" width="1" height="1">'),
    ),
    Case(
        "images/no-source",
        _home('<img alt="" width="1" height="1">'),
        HERE,
        _home('<img src="data:," alt="" width="1" height="1">'),
    ),
    Case("titles/missing", _bare("", DESCRIBED + CANONICAL), PAGE, _bare("<title>Home</title>", DESCRIBED + CANONICAL)),
    Case(
        "titles/duplicate",
        {"stock/index.html": page("/stock/", title="Page /"), "sitemap.xml": BOTH},
        Place("stock/index.html"),
        {"pt/index.html": page("/pt/", title="Page /", lang="pt-BR"), "sitemap.xml": sitemap("/", "/pt/")},
    ),
    Case("titles/long", {"index.html": page("/", title="A" * 71)}, PAGE, {"index.html": page("/", title="A" * 70)}),
    Case("descriptions/missing", _bare(rest=CANONICAL), PAGE, _bare(rest=DESCRIBED + CANONICAL)),
    Case(
        "descriptions/duplicate",
        {"stock/index.html": page("/stock/", title="Page /"), "sitemap.xml": BOTH},
        Place("stock/index.html"),
        STOCKED,
    ),
    Case("headings/one-h1", _home("<h1>Again</h1>"), HERE, _home("<h2>A part</h2>")),
    Case("headings/one-h1", {"index.html": page().replace("h1>", "h2>")}, PAGE, {}),
    Case("headings/skipped", _home("<h3>Deep</h3>"), HERE, _home("<h2>A</h2><h3>B</h3><h2>C</h2>")),
    Case(
        "headings/empty",
        _home("<h2> </h2>"),
        HERE,
        _home('<h2><img src="data:," alt="SUVs" width="1" height="1"></h2>'),
    ),
    Case("canonical/missing", _bare(rest=DESCRIBED), PAGE, _bare(rest=DESCRIBED + CANONICAL)),
    Case(
        "canonical/not-self",
        {"stock/index.html": page("/stock/", head=_head(url="/"))},
        Place("stock/index.html", 2, 1),
        STOCKED,
    ),
    Case(
        "canonical/not-built",
        {"stock/index.html": page("/stock/", head=_head(url="/gone/"))},
        Place("stock/index.html", 2, 1),
        STOCKED,
    ),
    Case(
        "canonical/noindex",
        {"stock/index.html": page("/stock/", head=_head(NOINDEX, url="/"))},
        Place("stock/index.html", 2, 1),
        {"stock/index.html": page("/stock/", head=_head(NOINDEX, url="/stock/"))},
    ),
    Case("hreflang/not-built", _home_head(EN, PT), Place("index.html", 4, 1), {**_home_head(EN, PT), **TRANSLATED}),
    Case(
        "hreflang/not-reciprocal",
        {**_home_head(EN, PT), "pt/index.html": page("/pt/", lang="pt-BR"), "sitemap.xml": IN_PT},
        Place("index.html", 4, 1),
        {**_home_head(EN, PT), **TRANSLATED},
    ),
    Case(
        "hreflang/no-self",
        {**_home_head(PT), **TRANSLATED},
        Place("index.html", 3, 1),
        {**_home_head(EN, PT), **TRANSLATED},
    ),
    Case(
        "hreflang/twice",
        {**_home_head(EN, PT, PT.replace("/pt/", "/")), **TRANSLATED},
        Place("index.html", 5, 1),
        {**_home_head(EN, PT), **TRANSLATED},
    ),
    Case("sitemap/not-built", {"sitemap.xml": sitemap("/", "/gone/")}, Place("sitemap.xml", 3), {}),
    Case(
        "sitemap/not-built",
        {"sitemap.xml": sitemap("/", "/parts/1.xml")},
        Place("sitemap.xml", 3),
        {"sitemap.xml": sitemap("/parts/1.xml"), "parts/1.xml": sitemap("/")},
    ),
    Case(
        "sitemap/noindex",
        _home_head(NOINDEX),
        Place("sitemap.xml", 2),
        {"stock/index.html": page("/stock/", head=_head(NOINDEX, url="/stock/"))},
    ),
    Case("sitemap/omitted", {"stock/index.html": STOCK}, Place("stock/index.html"), {"404.html": page("/404.html")}),
    Case(
        "forms/no-action",
        _home("<form method=post></form>"),
        HERE,
        _home("<form method=post action=/api/lead></form><form method=dialog></form>"),
    ),
    Case(
        "forms/get",
        _home('<form action="/x"><input type="tel" aria-label="Phone"></form>'),
        HERE,
        _home('<form action="/x"><input type="search" name="q" aria-label="Search"></form>'),
    ),
    Case(
        "forms/no-label",
        _home('<input name="tel" placeholder="Phone">'),
        HERE,
        _home('<label for="a">Phone</label><input id="a"><label>Name <input></label><input type="hidden">'),
    ),
    Case(
        "forms/unnamed-button",
        _home("<button><svg></svg></button>"),
        HERE,
        _home("<button>Send</button><button aria-label='Close'>×</button>"),
    ),
    Case("markup/no-language", {"index.html": page(lang="")}, Place("index.html", 1), {}),
    Case(
        "markup/duplicate-id",
        _home('<p id="a"></p>\n<p id="a"></p>'),
        Place("index.html", 5, 1),
        _home('<p id="a"></p><p id="b"></p>'),
    ),
    Case(
        "markup/json-ld",
        _home('<script type="application/ld+json">{"a": </script>'),
        HERE,
        _home('<script type="application/ld+json">{"a": "<b>"}</script>'),
    ),
    Case("markup/no-viewport", {"index.html": page("/", head=f"<title>A</title>{DESCRIBED}{CANONICAL}")}, PAGE, {}),
    Case(
        "safety/inline-script",
        _home("<script>alert(1)</script>"),
        HERE,
        _home('<script type="application/ld+json">{}</script>'),
    ),
    Case("safety/inline-script", _home('<p onclick="alert(1)">x</p>'), HERE, _home('<p data-onclick="x">x</p>')),
    Case("safety/inline-style", _home('<p style="color:red">x</p>'), HERE, _home('<svg style="color:red"></svg>')),
    Case(
        "safety/third-party",
        _home('<script src="https://cdn.example/x.js"></script>'),
        HERE,
        _home('<img src="https://photos.example/1" alt="" width="1" height="1">'),
    ),
    Case(
        "safety/insecure",
        _home('<img src="http://photos.example/1.jpg" alt="" width="1" height="1">'),
        HERE,
        _home('<img src="https://photos.example/1.jpg" alt="" width="1" height="1">'),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_fault_is_found_where_it_stands(case: Case, tmp_path: Path) -> None:
    places = [problem.place for problem in found(tmp_path, case.faulty) if problem.code == case.code]
    assert places == [case.place]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_sound_site_that_looks_alike_is_left_alone(case: Case, tmp_path: Path) -> None:
    assert found(tmp_path, case.sound) == []


def test_a_site_without_a_sitemap_is_told(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(page())
    assert codes(run_checks(tmp_path)) == {"sitemap/missing"}


def test_every_rule_is_tested() -> None:
    assert {rule.code for rule in all_rules()} == {case.code for case in CASES} | {"sitemap/missing"}


def test_every_rule_says_what_why_and_what_to_do() -> None:
    for rule in all_rules():
        assert rule.why.endswith("."), rule.code
        assert rule.remedy, rule.code
        assert rule.level in ("error", "warning", "notice"), rule.code
