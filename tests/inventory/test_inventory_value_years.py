"""Years and days, as dealers and their systems write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealergen.inventory.dates import month_named, read_dates
from dealergen.inventory.years import YearOf, read_years

NOW = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "year", "made"),
    [
        ("2025/2025", 2025, 2025), ("2018/2019", 2019, 2018), ("2019/2018", 2019, 2018), ("03/2013", 2013, None),
        ("01/2021", 2021, None), ("2015 reg", 2015, None), ("2020年", 2020, None), ('"2019"', 2019, None),
        ("18/19", 2019, 2018), ("2019.0", 2019, None), ("2025/26", 2026, 2025), ("MY2024", 2024, None),
        ("2013-05-06", 2013, None), ("05/06/2013", 2013, None), ("04/18", 2018, None), ("2028", 2028, None),
        ("1900", 1900, None), ("Ano 2020", 2020, None), ("2015 (65)", 2015, None), ("mai 2017", 2017, None),
    ],
)  # fmt: skip
def test_a_year_is_found(text: str, year: int, made: int | None) -> None:
    meaning = read_years([text, "2020"], NOW)
    assert meaning.values[text] == YearOf(year, made)
    assert not meaning.doubts


@pytest.mark.parametrize("text", ["2029", "2060", "9000", "1899", "Preto", "New,", "5", "2.0", "2015/2020", "20199"])
def test_what_is_no_plausible_year_is_refused(text: str) -> None:
    meaning = read_years([text, "2020", "2019"], NOW)
    assert meaning.values[text] is None
    assert meaning.doubts[text].code == "inventory.year-implausible"
    assert meaning.doubts[text].foreign


@pytest.mark.parametrize("text", ["18-Apr", "Apr-18", "abr/18", "avr-18"])
def test_a_year_that_a_spreadsheet_made_a_date_is_taken_with_a_warning(text: str) -> None:
    meaning = read_years([text], NOW)
    assert meaning.values[text] == YearOf(2018)
    assert meaning.doubts[text].code == "inventory.year-damaged"


def test_a_column_tells_whether_two_digits_are_a_month() -> None:
    assert read_years(["2013/03", "2011/12"], NOW).values["2011/12"] == YearOf(2011)
    assert read_years(["2025/26", "2011/12"], NOW).values["2011/12"] == YearOf(2012, 2011)


def test_two_digits_alone_are_years_only_among_their_like() -> None:
    assert read_years(["19", "20", "98"], NOW).values == {"19": YearOf(2019), "20": YearOf(2020), "98": YearOf(1998)}
    assert read_years(["19", "2020", "2021"], NOW).values["19"] is None


@pytest.mark.parametrize("text", ["", "  ", "NULL", "-", "0"])
def test_no_year_is_no_doubt(text: str) -> None:
    assert read_years([text], NOW).values == {text: None}
    assert not read_years([text], NOW).doubts


def day(text: str, *others: str, currency: str = "BRL") -> dt.date | None:
    return read_dates([text, *others], NOW, currency).values[text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-02", dt.date(2026, 1, 2)), ("2026-01-02T10:00:00Z", dt.date(2026, 1, 2)),
        ("20260102", dt.date(2026, 1, 2)), ("24/06/2026 00:00", dt.date(2026, 6, 24)), ("46000", dt.date(2025, 12, 9)),
        ("46000.5", dt.date(2025, 12, 9)), ("1.2.24", dt.date(2024, 2, 1)), ("3 de mar de 2024", dt.date(2024, 3, 3)),
        ("26-jun-26", dt.date(2026, 6, 26)), ("May 3, 2024", dt.date(2024, 5, 3)), ("2026/07/09", dt.date(2026, 7, 9)),
    ],
)  # fmt: skip
def test_a_day_is_found(text: str, expected: dt.date) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    "text", ["  /  /     ", "0001-01-01", "0000-00-00", "00/00/0000", "1970-01-01", "1899-12-30", "", "NULL", "0"]
)
def test_null_dates_are_none_without_a_doubt(text: str) -> None:
    meaning = read_dates([text], NOW, "BRL")
    assert meaning.values == {text: None}
    assert not meaning.doubts


@pytest.mark.parametrize("text", ["31/02/2026", "soon", "2035-01-01", "1950-01-01", "99999999"])
def test_what_is_no_day_is_refused(text: str) -> None:
    meaning = read_dates([text], NOW, "BRL")
    assert meaning.values[text] is None
    assert meaning.doubts[text].code == "inventory.date-unreadable"


def test_the_whole_column_tells_the_order_of_day_and_month() -> None:
    assert day("02/03/2026", "30/01/2026", currency="USD") == dt.date(2026, 3, 2)
    assert day("02/03/2026", "01/30/2026", currency="BRL") == dt.date(2026, 2, 3)
    assert day("02/03/2026", currency="USD") == dt.date(2026, 2, 3)
    assert day("02/03/2026", currency="BRL") == dt.date(2026, 3, 2)


def test_an_undecided_order_is_noted_with_a_sample() -> None:
    assert read_dates(["02/03/2026"], NOW, "BRL").notes == [
        '"02/03/2026" is read as day/month (no cell has a day above 12)'
    ]
    assert read_dates(["30/01/2026", "02/03/2026"], NOW, "BRL").notes == []


def test_months_have_names_in_many_languages() -> None:
    assert [month_named(word) for word in ("Dez", "déc", "MÄRZ", "ago", "Oktober", "maggio", "car")] == [
        12, 12, 3, 8, 10, 5, None,
    ]  # fmt: skip


@given(st.lists(st.dates(dt.date(1990, 1, 1), dt.date(2027, 12, 31)), min_size=1, max_size=8))
def test_any_days_written_in_iso_come_back(days: list[dt.date]) -> None:
    texts = [str(one) for one in days]
    values = read_dates(texts, NOW, "BRL").values
    assert [values[text] for text in texts] == days


@given(st.lists(st.text(max_size=30), max_size=8))
def test_nothing_raises(texts: list[str]) -> None:
    assert set(read_years(texts, NOW).values) == set(texts)
    assert set(read_dates(texts, NOW, "USD").values) == set(texts)
