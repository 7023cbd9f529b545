"""The check list before closing, and the small sums of a project's own rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from mobility_app.core import budget, visits
from mobility_app.core.closing import still_open
from mobility_app.core.facts import ProjectRow
from mobility_app.core.instalments import Instalment, Received, received
from mobility_app.core.visits import Visit
from mobility_app.i18n import render
from tests.core import samples

TODAY = dt.date(2027, 9, 1)
IN_HAND = Received(100, 0, 100)


def open_points(report, papers=None, unpaid=(), money=IN_HAND, to_return=0) -> list[str]:
    found = still_open(report, papers or {}, unpaid, money, to_return, TODAY)
    return [render(point.text, "fr").replace("\u00a0", " ") for point in found]


@pytest.fixture
def report():
    """One stay that is over, its real dates confirmed, known to the Beneficiary Module."""
    stay = samples.mobility(decision="selected", bm_id="212345-MOB-00001", total=150_000)
    stay = replace(stay, actual_start=stay.start, actual_end=stay.end)
    return budget.report(samples.project(), [stay], samples.example_rates(), {}, {}, (), TODAY)


def test_nothing_is_open_when_all_is_in(report) -> None:
    (stay,) = report.mobilities
    assert open_points(report, {stay.id: {"ATT", "RAPP"}}) == []


def test_each_thing_that_lacks_is_named_with_its_stays(report) -> None:
    (stay,) = report.mobilities
    assert open_points(report) == ["1 attestation signée manquante", "1 rapport de participant manquant"]
    (first, *_rest) = still_open(report, {}, (), IN_HAND, 0, TODAY)
    assert first.ids == (stay.id,)
    done = {stay.id: {"ATT", "RAPP"}}
    assert open_points(report, done, unpaid=[stay.id]) == ["1 séjour avec un paiement à faire"]
    early = replace(report, mobilities=(replace(stay, actual_end=None, bm_id=None),))
    assert open_points(early, done) == [
        "1 séjour dont les dates réelles ne sont pas confirmées",
        "1 séjour absent du Module bénéficiaire",
    ]


def test_an_accompanying_person_owes_no_report(report) -> None:
    (stay,) = report.mobilities
    escort = replace(report, mobilities=(replace(stay, role="accompanying"),))
    assert open_points(escort, {stay.id: {"ATT"}}) == []


def test_the_money_of_the_agency_and_of_the_members_counts(report) -> None:
    done = {report.mobilities[0].id: {"ATT", "RAPP"}}
    assert open_points(report, done, money=Received(0, 0, None)) == ["Ce que l’agence a accordé n’est pas saisi."]
    found = open_points(report, done, money=Received(60_00, 30_00, 100_00), to_return=5_00)
    assert [text.split(" ", 1)[0].split("\u202f")[0] for text in found] == ["30", "10", "5"]


def test_what_is_announced_for_later_is_not_in_hand() -> None:
    rows = [Instalment("a", 80, None, TODAY), Instalment("b", 20, TODAY, None), Instalment("c", 5, None, dt.date.max)]
    assert received(rows, 90, TODAY) == Received(80, 25, 90)
    assert received(rows, 90, TODAY).to_enter == -15


def test_a_visit_outside_the_project_is_seen() -> None:
    project = ProjectRow("p", 1, 1, "x", "", 2026, "KA121-VET", start=dt.date(2026, 6, 1), end=dt.date(2027, 8, 31))
    inside = Visit("v", 2, start=dt.date(2026, 6, 1), end=dt.date(2026, 6, 3))
    assert not visits.outside(inside, project)
    assert not visits.outside(Visit("v", 2), project)
    assert visits.outside(replace(inside, start=dt.date(2026, 5, 31)), project)
    assert visits.outside(replace(inside, end=dt.date(2027, 9, 1)), project)
