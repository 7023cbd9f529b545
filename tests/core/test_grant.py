"""One grant, line by line: what each says, and what it says when something is missing."""

import datetime as dt
from dataclasses import replace

import pytest

from mobility_app.core import grant
from mobility_app.core.facts import Grant, GrantLine, Stay
from mobility_app.core.rates import RateTable
from mobility_app.i18n import render
from mobility_app.store import reference
from tests.core.samples import START, example_rates, rate, rates_2021, stay


def line(money: Grant, key: str) -> GrantLine:
    return next(one for one in money.lines if one.key == key)


def says(one: GrantLine) -> str:
    return render(one.sentence, "en").replace("\N{NO-BREAK SPACE}", " ")


def test_a_learners_fortnight() -> None:
    money = grant.compute(stay(14), rates_2021())
    assert [one.key for one in money.lines] == ["individual_support_1_14", "travel_support"]
    assert (money.total, money.known_total) == (14 * 5700 + 27500, 14 * 5700 + 27500)
    assert says(money.lines[0]) == "14 days × €57 = €798: days 1 to 14, Germany, group 2, learner rate"
    assert says(money.lines[1]).startswith("1 return trip × €275 = €275: 1,313 km one way, band 500–1999 km")
    assert {one.state for one in money.lines} == {"verified"}
    assert all(one.source.startswith("SEPIE") for one in money.lines)


def test_in_french() -> None:
    one = grant.compute(stay(14), rates_2021()).lines[0]
    assert render(one.sentence, "fr").startswith("14 jours × 57\N{NO-BREAK SPACE}€ = 798\N{NO-BREAK SPACE}€")


def test_the_fifteenth_day_is_paid_at_the_second_rate() -> None:
    money = grant.compute(stay(15), rates_2021())
    assert (line(money, "individual_support_1_14").quantity, line(money, "individual_support_15").quantity) == (14, 1)
    assert line(money, "individual_support_15").amount == 4000
    assert "from day 15" in says(line(money, "individual_support_15"))


def test_travel_days_come_first_in_the_running_count() -> None:
    money = grant.compute(stay(14, travel_days=2), rates_2021())
    assert line(money, "individual_support_1_14").amount == 14 * 5700
    assert line(money, "individual_support_15").amount == 2 * 4000
    assert "2 days of travel included" in says(line(money, "individual_support_1_14"))


def test_travel_days_apart_from_the_count_do_not_move_day_fifteen() -> None:
    money = grant.compute(stay(14, travel_days=2), rates_2021(travel_days_in_count=False))
    assert money.amount("individual_support") == 16 * 5700
    money = grant.compute(stay(15, travel_days=2), rates_2021(travel_days_in_count=False))
    assert money.amount("individual_support") == 16 * 5700 + 4000


def test_travel_days_above_the_limit_are_not_paid() -> None:
    for green, paid in ((False, 2), (True, 6)):
        money = grant.compute(stay(5, travel_days=9, green=green), rates_2021())
        assert line(money, "individual_support_1_14").quantity == 5 + paid


def test_interruption_days_are_not_paid() -> None:
    assert line(grant.compute(stay(14, interruption_days=3), rates_2021()), "individual_support_1_14").quantity == 11
    assert grant.compute(stay(5, interruption_days=9), rates_2021()).amount("individual_support") == 0


@pytest.mark.parametrize(("activity", "role", "rate_cents"), [
    ("VET_SHORT_TERM", "participant", 5700), ("VET_SKILLS_COMPETITION", "participant", 5700),
    ("VET_LONG_TERM_ERASMUSPRO", "participant", 5700), ("VET_GROUP_MOBILITY", "participant", 5700),
    ("JOB_SHADOWING", "participant", 10400), ("TEACHING_TRAINING_ASSIGNMENT", "participant", 10400),
    ("COURSES_TRAINING", "participant", 10400), ("VET_SHORT_TERM", "accompanying", 10400),
    (None, "accompanying", 10400),
])  # fmt: skip
def test_whose_rate(activity: str | None, role: str, rate_cents: int) -> None:
    money = grant.compute(stay(5, activity=activity, role=role), rates_2021())
    assert line(money, "individual_support_1_14").rate == rate_cents


@pytest.mark.parametrize("activity", ["INVITED_EXPERT", "HOSTING_TEACHERS"])
def test_nobody_publishes_the_rate_of_incoming_persons(activity: str) -> None:
    money = grant.compute(stay(20, activity=activity, country="FR"), rates_2021())
    assert [(one.quantity, one.amount, one.lacks) for one in money.lines[:2]] == [(14, None, "rate"), (6, None, "rate")]
    assert "by hand" in says(money.lines[0])
    assert line(money, "travel_support").amount == 27500


@pytest.mark.parametrize(("changes", "words"), [
    ({"activity": None}, "the activity type"), ({"country": None}, "the country"), ({"start": None}, "the start"),
    ({"end": None}, "the end"), ({"end": START - dt.timedelta(1)}, "The end comes before the start."),
    ({"activity": None, "country": None}, "Missing: the activity type, the country."),
])  # fmt: skip
def test_a_missing_fact_is_named(changes: dict[str, object], words: str) -> None:
    money = grant.compute(stay(20, **changes), rates_2021())
    one = line(money, "individual_support_1_14")
    assert (one.amount, one.lacks, one.state) == (None, "fact", "unknown")
    assert words in says(one)
    assert money.total is None
    assert money.known_total == 27500


def test_without_distance_travel_is_unknown_not_nothing() -> None:
    one = grant.travel_support(stay(distance_km=None), rates_2021())
    assert (one.amount, one.lacks) == (None, "fact")
    assert "distance" in says(one)


@pytest.mark.parametrize("km", [0, 9])
def test_under_ten_kilometres_is_said_to_be_ambiguous(km: int) -> None:
    one = grant.travel_support(stay(distance_km=km), rates_2021())
    assert one.amount is None
    assert "from 0 or from 10 km" in says(one)


def test_green_without_a_green_amount_says_so() -> None:
    one = grant.travel_support(stay(distance_km=5000, green=True), rates_2021())
    assert one.amount == 82000
    assert "no green amount published" in says(one)


def test_an_unconfirmed_rate_counts_as_unknown_and_is_shown() -> None:
    one = grant.travel_support(stay(), RateTable(reference.rate_rows(2024)))
    assert (one.amount, one.rate, one.state, one.lacks) == (None, None, "unverified", "rate")
    assert "not confirmed" in says(one)
    assert "€309" in says(one)
    assert "opole" in says(one)


def test_a_rate_that_nobody_entered_is_named() -> None:
    rows = [*reference.rate_rows(2021, "FR")]
    money = grant.compute(stay(20), RateTable(rows))
    assert [one.quantity for one in money.lines] == [14, 6, 1]
    assert says(money.lines[0]) == "Rate not entered: days 1 to 14, Germany, group 2, learner rate."
    assert "from day 15" in says(money.lines[1])


def test_the_second_rate_is_proposed_not_used() -> None:
    rows = [rate("country_group", "DE", "2"), rate("individual_support", "learner", "2", "d1_14", 57, state="typed")]
    one = line(grant.compute(stay(15), RateTable(rows)), "individual_support_15")
    assert one.amount is None
    assert "€40 (70 % of €57)" in says(one)


def test_an_unknown_or_unconfirmed_group_is_named() -> None:
    one = grant.compute(stay(country="US"), RateTable(reference.rate_rows(2024))).lines[0]
    assert says(one) == "No country group entered for United States."
    one = grant.compute(stay(), RateTable(reference.rate_rows(2024))).lines[0]
    assert "group 1 according to" in says(one)
    assert one.lacks == "rate"
    one = grant.compute(stay(), RateTable(reference.rate_rows(2025))).lines[0]
    assert says(one) == "Country group not confirmed: Germany, group 1."


def test_course_fees_belong_to_participants_of_courses() -> None:
    money = grant.compute(stay(5, activity="COURSES_TRAINING", course_days=5), rates_2021())
    assert line(money, "course_fees").amount == 5 * 8000
    assert says(line(money, "course_fees")) == "5 days × €80 = €400"
    keys = [
        one.key for one in grant.compute(stay(5, activity="COURSES_TRAINING", role="accompanying"), rates_2021()).lines
    ]
    assert "course_fees" not in keys
    assert "course_fees" not in [one.key for one in grant.compute(stay(), rates_2021()).lines]


def test_course_fees_without_days_or_rates() -> None:
    course = stay(5, activity="COURSES_TRAINING")
    assert grant.course_fees(course, rates_2021()).lacks == "fact"
    assert grant.course_fees(replace(course, course_days=0), rates_2021()).amount == 0
    no_cap = RateTable([rate("course_fees", "", "day", euros=80)])
    assert grant.course_fees(replace(course, course_days=3), no_cap).lacks == "rate"
    assert grant.course_fees(replace(course, course_days=3), RateTable([])).lacks == "rate"


def test_a_capped_course_says_so() -> None:
    one = grant.course_fees(stay(activity="COURSES_TRAINING", course_days=12), rates_2021())
    assert says(one) == "12 days × €80 = €960, capped at €800"


def test_organisational_support_is_never_inside_a_mobility() -> None:
    for activity in ("VET_SHORT_TERM", "COURSES_TRAINING", "INVITED_EXPERT"):
        keys = [one.key for one in grant.compute(stay(activity=activity), example_rates()).lines]
        assert "organisational_support" not in keys


def test_organisational_support_says_its_tiers() -> None:
    lines = grant.project_lines([stay()] * 101, rates_2021())
    assert [says(one) for one in lines] == [
        "100 participants × €350 = €35,000: Short-term learning mobility of VET learners, participants 1 to 100",
        "1 participant × €200 = €200: Short-term learning mobility of VET learners, from participant 101",
    ]


def test_organisational_support_outside_the_programme_is_apart() -> None:
    lines = grant.project_lines([stay(), stay(country="US")], rates_2021())
    assert [(one.quantity, one.rate) for one in lines] == [(1, 35000), (1, 50000)]
    assert "outside the programme" in says(lines[1])


def test_organisational_support_of_an_unknown_activity_or_rate() -> None:
    lines = grant.project_lines([stay(activity=None), stay(role="accompanying")], rates_2021())
    assert [(one.activity, one.quantity, one.amount, one.lacks) for one in lines] == [("", 1, None, "fact")]
    lines = grant.project_lines([stay()], RateTable([]))
    assert [(one.quantity, one.amount, one.lacks) for one in lines] == [(1, None, "rate")]
    lines = grant.project_lines([stay()], RateTable(reference.rate_rows(2026)))
    assert [(one.quantity, one.amount, one.lacks) for one in lines] == [(1, None, "rate")]


def test_a_line_set_by_hand_takes_the_place_of_the_computed_one() -> None:
    money = grant.compute(stay(activity="INVITED_EXPERT", country="FR"), rates_2021())
    own = grant.hand_line("individual_support_1_14", 120_000, "agreed with the agency")
    money = grant.replaced(money, [own])
    assert money.total == 120_000 + 27_500
    assert line(money, "individual_support_1_14").state == "typed"
    assert "agreed with the agency" in says(own)
    extra = grant.hand_line("exceptional_costs", 5_000, "visa")
    assert grant.replaced(money, [extra]).total == money.total + 5_000


def test_zero_days_earn_nothing() -> None:
    money = grant.compute(stay(3, interruption_days=3), rates_2021())
    assert [one.key for one in money.lines] == ["individual_support_1_14", "travel_support"]
    assert money.amount("individual_support") == 0


def test_an_empty_stay_is_unknown_in_both_lines() -> None:
    money = grant.compute(Stay(None, "participant", None, None, None), rates_2021())
    assert [one.amount for one in money.lines] == [None, None]
    assert (money.total, money.known_total) == (None, 0)
