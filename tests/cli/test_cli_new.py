"""`dealergen new`: a few answers become a dealership that reads, validates and builds."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dealergen.build import build_site
from dealergen.cli.new import new
from dealergen.config import load_settings
from dealergen.content import read_content
from dealergen.errors import UsageError
from dealergen.inventory.read import read_inventory
from dealergen.starter import DEFAULTS, LANGUAGES, Answers, plan
from dealergen.starter.money import in_currency
from dealergen.starter.words import literal, quoted

EVERY_FILE = {
    ".gitignore", ".github/workflows/site.yml", "README.md", "inventory.csv", "netlify.toml", "site.yaml",
    "content/pages/about.md", "content/pages/privacy.md",
}  # fmt: skip


def run(*words: str | Path, typed: str = "") -> Result:
    return CliRunner().invoke(new, [str(word) for word in words], input=typed)


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def table(folder: Path) -> list[dict[str, str]]:
    text = (folder / "inventory.csv").read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))


@pytest.mark.parametrize("language", LANGUAGES)
def test_yes_makes_a_dealership_that_reads_without_a_problem(tmp_path: Path, language: str) -> None:
    result = run(tmp_path, "--language", language, "--yes")
    assert result.exit_code == 0, result.output
    assert files(tmp_path) >= EVERY_FILE

    made = load_settings(tmp_path / "site.yaml")
    assert (made.languages, made.dealer.name) == ([language], DEFAULTS[language].name)
    entries, problems = read_content(tmp_path, made)
    assert not problems
    assert sorted(entry.kind for entry in entries) == ["offers", "pages", "pages", "posts"]
    inventory = read_inventory(
        made.inventory, tmp_path, currency=made.currency, distance=made.units.distance, rooftops=made.rooftops,
        now=DEFAULTS[language].today(), cache=tmp_path / ".dealergen",
    )  # fmt: skip
    assert not inventory.set_aside
    assert not inventory.warnings
    assert len(inventory.vehicles) == 12
    assert sum(vehicle.price is None for vehicle in inventory.vehicles) == 1
    for field in ("make", "model", "trim", "year", "fuel", "transmission", "body", "color_family", "features"):
        assert all(getattr(vehicle, field) for vehicle in inventory.vehicles), field
    assert {vehicle.status for vehicle in inventory.vehicles} == {"available", "reserved", "coming_soon"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_new_dealership_builds_and_shows_its_offer(tmp_path: Path, language: str) -> None:
    run(tmp_path, "--language", language, "--yes")
    build_site(tmp_path, jobs=1)
    home = (tmp_path / "public" / "index.html").read_text("utf-8")
    offer = yaml.safe_load(next((tmp_path / "content" / "offers").iterdir()).read_text("utf-8").split("---\n")[1])
    assert offer["title"] in home
    assert DEFAULTS[language].name in home


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_offer_runs_from_today_on_a_vehicle_in_stock_at_its_price(tmp_path: Path, language: str) -> None:
    run(tmp_path, "--language", language, "--yes")
    offer = yaml.safe_load(next((tmp_path / "content" / "offers").iterdir()).read_text("utf-8").split("---\n")[1])
    assert offer["valid_to"] - offer["valid_from"] == dt.timedelta(30)
    assert abs(offer["valid_from"] - dt.datetime.now(dt.UTC).date()) <= dt.timedelta(1)
    row = next(row for row in table(tmp_path) if next(iter(row.values())) == offer["stock_numbers"][0])
    assert str(offer["price"]) in row.values()


def test_questions_are_asked_only_for_what_no_option_gives(tmp_path: Path) -> None:
    answers = ["en", "Rua Nova", "Leeds", "England", "LS1 1AA", "GB", "+44 113 496 0000", "GBP"]
    result = run(tmp_path, "--name", 'Bob & Sons: "Cars"', typed="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    assert "name [" not in result.output
    made = load_settings(tmp_path / "site.yaml")
    assert made.dealer.name == 'Bob & Sons: "Cars"'
    assert (made.rooftops[0].address.city, made.rooftops[0].sales_phone) == ("Leeds", "+441134960000")
    assert (made.currency, made.units.distance, made.rooftops[0].timezone) == ("GBP", "mi", "Europe/London")


def test_a_wrong_answer_is_asked_again_with_the_reason(tmp_path: Path) -> None:
    answers = ["en", "A", "B", "C", "D", "1", "England", "GB", "0113", "+44 113 496 0000", "pounds", "GBP"]
    result = run(tmp_path, typed="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    assert result.output.count("Country, two letters") == 2
    assert result.output.count("Phone, with + and the country's code") == 2
    assert result.output.count("Currency, three letters") == 2
    assert "two capital letters" in result.output


def test_wrong_options_are_told_all_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    result = run(folder, "--yes", "--phone", "12", "--country", "Brasil", "--currency", "QQQ", "--base-url", "foo")
    assert isinstance(result.exception, UsageError)
    told = [problem.message.split()[0] for problem in result.exception.problems]
    assert sorted(told) == ["--base-url", "--country", "--currency", "--phone"]
    assert not folder.exists()


def test_a_folder_with_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("dealer: mine\n")
    result = run(tmp_path, "--yes")
    assert isinstance(result.exception, UsageError)
    assert "site.yaml" in result.exception.message
    assert files(tmp_path) == {"site.yaml"}
    assert (tmp_path / "site.yaml").read_text() == "dealer: mine\n"


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("")
    assert isinstance(run(tmp_path / "there", "--yes").exception, UsageError)


def test_hidden_files_may_be_there_and_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("mine\n")
    result = run(tmp_path, "--yes")
    assert result.exit_code == 0, result.output
    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    assert "Left as it was: .gitignore" in result.output


def test_the_tree_names_each_file_made_and_the_commands_come_next(tmp_path: Path) -> None:
    result = run(tmp_path / "my dealer", "--yes")
    for name in files(tmp_path / "my dealer"):
        assert name.rsplit("/", 1)[-1] in result.output
    assert f'cd "{tmp_path / "my dealer"}"' in result.output
    assert "dealergen serve" in result.output


def test_pipelines_build_on_push_and_every_day_without_a_secret_in_the_files(tmp_path: Path) -> None:
    run(tmp_path, "--yes")
    workflow = yaml.load((tmp_path / ".github/workflows/site.yml").read_text(), yaml.BaseLoader)  # noqa: S506
    assert {"push", "schedule"} <= set(workflow["on"])
    assert workflow["on"]["schedule"][0]["cron"].split()[2:] == ["*", "*", "*"]
    steps = [step["run"] for step in workflow["jobs"]["build"]["steps"] if "run" in step]
    assert "dealergen build" in steps
    assert workflow["jobs"]["build"]["steps"][-1]["env"]["HOOK"] == "${{ secrets.NETLIFY_BUILD_HOOK }}"


@pytest.mark.parametrize(
    ("price", "own", "wanted", "written"),
    [(62900, "BRL", "BRL", "62900"), (24990, "USD", "EUR", "22490"), (24990, "USD", "JPY", "3749000")],
)
def test_prices_keep_their_order_of_magnitude_in_another_currency(
    price: int, own: str, wanted: str, written: str
) -> None:
    assert f"{in_currency(price, own, wanted):f}" == written


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_name_comes_through_yaml_as_it_was_typed(name: str) -> None:
    assert "\n" not in quoted(name)
    assert yaml.safe_load(quoted(name)) == name


def test_a_name_full_of_signs_is_text_in_every_file(tmp_path: Path) -> None:
    name = 'Zé\'s "Autos": #1 {{ 7*7 }} *&* <b>São João</b> [x](y)'
    result = run(tmp_path, "--yes", "--name", name)
    assert result.exit_code == 0, result.output
    made = load_settings(tmp_path / "site.yaml")
    assert made.dealer.name == name
    about = next(e for e in read_content(tmp_path, made)[0] if e.name == "about")
    assert "<b>" not in about.html
    assert "<a " not in about.html
    assert "{{ 7*7 }}" in about.html


def test_markdown_s_signs_are_escaped_and_lines_joined() -> None:
    assert literal("a*b_c\n<i>") == r"a\*b\_c &lt;i&gt;"


def test_a_template_is_never_run_over_an_answer() -> None:
    answers = Answers(
        language="en", name="<< price(1) >>", city="X", region="Y", country="US", street="Z", postal_code="1",
        phone="+1 217 555 0100", currency="USD",
    )  # fmt: skip
    assert yaml.safe_load(plan(answers)["site.yaml"])["dealer"]["name"] == "<< price(1) >>"
