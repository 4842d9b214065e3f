"""Vendors' profiles: one YAML file a system, with the headers that identify it and the field that each column feeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from dealergen.errors import SettingsError

from .fields import FIELDS
from .header import key_of
from .nearness import did_you_mean

_SHIPPED: Final = Path(__file__).parent / "profiles"
ENTRY_POINTS: Final = "dealergen.profiles"
"""Packages name here a package of theirs whose `*.yaml` files are profiles."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How one system exports its stock."""

    name: str
    title: str
    source: str
    """Where the format is described, or what file it was read from."""
    detect: frozenset[str]
    """Header keys that together identify the system; empty: it must be named in settings."""
    columns: Mapping[str, str | None] = field(default_factory=dict)
    """Header key → field; None for a column that is known and not published."""
    positional: tuple[str | None, ...] = ()
    """The fields in order, of a system that writes no header row."""
    units: Mapping[str, str] = field(default_factory=dict)
    """Field → unit, where the system always uses one."""


def chosen_profile(name: str, root: Path | None) -> Profile | None:
    """The profile named in settings; None for `auto`. Raises SettingsError, with the list, for an unknown one."""
    if name == "auto":
        return None
    profiles = {profile.name: profile for profile in all_profiles(root)}
    if name not in profiles:
        raise SettingsError(
            f"inventory.profile: there is no profile named {name!r}{did_you_mean(name, profiles)}",
            remedy=f"Known: auto, {', '.join(sorted(profiles))}; a profiles/{name}.yaml beside site.yaml adds one.",
        )
    return profiles[name]


def recognised_profile(header: Sequence[str], root: Path | None) -> Profile | None:
    """The profile whose identifying headers all stand in `header`; of several, the one that asks for the most."""
    keys = frozenset(map(key_of, header))
    fitting = [profile for profile in all_profiles(root) if profile.detect and profile.detect <= keys]
    return max(fitting, key=lambda profile: (len(profile.detect), profile.name), default=None)


def all_profiles(root: Path | None) -> list[Profile]:
    """The shipped profiles, those of packages, and the site's own; a later one replaces one of the same name."""
    found = {profile.name: profile for profile in (*_shipped(), *_installed())}
    if root is not None:
        found.update((profile.name, profile) for profile in _in_folder(root / "profiles"))
    return list(found.values())


@cache
def _shipped() -> tuple[Profile, ...]:
    return tuple(_in_folder(_SHIPPED))


@cache
def _installed() -> tuple[Profile, ...]:
    from importlib.metadata import entry_points
    from importlib.resources import as_file, files

    found: list[Profile] = []
    for point in entry_points(group=ENTRY_POINTS):
        with as_file(files(point.value)) as folder:
            found.extend(_in_folder(folder))
    return tuple(found)


def _in_folder(folder: Path) -> Iterator[Profile]:
    for path in sorted(folder.glob("*.yaml")):
        yield _read(path)


def _read(path: Path) -> Profile:
    try:
        data = yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except (yaml.YAMLError, OSError) as error:
        raise SettingsError(f"{path}: the profile cannot be read: {error}", remedy="Mend its YAML.") from None
    if not isinstance(data, dict):
        raise _invalid(path, "a profile is a mapping with `title`, `detect` and `columns`")
    columns = data.get("columns") or {}
    positional = tuple(columns) if isinstance(columns, list) else ()
    by_header = {} if positional else _by_key(path, columns)
    _check_fields(path, [*positional, *by_header.values(), *(data.get("units") or {})])
    return Profile(
        name=path.stem,
        title=str(data.get("title", path.stem)),
        source=str(data.get("source", "")),
        detect=frozenset(key_of(str(header)) for header in data.get("detect") or ()),
        columns=by_header,
        positional=positional,
        units={str(name): str(unit) for name, unit in (data.get("units") or {}).items()},
    )


def _by_key(path: Path, columns: object) -> dict[str, str | None]:
    if not isinstance(columns, dict):
        raise _invalid(path, "`columns` is a mapping of headers to fields, or a list of fields")
    return {key_of(str(header)): None if target in (None, "-") else str(target) for header, target in columns.items()}


def _check_fields(path: Path, targets: Iterable[Any]) -> None:
    for target in targets:
        if target is not None and target not in FIELDS:
            raise _invalid(path, f"there is no field named {target!r}{did_you_mean(str(target), FIELDS)}")


def _invalid(path: Path, what: str) -> SettingsError:
    remedy = "A profile reads `title: …`, `detect: [header, …]`, `columns: {header: field, …}`; - leaves a column out."
    return SettingsError(f"{path}: {what}", remedy=remedy)
