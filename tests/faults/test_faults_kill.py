"""A build that is killed leaves every file whole, and the next one repairs the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealergen.engine import workers
from tests.faults.faults_lot import (
    JOURNAL,
    ChangingLot,
    build_apart,
    clean_build,
    differences,
    faults_in,
    kill,
    ledger_of,
    reader,
    reads_in,
    standing,
    wait_until,
)

pytestmark = pytest.mark.audit

KILLS = 25
"""For each number of workers: fifty in all."""
MAKING = 0.5
"""Seconds after the journal's appearance within which a build is killed, if it is not over before."""


@pytest.mark.parametrize("jobs", [1, 2])
def test_after_a_kill_at_any_moment_the_next_build_equals_a_clean_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(workers, "WORTH_FORKING", 50)
    lot = ChangingLot(tmp_path / "lot", seed=jobs)
    lot.site.build(now=lot.now)
    journal, log = lot.site.root / JOURNAL, tmp_path / "log"
    log.touch()
    killed = interrupted = 0
    with reader(lot.site.out, log):
        while killed < KILLS:
            before = ledger_of(lot)
            lot.change()
            pid = build_apart(lot.site.root, now=lot.now, jobs=jobs)
            if killed % 5:
                wait_until(journal.exists, 5)
            wait_until(lambda: False, lot.random.uniform(0, MAKING))
            killed += kill(pid, whole_group=bool(killed % 2))
            interrupted += journal.exists()
            lot.site.build(now=lot.now, jobs=jobs)
            assert differences(standing(lot), clean_build(lot, before, tmp_path / "clean")) == []
            assert not journal.exists()
            assert list(lot.site.root.rglob("*.part*")) == []
    assert faults_in(log) == []
    assert reads_in(log) > 1000
    assert interrupted > KILLS / 3, "the kills came too early or too late to prove anything"
