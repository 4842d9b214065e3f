"""The build's progress on a real terminal."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

SCRIPT = """
import sys, time
from dealergen.cli.progress import shown_progress
from dealergen.cli.terminal import Terminal

with shown_progress(Terminal(quiet="-q" in sys.argv)) as progress:
    if progress is not None:
        progress.step("read", 0)
        progress.done()
        progress.step("make", 40)
        for _ in range(40):
            progress.advance()
            time.sleep(0.01)
        progress.done()
"""


def _on_a_terminal(*words: str) -> str:
    """What the script writes to a terminal."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen([sys.executable, "-c", SCRIPT, *words], stdout=theirs, stderr=theirs, env=environment):
        os.close(theirs)
        told = b""
        try:
            while chunk := os.read(ours, 65536):
                told += chunk
        except OSError:  # the other end is closed
            pass
    os.close(ours)
    return told.decode()


def test_a_bar_moves_and_leaves_nothing_behind() -> None:
    told = _on_a_terminal()
    assert "Make" in told
    assert "/40" in told
    assert told.rstrip().endswith(("\x1b[2K", "\x1b[?25h", "\x1b[1A\x1b[2K"))


def test_quiet_draws_nothing() -> None:
    assert _on_a_terminal("-q") == ""
