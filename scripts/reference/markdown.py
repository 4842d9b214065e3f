"""Small parts of Markdown pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def page(title: str, *parts: str) -> str:
    """A page: its title, then its parts with blank lines between them."""
    return "\n\n".join([f"# {title}", *(part.strip("\n") for part in parts if part.strip())]) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; cells may hold bars and line breaks."""
    return "\n".join(_lines(head, rows))


def code(text: str) -> str:
    """A span of code, whatever backticks it holds."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def codes(texts: Iterable[str]) -> str:
    """Several spans with commas between them."""
    return ", ".join(map(code, texts))


def one_line(text: str | None) -> str:
    """Text without line breaks."""
    return " ".join((text or "").split())


def _lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _row(head)
    yield "|" + "---|" * len(head)
    for row in rows:
        yield _row(row)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(one_line(cell).replace("|", "\\|") for cell in cells) + " |"
