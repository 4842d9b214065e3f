"""Workers that die, are stopped, or cannot be had."""

from __future__ import annotations

import errno
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dealergen.engine import Artifact, Fact, Template, digest_of, make
from dealergen.engine.pool import Pool
from dealergen.errors import Place, RenderError
from tests.engine.test_engine_make import Words, build, files, page


def pool(work: Callable[[int], Any], count: int = 200, jobs: int = 2, chunk: int = 8) -> Pool:
    return Pool(jobs, count, chunk, work, lambda index, how: f"{index} lost by {how}")


def die(number: int = signal.SIGKILL) -> None:
    os.kill(os.getpid(), number)


def test_answers_come_in_order_whoever_is_slow() -> None:
    def work(index: int) -> int:
        time.sleep(0.002 if index % 16 < 8 else 0)
        return index * index

    assert list(pool(work).results()) == [index * index for index in range(200)]


def test_a_task_that_kills_its_workers_is_lost_alone() -> None:
    def work(index: int) -> int:
        if index == 77:
            die()
        return index

    assert list(pool(work).results()) == [*range(77), "77 lost by SIGKILL", *range(78, 200)]


def test_a_worker_that_exits_is_told_by_its_code() -> None:
    def work(index: int) -> int:
        if index == 5:
            os._exit(3)
        return index

    assert list(pool(work).results())[5] == "5 lost by exit code 3"


def test_a_worker_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    def work(index: int) -> int:
        if index in (20, 120) and not (tmp_path / str(index)).exists():
            (tmp_path / str(index)).touch()
            die()
        return index

    assert list(pool(work).results()) == list(range(200))


def test_every_task_may_kill_and_still_it_ends() -> None:
    def work(_index: int) -> None:
        die(signal.SIGUSR1)

    assert list(pool(work, count=9, chunk=4).results()) == [f"{index} lost by SIGUSR1" for index in range(9)]


def test_no_worker_is_left_when_the_caller_stops_early() -> None:
    results = pool(lambda index: (index, os.getpid()), count=5000).results()
    workers = {next(results)[1] for _ in range(100)}
    results.close()
    for worker in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


def test_workers_end_by_themselves_when_their_parent_is_killed(tmp_path: Path) -> None:
    def work(index: int) -> int:
        (tmp_path / f"{os.getpid()}").touch()
        time.sleep(0.001)
        return index

    parent = os.fork()
    if parent == 0:
        try:
            list(pool(work, count=100_000, chunk=4).results())
        finally:
            os._exit(0)
    deadline = time.monotonic() + 10
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    workers = [int(file.name) for file in tmp_path.iterdir()]
    assert len(workers) == 2
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    while any(_alive(worker) for worker in workers):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _alive(process: int) -> bool:
    """Whether it runs; one that has ended and waits for a parent to ask does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_where_no_process_can_be_had_this_one_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refuse)
    assert set(pool(lambda _index: os.getpid()).results()) == {os.getpid()}


def deadly_view(car: str) -> dict[str, str]:
    if car == "deadly":
        die(signal.SIGUSR2)
    return {"car": car}


def test_the_very_page_is_named_and_the_rest_of_the_site_built(tmp_path: Path) -> None:
    artifacts = [page(f"{number}.html", f"car {number}") for number in range(700)]
    deadly = Fact("car", digest_of("deadly"), "deadly")
    artifacts[333] = Artifact("333.html", Template("car", deadly_view), (deadly,), Place("inventory.csv", 335))
    with pytest.raises(RenderError) as caught:
        build(tmp_path, artifacts, jobs=2)
    (problem,) = caught.value.problems
    assert str(problem.place) == "inventory.csv:335"
    assert "died (SIGUSR2) while it made /333.html, twice" in problem.message
    assert set(files(tmp_path / "out")) == {f"{number}.html" for number in range(700)} - {"333.html"}
    artifacts[333] = page("333.html", "mended")
    assert build(tmp_path, artifacts, jobs=2).made == ["333.html"]


def test_without_fork_the_bytes_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    artifacts = [page(f"{number}.html", f"car {number}") for number in range(700)]
    build(tmp_path / "forked", artifacts, jobs=2)
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
    make(artifacts, tmp_path / "alone" / "out", tmp_path / "alone" / "state", Words(car="<p>{car}</p>"), jobs=2)
    assert files(tmp_path / "alone" / "out") == files(tmp_path / "forked" / "out")
