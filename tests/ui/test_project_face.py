"""The project itself in the window: its state, its lists, its application, and stays that change projects."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from mobility_app.actions import instalments, members, projects
from mobility_app.jobs import calls
from mobility_app.store import accounts, project_rows, queries
from mobility_app.store.database import open_database
from mobility_app.store.journal import Label
from mobility_app.ui.main_window import MainWindow
from mobility_app.ui.move_dialog import MoveDialog
from mobility_app.ui.page_budget import BudgetPage
from mobility_app.ui.project_face import ProjectFace
from mobility_app.ui.project_words import chooser_labels
from tests.ui.dossiers import REFERENCE, TODAY, desk, filled_file, opened, spaced, undo  # noqa: F401  (fixtures)
from tests.ui.screen import rich_labels, settle, type_text, unnamed

NEXT = "2027-1-FR01-KA121-VET-000298765"


@pytest.fixture
def face(desk, qtbot):  # noqa: F811
    """The face alone, asked again as its page asks it: the other faces are slow to make."""
    face = ProjectFace(desk)
    qtbot.addWidget(face)
    face.resize(1106, 672)
    face.show()
    desk.changed.connect(lambda changes: face.refresh() if changes.touched(*face.tables) else None)
    desk.project_changed.connect(face.refresh)
    qtbot.waitUntil(lambda: not face._to_make)
    settle()
    return face


@pytest.fixture
def applying(face, desk):  # noqa: F811
    """The same page on a new call from the example, applied for."""
    made = calls.new_call(desk.db, desk.project, NEXT)
    settle()
    with desk.db.read() as s:
        desk.choose(queries.project(s, made))
    settle()
    return face


def now(desk):  # noqa: F811
    with desk.db.read() as s:
        return queries.project(s, desk.project_id)


def rows(desk, what):  # noqa: F811
    with desk.db.read() as s:
        return what(s, desk.project_id)


def enter(card, **written: str) -> None:
    """Opens the line of a card, fills it in and presses its button."""
    card.open_entry()
    for key, text in written.items():
        control = card.entry.editors[key].control
        if isinstance(control, QComboBox):
            control.setCurrentIndex(control.findText(text))
        else:
            control.setText(text)
    card.entry.accept.click()
    settle()


def type_in(table, row: int, column: int, text: str, qtbot) -> None:
    index = table.figures.index(row, column)
    table.setCurrentIndex(index)
    table.edit(index)
    editor = table.findChild(QLineEdit)
    editor.clear()
    type_text(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle()


def cell(table, row: int, column: int) -> str:
    return spaced(table.figures.index(row, column).data())


def test_it_is_the_last_face_of_the_budget_page(desk, qtbot):  # noqa: F811
    page = opened(qtbot, BudgetPage(desk))
    page.show_face("project")
    face = page.face("project")
    qtbot.waitUntil(lambda: not face._to_make)
    settle()
    assert page.faces.chosen() == "project"
    calls.set_state(desk.db, desk.project, "application")
    settle()
    assert face.head.state.text() == "Demande"
    assert unnamed(face) == []


# ---- its state -------------------------------------------------------------------------------------------------------


def test_the_facts_are_edited_in_place_and_every_control_has_a_name(face, desk):  # noqa: F811
    editor = face.facts.form.editors["budget_code"]
    editor.control.setText("ACTI-0ERAS")
    editor._commit()
    settle()
    assert now(desk).budget_code == "ACTI-0ERAS"
    undo(desk)
    assert now(desk).budget_code is None
    assert face.head.state.text() == "Accordé, en cours"
    assert unnamed(face) == []
    assert list(rich_labels(face)) == []


def test_each_convention_says_how_sure_it_is(face):
    assert "À confirmer" in face.terms.unconfirmed.text()
    for key in ("advance_percent", "advance_days", "balance_days"):
        holder = face.terms.form.editors[key].parentWidget()
        said = [child.text() for child in holder.children() if hasattr(child, "wordWrap") and child.wordWrap()]
        assert any("À confirmer" in text for text in said), key


def test_closing_shows_what_is_open_then_freezes_and_is_undone(face, desk):  # noqa: F811
    asked = []
    desk.asked.connect(lambda page, wanted: asked.append((page, wanted)))
    face.head.close_button.click()
    settle()
    assert face.closing.isVisible()
    assert now(desk).state == "agreement"  # nothing is written yet
    stays = [point for point in face.closing.points if point.ids]
    assert stays
    face.closing._open("x", stays[0].ids)
    assert (asked[0][0], asked[0][1].ids) == ("mobilities", stays[0].ids)
    face.closing.close_button.click()
    settle()
    assert (now(desk).state, face.head.state.text()) == ("closed", "Clos")
    assert not face.closing.isVisible()
    enter(face.instalments, cents="100")
    assert "clôturé" in face.instalments.entry.trouble.text()
    assert rows(desk, project_rows.instalments) == []
    face.head.reopen.click()
    settle()
    assert now(desk).state == "agreement"
    undo(desk)
    undo(desk)
    assert (now(desk).state, face.head.close_button.isVisible()) == ("agreement", True)


def test_a_new_call_takes_over_and_is_chosen(face, desk):  # noqa: F811
    face.head.new_call.click()
    type_text(face.new_call.reference, NEXT)
    assert face.new_call.call.text() == "2027"
    face.new_call.make.click()
    settle()
    settle()
    assert (desk.project.reference, desk.project.state, desk.project.title) == (NEXT, "application", "Consortium CMQ")
    assert face.head.granted.isVisible()
    assert face.needs.isVisible()
    assert not face.new_call.isVisible()


def test_a_reference_in_use_is_said_under_it(face, desk):  # noqa: F811
    face.head.new_call.click()
    type_text(face.new_call.reference, REFERENCE)
    face.new_call.make.click()
    settle()
    assert REFERENCE in face.new_call.trouble.text()
    assert desk.project.reference == REFERENCE


def test_the_window_follows_a_project_that_a_page_made(filled_file, tmp_path, qtbot):  # noqa: F811
    window = MainWindow(open_database(shutil.copy(filled_file, tmp_path / "d.mobility")), today=TODAY)
    window.show()
    settle()
    card = window.go("settings").new_project
    settle()
    type_text(card.reference, NEXT)
    card.make.click()
    settle()
    settle()
    assert window.desk.project.reference == NEXT
    assert window.project.currentData() == window.desk.project_id
    assert window.project.count() == 3  # the two, and both together
    undo(window.desk)
    assert window.desk.project.reference == REFERENCE
    assert window.project.currentData() == window.desk.project_id
    window.desk.db.close()
    window.leave()
    settle()


def test_projects_of_one_call_are_told_apart(face, desk):  # noqa: F811
    calls.new_call(desk.db, desk.project, "2026-1-FR01-KA121-VET-000777777")
    calls.new_call(desk.db, desk.project, NEXT)
    with desk.db.read() as s:
        names = [name for _id, name in chooser_labels(queries.projects(s))]
    assert names == ["2027 · KA121-VET", "2026 · KA121-VET · …212345", "2026 · KA121-VET · …777777"]


# ---- its lists -------------------------------------------------------------------------------------------------------


def test_instalments_are_added_changed_and_taken_away(face, desk, qtbot):  # noqa: F811
    card = face.instalments
    assert card.nothing.isVisible()
    enter(card, cents="120 000", due="01/07/2026", received="10/07/2026", note="Premier versement")
    enter(card, cents="30000", due="01/02/2027")
    assert [row.cents for row in rows(desk, project_rows.instalments)] == [12_000_000, 3_000_000]
    assert [cell(card.table, row, 3) for row in (0, 1)] == ["reçu", "en retard"]
    said = spaced(card.sums.text())
    assert "Reçu : 120 000 €" in said
    assert "attendu : 30 000 €" in said
    assert "non saisi" in said  # what was awarded is not known: it is no zero
    type_in(card.table, 1, 2, "12/03/2027", qtbot)
    assert rows(desk, project_rows.instalments)[1].received == dt.date(2027, 3, 12)
    type_in(card.table, 1, 0, "0", qtbot)
    assert card.trouble.text()
    assert cell(card.table, 1, 0) == "30 000 €"
    card.remove_button.click()
    settle()
    assert len(rows(desk, project_rows.instalments)) == 1
    undo(desk)
    assert len(rows(desk, project_rows.instalments)) == 2


def test_instalments_are_compared_with_the_award(face, desk):  # noqa: F811
    with desk.db.write(Label("x")) as s:
        projects.award(s, desk.project_id, "travel_support", "VET_SHORT_TERM", 10_000_000)
        instalments.add(s, desk.project_id, 8_000_000, dt.date(2026, 7, 1))
        instalments.add(s, desk.project_id, 500_000, dt.date(2027, 7, 1))  # not in hand before its day
    settle()
    said = spaced(face.instalments.sums.text())
    assert "Reçu : 80 000 € · attendu : 5 000 € · accordé : 100 000 € · pas encore annoncé : 15 000 €" in said


def test_what_lacks_is_said_before_anything_is_written(face, desk):  # noqa: F811
    enter(face.instalments, note="rien")
    assert "Montant" in face.instalments.entry.trouble.text()
    enter(face.visits, persons="deux")
    assert face.visits.entry.trouble.text()
    assert rows(desk, project_rows.visits) == []


def test_a_visit_says_what_the_unit_pays(face, desk, qtbot):  # noqa: F811
    card = face.visits
    enter(card, persons="5", activity="Courte durée", host="Atelier Séville", start="03/11/2026")
    (visit,) = rows(desk, project_rows.visits)
    assert (visit.persons, visit.activity, visit.host) == (5, "VET_SHORT_TERM", "Atelier Séville")
    assert cell(card.table, 0, 5) == "2 100 €"  # three persons at most, 700 € each
    type_in(card.table, 0, 0, "2", qtbot)
    assert cell(card.table, 0, 5) == "1 400 €"
    type_in(card.table, 0, 3, "03/11/2028", qtbot)
    assert "hors du projet" in card.sums.text()
    type_in(card.table, 0, 2, "", qtbot)
    assert rows(desk, project_rows.visits)[0].host == ""
    qtbot.keyClick(card.table, Qt.Key.Key_Delete)
    settle()
    assert rows(desk, project_rows.visits) == []


# ---- its application -------------------------------------------------------------------------------------------------


def need(card, **more: str) -> None:
    facts = {"organisation_id": "LP Jeanne-Barret", "activity": "Courte durée", "number": "10", "days": "14"}
    enter(card, **facts | more)


def test_needs_are_typed_estimated_and_allotted(applying, desk, qtbot):  # noqa: F811
    card = applying.needs
    need(card)
    assert cell(card.table, 0, 10) == "inconnu"  # neither country nor distance
    combo = card.table.figures.index(0, 2)
    card.table.edit(combo)
    chooser = card.table.findChild(QComboBox)
    chooser.setCurrentIndex(chooser.findText("Espagne"))
    chooser.activated.emit(chooser.currentIndex())
    settle()
    type_in(card.table, 0, 9, "830", qtbot)
    (asked,) = rows(desk, accounts.needs)
    assert (asked.country, asked.distance_km, asked.number) == ("ES", 830, 10)
    assert cell(card.table, 0, 10).endswith("€")
    assert REFERENCE in card.basis.text()
    assert "inventés" in card.basis.text()
    allotment = applying.allotment
    school = next(row for row in allotment.table.figures.lines() if row.school.requested)
    place = allotment.table.figures.lines().index(school)
    assert spaced(allotment.sums["requested"].text()).endswith("€")
    assert allotment.sums["awarded"].text() == "non saisi"
    type_in(allotment.table, place, 4, "8", qtbot)
    type_in(allotment.table, place, 5, "7 000", qtbot)
    found = next(row for row in rows(desk, accounts.members) if row.organisation_id == school.school.organisation_id)
    assert (found.places, found.cents) == (8, 700_000)
    assert spaced(allotment.sums["allotted"].text()) == "7 000 €"
    assert cell(allotment.table, len(allotment.table.figures.lines()) - 1, 4) == "8"


def test_a_need_that_cannot_be_is_refused_in_place(applying, desk, qtbot):  # noqa: F811
    need(applying.needs, inclusion="11")
    assert applying.needs.entry.trouble.text()
    need(applying.needs, inclusion="")
    type_in(applying.needs.table, 0, 6, "400", qtbot)
    assert applying.needs.trouble.text()
    assert cell(applying.needs.table, 0, 6) == "14"
    assert rows(desk, accounts.needs)[0].days == 14


def test_each_school_gets_its_notification(applying, desk, qtbot, tmp_path):  # noqa: F811
    need(applying.needs)
    with desk.db.write(Label("x")) as s:
        school = accounts.needs(s, desk.project_id)[0].organisation_id
        members.change(s, desk.project_id, school, places=8)
    settle()
    for path in (tmp_path / "places.pdf", tmp_path / "places.xlsx", tmp_path / "each"):
        with qtbot.waitSignal(applying.allotment.written, timeout=20_000):
            applying.allotment.write(path)
    assert (tmp_path / "places.pdf").read_bytes().startswith(b"%PDF")
    assert [path.name for path in (tmp_path / "each").iterdir()] == ["LP Jeanne-Barret.pdf"]


def test_nobody_to_notify_is_said_in_place(applying, qtbot, tmp_path):
    applying.allotment.write(tmp_path / "places.pdf")
    qtbot.waitUntil(lambda: bool(applying.allotment.trouble.text()))
    assert not (tmp_path / "places.pdf").exists()


def test_the_application_goes_below_once_it_is_granted(applying, desk):  # noqa: F811
    need(applying.needs)
    above = applying._whole.indexOf(applying._application) < applying._whole.indexOf(applying._columns)
    applying.head.granted.click()
    settle()
    assert now(desk).state == "agreement"
    below = applying._whole.indexOf(applying._application) > applying._whole.indexOf(applying._columns)
    assert (above, below, applying.needs.isVisible()) == (True, True, True)


# ---- stays that change projects --------------------------------------------------------------------------------------


def dialog_on(desk, qtbot, ids):  # noqa: F811
    made = MoveDialog(None, desk, ids)
    qtbot.addWidget(made)
    made.show()
    settle()
    settle()
    return made


def test_a_move_is_seen_before_it_is_written(face, desk, qtbot):  # noqa: F811
    calls.new_call(desk.db, desk.project, NEXT)
    settle()
    with desk.db.read() as s:
        stays = queries.mobilities(s, project_id=desk.project_id, today=desk.today)
    paid = next(row for row in stays if row.paid)
    chosen = [paid.id, stays[0].id]
    dialog = dialog_on(desk, qtbot, chosen)
    assert cell(dialog.table, 0, 1).endswith("€")
    assert cell(dialog.table, 0, 2) == "inconnu"  # the rates of the new call are not known yet
    assert "déjà payé" in [cell(dialog.table, row, 4) for row in (0, 1)]
    assert NEXT in dialog.summary.text()
    with desk.db.read() as s:
        assert {row.project_id for row in queries.mobilities(s, chosen, today=desk.today)} == {desk.project_id}
    dialog.yes.click()
    settle()
    with desk.db.read() as s:
        assert {row.project_id for row in queries.mobilities(s, chosen, today=desk.today)} != {desk.project_id}
    undo(desk)
    with desk.db.read() as s:
        assert {row.project_id for row in queries.mobilities(s, chosen, today=desk.today)} == {desk.project_id}


def test_without_another_project_there_is_nowhere_to_move(face, desk, qtbot):  # noqa: F811
    dialog = dialog_on(desk, qtbot, ["x"])
    assert dialog.trouble.text()
    assert not dialog.yes.isEnabled()


def test_a_closed_project_lets_nobody_go(face, desk, qtbot):  # noqa: F811
    calls.new_call(desk.db, desk.project, NEXT)
    calls.set_state(desk.db, desk.project, "closed")
    settle()
    with desk.db.read() as s:
        chosen = queries.mobility_ids(s, project_id=desk.project_id, today=desk.today)[:1]
    dialog = dialog_on(desk, qtbot, chosen)
    dialog.yes.click()
    settle()
    assert "clôturé" in dialog.trouble.text()
