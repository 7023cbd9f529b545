import datetime as dt

from mobility_app.actions import organisations, participants
from mobility_app.store import duplicates
from mobility_app.store.database import open_database
from mobility_app.store.journal import Label


def test_namesakes_are_found_whatever_was_typed_and_told_apart_once(dossier):
    with open_database(dossier) as db:
        with db.write(Label("x")) as s:
            one = participants.add(s, last_name="Martin-Roux", first_name="Maëlys", birth_date=dt.date(2008, 1, 2))
            two = participants.add(s, last_name="MARTIN ROUX", first_name="maelys")
            participants.add(s, last_name="Martin Roux", first_name="Maëlys", birth_date=dt.date(2007, 1, 2))
            participants.add(s, last_name="Petit", first_name="Inès")
        with db.read() as s:
            found = duplicates.participants(s)
        assert set(found[two]) >= {one}
        assert set(found[one]) == {two}
        with db.write(Label("x")) as s:
            participants.not_the_same(s, two, one)
        with db.read() as s:
            assert one not in duplicates.participants(s)


def test_organisations_of_one_name_in_two_countries_are_two(dossier):
    with open_database(dossier) as db:
        with db.write(Label("x")) as s:
            one = organisations.add(s, "host", name="Atelier Süd", country="DE")
            two = organisations.add(s, "host", name="ATELIER SUD")
            organisations.add(s, "host", name="Atelier Sud", country="FR")
        with db.read() as s:
            found = duplicates.organisations(s)
        assert two in found[one]
        assert len(found[one]) == 1
