"""Digests change exactly when values do, and say the same in every process."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealergen.engine import Fact, derive, digest_of, listed

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates() | st.decimals(allow_nan=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@given(VALUES, VALUES)
def test_different_values_have_different_digests(one: object, other: object) -> None:
    assert (digest_of(one) == digest_of(other)) == (repr(_sorted(one)) == repr(_sorted(other)))


def _sorted(value: object) -> object:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value


def test_a_digest_does_not_depend_on_the_hash_seed() -> None:
    code = "from dealergen.engine import digest_of; print(digest_of({'b': 1, 'a': ('x', None)}, 'y').hex())"
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(digests) == 1


def test_a_set_has_no_order_and_so_no_digest() -> None:
    with pytest.raises(TypeError):
        digest_of({"a", "b"})


def test_a_derived_fact_is_made_once_and_only_when_asked_for() -> None:
    calls: list[tuple[int, int]] = []

    def add(left: int, right: int) -> int:
        calls.append((left, right))
        return left + right

    total = derive("total", add, Fact("a", digest_of(1), 1), Fact("b", digest_of(2), 2))
    assert calls == []
    assert (total.value, total.value) == (3, 3)
    assert calls == [(1, 2)]


def test_a_derived_fact_changes_when_what_it_is_made_from_does() -> None:
    day = dt.date(2026, 11, 22)
    price = Fact("price", digest_of(Decimal("89900"), day), 1)
    other = Fact("price", digest_of(Decimal("88900"), day), 1)
    assert derive("view", str, price).digest != derive("view", str, other).digest
    assert derive("view", str, price).digest == derive("view", repr, Fact("price", price.digest, 5)).digest
    assert listed("cards", [price, other]).digest != listed("cards", [other, price]).digest
