"""What each artifact was made from, kept beside the manifest so that a build can be explained afterwards.

A build appends a line for each artifact that it made, and a few that those share; one that makes nothing does not touch
the file, and none reads it. When it has grown to twice its size it is rewritten with the last two makings of each path.

    dealergen reads 1 <size>            bytes when it was last rewritten
    B  <written at>  <clock>            a build; what follows belongs to it
    T  <template>  <member>=<digest> …  the files of a template's closure
    N  <digest>  <key>=<value> …        what is worth knowing of a fact
    P  <path>  <cause>  <maker>  <template> or <name>=<digest> …
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from hashlib import blake2b
from typing import Any, Literal

from .artifact import Artifact, Fact, FactList, Template
from .code import code_of
from .manifest import Record

HEADER = "dealergen reads 1"
Cause = Literal["new", "changed", "restored"]

Note = Callable[[Any], Mapping[str, str]]
"""What is worth knowing of a fact's value: keys and short values."""
Members = Callable[[str], Mapping[str, bytes]]
"""A template's name → every template that it is made of, with the digest of its source."""


class ReadsLog:
    """An observer that remembers what every made artifact was made from; `lines` is its account.

    `notes` says, by a fact's name, what is worth knowing of it.
    """

    def __init__(self, clock: dt.datetime, notes: Mapping[str, Note], members: Members) -> None:
        self._clock = clock
        self._notes = notes
        self._members = members
        self._lines: list[str] = []
        self._shared: dict[int, list[str]] = {}
        self._noted: set[bytes] = set()
        self._templates: set[str] = set()

    def made(self, artifact: Artifact, before: Record | None, after: Record) -> None:
        if "\t" in artifact.path or "\n" in artifact.path:
            return
        maker = artifact.maker
        marks = [*_signature(_function(artifact))]
        if isinstance(maker, Template):
            marks += self._template(maker.name)
        for fact in artifact.reads:
            marks += self._marks(fact)
        self._lines.append("\t".join(("P", artifact.path, _cause(before, after), *dict.fromkeys(marks))))

    def lines(self) -> Iterator[str]:
        """The account of this build; nothing when it made nothing."""
        if not self._lines:
            return
        written_at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        yield f"B\t{written_at}\t{self._clock.isoformat()}"
        for name in sorted(self._templates):
            members = (f"{member}={short(digest)}" for member, digest in sorted(self._members(name).items()))
            yield "\t".join(("T", name, *members))
        yield from self._lines

    def _marks(self, fact: Fact) -> list[str]:
        """The fact's name and digest, or those of the facts that it is derived from, with the templates on the way."""
        if isinstance(fact, FactList):
            return [_mark(fact), *(self._template(fact.parts[0].template) if fact.parts else ())]
        if not fact.parts:
            self._note(fact)
            return [_mark(fact)]
        if id(fact) in self._shared:
            return self._shared[id(fact)]
        marks = self._template(fact.template)
        for part in fact.parts:
            marks += self._marks(part)
        if any("=" not in mark for mark in marks):
            self._shared[id(fact)] = marks  # holds a fragment, which many pages share
        return marks

    def _template(self, name: str) -> list[str]:
        self._templates.update((name,) if name else ())
        return [name] if name else []

    def _note(self, fact: Fact) -> None:
        note = self._notes.get(fact.name)
        if note is None or fact.digest in self._noted:
            return
        self._noted.add(fact.digest)
        pairs = [f"{key}={value}" for key, value in note(fact.value).items()]
        line = "\t".join(pairs)
        if "\n" in line or "\r" in line or line.count("\t") >= len(pairs):
            line = "\t".join([" ".join(pair.split()) for pair in pairs])
        self._lines.append(f"N\t{short(fact.digest)}\t{line}")


def _cause(before: Record | None, after: Record) -> Cause:
    """`restored`: made from the same, because the file did not stand as it was left."""
    if before is None:
        return "new"
    return "restored" if before.fingerprint == after.fingerprint else "changed"


def maker_name(artifact: Artifact) -> str:
    """`dealergen.pages.vehicles.vehicle_context`: the view of a template, or the function that makes the bytes."""
    return _signature(_function(artifact))[0]


@cache
def _signature(function: Callable[..., Any]) -> tuple[str, str]:
    """A maker's name, and the mark of its code."""
    return f"{function.__module__}.{function.__qualname__}", f"code={short(code_of(function))}"


def _function(artifact: Artifact) -> Callable[..., Any]:
    maker = artifact.maker.view if isinstance(artifact.maker, Template) else artifact.maker
    return getattr(maker, "func", maker)  # of a partial, what it calls


def _mark(fact: Fact) -> str:
    return f"{fact.name}={short(fact.digest)}"


def short(digest: bytes) -> str:
    """Ten hexadecimal digits of a digest, whatever its length."""
    return digest[:5].hex() if len(digest) == 16 else blake2b(digest, digest_size=5).hexdigest()
