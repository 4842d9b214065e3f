"""`_redirects` as a static host reads it: lines of `FROM [query=:value] TO [STATUS][!] [Condition=…]`.

The syntax is Netlify's (docs.netlify.com/manage/routing/redirects/redirect-options). Rules with conditions (country,
language, role) are left out, since only the host can know them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import merge
from operator import itemgetter
from urllib.parse import parse_qsl, quote, unquote

MOVED = 301


@dataclass(frozen=True)
class Redirect:
    """One line. `target` is empty when the status alone is the answer (404, 410)."""

    source: str
    target: str
    status: int = MOVED
    force: bool = False
    """Answer even where a file stands (`301!`)."""
    query: tuple[tuple[str, str], ...] = ()
    """Parameters that must be there: name and value, or `:name` for any value."""

    @cached_property
    def is_plain(self) -> bool:
        """True when exactly one path matches, whatever its query."""
        return "*" not in self.source and "/:" not in self.source and not self.query

    @cached_property
    def _path(self) -> str:
        return unquote(self.source).rstrip("/")

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return path_pattern(self.source)

    def match(self, path: str, query: str = "") -> str | None:
        """Where a request for `path` goes, its placeholders filled in; None when the rule is not for it."""
        if self.is_plain:
            return self.target if path.rstrip("/") == self._path else None
        found = self._pattern.fullmatch(path)
        values = None if found is None else self._query_values(query)
        if found is None or values is None:
            return None
        return _filled(self.target, {**found.groupdict(), **values})

    def _query_values(self, query: str) -> dict[str, str] | None:
        given = dict(parse_qsl(query, keep_blank_values=True))
        values = {}
        for name, wanted in self.query:
            if name not in given or (not wanted.startswith(":") and given[name] != wanted):
                return None
            values[wanted.removeprefix(":")] = quote(given[name])
        return values


class Redirects:
    """The rules of a site. Most are for one address each, and there may be thousands: those are looked up."""

    def __init__(self, rules: Iterable[Redirect]) -> None:
        self._plain: dict[str, list[tuple[int, Redirect]]] = {}
        self._others: list[tuple[int, Redirect]] = []
        for place in enumerate(rules):
            rule = place[1]
            same = self._plain.setdefault(unquote(rule.source).rstrip("/"), []) if rule.is_plain else self._others
            same.append(place)

    def matches(self, path: str, query: str = "") -> Iterator[tuple[Redirect, str]]:
        """The rules for a request, in their order, each with where it leads."""
        plain = self._plain.get(path.rstrip("/"), [])
        for _, rule in merge(plain, self._others, key=itemgetter(0)):
            target = rule.match(path, query)
            if target is not None:
                yield rule, target


def path_pattern(path: str) -> re.Pattern[str]:
    """A path with `:name` and a `*` at its end as a pattern; a slash at the end does not count."""
    parts = []
    for segment in unquote(path).strip("/").split("/"):
        if segment == "*":
            parts.append("(?:/(?P<splat>.*))?")
        elif re.fullmatch(r":[A-Za-z_]\w*", segment):
            parts.append(f"/(?P<{segment[1:]}>[^/]+)")
        elif segment:
            parts.append("/" + re.escape(segment).replace(r"\*", ".*"))
    return re.compile("".join(parts) + "/?")


def _filled(target: str, values: dict[str, str | None]) -> str:
    return re.sub(r":([A-Za-z_]\w*)", lambda name: _value(name, values), target)


def _value(name: re.Match[str], values: dict[str, str | None]) -> str:
    return (values[name[1]] or "") if name[1] in values else name[0]


def parse_redirects(text: str) -> Iterator[Redirect]:
    """Each line that holds a rule; comments, blank lines and rules with conditions are left out."""
    for line in text.splitlines():
        words = re.split(r"\s#", line.strip(), maxsplit=1)[0].split()
        if words and not words[0].startswith("#") and (rule := _rule(words)) is not None:
            yield rule


def _rule(words: list[str]) -> Redirect | None:
    source, *rest = words
    query = []
    while rest and "=" in rest[0] and not rest[0].startswith(("/", "http://", "https://")):
        name, _, value = rest.pop(0).partition("=")
        query.append((name, value))
    target = rest.pop(0) if rest and not _status(rest[0]) else ""
    status, force = (_status(rest.pop(0)) if rest else None) or (MOVED, False)
    if rest or not source.startswith("/") or (not target and status == MOVED):
        return None
    return Redirect(source, target, status, force, tuple(query))


def _status(word: str) -> tuple[int, bool] | None:
    found = re.fullmatch(r"([1-5]\d\d)(!?)", word)
    return (int(found[1]), bool(found[2])) if found else None
