"""A scenario is the project's own report on other stays: nothing changed is nothing moved, each change counts once."""

import datetime as dt
from dataclasses import replace

from mobility_app.core import grant, scenarios
from mobility_app.core.basis import Basis
from mobility_app.core.facts import Grant
from mobility_app.core.whatif import Change, imagined
from tests.core.samples import example_rates, mobility, project

TODAY = dt.date(2027, 3, 15)
DAILY, LATER, TRAVEL, SUPPORT = 6_000, 4_200, 30_000, 40_000  # example rates: Germany, 850 km


def basis(count: int = 4, *, awarded: int | None = None, hand: Grant | None = None) -> Basis:
    rows = [replace(mobility(14), id=f"m{n}", number=n, travel_days=0) for n in range(1, count + 1)]
    rates = example_rates()
    grants = {row.id: grant.compute(row.stay, rates) for row in rows}
    if hand is not None:
        grants["m1"] = hand
    award = {} if awarded is None else {("individual_support", ""): awarded}
    aims = {("T1", "participants", "VET_SHORT_TERM"): 10}
    return Basis(project(), rows, grants, rates, award, None, aims, (), TODAY)


def planned(found: scenarios.Imagined, key: str) -> int:
    return sum(line.planned for line in found.report.budget if line.key == key)


def target(found: scenarios.Imagined, key: str) -> int:
    return next(line.planned for line in found.report.targets if (line.key, line.activity) == (key, ""))


LONGER = imagined("VET_SHORT_TERM", "DE", 21, distance_km=850, green=True)
ADULT = imagined("VET_SHORT_TERM", "DE", 5, distance_km=850, role="accompanying")


def test_without_changes_it_is_the_report_itself() -> None:
    base = basis()
    assert scenarios.imagine(base).report == base.report()


def test_more_stays_move_budget_support_and_targets() -> None:
    base = basis()
    today, more = scenarios.imagine(base), scenarios.imagine(base, (Change(LONGER, 20), Change(ADULT, 2)))
    each = grant.compute(LONGER, base.rates)
    adults = 2 * (grant.compute(ADULT, base.rates).amount("individual_support") or 0)
    added = planned(more, "individual_support") - planned(today, "individual_support")
    assert added == 20 * (each.amount("individual_support") or 0) + adults
    assert each.amount("individual_support") == 14 * DAILY + 7 * LATER
    assert planned(today, "organisational_support") == 4 * SUPPORT
    assert planned(more, "organisational_support") == 24 * SUPPORT  # adults earn none
    assert [target(more, key) - target(today, key) for key in ("participants", "accompanying", "green")] == [20, 2, 20]
    assert target(more, "total_days") == 4 * 14 + 20 * 21
    assert len(base.rows) == 4  # the project itself stays as it is


def test_the_most_similar_stays_are_taken_away_and_what_lacks_is_told() -> None:
    base = basis()
    rows = [*base.rows, replace(mobility(21), id="m9", number=0, travel_days=0)]
    base = replace(base, rows=rows, grants={**base.grants, "m9": grant.compute(rows[-1].stay, base.rates)})
    one = scenarios.imagine(base, (Change(LONGER, -1),))
    assert {row.id for row in one.report.mobilities} == {"m1", "m2", "m3", "m4"}
    assert one.short == {}
    late = replace(mobility(14), id="m8", number=8, start=dt.date(2027, 6, 1), end=dt.date(2027, 6, 14))
    with_late = replace(base, rows=[*rows, late], grants={**base.grants, "m8": base.grants["m1"]})
    two = imagined("VET_SHORT_TERM", "DE", 14, distance_km=850)
    left = scenarios.imagine(with_late, (Change(two, -1),))
    assert "m8" not in {row.id for row in left.report.mobilities}
    all_of_them = scenarios.imagine(base, (Change(LONGER, -4), Change(two, -3)))
    assert all_of_them.report.budget == ()
    assert all_of_them.short == {1: 2}
    assert scenarios.alike(base, LONGER) == 5
    assert scenarios.alike(base, replace(LONGER, country="PT")) == 0


def test_a_line_set_by_hand_goes_with_its_stay() -> None:
    by_hand = Grant((grant.hand_line("individual_support_1_14", 123_456, "accord"),))
    base = basis(hand=by_hand)
    today = planned(scenarios.imagine(base), "individual_support")
    assert today == 123_456 + 3 * 14 * DAILY
    gone = scenarios.imagine(base, (Change(base.rows[0].stay, -4),))
    assert planned(gone, "individual_support") == 0


def test_more_than_was_awarded_is_flagged_by_line() -> None:
    base = basis(awarded=5 * 14 * DAILY)
    same = imagined("VET_SHORT_TERM", "DE", 14, distance_km=850)
    assert scenarios.imagine(base, (Change(same, 1),)).over == ()
    assert [found.code for found in scenarios.imagine(base, (Change(same, 2),)).over] == ["over:individual_support:"]


def test_an_unknown_rate_leaves_the_scenario_incomplete() -> None:
    far = imagined("VET_SHORT_TERM", "DE", 14)
    found = scenarios.imagine(basis(), (Change(far, 3),))
    assert found.report.totals["incomplete"] == 3
