"""`dealergen new`: a complete dealership in an empty folder, from a few questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final

import click

from dealergen.errors import UsageError
from dealergen.starter import DEFAULTS, LANGUAGES, Answers, faults, plan, plant, require_empty

from .terminal import terminal_of

QUESTIONS: Final = {
    "name": "The dealership's name",
    "street": "Street and number",
    "city": "City",
    "region": "State or region, as locals write it",
    "postal_code": "Postal code",
    "country": "Country, two letters",
    "phone": "Phone, with + and the country's code",
    "currency": "Currency, three letters",
}


@click.command()
@click.argument("path", type=click.Path(path_type=Path), default=".")
@click.option("--language", type=click.Choice(LANGUAGES), help="The language of the site and of its files.")
@click.option("--name", help="The name on the sign.")
@click.option("--street", help="Street and number.")
@click.option("--city", help="City.")
@click.option("--region", help="State, province or region, such as SP.")
@click.option("--postal-code", help="Postal code.")
@click.option("--country", help="Country as two letters (ISO 3166-1), such as BR.")
@click.option("--phone", help="Phone in E.164, such as '+55 19 3555-0100'.")
@click.option("--currency", help="Currency of prices (ISO 4217), such as BRL.")
@click.option("--base-url", help="The address to publish at. Default: one made from the name, to be changed later.")
@click.option("--yes", is_flag=True, help="Ask nothing: what is not given takes the language's default.")
@click.pass_context
def new(context: click.Context, /, path: Path, language: str | None, yes: bool, **given: str | None) -> None:
    """Start a complete dealership in PATH (default: this folder), ready to build.

    The folder must be new or empty; hidden files such as .git may be there.

    \b
    dealergen new my-dealership
    dealergen new my-dealership --language en --name "Larkfield Motors" --yes
    """
    require_empty(path)
    terminal = terminal_of(context)
    if language is None:
        language = LANGUAGES[0] if yes else click.prompt("Language", LANGUAGES[0], type=click.Choice(LANGUAGES))
    answers = _checked(_with(DEFAULTS[language], given))
    if not yes:
        answers = _asked(answers, [field for field in QUESTIONS if given[field] is None])
    made, kept = plant(plan(answers), path)
    terminal.say(f"{answers.name} stands in {path.resolve().name or path}:\n\n{tree(made)}\n")
    if kept:
        terminal.say(f"Left as it was: {', '.join(kept)}.\n")
    terminal.say("Next:\n" + "\n".join(f"  {command}" for command in _next(path)))


def tree(names: Sequence[str]) -> str:
    """The files as a drawn tree, folders before what they hold, in the order given."""
    lines: list[str] = []
    _draw(_nested(names), "", lines)
    return "\n".join(lines)


def _with(answers: Answers, given: dict[str, str | None]) -> Answers:
    said = {field: value.strip() for field, value in given.items() if value is not None}
    for code in ("country", "currency"):
        if code in said:
            said[code] = said[code].upper()
    return replace(answers, **said)


def _checked(answers: Answers) -> Answers:
    problems = faults(answers)
    if problems:
        raise UsageError("The answers do not hold", remedy="Mend them; nothing was written.", problems=problems)
    return answers


def _asked(answers: Answers, fields: Sequence[str]) -> Answers:
    for field in fields:
        answers = _ask(answers, field)
    return answers


def _ask(answers: Answers, field: str) -> Answers:
    """`answers` with `field` as typed; asked again until the settings would take it."""

    def take(typed: str) -> Answers:
        tried = _with(answers, {field: typed})
        problems = faults(tried)
        if problems:
            raise click.BadParameter(re.sub(r"^--\S+", "it", str(problems[0])))
        return tried

    default = getattr(answers, field)
    typed = click.prompt(QUESTIONS[field], default, value_proc=lambda text: take(str(text)))
    return typed if isinstance(typed, Answers) else take(str(typed))


class _Folder(dict[str, "_Folder"]):
    """Names, each with what stands below it; a file has nothing below."""


def _nested(names: Sequence[str]) -> _Folder:
    root = _Folder()
    for name in names:
        level = root
        for part in PurePosixPath(name).parts:
            level = level.setdefault(part, _Folder())
    return root


def _draw(level: _Folder, indent: str, lines: list[str]) -> None:
    for index, (name, below) in enumerate(level.items()):
        last = index == len(level) - 1
        lines.append(f"{indent}{'└── ' if last else '├── '}{name}{'/' if below else ''}")
        _draw(below, indent + ("    " if last else "│   "), lines)


def _next(path: Path) -> list[str]:
    enter = [] if path.resolve() == Path.cwd() else [f'cd "{path}"' if " " in str(path) else f"cd {path}"]
    return [
        *enter,
        "dealergen serve                           build it and look at it",
        "dealergen inventory check inventory.csv   see how the spreadsheet is understood",
        "dealergen build                           make the site in public/",
    ]
