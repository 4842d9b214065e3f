"""A fleet on a real Dask cluster: a scheduler and workers, each a process of its own, one of which is killed."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.fleet.conftest import CLOCK, SmallFleet, site_of

NAMES = [f"dealer-{number}" for number in range(6)]


@dataclass
class Cluster:
    """A scheduler on loopback, and workers."""

    folder: Path
    address: str = ""
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{len(self.processes)}.log").open("wb")
        process = subprocess.Popen([sys.executable, "-m", "dask", *words], stdout=log, stderr=log, cwd=self.folder)
        log.close()
        self.processes.append(process)
        return process

    def scheduler(self) -> None:
        port = free_port()
        self.address = f"tcp://127.0.0.1:{port}"
        self.start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        wait_for_port(port)

    def worker(self, *words: str) -> None:
        common = ("--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard")
        self.workers.append(
            self.start("worker", self.address, *common, "--local-directory", str(self.folder / "space"), *words)
        )

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler and two workers."""
    (tmp_path / "cluster").mkdir()
    started = Cluster(tmp_path / "cluster")
    try:
        started.scheduler()
        started.worker()
        started.worker()
        yield started
    finally:
        started.end()


def test_a_worker_killed_in_the_middle_of_a_build_costs_no_site_and_no_byte(
    fleet: SmallFleet, cluster: Cluster
) -> None:
    sites = {name: fleet.dealer(name, 30) for name in NAMES}
    sites["dealer-4"].inventory("")
    fleet.write(*NAMES)
    command = [sys.executable, "-m", "dealergen", "fleet", "build", "--json", "--now", CLOCK]
    with subprocess.Popen(
        [*command, "--scheduler", cluster.address],
        cwd=fleet.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as run:  # fmt: skip
        victim, worker = wait_for_a_builder(cluster, fleet.root)
        os.kill(victim.pid, signal.SIGKILL)
        out, said = run.communicate(timeout=180)
    report = json.loads(out)
    assert run.returncode == 1, said
    assert report["workers_lost"] == 1
    assert [site["name"] for site in report["sites"]] == NAMES
    assert {site["name"]: site["exit_code"] for site in report["sites"]} == dict.fromkeys(NAMES, 0) | {"dealer-4": 4}
    assert not Path(f"/proc/{worker}").exists()
    survivor = next(process.pid for process in cluster.workers if process is not victim)
    done_by = {site["where"].rpartition(":")[2] for site in report["sites"]}
    assert str(survivor) in done_by
    for name in set(NAMES) - {"dealer-4"}:
        assert sites[name].files() == fleet.single(name), name
    assert not sites["dealer-4"].out.exists()


def test_a_second_run_on_the_cluster_writes_nothing(fleet: SmallFleet, cluster: Cluster) -> None:
    fleet.dealer("aurora")
    fleet.write("aurora")
    first = fleet.report("build", "--scheduler", cluster.address)
    again = fleet.report("build", "--scheduler", cluster.address)
    assert site_of(first, "aurora")["report"]["files"]["written"] > 50
    assert site_of(again, "aurora")["report"]["files"] == {"written": 0, "removed": 0}


@pytest.mark.parametrize("gone", ["workers", "scheduler"])
def test_a_cluster_that_loses_all_its_workers_or_its_scheduler_is_told_and_not_waited_for_for_ever(
    fleet: SmallFleet, cluster: Cluster, gone: str
) -> None:
    from dealergen.fleet import load_fleet, plan_jobs, run_fleet
    from dealergen.fleet.cluster import ClusterLane

    fleet.dealer("aurora", 60)
    jobs = plan_jobs(load_fleet(fleet.write("aurora")))
    lane = ClusterLane(cluster.address, wait=20, patience=2)
    for process in cluster.workers if gone == "workers" else cluster.processes[:1]:
        process.kill()
    (lost,) = run_fleet(jobs, lane, retries=0).results
    assert (lost.status, lost.exit_code) == ("lost", 75)


def test_an_address_without_a_scheduler_is_a_sentence(fleet: SmallFleet) -> None:
    fleet.dealer("aurora")
    fleet.write("aurora")
    called = fleet.call("build", "--scheduler", f"tcp://127.0.0.1:{free_port()}")
    assert called.returncode == 2
    assert "No Dask scheduler answers at tcp://127.0.0.1:" in called.stderr
    assert "Traceback" not in called.stderr


def test_a_worker_with_another_dealergen_does_not_build() -> None:
    from dealergen.fleet import Job
    from dealergen.fleet.process import run_job

    job = Job("aurora", "/nowhere", "/nowhere/public", "/nowhere/.dealergen", code="0" * 32)
    answer = run_job(job.as_json())
    assert (answer["status"], answer["exit_code"]) == ("lost", 75)
    assert "another dealergen" in answer["error"]["message"]


def wait_for_a_builder(cluster: Cluster, root: Path) -> tuple[subprocess.Popen[bytes], int]:
    """A worker of the cluster that has begun to build a site, and the process that builds."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for process in cluster.workers:
            for child in children_of(process.pid):
                if str(root / "dealers") in locks_of(child):
                    return process, child
        time.sleep(0.01)
    raise AssertionError("no worker began to build within a minute")


def locks_of(pid: int) -> str:
    """The sites' locks that a process holds open, as a build does."""
    found = []
    for link in Path(f"/proc/{pid}/fd").glob("*") if Path(f"/proc/{pid}/fd").exists() else ():
        try:
            found.append(str(link.readlink()))
        except OSError:
            continue
    return "\n".join(name for name in found if name.endswith("/.dealergen/lock"))


def children_of(pid: int) -> list[int]:
    """Of any of its threads."""
    found: list[int] = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(word) for word in file.read_text("ascii").split()]
        except OSError:
            continue
    return found


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: Any = listener.getsockname()[1]
    return int(port)


def wait_for_port(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the scheduler did not start within a minute")
