"""Reads the strings of a language from YAML: what ships with the house, then what a theme or a site lays over it.

A file is two levels of mapping, `section: {key: text}`; a text is plain, with `{words}` to fill in, or a mapping of
CLDR plural categories to texts. Strings come out flat: `section.key` → text or plural.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Formatter
from typing import Final

from dealergen.errors import Place, Problem, SettingsError

Text = str | dict[str, str]
"""A text, or a text for each plural category."""

FOLDER: Final = Path(__file__).with_name("strings")
LANGUAGES: Final = ("pt-BR", "en", "es")
"""The languages that ship, in the order in which they stand in for one another."""
PLURALS: Final = frozenset({"zero", "one", "two", "few", "many", "other"})
"""CLDR's plural categories (Unicode TR 35, part 3)."""


def load_strings(language: str, extra: Sequence[Path] = ()) -> dict[str, Text]:
    """Every string for `language`; where it has none of its own, those of its sibling, then English.

    Files in `extra` are laid over, the last on top. Raises SettingsError with every fault of every file.
    """
    files = [FOLDER / f"{name}.yaml" for name in reversed(chain(language))]
    strings: dict[str, Text] = {}
    problems: list[Problem] = []
    for path in [*files, *extra]:
        strings.update(_read(path, problems))
    if problems:
        raise SettingsError("the strings of the site do not hold", problems=problems)
    return strings


def chain(language: str) -> list[str]:
    """The shipped languages that serve `language`, the nearest first: `pt-PT` → pt-BR, en."""
    base = language.partition("-")[0]
    exact = [name for name in LANGUAGES if name == language]
    siblings = [name for name in LANGUAGES if name.partition("-")[0] == base]
    return list(dict.fromkeys([*exact, *siblings, "en"]))


def _read(path: Path, problems: list[Problem]) -> dict[str, Text]:
    content = _parse(path, problems)
    strings: dict[str, Text] = {}
    for section, entries in content.items():
        if not isinstance(entries, dict):
            problems.append(_problem(path, str(section), "a section must hold keys and texts, one level down"))
            continue
        for name, text in entries.items():
            key = f"{section}.{name}"
            faults = list(_faults(text))
            problems.extend(_problem(path, key, fault) for fault in faults)
            if not faults:
                strings[key] = text
    return strings


def _parse(path: Path, problems: list[Problem]) -> dict[str, object]:
    import yaml

    try:
        content = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) or {}
    except OSError as error:
        problems.append(_problem(path, "", f"the file cannot be read: {error.strerror}"))
        return {}
    except UnicodeDecodeError:
        problems.append(_problem(path, "", "the file is not UTF-8"))
        return {}
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = Place(str(path), mark.line + 1, mark.column + 1) if mark else Place(str(path))
        problems.append(Problem("strings.syntax", f"this is not YAML: {error.problem}", place))
        return {}
    if not isinstance(content, dict):
        problems.append(_problem(path, "", "the file must hold sections, each with keys and texts"))
        return {}
    return content


def _faults(text: object) -> Iterator[str]:
    if isinstance(text, dict):
        if unknown := sorted(map(str, set(text) - PLURALS)):
            yield f"{', '.join(unknown)} is not a plural category; use {', '.join(sorted(PLURALS))}"
        if "other" not in text:
            yield "a plural needs at least the category 'other'"
        for form in text.values():
            yield from _text_faults(form)
    else:
        yield from _text_faults(text)


def _text_faults(text: object) -> Iterator[str]:
    """A text may only fill in plain words: `{name}`, never `{name.attribute}`, `{0}` or `{name!r}`."""
    if not isinstance(text, str):
        yield f"{text!r} is not a text; put it between quotes"
        return
    try:
        fields = [(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(text) if name is not None]
    except ValueError as error:
        yield f"the braces do not match ({error}); a brace to print is written twice"
        return
    for name, spec, conversion in fields:
        if not name.isidentifier() or spec or conversion:
            yield f"between braces stands a plain name, such as {{name}}, not {{{name}}}"


def _problem(path: Path, key: str, fault: str) -> Problem:
    where = f"'{key}': " if key else ""
    return Problem("strings.invalid", f"{where}{fault}", Place(str(path)))
