"""A site's state on its way: fetched before the build, sent back after it, what others must not lose at the end.

What stands in `.dealergen/builds/public` belongs to one output; in the store it is kept under the output's own name.
"""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from .mirror import store_away
from .store import Store, Stored

PUBLIC_BUILD = "builds/public/"
PHOTOS = "cache/photos/"
LAST = ("ledger.json", "manifest.tsv", "published.json")
"""Files that are sent after all others, in this order: they say that everything else is there."""


class State:
    """The state of a site, in `folder` while it is built."""

    def __init__(self, store: Store, folder: Path, out: str) -> None:
        self._store = store
        self.folder = folder
        self._build = f"builds/{out.rstrip('/').rpartition('/')[2]}-{blake2b(out.encode(), digest_size=5).hexdigest()}/"
        self._stored: dict[str, Stored] = {}
        self._before: dict[str, tuple[int, int]] = {}

    def fetch(self) -> None:
        """Bring the state here, but for the photo variants, which `photos.py` looks after."""
        listed = self._store.files()
        self._stored = {self._name_here(path): stored for path, stored in listed.items() if self._is_ours(path)}
        if self._stored:
            store_away(self._store, self._stored, self.folder, self._name_there)
        self._before = _seen(self.folder)

    def write(self, path: str, data: bytes) -> None:
        """Put a file into the store at once, beside what `send` sends in its time."""
        self._store.write(self._name_there(path), data)
        self._stored[path] = Stored(len(data), "", 0)

    def send(self) -> None:
        """Send what the build changed; the ledger and the manifest last."""
        now = _seen(self.folder)
        changed = [path for path in now if _is_kept(path) and now[path] != self._before.get(path)]
        early = [path for path in changed if _rank(path) < 0]
        self._store.send({self._name_there(path): self.folder / path for path in early})
        for path in sorted((path for path in changed if _rank(path) >= 0), key=_rank):
            self._store.write(self._name_there(path), (self.folder / path).read_bytes())
        self._store.remove([self._name_there(path) for path in self._stored.keys() - now.keys()])

    def _is_ours(self, path: str) -> bool:
        return _is_kept(self._name_here(path)) and (not path.startswith("builds/") or path.startswith(self._build))

    def _name_here(self, path: str) -> str:
        return PUBLIC_BUILD + path.removeprefix(self._build) if path.startswith(self._build) else path

    def _name_there(self, path: str) -> str:
        return self._build + path.removeprefix(PUBLIC_BUILD) if path.startswith(PUBLIC_BUILD) else path


def _is_kept(path: str) -> bool:
    """Locks, drafts and this room's own folders stay where they are; photo variants have a way of their own."""
    variant = path.startswith(PHOTOS) and path.count("/") > 2
    return not variant and not path.startswith(("fleet/", "lock")) and ".part" not in path


def _rank(path: str) -> int:
    name = path.rpartition("/")[2]
    return LAST.index(name) if name in LAST else -1


def _seen(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file with its size and time."""
    found = {}
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink():
            status = file.stat()
            found[file.relative_to(folder).as_posix()] = (status.st_size, status.st_mtime_ns)
    return found
