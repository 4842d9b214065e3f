"""`dealergen diff`: what a build would change, told before it is built."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Dealership
from tests.explain.conftest import ABOUT, CARS, HEADER, LATER, LISTING, Run
from tests.explain.test_explain_why import stamps

NEW = "A5;Kia;Sportage;EX;2023;12.000;159.900;Disponível\n"
ARGO, TORO, COMPASS, CIVIC = CARS.splitlines(keepends=True)


def told(run: Run, *words: object) -> dict[str, Any]:
    result = run("diff", "--now", LATER, "--json", *words)
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def names(changes: dict[str, Any]) -> dict[str, list[str]]:
    return {kind: [car["name"] for car in cars] for kind, cars in changes["cars"].items() if cars}


def edit(lot: Dealership) -> None:
    """One car of each kind: re-priced, reserved, sold, gone, new."""
    lot.inventory(
        HEADER
        + ARGO.replace("69.900", "66.900")
        + TORO.replace("Disponível", "Reservado")
        + COMPASS.replace("Disponível", "Vendido")
        + NEW
    )


def test_nothing_changed_is_no_difference(lot: Dealership, run: Run) -> None:
    lot.build()
    result = run("diff", "--now", LATER, "--exit-code")
    assert result.exit_code == 0
    assert result.stdout == "Against the last build: No differences.\n"


def test_cars_that_came_went_or_changed_are_told_by_kind(lot: Dealership, run: Run) -> None:
    lot.build()
    edit(lot)
    changes = told(run)
    assert names(changes) == {
        "added": ["Kia Sportage EX 2023"],
        "removed": ["Honda Civic EXL 2020"],
        "sold": ["Jeep Compass Longitude 2021"],
        "repriced": ["Fiat Argo Drive 1.0 2022"],
        "reserved": ["Fiat Toro Volcano 2022"],
    }
    (argo,) = changes["cars"]["repriced"]
    assert (argo["price_before"], argo["price"], argo["percent"]) == (69900, 66900, -4.3)


def test_pages_are_told_by_what_becomes_of_them(lot: Dealership, run: Run) -> None:
    lot.build()
    toro, sobre = "/estoque/fiat/toro/", "/sobre/"
    lot.settings(listing=LISTING, lifecycle={"sold_days": 0})
    lot.inventory(HEADER + ARGO.replace("69.900", "66.900") + TORO + COMPASS + NEW)
    pages = told(run)["pages"]
    assert any(page.startswith("/estoque/kia/sportage/2023") for page in pages["made"])
    assert "/estoque/kia/" in pages["made"]
    assert any(page.startswith("/estoque/fiat/argo/2022") for page in pages["changed"])
    assert "/estoque/" in pages["changed"]
    assert toro not in pages["changed"]
    assert sobre not in pages["changed"]
    (civic,) = (target for page, target in pages["redirected"].items() if page.startswith("/estoque/honda/civic/20"))
    assert civic == "/estoque/"
    assert pages["redirected"]["/estoque/honda/"] == "/estoque/"


def test_the_build_that_follows_does_what_was_told(lot: Dealership, run: Run) -> None:
    lot.build()
    before = lot.pages()
    edit(lot)
    pages = told(run)["pages"]
    assert run("build", "--now", LATER).exit_code == 0
    after = lot.pages()
    assert after.keys() - before.keys() == set(pages["made"])
    assert set(pages["redirected"]) | set(pages["gone"]) == before.keys() - after.keys()
    differ = {page for page in before.keys() & after.keys() if before[page] != after[page]}
    assert differ <= {*pages["changed"], *pages["remade"], "/404.html", "/obrigado/"}
    assert set(pages["changed"]) - differ <= {"/lojas/"}  # which counts all settings that pages print as its content


def test_a_setting_that_frames_every_page_changes_only_surroundings(lot: Dealership, run: Run) -> None:
    lot.build()
    lot.settings(listing=LISTING, legal={"footer": "Preços sujeitos a alteração."})
    changes = told(run)
    assert names(changes) == {}
    assert "/sobre/" in changes["pages"]["remade"]
    assert "/sobre/" not in changes["pages"]["changed"]


def test_nothing_is_written(lot: Dealership, run: Run) -> None:
    lot.build()
    edit(lot)
    before = stamps(lot.root)
    run("diff", "--now", LATER)
    assert stamps(lot.root) == before


def test_text_shows_prices_as_people_write_them(lot: Dealership, run: Run) -> None:
    lot.build()
    edit(lot)
    result = run("diff", "--now", LATER, "--exit-code")
    assert result.exit_code == 1
    argo = next(line for line in result.stdout.splitlines() if line.startswith("Re-priced"))
    assert "Fiat Argo Drive 1.0 2022" in argo
    assert "R$\xa069.900 → R$\xa066.900 (-4.3 %)" in argo
    assert result.stdout.splitlines()[-1].startswith(
        "Against the last build: 1 added · 1 removed · 1 sold · 1 re-priced · 1 reserved · pages: "
    )


def test_markdown_is_a_table_that_a_car_s_name_cannot_break(lot: Dealership, run: Run) -> None:
    lot.build()
    lot.inventory(HEADER + CARS + NEW.replace("Sportage;EX", "Sportage;EX | <b>*@team*"))
    lines = run("diff", "--now", LATER, "--markdown").stdout.splitlines()
    assert lines[0] == "### Showroom changes against the last build"
    assert lines[2].startswith("**1 added · pages: ")
    row = lines[lines.index("|---|---|---:|") + 1]
    assert row.startswith(
        "| Added | [Kia Sportage EX \\| &lt;b&gt;\\*@\u200bteam\\* 2023](https://www.garagem-teste.example/"
    )
    assert row.endswith("| R$\xa0159.900 |")
    assert "<details><summary>New pages (" in "\n".join(lines)


def test_markdown_and_json_exclude_each_other(lot: Dealership, run: Run) -> None:
    assert run("diff", "--markdown", "--json").exit_code == 2


def test_a_car_back_in_stock_and_one_released_are_told(lot: Dealership, run: Run) -> None:
    edit(lot)
    lot.build()
    lot.inventory(HEADER + ARGO + TORO + COMPASS + NEW)
    changes = told(run)
    assert names(changes)["back"] == ["Jeep Compass Longitude 2021"]
    assert names(changes)["released"] == ["Fiat Toro Volcano 2022"]


def test_a_price_that_goes_on_request_has_no_percentage(lot: Dealership, run: Run) -> None:
    lot.build()
    lot.inventory(HEADER + ARGO.replace("69.900", "Consulte") + TORO + COMPASS + CIVIC)
    (argo,) = told(run)["cars"]["repriced"]
    assert (argo["price_before"], argo["price"], argo["percent"]) == (69900, None, None)
    assert "R$\xa069.900 → on request" in run("diff", "--now", LATER).stdout


def test_an_inventory_that_the_guard_would_refuse_is_told_so(lot: Dealership, run: Run) -> None:
    lot.build()
    lot.inventory(HEADER + ARGO)
    result = run("diff", "--now", LATER)
    assert result.exit_code == 0
    assert "A build would refuse this inventory" in result.stderr


@pytest.mark.parametrize("given", ["public", "public/dealergen/ledger.json", "."])
def test_a_folder_or_a_ledger_stands_in_for_the_last_build(
    lot: Dealership, run: Run, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lot.build()
    monkeypatch.chdir(lot.root)
    edit(lot)
    changes = told(run, "--against", given)
    assert changes["against"] == given
    assert names(changes)["reserved"] == ["Fiat Toro Volcano 2022"]
    assert names(changes)["removed"] == ["Honda Civic EXL 2020"]


def test_a_commit_stands_in_for_the_last_build(lot: Dealership, run: Run) -> None:
    git(lot.root, "init", "-q", "-b", "main")
    (lot.root / ".gitignore").write_text(".dealergen\npublic\n")
    git(lot.root, "add", ".")
    git(lot.root, "commit", "-q", "-m", "first")
    edit(lot)
    lot.content("pages/sobre.md", ABOUT + "Desde 1987.\n")
    before = stamps(lot.root)
    changes = told(run, "--against", "main")
    assert changes["against"] == "main"
    assert set(names(changes)) == {"added", "removed", "sold", "repriced", "reserved"}
    assert "/sobre/" in changes["pages"]["changed"]
    assert stamps(lot.root) == before
    git(lot.root, "add", ".")
    git(lot.root, "commit", "-q", "-m", "second")
    assert told(run, "--against", "HEAD")["different"] is False
    assert names(told(run, "--against", "HEAD~1"))["sold"] == ["Jeep Compass Longitude 2021"]


def test_what_is_nothing_at_all_is_refused_with_the_choices(lot: Dealership, run: Run) -> None:
    lot.build()
    result = run("diff", "--against", "no-such-thing")
    assert result.exit_code == 2
    assert "'no-such-thing' is no folder, no ledger, and no commit" in result.stderr


def test_a_folder_without_a_ledger_and_a_broken_ledger_are_refused(lot: Dealership, run: Run, tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{}")
    assert "There is no ledger of a build at" in run("diff", "--against", tmp_path).stderr
    assert "is not a ledger that can be read" in run("diff", "--against", tmp_path / "broken.json").stderr


def test_without_any_build_there_is_nothing_to_compare_with(lot: Dealership, run: Run) -> None:
    result = run("diff")
    assert result.exit_code == 2
    assert "Build once, or name" in result.stderr


def git(root: Path, *words: str) -> None:
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "A"}
    settings = {
        "GIT_COMMITTER_EMAIL": "a@example.com",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    }
    subprocess.run(["git", "-C", str(root), *words], check=True, env=os.environ | who | settings, capture_output=True)
