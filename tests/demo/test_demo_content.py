"""The demo's offers, posts and pages: live when they should be, lawful, and true to the stock."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from dealergen.config import load_settings
from dealergen.content import read_content

Row = dict[str, str]
TODAY = dt.date(2026, 11, 22)
EMPTY_WORDS = re.compile(r"saiba mais|clique aqui|learn more|click here|lorem", re.I)
CREDIT_TRIGGERS = re.compile(r"\d+\s?x\s|parcelas? de R\$|entrada de R\$|\bjuros zero\b|taxa zero|sem juros", re.I)
"""Words that Brazilian law (CDC, art. 54-B) lets stand only beside the CET, the lender and the total."""


def front_matter(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text("utf-8").split("---\n", 2)[1])
    return loaded


@pytest.fixture(scope="module")
def offers(root: Path) -> dict[str, dict[str, Any]]:
    """File name without `.md` → front matter."""
    return {path.stem: front_matter(path) for path in sorted((root / "content" / "offers").glob("*.md"))}


def originals(offers: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {name: meta for name, meta in offers.items() if not name.endswith(".en")}


def as_written(price: str) -> str:
    return f"R$ {price}"


def test_every_file_is_read_without_a_problem(root: Path) -> None:
    entries, problems = read_content(root, load_settings(root / "site.yaml"))
    assert not problems
    names = {kind: {entry.name for entry in entries if entry.kind == kind} for kind in ("offers", "posts", "pages")}
    assert {kind: len(found) for kind, found in names.items()} == {"offers": 6, "posts": 5, "pages": 4}
    assert names["pages"] == {"about", "privacy", "financing", "warranty"}


def test_four_offers_are_live_one_has_ended_and_one_is_to_come(offers: dict[str, dict[str, Any]]) -> None:
    live = [m["valid_to"] for m in originals(offers).values() if m["valid_from"] <= TODAY <= m["valid_to"]]
    ended = [m for m in originals(offers).values() if m["valid_to"] < TODAY]
    coming = [m for m in originals(offers).values() if m["valid_from"] > TODAY]
    assert (len(live), len(ended), len(coming)) == (4, 1, 1)
    assert (min(live), max(live)) == (dt.date(2026, 11, 30), dt.date(2027, 1, 31))


def test_offers_and_pages_and_two_posts_are_translated_with_the_same_facts(root: Path) -> None:
    translated = dict.fromkeys(("offers", "pages", "posts"), 0)
    for path in (root / "content").rglob("*.en.md"):
        kind = path.parent.name
        translated[kind] += 1
        ours, theirs = front_matter(path), front_matter(path.with_name(path.name.replace(".en.md", ".md")))
        for fact in ("valid_from", "valid_to", "stock_numbers", "price", "date", "form"):
            assert ours.get(fact) == theirs.get(fact), f"{path.name}: {fact}"
    assert translated == {"offers": 6, "pages": 4, "posts": 2}


def test_offers_that_are_live_are_about_vehicles_for_sale(offers: dict[str, dict[str, Any]], rows: list[Row]) -> None:
    for_sale = {row["Código"] for row in rows if row["Situação"] == "Disponível"}
    for name, meta in originals(offers).items():
        assert meta["stock_numbers"], name
        assert set(meta["stock_numbers"]) <= for_sale, name


def test_legal_texts_state_total_price_quantity_dates_and_each_vehicle(
    offers: dict[str, dict[str, Any]], rows: list[Row]
) -> None:
    by_code = {row["Código"]: row for row in rows}
    for name, meta in originals(offers).items():
        legal = " ".join(meta["legal"].split())
        assert re.search(r"[Pp]reços? tota(l|is) à vista", legal), name
        assert "Quantidade: 1" in legal, name
        for key in ("valid_from", "valid_to"):
            assert f"{meta[key]:%d/%m/%Y}" in legal, f"{name}: {key}"
        for code in meta["stock_numbers"]:
            assert code in legal, f"{name}: {code}"
            assert as_written(by_code[code]["Preço"]) in legal, f"{name}: price of {code}"


def test_an_offer_s_price_is_the_spreadsheet_s(offers: dict[str, dict[str, Any]], rows: list[Row]) -> None:
    prices = {row["Código"]: row["Preço"].removesuffix(",00").replace(".", "") for row in rows}
    for name, meta in offers.items():
        if "price" in meta:
            assert [str(meta["price"])] == [prices[code] for code in meta["stock_numbers"]], name


def test_no_offer_speaks_of_credit_without_its_cost(root: Path) -> None:
    for path in (root / "content").rglob("*.md"):
        assert not CREDIT_TRIGGERS.search(path.read_text("utf-8")), path.name


def test_no_text_asks_the_reader_to_learn_more(root: Path) -> None:
    for path in (root / "content").rglob("*.md"):
        assert not EMPTY_WORDS.search(path.read_text("utf-8")), path.name


def test_summaries_fit_a_search_result(root: Path) -> None:
    for path in (root / "content").rglob("*.md"):
        assert 60 <= len(front_matter(path)["summary"]) <= 160, path.name


def test_posts_are_published_by_today_and_long_enough_to_answer(root: Path) -> None:
    for path in (root / "content" / "posts").glob("*.md"):
        assert front_matter(path)["date"] <= TODAY, path.name
        assert len(path.read_text("utf-8").split()) >= 250, path.name
