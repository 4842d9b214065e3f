"""A dealership to preview, and a preview that is stopped after the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import chromium_path
from tests.serve.running_preview import Dealership, Running


@pytest.fixture
def dealership(tmp_path: Path) -> Dealership:
    return Dealership(tmp_path.resolve())


@pytest.fixture
def start(dealership: Dealership) -> Iterator[Callable[[], Running]]:
    """Starts the preview of `dealership`."""
    previews: list[Running] = []

    def begin() -> Running:
        previews.append(Running(dealership))
        return previews[-1]

    yield begin
    for preview in previews:
        preview.stop()


@pytest.fixture
def running(start: Callable[[], Running]) -> Running:
    return start()


@pytest.fixture
def chromium() -> str:
    return chromium_path()
