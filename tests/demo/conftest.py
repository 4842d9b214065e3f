"""The demo dealership as it stands at the repository's root, read with nothing of ours, and built once in a copy."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from pathlib import Path

import pytest

from dealergen.build import build_site

ROOT = Path(__file__).resolve().parents[2]
NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=-3)))
Row = dict[str, str]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def rows() -> list[Row]:
    """The spreadsheet's rows, header → cell, read by the standard library."""
    with (ROOT / "inventory.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";", strict=True))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Path → bytes of what the demo publishes on 22 November 2026, with drawings in place of its photos."""
    copy = tmp_path_factory.mktemp("demo") / "dealership"
    copy.mkdir()
    for name in ("site.yaml", "inventory.csv"):
        shutil.copy(ROOT / name, copy / name)
    for name in ("content", "brand"):
        shutil.copytree(ROOT / name, copy / name)
    build_site(copy, now=NOW, jobs=1)
    out = copy / "public"
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in out.rglob("*") if file.is_file()}
