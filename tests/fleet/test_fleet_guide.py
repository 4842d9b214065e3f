"""The guide tells of every setting, option and status, and its examples hold."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import click
import pytest

from dealergen.cli.fleet import fleet as group
from dealergen.fleet import load_fleet, plan_jobs
from dealergen.fleet.job import Status
from dealergen.fleet.settings import FleetSettings, SiteDefaults, SiteEntry

GUIDE = (Path(__file__).parents[2] / "docs" / "guide-fleet.md").read_text("utf-8")


@pytest.mark.parametrize("name", [*(name for name in FleetSettings.model_fields if name != "sites")])
def test_every_setting_of_the_fleet_is_in_the_table(name: str) -> None:
    assert re.search(rf"^\| `{name}` \|", GUIDE, re.MULTILINE)


@pytest.mark.parametrize("name", SiteEntry.model_fields)
def test_every_setting_of_a_site_is_in_the_table(name: str) -> None:
    assert re.search(rf"^\| `sites\[\]\.{name}` \|", GUIDE, re.MULTILINE)


def test_defaults_may_hold_what_a_site_may_hold_but_its_name() -> None:
    assert SiteDefaults.model_fields.keys() == SiteEntry.model_fields.keys() - {"name"}
    for name, field in FleetSettings.model_fields.items():
        assert field.description, name


def test_every_code_is_explained() -> None:
    sources = (Path(__file__).parents[2] / "dealergen" / "fleet").glob("*.py")
    codes = {code for file in sources for code in re.findall(r"\"(fleet\.[a-z-]+)\"", file.read_text("utf-8"))}
    roles = {f"fleet.{role}-shared" for role in ("out", "state")}
    codes -= {"fleet.yaml"}
    assert len(codes | roles) == 7
    assert codes | roles <= set(re.findall(r"^\| `(fleet\.[a-z-]+)` \|", GUIDE, re.MULTILINE))


@pytest.mark.parametrize("status", get_args(Status))
def test_every_status_is_explained(status: str) -> None:
    assert f"`{status}`" in GUIDE


def test_every_option_is_explained() -> None:
    build = group.commands["build"]
    options = {name for option in build.params if isinstance(option, click.Option) for name in option.opts}
    assert options <= set(re.findall(r"--[a-z-]+", GUIDE))
    assert group.commands.keys() == {"build", "check", "new"}


def test_the_example_holds(tmp_path: Path) -> None:
    (example,) = (text for text in re.findall(r"```yml\n(.*?)```", GUIDE, re.DOTALL) if "sites:" in text)
    (tmp_path / "fleet.yaml").write_text(example, "utf-8")
    aurora, boreal, cinza = plan_jobs(load_fleet(tmp_path / "fleet.yaml"))
    assert aurora.out == "s3://sites-of-the-agency/aurora"
    assert boreal.inventory == f"{tmp_path}/exports/boreal-night.csv"
    assert (cinza.site, cinza.base_url) == ("s3://cinza-files/website", "https://preview.example/cinza")
