"""Who owes the participant report, in which order, and by which way each is reached."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from mobility_app.core import chasing
from mobility_app.core.chasing import by_school, owing, through
from mobility_app.core.facts import MobilityRow

TODAY = dt.date(2027, 6, 20)
ROW = MobilityRow(
    id="a", last_name="A", sending_id="s", activity="VET_SHORT_TERM", status="pupil", email="a@x.test",
    birth_date=dt.date(2008, 6, 20), start=dt.date(2027, 5, 1), end=dt.date(2027, 6, 19),
)  # fmt: skip


def ids(*rows, done=None, statuses=None):
    return [one.id for one in owing(rows, done or {}, statuses or {}, {}, TODAY)]


def test_those_who_are_back_and_owe_it() -> None:
    assert ids(ROW) == ["a"]
    assert ids(replace(ROW, end=TODAY)) == []
    assert ids(replace(ROW, end=TODAY, actual_end=dt.date(2027, 6, 1))) == ["a"]
    assert ids(replace(ROW, role="accompanying")) == []
    assert ids(replace(ROW, decision="cancelled")) == []
    assert ids(replace(ROW, activity="INVITED_EXPERT")) == []


def test_our_paper_and_the_module_both_say_that_it_is_in() -> None:
    assert ids(ROW, done={"a": {"RAPP"}}) == []
    assert ids(ROW, done={"a": {"ATT"}}) == ["a"]
    assert ids(ROW, statuses={"a": "Participant Report Submitted"}) == []
    assert ids(ROW, statuses={"a": "Excluded by NA-no participant report requested"}) == []
    assert ids(ROW, statuses={"a": "Manual reminder sent"}) == ["a"]


def test_undelivered_come_first_even_before_they_are_back() -> None:
    early = replace(ROW, id="b", last_name="B", end=dt.date(2027, 6, 1))
    away = replace(ROW, id="c", end=dt.date(2027, 8, 1))
    assert ids(ROW, early, away) == ["b", "a"]
    assert ids(ROW, early, away, statuses={"c": "Undelivered email"}) == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("changed", "way"),
    [
        ({}, ""),
        ({"birth_date": dt.date(2009, 6, 21)}, "minor"),
        ({"birth_date": dt.date(2009, 6, 20)}, ""),
        ({"birth_date": dt.date(2009, 6, 21), "email": None}, "minor"),
        ({"birth_date": None}, "age_unknown"),
        ({"birth_date": None, "status": "staff"}, ""),
        ({"email": None}, "no_email"),
        ({"email": "a@x.test, parent@y.test"}, "no_email"),
    ],
)
def test_minors_go_through_their_school(changed, way) -> None:
    assert through(replace(ROW, **changed), TODAY) == way


def test_by_school_with_its_usable_addresses() -> None:
    found = owing(
        [ROW, replace(ROW, id="b", sending_id="t"), replace(ROW, id="c", sending_id=None, email=None)],
        {}, {"b": "Undelivered email"}, {"a": TODAY, "b": dt.date(2027, 6, 1)}, TODAY,
    )  # fmt: skip
    schools = by_school(found, {"s": "Lycée 10", "t": "Lycée 9"}, {"s": [" r@x.test ", "no"], "t": []})
    assert [(school.name, school.to) for school in schools] == [("Lycée 9", ()), ("Lycée 10", ("r@x.test",)), ("", ())]
    assert [school.undelivered for school in schools] == [1, 0, 0]
    assert [school.chased for school in schools] == [dt.date(2027, 6, 1), TODAY, None]
    assert [len(school.direct) for school in schools] == [1, 1, 0]
    assert chasing.REPORT == "RAPP"
