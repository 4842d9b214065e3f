"""What is on record of the last build of a folder: its manifest, what it read, and which files are its own."""

from __future__ import annotations

from pathlib import Path

from dealergen.build.adopt import earlier_files
from dealergen.build.place import output_folder
from dealergen.build.remember import READS
from dealergen.build.run import state_folder
from dealergen.engine.make import MANIFEST
from dealergen.engine.makings import Build, read_builds
from dealergen.engine.manifest import Manifest, read_manifest


def last_manifest(root: Path, out: Path) -> Manifest:
    """What the last build into `out` wrote; empty if there was none."""
    return read_manifest(state_folder(root.resolve(), output_folder(root, out)) / MANIFEST)


def last_builds(root: Path, out: Path) -> list[Build]:
    """What is remembered of the builds into `out`, oldest first."""
    return read_builds(state_folder(root.resolve(), output_folder(root, out)) / READS)


def owned_files(root: Path, out: Path, prefix: str) -> set[str]:
    """The paths in `out` that builds have made: by the manifest, and by the ledger and the folders beside it."""
    return {*last_manifest(root, out), *earlier_files(out, prefix)}
