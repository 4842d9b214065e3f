"""An address once published never breaks."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from site_model_builders import DAY, day, vehicle

from dealergen.site import Ledger, VehicleRecord

NOW = day("2026-03-01")


def facet_page(path: str, record: VehicleRecord | None) -> str | None:
    """Model, else make, else listing: as a site with only some facet pages would answer."""
    prefix = "/en/inventory/" if path.startswith("/en/") else "/estoque/"
    if record is None:
        return None
    return {"Argo": f"{prefix}fiat/argo/", "Mobi": f"{prefix}fiat/"}.get(record.model, prefix)


LISTINGS: dict[str, str | None] = dict.fromkeys(
    ["/estoque/", "/estoque/fiat/", "/estoque/fiat/argo/", "/en/inventory/", "/en/inventory/fiat/"]
)


def test_a_page_that_moved_leads_to_its_new_address_in_the_same_language() -> None:
    before = {"/estoque/argo-1-0-aa/": "aa", "/en/inventory/argo-1-0-aa/": "aa"}
    after: dict[str, str | None] = {"/estoque/argo-drive-aa/": "aa", "/en/inventory/argo-drive-aa/": "aa"}
    ledger = Ledger().enter([vehicle("aa")], NOW).publish(LISTINGS | before, NOW)
    ledger = ledger.publish(LISTINGS | after, NOW + DAY, facet_page)
    assert ledger.redirects() == {
        "/en/inventory/argo-1-0-aa/": "/en/inventory/argo-drive-aa/",
        "/estoque/argo-1-0-aa/": "/estoque/argo-drive-aa/",
    }


def test_a_page_leads_to_a_page_and_a_file_to_its_like() -> None:
    ledger = Ledger().publish({"/argo-aa/": "aa", "/argo-aa/visita.ics": "aa"}, NOW)
    ledger = ledger.publish({"/mobi-aa/": "aa", "/mobi-aa/visita.ics": "aa"}, NOW)
    assert ledger.redirects() == {"/argo-aa/": "/mobi-aa/", "/argo-aa/visita.ics": "/mobi-aa/visita.ics"}


@pytest.mark.parametrize(
    ("model", "path", "target"),
    [
        ("Argo", "/estoque/x-aa/", "/estoque/fiat/argo/"),
        ("Argo", "/en/inventory/x-aa/", None),
        ("Mobi", "/estoque/x-aa/", "/estoque/fiat/"),
        ("Mobi", "/en/inventory/x-aa/", "/en/inventory/fiat/"),
        ("Toro", "/en/inventory/x-aa/", "/en/inventory/"),
    ],
)
def test_a_vehicle_that_is_gone_leads_where_the_site_says_if_that_page_exists(
    model: str, path: str, target: str | None
) -> None:
    ledger = Ledger().enter([vehicle("aa", model=model)], NOW).publish(LISTINGS | {path: "aa"}, NOW)
    ledger = ledger.enter([], NOW + DAY).publish(LISTINGS, NOW + DAY, facet_page)
    assert ledger.redirects() == {path: target}


def test_a_page_without_a_better_place_is_gone_for_good() -> None:
    ledger = Ledger().publish(LISTINGS | {"/blog/velho/": None}, NOW).publish(LISTINGS, NOW, facet_page)
    assert ledger.redirects() == {"/blog/velho/": None}


def test_an_address_that_comes_back_is_no_redirect() -> None:
    paths = LISTINGS | {"/blog/velho/": None}
    ledger = Ledger().publish(paths, NOW).publish(LISTINGS, NOW + DAY).publish(paths, NOW + 2 * DAY)
    assert ledger.redirects() == {}
    assert ledger.urls["/blog/velho/"].since == NOW.date()


def test_the_day_on_which_an_address_went_is_kept() -> None:
    ledger = Ledger().publish(LISTINGS | {"/blog/velho/": None}, NOW)
    for days in (3, 4, 5):
        ledger = ledger.publish(LISTINGS, NOW + days * DAY)
    assert ledger.urls["/blog/velho/"].gone == dt.date(2026, 3, 4)


def test_a_target_stays_while_it_is_published_and_nothing_better_is_known() -> None:
    ledger = Ledger().enter([vehicle("aa")], NOW).publish(LISTINGS | {"/estoque/x-aa/": "aa"}, NOW)
    ledger = ledger.enter([], NOW).publish(LISTINGS, NOW, facet_page).publish(LISTINGS, NOW)
    assert ledger.redirects() == {"/estoque/x-aa/": "/estoque/fiat/argo/"}
    fewer = {path: None for path in LISTINGS if path != "/estoque/fiat/argo/"}
    assert ledger.publish(fewer, NOW).redirects()["/estoque/x-aa/"] is None


some_paths = st.sampled_from([f"{start}{name}/" for start in ("/", "/en/") for name in "pqrstu"])
some_codes = st.one_of(st.none(), st.sampled_from("abc"))
deployments = st.lists(st.dictionaries(some_paths, some_codes, max_size=8), min_size=1, max_size=6)
answers = st.dictionaries(some_paths, st.one_of(st.none(), some_paths, st.just("/nowhere/")))


@settings(max_examples=200, deadline=None)
@given(deployments, answers)
def test_no_redirect_leads_to_another_or_back_or_to_a_page_that_is_not_there(
    history: list[dict[str, str | None]], answer: dict[str, str | None]
) -> None:
    ledger, ever = Ledger(), set[str]()
    for step, paths in enumerate(history):
        ledger = ledger.publish(paths, NOW + step * DAY, lambda path, _record: answer.get(path))
        ever |= set(paths)
        redirects = ledger.redirects()
        assert set(redirects) == ever - set(paths)
        assert {target for target in redirects.values() if target is not None} <= set(paths)
        assert all(redirects[path] is None or path != redirects[path] for path in redirects)
