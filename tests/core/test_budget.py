"""The report of a project: every figure is the sum of its rows, however it is cut."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobility_app.core import budget, grant
from mobility_app.core.facts import BudgetLine, MobilityRow, Report, TargetLine
from mobility_app.core.rates import RateTable
from mobility_app.store import reference
from tests.core.samples import START, example_rates, mobility, project

DAY = dt.timedelta(1)
TODAY = START + 30 * DAY


def make(rows: list[MobilityRow], rates: RateTable | None = None, **options: Any) -> Report:
    defaults: dict[str, Any] = {"awarded": {}, "indicative": {}, "visits": (), "today": TODAY}
    return budget.report(project(), rows, rates or example_rates(), **defaults | options)


def row(number: int, **changes: Any) -> MobilityRow:
    return replace(mobility(), **{"id": f"m{number}", "participant_id": f"person{number}", "number": number} | changes)


def line(report: Report, key: str, activity: str = "VET_SHORT_TERM") -> BudgetLine:
    return next(one for one in report.budget if (one.key, one.activity) == (key, activity))


def target(report: Report, key: str, activity: str = "") -> TargetLine:
    return next(one for one in report.targets if (one.key, one.activity) == (key, activity))


# example rates, Germany group 1: 14 days × 60 + 2 days × 42; 850 km: 300
SUPPORT, TRAVEL, ORGANISATION = 14 * 6000 + 2 * 4200, 30_000, 40_000


def test_planned_engaged_done_and_paid() -> None:
    rows = [
        row(1),  # over
        row(2, start=TODAY, end=TODAY + 13 * DAY),  # begins today
        row(3, start=TODAY + DAY, end=TODAY + 14 * DAY),  # begins tomorrow
        row(4, start=TODAY + DAY, end=TODAY + 14 * DAY, contract_signed=True),
        row(5, end=TODAY, start=TODAY - 13 * DAY),  # ends today: not done
        row(6, decision="interrupted"),
        row(7, decision="candidate"),
        row(8, decision="cancelled", contract_signed=True),
    ]
    report = make(rows, awarded={("individual_support", "VET_SHORT_TERM"): 1_000_000})
    one = line(report, "individual_support")
    assert (one.planned, one.engaged, one.done) == (6 * SUPPORT, 5 * SUPPORT, 2 * SUPPORT)
    assert (one.awarded, one.left) == (1_000_000, 1_000_000 - 5 * SUPPORT)
    one = line(report, "travel_support")
    assert (one.planned, one.engaged, one.done, one.awarded, one.left) == (
        6 * TRAVEL,
        5 * TRAVEL,
        2 * TRAVEL,
        None,
        None,
    )
    one = line(report, "organisational_support")
    assert (one.planned, one.engaged, one.done, one.paid) == (6 * ORGANISATION, 5 * ORGANISATION, 2 * ORGANISATION, 0)


def test_organisational_support_counts_each_stage_from_its_first_tier() -> None:
    rows = [row(n, contract_signed=n < 101, start=TODAY + DAY, end=TODAY + 14 * DAY) for n in range(110)]
    one = line(make(rows), "organisational_support")
    assert one.planned == 100 * 40_000 + 10 * 25_000
    assert one.engaged == 100 * 40_000 + 1 * 25_000
    assert one.done == 0


def test_accompanying_persons_cost_but_are_no_participants() -> None:
    report = make([row(1), row(2, role="accompanying", status="staff")])
    assert line(report, "organisational_support").planned == ORGANISATION
    assert line(report, "individual_support").planned == SUPPORT + 14 * 12_000 + 2 * 8_400
    assert (target(report, "participants").planned, target(report, "accompanying").planned) == (1, 1)
    assert (target(report, "total_days").planned, target(report, "accompanying_days").planned) == (14, 14)


def test_a_payment_is_split_by_the_known_amounts() -> None:
    report = make([row(1, paid=61_201)])
    assert line(report, "individual_support").paid + line(report, "travel_support").paid == 61_201
    assert line(report, "travel_support").paid == 61_201 * TRAVEL // (SUPPORT + TRAVEL)


@given(st.integers(0, 10**9), st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 10**8), min_size=1))
def test_a_split_is_exact_and_fair(paid: int, known: dict[str, int]) -> None:
    parts = budget.split(paid, known)
    assert sum(parts.values()) == paid
    whole = sum(known.values())
    for key, part in parts.items():
        assert part >= 0
        if whole:
            assert abs(part * whole - paid * known[key]) <= whole


def test_an_unknown_line_is_counted_apart() -> None:
    report = make([row(1), row(2, distance_km=None), row(3, activity=None)])
    assert (line(report, "travel_support").planned, line(report, "travel_support").incomplete) == (TRAVEL, 1)
    assert line(report, "individual_support").incomplete == 0
    assert (line(report, "individual_support", "").planned, line(report, "individual_support", "").incomplete) == (0, 1)
    assert line(report, "organisational_support", "").incomplete == 1
    assert report.totals["incomplete"] == 2
    assert report.totals["organisational_support"] is None


def test_what_was_awarded_is_shown_even_unused() -> None:
    awarded = {("inclusion_participant", "VET_SHORT_TERM"): 5_000, ("something_new", ""): 1}
    report = make([], awarded=awarded)
    assert {(one.key, one.activity): one.awarded for one in report.budget} == awarded
    assert [one.left for one in report.budget] == [5_000, 1]


def test_preparatory_visits() -> None:
    assert line(make([], visits=[3]), "preparatory_visit", "").planned == 3 * 70_000
    unknown = line(make([], RateTable([]), visits=[3]), "preparatory_visit", "")
    assert (unknown.planned, unknown.incomplete) == (0, 3)
    assert target(make([], visits=[3]), "preparatory_visits").implemented == 3


def test_the_order_of_the_budget_is_that_of_the_module() -> None:
    report = make([row(1), row(2, activity="JOB_SHADOWING", status="staff")])
    assert [(one.key, one.activity) for one in report.budget] == [
        ("organisational_support", "VET_SHORT_TERM"), ("organisational_support", "JOB_SHADOWING"),
        ("individual_support", "VET_SHORT_TERM"), ("individual_support", "JOB_SHADOWING"),
        ("travel_support", "VET_SHORT_TERM"), ("travel_support", "JOB_SHADOWING"),
    ]  # fmt: skip


def test_targets() -> None:
    rows = [
        row(1, fewer_opportunities=True, green=True, virtual_hours=5),
        row(2, country="US", interruption_days=2, start=TODAY, end=TODAY + 13 * DAY),
        row(3, activity="JOB_SHADOWING", status="staff", end=START + 4 * DAY, role="participant"),
        row(4, role="accompanying", status="staff", green=True, fewer_opportunities=True),
        row(5, decision="waiting"),
    ]
    report = make(rows)
    expected = {"participants": 3, "total_days": 14 + 12 + 5, "average_days": 10, "accompanying": 1,
                "fewer_opportunities": 1, "blended": 1, "green": 2, "international": 1}  # fmt: skip
    assert {key: target(report, key).planned for key in expected} == expected
    assert target(report, "participants").implemented == 2
    assert target(report, "total_days").implemented == 19
    assert target(report, "average_days").implemented == 10  # 9.5, half up
    assert target(report, "participants", "JOB_SHADOWING").planned == 1
    tables = {one.key: one.table for one in report.targets}
    assert [tables[key] for key in ("participants", "preparatory_visits", "green")] == ["T1", "T1", "T2"]


def test_indicative_figures_add_up_unless_a_total_was_typed() -> None:
    indicative = {
        ("T1", "participants", "VET_SHORT_TERM"): 40, ("T1", "participants", "JOB_SHADOWING"): 5,
        ("T1", "total_days", "VET_SHORT_TERM"): 601, ("T2", "green", ""): 9, ("T2", "green", "JOB_SHADOWING"): 2,
    }  # fmt: skip
    report = make([], indicative=indicative)
    assert target(report, "participants").indicative == 45
    assert target(report, "participants", "JOB_SHADOWING").indicative == 5
    assert target(report, "average_days", "VET_SHORT_TERM").indicative == 15
    assert target(report, "average_days", "JOB_SHADOWING").indicative is None
    assert target(report, "green").indicative == 9
    assert target(report, "blended").indicative is None


def test_tallies_and_totals() -> None:
    rows = [
        row(1, green=True), row(2, country="PT", sending_id="s2", sending_organisation="CFA", host_id="h2"),
        row(3, participant_id="person1", role="accompanying", start=TODAY, end=TODAY),
        row(4, fewer_opportunities=True, start=TODAY + DAY, end=TODAY + 2 * DAY, distance_km=None), row(5, end=None),
        row(6, decision="candidate"), row(7, decision="waiting"), row(8, decision="withdrawn"),
    ]  # fmt: skip
    report = make(rows)
    money = ("known_total", "organisational_support")
    assert {key: report.totals[key] for key in report.totals if key not in money} == {
        "persons": 4, "senders": 2, "hosts": 2, "countries": 2, "mobilities": 5, "total_days": 14 + 14 + 1 + 2,
        "green": 1, "inclusion": 1, "done": 2, "under_way": 1, "to_come": 2, "accompanying": 1, "incomplete": 2,
        "candidates": 2,
    }  # fmt: skip
    assert [(one.key, one.mobilities, one.participants) for one in report.by_country] == [("DE", 4, 3), ("PT", 1, 1)]
    assert [(one.key, one.mobilities) for one in report.by_organisation] == [("Lycée Jean-Zay", 4), ("CFA", 1)]
    assert sum(one.known_total for one in report.by_country) == report.totals["known_total"]
    assert sum(one.incomplete for one in report.by_organisation) == report.totals["incomplete"]
    assert len(report.mobilities) == 8


def test_two_schools_of_the_same_name_stay_two() -> None:
    report = make([row(1), row(2, sending_id="s2")])
    assert [one.mobilities for one in report.by_organisation] == [1, 1]


def test_departures_by_month_without_gaps() -> None:
    rows = [row(1, start=dt.date(2026, 11, 30)), row(2, start=dt.date(2027, 1, 1)), row(3, start=None)]
    assert make(rows).departures_by_month == (
        (dt.date(2026, 11, 1), 1),
        (dt.date(2026, 12, 1), 0),
        (dt.date(2027, 1, 1), 1),
    )
    assert make([row(1, start=dt.date(1927, 1, 1)), row(2)]).departures_by_month == (
        (dt.date(1927, 1, 1), 1),
        (dt.date(2027, 3, 1), 1),
    )
    assert make([]).departures_by_month == ()


def test_rows_project_and_budget_agree() -> None:
    rows = [
        row(n, activity=activity, role=role, country=country, distance_km=km, course_days=n, start=START + n * 7 * DAY,
            end=START + (n * 7 + n) * DAY, paid=n * 1234)
        for n, (activity, role, country, km) in enumerate(
            (a, r, c, k)
            for a in ("VET_SHORT_TERM", "COURSES_TRAINING", "INVITED_EXPERT", None)
            for r in ("participant", "accompanying") for c in ("DE", "BG", None) for k in (50, 4000, None)
        )
    ]  # fmt: skip
    report = make(rows)
    grants = [grant.compute(one.stay, example_rates()) for one in rows]
    own = [one for one in report.budget if one.key != "organisational_support"]
    assert sum(one.planned for one in own) == sum(one.known_total for one in grants) == report.totals["known_total"]
    assert sum(one.paid for one in report.budget) == sum(one.paid for one in rows)
    assert report.totals["incomplete"] == sum(not one.complete for one in grants)


def test_grants_with_lines_set_by_hand_are_taken_as_they_are() -> None:
    own = grant.replaced(
        grant.compute(row(1).stay, example_rates()), [grant.hand_line("travel_support", 12_345, "bus")]
    )
    report = make([row(1)], grants={"m1": own})
    assert line(report, "travel_support").planned == 12_345
    assert report.totals["known_total"] == SUPPORT + 12_345


@pytest.mark.parametrize(("rows", "rates", "state"), [
    ([row(1)], reference.example_rows(2026), "example"),
    ([row(1)], reference.rate_rows(2021, "ES"), "verified"),
    ([row(1, distance_km=None)], reference.rate_rows(2021, "ES"), "verified"),
    ([row(1)], reference.rate_rows(2021, "FR"), "unknown"),
    ([], reference.rate_rows(2021, "ES"), "verified"),
    ([], reference.rate_rows(2026), "unknown"),
])  # fmt: skip
def test_the_state_of_the_rates_in_use(rows: list[MobilityRow], rates: Any, state: str) -> None:
    assert make(rows, RateTable(rates)).rates_state == state


def test_an_empty_project() -> None:
    report = make([])
    assert report.budget == ()
    assert report.by_country == ()
    assert report.totals["mobilities"] == 0
    assert report.totals["organisational_support"] == 0
    assert {one.planned for one in report.targets} == {0}
