"""`_headers` as a static host reads it: a path on a line of its own, then indented `Name: value` lines.

The syntax is Netlify's (docs.netlify.com/manage/routing/headers). Every rule that matches a path counts; values of one
name are joined with commas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .redirects import path_pattern

HTTPS_ONLY = frozenset({"strict-transport-security"})
"""Headers that would make a browser insist on HTTPS for the preview's host, which speaks HTTP."""
CACHING = "cache-control"
POLICY = "content-security-policy"


@dataclass(frozen=True, slots=True)
class HeaderRule:
    """The headers of the paths that match."""

    pattern: re.Pattern[str]
    headers: tuple[tuple[str, str], ...]


def parse_headers(text: str) -> Iterator[HeaderRule]:
    """Each path with the headers under it; comments and lines that are neither are left out."""
    path, headers = "", list[tuple[str, str]]()
    for line in [*text.splitlines(), "/"]:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, colon, value = line.strip().partition(":")
        if line.startswith("/"):
            if headers:
                yield HeaderRule(path_pattern(path), tuple(headers))
            path, headers = line.strip(), []
        elif colon and path:
            headers.append((name.strip().lower(), value.strip()))


def headers_for(path: str, rules: Iterable[HeaderRule]) -> dict[str, str]:
    """What the host would send with `path`, fit for a preview: nothing is kept by the browser, HTTPS is not forced."""
    joined: dict[str, list[str]] = {}
    for rule in rules:
        if rule.pattern.fullmatch(path):
            for name, value in rule.headers:
                joined.setdefault(name, []).append(policy_for_preview(value) if name == POLICY else value)
    headers = {name: ", ".join(values) for name, values in joined.items() if name not in HTTPS_ONLY}
    headers[CACHING] = "no-cache"
    return headers


def policy_for_preview(policy: str) -> str:
    """`policy` with HTTPS not forced, and open to the preview's own script, style and events, which are same-origin."""
    directives = {}
    for directive in filter(None, map(str.strip, policy.split(";"))):
        name, _, value = directive.partition(" ")
        directives[name.lower()] = value.strip()
    directives.pop("upgrade-insecure-requests", None)
    fallback = directives.get("default-src")
    for name in ("script-src", "style-src", "connect-src"):
        sources = directives.get(name, fallback)
        if sources is not None and "'self'" not in sources.split():
            directives[name] = " ".join(["'self'", *(s for s in sources.split() if s != "'none'")])
    return "; ".join(f"{name} {value}".strip() for name, value in directives.items())
