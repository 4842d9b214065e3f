"""Parts a Markdown file into its front matter (YAML between two lines of three hyphens) and its body."""

from __future__ import annotations

from dataclasses import dataclass

from dealergen.config.yaml_positions import Document
from dealergen.errors import Place, Problem

FENCE = "---"


@dataclass(slots=True)
class Parted:
    """A file in two."""

    document: Document
    """The front matter; its places are lines and columns of the whole file."""
    body: str


def part(text: str, file: str) -> Parted | Problem:
    """The two parts of `text`; or what keeps it from being parted."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if lines[start].rstrip() != FENCE:
        return Problem(
            "content.front-matter", "the file does not begin with front matter", Place(file, start + 1, 1),
            remedy="Begin it with a line of three hyphens, then `title: …`, then three hyphens again.",
        )  # fmt: skip
    end = next((index for index in range(start + 1, len(lines)) if lines[index].rstrip() == FENCE), None)
    if end is None:
        return Problem(
            "content.front-matter", "the front matter that begins here does not end", Place(file, start + 1, 1),
            remedy="Put a line of three hyphens between the settings and the text.",
        )  # fmt: skip
    document = Document("\n".join(lines[start + 1 : end]), file, first_line=start + 2)
    return Parted(document, "\n".join(lines[end + 1 :]))
