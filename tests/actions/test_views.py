import pytest

from mobility_app.actions import mobilities, papers, participants, views
from mobility_app.errors import UserError
from mobility_app.store import lists
from mobility_app.store.journal import Label
from tests.actions.conftest import TODAY


def test_a_view_is_kept_replaced_renamed_and_thrown_away(db):
    with db.write(Label("view")) as s:
        first = views.save(s, "mobilities", " Espagne ", {"countries": ["ES"]})
        views.save(s, "hosts", "Autre", {})
    with db.write(Label("view")) as s:
        assert views.save(s, "mobilities", "Espagne", {"countries": ["ES", "PT"]}) == first
        views.save(s, "mobilities", "Abroad", {"stages": ["abroad"]})
    with db.read() as s:
        found = lists.saved_views(s, "mobilities")
        assert [(view.title, view.definition) for view in found] == [
            ("Espagne", {"countries": ["ES", "PT"]}),
            ("Abroad", {"stages": ["abroad"]}),
        ]
        assert len(lists.saved_views(s)) == 3
    with db.write(Label("view")) as s:
        views.rename(s, first, "Ibérie")
    with db.write(Label("view")) as s:
        views.remove(s, found[1].id)
    with db.read() as s:
        assert [view.title for view in lists.saved_views(s, "mobilities")] == ["Ibérie"]
    db.undo()
    with db.read() as s:
        assert len(lists.saved_views(s, "mobilities")) == 2


@pytest.mark.parametrize("name", ["", "  "])
def test_a_view_needs_a_name(db, name):
    with pytest.raises(UserError), db.write(Label("view")) as s:
        views.save(s, "mobilities", name, {})
    with db.write(Label("view")) as s:
        view = views.save(s, "mobilities", "x", {})
    with pytest.raises(UserError), db.write(Label("view")) as s:
        views.rename(s, view, name)


@pytest.fixture
def stay(db, project_id) -> str:
    with db.write(Label("stay")) as s:
        person = participants.add(s, last_name="Noël", first_name="Zoé")
        return mobilities.add(s, project_id, person, sending_organisation="Lycée de l'Éclipse")


def test_papers_of_a_stay_with_their_day(db, project_id, stay):
    with db.write(Label("paper")) as s:
        papers.set_state(s, [stay], "CONTRAT", "signed", TODAY)
        papers.set_state(s, [stay], "LA", "sent", TODAY)
        papers.set_state(s, [stay], "CEAM", "not_applicable", TODAY, "carte provisoire")
    with db.read() as s:
        found = {paper.kind: paper for paper in lists.papers(s, stay)}
        assert (found["CONTRAT"].state, found["CONTRAT"].day, found["CONTRAT"].done) == ("signed", TODAY, True)
        assert not found["LA"].done
        assert (found["CEAM"].day, found["CEAM"].reason) == (None, "carte provisoire")
        assert lists.papers_done(s, project_id) == {stay: frozenset({"CONTRAT", "CEAM"})}


def test_schools_of_a_project_and_her_own_columns(db, project_id, stay):
    with db.write(Label("own")) as s:
        mobilities.set_own(s, stay, "Prix billet", "120")
    with db.read() as s:
        assert [name for _id, name in lists.senders(s, project_id)] == ["Lycée de l'Éclipse"]
        assert lists.senders(s, None) == lists.senders(s, project_id)
        assert lists.own_titles(s) == ["Prix billet"]
