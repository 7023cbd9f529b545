"""What is due for a stay as its dates come and go."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from mobility_app.core.deadlines import DELAYS, PAPERS, Delays, due, project_due
from mobility_app.core.stage import departure_papers
from mobility_app.i18n import render
from tests.core.samples import START, mobility, project

DAY = dt.timedelta(1)
END = START + 13 * DAY
MINOR = {"birth_date": START.replace(year=START.year - 16)}


def codes(today: dt.date, *done: str, horizon: int | None = 0, **changes: Any) -> list[str]:
    return [one.code for one in due(replace(mobility(), **changes), today, done, horizon=horizon)]


@pytest.mark.parametrize(("before", "code", "changes"), [
    (60, "details_due", {"host": None}), (30, "agreements_due", {}), (21, "personal_papers_due", {}),
    (15, "contract_due", {}), (15, "orders_due", {"green": True}), (7, "bm_due", {}),
])  # fmt: skip
def test_each_step_before_departure_comes_on_its_day(before: int, code: str, changes: dict[str, Any]) -> None:
    assert code not in codes(START - (before + 1) * DAY, **changes)
    assert code in codes(START - before * DAY, **changes)


@pytest.mark.parametrize(("after", "code"), [
    (1, "certificate_due"), (15, "europass_due"), (30, "report_due"), (75, "balance_due"),
])  # fmt: skip
def test_each_step_after_the_return_comes_on_its_day(after: int, code: str) -> None:
    assert code not in codes(END + (after - 1) * DAY)
    assert code in codes(END + after * DAY)


def test_what_is_done_is_no_longer_due() -> None:
    papers = departure_papers(mobility(**MINOR, green=True))
    assert codes(START - DAY, *papers, bm_state="complete", green=True, **MINOR) == []
    assert codes(START - DAY, departure_ready=True, contract_signed=True, bm_state="complete", **MINOR) == []
    assert codes(END + 100 * DAY, "ATT", "RAPP", "EUROPASS", contract_signed=True, settled=True) == []
    assert codes(END + 100 * DAY, "EUROPASS", contract_signed=True, evidence_complete=True, settled=True) == []


def test_papers_are_named() -> None:
    found = {one.code: render(one.text, "en") for one in due(mobility(**MINOR), START - DAY, ["CEAM"], horizon=0)}
    assert (
        "the exit authorisation, the parental consent, the identity document, the insurance certificate"
        in found["personal_papers_due"]
    )
    assert set(departure_papers(mobility(**MINOR, green=True, role="accompanying"))) <= set(PAPERS)
    assert set(departure_papers(mobility(activity="VET_GROUP_MOBILITY"))) <= set(PAPERS)


def test_after_the_return_only_the_agreement_is_still_owed() -> None:
    assert "agreements_due" in codes(END)
    assert codes(END + DAY) == ["contract_due", "certificate_due"]


def test_a_certificate_that_tarries_becomes_pressing() -> None:
    def severity(days: int) -> str:
        return next(one.severity for one in due(mobility(), END + days * DAY) if one.code == "certificate_due")

    assert (severity(7), severity(8)) == ("warning", "blocking")


def test_accompanying_persons_owe_no_report_and_no_europass() -> None:
    assert codes(END + 40 * DAY, "CONTRAT", role="accompanying", status="staff") == ["certificate_due"]


@pytest.mark.parametrize("decision", ["candidate", "waiting", "not_selected", "withdrawn", "cancelled"])
def test_nothing_is_due_for_a_stay_that_does_not_take_place(decision: str) -> None:
    assert codes(END + DAY, decision=decision) == []


def test_nothing_is_due_without_dates_or_before_the_cut_off() -> None:
    assert codes(END + DAY, start=None) == []
    assert codes(END + DAY, end=START - DAY) == []
    assert due(mobility(), END + DAY, since=START) != ()
    assert due(mobility(), END + DAY, since=START + DAY) == ()


def test_actual_dates_prevail() -> None:
    assert "certificate_due" in codes(END - DAY, actual_end=END - 3 * DAY)


def test_the_horizon_and_the_order() -> None:
    everything = due(mobility(), START - 100 * DAY, horizon=None)
    assert [one.due for one in everything] == sorted(one.due for one in everything if one.due)
    assert len(everything) == 8
    assert due(mobility(), START - 100 * DAY, horizon=14) == ()
    assert len(due(mobility(), START - 44 * DAY, horizon=14)) == 1


def test_delays_are_settings() -> None:
    assert "agreements_due" in [
        one.code for one in due(mobility(), START - 90 * DAY, delays=Delays(agreements=90), horizon=0)
    ]
    assert DELAYS.agreements == 30


def test_dates_of_the_project() -> None:
    end = dt.date(2027, 8, 31)
    found = project_due(project(), end - 40 * DAY)
    assert [(one.code, one.due) for one in found] == [("amendment_due", dt.date(2027, 8, 1))]
    assert [one.code for one in project_due(project(), end)] == ["amendment_due", "final_report_due"]
    assert [one.code for one in project_due(project(), end + DAY)] == ["final_report_due"]
    assert project_due(project(), end - 200 * DAY) == ()
    assert project_due(project(end=None), end) == ()
    assert project_due(project(state="closed"), end) == ()
