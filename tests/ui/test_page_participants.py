import datetime as dt

import pytest
from PySide6.QtCore import Qt

from mobility_app.actions import mobilities, participants
from mobility_app.store import queries
from mobility_app.store.journal import Label
from mobility_app.ui.page_participants import ParticipantsPage
from tests.ui.dossiers import desk, filled_file, opened, spaced, undo  # noqa: F401  (fixtures)
from tests.ui.screen import rich_labels, settle, unnamed


@pytest.fixture
def page(desk, qtbot):  # noqa: F811
    return opened(qtbot, ParticipantsPage(desk))


def names(page) -> list[str]:
    return [page.model.index(row, 0).data() for row in range(page.model.rowCount())]


def choose(page, *chosen: str) -> None:
    page.table.select_ids([page.model.id_at(names(page).index(name)) for name in chosen])
    settle()


def twin(desk, **values) -> str:  # noqa: F811
    """The same person typed again, with a stay."""
    with desk.db.write(Label("doublon")) as s:
        made = participants.add(s, last_name="MARTIN", first_name="Maelys", **values)
        mobilities.add(s, desk.project_id, made, country="FR")
    settle()
    return made


def test_everybody_is_there_in_the_order_of_names_and_can_be_found(page):
    told = []
    page.count_changed.connect(told.append)
    page.refresh()
    settle()
    assert names(page) == ["Dubois Zoé", "Martin Maëlys", "N’Guyen Linh", "Œuvrard Noé"]
    assert told == [4]
    page.search("noe")
    settle()
    assert names(page) == ["Œuvrard Noé"]


def test_a_press_on_a_header_orders_by_what_is_counted(page, desk):  # noqa: F811
    twin(desk, birth_date=dt.date(1990, 1, 1))
    with desk.db.write(Label("autre séjour")) as s:
        person = next(row for row in queries.participants(s) if row.last_name == "Dubois")
        mobilities.add(s, desk.project_id, person.id, country="FR")
    settle()
    page.table._sort_by(page.model.column("mobilities"))
    settle()
    page.table._sort_by(page.model.column("mobilities"))
    settle()
    assert names(page)[0] == "Dubois Zoé"


def test_a_field_is_saved_as_she_leaves_it_and_undone(page, desk, qtbot):  # noqa: F811
    choose(page, "Dubois Zoé")
    control = page.pane.form.editors["email"].control
    control.setFocus()
    control.setText("zoe@lycee.example")
    qtbot.keyClick(control, Qt.Key.Key_Return)
    settle()
    with desk.db.read() as s:
        assert [row.email for row in queries.participants(s) if row.last_name == "Dubois"] == ["zoe@lycee.example"]
    undo(desk)
    assert page.pane.form.editors["email"].value() is None
    assert unnamed(page) == []
    assert not list(rich_labels(page))


def test_what_cannot_be_saved_is_said_at_its_field(page, desk, qtbot):  # noqa: F811
    choose(page, "Dubois Zoé")
    editor = page.pane.form.editors["last_name"]
    editor.control.setText("")
    qtbot.keyClick(editor.control, Qt.Key.Key_Return)
    settle()
    assert editor.trouble.text()
    with desk.db.read() as s:
        assert "Dubois" in {row.last_name for row in queries.participants(s)}


def test_the_stays_of_a_person_open_the_list_of_mobilities(page, desk):  # noqa: F811
    asked = []
    desk.asked.connect(lambda key, wanted: asked.append((key, len(wanted.ids))))
    choose(page, "Œuvrard Noé")
    line = page.pane.stays._lines.itemAt(0).layout().itemAt(0).layout().itemAt(0).widget()
    assert "Pologne" in line.text()
    line.click()
    assert asked == [("mobilities", 1)]


def test_the_same_person_twice_becomes_one_and_two_again(page, desk):  # noqa: F811
    twin(desk)
    assert spaced(page.twins_chip.text()) == "Doublons possibles : 2"
    page.twins_chip.click()
    settle()
    assert sorted(names(page)) == ["MARTIN Maelys", "Martin Maëlys"]
    choose(page, "Martin Maëlys")
    assert page.pane.twins.isVisible()
    page.pane.twins.findChildren(type(page.merging.merge_button))[0].click()
    settle()
    assert page.merging.merge_button.text() == "Fusionner les 2"
    page.merging.choices[page.model.id_at(names(page).index("Martin Maëlys"))].setChecked(True)
    page.merging.merge_button.click()
    settle()
    assert names(page).count("Martin Maëlys") == 1
    assert len(names(page)) == 4
    assert not page.twins_chip.isVisible()
    with desk.db.read() as s:
        assert max(row.mobilities for row in queries.participants(s)) == 2
    undo(desk)
    assert len(names(page)) == 5


def test_namesakes_that_are_two_people_are_remembered(page, desk):  # noqa: F811
    twin(desk)
    choose(page, "Martin Maëlys", "MARTIN Maelys")
    page.merging.distinct_button.click()
    settle()
    assert not page.twins_chip.isVisible()
    assert len(names(page)) == 5


def test_two_dates_of_birth_are_two_people(page, desk):  # noqa: F811
    twin(desk, birth_date=dt.date(2001, 1, 1))
    assert not page.twins_chip.isVisible()


def test_a_person_goes_to_the_bin_with_the_stays(page, desk):  # noqa: F811
    choose(page, "Dubois Zoé")
    page.pane.remove()
    settle()
    assert "Dubois Zoé" not in names(page)
    undo(desk)
    assert "Dubois Zoé" in names(page)
