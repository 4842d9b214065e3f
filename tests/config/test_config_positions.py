from __future__ import annotations

import json
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealergen.config.yaml_positions import Document

SCALARS = st.text(alphabet=string.ascii_letters + string.digits + " :#-'\"é\n\t[]{}", max_size=12)
KEYS = st.text(string.ascii_lowercase, min_size=1, max_size=5)
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)


def test_places_are_lines_and_columns_of_the_value() -> None:
    document = Document("a: 1\nb:\n  - x\n  - {c: 'y'}\n", "f.yaml")
    assert str(document.place(("a",))) == "f.yaml:1:4"
    assert str(document.place(("b", 0))) == "f.yaml:3:5"
    assert str(document.place(("b", 1, "c"))) == "f.yaml:4:9"


def test_a_value_that_spreads_over_lines_is_shown_at_its_key() -> None:
    document = Document("a:\n  b:\n    c: 1\n", "f.yaml")
    assert str(document.place(("a", "b"))) == "f.yaml:2:3"


def test_what_is_not_there_is_shown_at_what_should_hold_it() -> None:
    document = Document("a:\n  b: 1\n", "f.yaml")
    assert str(document.place(("a", "missing"))) == "f.yaml:1:1"
    assert str(document.key_place(("a", "b"))) == "f.yaml:2:3"


def test_front_matter_counts_from_the_line_at_which_it_begins() -> None:
    assert str(Document("a: 1\n", "f.md", first_line=2).place(("a",))) == "f.md:2:4"


@pytest.mark.parametrize(
    "written", ["no", "08:00", "0123", "+551199", "2026-01-01", "1_000", "1e3", "0x1F", "true", ".5"]
)
def test_plain_scalars_are_the_text_that_stands_there(written: str) -> None:
    assert Document(f"key: {written}\n", "f").data == {"key": written}


def test_columns_count_letters_not_bytes() -> None:
    assert str(Document("{ção: x, b: y}\n", "f").place(("b",))) == "f:1:13"


def test_a_tower_of_aliases_is_read_in_no_time() -> None:
    steps = "".join(f"l{n}: &l{n} [*l{n - 1}, *l{n - 1}, *l{n - 1}]\n" for n in range(1, 30))
    document = Document(f"l0: &l0 [x]\n{steps}", "f")
    assert not document.problems
    assert isinstance(document.data, dict)
    assert len(document.data) == 30


@settings(max_examples=60, deadline=None)
@given(TREES)
def test_what_json_says_is_read_back(tree: object) -> None:
    document = Document(json.dumps({"root": tree}), "f")
    assert not document.problems
    assert document.data == {"root": tree}


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=string.ascii_lowercase[:4] + ":-[]{}'\"\n\t &*!|>%@`#,?\\\0é", max_size=40))
def test_no_text_whatever_ends_in_anything_but_data_or_problems(text: str) -> None:
    document = Document(text, "f")
    for problem in document.problems:
        assert problem.place is not None
        assert problem.place.line
        assert problem.message
