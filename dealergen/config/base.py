"""The base of every settings model: unknown keys are errors, and the sentence under an attribute documents it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class SettingsModel(BaseModel):
    """Strict about keys, immutable once read; attribute docstrings become the JSON Schema's descriptions."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, validate_default=True)


class SettingFault(ValueError):  # noqa: N818 (pydantic turns it into an error; what a user sees is a Problem)
    """A `rule` of our own that a value breaks; `path` leads from the value that was validated to the part to blame."""

    def __init__(self, rule: str, message: str, *path: str | int, remedy: str = "") -> None:
        super().__init__(message)
        self.rule = rule
        self.path = path
        self.remedy = remedy


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""A non-empty line of text."""

Identifier = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$"), Field(examples=["centro", "galeria"])
]
"""A short lower-case name: letters, digits and single hyphens, fit for a URL."""

HexColor = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$"), Field(examples=["#1d3b36"])]
"""A colour as `#rrggbb`."""

Share = Annotated[float, Field(ge=0, le=1)]
"""A fraction from 0 to 1."""

Localized = str | dict[str, str]
"""A text, or one text for each language (`pt-BR: …`, `en: …`)."""


def localized(text: Localized, language: str, default: str) -> str:
    """`text` in `language`; else in the site's `default` language; else the first that is given; else empty."""
    if isinstance(text, str):
        return text
    return text.get(language) or text.get(default) or next(iter(text.values()), "")


Email = Annotated[
    str,
    StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=254),
    Field(examples=["contato@example.com"]),
]
"""An e-mail address (shape only: whether it receives is for a mail server to say)."""
