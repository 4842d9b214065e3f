"""Pictures in Markdown: the site's own are published; others leave no broken frame and ask no stranger."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import Dealership
from tests.site.reading import Page

TEXT = """---
title: Fotos
---

![Nossa loja](loja.png) ![Sumida](nada.png) ![Fora](../../segredo.png) ![Espia](https://fora.example/espia.gif)

O código `<img src="loja.png">` fica como está.
"""


@pytest.fixture
def site(dealership: Dealership) -> Dealership:
    dealership.inventory("Marca;Modelo;Preço\nFiat;Argo;69.900\n")
    dealership.content("pages/fotos.md", TEXT)
    (dealership.root / "photos").mkdir()
    Image.new("RGB", (300, 200), "#335577").save(dealership.root / "photos" / "loja.png")
    return dealership


def test_only_pictures_that_are_published_stand_in_a_text(site: Dealership) -> None:
    report = site.build()
    main = site.page("/fotos/").split("<main")[1].split("</main>")[0]
    (picture,) = Page(main).all("img")
    assert picture.attributes["alt"] == "Nossa loja"
    assert (site.out / picture.attributes["src"].lstrip("/")).is_file()
    assert "fora.example" not in site.page("/fotos/")
    told = {problem.code for problem in report.warnings}
    assert {"photo.missing", "photo.outside", "content.outward-image"} <= told


def test_code_that_speaks_of_a_picture_stays_as_written(site: Dealership) -> None:
    site.build()
    assert Page(site.page("/fotos/")).one("code").text == '<img src="loja.png">'


def test_a_host_that_settings_name_may_show_its_pictures(site: Dealership) -> None:
    site.settings(photos={"hosts": ["fora.example"]})
    site.build()
    assert "https://fora.example/espia.gif" in [
        image.attributes["src"] for image in Page(site.page("/fotos/")).all("img")
    ]
    assert "img-src 'self' data: https://fora.example;" in (site.out / "_headers").read_text("utf-8")


@pytest.mark.parametrize("kind", ["offers", "posts"])
def test_an_entry_with_a_strangers_picture_goes_without_and_says_so(site: Dealership, kind: str) -> None:
    meta = {
        "offers": "summary: s\nvalid_from: 2026-11-01\nvalid_to: 2026-12-31\ncall_to_action: Ver\nlegal: l",
        "posts": "summary: s\ndate: 2026-11-02\nauthor: Redação",
    }
    site.content(f"{kind}/um.md", f"---\ntitle: Um\nimage: https://fora.example/x.jpg\n{meta[kind]}\n---\n\nTexto.\n")
    report = site.build()
    for name, data in site.files().items():
        assert b"fora.example" not in data, name
    told = [problem for problem in report.warnings if problem.value == "https://fora.example/x.jpg"]
    assert [(problem.code, problem.place and Path(problem.place.file).name) for problem in told] == [
        ("content.outward-image", "um.md")
    ]
