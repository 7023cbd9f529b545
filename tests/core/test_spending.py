"""The curve of what was spent: it ends at the budget's own totals, and each cent comes on its day."""

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from mobility_app.core import grant
from mobility_app.core.basis import Basis
from mobility_app.core.spending import Dated, Spending, spending
from tests.core.samples import example_rates, mobility, project

TODAY = dt.date(2027, 3, 15)
DAY = dt.timedelta(1)
NOTHING = Dated({}, (), ())


def basis(*rows, today=TODAY, visits=(), awarded=None, **facts) -> Basis:
    rates = example_rates()
    rows = tuple(replace(row, id=f"m{n}", number=n) for n, row in enumerate(rows))
    grants = {row.id: grant.compute(row.stay, rates) for row in rows}
    return Basis(project(**facts), rows, grants, rates, awarded or {}, None, {}, visits, today)


def stay(start: dt.date, days: int = 14, **facts):
    return mobility(days, start=start, end=start + (days - 1) * DAY, **facts)


def at(found: Spending, day: dt.date) -> tuple[int, int]:
    """Engaged and paid as the curve has them on a day."""
    point = [point for point in found.points if point.day <= day][-1]
    return point.engaged, point.paid


def test_each_amount_comes_on_its_day() -> None:
    january, june = stay(dt.date(2027, 1, 11)), stay(dt.date(2027, 6, 7), contract_signed=True)
    base = basis(january, june, stay(dt.date(2027, 6, 7)))
    payments = (("m0", dt.date(2026, 12, 20), 50_000), ("m0", dt.date(2027, 2, 3), 9_000))
    found = spending(base, Dated({"m1": dt.date(2026, 11, 2)}, payments, ()))
    each, support = base.grants["m0"].total or 0, 40_000
    assert at(found, dt.date(2026, 10, 31)) == (0, 0)
    assert at(found, dt.date(2026, 11, 30)) == (each + support, 0)
    assert at(found, dt.date(2026, 12, 31)) == (each + support, 50_000)
    assert at(found, dt.date(2027, 1, 31)) == (2 * (each + support), 50_000)
    assert found.last.day == TODAY
    assert (found.last.engaged, found.last.paid) == (2 * (each + support), 59_000)


def test_a_signature_without_a_day_counts_from_today() -> None:
    found = spending(basis(stay(dt.date(2027, 6, 7), contract_signed=True)), NOTHING)
    assert found.points[-2].engaged == 0
    assert found.last.engaged > 0


def test_the_share_of_time_that_is_over() -> None:
    dates = {"start": dt.date(2027, 1, 1), "end": dt.date(2027, 4, 10)}  # a hundred days
    for today, share in ((dt.date(2026, 5, 1), 0), (dt.date(2027, 1, 25), 25), (dt.date(2030, 1, 1), 100)):
        found = spending(basis(today=today, **dates), NOTHING)
        assert found.elapsed == share
        assert found.last.day == today


def test_a_project_without_its_period_has_no_curve() -> None:
    assert spending(basis(start=None), NOTHING) is None


def test_what_was_awarded_is_known_only_when_typed() -> None:
    assert spending(basis(), NOTHING).awarded is None
    awarded = {("travel_support", ""): 7, ("individual_support", "VET_SHORT_TERM"): 5}
    assert spending(basis(awarded=awarded), NOTHING).awarded == 12


_days = st.integers(-500, 500).map(lambda n: TODAY + n * DAY)
_rows = st.builds(
    lambda start, **facts: stay(start, **facts),
    _days,
    days=st.integers(2, 40),
    decision=st.sampled_from(("selected", "candidate", "cancelled", "interrupted")),
    contract_signed=st.booleans(),
    role=st.sampled_from(("participant", "accompanying")),
    distance_km=st.sampled_from((None, 850)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_rows, st.none() | _days, st.lists(st.tuples(_days, st.integers(-9_999, 99_999))))), _days)
def test_the_curve_ends_at_the_totals_of_the_budget(people, visited) -> None:
    rows = [replace(row, paid=sum(cents for day, cents in paid if day <= TODAY)) for row, _signed, paid in people]
    base = basis(*rows, visits=(2,), guarantee_cents=12_345)
    signed = {f"m{n}": day for n, (_row, day, _paid) in enumerate(people) if day is not None}
    payments = [(f"m{n}", day, cents) for n, (_row, _day, paid) in enumerate(people) for day, cents in paid]
    found = spending(base, Dated(signed, payments, ((visited, 2),)))
    lines = base.report().budget
    assert found.last.engaged == sum(line.engaged for line in lines)
    assert found.last.paid == sum(line.paid for line in lines)
    assert [point.day for point in found.points] == sorted({point.day for point in found.points})
