"""`python -m dealergen.fleet.worker`: one job, as JSON on stdin; its result, as JSON on stdout.

A process of its own: whatever becomes of it, other sites go on. stdin stays open as long as whoever started it lives;
at its end, this process and all that it started end too, so that no build goes on that nobody waits for.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading

from .job import OWN_CODE, Job, Result, lost

STDIN = 0


def main() -> None:
    """Read, work, answer."""
    text = _line()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    job = Job(**json.loads(text))
    answer = json.dumps(_carried_out(job).as_json(), ensure_ascii=False)
    sys.stdout.buffer.write(answer.encode("utf-8", "surrogatepass"))
    sys.stdout.flush()


def _line() -> bytes:
    data = b""
    while not data.endswith(b"\n"):
        chunk = os.read(STDIN, 65_536)
        if not chunk:
            sys.exit(1)
        data += chunk
    return data


def _end_with_parent() -> None:
    while os.read(STDIN, 1):
        continue
    if hasattr(os, "killpg"):
        os.killpg(os.getpgid(0), signal.SIGKILL)
    os._exit(1)


def _carried_out(job: Job) -> Result:
    from dealergen.engine.code import code_digest

    if job.code and job.code != code_digest(OWN_CODE).hex():
        remedy = "Install the same version of dealergen on every machine of the cluster."
        return lost(job.name, "this machine has another dealergen than the one that planned the fleet", remedy)
    from .build import carry_out

    return carry_out(job)


if __name__ == "__main__":
    main()
