"""A small dealership that can be edited in every way that its owner may, and what a clean build would make of it."""

from __future__ import annotations

import datetime as dt
import io
import os
import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
import yaml

from dealergen.build import BuildReport, build_site
from dealergen.build import plan as plan_module
from dealergen.engine import TemplateSet, Theme
from dealergen.errors import RenderError
from dealergen.pages.edition import Edition
from tests.conftest import NOW, SETTINGS

COLUMNS = (
    "Código", "Situação", "Marca", "Modelo", "Versão", "Ano", "KM", "Preço", "Combustível", "Carroceria", "Cor",
    "Fotos", "Descrição",
)  # fmt: skip
CARS = [("Fiat", "Argo", "Hatch"), ("Fiat", "Toro", "Picape"), ("Jeep", "Compass", "SUV"), ("Honda", "Civic", "Sedã")]
GALERIA = Path(__file__).parents[2] / "themes" / "galeria" / "templates"

Row = dict[str, str]


def row(number: int) -> Row:
    """A plausible vehicle; everything about it follows from `number`."""
    make, model, body = CARS[number % len(CARS)]
    values = (
        f"T{number}", "Disponível", make, model, f"V{number}", "2020/2021", str(9000 + 700 * number),
        str(50_000 + 3000 * number), "Flex", body, "Branco", "", "",
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


@cache
def picture(kind: int) -> bytes:
    """A small real JPEG, one of a few."""
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (80 + 20 * (kind % 2), 60), (40 * kind, 120, 255 - 40 * kind)).save(file, "JPEG")
    return file.getvalue()


class Lot:
    """A site in a folder of its own, its clock, and the last thing that went wrong."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "site"
        self.clean = folder / "clean"
        self.root.mkdir()
        self.now = NOW
        self.rows: list[Row] = [row(number) for number in range(4)]
        self.settings: dict[str, Any] = {"listing": {"min_vehicles": 2, "per_page": 6}, "photos": {"widths": [64]}}

    def put(self, path: str, data: str | bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data if isinstance(data, bytes) else data.encode())

    def drop(self, path: str) -> None:
        (self.root / path).unlink(missing_ok=True)

    def build(self) -> BuildReport | None:
        """Bring the site up to date; None when a page could not be made."""
        return self._built(self.root)

    def clean_build(self, ledger: bytes | None) -> dict[str, bytes]:
        """What a build from nothing makes of the same inputs, at the same clock, after the same earlier builds."""
        shutil.rmtree(self.clean, ignore_errors=True)
        shutil.copytree(self.root, self.clean, ignore=shutil.ignore_patterns("public", ".dealergen"))
        if ledger is not None:
            (self.clean / ".dealergen").mkdir()
            (self.clean / ".dealergen/ledger.json").write_bytes(ledger)
        self._built(self.clean)
        return self.standing(self.clean)

    def _built(self, root: Path) -> BuildReport | None:
        self._write(root)
        try:
            return build_site(root, now=self.now, jobs=1, accept=True)
        except RenderError:
            return None

    def _write(self, root: Path) -> None:
        (root / "site.yaml").write_text(yaml.safe_dump(SETTINGS | self.settings, allow_unicode=True), "utf-8")
        columns = list(dict.fromkeys(column for car in self.rows for column in car))
        lines = [";".join(columns), *(";".join(car.get(column, "") for column in columns) for car in self.rows)]
        (root / "inventory.csv").write_text("\n".join(lines) + "\n", "utf-8")

    def ledger(self) -> bytes | None:
        file = self.root / ".dealergen/ledger.json"
        return file.read_bytes() if file.is_file() else None

    def standing(self, root: Path | None = None) -> dict[str, bytes]:
        """Everything that is published, and the ledger that is kept."""
        root = root or self.root
        files = {
            f"{file.relative_to(root)}": file.read_bytes() for file in (root / "public").rglob("*") if file.is_file()
        }
        return files | {"(ledger)": (root / ".dealergen/ledger.json").read_bytes()}


def offer(start: dt.datetime, days: int, numbers: list[str], words: str) -> str:
    front = {
        "title": f"Oferta {words}", "summary": "Só nesta semana.", "valid_from": f"{start:%Y-%m-%d %H:%M}",
        "valid_to": f"{start + dt.timedelta(days=days):%Y-%m-%d %H:%M}", "call_to_action": "Reserve o seu",
        "legal": "Enquanto durar o estoque.", "stock_numbers": numbers,
    }  # fmt: skip
    return _markdown(front, words)


def post(day: dt.datetime, words: str, picture_of: str = "") -> str:
    body = f"{words}\n\n![Foto]({picture_of})\n" if picture_of else words
    front = {"title": f"Post {words}", "summary": "Leia.", "date": f"{day:%Y-%m-%d %H:%M}", "author": "A Equipe"}
    return _markdown(front, body)


def page(words: str, slug: str | None = None) -> str:
    return _markdown({"title": f"Página {words}"} | ({"slug": slug} if slug else {}), words)


def _markdown(front: Mapping[str, Any], body: str) -> str:
    return f"---\n{yaml.safe_dump(dict(front), allow_unicode=True)}---\n\n{body}\n"


def reuse_templates(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    """Compile each state of a theme's templates once for all builds: compiling is most of a small build's time.

    A set of templates reads them when it first needs them: so it is given a copy of the site's own, in `store`, that
    stays as it is.
    """
    kept: dict[str, TemplateSet] = {}
    make = plan_module._templates

    def templates(theme: Theme, edition: Edition) -> TemplateSet:
        digest = blake2b(edition.locale.digest + repr((edition.assets.icons, edition.assets.files)).encode())
        for folder in theme.template_folders:
            digest.update(b"|")
            for file in sorted(folder.rglob("*.html")):
                digest.update(os.fsencode(file.relative_to(folder)) + b"\0" + file.read_bytes())
        key = digest.hexdigest()
        if key not in kept:
            if theme.overrides:
                shutil.copytree(theme.overrides, store / key)
                theme = replace(theme, overrides=store / key)
            kept[key] = make(theme, edition)
        return kept[key]

    monkeypatch.setattr(plan_module, "_templates", templates)
