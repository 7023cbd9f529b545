"""Writing, undoing and redoing: one transaction, one step, one word to the listeners; on both engines."""

from __future__ import annotations

import datetime as dt
import logging

import pytest
from sqlalchemy import func, select

from mobility_app.errors import UserError
from mobility_app.store import counters, story
from mobility_app.store.columns import new_id
from mobility_app.store.journal import Changes, Label, bulk_insert
from mobility_app.store.schema import (
    Audit,
    Change,
    ChangeSet,
    GrantLine,
    Mobility,
    Paper,
    Participant,
    Payment,
    Setting,
)
from tests.store import world
from tests.store.world import LABEL, content, content_hash


@pytest.fixture
def db(dossier):
    with world.opened(dossier) as db:
        world.found(db)
        yield db


def count(db, model) -> int:
    with db.read() as s:
        return s.scalar(select(func.count()).select_from(model)) or 0


def edit(db, number=1, label=LABEL, **values) -> str:
    """Changes the stay of that number; its id."""
    with db.write(label) as s:
        row = s.scalars(select(Mobility).where(Mobility.number == number)).one()
        for name, value in values.items():
            setattr(row, name, value)
        return row.id


def value(db, id_, name):
    with db.read() as s:
        return s.scalar(select(getattr(Mobility, name)).where(Mobility.id == id_))


# ---- one write


def test_a_write_tells_what_it_touched(db):
    told: list[Changes] = []
    db.listen(told.append)
    id_ = edit(db, town="Cádiz")
    assert [(c.kind, c.ids) for c in told] == [("do", {"mobility": frozenset({id_})})]
    assert told[0].touched("mobility", "payment")
    assert not told[0].touched("payment")


def test_a_write_that_changes_nothing_is_no_step(db):
    told: list[Changes] = []
    db.listen(told.append)
    before = count(db, ChangeSet)
    edit(db, town=None)
    with db.write(LABEL):
        pass
    assert (count(db, ChangeSet), told, db.undo_label()) == (before, [], None)


def test_a_write_that_fails_changes_nothing(db):
    before = content_hash(db)

    def half_a_write():
        with db.write(LABEL) as s:
            s.add(world.person(90))
            s.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_a_write()
    assert content_hash(db) == before
    assert db.undo_label() is None
    edit(db, town="Cádiz")  # and the next write goes on


def test_what_the_database_refuses_is_said_in_words(db):
    before = content_hash(db)
    with pytest.raises(UserError, match=r"(?i)refus"), db.write(LABEL) as s:
        s.add_all([Setting(key="a", value={}), Setting(key="a", value={})])
    assert content_hash(db) == before


def test_one_flush_takes_parents_and_children_in_any_order(db):
    project_id = value(db, world.mobility_ids(db)[0], "project_id")
    with db.write(LABEL) as s:
        pupil = world.person(90)
        trip = world.stay(90, project_id, pupil.id)
        line = GrantLine(mobility_id=trip.id, key="top_up", cents=100, reason="essai")
        s.add_all([line, trip, pupil])
    with db.write(LABEL) as s:
        for model in (GrantLine, Mobility, Participant):
            s.delete(s.scalars(select(model).order_by(model.created.desc(), model.id.desc())).first())
    assert db.undo()
    assert db.undo()
    assert count(db, GrantLine) == 0


def test_a_change_of_rates_tells_the_stays_whose_grant_changed(db):
    told: list[Changes] = []
    db.listen(told.append)
    with db.write(LABEL) as s:
        rate = s.scalars(select(world.Rate).where(world.Rate.line == "individual_support")).all()
        for row in rate:
            row.cents += 100
    assert set(told[0].ids) == {"rate", "mobility"}
    assert told[0].ids["mobility"] == set(world.mobility_ids(db))


def test_every_step_leaves_who_when_and_which_fields_but_no_value(db):
    id_ = edit(db, town="Cádiz", mentor="Ana")
    with db.read() as s:
        row = s.scalars(select(Audit).where(Audit.row_id == id_).order_by(Audit.set_id.desc())).first()
        assert row is not None
        assert (row.op, row.table_name, set(row.fields.split(","))) == ("U", "mobility", {"town", "mentor"})
        assert row.os_user
        assert "Cádiz" not in str(vars(row))


def test_the_history_of_a_record_tells_before_and_after(db):
    id_ = edit(db, label=Label("dates of {name}", table="mobility", id=world.mobility_ids(db)[0]), town="Cádiz")
    edit(db, town="Sevilla")
    db.undo()
    with db.read() as s:
        newest, older, first = story.history(s, id_)
    assert (newest.changes, newest.undone) == ((("town", "Cádiz", "Sevilla"),), True)
    assert (older.changes, older.undone) == ((("town", None, "Cádiz"),), False)
    assert (first.op, first.changes) == ("I", ())
    assert "Maëlys" in str(older.label)


def test_versions_are_the_steps_that_wrote_the_rows(db):
    id_ = edit(db, town="Cádiz")
    with db.read() as s:
        newest = s.scalar(select(func.max(ChangeSet.id)))
    assert value(db, id_, "version") == newest
    db.undo()
    assert value(db, id_, "version") == newest + 1  # never goes back


# ---- undo and redo


def test_undo_and_redo_walk_the_steps(db):
    states = [content(db)]
    for town in ("Cádiz", "Sevilla", "Jerez"):
        edit(db, town=town)
        states.append(content(db))
    for state in reversed(states[:-1]):
        assert db.undo().kind == "undo"
        assert content(db) == state
    assert db.undo() is None
    for state in states[1:]:
        assert db.redo().kind == "redo"
        assert content(db) == state
    assert db.redo() is None


def test_more_than_a_hundred_steps_go_back_and_forth(db):
    empty = content_hash(db)
    for n in range(120):
        edit(db, number=n % 3 + 1, town=f"Ville {n}", start=dt.date(2026, 5, 4) + dt.timedelta(n))
    full = content_hash(db)
    assert sum(db.undo() is not None for _ in range(120)) == 120
    assert (content_hash(db), db.undo()) == (empty, None)
    assert sum(db.redo() is not None for _ in range(120)) == 120
    assert (content_hash(db), db.redo()) == (full, None)


def test_undo_tells_the_label_of_its_step(db):
    edit(db, label=Label("first"), town="Cádiz")
    edit(db, label=Label("second"), town="Jerez")
    assert (db.undo_label(), db.redo_label()) == (Label("second"), None)
    db.undo()
    assert (db.undo_label(), db.redo_label()) == (Label("first"), Label("second"))


def test_a_new_step_drops_what_could_be_redone(db):
    edit(db, town="Cádiz")
    db.undo()
    edit(db, mentor="Ana")
    assert (db.redo_label(), db.redo()) == (None, None)


def test_undo_and_redo_keep_a_header_alone(db):
    edit(db, town="Cádiz")
    values = count(db, Change)
    db.undo()
    db.redo()
    assert count(db, Change) == values


def test_an_import_is_one_step(db):
    before, project_id = content_hash(db), value(db, world.mobility_ids(db)[0], "project_id")
    with db.write(Label("import", "{count} rows", 700)) as s:
        world.import_sheet(s, project_id, 700)
    after = content_hash(db)
    assert count(db, Mobility) == 703
    assert len(db.undo().ids["mobility"]) == 700
    assert content_hash(db) == before
    db.redo()
    assert content_hash(db) == after
    world.derived_is_fresh(db)


def test_steps_survive_closing(dossier):
    with world.opened(dossier) as db:
        world.found(db)
        before = content_hash(db)
        edit(db, label=Label("kept"), town="Cádiz")
        after = content_hash(db)
    with world.opened(dossier) as db:
        assert db.undo_label() == Label("kept")
        db.undo()
        assert content_hash(db) == before
    with world.opened(dossier) as db:
        assert db.redo_label() == Label("kept")
        db.redo()
        assert content_hash(db) == after


def test_a_step_out_of_the_journal_is_never_undone(db):
    with db.write(LABEL, undoable=False) as s:
        s.add(world.person(90))
    assert db.undo_label() is None
    assert count(db, Participant) == 4


def test_a_unique_number_may_change_hands_in_one_flush(db):
    before = content_hash(db)
    with db.write(LABEL) as s:
        first, second = s.scalars(select(Mobility).order_by(Mobility.number).limit(2))
        first.bm_id = "free"
        s.add(world.stay(90, first.project_id, second.participant_id, bm_id="BM1"))
    after = content_hash(db)
    db.undo()
    assert content_hash(db) == before
    db.redo()
    assert content_hash(db) == after


def test_edits_of_one_row_in_one_write_are_undone_in_reverse(db):
    before = content_hash(db)
    with db.write(LABEL) as s:
        row = s.scalars(select(Mobility).where(Mobility.number == 1)).one()
        for town in ("Cádiz", "Jerez", None, "Rota"):
            row.town = town
            s.flush()
        row.mentor = "Ana"
        s.flush()
        s.delete(row)
    db.undo()
    assert content_hash(db) == before


def test_a_row_made_and_removed_in_one_write_is_undone(db):
    before = content_hash(db)
    with db.write(LABEL) as s:
        row = world.person(90)
        s.add(row)
        s.flush()
        s.delete(row)
    db.undo()
    assert content_hash(db) == before
    db.redo()
    assert content_hash(db) == before


def test_values_come_back_as_they_were(db):
    """A time in a column of days, numbers as keys and tuples in her own columns, coordinates to the last bit."""
    before = content_hash(db)
    with db.write(LABEL) as s:
        row = s.scalars(select(Mobility).where(Mobility.number == 1)).one()
        row.start, row.own = dt.datetime(2026, 6, 1, 8, 30), {1: ("a", "b")}  # noqa: DTZ001  (as the store keeps times)
        school = s.scalars(select(world.Organisation)).first()
        school.latitude, school.longitude = 0.1 + 0.2, -5.0
    after = content_hash(db)
    for _turn in range(2):
        db.undo()
        assert content_hash(db) == before
        db.redo()
        assert content_hash(db) == after


def test_a_number_is_given_once_whatever_is_undone_or_fails_later(db):
    with db.write(LABEL) as s:
        assert list(counters.take(s, "certificate")) == [1]
    with db.write(LABEL) as s:
        s.add(world.person(90))
        assert list(counters.take(s, "certificate", 3)) == [2, 3, 4]
    db.undo()
    with db.write(LABEL) as s:
        assert list(counters.take(s, "certificate")) == [5]
        assert list(counters.take(s, "another")) == [1]


# ---- refusals


def behind_the_journal(db, number, **values):
    """Another seat's write, as far as this seat's steps can tell: it is not this seat's to undo."""
    with db.write(LABEL, undoable=False) as s:
        row = s.scalars(select(Mobility).where(Mobility.number == number)).one()
        for name, new in values.items():
            setattr(row, name, new)


def test_an_undo_is_refused_when_its_content_has_changed_since(db):
    edit(db, mentor="Ana")
    edit(db, town="Cádiz")
    behind_the_journal(db, 1, town="Jerez")
    before = content_hash(db)
    with pytest.raises(UserError) as refusal:
        db.undo()
    assert refusal.value.hint
    assert content_hash(db) == before
    db.skip("undo")
    assert db.undo().touched("mobility")  # the step below can be taken
    assert value(db, world.mobility_ids(db)[0], "town") == "Jerez"


def test_an_undo_passes_when_other_columns_have_changed_since(db):
    id_ = edit(db, town="Cádiz")
    behind_the_journal(db, 1, mentor="Ana")
    db.undo()
    assert (value(db, id_, "town"), value(db, id_, "mentor")) == (None, "Ana")


def test_a_write_out_of_the_journal_drops_what_could_be_redone(db):
    edit(db, town="Cádiz")
    db.undo()
    behind_the_journal(db, 1, town="Rota")
    assert db.redo() is None


def test_undoing_the_birth_of_a_row_that_is_needed_says_who_needs_it(db):
    with db.write(LABEL) as s:
        pupil = world.person(90)
        s.add(pupil)
        pupil_id = pupil.id
    project_id = value(db, world.mobility_ids(db)[0], "project_id")
    with db.write(LABEL, undoable=False) as s:
        s.add(world.stay(90, project_id, pupil_id))
    before = content_hash(db)
    with pytest.raises(UserError) as refusal:
        db.undo()
    with db.read() as s:
        who = s.scalar(select(ChangeSet.os_user).order_by(ChangeSet.id.desc()))
    assert who in refusal.value.message
    assert content_hash(db) == before


def test_a_number_taken_meanwhile_keeps_a_row_in_the_bin(db):
    id_ = edit(db, deleted=dt.datetime(2026, 1, 1), number=1)  # noqa: DTZ001
    behind_the_journal(db, 2, bm_id="BM1")
    with pytest.raises(UserError):
        db.undo()
    with pytest.raises(UserError), db.write(LABEL) as s:
        s.get(Mobility, id_).deleted = None
    assert value(db, id_, "deleted") is not None


# ---- listeners, writers


def test_a_listener_that_fails_harms_nobody(db, caplog):
    told: list[Changes] = []

    def fails(_changes):
        raise ZeroDivisionError

    db.listen(fails)
    db.listen(told.append)
    with caplog.at_level(logging.ERROR):
        id_ = edit(db, town="Cádiz")
    assert value(db, id_, "town") == "Cádiz"
    assert len(told) == 1
    assert "a listener failed" in caplog.text


def test_a_write_inside_a_write_is_a_bug_that_shows(db):
    with pytest.raises(AssertionError, match="a write inside a write"), db.write(LABEL), db.write(LABEL):
        pass
    edit(db, town="Cádiz")


def test_a_listener_may_write_again(db):
    def answer(changes):
        if changes.touched("mobility"):
            with db.write(LABEL) as s:
                s.add(Setting(key="answered", value={}))

    db.listen(answer)
    edit(db, town="Cádiz")
    assert count(db, Setting) == 1


# ---- the bin


def test_the_bin_keeps_a_row_and_gives_it_back(db):
    before = content_hash(db)
    id_ = edit(db, deleted=dt.datetime(2026, 1, 1))  # noqa: DTZ001
    assert id_ not in world.mobility_ids(db)
    world.derived_is_fresh(db)
    with db.write(LABEL) as s:
        s.get(Mobility, id_).deleted = None
    assert content_hash(db) == before
    db.undo()
    db.undo()
    assert content_hash(db) == before


def test_a_unique_number_is_free_once_its_row_is_in_the_bin(db):
    edit(db, deleted=dt.datetime(2026, 1, 1))  # noqa: DTZ001
    behind_the_journal(db, 2, bm_id="BM1")
    assert value(db, world.mobility_ids(db)[0], "bm_id") == "BM1"


# ---- derived values


def test_derived_values_follow_every_write_undo_and_redo(db):
    first = world.mobility_ids(db)[0]
    grants = [value(db, first, "grant_cents")]
    steps = [
        lambda s, row: setattr(row, "end", dt.date(2026, 6, 30)),
        lambda s, row: s.add(GrantLine(mobility_id=row.id, key="individual_support_15", cents=1, reason="essai")),
        lambda s, row: s.add(Payment(mobility_id=row.id, kind="balance", cents=10**7, date=dt.date(2026, 9, 1))),
        lambda s, row: s.add(Paper(mobility_id=row.id, kind="CONTRAT", state="signed")),
        lambda s, row: setattr(s.get(Participant, row.participant_id), "status", "staff"),
        lambda s, row: [setattr(rate, "cents", 7) for rate in s.scalars(select(world.Rate))],
        lambda s, row: setattr(s.get(world.Project, row.project_id), "end", dt.date(2026, 6, 1)),
        lambda s, row: setattr(row, "country", "ZZ"),
    ]
    for step in steps:
        with db.write(LABEL) as s:
            step(s, s.get(Mobility, first))
        grants.append(value(db, first, "grant_cents"))
        world.derived_is_fresh(db)
    assert None not in grants[:-1]
    assert grants[-1] is None  # no rate for that country: unknown stays unknown
    assert len(set(grants)) >= 5
    for grant in reversed(grants[:-1]):
        db.undo()
        assert value(db, first, "grant_cents") == grant
        world.derived_is_fresh(db)
    for grant in grants[1:]:
        db.redo()
        assert value(db, first, "grant_cents") == grant
        world.derived_is_fresh(db)


def test_bulk_rows_take_the_plain_defaults_of_their_table(db):
    with db.write(LABEL) as s:
        bulk_insert(s, Participant, [{"last_name": "A", "first_name": "B", "number": 90}])
        bulk_insert(s, Setting, [])
        s.add(Setting(id=new_id(), key="beside", value={}))
    with db.read() as s:
        row = s.scalars(select(Participant).where(Participant.number == 90)).one()
        assert (row.search, row.deleted, row.version) == ("a b", None, s.scalar(select(func.max(ChangeSet.id))))
