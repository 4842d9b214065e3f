"""What the preview watches and shows of the sources, even when they do not hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealergen.errors import Place, Problem, SettingsError
from dealergen.serve.outcome import excerpt, failure_of
from dealergen.serve.sources import Sources, read_sources
from dealergen.serve.watch import watching
from tests.serve.running_preview import wait_until


@pytest.mark.parametrize("text", ["", "- a", "inventory: 7", "a: [", "inventory:\n  source: https://x.example/a.csv"])
def test_settings_that_do_not_hold_leave_the_defaults(tmp_path: Path, text: str) -> None:
    (tmp_path / "site.yaml").write_text(text)
    sources = read_sources(tmp_path)
    assert (sources.elsewhere, sources.form_action, sources.prefix) == ((), "/api/lead", "")
    assert sources.remote is ("https:" in text)


def test_sources_outside_of_the_site_and_the_paths_of_its_address_are_known(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(
        "base_url: https://www.example.com/shop/\ninventory:\n  source: [../exports/*.csv, inside.csv]\n"
        "photos:\n  folder: ../photos\nforms:\n  action: /send\n"
    )
    assert read_sources(tmp_path) == Sources(
        (tmp_path.parent / "exports" / "*.csv", tmp_path.parent / "photos"),
        "/send",
        "/shop",
        (tmp_path.parent / "exports" / "*.csv", tmp_path / "inside.csv"),
        photos=tmp_path.parent / "photos",
    )


def test_files_outside_of_the_site_are_watched_but_not_their_neighbours(tmp_path: Path) -> None:
    root, exports = tmp_path / "site", tmp_path / "exports"
    root.mkdir()
    exports.mkdir()
    seen: list[str] = []
    with watching(root, root / "public", [exports / "*.csv"], seen.append):
        (exports / "notes.txt").write_text("x")
        (exports / "stock.csv").write_text("x")
        wait_until(lambda: seen)
    assert set(seen) == {str(exports / "stock.csv")}


def test_environments_and_hidden_folders_are_not_watched(tmp_path: Path) -> None:
    for name in (".git", "env", "node_modules", "content"):
        (tmp_path / name).mkdir()
    (tmp_path / "env" / "pyvenv.cfg").write_text("")
    seen: list[str] = []
    with watching(tmp_path, tmp_path / "public", [], seen.append):
        for name in (".git", "env", "node_modules", "content"):
            (tmp_path / name / "file.md").write_text("x")
        wait_until(lambda: seen)
    assert set(seen) == {str(tmp_path / "content" / "file.md")}


def test_the_lines_around_a_problem_are_shown(tmp_path: Path) -> None:
    file = tmp_path / "site.yaml"
    file.write_text("".join(f"line {number}\n" for number in range(1, 11)))
    shown = excerpt(file, 5)
    assert [row["number"] for row in shown] == [2, 3, 4, 5, 6, 7, 8]
    assert [row["text"] for row in shown if row["here"]] == ["line 5"]
    assert [row["number"] for row in excerpt(file, 1)] == [1, 2, 3, 4]
    assert excerpt(file, 400) == []


def test_files_that_are_not_text_show_no_lines(tmp_path: Path) -> None:
    (tmp_path / "stock.xlsx").write_bytes(b"PK\x03\x04\xff\xfe")
    assert excerpt(tmp_path / "stock.xlsx", 1) == []
    assert excerpt(tmp_path / "gone.csv", 1) == []


def test_a_problem_is_shown_with_a_path_within_the_site(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("nme: Aurora\n")
    problem = Problem("settings.unknown", "no such setting", Place(str(tmp_path / "site.yaml"), 1, 1), "nme")
    failure = failure_of(SettingsError("site.yaml does not hold", problems=[problem]), tmp_path)
    assert failure.problems[0]["file"] == "site.yaml"
    assert failure.problems[0]["excerpt"] == [{"number": 1, "text": "nme: Aurora", "here": True}]
    assert failure.detail == ""


def test_a_bug_is_shown_with_its_traceback(tmp_path: Path) -> None:
    failure = failure_of(ZeroDivisionError("division by zero"), tmp_path)
    assert failure.message == "dealergen ran into a bug: ZeroDivisionError: division by zero"
    assert "ZeroDivisionError" in failure.detail
