"""The registry of rules: those of this package, then those that other packages bring."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Literal, NamedTuple

from dealergen.errors import Level, Place, Problem, UsageError

if TYPE_CHECKING:
    from .document import Document, Element
    from .output import Output
    from .page import Reference

GROUP = "dealergen.checks"
FAMILIES = ("links", "images", "titles", "headings", "canonical", "hreflang", "sitemap", "forms", "markup", "safety")
"""The modules of this package that hold rules, in the order of reports."""


class Finding(NamedTuple):
    """A fault: the built file, the place in it, what is wrong with it, and the text in question."""

    file: str
    message: str
    value: str | None = None
    line: int | None = None
    column: int | None = None


def at(document: Document, element: Element, message: str, value: str | None = None) -> Finding:
    """A finding at an element of a page."""
    return Finding(document.path, message, value, element.line, element.column)


def at_reference(path: str, reference: Reference, message: str) -> Finding:
    """A finding at an address in a page."""
    return Finding(path, message, reference.url, reference.line, reference.column)


PageFind = Callable[["Document"], Iterator[Finding]]
SiteFind = Callable[["Output"], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A lint. `why` is one sentence on what it finds and why that matters; `code` is never renamed."""

    code: str
    level: Level
    why: str
    remedy: str
    scope: Literal["page", "site"]
    find_in_page: PageFind | None = None
    find_in_site: SiteFind | None = None

    def problem(self, finding: Finding) -> Problem:
        place = Place(finding.file, finding.line, finding.column)
        return Problem(self.code, finding.message, place, finding.value, self.remedy, self.level)


def page_rule(code: str, level: Level, *, why: str, remedy: str) -> Callable[[PageFind], Rule]:
    """Make a rule of a function that is handed one page."""
    return lambda find: Rule(code, level, why, remedy, "page", find_in_page=find)


def site_rule(code: str, level: Level, *, why: str, remedy: str) -> Callable[[SiteFind], Rule]:
    """Make a rule of a function that is handed the whole site."""
    return lambda find: Rule(code, level, why, remedy, "site", find_in_site=find)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule that is installed. Raises `UsageError` when two share a code or a package's rules cannot be had."""
    rules: dict[str, Rule] = {}
    for rule in (*_own_rules(), *_foreign_rules()):
        if rule.code in rules:
            raise UsageError(f"Two checks are called {rule.code}", remedy="Remove one of the packages that bring them.")
        rules[rule.code] = rule
    return tuple(rules.values())


def select_rules(rules: Iterable[Rule], codes: Sequence[str]) -> list[Rule]:
    """The rules with these codes or of these families; all of them without codes. Raises `UsageError` for others."""
    known = list(rules)
    for code in codes:
        if not any(_named(rule, code) for rule in known):
            close = get_close_matches(code, [rule.code for rule in known], n=1)
            hint = f"Did you mean {close[0]}? " if close else ""
            raise UsageError(f"There is no check called {code}", remedy=f"{hint}See them all: dealergen check --list.")
    return [rule for rule in known if not codes or any(_named(rule, code) for code in codes)]


def _named(rule: Rule, code: str) -> bool:
    return rule.code == code or rule.code.startswith(code.rstrip("/") + "/")


def _own_rules() -> Iterator[Rule]:
    for family in FAMILIES:
        yield from _rules_in(import_module(f"dealergen.check.{family}"))


def _foreign_rules() -> Iterator[Rule]:
    for point in entry_points(group=GROUP):
        try:
            yield from _rules_in(point.load())
        except Exception as error:
            raise _unusable(point, error) from error


def _unusable(point: EntryPoint, error: Exception) -> UsageError:
    package = point.dist.name if point.dist else point.value
    return UsageError(
        f"The checks that {package} brings cannot be used: {type(error).__name__}: {error}",
        remedy=f"Update or remove {package}.",
    )


def _rules_in(found: object) -> Iterator[Rule]:
    """The rules of an entry point: a rule itself, a collection of rules, or a module that holds some."""
    if isinstance(found, Rule):
        yield found
        return
    members = found if isinstance(found, Iterable) else vars(found).values()
    yield from (member for member in members if isinstance(member, Rule))
