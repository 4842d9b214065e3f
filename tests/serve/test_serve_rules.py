"""`_redirects` and `_headers`, read as the host reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealergen.serve.headers import headers_for, parse_headers, policy_for_preview
from dealergen.serve.host import Answer, Host
from dealergen.serve.redirects import Redirects, parse_redirects


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


class Folder:
    """Files in memory."""

    def __init__(self, *paths: str) -> None:
        self.files = {path: path.encode() for path in paths}

    def has(self, path: str) -> bool:
        return path in self.files

    def mark(self, path: str) -> str:
        return self.files.get(path, b"").hex()

    def read(self, path: str) -> bytes:
        return self.files[path]

    def on_disk(self, _path: str) -> Path | None:
        return None


@pytest.fixture
def folder() -> Folder:
    return Folder("index.html", "404.html", "stock/index.html", "old.html")


def test_a_file_hides_a_redirect_unless_it_is_forced(folder: Folder) -> None:
    host = Host(folder)
    folder.files["_redirects"] = b"/old /new 301\n"
    assert host.answer("/old") == Answer(200, "old.html")
    folder.files["_redirects"] = b"/old /newer 301!\n"
    assert host.answer("/old") == Answer(301, location="/newer")


def test_a_rewrite_answers_with_another_file(folder: Folder) -> None:
    folder.files["_redirects"] = b"/shop/* /stock/ 200\n/nothing /gone 200\n"
    host = Host(folder)
    assert host.answer("/shop/x") == Answer(200, "stock/index.html")
    assert host.answer("/nothing") == Answer(404, "404.html")


def test_a_rule_that_only_adds_a_slash_is_no_loop(folder: Folder) -> None:
    folder.files["_redirects"] = b"/gone /gone/ 301\n"
    assert Host(folder).answer("/gone").status == 404


def test_the_first_rule_that_matches_is_the_one_whatever_its_kind() -> None:
    rules = Redirects(parse_redirects("/a/* /one\n/a/b /two\n/a/b /three\n"))
    assert [target for _, target in rules.matches("/a/b/")] == ["/one", "/two", "/three"]
    assert [target for _, target in Redirects(parse_redirects("/a/b /two\n/a/* /one\n")).matches("/a/b")] == [
        "/two",
        "/one",
    ]


def test_a_site_under_a_path_is_asked_for_under_it(folder: Folder) -> None:
    host = Host(folder, "/shop")
    assert host.answer("/") == Answer(302, location="/shop/")
    assert host.answer("/shop") == Answer(301, location="/shop/")
    assert host.answer("/shop/") == Answer(200, "index.html")
    assert host.answer("/shop/stock/") == Answer(200, "stock/index.html")
    assert host.answer("/stock/") == Answer(404, "404.html")
    assert host.answer("/shopping/") == Answer(404, "404.html")


def test_the_version_of_an_address_moves_with_what_it_answers(folder: Folder) -> None:
    host = Host(folder)
    before = {path: host.version(path) for path in ("/", "/stock/", "/nowhere/")}
    folder.files["stock/index.html"] = b"another"
    assert host.version("/") == before["/"]
    assert host.version("/stock/") != before["/stock/"]
    folder.files["nowhere/index.html"] = b"it is there"
    assert host.version("/nowhere/") != before["/nowhere/"]
