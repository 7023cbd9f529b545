import datetime as dt

import pytest

from mobility_app.core.wanted import QUICK, SOON, Wanted

TODAY = dt.date(2027, 1, 20)


def test_nothing_wanted_is_everything():
    assert Wanted().everything
    assert Wanted().filters(TODAY) == []
    assert not Wanted(search="x").everything


def test_choices_and_quick_filters_become_conditions():
    wanted = Wanted(countries=("ES", "PT"), senders=("s1",), quick=("green",))
    assert wanted.filters(TODAY) == [
        ("country", "in", ("ES", "PT")),
        ("sending_id", "in", ("s1",)),
        ("green", "=", True),
    ]


@pytest.mark.parametrize(("month", "last"), [("2027-02", 28), ("2028-02", 29), ("2026-12", 31), ("2027-04", 30)])
def test_a_month_has_its_own_last_day(month, last):
    year, number = map(int, month.split("-"))
    filters = Wanted(month=month).filters(TODAY)
    assert ("first_day", ">=", dt.date(year, number, 1)) in filters
    assert ("first_day", "<=", dt.date(year, number, last)) in filters


def test_quick_filters_follow_the_day():
    for day in (TODAY, TODAY + dt.timedelta(1)):
        assert ("first_day", "<=", day + dt.timedelta(SOON)) in Wanted(quick=("leaving",)).filters(day)


def test_a_press_toggles():
    once = Wanted().toggled("green").toggled("findings")
    assert once.quick == ("green", "findings")
    assert once.toggled("green").quick == ("findings",)


def test_a_view_comes_back_without_the_ids_of_the_moment():
    wanted = Wanted("martin", ("ES",), ("abroad",), ("VET_SHORT_TERM",), ("s1",), ("green",), "2027-02", ("m1",), "x")
    kept = wanted.as_json()
    assert "ids" not in kept
    assert "title" not in kept
    again = Wanted.from_json(kept)
    assert again == Wanted("martin", ("ES",), ("abroad",), ("VET_SHORT_TERM",), ("s1",), ("green",), "2027-02")


def test_a_view_of_a_later_version_is_read_as_far_as_it_is_known():
    assert Wanted.from_json({"search": "x", "quick": ["green", "unheard"], "moon": 3}) == Wanted("x", quick=("green",))


def test_every_quick_filter_is_understood_by_the_store():
    from mobility_app.store.filters import conditions

    for _title, filters in QUICK.values():
        assert conditions(filters(TODAY), TODAY)
