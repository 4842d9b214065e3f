"""Running the rules: addresses, many pages, other packages' rules, and pages that are not tidy."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealergen.check import Document, Finding, all_rules, page_rule, registry, run_checks, select_rules
from dealergen.errors import Place, UsageError
from tests.check.built_site import BASE, codes, found, page, publish, sitemap


def test_a_site_published_under_a_path_is_understood(tmp_path: Path) -> None:
    base = f"{BASE}/shop"
    files = {
        "index.html": page("/shop/", '<a href="/shop/stock/">a</a><a href="/shop/gone/">b</a><a href="/other/">c</a>'),
        "stock/index.html": page("/shop/stock/", '<a href="../">back</a>'),
        "sitemap.xml": sitemap(f"{base}/", f"{base}/stock/"),
    }
    problems = found(tmp_path, files)
    assert [(problem.code, problem.value) for problem in problems] == [
        ("links/broken", "/shop/gone/"),
        ("links/broken", "/other/"),
    ]


def test_addresses_with_spaces_and_accents_find_their_files(tmp_path: Path) -> None:
    body = '<a href="/pre%C3%A7o%20baixo.pdf">a</a><a href="/preço baixo.pdf">b</a><a href="/a.pdf?v=2#page=3">c</a>'
    files = {"index.html": page("/", body), "preço baixo.pdf": "x", "a.pdf": "x"}
    assert found(tmp_path, files) == []


def test_a_link_that_the_host_redirects_is_not_broken(tmp_path: Path) -> None:
    files = {"index.html": page("/", '<a href="/old/">a</a>')}
    assert codes(found(tmp_path, files, {"/old": "/"})) == {"links/redirected"}
    assert codes(found(tmp_path, files)) == {"links/broken"}


def test_many_pages_are_read_by_several_processes_with_the_same_result(tmp_path: Path) -> None:
    urls = [f"/car-{number:03}/" for number in range(320)]
    cars = {f"{url[1:]}index.html": page(url, '<img src="/gone.jpg"><a href="/gone/">x</a>') for url in urls}
    publish(tmp_path, {**cars, "sitemap.xml": sitemap("/", *urls)})
    together, alone = run_checks(tmp_path, jobs=2), run_checks(tmp_path, jobs=1)
    assert together == alone
    assert len(alone) == 320 * 4  # no alt, no size, a missing picture and a broken link on each


def test_findings_stand_in_the_order_of_rules_then_of_places(tmp_path: Path) -> None:
    body = '<img src="data:,"><a href="/b/">x</a>\n<a href="/a/">y</a>'
    problems = found(tmp_path, {"index.html": page("/", body)})
    assert [(problem.code, problem.value) for problem in problems] == [
        ("links/broken", "/b/"),
        ("links/broken", "/a/"),
        ("images/missing-alt", "data:,"),
        ("images/no-size", "data:,"),
    ]


def test_a_problem_carries_its_remedy_for_people_and_machines(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, {"index.html": page("/", '<a href="/gone/">x</a>')})
    assert str(problem) == (
        "index.html:4:1: the link leads to nothing that was built (found '/gone/'). "
        "Correct the address, or take the link away."
    )


@page_rule("acme/shouting", "notice", why="Capitals are hard to read.", remedy="Calm down.")
def shouting(document: Document) -> Iterator[Finding]:
    for heading in document.all("h1"):
        if heading.text.isupper():
            yield Finding(document.path, "the heading shouts", heading.text, heading.line)


@page_rule("links/broken", "error", why="A clash.", remedy="None.")
def clashing(_document: Document) -> Iterator[Finding]:
    return iter(())


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[EntryPoint]]:
    """Entry points that a test installs; the registry forgets them afterwards."""
    points: list[EntryPoint] = []
    monkeypatch.setattr(registry, "entry_points", lambda group: EntryPoints(points).select(group=group))
    all_rules.cache_clear()
    yield points
    all_rules.cache_clear()


def test_another_package_brings_a_rule(tmp_path: Path, installed: list[EntryPoint]) -> None:
    installed.append(EntryPoint("acme", f"{__name__}:shouting", "dealergen.checks"))
    (problem,) = found(tmp_path, {"index.html": page("/", title="BUY NOW")})
    assert (problem.code, problem.level, problem.place) == ("acme/shouting", "notice", Place("index.html", 3))


def test_two_rules_of_one_code_are_refused(installed: list[EntryPoint]) -> None:
    installed.append(EntryPoint("acme", f"{__name__}:clashing", "dealergen.checks"))
    with pytest.raises(UsageError, match="Two checks are called links/broken"):
        all_rules()


def test_rules_that_cannot_be_loaded_name_their_package(installed: list[EntryPoint]) -> None:
    installed.append(EntryPoint("acme", "acme_is_not_there:rules", "dealergen.checks"))
    with pytest.raises(UsageError, match="acme_is_not_there"):
        all_rules()


def test_rules_are_chosen_by_code_or_by_family() -> None:
    assert [rule.code for rule in select_rules(all_rules(), ["links/anchor"])] == ["links/anchor"]
    assert {rule.code.split("/")[0] for rule in select_rules(all_rules(), ["images", "forms/"])} == {"images", "forms"}
    assert len(select_rules(all_rules(), [])) == len(all_rules())


def test_text_of_elements_includes_alternative_texts_and_entities() -> None:
    document = Document("a.html", '<a href="/"><img alt="Aurora &amp; Co"> <b>home</b></a>')
    (link,) = document.all("a")
    assert link.text == "Aurora & Co home"


def test_unclosed_elements_do_not_swallow_the_page() -> None:
    document = Document("a.html", "<ul><li><a href=/x>x<li><a href=/y>y</a></ul><p>after")
    (paragraph,) = document.all("p")
    assert [link.get("href") for link in document.all("a")] == ["/x", "/y"]
    assert list(paragraph.ancestors()) == []


@given(st.text(alphabet="<>/=\"'!-&;#ah1 imgscrptylx\n", max_size=200))
def test_no_markup_makes_a_rule_fail(text: str) -> None:
    document = Document("a.html", text)
    for rule in all_rules():
        if rule.find_in_page is not None:
            for finding in rule.find_in_page(document):
                assert finding.file == "a.html"
