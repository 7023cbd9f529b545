import datetime as dt

import pytest

from mobility_app.actions import bin as throwing
from mobility_app.actions import mobilities, organisations, participants
from mobility_app.errors import UserError
from mobility_app.store import bin as bin_
from mobility_app.store import queries
from mobility_app.store.journal import Label


@pytest.fixture
def records(db, project_id):
    """One person with two stays, one host of the first stay."""
    with db.write(Label("x")) as s:
        host = organisations.add(s, "host", name="Atelier", country="ES", town="Sevilla")
        person = participants.add(s, last_name="Dubois", first_name="Zoé")
        stays = [
            mobilities.add(s, project_id, person, start=dt.date(2027, month, 1), bm_id=f"BM-{month}", **more)
            for month, more in ((1, {"host_id": host}), (5, {}))
        ]
    return person, stays, host


def listed(db):
    with db.read() as s:
        return [(row.kind, row.name) for row in bin_.bin_rows(s)]


def throw(db, remove, *ids):
    with db.write(Label("x")) as s:
        remove(s, *ids)


def restore(db, kind, id_):
    with db.write(Label("x")) as s:
        throwing.restore(s, kind, id_)


def test_the_bin_is_empty_at_first(db, records):
    assert listed(db) == []


def test_a_stay_comes_back(db, records, stays):
    throw(db, mobilities.remove, [records[1][0]])
    assert listed(db) == [("mobility", "Dubois Zoé")]
    restore(db, "mobility", records[1][0])
    assert listed(db) == []
    assert len(stays()) == 2
    db.undo()
    assert len(stays()) == 1


def test_a_person_comes_back_with_the_stays_that_went_along(db, records, stays):
    person, (first, second), _host = records
    throw(db, mobilities.remove, [second])
    with db.write(Label("older")) as s:  # the stay went an hour before the person
        row = s.get(mobilities.Mobility, second)
        row.deleted -= dt.timedelta(hours=1)
    throw(db, participants.remove, person)
    assert listed(db) == [("participant", "Dubois Zoé"), ("mobility", "Dubois Zoé")]
    restore(db, "participant", person)
    assert [row.id for row in stays()] == [first]
    assert listed(db) == [("mobility", "Dubois Zoé")]


def test_a_stay_brings_its_person_and_its_host_along(db, records, stays):
    person, (first, _second), host = records
    throw(db, participants.remove, person)
    throw(db, organisations.remove, host)
    assert ("organisation", "Atelier") in listed(db)
    restore(db, "mobility", first)
    assert listed(db) == [("mobility", "Dubois Zoé")]  # the other stay of this person
    assert stays()[0].host == "Atelier"


def test_an_organisation_comes_back(db, records):
    throw(db, mobilities.remove, records[1])
    throw(db, organisations.remove, records[2])
    restore(db, "organisation", records[2])
    with db.read() as s:
        assert [row.name for row in queries.organisations(s)] == ["Atelier"]


def test_an_id_of_the_module_is_never_there_twice(db, records, project_id):
    person, (first, _second), _host = records
    throw(db, mobilities.remove, [first])
    with db.write(Label("x")) as s:
        mobilities.add(s, project_id, person, bm_id="BM-1")
    with pytest.raises(UserError, match="Module"):
        restore(db, "mobility", first)


def test_what_never_was_cannot_come_back(db, records):
    for kind in ("mobility", "participant", "organisation"):
        with pytest.raises(UserError):
            restore(db, kind, "018f0000-0000-7000-8000-000000000000")
