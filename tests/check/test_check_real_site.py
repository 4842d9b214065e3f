"""The rules on a site that the builder made: nothing that it makes is an error."""

from __future__ import annotations

from dealergen.check import run_checks
from dealergen.serve.redirects import parse_redirects
from tests.conftest import Dealership

STOCK = """Código;Marca;Modelo;Versão;Ano;KM;Preço;Combustível;Carroceria;Situação
T1;Fiat;Argo;Drive 1.0;2021/2022;42.000;69.900;Flex;Hatch;Disponível
T2;Fiat;Toro;Volcano;2022/2022;31.500;139.900;Diesel;Picape;Disponível
T3;Jeep;Compass;Longitude;2020/2021;58.200;;Flex;SUV;Reservado
"""


def test_a_built_site_in_two_languages_has_no_errors(dealership: Dealership) -> None:
    dealership.settings(languages=["pt-BR", "en"])
    dealership.inventory(STOCK)
    dealership.build()
    redirects = {
        rule.source: rule.target
        for rule in parse_redirects((dealership.out / "_redirects").read_text())
        if rule.is_plain
    }
    problems = run_checks(dealership.out, redirects=redirects)
    assert [str(problem) for problem in problems if problem.level == "error"] == []


def test_a_page_that_vanishes_from_a_built_site_is_missed(dealership: Dealership) -> None:
    dealership.inventory(STOCK)
    dealership.build()
    (gone,) = dealership.out.glob("estoque/fiat/toro/*/index.html")
    gone.unlink()
    found = {problem.code for problem in run_checks(dealership.out)}
    assert {"links/broken", "sitemap/not-built"} <= found
