"""`dealergen profile`: counts that a person can check by hand, and times that add up."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from dealergen.build.load import load_site
from dealergen.build.plan import plan_site
from dealergen.engine import Artifact, Fact, derive, fragment, listed
from dealergen.errors import Place
from dealergen.explain.meter import fragment_uses
from tests.conftest import NOW, Dealership
from tests.explain.conftest import Run
from tests.explain.test_explain_why import stamps


def measured(run: Run, *words: object) -> dict[str, Any]:
    result = run("profile", "--now", NOW.isoformat(), "--json", *words)
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def test_every_file_of_a_build_is_counted(lot: Dealership, run: Run, tmp_path: Path) -> None:
    lot.build()
    found = measured(run, "--out", tmp_path / "profiled")
    files = lot.files()
    profiled = tmp_path / "profiled"
    made = {path.relative_to(profiled).as_posix(): path.read_bytes() for path in profiled.rglob("*") if path.is_file()}
    assert made == files
    assert found["vehicles"] == 4
    assert found["files"] == len(files)
    assert found["bytes"] == sum(map(len, files.values()))
    assert found["makers"]["vehicle.html"]["count"] == 4
    assert found["makers"]["vehicle.html"]["bytes"] == sum(
        len(data) for path, data in files.items() if path.count("/") == 4 and path.startswith("estoque/")
    )


def test_what_pages_share_is_made_once_and_handed_on(lot: Dealership, run: Run) -> None:
    found = measured(run)
    pages = sum(maker["count"] for name, maker in found["makers"].items() if name.endswith(".html"))
    header = found["fragments"]["fragments/header.html"]
    assert (header["renders"], header["uses"], header["reuses"]) == (1, pages, pages - 1)
    card = found["fragments"]["fragments/vehicle_card.html"]
    assert card["renders"] == 4
    assert card["uses"] > 4 * 3
    assert found["templates"]["fragments/vehicle_card.html"]["count"] == 4


def test_the_steps_add_up_to_the_whole(lot: Dealership, run: Run) -> None:
    found = measured(run)
    assert list(found["steps"])[:8] == [
        "settings", "ledger", "files", "decode", "dialect", "header", "columns", "rows",
    ]  # fmt: skip
    assert {"model", "plan", "make"} <= found["steps"].keys()
    assert all(seconds >= 0 for seconds in found["steps"].values())
    assert sum(found["steps"].values()) == pytest.approx(found["seconds"], abs=0.05)
    assert sum(found["make"].values()) == pytest.approx(found["steps"]["make"], rel=0.1, abs=0.05)
    assert sum(maker["seconds"] for maker in found["makers"].values()) <= found["steps"]["make"] + 0.05


def test_the_slowest_come_first(lot: Dealership, run: Run) -> None:
    found = measured(run)
    times = [page["seconds"] for page in found["slowest"]]
    assert times == sorted(times, reverse=True)
    totals = [maker["seconds"] for maker in found["makers"].values()]
    assert totals == sorted(totals, reverse=True)
    assert found["peak_memory"] > 10_000_000


def test_the_site_and_its_records_are_left_alone(lot: Dealership, run: Run) -> None:
    lot.build()
    before = stamps(lot.root)
    measured(run)
    assert stamps(lot.root) == before


def test_a_folder_that_holds_something_is_refused(lot: Dealership, run: Run) -> None:
    result = run("profile", "--out", lot.root)
    assert result.exit_code == 2
    assert "is not an empty folder" in result.stderr


def test_a_person_sees_a_table_for_each_question(lot: Dealership, run: Run) -> None:
    shown = run("profile", "--now", NOW.isoformat()).stdout
    assert shown.startswith("4 vehicles · ")
    for title in ("Steps", "Within make", "Makers", "Templates", "Fragments that pages share", "Slowest files"):
        assert title in shown
    assert "vehicle.html" in shown


def test_fragments_are_counted_wherever_an_artifact_is_handed_them() -> None:
    car = Fact("car", b"c" * 16, "Argo")
    card = fragment("card", Still(), "pt-BR:card.html", dict, car)
    chrome = derive("chrome", str, car, fragment("header", Still(), "pt-BR:header.html", dict, car))
    page = Artifact("a", bytes, (chrome, listed("cards", [card, card])), Place("x"))
    other = Artifact("b", bytes, (chrome, car), Place("x"))
    assert fragment_uses([page, other]) == {"header.html": 2, "card.html": 2}


class Still:
    """A renderer of templates' names."""

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        return f"{template} {sorted(context)}"

    def closure(self, template: str) -> bytes:
        return template.encode()


def test_a_renderer_may_be_put_before_the_templates(lot: Dealership) -> None:
    site = load_site(lot.root, base_url=None, now=NOW, accept=False).site
    still = Still()
    plan = plan_site(site, through=lambda _: still)
    assert plan.renderer is still
