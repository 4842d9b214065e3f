"""Findings of the settings' models in plain words: what is wrong, at which line and column, and what to write instead.

Each code is `settings.<pydantic's type>`, or `settings.<rule>` for rules of our own; the wording is ours,
since pydantic speaks to programmers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from dealergen.errors import Problem

from .base import SettingFault
from .suggest import did_you_mean
from .yaml_positions import Document, Path, in_file_order


@dataclass(frozen=True, slots=True)
class _Finding:
    """One of pydantic's errors, at the path of the value in the document."""

    path: Path
    kind: str
    context: dict[str, Any]
    value: object
    branched: bool
    """Whether it comes from one of several forms that the setting may take."""


def explain(error: ValidationError, document: Document, model: type[BaseModel]) -> list[Problem]:
    """Every finding as a problem, in the order of the file."""
    findings = _distinct([_finding(details, document.data) for details in error.errors()])
    problems = [_problem(finding, document, model) for finding in findings]
    return sorted(problems, key=in_file_order)


def _finding(details: ErrorDetails, data: object) -> _Finding:
    path, branched = _path_in(data, details["loc"], details["type"])
    context = details.get("ctx", {})
    return _Finding(path, details["type"], context, details["input"], branched)


def _path_in(data: object, loc: Path, kind: str) -> tuple[Path, bool]:
    """The part of pydantic's location that is in the document; names of the forms of a union are left out."""
    path: list[str | int] = []
    branched = False
    for index, step in enumerate(loc):
        last = index == len(loc) - 1
        if _holds(data, step):
            data = data[step]  # type: ignore[index]
        elif not (last and kind == "missing"):
            branched = branched or step != "[key]"
            continue
        path.append(step)
    return tuple(path), branched


def _holds(data: object, step: str | int) -> bool:
    if isinstance(data, list):
        return isinstance(step, int) and step < len(data)
    return isinstance(data, dict) and step in data


def _distinct(findings: list[_Finding]) -> list[_Finding]:
    """One finding a value: of a union's forms, the one that the value comes nearest to speaks."""
    kept: dict[Path, _Finding] = {}
    for finding in findings:
        other = kept.get(finding.path)
        if other is None or (other.kind.endswith("_type") and not finding.kind.endswith("_type")):
            kept[finding.path] = finding
        elif other.kind.endswith("_type") and other.kind != finding.kind and finding.branched:
            kept[finding.path] = replace(other, kind="form_type", context={"forms": [other.kind, finding.kind]})
    return [finding for finding in kept.values() if not (finding.branched and _has_deeper(finding, kept))]


def _has_deeper(finding: _Finding, kept: dict[Path, _Finding]) -> bool:
    length = len(finding.path)
    return any(path[:length] == finding.path and len(path) > length for path in kept)


def _problem(finding: _Finding, document: Document, model: type[BaseModel]) -> Problem:
    code = f"settings.{finding.kind.replace('_', '-')}"
    if finding.kind == "missing":
        return _missing(code, finding, document, model)
    if finding.kind == "extra_forbidden":
        return _unknown(code, finding, document, model)
    fault = finding.context.get("error")
    if isinstance(fault, SettingFault):
        return _broken_rule(fault, finding, document)
    message, remedy = _words(finding)
    name = _name(finding.path)
    return Problem(code, f"{name} {message}", document.place(finding.path), _shown(finding.value), remedy)


def _missing(code: str, finding: _Finding, document: Document, model: type[BaseModel]) -> Problem:
    *above, name = finding.path
    parent = tuple(above)
    field = _fields(model, parent).get(str(name))
    meaning = _first_sentence(field.description if field else None)
    if document.place((*parent, name)) != document.place(parent):
        message, place = f"'{name}' has nothing after its colon", document.place(finding.path)
    else:
        message, place = f"{_name(parent)} needs '{name}'", document.place(parent)
    return Problem(code, message, place, remedy=f"Add `{name}:` {_lowered(meaning)}".rstrip())


def _unknown(code: str, finding: _Finding, document: Document, model: type[BaseModel]) -> Problem:
    *above, name = finding.path
    fields = _fields(model, tuple(above))
    near = did_you_mean(str(name), fields)
    if near:
        remedy = f"Did you mean '{near}'?"
    elif home := next(_homes(model, str(name)), None):
        remedy = f"It belongs under '{home}'."
    else:
        remedy = f"{_name(tuple(above)).capitalize()} may hold: {', '.join(fields)}."
    return Problem(code, f"'{name}' is not a setting here", document.key_place(finding.path), str(name), remedy)


def _broken_rule(fault: SettingFault, finding: _Finding, document: Document) -> Problem:
    path = (*finding.path, *fault.path)
    value = finding.value
    for step in fault.path:
        value = value.get(step) if isinstance(value, dict) else value
    message = f"{_name(path)}: {fault}"
    return Problem(f"settings.{fault.rule}", message, document.place(path), _shown(value), fault.remedy)


_PATTERNS: Final[dict[str, tuple[str, str]]] = {
    r"^[a-z0-9]+(?:-[a-z0-9]+)*$": (
        "must be lower-case letters, digits and single hyphens",
        "Write it like `loja-centro`: it becomes part of an address.",
    ),
    r"^#[0-9a-fA-F]{6}$": ("must be a colour as six hexadecimal digits", 'Write it like "#1d3b36", between quotes.'),
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$": ("must be an e-mail address", "Write it like `contato@example.com`."),
    r"^\+[1-9][0-9 ()./-]{5,22}$": (
        "must be a phone number with its country's code",
        "Begin with + and the code, like `+55 19 3456-7890`.",
    ),
    r"^[A-Za-z0-9-]{8,128}$": (
        "must be 8 to 128 letters, digits or hyphens (IndexNow protocol)",
        "Choose a long random text, like `5f2c8a0e9b7d4c61a3e0f4b2d7c8916e`.",
    ),
    r"^[A-Z]{2}$": ("must be a country's two capital letters (ISO 3166-1)", "Write it like `BR`, `PT` or `US`."),
    r"^[A-Z]{3}$": ("must be a currency's three capital letters (ISO 4217)", "Write it like `BRL`, `EUR` or `USD`."),
    r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$": ("must be a time of day from 00:00 to 24:00", "Write it like `08:30`."),
    r"^[a-z]{2}(-[A-Z]{2})?$": ("must be a language tag", "Write it like `pt-BR`, `en` or `es`."),
    r"^(/|https://)": ("must begin with / or https://", "Write it like `/api/lead`."),
}

_TYPES: Final[dict[str, str]] = {
    "string_type": "a text",
    "list_type": "a list",
    "dict_type": "a group of `key: value` lines",
    "model_type": "a group of `key: value` lines",
    "model_attributes_type": "a group of `key: value` lines",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "`true` or `false`",
    "decimal_type": "a number",
    "url_type": "an address",
    "date_type": "a day",
}

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "string_too_short": ("is empty", "Write a text, or delete the line."),
    "string_too_long": ("is longer than {max_length} characters", "Shorten it."),
    "int_parsing": ("must be a whole number", "Write digits alone, like `24`."),
    "int_from_float": ("must be a whole number", "Leave out the decimals."),
    "float_parsing": ("must be a number", "Write digits with a point for decimals, like `0.4`."),
    "decimal_parsing": ("must be an amount", "Write digits with a point for decimals, like `89900` or `89900.50`."),
    "bool_parsing": ("must be `true` or `false`", "Write one of the two."),
    "url_parsing": ("must be a full address", "Write it like `https://www.example.com`."),
    "url_scheme": ("must begin with {expected_schemes}", "Write it like `https://www.example.com`."),
    "url_too_long": ("is too long for an address", "Shorten it."),
    "greater_than": ("must be more than {gt}", "Write a larger number."),
    "greater_than_equal": ("must be {ge} or more", "Write a larger number."),
    "less_than": ("must be less than {lt}", "Write a smaller number."),
    "less_than_equal": ("must be {le} or less", "Write a smaller number."),
    "too_short": ("needs at least {min_length}, and has {actual_length}", "Add one as an item that begins with `- `."),
    "too_long": ("may hold {max_length} at most", "Take some out."),
    "date_parsing": ("must be a day of the calendar", "Write it as year-month-day, like `2026-12-25`."),
    "date_from_datetime_parsing": ("must be a day of the calendar", "Write it as year-month-day, like `2026-12-25`."),
    "date_from_datetime_inexact": ("must be a day without a time", "Write it as year-month-day, like `2026-12-25`."),
}


def _words(finding: _Finding) -> tuple[str, str]:
    explained: dict[str, Callable[[_Finding], tuple[str, str]]] = {
        "string_pattern_mismatch": _pattern_words,
        "literal_error": _choice_words,
        "form_type": _form_words,
    }
    if finding.kind in explained:
        return explained[finding.kind](finding)
    if finding.kind in _TYPES:
        return f"must be {_TYPES[finding.kind]}, not {_kind_of(finding.value)}", _type_remedy(finding)
    message, remedy = _WORDS.get(finding.kind, ("does not fit", "See docs/reference/settings.md."))
    context = {key: f"{value:g}" if isinstance(value, float) else value for key, value in finding.context.items()}
    return message.format_map(context), remedy


def _pattern_words(finding: _Finding) -> tuple[str, str]:
    return _PATTERNS.get(
        finding.context["pattern"], ("is not written as it must be", "See docs/reference/settings.md.")
    )


def _choice_words(finding: _Finding) -> tuple[str, str]:
    choices = re.findall(r"'([^']*)'", finding.context["expected"])
    near = did_you_mean(str(finding.value), choices)
    offered = ", ".join(f"`{choice}`" for choice in choices)
    return f"must be one of {offered}", f"Did you mean `{near}`?" if near else f"Write `{choices[0]}`, say."


def _form_words(finding: _Finding) -> tuple[str, str]:
    forms = [_TYPES.get(kind, "something else") for kind in finding.context["forms"]]
    return f"must be {' or '.join(forms)}, not {_kind_of(finding.value)}", "See docs/reference/settings.md."


def _type_remedy(finding: _Finding) -> str:
    if finding.kind == "list_type" and isinstance(finding.value, str):
        return f"Put it between square brackets: `[{finding.value}]`."
    if finding.kind in {"model_type", "dict_type"}:
        return "Indent its settings on the lines below it."
    return "See docs/reference/settings.md."


def _kind_of(value: object) -> str:
    match value:
        case dict():
            return "a group of settings"
        case list():
            return "a list"
        case None:
            return "nothing"
    return "a text"


def _shown(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _name(path: Path) -> str:
    """How a person would say where: `dealer.tax_id.number`, `rooftops[2].phones[1].number` (counted from 1)."""
    text = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
    return f"'{text}'" if text else "the file"


def _fields(model: type[BaseModel], path: Path) -> dict[str, FieldInfo]:
    """The fields of the model that stands at `path` below `model`; none where no model does."""
    here: type[BaseModel] | None = model
    for step in path:
        if isinstance(step, int) or here is None:
            continue
        field = here.model_fields.get(step)
        here = _model_in(field.annotation) if field else None
    return here.model_fields if here else {}


def _homes(model: type[BaseModel], name: str, above: str = "") -> Iterator[str]:
    """The settings under which `name` is known."""
    for field_name, field in model.model_fields.items():
        inner = _model_in(field.annotation)
        if inner is None:
            continue
        path = f"{above}{field_name}"
        if name in inner.model_fields:
            yield path
        yield from _homes(inner, name, f"{path}.")


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


def _first_sentence(text: str | None) -> str:
    return (text or "").partition(". ")[0].strip().rstrip(".") + ("." if text else "")


def _lowered(sentence: str) -> str:
    return f"({sentence[:1].lower()}{sentence[1:].rstrip('.')})." if sentence else ""
