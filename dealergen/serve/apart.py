"""Starts a build in a process of its own, so that the preview stays responsive and survives it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import time
from pathlib import Path

from .outcome import Failure, Outcome


async def build_apart(root: Path, out: Path) -> Outcome:
    """Build in a new process; when cancelled, that process and its workers are ended."""
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "dealergen.serve.worker", str(root), str(out)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        printed, _ = await process.communicate()
    except asyncio.CancelledError:
        await _end(process)
        raise
    return _outcome(printed, process.returncode, time.perf_counter() - started)


async def _end(process: asyncio.subprocess.Process) -> None:
    """End the build's whole process group; a Ctrl-C does not reach it by itself."""
    with contextlib.suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGTERM)
        else:
            process.terminate()
    await process.wait()


def _outcome(printed: bytes, code: int | None, seconds: float) -> Outcome:
    try:
        told = json.loads(printed.splitlines()[-1])
    except (ValueError, IndexError):
        message = f"The build ended without a word (exit code {code})"
        return Outcome(seconds, failure=Failure(message, "Run 'dealergen build --debug' to see why."))
    if told.get("failure") is not None:
        return Outcome(seconds, failure=Failure.parse(told["failure"]))
    made, written = told["report"]["pages"]["made"], told["report"]["files"]["written"]
    return Outcome(seconds, f"Built in {seconds:.1f} s: {made:,} pages made, {written:,} files written")
