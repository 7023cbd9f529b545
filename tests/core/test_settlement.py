"""Planned and actual, payments in two steps, members, real costs, scenarios: each cent once, unknown stays unknown."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobility_app.core import grant, members, payment_plan, real_costs, settlement, whatif
from mobility_app.core.facts import BudgetLine, MobilityRow
from mobility_app.core.rates import RateTable
from mobility_app.i18n import render
from tests.core.samples import START, example_rates, mobility, project, rates_2021, stay

DAY = dt.timedelta(1)
# example rates: 60 EUR a day to the 14th, 42 after; 850 km: 300 EUR; two travel days
DAILY, LATER, TRAVEL = 6_000, 4_200, 30_000


def row(number: int = 1, days: int = 14, **changes: Any) -> MobilityRow:
    identity = {"id": f"m{number}", "participant_id": f"person{number}", "number": number}
    return replace(mobility(days), **identity | changes)


def done(one: MobilityRow, days: int, **changes: Any) -> MobilityRow:
    return replace(one, actual_start=START, actual_end=START + (days - 1) * DAY, **changes)


# ---- planned and actual


@pytest.mark.parametrize(("days", "interruption", "amount"), [
    (14, 0, 0), (15, 0, LATER), (13, 0, -LATER), (12, 0, -2 * LATER), (10, 0, -2 * LATER - 2 * DAILY),
    (14, 3, -2 * LATER - DAILY), (16, 2, 0),
])  # fmt: skip
def test_the_difference_between_planned_and_actual(days: int, interruption: int, amount: int) -> None:
    found = settlement.settle(done(row(), days, interruption_days=interruption), example_rates())
    assert found.planned.total == 14 * DAILY + 2 * LATER + TRAVEL
    assert found.amount == amount
    assert sum((line.actual or 0) - (line.planned or 0) for line in found.lines) == amount
    sentence = render(found.sentence, "en")
    assert f"{days - interruption} days" in sentence
    assert ("complement" in sentence, "less" in sentence, "nothing" in sentence) == (
        amount > 0,
        amount < 0,
        amount == 0,
    )


def test_both_amounts_stay_unknown_as_long_as_they_are() -> None:
    assert settlement.settle(row(), example_rates()).actual is None
    unknown = settlement.settle(done(row(distance_km=None), 14), example_rates())
    assert (unknown.amount, unknown.planned.total) == (None, None)


def test_force_majeure_keeps_the_days_done_and_what_she_adds_by_hand() -> None:
    early = done(row(), 5, force_majeure=True, decision="interrupted")
    kept = settlement.actual_grant(early, example_rates())
    assert kept is not None
    assert kept.total == 7 * DAILY + TRAVEL
    more = grant.hand_line("individual_support_1_14", 84_000, "frais engagés, accord de l'agence")
    kept = settlement.actual_grant(early, example_rates(), [more])
    assert kept is not None
    assert kept.total == 84_000 + TRAVEL


# ---- payments


def steps(
    one: MobilityRow, paid: int = 0, papers: tuple[str, ...] = (), **options: Any
) -> list[tuple[str, int | None]]:
    money = settlement.settle(one, example_rates())
    return [(step.kind, step.amount) for step in payment_plan.plan(one, project(**options), money, paid, papers)]


WHOLE = 14 * DAILY + 2 * LATER + TRAVEL


def test_an_advance_of_80_per_cent_then_the_balance() -> None:
    advance = WHOLE * 80 // 100
    assert steps(row()) == [("advance", advance), ("balance", WHOLE - advance)]
    assert steps(row(), advance) == [("balance", WHOLE - advance)]
    assert steps(row(), WHOLE) == []
    assert steps(row(), WHOLE + 1) == [("repayment", 1)]
    assert steps(row(), advance_percent=100) == [("advance", WHOLE)]
    assert steps(row(), advance_percent=0) == [("balance", WHOLE)]
    assert steps(done(row(), 13), advance) == [("balance", WHOLE - LATER - advance)]
    assert steps(row(distance_km=None)) == [("advance", None), ("balance", None)]
    assert steps(row(decision="cancelled")) == []


@given(st.integers(0, 200_000), st.integers(0, 100))
def test_what_is_left_to_pay_is_the_grant_less_what_was_paid(paid: int, percent: int) -> None:
    found = steps(row(), paid, advance_percent=percent)
    left = sum(-(amount or 0) if kind == "repayment" else amount or 0 for kind, amount in found)
    assert left == WHOLE - paid
    assert all(amount and amount > 0 for _kind, amount in found)


def test_gates_and_days_are_shown() -> None:
    money = settlement.settle(row(), example_rates())
    signed = dt.date(2027, 1, 10)
    first, last = payment_plan.plan(row(), project(), money, 0, ("CONTRAT", "ATT"), signed)
    assert (first.due, first.open) == (signed + 30 * DAY, True)
    assert (last.due, last.open) == (START + 13 * DAY + 45 * DAY, False)
    assert [(gate.code, gate.met) for gate in last.gates] == [("CONTRAT", True), ("ATT", True), ("RAPP", False)]
    reported = dt.date(2027, 4, 1)
    settings = project(advance_days=10, balance_days=20)
    first, last = payment_plan.plan(row(), settings, money, 0, ("CONTRAT", "ATT", "RAPP"), signed, reported)
    assert (first.due, last.due, last.open) == (signed + 10 * DAY, reported + 20 * DAY, True)
    adult = row(role="accompanying", status="staff")
    money = settlement.settle(adult, example_rates())
    assert [gate.code for gate in payment_plan.plan(adult, project(), money, 0, ())[-1].gates] == ["CONTRAT", "ATT"]


@pytest.mark.parametrize(("total", "others", "cost", "told"), [
    (100, 50, 149, True), (100, 50, 150, False), (None, 50, 10, False), (100, 50, None, False), (100, 0, 10, False),
])  # fmt: skip
def test_co_funding_above_the_cost_is_told(total: int | None, others: int, cost: int | None, told: bool) -> None:
    assert (payment_plan.co_funding_finding(row(), total, others, cost) is not None) is told


# ---- members


def people(count: int, **changes: Any) -> list[MobilityRow]:
    return [row(n, start=START + (n % 7) * DAY, end=START + (n % 7 + 13) * DAY, **changes) for n in range(count)]


def test_organisational_support_is_shared_by_departure_or_evenly() -> None:
    rows = people(103)
    whole = 100 * 35_000 + 3 * 20_000
    by_departure = members.shares(rows, rates_2021(), "departure")
    last = sorted(rows, key=lambda r: (r.start, r.number))[-3:]
    assert [by_departure[r.id] for r in last] == [20_000] * 3
    even = members.shares(rows, rates_2021(), "average")
    assert set(even.values()) == {whole // 103, whole // 103 + 1}
    assert sum(filter(None, by_departure.values())) == sum(filter(None, even.values())) == whole


@given(st.lists(st.sampled_from(["VET_SHORT_TERM", "JOB_SHADOWING", "COURSES_TRAINING"]), max_size=30),
       st.sampled_from(["average", "departure"]), st.randoms(use_true_random=False))  # fmt: skip
def test_shares_add_up_to_the_line_in_any_order_of_entry(kinds: list[str], convention: str, shuffle: Any) -> None:
    rows = [row(n, activity=kind) for n, kind in enumerate(kinds)]
    mixed = list(rows)
    shuffle.shuffle(mixed)
    found = members.shares(rows, rates_2021(), convention)
    assert found == members.shares(mixed, rates_2021(), convention)
    lines = grant.project_lines([one.stay for one in rows], rates_2021())
    assert sum(filter(None, found.values())) == sum(line.amount or 0 for line in lines)


def test_a_members_statement() -> None:
    school = members.Allotted("school", "Lycée Jean-Zay", 5, 600_000, transferred=500_000, recovered=10_000)
    rows = [*people(3), row(9, role="accompanying"), row(10, sending_id="other"), row(11, decision="candidate")]
    money = {one.id: grant.compute(one.stay, example_rates()) for one in rows}
    first, second = members.statements([school], rows, money, example_rates(), "average", START)
    assert (first.used_places, first.places_left, second.used_places) == (3, 2, 1)
    grants = sum(money[one.id].known_total for one in rows[:4])
    assert (first.grants, first.support) == (grants, 3 * 40_000)
    assert first.euros_left == 600_000 - grants - 120_000
    assert first.to_return == 500_000 - 10_000 - grants - 120_000 if first.used < 490_000 else first.to_return == 0
    unknown = members.statements([school], rows, money, RateTable([]), "average", START)[0]
    assert (unknown.support, unknown.used, unknown.to_return) == (None, None, None)


# ---- real costs


def test_an_invoice_of_a_departure_is_shared_to_the_cent() -> None:
    rows = [row(n, flow_id="march") for n in range(3)] + [row(7, flow_id=None)]
    spent = [real_costs.Spent(100_000, "march"), real_costs.Spent(1_234, mobility_id="m7"), real_costs.Spent(9, "none")]
    costs = real_costs.by_mobility(rows, spent)
    assert costs == {"m0": 33_334, "m1": 33_333, "m2": 33_333, "m7": 1_234}
    money = {one.id: grant.compute(one.stay, example_rates()) for one in rows}
    found = {one.key: one for one in real_costs.leftovers(rows, money, spent, "flow_id")}
    assert found["march"].left == 3 * WHOLE - 100_000
    assert found[""].left == WHOLE - 1_234
    whole = real_costs.leftovers(rows, money, spent, "project_id")
    assert [one.left for one in whole] == [4 * WHOLE - 101_234]


# ---- what if


def test_places_left_for_the_money_left() -> None:
    one = stay(14, distance_km=850)
    each = grant.compute(one, example_rates()).total
    assert each == 14 * DAILY + TRAVEL
    budget = [
        BudgetLine("individual_support", one.activity or "", 1_000_000, 84_000, 0, 0, 0),
        BudgetLine("travel_support", "", 100_000, 0, 0, 0, 0),
        BudgetLine("travel_support", "JOB_SHADOWING", None, 20_000, 0, 0, 0),
        BudgetLine("course_fees", "COURSES_TRAINING", 9_999_999, 0, 0, 0, 0),
    ]
    found = whatif.places(one, example_rates(), budget)
    assert found.left == 1_000_000 - 84_000 + 100_000 - 20_000
    assert found.places == found.left // each
    assert [(room.key, room.places) for room in found.rooms] == [
        ("individual_support", (1_000_000 - 84_000) // (14 * DAILY)),
        ("travel_support", 80_000 // TRAVEL),
    ]
    assert found.support_each == 40_000
    assert whatif.places(one, rates_2021(), [], [stay()] * 100).support_each == 20_000
    assert whatif.places(one, example_rates(), []).places is None
    spent = [BudgetLine("individual_support", one.activity or "", 10, 84_000, 0, 0, 0)]
    assert whatif.places(one, example_rates(), spent).places == 0


def test_changed_stays_move_the_budget() -> None:
    planned = [stay(14, distance_km=850)] * 10
    awarded = {("individual_support", "VET_SHORT_TERM"): 11 * 14 * DAILY, ("travel_support", "VET_SHORT_TERM"): 10**9}
    longer = stay(21, country="ES", distance_km=1313, green=True)
    one, two, none, fewer = (
        whatif.outcome(title, changes, planned, example_rates(), awarded)
        for title, changes in (
            ("one more", [whatif.Change(planned[0], 1)]),
            ("20 for three weeks", [whatif.Change(longer, 20)]),
            ("nothing", []),
            ("fewer", [whatif.Change(planned[0], -3)]),
        )
    )
    assert one.difference == 14 * DAILY + TRAVEL + 40_000
    assert two.difference > 20 * (14 * DAILY + TRAVEL)
    assert none.difference == 0
    assert fewer.difference < 0
    assert not whatif.outcome("", [whatif.Change(stay(distance_km=None), 1)], planned, example_rates(), {}).complete
    assert planned == [stay(14, distance_km=850)] * 10
