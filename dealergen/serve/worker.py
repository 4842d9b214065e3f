"""The process that makes one build of the preview.

`python -m dealergen.serve.worker ROOT OUT` prints `{"report": …}` or `{"failure": …}` as one line on stdout.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from .outcome import failure_of


def build_here(root: Path, out: Path) -> dict[str, Any]:
    """What the worker prints: the report of a build in this process, or its failure."""
    from dealergen.build import build_site

    try:
        return {"report": build_site(root, out=out).as_json()}
    except Exception as error:
        return {"failure": failure_of(error, root).as_json()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(build_here(Path(sys.argv[1]), Path(sys.argv[2]))) + "\n")
