"""Members of a consortium: one place for what they are allotted, who is one no more, two that were the same school."""

import datetime as dt

import pytest

from mobility_app.actions import accounts, members, organisations, projects
from mobility_app.errors import UserError
from mobility_app.store import accounts as reads
from mobility_app.store import queries
from mobility_app.store.journal import Label
from mobility_app.store.schema import Base

LABEL = Label("a change")
DAY = dt.date(2027, 3, 1)


@pytest.fixture
def school(db, project_id) -> str:
    with db.write(LABEL) as s:
        made = organisations.add(s, "sender", name="Lycée Jean-Zay")
        members.change(s, project_id, made, places=12, cents=1_000_000)
        return made


def known(db, project_id):
    with db.read() as s:
        return reads.members(s, project_id)


def test_one_fact_of_a_member_is_changed_and_the_others_stay(db, project_id, school) -> None:
    with db.write(LABEL) as s:
        members.change(s, project_id, school, mandate_signed=DAY)
        organisations.set_places(s, project_id, school, 9)
    (one,) = known(db, project_id)
    assert (one.places, one.cents, one.mandate_signed, one.convention_signed) == (9, 1_000_000, DAY, None)


def test_a_transfer_is_corrected(db, project_id, school) -> None:
    with db.write(LABEL) as s:
        sent = accounts.transfer(s, project_id, school, "instalment", 10_000, None)
        accounts.change_transfer(s, sent, "recovery", 20_000, DAY, "titre 8")
    with db.read() as s:
        (one,) = reads.transfers(s, project_id)[school]
    assert (one.id, one.kind, one.cents, one.date, one.reference) == (sent, "recovery", 20_000, DAY, "titre 8")
    with pytest.raises(UserError), db.write(LABEL) as s:
        accounts.change_transfer(s, sent, "recovery", 0, DAY)


def test_who_was_sent_money_stays_a_member(db, project_id, school) -> None:
    with db.write(LABEL) as s:
        accounts.transfer(s, project_id, school, "instalment", 10_000, None)
    with pytest.raises(UserError), db.write(LABEL) as s:
        members.remove(s, project_id, school)
    db.undo()
    with db.write(LABEL) as s:
        members.remove(s, project_id, school)
    assert known(db, project_id) == []
    with db.read() as s:  # its places are no longer those of a member
        assert queries.organisations(s, [school], project_id=project_id)[0].places is None
    with pytest.raises(UserError), db.write(LABEL) as s:
        members.remove(s, project_id, school)


def test_a_school_that_was_a_member_twice_is_one_with_both_its_transfers(db, project_id, school) -> None:
    with db.write(LABEL) as s:
        other = organisations.add(s, "sender", name="Jean Zay")
        members.change(s, project_id, other, places=3, convention_signed=DAY)
        for each in (school, other):
            accounts.transfer(s, project_id, each, "instalment", 10_000, DAY)
        elsewhere = projects.create(s, reference="autre", call_year=2027, action="KA121-VET", rates=())
        members.change(s, elsewhere, other, places=5)
    with db.write(LABEL) as s:
        organisations.merge(s, school, other)
    (one,) = known(db, project_id)
    assert (one.organisation_id, one.places, one.convention_signed, one.transferred) == (school, 12, DAY, 20_000)
    assert [(each.organisation_id, each.places) for each in known(db, elsewhere)] == [(school, 5)]
    db.undo()
    assert [each.transferred for each in known(db, project_id)] == [10_000, 10_000]


def test_a_merge_forgets_nothing_that_names_an_organisation() -> None:
    links = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "organisation" for key in column.foreign_keys)
    }
    moved = {(kind.__tablename__, name) for kind, name in organisations.LINKS}
    assert links == moved | {("membership", "organisation_id")}
