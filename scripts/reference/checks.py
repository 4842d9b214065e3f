"""`docs/reference/checks.md`: every lint of `dealergen check`, from the registry of rules."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from dealergen.check import Rule, all_rules

from .markdown import code, page, table

INTRODUCTION = """What `dealergen check` looks for in a built site. This page is made from the code.

A code is permanent. `--rule CODE` runs one rule, and `--rule links` a whole family; `--level warning` leaves notices
out. Only errors make the command exit with 1.

Another package adds rules through the entry-point group `dealergen.checks`."""


def checks_reference() -> str:
    """The page."""
    families = groupby(own_rules(), key=lambda rule: rule.code.partition("/")[0])
    return page("Checks", INTRODUCTION, *[_section(name, list(rules)) for name, rules in families])


def own_rules() -> Iterator[Rule]:
    """The rules that ship; not those of other packages that happen to be installed."""
    for rule in all_rules():
        find = rule.find_in_page or rule.find_in_site
        if find is not None and find.__module__.startswith("dealergen."):
            yield rule


def _section(family: str, rules: list[Rule]) -> str:
    rows = [(code(rule.code), rule.level, rule.why, rule.remedy) for rule in rules]
    return f"## {family.capitalize()}\n\n" + table(("code", "level", "why it matters", "what to do"), rows)
