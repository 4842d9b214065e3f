"""Opening hours as a visitor and a search engine read them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from site_model_builders import day, rooftop

from dealergen.config import Rooftop
from dealergen.site import HolidayRow, HoursRow, holiday_rows, opening_hours_specification, weekly_rows

WEEK = ["mon", "tue", "wed", "thu", "fri"]
NOW = day("2026-12-01")


def store(*hours: tuple[list[str], str, str], **values: Any) -> Rooftop:
    rows = [{"days": days, "opens": opens, "closes": closes} for days, opens, closes in hours]
    return Rooftop.model_validate(rooftop(hours=rows, **values))


def test_days_with_the_same_hours_stand_together_and_the_others_are_closed() -> None:
    assert weekly_rows(store((WEEK, "08:00", "18:00"), (["sat"], "09:00", "13:00"))) == [
        HoursRow(0, 4, (("08:00", "18:00"),)),
        HoursRow(5, 5, (("09:00", "13:00"),)),
        HoursRow(6, 6, ()),
    ]


def test_equal_days_apart_from_each_other_are_rows_of_their_own() -> None:
    rows = weekly_rows(store((["mon", "tue", "thu", "fri"], "08:00", "18:00"), (["wed"], "08:00", "20:00")))
    assert [(row.first, row.last) for row in rows] == [(0, 1), (2, 2), (3, 4), (5, 6)]


def test_a_lunch_break_is_two_stretches_in_order_of_time() -> None:
    rows = weekly_rows(store((WEEK, "14:00", "18:00"), (WEEK, "08:00", "12:00")))
    assert rows[0] == HoursRow(0, 4, (("08:00", "12:00"), ("14:00", "18:00")))


def test_stretches_that_touch_or_overlap_are_one() -> None:
    rows = weekly_rows(store((WEEK, "12:00", "18:00"), (WEEK, "08:00", "12:00"), (["mon"], "17:00", "20:00")))
    assert rows[:2] == [HoursRow(0, 0, (("08:00", "20:00"),)), HoursRow(1, 4, (("08:00", "18:00"),))]


def test_a_store_that_gives_no_hours_has_no_table() -> None:
    assert weekly_rows(store()) == []
    assert opening_hours_specification(store(), NOW) == []


HOLIDAYS = [
    {"date": "2027-01-31", "name": "61 days ahead"},
    {"date": "2026-12-24", "name": "Véspera de Natal", "opens": "08:00", "closes": "12:00"},
    {"date": "2026-12-25", "name": "Natal"},
    {"date": "2026-12-01", "name": "Aniversário da cidade"},
    {"date": "2026-11-30", "name": "Yesterday"},
    {"date": "2027-01-30", "name": "60 days ahead"},
]


def test_holidays_of_today_and_the_next_sixty_days_are_announced() -> None:
    assert holiday_rows(store(holidays=HOLIDAYS), NOW) == [
        HolidayRow(dt.date(2026, 12, 1), "Aniversário da cidade", ()),
        HolidayRow(dt.date(2026, 12, 24), "Véspera de Natal", (("08:00", "12:00"),)),
        HolidayRow(dt.date(2026, 12, 25), "Natal", ()),
        HolidayRow(dt.date(2027, 1, 30), "60 days ahead", ()),
    ]


def test_today_is_the_stores_own_day() -> None:
    natal = [{"date": "2026-12-25", "name": "Natal"}]
    now = dt.datetime(2026, 12, 26, 1, 0, tzinfo=dt.UTC)
    assert holiday_rows(store(holidays=natal, timezone="America/Sao_Paulo"), now) != []
    assert holiday_rows(store(holidays=natal, timezone="Europe/Berlin"), now) == []


def test_search_engines_are_told_the_week_and_the_holidays() -> None:
    shop = store((WEEK, "08:00", "18:00"), (["sun"], "00:00", "24:00"), holidays=HOLIDAYS[1:3])
    plain = {"@type": "OpeningHoursSpecification"}
    eve, christmas = "2026-12-24", "2026-12-25"
    assert opening_hours_specification(shop, NOW) == [
        plain | {"opens": "00:00", "closes": "23:59", "dayOfWeek": ["Sunday"]},
        plain
        | {
            "opens": "08:00",
            "closes": "18:00",
            "dayOfWeek": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
        },
        plain | {"opens": "08:00", "closes": "12:00", "validFrom": eve, "validThrough": eve},
        plain | {"opens": "00:00", "closes": "00:00", "validFrom": christmas, "validThrough": christmas},
    ]
