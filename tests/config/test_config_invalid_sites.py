"""Whole invalid files, each beside every message that its author is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealergen.config import load_settings
from dealergen.errors import SettingsError

SITES = Path(__file__).parent.parent / "sites_invalid"
CASES = sorted(path.parent.name for path in SITES.glob("*/site.yaml"))


@pytest.mark.parametrize("case", CASES)
def test_every_fault_of_an_invalid_site_is_told_at_once(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SITES / case)
    with pytest.raises(SettingsError) as caught:
        load_settings(Path("site.yaml"))
    told = [f"{problem.code} {problem}" for problem in caught.value.problems]
    assert told == Path("expected.txt").read_text("utf-8").splitlines()


def test_there_are_invalid_sites_and_none_has_words_of_pydantic_in_it() -> None:
    assert len(CASES) >= 15
    for case in CASES:
        told = (SITES / case / "expected.txt").read_text("utf-8").lower()
        assert not [word for word in ("input should", "pydantic", "validat", "extra inputs") if word in told], case
