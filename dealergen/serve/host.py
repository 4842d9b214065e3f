"""A static host's answers over the files of a site: folders' indexes, redirects, headers and the 404 page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, unquote

from .headers import HeaderRule, headers_for, parse_headers
from .redirects import Redirects, parse_redirects

REDIRECTS, HEADERS = RULES = ("_redirects", "_headers")
ENDING = ("", ".html", "/index.html")


class Files(Protocol):
    """The files of a site, by their paths relative to its top."""

    def has(self, path: str) -> bool: ...

    def mark(self, path: str) -> str:
        """Differs when the file would; empty for no file."""
        ...

    def read(self, path: str) -> bytes:
        """Raises KeyError for no file."""
        ...

    def on_disk(self, path: str) -> Path | None:
        """Where the very file stands, so that parts of it can be sent; None for one that is made."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """A file with a status, a place to go, or the status alone."""

    status: int
    path: str | None = None
    location: str = ""


class Host:
    """Answers for `files`, asked for under `prefix`. The host's own files are read again when they change."""

    def __init__(self, files: Files, prefix: str = "") -> None:
        self.files = files
        self._prefix = prefix
        self._marks: tuple[str, ...] = ()
        self._redirects = Redirects([])
        self._headers: list[HeaderRule] = []

    def answer(self, path: str, query: str = "") -> Answer:
        """`path` is decoded, with its leading slash. Forced redirects win over files, files over the others."""
        self._refresh()
        file = self._file(path)
        for rule, target in self._redirects.matches(path, query):
            if file is None or rule.force:
                answer = self._redirected(rule.status, target, path, query)
                if answer is not None:
                    return answer
        if path == "/" and self._prefix:
            return Answer(302, location=f"{self._prefix}/")
        if file is None:
            return Answer(404, self._missing())
        if file.rpartition("/")[2] == "index.html" and not path.endswith(("/", "/index.html")):
            return Answer(301, location=_with_query(quote(path) + "/", query))
        return Answer(200, file)

    def headers(self, path: str) -> dict[str, str]:
        """The headers that go with `path`."""
        self._refresh()
        return headers_for(path, self._headers)

    def version(self, path: str) -> str:
        """Differs when what is answered for `path` would."""
        answer = self.answer(path)
        return f"{answer.status}{self.files.mark(answer.path) if answer.path else quote(answer.location)}"

    def _redirected(self, status: int, target: str, path: str, query: str) -> Answer | None:
        """None when the rule leads nowhere else, as one that only adds a slash does."""
        if 300 <= status < 400:
            same = unquote(target).rstrip("/") == path.rstrip("/")
            return None if same else Answer(status, location=_with_query(target, query))
        file = self._file(unquote(target.partition("?")[0])) if target else None
        return None if status == 200 and file is None else Answer(status, file or self._missing())

    def _missing(self) -> str | None:
        return self._file(f"{self._prefix}/404.html")

    def _file(self, path: str) -> str | None:
        """The file that stands for `path`."""
        if self._prefix and not f"{path}/".startswith(f"{self._prefix}/"):
            return None
        relative = path.removeprefix(self._prefix).strip("/") or "index.html"
        if relative in RULES or "\0" in path:
            return None
        return next((relative + ending for ending in ENDING if self.files.has(relative + ending)), None)

    def _refresh(self) -> None:
        marks = tuple(map(self.files.mark, RULES))
        if marks != self._marks:
            self._redirects = Redirects(parse_redirects(self._text(REDIRECTS)))
            self._headers = list(parse_headers(self._text(HEADERS)))
            self._marks = marks

    def _text(self, path: str) -> str:
        return self.files.read(path).decode("utf-8", "replace") if self.files.has(path) else ""


def _with_query(location: str, query: str) -> str:
    return f"{location}?{query}" if query and "?" not in location else location
