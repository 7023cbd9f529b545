"""The rarer lines, each with the figures of the 2021 annex or with settings that were confirmed; sentences to check."""

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest

from mobility_app.core import grant, project_lines
from mobility_app.core.facts import GrantLine, Stay
from mobility_app.core.rates import RateTable
from mobility_app.i18n import render
from mobility_app.store import reference
from tests.core.samples import example_rates, rates_2021, stay


def confirmed_2021() -> RateTable:
    rows = reference.rate_rows(2021, "ES")
    return RateTable(replace(row, state="confirmed") if row.line == "percent" else row for row in rows)


def lines(one: Stay, rates: RateTable | None = None) -> dict[str, GrantLine]:
    return {line.key: line for line in grant.compute(one, rates or confirmed_2021()).lines}


def amount(key: str, rates: RateTable | None = None, **changes: Any) -> int | None:
    found = lines(stay(**changes), rates).get(key)
    return -1 if found is None else found.amount


def test_linguistic_support_is_150_and_150_more_for_erasmuspro() -> None:
    assert amount("linguistic_support", linguistic="grant") == 15_000
    long = lines(stay(100, activity="VET_LONG_TERM_ERASMUSPRO", linguistic="grant"))
    assert (long["linguistic_support"].amount, long["linguistic_support_erasmuspro"].amount) == (15_000, 15_000)


@pytest.mark.parametrize("changes", [
    {}, {"linguistic": "ols"}, {"linguistic": "grant", "role": "accompanying"},
])  # fmt: skip
def test_no_linguistic_support_without_need_beside_the_online_course_or_for_adults_who_accompany(changes: Any) -> None:
    assert amount("linguistic_support", **changes) == -1


@pytest.mark.parametrize(("days", "expected"), [(30, 0), (31, 15_000), (32, 15_000)])
def test_staff_have_linguistic_support_from_31_days_on(days: int, expected: int) -> None:
    one = stay(days, activity="TEACHING_TRAINING_ASSIGNMENT", linguistic="grant")
    assert lines(one)["linguistic_support"].amount == expected


def test_an_unconfirmed_rule_gives_no_amount() -> None:
    rates = RateTable(reference.rate_rows(2026))
    one = stay(40, activity="TEACHING_TRAINING_ASSIGNMENT", linguistic="grant")
    assert lines(one, rates)["linguistic_support"].lacks == "rate"
    unconfirmed = rates_2021()
    assert amount("exceptional_costs_visa", unconfirmed, visa_cents=8_000) is None
    assert amount("exceptional_costs_travel", unconfirmed, expensive_travel=True, travel_cost_cents=90_000) is None


# 1 313 km in 2021: the unit is 275 EUR, 70 % of 392.85 EUR and a little less than 70 % of 392.86 EUR
@pytest.mark.parametrize(("cost", "unit", "exceptional"), [
    (39_285, 27_500, 0), (39_286, 0, 31_428), (100_000, 0, 80_000), (1, 27_500, 0),
])  # fmt: skip
def test_expensive_travel_replaces_the_unit_when_the_unit_covers_less_than_70_per_cent(cost, unit, exceptional) -> None:
    found = lines(stay(expensive_travel=True, travel_cost_cents=cost))
    assert (found["travel_support"].amount, found["exceptional_costs_travel"].amount) == (unit, exceptional)


def test_expensive_travel_is_her_choice_and_needs_the_cost() -> None:
    assert "exceptional_costs_travel" not in lines(stay(travel_cost_cents=100_000))
    assert amount("travel_support", travel_cost_cents=100_000) == 27_500
    assert lines(stay(expensive_travel=True))["exceptional_costs_travel"].lacks == "fact"
    missing = lines(stay(expensive_travel=True, travel_cost_cents=100, distance_km=None))
    assert missing["exceptional_costs_travel"].amount is None


def test_travel_paid_from_elsewhere_earns_nothing_even_without_a_distance() -> None:
    assert amount("travel_support", travel_elsewhere=True) == 0
    assert amount("travel_support", travel_elsewhere=True, distance_km=None) == 0
    assert "exceptional_costs_travel" not in lines(
        stay(travel_elsewhere=True, expensive_travel=True, travel_cost_cents=90_000)
    )


def test_visas_and_inclusion_are_real_costs() -> None:
    assert amount("exceptional_costs_visa", visa_cents=8_050) == 8_050
    assert amount("inclusion_participant", inclusion_cents=123_456) == 123_456
    assert amount("inclusion_participant", inclusion_cents=None) == -1


def test_a_grant_of_zero_is_zero_in_every_line_and_the_person_still_counts() -> None:
    one = stay(zero_grant=True, inclusion_cents=5_000, visa_cents=5_000, distance_km=None, fewer_opportunities=True)
    money = grant.compute(one, confirmed_2021())
    assert money.total == 0
    assert all(line.amount == 0 for line in money.lines)
    own = grant.project_lines([one], confirmed_2021())
    assert [(line.key, line.amount) for line in own] == [("organisational_support", 35_000)]


def test_the_organisation_has_a_unit_for_each_participant_with_fewer_opportunities() -> None:
    people = [stay(fewer_opportunities=True)] * 3 + [stay()] * 2 + [stay(fewer_opportunities=True, role="accompanying")]
    found = [line for line in grant.project_lines(people, rates_2021()) if line.key == "inclusion_organisation"]
    assert [(line.quantity, line.amount, line.activity) for line in found] == [(3, 30_000, "VET_SHORT_TERM")]
    assert "inclusion_organisation" not in lines(stay(fewer_opportunities=True))


@pytest.mark.parametrize(("visits", "expected"), [([], None), ([3], 3), ([4], 3), ([1, 2, 5], 6)])
def test_a_preparatory_visit_pays_three_persons_at_most(visits: list[int], expected: int | None) -> None:
    found = project_lines.preparatory_visits(visits, rates_2021())
    assert [line.amount for line in found] == ([] if expected is None else [expected * 57_500])


def test_a_financial_guarantee_is_a_share_of_its_cost() -> None:
    assert project_lines.financial_guarantee(None, confirmed_2021()) == ()
    assert [line.amount for line in project_lines.financial_guarantee(30_000, confirmed_2021())] == [24_000]
    assert [line.amount for line in project_lines.financial_guarantee(30_000, rates_2021())] == [None]


def test_a_virtual_part_earns_nothing() -> None:
    """Only physical days are funded: the hours are no part of what a grant depends on."""
    assert not any("virtual" in name for name in Stay.__dataclass_fields__)


@pytest.mark.parametrize("changes", [
    {"linguistic": "grant"}, {"visa_cents": 8_050}, {"inclusion_cents": 9_999}, {"travel_elsewhere": True},
    {"expensive_travel": True, "travel_cost_cents": 100_000}, {"expensive_travel": True, "travel_cost_cents": 30_000},
    {"zero_grant": True}, {"expensive_travel": True},
])  # fmt: skip
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_line_says_how_it_was_reckoned(changes: Any, language: str) -> None:
    for rates in (confirmed_2021(), rates_2021(), example_rates(), RateTable([])):
        for line in grant.compute(stay(**changes), rates).lines:
            sentence = render(line.sentence, language)
            assert sentence
            assert not re.search(r"\{\w+\}", sentence)
            if line.amount:
                shown = f"{line.amount // 100:,}"
                assert re.sub(r"\D", "", shown) in re.sub(r"[^\d=]", "", sentence)


def test_planned_and_actual_are_two_stays() -> None:
    from tests.core.samples import START, mobility

    row = replace(mobility(14), actual_start=START, actual_end=START + dt.timedelta(9), interruption_days=2)
    assert (row.planned_stay.end, row.planned_stay.interruption_days) == (row.end, 0)
    assert row.actual_stay is not None
    assert (row.actual_stay.end, row.actual_stay.interruption_days) == (row.actual_end, 2)
    assert mobility(14).actual_stay is None


def test_lines_totals_and_the_budget_of_a_report_are_one_sum() -> None:
    import random

    from mobility_app.core import budget
    from tests.core.samples import START, mobility, project
    from tests.core.test_grant_properties import random_stay

    chance = random.Random(11)
    names = [name for name in Stay.__dataclass_fields__ if hasattr(mobility(), name)]
    rows = []
    for number in range(300):
        one = random_stay(chance, "2021")
        facts = {name: getattr(one, name) for name in names}
        rows.append(replace(mobility(), **facts | {"id": f"m{number}", "number": number, "status": "pupil"}))
    rates = confirmed_2021()
    money = {row.id: grant.compute(row.stay, rates) for row in rows}
    report = budget.report(project(guarantee_cents=30_000), rows, rates, {}, {}, [2, 4], START, (), money)
    own = sum(one.known_total for one in money.values())
    assert own == sum(line.amount or 0 for one in money.values() for line in one.lines) == report.totals["known_total"]
    everything = own + sum(line.amount or 0 for line in report.project_lines)
    assert sum(line.planned for line in report.budget) == everything
    assert {line.key for line in report.project_lines} >= {"preparatory_visit", "financial_guarantee"}
    mixed = list(rows)
    chance.shuffle(mixed)
    again = budget.report(project(guarantee_cents=30_000), mixed, rates, {}, {}, [4, 2], START, (), money)
    assert again.budget == report.budget
