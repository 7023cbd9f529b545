"""Money that goes round a project: transfers, invoices, co-funding, conventions; read back as the rules take them."""

import datetime as dt

import pytest

from mobility_app.actions import (
    accounts,
    instalments,
    members,
    mobilities,
    organisations,
    participants,
    projects,
    visits,
)
from mobility_app.core.instalments import Received, received
from mobility_app.core.real_costs import Spent
from mobility_app.errors import UserError
from mobility_app.store import accounts as reads
from mobility_app.store import project_rows, queries, reports
from mobility_app.store.journal import Label
from mobility_app.store.schema import Expense
from tests.actions.conftest import TODAY

LABEL = Label("a change")
DAY = dt.date(2027, 3, 1)


@pytest.fixture
def world(db, project_id):
    """(school, mobility, departure) of one member with places."""
    with db.write(LABEL) as s:
        school = organisations.add(s, "sender", name="Lycée Jean-Zay")
        members.change(s, project_id, school, places=12, cents=1_000_000)
        person = participants.add(s, last_name="MARTIN", first_name="Zoé")
        stay = mobilities.add(s, project_id, person, sending_id=school)
        return school, stay, mobilities.find_or_add_flow(s, project_id, "Mars")


def test_transfers_to_a_member_and_back(db, project_id, world) -> None:
    school, _stay, _flow = world
    with db.write(LABEL) as s:
        accounts.transfer(s, project_id, school, "instalment", 600_000, DAY, "mandat 12")
        accounts.transfer(s, project_id, school, "instalment", 100_000, None)
        accounts.transfer(s, project_id, school, "statement", 550_000, DAY)
        accounts.transfer(s, project_id, school, "recovery", 50_000, DAY)
    with db.read() as s:
        member = reads.members(s, project_id)[0]
    assert (member.name, member.places, member.cents) == ("Lycée Jean-Zay", 12, 1_000_000)
    assert (member.transferred, member.certified, member.recovered) == (700_000, 550_000, 50_000)
    db.undo()
    with db.read() as s:
        assert reads.members(s, project_id)[0].transferred == 0


def test_invoices_and_co_funding(db, project_id, world) -> None:
    _school, stay, flow = world
    with db.write(LABEL) as s:
        accounts.expense(s, "travel", 123_456, flow_id=flow, invoice_number="F-12", date=DAY)
        gone = accounts.expense(s, "lodging", 9_900, mobility_id=stay)
        accounts.expense(s, "lodging", -900, mobility_id=stay)
        accounts.remove(s, Expense, gone)
        accounts.co_fund(s, stay, "Région Centre-Val de Loire", 25_000)
        accounts.co_fund(s, stay, "OPCO", 5_000)
        instalments.add(s, project_id, 800_000, DAY)
        instalments.add(s, project_id, 200_000, None)
    with db.read() as s:
        assert reads.expenses(s, project_id) == [Spent(123_456, flow, None), Spent(-900, None, stay)]
        assert reads.co_funded(s, [stay]) == {stay: 30_000}
        paid = project_rows.instalments(s, project_id)
        assert received(paid, 1_500_000, TODAY) == Received(800_000, 200_000, 1_500_000)
        assert received(paid, 1_500_000, TODAY).to_enter == 500_000
        assert received(paid, None, DAY - dt.timedelta(1)) == Received(0, 1_000_000, None)
        assert received(paid, None, TODAY).to_enter is None


def test_conventions_of_the_project(db, project_id) -> None:
    with db.read() as s:
        row = queries.project(s, project_id)
    assert (row.support_split, row.advance_percent, row.advance_days, row.balance_days) == ("average", 80, 30, 45)
    with db.write(LABEL) as s:
        accounts.set_conventions(
            s, project_id, support_split="departure", advance_percent=70, advance_days=15, balance_days=60
        )
    with db.read() as s:
        row = queries.project(s, project_id)
    assert (row.support_split, row.advance_percent, row.advance_days, row.balance_days) == ("departure", 70, 15, 60)


def test_visits_and_guarantee_reach_the_report(db, project_id) -> None:
    with db.write(LABEL) as s:
        visits.add(s, project_id, persons=5, activity=None, start=DAY)
        projects.change(s, project_id, guarantee_cents=30_000)
    with db.read() as s:
        planned = {line.key: line.planned for line in reports.report(s, project_id, TODAY).budget}
    assert planned == {"preparatory_visit": 3 * 70_000, "financial_guarantee": 24_000}


@pytest.mark.parametrize("wrong", [
    lambda s, p, w: accounts.transfer(s, p, w[0], "gift", 100, DAY),
    lambda s, p, w: accounts.transfer(s, p, w[0], "instalment", 0, DAY),
    lambda s, p, w: accounts.transfer(s, p, organisations.add(s, "sender", name="Autre"), "instalment", 1, DAY),
    lambda s, p, w: accounts.expense(s, "travel", 100),
    lambda s, p, w: accounts.expense(s, "travel", 100, flow_id=w[2], mobility_id=w[1]),
    lambda s, p, w: accounts.expense(s, "travel", 0, flow_id=w[2]),
    lambda s, p, w: accounts.co_fund(s, w[1], " ", 100),
    lambda s, p, w: accounts.co_fund(s, w[1], "OPCO", -1),
    lambda s, p, w: accounts.set_conventions(s, p, support_split="average", advance_percent=101, advance_days=1,
                                             balance_days=1),
    lambda s, p, w: accounts.set_conventions(s, p, support_split="average", advance_percent=1, advance_days=-1,
                                             balance_days=1),
])  # fmt: skip
def test_what_makes_no_sense_is_refused_and_nothing_is_written(db, project_id, world, wrong) -> None:
    with pytest.raises(UserError), db.write(LABEL) as s:
        wrong(s, project_id, world)
    with db.read() as s:
        assert reads.members(s, project_id)[0].transferred == 0
        assert reads.expenses(s, project_id) == []


def test_a_closed_project_keeps_its_rates_and_its_figures(db, project_id) -> None:
    with db.read() as s:
        rows = queries.rate_rows(s, project_id)
        before = reports.report(s, project_id, TODAY)
    with db.write(LABEL) as s:
        projects.change(s, project_id, state="closed")
    day = next(row for row in rows if row.line == "course_fees" and row.key == "day")
    group = next(row for row in rows if row.line == "country_group")
    for verb in (
        lambda s: projects.set_rate(s, day.id, 1, source="autre"),
        lambda s: projects.set_rate_key(s, group.id, "3", source="autre"),
        lambda s: projects.add_rate(s, project_id, day),
        lambda s: projects.apply_rates(s, project_id, [day]),
    ):
        with pytest.raises(UserError), db.write(LABEL) as s:
            verb(s)
    with db.read() as s:
        assert queries.rate_rows(s, project_id) == rows
        assert reports.report(s, project_id, TODAY).budget == before.budget
