"""A job in a process of its own, with its result or the account of how it was lost. Works within a cluster's worker."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from typing import Any

from .job import Job, Result, lost

TAIL = 2_000
"""Characters of what a lost process said last."""
POLL = 0.02
"""Seconds between two looks at a process."""


def run_job(job: dict[str, Any]) -> dict[str, Any]:
    """The result of `job`, both as JSON-ready values; raises nothing of the job's own."""
    work = Isolated(Job(**job))
    try:
        while (result := work.result()) is None:
            time.sleep(POLL)
    finally:
        work.end()
    return result.as_json()


class Isolated:
    """A job under way in a new process, which ends when this one does."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._started = time.monotonic()
        self._answer = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`
        self._complaint = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "dealergen.fleet.worker"],
            stdin=subprocess.PIPE,
            stdout=self._answer,
            stderr=self._complaint,
            process_group=0 if os.name == "posix" else None,
        )
        self._hand_over()

    def result(self) -> Result | None:
        """What came of the job; None while it is under way."""
        result: Result | None = None
        if self._process.poll() is not None:
            result = self._answered()
        elif time.monotonic() - self._started > self.job.timeout:
            remedy = "Raise `timeout:` in fleet.yaml."
            result = lost(self.job.name, f"the build took longer than {self.job.timeout:g} s", remedy)
        if result is not None:
            result.seconds = round(time.monotonic() - self._started, 3)
            result.where = f"{socket.gethostname()}:{os.getpid()}"
        return result

    def end(self) -> None:
        """Leave nothing of the process, whether it is done or not."""
        if os.name == "posix":
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()
        with suppress(BrokenPipeError):
            self._stdin.close()
        self._process.wait()
        self._answer.close()
        self._complaint.close()

    def _hand_over(self) -> None:
        """The job in one line; stdin stays open, as the sign that somebody waits."""
        assert self._process.stdin is not None  # noqa: S101 - asked for
        self._stdin = self._process.stdin
        with suppress(BrokenPipeError):
            self._stdin.write(json.dumps(self.job.as_json()).encode() + b"\n")
            self._stdin.flush()

    def _answered(self) -> Result:
        self._answer.seek(0)
        try:
            return Result(**json.loads(self._answer.read()))
        except (ValueError, TypeError):
            return self._died(self._process.returncode)

    def _died(self, code: int) -> Result:
        if code < 0:
            how = f"was ended by {_signal_name(-code)}"
            remedy = "Most often memory ran out: raise memory_mb in fleet.yaml, so that fewer are built at once."
            return lost(self.job.name, f"the process that built it {how}", remedy)
        self._complaint.seek(0)
        said = self._complaint.read().decode("utf-8", "replace")[-TAIL:].strip()
        return lost(self.job.name, f"the process that built it ended with code {code}: {said}".rstrip(": "))


def _signal_name(number: int) -> str:
    with suppress(ValueError):
        return signal.Signals(number).name
    return f"signal {number}"
