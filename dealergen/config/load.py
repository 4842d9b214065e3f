"""Reads site.yaml into `Settings`; what does not hold is told all at once, each with its line and column."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from dealergen.errors import Place, Problem, SettingsError

from .explain import explain
from .settings import Settings
from .yaml_positions import Document

Model = TypeVar("Model", bound=BaseModel)


def load_settings(path: Path) -> Settings:
    """The settings in the file at `path`. Raises SettingsError with every problem found."""
    document = Document(_text(path), str(path))
    if not document.problems and document.data is None:
        raise _refused(
            path, "settings.empty", "the file is empty", "Run `dealergen new` in an empty folder for a start."
        )
    settings, problems = validated(Settings, document)
    if settings is None:
        count = "a problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise SettingsError(f"{path} has {count}", remedy="Mend what is listed and try again.", problems=problems)
    return settings


def validated(model: type[Model], document: Document) -> tuple[Model | None, list[Problem]]:
    """The document as an instance of `model`, or None and everything that is wrong with it."""
    if document.problems:
        return None, document.problems
    if not isinstance(document.data, dict):
        problem = Problem(
            "settings.shape", "settings are `key: value` lines, and this is something else", document.place(()),
            remedy="Write a space after each colon.",
        )  # fmt: skip
        return None, [problem]
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        return None, explain(error, document, model)


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        remedy = "Run dealergen in the site's folder, or `dealergen new` to begin one."
        raise _refused(path, "settings.missing-file", "there is no such file", remedy) from None
    except OSError as error:
        raise _refused(path, "settings.unreadable", f"it cannot be read: {error.strerror}", "") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        remedy = "Save it as UTF-8 in your editor."
        raise _refused(path, "settings.encoding", "the file is not UTF-8", remedy, line, column) from None


def _refused(
    path: Path, code: str, message: str, remedy: str, line: int | None = None, column: int | None = None
) -> SettingsError:
    problem = Problem(code, message, Place(str(path), line, column), remedy=remedy)
    return SettingsError(f"{path}: {message}", remedy=remedy, problems=[problem])
