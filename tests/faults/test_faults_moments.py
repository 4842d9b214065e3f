"""A build that dies at each of the moments that count, one after the other."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from dealergen.engine.journal import Journal
from tests.conftest import NOW, Dealership
from tests.faults.faults_lot import (
    JOURNAL,
    ChangingLot,
    build_apart,
    clean_build,
    differences,
    kill,
    ledger_of,
    standing,
)

run_module = import_module("dealergen.build.run")
make_module = import_module("dealergen.engine.make")  # beside a function of that name in the package
workers_module = import_module("dealergen.engine.workers")

HEADER = "Código;Marca;Modelo;Ano;KM;Preço;Situação\n"
ARGO, TORO = "T1;Fiat;Argo;2021;42000;69900;Disponível\n", "T2;Fiat;Toro;2022;30000;139900;Disponível\n"


def die(*_arguments: Any, **_options: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def after(function: Callable[..., Any], calls: int = 1) -> Callable[..., Any]:
    """`function`, and death when it has been called so often."""
    left = [calls]

    def deadly(*arguments: Any, **options: Any) -> Any:
        answer = function(*arguments, **options)
        left[0] -= 1
        if left[0] == 0:
            die()
        return answer

    return deadly


MOMENTS: dict[str, tuple[object, str, Callable[..., Any]]] = {
    "with the journal begun": (run_module, "write_ledger", die),
    "with the ledger written": (run_module, "write_ledger", after(run_module.write_ledger)),
    "between a file and its name": (workers_module, "replace_file", die),
    "after ten files": (workers_module, "replace_file", after(workers_module.replace_file, 10)),
    "before a removal": (make_module, "remove_file", die),
    "after a removal": (make_module, "remove_file", after(make_module.remove_file)),
    "before the report of changes": (run_module, "write_changes", die),
    "before the manifest": (make_module, "write_manifest", die),
    "after the manifest": (make_module, "write_manifest", after(make_module.write_manifest)),
    "after the journal": (Journal, "__exit__", after(Journal.__exit__)),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_next_build_repairs_what_was_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    lot = ChangingLot(tmp_path / "lot", seed=3, vehicles=40)
    lot.site.build(now=lot.now)
    before = ledger_of(lot)
    lot.change()
    with monkeypatch.context() as patched:
        patched.setattr(*MOMENTS[moment])
        _, status = os.waitpid(build_apart(lot.site.root, now=lot.now, jobs=1), 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert (lot.site.root / JOURNAL).exists() == (moment != "after the journal")
    lot.site.build(now=lot.now)
    assert differences(standing(lot), clean_build(lot, before, tmp_path / "clean")) == []


@pytest.mark.parametrize("moment", ["after ten files", "before the manifest", "after the manifest"])
def test_an_address_that_stood_only_until_the_kill_leads_on_all_the_same(
    dealership: Dealership, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    dealership.inventory(HEADER + ARGO)
    dealership.build()
    dealership.inventory(HEADER + ARGO + TORO)
    with monkeypatch.context() as patched:
        patched.setattr(*MOMENTS[moment])
        os.waitpid(build_apart(dealership.root, now=NOW, jobs=1), 0)
    (stood,) = {path for path in dealership.pages() if path.startswith("/estoque/fiat/toro/2022")}
    dealership.inventory(HEADER + ARGO)
    for year in (2027, 2028):  # first missed, and long sold
        dealership.build(now=NOW.replace(year=year), accept=True)
    assert stood not in dealership.pages()
    assert f"{stood} /estoque/fiat/ 301" in dealership.page("/_redirects").splitlines()


def test_a_report_of_changes_that_was_lost_to_a_kill_is_made_again(
    dealership: Dealership, monkeypatch: pytest.MonkeyPatch
) -> None:
    dealership.inventory(HEADER + ARGO)
    dealership.build()
    dealership.inventory(HEADER + ARGO + TORO)
    with monkeypatch.context() as patched:
        patched.setattr(*MOMENTS["before the manifest"])
        os.waitpid(build_apart(dealership.root, now=NOW, jobs=1), 0)
    dealership.build()
    report = (dealership.root / ".dealergen/changes.json").read_text()
    assert any(path in report for path in dealership.pages() if path.startswith("/estoque/fiat/toro/2022"))


def test_a_killed_build_lets_go_of_the_folder(tmp_path: Path) -> None:
    lot = ChangingLot(tmp_path / "lot", seed=4, vehicles=60)
    pid = build_apart(lot.site.root, now=lot.now, jobs=2)
    kill(pid, whole_group=False)
    lot.site.build(now=lot.now, wait=5)
    assert "/index.html" in {f"/{path}" for path in lot.site.files()}
