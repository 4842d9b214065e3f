"""The documents as tests read them: their fenced blocks, code spans, links and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
HANDWRITTEN = [path for path in DOCUMENTS if path.parent.name != "reference"]

_FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """One fenced block."""

    document: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.document.relative_to(ROOT)}:{self.line}"

    @property
    def named(self) -> str:
        """The file that its first comment names, in whatever way the language writes comments; else empty."""
        found = re.match(r"(?:---\n)?(?:#|\{#|/\*) ([\w./-]+\.\w+)(?: #\}| \*/)?\n", self.text)
        return found[1] if found else ""


def blocks(language: str) -> list[Block]:
    """The blocks of a language in all documents."""
    return [block for path in HANDWRITTEN for block in _blocks(path) if block.language == language]


def spans(path: Path) -> list[str]:
    """The code spans of a document, outside of fenced blocks."""
    return _SPAN.findall(prose(path))


def links(path: Path) -> list[str]:
    """Where a document's links and pictures lead."""
    return [first or second for first, second in _LINK.findall(_without_spans(prose(path)))]


def anchors(path: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    return {_anchor(heading) for heading in _HEADING.findall(prose(path))}


def prose(path: Path) -> str:
    """A document without its fenced blocks."""
    return _FENCE.sub("", path.read_text("utf-8"))


def _without_spans(text: str) -> str:
    return _SPAN.sub(" ", text)


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _blocks(path: Path) -> Iterator[Block]:
    text = path.read_text("utf-8")
    for found in _FENCE.finditer(text):
        yield Block(path, text.count("\n", 0, found.start()) + 1, found["language"], found["text"])
