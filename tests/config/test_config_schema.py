from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from pydantic import BaseModel

from dealergen.config import Settings
from dealergen.config.explain import _PATTERNS, _model_in
from dealergen.config.schema import settings_reference, site_schema, write_documents
from dealergen.config.suggest import did_you_mean
from dealergen.config.yaml_positions import Document

DOCS = Path(__file__).parent.parent.parent / "docs"
REMEDY = "write it anew with dealergen.config.schema.write_documents(Path('docs'))"


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        if inner := _model_in(field.annotation):
            yield from _models(inner)


def test_the_schema_is_one_of_draft_2020_12() -> None:
    schema = site_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert str(schema["$id"]).endswith("/site.schema.json")
    assert schema["title"] == "dealergen site.yaml"
    jsonschema.Draft202012Validator.check_schema(schema)


def test_the_schema_accepts_what_the_loader_accepts(minimal: str) -> None:
    jsonschema.validate(Document(minimal, "site.yaml").data, site_schema())


@pytest.mark.parametrize("wrong", [{}, {"dealer": {"nme": "x"}}, {"dealer": "Aurora"}])
def test_the_schema_refuses_what_the_loader_refuses(wrong: object) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, site_schema())


def test_the_committed_documents_are_those_of_the_models(tmp_path: Path) -> None:
    for fresh in write_documents(tmp_path):
        committed = DOCS / fresh.relative_to(tmp_path)
        assert committed.read_text("utf-8") == fresh.read_text("utf-8"), f"{committed} is stale; {REMEDY}"


def test_the_schema_is_the_same_text_each_time() -> None:
    assert json.dumps(site_schema()) == json.dumps(site_schema())


def test_every_setting_has_a_sentence_and_stands_in_the_reference() -> None:
    reference = settings_reference()
    for model in _models(Settings):
        for name, field in model.model_fields.items():
            assert field.description, f"{model.__name__}.{name} has no sentence"
            assert re.search(rf"\| `(?:[a-z_.\[\]]+\.)?{name}` \|", reference), name


def test_every_pattern_has_words_of_its_own() -> None:
    patterns = set(re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(site_schema())))
    assert len(patterns) >= 8
    assert {json.loads(pattern) for pattern in patterns} <= set(_PATTERNS)


@pytest.mark.parametrize(
    ("word", "meant"),
    [("nme", "name"), ("Legal Name", "legal_name"), ("per-page", "per_page"), ("LOGO", "logo"), ("horoscope", None)],
)
def test_near_misses_are_recognised(word: str, meant: str | None) -> None:
    assert did_you_mean(word, ["name", "legal_name", "per_page", "logo"]) == meant
