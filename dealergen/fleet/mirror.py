"""A copy of a store's files on this disk, brought up to date by fetching only what differs."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from dealergen.engine.writer import remove_file, replace_file

from .store import Store, Stored

TOKENS = ".dealergen-tokens.json"


def mirror(store: Store, folder: Path, wanted: Callable[[str], bool]) -> dict[str, Stored]:
    """Make `folder` hold the files of `store` that are `wanted`, with the storage's times; answers what it holds."""
    listed = {path: stored for path, stored in store.files().items() if wanted(path)}
    known = _known(folder)
    fresh = [
        path for path, stored in listed.items() if known.get(path) != stored.token or not (folder / path).is_file()
    ]
    store_away(store, {path: listed[path] for path in fresh}, folder)
    for path in known.keys() - listed.keys():
        remove_file(folder / path, folder)
    tokens = {path: stored.token for path, stored in listed.items()}
    if tokens != known:
        replace_file(folder / TOKENS, json.dumps(tokens).encode())
    return listed


def _as_here(path: str) -> str:
    return path


def store_away(
    store: Store, files: dict[str, Stored], folder: Path, name_there: Callable[[str], str] = _as_here
) -> None:
    """Fetch `files` (by their names here) into `folder`: each is put in place whole, with the storage's time."""
    if not files:
        return
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".fetch-") as name:
        drafts = {path: Path(name) / path for path in files}
        store.fetch({name_there(path): draft for path, draft in drafts.items()})
        for path, draft in drafts.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            moment = files[path].modified_ns
            if moment and draft.stat().st_mtime_ns != moment:
                os.utime(draft, ns=(moment, moment))
            draft.replace(target)


def _known(folder: Path) -> dict[str, str]:
    try:
        tokens = json.loads((folder / TOKENS).read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(path): str(token) for path, token in tokens.items()} if isinstance(tokens, dict) else {}
