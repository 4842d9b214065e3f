"""A small dealership in, its whole site out."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.conftest import Dealership

INVENTORY = """\
Código;Marca;Modelo;Versão;Ano;KM;Preço;Preço de;Combustível;Câmbio;Carroceria;Cor;Situação;Custo;Descrição
T1;Fiat;Argo;Drive 1.0;2021/2022;42.000;69.900;;Flex;Manual;Hatch;Branco;Disponível;55.111;Um hatch econômico.
T2;Fiat;Toro;Volcano;2022/2022;31.500;139.900;145.900;Diesel;Automático;Picape;Cinza;Disponível;121.222;
T3;Jeep;Compass;Longitude;2020/2021;58.200;;;Flex;Automático;SUV;Preto;Disponível;99.333;
T4;Honda;Civic;EXL;2019/2020;70.000;112.900;;Flex;CVT;Sedã;Prata;Vendido;98.444;
T5;BYD;Dolphin;GS;2024/2024;9.000;124.900;;Elétrico;Automático;Hatch;Azul;Reservado;111.555;
"""
PRIVATE = ("55.111", "121.222", "99.333", "98.444", "111.555", "55111", "121222", "99333", "98444", "111555")


class Texts(HTMLParser):
    """What a page says, by element."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, list[str]] = {}
        self.links: list[str] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        self.found.setdefault(tag, []).append("")
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag in set(self._open):
            self.found[tag][-1] += data

    def said(self, tag: str) -> list[str]:
        return [" ".join(text.split()) for text in self.found.get(tag, [])]


def nodes(html: str) -> list[dict[str, object]]:
    """The structured data of a page."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return [json.loads(block) for block in blocks]


@pytest.fixture
def built(dealership: Dealership) -> Dealership:
    dealership.inventory(INVENTORY)
    dealership.build()
    return dealership


def vehicle_page(site: Dealership, make: str, model: str) -> str:
    (found,) = (site.out / "estoque" / make / model).glob("*/index.html")
    return found.read_text("utf-8")


def test_every_vehicle_has_a_page_at_an_address_that_says_what_it_is(built: Dealership) -> None:
    addresses = [path for path in built.pages() if re.fullmatch(r"/estoque/[a-z]+/[a-z]+/20\d\d-[a-z0-9-]+/", path)]
    assert [address.split("/")[2:4] for address in addresses] == [
        ["byd", "dolphin"],
        ["fiat", "argo"],
        ["fiat", "toro"],
        ["honda", "civic"],
        ["jeep", "compass"],
    ]


def test_a_vehicle_page_shows_the_car(built: Dealership) -> None:
    html = vehicle_page(built, "fiat", "toro")
    texts = Texts(html)
    assert len(texts.said("h1")) == 1
    whole = " ".join(texts.said("main"))
    for words in ("Fiat", "Toro", "Volcano", "2022", "31.500 km", "Diesel", "Automático", "Picape", "Cinza"):
        assert words in whole
    assert re.search(r"R\$\s139\.900", whole)
    assert re.search(r"R\$\s145\.900", whole)
    assert any(link.startswith("https://wa.me/5519955500100?text=") for link in texts.links)
    assert "tel:+551935550100" in texts.links
    assert "<form" in html
    assert 'action="/api/lead"' in html
    assert 'method="post"' in html


def test_a_car_without_a_price_asks_and_offers_nothing_to_search_engines(built: Dealership) -> None:
    html = vehicle_page(built, "jeep", "compass")
    assert "Preço sob consulta" in html
    car = next(node for node in nodes(html) if node["@type"] == "Car")
    assert "offers" not in car
    assert "R$&nbsp;0" not in html
    assert "R$ 0" not in html


def test_structured_data_says_what_the_page_says(built: Dealership) -> None:
    car = next(node for node in nodes(vehicle_page(built, "fiat", "argo")) if node["@type"] == "Car")
    assert car["name"] == "Fiat Argo Drive 1.0 2022"
    assert car["brand"] == {"@type": "Brand", "name": "Fiat"}
    assert car["vehicleModelDate"] == "2022"
    assert car["productionDate"] == "2021"
    assert car["mileageFromOdometer"] == {"@type": "QuantitativeValue", "value": 42000, "unitCode": "KMT"}
    offer = car["offers"]
    assert isinstance(offer, dict)
    assert (offer["price"], offer["priceCurrency"]) == ("69900", "BRL")
    assert offer["availability"] == "https://schema.org/InStock"


def test_a_sold_car_keeps_its_page_and_shows_similar_ones(built: Dealership) -> None:
    html = vehicle_page(built, "honda", "civic")
    assert "vendido" in " ".join(Texts(html).said("main")).lower()
    assert any("/estoque/fiat/argo/" in link for link in Texts(html).links)
    car = next(node for node in nodes(html) if node["@type"] == "Car")
    assert car["offers"]["availability"] == "https://schema.org/SoldOut"  # type: ignore[index]
    assert "/estoque/honda/civic/" not in built.page("/estoque/")


def test_costs_are_nowhere_in_what_is_published(built: Dealership) -> None:
    for name, data in built.files().items():
        for value in PRIVATE:
            assert value.encode() not in data, f"{value} stands in {name}"


def test_the_listing_shows_what_is_for_sale_and_its_facets(built: Dealership) -> None:
    texts = Texts(built.page("/estoque/"))
    assert sum("/estoque/" in link and link.count("/") == 5 for link in set(texts.links)) >= 4
    assert {"/estoque/fiat/", "/estoque/carroceria/suv/", "/estoque/combustivel/flex/"} <= set(texts.links)
    fiat = Texts(built.page("/estoque/fiat/"))
    assert "/estoque/fiat/toro/" in fiat.links
    assert not any("/estoque/jeep/compass/" in link for link in fiat.links)


def test_every_internal_link_leads_somewhere(built: Dealership) -> None:
    pages = built.pages()
    files = {f"/{name}" for name in built.files()}
    for address, html in pages.items():
        for link in Texts(html).links:
            path = link.split("#")[0].split("?")[0]
            if path.startswith("/"):
                assert path in pages or path in files, f"{address} links to {link}"


def test_every_page_has_its_own_title_and_one_heading(built: Dealership) -> None:
    titles: dict[str, str] = {}
    for address, html in built.pages().items():
        texts = Texts(html)
        (title,) = re.findall(r"<title>(.*?)</title>", html)
        assert title not in titles, f"{address} and {titles.get(title)} share the title {title!r}"
        titles[title] = address
        assert len(texts.said("h1")) == 1, address


def test_the_sitemap_holds_exactly_the_pages_that_may_be_indexed(built: Dealership) -> None:
    listed = set()
    for file in (built.out / "sitemaps").iterdir():
        listed |= set(re.findall(r"<loc>https://www\.garagem-teste\.example(.*?)</loc>", file.read_text("utf-8")))
    indexable = {path for path, html in built.pages().items() if 'content="noindex' not in html}
    assert {path for path in listed if path.endswith("/")} == indexable


def test_no_page_holds_an_inline_script_or_style_or_loads_from_elsewhere(built: Dealership) -> None:
    for address, html in built.pages().items():
        assert not re.search(r"<script(?![^>]*(?:\bsrc=|ld\+json))", html), address
        assert "<style" not in html, address
        assert not re.search(r"<[^>]+\sstyle=", html), address
        assert not re.search(r"<[^>]+\son[a-z]+=", html), address
        for source in re.findall(r'<(?:script|link|img|source)[^>]+(?:src|srcset|href)="(https?://[^"]+)"', html):
            assert source.startswith("https://www.garagem-teste.example"), f"{address} loads {source}"


def test_a_second_build_writes_nothing(built: Dealership) -> None:
    stamps = {file: file.stat().st_mtime_ns for file in built.out.rglob("*")}
    report = built.build()
    assert (report.pages_made, report.files_written, report.files_removed) == (0, 0, 0)
    assert {file: file.stat().st_mtime_ns for file in built.out.rglob("*")} == stamps


def test_a_car_that_leaves_the_file_is_sold_then_leads_to_similar_ones(built: Dealership) -> None:
    import datetime as dt

    from tests.conftest import NOW

    toro = next(path for path in built.pages() if path.startswith("/estoque/fiat/toro/2"))
    built.inventory("\n".join(line for line in INVENTORY.splitlines() if not line.startswith("T2;")) + "\n")
    built.build(now=NOW + dt.timedelta(days=1))
    assert "vendido" in built.page(toro).lower()
    built.build(now=NOW + dt.timedelta(days=60))
    assert toro not in built.pages()
    assert f"{toro} /estoque/fiat/ 301" in (built.out / "_redirects").read_text()


@pytest.mark.parametrize("bad", ["", "Marca;Modelo\n", "<!DOCTYPE html><html><body>Sign in</body></html>"])
def test_a_bad_export_is_refused_and_the_site_stays(built: Dealership, bad: str) -> None:
    from dealergen.errors import InventoryRefused

    before = built.files()
    built.inventory(bad)
    with pytest.raises(InventoryRefused):
        built.build()
    assert built.files() == before


def test_a_shrunken_export_is_refused_unless_accepted(built: Dealership) -> None:
    from dealergen.errors import InventoryRefused

    before = built.files()
    built.inventory("\n".join(INVENTORY.splitlines()[:3]) + "\n")
    with pytest.raises(InventoryRefused) as caught:
        built.build()
    assert "--accept" in caught.value.remedy or any("--accept" in problem.remedy for problem in caught.value.problems)
    assert built.files() == before
    built.build(accept=True)
    assert built.files() != before


def test_the_bytes_do_not_depend_on_the_hash_seed_or_the_number_of_workers(
    dealership: Dealership, tmp_path: Path
) -> None:
    import os
    import subprocess
    import sys

    dealership.inventory(INVENTORY)
    outputs = []
    for seed, jobs in (("0", "1"), ("1", "2"), ("31337", "4")):
        out = tmp_path / f"out-{seed}"
        command = [sys.executable, "-m", "dealergen", "build", "--site", str(dealership.root), "--out", str(out)]
        subprocess.run(
            [*command, "--jobs", jobs, "--now", "2026-11-22T12:00:00-03:00", "--quiet"],
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
        outputs.append({file.relative_to(out): file.read_bytes() for file in out.rglob("*") if file.is_file()})
    assert outputs[0] == outputs[1] == outputs[2]


def test_pages_that_outlived_their_manifest_are_swept_up(built: Dealership) -> None:
    import shutil

    clean = built.files()
    built.inventory(INVENTORY + "T6;Fiat;Uno;Way;2015/2015;99.000;31.900;;Flex;Manual;Hatch;Preto;Disponível;20.111;\n")
    built.build()
    (built.out / "CNAME").write_text("mine")
    shutil.rmtree(built.root / ".dealergen")
    built.inventory(INVENTORY)
    built.build()
    assert "mine" in (built.out / "CNAME").read_text()
    assert {name for name in built.files() if name.endswith(".html")} == {n for n in clean if n.endswith(".html")}


def test_a_price_that_moves_a_band_leaves_other_cars_pages_alone(dealership: Dealership) -> None:
    dealership.settings(listing={"min_vehicles": 1, "similar": 0})
    dealership.inventory(INVENTORY)
    dealership.build()
    dealership.inventory(INVENTORY.replace("124.900", "119.900"))
    dealership.build()
    report = json.loads((dealership.root / ".dealergen" / "changes.json").read_text())
    assert any("/preco/" in url for url in report["added"])
    changed = [url for url in report["changed"] if re.match(r"/estoque/[a-z]+/[a-z]+/20", url)]
    assert [url.split("/")[2:4] for url in changed] == [["byd", "dolphin"]]
