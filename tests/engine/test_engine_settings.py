"""`docs/engine.md` tells which pages each setting, and each other input, makes anew: its table is held to what is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from dealergen.build import build_site
from dealergen.config import Settings
from dealergen.engine import Artifact, Template
from tests.conftest import NOW, SETTINGS
from tests.engine.engine_edits import GALERIA, Lot, offer, page, picture, post, reuse_templates, row

DOCUMENT = Path(__file__).parents[2] / "docs" / "engine.md"
OUTPUTS = {"_headers", "_redirects", "robots.txt", "dealergen/ledger.json"}
run_module = import_module("dealergen.build.run")

Edit = Callable[[Lot], None]


def setting(**changes: object) -> Edit:
    def edit(lot: Lot) -> None:
        lot.settings |= changes

    return edit


def cell(column: str, text: str, car: int = 1) -> Edit:
    def edit(lot: Lot) -> None:
        lot.rows[car][column] = text

    return edit


def put(path: str, data: str | bytes) -> Edit:
    return lambda lot: lot.put(path, data)


def override(name: str) -> Edit:
    return lambda lot: lot.put(f"templates/{name}", (GALERIA / name).read_text("utf-8") + "<!-- -->")


def another_row(lot: Lot) -> None:
    lot.rows.append(row(9))


def turned_rows(lot: Lot) -> None:
    lot.rows.reverse()


def next_day(lot: Lot) -> None:
    lot.now += dt.timedelta(days=1)


def next_year(lot: Lot) -> None:
    lot.now = lot.now.replace(year=lot.now.year + 1)


ROOFTOP = SETTINGS["rooftops"][0]
EDITS: dict[str, Edit] = {
    "`dealer`": setting(dealer=SETTINGS["dealer"] | {"name": "Outra Garagem"}),
    "`dealer.colors`": setting(dealer=SETTINGS["dealer"] | {"colors": {"primary": "#123456"}}),
    "`rooftops`": setting(rooftops=[ROOFTOP | {"name": "Garagem do Centro"}]),
    "`base_url`": setting(base_url="https://www.example.com"),
    "`languages`": setting(languages=["pt-BR", "en"]),
    "`currency`": setting(currency="EUR"),
    "`units`": setting(units={"distance": "mi"}),
    "`theme`": setting(theme="own"),
    "`navigation`": setting(navigation=[{"label": "Estoque", "to": "stock"}]),
    "`inventory` (what it finds stays the same)": setting(inventory={"guard": {"max_drop": 0.5}}),
    "`listing.per_page`": setting(listing={"min_vehicles": 1, "per_page": 7}),
    "`listing.order`": setting(listing={"min_vehicles": 1, "per_page": 6, "order": "price"}),
    "`listing.similar`": setting(listing={"min_vehicles": 1, "per_page": 6, "similar": 1}),
    "`lifecycle` (no state changes by it)": setting(lifecycle={"sold_days": 29}),
    "`photos.widths`": setting(photos={"widths": [64, 90]}),
    "`forms`": setting(forms={"action": "https://leads.example/in"}),
    "`legal`": setting(legal={"footer": "CNPJ"}),
    "`seo`": setting(seo={"home_title": "A garagem"}),
    "a vehicle's price": cell("Preço", "41000"),
    "a vehicle's description": cell("Descrição", "Único dono."),
    "a vehicle sold": cell("Situação", "Vendido"),
    "a vehicle more": another_row,
    "rows in another order": turned_rows,
    "a column that is not mapped": cell("Custo", "31000"),
    "an offer's text": put("content/offers/a.md", offer(NOW, 5, ["T1"], "verde")),
    "a post's text": put("content/posts/a.md", post(NOW, "verde")),
    "a page's text": put("content/pages/sobre.md", page("verde")),
    "a photo's bytes": put("photos/a.jpg", picture(3)),
    "a static file": put("static/a.txt", "other"),
    "`templates/vehicle.html`": override("vehicle.html"),
    "`templates/fragments/vehicle_card.html`": override("fragments/vehicle_card.html"),
    "`templates/base.html`": override("base.html"),
    "the next day (no state changes by it)": next_day,
    "the next year": next_year,
    "nothing": lambda _lot: None,
}


@pytest.fixture(scope="module", autouse=True)
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        reuse_templates(patched, tmp_path_factory.mktemp("templates"))
        yield


@pytest.fixture
def lot(tmp_path: Path) -> Lot:
    lot = Lot(tmp_path)
    lot.rows = [row(number) | {"Custo": "30000"} for number in range(8)]
    lot.rows[0] |= {"Fotos": "a.jpg"}
    lot.settings |= {"listing": {"min_vehicles": 1, "per_page": 6}}
    lot.put("photos/a.jpg", picture(1))
    lot.put("content/offers/a.md", offer(NOW, 5, ["T1"], "azul"))
    lot.put("content/posts/a.md", post(NOW, "azul"))
    lot.put("content/posts/b.md", post(NOW, "outro"))
    lot.put("content/pages/sobre.md", page("azul"))
    lot.put("static/a.txt", "text")
    lot.put("themes/own/theme.yaml", "name: own\ntitle: Own\nextends: galeria\nstylesheets: [own.css]\n")
    lot.put("themes/own/assets/css/own.css", "h1 { color: red }")
    lot.build()
    return lot


def table() -> dict[str, str]:
    """What the document says: an input → what is made anew."""
    text = DOCUMENT.read_text("utf-8").split("| change | made anew |\n|---|---|\n", 1)[1].split("\n\n", 1)[0]
    return dict(re.findall(r"^\| (.+?) \| (.+?) \|$", text, re.MULTILINE))


@pytest.mark.parametrize("change", EDITS)
def test_a_change_makes_anew_what_the_document_says(lot: Lot, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    EDITS[change](lot)
    assert ", ".join(made_anew(lot, monkeypatch)) == table()[change].replace("`", "")


def made_anew(lot: Lot, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates of the pages that a build makes, and its other outputs; `every page` where all are made."""
    planned: list[Artifact] = []
    made: list[str] = []
    make = run_module.make

    def watched(artifacts: list[Artifact], *rest: object, **options: object) -> object:
        planned.extend(artifacts)
        outcome = make(artifacts, *rest, **options)
        made.extend(outcome.made)
        return outcome

    monkeypatch.setattr(run_module, "make", watched)
    lot._write(lot.root)
    build_site(lot.root, now=lot.now, jobs=1, accept=True)
    kinds = [_kind(artifact) for artifact in planned if artifact.path in set(made)]
    pages = {kind for kind in kinds if kind.endswith(".html")}
    everywhere = {artifact.path for artifact in planned if isinstance(artifact.maker, Template)} <= set(made)
    return [*(["every page"] if everywhere else sorted(pages)), *sorted(set(kinds) - pages)] or ["—"]


def _kind(artifact: Artifact) -> str:
    if isinstance(artifact.maker, Template):
        return artifact.maker.name.rpartition(":")[2]  # each language has templates of its own
    path = artifact.path
    top = path.partition("/")[0]
    return path if path in OUTPUTS else {"sitemap.xml": "sitemaps", "a.txt": "the file"}.get(top, top)


def test_the_document_tells_of_every_group_of_settings() -> None:
    told = {match[1] for key in EDITS if (match := re.match(r"`(\w+)", key))} - {"templates"}
    assert told == set(Settings.model_fields)
    assert set(table()) == set(EDITS)
