"""The generated part of `docs/`: made from settings, front matter, commands, checks, fields and templates themselves.

`python -m scripts.reference` (`make docs`) writes it; a test fails while a file of it is not current.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from dealergen.config.schema import write_documents
from dealergen.content import KINDS
from dealergen.content.schema import content_schema

from .checks import checks_reference
from .commands import commands_reference
from .fields import fields_reference
from .front_matter import front_matter_reference
from .templates import templates_reference

PAGES: Final[dict[str, Callable[[], str]]] = {
    "cli.md": commands_reference,
    "checks.md": checks_reference,
    "fields.md": fields_reference,
    "content.md": front_matter_reference,
    "templates.md": templates_reference,
}
"""Pages of `docs/reference` beside `settings.md`, which `dealergen.config` writes itself."""


def write_reference(docs: Path) -> list[Path]:
    """Write every generated file below `docs`; the same code gives the same bytes."""
    written = write_documents(docs)
    for kind in KINDS:
        text = json.dumps(content_schema(kind), ensure_ascii=False, indent=2) + "\n"
        written.append(_written(docs / "schema" / f"content-{kind}.schema.json", text))
    for name, page in PAGES.items():
        written.append(_written(docs / "reference" / name, page()))
    return written


def _written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
