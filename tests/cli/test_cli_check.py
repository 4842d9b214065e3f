"""`dealergen check`: what it prints, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

PAGE = """<!doctype html>
<html lang="pt-BR"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><meta name="description" content="{title} em Campinas">
<link rel="canonical" href="https://aurora.example/{path}"></head>
<body><h1>{title}</h1>
{body}
</body></html>
"""
SITEMAP = "<urlset><url><loc>https://aurora.example/</loc></url></urlset>"


@pytest.fixture
def publish(site: Path) -> Callable[[str], None]:
    """Writes the home page with this body, and a sitemap that lists it."""

    def write(body: str) -> None:
        (site / "public").mkdir(exist_ok=True)
        (site / "public" / "index.html").write_text(PAGE.format(title="Aurora", path="", body=body))
        (site / "public" / "sitemap.xml").write_text(SITEMAP)

    return write


def test_a_site_without_faults_passes(run: Run, publish: Callable[[str], None]) -> None:
    publish("<p>Hello</p>")
    result = run("check")
    assert result.exit_code == 0
    assert result.output.startswith("public: no faults found")


def test_an_error_is_shown_with_its_rule_place_and_remedy(run: Run, publish: Callable[[str], None]) -> None:
    publish('<p><a href="/gone/">see</a></p>')
    result = run("check")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[0].startswith("links/broken (1)  A link to a page that the site does not have")
    assert lines[1] == "  index.html:7:4  the link leads to nothing that was built: /gone/"
    assert lines[2] == "  → Correct the address, or take the link away."
    assert lines[-1].startswith("public: 1 error · 0 warnings · 0 notices")


def test_warnings_alone_do_not_fail(run: Run, publish: Callable[[str], None]) -> None:
    publish('<img src="data:," alt="">')
    result = run("check")
    assert result.exit_code == 0
    assert "images/no-size (1)" in result.output


def test_only_the_level_that_was_asked_for_is_shown(run: Run, publish: Callable[[str], None]) -> None:
    publish('<img src="data:," alt="">')
    assert "images/no-size" not in run("check", "--level", "error").output


def test_one_rule_or_family_can_be_chosen(run: Run, publish: Callable[[str], None]) -> None:
    publish('<img src="/gone.jpg"><a href="/gone/">see</a>')
    for chosen in ("images/missing-alt", "images"):
        output = run("check", "--rule", chosen).output
        assert "images/missing-alt" in output
        assert "links/" not in output


def test_a_misspelt_rule_is_corrected(run: Run, publish: Callable[[str], None]) -> None:
    publish("")
    result = run("check", "--rule", "links/brokn")
    assert result.exit_code == 2
    assert "Did you mean links/broken?" in result.stderr


def test_json_lists_every_finding(run: Run, publish: Callable[[str], None]) -> None:
    publish('<a href="/gone/">see</a>')
    result = run("check", "--json")
    assert result.exit_code == 1
    (found,) = json.loads(result.stdout)
    assert (found["code"], found["file"], found["line"], found["value"]) == ("links/broken", "index.html", 7, "/gone/")


def test_a_flood_of_findings_is_cut_unless_verbose(run: Run, publish: Callable[[str], None]) -> None:
    publish("".join(f'<a href="/gone/{number}">see</a>\n' for number in range(14)))
    assert "  … and 4 more; -v shows all" in run("check").output.splitlines()
    assert "/gone/13" in run("check", "-v").output


def test_links_that_the_host_redirects_are_a_notice(run: Run, site: Path, publish: Callable[[str], None]) -> None:
    publish('<a href="/old/">see</a>')
    (site / "public" / "_redirects").write_text("/old/ / 301\n")
    result = run("check")
    assert result.exit_code == 0
    assert "links/redirected (1)" in result.output


def test_without_a_built_site_it_says_how_to_build(run: Run, site: Path) -> None:
    result = run("check")
    assert result.exit_code == 2
    assert "There is no built site in public. " in result.stderr.replace("\n", " ")
    assert "dealergen build" in result.stderr


def test_the_rules_are_listed_with_their_reasons_even_outside_of_a_site(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("check", "--list")
    assert result.exit_code == 0
    assert "links/broken  [error]\n    A link to a page" in result.output
