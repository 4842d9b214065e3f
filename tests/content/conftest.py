from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dealergen.config import Settings

Site = Callable[[dict[str, str]], Path]


@pytest.fixture
def settings() -> Settings:
    """A dealer in Cuiabá (four hours behind UTC all year), in Portuguese and English."""
    return Settings.model_validate(
        {
            "dealer": {"name": "Aurora"},
            "rooftops": [
                {
                    "id": "centro",
                    "name": "Centro",
                    "address": {
                        "street": "Rua das Flores, 1",
                        "city": "Cuiabá",
                        "region": "MT",
                        "postal_code": "78000-000",
                        "country": "BR",
                    },
                    "phones": [{"number": "+55 65 3456-7890"}],
                    "timezone": "America/Cuiaba",
                }
            ],
            "base_url": "https://www.example.com",
            "languages": ["pt-BR", "en"],
        }
    )


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Writes files below a site's root, and answers the root."""

    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        return tmp_path

    return write
