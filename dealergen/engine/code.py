"""dealergen's own code as a part of every fingerprint: a new version never leaves an old version's pages behind."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


@cache
def code_digest() -> bytes:
    """A digest over every source and data file of the package."""
    digest = blake2b(digest_size=16)
    for file in sorted(PACKAGE.rglob("*")):
        if file.suffix in {".py", ".yaml"} and "themes" not in file.parts:
            digest.update(file.relative_to(PACKAGE).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.digest()
