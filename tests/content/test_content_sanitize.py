from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealergen.content.sanitize import plain_text, sanitize_description


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("  \n ", ""),
        ("Único dono.", "<p>Único dono.</p>"),
        ("Um\nDois\n\nTrês", "<p>Um<br>Dois</p><p>Três</p>"),
        ("Um\r\nDois\rTrês", "<p>Um<br>Dois<br>Três</p>"),
        ("Itens:\n* Ar\n- Som\n• ABS\nFim", "<p>Itens:</p><ul><li>Ar</li><li>Som</li><li>ABS</li></ul><p>Fim</p>"),
        ("-10 graus\n1.0 - 12V", "<p>-10 graus<br>1.0 - 12V</p>"),
        ("motor < 2.0 & > 1.0", "<p>motor &lt; 2.0 &amp; &gt; 1.0</p>"),
        ("R&aacute;dio &amp; som", "<p>Rádio &amp; som</p>"),
        ("{{ 7*7 }}", "<p>{{ 7*7 }}</p>"),
    ],
)
def test_plain_descriptions_become_paragraphs_and_lists(text: str, expected: str) -> None:
    assert sanitize_description(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Um</p><p></p><p>Dois</p>", "<p>Um</p><p>Dois</p>"),
        ("<div>Um</div><div>Dois<br>Três</div>", "<p>Um</p><p>Dois<br>Três</p>"),
        ("Um<br><br/>Dois", "<p>Um</p><p>Dois</p>"),
        ("<b>Um</b> <i>dois</i> <u>três</u>", "<p><strong>Um</strong> <em>dois</em> três</p>"),
        ("Antes<ul><li>a</li><li>b</li></ul>depois", "<p>Antes</p><ul><li>a</li><li>b</li></ul><p>depois</p>"),
        ("<li>a<li>b", "<p>a<br>b</p>"),
        ("<table><tr><td>Cor</td><td>azul</td></tr><tr><td>Ano</td></tr></table>", "<p>Cor azul</p><p>Ano</p>"),
        ('<p class="x" style="y">a</p>', "<p>a</p>"),
        ("&lt;p&gt;escapado&lt;/p&gt;", "<p>escapado</p>"),
        ("<h2>Título</h2>texto", "<p>Título</p><p>texto</p>"),
    ],
)
def test_descriptions_in_html_are_brought_to_paragraphs_and_lists(text: str, expected: str) -> None:
    assert sanitize_description(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>alert(1)</script>ok", "<p>ok</p>"),
        ("</script><b onclick=x>ok</b>", "<p><strong>ok</strong></p>"),
        ("<a href='javascript:x'>ok</a>", "<p>ok</p>"),
        ("<a href='https://example.net'>ok</a>", "<p>ok</p>"),
        ("<img src=x onerror=alert(1)>ok", "<p>ok</p>"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;ok", "<p>ok</p>"),
        ("<!-- x -->ok", "<p>ok</p>"),
        ("a\u202eb\u0000c\u2066d", "<p>abcd</p>"),
        ("<iframe src=x>y</iframe>ok", "<p>ok</p>"),
    ],
)
def test_hostile_descriptions_are_harmless(text: str, expected: str) -> None:
    assert sanitize_description(text) == expected


ALLOWED = re.compile(r"</?(?:p|br|ul|ol|li|strong|em)>")
PIECES = st.sampled_from(
    ["<p>", "</p>", "<ul>", "</ul>", "<li>", "<b>", "</b>", "<script>", "</script>", "<div>", "</div>", "<br>", "&lt;",
     "&", "<", ">", "<!--", "-->", "<svg>", "<img src=x onerror=y>", "\n", "\n\n", "* a", "é", "x", '"', "<a href=y>"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=12))
def test_no_mixture_leaves_a_tag_that_is_not_allowed(parts: list[str]) -> None:
    html = sanitize_description("".join(parts))
    assert "<" not in ALLOWED.sub("", html)
    assert not html or html.startswith(("<p>", "<ul>", "<ol>", "<br>", "<strong>", "<em>", "<li>"))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("só  texto\n aqui", "só texto aqui"),
        ("<p>a &amp; b</p><p>c<br>d</p>", "a & b c d"),
        ("<h2>Um</h2><ul><li>dois</li><li>três</li></ul>", "Um dois três"),
        ("a<b>b</b>c", "abc"),
        ("x<script>y</script><style>z</style>", "x"),
    ],
)
def test_plain_text_is_what_a_reader_reads(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_ten_thousand_plain_descriptions_take_a_moment() -> None:
    text = "Veículo em excelente estado, revisões em dia, único dono. " * 9
    began = time.process_time()
    for _ in range(10_000):
        sanitize_description(text)
    assert time.process_time() - began < 0.6
