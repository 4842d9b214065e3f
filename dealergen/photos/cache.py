"""What is known of photos already seen, and the variants already made: so a warm build opens and decodes nothing."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Set
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

from dealergen.errors import OutputError

from .faults import CURABLE

EPOCH: Final = 2
"""Raise it when decoding or encoding changes what comes out, on purpose only: everybody's photos are then made again.
A newer Pillow is no reason: its bytes may differ in nothing that anyone sees."""
_RACY_NS: Final = 2_000_000_000
"""A file touched this shortly before it was hashed may change again without its time stamp moving."""


@dataclass(frozen=True, slots=True)
class Known:
    """What inspection found: the size as shown, the dominant colour; or the `fault` for which the photo is left out."""

    width: int = 0
    height: int = 0
    color: str = ""
    fault: str = ""


class PhotoIndex:
    """Path, size and time stamp → digest of the bytes → `Known`; kept as JSON between builds."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._files: dict[str, tuple[int, int, str]] = {}
        self.pictures: dict[str, Known] = {}
        self._load()

    def digest(self, path: str, stat: os.stat_result) -> str | None:
        """The digest (hex) of the file's bytes, if neither size nor time stamp has moved since it was taken."""
        size, mtime, digest = self._files.get(path, (-1, -1, ""))
        return digest if (size, mtime) == (stat.st_size, stat.st_mtime_ns) and digest in self.pictures else None

    def remember(self, path: str, stat: os.stat_result, digest: str) -> None:
        if time.time_ns() - stat.st_mtime_ns > _RACY_NS:
            self._files[path] = (stat.st_size, stat.st_mtime_ns, digest)

    def keep_only(self, digests: Set[str]) -> None:
        """Forget every picture but these, and the files that held them."""
        self.pictures = {digest: known for digest, known in self.pictures.items() if digest in digests}
        self._files = {path: row for path, row in self._files.items() if row[2] in digests}

    def save(self) -> None:
        """Write the index, sorted, in one atomic step; not at all when it says what it said."""
        lasting = {digest: known for digest, known in self.pictures.items() if known.fault not in CURABLE}
        body = {
            "epoch": EPOCH,
            "files": dict(sorted(self._files.items())),
            "pictures": {digest: asdict(known) for digest, known in sorted(lasting.items())},
        }
        data = json.dumps(body, separators=(",", ":")).encode("utf-8", "surrogatepass")
        if not self._file.is_file() or self._file.read_bytes() != data:
            write_whole(self._file, data)

    def _load(self) -> None:
        """A missing, damaged or older index is an empty one: everything in it can be found out again."""
        try:
            body = json.loads(self._file.read_bytes())
            if body["epoch"] == EPOCH:
                self.pictures = {digest: Known(**known) for digest, known in body["pictures"].items()}
                self._files = {path: (int(row[0]), int(row[1]), str(row[2])) for path, row in body["files"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
            self._files, self.pictures = {}, {}


def digest_bytes(data: bytes) -> str:
    """The digest of a picture's bytes, in hex; two identical pictures share it."""
    return blake2b(data, digest_size=16).hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` so that a reader sees the old file or the new one, never a part. Raises `OutputError`."""
    draft = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        raise OutputError(
            f"the photo cache cannot be written: {path} ({error.strerror or error})",
            remedy="Free some space, or correct the folder's permissions.",
        ) from error
