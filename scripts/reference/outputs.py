"""Real output in documents: below `<!-- output: ARGUMENTS -->` stands what dealergen prints for these arguments."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Final

_BLOCK: Final = re.compile(r"(<!-- output: (?P<arguments>.+?) -->\n```\n).*?(?=```\n)", re.DOTALL)


def with_outputs(text: str, folder: Path) -> str:
    """`text` with each such block filled anew; the commands run in `folder`, in a terminal of 100 columns."""
    return _BLOCK.sub(lambda block: block[1] + _printed(shlex.split(block["arguments"]), folder), text)


def _printed(arguments: list[str], folder: Path) -> str:
    environment = {**os.environ, "COLUMNS": "100", "PYTHONUTF8": "1", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "dealergen", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines()) + "\n"
