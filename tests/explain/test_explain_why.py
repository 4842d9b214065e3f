"""`dealergen why`: what a person is told about one page after an edit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import NOW, SETTINGS, Dealership
from tests.explain.conftest import ABOUT, CARS, HEADER, LATER, LISTING, Run

Lot = Dealership


def address(lot: Lot, model: str) -> str:
    (found,) = (path for path in lot.pages() if f"/{model}/20" in path)
    return found


def told(run: Run, target: str, now: str = LATER) -> dict[str, Any]:
    result = run("why", target, "--now", now, "--json")
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def causes(account: dict[str, Any]) -> list[str]:
    return [reason["what"] for reason in account["reasons"]]


def rebuild(run: Run, now: str = LATER) -> None:
    result = run("build", "--now", now)
    assert result.exit_code == 0, result.output


def test_a_first_build_made_every_page_for_the_first_time(lot: Lot, run: Run) -> None:
    lot.build()
    account = told(run, address(lot, "toro"), NOW.isoformat())
    assert account["source"] == {"file": "inventory.csv", "line": 3}
    assert account["kind"] == "vehicles page, pt-BR"
    assert account["maker"] == "dealergen.pages.vehicles.vehicle_context"
    assert account["template"] == "pt-BR:vehicle.html"
    assert account["closure"]["base.html"].endswith("themes/galeria/templates/base.html")
    assert causes(account) == ["it was made for the first time"]
    assert account["clock"] == NOW.isoformat()
    assert account["up_to_date"] is True


def test_a_new_price_is_told_with_the_old_one(lot: Lot, run: Run) -> None:
    lot.build()
    lot.inventory(HEADER + CARS.replace("69.900", "66.900"))
    rebuild(run)
    reasons = told(run, address(lot, "argo"))["reasons"]
    assert {"kind": "vehicle", "what": "price", "before": "69900", "after": "66900"} in reasons
    assert {reason["kind"] for reason in reasons} == {"vehicle"}


def test_a_price_band_that_comes_into_being_leaves_a_page_without_such_links_alone(lot: Lot, run: Run) -> None:
    lot.settings(listing={"min_vehicles": 1, "facets": ["price"], "price_bands": {"steps": [68000, 130000]}})
    lot.build()
    lot.inventory(HEADER + CARS.replace("69.900", "66.900"))
    rebuild(run)
    assert causes(told(run, "/sobre/")) == ["it was made for the first time"]


def test_a_make_that_gets_a_page_is_told_as_the_reason(lot: Lot, run: Run) -> None:
    lot.settings(listing={"min_vehicles": 2, "facets": ["make"], "similar": 0})
    lot.build()
    lot.inventory(HEADER + CARS + "A5;Jeep;Renegade;Sport;2021;50.000;89.900;Disponível\n")
    rebuild(run)
    assert causes(told(run, address(lot, "argo"))) == ["which makes, models, bodies and so on have a page of their own"]


def test_a_list_names_the_row_whose_price_changed(lot: Lot, run: Run) -> None:
    lot.build()
    lot.inventory(HEADER + CARS.replace("69.900", "66.900"))
    rebuild(run)
    shown = run("why", "/estoque/", "--now", LATER).stdout
    assert "Fiat Argo Drive 1.0 (inventory.csv:2): price: 69900 → 66900" in shown
    assert "Toro" not in shown


def test_a_page_that_nothing_touched_keeps_its_day(lot: Lot, run: Run) -> None:
    lot.build()
    lot.inventory(HEADER + CARS.replace("69.900", "66.900"))
    rebuild(run)
    account = told(run, "/sobre/")
    assert account["clock"] == NOW.isoformat()
    assert causes(account) == ["it was made for the first time"]


def test_an_edited_setting_is_named(lot: Lot, run: Run) -> None:
    lot.build()
    lot.settings(listing=LISTING, dealer=SETTINGS["dealer"] | {"name": "Garagem Nova"})
    rebuild(run)
    account = told(run, "/sobre/")
    assert "site.yaml: dealer.name" in causes(account)
    assert {reason["kind"] for reason in account["reasons"]} <= {"setting"}


def test_an_overridden_template_is_named_by_the_pages_that_include_it(lot: Lot, run: Run) -> None:
    lot.build()
    own = lot.root / "templates" / "parts"
    own.mkdir(parents=True)
    ours = Path(__file__).parents[2] / "themes" / "galeria" / "templates" / "parts" / "gallery.html"
    (own / "gallery.html").write_text(ours.read_text("utf-8") + "<!-- ours -->", "utf-8")
    rebuild(run)
    account = told(run, address(lot, "argo"))
    assert causes(account) == ["the template parts/gallery.html (edited)"]
    assert account["closure"]["parts/gallery.html"] == str(own / "gallery.html")


def test_an_edited_text_is_told_and_so_is_one_that_waits_for_a_build(lot: Lot, run: Run) -> None:
    lot.build()
    lot.content("pages/sobre.md", ABOUT + "Desde 1987.\n")
    account = told(run, "/sobre/")
    assert account["up_to_date"] is False
    assert [reason["what"] for reason in account["pending"]] == ["the text or the front matter"]
    rebuild(run)
    after = told(run, "/sobre/")
    assert after["up_to_date"] is True
    assert causes(after) == ["the text or the front matter"]


def test_a_file_changed_by_hand_is_told(lot: Lot, run: Run) -> None:
    lot.build()
    (lot.out / "sobre" / "index.html").write_text("mine")
    assert "its file is missing, or not as the last build left it" in run("why", "/sobre/", "--now", LATER).stdout
    rebuild(run)
    assert causes(told(run, "/sobre/")) == ["its file was missing, or not as the last build had left it"]


def test_a_sold_car_is_told_by_its_state_and_its_template(lot: Lot, run: Run) -> None:
    lot.build()
    lot.inventory(HEADER + CARS.replace("124.900;Disponível", "124.900;Vendido"))
    rebuild(run)
    reasons = told(run, address(lot, "compass"))["reasons"]
    assert {"kind": "vehicle", "what": "status", "before": "available", "after": "sold"} in reasons
    template = next(reason for reason in reasons if reason["kind"] == "template")
    assert (template["before"], template["after"]) == ("vehicle.html", "sold.html")


@pytest.mark.parametrize(
    "typed", ["/sobre/", "sobre", "sobre/index.html", "https://www.garagem-teste.example/sobre/?utm=x", "/sobre/#topo"]
)
def test_a_page_may_be_named_as_one_likes(lot: Lot, run: Run, typed: str) -> None:
    lot.build()
    assert told(run, typed)["path"] == "sobre/index.html"


def test_a_page_may_be_named_by_its_file(lot: Lot, run: Run) -> None:
    lot.build()
    assert told(run, str(lot.out / "estoque" / "index.html"))["address"] == "/estoque/"


def test_a_slip_of_the_pen_is_answered_with_the_nearest_address(lot: Lot, run: Run) -> None:
    lot.build()
    result = run("why", "/estoqe/")
    assert result.exit_code == 2
    assert "Nothing is published at /estoqe/" in result.stderr
    assert "Did you mean /estoque?" in result.stderr


def test_an_address_that_is_gone_tells_where_it_leads(lot: Lot, run: Run) -> None:
    lot.build()
    lot.inventory(HEADER + CARS.replace("A4;Honda;Civic;EXL;2020;70.000;112.900;Disponível\n", ""))
    lot.settings(listing=LISTING, lifecycle={"sold_days": 0})
    rebuild(run)
    account = told(run, "/estoque/honda/")
    assert account["gone"] == "2026-11-23"
    assert account["published"] == "2026-11-22"
    assert account["leads_to"] == "/estoque/"
    assert "gone since 2026-11-23. The address now leads to /estoque/." in run("why", "/estoque/honda/").stdout


def test_before_the_first_build_the_page_waits_for_it(lot: Lot, run: Run) -> None:
    account = told(run, "/sobre/")
    assert account["made_at"] is None
    assert [reason["what"] for reason in account["pending"]] == ["no build has made it yet"]
    assert not (lot.root / ".dealergen").exists()


def test_nothing_is_written_by_asking(lot: Lot, run: Run) -> None:
    lot.build()
    before = stamps(lot.root)
    run("why", "/estoque/", "--now", LATER)
    assert stamps(lot.root) == before


def stamps(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*")}
