"""The manifest: what the last build wrote, from which fingerprint, and how the file looked on disk.

One line an artifact, tab-separated, so that a hundred thousand lines load in a quarter of a second; the last line is a
digest over them. A manifest that is damaged, or of another version, counts as none: the build is then a full one.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from .writer import replace_file

HEADER = "dealergen manifest 2"


@dataclass(slots=True)
class Record:
    """One file that a build wrote."""

    fingerprint: str
    digest: str
    """Of the bytes written."""
    size: int
    mtime_ns: int

    def matches(self, file: Path) -> bool:
        """Whether `file` still is what was written, by size and time of change."""
        try:
            status = file.stat()
        except OSError:
            return False
        return status.st_size == self.size and status.st_mtime_ns == self.mtime_ns


Manifest = dict[str, Record]


def read_manifest(file: Path) -> Manifest:
    """The manifest in `file`; empty when there is none that can be trusted."""
    try:
        body, _, end = file.read_bytes().rpartition(b"\n")
        if end != _seal(body):
            return {}
        head, *lines = body.decode().split("\n")
        return dict(map(_record, lines)) if head == HEADER else {}
    except (OSError, ValueError):
        return {}


def _record(line: str) -> tuple[str, Record]:
    path, fingerprint, digest, size, mtime_ns = line.split("\t")
    return path, Record(fingerprint, digest, int(size), int(mtime_ns))


def write_manifest(file: Path, manifest: Manifest) -> None:
    """Replace `file` atomically."""
    lines = [
        f"{path}\t{record.fingerprint}\t{record.digest}\t{record.size}\t{record.mtime_ns}"
        for path, record in sorted(manifest.items())
    ]
    body = "\n".join([HEADER, *lines]).encode()
    replace_file(file, body + b"\n" + _seal(body))


def _seal(body: bytes) -> bytes:
    return blake2b(body, digest_size=16).hexdigest().encode()
