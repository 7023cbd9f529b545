"""From one call to the next: a new call, needs and their estimate, stays moved, a closed project left alone."""

import datetime as dt

import pytest

from mobility_app.actions import (
    accounts,
    application,
    instalments,
    members,
    mobilities,
    organisations,
    papers,
    participants,
    payments,
    projects,
    visits,
)
from mobility_app.core import application as rules
from mobility_app.core.budget import line_key
from mobility_app.errors import UserError
from mobility_app.jobs import applying, calls, dossiers
from mobility_app.store import accounts as reads
from mobility_app.store import lists, queries, reference, reports
from mobility_app.store.journal import Label
from mobility_app.store.schema import Flow, Mobility, Paper
from tests.actions.conftest import REFERENCE, TODAY

LABEL = Label("a change")
DAY = dt.date(2027, 3, 1)
NEXT = "2027-1-FR01-KA121-VET-000298765"
STAY = {
    "activity": "VET_SHORT_TERM",
    "country": "ES",
    "start": dt.date(2027, 5, 3),
    "end": dt.date(2027, 5, 16),
    "travel_days": 2,
    "distance_km": 830,
}


@pytest.fixture
def school(db, project_id) -> str:
    with db.write(LABEL) as s:
        school = organisations.add(s, "sender", name="Lycée Jean-Zay")
        members.change(s, project_id, school, places=12, cents=1_000_000)
        projects.change(s, project_id, title="Bâtir", coordinator_id=school, advance_percent=70, budget_code="ACTI-1")
        return school


@pytest.fixture
def stay(db, project_id, school) -> str:
    """In a departure, with a signed contract, an advance and the module's id."""
    with db.write(LABEL) as s:
        person = participants.add(s, last_name="MARTIN", first_name="Zoé", status="pupil")
        stay = mobilities.add(s, project_id, person, sending_id=school, flow="Mai", bm_id="212345-MOB-00001", **STAY)
        papers.set_state(s, [stay], "CONTRAT", "signed", DAY)
        payments.add(s, stay, "advance", 50_000, DAY)
        return stay


@pytest.fixture
def other(db, project_id) -> str:
    with db.write(LABEL) as s:
        return dossiers.add_project(s, NEXT, rates=reference.example_rows(2027))


def project(db, id_):
    with db.read() as s:
        return queries.project(s, id_)


def applied(db, id_):
    row = project(db, id_)
    with db.read() as s:
        return applying.read(s, row).figures


def stay_row(db, id_):
    with db.read() as s:
        return queries.mobility(s, id_, today=TODAY)


# ---- new call --------------------------------------------------------------------------------------------------------


def test_a_new_call_keeps_members_and_conventions_and_starts_empty(db, project_id, school) -> None:
    new = calls.new_call(db, project(db, project_id), NEXT)
    row = project(db, new)
    kept = (row.title, row.coordinator, row.advance_percent, row.budget_code, row.call_year, row.state)
    assert kept == ("Bâtir", "Lycée Jean-Zay", 70, "ACTI-1", 2027, "application")
    assert (row.start, row.mobilities, row.travel_days_confirmed) == (None, 0, False)
    with db.read() as s:
        (member,) = reads.members(s, new)
        assert (member.organisation_id, member.places, member.cents) == (school, None, None)
        assert queries.awarded(s, new) == {}
        states = {rate.state for rate in queries.rate_rows(s, new)}
        assert "example" not in states
    db.undo()
    assert project(db, new) is None


def test_a_reference_in_use_is_refused(db, project_id) -> None:
    with pytest.raises(UserError, match=REFERENCE):
        calls.new_call(db, project(db, project_id), REFERENCE)
    with pytest.raises(UserError):
        calls.new_call(db, project(db, project_id), "sans année")
    with pytest.raises(UserError):
        calls.new_call(db, project(db, project_id), "ancien", call_year=1999)


# ---- application -----------------------------------------------------------------------------------------------------


def test_needs_are_estimated_at_the_last_calls_rates(db, project_id, school) -> None:
    new = calls.new_call(db, project(db, project_id), NEXT)
    need = {"activity": "VET_SHORT_TERM", "days": 14, "travel_days": 2, "country": "ES", "distance_km": 830}
    with db.write(LABEL) as s:
        application.ask(s, new, school, number=10, adults=2, inclusion=3, green=11, **need)
    found = applied(db, new)
    assert [(one.name, one.requested, one.adults, one.places) for one in found.schools] == [
        ("Lycée Jean-Zay", 10, 2, None)
    ]
    with db.read() as s:
        (row,) = reads.needs(s, new)
        rates = queries.rate_table(s, queries.project(s, project_id))
    by_hand = 0
    from mobility_app.core import grant

    stays = [(change.stay, change.count) for change in rules.changes(row) if change.count]
    assert [(stay.role, stay.green, count) for stay, count in stays] == [
        ("participant", True, 10),
        ("accompanying", True, 1),
        ("accompanying", False, 1),
    ]
    for one, count in stays:
        money = grant.compute(one, rates)
        assert all(line_key(line) in ("individual_support", "travel_support") for line in money.lines)
        by_hand += money.total * count
    assert found.schools[0].grants == by_hand
    assert found.requested > by_hand  # organisational support comes on top
    assert (found.awarded, found.allotted) == (None, 0)
    with db.write(LABEL) as s:
        projects.award(s, new, "individual_support", "VET_SHORT_TERM", 900_000)
        members.change(s, new, school, places=8, cents=700_000)
        projects.set_state(s, new, "agreement")
    found = applied(db, new)
    assert (found.awarded, found.allotted, found.schools[0].places) == (900_000, 700_000, 8)
    assert found.requested is None  # the new call's own rates are not all known


def test_what_is_missing_is_never_nothing(db, project_id, school) -> None:
    with db.write(LABEL) as s:
        application.ask(s, project_id, school, activity="VET_SHORT_TERM", number=3, days=14)
    found = applied(db, project_id)
    assert (found.schools[0].grants, found.requested) == (None, None)
    with db.read() as s:
        assert applying.as_json(applying.read(s, project(db, project_id)))["requested"] is None


@pytest.mark.parametrize("wrong", [
    {"activity": "HOLIDAYS"},
    {"number": 0},
    {"days": 366},
    {"adults": -1},
    {"inclusion": 6},
    {"green": 6},
    {"country": "ZZ9"},
    {"country": "QQ"},
])  # fmt: skip
def test_needs_that_cannot_be_are_refused(db, project_id, school, wrong) -> None:
    with pytest.raises(UserError), db.write(LABEL) as s:
        application.ask(s, project_id, school, **{"activity": "VET_SHORT_TERM", "number": 5, "days": 14} | wrong)
    with db.read() as s:
        assert reads.needs(s, project_id) == []


# ---- another project -------------------------------------------------------------------------------------------------


def test_a_moved_stay_is_recomputed_and_its_contract_is_to_be_redone(db, project_id, stay, other) -> None:
    before = stay_row(db, stay)
    assert before.contract_signed
    moved = calls.move(db, [stay], project(db, other))
    assert (moved.count, moved.contracts, moved.paid) == (1, (stay,), (stay,))
    assert moved.module_ids == ((stay, "212345-MOB-00001"),)
    after = stay_row(db, stay)
    assert (after.project_id, after.bm_id, after.contract_signed, after.flow) == (other, None, False, "Mai")
    assert after.flow_id != before.flow_id
    with db.read() as s:
        assert after.total == reports.grants(s, [stay], TODAY)[stay].total
        contracts = lists.papers(s, stay)
        assert [(paper.kind, paper.state) for paper in contracts] == [("CONTRAT", "to_do")]
        old = next(paper for paper in s.query(Paper) if paper.void)
        assert REFERENCE in old.reason
        assert "212345-MOB-00001" in old.reason
    db.undo()
    again = stay_row(db, stay)
    assert (again.project_id, again.bm_id, again.contract_signed, again.total) == (
        project_id,
        "212345-MOB-00001",
        True,
        before.total,
    )


def test_a_moved_stay_takes_its_certificate_number_from_the_new_project(db, project_id, stay, other) -> None:
    with db.write(LABEL) as s:
        mobilities.change(s, stay, bm_id=None)  # so that the certificate would say the same in both projects
    with db.write(LABEL, undoable=False) as s:
        first = papers.reserve_certificates(s, project_id, [stay_row(db, stay)])
    with db.write(LABEL) as s:
        person = participants.add(s, last_name="PETIT", first_name="Lou", status="pupil")
        second = mobilities.add(s, other, person, **STAY)
    with db.write(LABEL, undoable=False) as s:
        taken = papers.reserve_certificates(s, other, [stay_row(db, second)])
    assert set(first.values()) == set(taken.values())  # each project counts from one
    calls.move(db, [stay], project(db, other))
    with db.write(LABEL, undoable=False) as s:
        numbers = papers.reserve_certificates(s, other, [stay_row(db, stay), stay_row(db, second)])
    assert len(set(numbers.values())) == 2


def test_nowhere_to_move(db, project_id, stay, other) -> None:
    with pytest.raises(UserError, match=REFERENCE):
        calls.move(db, [stay], project(db, project_id))
    with pytest.raises(UserError):
        calls.move(db, [], project(db, other))
    for closed in (other, project_id):
        calls.set_state(db, project(db, closed), "closed")
        with pytest.raises(UserError):
            calls.move(db, [stay], project(db, other))
        calls.set_state(db, project(db, closed), "agreement")
    assert stay_row(db, stay).project_id == project_id


# ---- closed ----------------------------------------------------------------------------------------------------------


def test_states_follow_each_other(db, project_id) -> None:
    calls.set_state(db, project(db, project_id), "closed")
    for wrong in ("application", "finished"):
        with pytest.raises(UserError):
            calls.set_state(db, project(db, project_id), wrong)
    assert project(db, project_id).state == "closed"


def test_a_closed_project_is_read_only_for_money(db, project_id, school, stay) -> None:
    with db.write(LABEL) as s:
        payment = payments.add(s, stay, "advance", 100, DAY)
        invoice = accounts.expense(s, "travel", 100, mobility_id=stay)
        need = application.ask(s, project_id, school, activity="VET_SHORT_TERM", number=5, days=14)
        person = participants.add(s, last_name="PETIT", first_name="Lou")
        flow = s.get(Mobility, stay).flow_id
        projects.set_state(s, project_id, "closed")
    with db.read() as s:
        before = reports.report(s, project_id, TODAY)
        flows = s.query(Flow).count()
        rates = [rate.id for rate in queries.rate_rows(s, project_id)]
    for verb in (
        lambda s: payments.add(s, stay, "balance", 100, DAY),
        lambda s: payments.remove(s, payment),
        lambda s: accounts.expense(s, "travel", 100, mobility_id=stay),
        lambda s: accounts.expense(s, "travel", 100, flow_id=flow),
        lambda s: accounts.remove(s, accounts.Expense, invoice),
        lambda s: accounts.co_fund(s, stay, "Région", 100),
        lambda s: accounts.transfer(s, project_id, school, "instalment", 100, DAY),
        lambda s: accounts.set_conventions(
            s, project_id, support_split="average", advance_percent=1, advance_days=1, balance_days=1
        ),
        lambda s: projects.award(s, project_id, "travel_support", "", 100),
        lambda s: members.change(s, project_id, school, places=1),
        lambda s: instalments.add(s, project_id, 100, DAY),
        lambda s: visits.add(s, project_id, persons=1, activity=None, start=DAY),
        lambda s: projects.confirm_rates(s, rates, source="x"),
        lambda s: projects.change(s, project_id, advance_percent=1),
        lambda s: organisations.set_places(s, project_id, school, 99),
        lambda s: application.change(s, need, number=6),
        lambda s: application.remove(s, need),
        lambda s: mobilities.change(s, stay, distance_km=50),
        lambda s: mobilities.change(s, stay, end=dt.date(2027, 5, 20)),
        lambda s: mobilities.change(s, stay, flow="Juin"),
        lambda s: mobilities.decide(s, [stay], "withdrawn", "why"),
        lambda s: mobilities.set_grant_line(s, stay, "travel_support", 1, "why"),
        lambda s: mobilities.add(s, project_id, person, **STAY),
        lambda s: mobilities.remove(s, [stay]),
    ):
        with pytest.raises(UserError, match="clôturé"), db.write(LABEL) as s:
            verb(s)
    with db.read() as s:
        assert reports.report(s, project_id, TODAY) == before
        assert s.query(Flow).count() == flows
    with db.write(LABEL) as s:  # what is no money may still be noted
        mobilities.change(s, stay, notes="archivé", distance_km=STAY["distance_km"])
        projects.change(s, project_id, title="Bâtir, archive")
        papers.set_state(s, [stay], "RAPP", "verified", DAY)
    assert stay_row(db, stay).notes == "archivé"
