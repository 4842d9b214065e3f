"""`dealergen clean`: it removes what builds made, and nothing that cannot be made again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from dealergen.engine.manifest import Record, write_manifest

Run = Callable[..., Result]


@pytest.fixture
def built(site: Path) -> Path:
    """A site after a build: output, manifest, caches, ledger and a lead."""
    state = site / ".dealergen"
    files = [
        site / "public" / "index.html",
        state / "cache" / "photos" / "1.webp",
        state / "cache" / "sheets" / "1.csv",
        state / "changes.json",
        state / "schedule.json",
        state / "ledger.json",
        state / "leads" / "1.json",
    ]
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("made")
    (state / "builds" / "public").mkdir(parents=True)
    write_manifest(state / "builds" / "public" / "manifest.tsv", {"index.html": Record("0", "0", 4, 0)})
    return site


def _files(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


KEPT = {"site.yaml", ".dealergen/ledger.json", ".dealergen/leads/1.json"}
PHOTOS = {".dealergen/cache/photos/1.webp"}


def test_the_site_and_the_builds_memory_go_the_photos_stay(run: Run, built: Path) -> None:
    assert run("clean", "--yes").exit_code == 0
    assert _files(built) == KEPT | PHOTOS
    assert not (built / "public").exists()


def test_all_takes_the_photos_too(run: Run, built: Path) -> None:
    assert run("clean", "--all", "--yes").exit_code == 0
    assert _files(built) == KEPT


def test_photos_takes_only_the_photos(run: Run, built: Path) -> None:
    before = _files(built)
    assert run("clean", "--photos", "--yes").exit_code == 0
    assert _files(built) == before - PHOTOS


def test_the_ledger_goes_only_when_named(run: Run, built: Path) -> None:
    assert run("clean", "--ledger", "--yes").exit_code == 0
    assert _files(built) == (KEPT - {".dealergen/ledger.json"}) | PHOTOS


def test_a_dry_run_lists_and_removes_nothing(run: Run, built: Path) -> None:
    before = _files(built)
    result = run("clean", "--dry-run")
    assert result.exit_code == 0
    assert "Would remove public" in result.output.splitlines()
    assert _files(built) == before


def test_it_asks_before_it_removes(run: Run, built: Path) -> None:
    before = _files(built)
    assert run("clean", input="n\n").exit_code == 1
    assert _files(built) == before
    assert run("clean", input="y\n").exit_code == 0
    assert "public/index.html" not in _files(built)


def test_a_folder_that_no_build_made_is_refused(run: Run, site: Path) -> None:
    (site / "public").mkdir()
    (site / "public" / "thesis.doc").write_text("years of work")
    result = run("clean", "--yes")
    assert result.exit_code == 7
    assert "public was not made by dealergen" in result.stderr
    assert (site / "public" / "thesis.doc").exists()


def test_force_removes_it_all_the_same(run: Run, site: Path) -> None:
    (site / "public").mkdir()
    (site / "public" / "index.html").write_text("old")
    assert run("clean", "--yes", "--force").exit_code == 0
    assert not (site / "public").exists()


def test_a_link_is_never_followed(run: Run, built: Path, tmp_path: Path) -> None:
    (built / "public" / "index.html").unlink()
    (built / "public").rmdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "index.html").write_text("precious")
    (built / "public").symlink_to(elsewhere)
    assert run("clean", "--yes", "--force").exit_code == 7
    assert (elsewhere / "index.html").exists()


def test_a_clean_site_has_nothing_to_remove(run: Run, site: Path) -> None:
    result = run("clean")
    assert (result.exit_code, result.output) == (0, "There is nothing to remove.\n")


def test_options_that_exclude_each_other_are_told(run: Run, built: Path) -> None:
    assert run("clean", "--photos", "--all").exit_code == 2
