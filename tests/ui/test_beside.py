"""What stands beside the pages: Ctrl+K, F1, the bin, the last word, and a fault told in words."""

import datetime as dt
import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from mobility_app import logs
from mobility_app.actions import mobilities, participants
from mobility_app.store import bin as bin_
from mobility_app.store import queries
from mobility_app.store.database import open_database
from mobility_app.store.journal import Label
from mobility_app.ui import farewell, faults
from mobility_app.ui import help as help_
from mobility_app.ui.main_window import PAGES, MainWindow
from mobility_app.ui.palette import Palette
from mobility_app.ui.shell import FRAME, LEAST, first_geometry
from mobility_app.ui.start import StartPage
from tests.ui.dossiers import TODAY, filled_file, spaced  # noqa: F401
from tests.ui.screen import rich_labels, settle, type_text, unnamed, wait


@pytest.fixture
def window(filled_file, tmp_path, qtbot):  # noqa: F811
    window = MainWindow(open_database(shutil.copy(filled_file, tmp_path / "d.mobility")), today=TODAY)
    window.resize(1366, 690)
    window.show()
    window.activateWindow()
    window.page_keys()
    settle()
    yield window
    if not window._closing:
        window.close()
        settle()
    window.deleteLater()


def keys(qtbot, window, *strokes):
    for key, modifier in strokes:
        qtbot.keyClick(window, key, modifier)


def palette(window) -> Palette:
    made = window.open_palette()
    QApplication.processEvents()
    return made


def lines(made: Palette) -> list[str]:
    return [made.found.item(place).text().split("   ")[0] for place in range(made.found.count())]


# The first size


@pytest.mark.parametrize("screen", [QRect(0, 0, 1366, 728), QRect(0, 0, 1093, 582), QRect(60, 40, 2500, 1400)])
def test_the_window_and_its_frame_fit_the_screen(screen):
    place = first_geometry(screen)
    assert screen.contains(place.adjusted(-2, -FRAME.height() + 4, 2, 2))


def test_a_small_screen_is_enough(window):
    assert LEAST.width() <= 1180
    assert LEAST.height() <= 640
    for key in window.page_keys():
        window.go(key)
        settle()
        hint = window.centralWidget().minimumSizeHint()
        assert hint.boundedTo(LEAST) == hint, key


def test_a_page_that_needs_more_scrolls(window, qtbot):
    window.resize(LEAST)
    window.go("reports")
    settle()
    room = window._stack.currentWidget()
    assert room.page.height() >= room.page.minimumSizeHint().height()
    assert window._file.mapTo(window, window._file.rect().bottomLeft()).y() < window.height()


# Ctrl+K


def test_ctrl_k_goes_to_a_page_by_two_letters_and_enter(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    made = window.findChild(Palette)
    assert made.isVisible()
    assert unnamed(made) == []
    assert list(rich_labels(made)) == []
    type_text(made.field, "etablissements")  # accents do not matter
    assert lines(made) == ["Établissements"]
    qtbot.keyClick(made.field, Qt.Key.Key_Return)
    settle()
    assert window.current() == "senders"


def test_arrows_choose_without_leaving_the_field(window, qtbot):
    made = palette(window)
    assert lines(made)[:2] == ["À faire", "Mobilités"]
    qtbot.keyClick(made.field, Qt.Key.Key_Down)
    assert made.field.hasFocus() or not made.isActiveWindow()
    qtbot.keyClick(made.field, Qt.Key.Key_Return)
    settle()
    assert window.current() == "mobilities"


def test_a_person_is_found_as_she_types(window, qtbot):
    made = palette(window)
    type_text(made.field, "oeuvrard")
    qtbot.waitUntil(lambda: made.found.count() > 0)
    settle()
    assert lines(made) == ["Œuvrard Noé"]
    qtbot.keyClick(made.field, Qt.Key.Key_Return)
    settle()
    page = window.page("mobilities")
    assert window.current() == "mobilities"
    assert [page.model.row(place).full_name for place in range(page.model.rowCount())] == ["Œuvrard Noé"]
    assert page.table.selected_ids() == page.model.ids()


def test_views_and_actions_are_there(window, qtbot):
    made = palette(window)
    assert "À l’étranger" in [title.replace("'", "’") for title in lines(made)]
    type_text(made.field, "annuler")
    qtbot.keyClick(made.field, Qt.Key.Key_Return)
    settle()
    with window.desk.db.read() as s:
        assert queries.projects(s) == []  # the whole dossier was one step


def test_escape_closes_it_and_nothing_happens(window, qtbot):
    made = palette(window)
    before = window.current()
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert not window.findChildren(Palette) or not made.isVisible()
    assert window.current() == before


# F1


def test_every_page_has_its_help():
    assert {make.key for make in PAGES} <= set(help_.TEXTS)


def test_f1_explains_the_page_in_front(window, qtbot):
    for key in window.page_keys():
        window.go(key)
        settle()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.keyClick(window, Qt.Key.Key_F1)
        shown = [made for made in window.findChildren(help_.HelpDialog) if made.isVisible()]
        assert [spaced(made.windowTitle()) for made in shown] == [f"Aide : {window.page(key).title()}"]
        assert unnamed(shown[0]) == []
        assert list(rich_labels(shown[0])) == []
    shown[0].close_button.click()
    assert not shown[0].isVisible()


# The bin


def test_what_was_thrown_away_comes_back_from_the_bin(window, qtbot):
    db = window.desk.db
    with db.read() as s:
        stay = queries.mobilities(s, today=TODAY)[0]
        person = next(row for row in queries.participants(s) if row.id != stay.participant_id)
    with db.write(Label("x")) as s:
        mobilities.remove(s, [stay.id])
        participants.remove(s, person.id)
    made = window.open_bin()
    settle()
    assert made.model.rowCount() == 2
    assert unnamed(made) == []
    assert not made.restore_button.isEnabled()
    made.table.select_ids(made.model.ids())
    settle()
    assert made.restore_button.accessibleName() == "Rétablir les 2"
    made.restore_button.click()
    settle()
    assert made.model.rowCount() == 0
    with db.read() as s:
        assert bin_.bin_rows(s) == []
        assert len(queries.mobilities(s, today=TODAY)) == 4
    assert "2 fiches sorties de la corbeille" in window.undo.accessibleName()
    db.undo()
    settle()
    assert made.model.rowCount() == 2
    made.table.select_ids([stay.id])
    made.restore()
    settle()
    assert made.model.ids() == [person.id]
    made.close_button.click()


# The last word


def test_the_last_word_names_the_hour():
    at = dt.datetime(2027, 3, 15, 10, 12, tzinfo=dt.UTC)
    assert spaced(farewell.last_word(Path("x"), at)) == "Enregistré et sauvegardé, copie vérifiée à 10 h 12"
    assert farewell.last_word(None) == "Enregistré."


def test_it_is_seen_for_a_moment_and_then_the_program_goes(qtbot, monkeypatch):
    assert farewell.SEEN_MS <= 1500
    monkeypatch.setattr(farewell, "SEEN_MS", 30)
    gone = []
    monkeypatch.setattr(QApplication, "quit", lambda: gone.append(True))
    start = StartPage()
    qtbot.addWidget(start)
    start.come_back(Path("copy"), another=False)
    assert start.farewell.isVisible()
    assert "copie vérifiée" in start.farewell.text.text()
    assert gone == []
    qtbot.waitUntil(lambda: bool(gone))
    assert not start.farewell.isVisible()


# A fault


def test_a_fault_in_a_slot_is_told_in_words_and_kept_in_the_log(qtbot, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(logs, "user_state", lambda: tmp_path)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # put back afterwards
    faults.catch()
    told = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QMessageBox)
        told.append(dialog.text())
        press.click()  # the same again while it stands: kept, not told twice
        dialog.buttons()[0].click()

    def fail() -> None:
        secret = "Léa Martin"
        raise ZeroDivisionError(secret)

    press = QPushButton("x")
    qtbot.addWidget(press)
    press.clicked.connect(fail)
    from PySide6.QtCore import QTimer

    QTimer.singleShot(50, answer)
    press.click()
    wait(200)
    assert len(told) == 1
    assert "Vos données sont en sécurité" in told[0]
    assert str(tmp_path / logs.NAME) in told[0]
    assert "Traceback" not in told[0]
    assert "ZeroDivisionError" not in told[0]
    log = (tmp_path / logs.NAME).read_text("utf-8")
    assert log.count("ERROR ZeroDivisionError") == 2
    assert "Léa" not in log
    assert capsys.readouterr().err == ""
