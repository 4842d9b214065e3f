"""`dealergen inventory check`, as a person, a pipeline and a vendor meet it."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dealergen.cli import cli

TWINS = Path(__file__).parent / "files"
GOOD = "make,model,year,price,cost\nFiat,Uno,2019,39900,31111\nFord,Ka,2018,35900,32222\n"
SITE = """\
dealer: { name: Garagem Exemplo }
rooftops:
  - id: centro
    name: Centro
    address: { street: Rua A 1, city: Exemplo, region: SP, postal_code: "01000-000", country: BR }
    phones: [{ number: "+55 11 3456-7890" }]
base_url: https://www.garagem.example
inventory:
  source: stock.csv
  columns: { price: Valor B }
"""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, and a terminal of a known width."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def check(*words: object) -> Result:
    return CliRunner().invoke(cli, ["inventory", "check", *map(str, words)], prog_name="dealergen")


def written(folder: Path, text: str, name: str = "stock.csv") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def account(*words: object) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(check(*words, "--json").stdout)
    return result


def test_a_person_sees_how_the_file_is_written_and_which_column_is_what(elsewhere: Path) -> None:
    result = check(written(elsewhere, GOOD + "VW,Gol,2020,37900,33333\n"))
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("stock.csv ──")
    assert lines[1].strip() == "utf-8 · commas · header on line 1 · no profile · 3 rows"
    [price] = [line.split() for line in lines if line.strip().startswith("price ")]
    assert price == ["price", "price", "39900", "3", "35900", "37900", "39900", "alias"]
    assert "3 rows → 3 vehicles · 0 set aside · 0 duplicates · 0 warnings" in result.stdout


def test_private_columns_are_named_and_their_values_are_not(elsewhere: Path) -> None:
    for words in ((), ("--json",)):
        output = check(written(elsewhere, GOOD), *words).stdout
        assert "31111" not in output
        assert "32222" not in output
    assert "private – never published (1)\n    cost" in check(elsewhere / "stock.csv").stdout


def test_the_lines_that_correct_the_reading_are_shown(elsewhere: Path) -> None:
    output = check(written(elsewhere, "Model,Pirce,Year,Mileage\nUno,39900,2019,10\n")).stdout
    assert "  inventory:\n    columns:\n      price: Pirce\n      make: <header>" in output
    assert "make: <make>            # if every vehicle is of one make" in output


def test_output_fits_eighty_columns_and_has_no_colours_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for file in ("br-dms-latin1.csv", "ca-google-vehicles.tsv", "us-two-sources.csv"):
        output = check(TWINS / file).stdout
        assert max(map(len, output.splitlines())) <= 80
        assert "\x1b" not in output


def test_rows_set_aside_are_told_with_line_and_remedy_and_the_exit_code_is_1(elsewhere: Path) -> None:
    result = check(written(elsewhere, GOOD + "Audi,A4,Azul,Diesel,x\nVW,Gol,2020,41900,33333\n"))
    assert result.exit_code == 1
    assert "1 set aside" in result.stdout
    _, _, below = result.stdout.partition("Set aside")
    assert "line 4" in below
    assert "→ " in below


def test_a_row_set_aside_stands_in_the_json_with_its_place(elsewhere: Path) -> None:
    found = account(written(elsewhere, GOOD + "Audi,A4,Azul,Diesel,x\nVW,Gol,2020,41900,33333\n"))
    assert (found["ok"], found["exit_code"], found["vehicles"]) == (False, 1, 3)
    [problem] = found["set_aside"]
    assert (problem["file"], problem["line"]) == ("stock.csv", 4)
    assert problem["remedy"]


def test_the_json_holds_every_column_and_why(elsewhere: Path) -> None:
    found = account(written(elsewhere, GOOD))
    assert (found["ok"], found["exit_code"]) == (True, 0)
    [file] = found["files"]
    assert (file["encoding"], file["delimiter"], file["header_line"], file["rows"]) == ("utf-8", ",", 1, 2)
    columns = {column["header"]: column for column in file["columns"]}
    assert (columns["price"]["field"], columns["price"]["samples"]) == ("price", ["39900", "35900"])
    assert (columns["cost"]["field"], columns["cost"]["reason"], columns["cost"]["samples"]) == (
        None, "private (cost)", [],
    )  # fmt: skip


def test_the_report_for_the_vendor_is_one_line_a_problem_and_harmless_in_a_spreadsheet(elsewhere: Path) -> None:
    text = GOOD + "=cmd(),A4,=1+2,2018,x\nVW,Gol,2020,41900,33333\n"
    result = check(written(elsewhere, text), "--csv", "report.csv")
    assert "report.csv" in result.stdout
    raw = (elsewhere / "report.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))
    assert list(rows[0]) == ["file", "line", "column", "value", "message", "remedy"]
    assert ("stock.csv", "4") in {(row["file"], row["line"]) for row in rows}
    assert [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))] == []


def test_duplicates_are_told_by_line(elsewhere: Path) -> None:
    result = check(TWINS / "us-two-sources.csv")
    assert "line 4 is kept, line 3 is not" in result.stdout
    assert "3 rows → 2 vehicles · 0 set aside · 1 duplicate" in result.stdout


def test_a_sign_in_page_is_refused_with_exit_code_4(elsewhere: Path) -> None:
    result = check(TWINS / "html-saved-as.csv", "--csv", "report.csv")
    assert result.exit_code == 4
    assert "is a web page, perhaps a sign-in page, not a table of vehicles." in result.stderr
    assert "is a web page" in (elsewhere / "report.csv").read_text("utf-8-sig")
    found = account(TWINS / "html-saved-as.csv")
    assert (found["ok"], found["exit_code"]) == (False, 4)
    assert "web page" in found["error"]["message"]


def test_a_file_that_a_build_would_refuse_is_shown_and_then_refused(elsewhere: Path) -> None:
    rows = "".join(f",,201{number},39900,x\n" for number in range(6))
    result = check(written(elsewhere, GOOD + rows))
    assert result.exit_code == 4
    assert "Set aside" in result.stdout
    assert "6 of 8 rows cannot be read" in result.stderr


def test_columns_told_on_the_command_line_win(elsewhere: Path) -> None:
    file = written(elsewhere, "Modelo,Preço,Valor B\nUno,1000,39900\n")
    found = account(file, "--columns", "price=Valor B")
    fields = {column["field"]: column["header"] for column in found["files"][0]["columns"]}
    assert fields["price"] == "Valor B"


def test_a_file_without_headers_is_read_with_the_columns_in_order(elsewhere: Path) -> None:
    file = written(elsewhere, "Fiat,Uno,2019,x,39900\nFord,Ka,2018,x,35900\n")
    assert check(file).exit_code == 4
    found = account(file, "--columns", "make,model,year,-,price")
    assert [column["field"] for column in found["files"][0]["columns"]] == ["make", "model", "year", None, "price"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--encoding", "ebcdic"], 2, "--encoding 'ebcdic'"),
        (["--columns", "price"], 2, "not FIELD=HEADER"),
        (["--currency", "R$"], 2, "ISO 4217"),
        (["--delimiter", "x"], 2, "--delimiter"),
        (["--profile", "home-net"], 3, "did you mean 'homenet'"),
        (["--columns", "prise=price", "--columns", "model=model"], 3, "did you mean 'price'"),
        (["--columns", "price=Prize", "--columns", "model=model"], 3, "did you mean 'price'"),
    ],
)
def test_words_that_do_not_fit_are_told_with_the_right_exit_code(
    elsewhere: Path, words: list[str], code: int, told: str
) -> None:
    result = check(written(elsewhere, GOOD), *words)
    if words == ["--columns", "price"]:
        result = check(elsewhere / "stock.csv", "--columns", "price", "--columns", "model=model")
    assert result.exit_code == code
    assert told in result.stderr


def test_without_a_file_and_without_a_site_the_usage_is_told() -> None:
    result = check()
    assert result.exit_code == 2
    assert "site.yaml" in result.stderr


def test_a_site_is_checked_with_its_own_settings(elsewhere: Path) -> None:
    site = elsewhere / "site"
    site.mkdir()
    written(site, SITE, "site.yaml")
    written(site, "Marca,Modelo,Preço,Valor B\nFiat,Uno,1000,39900\n")
    found = account("--site", site)
    assert found["files"][0]["file"] == "stock.csv"
    fields = {column["field"]: column["header"] for column in found["files"][0]["columns"]}
    assert fields["price"] == "Valor B"


def test_data_cannot_steer_the_terminal(elsewhere: Path) -> None:
    file = written(elsewhere, "make,model,\x1b[31mred\nFi\u202eat,\x1b]0;owned\x07Uno,[bold]x[/bold]\n")
    output = check(file).stdout
    assert "\x1b" not in output
    assert "\u202e" not in output
    assert "[31mred" in output


def test_the_demo_of_a_vendors_profile_names_it(elsewhere: Path) -> None:
    shutil.copy(TWINS / "us-homenet.csv", elsewhere)
    assert "profile homenet · 2 rows" in check("us-homenet.csv").stdout


def test_a_file_from_elsewhere_is_not_read_with_this_sites_columns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "site.yaml").write_text("inventory: {columns: {stock_number: Código}}\n", "utf-8")
    (tmp_path / "stray.csv").write_text("Make,Model,Price\nFiat,Argo,69900\n", "utf-8")
    monkeypatch.chdir(site)
    result = CliRunner().invoke(cli, ["inventory", "check", "../stray.csv"])
    assert result.exit_code == 0, result.output
    assert "Read with default settings" in result.output
