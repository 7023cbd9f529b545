"""The reference data: every year loads, every figure has a source and a state, nothing is invented but the examples."""

import json
from collections import Counter
from pathlib import Path

import pytest

from mobility_app.core import activities
from mobility_app.core.facts import USABLE_STATES, RateRow
from mobility_app.core.rates import RateTable, span
from mobility_app.paths import REFERENCE
from mobility_app.store import reference

YEARS = list(reference.CALL_YEARS)
MONEY = {
    "individual_support",
    "travel",
    "organisational_support",
    "course_fees",
    "inclusion_organisation",
    "preparatory_visit",
    "linguistic_support",
}
KEYED = {"country_group", "duration", "travel_days", "percent", "limit"}
ALL = [(year, reference.rate_rows(year)) for year in YEARS] + [
    (0, reference.example_rows(2026)),
    (1, reference.rate_rows(2021, "ES")),
]


def identity(row: RateRow) -> tuple[str, str, str, str]:
    """A country has one group and an activity one duration: there the key is the value."""
    return (
        row.line,
        row.subject,
        "" if row.line in KEYED else row.key,
        row.variant if row.line != "country_group" else "",
    )


@pytest.mark.parametrize(("year", "rows"), ALL)
def test_the_vocabulary_of_the_rows(year: int, rows: tuple[RateRow, ...]) -> None:
    assert {row.line for row in rows} == MONEY | KEYED
    assert max(Counter(map(identity, rows)).values()) == 1  # each country in one group, each rate once
    for row in rows:
        assert row.state in USABLE_STATES | {"unverified", "unknown"}
        if row.line in KEYED:
            assert row.cents is None
            assert row.key
        if row.line in ("travel", "organisational_support", "duration"):
            first, last = span(row.key)
            assert last is None or first <= last
        if row.line in ("organisational_support", "duration"):
            assert row.subject in {*activities.WHO, "INTERNATIONAL"}
        if row.line == "individual_support":
            assert (row.subject, row.key, row.variant) in {
                (w, g, v) for w in ("learner", "staff") for g in "123" for v in ("d1_14", "d15")
            }
        if row.line == "country_group":
            assert row.key in {"1", "2", "3"}


@pytest.mark.parametrize(("year", "rows"), ALL)
def test_states_tell_the_truth(year: int, rows: tuple[RateRow, ...]) -> None:
    for row in rows:
        if row.state == "verified":
            assert row.source, row
        if row.line not in KEYED:
            published_as_none = row.variant == "green" and "No green amount" in row.note
            assert published_as_none or (row.cents is None) == (row.state == "unknown"), row
        assert (row.state == "example") is (year == 0)
        assert not row.note or row.note in reference.NOTES
    assert all(row.source.startswith(("http", "SEPIE")) or row.source in {"", *reference.NOTES} for row in rows)


@pytest.mark.parametrize("year", YEARS)
def test_french_daily_rates_are_never_prefilled(year: int) -> None:
    daily = [row for row in reference.rate_rows(year) if row.line == "individual_support"]
    assert len(daily) == 12
    assert {(row.cents, row.state) for row in daily} == {(None, "unknown")}


def test_only_call_2021_is_complete() -> None:
    assert RateTable(reference.rate_rows(2021, "ES")).weakest_state == "verified"
    for year in YEARS[1:]:
        usable = {row.line for row in reference.rate_rows(year) if row.usable and row.line not in KEYED}
        assert usable <= {"organisational_support"}
    assert [r.subject for r in reference.rate_rows(2024) if r.usable and r.line == "organisational_support"] == [
        "VET_GROUP_MOBILITY"
    ]


def test_published_figures_of_call_2021() -> None:
    table = RateTable(reference.rate_rows(2021, "ES"))
    assert [table.daily("learner", g)[0].cents for g in "123"] == [6600, 5700, 4800]
    assert [table.daily("staff", g)[1].cents for g in "123"] == [8200, 7300, 6400]
    assert table.row("course_fees", "", "day").cents == 8000
    assert table.row("course_fees", "", "cap").cents == 80000
    assert table.row("preparatory_visit", "", "person").cents == 57500
    assert table.row("inclusion_organisation").cents == 10000
    assert [t.row.cents for t in table.tiers("VET_LONG_TERM_ERASMUSPRO")] == [50000]
    assert table.row("linguistic_support").cents == 15000


@pytest.mark.parametrize(("year", "group1", "group3"), [
    (2021, "NO DK LU IS SE IE FI LI", "SI EE LV HR SK CZ LT TR HU PL RO BG MK RS"),
    (2024, "AT BE DE DK FI FR IE IS IT LI LU NL NO SE", "BG HR HU LT MK PL RO RS TR"),
])  # fmt: skip
def test_country_groups(year: int, group1: str, group3: str) -> None:
    groups: dict[str, set[str]] = {"1": set(), "2": set(), "3": set()}
    for row in reference.rate_rows(year):
        if row.line == "country_group" and row.variant == "":
            groups[row.key].add(row.subject)
    assert groups["1"] == set(group1.split())
    assert groups["3"] == set(group3.split())
    assert sum(map(len, groups.values())) == 33


def test_partner_countries_have_a_group_in_2021_only() -> None:
    assert RateTable(reference.rate_rows(2021)).group("US") is not None
    for year in YEARS[1:]:
        assert RateTable(reference.rate_rows(year)).group_row("US") is None


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_examples_are_complete_and_say_what_they_are(year: int) -> None:
    rows = reference.example_rows(year)
    published = {identity(row) for row in reference.rate_rows(year)}
    assert {identity(row) for row in rows} == published
    assert all(row.cents is not None for row in rows if row.line not in KEYED)
    assert {row.source for row in rows} == {"Invented for the demonstration; no agency pays this."}
    table = RateTable(rows)
    assert all(table.group(c.code) for c in reference.countries() if c.status != "partner")


def test_no_example_for_other_calls() -> None:
    assert reference.example_rows(2021) == reference.example_rows(2023) == ()


@pytest.mark.parametrize("year", [2014, 2020, 2028, 2035])
def test_a_call_that_nobody_knows_has_places_but_no_amount(year: int) -> None:
    rows = reference.rate_rows(year)
    assert rows
    assert not any(row.usable or row.cents is not None for row in rows)


def test_an_agency_that_nobody_knows_has_empty_places() -> None:
    assert reference.rate_rows(2026, "IT") == reference.rate_rows(2026, "FR")
    assert reference.national_agencies() == ("ES", "FR")


def test_activities() -> None:
    known = {one.code: one.who for one in reference.activities()}
    assert known.pop("PREPARATORY_VISIT") == "visit"
    assert known == activities.WHO
    assert {one.bm_code for one in reference.activities() if one.bm_code} == {
        "LM-SKILL-VET", "LM-SHORT-VET", "LM-LONG-VET", "SM-JOB-SHDW", "SM-TTA", "SM-COUR-TRAIN", "OA-INV-EXP",
        "OA-HOS-TTT",
    }  # fmt: skip
    for year in YEARS:
        table = RateTable(reference.rate_rows(year))
        for one in reference.activities():
            if one.who != "visit":
                assert table.offers(one.code) is (one.from_call <= year)


def test_countries() -> None:
    known = {one.code: one for one in reference.countries()}
    assert len(known) == 202
    assert Counter(one.status for one in known.values()) == {"EU": 27, "associated": 6, "partner": 169}
    assert (known["GR"].ec, known["GB"].ec, known["CH"].region) == ("EL", "UK", 14)


def test_what_is_kept_for_later_can_be_read() -> None:
    for path in Path(REFERENCE).rglob("*.json"):
        json.loads(path.read_text("utf-8"))
    lines = (REFERENCE / "isced-f-2013.csv").read_text("utf-8").splitlines()
    assert lines[0] == "code,level,label_en"
    assert len(lines) == 220
    assert any(line.startswith("0721,") for line in lines)
