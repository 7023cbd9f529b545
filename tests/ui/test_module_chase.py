"""Relancer, with real clicks: schools with counts, messages to copy or to write, her words, the day of the reminder."""

import datetime as dt
import email
from email import policy

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from mobility_app.actions import organisations, participants
from mobility_app.jobs import beneficiary_memory as memory
from mobility_app.store import chased, queries
from mobility_app.store.journal import Label
from mobility_app.ui.desk import Desk
from mobility_app.ui.page_module import ModulePage
from tests.ui.dossiers import desk, filled_file, opened, spaced, undo  # noqa: F401  (fixtures)
from tests.ui.screen import rich_labels, settle, unnamed

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def stays(desk):  # noqa: F811
    """Maëlys is back; the others are not, but the invitation of Linh did not arrive."""
    with desk.db.read() as s:
        rows = {row.first_name: row for row in queries.mobilities(s, today=desk.today)}
    with desk.db.write(Label("people")) as s:
        organisations.change(s, rows["Maëlys"].sending_id, email="ddfpt@barret.exemple.test")
        young = {"email": "linh@exemple.test", "birth_date": dt.date(2010, 1, 1)}
        participants.change(s, rows["Linh"].participant_id, **young)
        participants.change(s, rows["Maëlys"].participant_id, birth_date=None, email="maelys@exemple.test")
    told = {rows["Linh"].id: "Undelivered email"}
    memory.keep_known(desk.db, desk.project, organisations={}, reports=told, today=desk.today)
    return rows


@pytest.fixture
def room(desk: Desk, stays, qtbot):  # noqa: F811
    page = opened(qtbot, ModulePage(desk))
    qtbot.mouseClick(page.gestures["chase"], LEFT)
    settle()
    settle()
    settle()
    return page.chase


def names(model, key="name"):
    return [spaced(model.index(row, model.column(key)).data()) for row in range(model.rowCount())]


def press(room, code, qtbot):
    title = {"school": "À l’établissement", "people": "Aux participants"}[code]
    (found,) = (made for made in room.audience.findChildren(QPushButton) if spaced(made.text()) == title)
    qtbot.mouseClick(found, LEFT)
    settle()


def choose_school(room, name):
    row = next(row for row in room.lists._schools.values() if row.name == name)
    room.lists.schools.select_ids([row.id])
    settle()
    settle()


def clipboard():
    return spaced(QGuiApplication.clipboard().text())


def test_schools_with_undelivered_invitations_come_first(room, qtbot):
    assert names(room.lists.school_rows) == ["CFA Numérique", "LP Jeanne-Barret"]
    assert names(room.lists.school_rows, "undelivered") == ["1", ""]
    assert names(room.lists.people_rows) == ["N’Guyen Linh"]
    choose_school(room, "LP Jeanne-Barret")
    assert names(room.lists.people_rows) == ["Martin Maëlys"]
    assert names(room.lists.people_rows, "way") == ["par l’établissement : âge inconnu"]
    qtbot.mouseClick(room.counters.buttons["undelivered"], LEFT)
    settle()
    assert names(room.lists.school_rows) == ["CFA Numérique"]
    assert unnamed(room) == []
    assert list(rich_labels(room)) == []


def test_recipients_subject_and_text_are_copied_for_web_mail(room, qtbot):
    choose_school(room, "LP Jeanne-Barret")
    card = room.message
    qtbot.mouseClick(card.copy_to, LEFT)
    assert clipboard() == "ddfpt@barret.exemple.test"
    qtbot.mouseClick(card.copy_subject, LEFT)
    assert clipboard() == "Erasmus+ 2026 · KA121-VET : rapports de participant manquants (1)"
    qtbot.mouseClick(card.copy_text, LEFT)
    assert "\n– Martin Maëlys, retour le 07/02/2027\n" in clipboard()
    assert card.link.isEnabled()


def test_a_minor_is_never_written_to(room, qtbot):
    """Linh is 17, and her school has no address yet."""
    assert "Aucune adresse connue" in room.message.note.text()
    press(room, "people", qtbot)
    assert not room.message.copy_to.isEnabled()
    assert "N’Guyen Linh (mineur)" in spaced(room.message.note.text())


def test_a_draft_opens_in_her_mail_program(room, tmp_path, qtbot, monkeypatch):
    choose_school(room, "LP Jeanne-Barret")
    path = tmp_path / "relance.eml"
    monkeypatch.setattr("mobility_app.ui.places.ask_save", lambda *_args: path)  # the dialog is the system's
    told = []
    room.said.connect(told.append)
    qtbot.mouseClick(room.message.draft, LEFT)
    settle()
    draft = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert (draft["To"], draft["X-Unsent"]) == ("ddfpt@barret.exemple.test", "1")
    assert "1 brouillon écrit" in spaced(told[-1].text.text())
    room.write_drafts(tmp_path / "tous")
    settle()
    assert len(list((tmp_path / "tous").glob("*.eml"))) == 2


def test_her_words_are_kept_and_taken_back(room, desk, qtbot):  # noqa: F811
    choose_school(room, "LP Jeanne-Barret")
    card = room.message
    qtbot.mouseClick(card.reword, LEFT)
    assert "{établissement}" in card.text_edit.toPlainText()
    card.subject_edit.setText("Rapports de {établissement}")
    card.text_edit.setPlainText("Chers {collègues},\n{liste}")
    assert spaced(card.trouble.text()) == "Non remplacé, envoyé tel quel : {collègues}"
    qtbot.mouseClick(card.keep, LEFT)
    settle()
    settle()
    assert card.subject.whole() == "Rapports de LP Jeanne-Barret"
    assert card.text.toPlainText().startswith("Chers {collègues},\n– Martin")
    press(room, "people", qtbot)
    assert "votre rapport" in card.subject.whole()
    undo(desk)
    settle()
    press(room, "school", qtbot)
    assert card.subject.whole().startswith("Erasmus+")


def test_words_half_changed_never_become_those_of_the_other_message(room, qtbot):
    qtbot.mouseClick(room.message.reword, LEFT)
    press(room, "people", qtbot)
    assert not room.message.keep.isVisible()


def test_the_reminder_is_noted_as_one_step(room, desk, stays, qtbot):  # noqa: F811
    room.lists.schools.selectAll()
    settle()
    settle()
    assert room.lists.people_rows.rowCount() == 2
    room.day.setText("14/3/27")
    qtbot.mouseClick(room.note, LEFT)
    settle()
    settle()
    with desk.db.read() as s:
        assert {str(day) for day in chased.last(s, desk.project.id).values()} == {"2027-03-14"}
    assert names(room.lists.school_rows, "chased") == ["14/03/2027"] * 2
    undo(desk)
    settle()
    assert names(room.lists.school_rows, "chased") == ["", ""]


def test_the_message_is_about_the_people_that_she_chose(room, desk, stays):  # noqa: F811
    told = {stays["Zoé"].id: "Undelivered email"}
    memory.keep_known(desk.db, desk.project, organisations={}, reports=told, today=desk.today)
    settle()
    choose_school(room, "LP Jeanne-Barret")
    assert names(room.lists.people_rows) == ["Dubois Zoé", "Martin Maëlys"]
    assert "Martin Maëlys" in spaced(room.message.text.toPlainText())
    room.lists.people.select_ids([stays["Zoé"].id])
    settle()
    text = spaced(room.message.text.toPlainText())
    assert "Dubois Zoé" in text
    assert "Martin Maëlys" not in text
    assert spaced(room.chosen.text()) == "Relance de 1 personne"
