"""The settings described for machines and people: a JSON Schema for editors, and the reference in Markdown.

Both are made from the models alone, so that neither can say what the code does not do.
"""

from __future__ import annotations

import datetime as dt
import json
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel, HttpUrl
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from .settings import Settings

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
HOME: Final = "https://dealergen.github.io/schema"


def site_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of site.yaml."""
    return json_schema(Settings, "site", "dealergen site.yaml")


def json_schema(model: type[BaseModel], name: str, title: str) -> dict[str, object]:
    """The JSON Schema of `model`; keys in a fixed order, so that the same model gives the same text."""
    described = model.model_json_schema(mode="validation")
    head: dict[str, object] = {"$schema": DRAFT, "$id": f"{HOME}/{name}.schema.json", "title": title}
    return head | {key: value for key, value in described.items() if key not in head}


def settings_reference() -> str:
    """Every setting of site.yaml in Markdown: name, type, default, and what it does."""
    sections = "\n".join("\n".join(_section(path, model)) for path, model in _models(Settings, ""))
    return (
        "# Settings\n\n"
        "Everything that `site.yaml` may say. This page is made from the code.\n\n"
        "`[]` stands for each item of a list. What has no default must be given.\n\n"
        f"{sections}"
    )


def _models(model: type[BaseModel], path: str) -> Iterator[tuple[str, type[BaseModel]]]:
    """The model and every one below it, with the path that leads there, parents first."""
    yield path, model
    for name, field in model.model_fields.items():
        inner = _inner(field.annotation)
        if inner is not None:
            suffix = "[]" if get_origin(_bare(field.annotation)) is list else ""
            yield from _models(inner, f"{path}.{name}{suffix}".lstrip("."))


def _section(path: str, model: type[BaseModel]) -> Iterator[str]:
    yield f"## `{path}`" if path else "## At the top level"
    yield ""
    yield _one_line(model.__doc__)
    yield ""
    yield "| setting | type | default | what it is |"
    yield "|---|---|---|---|"
    for name, field in model.model_fields.items():
        full = f"{path}.{name}".lstrip(".")
        cells = (f"`{full}`", _kind(field), _default(field), _one_line(field.description))
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
    yield ""


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True, validated_data={})
    if isinstance(value, BaseModel):
        return "as below"
    if value in (None, "", [], {}) or value is PydanticUndefined:
        return "none"
    if isinstance(value, list):
        return f"`[{', '.join(map(str, value))}]`"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


_KINDS: Final[dict[object, str]] = {
    str: "text", int: "whole number", float: "number", bool: "`true` or `false`", HttpUrl: "address", dt.date: "day",
}  # fmt: skip


def _kind(field: FieldInfo) -> str:
    return _kind_of(field.annotation)


def _kind_of(annotation: object) -> str:
    annotation = _bare(annotation)
    if annotation in _KINDS:
        return _KINDS[annotation]
    if get_origin(annotation) is not None:
        return _composed_kind(get_origin(annotation), get_args(annotation))
    return "group" if _inner(annotation) else "text"


def _composed_kind(origin: object, parts: tuple[Any, ...]) -> str:
    if origin is Literal:
        return ", ".join(f"`{choice}`" for choice in parts)
    if origin is list:
        return f"list of {_kind_of(parts[0])}"
    if origin is dict:
        return f"group of {_kind_of(parts[1])}"
    return " or ".join(_kind_of(part) for part in parts if part is not type(None))


def _bare(annotation: object) -> object:
    """Without the constraints of `Annotated`, and without "or nothing"."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        parts = [part for part in get_args(annotation) if part is not type(None)]
        return _bare(parts[0]) if len(parts) == 1 else annotation
    return annotation


def _inner(annotation: object) -> type[BaseModel] | None:
    annotation = _bare(annotation)
    if get_origin(annotation) is list:
        annotation = _bare(get_args(annotation)[0])
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None


def write_documents(docs: Path) -> list[Path]:
    """The schema and the reference of site.yaml as files below `docs`; answers what was written."""
    texts = {
        docs / "schema" / "site.schema.json": json.dumps(site_schema(), ensure_ascii=False, indent=2) + "\n",
        docs / "reference" / "settings.md": settings_reference(),
    }
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return list(texts)
