"""What is published when, and the next moments at which that changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from site_model_builders import ZONE, codes, day, offer, page, post, rooftop, site, vehicle

from dealergen.content import Entry
from dealergen.site import HolidayRow, Ledger, Site, holiday_rows

NEW_YEAR = day("2027-01-01", "00:00")
SECOND = dt.timedelta(seconds=1)


def live(entry: Entry, now: dt.datetime) -> bool:
    return site([], now, entries=[entry]).entries == [entry]


@pytest.mark.parametrize(
    ("now", "shown", "ended"),
    [
        (day("2026-03-09", "23:59:59"), False, False),
        (day("2026-03-10", "00:00"), True, False),
        (day("2026-03-20", "23:59:59"), True, False),
        (day("2026-03-21", "00:00"), False, True),
    ],
)
def test_an_offer_of_bare_dates_lasts_from_the_first_to_the_last_second_of_the_stores_days(
    now: dt.datetime, shown: bool, ended: bool
) -> None:
    feirao = offer("feirao", dt.date(2026, 3, 10), dt.date(2026, 3, 20))
    for clock in (now, now.astimezone(dt.UTC)):
        found = site([], clock, entries=[feirao])
        assert (found.entries == [feirao], found.ended_offers == [feirao]) == (shown, ended)


def test_an_offer_that_ends_at_a_moment_is_over_a_second_later() -> None:
    flash = offer("flash", dt.date(2026, 3, 10), dt.datetime(2026, 3, 10, 21, 0, tzinfo=dt.UTC))
    assert live(flash, day("2026-03-10", "18:00:00"))
    assert not live(flash, day("2026-03-10", "18:00:01"))


def test_a_moment_without_a_zone_is_the_main_stores() -> None:
    flash = offer("flash", dt.datetime(2026, 3, 10, 9, 0), dt.date(2026, 3, 10))  # noqa: DTZ001
    assert not live(flash, day("2026-03-10", "08:59:59"))
    assert live(flash, day("2026-03-10", "09:00"))


def test_a_post_waits_for_its_day_and_a_page_does_not_wait() -> None:
    ahead = post("novidade", dt.date(2026, 3, 10))
    assert not live(ahead, day("2026-03-09", "23:59"))
    assert live(ahead, day("2026-03-10", "00:00"))
    assert live(page("sobre"), day("2026-03-09"))


def test_drafts_are_nowhere() -> None:
    now = day("2026-03-10")
    drafts = [
        offer("a", dt.date(2026, 3, 1), dt.date(2026, 3, 31), draft=True),
        offer("b", dt.date(2026, 2, 1), dt.date(2026, 2, 28), draft=True),
        post("c", dt.date(2026, 3, 1), draft=True),
        post("d", dt.date(2026, 4, 1), draft=True),
        page("e", draft=True),
    ]
    found = site([], now, entries=drafts)
    assert (found.entries, found.ended_offers, found.changes_at) == ([], [], [NEW_YEAR])


def test_content_keeps_the_order_in_which_it_was_read() -> None:
    entries = [page("b"), post("z", dt.date(2026, 1, 1)), page("a")]
    assert site([], day("2026-03-01"), entries=entries).entries == entries


def upcoming(now: str, entries: list[Entry] | None = None, **values: Any) -> list[dt.datetime]:
    moments = site([], day(now), entries=entries, **values).changes_at
    assert moments == sorted(set(moments))
    return [moment for moment in moments if moment != NEW_YEAR]


def test_offers_and_posts_are_scheduled_once_each_and_only_to_come() -> None:
    entries = [
        offer("now", dt.date(2026, 2, 1), dt.date(2026, 3, 20)),
        offer("same-end", dt.date(2026, 3, 12), dt.date(2026, 3, 20)),
        offer("over", dt.date(2026, 1, 1), dt.date(2026, 1, 31)),
        post("old", dt.date(2026, 1, 1)),
        post("ahead", dt.datetime(2026, 3, 15, 9, 30)),  # noqa: DTZ001
    ]
    assert upcoming("2026-03-10", entries) == [
        day("2026-03-12", "00:00"),
        day("2026-03-15", "09:30"),
        day("2026-03-21", "00:00"),
    ]


def test_the_footers_year_changes_at_new_year() -> None:
    assert site([], day("2026-03-01")).changes_at == [NEW_YEAR]


def test_a_holiday_is_announced_sixty_days_before_and_taken_down_after_it_by_its_own_stores_clock() -> None:
    natal = [{"date": "2026-12-25", "name": "Natal"}]
    lisbon = rooftop(id="lisboa", timezone="Europe/Lisbon", holidays=natal)
    found = upcoming("2026-09-01", rooftops=[rooftop(), lisbon])
    assert found == [
        dt.datetime(2026, 10, 26, 0, 0, tzinfo=dt.UTC),
        dt.datetime(2026, 12, 26, 0, 0, tzinfo=dt.UTC),
    ]
    assert all(moment.tzinfo == ZONE for moment in found)


def test_a_midnight_that_the_clocks_skip_is_the_moment_they_skip_to() -> None:
    """Chile went to summer time on 6 September 2026 at 00:00, when it became 01:00 (IANA time zone database)."""
    santiago = rooftop(timezone="America/Santiago")
    found = upcoming("2026-08-01", [post("a", dt.date(2026, 9, 6))], rooftops=[santiago])
    assert found == [dt.datetime(2026, 9, 6, 4, 0, tzinfo=dt.UTC)]
    assert found[0].strftime("%H:%M") == "01:00"


def test_marks_of_vehicles_lapse_on_schedule() -> None:
    first = site([vehicle("a", 50_000), vehicle("b"), vehicle("c")], day("2026-03-01"))
    stock = [
        vehicle("a", 48_000),
        vehicle("b", status="sold", sold_on=dt.date(2026, 3, 2)),
        vehicle("n"),
        vehicle("s", status="sold", sold_on=dt.date(2026, 3, 8)),
    ]
    found = site(stock, day("2026-03-05"), first.ledger, lifecycle={"price_drop_days": 20}).changes_at
    assert found == [
        day("2026-03-08", "00:00"),
        day("2026-03-19", "00:00"),
        day("2026-03-25", "00:00"),
        day("2026-04-01", "00:00"),
        day("2026-04-04", "00:00"),
        NEW_YEAR,
    ]


State = tuple[list[str], list[HolidayRow], list[tuple[str, bool, str, str]], int]


def state(shown: Site) -> State:
    """Everything of a site that the clock decides."""
    vehicles = [
        (entry.vehicle.code, entry.new_arrival, str(entry.dropped_from), str(entry.sold_on))
        for entry in shown.stock + shown.sold
    ]
    names = [entry.name for entry in shown.entries]
    return names, holiday_rows(shown.settings.rooftops[0], shown.now), vehicles, shown.now.year


dates = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[Ledger, list[Any]]:
    """A ledger after some builds, and what the last file held."""
    ledger, stock = Ledger(), list[Any]()
    for date in sorted(draw(st.lists(dates, min_size=1, max_size=4))):
        stock = [
            vehicle(
                code,
                draw(st.sampled_from([None, 40_000, 50_000, 55_000])),
                status=draw(st.sampled_from(["available", "available", "sold"])),
                arrived=draw(st.one_of(st.none(), dates)),
                sold_on=draw(st.one_of(st.none(), dates)),
            )
            for code in sorted(draw(st.sets(st.sampled_from("abc"))))
        ]
        ledger = site(stock, day(date.isoformat()), ledger).ledger
    return ledger, stock


@tries(max_examples=60, deadline=None)
@given(ledgers(), st.lists(st.tuples(dates, dates), max_size=3), st.lists(dates, max_size=2), dates)
def test_between_two_scheduled_moments_nothing_changes(
    history: tuple[Ledger, list[Any]],
    offers: list[tuple[dt.date, dt.date]],
    holidays: list[dt.date],
    start: dt.date,
) -> None:
    ledger, stock = history
    entries = [offer(f"o{index}", min(pair), max(pair)) for index, pair in enumerate(offers)]
    stores = [rooftop(holidays=[{"date": date.isoformat(), "name": "F"} for date in holidays])]

    def built(now: dt.datetime) -> Site:
        return site(stock, now, here.ledger, entries, rooftops=stores)

    here = site(stock, day(start.isoformat()), ledger, entries, rooftops=stores)
    for _ in range(5):
        moment = here.changes_at[0]
        assert state(built(moment - SECOND)) == state(here)
        here = built(moment)


def test_the_demo_of_a_day_is_whole() -> None:
    """One small lot with everything at once: who is where, and what the next moment is."""
    yesterday = site([vehicle("a", 50_000), vehicle("g", 30_000)], day("2026-03-01"))
    entries = [offer("feirao", dt.date(2026, 3, 1), dt.date(2026, 3, 3)), page("sobre")]
    today = site([vehicle("a", 45_000), vehicle("n", 47_000)], day("2026-03-02"), yesterday.ledger, entries)
    assert codes(today.stock) == ["n", "a"]
    assert [(entry.new_arrival, entry.dropped_from) for entry in today.stock] == [(True, None), (False, 50_000)]
    assert codes(today.sold) == ["g"]
    assert {code: codes(others) for code, others in today.similar.items()} == {"a": ["n"], "n": ["a"], "g": ["a", "n"]}
    assert [entry.name for entry in today.entries] == ["feirao", "sobre"]
    assert today.changes_at[0] == day("2026-03-04", "00:00")
    assert today.problems == []
