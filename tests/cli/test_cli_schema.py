"""`dealergen schema`: schemas that editors can use."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator

Run = Callable[..., Result]


@pytest.mark.parametrize(
    ("what", "setting"), [("site", "rooftops"), ("offer", "valid_to"), ("post", "author"), ("page", "slug")]
)
def test_each_schema_is_valid_and_knows_its_settings(run: Run, what: str, setting: str) -> None:
    result = run("schema", what)
    assert result.exit_code == 0
    schema = json.loads(result.stdout)
    Draft202012Validator.check_schema(schema)
    assert setting in schema["properties"]


def test_a_misspelt_setting_does_not_pass(run: Run) -> None:
    validator = Draft202012Validator(json.loads(run("schema", "page").stdout))
    assert validator.is_valid({"title": "Sobre nós"})
    assert not validator.is_valid({"titel": "Sobre nós"})


def test_another_kind_is_a_usage_error(run: Run) -> None:
    assert run("schema", "car").exit_code == 2
