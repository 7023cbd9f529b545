import io

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from mobility_app.store import backup, queries
from mobility_app.ui import theme
from mobility_app.ui.page_settings import SettingsPage
from mobility_app.ui.remembered import recall
from tests.ui.dossiers import bare_desk, desk, filled_file, opened, spaced, undo  # noqa: F401  (fixtures)
from tests.ui.screen import rich_labels, settle, type_text, unnamed


@pytest.fixture
def page(desk, qtbot):  # noqa: F811
    return opened(qtbot, SettingsPage(desk))


def project(desk):  # noqa: F811
    with desk.db.read() as s:
        return queries.project(s, desk.project_id)


def type_in(editor, text: str, qtbot) -> None:
    editor.control.setFocus()
    editor.control.selectAll()
    type_text(editor.control, text)
    qtbot.keyClick(editor.control, Qt.Key.Key_Return)
    settle()


def test_the_facts_of_the_project_are_changed_in_place_and_undone(page, desk, qtbot):  # noqa: F811
    form = page.project.form
    assert form.editors["call_year"].control.text() == "2026"
    type_in(form.editors["title"], "Campus d’Orléans", qtbot)
    type_in(form.editors["end"], "31/12/2027", qtbot)
    assert (project(desk).title, str(project(desk).end)) == ("Campus d’Orléans", "2027-12-31")
    undo(desk)
    assert form.editors["end"].control.text() == "31/08/2027"
    assert unnamed(page) == []
    assert not list(rich_labels(page))


def test_what_no_project_can_be_is_refused_at_its_field(page, desk, qtbot):  # noqa: F811
    form = page.project.form
    type_in(form.editors["call_year"], "1999", qtbot)
    assert form.editors["call_year"].trouble.text()
    type_in(form.editors["end"], "01/01/2020", qtbot)
    assert form.editors["end"].trouble.text()
    assert project(desk).call_year == 2026


def test_the_convention_on_travel_days_is_confirmed(page, desk, qtbot):  # noqa: F811
    assert page.terms.unconfirmed.isVisible()
    qtbot.keyClick(page.terms.form.editors["travel_days_confirmed"].control, Qt.Key.Key_Space)
    settle()
    assert project(desk).travel_days_confirmed
    assert not page.terms.unconfirmed.isVisible()


def test_the_coordinator_is_chosen_or_added(page, desk):  # noqa: F811
    choice = page.coordinator.choice
    place = choice.findText("CFA Numérique")
    choice.setCurrentIndex(place)
    choice.activated.emit(place)
    settle()
    assert project(desk).coordinator == "CFA Numérique"
    page.coordinator.add_new("Campus de la Loire")
    settle()
    assert choice.currentText() == "Campus de la Loire"


def test_a_logo_is_drawn_anew_and_undone(page, desk, tmp_path):  # noqa: F811
    picture = Image.new("RGB", (400, 120), "navy")
    exif = picture.getexif()
    exif[0x010E] = "GPS secret"
    picture.save(tmp_path / "logo.jpg", exif=exif)
    page.logo.set_logo(tmp_path / "logo.jpg")
    settle()
    kept = project(desk).logo
    assert kept is not None
    assert b"GPS secret" not in kept
    assert Image.open(io.BytesIO(kept)).format == "PNG"
    assert not page.logo.picture.pixmap().isNull()
    undo(desk)
    assert project(desk).logo is None
    assert page.logo.picture.text() == "aucun"


def test_what_is_no_picture_is_refused_in_words(page, desk, tmp_path):  # noqa: F811
    (tmp_path / "faux.png").write_bytes(b"<svg onload=alert(1)>")
    page.logo.set_logo(tmp_path / "faux.png")
    settle()
    assert "faux.png" in page.logo.trouble.text()
    (tmp_path / "trop.png").write_bytes(b"\x89PNG" + bytes(10_000_001))
    page.logo.set_logo(tmp_path / "trop.png")
    settle()
    assert "trop.png" in page.logo.trouble.text()
    assert project(desk).logo is None


def test_a_copy_is_made_now_and_told(page, desk):  # noqa: F811
    assert "Aucune" in page.file.last.text()
    page.file.back_up_button.click()
    settle(20000)
    assert backup.last(desk.db.path) is not None
    assert spaced(page.file.last.text()).startswith("Vérifiée le ")
    assert page.file.where.text() == str(desk.db.path)


def test_the_theme_changes_at_once_and_is_remembered(page, qapp):
    page.looks.theme._chips["dark"].click()
    assert theme.tokens().name == "dark"
    assert recall("theme") == "dark"
    page.looks.theme._chips["light"].click()
    assert theme.tokens().name == "light"


def test_another_language_is_asked_of_the_window(page, desk):  # noqa: F811
    told = []
    desk.language_chosen.connect(told.append)
    page.looks.language._chips["en"].click()
    assert told == ["en"]
    assert recall("language") == "en"


def test_papers_of_before_are_followed_elsewhere(page, desk, qtbot):  # noqa: F811
    from mobility_app.jobs.todo import cut_off

    type_in(page.since, "01/02/2027", qtbot)
    with desk.db.read() as s:
        assert str(cut_off(s)) == "2027-02-01"


def test_a_new_project_takes_its_call_from_its_reference(bare_desk, qtbot):  # noqa: F811
    page = opened(qtbot, SettingsPage(bare_desk))
    assert not page.project.isVisible()
    card = page.new_project
    card.reference.setFocus()
    type_text(card.reference, "2025-1-FR01-KA122-VET-000198765")
    assert card.call.text() == "2025"
    qtbot.mouseClick(card.make, Qt.MouseButton.LeftButton)
    settle()
    assert bare_desk.project.reference == "2025-1-FR01-KA122-VET-000198765"
    assert bare_desk.project.action == "KA122-VET"
    assert page.project.isVisible()
    type_text(card.reference, "2025-1-FR01-KA122-VET-000198765")
    qtbot.mouseClick(card.make, Qt.MouseButton.LeftButton)
    settle()
    assert "existe déjà" in card.trouble.text()


def test_the_window_speaks_another_language_with_the_same_file_open(filled_file, tmp_path, qtbot, qapp):  # noqa: F811
    import shutil

    from mobility_app.store.database import open_database
    from mobility_app.ui import opening, start
    from mobility_app.ui.main_window import MainWindow

    first = start.StartPage()
    qtbot.addWidget(first)
    db = open_database(shutil.copy(filled_file, tmp_path / "dossier.mobility"))
    opening.show(first, db)
    settle()
    window = first._window
    page = window.go("settings")
    settle()
    settle()
    page.looks.language._chips["en"].click()
    settle()
    second = first._window
    assert isinstance(second, MainWindow)
    assert second is not window
    assert second.go("settings").title() == "Settings"
    assert first.choices[0].accessibleName() == "Open my Excel table"
    assert second.desk.db is db
    second.closed.disconnect()
    second.close()
    settle(20000)
    QApplication.processEvents()
    second.deleteLater()
    start.speak(qapp, "fr")
