"""Nothing of the demo is of someone, and what is private in its spreadsheet stays there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

Row = dict[str, str]
PATTERNS = {
    "CPF": re.compile(r"\b\d{3}\.\d{3}\.\d{3}-\d{2}\b|(?<![\d.])\d{11}(?!\d)"),
    "plate": re.compile(r"\b[A-Z]{3}-?\d[A-Z0-9]\d{2}\b"),
    "VIN": re.compile(r"\b(?=[A-HJ-NPR-Z0-9]*\d)(?=[A-HJ-NPR-Z0-9]*[A-HJ-NPR-Z])[A-HJ-NPR-Z0-9]{17}\b"),
    "e-mail": re.compile(r"[\w.+-]+@(?!aracari-veiculos\.example\b)[\w-]+\.[\w.]+"),
    "phone": re.compile(r"\+55\s?19(?! (?:3555-01|95550-01)\d\d)"),
    "CNPJ": re.compile(r"\b(?!11\.222\.333/0001-81)\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}\b"),
}


def committed(root: Path) -> Iterator[Path]:
    yield from (root / "site.yaml", root / "inventory.csv", root / "netlify.toml")
    yield from (root / "content").rglob("*.md")
    yield from (root / "brand").glob("*.svg")


@pytest.mark.parametrize("kind", PATTERNS)
def test_no_demo_file_holds_what_may_be_someone_s(root: Path, kind: str) -> None:
    for path in committed(root):
        assert not PATTERNS[kind].findall(path.read_text("utf-8")), path.name


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("CPF", "CPF 123.456.789-09"), ("plate", "placa ABC1D23"), ("plate", "ABC-1234"), ("VIN", "9BGKT48T0KG123456"),
        ("e-mail", "someone@mail.test"), ("phone", "+55 19 98765-4321"), ("CNPJ", "12.345.678/0001-95"),
    ],
)  # fmt: skip
def test_the_patterns_find_what_they_look_for(kind: str, text: str) -> None:
    assert PATTERNS[kind].search(text)


def test_the_spreadsheet_has_private_columns_in_every_row(rows: list[Row]) -> None:
    for column in ("Custo de compra", "Observação interna"):
        values = [row[column] for row in rows]
        assert all(values)
        assert len(set(values)) == len(values)


def test_no_private_value_is_published(built: dict[str, bytes], rows: list[Row]) -> None:
    assert "index.html" in built
    published = b"\n".join(built.values()).decode("utf-8", "replace")
    assert rows[0]["Modelo"] in published
    for row in rows:
        cost = row["Custo de compra"]
        digits = re.sub(r"[^\d]", "", cost)
        for secret in (cost, cost.removesuffix(",00"), f"{digits[:-2]}.{digits[-2:]}", row["Observação interna"]):
            assert secret not in published, row["Código"]
