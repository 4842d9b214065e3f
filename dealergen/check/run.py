"""Runs the rules: each page is read once, by several processes when there are many."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from dealergen.errors import Place, Problem

from .document import Document
from .output import Output
from .page import Page, summarize
from .registry import Rule, all_rules

CHUNK = 100
ALONE = 300
"""Pages below which other processes would cost more than they save."""

Read = tuple[list[Page], list[Problem]]


def run_checks(
    out: Path,
    rules: Sequence[Rule] | None = None,
    *,
    redirects: Mapping[str, str] | None = None,
    jobs: int | None = None,
) -> list[Problem]:
    """What the rules (all by default) find in the site built in `out`, in the order of the rules, then of paths.

    Places are relative to `out`. `redirects` maps paths that the host redirects to where they lead.
    """
    chosen = all_rules() if rules is None else tuple(rules)
    paths = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.html"))
    pages, problems = _joined(_read(out, paths, chosen, jobs or os.cpu_count() or 1))
    output = Output(out, pages, redirects)
    for rule in chosen:
        if rule.find_in_site is not None:
            problems.extend(map(rule.problem, rule.find_in_site(output)))
    order = {rule.code: number for number, rule in enumerate(chosen)}
    return sorted(problems, key=lambda problem: (order[problem.code], *_position(problem.place)))


def _read(out: Path, paths: Sequence[str], rules: Sequence[Rule], jobs: int) -> Iterator[Read]:
    page_rules = [rule for rule in rules if rule.find_in_page is not None]
    if jobs == 1 or len(paths) < ALONE or not _known_by_code(page_rules):
        yield read_pages(out, paths, page_rules)
        return
    chunks = [paths[start : start + CHUNK] for start in range(0, len(paths), CHUNK)]
    codes = [rule.code for rule in page_rules]
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(_read_apart, [out] * len(chunks), chunks, [codes] * len(chunks))


def _known_by_code(rules: Iterable[Rule]) -> bool:
    """Whether another process can find these rules by their codes."""
    return set(rules) <= set(all_rules())


def _read_apart(out: Path, paths: Sequence[str], codes: Sequence[str]) -> Read:
    return read_pages(out, paths, [rule for rule in all_rules() if rule.code in codes])


def read_pages(out: Path, paths: Iterable[str], rules: Sequence[Rule]) -> Read:
    """The summaries of the pages, and what the rules for single pages find in them."""
    pages: list[Page] = []
    problems: list[Problem] = []
    for path in paths:
        document = Document(path, (out / path).read_text("utf-8", "replace"))
        pages.append(summarize(document))
        for rule in rules:
            if rule.find_in_page is not None:
                problems.extend(map(rule.problem, rule.find_in_page(document)))
    return pages, problems


def _joined(parts: Iterable[Read]) -> Read:
    pages: list[Page] = []
    problems: list[Problem] = []
    for some_pages, some_problems in parts:
        pages += some_pages
        problems += some_problems
    return pages, problems


def _position(place: Place | None) -> tuple[str, int, int]:
    if place is None:
        return "", 0, 0
    return place.file, place.line or 0, place.column if isinstance(place.column, int) else 0
