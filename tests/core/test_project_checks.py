"""Each finding on a project, an organisation, or among several persons: shown, and not shown."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mobility_app.core import project_checks
from mobility_app.core.checks import across, organisation_findings, project_findings
from mobility_app.core.facts import MobilityRow, OrganisationRow
from mobility_app.core.rates import RateTable
from mobility_app.i18n import render
from mobility_app.store import reference
from tests.core.samples import START, example_rates, mobility, project

DAY = dt.timedelta(1)
SHOWN: dict[str, dict[str, Any]] = {
    "period_missing": {"end": None},
    "period_reversed": {"end": dt.date(2026, 5, 31)},
    "reference_wrong": {"reference": "CMQ 2026"},
    "reference_differs": {"call_year": 2025},
    "oid_wrong": {"coordinator_oid": "E1234"},
    "travel_days_convention": {"travel_days_confirmed": False},
}


def codes(rows: list[MobilityRow], rates: RateTable | None = None, **changes: Any) -> list[str]:
    return [one.code for one in project_findings(project(**changes), rates or example_rates(), rows)]


def test_a_project_in_order_has_none() -> None:
    assert codes([mobility()], coordinator_oid="E12345678") == []


@pytest.mark.parametrize("code", SHOWN)
def test_a_finding_appears(code: str) -> None:
    assert codes([mobility()], **SHOWN[code]) == [code]


@pytest.mark.parametrize("changes", [{"action": "KA122-VET"}, {"agency": "FR02"}])
def test_reference_and_project_must_agree(changes: dict[str, str]) -> None:
    assert codes([], **changes) == ["reference_differs"]


def test_rates_are_one_finding_for_all_mobilities() -> None:
    rows = [replace(mobility(), id=str(n)) for n in range(300)]
    found = project_findings(project(), RateTable(reference.rate_rows(2026)), rows)
    assert [one.code for one in found] == ["rates_incomplete"]
    words = render(found[0].text, "en")
    assert "300 mobilities" in words
    assert "(Individual support, Travel support, Organisational support)" in words


def test_missing_facts_are_no_missing_rates() -> None:
    assert codes([mobility(distance_km=None, country=None, activity="COURSES_TRAINING")]) == []


def test_rates_that_no_stay_needs_are_not_asked_for() -> None:
    assert codes([], RateTable([])) == []
    assert codes([mobility(decision="candidate")], RateTable([])) == []


def test_a_school_with_a_wrong_code_is_one_finding() -> None:
    rows = [replace(mobility(), id=str(n), sending_uai="0750655F", sending_oid="1") for n in range(40)]
    found = project_findings(project(), example_rates(), rows)
    assert [one.code for one in found] == ["uai_wrong", "oid_wrong"]
    assert found[0].id == "school"
    assert "letter E" in render(found[0].remedy, "en")


def test_identifiers_of_an_organisation() -> None:
    good = OrganisationRow("o1", 1, 1, "Lycée", uai="0750655E", oid="E12345678", siret="73282932000074")
    assert organisation_findings(good) == ()
    bad = replace(good, uai="75", oid="12345678", siret="73282932000075")
    assert [one.code for one in organisation_findings(bad)] == ["uai_wrong", "oid_wrong", "siret_wrong"]
    assert organisation_findings(replace(good, uai=None, oid=None, siret=None)) == ()


# ---- among several persons


def person(number: int, **changes: Any) -> MobilityRow:
    own = {
        "id": f"m{number}",
        "number": number,
        "participant_id": f"person{number}",
        "email": f"p{number}@exemple.test",
    }
    return replace(mobility(), **own | changes)


def test_an_address_shared_by_two_persons() -> None:
    rows = [person(1, email="Parents@exemple.test"), person(2, email="parents@exemple.test"), person(3)]
    found = across(project(), rows)
    assert [(one.code, one.id) for one in found] == [("email_shared", "m1"), ("email_shared", "m2")]


def test_one_persons_two_stays_share_an_address_rightly() -> None:
    assert across(project(), [person(1), person(2, participant_id="person1", email="p1@exemple.test")]) == ()
    assert across(project(), [person(1, email=None), person(2, email=None)]) == ()
    assert across(project(), [person(1, email="a@b.test"), person(2, email="a@b.test", decision="cancelled")]) == ()


@pytest.mark.parametrize(("changes", "shown"), [
    ({}, False), ({"country": "PT"}, True), ({"start": START + 20 * DAY, "end": START + 25 * DAY}, True),
    ({"country": "PT", "flow_id": "flow"}, False), ({"country": None}, False), ({"start": None}, False),
])  # fmt: skip
def test_an_accompanying_person_with_nobody_to_accompany(changes: dict[str, Any], shown: bool) -> None:
    adult = person(2, role="accompanying", status="staff", **changes)
    found = across(project(), [person(1, flow_id="flow"), adult])
    assert [one.code for one in found] == (["accompanying_alone"] if shown else [])


def test_accompanying_persons_do_not_accompany_each_other() -> None:
    found = across(project(), [person(n, role="accompanying") for n in (1, 2)])
    assert [one.code for one in found] == ["accompanying_alone", "accompanying_alone"]


def shadow(number: int, first: int, last: int, **changes: Any) -> MobilityRow:
    dates = {"start": START + first * DAY, "end": START + last * DAY}
    own = {"activity": "JOB_SHADOWING", "status": "staff", "mentor": "Frau Grün"}
    return person(number, **own | dates | changes)


def test_a_mentor_takes_two_at_a_time_from_call_2026() -> None:
    three = [shadow(1, 0, 9), shadow(2, 0, 9), shadow(3, 9, 12)]
    shown = [("mentor_shared", "m1"), ("mentor_shared", "m2"), ("mentor_shared", "m3")]
    assert [(one.code, one.id) for one in across(project(), three)] == shown
    assert across(project(call_year=2025), three) == ()
    assert across(project(), [*three[:2], shadow(3, 9, 12, mentor="Herr Blau")]) == ()
    assert across(project(), [*three[:2], shadow(3, 9, 12, host_id="elsewhere")]) == ()
    one_after_another = [shadow(1, 0, 12), shadow(2, 0, 5), shadow(3, 6, 12)]
    assert across(project(), one_after_another) == ()


def test_every_code_of_the_module_is_tested_here() -> None:
    source = Path(project_checks.__file__).read_text("utf-8")
    known = set(re.findall(r'(?:_of_project\(project|finding\(row|found\()[,\s]*"(\w+)"', source))
    tested = Path(__file__).read_text("utf-8")
    assert {code for code in known if f'"{code}"' not in tested} == set()
    assert len(known) == 12
