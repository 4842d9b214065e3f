"""What the server must know of site.yaml even while its settings do not hold: files elsewhere, and addresses."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

LEADS = "/api/lead"


@dataclass(frozen=True, slots=True)
class Sources:
    """What lies outside the site's folder, and under which paths the site and its forms are asked for."""

    elsewhere: tuple[Path, ...] = ()
    form_action: str = LEADS
    prefix: str = ""
    """The path of `base_url`, without a slash at its end: under it the whole site stands."""


def read_sources(root: Path) -> Sources:
    """As site.yaml says; the defaults where it does not, or cannot be read."""
    import yaml

    try:
        settings = yaml.safe_load((root / "site.yaml").read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return Sources()
    source = _at(settings, "inventory", "source")
    named = [*(source if isinstance(source, list) else [source]), _at(settings, "photos", "folder")]
    paths = [Path(os.path.normpath(root / name)) for name in named if isinstance(name, str) and "://" not in name]
    action, base = _at(settings, "forms", "action"), _at(settings, "base_url")
    return Sources(
        tuple(path for path in paths if not path.is_relative_to(root)),
        action if isinstance(action, str) and action.startswith("/") else LEADS,
        urlsplit(base).path.rstrip("/") if isinstance(base, str) else "",
    )


def _at(settings: Any, *keys: str) -> Any:
    for key in keys:
        settings = settings.get(key) if isinstance(settings, dict) else None
    return settings
