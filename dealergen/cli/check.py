"""`dealergen check`: lints over the built site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dealergen.errors import Level, Problem, UsageError

from .root import OUTPUT, site_option
from .summary import counted, shown_path
from .terminal import terminal_of

if TYPE_CHECKING:
    from dealergen.check import Rule

LEVELS: tuple[Level, ...] = ("error", "warning", "notice")
SHOWN = 10


def _list_rules(context: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    if not asked or context.resilient_parsing:
        return
    from dealergen.check import all_rules

    for rule in all_rules():
        click.echo(f"{rule.code}  [{rule.level}]\n    {rule.why}")
    context.exit()


@click.command()
@click.option("--list", is_flag=True, is_eager=True, expose_value=False, callback=_list_rules, help="List the rules.")
@site_option
@click.option("--out", type=click.Path(path_type=Path), help="The built site. Default: public/ beside site.yaml.")
@click.option("--rule", "codes", multiple=True, metavar="CODE", help="Only this rule or family; may be repeated.")
@click.option("--level", type=click.Choice(LEVELS), default="notice", help="The least level to report.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON on stdout.")
@click.pass_context
def check(
    context: click.Context,
    root: Path,
    out: Path | None,
    codes: tuple[str, ...],
    level: Level,
    as_json: bool,
) -> None:
    """Look for faults in the built site: broken links, missing alt texts, duplicate titles, and so on.

    \b
    Exit codes: 0 no error; 1 errors found; 2 usage.
    """
    from dealergen.check import all_rules, run_checks, select_rules

    rules = select_rules(all_rules(), codes)
    folder = _built_site(root, out)
    found = [
        problem for problem in run_checks(folder, rules, redirects=_redirects(folder)) if _at_least(problem, level)
    ]
    if as_json:
        click.echo(json.dumps([problem.as_json() for problem in found], ensure_ascii=False, indent=2))
    else:
        _tell(context, folder, rules, found)
    if any(problem.level == "error" for problem in found):
        context.exit(1)


def _built_site(root: Path, out: Path | None) -> Path:
    folder = out.absolute() if out else root / OUTPUT
    if not folder.is_dir() or not any(folder.rglob("*.html")):
        raise UsageError(f"There is no built site in {shown_path(folder)}", remedy="Build it first: dealergen build.")
    return folder


def _redirects(folder: Path) -> dict[str, str]:
    """Old path → new one, for the lines of `_redirects` without wildcards."""
    from dealergen.serve.redirects import parse_redirects

    file = folder / "_redirects"
    text = file.read_text("utf-8", "replace") if file.is_file() else ""
    return {rule.source: rule.target for rule in parse_redirects(text) if rule.is_plain}


def _at_least(problem: Problem, level: Level) -> bool:
    return LEVELS.index(problem.level) <= LEVELS.index(level)


def _tell(context: click.Context, folder: Path, rules: list[Rule], found: list[Problem]) -> None:
    terminal = terminal_of(context)
    by_code: dict[str, list[Problem]] = {}
    for problem in found:
        by_code.setdefault(problem.code, []).append(problem)
    for rule in rules:
        if problems := by_code.get(rule.code):
            _tell_rule(rule, problems, len(problems) if terminal.verbose else SHOWN)
    counts = " · ".join(counted(sum(p.level == level for p in found), level) for level in LEVELS)
    terminal.say(f"{shown_path(folder)}: {counts if found else 'no faults found'} ({counted(len(rules), 'rule')})")


def _tell_rule(rule: Rule, problems: list[Problem], shown: int) -> None:
    color = {"error": "red", "warning": "yellow", "notice": "cyan"}[rule.level]
    click.echo(f"{click.style(rule.code, fg=color, bold=True)} ({len(problems):,})  {rule.why}")
    for problem in problems[:shown]:
        value = f": {problem.value}" if problem.value is not None else ""
        click.echo(f"  {problem.place}  {problem.message}{value}")
    if len(problems) > shown:
        click.echo(f"  … and {len(problems) - shown:,} more; -v shows all")
    if rule.remedy:
        click.echo(f"  → {rule.remedy}")
    click.echo()
