"""The ladder of copies keeps what it promises over two years of work, holidays and wrong clocks."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from mobility_app.store import ladder

START = dt.datetime(2026, 1, 5, 8)  # noqa: DTZ001  (as the store keeps times)
HOUR = dt.timedelta(hours=1)

# Hours until the next copy: work, a night, a weekend, a summer; sometimes a clock set back or far ahead.
pauses = st.sampled_from([0, 1, 3, 16, 64, 24 * 7, 24 * 45])
jumps = st.sampled_from([0] * 12 + [-24 * 400, 24 * 400, -1])


def live(steps) -> tuple[list[tuple[int, dt.datetime]], dt.datetime, set[int]]:
    """Copies made one after the other, each thinning the rest: all made, the last moment, those still there."""
    made: list[tuple[int, dt.datetime]] = []
    there: set[int] = set()
    now = START
    for number, (pause, jump) in enumerate(steps):
        now += pause * HOUR
        at = now + jump * HOUR
        made.append((number, at))
        there = ladder.kept([copy for copy in made if copy[0] in there or copy[0] == number], at)
    return made, now, there


@given(steps=st.lists(st.tuples(pauses, jumps), min_size=1, max_size=120))
def test_the_newest_copy_is_always_kept_and_the_number_is_bounded(steps):
    made, _now, there = live(steps)
    assert len(made) - 1 in there
    young = sum(abs(at - made[-1][1]) <= ladder.ALL for _number, at in made)
    assert len(there) <= young + 12 + 10 + 9


@given(steps=st.lists(st.tuples(pauses, st.just(0)), min_size=1, max_size=120))
def test_days_weeks_and_months_reach_back_as_promised(steps):
    made, now, there = live(steps)
    kept = [at for number, at in made if number in there]
    assert all(number in there for number, at in made if now - at <= ladder.ALL)
    for age, span in ((12, lambda at: at.date()), (70, lambda at: at.isocalendar()[:2])):
        recent = {span(at) for _number, at in made if (now.date() - at.date()).days < age - 7}
        assert recent <= {span(at) for at in kept}
    months = sorted({(at.year, at.month) for _number, at in made})[-9:]
    assert set(months) <= {(at.year, at.month) for at in kept}


def test_two_years_of_daily_work():
    steps = [(3 if n % 3 else 18, 0) for n in range(3 * 5 * 104)]
    made, now, there = live(steps)
    kept = sorted(at for number, at in made if number in there)
    assert 25 <= len(there) <= 45
    assert now - kept[0] >= dt.timedelta(days=215)


def test_a_clock_a_year_ahead_for_an_hour_loses_nothing_of_before():
    calm, _now, before = live([(24, 0)] * 30)
    _made, _now, there = live([(24, 0)] * 30 + [(1, 24 * 365), (1, 0)])
    lost = before - there
    assert len(lost) <= 2 + 2  # the two days that were only kept because they were young, and one a rung
    assert len(calm) == 30
