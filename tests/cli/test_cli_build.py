"""`dealergen build`: what it hands on, what it prints, and how it ends."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from dealergen.errors import InventoryRefused, Place, Problem
from tests.cli.fake_build import FakeBuild

Run = Callable[..., Result]

ROW = Problem("inventory.year", "the year is not plausible", Place("inventory.csv", 7, "Ano"), "20255", level="warning")


def test_the_summary_counts_what_was_done(run: Run, site: Path, fake_build: FakeBuild) -> None:
    fake_build.report = {"set_aside": [ROW, ROW], "duplicates": 1}
    result = run("build")
    assert result.exit_code == 0
    first = result.stdout.splitlines()[0]
    assert first.startswith(
        "60 vehicles · 214 pages made, 0 skipped · 231 files written, 0 removed · 2 rows set aside · 1 duplicate · "
    )
    assert first.endswith(" s")
    assert result.stdout.splitlines()[-1] == "The site is in public. See it with: dealergen serve"


def test_in_a_pipeline_each_step_is_a_plain_line_on_stderr(run: Run, site: Path, fake_build: FakeBuild) -> None:
    assert run("build").stderr == "Read\nMake (214)\n"


def test_quiet_says_nothing(run: Run, site: Path, fake_build: FakeBuild) -> None:
    result = run("build", "-q")
    assert (result.exit_code, result.output) == (0, "")


def test_verbose_adds_the_time_of_each_step(run: Run, site: Path, fake_build: FakeBuild) -> None:
    result = run("-v", "build")
    assert "  read: 0.25 s" in result.stdout.splitlines()
    assert "  Make: 0.00 s" in result.stderr.splitlines()


def test_warnings_are_grouped_with_the_first_in_full(run: Run, site: Path, fake_build: FakeBuild) -> None:
    other = Problem("photos.damaged", "the photo is damaged", Place("photos/1.jpg"), level="warning")
    fake_build.report = {"warnings": [other, ROW, ROW, ROW]}
    lines = run("build").stdout.splitlines()
    at = lines.index("Warnings (4):")
    assert lines[at + 1 : at + 3] == [
        "  inventory.csv:7 [Ano]: the year is not plausible (found '20255'). (and 2 more like this)",
        "  photos/1.jpg: the photo is damaged.",
    ]


def test_ten_kinds_of_warnings_are_shown_and_the_rest_counted(run: Run, site: Path, fake_build: FakeBuild) -> None:
    fake_build.report = {"warnings": [Problem(f"kind.{number}", f"odd {number}") for number in range(13)]}
    lines = run("build").stdout.splitlines()
    assert "  odd 9." in lines
    assert "  odd 10." not in lines
    assert "  … and 3 other kinds; --json lists everything" in lines


def test_the_next_moment_of_change_is_told(run: Run, site: Path, fake_build: FakeBuild) -> None:
    zone = dt.timezone(dt.timedelta(hours=-3), "BRT")
    fake_build.report = {"next_change": dt.datetime(2025, 11, 28, 18, 0, tzinfo=zone)}
    assert "The site changes next on 2025-11-28 at 18:00 BRT: build again then." in run("build").stdout.splitlines()


def test_json_prints_the_report_and_nothing_else(run: Run, site: Path, fake_build: FakeBuild) -> None:
    fake_build.report = {"warnings": [ROW]}
    told = json.loads(run("build", "--json").stdout)
    assert told["ok"] is True
    assert told["vehicles"] == 60
    assert told["warnings"][0]["line"] == 7


def test_json_tells_a_failure_too(run: Run, site: Path, fake_build: FakeBuild) -> None:
    fake_build.error = InventoryRefused("The file shrank by 90 %", remedy="Look at it.", problems=[ROW])
    result = run("build", "--json")
    assert result.exit_code == 4
    error = json.loads(result.stdout)["error"]
    assert (error["message"], error["exit_code"], error["problems"][0]["code"]) == (
        "The file shrank by 90 %",
        4,
        "inventory.year",
    )


@pytest.mark.parametrize("found", ["warnings", "set_aside"])
def test_strict_fails_on_warnings_and_on_rows_set_aside(
    run: Run, site: Path, fake_build: FakeBuild, found: str
) -> None:
    fake_build.report = {found: [ROW]}
    assert run("build").exit_code == 0
    result = run("build", "--strict")
    assert result.exit_code == 1
    assert "Failed because of --strict" in result.stderr
    assert json.loads(run("build", "--strict", "--json").stdout)["ok"] is False


def test_a_notice_is_told_but_does_not_fail_strict(run: Run, site: Path, fake_build: FakeBuild) -> None:
    fake_build.report = {"warnings": [Problem("ledger.new", "a ledger is begun", level="notice")]}
    result = run("build", "--strict")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1:3] == ["Notices (1):", "  a ledger is begun."]


def test_strict_passes_where_nothing_is_odd(run: Run, site: Path, fake_build: FakeBuild) -> None:
    assert run("build", "--strict").exit_code == 0


def test_every_option_reaches_the_builder(run: Run, site: Path, fake_build: FakeBuild) -> None:
    run(
        *("build", "--out", "elsewhere", "--base-url", "https://preview.example", "--jobs", "2", "--accept"),
        *("--now", "2025-11-28T09:00:00-03:00", "--source", "other.csv", "--atomic", "--keep", "3", "--wait", "1.5"),
    )
    (call,) = fake_build.calls
    assert call == {
        "root": site,
        "out": site / "elsewhere",
        "base_url": "https://preview.example",
        "now": dt.datetime(2025, 11, 28, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=-3))),
        "jobs": 2,
        "accept": True,
        "source": "other.csv",
        "atomic": True,
        "keep": 3,
        "wait": 1.5,
    }


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-11-28", dt.datetime(2025, 11, 28)),  # noqa: DTZ001  # the main rooftop's zone is the builder's to add
        ("2025-11-28T09:30", dt.datetime(2025, 11, 28, 9, 30)),  # noqa: DTZ001
        ("2025-11-28T09:30Z", dt.datetime(2025, 11, 28, 9, 30, tzinfo=dt.UTC)),
    ],
)
def test_the_clock_is_read_with_or_without_a_zone(
    run: Run, site: Path, fake_build: FakeBuild, text: str, moment: dt.datetime
) -> None:
    run("build", "--now", text)
    assert fake_build.calls[0]["now"] == moment


@pytest.mark.parametrize("words", [("--now", "friday"), ("--jobs", "0"), ("--frobnicate",)])
def test_words_that_do_not_fit_are_usage_errors(
    run: Run, site: Path, fake_build: FakeBuild, words: tuple[str, ...]
) -> None:
    assert run("build", *words).exit_code == 2
    assert fake_build.calls == []


def test_the_site_is_found_upwards(
    run: Run, site: Path, fake_build: FakeBuild, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "content" / "posts").mkdir(parents=True)
    monkeypatch.chdir(site / "content" / "posts")
    assert run("build").exit_code == 0
    assert fake_build.calls[0]["root"] == site


@pytest.mark.parametrize("named", ["site", "site/site.yaml"])
def test_the_site_may_be_named_by_its_folder_or_its_settings(
    run: Run, site: Path, fake_build: FakeBuild, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.chdir(site.parent)
    assert run("build", "--site", named).exit_code == 0
    assert fake_build.calls[0]["root"] == site


def test_a_folder_without_settings_is_told_what_to_do(run: Run, tmp_path: Path) -> None:
    result = run("build", "--site", tmp_path)
    assert result.exit_code == 2
    assert f"There is no site.yaml in {tmp_path}." in result.stderr
    assert "dealergen new" in result.stderr


def test_outside_of_any_site_the_remedy_names_the_option(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("build")
    assert result.exit_code == 2
    assert "--site PATH" in result.stderr
