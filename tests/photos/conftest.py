"""A scratch site with a photo folder, and libraries opened on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from photos_pictures import OpenLibrary

from dealergen.config.presentation import PhotoSettings
from dealergen.photos import PhotoLibrary


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The photo folder of a site whose root is its parent."""
    photos = tmp_path / "site" / "photos"
    photos.mkdir(parents=True)
    return photos


@pytest.fixture
def open_library(folder: Path, tmp_path: Path) -> OpenLibrary:
    """Opens a library as a build does; settings are given by name."""

    def opened(**settings: object) -> PhotoLibrary:
        return PhotoLibrary(PhotoSettings.model_validate(settings), folder.parent, tmp_path / "cache")

    return opened
