import datetime as dt
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton

from mobility_app.actions import projects
from mobility_app.core.wanted import Wanted
from mobility_app.i18n import country_name
from mobility_app.jobs import demo
from mobility_app.store import lists, queries, reports
from mobility_app.store.database import Database, create_database, open_database
from mobility_app.store.journal import Label
from mobility_app.ui import printing, theme
from mobility_app.ui.add_pane import AddPane
from mobility_app.ui.labels import ElidedLabel
from mobility_app.ui.main_window import MainWindow
from mobility_app.ui.start import StartPage
from mobility_app.ui.todo_cards import DoneCard
from mobility_app.ui.todo_departures import MovesCard
from tests.ui.screen import rich_labels, settle, type_text, unnamed, wait

TODAY = demo.TODAY


@pytest.fixture(scope="session")
def example(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("example") / "exemple.mobility"
    with create_database(path) as db:
        demo.fill(db, TODAY)
    return path


@pytest.fixture
def path(example, tmp_path) -> Path:
    return Path(shutil.copy(example, tmp_path / "exemple.mobility"))


@pytest.fixture
def window(path, qtbot) -> MainWindow:
    window = MainWindow(open_database(path), today=TODAY)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    settle()
    yield window
    if not window._closing:
        window.close()
        settle()
    window.deleteLater()


@pytest.fixture
def page(window):
    page = window.go("mobilities")
    settle()
    return page


def rows(window: MainWindow, ids):
    with window.desk.db.read() as s:
        return queries.mobilities(s, list(ids), today=TODAY)


def choose(page, place: int = 0):
    record = page.model.id_at(place)
    page.table.select_ids([record])
    settle()
    return record


def answer(act) -> QTimer:
    """Drives the next modal dialog."""
    timer = QTimer()
    timer.setInterval(10)

    def look():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            timer.stop()
            act(dialog)

    timer.timeout.connect(look)
    timer.start()
    return timer


def fill(text: str):
    def act(dialog):
        dialog.findChild(QLineEdit).setText(text)
        dialog.yes.click()

    return act


def open_from(card, text="Ouvrir ›") -> QPushButton:
    return next(b for b in card.findChildren(QPushButton) if b.text() == text)


# The window


def test_it_opens_on_what_there_is_to_do(window):
    assert window.current() == "todo"
    assert window._navs["todo"].accessibleName().startswith("À faire : ")
    assert window.project.currentText() == "2026 · KA121-VET"
    assert "exemple.mobility" in window._file.text()
    assert window.undo.accessibleName().startswith("Annuler\u00a0: ")


@pytest.mark.parametrize("name", theme.THEMES)
def test_nothing_is_cut_and_everything_has_a_name(qapp, window, name):
    theme.apply(qapp, name)
    for key in window.page_keys():
        window.go(key)
        settle()
        assert unnamed(window) == []
        assert [made.text() for made in rich_labels(window)] == []
        assert window.minimumSizeHint().width() <= 1366
        assert window.minimumSizeHint().height() <= 768


def test_the_window_starts_without_what_only_files_need():
    """Slow libraries are loaded when they are first used, not with the window."""
    code = (
        "import sys, mobility_app.ui.main_window, mobility_app.ui.start;"
        "slow = 'openpyxl xlsxwriter reportlab pikepdf alembic PIL lxml numpy typer'.split();"
        "print([name for name in slow if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert out.stdout.strip() == "[]"


class Windows(QObject):
    """Takes down every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched, event) -> bool:
        if event.type() == QEvent.Type.Show and watched.isWidgetType() and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_nothing_flashes_up_while_the_window_is_made(qapp, path, qtbot):
    """A widget that is shown before it has its place is a window for a moment, and takes the keyboard away."""
    windows = Windows()
    qapp.installEventFilter(windows)
    window = MainWindow(open_database(path), today=TODAY)
    window.show()
    for key in window.page_keys():
        window.go(key)
        settle()
    choose(window.go("mobilities"))
    qapp.removeEventFilter(windows)
    window.close()
    settle()
    assert windows.seen == ["MainWindow"]


# The first page


def test_each_line_to_do_opens_its_rows(window):
    page = window.page("todo")
    opened = [b for b in page.agenda.findChildren(QPushButton) if b.text() == "Ouvrir ›"]
    assert len(opened) > 3
    title = opened[0].accessibleName().removeprefix("Ouvrir : ").removeprefix("Ouvrir\u00a0: ")
    opened[0].click()
    settle()
    mobilities = window.page("mobilities")
    assert window.current() == "mobilities"
    assert title in mobilities.filters.selection.text()
    assert mobilities.model.rowCount() == len(mobilities.wanted.ids) > 0


def test_the_figures_are_those_of_the_rows_they_open(window):
    todo, mobilities = window.page("todo"), window.page("mobilities")
    todo.done._open()
    settle()
    assert todo.done.figure.text() == str(mobilities.model.rowCount())
    code, count = next(iter(todo.map.map._counts.items()))
    todo.map.map.chosen.emit(code)
    settle()
    assert mobilities.model.rowCount() == count
    assert {row.country for row in rows(window, mobilities.model.ids())} == {code}
    month = max(todo.months.chart.months(), key=lambda month: month.value)
    todo.months.chart.chosen.emit(month.key)
    settle()
    assert mobilities.model.rowCount() == month.value
    todo.targets._open("green")
    settle()
    assert all(row.green and row.planned for row in rows(window, mobilities.model.ids()))


def test_who_leaves_soon_opens_them(window):
    open_from(window.page("todo").moves).click()
    settle()
    found = rows(window, window.page("mobilities").model.ids())
    assert found
    assert all(0 <= (row.first_day - TODAY).days <= 14 for row in found)


def test_a_change_is_seen_at_once_on_the_first_page(window, page):
    before = window.page("todo").map.map._counts
    record = choose(page)
    row = rows(window, [record])[0]
    editor = page.one.editors["country"]
    editor.control.setCurrentIndex(editor.control.findData("SE"))
    editor.control.activated.emit(editor.control.currentIndex())
    settle()
    after = window.page("todo").map.map._counts
    assert after["SE"] == before.get("SE", 0) + 1
    assert after.get(row.country, 0) == before[row.country] - 1


# The list


def test_search_as_she_types_and_typed_filters(window, page):
    all_ = page.model.rowCount()
    type_text(window.search, "BENARD")
    wait(80)
    settle()
    found = rows(window, page.model.ids())
    assert 0 < len(found) < all_
    assert all("NARD" in row.last_name.upper() for row in found)
    window.search.setText("pays:ES départ>=01/03/2027")
    wait(80)
    settle()
    found = rows(window, page.model.ids())
    assert found
    assert all(row.country == "ES" and row.start >= dt.date(2027, 3, 1) for row in found)
    assert window._status.text().startswith(f"{len(found)} affichées sur {all_}")
    window.search.setText("pays:Atlantide")
    wait(80)
    settle()
    assert "pays:Atlantide" in page.trouble.text()


def test_chips_narrow_and_say_how_many(window, page):
    chip = page.filters.choices["countries"]
    label, code = next((action.text(), code) for code, action in chip._ticks.items())
    chip.choose([code])
    settle()
    assert f"({page.model.rowCount()})" in label
    page.filters.quick["leaving"].click()
    settle()
    found = rows(window, page.model.ids())
    assert all(row.country == code and 0 <= (row.first_day - TODAY).days <= 30 for row in found)
    page.filters.clear.click()
    settle()
    assert page.wanted.everything
    assert page.model.rowCount() > len(found)


def test_a_view_is_saved_opened_renamed_and_thrown_away(window, page):
    page.show_wanted(Wanted(countries=("ES",), search="martin"))
    own = [column.key for column in page.table.shown_columns()]
    page.table._show_column(page.model.column("host"), False)
    page.table._sort_by(page.model.column("start"))
    settle()
    timer = answer(fill("Martin en Espagne"))
    page.filters.save.click()
    settle()
    assert not timer.isActive()
    with window.desk.db.read() as s:
        view = lists.saved_views(s, "mobilities")[0]
    assert view.title == "Martin en Espagne"
    page.table._show_column(page.model.column("host"), True)
    page.table._sort_by(page.model.column("last_name"))
    window.go("todo")
    settle()
    window._views[view.id].click()
    settle()
    assert page.wanted == Wanted(countries=("ES",), search="martin")
    assert window.search.text() == "martin"
    assert window._views[view.id].isChecked()
    assert [column.key for column in page.table.shown_columns()] == [key for key in own if key != "host"]
    assert page.model.order == (("first_day", False),)
    assert window._views[view.id]._count.text() == str(page.model.rowCount())
    page.show_wanted(Wanted())
    assert [column.key for column in page.table.shown_columns()] == own
    assert page.model.order == (("last_name", False),)
    timer = answer(fill("Autre nom"))
    window._rename_view(view.id)
    settle()
    assert window._views[view.id].name == "Autre nom"
    window._remove_view(view.id)
    settle()
    assert view.id not in window._views


def test_headers_sort_in_the_database(window, page):
    page.table._sort_by(page.model.column("start"))
    settle()
    days = [row.first_day for row in rows(window, page.model.ids()) if row.first_day]
    assert days == sorted(days)


def test_her_own_columns_can_be_shown(window, page):
    titles = [column.title for column in page.model.columns if column.key.startswith("own/")]
    with window.desk.db.read() as s:
        assert titles == lists.own_titles(s) != []


# The pane


def test_a_field_is_saved_as_she_leaves_it_and_undone_by_name(window, page, qtbot):
    record = choose(page)
    row = rows(window, [record])[0]
    editor = page.one.editors["town"]
    editor.control.setFocus()
    editor.control.selectAll()
    type_text(editor.control, "Łódź")
    page.one.editors["country"].control.setFocus()
    settle()
    assert rows(window, [record])[0].town == "Łódź"
    assert window.undo.accessibleName() == f"Annuler\u00a0: destination d’{row.first_name} {row.last_name}"
    assert page.table.selected_ids() == [record]
    window.undo_step()
    settle()
    assert rows(window, [record])[0].town == row.town
    assert editor.value() == row.town
    window.redo_step()
    settle()
    assert rows(window, [record])[0].town == "Łódź"


def test_two_quick_changes_are_both_kept(window, page):
    record = choose(page)
    for key, value in (("town", "Metz"), ("mentor", "Mme Noël")):
        editor = page.one.editors[key]
        editor.control.setText(value)
        editor.control.editingFinished.emit()
    settle()
    row = rows(window, [record])[0]
    assert (row.town, row.mentor) == ("Metz", "Mme Noël")


def test_what_cannot_be_is_said_under_the_field(window, page):
    record = choose(page)
    row = rows(window, [record])[0]
    editor = page.one.editors["end"]
    editor.control.setText("01/01/2020")
    editor.control.editingFinished.emit()
    settle()
    assert editor.trouble.isVisible()
    assert rows(window, [record])[0].end == row.end


def test_the_grant_is_explained_and_adds_up(window, page):
    page.show_wanted(Wanted(stages=("closed",)))
    settle()
    record = choose(page)
    row = rows(window, [record])[0]
    texts = [made.text() for made in page.one.grant.findChildren(type(page.one.who))]
    assert any("×" in text for text in texts)
    assert page.one.grant._total.text().replace("\u202f", "").replace("\xa0", "").startswith(str(row.total // 100))


def test_findings_are_answered_in_place(window, page):
    page.show_wanted(Wanted(quick=("findings",)))
    settle()
    record, before = choose(page), page.model.rowCount()
    finding = next(iter(_findings(window, record)))
    page.one.findings._answer(finding, "not_applicable")
    settle()
    assert _findings(window, record)[0].answer == "not_applicable"
    assert page.model.rowCount() <= before
    timer = answer(fill("Vu avec l'agence"))
    page.one.findings._accept(finding)
    settle()
    assert not timer.isActive()
    assert _findings(window, record)[0].answer == "accepted"
    timer = answer(fill("01/06/2027"))
    page.one.findings._postpone(finding)
    settle()
    assert not timer.isActive()
    assert _findings(window, record)[0].answer == "postponed"


def _findings(window, record):
    from mobility_app.store import reports

    with window.desk.db.read() as s:
        return reports.findings(s, [record], TODAY)[record]


def test_a_paper_is_marked_signed_in_one_press(window, page):
    record = choose(page)
    pill = next(
        b for b in page.one.papers.findChildren(QPushButton) if b.accessibleName().startswith("Contrat financier")
    )
    next(action for action in pill.menu().actions() if action.text() == "Signé reçu").trigger()
    settle()
    assert rows(window, [record])[0].contract_signed
    pill = next(
        b for b in page.one.papers.findChildren(QPushButton) if b.accessibleName().startswith("Contrat financier")
    )
    assert pill.text() == f"Signé reçu {TODAY:%d/%m}"


def test_history_puts_an_old_value_back(window, page):
    record = choose(page)
    old = rows(window, [record])[0].town
    page.one.editors["town"].control.setText("Ailleurs")
    page.one.editors["town"].control.editingFinished.emit()
    settle()
    back = next(b for b in page.one.history.findChildren(QPushButton) if b.text() == "Rétablir")
    back.click()
    settle()
    assert rows(window, [record])[0].town == old


def test_to_the_bin_and_back(window, page):
    before = page.model.rowCount()
    record = choose(page)
    page.one.remove()
    settle()
    assert page.model.rowCount() == before - 1
    window.undo_step()
    settle()
    assert record in page.model.ids()


# Several


def test_ticked_fields_are_changed_for_all_in_one_step(window, page):
    ids = page.model.ids()[2:7]
    page.table.select_ids(ids)
    settle()
    assert page._panes.currentWidget() is page.many
    assert page.many.summary.heading.text() == "5 mobilités choisies"
    assert not page.many.apply.isEnabled()
    page.many.ticks["means"].click()
    page.many.editors["means"].set_value("train")
    page.many.ticks["town"].click()
    page.many.editors["town"].control.setText("Graz")
    page.many.apply.click()
    settle()
    assert {(row.means, row.town) for row in rows(window, ids)} == {("train", "Graz")}
    assert window.undo.accessibleName() == "Annuler\u00a0: modification de 5 mobilités"
    window.undo_step()
    settle()
    assert "Graz" not in {row.town for row in rows(window, ids)}


def test_a_withdrawal_asks_for_its_reason(window, page):
    ids = page.model.ids()[:2]
    page.table.select_ids(ids)
    settle()
    timer = answer(fill("Changement d'orientation"))
    page.many._withdraw()
    settle()
    assert not timer.isActive()
    assert {(row.decision, row.decision_reason) for row in rows(window, ids)} == {
        ("withdrawn", "Changement d'orientation")
    }


def test_certificates_of_the_selection(window, page, tmp_path):
    page.show_wanted(Wanted(quick=("done",)))
    settle()
    ids = page.model.ids()[:3]
    printing.print_to(page, window.desk, ids, tmp_path / "attestations.pdf", one_file=True)
    settle(30_000)
    assert (tmp_path / "attestations.pdf").read_bytes().startswith(b"%PDF")
    banner = window._banner_holder
    assert banner.isVisible()
    text = " ".join(made.text() for made in banner.findChildren(type(window._status)))
    assert "3 attestations imprimées." in text


def test_export_gives_her_columns_again(window, page, tmp_path):
    import openpyxl

    ids = page.model.ids()[:4]
    printing.export_to(page, window.desk, ids, ["last_name", "start"], tmp_path / "suivi.xlsx")
    settle(30_000)
    sheet = openpyxl.load_workbook(tmp_path / "suivi.xlsx").worksheets[0]
    written = {str(cell) for line in sheet.iter_rows(values_only=True) for cell in line if cell is not None}
    assert {row.last_name for row in rows(window, ids)} <= written


# A new one


def test_a_mobility_is_added_with_two_names(window, page, qtbot):
    before = page.model.rowCount()
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page._panes.currentWidget() is page.adding
    page.adding.save()
    assert page.adding.trouble.isVisible()
    type_text(page.adding.editors["last_name"].control, "Œuvrard")
    type_text(page.adding.editors["first_name"].control, "Zoé")
    page.adding.editors["sending_organisation"].control.setText("Lycée de l'Éclipse")
    page.adding.save()
    settle()
    assert page.model.rowCount() == before + 1
    row = rows(window, page.table.selected_ids())[0]
    assert (row.full_name, row.sending_organisation) == ("Œuvrard Zoé", "Lycée de l'Éclipse")
    assert page._panes.currentWidget() is page.one


# The file


def test_another_project_is_obeyed_by_every_page(window, page):
    with window.desk.db.read() as s:
        other = queries.projects(s)[1]
    window.project.setCurrentIndex(window.project.findData(other.id))
    window.project_chosen.emit(other.id)
    settle()
    assert {row.project_id for row in rows(window, page.model.ids())} == {other.id}
    window.go("todo")
    settle()
    assert window.page("todo").map.map._counts != {}


def test_who_leaves_next_is_told_with_the_country_where_no_town_is_known(window):
    card = window.go("todo").findChild(MovesCard)
    with window.desk.db.read() as s:
        report = reports.figures(s, window.desk.project_id, TODAY)
    row = next(row for row in report.mobilities if row.planned and row.first_day == TODAY)
    card.show_report(replace(report, mobilities=(replace(row, town=None),)))
    said = f"Aujourd’hui\u00a0: {row.full_name}, {country_name(row.country)}"
    assert said in [made.whole() for made in card.findChildren(ElidedLabel)]


def test_what_is_done_is_told_of_the_mobilities_that_it_is_counted_among(window):
    card = window.go("todo").findChild(DoneCard)
    settle()
    with window.desk.db.read() as s:
        totals = reports.figures(s, window.desk.project_id, TODAY).totals
    assert (card.figure.text(), card.of.text()) == (str(totals["done"]), f"/ {totals['mobilities']}")
    assert card.note.text().startswith(f"{round(100 * totals['done'] / totals['mobilities'])} %".replace(" ", "\u00a0"))


def test_a_new_mobility_can_be_added_without_scrolling(window):
    window.add_mobility()
    settle()
    pane = window.page("mobilities").findChild(AddPane)
    pane.save()
    for made in (pane.save_button, pane.trouble):
        assert made.visibleRegion().boundingRect() == made.rect()


def test_reports_fit_in_the_least_screen_with_what_was_written_said(window, tmp_path):
    reports = window.go("reports")
    settle()
    reports._written(tmp_path / "rapport 2026-1-FR01-KA121-VET-000212345 15-03-2027.xlsx")
    settle()
    assert reports.minimumSizeHint().height() <= 684  # what 1366 × 768 leaves to a page


def test_closing_saves_and_makes_a_checked_copy(window, page, path):
    record = choose(page)
    page.one.editors["town"].control.setText("Metz")
    page.one.editors["town"].control.editingFinished.emit()
    settle()
    told = []
    window.closed.connect(lambda copy, another: told.append((copy, another)))
    window.close()
    settle()
    assert not window.isVisible()
    copy, another = told[0]
    assert copy.exists()
    assert not another
    with open_database(copy, read_only=True) as db, db.read() as s:
        assert queries.mobility(s, record, today=TODAY).town == "Metz"


def test_a_refused_undo_can_be_skipped(window, page, path):
    record = choose(page)
    for value in ("Un", "Deux"):
        page.one.editors["town"].control.setText(value)
        page.one.editors["town"].control.editingFinished.emit()
        settle()
    window.undo_step()
    settle()
    assert rows(window, [record])[0].town == "Un"


# The start


@pytest.fixture
def start(qtbot):
    start = StartPage()
    qtbot.addWidget(start)
    start.show()
    settle()
    return start


def test_three_choices_the_sheet_first(start):
    assert [made.accessibleName().replace("’", "'") for made in start.choices] == [
        "Ouvrir mon tableau Excel",
        "Découvrir l'exemple",
        "Reprendre un fichier de suivi",
    ]
    assert unnamed(start) == []


def test_a_tracking_file_opens_and_is_remembered(start, path, qtbot):
    start.open_path(path)
    settle()
    window = start._window
    assert isinstance(window, MainWindow)
    assert window.desk.today == TODAY  # the example's own day, whatever the calendar says
    assert not start.isVisible()
    window.open_another()
    settle()
    assert start.isVisible()
    assert start.message.itemAt(0).widget().text.text().startswith("Enregistré")
    assert any(path.name in b.text() for b in start.findChildren(QPushButton))
    assert unnamed(start) == []


@pytest.mark.parametrize(("name", "content"), [("notes.mobility", b"hello"), ("vide.mobility", b"")])
def test_a_foreign_file_is_refused_in_words(start, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    start.open_path(path)
    settle()
    assert start._window is None
    assert start.message.count() == 1
    assert path.read_bytes() == content


def test_an_encrypted_file_asks_its_passphrase(start, tmp_path):
    path = tmp_path / "secret.mobility"
    create_database(path, passphrase="un deux trois").close()
    timer = answer(fill("faux"))
    start.open_path(path)
    settle()
    assert not timer.isActive()
    assert start._window is None
    timer = answer(fill("un deux trois"))
    start.open_path(path)
    settle()
    assert isinstance(start._window, MainWindow)
    start._window.close()
    settle()


def test_a_file_open_elsewhere_is_offered_for_reading(start, path):
    held: Database = open_database(path)
    timer = answer(lambda box: box.buttons()[0].click())
    start.open_path(path)
    settle()
    assert not timer.isActive()
    window = start._window
    assert isinstance(window, MainWindow)
    assert window.desk.db.read_only
    assert "lecture seule" in window._file.text()
    window.open_another()
    settle()
    held.close()


def test_the_first_ten_minutes_begin_with_her_sheet(start, tmp_path):
    sheet = Path(shutil.copy(Path(__file__).parent.parent / "data" / "suivi-mobilites-2026.xlsx", tmp_path))
    start.open_path(sheet)
    settle(60_000)
    window = start._window
    assert isinstance(window, MainWindow)
    assert window.desk.db.path == tmp_path / "suivi-mobilites-2026.mobility"
    assert window.current() == "import"
    page = window.page("import")
    assert page.preview.isVisible()
    assert page.preview.understood.plan.count("add") > 300
    page.preview.confirm.click()
    settle(60_000)
    assert window.project.count() == 1
    window.go("mobilities")
    settle()
    assert window.page("mobilities").model.rowCount() > 300
    assert window.undo.accessibleName().startswith("Annuler\u00a0: import de ")
    window.undo_step()
    settle(60_000)
    assert window.page("mobilities").model.rowCount() == 0
    assert window.desk.project is None
    window.close()
    settle()


def test_a_second_sheet_of_that_name_begins_another_file(start, tmp_path, path):
    from mobility_app.ui.opening import _free

    sheet = path.with_suffix(".xlsx")
    assert _free(sheet) == path.with_name("exemple 2.mobility")


def test_every_field_can_be_changed_in_the_pane():
    from mobility_app.fields import MOBILITY
    from mobility_app.ui.mobility_pane import SECTIONS

    shown = [key for _title, keys in SECTIONS for key in keys]
    assert len(shown) == len(set(shown))
    assert {field.key for field in MOBILITY if field.owner != "derived"} - set(shown) == {"sending_uai"}, "its school's"


def test_all_projects_together_are_chosen_and_remembered(window, page, path, qtbot):
    one = page.model.rowCount()
    window.project.setCurrentIndex(window.project.findText("Tous les projets"))
    window.project.activated.emit(window.project.currentIndex())
    settle()
    assert window.desk.project is None
    assert page.model.rowCount() > one
    for key in window.page_keys():  # none needs a project to be shown
        window.go(key)
        settle()
    with window.desk.db.write(Label("autre")) as s:
        projects.create(s, reference="2027-1-FR01-KA121-VET-000300001", call_year=2027, action="KA121-VET", rates=())
    settle()
    assert window.desk.project is None
    window.close()
    settle()
    again = MainWindow(open_database(path), today=TODAY)
    qtbot.addWidget(again)
    again.show()
    settle()
    assert again.project.currentText() == "Tous les projets"
    again.close()
    settle()
