"""`_redirects` and `_headers`, read as the host reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealergen.serve.built import Answer, BuiltSite
from dealergen.serve.headers import headers_for, parse_headers, policy_for_preview
from dealergen.serve.redirects import parse_redirects


@pytest.mark.parametrize(
    ("line", "path", "query", "target", "status"),
    [
        ("/old /new", "/old", "", "/new", 301),
        ("/old /new", "/old/", "", "/new", 301),
        ("/old /new 302", "/old", "", "/new", 302),
        ("/old /new 301!  # moved in May", "/old", "", "/new", 301),
        ("/blog/* /news/:splat 301", "/blog/2024/a", "", "/news/2024/a", 301),
        ("/blog/* /news/:splat 301", "/blog", "", "/news/", 301),
        ("/cars/:make/:model /stock/:make-:model", "/cars/fiat/argo", "", "/stock/fiat-argo", 301),
        ("/car id=:id /stock/:id", "/car", "id=7", "/stock/7", 301),
        ("/car id=:id /stock/:id", "/car", "id=a/b", "/stock/a/b", 301),
        ("/sold /404.html 410", "/sold", "", "/404.html", 410),
        ("/pre%C3%A7o /price", "/preço", "", "/price", 301),
        ("/a https://other.example/b 302", "/a", "", "https://other.example/b", 302),
    ],
)
def test_a_rule_leads_on(line: str, path: str, query: str, target: str, status: int) -> None:
    (rule,) = parse_redirects(line)
    assert (rule.match(path, query), rule.status) == (target, status)


@pytest.mark.parametrize(
    ("line", "path", "query"),
    [
        ("/old /new", "/older", ""),
        ("/old /new", "/", ""),
        ("/blog/* /news", "/blogs", ""),
        ("/cars/:make /stock", "/cars/fiat/argo", ""),
        ("/car id=:id /stock", "/car", ""),
        ("/car kind=new /stock", "/car", "kind=used"),
    ],
)
def test_a_rule_for_another_path_does_not_match(line: str, path: str, query: str) -> None:
    (rule,) = parse_redirects(line)
    assert rule.match(path, query) is None


@pytest.mark.parametrize("line", ["", "# a comment", "/a /b 301 Country=br", "/only", "https://x.example/a /b", "  "])
def test_lines_without_a_rule_for_a_preview_are_left_out(line: str) -> None:
    assert list(parse_redirects(line)) == []


@given(st.text(alphabet="/*:ab 301!#=\n", max_size=60), st.text(alphabet="/abé%", max_size=20))
def test_no_redirects_file_breaks_the_preview(text: str, path: str) -> None:
    for rule in parse_redirects(text):
        assert rule.match("/" + path) is None or isinstance(rule.match("/" + path), str)


def test_headers_of_every_rule_that_matches_are_joined() -> None:
    rules = list(parse_headers("# all\n/*\n  X-A: 1\n  Link: <a>\n\n/en/*\n\tlink: <b>\n/fr/*\n  X-B: 2\n"))
    assert headers_for("/en/stock/", rules) == {"x-a": "1", "link": "<a>, <b>", "cache-control": "no-cache"}
    assert headers_for("/", rules) == {"x-a": "1", "link": "<a>", "cache-control": "no-cache"}


@pytest.mark.parametrize(
    ("policy", "preview"),
    [
        ("script-src 'self'; upgrade-insecure-requests", "script-src 'self'"),
        ("default-src 'self'", "default-src 'self'"),
        (
            "default-src 'none'; style-src 'self'; script-src 'sha256-x'",
            "default-src 'none'; style-src 'self'; script-src 'self' 'sha256-x'; connect-src 'self'",
        ),
        ("connect-src 'none'", "connect-src 'self'"),
        ("img-src *", "img-src *"),
    ],
)
def test_a_policy_lets_the_previews_own_script_run_and_nothing_more(policy: str, preview: str) -> None:
    assert policy_for_preview(policy) == preview


@pytest.fixture
def out(tmp_path: Path) -> Path:
    for path in ("index.html", "404.html", "stock/index.html", "old.html"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(path)
    return tmp_path


def test_a_file_hides_a_redirect_unless_it_is_forced(out: Path) -> None:
    site = BuiltSite(out)
    (out / "_redirects").write_text("/old /new 301\n")
    assert site.answer("/old") == Answer(200, out / "old.html")
    (out / "_redirects").write_text("/old /newer 301!\n")
    assert site.answer("/old") == Answer(301, location="/newer")


def test_a_rewrite_answers_with_another_file(out: Path) -> None:
    (out / "_redirects").write_text("/shop/* /stock/ 200\n/nothing /gone 200\n")
    site = BuiltSite(out)
    assert site.answer("/shop/x") == Answer(200, out / "stock" / "index.html")
    assert site.answer("/nothing") == Answer(404, out / "404.html")


def test_a_rule_that_only_adds_a_slash_is_no_loop(out: Path) -> None:
    (out / "_redirects").write_text("/gone /gone/ 301\n")
    assert BuiltSite(out).answer("/gone").status == 404


def test_a_site_under_a_path_is_asked_for_under_it(out: Path) -> None:
    site = BuiltSite(out, "/shop")
    assert site.answer("/") == Answer(302, location="/shop/")
    assert site.answer("/shop") == Answer(301, location="/shop/")
    assert site.answer("/shop/") == Answer(200, out / "index.html")
    assert site.answer("/shop/stock/") == Answer(200, out / "stock" / "index.html")
    assert site.answer("/stock/") == Answer(404, out / "404.html")
    assert site.answer("/shopping/") == Answer(404, out / "404.html")
