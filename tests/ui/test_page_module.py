"""The page of the Beneficiary Module on real files, with real clicks: prepare and save, compare, adopt and undo."""

import shutil

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton

from mobility_app.jobs import beneficiary_module as job
from mobility_app.store import queries
from mobility_app.store.database import create_database, open_database
from mobility_app.ui.desk import Desk
from mobility_app.ui.page_module import ModulePage
from tests.jobs import module_dossier, module_files
from tests.jobs.module_dossier import PEOPLE, TODAY, rows
from tests.ui.dossiers import opened, spaced
from tests.ui.screen import rich_labels, settle, unnamed

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A dossier that asks everything of the bridge, written once."""
    path = tmp_path_factory.mktemp("module") / "dossier.mobility"
    with create_database(path) as db:
        module_dossier.found(db)
    return path


@pytest.fixture
def desk(kept, tmp_path, qapp):
    db = open_database(shutil.copy(kept, tmp_path / "dossier.mobility"))
    desk = Desk(db, today=TODAY)
    with db.read() as s:
        desk.choose(queries.projects(s)[0])
    yield desk
    settle()
    db.close()


@pytest.fixture
def page(desk, qtbot):
    return opened(qtbot, ModulePage(desk))


def bring(page, gesture, path, qtbot):
    qtbot.mouseClick(page.gestures[gesture], LEFT)
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, dropped, LEFT, Qt.KeyboardModifier.NoModifier)
    page.rooms[gesture].drop.dropEvent(event)
    settle()
    qtbot.waitUntil(lambda: not page.rooms[gesture].columns._waiting if gesture != "feedback" else True)
    return page.rooms[gesture]


def buttons(page, text):
    return [b for b in page.findChildren(QPushButton) if b.isVisible() and spaced(b.text()).strip().startswith(text)]


def press(page, text, qtbot):
    qtbot.mouseClick(buttons(page, text)[0], LEFT)
    settle()


def cells(room, key):
    model = room.list.model
    return [model.index(row, model.column(key)).data() for row in range(model.rowCount())]


def notice(page):
    return spaced(page._notices.itemAt(0).widget().text.text())


def exported(desk, folder, *, uid="lists"):
    """What the module gives back after a filled copy: three cells of Maëlys changed, Odile a draft, a stranger."""
    template = module_files.made(uid, folder)
    out = folder / "filled.xlsx"
    job.fill(desk.db, template, None, out, today=TODAY)
    book = openpyxl.load_workbook(out)
    sheet = book.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[1]}
    by_name = {row[at["Last name"] - 1].value: row[0].row for row in sheet.iter_rows(3)}
    for header, value in (
        ("Receiving country", "FR"),
        ("Real distance in kilometres", 1313),
        ("Individual support", 7),
    ):
        sheet.cell(by_name["MARTIN"], at[header], value)
    sheet.cell(by_name["ROUX"], at["Status"], "DRAFT")
    last = max(by_name.values()) + 1
    for header, value in (("Mobility activity ID", "212345-MOB-00999"), ("Last name", "INCONNU")):
        sheet.cell(last, at[header], value)
    path = folder / "export.xlsx"
    book.save(path)
    return path


def test_a_template_is_understood_checked_and_its_filled_copy_saved(page, desk, tmp_path, qtbot, monkeypatch):
    template = module_files.made("lists", tmp_path)
    before = template.read_bytes()
    room = bring(page, "prepare", template, qtbot)
    assert f"{len(PEOPLE)} mobilités" in spaced(room.facts.whole())
    assert "Last name → Nom" in [chip.text() for chip in room.columns.chips]
    press(room, "Inconnues", qtbot)
    assert "Overall comments" in [chip.text() for chip in room.columns.chips]
    assert room.list.model.rowCount() == sum(row.group == "mobility" for row in room.list.rows()) > 0
    qtbot.mouseClick(room.list.counters.buttons["mobility"], LEFT)
    settle()
    assert room.list.model.rowCount() == len(room.outcome.prepared.problems)
    assert rows(desk.db)["GREEN"].bm_id is None
    copy = tmp_path / "copie.xlsx"
    monkeypatch.setattr("mobility_app.ui.places.ask_save", lambda *_args: copy)  # the dialog is the system's
    press(page, "Enregistrer la copie remplie", qtbot)
    assert notice(page).startswith(f"{len(PEOPLE)} mobilités sont dans « copie.xlsx »")
    names = {row[6].value for row in openpyxl.load_workbook(copy).worksheets[0].iter_rows(3)}
    assert {"MARTIN", "GREEN", "PETIT"} <= names
    assert template.read_bytes() == before
    assert rows(desk.db)["GREEN"].bm_id
    assert room.save.isEnabled()
    assert unnamed(page) == []
    assert list(rich_labels(page)) == []


def test_a_point_to_look_at_leads_to_its_mobility(page, desk, tmp_path, qtbot):
    room = bring(page, "prepare", module_files.made("lists", tmp_path), qtbot)
    asked = []
    desk.asked.connect(lambda key, wanted: asked.append((key, wanted.ids)))
    row = room.list.rows()[[r.id for r in room.list.rows()].index(room.list.model.id_at(0))]
    room.list.table.select_ids([row.id])
    settle()
    assert row.remedy in room.list.bar.text.text()
    qtbot.mouseClick(room.list.bar.open, LEFT)
    assert asked == [("mobilities", (row.stay_id,))]


def test_a_column_takes_the_meaning_that_she_gives_it(page, tmp_path, qtbot):
    room = bring(page, "prepare", module_files.made("french", tmp_path), qtbot)
    column = next(c for c in room.outcome.prepared.file.layout.columns if c.header == "Colonne inconnue")
    menu = room.columns.menu_of(column)
    next(action for action in menu.actions() if action.data() == "sending_organisation").trigger()
    settle()
    qtbot.waitUntil(lambda: not room.columns._waiting)
    assert "Colonne inconnue → Établissement d’envoi" in [spaced(chip.text()) for chip in room.columns.chips]
    saved = {c.header: c.key for c in room.outcome.prepared.file.layout.columns}
    assert saved["Colonne inconnue"] == "sending_organisation"


def test_a_correction_in_the_dossier_is_seen_at_once(page, desk, tmp_path, qtbot):
    from mobility_app.actions import mobilities
    from mobility_app.store.journal import Label

    room = bring(page, "prepare", module_files.made("lists", tmp_path), qtbot)
    before = room.outcome.prepared
    with desk.db.write(Label("x")) as s:
        mobilities.change(s, rows(desk.db)["MARTIN"].id, town="Sevilla")
    settle()
    assert room.outcome.prepared is not before
    assert room.save.isEnabled()


def test_the_differences_are_counted_ticked_adopted_and_taken_back(page, desk, tmp_path, qtbot):
    path = exported(desk, tmp_path)
    room = bring(page, "compare", path, qtbot)
    found = {code: room.list.counters.buttons[code].accessibleName()[-1] for code in ("different", "only_there")}
    assert found == {"different": "4", "only_there": "1"}
    assert sorted(cells(room, "column")) == sorted(["Soutien individuel", "Distance", "Pays", "État BM"])
    assert room.adopt_ticked.isEnabled() is False
    place = cells(room, "column").index("Pays")
    box = room.list.table.visualRect(room.model.index(place, 0))
    qtbot.mouseClick(room.list.table.viewport(), LEFT, pos=box.topLeft() + QPoint(14, box.height() // 2))
    assert spaced(room.adopt_ticked.text()) == "Adopter la sélection (1)"
    press(page, "Adopter la sélection", qtbot)
    assert rows(desk.db)["MARTIN"].country == "FR"
    assert rows(desk.db)["MARTIN"].distance_km == 820
    assert "Pays" not in cells(room, "column")
    press(page, "Annuler", qtbot)
    assert rows(desk.db)["MARTIN"].country == "ES"
    assert "Pays" in cells(room, "column")
    press(page, "Tout adopter", qtbot)
    after = rows(desk.db)
    assert (after["MARTIN"].country, after["MARTIN"].distance_km, after["ROUX"].bm_state) == ("FR", 1313, "draft")
    assert unnamed(page) == []


def test_space_ticks_the_chosen_rows_and_a_computed_amount_has_no_box(page, desk, tmp_path, qtbot):
    room = bring(page, "compare", exported(desk, tmp_path), qtbot)
    room.list.table.setFocus()
    room.list.table.selectAll()
    qtbot.keyClick(room.list.table, Qt.Key.Key_Space)
    assert len(room.model.ticked) == 3
    place = cells(room, "column").index("Soutien individuel")
    assert room.model.index(place, 0).data(Qt.ItemDataRole.CheckStateRole) is None
    room.list.table.select_ids([room.model.id_at(place)])
    settle()
    assert "ici 770 €, dans BM 7 €" in spaced(room.list.bar.text.text())
    qtbot.keyClick(room.list.table, Qt.Key.Key_Space)
    assert len(room.model.ticked) == 3


def test_the_undo_of_adopting_goes_when_something_else_was_written(page, desk, tmp_path, qtbot):
    from mobility_app.actions import mobilities
    from mobility_app.store.journal import Label

    bring(page, "compare", exported(desk, tmp_path), qtbot)
    press(page, "Tout adopter", qtbot)
    assert buttons(page, "Annuler")
    with desk.db.write(Label("x")) as s:
        mobilities.change(s, rows(desk.db)["GREEN"].id, town="Sevilla")
    settle()
    assert not buttons(page, "Annuler")


def test_marked_cells_lead_to_their_mobilities(page, desk, tmp_path, qtbot):
    path = exported(desk, tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    sheet.cell(4, titles.index("Distance band") + 1).fill = PatternFill("solid", fgColor="FFFF0000")
    sheet.cell(5, titles.index("Email") + 1).comment = Comment("Email is not valid", "BM")
    book.save(path)
    room = bring(page, "feedback", path, qtbot)
    assert cells(room, "column") == ["Distance band", "Email"]
    assert cells(room, "said")[1] == "Email is not valid"
    asked = []
    desk.asked.connect(lambda key, wanted: asked.append(wanted.ids))
    room.list.table.select_ids([room.list.model.id_at(1)])
    settle()
    qtbot.mouseClick(room.list.bar.open, LEFT)
    assert asked == [(rows(desk.db)[PEOPLE[2][0]].id,)]


def test_the_files_exchanged_are_noted(page, desk, tmp_path, qtbot):
    room = bring(page, "compare", exported(desk, tmp_path), qtbot)
    assert page.exchanged.isHidden()
    room.close_file()
    settle()
    assert page.exchanged.isVisible()
    assert [kept["name"] for kept in job.exchanged(desk.db, None)] == ["export.xlsx", "filled.xlsx"]


def test_a_file_that_is_no_table_is_refused_in_words(page, tmp_path, qtbot):
    broken = tmp_path / "casse.xlsx"
    broken.write_bytes(b"%PDF-1.7 rien")
    room = bring(page, "compare", broken, qtbot)
    assert room.resting
    assert "casse.xlsx" in notice(page)


def test_without_a_project_the_page_says_what_to_do(tmp_path, qapp, qtbot):
    with create_database(tmp_path / "vide.mobility") as db:
        page = opened(qtbot, ModulePage(Desk(db, today=TODAY)))
        assert page._faces.currentIndex() == 1
        assert unnamed(page) == []
        settle()
