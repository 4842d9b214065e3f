from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dealergen.config import Settings, load_settings

MINIMAL = """\
dealer: {name: Aurora}
rooftops:
  - id: centro
    name: Loja Centro
    address: {street: "Rua das Flores, 1", city: Vila Nova, region: SP, postal_code: 01310-100, country: BR}
    phones: [{number: +55 19 3456-7890}]
base_url: https://www.example.com
"""

Load = Callable[[str], Settings]


@pytest.fixture
def minimal() -> str:
    """The least that a site.yaml may say."""
    return MINIMAL


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Reads a text as site.yaml."""

    def read(text: str) -> Settings:
        path = tmp_path / "site.yaml"
        path.write_text(text, "utf-8")
        return load_settings(path)

    return read
