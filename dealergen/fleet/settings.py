"""fleet.yaml as one typed model: which sites there are, where each comes from and goes to, and what they share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from dealergen.config.base import Identifier, SettingsModel, Text
from dealergen.config.load import validated
from dealergen.config.yaml_positions import Document
from dealergen.errors import Place, Problem, SettingsError

WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+")]
"""The address of a site; `{name}` in it stands for the site's name."""


class SiteDefaults(SettingsModel):
    """What holds for every site that does not say otherwise; `{name}` stands for the site's name."""

    site: Text | None = None
    """The folder that holds site.yaml: a path, relative to fleet.yaml, or an address such as `s3://bucket/{name}`."""
    out: Text | None = None
    """Where the built site goes: a path, relative to fleet.yaml, or an address. Default: `public` in `site`."""
    state: Text | None = None
    """Where the ledger, the manifest and the photo cache are kept. Default: `.dealergen` in the site's folder."""
    base_url: WebAddress | None = None
    """The address to publish at, instead of site.yaml's."""
    inventory: Text | None = None
    """The inventory, a path relative to fleet.yaml or an https address, instead of site.yaml's."""
    memory_mb: int = Field(default=400, ge=50)
    """The memory that one build may need, in megabytes: as many sites are built at once as fit."""


class SiteEntry(SettingsModel):
    """One dealer's site."""

    name: Identifier
    """What reports and the command line call it."""
    site: Text | None = None
    """The folder that holds site.yaml: a path, relative to fleet.yaml, or an address such as `s3://bucket/aurora`."""
    out: Text | None = None
    """Where the built site goes: a path, relative to fleet.yaml, or an address. Default: `public` in `site`."""
    state: Text | None = None
    """Where the ledger, the manifest and the photo cache are kept. Default: `.dealergen` in the site's folder."""
    base_url: WebAddress | None = None
    """The address to publish at, instead of site.yaml's."""
    inventory: Text | None = None
    """The inventory, a path relative to fleet.yaml or an https address, instead of site.yaml's."""
    memory_mb: int | None = Field(default=None, ge=50)
    """The memory that its build may need, in megabytes."""


class FleetSettings(SettingsModel):
    """Everything that fleet.yaml may say."""

    sites: list[SiteEntry] = Field(min_length=1)
    """The sites."""
    defaults: SiteDefaults = Field(default_factory=SiteDefaults)
    """What holds for every site that does not say otherwise."""
    themes: Text | None = None
    """A folder of themes for all sites: before those that ship with dealergen, after a site's own."""
    shared_cache: Text | None = None
    """A folder of photo variants for all sites, so that the same picture is made once."""
    jobs: int | None = Field(default=None, ge=1)
    """How many sites are built at once on this machine. Default: one a core."""
    memory_mb: int | None = Field(default=None, ge=50)
    """The memory for all builds at once on this machine, in megabytes. Default: what is free at the start."""
    timeout: float = Field(default=3600, gt=0)
    """Seconds after which a build is ended and tried again."""
    scratch: Text | None = None
    """A folder in which copies of remote sites are kept between runs. Default: none is kept."""
    storage: dict[str, dict[str, str]] = Field(default_factory=dict)
    """Options of each kind of storage, handed to fsspec: `s3: {endpoint_url: https://…}`. No credentials."""


@dataclass(slots=True)
class Fleet:
    """fleet.yaml as it was read: the settings, and where each of them stands."""

    settings: FleetSettings
    document: Document
    folder: Path
    """Of fleet.yaml; paths are relative to it."""


def load_fleet(path: Path) -> Fleet:
    """The fleet in the file at `path`. Raises `SettingsError` with every problem found."""
    document = Document(_text(path), str(path))
    settings, problems = validated(FleetSettings, document)
    if settings is None:
        raise refused(path, problems)
    return Fleet(settings, document, path.resolve().parent)


def refused(path: Path | str, problems: list[Problem]) -> SettingsError:
    """All the problems of fleet.yaml as one error."""
    count = "a problem" if len(problems) == 1 else f"{len(problems)} problems"
    return SettingsError(f"{path} has {count}", remedy="Mend what is listed and try again.", problems=problems)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        message, remedy = "there is no such file", "Name it, or write one: dealergen fleet new FOLDER."
    except UnicodeDecodeError:
        message, remedy = "the file is not UTF-8", "Save it as UTF-8 in your editor."
    except OSError as error:
        message, remedy = f"it cannot be read: {error.strerror}", ""
    raise refused(path, [Problem("settings.unreadable", message, Place(str(path)), remedy=remedy)])
