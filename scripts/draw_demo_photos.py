"""Draws the demo dealership's photos: every picture that inventory.csv names, in the vehicle's own body and colour.

    python scripts/draw_demo_photos.py [STOCK_NUMBER …]

Needs Chromium: Playwright's own, or the one that DEALERGEN_CHROMIUM names.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import sys
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from dealergen.inventory.vocabulary import Body
from dealergen.photos.color import mix
from dealergen.photos.drawn import View, draw_car

ROOT: Final = Path(__file__).resolve().parent.parent
SIZE: Final = (1600, 1067)
QUALITY: Final = 66
VIEWS: Final[tuple[View, ...]] = ("side", "front", "rear", "cabin", "wheel", "tail")

BODIES: Final[dict[str, Body]] = {
    "Hatch": "hatchback", "Sedã": "sedan", "Perua": "wagon", "SUV": "suv", "Picape": "pickup", "Cupê": "coupe",
    "Conversível": "convertible", "Minivan": "minivan", "Furgão": "van", "Micro-ônibus": "bus", "Caminhão": "truck",
    "Moto": "motorcycle",
}  # fmt: skip
PAINTS: Final[dict[str, tuple[str, str]]] = {
    "Amarelo": ("#e2b325", "#d59a1c"), "Azul": ("#1f4f96", "#3f6f9c"), "Bege": ("#cbb998", "#bda988"),
    "Branco": ("#f0f1f2", "#e4e6e6"), "Bronze": ("#8a6a4c", "#7a5a40"), "Cinza": ("#5a6067", "#868c91"),
    "Laranja": ("#d2611c", "#c24e1a"), "Marrom": ("#54392b", "#6a4a38"), "Prata": ("#bcc2c6", "#aab1b6"),
    "Preto": ("#1b1d21", "#24262b"), "Verde": ("#2c5846", "#4b6450"), "Vermelho": ("#b81d22", "#8d161d"),
}  # fmt: skip
"""The first word of a colour's name → the two paints between which the rest of the name chooses."""


def main(only: list[str]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        written = 0
        for path, svg in _drawings(only):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_rasterise(page, svg))
            written += path.stat().st_size
            print(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1000:.0f} KB")
        browser.close()
    print(f"{written / 1e6:.2f} MB")


def _drawings(only: list[str]) -> Iterator[tuple[Path, str]]:
    with (ROOT / "inventory.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            names = [name for name in row["Fotos"].split("|") if name]
            if only and row["Código"] not in only:
                continue
            for name, view in zip(names, VIEWS, strict=False):
                seed = _number(row["Código"])
                yield ROOT / name, draw_car(BODIES[row["Carroceria"]], _paint(row["Cor"]), view, seed=seed)


def _paint(color: str) -> str:
    first, second = PAINTS[color.split(maxsplit=1)[0]]
    return mix(first, second, _number(color) % 101 / 100)


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest(), "big")


def _rasterise(page: Page, svg: str) -> bytes:
    page.set_content(f"<style>*{{margin:0}}svg{{display:block}}</style>{svg}")
    image = Image.open(io.BytesIO(page.screenshot(type="png"))).convert("RGB")
    out = io.BytesIO()
    image.save(out, "WEBP", quality=QUALITY, method=6)
    return out.getvalue()


def _chromium() -> str | None:
    return os.environ.get("DEALERGEN_CHROMIUM") or shutil.which("chromium")


if __name__ == "__main__":
    main(sys.argv[1:])
