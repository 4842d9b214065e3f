"""The built site as a static host answers for it: files, folders' indexes, redirects, headers and the 404 page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from .headers import HeaderRule, headers_for, read_headers
from .redirects import Redirect, read_redirects

RULES = ("_redirects", "_headers")
ENDING = ("", ".html", "/index.html")


@dataclass(frozen=True, slots=True)
class Answer:
    """A file with a status, a place to go, or the status alone."""

    status: int
    file: Path | None = None
    location: str = ""


class BuiltSite:
    """The site in `out`, asked for under `prefix`; the host's files are read again when they change."""

    def __init__(self, out: Path, prefix: str = "") -> None:
        self.out = out
        self._prefix = prefix
        self._stamps: tuple[tuple[int, int] | None, ...] = ()
        self._redirects: list[Redirect] = []
        self._headers: list[HeaderRule] = []

    def answer(self, path: str, query: str = "") -> Answer:
        """`path` is decoded, with its leading slash. Forced redirects win over files, files over the others."""
        self._refresh()
        file = self._file(path)
        for rule in self._redirects:
            if (file is None or rule.force) and (target := rule.match(path, query)) is not None:
                answer = self._redirected(rule.status, target, path, query)
                if answer is not None:
                    return answer
        if path == "/" and self._prefix:
            return Answer(302, location=f"{self._prefix}/")
        if file is None:
            return Answer(404, self._missing())
        if file.name == "index.html" and not path.endswith(("/", "/index.html")):
            return Answer(301, location=_with_query(quote(path) + "/", query))
        return Answer(200, file)

    def headers(self, path: str) -> dict[str, str]:
        """The headers that go with `path`."""
        self._refresh()
        return headers_for(path, self._headers)

    def _redirected(self, status: int, target: str, path: str, query: str) -> Answer | None:
        """None when the rule leads nowhere else, as one that only adds a slash does."""
        if 300 <= status < 400:
            same = unquote(target).rstrip("/") == path.rstrip("/")
            return None if same else Answer(status, location=_with_query(target, query))
        file = self._file(unquote(target.partition("?")[0])) if target else None
        return None if status == 200 and file is None else Answer(status, file or self._missing())

    def _missing(self) -> Path | None:
        return self._file(f"{self._prefix}/404.html")

    def _file(self, path: str) -> Path | None:
        """The file within the output folder, links followed, that stands for `path`."""
        if self._prefix and not f"{path}/".startswith(f"{self._prefix}/"):
            return None
        relative = path.removeprefix(self._prefix).strip("/") or "index.html"
        if relative in RULES or "\0" in path:
            return None
        top = self.out.resolve()
        for ending in ENDING:
            real = _resolved(top / (relative + ending))
            if real is not None and real.is_relative_to(top):
                return real
        return None

    def _refresh(self) -> None:
        files = [self.out / name for name in RULES]
        stamps = tuple(map(_stamp, files))
        if stamps != self._stamps:
            self._redirects, self._headers = read_redirects(files[0]), read_headers(files[1])
            self._stamps = stamps


def _with_query(location: str, query: str) -> str:
    return f"{location}?{query}" if query and "?" not in location else location


def _resolved(file: Path) -> Path | None:
    """Where `file` really is; None unless a regular file is there."""
    try:
        real = file.resolve(strict=True)
        return real if real.is_file() else None
    except OSError:
        return None


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
