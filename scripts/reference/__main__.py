"""`python -m scripts.reference`: write the generated part of `docs/` again."""

from __future__ import annotations

from pathlib import Path

from . import write_reference

ROOT = Path(__file__).resolve().parents[2]

if __name__ == "__main__":
    for path in write_reference(ROOT / "docs"):
        print(path.relative_to(ROOT))
