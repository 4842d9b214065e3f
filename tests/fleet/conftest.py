"""Small fleets in a folder, the command line as its own process, and what a single build of each site makes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from tests.conftest import Dealership, open_dealership

CLOCK = "2026-11-22T12:00:00-03:00"
MAKES = ("Fiat Uno", "VW Gol", "Honda Fit", "Renault Kwid")


@dataclass
class SmallFleet:
    """A folder with fleet.yaml and dealerships below `dealers/`."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)

    def dealer(self, name: str, vehicles: int = 6, **settings: Any) -> Dealership:
        """A dealership with its own prices and, for its first car, its own photo."""
        (self.root / "dealers").mkdir(exist_ok=True)
        site = open_dealership(self.root / "dealers" / name, base_url=f"https://{name}.example", **settings)
        site.inventory(stock_of(name, vehicles))
        (site.root / "photos").mkdir()
        Image.new("RGB", (640, 480), f"#{sum(name.encode()) % 4096:03x}").save(site.root / "photos" / "a.jpg")
        return site

    def write(self, *names: str, **settings: Any) -> Path:
        """fleet.yaml with these dealers, unless `sites` says otherwise."""
        sites = settings.pop("sites", [{"name": name, "site": f"dealers/{name}"} for name in names])
        file = self.root / "fleet.yaml"
        file.write_text(yaml.safe_dump({"sites": sites, **settings}, sort_keys=False), "utf-8")
        return file

    def call(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`dealergen fleet WORDS`, in the fleet's folder."""
        command = [sys.executable, "-m", "dealergen", "fleet", *words]
        environment = os.environ | self.environment
        return subprocess.run(
            command, cwd=self.root, env=environment, capture_output=True, text=True, timeout=300, check=False
        )

    def report(self, action: str = "build", *words: str, code: int = 0) -> dict[str, Any]:
        """The JSON report of a run that leaves with `code`."""
        called = self.call(action, "--json", "--now", CLOCK, *words)
        assert called.returncode == code, called.stdout + called.stderr
        found: dict[str, Any] = json.loads(called.stdout)
        return found

    def single(self, name: str, **options: Any) -> dict[str, bytes]:
        """Everything that `dealergen build` makes of a copy of the dealer's sources."""
        copy = self.root.parent / f"single-{name}"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.root / "dealers" / name, copy, ignore=shutil.ignore_patterns("public", ".dealergen"))
        site = Dealership(copy)
        site.build(**options)
        return site.files()


def stock_of(name: str, vehicles: int, first_price: int = 30_000) -> str:
    """An inventory in CSV."""
    lines = ["stock,make,model,year,price,mileage,photos"]
    for number in range(vehicles):
        make, model = MAKES[number % len(MAKES)].split()
        photo = "a.jpg" if number == 0 else ""
        price = first_price + 700 * number + sum(name.encode())
        lines.append(f"{name}-{number},{make},{model},{2012 + number % 10},{price},{9000 + 1000 * number},{photo}")
    return "\n".join(lines) + "\n"


def site_of(report: dict[str, Any], name: str) -> dict[str, Any]:
    """One site's part of a report."""
    found: dict[str, Any] = next(site for site in report["sites"] if site["name"] == name)
    return found


@pytest.fixture
def fleet(tmp_path: Path) -> SmallFleet:
    """An empty fleet."""
    (tmp_path / "fleet").mkdir()
    return SmallFleet(tmp_path / "fleet")
