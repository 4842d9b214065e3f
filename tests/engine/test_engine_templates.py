"""Templates print the same, however they are compiled, and say where they fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from dealergen.build.load import load_site
from dealergen.build.plan import plan_site
from dealergen.engine import Template
from dealergen.engine.environments import printed
from dealergen.engine.templates import TemplateSet
from dealergen.engine.theme import Theme, ThemeManifest
from dealergen.errors import RenderError
from tests.conftest import NOW, Dealership

Write = Callable[..., TemplateSet]


@dataclass
class Car:
    make: str = "Fiat"
    model: str = 'Argo "Drive" <1.0>'


def word(key: str, **values: Any) -> str:
    return f"[{key}{''.join(f' {name}={value}' for name, value in values.items())}]"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a theme of the given templates (`name__html=text`) and answers its set."""

    def written(**templates: str) -> TemplateSet:
        folder = tmp_path / "theme"
        for name, text in templates.items():
            file = folder / "templates" / f"{name.replace('__', '/')}.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        manifest = ThemeManifest(name="test", title="Test")
        return TemplateSet(Theme(manifest, (folder,), (manifest,)), {"t": word})

    return written


BOLD = "{% macro bold(x) %}<b>{{ x }}</b>{% endmacro %}"
SAME = {
    "values are escaped and markup is not": ("{{ car.model }} {{ html }} {{ 3 }} {{ car.make|upper }}", {}),
    "fixed words are folded in": ("{{ t('a.b') }} {{ t('c', n=2) }}", {}),
    "a macro of another template": (
        "{% from 'part.html' import price %}{{ price(9) }} {{ price(amount=8, sign='€') }}",
        {"part": "{% macro price(amount, sign='R$') %}<b>{{ sign }} {{ amount }}</b>{% endmacro %}"},
    ),
    "a macro's parameter with the name of something outside": (
        "{% from 'part.html' import show %}{% set car = 'outer' %}{{ show('inner') }} {{ show(car) }} {{ car }}",
        {"part": "{% macro show(car) %}({{ car }}){% endmacro %}"},
    ),
    "a macro that loops, sets and calls another": (
        "{% from 'part.html' import rows %}{{ rows([1, 2, 3]) }}",
        {
            "part": "{% from 'cell.html' import cell %}{% macro rows(items) %}"
            "{% for item in items %}{% set x = item * 2 %}"
            "{{ cell(x) }}{% if not loop.last %},{% endif %}{% endfor %}{% endmacro %}",
            "cell": "{% macro cell(x) %}<td>{{ x }}</td>{% endmacro %}",
        },
    ),
    "a macro within a loop, with the loop's own number": (
        "{% from 'part.html' import item %}{% for x in 'abc' %}{{ item(x, loop.index) }}{% endfor %}",
        {"part": "{% macro item(text, number) %}{{ number }}{{ text }}{% endmacro %}"},
    ),
    "an include that sees and does not change what is around it": (
        "{% set n = 1 %}{% include 'part.html' %} {{ n }}{% for n in [7] %} {% include 'part.html' %}{% endfor %}",
        {"part": "{{ n }}{% set n = 5 %}{{ n }}{{ car.make }}"},
    ),
    "an include that imports a macro": (
        "{% include 'part.html' %}",
        {
            "part": "{% from 'm.html' import bold %}{{ bold(car.make) }}",
            "m": BOLD,
        },
    ),
    "blocks of a parent, with and without the child's": (
        (
            "{% extends 'parent.html' %}{% from 'm.html' import bold %}"
            "{% block one %}{{ bold('1') }}{{ super() }}{% endblock %}"
        ),
        {
            "parent": "<{% block one %}parent {{ car.make }}{% endblock %}|{% block two %}two{% endblock %}>",
            "m": BOLD,
        },
    ),
    "a macro in an expression": (
        "{% from 'm.html' import bold %}{{ bold('x') ~ bold('y') }}{% set z = bold('&') %}{{ z }}",
        {"m": BOLD},
    ),
    "an attribute that may be missing": ("{% if car.colour is defined %}{{ car.colour }}{% else %}none{% endif %}", {}),
    "a mapping read by dots": ("{{ links.blog }} {{ links['blog'] }} {{ links.get('feed', 'no feed') }}", {}),
    "a caller": (
        "{% from 'm.html' import box %}{% call box() %}in {{ car.make }}{% endcall %}",
        {"m": "{% macro box() %}[{{ caller() }}]{% endmacro %}"},
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_straight_and_plain_templates_print_the_same(write: Write, name: str) -> None:
    text, others = SAME[name]
    templates = write(page=text, **others)
    context = {"car": Car(), "html": Markup("<i>&amp;</i>"), "links": {"blog": "/blog/"}, "t": word}
    plain = templates._environment.get_template("page.html").render(context)
    assert templates.render("page.html", context) == plain
    assert "__" not in plain


def test_what_is_printed_is_what_markupsafe_prints() -> None:
    assert [printed(value) for value in ("a&b", Markup("<b>"), 5, None, "plain", "'\"")] == [
        "a&amp;b",
        "<b>",
        "5",
        "None",
        "plain",
        "&#39;&#34;",
    ]


def test_a_failure_names_the_template_and_its_line(write: Write) -> None:
    templates = write(page="one\n{% include 'part.html' %}", part="two\nthree {{ car.engine }}")
    with pytest.raises(RenderError) as caught:
        templates.render("page.html", {"car": Car()})
    assert "part.html:2" in caught.value.message
    assert "engine" in caught.value.message


def test_a_template_that_does_not_parse_says_where(write: Write) -> None:
    templates = write(page="one\n{% if %}")
    with pytest.raises(RenderError, match=r"page\.html:2"):
        templates.render("page.html", {})


def test_a_missing_template_is_named(write: Write) -> None:
    templates = write(page="{% include 'nowhere.html' %}")
    with pytest.raises(RenderError, match=r"nowhere\.html"):
        templates.render("page.html", {})


def test_the_closure_follows_includes_imports_and_parents(write: Write) -> None:
    parts = {
        "page": "{% extends 'parent.html' %}{%- from \"m.html\" import x %}",
        "parent": "{% include 'deep__inside.html' %}",
        "m": "m",
        "deep__inside": "deep",
        "other": "other",
    }
    parts["parent"] = "{% include 'deep/inside.html' %}"
    first = write(**parts)
    assert first.reachable("page.html") == {"page.html", "parent.html", "m.html", "deep/inside.html"}
    before = first.closure("page.html")
    assert write(**parts | {"other": "changed"}).closure("page.html") == before
    for name in ("page", "parent", "m", "deep__inside"):
        assert write(**parts | {name: parts[name] + " changed"}).closure("page.html") != before
        write(**parts)


def test_a_computed_include_stands_for_the_whole_theme(write: Write) -> None:
    templates = write(page="{% include name %}", other="other")
    before = templates.closure("page.html")
    assert write(page="{% include name %}", other="changed").closure("page.html") != before


def test_the_theme_that_ships_is_made_straight_throughout(dealership: Dealership) -> None:
    dealership.settings(languages=["pt-BR", "en", "es"])
    dealership.inventory(
        "Marca;Modelo;Ano;Preço;Preço de;Situação\nFiat;Argo;2021;69900;72000;\nKia;Rio;2020;;;Vendido\n"
    )
    dealership.content(
        "posts/guia.md", "---\ntitle: Guia\nsummary: Um guia.\ndate: 2026-01-01\nauthor: Ana\n---\nTexto.\n"
    )
    loaded = load_site(dealership.root, base_url=None, now=NOW, accept=False)
    plan = plan_site(loaded.site)
    for artifact in plan.artifacts:
        if isinstance(artifact.maker, Template):
            context = artifact.maker.view(*[fact.value for fact in artifact.reads])
            language, _, name = artifact.maker.name.partition(":")
            templates = plan.renderer._sets[language]  # type: ignore[attr-defined]
            assert templates.render(name, context) == templates._environment.get_template(name).render(context)
            assert not templates.fallbacks[name], name
