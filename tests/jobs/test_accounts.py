"""Statements, leftovers and payments still to make, read from a dossier."""

import datetime as dt
from pathlib import Path

import pytest

from mobility_app.actions import accounts as verbs
from mobility_app.actions import members, mobilities, papers, payments
from mobility_app.jobs import accounts
from mobility_app.store import queries
from mobility_app.store.database import open_database
from mobility_app.store.journal import Label
from tests.store import world

LABEL = Label("a change")
TODAY = world.TODAY


@pytest.fixture
def db(tmp_path: Path):
    with open_database(tmp_path / "d.mobility", create=True) as db:
        world.found(db, 3)
        yield db


def project(db):
    with db.read() as s:
        return queries.projects(s)[0]


def stays(db):
    with db.read() as s:
        return queries.mobilities(s, today=TODAY)


def test_what_is_still_to_be_paid_follows_payments_papers_and_actual_dates(db) -> None:
    first = stays(db)[0]
    whole = first.total
    with db.write(LABEL) as s:
        papers.set_state(s, [first.id], "CONTRAT", "signed", dt.date(2026, 4, 10))
        payments.add(s, first.id, "advance", whole * 80 // 100, dt.date(2026, 4, 20))
    owed = {one.row.id: one for one in accounts.owed(db, project(db), today=TODAY)}
    assert [(step.kind, step.amount) for step in owed[first.id].steps] == [("balance", whole - whole * 80 // 100)]
    assert [(g.code, g.met) for g in owed[first.id].steps[0].gates] == [
        ("CONTRAT", True),
        ("ATT", False),
        ("RAPP", False),
    ]
    other = owed[stays(db)[1].id]
    assert [step.kind for step in other.steps] == ["advance", "balance"]
    assert not other.steps[0].open
    with db.write(LABEL) as s:
        mobilities.change(s, first.id, actual_start=first.start, actual_end=first.start)
    again = next(one for one in accounts.owed(db, project(db), today=TODAY) if one.row.id == first.id)
    assert again.money.amount < 0
    assert again.steps[0].kind == "repayment"
    assert again.steps[0].amount == whole * 80 // 100 - again.money.actual.total


def test_a_line_set_by_hand_counts_in_the_settlement(db) -> None:
    first = stays(db)[0]
    with db.write(LABEL) as s:
        mobilities.set_grant_line(s, first.id, "travel_support", 99_900, "force majeure")
    found = next(one for one in accounts.owed(db, project(db), today=TODAY) if one.row.id == first.id)
    assert found.money.planned.amount("travel_support") == 99_900


def test_members_and_leftovers(db) -> None:
    rows = stays(db)
    chosen = project(db)
    with db.write(LABEL) as s:
        members.change(s, chosen.id, rows[0].sending_id, places=4, cents=10_000_000)
        flow = mobilities.find_or_add_flow(s, chosen.id, "Mars")
        for row in rows:
            mobilities.change(s, row.id, flow="Mars")
        verbs.expense(s, "travel", 60_001, flow_id=flow)
        verbs.co_fund(s, rows[0].id, "Région", 10**9)
    (statement,) = accounts.statements(db, chosen, today=TODAY)
    assert (statement.used_places, statement.places_left) == (3, 1)
    assert statement.grants == sum(row.total for row in rows)
    (left,) = accounts.leftovers(db, chosen, "flow_id", today=TODAY)
    assert (left.key, left.left) == (flow, sum(row.total for row in rows) - 60_001)
    told = [one.finding.code for one in accounts.owed(db, chosen, today=TODAY) if one.finding]
    assert told == ["co_funding_excess"]
