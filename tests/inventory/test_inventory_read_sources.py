"""Where files come from: paths, globs, lists, and what is told when there is nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dealergen.config import InventorySettings
from dealergen.errors import InventoryRefused
from dealergen.inventory.sources import source_files


def names(root: Path, source: str | list[str]) -> list[str]:
    files = source_files(InventorySettings(source=source), root, cache=root / "cache", now=dt.date(2026, 11, 22))
    return [file.name for file in files]


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    (tmp_path / "exports").mkdir()
    for name in ("b.csv", "a.csv", "c.txt", "d[1].csv"):
        (tmp_path / "exports" / name).write_text("make,model\nFiat,Uno\n", "utf-8")
    return tmp_path


def test_a_path_is_relative_to_the_sites_folder(exports: Path) -> None:
    assert names(exports, "exports/a.csv") == ["exports/a.csv"]


def test_a_path_outside_the_site_is_shown_whole(exports: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("site")
    assert names(root, str(exports / "exports" / "a.csv")) == [str(exports / "exports" / "a.csv")]


def test_a_globs_files_come_sorted(exports: Path) -> None:
    assert names(exports, "exports/*.csv") == ["exports/a.csv", "exports/b.csv", "exports/d[1].csv"]


def test_a_list_keeps_its_order_and_reads_no_file_twice(exports: Path) -> None:
    assert names(exports, ["exports/b.csv", "exports/[ab].csv"]) == ["exports/b.csv", "exports/a.csv"]


def test_brackets_in_a_files_own_name_are_no_pattern(exports: Path) -> None:
    assert names(exports, "exports/d[1].csv") == ["exports/d[1].csv"]


def test_a_glob_that_matches_nothing_is_refused(exports: Path) -> None:
    with pytest.raises(InventoryRefused, match=r"no file matches exports/\*\.xlsx"):
        names(exports, "exports/*.xlsx")


def test_a_missing_file_is_refused_with_the_nearest_name(exports: Path) -> None:
    with pytest.raises(InventoryRefused, match=r"there is no file exports/aa\.csv; did you mean 'a\.csv'"):
        names(exports, "exports/aa.csv")


def test_a_folder_is_refused_with_the_pattern_that_reads_it(exports: Path) -> None:
    with pytest.raises(InventoryRefused) as refused:
        names(exports, "exports/")
    assert "`exports/*.csv`" in refused.value.remedy


def test_an_unreadable_scheme_is_refused(exports: Path) -> None:
    with pytest.raises(InventoryRefused, match="is not https"):
        names(exports, "ftp://dms.example/stock.csv")
