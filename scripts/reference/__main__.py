"""`python -m scripts.reference`: write the generated part of the documents again."""

from __future__ import annotations

from pathlib import Path

from . import write_reference
from .outputs import with_outputs

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    docs, readme = ROOT / "docs", ROOT / "README.md"
    written = write_reference(docs)
    readme.write_text(with_outputs(readme.read_text("utf-8"), docs / "examples"), "utf-8")
    for path in (*written, readme):
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
