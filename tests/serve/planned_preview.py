"""A small real dealership, and a real preview that makes its pages when they are asked for."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from dealergen.serve.planned import PlannedSite
from tests.conftest import Dealership
from tests.serve.running_preview import Served

STOCK = """Código;Marca;Modelo;Ano;KM;Preço;Fotos
T1;Fiat;Argo;2021/2022;42.000;69.900;argo.jpg
T2;Fiat;Toro;2022/2022;31.500;139.900;
T3;Jeep;Compass;2020/2021;55.000;118.500;https://photos.example/compass.jpg
"""
ABOUT = "---\ntitle: Sobre nós\nsummary: Quem somos.\n---\nVendemos carros.\n"
OFFER = """---
title: Argo com desconto
summary: Só este mês.
valid_from: 2024-01-01
valid_to: 2099-12-31
call_to_action: Peça o desconto
stock_numbers: [T1]
legal: Enquanto durar o estoque.
---
Só este mês.
"""
POST = "---\ntitle: Como escolher\nsummary: Olhe bem.\ndate: 2024-05-01\nauthor: A equipe\n---\nOlhe bem.\n"


def showroom(root: Path) -> Dealership:
    """Two languages, three cars of which one has a photo of its own, an offer, a post and a page."""
    root.mkdir()
    site = Dealership(root)
    site.settings(languages=["pt-BR", "en"])
    site.inventory(STOCK)
    site.content("pages/sobre.md", ABOUT)
    site.content("offers/argo.md", OFFER)
    site.content("posts/escolher.md", POST)
    photo = io.BytesIO()
    Image.new("RGB", (640, 480), "#a02030").save(photo, "JPEG")
    (root / "photos").mkdir()
    (root / "photos" / "argo.jpg").write_bytes(photo.getvalue())
    (root / "static").mkdir()
    (root / "static" / "prices.txt").write_text("on request")
    return site


def copy_tree(source: Path, target: Path) -> None:
    """Without the times of the files, so that nothing tells them from a person's own."""
    for file in source.rglob("*"):
        if file.is_file():
            copy = target / file.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())


class Planned(Served):
    """A server of a planned site."""

    def __init__(self, root: Path) -> None:
        self.site = PlannedSite(root)
        self.site.open()
        super().__init__(self.site, root, root / "public")

    @property
    def told(self) -> list[str]:
        """What was done so far, in words."""
        return [outcome.failure.message if outcome.failure else outcome.summary for outcome in self.outcomes]
