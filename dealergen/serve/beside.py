"""The server's end of the reading process: asks it for readings, hands on how far it has come, ends it."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LONGEST_LINE = 16_000_000

Tell = Callable[[dict[str, Any]], None]


@dataclass
class ReaderBeside:
    """A process that reads the site in `root`; it is started when it is first needed, and again if it dies."""

    root: Path
    _process: asyncio.subprocess.Process | None = field(default=None, init=False)

    async def start(self) -> asyncio.subprocess.Process:
        """The process, started if it does not run: that takes a while, so ahead of the first question is better."""
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "dealergen.serve.reader", str(self.root)),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                start_new_session=True,
                limit=LONGEST_LINE,
            )
        return self._process

    async def read(self, tell: Tell) -> dict[str, Any]:
        """The reader's answer; `tell` hears of each step. Raises ChildProcessError when it dies over it."""
        process = await self.start()
        assert process.stdin is not None  # noqa: S101 - piped above
        assert process.stdout is not None  # noqa: S101
        with suppress(ConnectionError):
            process.stdin.write(b"\n")
            await process.stdin.drain()
        while line := await process.stdout.readline():
            said: dict[str, Any] = json.loads(line)
            if "step" not in said:
                return said
            tell(said)
        raise ChildProcessError(await process.wait())

    async def stop(self) -> None:
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.terminate()
            await self._process.wait()
