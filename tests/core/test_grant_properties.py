"""What must hold for every grant, and a second, naive reckoning that agrees on thousands of random stays."""

import datetime as dt
import json
import math
import random
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobility_app.core import activities, grant
from mobility_app.core.facts import Stay
from mobility_app.core.rates import RateTable
from mobility_app.paths import REFERENCE
from tests.core.samples import START, example_rates, rates_2021, stay

TABLES = {
    ("2021", True): rates_2021(),
    ("2021", False): rates_2021(travel_days_in_count=False),
    ("example", True): example_rates(),
    ("example", False): example_rates(travel_days_in_count=False),
}
MEMBERS = [
    "AT",
    "BE",
    "BG",
    "CZ",
    "DE",
    "DK",
    "ES",
    "FI",
    "GR",
    "HR",
    "IE",
    "IS",
    "IT",
    "LI",
    "LT",
    "MK",
    "PL",
    "PT",
    "TR",
]

days_ = st.integers(1, 400)
stays = st.builds(
    stay,
    days_,
    activity=st.sampled_from([*activities.WHO, None]),
    role=st.sampled_from(["participant", "participant", "accompanying"]),
    country=st.sampled_from([*MEMBERS, "US", None]),
    travel_days=st.one_of(st.none(), st.integers(0, 9)),
    interruption_days=st.integers(0, 20),
    distance_km=st.one_of(st.none(), st.integers(0, 20_000)),
    green=st.booleans(),
    course_days=st.one_of(st.none(), st.integers(0, 30)),
)
tables = st.sampled_from(list(TABLES.values()))
# Stays whose individual support is known.
payable = st.builds(
    stay,
    days_,
    activity=st.sampled_from(["VET_SHORT_TERM", "VET_LONG_TERM_ERASMUSPRO", "JOB_SHADOWING"]),
    role=st.sampled_from(["participant", "accompanying"]),
    country=st.sampled_from(MEMBERS),
    travel_days=st.integers(0, 9),
    green=st.booleans(),
)


def support(one: Stay, table: RateTable) -> int:
    amount = grant.compute(one, table).amount("individual_support")
    assert amount is not None
    return amount


def longer(one: Stay, days: int) -> Stay:
    assert one.end is not None
    return replace(one, end=one.end + dt.timedelta(days))


@given(stays, tables)
def test_amounts_are_whole_cents_never_negative_and_quantity_times_rate(one: Stay, table: RateTable) -> None:
    for line in grant.compute(one, table).lines:
        if line.amount is None:
            assert line.lacks in ("fact", "rate")
            assert line.rate is None
        else:
            assert type(line.amount) is int
            assert line.amount >= 0
            assert line.quantity is not None
            assert line.rate is not None
            full = line.quantity * line.rate
            assert line.amount == full or (line.key == "course_fees" and line.amount < full)


@given(payable, tables)
def test_each_further_day_adds_that_days_rate(one: Stay, table: RateTable) -> None:
    assert one.start is not None
    assert one.end is not None
    assert one.country is not None
    activity = (one.end - one.start).days + 1
    travel = min(one.travel_days or 0, 6 if one.green else 2)
    number = activity + 1 + (travel if table.travel_days_in_count else 0)
    who = "staff" if one.role == "accompanying" or one.activity == "JOB_SHADOWING" else "learner"
    first, then = table.daily(who, table.group(one.country) or "")
    assert first is not None
    assert then is not None
    expected = first.cents if number <= 14 else then.cents
    assert support(longer(one, 1), table) - support(one, table) == expected


@given(payable, tables, st.integers(-3000, 3000))
def test_the_same_length_earns_the_same_at_any_time_of_the_year(one: Stay, table: RateTable, shift: int) -> None:
    assert one.start is not None
    assert one.end is not None
    moved = replace(one, start=one.start + dt.timedelta(shift), end=one.end + dt.timedelta(shift))
    assert support(moved, table) == support(one, table)


@given(payable, tables, st.integers(1, 200))
def test_one_stay_never_earns_more_than_its_two_halves(one: Stay, table: RateTable, days: int) -> None:
    """The second rate is the lower one, so cutting a stay in two can only pay more; the rules never cut."""
    assert one.end is not None
    whole = replace(longer(one, days), travel_days=0)
    rest = replace(whole, start=one.end + dt.timedelta(1))
    assert support(whole, table) <= support(replace(one, travel_days=0), table) + support(rest, table)


@given(payable, tables)
def test_travel_days_are_paid_once_and_no_further_than_the_limit(one: Stay, table: RateTable) -> None:
    limit = 6 if one.green else 2
    capped = replace(one, travel_days=min(one.travel_days or 0, limit))
    assert support(one, table) == support(capped, table)
    if not table.travel_days_in_count:
        assert one.country is not None
        first, _ = table.daily(
            "staff" if one.role == "accompanying" or one.activity == "JOB_SHADOWING" else "learner",
            table.group(one.country) or "",
        )
        assert first is not None
        assert first.cents is not None
        assert support(one, table) - support(replace(one, travel_days=0), table) == first.cents * (
            capped.travel_days or 0
        )


@given(stays, tables, st.integers(0, 20_000), st.booleans())
def test_days_and_distance_do_not_meddle(one: Stay, table: RateTable, km: int, green: bool) -> None:
    other = replace(one, distance_km=km)
    assert grant.individual_support(one, table) == grant.individual_support(other, table)
    assert grant.travel_support(one, table) == grant.travel_support(longer(replace(one, travel_days=1), 3), table)


@pytest.mark.parametrize("table", TABLES.values())
@pytest.mark.parametrize("edge", [10, 100, 500, 2000, 3000, 4000, 8000])
@pytest.mark.parametrize("green", [False, True])
def test_a_band_changes_at_its_edge_and_nowhere_near(table: RateTable, edge: int, green: bool) -> None:
    before, at, after = (
        grant.travel_support(stay(distance_km=km, green=green), table).amount for km in (edge - 1, edge, edge + 1)
    )
    assert at == after
    assert at is not None
    assert before is None if edge == 10 else before is not None and before < at


@given(st.integers(0, 20_000), tables)
def test_green_travel_never_earns_less(km: int, table: RateTable) -> None:
    standard, green = (grant.travel_support(stay(distance_km=km, green=g), table).amount for g in (False, True))
    assert standard is None if green is None else standard is not None and green >= standard


@given(st.lists(stays, max_size=12), st.randoms(use_true_random=False))
def test_organisational_support_does_not_depend_on_the_order(people: list[Stay], shuffle: random.Random) -> None:
    mixed = list(people)
    shuffle.shuffle(mixed)
    assert grant.project_lines(mixed, TABLES["2021", True]) == grant.project_lines(people, TABLES["2021", True])


@given(st.integers(0, 250), st.integers(0, 250))
def test_each_participant_adds_that_tiers_rate_and_activities_add_up(short: int, shadowing: int) -> None:
    def total(a: int, b: int) -> int:
        people = [stay()] * a + [stay(activity="JOB_SHADOWING")] * b + [stay(role="accompanying")] * 3
        return sum(line.amount or 0 for line in grant.project_lines(people, TABLES["2021", True]))

    assert total(short + 1, shadowing) - total(short, shadowing) == (35_000 if short < 100 else 20_000)
    assert total(short, shadowing) == total(short, 0) + total(0, shadowing)


# ---- a second reckoning, from the rules and the files, sharing nothing with the first

LEARNERS = {"VET_SKILLS_COMPETITION", "VET_GROUP_MOBILITY", "VET_SHORT_TERM", "VET_LONG_TERM_ERASMUSPRO"}
STAFF = {"JOB_SHADOWING", "TEACHING_TRAINING_ASSIGNMENT", "COURSES_TRAINING"}


def raw_rows(table: str) -> list[dict[str, Any]]:
    if table == "example":
        rows: list[dict[str, Any]] = json.loads((REFERENCE / "example-rates.json").read_text())["rows"]
        return rows
    daily = json.loads((REFERENCE / "national" / "ES.json").read_text())["rows"]
    common: list[dict[str, Any]] = json.loads((REFERENCE / "rates" / "2021.json").read_text())["rows"]
    return common + [row for row in daily if row["call_year"] == 2021]


def look(rows: list[dict[str, Any]], **wanted: Any) -> dict[str, Any] | None:
    for row in rows:
        if all(row.get(name) == value for name, value in wanted.items()):
            return row
    return None


def naive_total(one: Stay, rows: list[dict[str, Any]], travel_in_count: bool) -> int | None:
    """Euros times 100, walking the calendar day by day and the files row by row; None when anything is unknown."""
    if one.zero_grant:
        return 0
    total = 0
    if one.role == "accompanying" or one.activity in STAFF:
        who = "staff"
    elif one.activity in LEARNERS:
        who = "learner"
    else:
        return None
    group = look(rows, line="country_group", subject=one.country) if one.country else None
    if group is None or one.start is None or one.end is None:
        return None
    calendar = []
    day = one.start
    while day <= one.end:
        calendar.append("activity")
        day += dt.timedelta(1)
    for _ in range(one.interruption_days):
        if calendar:
            calendar.pop()
    travel = ["travel"] * min(one.travel_days or 0, 6 if one.green else 2)
    first = look(rows, line="individual_support", subject=who, key=group["key"], variant="d1_14")
    then = look(rows, line="individual_support", subject=who, key=group["key"], variant="d15")
    assert first is not None
    assert then is not None
    paid = 0
    for kind in travel + calendar:
        if kind == "travel" and not travel_in_count:
            total += first["euros"] * 100
            continue
        paid += 1
        total += (first if paid < 15 else then)["euros"] * 100
    return_trip = naive_travel(one, rows)
    extras = naive_extras(one, rows, len(calendar))
    if return_trip is None or extras is None:
        return None
    total += return_trip + extras
    if one.activity == "COURSES_TRAINING" and one.role != "accompanying":
        day_fee, cap = look(rows, line="course_fees", key="day"), look(rows, line="course_fees", key="cap")
        if one.course_days is None or day_fee is None or cap is None:
            return None
        total += min(day_fee["euros"] * one.course_days, cap["euros"]) * 100
    return int(total)


def naive_travel(one: Stay, rows: list[dict[str, Any]]) -> int | None:
    """The unit of the band, or a share of a real cost that the unit covers too little of."""
    if one.travel_elsewhere:
        return 0
    if one.distance_km is None:
        return None
    amount = None
    for row in rows:
        if row["line"] == "travel":
            low, high = row["key"].split("-")
            if int(low) <= one.distance_km <= int(high or 10**9):
                if row["variant"] == "standard" and amount is None:
                    amount = row["euros"]
                if row["variant"] == "green" and one.green and row["euros"] is not None:
                    amount = row["euros"]
    if amount is None:
        return None
    if not one.expensive_travel:
        return int(amount * 100)
    share = look(rows, line="percent", subject="expensive_travel")
    least = look(rows, line="percent", subject="expensive_travel_least")
    if one.travel_cost_cents is None or "unverified" in (share.get("state"), least.get("state")):
        return None
    if amount * 100 < Fraction(int(least["key"]), 100) * one.travel_cost_cents:
        return math.floor(Fraction(int(share["key"]), 100) * one.travel_cost_cents)
    return int(amount * 100)


def naive_extras(one: Stay, rows: list[dict[str, Any]], length: int) -> int | None:
    """Language, inclusion, visa."""
    total = one.inclusion_cents or 0
    if one.visa_cents:
        percent = look(rows, line="percent", subject="visa")
        if percent.get("state") == "unverified":
            return None
        total += math.floor(Fraction(int(percent["key"]), 100) * one.visa_cents)
    if one.linguistic == "grant" and one.role == "participant":
        shortest = int(look(rows, line="limit", subject="linguistic_staff_days")["key"])
        units = [row["euros"] * 100 for row in rows if row["line"] == "linguistic_support" and not row.get("subject")]
        if one.activity == "VET_LONG_TERM_ERASMUSPRO":
            units += [
                row["euros"] * 100
                for row in rows
                if row.get("subject") == one.activity and row["line"] == "linguistic_support"
            ]
        if not (one.activity in STAFF and length < shortest):
            total += sum(units)
    return total


def random_stay(chance: random.Random, name: str) -> Stay:
    one = Stay(
        chance.choice([*sorted(LEARNERS), *sorted(STAFF), *sorted(LEARNERS), "INVITED_EXPERT", None]),
        chance.choice(["participant", "participant", "accompanying"]),
        chance.choice([*MEMBERS, *MEMBERS, None, "CH" if name == "2021" else "DE"]),
        START + dt.timedelta(chance.randrange(600)) if chance.random() < 0.98 else None,
        None,
        chance.choice([None, 0, 1, 2, 3, 6, 8]),
        chance.choice([0, 0, 0, 1, 5, 40]),
        chance.choice([None, 3, 9, 10, 99, 100, 499, 500, 1999, 2000, 2999, 3000, 3999, 4000, 7999, 8000, 15000]),
        chance.random() < 0.5,
        chance.choice([None, 0, 3, 10, 11, 25]),
    )
    if one.start is not None:
        one = replace(one, end=one.start + dt.timedelta(chance.choice([0, 1, 5, 12, 13, 14, 15, 29, 30, 89, 364])))
    rare = {
        "travel_elsewhere": True,
        "expensive_travel": True,
        "travel_cost_cents": chance.choice([None, 1, 39_285, 39_286, 44_285, 44_286, 100_001]),
        "visa_cents": chance.choice([0, 1, 6_050]),
        "inclusion_cents": chance.choice([0, 1, 123_456]),
        "linguistic": chance.choice(["ols", "grant", "grant"]),
        "zero_grant": True,
    }
    return replace(one, **{key: value for key, value in rare.items() if chance.random() < 0.15})


def test_a_naive_reckoning_agrees(request: pytest.FixtureRequest) -> None:
    chance = random.Random(20270301)
    files = {name: raw_rows(name) for name in ("2021", "example")}
    number = 10_000 if request.config.getoption("--bench") else 2_000
    known = 0
    for _ in range(number):
        name, in_count = chance.choice(list(TABLES))
        one = random_stay(chance, name)
        expected = naive_total(one, files[name], in_count)
        assert grant.compute(one, TABLES[name, in_count]).total == expected, (name, in_count, one)
        known += expected is not None
    assert known > number // 3  # the comparison is about amounts, not about what is unknown
