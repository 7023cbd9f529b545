"""Each finding on a mobility: a stay that shows it, and stays that do not."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mobility_app.core import mobility_checks
from mobility_app.core.checks import findings
from mobility_app.core.facts import NOT_PLANNED, Finding, MobilityRow
from mobility_app.core.rates import RateTable
from mobility_app.i18n import LANGUAGES, render
from mobility_app.store import reference
from tests.core.samples import START, example_rates, mobility, project, rate

DAY = dt.timedelta(1)
PLACES = {"leipzig": {"DE"}, "valencia": {"ES", "VE"}, "porto": {"PT"}}

# code -> what makes it appear in a stay that has nothing else to find fault with.
SHOWN: dict[str, dict[str, Any]] = {
    "country_missing": {"country": None, "host_country": None},
    "start_missing": {"start": None},
    "end_missing": {"end": None},
    "distance_missing": {"distance_km": None},
    "activity_missing": {"activity": None},
    "host_missing": {"host": ""},
    "birth_date_missing": {"birth_date": None},
    "email_missing": {"email": None},
    "dates_reversed": {"end": START - DAY},
    "outside_project": {"end": dt.date(2027, 9, 1), "activity": "VET_LONG_TERM_ERASMUSPRO"},
    "interruption_too_long": {"interruption_days": 14},
    "too_short": {"interruption_days": 5},
    "too_long": {"end": START + 89 * DAY},
    "travel_days_above_limit": {"travel_days": 3},
    "green_means": {"green": True, "means": "plane"},
    "activity_not_in_call": {"activity": "SOMETHING_ELSE"},
    "status_mismatch": {"status": "staff"},
    "email_wrong": {"email": "maelys.exemple.test"},
    "guardian_missing": {"birth_date": START.replace(year=START.year - 17), "guardians": 0},
    "overpaid": {"total": 80_000, "paid": 80_001},
    "sender_is_host": {"host_id": "school"},
    "host_elsewhere": {"host_country": "AT"},
    "town_elsewhere": {"town": "Valencia"},
    "distance_near_edge": {"distance_km": 510},
    "linguistic_reason_missing": {"linguistic": "grant"},
    "linguistic_accompanying": {"linguistic": "grant", "linguistic_reason": "grec", "role": "accompanying"},
    "inclusion_without_flag": {"inclusion_cents": 20_000},
    "travel_twice": {"expensive_travel": True, "travel_elsewhere": True},
    "zero_grant_paid": {"zero_grant": True, "paid": 100},
}
# What comes near and must not show it.
QUIET: list[dict[str, Any]] = [
    {},
    {"end": START + 9 * DAY},
    {"end": START + 88 * DAY},
    {"end": START + 18 * DAY, "interruption_days": 9},
    {"green": True, "travel_days": 6},
    {"green": True, "means": "bus"},
    {"means": "plane"},
    {"activity": "JOB_SHADOWING", "status": "staff", "birth_date": None},
    {"role": "accompanying", "status": "staff", "activity": None, "email": None, "birth_date": None, "host": None},
    {"role": "accompanying", "status": "staff", "end": START},
    {"birth_date": START.replace(year=START.year - 17), "guardians": 1},
    {"birth_date": START.replace(year=START.year - 17), "guardians": None},
    {"birth_date": START.replace(year=START.year - 18), "guardians": 0},
    {"total": 80_000, "paid": 80_000},
    {"total": None, "paid": 80_000},
    {"sending_id": None, "host_id": None},
    {"town": "Nowhere at all"},
    {"town": None},
    {"host_country": None},
    {"travel_days": None},
    {"start": dt.date(2026, 6, 1), "end": dt.date(2026, 6, 14)},
    {"distance_km": 511},
    {"distance_km": 489},
    {"distance_km": 500, "travel_elsewhere": True},
    {"linguistic": "ols"},
    {"linguistic": "grant", "linguistic_reason": "grec absent du cours en ligne"},
    {"inclusion_cents": 20_000, "fewer_opportunities": True},
    {"expensive_travel": True},
    {"zero_grant": True, "total": 0},
    {"end": START + 4 * DAY, "force_majeure": True},
    {"start": dt.date(2027, 8, 18), "end": dt.date(2027, 8, 31)},
]


def found(row: MobilityRow, *others: MobilityRow) -> dict[str, Finding]:
    return {one.code: one for one in findings(row, project(), example_rates(), others, PLACES)}


@pytest.mark.parametrize("code", SHOWN)
def test_a_finding_appears(code: str) -> None:
    one = found(replace(mobility(), **SHOWN[code]))
    assert set(one) == {code}
    assert (one[code].id, one[code].record) == ("m1", "12 · MARTIN Maëlys")
    for language in LANGUAGES:
        assert render(one[code].text, language)
        assert render(one[code].remedy, language)


@pytest.mark.parametrize("changes", QUIET)
def test_no_finding_without_reason(changes: dict[str, Any]) -> None:
    assert found(replace(mobility(), **changes)) == {}


def test_every_code_of_the_module_is_in_this_table() -> None:
    source = Path(mobility_checks.__file__).read_text("utf-8")
    codes = set(re.findall(r'finding\(\s*row,\s*"(\w+)"', source)) | {fact[0] for fact in mobility_checks._FACTS}
    assert codes == set(SHOWN) | {"overlap", "course_fee_cap"}


@pytest.mark.parametrize("decision", sorted(NOT_PLANNED))
def test_a_stay_that_will_not_take_place_has_none(decision: str) -> None:
    assert found(mobility(decision=decision, country=None, email=None)) == {}


def test_an_accompanying_person_needs_fewer_facts() -> None:
    row = mobility(
        role="accompanying",
        status="staff",
        activity=None,
        email=None,
        distance_km=None,
        country=None,
        host_country=None,
    )
    assert set(found(row)) == {"distance_missing", "country_missing"}


def test_staff_among_learners_and_learners_among_staff() -> None:
    assert "status_mismatch" in found(mobility(activity="JOB_SHADOWING"))
    assert "status_mismatch" not in found(mobility(activity="INVITED_EXPERT", status="staff"))
    assert "status_mismatch" not in found(mobility(status=None))


def test_group_mobility_did_not_exist_before_call_2024() -> None:
    row = mobility(activity="VET_GROUP_MOBILITY")
    before = findings(row, project(), RateTable(reference.rate_rows(2023)))
    after = findings(row, project(), RateTable(reference.rate_rows(2024)))
    assert [one.code for one in before] == ["activity_not_in_call"]
    assert after == ()


def test_limits_that_nobody_confirmed_are_not_applied() -> None:
    rows = [
        rate("duration", "VET_SHORT_TERM", "10-89", state="unverified"),
        rate("travel_days", "", "2", "standard", state="unverified"),
    ]
    assert findings(mobility(3, travel_days=5), project(), RateTable(rows)) == ()


def test_unknown_rates_make_no_finding_on_a_mobility() -> None:
    assert findings(mobility(), project(), RateTable([])) == ()


def test_without_the_projects_period_nothing_is_compared() -> None:
    far = mobility(start=dt.date(2030, 1, 1), end=dt.date(2030, 1, 14))
    assert findings(far, project(start=None, end=None), example_rates()) == ()
    assert [one.code for one in findings(far, project(start=None), example_rates())] == ["outside_project"]


def test_places_can_be_asked_for() -> None:
    asked = []

    def places(name: str) -> set[str]:
        asked.append(name)
        return {"PT"}

    assert [one.code for one in findings(mobility(), project(), example_rates(), (), places)] == ["town_elsewhere"]
    assert asked == ["Leipzig"]


# ---- with the other stays of the same person


def other(**changes: Any) -> MobilityRow:
    return replace(mobility(), **{"id": "m2", "number": 13, **changes})


@pytest.mark.parametrize(("start", "end", "shown"), [
    (START + 13 * DAY, START + 20 * DAY, True), (START + 14 * DAY, START + 20 * DAY, False),
    (START - 5 * DAY, START, True), (START - 5 * DAY, START - DAY, False), (None, START, False),
])  # fmt: skip
def test_two_stays_at_once(start: dt.date | None, end: dt.date, shown: bool) -> None:
    assert ("overlap" in found(mobility(), other(start=start, end=end))) is shown


def test_a_cancelled_stay_is_in_nobodys_way() -> None:
    assert found(mobility(), other(decision="cancelled")) == {}
    assert found(mobility(), mobility()) == {}  # itself


def test_course_fees_of_one_person_stop_at_the_cap_of_the_project() -> None:
    course = mobility(activity="COURSES_TRAINING", status="staff", course_days=6)
    second = other(
        activity="COURSES_TRAINING", status="staff", course_days=5, start=START + 60 * DAY, end=START + 70 * DAY
    )
    assert set(found(course, second)) == {"course_fee_cap"}
    assert found(course, replace(second, course_days=4)) == {}
    assert found(course, replace(second, project_id="p2")) == {}
    assert found(course) == {}
