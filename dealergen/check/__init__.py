"""Lints over the built site: each rule has a permanent code, a reason and a level, and is one function.

A rule looks at one page (`@page_rule`) or at the whole site (`@site_rule`). Other packages add rules through the
entry-point group `dealergen.checks`, which names a rule, a list of rules, or a module that holds them.
"""

from .document import Document, Element
from .output import Output
from .page import Page
from .registry import Finding, Rule, all_rules, page_rule, select_rules, site_rule
from .run import run_checks

__all__ = [
    "Document",
    "Element",
    "Finding",
    "Output",
    "Page",
    "Rule",
    "all_rules",
    "page_rule",
    "run_checks",
    "select_rules",
    "site_rule",
]
