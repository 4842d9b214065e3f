"""A small dealership whose builds are to be explained, and the command line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from dealergen.cli import cli
from tests.conftest import Dealership

Run = Callable[..., Result]

HEADER = "Código;Marca;Modelo;Versão;Ano;KM;Preço;Situação\n"
CARS = (
    "A1;Fiat;Argo;Drive 1.0;2022;42.000;69.900;Disponível\n"
    "A2;Fiat;Toro;Volcano;2022;31.500;139.900;Disponível\n"
    "A3;Jeep;Compass;Longitude;2021;58.200;124.900;Disponível\n"
    "A4;Honda;Civic;EXL;2020;70.000;112.900;Disponível\n"
)
ABOUT = "---\ntitle: Sobre nós\n---\nVendemos carros.\n"
LISTING = {"min_vehicles": 1, "facets": ["make", "model"]}
"""Without facets by price: so small a lot's bands move with every price."""
LATER = "2026-11-23T12:00:00-03:00"


@pytest.fixture
def lot(dealership: Dealership) -> Dealership:
    """Four cars and a page, not yet built."""
    dealership.settings(listing=LISTING)
    dealership.inventory(HEADER + CARS)
    dealership.content("pages/sobre.md", ABOUT)
    return dealership


@pytest.fixture
def run(lot: Dealership) -> Run:
    """Calls a command of `dealergen` on the lot."""
    runner = CliRunner()

    def call(command: str, *words: object, **options: object) -> Result:
        given = [command, "--site", str(lot.root), *map(str, words)]
        return runner.invoke(cli, given, prog_name="dealergen", **options)  # type: ignore[arg-type]

    return call
