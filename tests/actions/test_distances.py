"""Distances proposed with their proof, towns in the wrong country found, what is seen among several stays told."""

import datetime as dt

import pytest

from mobility_app.actions import distances, mobilities, organisations, participants
from mobility_app.errors import UserError
from mobility_app.store import places, queries, reports
from mobility_app.store.journal import Label
from mobility_app.store.schema import Guardian
from tests.actions.conftest import TODAY

LABEL = Label("a change")


@pytest.fixture
def stay(db, project_id):
    def make(town="Köln", country="DE", school="Orléans", **facts):
        with db.write(LABEL) as s:
            sender = organisations.find_or_add(s, "sender", f"Lycée {school}", town=school, country="FR")
            person = participants.add(
                s, last_name="MARTIN", first_name=f"Zoé {town}", birth_date=dt.date(2010, 1, 2), status="pupil"
            )
            host = organisations.find_or_add(s, "host", "Erfunden AG")
            values = {
                "host_id": host,
                "start": dt.date(2027, 3, 1),
                "end": dt.date(2027, 3, 14),
                "activity": "VET_SHORT_TERM",
                **facts,
            }
            return mobilities.add(s, project_id, person, sending_id=sender, town=town, country=country, **values)

    return make


def codes(db, id_):
    with db.read() as s:
        return {finding.code for finding in reports.findings(s, [id_], TODAY)[id_]}


def test_a_distance_comes_with_its_proof_and_a_typed_one_is_kept(db, stay, stays) -> None:
    id_ = stay()
    with db.write(LABEL) as s:
        made = distances.propose_distance(s, id_, today=TODAY)
    assert (made.km, made.stored, made.before) == (497, True, None)
    assert "Orléans" in made.source
    assert "Köln" in made.source
    assert "497 km" in made.source
    assert "15/03/2027" in made.source
    assert stays()[0].distance_km == 497
    with db.write(LABEL) as s:
        mobilities.change(s, id_, distance_km=480)
    with db.write(LABEL) as s:
        again = distances.propose_distance(s, id_, today=TODAY)
    assert (again.stored, again.before) == (False, 480)
    assert stays()[0].distance_km == 480
    with db.write(LABEL) as s:
        assert distances.propose_distance(s, id_, today=TODAY, replace=True).stored
    assert stays()[0].distance_km == 497


def test_the_legs_of_an_itinerant_activity_add_up(db, stay, stays) -> None:
    id_ = stay()
    with db.write(LABEL) as s:
        straight = distances.measure(s, id_, ["Orléans", "Köln"], today=TODAY)
    with db.write(LABEL) as s:
        made = distances.measure(s, id_, ["Orléans", "Bruxelles", " ", "Köln"], today=TODAY)
    assert straight.km == 497 < made.km == stays()[0].distance_km
    assert stays()[0].distance_source == made.source
    assert made.source.index("Orléans") < made.source.index("Bruxelles") < made.source.index("Köln")
    with pytest.raises(UserError), db.write(LABEL) as s:
        distances.measure(s, id_, ["Orléans", ""], today=TODAY)


def test_a_namesake_is_chosen_by_its_region(db, stay, stays) -> None:
    id_ = stay(town="Saint-Denis", country="FR")
    paris, reunion = (next(p for p in places.find("Saint-Denis") if p.country == code) for code in ("FR", "RE"))
    found = {}
    for place in (paris, reunion):
        with db.write(LABEL) as s:
            found[place.country] = distances.measure(s, id_, ["Orléans", distances.called(place)], today=TODAY).km
    assert found["FR"] < 150 < 9_000 < found["RE"]


def test_missing_distances_are_filled_and_the_others_told(db, stay, stays) -> None:
    ids = [stay(), stay("Nulle-Part-les-Bains"), stay("Gent", "BE", distance_km=321)]
    with db.write(LABEL) as s:
        found = distances.fill_missing(s, ids, today=TODAY)
    assert found.stored == 1
    assert [id_ for id_, _why in found.left] == [ids[1]]
    assert "Nulle-Part" in found.left[0][1]
    assert {row.distance_km for row in stays()} == {497, None, 321}


@pytest.mark.parametrize(("facts", "words"), [
    ({"town": "Nulle-Part-les-Bains"}, "Nulle-Part-les-Bains"), ({"town": None}, "Erfunden AG"),
    ({"town": "Saint-Denis", "country": "FR"}, "Saint-Denis"),
])  # fmt: skip
def test_a_town_that_is_missing_unknown_or_one_of_several_is_said(db, stay, facts, words) -> None:
    id_ = stay(**facts)
    with pytest.raises(UserError) as caught, db.write(LABEL) as s:
        distances.propose_distance(s, id_, today=TODAY)
    assert words in str(caught.value)


def test_a_town_in_the_wrong_country_is_found_and_only_then(db, stay) -> None:
    assert "town_elsewhere" in codes(db, stay("Kraków", "ES"))
    assert "town_elsewhere" not in codes(db, stay("Kraków", "PL"))
    assert "town_elsewhere" not in codes(db, stay("Cologne", "FR"))
    assert "town_elsewhere" not in codes(db, stay("Villanueva de Nadie", "IT"))
    assert "town_elsewhere" not in codes(db, stay("Kraków", "AU"))


def test_a_minor_without_a_guardian_is_found_until_one_is_known(db, stay, stays) -> None:
    id_ = stay()
    assert "guardian_missing" in codes(db, id_)
    count = stays()[0].findings_count
    with db.write(LABEL) as s:
        s.add(Guardian(participant_id=stays()[0].participant_id, last_name="MARTIN"))
    assert "guardian_missing" not in codes(db, id_)
    assert stays()[0].findings_count == count - 1
    db.undo()
    assert stays()[0].findings_count == count


def test_what_shows_among_several_stays_reaches_list_and_report(db, stay, project_id) -> None:
    first, second = stay("Köln", email="ensemble@exemple.test"), stay("Gent", "BE", email="ensemble@exemple.test")
    assert "email_shared" in codes(db, first)
    assert "email_shared" in codes(db, second)
    with db.read() as s:
        found = [f.id for f in reports.report(s, project_id, TODAY).findings if f.code == "email_shared"]
    assert sorted(found) == sorted([first, second])


def test_a_line_set_by_hand_reaches_the_report(db, stay, project_id) -> None:
    id_ = stay(travel_days=0, distance_km=477)
    with db.read() as s:
        before = reports.report(s, project_id, TODAY)
    with db.write(LABEL) as s:
        mobilities.set_grant_line(s, id_, "travel_support", 12_345, "billet sur facture")
    with db.read() as s:
        after = reports.report(s, project_id, TODAY)
        total = queries.mobilities(s, [id_], today=TODAY)[0].total
    travel = [next(line.planned for line in r.budget if line.key == "travel_support") for r in (before, after)]
    assert travel == [20_000, 12_345]
    assert after.totals["known_total"] == total


def test_a_distance_at_the_edge_of_a_band_is_told(db, stay) -> None:
    told = {km: "distance_near_edge" in codes(db, stay(distance_km=km)) for km in (489, 490, 500, 510, 511)}
    assert told == {489: False, 490: True, 500: True, 510: True, 511: False}
