"""A dealership in several languages: each page knows its translations, and no language lacks a word."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.conftest import SETTINGS, Dealership, open_dealership
from tests.site.reading import Page, VehiclePage, vehicle_pages

BASE = SETTINGS["base_url"]
INVENTORY = """\
Código;Marca;Modelo;Versão;Ano;KM;Preço;Preço de;Combustível;Câmbio;Tração;Carroceria;Cor;Situação;Condição;Portas
T1;Fiat;Argo;Drive 1.0;2021/2022;42.000;69.900;;Flex;Manual;Dianteira;Hatch;Branco;Disponível;Usado;4
T2;Fiat;Toro;Volcano;2022/2022;31.500;139.900;145.900;Diesel;Automático;4x4;Picape;Cinza;Disponível;Certificado;4
T3;Jeep;Compass;Longitude;2020/2021;58.200;;;Flex;CVT;Dianteira;SUV;Preto;Em trânsito;Usado;4
T4;Honda;Civic;EXL;2019/2020;70.000;112.900;;Gasolina;CVT;Dianteira;Sedã;Prata;Vendido;Usado;4
T5;BYD;Dolphin;GS;2024/2024;9;124.900;;Elétrico;Automático;Dianteira;Hatch;Azul;Reservado;Novo;4
T6;Honda;CG 160;Fan;2023/2023;8.100;15.900;;Flex;Manual;Traseira;Moto;Vermelho;Disponível;Usado;
"""
OFFER = (
    "---\ntitle: {0}\nsummary: s\nvalid_from: 2026-11-01\nvalid_to: 2026-12-31\ncall_to_action: c\n"
    "stock_numbers: [T1]\nlegal: l\n---\n\nt\n"
)
POST = "---\ntitle: {0}\nsummary: s\ndate: 2026-11-02\nauthor: a\n---\n\nt\n"


def fill(site: Dealership, languages: list[str]) -> None:
    """A small stock and one entry of each kind in every language; and a post in the first one alone."""
    site.inventory(INVENTORY)
    for language in languages:
        ending = "" if language == languages[0] else f".{language}"
        site.content(f"offers/oferta{ending}.md", OFFER.format(f"Oferta {language}"))
        site.content(f"posts/artigo{ending}.md", POST.format(f"Artigo {language}"))
        site.content(f"pages/sobre{ending}.md", f"---\ntitle: Sobre {language}\nform: true\n---\n\nt\n")
    site.content("posts/so-um.md", POST.format("Só um"))


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    """Every page of a site in three languages, by address."""
    languages = ["pt-BR", "en", "es"]
    site = open_dealership(tmp_path_factory.mktemp("three") / "dealership", languages=languages)
    fill(site, languages)
    site.build()
    return {address: Page(html) for address, html in site.pages().items()}


def alternates(page: Page) -> dict[str, str]:
    """Language → absolute address, as search engines are told."""
    links = [link for link in page.all("link", rel="alternate") if "hreflang" in link.attributes]
    found = {link.attributes["hreflang"]: link.attributes["href"] for link in links}
    assert len(found) == len(links)
    return found


def indexed(pages: dict[str, Page]) -> dict[str, Page]:
    return {
        address: page
        for address, page in pages.items()
        if not any("noindex" in meta.attributes["content"] for meta in page.all("meta", name="robots"))
    }


def test_each_page_names_itself_by_its_absolute_address(three: dict[str, Page]) -> None:
    assert len(indexed(three)) > 60
    for address, page in indexed(three).items():
        assert page.one("link", rel="canonical").attributes["href"] == f"{BASE}{address}"
        assert page.one("meta", property="og:url").attributes["content"] == f"{BASE}{address}"


def test_translations_name_each_other_and_themselves(three: dict[str, Page]) -> None:
    pages = indexed(three)
    for address, page in pages.items():
        language = page.one("html").attributes["lang"]
        told = alternates(page)
        if not told:
            continue
        assert told[language] == f"{BASE}{address}", address
        assert told.get("x-default") == (told.get("pt-BR") if len(told) > 1 else None), address
        for other, url in told.items():
            target = urlsplit(url).path
            assert target in pages, f"{address} names {url}"
            if other != "x-default":
                assert pages[target].one("html").attributes["lang"] == other
            assert alternates(pages[target]) == told, f"{address} and {target} disagree"


def test_every_page_that_has_translations_tells_all_three(three: dict[str, Page]) -> None:
    alone = {address for address, page in indexed(three).items() if len(alternates(page)) < 4}
    assert alone == {"/blog/so-um/"}


def test_the_switcher_leads_to_the_same_page_in_each_language(three: dict[str, Page]) -> None:
    for address, page in indexed(three).items():
        told = alternates(page)
        links = {
            link.attributes["hreflang"]: link.attributes["href"]
            for link in page.all("a")
            if "hreflang" in link.attributes
        }
        for language, path in links.items():
            assert path in three, f"{address} leads to {path}"
            if language in told:
                assert told[language] == f"{BASE}{path}", address
        if len(told) > 1:
            assert links.keys() | {page.one("html").attributes["lang"]} == {"pt-BR", "en", "es"}, address


def test_the_default_language_stands_at_the_root_and_the_others_in_their_folders(three: dict[str, Page]) -> None:
    for address, page in three.items():
        folder = re.match(r"/(en|es)/", address)
        assert page.one("html").attributes["lang"] == (folder[1] if folder else "pt-BR"), address


def test_links_stay_in_the_language_of_the_page(three: dict[str, Page]) -> None:
    for address, page in three.items():
        home = {"pt-BR": "/", "en": "/en/", "es": "/es/"}[page.one("html").attributes["lang"]]
        for link in page.all("a"):
            href = link.attributes.get("href", "")
            if href.startswith("/") and "hreflang" not in link.attributes and not href.startswith("/media/"):
                other = re.match(r"/(en|es)/", href)
                assert (f"/{other[1]}/" if other else "/") == home, f"{address} links to {href}"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pt-BR", ("Preço sob consulta", "Reservado", "Manual", "42.000 km", "R$ 69.900", "Vendido")),
        ("en", ("Price on request", "Reserved", "Manual", "42,000 km", "R$69,900", "Sold")),
        ("es", ("Precio a consultar", "Reservado", "Manual", "42.000 km", "69.900", "Vendido")),
    ],
)
def test_a_site_in_one_language_lacks_no_word(tmp_path: Any, language: str, words: tuple[str, ...]) -> None:
    site = open_dealership(tmp_path / "dealership", languages=[language])
    fill(site, [language])
    report = site.build()
    assert [problem for problem in report.warnings if problem.level == "error"] == []
    pages = site.pages()
    whole = " ".join(" ".join(Page(html).one("body").text.replace("\xa0", " ") for html in pages.values()).split())
    for word in words:
        assert word in whole
    for address, html in pages.items():
        page = Page(html)
        assert page.one("html").attributes["lang"] == language
        assert alternates(page) == {}, address
        assert not re.search(
            r"\b(?:nav|vehicle|listing|facet|spec|seo|form|badge|price|home)\.[a-z_]+\b", page.one("body").text
        )
        assert not re.search(r"\{[a-z_]+\}", html), address


def test_an_american_dealer_shows_miles_and_dollars(tmp_path: Any) -> None:
    site = open_dealership(
        tmp_path / "dealership", languages=["en"], currency="USD", units={"distance": "mi"}, navigation=[]
    )
    site.inventory(
        "Stock,VIN,Year,Make,Model,Trim,Mileage,Price,Fuel,Transmission,Drivetrain,Body,Color\n"
        'A1,,2021,Ford,Escape,SE,"42,000","$21,995",Gasoline,Automatic,AWD,SUV,Blue\n'
        'A2,,2019,Honda,Civic,LX,"61,250 km","$15,450.50",Gasoline,CVT,FWD,Sedan,Red\n'
    )
    report = site.build()
    assert report.vehicles == 2
    cars: dict[str, VehiclePage] = {car.hidden["stock_number"]: car for car in vehicle_pages(site.pages())}
    assert (cars["A1"].price, cars["A2"].price) == ("$21,995", "$15,450.50")
    assert cars["A1"].car["mileageFromOdometer"] == {"@type": "QuantitativeValue", "value": 42000, "unitCode": "SMI"}
    assert cars["A2"].car["mileageFromOdometer"]["value"] == pytest.approx(61250 / 1.609344, abs=1)
    assert cars["A1"].car["offers"]["priceCurrency"] == "USD"
    text = cars["A1"].page.one("main").text.replace("\xa0", " ")
    assert "42,000 mi" in text
    assert " km" not in text
    assert "/inventory/ford/" in site.pages()
    for html in site.pages().values():
        assert "R$" not in html
