"""The file of what artifacts were made from: appended to, rewritten when it has grown, and read back as makings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from dealergen.errors import OutputError

from .reads import HEADER
from .writer import replace_file

KEPT = 2
"""Makings of a path that are remembered: what it is made from now, and what it was made from before."""
SLACK = 65_536
"""Bytes by which a small file may grow before it is rewritten."""


@dataclass(slots=True, eq=False)
class Build:
    """One build that made something."""

    written_at: str
    """ISO 8601, UTC: when it ended."""
    clock: str
    """ISO 8601: the moment that it was built for."""
    templates: dict[str, dict[str, str]] = field(default_factory=dict)
    """Template → the files of its closure, each with the digest of its source."""
    notes: dict[str, dict[str, str]] = field(default_factory=dict)
    """A fact's digest → what was worth knowing of it."""
    lines: list[str] = field(default_factory=list)
    """The lines of the makings."""


@dataclass(slots=True)
class Making:
    """One time that an artifact was made."""

    build: Build
    cause: str
    """`new`, `changed`, or `restored` where the file did not stand as it was left."""
    maker: str
    templates: list[str]
    reads: dict[str, str]
    """Fact → digest."""


def append_makings(file: Path, lines: Collection[str], planned: Callable[[], Collection[str]]) -> None:
    """Add the account of a build to `file`. `planned` answers the paths that still are, should it be rewritten."""
    data = "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
    if not data:
        return
    base = _base(file)
    if base is None:
        _write(file, data)
        return
    try:
        with file.open("ab") as stream:
            stream.write(b"\n" + data)  # a kill may have cut the line before short
            size = stream.tell()
    except OSError as error:
        raise OutputError(f"{file} cannot be written: {error.strerror}", remedy="Make room and build again.") from error
    if size > 2 * base + SLACK:
        _write(file, _kept(read_builds(file), frozenset(planned())))


def _base(file: Path) -> int | None:
    """The size when it was last rewritten; None for a file that is missing or of another version."""
    try:
        with file.open("rb") as stream:
            head, _, size = stream.readline(80).decode().strip().rpartition(" ")
        return int(size) if head == HEADER else None
    except (OSError, ValueError):
        return None


def _write(file: Path, data: bytes) -> None:
    replace_file(file, f"{HEADER} {len(data)}\n".encode() + data)


def _kept(builds: Sequence[Build], planned: Collection[str]) -> bytes:
    """The last makings of every planned path, and what they refer to."""
    left = dict.fromkeys(planned, KEPT)
    blocks = []
    for build in reversed(builds):
        lines = []
        for line in reversed(build.lines):
            path = line.split("\t", 2)[1]
            if left.get(path, 0):
                left[path] -= 1
                lines.append(line)
        if lines:
            blocks.append([*_head(build, lines), *reversed(lines)])
    return "".join(f"{line}\n" for block in reversed(blocks) for line in block).encode("utf-8", "replace")


def _head(build: Build, lines: Sequence[str]) -> Iterator[str]:
    referred = {word.rpartition("=")[2] for line in lines for word in line.split("\t")[4:]}
    yield f"B\t{build.written_at}\t{build.clock}"
    for name, members in build.templates.items():
        yield "\t".join(("T", name, *[f"{member}={digest}" for member, digest in members.items()]))
    for digest, note in build.notes.items():
        if digest in referred:
            yield "\t".join(("N", digest, *[f"{key}={value}" for key, value in note.items()]))


def read_builds(file: Path) -> list[Build]:
    """Every build that `file` tells of, oldest first."""
    return [] if _base(file) is None else parse_builds(file.read_text("utf-8", "replace").split("\n")[1:])


def parse_builds(lines: Iterable[str]) -> list[Build]:
    """The builds that `lines` tell of, oldest first; lines that a kill cut short are passed over."""
    builds: list[Build] = []
    for line in lines:
        kind, *words = line.split("\t")
        with suppress(IndexError):
            if kind == "B":
                builds.append(Build(words[0], words[1]))
            elif kind == "T":
                builds[-1].templates[words[0]] = _pairs(words[1:])
            elif kind == "N":
                builds[-1].notes[words[0]] = _pairs(words[1:])
            elif kind == "P" and len(words) >= 3:
                builds[-1].lines.append(line)
    return builds


def makings_of(builds: Sequence[Build], path: str) -> list[Making]:
    """The makings of one path, the last first."""
    start = f"P\t{path}\t"
    return [_making(build, line) for build in reversed(builds) for line in build.lines if line.startswith(start)]


def _making(build: Build, line: str) -> Making:
    _, _, cause, maker, *words = line.split("\t")
    templates = [word for word in words if "=" not in word]
    return Making(build, cause, maker, templates, _pairs(word for word in words if "=" in word))


def _pairs(words: Iterable[str]) -> dict[str, str]:
    """`name=value` words as a mapping; a name that comes again gets a number."""
    pairs: dict[str, str] = {}
    for word in words:
        name, _, value = word.partition("=")
        pairs[name if name not in pairs else f"{name} {len(pairs) + 1}"] = value
    return pairs
