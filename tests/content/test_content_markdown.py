from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealergen.content.markdown import render


def _html(text: str) -> str:
    return render(text, "pt-BR").html


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# A\n## B\n# C\n", "2 3 2"),
        ("## A\n### B\n", "2 3"),
        ("### A\n#### B\n", "2 3"),
        ("# A\n###### B\n", "2 6"),
        ("<h1>A</h1>\n\n## B\n", "2 3"),
    ],
)
def test_headings_begin_below_the_title_of_the_page(text: str, levels: str) -> None:
    html = _html(text)
    assert " ".join(re.findall(r"<h(\d)", html)) == levels
    assert " ".join(re.findall(r"</h(\d)", html)) == levels


def test_headings_can_be_linked_to_and_never_pose_as_a_part_of_the_page() -> None:
    assert '<h2 id="s-conteudo">Conteúdo</h2>' in _html("## Conteúdo")
    assert "main" not in _html('<h2 id="main">x</h2>')


def test_two_headings_alike_have_ids_of_their_own() -> None:
    assert re.findall(r'id="([^"]+)"', _html("## A\n## A\n")) == ["s-a", "s-a_1"]


def test_one_text_leaves_nothing_behind_for_the_next() -> None:
    _html("## A\n\nx[^1]\n\n[^1]: nota\n\n[site]: /lugar\n")
    assert _html("## A\n\n[site]\n") == '<h2 id="s-a">A</h2>\n<p>[site]</p>'


def test_tables_keep_their_alignment_without_inline_styles() -> None:
    html = _html("| a | b |\n|---|--:|\n| 1 | 2 |\n")
    assert '<td align="right">2</td>' in html
    assert "style" not in html


def test_footnotes_lead_there_and_back_in_the_language_of_the_text() -> None:
    html = _html("Preço[^1].\n\n[^1]: Sem frete.\n")
    assert 'href="#fn:1"' in html
    assert 'id="fn:1"' in html
    assert 'href="#fnref:1"' in html
    assert "Volte ao texto" in html
    assert "Back to the text" in render("x[^1]\n\n[^1]: y\n", "en").html


def test_links_to_other_sites_are_marked_and_own_links_are_not() -> None:
    html = _html('[a](https://example.net/ "t") [b](/estoque/) [c](mailto:a@example.com) [d](tel:+55)')
    assert html.count('rel="noopener"') == 1
    assert re.search(r'<a rel="noopener" [^>]*href="https://example\.net/"', html)
    assert '<a href="/estoque/">' in html
    assert '<a href="mailto:a@example.com">' in html
    assert '<a href="tel:+55">' in html


def test_pictures_load_when_they_are_needed_and_keep_their_relative_path() -> None:
    body = render("![Frente](../fotos/a b.jpg)\n\n<img src='x.png?a=1&amp;b=2' alt=''>", "en")
    assert body.html.count('loading="lazy"') == 2
    assert body.images[-1] == "x.png?a=1&b=2"
    assert 'alt="Frente"' in body.html


def test_words_that_look_like_a_template_are_printed() -> None:
    html = _html("{{ 7*7 }} {% include 'x' %} {# c #}")
    assert "{{ 7*7 }} {% include 'x' %} {# c #}" in html


def test_attribute_lists_and_smart_quotes_are_off() -> None:
    assert _html('# A {: onclick="x" }') == '<h2 id="s-a-onclick-x">A {: onclick="x" }</h2>'
    assert _html('"a" -- b...') == '<p>"a" -- b...</p>'


def test_fenced_code_is_text() -> None:
    assert "&lt;script&gt;" in _html("```html\n<script>alert(1)</script>\n```\n")


def test_words_are_counted_as_a_reader_would() -> None:
    assert render("# Um dois\n\ntrês **quatro**\n\n- cinco\n", "en").words == 5


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](JaVaScRiPt&colon;alert(1))",
    "<iframe src=https://example.net></iframe>",
    "<svg onload=alert(1)><style>*{}</style></svg>",
    "<form action=https://example.net><input name=phone></form>",
    "<meta http-equiv=refresh content=0>",
    "<base href=https://example.net>",
    "<p style='position:fixed'>x</p>",
    "<object data=x></object><embed src=x>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<a href='https://example.net' target=_blank onclick=x>y</a>",
    "![x](javascript:alert(1))",
    "<link rel=stylesheet href=//example.net>",
]
FORBIDDEN = re.compile(
    r"<(?!/?(?:a|p|h[2-6]|ul|ol|li|em|strong|code|pre|img|table|thead|tbody|tr|td|th|blockquote|hr|br|sup|div|span)\b)"
    r"|<[^>]*\s(?:on\w+|style|target|srcdoc|srcset)\s*=|(?:href|src)=\"\s*(?:javascript|data|vbscript)\s*(?::|&)",
    re.IGNORECASE,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_runs_or_poses_comes_through(text: str) -> None:
    assert not FORBIDDEN.search(_html(text)), _html(text)
    assert not FORBIDDEN.search(_html(f"- item\n\n    {text}\n")), text


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from([*HOSTILE, "# t", "*", "`", "\n\n", "text", "<", ">", '"', "'", "[^1]", "|"]), max_size=7)
)
def test_no_mixture_comes_through_either(parts: list[str]) -> None:
    html = _html("".join(parts))
    assert not FORBIDDEN.search(html), html
