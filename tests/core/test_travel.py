"""Distances: the straight line, whole kilometres, and the days that go with them."""

import datetime as dt

import pytest

from mobility_app.core import duration, travel
from mobility_app.core.rates import RateTable
from mobility_app.store import reference

EDINBURGH, STOCKHOLM, TALLINN = (55.9533, -3.1883), (59.3293, 18.0686), (59.4370, 24.7536)


def test_published_distances_between_towns() -> None:
    """1 313 and 379 km on a Swedish agency's page (town centres there may lie a little elsewhere)."""
    assert travel.kilometres(EDINBURGH, STOCKHOLM) == pytest.approx(1313, rel=0.01)
    assert travel.kilometres(TALLINN, STOCKHOLM) == pytest.approx(379, rel=0.01)


def test_the_line_is_straight_whatever_the_direction() -> None:
    assert travel.metres(EDINBURGH, STOCKHOLM) == pytest.approx(travel.metres(STOCKHOLM, EDINBURGH))
    assert travel.metres((0, 0), (0, 1)) == pytest.approx(111_319.49, abs=0.1)  # a degree of the WGS-84 equator
    assert travel.metres((0, 179.5), (0, -179.5)) == pytest.approx(111_319.49, abs=0.1)
    assert travel.metres((90, 0), (-90, 0)) == pytest.approx(20_003_931.5, abs=1)


@pytest.mark.parametrize(("metres", "km", "band"), [
    (499_999.9, 499, "100-499"), (500_000, 500, "500-1999"), (9_999, 9, None), (10_000, 10, "10-99"), (0, 0, None),
])  # fmt: skip
def test_a_band_begins_when_its_first_kilometre_is_reached(metres: float, km: int, band: str | None) -> None:
    assert travel.whole_km(metres) == km
    assert RateTable(reference.rate_rows(2021)).band(km) == band


def test_legs_add_up_before_they_are_rounded() -> None:
    a, b, c = (0.0, 0.0), (0.0, 0.005), (0.0, 0.0095)
    assert travel.kilometres(a, b) == 0
    assert travel.kilometres(b, c) == 0
    assert travel.kilometres(a, b, c) == 1
    assert travel.kilometres(a) == 0


@pytest.mark.parametrize(("start", "end", "days"), [
    (dt.date(2027, 1, 31), dt.date(2027, 2, 28), 29), (dt.date(2027, 3, 27), dt.date(2027, 3, 29), 3),
    (dt.date(2027, 5, 4), dt.date(2027, 5, 4), 1), (dt.date(2028, 2, 28), dt.date(2028, 3, 1), 3),
    (dt.date(2027, 5, 4), dt.date(2027, 5, 3), None), (None, dt.date(2027, 5, 3), None),
])  # fmt: skip
def test_calendar_days_first_and_last_included(start: dt.date | None, end: dt.date | None, days: int | None) -> None:
    assert duration.activity_days(start, end) == days


@pytest.mark.parametrize(("activity", "travel_days", "in_count", "apart"), [
    (14, 0, (14, 0), (14, 0)), (15, 0, (14, 1), (14, 1)), (12, 2, (14, 0), (14, 0)), (13, 2, (14, 1), (15, 0)),
    (20, 6, (14, 12), (20, 6)), (0, 2, (2, 0), (2, 0)),
])  # fmt: skip
def test_both_conventions(activity: int, travel_days: int, in_count: tuple[int, int], apart: tuple[int, int]) -> None:
    assert duration.count(activity, travel_days, travel_in_count=True) == in_count
    assert duration.count(activity, travel_days, travel_in_count=False) == apart


def test_travel_days_without_a_known_limit_are_taken_as_declared() -> None:
    assert duration.funded_travel_days(9, None) == 9
    assert duration.funded_travel_days(9, 2) == 2
    assert duration.funded_travel_days(None, 2) == 0
    assert duration.funded_travel_days(-1, 2) == 0
