"""A site's folder, and the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner, Result

from dealergen.cli import cli
from tests.cli.fake_build import FakeBuild


@pytest.fixture
def fake_build(monkeypatch: pytest.MonkeyPatch) -> FakeBuild:
    fake = FakeBuild()
    module = ModuleType("dealergen.build")
    module.build_site = fake  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "dealergen.build", module)
    return fake


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a site.yaml, which is the working folder."""
    root = tmp_path.resolve() / "site"
    root.mkdir()
    (root / "site.yaml").write_text("dealer:\n  name: Aurora\n")
    monkeypatch.chdir(root)
    return root


Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Calls `dealergen` with these words."""
    runner = CliRunner()
    return lambda *words, **options: runner.invoke(cli, [str(word) for word in words], prog_name="dealergen", **options)
