"""Makes the files of a new dealership from the answers: templates in, checked text out, then files on the disk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from dealergen.errors import OutputError, Problem, UsageError

from .answers import Answers

STARTER: Final = Path(__file__).parent
TARGETS: Final = {"gitignore": ".gitignore", "workflow.yml": ".github/workflows/site.yml"}
"""Templates whose own name would mean something to the tools that pack this project."""
QUESTIONS: Final = {
    "name": "name", "city": "city", "region": "region", "country": "country", "street": "street",
    "postal_code": "postal-code", "number": "phone", "whatsapp": "phone", "currency": "currency",
    "base_url": "base-url",
}  # fmt: skip
"""Key of site.yaml → the option of `dealergen new` that fills it."""


def require_empty(folder: Path) -> None:
    """Raise UsageError unless `folder` is new, or holds nothing but hidden files."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file, and a dealership needs a folder", remedy="Name another folder.")
    found = sorted(path.name for path in folder.iterdir() if not path.name.startswith(".")) if folder.exists() else []
    if found:
        names = ", ".join(found[:3]) + (", …" if len(found) > 3 else "")
        raise UsageError(
            f"{folder} is not empty: it holds {names}",
            remedy="Name a new or empty folder, such as `dealergen new my-dealership`; nothing was written.",
        )


def plan(answers: Answers) -> dict[str, str]:
    """Path → text of every file, in order. Ask `faults` first whether the answers hold."""
    from .words import environment

    templates = environment(answers)
    files = {}
    for folder in (STARTER / "common", STARTER / answers.language):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = path.relative_to(folder).as_posix()
            files[TARGETS.get(name, name)] = templates.from_string(path.read_text(encoding="utf-8")).render()
    return dict(sorted(files.items()))


def faults(answers: Answers) -> list[Problem]:
    """What the settings' own models, and the list of currencies, refuse of the answers: one problem a finding."""
    from dealergen.config import Settings
    from dealergen.config.load import validated
    from dealergen.config.yaml_positions import Document

    from .words import environment

    text = environment(answers).from_string((STARTER / answers.language / "site.yaml").read_text("utf-8")).render()
    found = [_as_option(problem, text.splitlines()) for problem in validated(Settings, Document(text, "site.yaml"))[1]]
    return list({problem.message: problem for problem in (*found, *_unknown_currency(answers))}.values())


def plant(files: Mapping[str, str], folder: Path) -> tuple[list[str], list[str]]:
    """Write the files; what is there already (a `.gitignore`) is left as it is. Returns what was made and what kept."""
    made: list[str] = []
    kept: list[str] = []
    for name, text in files.items():
        path = folder / name
        if path.exists():
            kept.append(name)
        else:
            _write(path, text)
            made.append(name)
    return made, kept


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}"
        raise OutputError(message, remedy="Make room, or name a folder that you may write to.") from error


def _as_option(problem: Problem, lines: list[str]) -> Problem:
    """The problem as one of the option that filled its line of site.yaml."""
    line = problem.place.line if problem.place else None
    key = re.search(r"(\w+):", lines[line - 1]) if line else None
    option = QUESTIONS.get(key[1]) if key else None
    return (
        replace(problem, place=None, message=re.sub(r"^'\S+'", f"--{option}", problem.message)) if option else problem
    )


def _unknown_currency(answers: Answers) -> list[Problem]:
    from babel.numbers import list_currencies

    if answers.currency in list_currencies():
        return []
    message, remedy = (
        "--currency must be the code of a currency",
        "Write three capital letters of ISO 4217, such as BRL.",
    )
    return [Problem("new.currency", message, value=answers.currency, remedy=remedy)]
