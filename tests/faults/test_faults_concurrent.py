"""Two builds at once, and a build that is interrupted from the keyboard."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dealergen.engine import workers
from dealergen.engine.lock import build_lock
from dealergen.errors import OutputError
from tests.faults.faults_lot import (
    JOURNAL,
    ChangingLot,
    build_apart,
    clean_build,
    differences,
    ledger_of,
    standing,
    wait_until,
)


def test_two_builds_at_once_end_as_one_after_the_other(tmp_path: Path) -> None:
    lot = ChangingLot(tmp_path / "lot", seed=6, vehicles=60)
    processes = [build_apart(lot.site.root, now=lot.now, jobs=1) for _ in range(3)]
    assert [os.waitpid(pid, 0)[1] for pid in processes] == [0, 0, 0]
    assert differences(standing(lot), clean_build(lot, None, tmp_path / "clean")) == []


def hold(state: Path) -> subprocess.Popen[str]:
    """A process that holds the folder until it is killed."""
    code = (
        "import sys, time, pathlib; from dealergen.engine.lock import build_lock\n"
        "with build_lock(pathlib.Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(state)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_the_second_is_told_who_holds_the_folder_and_goes_on_when_it_is_free(tmp_path: Path) -> None:
    told: list[str] = []
    with hold(tmp_path) as holder:

        def hear(text: str) -> None:
            told.append(text)
            holder.kill()

        with build_lock(tmp_path, wait=20, tell=hear):
            pass
        assert len(told) == 1
        found = re.fullmatch(r"Waiting for another build of this site to end \(process (\d+), for [12] s\)", told[0])
        assert found
        assert int(found[1]) == holder.pid


def test_a_build_that_waits_in_vain_says_who_holds_the_folder(tmp_path: Path) -> None:
    lot = ChangingLot(tmp_path / "lot", seed=7, vehicles=40)
    with hold(lot.site.root / ".dealergen") as holder:
        begun = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "dealergen", "build", "--site", str(lot.site.root), "--wait", "1.3"],
            check=False,
            capture_output=True,
            text=True,
        )
        holder.kill()
    assert time.monotonic() - begun > 1.3
    assert done.returncode == 7
    told, error, remedy = done.stderr.splitlines()
    assert f"Waiting for another build of this site to end (process {holder.pid}, for " in told
    assert error.startswith(f"Error: Another build holds {lot.site.root / '.dealergen'} (process {holder.pid}, for ")
    assert remedy == "Wait for it to end, or stop it; --wait SECONDS says how long to be patient."
    assert not lot.site.out.exists()


def test_with_no_patience_the_answer_is_at_once(tmp_path: Path) -> None:
    with hold(tmp_path) as holder:
        with pytest.raises(OutputError), build_lock(tmp_path):
            pass
        holder.kill()


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_stops_the_workers_and_leaves_a_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(workers, "WORTH_FORKING", 50)
    lot = ChangingLot(tmp_path / "lot", seed=8, vehicles=300)
    lot.site.build(now=lot.now)
    before = ledger_of(lot)
    lot.name = "Garagem Nova"
    lot.write()
    pid = build_apart(lot.site.root, now=lot.now, jobs=jobs)
    assert wait_until(lambda: "Garagem Nova" in lot.site.page("/"), 20)
    os.killpg(pid, signal.SIGINT)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9
    with pytest.raises(ProcessLookupError):
        os.killpg(pid, 0)
    assert (lot.site.root / JOURNAL).exists()
    assert list(lot.site.root.rglob("*.part*")) == []
    assert 0 < sum("Garagem Nova" in html for html in lot.site.pages().values()) < len(lot.site.pages())
    lot.site.build(now=lot.now)
    assert differences(standing(lot), clean_build(lot, before, tmp_path / "clean")) == []
