"""Whole releases: a reader sees the old site or the new one, and never a gap between them."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from dealergen.engine import release
from dealergen.errors import OutputError, RenderError
from tests.faults.faults_lot import (
    ChangingLot,
    build_apart,
    clean_build,
    differences,
    faults_in,
    ledger_of,
    reader,
    reads_in,
    standing,
)


@pytest.fixture
def lot(tmp_path: Path) -> ChangingLot:
    return ChangingLot(tmp_path / "lot", seed=9, vehicles=60)


def link(path: Path) -> str:
    return str(path.readlink())


def releases(lot: ChangingLot) -> list[str]:
    return sorted(path.name for path in (lot.site.root / ".public-releases").iterdir() if path.is_dir())


def test_a_page_that_stands_in_every_release_is_never_missed(lot: ChangingLot, tmp_path: Path) -> None:
    lot.site.build(now=lot.now)
    log = tmp_path / "log"
    log.touch()
    always = frozenset({"index.html", "estoque/index.html", "404.html", "sitemap.xml", "dealergen/ledger.json"})
    with reader(lot.site.out, log, always=always):
        for _ in range(12):
            before = ledger_of(lot)
            lot.change()
            lot.site.build(now=lot.now, atomic=True)
            assert differences(standing(lot), clean_build(lot, before, tmp_path / "clean")) == []
    assert faults_in(log) == []
    assert reads_in(log) > 1000


def test_what_is_served_is_a_link_to_the_newest_of_the_releases_that_stay(lot: ChangingLot) -> None:
    lot.site.build(now=lot.now, atomic=True)
    assert (link(lot.site.out), releases(lot)) == (".public-releases/1", ["1"])
    for _ in range(4):
        lot.change()
        lot.site.build(now=lot.now, keep=3)  # once so, always so
    assert (link(lot.site.out), releases(lot)) == (".public-releases/5", ["3", "4", "5"])


def test_a_build_without_a_change_makes_no_release(lot: ChangingLot) -> None:
    lot.site.build(now=lot.now, atomic=True)
    report = lot.site.build(now=lot.now, atomic=True)
    assert (report.files_written, link(lot.site.out)) == (0, ".public-releases/1")


def test_unchanged_files_are_shared_and_an_older_release_is_never_written_to(lot: ChangingLot) -> None:
    lot.site.build(now=lot.now, atomic=True)
    first, old = lot.site.out.resolve(), lot.site.files()
    lot.change()
    lot.site.build(now=lot.now)
    assert {file.relative_to(first).as_posix(): file.read_bytes() for file in first.rglob("*") if file.is_file()} == old
    style = next(iter(first.glob("assets/*.css"))).relative_to(first)
    assert (first / style).samefile(lot.site.out / style)


@pytest.mark.parametrize("exchange", [True, False])
def test_a_folder_built_without_releases_becomes_the_first_of_them(
    lot: ChangingLot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    lot.site.build(now=lot.now)
    (lot.site.out / "CNAME").write_text("www.garagem-teste.example")
    if not exchange:
        monkeypatch.setattr(release, "_exchanged", lambda _one, _other: False)
    before, old = ledger_of(lot), lot.site.files()
    lot.change()
    lot.site.build(now=lot.now, atomic=True)
    assert releases(lot) == ["0", "1"]
    zero = lot.site.root / ".public-releases/0"
    assert {file.relative_to(zero).as_posix(): file.read_bytes() for file in zero.rglob("*") if file.is_file()} == old
    assert (lot.site.out / "CNAME").read_text() == "www.garagem-teste.example"
    assert differences(standing(lot), clean_build(lot, before, tmp_path / "clean")) == ["CNAME"]


@pytest.mark.parametrize("moment", ["stage", "publish", "_swap", "_prune"])
def test_a_kill_leaves_one_release_or_the_other_and_the_next_build_repairs(
    lot: ChangingLot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    lot.site.build(now=lot.now, atomic=True)
    before, old = ledger_of(lot), lot.site.files()
    lot.change()
    with monkeypatch.context() as patched:
        patched.setattr(release.Releases, moment, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        _, status = os.waitpid(build_apart(lot.site.root, now=lot.now, jobs=1), 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    clean = clean_build(lot, before, tmp_path / "clean")
    assert lot.site.files() in (old, {path: data for path, data in clean.items() if path != "(ledger)"})
    lot.change()
    lot.change()
    now = ledger_of(lot)
    lot.site.build(now=lot.now)
    assert differences(standing(lot), clean_build(lot, now, tmp_path / "clean")) == []
    assert len(releases(lot)) == 2


def test_a_release_in_which_a_page_fails_is_not_served(lot: ChangingLot, tmp_path: Path) -> None:
    lot.site.build(now=lot.now, atomic=True)
    before, old = ledger_of(lot), lot.site.files()
    report = (lot.site.root / ".dealergen/changes.json").read_bytes()
    lot.change()
    override = lot.site.root / "templates/thanks.html"
    override.parent.mkdir()
    override.write_text("{{ nobody.knows }}")
    with pytest.raises(RenderError):
        lot.site.build(now=lot.now)
    assert lot.site.files() == old
    assert (lot.site.root / ".dealergen/changes.json").read_bytes() == report
    assert releases(lot) == ["1"]
    override.unlink()
    override.parent.rmdir()
    lot.site.build(now=lot.now)
    assert differences(standing(lot), clean_build(lot, before, tmp_path / "clean")) == []


def test_going_back_is_pointing_the_link_at_an_older_release(lot: ChangingLot, tmp_path: Path) -> None:
    lot.site.build(now=lot.now, atomic=True)
    lot.change()
    lot.site.build(now=lot.now)
    lot.site.out.unlink()
    lot.site.out.symlink_to(".public-releases/1")
    lot.change()
    before = ledger_of(lot)
    lot.site.build(now=lot.now)
    assert differences(standing(lot), clean_build(lot, before, tmp_path / "clean")) == []


def test_a_link_to_a_folder_elsewhere_stays_and_that_folder_gets_the_releases(lot: ChangingLot, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    lot.site.out.symlink_to(elsewhere)
    lot.site.build(now=lot.now, atomic=True)
    assert link(lot.site.out) == str(elsewhere)
    assert link(elsewhere) == ".elsewhere-releases/1"
    assert (lot.site.out / "index.html").is_file()


def test_releases_that_cannot_be_staged_leave_what_is_served(lot: ChangingLot) -> None:
    lot.site.build(now=lot.now, atomic=True)
    old, folder = lot.site.files(), lot.site.root / ".public-releases"
    lot.change()
    folder.rename(lot.site.root / "moved")
    folder.write_text("a file")
    with pytest.raises(OutputError) as caught:
        lot.site.build(now=lot.now, atomic=True)
    assert caught.value.message == f"A release cannot be staged in {folder}: Not a directory"
    folder.unlink()
    (lot.site.root / "moved").rename(folder)
    assert lot.site.files() == old
